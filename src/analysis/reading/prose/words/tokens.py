"""Text as tokens with offsets, and phrases of tokens with what they mean.

Text is matched as `letters` folds it, one character for one, so that offsets hold.
"""

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, Literal, NamedTuple, TypeVar

from analysis.reading.prose import languages
from analysis.reading.prose.words.letters import MARKS, bare, fold_letters

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


def _matched_form(kind: str | None, text: str) -> str:
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
    folded = fold_letters(text)
    made, add = tuple.__new__, tokens.append  # most of the time would go into Token's own __new__
    for match in TOKEN.finditer(folded):
        kind = match.lastgroup
        start, end = match.span()
        low = match.group()
        if kind == "number" or not low.isascii():
            low = _matched_form(kind, low)
        add(made(Token, (kind, text[start:end], low, start, end)))
    joints = [joint for joint in languages.numeral_joints() if joint in folded]
    if joints:
        parted = (_parted(t) if any(j in t.low for j in joints) else (t,) for t in tokens)
        tokens = [part for parts in parted for part in parts]
    before = languages.percent_before()
    return tokens if before.isdisjoint([token.low for token in tokens]) else _percent_behind(tokens)


def _unbared(token: Token) -> str:
    """Return a word folded, each letter where it stands in the text."""
    return token.low if len(token.low) == len(token.text) else fold_letters(token.text)


def _parted(token: Token) -> list[Token]:
    """Part a numeral such as "zweihunderttausend" at the word for thousand in it."""
    low = _unbared(token)
    joint = languages.numeral_joint(low) if token.kind == "word" else None
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


class Found(NamedTuple, Generic[V]):
    """A phrase found at tokens ``first`` up to, not including, ``last``."""

    first: int
    last: int
    value: V


Listed = tuple[tuple[str, ...], V]
Index = tuple[dict[str, tuple[V, ...]], dict[tuple[str, str], tuple[Listed[V], ...]]]


def _indexed(listed: Iterable[Listed[V]], one: int, two: int) -> Index[V]:
    """Return what stands alone by its word, and what is longer by two of its words.

    Many phrases begin with "the", few with "the same". All is in tuples, over which the collector
    of garbage does not walk: there are hundreds of thousands.
    """
    alone: dict[str, list[V]] = defaultdict(list)
    longer: dict[tuple[str, str], list[Listed[V]]] = defaultdict(list)
    for words, value in listed:
        entry = alone[words[one]]
        if len(words) == 1:
            entry.append(value)
        else:
            longer[words[one], words[two]].append((words, value))
    return (
        {word: tuple(values) for word, values in alone.items()},
        {pair: tuple(options) for pair, options in longer.items()},
    )


@dataclass(slots=True)
class Phrases(Generic[V]):
    """Phrases by their words, the longest first.

    ``by_first`` leads every first word to what that word means alone, often nothing; ``longer``
    the first two words to the phrases that they begin. Those by their last words are made when
    they are asked for, since few lists are.
    """

    listed: tuple[Listed[V], ...]
    by_first: dict[str, tuple[V, ...]]
    longer: dict[tuple[str, str], tuple[Listed[V], ...]]
    _backward: Index[V] | None = None
    _long: frozenset[str] | None = None

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, V]]) -> "Phrases[V]":
        """Return the phrases of pairs of words and meaning."""
        folded = ((fold_phrase(phrase), value) for phrase, value in pairs)
        listed = sorted((p for p in folded if p[0]), key=lambda p: -len(p[0]))
        return cls(tuple(listed), *_indexed(listed, 0, 1))

    def backward(self) -> Index[V]:
        """Return the phrases by their last word, and by their last two."""
        if self._backward is None:
            self._backward = _indexed(self.listed, -1, -2)
        return self._backward

    @property
    def opening_longer(self) -> frozenset[str]:
        """The words that phrases of several words begin with."""
        if self._long is None:
            self._long = frozenset(first for first, _ in self.longer)
        return self._long

    def at(self, tokens: Sequence[Token], index: int) -> Found[V] | None:
        """Return the longest phrase that starts at a token, None if there is none."""
        alone = self.by_first.get(tokens[index].low) if index < len(tokens) else None
        if alone is None:
            return None
        if index + 1 < len(tokens):
            pair = (tokens[index].low, tokens[index + 1].low)
            for words, value in self.longer.get(pair, ()):
                if stands_at(tokens, index, words):
                    return Found(index, index + len(words), value)
        return Found(index, index + 1, alone[0]) if alone else None

    def ending(self, tokens: Sequence[Token], index: int) -> Found[V] | None:
        """Return the longest phrase that ends right before a token."""
        by_last, longer = self.backward()
        alone = by_last.get(tokens[index - 1].low) if index > 0 else None
        if alone is None:
            return None
        if index > 1:
            for words, value in longer.get((tokens[index - 1].low, tokens[index - 2].low), ()):
                first = index - len(words)
                if first >= 0 and stands_at(tokens, first, words):
                    return Found(first, index, value)
        return Found(index - 1, index, alone[0]) if alone else None

    def all_starts(self, tokens: Sequence[Token]) -> Iterator[Found[V]]:
        """Yield every phrase at every token, those that overlap too."""
        by_first, longer = self.by_first, self.longer
        for index in [i for i, token in enumerate(tokens) if token.low in by_first]:
            low = tokens[index].low
            if index + 1 < len(tokens):
                for words, value in longer.get((low, tokens[index + 1].low), ()):
                    if stands_at(tokens, index, words):
                        yield Found(index, index + len(words), value)
            for value in by_first[low]:
                yield Found(index, index + 1, value)

    def all(self, tokens: Sequence[Token]) -> Iterator[Found[V]]:
        """Yield every phrase, leftmost longest, none overlapping another."""
        by_first = self.by_first
        if by_first:
            yield from self.among(tokens, [i for i, t in enumerate(tokens) if t.low in by_first])

    def among(self, tokens: Sequence[Token], starts: Iterable[int]) -> Iterator[Found[V]]:
        """Yield the phrases that begin at some tokens, in order, none overlapping another."""
        free = 0
        for index in starts:
            found = self.at(tokens, index) if index >= free else None
            if found:
                free = found.last
                yield found

    def inside(self, tokens: Sequence[Token]) -> frozenset[int]:
        """Return the places of the tokens that belong to a phrase."""
        return frozenset(i for hit in self.all(tokens) for i in range(hit.first, hit.last))


def stands_at(tokens: Sequence[Token], first: int, words: tuple[str, ...]) -> bool:
    """Say whether words stand at a token and behind it."""
    if first + len(words) > len(tokens):
        return False
    for at, word in enumerate(words, first):  # noqa: SIM110 - a loop: twice as fast as all() here
        if tokens[at].low != word:
            return False
    return True
