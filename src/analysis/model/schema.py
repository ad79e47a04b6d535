"""What each record is, said once.

Column order, types, the codebook, the data package and the checks of the store are derived from
these classes. A field's ``meaning`` is what the codebook prints; ``vocabulary`` names the file of
allowed keys in ``model/vocabulary``; ``values`` lists them where they are few and fixed.

Tables use the field names, ISO dates, and an empty cell for unknown. Unknown is never today's
date and never zero.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, Literal, get_args

Bound = Literal["stated", "about", "over", "under", "between"]
Measure = Literal["count", "share", "rate", "ratio", "duration"]
Span = Literal["day", "week", "month", "year"]
PeriodKind = Literal[
    "quarter", "half_year", "month", "year", "day", "span", "since", "point", "unknown"
]
PeriodBasis = Literal["stated", "inherited", "relative", "inferred", "unknown"]
Origin = Literal["read", "transcribed", "derived"]
Status = Literal["unreviewed", "accepted", "rejected", "corrected"]
DatePrecision = Literal["day", "month", "year"]
FactUnit = Literal["count", "percent", "per day", "per week", "per month", "per year", "hours"]
FactQualifier = Literal["exact", "rounded", "about", "at_least", "at_most"]
FactPeriod = Literal[
    "quarter",
    "half_year",
    "month",
    "year",
    "day",
    "event",
    "point",
    "cumulative",
    "sample",
    "other",
    "unknown",
]
FactStatus = Literal["single", "current", "superseded", "superseded_partial", "conflicting"]
DateBasis = Literal["json_ld", "meta", "time", "text", "address", "given", "unknown"]
PageState = Literal["not_found", "consent", "paywall", "login", "bot_check", "error", "stub"]
BlockKind = Literal["title", "heading", "paragraph", "list_item", "table_row", "caption", "quote"]


def column(
    meaning: str,
    *,
    vocabulary: str = "",
    values: Any = None,
    unit: str = "",
    required: bool = False,
    default: Any = None,
) -> Any:
    """Declare one field of a record with what the codebook says about it."""
    metadata = {
        "meaning": meaning,
        "vocabulary": vocabulary,
        "values": get_args(values) if values is not None else (),
        "unit": unit,
        "required": required,
    }
    if required:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One number that somebody published, tied to the sentence or cell it was read from."""

    platform: str = column(
        "Service the number is about, as it was named then (`twitter` or `x`); `several` when "
        "the source names none or more than can be told apart; joined by `+` for a joint number.",
        vocabulary="platforms",
        required=True,
    )
    actor: str = column("Who acted.", vocabulary="actors", default="platform")
    reported_by: str = column("Who issued the number, in the words of the source.", default="")
    policy: str = column("Rule or subject acted under, our key.", vocabulary="policies", default="")
    policy_stated: str = column("Rule or subject in the words of the source.", default="")
    group: str = column("Organisation, if one is named.", vocabulary="groups", default="")
    action: str = column("What was done.", vocabulary="actions", required=True)
    item: str = column("What is counted.", vocabulary="items", required=True)
    measure: Measure = column("What kind of number this is.", values=Measure, default="count")
    per: str = column("For a rate: the span it is per.", values=Span, default="")
    of: str = column("For a share: the whole that it is a share of.", default="")
    value: float | None = column(
        "The number. Empty when the source gives only an interval.",
        unit="single items; share in percent; duration in hours; ratio as a factor",
    )
    low: float | None = column("Lower end that the wording or rounding allows.", unit="as value")
    high: float | None = column(
        "Upper end that the wording or rounding allows; empty when open.", unit="as value"
    )
    bound: Bound = column("How the source hedged the number.", values=Bound, default="stated")
    period_start: dt.date | None = column("First day covered; empty when the source gives none.")
    period_end: dt.date | None = column("Last day covered, inclusive.")
    period_text: str = column("Words that gave the period.", default="")
    period_kind: PeriodKind = column("Shape of the period.", values=PeriodKind, default="unknown")
    period_basis: PeriodBasis = column(
        "How the period is known: stated where the number stands, inherited from elsewhere in "
        "the document, relative to the publication date, inferred, unknown.",
        values=PeriodBasis,
        default="unknown",
    )
    base_start: dt.date | None = column("For a ratio: first day of the period compared with.")
    base_end: dt.date | None = column("For a ratio: last day of the period compared with.")
    cumulative: bool = column(
        "A running total from a fixed start, not to be added to others.", default=False
    )
    background: bool = column("An older figure quoted for context.", default=False)
    geography: str = column(
        "ISO 3166-1 alpha-2 code, `EU`, or `world`; see geographies.csv.", default="world"
    )
    published: dt.date | None = column("Day the source was published, where known.")
    edition: str = column("Edition of the publication that said so.", default="")
    known_from: dt.date | None = column("First day on which this value is known to have stood.")
    known_to: dt.date | None = column("Last day on which it stood; empty while it stands.")
    snapshot_id: str = column("SHA-256 of the bytes that the number was read from.", required=True)
    locator: str = column(
        "Where in them: `chars 120-245` of the read text, `post 118 chars 3-6` of the text of one "
        "post on a page of them, `row 7 column value`, `page 3`.",
        required=True,
    )
    quote: str = column("The sentence or row, verbatim.", required=True)
    origin: Origin = column(
        "Read by machine, transcribed by a person, or derived by a stated recipe.",
        values=Origin,
        default="read",
    )
    reader: str = column("Name and version of what read it.", default="")
    status: Status = column("What a reviewer said.", values=Status, default="unreviewed")
    note: str = column("Definition, series break, inference or warning.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One publication that observations or events were taken from, and the bytes we hold of it."""

    source: str = column("Key of the source, used to cite it.", required=True)
    title: str = column("Title of the publication, or what it is.", default="")
    publisher: str = column("Who published it.", default="")
    address: str = column("Where it stands or stood on the web.", default="")
    source_type: str = column("How near it is to the publisher.", vocabulary="source_types")
    published: dt.date | None = column("Day of publication, where known.")
    published_basis: str = column("How that day is known.", default="")
    edition: str = column("Edition, for a periodical report.", default="")
    language: str = column("ISO 639-1 code of its language.", default="")
    licence: str = column("Terms of what we hold of it.", default="")
    snapshot_id: str = column("SHA-256 of the bytes we hold.", required=True)
    path: str = column("File below data/raw that holds them.", required=True)
    note: str = column("What a reader should know about it.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated happening for the narrative."""

    event: str = column("Key of the event.", required=True)
    date: dt.date = column(
        "Day of the happening; first day of it where only a month or a year is known.",
        required=True,
    )
    date_precision: DatePrecision = column("How exact the date is.", values=DatePrecision)
    end_date: dt.date | None = column("Last day, for what lasted longer than its date says.")
    title: str = column("Short name.", required=True)
    description: str = column("What happened, in our words.", default="")
    type: str = column("Kind of happening.", vocabulary="event_types", required=True)
    platforms: str = column("Services concerned, keys joined by `;`.", default="")
    actors: str = column("Who acted, names joined by `;`.", default="")
    source: str = column("Key of the source.", required=True)
    address: str = column("Where the source stands.", default="")
    snapshot_id: str = column("SHA-256 of the bytes it was read from.", required=True)
    locator: str = column("Where in them.", required=True)
    note: str = column("What a reader should know about it.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong in a source, tied to its cell."""

    source: str = column("Key of the source.", required=True)
    snapshot_id: str = column("SHA-256 of the bytes concerned.", required=True)
    locator: str = column("Where in them.", required=True)
    kind: str = column("What is wrong.", vocabulary="finding_kinds", required=True)
    found: str = column("What the source says.", default="")
    expected: str = column("What was expected, and by which rule.", default="")
    group: str = column("Key shared by findings about the same matter.", default="")
    note: str = column("Explanation.", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """Words of a source that no vocabulary entry matched, with the row they kept back."""

    source: str = column("Key of the source.", required=True)
    snapshot_id: str = column("SHA-256 of the bytes concerned.", required=True)
    locator: str = column("Where in them.", required=True)
    field: str = column("Field of the observation that could not be filled.", required=True)
    words: str = column("Words as they stand in the source.", required=True)
    quote: str = column("The row or sentence, verbatim.", default="")


RECORDS: Mapping[str, type] = {
    "observations": Observation,
    "sources": Source,
    "events": Event,
    "findings": Finding,
    "unmatched": Unmatched,
}
"""The tables of data/processed and the record that one row of each is."""


def field_names(record: type) -> list[str]:
    """Return the columns of a record in their order."""
    return [f.name for f in fields(record)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Bytes as received, and how they came to us.

    ``snapshot_id`` is their SHA-256. ``path`` is relative to data/raw, or the file as named by
    the caller for a file outside it. ``retrieved_at`` is ISO 8601 in UTC, empty for local files.
    """

    snapshot_id: str
    body: bytes = field(repr=False)
    path: str = ""
    address: str = ""
    hops: tuple[str, ...] = ()
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    retrieved_at: str = ""
    media_type: str = ""
    publisher: str = ""
    edition: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table row of a document.

    ``start`` and ``end`` are character offsets in `Document.text`. ``cells`` holds the texts of a
    table row's cells and ``headers`` those of the column heads above them; both are empty for
    prose. ``hidden`` says why a reader of the page could not see the block, empty when visible.
    ``readers`` names the article readers that found it; empty where the page itself decided.
    """

    kind: BlockKind
    start: int
    end: int
    cells: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    hidden: str = ""
    readers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line with a number that a page holds and the text of its document does not.

    ``readers`` names the article readers that had it, ``reason`` says why it was left out all the
    same: a caption, a link to another story, a footer.
    """

    text: str
    readers: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article or report as text with stable offsets, and what is known about it.

    ``text`` is the blocks joined by blank lines; ``published_basis`` says how the publication
    date was found. ``notes`` says what was odd: a declared charset that did not fit, dates that
    disagree, a stub. ``states`` names what stands in place of a whole article: a page that was not
    found, a consent or pay wall, a stub. ``dropped`` lists the lines with numbers that were left
    out. The same bytes and the same reader version give the same text.

    Where a page holds several documents, ``part`` says which this is (``post 118``).
    ``published_at`` is the time of publication in ISO 8601 with its zone, where the source tells
    it. ``service`` is the key of the service whose own channel this stands in, empty elsewhere.
    """

    name: str
    snapshot_id: str
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    address: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: dt.date | None = None
    published_basis: DateBasis = "unknown"
    language: str = ""
    language_basis: str = ""
    source_link: str = ""
    reader: str = ""
    notes: tuple[str, ...] = ()
    states: tuple[PageState, ...] = ()
    dropped: tuple[Dropped, ...] = field(default=(), repr=False)
    part: str = ""
    published_at: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text: what it says, the interval its writing allows, and where it stands.

    ``value`` is None for a stated range and for a vague amount ("dozens"); ``low`` or ``high`` is
    None where the wording leaves that side open. ``span`` holds the character offsets of the
    whole phrase, hedge included.
    """

    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    span: tuple[int, int]
    text: str
    measure: Measure = "count"
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days named in a text.

    ``start`` and ``end`` are inclusive, None where open or unknown. ``convention`` names the rule
    by which the words became days; ``span`` holds the character offsets of the words. ``per`` is
    filled for a rate ("a day"); such a period has no days of its own.
    """

    start: dt.date | None
    end: dt.date | None
    kind: PeriodKind
    basis: PeriodBasis
    convention: str
    span: tuple[int, int]
    text: str
    per: str = ""
    cumulative: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field was read so: the words that gave it, where they stand, and the rule."""

    field: str
    words: str
    span: tuple[int, int]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What a text says about one moderation figure, in the vocabulary of the reader.

    ``span`` locates the sentence or row that is the quote; the amount has its own. A mention is
    not yet an observation: `curation.normalise` makes it one.
    """

    amount: Amount
    span: tuple[int, int]
    quote: str
    platforms: tuple[str, ...] = ()
    actor: str = "platform"
    reported_by: str = ""
    policy: str = ""
    policy_stated: str = ""
    group: str = ""
    action: str = ""
    item: str = ""
    measure: Measure = "count"
    per: str = ""
    of: str = ""
    period: Period | None = None
    base: Period | None = None
    cumulative: bool = False
    background: bool = False
    geography: str = ""
    reasons: tuple[Reason, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One row of a table in data/raw/figures: a published number in the words of its source.

    ``line`` is the row as a spreadsheet numbers it, the header being row 1; ``quote`` is the row
    as it stands, cells joined by `` | ``. ``value`` keeps the digits as printed. ``step`` is the
    step to which the publisher rounds, where that is known; None leaves it to the digits.
    """

    line: int
    quote: str = field(repr=False)
    source: str
    edition: str
    row: str
    platform: str
    reported_by: str
    policy: str
    family: str
    action: str
    item: str
    value: Decimal
    unit: FactUnit
    qualifier: FactQualifier
    step: Decimal | None
    period_start: dt.date | None
    period_end: dt.date | None
    period_type: FactPeriod
    period_basis: PeriodBasis
    cumulative: bool
    geography: str
    published: dt.date | None
    known_from: dt.date | None
    known_to: dt.date | None
    last_seen: str
    status: FactStatus
    conflict: str
    origin: Origin
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """One row of data/raw/sources.csv: a publication that a table in data/raw/figures is about.

    ``available_by`` is a day on which it was certainly public, where the day of publication is
    unknown; ``available_basis`` says how that is known.
    """

    source: str
    title: str
    publisher: str
    address: str
    source_type: str
    published: dt.date | None
    published_basis: str
    available_by: dt.date | None
    available_basis: str
    edition: str
    language: str
    licence: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One row of data/raw/events.csv, its platforms still in words."""

    line: int
    event: str
    date: dt.date
    date_precision: DatePrecision
    end_date: dt.date | None
    title: str
    actors: str
    platforms: str
    type: str
    description: str
    address: str
    source_type: str
    note: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A number that is not a moderation figure, with the reason it was left aside."""

    amount: Amount
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything read from one document: its observations, and the numbers refused with reasons.

    ``mentions`` run parallel to ``observations`` and carry the reasons for each field.
    """

    document: Document
    observations: tuple[Observation, ...]
    mentions: tuple[Mention, ...] = field(default=(), repr=False)
    refusals: tuple[Refusal, ...] = field(default=(), repr=False)
    unmatched: tuple[Unmatched, ...] = field(default=(), repr=False)

    @property
    def table(self) -> Any:
        """The observations as a `pandas.DataFrame`, one row an observation."""
        from analysis.model.tables import to_table

        return to_table(self.observations, Observation)
