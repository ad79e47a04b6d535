"""Text as tokens with offsets, and phrases of tokens with what they mean.

Text is matched as `letters` folds it, one character for one, so that offsets hold.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, Literal, NamedTuple, TypeVar, cast

from analysis.reading.prose import languages
from analysis.reading.prose.letters import MARKS, bare, fold_letters

TokenKind = Literal["number", "word", "sign"]
V = TypeVar("V")

# Marks that group digits or part decimals; a blank does so only between groups of three. What is
# parted by more marks than a numeral has, such as an address or a date, is one number each.
NUMBER = (
    r"(?<![^\s(\[$\u20ac\u00a3<>~\u2248+\u2212-])[.,]\d++(?![.,]?\d)"
    r"|(?<!\d[.,])(?:"
    r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,\u066b]\d++)?"
    r"|\d{1,3}([.,\u060c\u066c'\u2019])\d{3}(?:\3\d{3})*+(?:(?!\3)[.,\u066b]\d++)?"
    r"|\d{1,2}(?:,\d{2}(?!\d))++,\d{3}(?:\.\d++)?"
    r"|\d++(?:[.,\u060c\u066b]\d++)?"
    r")(?![.,]?\d)"
    r"|\d++"
)
HIDDEN = r"\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # joiners, directions
QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'  # say who speaks, never what is counted
TOKEN = re.compile(
    rf"(?P<word>(?:[^\W\d_]++[{MARKS}]*+)++)|(?P<number>{NUMBER})"
    rf"|(?P<sign>[^\w\s{HIDDEN}{MARKS}{QUOTES}]|_)"
)


class Token(NamedTuple):
    """A number, word or sign. ``low`` is the text as it is matched: see `letters`.

    A tuple, since a page has thousands of them and tuples are made three times as fast.
    """

    kind: TokenKind
    text: str
    low: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether the token opens with a capital, or its script has none."""
        first = self.text[0]
        return first.isupper() or not (first.isupper() or first.islower())


def _matched_form(kind: str, text: str) -> str:
    """Return a token as it is matched."""
    if kind == "number":
        return text.replace("\u060c", ",")
    return bare(unicodedata.normalize("NFC", text).casefold()) if not text.isascii() else text


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text in order; white space and hidden characters are dropped.

    A numeral written as one word is parted at its thousand, and a sign of percent in front of
    its number is read behind it, as the languages' ``words.yaml`` say.

    >>> [t.text for t in tokenize("over 125,000 accounts, 1.9m posts")]
    ['over', '125,000', 'accounts', ',', '1.9', 'm', 'posts']
    >>> [t.low for t in tokenize("zweihunderttausend Konten, %95")]
    ['zweihundert', 'tausend', 'konten', ',', '95', '%']
    """
    tokens: list[Token] = []
    before = languages.percent_before()
    signs = False
    for match in TOKEN.finditer(fold_letters(text)):
        kind = cast(TokenKind, match.lastgroup)
        start, end = match.span()
        low = match.group()
        if not low.isascii() or kind == "number":
            low = _matched_form(kind, low)
        signs = signs or low in before
        token = Token(kind, text[start:end], low, start, end)
        if kind == "word" and _joint(token):
            tokens += _parted(token)
        else:
            tokens.append(token)
    return _percent_behind(tokens) if signs else tokens


def _unbared(token: Token) -> str:
    """Return a word folded, each letter where it stands in the text."""
    return token.low if len(token.low) == len(token.text) else fold_letters(token.text)


def _joint(token: Token) -> tuple[int, int] | None:
    return languages.numeral_joint(_unbared(token))


def _parted(token: Token) -> list[Token]:
    """Part a numeral such as "zweihunderttausend" at the word for thousand in it."""
    low, joint = _unbared(token), _joint(token)
    made: list[Token] = []
    if joint is None:
        return [token]
    for first, last in itertools.pairwise((0, *joint, len(low))):
        if first < last:
            part, start = token.text[first:last], token.start + first
            folded = _matched_form("word", low[first:last])
            made.append(Token("word", part, folded, start, start + len(part)))
    return made


def _percent_behind(tokens: list[Token]) -> list[Token]:
    """Read "%95" and "yüzde 95" as 95 with the sign behind; the last digit lends it a place."""
    made: list[Token] = []
    index = 0
    while index < len(tokens):
        sign, number = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else None
        before = tokens[index - 1] if index else None
        if (
            number is not None
            and number.kind == "number"
            and sign.low in languages.percent_before()
            and not (before and before.kind == "number")
        ):
            made.append(number._replace(text=sign.text, start=sign.start, end=number.end - 1))
            made.append(number._replace(kind="sign", text="%", low="%", start=number.end - 1))
            index += 2
            continue
        made.append(sign)
        index += 1
    return made


def glued(left: Token, right: Token) -> bool:
    """Say whether nothing stands between two tokens."""
    return left.end == right.start


@cache
def fold_phrase(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as they are matched."""
    words = fold_letters(phrase).split()
    if all(word.isalpha() and not languages.numeral_joint(word) for word in words):
        return tuple(_matched_form("word", word) for word in words)
    return tuple(token.low for token in tokenize(phrase))


