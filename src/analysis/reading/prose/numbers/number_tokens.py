"""The tokens of a text as numbers see them: what stands where, and the multipliers."""

from analysis.reading.prose.numbers.number_grammar import Grammar
from analysis.reading.prose.words.tokens import Token, glued


class NumberTokens:
    """The tokens of one text with the number grammar of its language."""

    def __init__(self, tokens: list[Token], grammar: Grammar) -> None:
        self.tokens = tokens
        self.grammar = grammar
        self.lows = [token.low for token in tokens]

    def low(self, index: int) -> str:
        """Return a token as it is matched, empty outside the text."""
        return self.lows[index] if 0 <= index < len(self.lows) else ""

    def glued(self, index: int) -> bool:
        """Say whether a token stands right behind the one before it."""
        inside = 0 < index < len(self.tokens)
        return inside and glued(self.tokens[index - 1], self.tokens[index])

    def named(self, index: int) -> bool:
        """Say whether a number word or numeral is part of a phrase that is no number."""
        low, names = self.lows[index], self.grammar.no_number
        if low in names.by_first and names.at(self.tokens, index):
            return True
        if low not in self.grammar.name_ends or self.scale(index + 1):
            return False
        return names.ending(self.tokens, index + 1) is not None

    def scale(self, index: int) -> tuple[float, int] | None:
        """Return the multiplier at a token, and where it ends."""
        if index >= len(self.lows) or self.lows[index] not in self.grammar.scale_starts:
            return None
        token, behind = self.tokens[index], self.glued(index)
        if token.low == "-":
            joined = self.grammar.scales.at(self.tokens, index + 1) if behind else None
            return (joined.value, joined.last) if joined and self.glued(index + 1) else None
        factor = self.grammar.exact.get(token.text) if self._abbreviates(index) else None
        if factor is None and behind:
            factor = self.grammar.glued.get(token.low)
        if factor is not None:
            return factor, index + 1
        found = self.grammar.scales.at(self.tokens, index)
        return (found.value, found.last) if found else None

    def _abbreviates(self, index: int) -> bool:
        """Say whether a capital can be a multiplier: behind digits, not as in "5 T-shirts"."""
        hyphened = self.low(index + 1) == "-" and self.glued(index + 1)
        return index > 0 and self.tokens[index - 1].kind == "number" and not hyphened

    def nothing_counted(self) -> bool:
        """Say whether the text is a numeral by itself, in which nothing is counted."""
        return len(self.tokens) <= 3 and all(t.kind != "word" for t in self.tokens)
