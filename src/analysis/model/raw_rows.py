"""The rows of the tables in data/raw, as they are written there."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from analysis.model.schema import DatePrecision, Origin, PeriodBasis

FactUnit = Literal[
    "count",
    "percent",
    "per second",
    "per minute",
    "per hour",
    "per day",
    "per week",
    "per month",
    "per year",
    "hours",
]
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
