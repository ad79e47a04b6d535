"""Time expressions counted from the publication date: "last quarter", "in the past six months"."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.reading.prose.times.resolving import (
    Memory,
    Reading,
    Rule,
    as_read,
    undated,
    unit_at,
)
from analysis.reading.prose.times.shapes import Expression, number_of, part_of, unit_of
from analysis.reading.prose.times.time_words import TimeWords

YEARS_AGO = "year counted from the publication date"
OF_THE_CALENDAR = ("quarter", "half_year")
HALVES = {  # of a unit: how many of a smaller one
    "year": (6, "month"), "month": (15, "day"), "week": (3, "day"), "decade": (5, "year"),
}  # fmt: skip
Counted = Callable[[Expression, TimeWords, date], Reading]


def next_begun(found: Callable[[int], Days | None], reference: date) -> Days | None:
    """Return the first yearly occurrence that begins after the reference date."""
    this = found(reference.year)
    return this if this and this.first > reference else found(reference.year + 1)


def from_publication(kind: str, read: Counted) -> Rule:
    """Return a rule that counts from the publication date, and is left open without one.

    Left open it is of that kind, or of the unit named when the kind is empty.
    """

    def rule(e: Expression, words: TimeWords, memory: Memory) -> Reading:
        if memory.reference:
            return read(e, words, memory.reference)
        return undated(kind or unit_of(e, words, "quarter"))

    return rule


def _to_date(unit: str) -> Rule:
    def read(e: Expression, words: TimeWords, memory: Memory) -> Reading:
        day = memory.reference
        if memory.last and memory.last.first == memory.last.last and unit == "month":
            day = memory.last.last
        if e.year and (not day or day.year != e.year):
            return as_read(calendar.year(e.year), "stated", "year as written")
        if not day:
            return undated(unit)
        whole = calendar.around(day, unit)
        convention = f"this {unit} up to that day"
        return Reading(whole.first, day, "span", "relative", convention, whole=whole)

    return read


def _unit(offset: int, convention: str) -> Rule:
    """Return a rule for the calendar unit so many units from that of the publication date."""

    def read(e: Expression, words: TimeWords, reference: date) -> Reading:
        unit = unit_of(e, words, "quarter")
        found = unit_at(reference, unit, offset)
        made = as_read(found, "relative", convention.format(unit=unit))
        return replace(made, ongoing=offset == 0)

    return from_publication("", read)


def _this_unit(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "in this quarter": of figures the one reported on, since they come when it is over."""
    unit, told = unit_of(e, words, "quarter"), memory.reported if memory.figures else None
    if told and unit in ("quarter", "half_year") and calendar.kind_of(told) == unit:
        return as_read(told, "inherited", f"the {unit} named before")
    return _RUNNING(e, words, memory)


