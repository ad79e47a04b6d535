"""Amounts in prose: numbers with their hedges, multipliers, ranges, shares and ratios.

An amount says what is written, no more: "1.9 million" is 1.85 to 1.95 million, "1,943,211" is
exact, "over 125,000" has no upper end. What the amount counts is not decided here.
"""

from dataclasses import replace

from analysis.model.readings import Amount
from analysis.reading.prose import languages
from analysis.reading.prose.numbers.growing import THOUSAND, Written, tidy
from analysis.reading.prose.numbers.hedging import hedged_interval
from analysis.reading.prose.numbers.number_grammar import grammar
from analysis.reading.prose.numbers.parts import SLASHES
from analysis.reading.prose.numbers.quantities import DASHES, Quantities
from analysis.reading.prose.words.tokens import Found, Token, tokenize

UNHEDGED = "stated"  # what looks like a hedge and is none: "shot up to 9 million"
HEDGE_GAP = 4  # words inside a hedge
OPENING = ("", ",", "(", ":", ";", "–", "—")  # in front of a clause
CHANGE_REACH = 8  # words in front of "from" in which a verb such as "rose" may stand


class _Reader(Quantities):
    """Reads the amounts of one text, left to right: ranges, and what hedges them."""

    def __init__(self, text: str, tokens: list[Token], language: str) -> None:
        super().__init__(tokens, grammar(language))
        self.text = text

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
        if (
            changed
            and not self._dashed(first, second)
            and self._tells_of_change(changed, first, second)
        ):
            return [self._amount(low), self._amount(second)], second.last
        start = self._hedge(first)[0]
        span = (self.tokens[start].start, self.tokens[second.last - 1].end)
        text = self.text[slice(*span)]
        ends = (low.value, second.value)
        return [Amount(None, *ends, "between", span, text, second.measure)], second.last

    def _dashed(self, first: Written, second: Written) -> bool:
        """As in "rose from 0.06-0.07% to 0.08%": the dash joins the ends of a range."""
        dash = (
            first.value <= second.value
            and self.low(first.last) in DASHES
            and second.first == first.last + 1
        )
        return dash and self.glued(first.last) and self.glued(second.first)

    def _tells_of_change(self, opening: Found[bool], first: Written, second: Written) -> bool:
        """Say whether "from 200 to 300" is a change, and not what lies between.

        So is "from 1.1 to 1.9 million" where it opens the text or a clause.
        """
        if self.grammar.between.ending(self.tokens, first.first):
            return False
        told = {self.low(i) for i in range(max(0, opening.first - CHANGE_REACH), opening.last)}
        rises = second.value > first.value and self.grammar.change.isdisjoint(told)
        opens = second.scale > 1 and self.low(opening.first - 1) in OPENING
        return opens or not (rises and self.grammar.change)

    def _shared_scale(self, first: Written, second: Written) -> float:
        """Return the multiplier of "1.1 to 1.9 million", or of "5-6,000", for the first number."""
        if first.scale != 1 or first.value >= second.value:
            return 1.0
        if second.scale > 1:
            return second.scale if first.value * second.scale < second.value else 1.0
        close = first.plain and second.first == first.last + 1 and self.glued(first.last)
        grouped = not second.plain and second.step == 1 and second.value % THOUSAND == 0
        shared = close and grouped and first.value * THOUSAND < second.value
        return float(THOUSAND) if shared else 1.0

    def _chained(self, first: Written, second: Written) -> bool:
        """Say whether two numbers stand in a chain such as a date or a telephone number."""
        signs = (*DASHES, *SLASHES)
        before = self.low(first.first - 1) in signs and self.glued(first.first)
        after = self.low(second.last) in signs and self.glued(second.last)
        follows = self.glued(second.last + 1)
        return (before and self.glued(first.first - 1)) or (after and follows)

    def _lopsided(self, first: Written, second: Written) -> bool:
        """Say whether a dash stands close to one number and apart from the other."""
        close = self.glued(first.last), self.glued(second.first)
        return self.low(first.last) in DASHES and close[0] != close[1]

    def _range_end(self, first: Written) -> Written | None:
        """Return the number that closes a range opened by `first`."""
        if first.measure == "ratio" or first.interval:
            return None
        link = self.grammar.range_to.at(self.tokens, first.last)
        second = self.number(link.last) if link else None
        if not link or not second or self._lopsided(first, second):
            return None
        opened = self.grammar.between.ending(self.tokens, first.first)
        changed = self.grammar.range_from.ending(self.tokens, first.first)
        if self.low(link.first) in self.grammar.joins and not opened:
            return None
        if second.value <= first.value and not changed:
            return None
        digits = self.tokens[second.first].kind == "number"
        if first.value == 1 and self.tokens[first.first].kind == "word" and digits and not opened:
            return None  # "to block one to 392"
        if first.plain and 1900 <= first.value <= 2100 and not opened:
            return None
        if self._chained(first, second):
            return None
        return self._as_share(first, second, changed=bool(changed and not opened))

    def _as_share(self, first: Written, second: Written, *, changed: bool) -> Written | None:
        """Return the end of a range as the share that it is, none where it is no end of one."""
        percent = self.grammar.percent.at(self.tokens, second.last)
        if percent and first.measure == "share" and changed:
            return None  # "from 55% to 80%": shares so written are more often a change
        if percent:
            return replace(second, last=percent.last, measure="share")
        if first.measure == "share" and second.measure == "count" and second.value <= 100:
            number = self.tokens[first.first]
            in_front = not self.text[number.start].isdigit() and self.low(first.first)[:1].isdigit()
            return replace(second, measure="share") if in_front else None  # "%0,07-0,08"
        return second

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
        hedge = hedge or self._hedge_apart(written.first)
        if hedge and (hedge.first < self.floor or hedge.value == UNHEDGED):
            hedge = None
        if hedge and hedge.value == "over" and self._opens_a_change(hedge, written):
            hedge = None
        if hedge and hedge.value == "under" and self._ends_a_change(hedge):
            return hedge.first, "", written.last
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

    def _opens_a_change(self, hedge: Found[str], written: Written) -> bool:
        """As in Portuguese "passou de 1,2 para 1,8 milhão", where "passou de 1,2" is "over 1.2"."""
        verb = self.low(hedge.first) in self.grammar.change
        to = self.grammar.range_to.at(self.tokens, written.last)
        return verb and to is not None and self.number(to.last) is not None

    def _ends_a_change(self, hedge: Found[str]) -> bool:
        """As in Spanish "aumentó un 35 %, hasta 93.000": what it came to, and no bound."""
        to = self.grammar.range_to.at(self.tokens, hedge.first)
        at = hedge.first - (self.low(hedge.first - 1) == ",")
        reach = at if self.grammar.percent.ending(self.tokens, at) else CHANGE_REACH
        near = {self.low(i) for i in range(max(0, at - reach), at)}
        told = self.floor == at and not self.grammar.change.isdisjoint(near)
        adjoins = self.low(at - 1) in self.grammar.change
        return to is not None and to.last == hedge.last and (told or adjoins)

    def _hedge_apart(self, index: int) -> Found[str] | None:
        """Return a hedge with other words in it, as in Arabic "exceeds in number 300"."""
        heads = self.grammar.apart.get(self.low(index - 1))
        if heads is None:
            return None
        for end in range(index - 2, max(self.floor, index - 2 - HEDGE_GAP), -1):
            head = heads.ending(self.tokens, end)
            if head:
                return Found(head.first, index, head.value)
            if self.tokens[end - 1].kind != "word":
                break
        return None

    def _of_the_next(self, after: Found[str]) -> bool:
        """Say whether a hedge stands between two numbers and belongs to the second."""
        before = self.grammar.hedges.ending(self.tokens, after.last)
        return before is not None and self.number(after.last) is not None

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
        ISO 639-1 code; one without data files is read as English, with a
        `LanguageWarning`.

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
