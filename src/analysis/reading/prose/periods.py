"""Periods in prose: which days the words mean, and by which convention.

Words are matched by `expressions`; here they are joined ("between July and December 2015"),
shifted by the words in front of them ("since", "by", "mid-"), and given a year: their own, that of
a period named before, or that of the publication date, which is then said in ``basis``.

Conventions follow the labelling guide of the project: a named span is taken whole; without a year
it is the last one that had begun; "the past N months" run from the publication date minus N to it;
"this year" ends on the publication date; "by X" and "until X" end with X and have no start;
"before X" ends the day before X; "since X" starts with X, "after X" the day after X, and neither
has an end. Figures are counted up to the day they were published, so in the text of a document
what goes on ("since", "this week") is closed at its publication date: see `_closed`.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from operator import itemgetter

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.model.schema import Period, PeriodBasis
from analysis.reading.prose import languages
from analysis.reading.prose.counting import CLAUSE_END, COUNTING, LONG_EVENT, counted_from
from analysis.reading.prose.expressions import expressions, lower, window
from analysis.reading.prose.letters import without_marks
from analysis.reading.prose.relative import RELATIVE
from analysis.reading.prose.resolving import (
    SAID_THEN,
    UNKNOWN,
    Memory,
    Reading,
    as_read,
    left_open,
    read_dated,
)
from analysis.reading.prose.saying import SAID, said_days
from analysis.reading.prose.sentences import split
from analysis.reading.prose.shapes import (
    Expression,
    month_number,
    shape,
    weekday_number,
)
from analysis.reading.prose.time_words import time_words

RATE = "rate "
PARTS = ("early", "start", "middle", "late", "end")
BOUNDS = ("since", "by", "before", "after")
AHEAD = "a time after the publication date, of which there is no figure yet"
A_START = "the start of a time, of which no stretch is named"
ANNOUNCED = "when a number was announced, not what it covers"
YEAR_BEYOND = re.compile(r"\s*\([^()]{1,40}\)[\s,]*(?:\w{1,3}\s+)?((?:19|20)\d\d)(?![\w%])")
LONGEST_LIST = 13  # periods listed before their year
FAR = 90  # characters between "since" and the day: "since it started work in 2010"

ENDS = frozenset(
    {
        "same", "today", "yesterday", "tomorrow", "weekday", "this_weekday", "last_weekday",
        "next_weekday", "this_unit", "this_week", "last_unit", "coming_unit", "this_year",
        "last_year", "nth", "then", "month_next", "days_unit", "part_unit", "decade", "century",
        "ago", "since_then",
    }
)  # fmt: skip
FIXED = frozenset(  # days that the publication date alone decides
    {"today", "tomorrow", "yesterday", "this_weekday", "next_weekday", "this_week", "coming_unit"}
)


@dataclass(frozen=True, slots=True)
class Term:
    """An expression with the word in front of it that names a part: "late 2015"."""

    expression: Expression
    part: str
    start: int


@dataclass(frozen=True, slots=True)
class Found:
    """A period, the rule that read its words, and whether they name what was still going on.

    ``closed`` is the same period as a figure means it: see `_closed`.
    """

    period: Period
    rule: str
    ongoing: bool = False
    part: str = ""
    closed: Period | None = None


class _Reader:
    """Reads the periods of one text in order, each with what the ones before it left in memory."""

    def __init__(
        self,
        text: str,
        language: str,
        memory: Memory,
        *,
        without: frozenset[str] = frozenset(),
        sentences: bool = False,
    ) -> None:
        self.original = text
        self.text, self.places = without_marks(text)
        self.low = lower(self.text)
        self.words = time_words(language)
        self.memory = memory
        found = expressions(self.text, language)
        self.rates = [e for e in found if e.rule.startswith(RATE)]
        self.said = said_days([e for e in found if e.rule in without], self.low, self.words)
        self.found = [e for e in found if not e.rule.startswith(RATE) and e not in self.said]
        self.ends = _sentence_ends(self.text, language) if sentences else []
        compared = self.words.compare.search(self.low) if self.found else None
        self.compared = compared.end() if compared else len(self.low) + 1

    def read(self) -> list[Found]:
        """Return the periods in the order of the text, open where the words leave them open."""
        made: list[Found] = []
        told = [self._told(e) for e in self.said]
        index = floor = 0
        while index < len(self.found):
            start = self.found[index].span[0]
            if bisect_right(self.ends, floor) != bisect_right(self.ends, start):
                self.memory = self.memory.fresh()
            found, index = self._next(index, floor)
            closed = _closed(found, self.memory)
            if not made or found.period.span[0] < self.compared:
                named = found.period if found.part == "start" else closed
                self.memory = self.memory.after(named)
            floor = found.period.span[1]
            made.append(replace(found, closed=closed))
        everything = sorted(made + told + self._rates(made), key=lambda f: f.period.span)
        return [
            replace(f, period=self._placed(f.period), closed=self._placed(f.closed or f.period))
            for f in everything
        ]

    def _told(self, e: Expression) -> Found:
        """Return a day on which something was said: it dates the sentence, and no figure.

        A month in which a number was told leaves that number without a period.
        """
        if shape(e) == "month":
            return Found(self._period(e.span, replace(UNKNOWN, convention=ANNOUNCED)), e.rule)
        reading = self._resolve(Term(e, "", e.span[0]))
        if shape(e) == "day" and reading.start:
            self.memory = replace(self.memory, day=reading.start)
        return Found(self._period(e.span, Reading(None, None, "day", "unknown", SAID_THEN)), e.rule)

    def _placed(self, period: Period) -> Period:
        """Return a period with its span in the text as written, vowel signs included."""
        span = (self.places[period.span[0]], self.places[period.span[1]])
        return replace(period, span=span, text=self.original[slice(*span)])

    def _next(self, index: int, floor: int) -> tuple[Found, int]:
        try:
            return self._read_at(index, floor)
        except (ValueError, OverflowError):  # days that no calendar has: in year 0, in year 10000
            e = self.found[index]
            return Found(self._period(e.span, UNKNOWN), e.rule), index + 1

    def _read_at(self, index: int, floor: int) -> tuple[Found, int]:
        e = self.found[index]
        if e.rule in COUNTING:
            counted = self._counted(index)
            if counted:
                return Found(counted, e.rule), index + 2
        term = self._term(e, floor)
        e = term.expression
        joined = self._joined(term, index, floor)
        if joined:
            return self._lead(joined, e.rule, floor, index + 2), index + 2
        year, end = self._year_beyond(e) or (self._year_ahead(index), e.span[1])
        reading = self._resolve(term, year)
        period = self._period((term.start, end), reading)
        after = index + 1
        while after < len(self.found) and self.found[after].span[0] < end:
            after += 1
        found = self._lead(period, e.rule, floor, after)
        if found.period is period:
            found = replace(found, ongoing=reading.ongoing, part=term.part)
        return found, after

    def _year_beyond(self, e: Expression) -> tuple[int, int] | None:
        """As in "the third quarter (July to September) of 2019": the year, and where it ends."""
        aside = YEAR_BEYOND.match(self.low, e.span[1]) if e.rule.endswith("_no_year") else None
        return (int(aside.group(1)), aside.end()) if aside else None

    def _term(self, e: Expression, floor: int) -> Term:
        """Return an expression with the part of it that the words in front name."""
        head = window(self.low, e.span[0], floor)
        for name in PARTS:
            match = self.words.leads[name].search(head)
            if match:
                start = e.span[0] - len(head) + match.start()
                return Term(e, name, self._at_word(start))
        for name, behind in self.words.parts_behind.items():
            match = behind.match(self.low, e.span[1])
            if match:  # Turkish "2015'in ortasından": the part stands behind
                end = e.span[1] + len(match.group().rstrip())
                return Term(replace(e, span=(e.span[0], end)), name, e.span[0])
        return Term(e, "", e.span[0])

    def _year_ahead(self, index: int) -> int | None:
        """As in "in January, February and April 2019": the year at the end of a list."""
        name, listed = shape(self.found[index]), self.found[index : index + LONGEST_LIST]
        if not self.found[index].rule.endswith("_no_year"):
            return None
        for e, after in pairwise(listed):
            gap = self.low[e.span[1] : after.span[0]].strip(" ,")
            if shape(after) != name or (gap and gap not in self.words.joins):
                return None
            if after.year:
                return after.year
        return None

    def _at_word(self, start: int) -> int:
        """Return the place of the first character from a place on that is no blank."""
        while self.low[start : start + 1].isspace():
            start += 1
        return start

    def _resolve(self, term: Term, year: int | None = None) -> Reading:
        e = term.expression
        if e.rule in RELATIVE:
            reading = RELATIVE[e.rule](e, self.words, self.memory)
        else:
            reading = read_dated(e, self.words, self.memory, year) if shape(e) else UNKNOWN
        return _part(reading, term.part) if term.part else reading

    def _period(self, span: tuple[int, int], reading: Reading) -> Period:
        return Period(
            reading.start,
            reading.end,
            reading.kind,
            reading.basis,
            reading.convention,
            span,
            self.text[slice(*span)],
            cumulative=reading.cumulative,
        )

    def _counted(self, index: int) -> Period | None:
        """As in "The six months to December 2020": so many units up to the end of what follows."""
        e = self.found[index]
        after = self.found[index + 1] if index + 1 < len(self.found) else None
        term = self._term(after, e.span[1]) if after else None
        if not term or not self._stands_by(e, term):
            return None
        if e.rule == "count_from" and self._joined(term, index + 1, e.span[1] - 1):
            return None  # "the nine months from January to September": both ends are named
        days_, said = counted_from(e, self._resolve(term), self.words)
        if not days_:
            return None
        period = self._period((e.span[0], term.expression.span[1]), as_read(days_, "stated", said))
        if not e.rule.startswith("over_"):
            return period
        return self._bounded(period, e.rule, e.rule.removeprefix("over_")).period

    def _stands_by(self, e: Expression, term: Term) -> bool:
        """Say whether a day is that from which is counted: "three weeks after the attack of"."""
        gap = self.low[e.span[1] : term.start].strip()
        if e.rule != "span_after":
            return gap in ("", "on")
        return len(gap) <= LONG_EVENT and not CLAUSE_END.search(gap)

    def _joined(self, first: Term, index: int, floor: int) -> Period | None:
        """As in "Between July and December 2015": two expressions joined to one stretch."""
        if index + 1 >= len(self.found):
            return None
        e = first.expression
        last = self._term(self.found[index + 1], e.span[1])
        ends = all(shape(end) or end.rule in ENDS for end in (e, last.expression))
        if not ends:
            return None
        gap = self.low[e.span[1] : last.start]
        whole = self.low[e.span[1] : last.expression.span[0]]
        head = window(self.low, first.start, floor)
        aside = self.words.aside.match(gap) if self.words.link_from.search(head) else None
        gap = gap[aside.end() :] if aside else gap
        from_here = not gap.strip() and self.words.from_behind.search(self.low[: e.span[1]])
        linked = self.words.link_to.fullmatch(gap) or self.words.link_to.fullmatch(whole)
        if not (linked or from_here):
            return None
        opened = self.words.between.search(head) or self.words.link_from.search(head)
        opened = opened or self.words.between_far.search(head)  # "between its launch in 2010 and"
        if gap.strip() in self.words.joins and not (opened or self._adjoining(first, last)):
            return None
        start = first.start - len(head) + opened.start() if opened else first.start
        span = (self._at_word(start), last.expression.span[1])
        days_, basis = self._both(first, last)
        if not days_:
            return self._period(span, left_open(e))
        return self._period(
            span, as_read(days_, basis, "from the first day of one to the last of the other")
        )

    def _adjoining(self, first: Term, last: Term) -> bool:
        """As in "in January and February 2018": in a row and without "between"."""
        names = {shape(first.expression), shape(last.expression)}
        if first.expression.year or names not in ({"month"}, {"quarter"}, {"season"}):
            return False
        if names != {"month"}:
            return True
        numbers = (month_number(t.expression, self.words) for t in (last, first))
        return next(numbers) == next(numbers) + 1

    def _both(self, first: Term, last: Term) -> tuple[Days | None, PeriodBasis]:
        """Resolve both ends; an end without a year takes the other's, so that they are in order."""
        if first.expression.year and not last.expression.year:
            start = self._resolve(first)
            end = self._resolve(last, first.expression.year)
            if start.start and end.end and end.end < start.start:
                later = self._resolve(last) if self.memory.reference else None
                end = later or self._resolve(last, first.expression.year + 1)
        else:
            end = self._resolve(last)
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

    def _earlier(self, first: Term, start: date, end: date) -> Reading:
        """Resolve the start of a stretch once more, so that it lies before the end."""
        if first.expression.rule == "weekday":
            day = calendar.shift(start, -1, "week")
            return as_read(Days(day, day), "relative", "day of the week before")
        return self._resolve(first, end.year - 1)

    def _lead(self, period: Period, rule: str, floor: int, following: int) -> Found:
        """Apply the words around a period, such as "since", "by the end of" and "onwards"."""
        head = window(self.low, period.span[0], floor)
        opened = self.words.between.search(head) or self.words.link_from.search(head)
        if opened and rule.startswith("days"):  # "from 3 to 21 June": both ends are named
            return Found(self._widen(period, period.span[0] - len(head) + opened.start()), rule)
        led = [(m.start(), name) for name in BOUNDS if (m := self.words.leads[name].search(head))]
        if period.kind == "day" and (m := self.words.leads["as_of_day"].search(head)):
            led.append((m.start(), "by"))
        if led:  # of "no later than" and "later than" the longer
            at, name = min(led, key=itemgetter(0))
            start = period.span[0] - len(head) + at
            return self._bounded(self._widen(period, start), rule, name)
        far_start = max(floor, period.span[0] - FAR)
        far = self.words.since_far.search(self.low[far_start : period.span[0]])
        if far and period.kind in ("day", "month", "year", "point"):
            return self._bounded(self._widen(period, far_start + far.start()), rule, "since")
        return self._followed(period, rule, head, following)

    def _followed(self, period: Period, rule: str, head: str, following: int) -> Found:
        """Apply the words behind a period: "from 2015 on", "2012 or later", "2010 or earlier"."""
        ceiling = self.found[following].span[0] if following < len(self.found) else len(self.low)
        opened = self.words.link_from.search(head)
        tails = [("since", self.words.onward), ("by", self.words.backward)]
        if opened:
            tails.insert(0, ("since", self.words.onward_from))
        for name, pattern in tails:
            match = pattern.match(self.low, period.span[1], ceiling)
            joined = name == "by" and period.kind == "span"  # "from May until June": ended already
            if match and not joined and (period.start or period.end):
                end = period.span[1] + len(match.group().rstrip())
                start = period.span[0]
                if opened and name == "since":
                    start = self._at_word(start - len(head) + opened.start())
                widened = replace(period, span=(start, end), text=self.text[start:end])
                return self._bounded(widened, rule, name)
        return Found(period, rule)

    def _widen(self, period: Period, start: int) -> Period:
        span = (self._at_word(start), period.span[1])
        return replace(period, span=span, text=self.text[slice(*span)])

    def _bounded(self, period: Period, rule: str, name: str) -> Found:
        if name == "since":
            made = replace(
                period,
                end=None,
                kind="since",
                convention="from its first day on",
                cumulative=True,
            )
            return Found(made, rule, ongoing=True)
        if name == "by":
            made = replace(period, start=None, kind="point", convention="up to its last day")
        elif name == "before":
            end = calendar.add_days(period.start, -1) if period.start else None
            made = replace(
                period, start=None, end=end, kind="span", convention="before its first day"
            )
        else:
            start = calendar.add_days(period.end, 1) if period.end else None
            made = replace(
                period, start=start, end=None, kind="since", convention="after its last day"
            )
        return Found(made, rule)

    def _rates(self, made: list[Found]) -> list[Found]:
        starts = [f.period.span[0] for f in made]
        found: list[Found] = []
        for e in self.rates:
            before = bisect_right(starts, e.span[1] - 1) - 1
            inside = before >= 0 and made[before].period.span[1] > e.span[0]
            if not inside and not self.words.rate_not_after.search(window(self.low, e.span[0])):
                reading = Reading(None, None, "unknown", "stated", "a rate")
                period = self._period(e.span, reading)
                found.append(Found(replace(period, per=e.rule.removeprefix(RATE)), e.rule))
        return found


