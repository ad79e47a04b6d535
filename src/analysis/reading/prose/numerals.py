"""Single numbers as written: digits, number words, parts of one, and their multipliers.

A number is read from one token on and says which tokens it took. Hedges, ranges and what a number
is a share of are read in `amounts`.
"""

import unicodedata
from dataclasses import dataclass
from math import inf

from analysis.model.schema import Measure
from analysis.reading.prose.number_grammar import VULGAR, Grammar, parse_numeral
from analysis.reading.prose.tokens import Token, glued

MILESTONE = 1000  # "the 250,000th piece" says how many there are, "the 18th" does not
LONGEST = 25  # a longer row of digits is a key or a hash
HUNDRED, THOUSAND = 100, 1000
GROUPS = (1e12, 1e9, 1e6, 1e3)  # a word such as "mil" is a multiplier of one already
LARGEST_POWER = 300
REST = 3  # digits behind a thousand; more are another number
MINUS = ("-", "\u2212")
SLASHES = ("/", "\u2044")
DAYS = range(11, 32)  # "3/4" is a part, "9/11" a day
MOST_DECIMALS = 15
WORD_STEP = 0.1  # of a word such as "anderthalb"
PART_STEP = 0.04  # "two thirds" is said of what lies within two hundredths of it


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


class Numbers:
    """The numbers of one text; every method starts at a token index."""

    def __init__(self, tokens: list[Token], grammar: Grammar) -> None:
        self.tokens = tokens
        self.grammar = grammar
        self.lows = [token.low for token in tokens]
        self._read: dict[int, Written | None] = {}

    def low(self, index: int) -> str:
        """Return a token as it is matched, empty outside the text."""
        return self.lows[index] if 0 <= index < len(self.lows) else ""

    def glued(self, index: int) -> bool:
        """Say whether a token stands right behind the one before it."""
        inside = 0 < index < len(self.tokens)
        return inside and glued(self.tokens[index - 1], self.tokens[index])

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

    def named(self, index: int) -> bool:
        """Say whether a number word or numeral is part of a phrase that is no number."""
        low, names = self.lows[index], self.grammar.no_number
        if low in names.by_first and names.at(self.tokens, index):
            return True
        if low not in self.grammar.name_ends or self.scale(index + 1):
            return False
        return names.ending(self.tokens, index + 1) is not None

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
            or self._nothing_counted()
        )
        value, step = parse_numeral(token.low, self.grammar.decimal, uncounted)
        if self._ordinal(index):
            milestone = Written(value, step, index, index + 2, milestone=True)
            return milestone if value >= MILESTONE else None
        whole = token.low.isdecimal()
        part = self._in_figures(index + 1) if whole else None
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

    def _nothing_counted(self) -> bool:
        """Say whether the text is a numeral by itself, in which nothing is counted."""
        return len(self.tokens) <= 3 and all(t.kind != "word" for t in self.tokens)

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
            known = self._ordinal(index) or self.scale(after) or self._power(index) or hedge
            return not known and self.tokens[after].text.isascii()
        return False

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
        value = base**power if sign == "^" and abs(power) < HUNDRED else base * 10.0**power
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

    # Multipliers

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
        """Say whether a multiplier counts as one of itself, as in "hundred fifteen"."""
        scale = self.scale(index)
        following = self.grammar.words.at(self.tokens, scale[1]) if scale else None
        return bool(scale and following and 0 < following.value < scale[0])

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
        part = self._simple_part(index + 1)
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
        part = self._simple_part(at) if joined else None
        if part and part.value < 1:
            return None
        found = self.grammar.words.at(self.tokens, at)
        if found and 0 < found.value < room:
            total.add(found.value, 1.0, found.value, joined)
            return found.last
        return self._added_digits(at, total, joined) if total.word is None else None

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
        """Add digits as in "4 thousand 3 hundred and 21", and "371 bin 890" where that is usual."""
        if not self.low(index).isdecimal() or len(self.lows[index]) > LONGEST:
            return None
        scale = self.scale(index + 1)
        if total.scale == HUNDRED:
            fits = joined and not scale and 0 < int(self.lows[index]) < HUNDRED
        else:
            rest = (self.low(index - 1) if joined else "") in self.grammar.rest_behind
            rest = rest and total.scale >= THOUSAND and len(self.lows[index]) <= REST
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

    # Parts

    def part(self, index: int) -> Part | None:
        """Return the part of one that starts at a token: "three quarters", "a half", "¾"."""
        figures = self._in_figures(index)
        if figures:
            return figures
        number = self.number(index)
        if number and number.value > 0:
            named = self._named_part(number.last, number.value, "number")
            if named:
                return named
        return self._simple_part(index)

    def _simple_part(self, index: int) -> Part | None:
        """Return a part counted by one word at most."""
        figures = self._in_figures(index)
        if figures:
            return figures
        found = self.grammar.words.at(self.tokens, index)
        if found:
            named = self._named_part(found.last, found.value, "number")
            if named:
                return named
        if self.low(index) in self.grammar.articles:
            return self._named_part(index + 1, 1.0, "article")
        return self._named_part(index, 1.0, "")

    def _named_part(self, index: int, times: float, lead: str) -> Part | None:
        at = index + (bool(lead) and self.low(index) == "-")
        found = self.grammar.fractions.at(self.tokens, at)
        return Part(times, found.value, lead, at, found.last) if found else None

    def _in_figures(self, index: int) -> Part | None:
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
        day = int(under) in DAYS and not self._nothing_counted()
        if day or len(over) > len(under) or not int(over) < int(under):
            return None
        return Part(float(over), 1 / int(under), "figures", index, index + 3)

    def _with_part(self, written: Written) -> Written | None:
        """Return a number with the part behind it: "one and a half million"."""
        low = self.low(written.last)
        if low not in self.grammar.joins and low not in self.grammar.points:
            return None
        part = self._simple_part(written.last + 1)
        if not part or not 0 < part.value < 1 or not self._whole_part(part):
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

    def _whole_part(self, part: Part) -> bool:
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
        return ordinal and not several and not self.scale(part.last)
