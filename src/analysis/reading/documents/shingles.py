"""How much of one text stands in another, by runs of up to five words."""

import re
from dataclasses import dataclass

LENGTH = 5
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]|[^\W_]+")


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case; a Chinese, Japanese or Korean sign is a word."""
    return _WORD.findall(text.lower())


@dataclass(frozen=True, slots=True)
class Shingles:
    """The runs of `LENGTH` words of a text, and its lines, for looking pieces up."""

    runs: frozenset[tuple[str, ...]]
    lines: frozenset[tuple[str, ...]]


def shingles_of(text: str) -> Shingles:
    """Prepare a text for looking pieces up in it."""
    words = words_of(text)
    parts = (part for line in text.split("\n") for part in {line, *line.split("|")})
    lines = {tuple(words_of(part)) for part in parts}
    return Shingles(
        frozenset(zip(*(words[n:] for n in range(LENGTH)), strict=False)), frozenset(lines)
    )


def share_within(words: list[str], text: Shingles) -> float:
    """Return which share of a piece stands in a text, 0 to 1.

    A piece of up to five words counts only as a whole line: "Facebook" stands in every article.
    """
    if not words:
        return 0.0
    if len(words) <= LENGTH:
        return float(tuple(words) in text.lines)
    runs = [tuple(words[n : n + LENGTH]) for n in range(len(words) - LENGTH + 1)]
    return sum(run in text.runs for run in runs) / len(runs)