def _sentence_ends(text: str, language: str) -> list[int]:
    """Return where the sentences of a text end."""
    abbreviations = languages.load_yaml(language, "cues").get("abbreviations") or ()
    return [end for _, end in split(text, frozenset(map(str, abbreviations)))]


def _year_for(first: Expression, end: Reading) -> int | None:
    """Return the year of the first end of a stretch: its own, or that of the other end."""
    relative = first.rule.endswith(("_last_year", "_this_year", "_next_year"))
    return first.year or (end.end.year if end.end and not relative else None)


def _part(reading: Reading, name: str) -> Reading:
    """Return the part of a stretch that a word names: "early" and "late" are its halves.

    "The start of", "mid-" and "the end of" name a point: first day, middle day, last day.
    """
    whole = reading.whole or reading.days
    if not whole:
        return reading
    if name in ("early", "late"):
        half = calendar.early(whole) if name == "early" else calendar.late(whole)
        made = as_read(
            half, reading.basis, f"{name}: its {'first' if name == 'early' else 'second'} half"
        )
        return replace(made, kind="span")
    point = {"start": whole.first, "middle": calendar.middle(whole), "end": whole.last}[name]
    return Reading(point, point, "point", reading.basis, f"{name} of it, a point")


def _closed(found: Found, memory: Memory) -> Period:
    """Return a period as a figure in a document means it.

    A figure counts what had happened by the day it was published, so what was going on ends then,
    or on the day that the sentence named before; what begins later dates none. "Early" and "late"
    date a figure by the first and the last day: how long it was counted they do not say.
    """
    period, day = found.period, memory.day or memory.reference
    if found.part in ("early", "late") and period.start and period.end:
        point = period.start if found.part == "early" else period.end
        return replace(
            period, start=point, end=point, kind="point", convention=f"{found.part} point"
        )
    if found.part == "start" and period.kind == "point":
        return replace(period, start=None, end=None, kind="unknown", convention=A_START)
    published = memory.reference
    if published and period.start and period.start > published:
        return replace(period, start=None, end=None, kind="unknown", convention=AHEAD)
    if not found.ongoing or not day or not period.start or period.start > day:
        return period
    end = min(period.end or day, day)
    return replace(period, end=end, convention=f"{period.convention}, to the publication date")


