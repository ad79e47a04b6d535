"""Time expressions become days: by their own year, a period named before, or the publication date.

Every rule says by which convention it resolved, and on what basis.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.model.schema import Period, PeriodBasis, PeriodKind
from analysis.reading.prose.expressions import (
    Expression,
    TimeWords,
    days,
    number_of,
    shape,
)

KINDS: Mapping[str, PeriodKind] = {"half": "half_year", "season": "span", "days": "span"}


@dataclass(frozen=True, slots=True)
class Reading:
    """Days found for an expression, how they are known, and by which rule."""

    start: date | None
    end: date | None
    kind: PeriodKind
    basis: PeriodBasis
    convention: str
    cumulative: bool = False

    @property
    def days(self) -> Days | None:
        """The days, when both ends are known."""
        return Days(self.start, self.end) if self.start and self.end else None


@dataclass(frozen=True, slots=True)
class Memory:
    """What has been said before: the publication date, the last period, the last point in time."""

    reference: date | None = None
    last: Days | None = None
    point: date | None = None
    spoken: int | None = None  # year named before in the same sentence
    day: date | None = None  # day named before in the same sentence

    def after(self, period: Period) -> "Memory":
        """Return the memory once a period has been read."""
        if period.kind == "point" and (period.start or period.end):
            return replace(self, point=period.start or period.end)
        if period.start and period.end and not period.per:
            days_ = Days(period.start, period.end)
            stated = period.basis == "stated" and period.start.year == period.end.year
            return replace(
                self,
                last=days_,
                point=None,
                spoken=period.end.year if stated else self.spoken,
                day=period.start if period.kind == "day" else self.day,
            )
        return self

    def fresh(self) -> "Memory":
        """Return the memory at the start of a new sentence."""
        return replace(self, spoken=None, day=None)


UNKNOWN = Reading(None, None, "unknown", "unknown", "no day is named")


def _kind(days_: Days) -> PeriodKind:
    return calendar.kind_of(days_)  # type: ignore[return-value]


def as_read(found: Days | None, basis: PeriodBasis, convention: str) -> Reading:
    """Return days as read by a convention; days that do not exist are unknown."""
    if not found:
        return UNKNOWN
    return Reading(found.first, found.last, _kind(found), basis, convention)


def left_open(e: Expression) -> Reading:
    """A stretch whose year stays open."""
    name = shape(e)
    kind: PeriodKind = KINDS.get(name) or (name if name in ("quarter", "month", "day") else "span")  # type: ignore[assignment]
    return Reading(None, None, kind, "unknown", "the year stays open: no publication date")


def back(day: date, count: int, unit: str) -> date:
    """Return the day `count` units before a day."""
    months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
    if unit in months:
        return calendar.add_months(day, -count * months[unit])
    return day - timedelta(days=count * (7 if unit == "week" else 1))


def unit_around(day: date, unit: str) -> Days:
    """Return the calendar unit that holds a day; weeks run from Monday to Sunday."""
    if unit == "day":
        return Days(day, day)
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Days(monday, monday + timedelta(days=6))
    if unit == "month":
        return calendar.month(day.year, day.month)
    if unit == "quarter":
        return calendar.quarter(day.year, (day.month + 2) // 3)
    if unit == "half_year":
        return calendar.half(day.year, (day.month + 5) // 6)
    return calendar.year(day.year)


def _last_begun(e: Expression, words: TimeWords, reference: date) -> Days | None:
    """Return the latest occurrence that had begun by the reference date."""
    this = days(e, reference.year, words)
    if this and this.first <= reference:
        return this
    return days(e, reference.year - 1, words)


def read_dated(e: Expression, words: TimeWords, memory: Memory, year: int | None) -> Reading:
    """Resolve an expression that is days once its year is known."""
    if e.year:
        found = days(e, e.year, words)
        return as_read(found, "stated", f"{shape(e)} as written")
    if e.slots.get("yy") and shape(e) in ("quarter", "month"):
        found = days(e, 2000 + int(e.slots["yy"]), words)
        return as_read(found, "stated", "two-digit year")
    if year:
        found = days(e, year, words)
        return as_read(found, "stated", "year from the words beside it")
    if e.slots.get("that") and memory.last:
        found = days(e, memory.last.last.year, words)
        return as_read(found, "inherited", "year of the period named before")
    if memory.spoken and e.rule.endswith("_no_year"):
        found = days(e, memory.spoken, words)
        return as_read(found, "stated", "year named before in the sentence")
    if not memory.reference:
        return left_open(e)
    reference = memory.reference
    if e.rule.endswith("_this_year"):
        found = days(e, reference.year, words)
        return as_read(found, "relative", "year of the publication date")
    if e.rule.endswith("_last_year"):
        found = days(e, reference.year - 1, words)
        return as_read(found, "relative", "year before the publication date")
    found = _last_begun(e, words, reference)
    if not found:
        return UNKNOWN
    return as_read(found, "relative", "the last one begun by the publication date")


def _to_date(unit: str) -> Callable[[Expression, TimeWords, Memory], Reading]:
    def read(e: Expression, words: TimeWords, memory: Memory) -> Reading:
        day = memory.reference
        if memory.last and memory.last.first == memory.last.last and unit == "month":
            day = memory.last.last
        if not day:
            return UNKNOWN
        first = unit_around(day, unit).first
        return Reading(first, day, "span", "relative", f"this {unit} up to that day")

    return read


def _last_unit(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if not memory.reference:
        return UNKNOWN
    unit = words.units.get(e.slots.get("unit", ""), "quarter")
    found = _unit_before(memory.reference, unit)
    return as_read(found, "relative", f"the calendar {unit} before the publication date")


def _unit_before(day: date, unit: str) -> Days:
    return unit_around(unit_around(day, unit).first - timedelta(days=1), unit)


def _last_year(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if not memory.reference:
        return Reading(None, None, "year", "unknown", "the year stays open: no publication date")
    found = calendar.year(memory.reference.year - 1)
    return as_read(found, "relative", "year before the publication date")


def _that_year(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if memory.last:
        return as_read(calendar.year(memory.last.last.year), "inherited", "year named before")
    return UNKNOWN


def _previous_unit(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """The previous quarter is the one before the period named last, else before publication."""
    unit = words.units.get(e.slots.get("unit", ""), "month")
    if memory.last:
        if unit == "year":
            return as_read(
                _year_earlier(memory.last), "inherited", "a year before the period named"
            )
        return as_read(
            calendar.previous(memory.last), "inherited", "the stretch before the one named"
        )
    if not memory.reference:
        return replace(UNKNOWN, kind=unit if unit != "week" else "span")  # type: ignore[arg-type]
    found = _unit_before(memory.reference, unit)
    return as_read(found, "relative", f"the calendar {unit} before the publication date")


def _year_earlier(days_: Days) -> Days:
    first = calendar.add_months(days_.first, -12)
    last = calendar.add_months(days_.last, -12)
    if days_.last == calendar.month_end(days_.last.year, days_.last.month):
        last = calendar.month_end(last.year, last.month)
    return Days(first, last)


def _next_unit(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "The year after": the stretch of the same length right behind the one named before."""
    if not memory.last:
        return UNKNOWN
    unit = words.units.get(e.slots.get("unit", ""), "day")
    found = unit_around(memory.last.last + timedelta(days=1), unit)
    return as_read(found, "inherited", f"the {unit} after the period named before")


