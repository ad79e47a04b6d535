"""Periods in prose: which days the words mean, and by which convention.

Words are matched by `expressions` and made days by `terms`; two are joined by `joining` ("between
July and December 2015"), and the words around them are applied by `bounding` ("since", "or later").
Their year is their own, that of a period named before, or that of the publication date, which is
then said in ``basis``.

Conventions follow the labelling guide of the project: a named span is taken whole; without a year
it is the last one that had begun; "the past N months" run from the publication date minus N to it;
"this year" ends on the publication date; "by X" and "until X" end with X and have no start;
"before X" ends the day before X; "since X" starts with X, "after X" the day after X, and neither
has an end. Figures are counted up to the day they were published, so in the text of a document
what goes on ("since", "this week") is closed at its publication date: see `closing`.
"""

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import date
from itertools import pairwise

from analysis.model.readings import Period
from analysis.reading.prose import languages
from analysis.reading.prose.times.bounding import Bounding
from analysis.reading.prose.times.closing import closed
from analysis.reading.prose.times.counting import (
    CLAUSE_END,
    COUNTING,
    LONG_EVENT,
    OF_EVENTS,
    counted_from,
)
from analysis.reading.prose.times.expressions import LOOKED_BACK, expressions, window
from analysis.reading.prose.times.joining import Joining
from analysis.reading.prose.times.resolving import (
    ANNOUNCED,
    LONG_AFTER,
    SAID_THEN,
    UNKNOWN,
    YEARS_FROM,
    Memory,
    Reading,
    as_read,
)
from analysis.reading.prose.times.saying import SAID, came_out_in, said_days
from analysis.reading.prose.times.shapes import Expression, number_of, shape, unit_of
from analysis.reading.prose.times.terms import Found, Term
from analysis.reading.prose.times.time_words import key_of
from analysis.reading.prose.words.sentences import split

RATE = "rate "
NAMED_FEAST = "holiday_no_year"  # names what happened as often as a day: "the Christmas attack"
YEAR_BEYOND = re.compile(r"\s*\([^()]{1,40}\)[\s,]*(?:\w{1,3}\s+)?((?:19|20)\d\d)(?![\w%])")
LIMIT = "under_after"
AROUND = "days before or after an event, how many is not named"
PUBLISHED_REACH = 3  # words from how often to what is published: "its yearly EngelliWeb report"
GLOSS = "what the brackets behind it say"
GLOSSED = ("quarter", "half_year", "month", "year")
LONGEST_LIST = 13  # periods listed before their year


