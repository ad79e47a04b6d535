"""Periods in prose: which days the words mean, and by which convention.

Words are matched by `expressions`; here they are joined ("between July and December 2015"),
shifted by the words in front of them ("since", "by", "mid-"), and given a year: their own, that of
a period named before, or that of the publication date, which is then said in ``basis``.

Conventions follow the labelling guide of the project: "since X" runs from the first day of X to
the publication date; "the past N months" from the publication date minus N; "by X" ends with X;
"this year" ends on the publication date; a month without a year is the last one that had begun.
"""

from dataclasses import replace
from datetime import date, timedelta

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.model.schema import Period, PeriodBasis
from analysis.reading.prose import languages
from analysis.reading.prose.expressions import (
    Expression,
    expressions,
    lower,
    month_number,
    number_of,
    shape,
    time_words,
)
from analysis.reading.prose.letters import without_marks
from analysis.reading.prose.resolving import (
    RELATIVE,
    UNKNOWN,
    Memory,
    Reading,
    as_read,
    back,
    left_open,
    read_dated,
)


class _Reader:
    """Reads the periods of one text in order, each with what the ones before it left in memory."""

    def __init__(self, text: str, language: str, memory: Memory) -> None:
        self.original = text
        self.text, self.places = without_marks(text)
        self.low = lower(self.text)
        self.words = time_words(language)
        self.memory = memory
        self.found = expressions(self.text, language)

    def read(self) -> list[Period]:
        made: list[Period] = []
        index = 0
        while index < len(self.found):
            period, index = self._next(index, made[-1].span[1] if made else 0)
            if not (made and self.words.compare.search(self.low, 0, period.span[0])):
                self.memory = self.memory.after(period)
            made.append(period)
        return [self._placed(p) for p in sorted(made + self._rates(made), key=lambda p: p.span)]

    def _placed(self, period: Period) -> Period:
        """Return a period with its span in the text as written, vowel signs included."""
        span = (self.places[period.span[0]], self.places[period.span[1]])
        return replace(period, span=span, text=self.original[slice(*span)])

    def _next(self, index: int, floor: int) -> tuple[Period, int]:
        e = self.found[index]
        if e.rule == "count_to":
            counted = self._counted(index)
            if counted:
                return counted, index + 2
        joined = self._joined(index)
        if joined:
            return self._lead(joined, floor), index + 2
        return self._lead(self._period(e.span, self._resolve(e)), floor), index + 1

    def _resolve(self, e: Expression, year: int | None = None) -> Reading:
        if e.rule in RELATIVE:
            return RELATIVE[e.rule](e, self.words, self.memory)
        if shape(e):
            return read_dated(e, self.words, self.memory, year)
        return UNKNOWN

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
        e, end = self.found[index], self.found[index + 1] if index + 1 < len(self.found) else None
        if not end or self.low[e.span[1] : end.span[0]].strip() not in ("", "on"):
            return None
        last = self._resolve(end).end
        if not last:
            return None
        count = number_of(e.slots["n"], self.words) if "n" in e.slots else 1
        unit = self.words.units[e.slots.get("span_word") or e.slots["unit"]]
        start = back(last + timedelta(days=1), count, unit)
        reading = as_read(Days(start, last), "stated", f"{count} {unit} up to the day named")
        return self._period((e.span[0], end.span[1]), reading)

    def _joined(self, index: int) -> Period | None:
        """As in "Between July and December 2015": two expressions joined to one stretch."""
        if index + 1 >= len(self.found):
            return None
        first, last = self.found[index], self.found[index + 1]
        gap = self.low[first.span[1] : last.span[0]]
        ends = (shape(first) or first.rule == "same") and shape(last)
        if not ends or not self.words.link_to.fullmatch(gap):
            return None
        head = self.low[: first.span[0]]
        opened = self.words.between.search(head) or self.words.link_from.search(head)
        if gap.strip() in self.words.joins and not (opened or self._adjoining(first, last)):
            return None
        days_, basis = self._both(first, last)
        start = opened.start() if opened else first.span[0]
        span = (start + len(self.low[start:]) - len(self.low[start:].lstrip()), last.span[1])
        if not days_:
            return self._period(span, left_open(first))
        return self._period(
            span, as_read(days_, basis, "from the first day of one to the last of the other")
        )

    def _adjoining(self, first: Expression, last: Expression) -> bool:
        """As in "in January and February 2018": two months in a row, joined without "between"."""
        if shape(first) != "month" or shape(last) != "month" or first.year:
            return False
        return month_number(last, self.words) == month_number(first, self.words) + 1

    def _both(self, first: Expression, last: Expression) -> tuple[Days | None, PeriodBasis]:
        """Resolve both ends; an end without a year takes the other's, so that they are in order."""
        if first.year and not last.year:
            start = self._resolve(first)
            end = self._resolve(last, first.year)
            if start.start and end.end and end.end < start.start:
                later = self._resolve(last) if self.memory.reference else None
                end = later or self._resolve(last, first.year + 1)
        else:
            end = self._resolve(last)
            relative = first.rule.endswith(("_last_year", "_this_year"))
            own = first.year or (end.end.year if end.end and not relative else None)
            start = self._resolve(first, own)
            if start.start and end.end and end.end < start.start and not first.year:
                start = self._resolve(first, end.end.year - 1)
        if not start.start or not end.end or end.end < start.start:
            return None, "unknown"
        return Days(start.start, end.end), end.basis if not first.year else start.basis

    def _lead(self, period: Period, floor: int) -> Period:
        """Apply the word in front of a period, such as "since" or "by the end of"."""
        head = self.low[floor : period.span[0]]
        for name in ("early", "middle", "late"):
            match = self.words.leads[name].search(head)
            if match:
                period = self._widen(self._part(period, name), floor + match.start())
                head = self.low[floor : period.span[0]]
                break
        for name in ("since", "by", "before", "after"):
            match = self.words.leads[name].search(head)
            if match:
                return self._widen(self._bounded(period, name), floor + match.start())
        far = self.words.since_far.search(head)
        if (
            far
            and period.kind in ("day", "month", "year", "point")
            and far.end() - far.start() < 90
        ):
            return self._widen(self._bounded(period, "since"), floor + far.start())
        if self.words.onward.match(self.low, period.span[1]) and period.start:
            return self._bounded(period, "since")
        return period

    def _widen(self, period: Period, start: int) -> Period:
        start += len(self.low[start:]) - len(self.low[start:].lstrip())
        span = (start, period.span[1])
        return replace(period, span=span, text=self.text[slice(*span)])

    def _part(self, period: Period, name: str) -> Period:
        """As in "Early", "mid" and "late" name a point: first day, middle day, last day."""
        if not period.start or not period.end:
            return period
        point = {
            "early": period.start,
            "middle": middle(Days(period.start, period.end)),
            "late": period.end,
        }[name]
        return replace(period, start=point, end=point, kind="point", convention=f"{name} point")

    def _bounded(self, period: Period, name: str) -> Period:
        reference = self.memory.day or self.memory.reference
        if name == "since":
            end = (
                reference if not (reference and period.start and period.start > reference) else None
            )
            return replace(
                period,
                end=end if period.start else None,
                kind="since",
                convention="from its first day to the publication date",
                cumulative=True,
            )
        if name == "by":
            return replace(period, start=None, kind="point", convention="up to its last day")
        if name == "before":
            end = period.start - timedelta(days=1) if period.start else None
            return replace(
                period, start=None, end=end, kind="span", convention="before its first day"
            )
        start = period.end + timedelta(days=1) if period.end else None
        return replace(period, start=start, end=None, kind="since", convention="after its last day")

    def _rates(self, made: list[Period]) -> list[Period]:
        found: list[Period] = []
        for per, pattern in self.words.rates:
            for match in pattern.finditer(self.low):
                inside = any(p.span[0] < match.end() and match.start() < p.span[1] for p in made)
                if not inside and not self.words.rate_not_after.search(self.low, 0, match.start()):
                    span = match.span()
                    text = self.text[slice(*span)]
                    found.append(
                        Period(None, None, "unknown", "stated", "a rate", span, text, per=per)
                    )
        return found


def middle(days_: Days) -> date:
    """Return the day that "mid-" names: the 15th of a month, 1 July of a year, else the middle.

    >>> middle(calendar.year(2015)), middle(calendar.month(2019, 11))
    (datetime.date(2015, 7, 1), datetime.date(2019, 11, 15))
    """
    kind = calendar.kind_of(days_)
    if kind == "month":
        return days_.first.replace(day=15)
    if kind == "year":
        return days_.first.replace(month=7)
    return days_.first + timedelta(days=len(days_) // 2)


def read_periods(text: str, language: str, memory: Memory) -> tuple[list[Period], Memory]:
    """Return the periods of a text and the memory after it."""
    reader = _Reader(text, language, memory.fresh())
    found = reader.read()
    return found, reader.memory


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
        In the order of the text; ``start`` and ``end`` inclusive, None where open.

    Examples
    --------
    >>> found = periods("in the first quarter of 2018")
    >>> [(p.start.isoformat(), p.end.isoformat(), p.kind) for p in found]
    [('2018-01-01', '2018-03-31', 'quarter')]
    """
    chosen = languages.choose(lang)
    return read_periods(text, chosen, Memory(reference=reference_date))[0]