def _last_year(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if not memory.reference:
        return undated("year")
    found = calendar.year(memory.reference.year - 1)
    return as_read(found, "relative", "year before the publication date")


def past_count(e: Expression, words: TimeWords, reference: date) -> Reading:
    """As in "in the past six months": so many units up to the publication date.

    Quarters and half-years are those of the calendar that were over: "the last two quarters".
    """
    unit, count = unit_of(e, words, "day"), number_of(e, words)
    if unit in OF_THE_CALENDAR:
        found = Days(unit_at(reference, unit, -count).first, unit_at(reference, unit, -1).last)
        return as_read(found, "relative", f"the calendar {unit}s before the publication date")
    start = calendar.shift(reference, -count, unit)
    return Reading(start, reference, "span", "relative", "counted back from the publication date")


def _past_and_half(e: Expression, words: TimeWords, reference: date) -> Reading:
    """As in "the past year and a half", "the last two and a half months": half a unit more."""
    unit, count = unit_of(e, words, "day"), number_of(e, words)
    half, smaller = HALVES.get(unit, (0, "day"))
    start = calendar.shift(calendar.shift(reference, -count, unit), -half, smaller)
    return Reading(start, reference, "span", "relative", "counted back from the publication date")


def _next_count(e: Expression, words: TimeWords, reference: date) -> Reading:
    end = calendar.shift(reference, number_of(e, words), unit_of(e, words, "day"))
    found = Days(calendar.add_days(reference, 1), end)
    return replace(as_read(found, "relative", "counted on from the publication date"), kind="span")


def _counted_day(direction: int) -> Counted:
    """As in "Three weeks ago": the day so many units before or after the publication date."""

    def read(e: Expression, words: TimeWords, reference: date) -> Reading:
        count = direction * number_of(e, words)
        day = calendar.shift(reference, count, unit_of(e, words, "day"))
        return as_read(Days(day, day), "relative", "day counted from the publication date")

    return read


def _years_ago(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "Three years ago": the day, of a figure the year."""
    counted = memory.figures and unit_of(e, words, "day") == "year"
    if not memory.reference or not counted:
        return _DAY_AGO(e, words, memory)
    found = calendar.year(memory.reference.year - number_of(e, words))
    return as_read(found, "relative", YEARS_AGO)


def _up_to_now(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "to this day": up to the publication date."""
    day = memory.reference
    return Reading(
        None, day, "point", "relative" if day else "unknown", "up to the day it was published"
    )


def _near(offset: int) -> Rule:
    def read(e: Expression, words: TimeWords, reference: date) -> Reading:
        day = calendar.add_days(reference, offset)
        return as_read(Days(day, day), "relative", "day of publication or one beside it")

    return from_publication("day", read)


def _offset(e: Expression) -> int:
    """Return which unit is meant: "last" the one before, "next" the one after, else this one."""
    return 1 if "next" in e.slots or "following" in e.slots else -1 if "last" in e.slots else 0


def within(read: Callable[[Expression, TimeWords, Days], Days]) -> Rule:
    """Return a rule for days within this, the last or the next week, month or year."""

    def rule(e: Expression, words: TimeWords, reference: date) -> Reading:
        slot = next(s for s in ("month_word", "year_word", "week_word") if s in e.slots)
        unit = words.units.get(e.slots[slot], "month")
        found = read(e, words, unit_at(reference, unit, _offset(e)))
        return as_read(found, "relative", f"days of the {unit} counted from the publication date")

    return from_publication("day", rule)


def _part_of_unit(e: Expression, words: TimeWords, whole: Days) -> Days:
    return part_of(whole, e, words)


def _rest(e: Expression, words: TimeWords, reference: date) -> Reading:
    unit = unit_of(e, words, "year")
    found = Days(reference, calendar.around(reference, unit).last)
    made = as_read(found, "relative", f"from the publication date to the end of the {unit}")
    return replace(made, kind="span")


def _earlier(e: Expression, words: TimeWords, reference: date) -> Reading:
    unit = unit_of(e, words, "year")
    found = Days(calendar.around(reference, unit).first, reference)
    return replace(as_read(found, "relative", f"this {unit} up to that day"), kind="span")


def _later(e: Expression, words: TimeWords, reference: date) -> Reading:
    unit = unit_of(e, words, "year")
    last = calendar.around(reference, unit).last
    found = Days(min(calendar.add_days(reference, 1), last), last)
    convention = f"what was left of the {unit} at the publication date"
    return replace(as_read(found, "relative", convention), kind="span")


def _month_next(e: Expression, words: TimeWords, reference: date) -> Reading:
    found = next_begun(_named_month(e, words), reference)
    return as_read(found, "relative", "the first one begun after the publication date")


def _month_after_next(e: Expression, words: TimeWords, reference: date) -> Reading:
    month = _named_month(e, words)
    following = next_begun(month, reference)
    found = month(following.first.year + 1) if following else None
    return as_read(found, "relative", "the second one begun after the publication date")


def _named_month(e: Expression, words: TimeWords) -> Callable[[int], Days]:
    return lambda year: calendar.month(year, words.months[e.slots["month"]])


def _holiday_next(e: Expression, words: TimeWords, reference: date) -> Reading:
    def holiday(year: int) -> Days:
        day = words.holidays[e.slots["holiday"]].in_year(year)
        return Days(day, day)

    found = next_begun(holiday, reference)
    return as_read(found, "relative", "the first one after the publication date")


_DAY_AGO = from_publication("day", _counted_day(-1))
AGO: Rule = _years_ago
AHEAD = from_publication("day", _counted_day(1))
THIS_WEEK = _RUNNING = _unit(0, "the calendar {unit} of the publication date")
FROM_PUBLICATION: Mapping[str, Rule] = {
    "this_year": _to_date("year"),
    "this_month": _to_date("month"),
    "this_quarter": _to_date("quarter"),
    "last_year": _last_year,
    "this_unit": _this_unit,
    "this_week": THIS_WEEK,
    "last_unit": _unit(-1, "the calendar {unit} before the publication date"),
    "before_last": _unit(-2, "the calendar {unit} before the last"),
    "coming_unit": _unit(1, "the calendar {unit} after the publication date"),
    "after_next": _unit(2, "the calendar {unit} after the next"),
    "past_count": from_publication("span", past_count),
    "past_unit": from_publication("span", past_count),
    "past_and_half": from_publication("span", _past_and_half),
    "next_count": from_publication("span", _next_count),
    "ago": AGO,
    "ahead": AHEAD,
    "ahead_in": AHEAD,
    "month_next": from_publication("month", _month_next),
    "month_after_next": from_publication("month", _month_after_next),
    "holiday_next": from_publication("day", _holiday_next),
    "part_unit": within(_part_of_unit),
    "rest": from_publication("span", _rest),
    "earlier": from_publication("span", _earlier),
    "later": from_publication("span", _later),
    "before_yesterday": _near(-2),
    "yesterday": _near(-1),
    "today": _near(0),
    "now": _near(0),
    "to_today": _up_to_now,
    "tomorrow": _near(1),
    "after_tomorrow": _near(2),
}