def _same_before(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if not memory.last:
        return UNKNOWN
    return as_read(_year_earlier(memory.last), "inherited", "the same days a year earlier")


def _same(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if not memory.last:
        return UNKNOWN
    if words.units.get(e.slots.get("unit", "")) == "day":
        return as_read(
            Days(memory.last.first, memory.last.first), "inherited", "the day named before"
        )
    return as_read(memory.last, "inherited", "the period named before")


def _ordinal(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "Up from 6.3 million in the first": the unit is that of the period named before."""
    kind = calendar.kind_of(memory.last) if memory.last else ""
    number = words.ordinals[e.slots["ordinal"]]
    parts = {"quarter": (calendar.quarter, 4), "half_year": (calendar.half, 2)}
    if not memory.last or kind not in parts or not 1 <= number <= parts[kind][1]:
        return UNKNOWN
    found = parts[kind][0](memory.last.last.year, number)
    return as_read(found, "inherited", f"the {kind} so numbered of the year named before")


def _past_count(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if not memory.reference:
        return UNKNOWN
    count = number_of(e.slots["n"], words) if "n" in e.slots else 1
    unit = words.units[e.slots.get("span_word") or e.slots["unit"]]
    start = back(memory.reference, count, unit)
    return Reading(
        start, memory.reference, "span", "relative", "counted back from the publication date"
    )


def _near(offset: int) -> Callable[[Expression, TimeWords, Memory], Reading]:
    def read(e: Expression, words: TimeWords, memory: Memory) -> Reading:
        if not memory.reference:
            return UNKNOWN
        day = memory.reference - timedelta(days=offset)
        return Reading(day, day, "day", "relative", "day of publication or the one before")

    return read


def _duration(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """A length is dated only by a point in time named before it, and then counted back from it."""
    if not memory.point or "n" not in e.slots:
        return replace(UNKNOWN, kind="span", convention="a length without dates")
    unit = words.units[e.slots["span_word"]]
    start = back(memory.point, number_of(e.slots["n"], words), unit)
    end = memory.point - timedelta(days=1)
    return Reading(start, end, "span", "inferred", f"counted back from {memory.point}")


RELATIVE: Mapping[str, Callable[[Expression, TimeWords, Memory], Reading]] = {
    "this_year": _to_date("year"),
    "this_month": _to_date("month"),
    "this_quarter": _to_date("quarter"),
    "last_year": _last_year,
    "that_year": _that_year,
    "last_unit": _last_unit,
    "previous_unit": _previous_unit,
    "same_before": _same_before,
    "next_unit": _next_unit,
    "same": _same,
    "past_count": _past_count,
    "quarter_ordinal": _ordinal,
    "today": _near(0),
    "yesterday": _near(1),
    "duration": _duration,
}
