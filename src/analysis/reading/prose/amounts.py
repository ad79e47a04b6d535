"""Amounts in prose: numbers with their hedges, multipliers, ranges, shares and ratios.

An amount says what is written, no more: "1.9 million" is 1.85 to 1.95 million, "1,943,211" is
exact, "over 125,000" has no upper end. What the amount counts is not decided here.
"""

from dataclasses import dataclass, replace

from analysis.model.schema import Amount, Bound, Measure
from analysis.reading.prose import languages
from analysis.reading.prose.number_grammar import grammar, parse_numeral
from analysis.reading.prose.tokens import glued, tokenize

ABOUT_SHARE = 0.1
NEARLY_SHARE = 0.1
MILESTONE = 1000  # "the 250,000th piece" says how many there are, "the 18th" does not


@dataclass(frozen=True, slots=True)
class Written:
    """A number as written: its value, the step of its last written digit, and its tokens."""

    value: float
    step: float
    first: int
    last: int
    measure: Measure = "count"
    interval: tuple[float, float] | None = None
    plain: bool = False
    milestone: bool = False


class _Reader:
    """Reads the amounts of one text, left to right; every method starts at a token index."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.grammar = grammar(language)
        self.tokens = tokenize(text)
        self.floor = 0  # first token that no earlier amount has taken

    def low(self, index: int) -> str:
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""

    def numeral(self, index: int) -> Written | None:
        token = self.tokens[index]
        if token.kind != "number" or self._part_of_word(index):
            return None
        scale, last = self._scales(index + 1)
        percent = self.grammar.percent.at(self.tokens, last)
        value, step = parse_numeral(
            token.low, self.grammar.decimal, scaled=scale != 1 or percent is not None
        )
        if self._ordinal(index):
            return (
                replace(Written(value, step, index, index + 2), milestone=True)
                if value >= MILESTONE
                else None
            )
        plain = scale == 1 and token.low.isdigit()
        return Written(value * scale, step * scale, index, last, plain=plain)

    def _part_of_word(self, index: int) -> bool:
        """A number inside a name or an ordinal, as in 8chan, 18th, Q1, A-10, is no amount."""
        tokens, token = self.tokens, self.tokens[index]
        before = tokens[index - 1] if index else None
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if before and glued(before, token) and before.kind == "word" and before.text.isascii():
            return True
        if after and glued(token, after) and after.kind == "word" and after.text.isascii():
            known = after.low in self.grammar.glued or self._ordinal(index)
            return not known and self._not_scale(index + 1)
        return False

    def _ordinal(self, index: int) -> bool:
        """Say whether a number is an ordinal, as in "the 250,000th piece"."""
        if index + 1 >= len(self.tokens) or not glued(self.tokens[index], self.tokens[index + 1]):
            return False
        return self.low(index + 1) in self.grammar.ordinal_endings

    def _not_scale(self, index: int) -> bool:
        return self.grammar.scales.at(self.tokens, index) is None

    def _scales(self, index: int) -> tuple[float, int]:
        """Return the product of the scale words from a token on, and where they end."""
        scale = 1.0
        while index < len(self.tokens):
            token = self.tokens[index]
            behind = index and glued(self.tokens[index - 1], token)
            if behind and token.low in self.grammar.glued:
                scale, index = scale * self.grammar.glued[token.low], index + 1
                continue
            join = index + 1 if token.low == "-" and behind else index
            found = self.grammar.scales.at(self.tokens, join)
            if not found:
                break
            scale, index = scale * found.value, found.last
        return scale, index

    def words(self, index: int) -> Written | None:
        """A number in words: "twenty-three", "two hundred thousand", "half a million"."""
        total = current = 0.0
        step, last, seen, at = 1.0, index, False, index
        if self.low(at) in self.grammar.articles:
            found = self.grammar.scales.at(self.tokens, at + 1)
            if not found:
                return None
            current, seen, at = 1.0, True, at + 1
        while at < len(self.tokens):
            number = self.grammar.words.at(self.tokens, at)
            scale = self.grammar.scales.at(self.tokens, at) if seen else None
            if scale:
                step = scale.value * (step if at == last and step > 1 else 1.0)
                last = at = scale.last
                current = max(current, 1.0) * scale.value
                if scale.value > 100:
                    total, current = total + current, 0.0
            elif number:
                current, seen, step = current + number.value, True, 1.0
                last = at = number.last
            elif seen and (self.low(at) in self.grammar.joins or self.low(at) == "-"):
                if not self.grammar.words.at(self.tokens, at + 1) or (
                    self.low(at) != "-" and step == 1.0
                ):
                    break
                at += 1
            else:
                break
        if last == index:
            return None
        half = self._and_a_half(last) if step > 1 else None
        if half:
            return Written(total + current + step / 2, step / 10, index, half)
        return Written(total + current, step, index, last)

    def _and_a_half(self, index: int) -> int | None:
        """Return where "and a half" behind a scale ends."""
        at = index + 2 if self.low(index + 1) in self.grammar.articles else index + 1
        joined = self.low(index) in self.grammar.joins
        return at + 1 if joined and self.grammar.fractions.get(self.low(at)) == 0.5 else None

    def fraction(self, index: int) -> Written | None:
        """A part: of a scale ("a quarter of a million") or of a whole ("three-quarters")."""
        head = self.words(index)
        at, times = index, 1.0
        if head and self.low(head.last - 1) not in self.grammar.fractions:
            times, at = head.value, head.last + (self.low(head.last) == "-")
        elif self.low(at) in self.grammar.articles:
            at += 1
        part = self.grammar.fractions.get(self.low(at))
        if part is None or self.low(at - 1) in self.grammar.not_after:
            return None
        return self._part_of_scale(index, at, times * part) or self._share(
            index, at, times, times * part
        )

    def _part_of_scale(self, index: int, at: int, part: float) -> Written | None:
        of = self.grammar.part_of.at(self.tokens, at + 1)
        scale_at = of.last if of else at + 1
        scale_at += self.low(scale_at) in self.grammar.articles
        scale = self.grammar.scales.at(self.tokens, scale_at)
        if not scale:
            return None
        return Written(part * scale.value, part * scale.value / 5, index, scale.last)

    def _share(self, index: int, at: int, times: float, part: float) -> Written | None:
        of = self.grammar.part_of.at(self.tokens, at + 1)
        comparing = self._compared(at + 1) is not None
        if (of is None and times == 1.0 and not comparing) or not 0 < part < 1:
            return None
        value = round(100 * part, 1)
        return Written(value, 1.0, index, at + 1, "share", (value - 2, value + 2))

    def out_of(self, index: int) -> Written | None:
        """A share given as so many in so many: "nine in ten", "9 out of 10"."""
        head = self.numeral(index) or self.words(index)
        if not head or head.value > 99:
            return None
        link = self.grammar.out_of.at(self.tokens, head.last)
        base = link and (self._number(link.last))
        if not base or base.value not in (3, 4, 5, 10, 20, 100) or head.value > base.value:
            return None
        value, half = round(100 * head.value / base.value, 1), 50 / base.value
        span = (max(0.0, value - half), min(100.0, value + half))
        return Written(value, 1.0, index, base.last, "share", span)

    def vague(self, index: int) -> Written | None:
        found = self.grammar.vague.at(self.tokens, index)
        if not found:
            return None
        return Written(0.0, 0.0, index, found.last, interval=found.value)

    def _number(self, index: int) -> Written | None:
        if index >= len(self.tokens):
            return None
        return self.numeral(index) or self.words(index)

    def ratio(self, index: int) -> Written | None:
        """A factor: "twice", "tripled", "five times as many"; change in percent: see `_change`."""
        found = self.grammar.multiples.at(self.tokens, index)
        if found:
            return Written(found.value, found.value / 10, index, found.last, "ratio")
        number = self._number(index)
        if not number or self.low(number.last) not in self.grammar.times:
            return None
        after = self.grammar.times_after.at(self.tokens, number.last + 1)
        return replace(number, last=after.last, measure="ratio") if after else None

    def quantity(self, index: int) -> Written | None:
        """The longest reading that starts at a token."""
        if index >= len(self.tokens):
            return None
        token = self.tokens[index]
        if token.kind != "number" and token.low not in self.grammar.starts:
            return None
        ways = (self.ratio, self.vague, self.out_of, self.fraction, self._number)
        readings = [w for w in (way(index) for way in ways) if w]
        if not readings:
            return None
        best = max(readings, key=lambda w: w.last)
        percent = self.grammar.percent.at(self.tokens, best.last)
        if percent and best.measure == "count":
            best = replace(best, last=percent.last, measure="share", plain=False)
        return self._change(best)

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
        before = [self.low(written.first - k) for k in (1, 2, 3, 4)]
        compared = self._compared(written.last)
        sign, last = compared or (0, written.last)
        if not sign and not self.grammar.level & set(before):
            up, down = self.grammar.up_before & set(before), self.grammar.down_before & set(before)
            sign = bool(up) - bool(down)
        if not sign:
            return written
        factor = round(1 + sign * written.value / 100, 4)
        return replace(
            written,
            value=factor,
            step=written.step / 100,
            last=last,
            measure="ratio",
            interval=None,
        )

    def read(self) -> list[Amount]:
        found: list[Amount] = []
        index = 0
        while index < len(self.tokens):
            written = self.quantity(index)
            if not written:
                index += 1
                continue
            made, last = self._with_range(written)
            found += made
            index = self.floor = max(last, index + 1)
        return found

    def _with_range(self, first: Written) -> tuple[list[Amount], int]:
        """Two numbers joined as a range are one amount; a change from one to another is two."""
        second = self._range_end(first)
        if not second:
            return [self._amount(first)], first.last
        scale = self._shared_scale(first, second)
        low = replace(
            first, value=first.value * scale, step=first.step * scale, measure=second.measure
        )
        if self.grammar.range_from.ending(self.tokens, first.first):
            return [self._amount(low), self._amount(second)], second.last
        start = self._hedge(first)[0]
        span = (self.tokens[start].start, self.tokens[second.last - 1].end)
        text = self.text[slice(*span)]
        ends = (low.value, second.value)
        return [Amount(None, *ends, "between", span, text, second.measure)], second.last

    def _shared_scale(self, first: Written, second: Written) -> float:
        """Return the multiplier of "1.1 to 1.9 million" that stands only behind the second."""
        scale, _ = self._scales(second.first + 1)
        alone = self._scales(first.first + 1)[0] == 1
        return scale if alone and first.value < second.value / scale else 1.0

    def _range_end(self, first: Written) -> Written | None:
        """Return the number that closes a range opened by `first`."""
        if first.measure == "ratio" or first.interval:
            return None
        link = self.grammar.range_to.at(self.tokens, first.last)
        second = link and self._number(link.last)
        if not link or not second:
            return None
        opened = self.grammar.between.ending(self.tokens, first.first)
        changed = self.grammar.range_from.ending(self.tokens, first.first)
        if self.low(link.first) in self.grammar.joins and not opened:
            return None
        if second.value <= first.value and not changed:
            return None
        if first.plain and 1900 <= first.value <= 2100 and not opened:
            return None
        percent = self.grammar.percent.at(self.tokens, second.last)
        return replace(second, last=percent.last, measure="share") if percent else second

    def _hedge(self, written: Written) -> tuple[int, str, int]:
        """Return where the phrase starts with its hedge, the hedge, and where it ends."""
        start, at = written.first, written.first
        hedge = self.grammar.hedges.ending(self.tokens, at)
        while not hedge:
            skipped = self.grammar.skip.ending(self.tokens, at)
            if not skipped or written.first - skipped.first > 4:
                break
            at = skipped.first
            hedge = self.grammar.hedges.ending(self.tokens, at)
        if hedge and hedge.first < self.floor:
            hedge = None
        opened = self.grammar.between.ending(self.tokens, written.first)
        if opened and not hedge:
            return opened.first, "", written.last
        if hedge:
            return hedge.first, hedge.value, written.last
        after = self.grammar.after.at(self.tokens, written.last)
        if after:
            return start, after.value, after.last
        return start, "", written.last

    def _amount(self, written: Written) -> Amount:
        start, hedge, last = self._hedge(written)
        span = (self.tokens[start].start, self.tokens[last - 1].end)
        text = self.text[slice(*span)]
        if written.interval and written.measure == "count":
            low, high = written.interval
            return Amount(None, low, high, "between", span, text, written.measure, vague=True)
        hedge = hedge or ("about" if written.milestone else "")
        low_, high_, bound = hedged_interval(written, hedge)
        return Amount(written.value, low_, high_, bound, span, text, written.measure)


def hedged_interval(written: Written, hedge: str) -> tuple[float | None, float | None, Bound]:
    """Return the interval that wording and rounding allow, and the bound that the hedge puts.

    A bare number is as exact as its last written digit. "About" allows a tenth, or the last
    written digit where that is finer; "nearly" lies at most a tenth below; "under" has no floor
    but zero, "over" no ceiling.
    """
    value, half = written.value, written.step / 2
    low, high = written.interval or (
        (value, value)
        if written.step <= 1 and value == int(value)
        else (value - half, value + half)
    )
    if hedge == "over":
        return value, None, "over"
    if hedge == "nearly":
        return round(value * (1 - NEARLY_SHARE), 6), value, "under"
    if hedge == "under":
        return 0.0, value, "under"
    if hedge == "about":
        reach = ABOUT_SHARE * value
        return round(min(low, value - reach), 6), round(max(high, value + reach), 6), "about"
    return round(low, 6), round(high, 6), "stated"


def rehedged(amount: Amount, bound: Bound) -> Amount:
    """Return an amount under the hedge of the list it stands in."""
    if amount.value is None:
        return amount
    hedge = {"over": "over", "about": "about"}.get(bound, "")
    low, high, made = hedged_interval(Written(amount.value, 1.0, 0, 1, amount.measure), hedge)
    return replace(amount, low=low, high=high, bound=made)


def amounts(text: str, lang: str = "en") -> list[Amount]:
    """Return every number written in a text, with the interval that its writing allows.

    Parameters
    ----------
    text : str
        Prose in one language.
    lang : str
        ISO 639-1 code; a language without data files is read as English.

    Returns
    -------
    list of Amount
        In the order of the text. Years, days of dates and other numbers are among them:
        whether an amount is a moderation figure is decided by `analysis.extract`.

    Examples
    --------
    >>> [(a.value, a.low, a.high, a.bound) for a in amounts("over 125,000 accounts")]
    [(125000.0, 125000.0, None, 'over')]
    >>> [(a.value, a.low, a.high) for a in amounts("between 5,000 and 6,000 posts")]
    [(None, 5000.0, 6000.0)]
    """
    return _Reader(text, languages.choose(lang)).read()
