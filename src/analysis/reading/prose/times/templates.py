"""Phrase templates of the language files, compiled to regular expressions.

A template is a row of words with blanks between them; ``[of]`` may be absent, ``(in|on)`` is one
of several, ``{slot}`` is filled from a list of the language. Beside its pattern a template knows
how the texts that match it begin and which words they hold, so that it is tried only where such
words stand.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.reading.prose.words.letters import bare, fold_letters

PART = re.compile(r"(\s*)(\[[^\]]+\]|\([^)]+\)|\{\w+\}|[^\s\[\](){}]+)")
BLANK = r"[\s\u200c-\u200f]++"  # possessive: a long run of blanks is walked over once
RUN = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Slot:
    """What may fill a slot: its pattern, and words that begin as its fillers do."""

    pattern: str
    words: tuple[str, ...]
    ending: str = ""  # pattern of what may be written onto it, outside its group

    @classmethod
    def of(cls, words: Iterable[str], ending: str = "") -> "Slot":
        """Return the slot that is filled by any of the words."""
        listed = tuple(map(str, words))
        return cls(alternatives(listed), listed, ending)


@dataclass(frozen=True, slots=True)
class Template:
    """A template ready for matching.

    ``starts`` are the ways in which a text that matches can begin; of each set of ``needs`` it
    holds one word at least, said in the same way: see `start_of`.
    """

    pattern: str
    starts: frozenset[str]
    needs: tuple[frozenset[str], ...]


def literal(text: str) -> str:
    """Return a pattern for words as they stand in folded text without vowel signs."""
    return re.escape(bare(fold_letters(text)))


def start_of(text: str) -> str:
    """Return how a text begins: its first letters, a zero for each of its first digits, its sign.

    >>> start_of("Half-year"), start_of("21st"), start_of("'19")
    ('half', '00', "'")
    """
    folded = bare(fold_letters(text)).lstrip()
    run = RUN.match(folded)
    return said(run.group()) if run else folded[:1]


def said(run: str) -> str:
    """Return a run of letters as it is, a run of digits as so many zeros."""
    return "0" * len(run) if run[:1].isdigit() else run


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest that fits; no words, no text.

    The words share their beginnings, so that a list of thousands is matched in one pass.

    >>> alternatives(["year", "half year", "half"]).replace(BLANK, "_")
    '(?:year|half(?:_year)?)'
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for piece in _pieces(word):
            node = node.setdefault(piece, {})
        node[""] = {}
    return _branch(tree) if tree else "(?!)"


def prefixed(words: Iterable[str], prefixes: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, of which many are others with a prefix.

    Those with the same prefixes are listed once: Arabic writes each number in a dozen ways.

    >>> prefixed(["ten", "two", "aten", "atwo", "one"], ["a"])
    '(?:(?:a)?t(?:en|wo)|one)'
    """
    known, listed = set(words), tuple(prefixes)
    roots: set[str] = set()
    for word in sorted(known, key=len):
        if not any(word.startswith(p) and word[len(p) :] in roots for p in listed):
            roots.add(word)
    alike: dict[tuple[str, ...], list[str]] = {}
    for root in sorted(roots):
        own = tuple(prefix for prefix in listed if prefix + root in known)
        alike.setdefault(own, []).append(root)
    groups = (
        (f"(?:{alternatives(own)})?" if own else "") + alternatives(group)
        for own, group in sorted(alike.items(), reverse=True)
    )
    return f"(?:{'|'.join(groups)})" if alike else "(?!)"


def _pieces(word: str) -> list[str]:
    """Return the pattern of each character of a word, blanks as one."""
    parts = [list(map(literal, part)) for part in word.replace("\u200c", " ").split()]
    return [p for i, part in enumerate(parts) for p in ([BLANK] if i else []) + part]


