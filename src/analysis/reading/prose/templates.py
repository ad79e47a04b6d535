"""Phrase templates of the language files, compiled to regular expressions.

A template is a row of words with blanks between them; ``[of]`` may be absent, ``(in|on)`` is one
of several, ``{slot}`` is filled from a list of the language.
"""

import re
from collections.abc import Iterable, Mapping

from analysis.reading.prose.tokens import fold_letters

PART = re.compile(r"(\s*)(\[[^\]]+\]|\([^)]+\)|\{\w+\}|[^\s\[\](){}]+)")
BLANK = r"[\s\u200c-\u200f]+"
LETTER = re.compile(r"([\u0620-\u064a\u066e-\u06d3])")
SILENT = r"[\u0640\u064b-\u0652\u0654\u0655\u0670]*"  # what Arabic may write between letters


def literal(text: str) -> str:
    """Return a pattern for words as they stand in folded text, with or without vowel signs."""
    return LETTER.sub(lambda m: m.group() + SILENT, re.escape(fold_letters(text)))


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first.

    >>> alternatives(["year", "half year"]).replace(BLANK, "_")
    'half_year|year'
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    parts = (word.replace("\u200c", " ").split() for word in ordered)
    return "|".join(BLANK.join(map(literal, part)) for part in parts)


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
    return re.compile(rf"(?<![\w]){optional(prefixes)}(?:{made})(?![\w])")


def optional(prefixes: Iterable[str]) -> str:
    """Return a pattern for any of the prefixes or none."""
    return f"(?:{alternatives(prefixes)})?" if prefixes else ""


def compile_inner(text: str, slots: Mapping[str, str]) -> str:
    """Return the pattern of the words inside ``[...]``."""
    return BLANK.join(_part(part, slots) for _, part in PART.findall(text))
