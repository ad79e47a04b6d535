"""Phrase templates of the language files, compiled to regular expressions.

A template is a row of words with blanks between them; ``[of]`` may be absent, ``(in|on)`` is one
of several, ``{slot}`` is filled from a list of the language.
"""

import re
from collections.abc import Iterable, Mapping

PART = re.compile(r"(\s*)(\[[^\]]+\]|\([^)]+\)|\{\w+\}|[^\s\[\](){}]+)")
BLANK = r"[\s\u00a0\u202f]+"


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first.

    >>> alternatives(["year", "half year"])
    'half[\\\\s\\\\u00a0\\\\u202f]+year|year'
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(BLANK.join(re.escape(part) for part in word.split()) for word in ordered)


def _part(text: str, slots: Mapping[str, str]) -> str:
    if text.startswith("{"):
        name = text[1:-1]
        return f"(?P<{name}>{slots[name.rstrip('2')]})"
    if text.startswith("("):
        return f"(?:{alternatives(text[1:-1].split('|'))})"
    return re.escape(text)


def compile_template(template: str, slots: Mapping[str, str]) -> re.Pattern[str]:
    """Return the pattern of one template over lower-case text with ASCII digits."""
    made, at_start = "", True
    for blank, part in PART.findall(template):
        lead = BLANK if blank and not at_start else ""
        if part.startswith("["):
            inner = compile_inner(part[1:-1], slots)
            made += f"(?:{inner}{BLANK})?" if at_start else f"(?:{lead}{inner})?"
            continue
        made += lead + _part(part, slots)
        at_start = False
    return re.compile(rf"(?<![\w]){made}(?![\w])")


def compile_inner(text: str, slots: Mapping[str, str]) -> str:
    """Return the pattern of the words inside ``[...]``."""
    return BLANK.join(_part(part, slots) for _, part in PART.findall(text))
