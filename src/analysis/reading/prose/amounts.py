"""Amounts in prose: numbers with their hedges, multipliers, ranges, shares and ratios.

An amount says what is written, no more: "1.9 million" is 1.85 to 1.95 million, "1,943,211" is
exact, "over 125,000" has no upper end. What the amount counts is not decided here.
"""

from dataclasses import replace

from analysis.model.schema import Amount, Bound
from analysis.reading.prose import languages
from analysis.reading.prose.number_grammar import grammar
from analysis.reading.prose.numerals import (
    HUNDRED,
    MINUS,
    PART_STEP,
    SLASHES,
    THOUSAND,
    Numbers,
    Part,
    Written,
    tidy,
)
from analysis.reading.prose.tokens import Found, Token, tokenize

CHANGE_REACH = 8  # words in front of "from" in which a verb such as "rose" may stand
LOOKED_BACK = 4  # words in front of a share that can make it a change
ABOUT_SHARE = 0.1
NEARLY_SHARE = 0.1
BASES = (3, 4, 5, 10, 20, 100, 1000, 10_000, 100_000)  # of shares such as "nine in ten"
ARROWS = {"+": 1, "▲": 1, "↑": 1, "△": 1, "⬆": 1, "▼": -1, "↓": -1, "▽": -1, "⬇": -1}
DASHES = ("-", "\u2013", "\u2014", "~")


