"""Periods in prose: which days the words mean, and by which convention.

Words are matched by `expressions`; here they are joined ("between July and December 2015"),
shifted by the words in front of them ("since", "by", "mid-"), and given a year: their own, that of
a period named before, or that of the publication date, which is then said in ``basis``.

Conventions follow the labelling guide of the project: "since X" runs from the first day of X to
the publication date; "the past N months" from the publication date minus N; "by X" ends with X;
"this year" ends on the publication date; a month without a year is the last one that had begun.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.model.schema import Period, PeriodBasis, PeriodKind
from analysis.reading.prose import languages
from analysis.reading.prose.expressions import (
    Expression,
    TimeWords,
    days,
    expressions,
    lower,
    number_of,
    shape,
    time_words,
)
from analysis.reading.prose.letters import without_marks

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


def _of(days_: Days, basis: PeriodBasis, convention: str) -> Reading:
    return Reading(days_.first, days_.last, _kind(days_), basis, convention)


def _open(e: Expression) -> Reading:
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


def _dated(e: Expression, words: TimeWords, memory: Memory, year: int | None) -> Reading:
    """Resolve an expression that is days once its year is known."""
    if e.year:
        found = days(e, e.year, words)
        return _of(found, "stated", f"{shape(e)} as written") if found else UNKNOWN
    if e.slots.get("yy") and shape(e) in ("quarter", "month"):
        found = days(e, 2000 + int(e.slots["yy"]), words)
        return _of(found, "stated", "two-digit year") if found else UNKNOWN
    if year:
        found = days(e, year, words)
        return _of(found, "stated", "year from the words beside it") if found else UNKNOWN
    if e.slots.get("that") and memory.last:
        found = days(e, memory.last.last.year, words)
        return _of(found, "inherited", "year of the period named before") if found else UNKNOWN
    if memory.spoken and e.rule.endswith("_no_year"):
        found = days(e, memory.spoken, words)
        return _of(found, "stated", "year named before in the sentence") if found else UNKNOWN
    if not memory.reference:
        return _open(e)
    reference = memory.reference
    if e.rule.endswith("_this_year"):
        found = days(e, reference.year, words)
        return _of(found, "relative", "year of the publication date") if found else UNKNOWN
    if e.rule.endswith("_last_year"):
        found = days(e, reference.year - 1, words)
        return _of(found, "relative", "year before the publication date") if found else UNKNOWN
    found = _last_begun(e, words, reference)
    if not found:
        return UNKNOWN
    return _of(found, "relative", "the last one begun by the publication date")


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
    return _of(found, "relative", f"the calendar {unit} before the publication date")


def _unit_before(day: date, unit: str) -> Days:
    return unit_around(unit_around(day, unit).first - timedelta(days=1), unit)


def _last_year(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if not memory.reference:
        return Reading(None, None, "year", "unknown", "the year stays open: no publication date")
    found = calendar.year(memory.reference.year - 1)
    return _of(found, "relative", "year before the publication date")


def _that_year(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if memory.last:
        return _of(calendar.year(memory.last.last.year), "inherited", "year named before")
    return UNKNOWN


def _previous_unit(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """The previous quarter is the one before the period named last, else before publication."""
    unit = words.units.get(e.slots.get("unit", ""), "month")
    if memory.last:
        if unit == "year":
            return _of(_year_earlier(memory.last), "inherited", "a year before the period named")
        return _of(calendar.previous(memory.last), "inherited", "the stretch before the one named")
    if not memory.reference:
        return replace(UNKNOWN, kind=unit if unit != "week" else "span")  # type: ignore[arg-type]
    found = _unit_before(memory.reference, unit)
    return _of(found, "relative", f"the calendar {unit} before the publication date")


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
    return _of(found, "inherited", f"the {unit} after the period named before")


def _same_before(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if not memory.last:
        return UNKNOWN
    return _of(_year_earlier(memory.last), "inherited", "the same days a year earlier")


def _same(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    if not memory.last:
        return UNKNOWN
    if words.units.get(e.slots.get("unit", "")) == "day":
        return _of(Days(memory.last.first, memory.last.first), "inherited", "the day named before")
    return _of(memory.last, "inherited", "the period named before")


def _ordinal(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "Up from 6.3 million in the first": the unit is that of the period named before."""
    kind = calendar.kind_of(memory.last) if memory.last else ""
    number = words.ordinals[e.slots["ordinal"]]
    parts = {"quarter": (calendar.quarter, 4), "half_year": (calendar.half, 2)}
    if not memory.last or kind not in parts or not 1 <= number <= parts[kind][1]:
        return UNKNOWN
    found = parts[kind][0](memory.last.last.year, number)
    return _of(found, "inherited", f"the {kind} so numbered of the year named before")


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
            return _dated(e, self.words, self.memory, year)
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
        reading = _of(Days(start, last), "stated", f"{count} {unit} up to the day named")
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
        if gap.strip() in self.words.joins and not opened:
            return None
        days_, basis = self._both(first, last)
        start = opened.start() if opened else first.span[0]
        span = (start + len(self.low[start:]) - len(self.low[start:].lstrip()), last.span[1])
        if not days_:
            return self._period(span, _open(first))
        return self._period(span, _of(days_, basis, "from the first day of one to the last of two"))

    def _both(self, first: Expression, last: Expression) -> tuple[Days | None, PeriodBasis]:
        """Resolve both ends; an end without a year takes the other's, so that they are in order."""
        if first.year and not last.year:
            start = self._resolve(first)
            end = self._resolve(last, first.year)
            if start.start and end.end and end.end < start.start:
                end = self._resolve(last, first.year + 1)
        else:
            end = self._resolve(last)
            own = first.year or (end.end.year if end.end else None)
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
