"""Relative time expressions: counted from the publication date, or from a period named before."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.reading.prose.resolving import UNKNOWN, Memory, Reading, as_read, undated, unit_at
from analysis.reading.prose.shapes import (
    Expression,
    day_number,
    number_of,
    part_of,
    unit_of,
    weekday_number,
)
from analysis.reading.prose.time_words import TimeWords

MONTHS_AROUND = 6  # in which a numbered day of the week is looked for

Rule = Callable[[Expression, TimeWords, Memory], Reading]
Counted = Callable[[Expression, TimeWords, date], Reading]


def next_begun(found: Callable[[int], Days | None], reference: date) -> Days | None:
    """Return the first yearly occurrence that begins after the reference date."""
    this = found(reference.year)
    return this if this and this.first > reference else found(reference.year + 1)


def _from_publication(kind: str, read: Counted) -> Rule:
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

    return _from_publication("", read)


def _last_year(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if not memory.reference:
        return undated("year")
    found = calendar.year(memory.reference.year - 1)
    return as_read(found, "relative", "year before the publication date")


def _that_year(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if memory.last:
        return as_read(calendar.year(memory.last.last.year), "inherited", "year named before")
    return UNKNOWN


def _the_year(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """Return the year named before; of that of the publication date parts are named, not it all.

    As in "since the start of the year", but "the song of the year".
    """
    if memory.last or not memory.reference:
        return _that_year(e, words, memory)
    whole = calendar.year(memory.reference.year)
    return replace(UNKNOWN, basis="relative", whole=whole)


def _vague(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "since the summer", "a few months ago": a time is named, but no days of it."""
    return replace(UNKNOWN, convention="a time whose days are not named")