class _Reader:
    """Reads the amounts of one text, left to right; every method starts at a token index."""

    def __init__(self, text: str, tokens: list[Token], language: str) -> None:
        self.text = text
        self.grammar = grammar(language)
        self.tokens = tokens
        self.numbers = Numbers(tokens, self.grammar)
        self.low = self.numbers.low
        self.floor = 0  # first token that no earlier amount has taken

    def fraction(self, index: int) -> Written | None:
        """A part: of a multiplier ("a quarter of a million"), of a whole, or by itself."""
        part = self.numbers.part(index)
        named = self.numbers.named(index)  # "una media de": an average
        if part is None or named or self._stretch(part):
            return None
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
        scale = self.numbers.scale(at)
        if not scale:
            return None
        value = tidy(part.value * scale[0])
        return Written(value, value / 5, index, scale[1], scale=scale[0])

    def _behind_hyphen(self, index: int) -> int:
        return index + (self.low(index) == "-" and self.numbers.glued(index + 1))

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
        compound = self.low(part.last) == "-" and self.numbers.glued(part.last)
        if self.low(at) in self.grammar.not_before or compound or self.numbers.ranked(part):
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
        head = self.numbers.one(index)
        if not head or head.value >= HUNDRED:
            return None
        link = self.grammar.out_of.at(self.tokens, head.last)
        noun = link is None and self._counts(head.last)  # "eight videos out of ten"
        if noun:
            link = self.grammar.out_of.at(self.tokens, head.last + 1)
        base = self.numbers.number(link.last) if link else None
        if not link or not base or head.value > base.value:
            return None
        plain = link.last - link.first > 1 and base.value > 1  # "out of"; "in" says much else
        loose = self.low(link.first) in self.grammar.said_of_time and self._counts(base.last)
        if (base.value not in BASES and (noun or not plain)) or (noun and loose):
            return None
        value, half = tidy(round(100 * head.value / base.value, 4)), 50 / base.value
        span = (max(0.0, value - half), min(100.0, value + half))
        return Written(value, 1.0, index, base.last, "share", span)

    def quotient(self, index: int) -> Written | None:
        """A number over another, where nothing is counted: "one over twenty"."""
        head = self.numbers.one(index)
        link = self.grammar.divided.at(self.tokens, head.last) if head else None
        base = self.numbers.number(link.last) if link else None
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
        """An order of magnitude without a number: "dozens", "tens of thousands"."""
        found = self.grammar.vague.at(self.tokens, index)
        if not found:
            return None
        return Written(0.0, 0.0, index, found.last, interval=found.value)

    def ratio(self, index: int) -> Written | None:
        """A factor: "twice", "tripled", "five times as many"; change in percent: see `_change`."""
        found = self.grammar.multiples.at(self.tokens, index)
        if found:
            return Written(found.value, found.value / 10, index, found.last, "ratio")
        number = self.numbers.number(index)
        if not number:
            return None
        at = self._behind_hyphen(number.last)
        if self.low(at) in self.grammar.factors and self._ends(at + 1):
            return replace(number, last=at + 1, measure="ratio")
        if self.low(number.last) not in self.grammar.times:
            return None
        after = self.grammar.times_after.at(self.tokens, number.last + 1)
        return replace(number, last=after.last, measure="ratio") if after else None

    def _ends(self, index: int) -> bool:
        """Say whether no number stands right here, as behind the "x" of "2x3"."""
        return index >= len(self.tokens) or self.tokens[index].kind != "number"

    def quantity(self, index: int) -> Written | None:
        """The longest reading that starts at a token."""
        best = self.numbers.number(index)
        if best is None or self._more_than(best):
            for way in (self.ratio, self.vague, self.out_of, self.fraction, self.quotient):
                found = way(index)
                if found and (best is None or found.last > best.last):
                    best = found
        if not best:
            return None
        percent = self.grammar.percent.at(self.tokens, best.last)
        if percent and best.measure == "count" and not best.interval:
            best = replace(best, last=percent.last, measure="share", plain=False)
        return self._negated(self._change(best))

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
        if not sign and not self.grammar.level & set(before) and not self._to_another(last):
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

    def _to_another(self, index: int) -> bool:
        """Say whether a percentage is the start of a change: "recuou de 0,06% para 0,05%"."""
        percent = self.tokens[index + 1 : index + 4]
        shares = any(self.grammar.percent.at(self.tokens, index + 1 + i) for i in range(3))
        return self.low(index) in self.grammar.level and shares and bool(percent)

    def _arrow(self, index: int) -> int:
        """Return the way that a sign before a percentage points: "+12%", "▼ 4.5 %", "(-5%)"."""
        before = self.low(index - 1) if index > self.floor else ""
        if before in MINUS and self.numbers.glued(index):
            return -1 if self.low(index - 2) == "(" else 0
        return ARROWS.get(before, 0)

    def _words_before(self, index: int) -> list[str]:
        """Return the few words in front of a number, up to a comma or the like.

        A particle of a verb is none of them: "taken down 99 percent", "made up 5 percent".
        """
        words: list[str] = []
        for at in range(index - 1, max(-1, index - 1 - LOOKED_BACK), -1):
            if self.tokens[at].kind == "sign" and self.low(at) not in DASHES:
                break
            if self.low(at - 1) not in self.grammar.particle_verbs:
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
        if self.low(index + 1) in DASHES and self.numbers.glued(index + 1):
            return False
        if self.numbers.glued(index):
            parted = index == 1 or not self.numbers.glued(index - 1)
            return parted and (index == 1 or self.tokens[index - 2].kind != "number")
        return index == 1  # a dash with a blank is a bullet, unless the number is all there is

    def _negated(self, written: Written) -> Written:
        """Return a number under the minus before it."""
        if written.measure == "ratio" or written.interval or not self._signed(written.first):
            return written
        blank = self.low(written.first - 1) in MINUS and not self.numbers.glued(written.first)
        if blank and written.last < len(self.tokens):
            return written
        return replace(written, value=-written.value, first=written.first - 1, plain=False)

    def read(self) -> list[Amount]:
        """Return the amounts of the text in order."""
        found: list[Amount] = []
        index, starts = 0, self.grammar.starts
        while index < len(self.tokens):
            token = self.tokens[index]
            possible = token.kind == "number" or token.low in starts
            written = self.quantity(index) if possible else None
            if not written:
                index += 1
                continue
            made, last = self._with_range(written)
            found += made
            index = self.floor = max(last, self.floor, index + 1)
        return found

    def _with_range(self, first: Written) -> tuple[list[Amount], int]:
        """Two numbers joined as a range are one amount; a change from one to another is two."""
        second = self._range_end(first)
        if not second:
            return [self._amount(first)], first.last
        share = self.out_of(second.first) if second.measure == "count" else None
        if share:  # "11 to 12 views in every 10,000"
            first, second = _divided_alike(first, second, share), share
        scale = 1.0 if share else self._shared_scale(first, second)
        low = replace(
            first, value=first.value * scale, step=first.step * scale, measure=second.measure
        )
        changed = self.grammar.range_from.ending(self.tokens, first.first)
        if changed and self._tells_of_change(changed, first, second):
            return [self._amount(low), self._amount(second)], second.last
        start = self._hedge(first)[0]
        span = (self.tokens[start].start, self.tokens[second.last - 1].end)
        text = self.text[slice(*span)]
        ends = (low.value, second.value)
        return [Amount(None, *ends, "between", span, text, second.measure)], second.last

    def _tells_of_change(self, opening: Found[bool], first: Written, second: Written) -> bool:
        """Say whether "from 200 to 300" is a change, and not what lies between."""
        if self.grammar.between.ending(self.tokens, first.first):
            return False
        told = {self.low(i) for i in range(max(0, opening.first - CHANGE_REACH), opening.last)}
        rises = second.value > first.value and self.grammar.change.isdisjoint(told)
        return not (rises and self.grammar.change)

    def _shared_scale(self, first: Written, second: Written) -> float:
        """Return the multiplier of "1.1 to 1.9 million", or of "5-6,000", for the first number."""
        if first.scale != 1 or first.value >= second.value:
            return 1.0
        if second.scale > 1:
            return second.scale if first.value * second.scale < second.value else 1.0
        close = first.plain and second.first == first.last + 1 and self.numbers.glued(first.last)
        grouped = not second.plain and second.step == 1 and second.value % THOUSAND == 0
        shared = close and grouped and first.value * THOUSAND < second.value
        return float(THOUSAND) if shared else 1.0

    def _chained(self, first: Written, second: Written) -> bool:
        """Say whether two numbers stand in a chain such as a date or a telephone number."""
        signs = (*DASHES, *SLASHES)
        before = self.low(first.first - 1) in signs and self.numbers.glued(first.first)
        after = self.low(second.last) in signs and self.numbers.glued(second.last)
        follows = self.numbers.glued(second.last + 1)
        return (before and self.numbers.glued(first.first - 1)) or (after and follows)

    def _lopsided(self, first: Written, second: Written) -> bool:
        """Say whether a dash stands close to one number and apart from the other."""
        close = self.numbers.glued(first.last), self.numbers.glued(second.first)
        return self.low(first.last) in DASHES and close[0] != close[1]

    def _range_end(self, first: Written) -> Written | None:
        """Return the number that closes a range opened by `first`."""
        if first.measure == "ratio" or first.interval:
            return None
        link = self.grammar.range_to.at(self.tokens, first.last)
        second = self.numbers.number(link.last) if link else None
        if not link or not second or self._lopsided(first, second):
            return None
        opened = self.grammar.between.ending(self.tokens, first.first)
        changed = self.grammar.range_from.ending(self.tokens, first.first)
        if self.low(link.first) in self.grammar.joins and not opened:
            return None
        if second.value <= first.value and not changed:
            return None
        if first.plain and 1900 <= first.value <= 2100 and not opened:
            return None
        if self._chained(first, second):
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
        after = self.grammar.after.at(self.tokens, written.last)
        if after and self._of_the_next(after):
            after = None
        if after and (not hedge or hedge.value == "about"):  # "about 500 or more" has no ceiling
            return hedge.first if hedge else start, after.value, after.last
        if hedge:
            return hedge.first, hedge.value, written.last
        return start, "", written.last

    def _of_the_next(self, after: Found[str]) -> bool:
        """Say whether a hedge stands between two numbers and belongs to the second."""
        before = self.grammar.hedges.ending(self.tokens, after.last)
        return before is not None and self.numbers.number(after.last) is not None

    def _amount(self, written: Written) -> Amount:
        start, hedge, last = self._hedge(written)
        self.floor = last
        span = (self.tokens[start].start, self.tokens[last - 1].end)
        text = self.text[slice(*span)]
        if written.interval and written.measure == "count":
            low, high = written.interval
            return Amount(None, low, high, "between", span, text, written.measure, vague=True)
        hedge = hedge or ("about" if written.milestone else "")
        low_, high_, bound = hedged_interval(written, hedge)
        return Amount(written.value, low_, high_, bound, span, text, written.measure)


