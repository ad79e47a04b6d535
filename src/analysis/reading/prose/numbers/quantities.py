"""What a number is: a part, a share, a ratio, a vague amount, a change, or below zero.

The longest reading that starts at a token is taken; ranges and hedges are read in `amounts`.
"""

from dataclasses import replace

from analysis.reading.prose.numbers.growing import HUNDRED, THOUSAND, Written, tidy
from analysis.reading.prose.numbers.number_grammar import Grammar
from analysis.reading.prose.numbers.numerals import MINUS, Numbers
from analysis.reading.prose.numbers.parts import SLASHES, Part
from analysis.reading.prose.words.tokens import Token

LOOKED_BACK = 4  # words in front of a share that can make it a change
PARTED = 4  # words between a verb and its particle: "took the illegal material down"
TIME_BETWEEN = 12  # tokens of a time between the two ends of a change
PART_STEP = 0.04  # "two thirds" is said of what lies within two hundredths of it
BASES = (3, 4, 5, 10, 20, 100, 1000, 10_000, 100_000)  # of shares such as "nine in ten"
YEARS = range(1900, 2100)  # digits that no part is told by: "one in 2018"
STEP_OF_BASES = 5  # of those that only one is told of: "one in 200"
ARROWS = {"+": 1, "▲": 1, "↑": 1, "△": 1, "⬆": 1, "▼": -1, "↓": -1, "▽": -1, "⬇": -1}
DASHES = ("-", "\u2013", "\u2014", "~")


