"""Two time expressions joined to one stretch: "between July and December 2015"."""

from datetime import date

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.model.readings import Period
from analysis.model.schema import PeriodBasis
from analysis.reading.prose.times.expressions import window
from analysis.reading.prose.times.resolving import UNKNOWN, Reading, as_read, left_open
from analysis.reading.prose.times.shapes import (
    Expression,
    month_number,
    numbered_day,
    shape,
    weekday_number,
)
from analysis.reading.prose.times.terms import Term, Terms
from analysis.reading.prose.times.time_words import without_clock

FROM_ONE_TO_OTHER = "from the first day of one to the last of the other"
OWN_YEAR = ("_this_year", "_last_year", "_next_year", "_year_before")
ENDS = frozenset(
    {
        "same", "today", "yesterday", "tomorrow", "weekday", "this_weekday", "last_weekday",
        "next_weekday", "coming_weekday", "this_unit", "this_week", "last_unit", "coming_unit",
        "this_year", "last_year", "nth", "then", "month_next", "days_unit", "part_unit", "decade",
        "century", "ago", "weekday_unit", "since_then", "now", "that_date", "to_today",
    }
)  # fmt: skip
PARTED = frozenset({"whole_unit", "the_year"})
FIXED = frozenset(  # days that the publication date alone decides
    {"today", "tomorrow", "yesterday", "this_weekday", "next_weekday", "this_week", "coming_unit"}
)


class Joining(Terms):
    """Reads what is joined: an end without a year takes that of the other."""

    def _joined(self, first: Term, index: int, floor: int) -> Period | None:
        """As in "Between July and December 2015": two expressions joined to one stretch."""
        if index + 1 >= len(self.found):
            return None
        e = first.expression
        last = self._term(self.found[index + 1], e.span[1])
        ends = all(_may_end(term) for term in (first, last))
        if not ends:
            return None
        if (shape(e), shape(last.expression)) == ("month", "year") and not e.year:
            return None  # "September – 1987 channels"
        gap = without_clock(self.low[e.span[1] : last.start], self.words)
        whole = self.low[e.span[1] : last.expression.span[0]]
        head = window(self.low, first.start, floor)
        reach, head = first.start - len(head), without_clock(head, self.words)
        opened = self.words.between.search(head) or self.words.link_from.search(head)
        aside = self.words.aside.match(gap) if opened else None
        gap = gap[aside.end() :] if aside else gap
        if aside and gap.strip() in self.words.joins and not self.words.between.search(head):
            return None  # "since 2015, when it began, and in 2017"
        from_here = not gap.strip() and (
            last.expression.rule == "to_today"
            or self.words.from_behind.search(self.low[: e.span[1]])
        )
        linked = self.words.link_to.fullmatch(gap) or self.words.link_to.fullmatch(whole)
        if not (linked or from_here):
            return None
        opened = opened or self.words.between_far.search(head)  # "between its launch in 2010 and"
        if gap.strip() in self.words.joins and not (opened or self._adjoining(first, last)):
            return None
        start = reach + opened.start() if opened else first.start
        span = (self._at_word(start), last.expression.span[1])
        days_, basis = self._both(first, last)
        if not days_:
            return self._period(span, left_open(e))
        return self._period(span, as_read(days_, basis, FROM_ONE_TO_OTHER))

    def _adjoining(self, first: Term, last: Term) -> bool:
        """As in "in January and February 2018", "on Thursday and Friday": in a row."""
        if first.expression.rule == last.expression.rule == "weekday":
            days = [weekday_number(t.expression, self.words) for t in (first, last)]
            return (days[0] + 1) % 7 == days[1]
        names = {shape(first.expression), shape(last.expression)}
        if first.expression.year or names not in ({"month"}, {"quarter"}, {"season"}):
            return False
        if names != {"month"}:
            return True
        numbers = (month_number(t.expression, self.words) for t in (last, first))
        return next(numbers) == next(numbers) + 1

    def _both(self, first: Term, last: Term) -> tuple[Days | None, PeriodBasis]:
        """Resolve both ends; an end without a year takes the other's, so that they are in order."""
        own = last.expression.rule.endswith(
            OWN_YEAR
        )  # "between January 2022 and July 31 this year"
        if first.expression.year and not (last.expression.year or own):
            start = self._resolve(first)
            end = self._resolve(last, first.expression.year)
            if start.start and end.end and end.end < start.start:
                later = self._resolve(last) if self.memory.reference else None
                end = later or self._resolve(last, first.expression.year + 1)
        else:
            end = self._resolve(last)
            dated = last.expression.rule != "weekday" and end.start and end.start == end.end
            if first.expression.rule == "weekday" and dated and end.end:
                start = self._weekday_by(first, end.end)
            elif first.expression.rule == "nth" and shape(last.expression) == "day" and end.end:
                start = self._numbered_by(first, end.end)
            else:
                start = self._resolve(first, _year_for(first.expression, end))
            if start.start and end.end and end.end < start.start and not first.expression.year:
                start, end = self._in_order(first, last, start.start, end)
        if not start.start or not end.end or end.end < start.start:
            return None, "unknown"
        basis = end.basis if not first.expression.year else start.basis
        return Days(start.start, end.end), basis

    def _in_order(
        self, first: Term, last: Term, start: date, end: Reading
    ) -> tuple[Reading, Reading]:
        """Resolve both ends once more, the one that may move to where the other leaves it."""
        if first.expression.rule in FIXED or not end.end:
            return self._resolve(first), self._later(last, start)
        return self._earlier(first, start, end.end), end

    def _later(self, last: Term, start: date) -> Reading:
        """Resolve the end of a stretch once more, so that it lies behind a start that is fixed."""
        if last.expression.rule == "weekday":
            number = weekday_number(last.expression, self.words)
            day = calendar.weekdays(Days(start, calendar.add_days(start, 6)), number)[0]
            return as_read(Days(day, day), "relative", "the first such day behind the start")
        end = self._resolve(last, start.year)
        return end if end.end and end.end >= start else self._resolve(last, start.year + 1)

    def _weekday_by(self, first: Term, day: date) -> Reading:
        """As in "between Monday and Friday of next week": the last such day up to another."""
        number = weekday_number(first.expression, self.words)
        found = calendar.weekdays(Days(calendar.add_days(day, -6), day), number)[0]
        return as_read(Days(found, found), "relative", "the last such day up to the end")

    def _numbered_by(self, first: Term, day: date) -> Reading:
        """As in "from Monday the 13th to Friday 17 July": of the month that the end is in."""
        number = numbered_day(first.expression, self.words) or 0
        try:
            start = day.replace(day=number)
        except ValueError:
            return UNKNOWN
        return as_read(Days(start, start), "inherited", "day of the month of the end")

    def _earlier(self, first: Term, start: date, end: date) -> Reading:
        """Resolve the start of a stretch once more, so that it lies before the end."""
        if first.expression.rule == "weekday":
            day = calendar.shift(start, -1, "week")
            return as_read(Days(day, day), "relative", "day of the week before")
        return self._resolve(first, end.year - 1)


def _may_end(term: Term) -> bool:
    """Say whether a term can be an end of a stretch: so is "the start of the year"."""
    e = term.expression
    return bool(shape(e)) or e.rule in ENDS or (bool(term.part) and e.rule in PARTED)


def _year_for(first: Expression, end: Reading) -> int | None:
    """Return the year of the first end of a stretch: its own, or that of the other end."""
    relative = first.rule.endswith(OWN_YEAR)
    return first.year or (end.end.year if end.end and not relative else None)
