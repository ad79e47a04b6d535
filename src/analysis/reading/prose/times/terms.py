"""Time expressions with the word in front that names a part, and the days that they are."""

from dataclasses import dataclass, replace

from analysis.model import periods as calendar
from analysis.model.readings import Period
from analysis.reading.prose.times.expressions import PARTS, lower, window
from analysis.reading.prose.times.relative import RELATIVE
from analysis.reading.prose.times.resolving import UNKNOWN, Memory, Reading, as_read, read_dated
from analysis.reading.prose.times.shapes import Expression, shape
from analysis.reading.prose.times.time_words import time_words
from analysis.reading.prose.words.letters import without_marks


@dataclass(frozen=True, slots=True)
class Term:
    """An expression with the word in front of it that names a part: "late 2015"."""

    expression: Expression
    part: str
    start: int


@dataclass(frozen=True, slots=True)
class Found:
    """A period, the rule that read its words, and whether they name what was still going on.

    ``closed`` is the same period as a figure means it: see `closing`.
    """

    period: Period
    rule: str
    ongoing: bool = False
    part: str = ""
    closed: Period | None = None


class Terms:
    """A text in which terms are read, and what the ones before left in memory."""

    def __init__(self, text: str, language: str, memory: Memory) -> None:
        self.original = text
        self.text, self.places = without_marks(text)
        self.low = lower(self.text)
        self.words = time_words(language)
        self.memory = memory
        self.found: list[Expression] = []

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

    def _widen(self, period: Period, start: int) -> Period:
        span = (self._at_word(start), period.span[1])
        return replace(period, span=span, text=self.text[slice(*span)])


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