def _fiscal_span(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    return Reading(None, None, "year", "unknown", "a fiscal year whose days are not named")


def _previous_unit(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """The previous quarter is the one before the period named last, else before publication."""
    unit = unit_of(e, words, "month")
    if memory.last:
        if unit == "year":
            return as_read(
                _year_earlier(memory.last), "inherited", "a year before the period named"
            )
        return as_read(
            calendar.previous(memory.last), "inherited", "the stretch before the one named"
        )
    if not memory.reference:
        return undated(unit)
    if "n" in e.slots:
        return _past_count(e, words, memory.reference)
    found = unit_at(memory.reference, unit, -1)
    return as_read(found, "relative", f"the calendar {unit} before the publication date")


def _year_earlier(days_: Days) -> Days:
    return _moved(days_, -1)


def _moved(days_: Days, years: int) -> Days:
    """Return the same days so many years on; the end of a month stays one."""
    first = calendar.add_months(days_.first, 12 * years)
    last = calendar.add_months(days_.last, 12 * years)
    if days_.last == calendar.month_end(days_.last.year, days_.last.month):
        last = calendar.month_end(last.year, last.month)
    return Days(first, last)


def _next_unit(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "The year after": the stretch right behind the one named before, else publication."""
    unit = unit_of(e, words, "day")
    if "n" in e.slots:
        return _next_stretch(e, words, memory, unit)
    if memory.last:
        found = calendar.around(calendar.add_days(memory.last.last, 1), unit)
        return as_read(found, "inherited", f"the {unit} after the period named before")
    if not memory.reference:
        return undated(unit)
    found = unit_at(memory.reference, unit, 1)
    return as_read(found, "relative", f"the calendar {unit} after the publication date")


def _next_stretch(e: Expression, words: TimeWords, memory: Memory, unit: str) -> Reading:
    """As in "In the three months that followed": so many units behind the period named before."""
    if not memory.last:
        return replace(UNKNOWN, kind="span", convention="a length without dates")
    first = calendar.add_days(memory.last.last, 1)
    end = calendar.add_days(calendar.shift(first, number_of(e, words), unit), -1)
    return as_read(Days(first, end), "inherited", "counted on from the period named before")


def _same_length(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "in the six months", behind "from January to June": the period of that length."""
    length = replace(UNKNOWN, kind="span", convention="a length without dates")
    if not memory.last:
        return length
    end = calendar.shift(memory.last.first, number_of(e, words), unit_of(e, words, "day"))
    if calendar.add_days(end, -1) != memory.last.last:
        return length
    return as_read(memory.last, "inherited", "the period of that length named before")


def _days_after(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "in the first three weeks after the attack": counted from the day named before."""
    day = memory.last.first if memory.last and memory.last.first == memory.last.last else None
    if not day:
        return replace(UNKNOWN, kind="span", convention="a length without dates")
    end = calendar.shift(day, number_of(e, words), unit_of(e, words, "day"))
    made = as_read(Days(day, end), "inherited", "from the day named before on")
    return replace(made, kind="span")


def _same_before(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if not memory.last:
        return UNKNOWN
    return as_read(_year_earlier(memory.last), "inherited", "the same days a year earlier")


def _same_in_year(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "The same half of 2022": the days of the period named before, in that year."""
    year = int(e.slots["year"])
    if not memory.last:
        return as_read(calendar.year(year), "stated", "year as written")
    found = _moved(memory.last, year - memory.last.last.year)
    return as_read(found, "inherited", "the same days of another year")


def _part_of_same(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "The last six months of the period": a part of the period named before."""
    if not memory.last:
        return UNKNOWN
    return as_read(part_of(memory.last, e, words), "inherited", "part of the period named before")


def _same(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if not memory.last:
        return UNKNOWN
    if words.units.get(e.slots.get("unit", "")) == "day":
        return as_read(
            Days(memory.last.first, memory.last.first), "inherited", "the day named before"
        )
    return as_read(memory.last, "inherited", "the period named before")


def _then(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "from then until May": the day, the point or the stretch named before."""
    found = Days(memory.point, memory.point) if memory.point else memory.last
    return as_read(found, "inherited", "the time named before")


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


def _past_count(e: Expression, words: TimeWords, reference: date) -> Reading:
    start = calendar.shift(reference, -number_of(e, words), unit_of(e, words, "day"))
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


def _unit_ago(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "Up from two million a year ago": the period named before, else the publication day."""
    if memory.last:
        return _previous_unit(e, words, memory)
    return RELATIVE["ago"](e, words, memory)


def _near(offset: int) -> Rule:
    def read(e: Expression, words: TimeWords, reference: date) -> Reading:
        day = calendar.add_days(reference, offset)
        return as_read(Days(day, day), "relative", "day of publication or one beside it")

    return _from_publication("day", read)


def _offset(e: Expression) -> int:
    """Return which unit is meant: "last" the one before, "next" the one after, else this one."""
    return 1 if "next" in e.slots else -1 if "last" in e.slots else 0


def _within(read: Callable[[Expression, TimeWords, Days], Days]) -> Rule:
    """Return a rule for days within this, the last or the next week, month or year."""

    def rule(e: Expression, words: TimeWords, reference: date) -> Reading:
        slot = next(s for s in ("month_word", "year_word", "week_word") if s in e.slots)
        unit = words.units.get(e.slots[slot], "month")
        found = read(e, words, unit_at(reference, unit, _offset(e)))
        return as_read(found, "relative", f"days of the {unit} counted from the publication date")

    return _from_publication("day", rule)


def _part_of_unit(e: Expression, words: TimeWords, whole: Days) -> Days:
    return part_of(whole, e, words)


def _days_of_month(e: Expression, words: TimeWords, month: Days) -> Days:
    first = e.slots.get("day") or e.slots.get("nth") or e.slots["numeral"]
    last = e.slots.get("day2") or e.slots.get("nth2") or first
    numbers = [day_number(text, words) for text in (first, last)]
    return Days(*(month.first.replace(day=number) for number in numbers))


def _weekday_of(e: Expression, words: TimeWords, week: Days) -> Days:
    day = calendar.weekdays(week, weekday_number(e, words))[0]
    return Days(day, day)


def _weekday(offset: int) -> Counted:
    """Return a rule for the Tuesday of this week or the next."""

    def read(e: Expression, words: TimeWords, reference: date) -> Reading:
        found = _weekday_of(e, words, unit_at(reference, "week", offset))
        return as_read(found, "relative", "day of the week of publication or the next")

    return read


def _the_week(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "that weekend": of the period named before, else of the publication date."""
    if not memory.last:
        return RELATIVE["this_week"](e, words, memory)
    found = calendar.around(memory.last.first, unit_of(e, words, "week"))
    return as_read(found, "inherited", "the week of the period named before")


def _latest_weekday(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """Return that day of a week named before, else the latest by the publication date."""
    if memory.last and memory.last == calendar.week(memory.last.first):
        found = _weekday_of(e, words, memory.last)
        return as_read(found, "inherited", "day of the week named before")
    if not memory.reference:
        return undated("day")
    return _weekday_before(e, words, calendar.add_days(memory.reference, 1))


def _weekday_before(e: Expression, words: TimeWords, reference: date) -> Reading:
    back = (reference.isoweekday() - weekday_number(e, words) - 1) % 7 + 1
    day = calendar.add_days(reference, -back)
    return as_read(Days(day, day), "relative", "the latest such day by the publication date")


def _numbered_days(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "the 15th": of the month named before, else the latest begun by publication."""
    if memory.last and calendar.kind_of(memory.last) == "month":
        found = _days_of_month(e, words, memory.last)
        return as_read(found, "inherited", "days of the month named before")
    if not memory.reference:
        return undated("day")
    if "weekday" in e.slots:
        return _nearest_weekday(e, words, memory.reference)
    for found in _by_month(e, words, memory.reference, (0, -1, -2)):
        if found.first <= memory.reference:
            return as_read(found, "relative", "the last one begun by the publication date")
    return UNKNOWN


def _nearest_weekday(e: Expression, words: TimeWords, reference: date) -> Reading:
    """As in "Friday the 11th": of the months around publication the nearest where it is one."""
    offsets = sorted(range(-MONTHS_AROUND, MONTHS_AROUND + 1), key=abs)
    for found in _by_month(e, words, reference, offsets):
        if found.first.isoweekday() == weekday_number(e, words):
            return as_read(found, "relative", "the nearest that is such a day of the week")
    return UNKNOWN


def _by_month(
    e: Expression, words: TimeWords, reference: date, offsets: Iterable[int]
) -> Iterator[Days]:
    """Yield numbered days in the months so far from that of a day, where these have them."""
    for offset in offsets:
        try:
            yield _days_of_month(e, words, unit_at(reference, "month", offset))
        except (ValueError, OverflowError):
            continue


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
    def month(year: int) -> Days:
        return calendar.month(year, words.months[e.slots["month"]])

    found = next_begun(month, reference)
    return as_read(found, "relative", "the first one begun after the publication date")


def _decade(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """Return a decade; without its century the latest that had begun by the publication date."""
    digits = e.slots.get("decade_year") or e.slots.get("tens")
    number = int(digits) if digits else words.decades[e.slots["decade"]]
    if number >= 100:
        return as_read(calendar.decade(number), "stated", "decade as written")
    latest = memory.reference.year if memory.reference else date.max.year
    century = 2000 if 2000 + number <= min(latest, 2029) else 1900
    return as_read(calendar.decade(century + number), "inferred", "decade without its century")


def _century(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    number = day_number(e.slots["century"], words)
    return as_read(calendar.century(number), "stated", "the hundred years that begin alike")


def _duration(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """A length is dated by a point in time named before it, and then counted back from it.

    It may also be that of the period named before: "on 21 and 22 November ... in two days".
    """
    if not memory.point and "n" in e.slots and memory.last and memory.last.first < memory.last.last:
        return _same_length(e, words, memory)
    if not memory.point or "n" not in e.slots:
        return replace(UNKNOWN, kind="span", convention="a length without dates")
    after = calendar.add_days(memory.point, 1) if memory.reached else memory.point
    start = calendar.shift(after, -number_of(e, words), unit_of(e, words, "day"))
    end = calendar.add_days(after, -1)
    return Reading(start, end, "span", "inferred", f"counted back from {memory.point}")


RELATIVE: Mapping[str, Rule] = {
    "this_year": _to_date("year"),
    "this_month": _to_date("month"),
    "this_quarter": _to_date("quarter"),
    "last_year": _last_year,
    "that_year": _that_year,
    "the_year": _the_year,
    "fiscal_span": _fiscal_span,
    "this_unit": _unit(0, "the calendar {unit} of the publication date"),
    "this_week": _unit(0, "the calendar {unit} of the publication date"),
    "last_unit": _unit(-1, "the calendar {unit} before the publication date"),
    "the_week": _the_week,
    "before_last": _unit(-2, "the calendar {unit} before the last"),
    "coming_unit": _unit(1, "the calendar {unit} after the publication date"),
    "after_next": _unit(2, "the calendar {unit} after the next"),
    "previous_unit": _previous_unit,
    "same_before": _same_before,
    "same_in_year": _same_in_year,
    "part_of_same": _part_of_same,
    "next_unit": _next_unit,
    "same_length": _same_length,
    "first_day": _days_after,
    "span_after": _days_after,
    "same": _same,
    "then": _then,
    "since_then": _since_then,
    "vague": _vague,
    "past_count": _from_publication("span", _past_count),
    "next_count": _from_publication("span", _next_count),
    "ago": _from_publication("day", _counted_day(-1)),
    "ahead": _from_publication("day", _counted_day(1)),
    "ahead_in": _from_publication("day", _counted_day(1)),
    "unit_ago": _unit_ago,
    "quarter_ordinal": _ordinal,
    "month_next": _from_publication("month", _month_next),
    "part_unit": _within(_part_of_unit),
    "days_unit": _within(_days_of_month),
    "weekday_unit": _within(_weekday_of),
    "weekday": _latest_weekday,
    "last_weekday": _from_publication("day", _weekday_before),
    "this_weekday": _from_publication("day", _weekday(0)),
    "next_weekday": _from_publication("day", _weekday(1)),
    "nth": _numbered_days,
    "rest": _from_publication("span", _rest),
    "earlier": _from_publication("span", _earlier),
    "later": _from_publication("span", _later),
    "before_yesterday": _near(-2),
    "yesterday": _near(-1),
    "today": _near(0),
    "tomorrow": _near(1),
    "after_tomorrow": _near(2),
    "decade": _decade,
    "century": _century,
    "duration": _duration,
}
