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
from typing import Any, Literal, get_args

Bound = Literal["stated", "about", "over", "under", "between"]
Measure = Literal["count", "share", "rate", "ratio", "duration"]
Span = Literal["second", "minute", "hour", "day", "week", "month", "year"]
PeriodKind = Literal[
    "quarter", "half_year", "month", "year", "day", "span", "since", "point", "unknown"
]
PeriodBasis = Literal["stated", "inherited", "relative", "inferred", "unknown"]
Origin = Literal["read", "transcribed", "derived"]
Status = Literal["unreviewed", "accepted", "rejected", "corrected"]
DatePrecision = Literal["day", "month", "year"]


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