def _branch(node: Mapping[str, Any]) -> str:
    made = ""
    while len(node) == 1 and "" not in node:
        piece, node = next(iter(node.items()))
        made += piece
    rests = [piece + _branch(rest) for piece, rest in node.items() if piece]
    if not rests:
        return made
    return f"{made}(?:{'|'.join(rests)}){'?' if '' in node else ''}"


def _slot(part: str, slots: Mapping[str, Slot]) -> Slot:
    """Return what a part ``{name}`` or ``{name2}`` is filled from."""
    return slots[part[1:-1].rstrip("2")]


def _part(text: str, slots: Mapping[str, Slot]) -> str:
    if text.startswith("{"):
        slot = _slot(text, slots)
        return f"(?P<{text[1:-1]}>{slot.pattern}){slot.ending}"
    if text.startswith("("):
        return f"(?:{alternatives(text[1:-1].split('|'))})"
    return literal(text)


def compile_template(template: str, slots: Mapping[str, Slot]) -> Template:
    """Return one template over folded text, to be matched where a word begins."""
    parts = PART.findall(template)
    made, at_start = "", True
    for blank, part in parts:
        lead = BLANK if blank and not at_start else ""
        if part.startswith("["):
            inner = compile_inner(part[1:-1], slots)
            made += f"(?:{inner}{BLANK})?" if at_start else f"(?:{lead}{inner})?"
            continue
        made += lead + _part(part, slots)
        at_start = False
    needs = {need for need in _needs(parts, slots) if all(word[:1].isalnum() for word in need)}
    return Template(rf"(?:{made})(?![\w])", frozenset(_starts(parts, slots)), tuple(needs))


def _needs(parts: Sequence[tuple[str, str]], slots: Mapping[str, Slot]) -> Iterator[frozenset[str]]:
    """Yield sets of words of which every text that matches the parts holds one.

    They are the words that a part begins with, and those that come second where it has more:
    "two thousand" is found by its second word, which is rarer.
    """
    for index, (blank, part) in enumerate(parts):
        if part.startswith("[") or not (blank or index == 0):
            continue
        words, rest = _words(part, slots), parts[index + 1 :]
        yield frozenset(_beginnings(words, rest, slots))
        yield frozenset(_beginnings(map(_second, words), rest, slots))


def _second(phrase: str) -> str:
    """Return the second word of a phrase, of a single word itself."""
    return phrase.replace("\u200c", " ").split()[:2][-1]


def opening(prefixes: Iterable[str]) -> str:
    """Return a pattern for the start of a word, or for what follows a prefix written onto it."""
    behind = "".join(rf"|(?<=\b{fold_letters(prefix)})" for prefix in prefixes)
    return rf"(?:(?<![\w]){behind})"


def compile_inner(text: str, slots: Mapping[str, Slot]) -> str:
    """Return the pattern of the words inside ``[...]``."""
    return "".join(
        (BLANK if blank else "") + _part(part, slots) for blank, part in PART.findall(text)
    )


def _starts(parts: Sequence[tuple[str, str]], slots: Mapping[str, Slot]) -> set[str]:
    """Return how texts that match a row of parts can begin, the optional ones there or not."""
    found: set[str] = set()
    for index, (_, part) in enumerate(parts):
        if not part.startswith("["):
            return found | _beginnings(_words(part, slots), parts[index + 1 :], slots)
        found |= _starts(PART.findall(part[1:-1]), slots)
    return found


def _words(part: str, slots: Mapping[str, Slot]) -> Sequence[str]:
    """Return the words that a part is, or words that begin as they do."""
    if part.startswith("{"):
        return _slot(part, slots).words
    return part[1:-1].split("|") if part.startswith("(") else [part]


def _beginnings(
    words: Iterable[str], rest: Sequence[tuple[str, str]], slots: Mapping[str, Slot]
) -> set[str]:
    """Return how words can begin, with what is written onto them: ``vor{unit}`` as "vorjahr"."""
    onto = _starts(rest, slots) if rest and not rest[0][0] else set()
    return {
        start_of(word + more) for word in words for more in ("", *(onto if word.isalpha() else ()))
    }
