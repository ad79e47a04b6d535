"""Sentences of a text, with their offsets: every figure is quoted with its sentence."""

import re
from collections.abc import Iterator
from itertools import islice

LONGEST = 1500  # characters; whatever is longer is a list or a page without full stops
MOST_NUMBERS = 60  # runs of digits; each number of a sentence is weighed against all others
END = re.compile(r"[.!?\u061f\u06d4\u0964\u3002]+[\"'\u201d\u2019\u00bb)\]]*(?=\s|$)|\n+")
NUMERAL = re.compile(r"\d+")
ON_X = re.compile(r"(?<!\w)[^\W\d_A-Z]{2,} X$")
WORD_BEFORE = re.compile(r"([^\s(\[\"'\u201c\u2018\u00ab]*)$")


def _ends(text: str, match: re.Match[str], abbreviations: frozenset[str]) -> bool:
    """Say whether a full stop ends a sentence, or belongs to an abbreviation or an initial.

    The one letter that ends sentences is the service X, behind a word in small letters: "on X".
    """
    if not match.group().startswith("."):
        return True
    word = WORD_BEFORE.search(text, max(0, match.start() - 30), match.start())
    before = word.group(1).lower() if word else ""
    if before in abbreviations or (len(before) == 1 and before.isalpha()):
        return ON_X.search(text, max(0, match.start() - 30), match.start()) is not None
    rest = text[match.end() : match.end() + 20].lstrip()
    return not rest or not rest[0].islower()


def _in_parts(text: str, span: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield a stretch without a full stop in parts that can be read in bounded time."""
    start, end = span
    while True:
        bound = min(end, start + LONGEST)
        beyond = islice(NUMERAL.finditer(text, start, bound), MOST_NUMBERS, None)
        bound = next((numeral.start() for numeral in beyond), bound)
        if bound == end:
            break
        cut = text.rfind(" ", start + (bound - start) // 2, bound)
        cut = cut if cut > 0 else bound
        yield start, cut
        start = cut
    yield start, end


def split(text: str, abbreviations: frozenset[str] = frozenset()) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a text, without the white space around them.

    >>> text = "Twitter closed 1.9 million accounts. It gave no date."
    >>> [text[a:b] for a, b in split(text)]
    ['Twitter closed 1.9 million accounts.', 'It gave no date.']
    """
    spans, start = [], 0
    for match in END.finditer(text):
        if _ends(text, match, abbreviations):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    parts = (part for span in spans for part in _in_parts(text, span))
    return [trimmed for trimmed in (_trim(text, part) for part in parts) if trimmed]


def _trim(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    part = text[slice(*span)]
    start = span[0] + len(part) - len(part.lstrip())
    end = start + len(part.strip())
    return (start, end) if end > start else None