def _divided_alike(first: Written, second: Written, share: Written) -> Written:
    """Return the first number of a range as the same kind of share as the second."""
    return replace(first, value=tidy(first.value * share.value / second.value), plain=False)


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
        return _rounded(value - NEARLY_SHARE * abs(value)), value, "under"
    if hedge == "under":
        return min(0.0, value), value, "under"
    if hedge == "about":
        reach = ABOUT_SHARE * abs(value)
        return _rounded(min(low, value - reach)), _rounded(max(high, value + reach)), "about"
    return min(value, _rounded(low)), max(value, _rounded(high)), "stated"


def _rounded(end: float) -> float:
    """Return the end of an interval without the dust of binary fractions."""
    return round(end, 6) if abs(end) >= 1 else tidy(end)


def rehedged(amount: Amount, bound: Bound) -> Amount:
    """Return an amount under the hedge of the list it stands in."""
    if amount.value is None:
        return amount
    hedge = {"over": "over", "about": "about"}.get(bound, "")
    low, high, made = hedged_interval(Written(amount.value, 1.0, 0, 1, amount.measure), hedge)
    return replace(amount, low=low, high=high, bound=made)


def read_amounts(text: str, tokens: list[Token], language: str) -> list[Amount]:
    """Return the amounts of a text whose tokens are known; `language` must have data files."""
    return _Reader(text, tokens, language).read()


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
    return read_amounts(text, tokenize(text), languages.choose(lang))
