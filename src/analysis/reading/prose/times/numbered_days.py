"""Days by their number or name: "the 15th", "on Tuesday", "Wednesday of next week"."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.reading.prose.times.from_publication import (
    THIS_WEEK,
    Counted,
    from_publication,
    within,
)
from analysis.reading.prose.times.resolving import (
    UNKNOWN,
    Memory,
    Reading,
    Rule,
    as_read,
    undated,
    unit_at,
)
from analysis.reading.prose.times.shapes import Expression, numbered_day, unit_of, weekday_number
from analysis.reading.prose.times.time_words import TimeWords

MONTHS_AROUND = 6  # in which a numbered day of the week is looked for


def _days_of_month(e: Expression, words: TimeWords, month: Days) -> Days:
    first = numbered_day(e, words) or 0
    last = numbered_day(e, words, "2") or first
    return Days(*(month.first.replace(day=number) for number in (first, last)))


def _weekday_of(e: Expression, words: TimeWords, week: Days) -> Days:
    """As in "Wednesday of next week", "next week from Tuesday to Thursday"."""
    day = calendar.weekdays(week, weekday_number(e, words))[0]
    last = e.slots.get("weekday2") or e.slots.get("dayname2")
    return Days(day, calendar.weekdays(week, words.weekdays[last])[0] if last else day)


def _weekday(offset: int) -> Counted:
    """Return a rule for the Tuesday of this week or the next."""

    def read(e: Expression, words: TimeWords, reference: date) -> Reading:
        found = _weekday_of(e, words, unit_at(reference, "week", offset))
        return as_read(found, "relative", "day of the week of publication or the next")

    return read


def _latest_week(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "suspended over the weekend", told on a Thursday: the last one that had begun."""
    made = THIS_WEEK(e, words, memory)
    if not (made.start and memory.reference and made.start > memory.reference):
        return made
    found = unit_at(memory.reference, unit_of(e, words, "week"), -1)
    return as_read(found, "relative", "the last one begun by the publication date")


def _the_week(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "that weekend": of the period named before, else of the publication date."""
    if not memory.last:
        return _latest_week(e, words, memory) if memory.figures else THIS_WEEK(e, words, memory)
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


def _coming_weekday(e: Expression, words: TimeWords, reference: date) -> Reading:
    """As in "this coming Friday": the first such day behind the publication date."""
    tomorrow = calendar.add_days(reference, 1)
    found = _weekday_of(e, words, Days(tomorrow, calendar.add_days(tomorrow, 6)))
    return as_read(found, "relative", "the first such day behind the publication date")


def _weekday_on(weeks: int) -> Counted:
    """Return a rule for a day so many weeks on, as in "Friday after next", "lundi en huit"."""

    def read(e: Expression, words: TimeWords, reference: date) -> Reading:
        next_one = Days(reference, calendar.add_days(reference, 6))
        day = calendar.shift(_weekday_of(e, words, next_one).first, weeks, "week")
        return as_read(Days(day, day), "relative", f"{weeks} weeks behind the next such day")

    return read


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


NUMBERED_DAYS: Mapping[str, Rule] = {
    "the_week": _the_week,
    "days_unit": within(_days_of_month),
    "weekday_unit": within(_weekday_of),
    "weekday": _latest_weekday,
    "last_weekday": from_publication("day", _weekday_before),
    "this_weekday": from_publication("day", _weekday(0)),
    "next_weekday": from_publication("day", _weekday(1)),
    "coming_weekday": from_publication("day", _coming_weekday),
    "weekday_after_next": from_publication("day", _weekday_on(1)),
    "weekday_in_fortnight": from_publication("day", _weekday_on(2)),
    "nth": _numbered_days,
}
