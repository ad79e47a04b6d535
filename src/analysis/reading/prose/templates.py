"""Phrase templates of the language files, compiled to regular expressions.

A template is a row of words with blanks between them; ``[of]`` may be absent, ``(in|on)`` is one
of several, ``{slot}`` is filled from a list of the language.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from analysis.reading.prose.letters import bare, fold_letters

PART = re.compile(r"(\s*)(\[[^\]]+\]|\([^)]+\)|\{\w+\}|[^\s\[\](){}]+)")
BLANK = r"[\s\u200c-\u200f]+"


def literal(text: str) -> str:
    """Return a pattern for words as they stand in folded text without vowel signs."""
    return re.escape(bare(fold_letters(text)))


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest that fits.

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
    return _branch(tree)


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


def _part(text: str, slots: Mapping[str, str]) -> str:
    if text.startswith("{"):
        name = text[1:-1]
        kind = name.rstrip("2")
        return f"(?P<{name}>{slots[kind]}){slots.get(f'{kind}_end', '')}"
    if text.startswith("("):
        return f"(?:{alternatives(text[1:-1].split('|'))})"
    return literal(text)


def compile_template(
    template: str, slots: Mapping[str, str], prefixes: Iterable[str] = ()
) -> re.Pattern[str]:
    """Return the pattern of one template over folded text, its first word with any prefix."""
    made, at_start = "", True
    for blank, part in PART.findall(template):
        lead = BLANK if blank and not at_start else ""
        if part.startswith("["):
            inner = compile_inner(part[1:-1], slots)
            made += f"(?:{inner}{BLANK})?" if at_start else f"(?:{lead}{inner})?"
            continue
        made += lead + _part(part, slots)
        at_start = False
    return re.compile(rf"{opening(prefixes)}(?:{made})(?![\w])")


def opening(prefixes: Iterable[str]) -> str:
    """Return a pattern for the start of a word, or for what follows a prefix written onto it."""
    behind = "".join(rf"|(?<=\b{fold_letters(prefix)})" for prefix in prefixes)
    return rf"(?:(?<![\w]){behind})"


def compile_inner(text: str, slots: Mapping[str, str]) -> str:
    """Return the pattern of the words inside ``[...]``."""
    return BLANK.join(_part(part, slots) for _, part in PART.findall(text))