@dataclass(frozen=True, slots=True)
class Found(Generic[V]):
    """A phrase found at tokens ``first`` up to, not including, ``last``."""

    first: int
    last: int
    value: V


@dataclass(slots=True)
class Phrases(Generic[V]):
    """Phrases by their first and by their last word, the longest first."""

    by_first: dict[str, list[tuple[tuple[str, ...], V]]] = field(default_factory=dict)
    by_last: dict[str, list[tuple[tuple[str, ...], V]]] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, V]]) -> "Phrases[V]":
        """Return the phrases of pairs of words and meaning."""
        made = cls()
        for phrase, value in pairs:
            words = fold_phrase(phrase)
            if words:
                made.by_first.setdefault(words[0], []).append((words, value))
                made.by_last.setdefault(words[-1], []).append((words, value))
        for options in (*made.by_first.values(), *made.by_last.values()):
            options.sort(key=lambda option: -len(option[0]))
        return made

    def at(self, tokens: Sequence[Token], index: int) -> Found[V] | None:
        """Return the longest phrase that starts at a token, None if there is none."""
        if index >= len(tokens):
            return None
        for words, value in self.by_first.get(tokens[index].low, ()):
            if stands_at(tokens, index, words):
                return Found(index, index + len(words), value)
        return None

    def ending(self, tokens: Sequence[Token], index: int) -> Found[V] | None:
        """Return the longest phrase that ends right before a token."""
        if index < 1:
            return None
        for words, value in self.by_last.get(tokens[index - 1].low, ()):
            first = index - len(words)
            if first >= 0 and stands_at(tokens, first, words):
                return Found(first, index, value)
        return None

    def all_starts(self, tokens: Sequence[Token]) -> Iterator[Found[V]]:
        """Yield every phrase at every token, those that overlap too."""
        lows, by_first = [token.low for token in tokens], self.by_first
        for index, low in enumerate(lows):
            for words, value in by_first.get(low, ()):
                length = len(words)
                if length == 1 or tuple(lows[index : index + length]) == words:
                    yield Found(index, index + length, value)

    def all(self, tokens: Sequence[Token]) -> Iterator[Found[V]]:
        """Yield every phrase, leftmost longest, none overlapping another."""
        by_first, free = self.by_first, 0
        for index in [i for i, token in enumerate(tokens) if token.low in by_first]:
            found = self.at(tokens, index) if index >= free else None
            if found:
                free = found.last
                yield found


def stands_at(tokens: Sequence[Token], first: int, words: tuple[str, ...]) -> bool:
    """Say whether words stand at a token and behind it."""
    if first + len(words) > len(tokens):
        return False
    for at, word in enumerate(words, first):  # noqa: SIM110 - a loop: twice as fast as all() here
        if tokens[at].low != word:
            return False
    return True
