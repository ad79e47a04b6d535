"""Parts of one, in words and in figures: "three quarters", "a half", "3/4", "¾"."""

import unicodedata
from dataclasses import dataclass

from analysis.reading.prose.numbers.number_grammar import VULGAR
from analysis.reading.prose.numbers.number_tokens import NumberTokens

SLASHES = ("/", "\u2044")
DAYS = range(11, 32)  # "3/4" is a part, "9/11" a day


@dataclass(frozen=True, slots=True)
class Part:
    """A part of one: "three quarters" is three times 0.25.

    ``lead`` says what stands before the word for the part: a number, an article, nothing, or that
    the part is written in figures. ``word`` is the token of that word.
    """

    times: float
    unit: float
    lead: str
    word: int
    last: int

    @property
    def value(self) -> float:
        """The part as a number."""
        return self.times * self.unit

    @property
    def halves(self) -> bool:
        """Whether it is counted in halves: no ordinal sounds like that."""
        return self.unit == 1 / 2


class Parts(NumberTokens):
    """The parts of one text that one word counts at most; every method starts at a token index."""

    def simple_part(self, index: int) -> Part | None:
        """Return a part counted by one word at most."""
        figures = self.in_figures(index)
        if figures:
            return figures
        found = self.grammar.words.at(self.tokens, index)
        if found:
            named = self.named_part(found.last, found.value, "number")
            if named:
                return named
        if self.low(index) in self.grammar.articles:
            return self.named_part(index + 1, 1.0, "article")
        return self.named_part(index, 1.0, "")

    def named_part(self, index: int, times: float, lead: str) -> Part | None:
        """Return the part whose word stands at a token or behind a hyphen there, so many times."""
        at = index + (bool(lead) and self.low(index) == "-")
        if at < len(self.tokens) and self.tokens[at].text in self.grammar.names:
            return None  # Italian "Meta", which is no "metà"
        found = self.grammar.fractions.at(self.tokens, at)
        return Part(times, found.value, lead, at, found.last) if found else None

    def in_figures(self, index: int) -> Part | None:
        """Return a part in figures: "¾" or "3/4", but not the "5/17" of a date."""
        low = self.low(index)
        if low in VULGAR:
            return Part(unicodedata.numeric(low), 1.0, "figures", index, index + 1)
        over, under = low, self.low(index + 2)
        if self.low(index + 1) not in SLASHES or not (over.isdecimal() and under.isdecimal()):
            return None
        chained = self.low(index - 1) in SLASHES or self.low(index + 3) in SLASHES
        close = self.glued(index + 1) and self.glued(index + 2)
        if chained or not close or over[0] == "0" or under[0] == "0" or len(under) > 3:
            return None
        divides = self.grammar.part_of.at(self.tokens, index + 3)  # "12/15 of the videos"
        day = int(under) in DAYS and not (self.nothing_counted() or divides)
        if day or len(over) > len(under) or not int(over) < int(under):
            return None
        return Part(float(over), 1 / int(under), "figures", index, index + 3)

    def whole_part(self, part: Part) -> bool:
        """Say whether a part stands for itself, no ordinal and no share of something."""
        if part.lead == "":
            return part.halves
        if self.grammar.part_of.at(self.tokens, part.last):
            return False
        return not self.ranked(part)

    def ranked(self, part: Part) -> bool:
        """Say whether a part may be an ordinal, as in "a third account" and "1119 Eighth St"."""
        if part.last >= len(self.tokens) or self.tokens[part.last].kind != "word":
            return False
        word = self.low(part.word)
        if part.lead == "number" and part.times > 1 and part.value < 1:
            return False  # "três quartos caíram"
        ordinal = word in self.grammar.ordinals or (part.lead == "article" and not part.halves)
        several = self.low(part.last) in self.grammar.plural_verbs  # "a third were closed"
        several = several or self._is_hedged(part)
        return ordinal and not several and not self.scale(part.last)

    def _is_hedged(self, part: Part) -> bool:
        """As in "more than a third was closed": no third one is meant behind those words."""
        led = part.word - (part.lead == "article")
        hedged = part.lead == "article" and self.grammar.hedges.ending(self.tokens, led)
        return bool(hedged) and self.low(part.last) in self.grammar.singular_verbs