class _Reader(Joining, Bounding):
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
        super().__init__(text, language, memory)
        found = expressions(self.text, language)
        self.rates = [e for e in found if e.rule.startswith(RATE)]
        self.said = said_days([e for e in found if e.rule in without], self.low, self.words)
        passed = (*self.said, *(e for e in found if without and e.rule == NAMED_FEAST))
        self.found = [e for e in found if not e.rule.startswith(RATE) and e not in passed]
        self.ends = _sentence_ends(self.text, language) if sentences else []
        compared = self.words.compare.search(self.low) if self.found else None
        against = self.words.compare_number.search(self.low) if self.found else None
        self.compared = compared.end() if compared else len(self.low) + 1
        self.against = against.end() if against else len(self.low) + 1

    def read(self) -> list[Found]:
        """Return the periods in the order of the text, open where the words leave them open."""
        made: list[Found] = []
        told = [self._told(e) for e in self.said]
        index = floor = 0
        while index < len(self.found):
            start = self.found[index].span[0]
            if bisect_right(self.ends, floor) != bisect_right(self.ends, start):
                self.memory = self.memory.fresh()
            if self._names_nothing(index):
                index += 1
                continue
            found, index = self._next(index, floor)
            meant = closed(found, self.memory)
            if not made or not self._is_held_against(found.period, meant):
                named = found.period if self._stays_open(found) else meant
                self.memory = self.memory.after(named)
            floor = found.period.span[1]
            made.append(found if meant is found.period else replace(found, closed=meant))
        made = [self._glossed(f, made[i : i + 1]) for i, f in enumerate(made, 1)]
        everything = sorted(made + told + self._rates(made), key=lambda f: f.period.span)
        if self.text is self.original:
            return everything
        return [
            replace(f, period=self._placed(f.period), closed=self._placed(f.closed or f.period))
            for f in everything
        ]

    def _glossed(self, found: Found, after: list[Found]) -> Found:
        """As in "the second quarter (April-June 2023)": the brackets say which days are meant."""
        period, gloss = found.period, after[0].period if after else None
        if gloss is None or period.kind not in GLOSSED or period.start or period.end:
            return found
        gap = self.low[period.span[1] : gloss.span[0]]
        if gap != " (" or not (gloss.start and gloss.end):
            return found
        made = replace(period, start=gloss.start, end=gloss.end, basis="stated", convention=GLOSS)
        return replace(found, period=made, closed=made)

    def _is_held_against(self, written: Period, meant: Period) -> bool:
        """As in "5.3 million this year, against 1.6 million in 2022": the text stays with this."""
        told, start = self.memory.last, written.span[0]
        older = told is not None and meant.end is not None and meant.end < told.first
        return start >= self.compared or (start >= self.against and older)

    def _names_nothing(self, index: int) -> bool:
        """Say whether words that wait for another period stand without it, and are passed over.

        As in "within a day of posting", "and now", "two years earlier" in a first sentence.
        """
        rule = self.found[index].rule
        if rule == "earlier_by":
            known = self.memory.last or self.memory.point
            return not known and number_of(self.found[index], self.words) > 1
        if rule == "same" and self._is_dated_behind(index):
            return True
        return rule == "now" or (rule == LIMIT and not self._counted(index))

    def _is_dated_behind(self, index: int) -> bool:
        """As in "in the period from 28 August to 20 October": the days stand right behind."""
        behind = self.found[index + 1 : index + 2]
        gap = self.low[self.found[index].span[1] : behind[0].span[0]] if behind else ""
        led = self.words.link_from.search(gap) or self.words.between.search(gap)
        return bool(led) and len(gap.split()) == 1

    def _stays_open(self, found: Found) -> bool:
        """Say whether a period is remembered as the words name it, not as a figure means it."""
        whole = bool(found.period.start and found.period.end)
        return found.part == "start" or (whole and not self.memory.figures)

    def _told(self, e: Expression) -> Found:
        """Return a day on which something was said: it dates the sentence, and no figure.

        A month in which a number was told leaves that number without a period.
        """
        if shape(e) == "month" and not came_out_in(e, self.low, self.words):
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
        """As in "the third quarter (July to September) of 2019": the year, and where it ends.

        So is the one of "the second quarter of the current year (April-June) 2023".
        """
        open_ = e.rule.endswith(("_no_year", "_this_year"))
        aside = YEAR_BEYOND.match(self.low, e.span[1]) if open_ else None
        return (int(aside.group(1)), aside.end()) if aside else None

    def _year_ahead(self, index: int) -> int | None:
        """As in "in January, February and April 2019": the year at the end of a list."""
        name, listed = shape(self.found[index]), self.found[index : index + LONGEST_LIST]
        if not self.found[index].rule.endswith("_no_year"):
            return None
        for e, after in pairwise(listed):
            gap = self.low[e.span[1] : after.span[0]].strip(" ,")
            if shape(after) != name or (gap and gap not in self.words.joins):
                return None
            year = after.year or self._counted_year(after)
            if year:
                return year
        return None

    def _counted_year(self, e: Expression) -> int | None:
        """As in "in March and June last year": the year that is counted from publication."""
        if not self.memory.reference:
            return None
        offset = next(
            (years for end, (years, _) in YEARS_FROM.items() if e.rule.endswith(end)), None
        )
        return None if offset is None else self.memory.reference.year + offset

    def _counted(self, index: int) -> Period | None:
        """As in "The six months to December 2020": so many units up to the end of what follows."""
        e = self.found[index]
        after = self.found[index + 1] if index + 1 < len(self.found) else None
        term = self._term(after, e.span[1]) if after else None
        if not term or not self._stands_by(e, term):
            return None
        if e.rule in ("count_from", "count_after") and self._joined(term, index + 1, e.span[1] - 1):
            return None  # "the nine months from January to September": both ends are named
        span = (e.span[0], term.expression.span[1])
        named = self._resolve(term)
        if e.rule == "days_around":
            return self._period(span, replace(UNKNOWN, convention=AROUND))
        if e.rule == "period_to" and named.end:
            return self._bounded(self._period(span, named), e.rule, "by").period
        event = self.low[e.span[1] : term.start].strip() not in ("", "on")
        if event and self._is_long_after(e) and named.days:
            return self._period(span, replace(named, convention=LONG_AFTER))
        days_, said = counted_from(e, named, self.words, of_event=event)
        if not days_:
            return None
        period = self._period(span, as_read(days_, "stated", said))
        if not e.rule.startswith("over_"):
            return period
        return self._bounded(period, e.rule, e.rule.removeprefix("over_")).period

    def _is_long_after(self, e: Expression) -> bool:
        """As in "Eight weeks after the attack of 7 October": too loosely counted to be a day."""
        weeks = unit_of(e, self.words, "week") != "day"
        return weeks and e.rule == "count_after" and self.memory.figures

    def _stands_by(self, e: Expression, term: Term) -> bool:
        """Say whether a day is that from which is counted: "three weeks after the attack of"."""
        gap = self.low[e.span[1] : term.start].strip()
        if e.rule not in OF_EVENTS:
            return gap in ("", "on")
        if e.rule == "span_of" and not gap:  # "the first two weeks of 3 May"
            return False
        told = self.words.told_of.sub(" ", gap)
        return len(gap) <= LONG_EVENT and not CLAUSE_END.search(told)

    def _rates(self, made: list[Found]) -> list[Found]:
        starts = [f.period.span[0] for f in made]
        found: list[Found] = []
        for e in self.rates:
            before = bisect_right(starts, e.span[1] - 1) - 1
            inside = before >= 0 and made[before].period.span[1] > e.span[0]
            behind = self.low[e.span[1] : e.span[1] + LOOKED_BACK].split()
            inside = (
                inside
                or self._comes_out(e)
                or bool(behind and key_of(behind[0].rstrip(".,;:)")) in self.words.rate_not_before)
            )
            if not inside and not self.words.rate_not_after.search(window(self.low, e.span[0])):
                reading = Reading(None, None, "unknown", "stated", "a rate")
                period = self._period(e.span, reading)
                found.append(Found(replace(period, per=e.rule.removeprefix(RATE)), e.rule))
        return found

    def _comes_out(self, e: Expression) -> bool:
        """As in "its yearly report", French "son rapport annuel": how often it is published.

        In "300 daily reports" a number is given per day.
        """
        head, tail = window(self.low, e.span[0]), self.low[e.span[1] : e.span[1] + LOOKED_BACK]
        counted = any(c.isdigit() for word in head.split()[-2:] for c in word)
        counted = counted or any(key_of(word) in self.words.scales for word in head.split()[-2:])
        if counted or " " in self.low[slice(*e.span)]:
            return False
        before = CLAUSE_END.split(head)[-1].split()[-1:]
        behind = CLAUSE_END.split(tail)[0].split()[:PUBLISHED_REACH]
        return any(key_of(word) in self.words.publications for word in (*before, *behind))


