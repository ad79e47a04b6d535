"""A number while it is read: its groups with their multipliers, and what may still be added."""

from dataclasses import dataclass
from math import inf

from analysis.model.schema import Measure

HUNDRED, THOUSAND = 100, 1000
GROUPS = (1e12, 1e9, 1e6, 1e3)  # a word such as "mil" is a multiplier of one already


@dataclass(frozen=True, slots=True)
class Written:
    """A number as written: its value, the step of its last written digit, and its tokens.

    ``scale`` is the multiplier that it ends with, 1 if none.
    """

    value: float
    step: float
    first: int
    last: int
    measure: Measure = "count"
    interval: tuple[float, float] | None = None
    plain: bool = False
    milestone: bool = False
    scale: float = 1.0


def tidy(value: float) -> float:
    """Return a product without the dust of binary fractions.

    >>> 4.1 * 1_000_000, tidy(4.1 * 1_000_000)
    (4099999.9999999995, 4100000.0)
    """
    return float(f"{value:.15g}")


def room_behind(word: float) -> float:
    """Return below what another number word can follow a number word.

    >>> room_behind(20), room_behind(300), room_behind(22)
    (10, 100, 1)
    """
    if word < 2 * 10 or word != int(word):
        return 0
    power = 1
    while word % (10 * power) == 0:
        power *= 10
    return power


class Growing:
    """A number that is still being read: groups with their multipliers, and the open group.

    ``word`` is the number word just read, None behind a multiplier or digits; ``scale`` is the
    multiplier just read, 1 if none; ``joined`` says that an "and" stands behind a multiplier.
    """

    def __init__(self, value: float, step: float, word: float | None) -> None:
        group = next((by for by in GROUPS if word and word % by == 0), None)
        self.groups: list[tuple[float, float]] = [(value, group)] if group else []
        self.open = 0.0 if group else value
        self.step = step
        self.word = word
        self.scale = 1.0
        self.joined = False
        self.spelled = word is not None

    @property
    def value(self) -> float:
        """The number so far."""
        return tidy(sum(value for value, _ in self.groups) + self.open)

    @property
    def floor(self) -> float:
        """The least multiplier of a group."""
        return self.groups[-1][1] if self.groups else inf

    @property
    def room(self) -> float:
        """Below what a number can be added here, 0 where none can."""
        if self.word is not None:
            return room_behind(self.word)
        if self.scale < HUNDRED:
            return 0
        return HUNDRED if self.scale == HUNDRED else self.floor

    def add(self, value: float, step: float, word: float | None, joined: bool) -> None:
        """Add a number behind what is written."""
        self.open += value
        self.step, self.word, self.scale = step, word, 1.0
        self.joined = self.joined or joined

    def multiply(self, factor: float) -> bool:
        """Multiply by a multiplier, unless it belongs to another number."""
        done = self._small(factor) if factor < THOUSAND else self._large(factor)
        if done:
            self.step, self.word, self.scale = self.step * factor, None, factor
        return done

    def _small(self, factor: float) -> bool:
        fresh_digits = self.word is None and self.scale == 1 and not self.groups
        whole = 0 < self.open < HUNDRED or fresh_digits or self.scale == HUNDRED > factor
        if whole and self.open:
            self.open *= factor
        elif factor < HUNDRED and self.word and self.open:
            self.open += self.word * (factor - 1)  # "three hundred and two dozen"
        else:
            return False
        return True

    def _large(self, factor: float) -> bool:
        lower = sum(value for value, scale in self.groups if scale < factor)
        opens_another = factor > self.floor and self.joined
        if opens_another or not (self.open or lower) or any(s == factor for _, s in self.groups):
            return False
        if factor < self.floor and not self.open:
            return False
        higher = [group for group in self.groups if group[1] > factor]
        self.groups = [*higher, ((lower + self.open) * factor, factor)]
        self.open, self.joined = 0.0, False
        return True

    def written(self, first: int, last: int) -> Written:
        """Return the number so far, as written at some tokens."""
        return Written(self.value, self.step, first, last, scale=self.scale)
