"""Time expressions become days: by their own year, a period named before, or the publication date.

Every rule says by which convention it resolved, and on what basis.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.model.readings import Period
from analysis.model.schema import PeriodBasis, PeriodKind
from analysis.reading.prose.times.shapes import (
    BEFORE_IT,
    Expression,
    days,
    shape,
    weekday_number,
)
from analysis.reading.prose.times.time_words import TimeWords

KINDS: Mapping[str, PeriodKind] = {
    "quarter": "quarter",
    "half_year": "half_year",
    "month": "month",
    "month_quarter": "quarter",
    "year": "year",
    "day": "day",
    "half": "half_year",
    "fiscal_quarter": "quarter",
    "fiscal_half": "half_year",
    "fiscal_year": "year",
}
YEARS_AROUND = (-1, 0, 1)  # in which a date with its day of the week is looked for
REPORTED = ("quarter", "half")  # what services report by
A_YEAR, A_MONTH = 366, 31  # days
MOST = 0.75
LONG_AGO = 45  # days before publication, up to which a day may be one that a total is given as of
RECALLED = 7  # stretches before the last one that are kept in mind
SHORTEST_REPORT = 58  # days between the ends of two months
NO_REFERENCE = "the year stays open: no publication date"
PART_MEANT = "of which a part is meant"  # "on one day in May"
SOLAR = "year of the Persian calendar"
FISCAL = "fiscal year read as the calendar year: the text gives no other"


@dataclass(frozen=True, slots=True)
class Reading:
    """Days found for an expression, how they are known, and by which rule.

    ``whole`` is the calendar unit of which ``start`` and ``end`` are what had passed; ``ongoing``
    says that the words name what was still going on when they were written.
    """

    start: date | None
    end: date | None
    kind: PeriodKind
    basis: PeriodBasis
    convention: str
    cumulative: bool = False
    whole: Days | None = None
    ongoing: bool = False

    @property
    def days(self) -> Days | None:
        """The days, when both ends are known."""
        return Days(self.start, self.end) if self.start and self.end else None


YEAR_IN_SENTENCE = "year named before in the sentence"
ANNOUNCED = "when a number was announced, not what it covers"
LONG_AFTER = "the day of an event, so long after which something was told"
SAID_THEN = "when it was said, not what a figure covers"
# Conventions of periods that are only compared with: the text then goes on about its own.
LOOKING_BACK = (
    "a year before the period named",
    "the stretch before the one named",
    "the same days a year earlier",
    "the same days of another year",
    "the period named, so much earlier",
)


AFTER_REPORTED = "last year for a text that came out after the period named before"
INSIDE = "the one in the period named before"


@dataclass(frozen=True, slots=True)
class Memory:
    """What has been said before: the publication date, the last period, the last point in time."""

    reference: date | None = None
    last: Days | None = None
    reported: Days | None = None  # the last one of a length that is reported on
    stretches: tuple[Days, ...] = ()  # the last few that were named
    point: date | None = None
    reached: bool = False  # the point was counted up to: "by Thursday"
    spoken: int | None = None  # year named before in the same sentence
    day: date | None = None  # day named before in the same sentence
    told: date | None = None  # the day named last, also one counted up to
    figures: bool = False  # the text tells of figures, which come when a quarter or half is over

    def after(self, period: Period) -> "Memory":
        """Return the memory once a period has been read; one only compared with leaves none."""
        if period.convention in LOOKING_BACK:
            return self
        if period.kind == "point" and (period.start or period.end):
            point = period.start or period.end
            year = point.year if point and period.basis == "stated" else self.spoken
            return replace(self, point=point, reached=not period.start, told=point, spoken=year)
        if period.start and period.end and not period.per:
            days_ = Days(period.start, period.end)
            long = (period.end - period.start).days >= SHORTEST_REPORT
            if period.cumulative and self.figures and self.reported:
                return self  # "Since the reports began in 2020": it is a quarter that is told of
            stated = period.basis == "stated" and period.start.year == period.end.year
            return replace(
                self,
                last=days_,
                reported=days_ if long else self.reported,
                stretches=(*self.stretches[-RECALLED:], days_),
                point=None,
                spoken=period.end.year if stated else self.spoken,
                day=period.start if self._may_count_up_to(period) else self.day,
                told=period.start if period.kind == "day" else self.told,
            )
        return self

    def _may_count_up_to(self, period: Period) -> bool:
        """Say whether a day can be that of a total: "which it slowed down on 10 March" is none."""
        if period.kind != "day" or not (period.start and self.reference):
            return period.kind == "day"
        return (self.reference - period.start).days <= LONG_AGO

    def fresh(self) -> "Memory":
        """Return the memory at the start of a new sentence."""
        stays = self.spoken is None and self.day is None
        return self if stays else replace(self, spoken=None, day=None)


Rule = Callable[[Expression, TimeWords, Memory], Reading]
UNKNOWN = Reading(None, None, "unknown", "unknown", "no day is named")


def kind_of(days_: Days) -> PeriodKind:
    """Name the shape of a stretch, in the words of the record."""
    return calendar.kind_of(days_)  # type: ignore[return-value]


def as_read(found: Days | None, basis: PeriodBasis, convention: str) -> Reading:
    """Return days as read by a convention; days that do not exist are unknown."""
    if not found:
        return UNKNOWN
    return Reading(found.first, found.last, kind_of(found), basis, convention)


def undated(unit: str) -> Reading:
    """Return the reading of a stretch of known kind whose days stay open."""
    return Reading(None, None, KINDS.get(unit, "span"), "unknown", NO_REFERENCE)


def left_open(e: Expression) -> Reading:
    """A stretch whose year stays open."""
    return undated(shape(e))


def unit_at(day: date, unit: str, offset: int) -> Days:
    """Return the calendar unit that lies so many units from the one that holds a day."""
    return calendar.around(calendar.shift(calendar.around(day, unit).first, offset, unit), unit)


def last_begun(found: Callable[[int], Days | None], reference: date) -> Days | None:
    """Return the latest yearly occurrence that had begun by the reference date."""
    this = found(reference.year)
    return this if this and this.first <= reference else found(reference.year - 1)


UNFINISHED = ("quarter_no_year", "half_no_year", "months_no_year")  # figures wait for their end
YEARS_FROM: Mapping[str, tuple[int, str]] = {
    "_this_year": (0, "year of the publication date"),
    "_last_year": (-1, "year before the publication date"),
    "_next_year": (1, "year after the publication date"),
    BEFORE_IT: (-1, "year before the publication date"),
}


def read_dated(e: Expression, words: TimeWords, memory: Memory, year: int | None) -> Reading:
    """Resolve an expression that is days once its year is known."""
    if shape(e) == "month" and e.slots.keys() & {"week_word", "day_word"}:
        slots = {k: v for k, v in e.slots.items() if k not in ("week_word", "day_word")}
        made = read_dated(replace(e, slots=slots), words, memory, year)
        return replace(made, convention=f"{made.convention}, {PART_MEANT}")
    if e.year:
        found = days(e, e.year, words)
        if e.rule.startswith("fiscal_"):
            return as_read(found, "inferred", FISCAL)
        if e.rule.startswith("solar_"):
            return as_read(found, "stated", SOLAR)
        short = "year" not in e.slots
        return as_read(found, "stated", "two-digit year" if short else f"{shape(e)} as written")
    if year:
        found = days(e, year, words)
        return as_read(found, "stated", "year from the words beside it")
    if e.slots.get("that") and memory.last:
        found = days(e, memory.last.last.year, words)
        return as_read(found, "inherited", "year of the period named before")
    if e.rule.endswith(BEFORE_IT) and memory.last:
        found = days(e, memory.last.last.year - 1, words)
        return as_read(found, "inherited", "year before that of the period named before")
    if memory.spoken and e.rule.endswith("_no_year"):
        found = days(e, memory.spoken, words)
        return as_read(found, "stated", YEAR_IN_SENTENCE)
    named = _named_so(e, words, memory) if shape(e) in REPORTED else None
    if named:
        return as_read(named, "inherited", "the one so numbered that was named before")
    return (
        _on(memory.reference, e, words, memory) if memory.reference else _undated(e, words, memory)
    )


def _undated(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    inside = _inside(e, words, memory.reported)
    if inside:
        return as_read(inside, "inherited", INSIDE)
    before = _of_the_year_before(e, words, memory.reported)
    return as_read(before, "inferred", AFTER_REPORTED) if before else left_open(e)


def _of_the_year_before(e: Expression, words: TimeWords, told: Days | None) -> Days | None:
    """As in "in the second half of 2018 ... in the first half of last year", in a text undated.

    It came out when the first was over, so that last year is the one before that day.
    """
    alike = ("quarter_last_year", "half_last_year")
    if told is None or e.rule not in alike or shape(e) != calendar.kind_of(told).split("_")[0]:
        return None
    return days(e, calendar.add_days(told.last, 1).year - 1, words)


def _inside(e: Expression, words: TimeWords, told: Days | None) -> Days | None:
    """As in "In 2020 ... in the third quarter", in a text without a date."""
    if told is None or e.rule not in ("quarter_no_year", "half_no_year"):
        return None
    found = days(e, told.last.year, words)
    inside = found is not None and told.first <= found.first and found.last <= told.last
    return found if inside else None


def _named_so(e: Expression, words: TimeWords, memory: Memory) -> Days | None:
    """As in "in Q1 2019 ... in the first quarter": a stretch that was named with its year."""
    if not e.rule.endswith("_no_year"):
        return None
    for named in reversed(memory.stretches):
        if days(e, named.last.year, words) == named:
            return named
    return None


def _on(reference: date, e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """Give an expression the year that it has when it is read on a day."""
    running = days(e, reference.year, words) if e.rule in UNFINISHED and memory.last else None
    if memory.last and running and running.first <= reference < running.last:
        found = days(e, memory.last.last.year, words)
        return as_read(found, "inherited", "the last one over by then")
    if e.rule == "season_this_year":  # in January "this winter" began in the year before
        begun = days(e, reference.year - 1, words)
        if begun and begun.last >= reference:
            return as_read(begun, "relative", "the one that was going on")
    for ending, (offset, convention) in YEARS_FROM.items():
        if e.rule.endswith(ending):
            found = days(e, reference.year + offset, words)
            if memory.figures and found and not offset and found.first > reference:
                found = days(e, reference.year - 1, words)  # "the last quarter of the year"
                return as_read(found, "relative", "the last one begun by the publication date")
            told = memory.last.last.year if memory.figures and memory.last else reference.year
            unfinished = shape(e) in REPORTED and found and _just_begun(found, reference)
            if unfinished and not offset and told < reference.year:
                found = days(e, told, words)  # "the first half of the year", in February
                return as_read(found, "inherited", "year of the period named before")
            return as_read(found, "relative", convention)
    if "weekday" in e.slots:
        found = _on_weekday(e, words, reference)
        if found:
            return as_read(found, "relative", "the nearest that is such a day of the week")
    beside = _beside_those_named(e, words, memory) if shape(e) in REPORTED else None
    if beside:
        return as_read(beside, "inherited", "year of the period named before")
    found = last_begun(lambda number: days(e, number, words), reference)
    if found and memory.figures and shape(e) in REPORTED and _just_begun(found, reference):
        found = days(e, found.first.year - 1, words)
        return as_read(found, "relative", "the last one over, or nearly, by the publication date")
    return as_read(found, "relative", "the last one begun by the publication date")


def _beside_those_named(e: Expression, words: TimeWords, memory: Memory) -> Days | None:
    """As in "9 million in Q3 2022. In Q2 it was 7 million", told years after: the one nearest."""
    named, day = memory.reported, memory.reference
    if not (memory.figures and named and day and len(memory.stretches) > 0):
        return None
    if any((day - d.last).days <= A_YEAR for d in (named, *memory.stretches)):
        return None
    years = (days(e, named.first.year + offset, words) for offset in YEARS_AROUND)
    return min((d for d in years if d), key=lambda d: _apart(d, named), default=None)


def _apart(one: Days, named: Days) -> int:
    """Return the days between two stretches; of two as near the earlier one is meant."""
    if one.last < named.first:
        return (named.first - one.last).days
    return (one.first - named.last).days + A_MONTH


def _on_weekday(e: Expression, words: TimeWords, reference: date) -> Days | None:
    """As in "Monday, 18 February": of the dates around publication the one that is a Monday."""
    dates = (days(e, reference.year + offset, words) for offset in YEARS_AROUND)
    named = [d for d in dates if d and d.first.isoweekday() == weekday_number(e, words)]
    return min(named, key=lambda d: abs(d.first - reference), default=None)


def _just_begun(found: Days, reference: date) -> bool:
    """Say whether most of a quarter or a half was still to come when a text was published.

    What happened in one is told when it is over: in February "the first half" is last year's.
    """
    passed, whole = (reference - found.first).days, (found.last - found.first).days
    return passed < MOST * whole