def _sentence_ends(text: str, language: str) -> list[int]:
    """Return where the sentences of a text end."""
    abbreviations = languages.load_yaml(language, "cues").get("abbreviations") or ()
    return [end for _, end in split(text, frozenset(map(str, abbreviations)))]


def _names_days(found: Found) -> bool:
    """Say whether words name days of the calendar, known or not, and no mere length of time."""
    period = found.period
    return bool(period.start or period.end or period.per) or (
        period.kind != "unknown" and found.rule not in ("duration", "within_length", *COUNTING)
    )


def read_periods(text: str, language: str, memory: Memory) -> tuple[list[Period], Memory]:
    """Return the periods that figures of a sentence can be of, and the memory after it.

    "On Tuesday" and "this week" beside a verb of saying tell when something was said, not what a
    figure covers, and so does "today": they have no days, and the convention `SAID_THEN`. What was
    going on ends with the publication date.
    """
    reader = _Reader(text, language, memory.fresh(), without=SAID)
    found = reader.read()
    return [f.closed or f.period for f in found if not _counts_to_no_day(f)], reader.memory


def _counts_to_no_day(found: Found) -> bool:
    """As in "needed 24 hours to remove it": the stretch up to a day, where no day follows."""
    return found.rule == "count_to" and not (found.period.start or found.period.end)


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
        ISO 639-1 code; one without data files is read as English, with a
        `LanguageWarning`.

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
