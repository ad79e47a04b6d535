"""Text as tokens with offsets, and phrases of tokens with what they mean.

Digits of every script are read as ASCII digits, one for one, so that offsets hold.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, Literal, TypeVar

TokenKind = Literal["number", "word", "sign"]
V = TypeVar("V")

# Marks that group digits or part decimals; a blank does so only between groups of three.
NUMBER = (
    r"\d+(?:[.,\u066b\u066c'\u2019]\d+)*(?:[ \u00a0\u202f\u2009]\d{3}(?!\d))*(?:[.,\u066b]\d+)?"
)
TOKEN = re.compile(
    rf"(?P<number>{NUMBER})|(?P<word>[^\W\d_]+[\u0300-\u036f\u064b-\u0652]*)|(?P<sign>[^\w\s]|_)"
)


@cache
def digit_table() -> Mapping[int, str]:
    """Return the translation of every decimal digit to its ASCII form."""
    return {
        code: str(unicodedata.digit(chr(code)))
        for code in range(128, sys.maxunicode + 1)
        if unicodedata.category(chr(code)) == "Nd"
    }


def with_ascii_digits(text: str) -> str:
    """Return text of the same length with every decimal digit in ASCII.

    >>> with_ascii_digits("۶۵۰۰ حساب")
    '6500 حساب'
    """
    return text if text.isascii() else text.translate(digit_table())


@dataclass(frozen=True, slots=True)
class Token:
    """A number, word or sign. ``low`` is the text case-folded, digits in ASCII."""

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


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text in order; white space is dropped.

    >>> [t.text for t in tokenize("over 125,000 accounts, 1.9m posts")]
    ['over', '125,000', 'accounts', ',', '1.9', 'm', 'posts']
    """
    plain = with_ascii_digits(text)
    return [
        Token(m.lastgroup, text[m.start() : m.end()], m.group().casefold(), m.start(), m.end())  # type: ignore[arg-type]
        for m in TOKEN.finditer(plain)
    ]


def glued(left: Token, right: Token) -> bool:
    """Say whether nothing stands between two tokens."""
    return left.end == right.start


@cache
def fold_phrase(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as they are matched."""
    return tuple(token.low for token in tokenize(phrase))


@dataclass(frozen=True, slots=True)
class Found(Generic[V]):
    """A phrase found at tokens ``first`` up to, not including, ``last``."""

    first: int
    last: int
    value: V


@dataclass(slots=True)
class Phrases(Generic[V]):
    """Phrases by their first word, the longest first."""

    by_first: dict[str, list[tuple[tuple[str, ...], V]]] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, V]]) -> "Phrases[V]":
        """Return the phrases of pairs of words and meaning."""
        made = cls()
        for phrase, value in pairs:
            words = fold_phrase(phrase)
            if words:
                made.by_first.setdefault(words[0], []).append((words, value))
        for options in made.by_first.values():
            options.sort(key=lambda option: -len(option[0]))
        return made

    def at(self, tokens: list[Token], index: int) -> Found[V] | None:
        """Return the longest phrase that starts at a token, None if there is none."""
        if index >= len(tokens):
            return None
        for words, value in self.by_first.get(tokens[index].low, ()):
            last = index + len(words)
            if last <= len(tokens) and all(
                tokens[index + k].low == word for k, word in enumerate(words)
            ):
                return Found(index, last, value)
        return None

    def ending(self, tokens: list[Token], index: int, reach: int = 6) -> Found[V] | None:
        """Return the longest phrase that ends right before a token."""
        for first in range(max(0, index - reach), index):
            for words, value in self.by_first.get(tokens[first].low, ()):
                if first + len(words) == index and all(
                    tokens[first + k].low == word for k, word in enumerate(words)
                ):
                    return Found(first, index, value)
        return None

    def all(self, tokens: list[Token]) -> Iterator[Found[V]]:
        """Yield every phrase, leftmost longest, none overlapping another."""
        index = 0
        while index < len(tokens):
            found = self.at(tokens, index)
            if found:
                yield found
            index = found.last if found else index + 1
