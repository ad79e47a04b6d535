"""What is read from a text: amounts, periods, and what is said about a figure."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from analysis.model.documents import Document
from analysis.model.schema import Bound, Measure, Observation, PeriodBasis, PeriodKind, Unmatched


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
