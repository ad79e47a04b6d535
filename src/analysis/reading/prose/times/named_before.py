"""Time expressions that lean on a period named before: "the same quarter", "a year earlier"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.reading.prose.times.from_publication import AGO, AHEAD, past_count
from analysis.reading.prose.times.resolving import (
    UNKNOWN,
    Memory,
    Reading,
    Rule,
    as_read,
    undated,
    unit_at,
)
from analysis.reading.prose.times.shapes import Expression, number_of, part_of, unit_of
from analysis.reading.prose.times.time_words import TimeWords

LONGEST_MONTH = 31  # days
MEASURED = ("month", "quarter", "half_year", "year")  # units by which a stretch is known again


def _that_year(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "that year", "the same year": one that is none of the calendar was named as such."""
    point = memory.point
    if point and not (memory.last and memory.last.first <= point <= memory.last.last):
        return as_read(calendar.year(point.year), "inherited", "year named before")
    if memory.last and _lasts(memory.last, 1, "year"):
        return as_read(memory.last, "inherited", "the year named before")
    if memory.last:
        return as_read(calendar.year(memory.last.last.year), "inherited", "year named before")
    return UNKNOWN


def _the_year(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """Return the year named before; of that of the publication date parts are named, not it all.

    As in "since the start of the year", but "the song of the year". A year that is none of the
    calendar was named as such: "In the year to 30 June 2023 ... over the year".
    """
    if memory.last and _lasts(memory.last, 1, "year"):
        return as_read(memory.last, "inherited", "the year named before")
    if memory.last or not memory.reference:
        return _that_year(e, words, memory)
    whole = calendar.year(memory.reference.year)
    return replace(UNKNOWN, basis="relative", whole=whole)


def _whole_unit(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "by the end of the month": the unit is no period, but parts of it are named.

    It is the one that holds the period named before, else the publication date.
    """
    day = memory.last.last if memory.last else memory.reference
    if not day:
        return UNKNOWN
    whole = calendar.around(day, unit_of(e, words, "month"))
    return replace(UNKNOWN, basis="inherited" if memory.last else "relative", whole=whole)


def _previous_unit(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """The previous quarter is the one before the period named last, else before publication."""
    unit = unit_of(e, words, "month")
    if memory.last:
        if unit == "year":
            return as_read(
                _year_earlier(memory.last), "inherited", "a year before the period named"
            )
        if "n" in e.slots and unit not in MEASURED:
            return _counted_back(memory.last, number_of(e, words), unit)
        base = _last_such(_of_length(e, words, memory) or memory.last, memory)
        return as_read(calendar.previous(base), "inherited", "the stretch before the one named")
    if not memory.reference or (memory.figures and unit in ("day", "week")):
        return undated(unit)  # "the day before", of a day that was not named
    if "n" in e.slots:
        return past_count(e, words, memory.reference)
    found = unit_at(memory.reference, unit, -1)
    return as_read(found, "relative", f"the calendar {unit} before the publication date")


def _last_such(named: Days, memory: Memory) -> Days:
    """Return the one reported on, where the last one named is only what it was compared with."""
    told = memory.reported if memory.figures else None
    alike = [d for d in memory.stretches if calendar.kind_of(d) == calendar.kind_of(named)]
    return max(alike, key=lambda d: d.last) if told and named in alike else named


def _counted_back(named: Days, number: int, unit: str) -> Reading:
    """As in "in the 46 days before that": so many up to the day in front of those named."""
    first = calendar.shift(named.first, -number, unit)
    days_ = Days(first, calendar.add_days(named.first, -1))
    return as_read(days_, "inherited", "the stretch before the one named")


def _year_earlier(days_: Days) -> Days:
    return _moved(days_, -12)


def _moved(days_: Days, months: int) -> Days:
    """Return the same days so many months on; the end of a month stays one."""
    first = calendar.add_months(days_.first, months)
    last = calendar.add_months(days_.last, months)
    if days_.last == calendar.month_end(days_.last.year, days_.last.month):
        last = calendar.month_end(last.year, last.month)
    return Days(first, last)


def _next_unit(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "The year after": the stretch right behind the one named before, else publication."""
    unit = unit_of(e, words, "day")
    if memory.point and unit in MEASURED and e.slots.keys() == {"unit"}:
        return _point_later(memory.point, unit, memory.reached)
    if "n" in e.slots:
        return _next_stretch(e, words, memory, unit)
    if memory.last and _lasts(memory.last, 1, unit):
        return _next_stretch(e, words, memory, unit)  # of a week, be it from a Wednesday on
    if memory.last:
        found = unit_at(memory.last.last, unit, 1)
        return as_read(found, "inherited", f"the {unit} after the period named before")
    if not memory.reference:
        return undated(unit)
    found = unit_at(memory.reference, unit, 1)
    return as_read(found, "relative", f"the calendar {unit} after the publication date")


def _days_later(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "Two days later": counted from the day named before, else from publication."""
    if not memory.last:
        return AHEAD(e, words, memory)
    if memory.last.first != memory.last.last:
        return UNKNOWN
    day = calendar.shift(memory.last.first, number_of(e, words), unit_of(e, words, "day"))
    return as_read(Days(day, day), "inherited", "day counted from the one named before")


def _next_stretch(e: Expression, words: TimeWords, memory: Memory, unit: str) -> Reading:
    """As in "In the three months that followed": so many units behind the period named before."""
    if not memory.last:
        return replace(UNKNOWN, kind="span", convention="a length without dates")
    first = calendar.add_days(memory.last.last, 1)
    end = calendar.add_days(calendar.shift(first, number_of(e, words), unit), -1)
    return as_read(Days(first, end), "inherited", "counted on from the period named before")


def _same_length(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "in the six months", behind "from January to June": the period of that length."""
    number, unit = number_of(e, words), unit_of(e, words, "day")
    alike = [d for d in memory.stretches if _lasts(d, number, unit)]
    if not alike:
        return replace(UNKNOWN, kind="span", convention="a length without dates")
    named = max(alike, key=lambda d: d.last)  # not the one that it is compared with
    return as_read(named, "inherited", "the period of that length named before")


def _days_after(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "in the first three weeks after the attack": counted from the day named before."""
    day = memory.last.first if memory.last and memory.last.first == memory.last.last else None
    if not day:
        return replace(UNKNOWN, kind="span", convention="a length without dates")
    end = calendar.shift(day, number_of(e, words), unit_of(e, words, "day"))
    made = as_read(Days(day, end), "inherited", "from the day named before on")
    return replace(made, kind="span")


def _span_after(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "in the week after": from the day named before on, else the unit behind."""
    one_day = memory.last and memory.last.first == memory.last.last
    return _days_after(e, words, memory) if one_day else _next_unit(e, words, memory)


def _span_before(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "in the three months before": so many units up to the period named."""
    unit = unit_of(e, words, "day")
    if memory.last and unit in MEASURED and "n" in e.slots:
        return _counted_back(memory.last, number_of(e, words), unit)
    if memory.last and unit in MEASURED:
        return _previous_unit(e, words, memory)
    return replace(UNKNOWN, kind="span", convention="a length without dates")


def _days_of(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "in the first three days of the war": counted from the day named before, if in days."""
    if unit_of(e, words, "day") != "day":
        return replace(UNKNOWN, kind="span", convention="a length without dates")
    return _days_after(e, words, memory)


def _earlier_by(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "twelve months earlier": the period named before, so much earlier."""
    if number_of(e, words) == 1:
        one = {slot: word for slot, word in e.slots.items() if slot != "n"}
        return _previous_unit(replace(e, slots=one), words, memory)
    months = number_of(e, words) * (12 if unit_of(e, words, "month") == "year" else 1)
    if memory.point:
        return _point_earlier(memory.point, months, memory.reached)
    if not memory.last:
        return UNKNOWN
    if months % 12 and not _lasts(memory.last, months, "month"):
        return UNKNOWN  # "Six months earlier", of a year: a point that is not named
    return as_read(_moved(memory.last, -months), "inherited", "the period named, so much earlier")


def _point_earlier(point: date, months: int, reached: bool) -> Reading:
    """As in "At the end of 2022 it held two million. Two years earlier it was 300,000"."""
    moved = _moved(Days(point, point), -months).last
    start = None if reached else moved
    return Reading(start, moved, "point", "inherited", "the time named, so much earlier")


def _point_later(point: date, unit: str, reached: bool) -> Reading:
    """As in "By mid-2022 it held two million hashes; a year later it was 2.4 million"."""
    moved = calendar.shift(point, 1, unit)
    if point == calendar.month_end(point.year, point.month):
        moved = calendar.month_end(moved.year, moved.month)
    start = None if reached else moved
    return Reading(start, moved, "point", "inherited", "the time named, so much later")


def _same_before(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if not memory.last:
        return UNKNOWN
    return as_read(_year_earlier(memory.last), "inherited", "the same days a year earlier")


def _same_in_year(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "The same half of 2022": the days of the period named before, in that year."""
    year = int(e.slots["year"])
    if not memory.last:
        return as_read(calendar.year(year), "stated", "year as written")
    found = _moved(memory.last, 12 * (year - memory.last.last.year))
    return as_read(found, "inherited", "the same days of another year")


def _part_of_same(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "The last six months of the period": a part of the period named before."""
    if not memory.last:
        return UNKNOWN
    return as_read(part_of(memory.last, e, words), "inherited", "part of the period named before")


def _same(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "the same month", "that day"; "the reporting period" is no month named in passing."""
    if not memory.last:
        return UNKNOWN
    if memory.figures and memory.reported and not e.slots.keys() - {"period_word"}:
        return as_read(memory.reported, "inherited", "the period named before")
    if words.units.get(e.slots.get("unit", "")) == "day":
        return as_read(
            Days(memory.last.first, memory.last.first), "inherited", "the day named before"
        )
    found = _of_length(e, words, memory)
    alike = [
        d for d in memory.stretches if found and calendar.kind_of(d) == calendar.kind_of(found)
    ]
    if not e.slots.keys() & {"same", "that"} and alike:
        found = max(alike, key=lambda d: d.last)  # "the quarter" is not the one compared with
    return as_read(found, "inherited", "the period named before")


def _of_length(e: Expression, words: TimeWords, memory: Memory) -> Days | None:
    """As in "those six months", "that quarter": the last stretch of that length, else the last."""
    unit = unit_of(e, words, "")
    number = number_of(e, words)
    if unit not in MEASURED:
        return memory.last
    named = (*_rows(memory.stretches), *reversed(memory.stretches))
    found = next((d for d in named if _lasts(d, number, unit)), None)
    if found or number != 1 or not memory.last:
        return found or memory.last
    around = calendar.around(memory.last.first, unit)  # "on 7 October ... by the end of that month"
    return around if memory.last.last <= around.last else memory.last


def _rows(stretches: Sequence[Days]) -> Iterator[Days]:
    """Yield the last stretch, then it with those in a row before it: "2016, 2017 and 2018"."""
    row: Days | None = None
    for days_ in reversed(stretches):
        if row and calendar.add_days(days_.last, 1) != row.first:
            return
        row = Days(days_.first, row.last) if row else days_
        yield row


def _lasts(days_: Days, number: int, unit: str) -> bool:
    return calendar.add_days(calendar.shift(days_.first, number, unit), -1) == days_.last


def _then(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "from then until May": the day, the point or the stretch named before."""
    found = Days(memory.point, memory.point) if memory.point else memory.last
    return as_read(found, "inherited", "the time named before")


def _that_date(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "until that date": the day named last, else what is no longer than a month."""
    if memory.told:
        return as_read(Days(memory.told, memory.told), "inherited", "the day named before")
    if not memory.last or len(memory.last) > LONGEST_MONTH:
        return UNKNOWN
    return as_read(memory.last, "inherited", "the time named before")


def _since_then(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "Since then 2,400 pages have been removed": from the first day of what was named."""
    start = _then(e, words, memory).start
    if not start:
        return UNKNOWN
    convention = "from the first day of the time named before"
    return Reading(start, None, "since", "inherited", convention, cumulative=True, ongoing=True)


def _ordinal(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "Up from 6.3 million in the first": the unit is that of the period named before."""
    kind = calendar.kind_of(memory.last) if memory.last else ""
    number = words.ordinals[e.slots["ordinal"]]
    parts = {"quarter": (calendar.quarter, 4), "half_year": (calendar.half, 2)}
    if not memory.last or kind not in parts or not 1 <= number <= parts[kind][1]:
        return UNKNOWN
    read, year = parts[kind][0], memory.last.last.year
    found = read(year, number)
    if memory.reference and found.first > memory.reference:
        found = read(year - 1, number)
    return as_read(found, "inherited", f"the {kind} so numbered of the year named before")


def _unit_ago(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "Up from two million a year ago": the period named before, else the publication day."""
    if memory.last:
        return _previous_unit(e, words, memory)
    return AGO(e, words, memory)


def _duration(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """A length is dated by a point in time named before it, and then counted back from it.

    It may also be that of the period named before: "on 21 and 22 November ... in two days". Days
    are not counted back from "until 2019", which names no day.
    """
    if not memory.point and "n" in e.slots and memory.last and memory.last.first < memory.last.last:
        return _same_length(e, words, memory)
    days_of_a_month = unit_of(e, words, "day") == "day" and memory.reached
    if days_of_a_month and memory.point and _ends_month(memory.point):
        return replace(UNKNOWN, kind="span", convention="a length without dates")
    if not memory.point or "n" not in e.slots:
        return replace(UNKNOWN, kind="span", convention="a length without dates")
    after = calendar.add_days(memory.point, 1) if memory.reached else memory.point
    start = calendar.shift(after, -number_of(e, words), unit_of(e, words, "day"))
    end = calendar.add_days(after, -1)
    return Reading(start, end, "span", "inferred", f"counted back from {memory.point}")


def _within(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "within seven days": how fast, and not when; months are stretches."""
    if unit_of(e, words, "day") == "day":
        return replace(UNKNOWN, kind="span", convention="a length without dates")
    return _duration(e, words, memory)


def _ends_month(day: date) -> bool:
    return day == calendar.month_end(day.year, day.month)


def _period_before(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "after 1.3 billion in the previous period": the stretch before the one told of."""
    base = memory.reported or memory.last
    if not base:
        return UNKNOWN
    return as_read(calendar.previous(base), "inherited", "the stretch before the one named")


def _round(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "its latest six-month reporting period": the one named before, if it is as long."""
    months, told = number_of(e, words), memory.reported
    if told and _lasts(told, months, "month"):
        return as_read(told, "inherited", "the reporting period named before")
    return replace(UNKNOWN, kind="span", convention="a reporting period whose days are not named")


NAMED_BEFORE: Mapping[str, Rule] = {
    "reporting_round": _round,
    "period_before": _period_before,
    "that_year": _that_year,
    "the_year": _the_year,
    "whole_unit": _whole_unit,
    "days_later": _days_later,
    "previous_unit": _previous_unit,
    "same_before": _same_before,
    "same_in_year": _same_in_year,
    "part_of_same": _part_of_same,
    "next_unit": _next_unit,
    "same_length": _same_length,
    "first_day": _days_after,
    "span_after": _days_after,
    "unit_after": _span_after,
    "span_of": _days_of,
    "span_before": _span_before,
    "earlier_by": _earlier_by,
    "same": _same,
    "then": _then,
    "that_date": _that_date,
    "since_then": _since_then,
    "unit_ago": _unit_ago,
    "quarter_ordinal": _ordinal,
    "duration": _duration,
    "within_length": _within,
}