def _names_days(found: Found) -> bool:
    """Say whether words name days of the calendar, known or not, and no mere length of time."""
    period = found.period
    return bool(period.start or period.end or period.per) or (
        period.kind != "unknown" and found.rule not in ("duration", *COUNTING)
    )


def read_periods(text: str, language: str, memory: Memory) -> tuple[list[Period], Memory]:
    """Return the periods that figures of a sentence can be of, and the memory after it.

    "On Tuesday" and "this week" beside a verb of saying tell when something was said, not what a
    figure covers, and so does "today": they have no days, and the convention `SAID_THEN`. What was
    going on ends with the publication date.
    """
    reader = _Reader(text, language, memory.fresh(), without=SAID)
    found = reader.read()
    return [f.closed or f.period for f in found], reader.memory


def periods(text: str, reference_date: date | None = None, lang: str = "en") -> list[Period]:
    """Return every stretch of time named in a text.

    Parameters
    ----------
    text : str
        Prose in one language.
    reference_date : date, optional
        The day the text was published; relative words are counted from it. Without it they stay
        without days, never today's.
    lang : str
        ISO 639-1 code; a language without data files is read as English.

    Returns
    -------
    list of Period
        In the order of the text; ``start`` and ``end`` inclusive, None where open: "since 2015"
        has no end, "before 2015" no start. A rate ("a day") has ``per`` and no days.

    Examples
    --------
    >>> found = periods("in the first quarter of 2018")
    >>> [(p.start.isoformat(), p.end.isoformat(), p.kind) for p in found]
    [('2018-01-01', '2018-03-31', 'quarter')]
    """
    memory = Memory(reference=reference_date)
    reader = _Reader(text, languages.choose(lang), memory, sentences=True)
    return [found.period for found in reader.read() if _names_days(found)]