class Quantities(Numbers):
    """The quantities of one text; every method starts at a token index."""

    def __init__(self, tokens: list[Token], grammar: Grammar) -> None:
        super().__init__(tokens, grammar)
        self.floor = 0  # first token that no earlier amount has taken

    def fraction(self, index: int) -> Written | None:
        """A part: of a multiplier ("a quarter of a million"), of a whole, or by itself."""
        part = self.part(index)
        named = self.named(index)  # "una media de": an average
        if part is None or named or self._stretch(part):
            return None
        if any(token.kind == "number" for token in self.tokens[part.last : part.last + 1]):
            return None  # "a second paper uses 131 million, and a third 1.58 billion"
        return (
            self._part_of_scale(index, part) or self._share(index, part) or self._part(index, part)
        )

    def _stretch(self, part: Part) -> bool:
        """Say whether a part is one of time, as in "the second half" and "second-half"."""
        hyphen = not part.lead and self.low(part.word - 1) == "-"
        return self.low(part.word - 1 - hyphen) in self.grammar.not_after

    def _part_of_scale(self, index: int, part: Part) -> Written | None:
        of = self.grammar.part_of.at(self.tokens, part.last)
        at = self._behind_hyphen(of.last if of else part.last)
        at = self._behind_hyphen(at + (self.low(at) in self.grammar.articles))
        scale = self.scale(at)
        if not scale:
            return None
        value = tidy(part.value * scale[0])
        return Written(value, value / 5, index, scale[1], scale=scale[0])

    def _behind_hyphen(self, index: int) -> int:
        return index + (self.low(index) == "-" and self.glued(index + 1))

    def _share(self, index: int, part: Part) -> Written | None:
        of = self.grammar.part_of.at(self.tokens, part.last)
        comparing = self._compared(part.last) is not None
        if (of is None and not comparing) or not 0 < part.value < 1:
            return None
        value = round(100 * part.value, 1)
        return Written(value, 1.0, index, part.last, "share", (value - 2, value + 2))

    def _part(self, index: int, part: Part) -> Written | None:
        """A part by itself: no ordinal ("a third account"), no time ("two quarters")."""
        at = part.last + (self.low(part.last) in self.grammar.articles)
        compound = self.low(part.last) == "-" and self.glued(part.last)
        if self.low(at) in self.grammar.not_before or compound or self.ranked(part):
            return None
        word, before = self.low(part.word), self.low(index - 1)
        if word in self.grammar.not_alone and (
            not 0.5 < part.value < 1 or before in self.grammar.not_after
        ):
            return None
        if not part.lead and (
            word not in self.grammar.alone or before in self.grammar.alone_not_after
        ):
            return None
        return Written(tidy(part.value), min(PART_STEP, part.value / 10), index, part.last)

    def out_of(self, index: int) -> Written | None:
        """A share given as so many in so many: "nine in ten", "9 out of 10"."""
        head = None if self.named(index) else self.one(index)  # Spanish "una media de 30.000"
        if not head or head.value >= HUNDRED:
            return None
        link = self.grammar.out_of.at(self.tokens, head.last)
        noun = link is None and self._counts(head.last)  # "eight videos out of ten"
        if noun:
            link = self.grammar.out_of.at(self.tokens, head.last + 1)
        base = self.number(link.last) if link else None
        if not link or not base or head.value > base.value or base.value < link.value:
            return None
        if link.value and not self._of_views(head.last, base.last):
            return None  # "12 reports per 10,000 users"
        plain = link.last - link.first > 1 and base.value > 1  # "out of"; "in" says much else
        loose = self.low(link.first) in self.grammar.said_of_time and self._counts(base.last)
        even = base.value in BASES or (head.value == 1 and self._divides(base))
        if (not even and (noun or not plain)) or (noun and loose):
            return None
        value, half = tidy(round(100 * head.value / base.value, 4)), 50 / base.value
        span = (max(0.0, value - half), min(100.0, value + half))
        return Written(value, 1.0, index, base.last, "share", span)

    def _of_views(self, head: int, base: int) -> bool:
        """As in "5 views per 10,000", "3 to 4 per 10,000 content views": a prevalence."""
        return any(self.low(i) in self.grammar.views for i in (head, base, base + 1))

    def _divides(self, base: Written) -> bool:
        """Say whether one may be told of so many: "one in 200 posts", but not "one in 2018"."""
        in_digits = base.last - base.first == 1 and self.low(base.first).isdecimal()
        year = in_digits and base.value in YEARS
        return base.value >= HUNDRED and base.value % STEP_OF_BASES == 0 and not year

    def quotient(self, index: int) -> Written | None:
        """A number over another, where nothing is counted: "one over twenty"."""
        head = self.one(index)
        link = self.grammar.divided.at(self.tokens, head.last) if head else None
        base = self.number(link.last) if link else None
        if not head or not base or base.value <= 0 or self._counts(base.last):
            return None
        money = index > 0 and not (self.tokens[index - 1].kind == "word" or self._signed(index))
        if money:
            return None
        value = head.value / base.value
        return Written(tidy(value), value / 10, index, base.last)

    def _counts(self, index: int) -> bool:
        return index < len(self.tokens) and self.tokens[index].kind == "word"

    def vague(self, index: int) -> Written | None:
        """An order of magnitude without a number: "dozens", "several hundred thousand"."""
        found = self.grammar.vague.at(self.tokens, index)
        if not found:
            return None
        (low, high), last = found.value, found.last
        of = self.grammar.part_of.at(self.tokens, last)
        factor = self._thousands(of.last if of else last)
        if factor:
            low, high, last = low * factor[0], high * factor[0], factor[1]
        return Written(0.0, 0.0, index, last, interval=(low, high))

    def _thousands(self, index: int) -> tuple[float, int] | None:
        """Return what multiplies a vague amount: "thousand", and "miles", itself a vague amount."""
        scale = self.scale(index)
        if scale:
            return scale if scale[0] >= THOUSAND else None
        found = self.grammar.vague.at(self.tokens, index)
        one = found and found.last == index + 1 and found.value[0] >= 2 * THOUSAND
        return (found.value[0] / 2, found.last) if found and one else None

    def ratio(self, index: int) -> Written | None:
        """A factor: "twice", "tripled", "five times as many"; change in percent: see `_change`."""
        found = self.grammar.multiples.at(self.tokens, index)
        if found:
            return Written(found.value, found.value / 10, index, found.last, "ratio")
        number = self.number(index)
        if not number:
            return None
        at = self._behind_hyphen(number.last)
        apart = len(self.low(at)) == 1 and not self.glued(at)  # "2 x 4"
        if self._is_factor(at) and not apart:
            return replace(number, last=at + 1, measure="ratio")
        if self.low(number.last) not in self.grammar.times:
            return None
        after = self.grammar.times_after.at(self.tokens, number.last + 1)
        return replace(number, last=after.last, measure="ratio") if after else None

    def quantity(self, index: int) -> Written | None:
        """The longest reading that starts at a token."""
        best = self.number(index)
        if best is None or self._more_than(best):
            for way in (self.ratio, self.vague, self.quotient, self.out_of, self.fraction):
                found = way(index)
                if found and (best is None or found.last > best.last):
                    best = found
        best = best or self._one_percent(index)
        if not best:
            return None
        part_of_one = best.value < 1 and self.low(best.last) in self.grammar.articles
        percent = self.grammar.percent.at(self.tokens, best.last + part_of_one)  # "half a percent"
        if percent and best.measure == "count" and not best.interval:
            best = replace(best, last=percent.last, measure="share", plain=False)
        return self._negated(self._change(best))

    def _one_percent(self, index: int) -> Written | None:
        """An article that is a number in front of a percent: German "ein Prozent"."""
        one = self.low(index) in self.grammar.one_percent
        percent = self.grammar.percent.at(self.tokens, index + 1) if one else None
        return Written(1.0, 1.0, index, index + 1) if percent else None

    def _more_than(self, number: Written) -> bool:
        """Say whether a number may be the start of something else."""
        grammar = self.grammar
        start, after = self.low(number.first), self.low(number.last)
        behind = self.low(number.last + 1)  # as in "eight videos out of ten"
        goes_on = after in grammar.goes_on or behind in grammar.out_of.by_first
        return start in grammar.other_starts or goes_on or after in SLASHES

    def _compared(self, index: int) -> tuple[int, int] | None:
        """Return the sign of words such as "fewer" or "de moins", and where they end."""
        for sign, phrases in ((1, self.grammar.up_after), (-1, self.grammar.down_after)):
            found = phrases.at(self.tokens, index)
            if found:
                return sign, found.last
        return None

    def _change(self, written: Written) -> Written:
        """A percentage that tells a change is a ratio: "up 40 percent", "a fifth fewer"."""
        if written.measure != "share":
            return written
        before = self._words_before(written.first)
        compared = self._compared(written.last)
        sign, last = compared or (self._arrow(written.first), written.last)
        level = self.grammar.level & set(before) or self._leads_to_another(written)
        if not (sign or level or self._to_another(last)):
            up, down = self.grammar.up_before & set(before), self.grammar.down_before & set(before)
            sign = bool(up) - bool(down)
        if not sign:
            return written
        factor = round(1 + sign * written.value / 100, 4)
        step = written.step / 100  # as the share itself is rounded
        return replace(written, value=factor, step=step, last=last, measure="ratio", interval=None)

    def _to_another(self, index: int) -> bool:
        """Say whether a percentage is the start of a change: "recuou de 0,06% para 0,05%"."""
        percent = self.tokens[index + 1 : index + 4]
        shares = any(self.grammar.percent.at(self.tokens, index + 1 + i) for i in range(3))
        return self.low(index) in self.grammar.level and shares and bool(percent)

    def _leads_to_another(self, written: Written) -> bool:
        """As in Spanish "del 43,1 por ciento en 2019 al 44,3": two levels, and their times."""
        led = self.grammar.range_from.ending(self.tokens, written.first)
        for at in range(written.last, min(written.last + TIME_BETWEEN, len(self.tokens) - 1)):
            if self.tokens[at].kind == "sign" or not led:
                return False
            if self.low(at) in self.grammar.level and self.tokens[at + 1].kind == "number":
                return True
        return False

    def _arrow(self, index: int) -> int:
        """Return the way that a sign before a percentage points: "+12%", "▼ 4.5 %", "(-5%)"."""
        before = self.low(index - 1) if index > self.floor else ""
        if before in MINUS and self.glued(index):
            return -1 if self.low(index - 2) == "(" else 0
        return ARROWS.get(before, 0)

    def _words_before(self, index: int) -> list[str]:
        """Return the few words in front of a number, up to a comma or the like.

        A particle of a verb is none of them: "taken down 99 percent", "took the material down in 87
        percent".
        """
        words: list[str] = []
        for at in range(index - 1, max(-1, index - 1 - LOOKED_BACK), -1):
            if self.tokens[at].kind == "sign" and self.low(at) not in DASHES:
                break
            reach = PARTED if self.low(at) in self.grammar.particles else 1
            led = {self.low(at - back) for back in range(1, reach + 1)}
            if self.grammar.particle_verbs.isdisjoint(led):
                words.append(self.low(at))
        return words

    def _signed(self, index: int) -> bool:
        """Say whether a minus stands before a number, as a sign or a word."""
        before = self.low(index - 1)
        if before in self.grammar.negative:
            hedge = self.grammar.hedges.ending(self.tokens, index)
            return hedge is None and index > self.floor
        if before not in MINUS or index <= self.floor:
            return False
        if self.low(index + 1) in DASHES and self.glued(index + 1):
            return False
        if self.glued(index):
            parted = index == 1 or not self.glued(index - 1)
            return parted and (index == 1 or self.tokens[index - 2].kind != "number")
        return index == 1  # a dash with a blank is a bullet, unless the number is all there is

    def _negated(self, written: Written) -> Written:
        """Return a number under the minus before it."""
        if written.measure == "ratio" or written.interval or not self._signed(written.first):
            return written
        blank = self.low(written.first - 1) in MINUS and not self.glued(written.first)
        if blank and written.last < len(self.tokens):
            return written
        return replace(written, value=-written.value, first=written.first - 1, plain=False)
