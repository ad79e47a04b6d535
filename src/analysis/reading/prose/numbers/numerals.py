"""Single numbers as written: digits, number words, and numbers with a part behind them.

A number is read from one token on and says which tokens it took. Hedges, ranges and what a number
is a share of are read in `quantities` and `amounts`.
"""

from analysis.reading.prose.numbers.growing import (
    HUNDRED,
    THOUSAND,
    Growing,
    Written,
    room_behind,
    tidy,
)
from analysis.reading.prose.numbers.number_grammar import Grammar, parse_numeral
from analysis.reading.prose.numbers.parts import Part, Parts
from analysis.reading.prose.words.tokens import Token

MILESTONE = 1000  # "the 250,000th piece" says how many there are, "the 18th" does not
LONGEST = 25  # a longer row of digits is a key or a hash
LARGEST_POWER = 300
REST = 3  # digits behind a thousand; more are another number
MINUS = ("-", "\u2212")
MOST_DECIMALS = 15
WORD_STEP = 0.1  # of a word such as "anderthalb"


class Numbers(Parts):
    """The numbers of one text; every method starts at a token index."""

    def __init__(self, tokens: list[Token], grammar: Grammar) -> None:
        super().__init__(tokens, grammar)
        self._read: dict[int, Written | None] = {}

    def number(self, index: int) -> Written | None:
        """Return the number that starts at a token, in digits or words."""
        if index >= len(self.tokens):
            return None
        if index not in self._read:
            numeral = self.tokens[index].kind == "number"
            named = self.named(index)
            self._read[index] = (
                None if named else self._numeral(index) if numeral else self._words(index)
            )
        return self._read[index]

    def one(self, index: int) -> Written | None:
        """Return the number at a token, where an article counts as one."""
        if self.low(index) in self.grammar.articles:
            return self.number(index) or Written(1.0, 1.0, index, index + 1)
        return self.number(index)

    # Digits

    def _numeral(self, index: int) -> Written | None:
        token = self.tokens[index]
        if len(token.low) > LONGEST or self._part_of_name(index):
            return None
        power = self._power(index)
        if power:
            return power
        scale = self.scale(index + 1)
        uncounted = (
            scale is not None
            or self.grammar.percent.at(self.tokens, index + 1) is not None
            or self.nothing_counted()
        )
        value, step = parse_numeral(token.low, self.grammar.decimal, uncounted)
        if self._ordinal(index):
            milestone = Written(value, step, index, index + 2, milestone=True)
            return milestone if value >= MILESTONE else None
        whole = token.low.isdecimal()
        part = self.in_figures(index + 1) if whole else None
        if part and part.value < 1:
            return self._multiplied(index, part.last, value + part.value, part.unit)
        digits = self._decimals(index + 1, Growing(value, step, None)) if whole else None
        if digits and self.low(index + 1) not in self.grammar.joins:
            return self._multiplied(index, digits[2], value + digits[0], digits[1])
        if not scale:
            written = Written(value, step, index, index + 1, plain=whole)
        else:
            written = self._grown(index, index + 1, Growing(value, step, None))
        return self._with_part(written) or written

    def _multiplied(self, first: int, last: int, value: float, step: float) -> Written:
        scale = self.scale(last)
        factor, last = scale or (1.0, last)
        return Written(tidy(value * factor), step * factor, first, last, scale=factor)

    def _part_of_name(self, index: int) -> bool:
        """A number inside a name or an ordinal, as in 8chan, 18th, Q1, A-10, is no amount."""
        if self.glued(index):
            hyphen = self.low(index - 1) in ("-", "_") and self.glued(index - 1)
            before = self.tokens[index - 2 if hyphen else index - 1]
            named = before.text[0].isupper() or not hyphen  # "near-50" is no name
            if before.kind == "word" and before.text.isascii() and named:
                return True
        after = index + 1
        if self.glued(after) and self.tokens[after].kind == "word":
            hedge = self.grammar.after.at(self.tokens, after)  # Indonesian "9.500an"
            share = self.grammar.percent.at(self.tokens, after)  # "89.7pc"
            power = self.scale(after) or self._power(index)
            known = self._ordinal(index) or power or hedge or share or self._is_factor(after)
            return not known and self.tokens[after].text.isascii()
        return False

    def _is_factor(self, index: int) -> bool:
        """Say whether a token is the "x" of "up 3x"; the one of "2x3" is not."""
        behind = self.tokens[index + 1 : index + 2]
        return self.low(index) in self.grammar.factors and all(t.kind != "number" for t in behind)

    def _ordinal(self, index: int) -> bool:
        """Say whether digits are an ordinal, as in "the 250,000th piece"."""
        return self.glued(index + 1) and self.low(index + 1) in self.grammar.ordinal_endings

    def _power(self, index: int) -> Written | None:
        """A number with an exponent: "1.3e6", "2^10", "6.2x10^-4"."""
        sign = self.low(index + 1)
        if sign not in ("e", "^", "x", "\u00d7"):
            return None
        if sign in ("x", "\u00d7") and (self.low(index + 2), self.low(index + 3)) != ("10", "^"):
            return None
        exponent = self._exponent(index + (2 if sign in ("e", "^") else 4))
        if not exponent:
            return None
        power, last = exponent
        base, step = parse_numeral(self.lows[index], self.grammar.decimal, scaled=True)
        if sign == "^" and (base > THOUSAND * THOUSAND or not base):
            return Written(0.0, 1.0, index, last) if not base and power else None
        try:
            value = base**power if sign == "^" and abs(power) < HUNDRED else base * 10.0**power
        except OverflowError:
            return None  # "10100^77"
        return Written(tidy(value), step * value / base if base else step, index, last)

    def _exponent(self, index: int) -> tuple[int, int] | None:
        """Return an exponent written right behind its base, and where it ends."""
        at, minus = index, 0
        while at < index + 2 and self.low(at) in ("+", *MINUS):
            minus += self.low(at) != "+"
            at += 1
        digits = self.low(at)
        if not digits.isdecimal() or len(digits) > len(str(LARGEST_POWER)):
            return None
        if int(digits) > LARGEST_POWER or not all(map(self.glued, range(index - 1, at + 1))):
            return None
        return int(digits) * (-1) ** minus, at + 1

    # Words

    def _words(self, index: int) -> Written | None:
        """A number in words: "twenty-three", "two hundred thousand", "three point five million"."""
        found = self.grammar.words.at(self.tokens, index)
        article = self.lows[index] in self.grammar.articles
        if found and not (article and found.last == index + 1):
            step = 1.0 if found.value == int(found.value) else WORD_STEP
            written = self._grown(index, found.last, Growing(found.value, step, found.value))
        elif article and self._counted(index + 1):
            written = self._grown(index, index + 1, Growing(1.0, 1.0, 1.0))
        elif article:
            return self._with_part(Written(1.0, 1.0, index, index + 1))
        elif self._opens_bare(index):
            written = self._grown(index, index, Growing(1.0, 1.0, 1.0))
        else:
            return None
        if self._rank_follows(written):
            return None
        return self._with_part(written) or written

    def _counted(self, index: int) -> bool:
        """Say whether what follows an article makes it a number: a multiplier or decimals."""
        if self.scale(index):
            return True
        decimals = self.low(index) in self.grammar.points
        return decimals and self.grammar.words.at(self.tokens, index + 1) is not None

    def _opens_bare(self, index: int) -> bool:
        """Say whether a multiplier counts as one: "hundred fifteen", "hundred million"."""
        scale = self.scale(index)
        if not scale:
            return False
        higher = self.scale(scale[1]) if scale[0] == HUNDRED else None
        following = self.grammar.words.at(self.tokens, scale[1])
        return bool(
            (following and 0 < following.value < scale[0]) or (higher and higher[0] > HUNDRED)
        )

    def _grown(self, first: int, at: int, total: Growing, decimal: bool = False) -> Written:
        """Read on from the first word or digits of a number, as far as it goes."""
        kept = total.written(first, at) if total.groups else None  # up to the last multiplier
        while True:
            scale = self.scale(at)
            if scale and not (decimal and scale[0] >= THOUSAND) and total.multiply(scale[0]):
                at = scale[1]
                kept = total.written(first, at)
                continue
            if scale and total.word is not None:  # of another number: "one million two million"
                return kept or total.written(first, at)
            digits = None if decimal else self._decimals(at, total)
            if digits:
                value, step, last = digits
                return self._multiplied(first, last, total.value + value, step)
            following = self._added(first, at, total)
            if not following:
                return total.written(first, at)
            at = following

    def _decimals(self, index: int, total: Growing) -> tuple[float, float, int] | None:
        """Return the decimals behind a point in words, their last step, and where they end."""
        if self.low(index) not in self.grammar.points or total.scale >= THOUSAND:
            return None
        part = self.simple_part(index + 1)
        if part and part.value < 1:
            return None
        digits, at = "", index + 1
        if self.low(at).isdecimal() and len(self.lows[at]) <= MOST_DECIMALS:
            digits, at = self.lows[at], at + 1
        while len(digits) < MOST_DECIMALS:
            found = self.grammar.words.at(self.tokens, at)
            if not found or found.value != int(found.value):
                break
            start = Growing(found.value, 1.0, found.value)
            group = self._grown(at, found.last, start, decimal=True)
            unit = self.grammar.fractions.at(self.tokens, group.last)
            if unit and not digits:  # Russian names the unit: "two whole, five tenths"
                return group.value * unit.value, unit.value, unit.last
            digits, at = digits + str(int(group.value)), group.last
        return (float(f"0.{digits}"), 10.0 ** -len(digits), at) if digits else None

    def _added(self, first: int, index: int, total: Growing) -> int | None:
        """Add the number that goes on from what is written, and return where it ends."""
        room = total.room
        if not room:
            return None
        hyphen = total.word is not None and self.low(index) == "-"
        comma = total.spelled and not total.open and self._group_behind_comma(index)
        joined = comma or (room >= HUNDRED and self.low(index) in self.grammar.joins)
        if joined and self.grammar.between.ending(self.tokens, first):
            return None
        at = index + (hyphen or joined)
        part = self.simple_part(at) if joined else None
        if part and part.value < 1:
            return None
        found = self.grammar.words.at(self.tokens, at)
        if found and not total.spelled and not joined and not self.scale(found.last):
            found = None  # "9 million two years earlier": words do not go on from digits
        if found and 0 < found.value < room:
            total.add(found.value, 1.0, found.value, joined)
            return found.last
        return self._added_digits(at, total, joined)

    def _group_behind_comma(self, index: int) -> bool:
        """Say whether a comma parts the groups of a number: "two thousand, six hundred"."""
        if self.low(index) != ",":
            return False
        found = self.grammar.words.at(self.tokens, index + 1)
        if not found or found.value >= HUNDRED:
            return found is not None
        ones = self.grammar.words.at(self.tokens, found.last + (self.low(found.last) == "-"))
        return self.scale(ones.last if ones else found.last) is not None

    def _added_digits(self, index: int, total: Growing, joined: bool) -> int | None:
        """Add digits as in "4 thousand 3 hundred and 21", and "371 bin 890" where that is usual.

        A thousand by itself, which is a word, is followed by them too: "bin 781". Behind both a
        million may stand: "2 mil 300 millones".
        """
        if not self.low(index).isdecimal() or len(self.lows[index]) > LONGEST:
            return None
        place = total.scale if total.word is None else total.word
        if total.word is not None and place != total.floor:
            return None
        scale = self.scale(index + 1)
        if total.scale == HUNDRED:
            fits = joined and not scale and 0 < int(self.lows[index]) < HUNDRED
        else:
            rest = (self.low(index - 1) if joined else "") in self.grammar.rest_behind
            rest = rest and place >= THOUSAND and len(self.lows[index]) <= REST
            if rest and scale and scale[0] > place == THOUSAND:
                total.add(float(self.lows[index]), 1.0, None, joined)
                return index + 1
            fits = scale[0] < total.floor if scale else rest
        number = self.number(index) if fits else None
        if not number or number.value >= total.room:
            return None
        total.add(number.value, number.step, None, joined)
        return number.last

    def _rank_follows(self, written: Written) -> bool:
        """Say whether a number goes on as an ordinal, as in "the twenty-first video"."""
        between = self.low(written.last)
        at = written.last + (between == "-" or between in self.grammar.joins)
        rank = self.grammar.ordinals.get(self.low(at))
        if rank is None or (self.low(at + 1) == "-" and self.glued(at + 1)):
            return False
        room = room_behind(written.value)
        return rank < room or (room > 0 and rank >= HUNDRED)

    # With a part

    def part(self, index: int) -> Part | None:
        """Return the part of one that starts at a token: "three quarters", "a half", "¾"."""
        figures = self.in_figures(index)
        if figures:
            return figures
        number = self.number(index)
        if number and number.value > 0:
            named = self.named_part(number.last, number.value, "number")
            if named:
                return named
        return self.simple_part(index)

    def _with_part(self, written: Written) -> Written | None:
        """Return a number with the part behind it: "one and a half million", "one-and-a-half"."""
        hyphened = self.low(written.last) == "-" and self.low(written.last + 2) == "-"
        at = written.last + hyphened
        low = self.low(at)
        if low not in self.grammar.joins and (hyphened or low not in self.grammar.points):
            return None
        part = self.simple_part(at + 1 + hyphened)
        if not part or not 0 < part.value < 1 or not self.whole_part(part):
            return None
        big = written.scale if written.scale >= THOUSAND else 1.0
        scale = self.scale(part.last)
        factor, last = scale or (big, part.last)
        if scale and big > 1:
            if factor >= big:
                return None
            value = written.value + part.value * factor
        else:
            value = written.value + part.value * big if not scale else 0.0
            value = value or (written.value + part.value) * factor
        return Written(tidy(value), factor / 10, written.first, last, scale=factor)
