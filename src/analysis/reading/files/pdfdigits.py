"""Fonts of a PDF that say other digits than they paint.

A font may carry a map from what it paints to text, which every reader of text follows and no
reader of the page sees: with it, 1.9 million on the page is 7.9 million to a program. Where the
font's own encoding also says which digit a code paints, the two must agree.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SIMPLE = ("/Type1", "/TrueType", "/MMType1")
ENCODED = ("/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding")
STANDARD = ("/Helvetica", "/Times", "/Courier", "/Arial")
LONGEST_MAP = 1_000_000  # bytes
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.S)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.S)
_PAIR = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4})>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4})>")
_LIST = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<[0-9A-Fa-f]{2}>\s*\[([^\]]{0,4000})\]")
_ITEM = re.compile(rb"<([0-9A-Fa-f]{4})>")


def false_fonts(body: bytes, numbers: Sequence[int]) -> dict[int, frozenset[str]]:
    """Return the names of fonts that say other digits than they paint, by page.

    What cannot be made out is passed over: this looks for a contradiction, no proof of honesty.

    Parameters
    ----------
    body
        A PDF that was read well.
    numbers
        Numbers of the pages to look at, from 1.
    """
    import pypdf

    found: dict[int, frozenset[str]] = {}
    known: dict[int, bool] = {}
    try:
        pages = pypdf.PdfReader(io.BytesIO(body), strict=False).pages
        for number in numbers:
            names = frozenset(
                str(font.get("/BaseFont", "")).lstrip("/")
                for font in fonts_of(pages[number - 1])
                if is_false(font, known)
            )
            if names:
                found[number] = names
    except MemoryError:
        raise
    except Exception:  # a second reader may fail where the first one did not
        return found
    return found


def fonts_of(page: Any) -> Iterator[Any]:
    """Yield the fonts of a page and of the forms that it draws."""
    resources = page.get("/Resources")
    todo = [resources.get_object()] if resources is not None else []
    seen = 0
    while todo and seen < 100:
        here = todo.pop()
        seen += 1
        yield from values_of(here, "/Font")
        for form in values_of(here, "/XObject"):
            inner = form.get("/Resources")
            if inner is not None:
                todo.append(inner.get_object())


def values_of(resources: Any, name: str) -> list[Any]:
    """Return the objects under a name of a page's resources."""
    held = resources.get(name)
    return [] if held is None else [value.get_object() for value in held.get_object().values()]


def is_false(font: Any, known: dict[int, bool]) -> bool:
    """Say whether a font says another digit than it paints; each font is looked at once."""
    mark = id(font)
    if mark not in known:
        painted, said = painted_digits(font), said_digits(font)
        known[mark] = any(said[code] != digit for code, digit in painted.items() if code in said)
    return known[mark]


def painted_digits(font: Any) -> Mapping[int, int]:
    """Return the codes for which a font's own encoding says that they paint a digit."""
    if font.get("/Subtype") not in SIMPLE:
        return {}
    encoding = font.get("/Encoding")
    encoding = encoding.get_object() if encoding is not None else None
    differences: Sequence[Any] = ()
    if isinstance(encoding, dict):
        differences = encoding.get("/Differences", ())
        encoding = encoding.get("/BaseEncoding")
    plain = encoding in ENCODED or str(font.get("/BaseFont", "")).startswith(STANDARD)
    codes = {ord("0") + digit: digit for digit in range(10)} if plain else {}
    code = 0
    for item in differences:
        if isinstance(item, int):
            code = int(item)
            continue
        codes.pop(code, None)
        name = str(item).lstrip("/")
        if name in NAMES:
            codes[code] = NAMES.index(name)
        code += 1
    return codes


def said_digits(font: Any) -> Mapping[int, int]:
    """Return the codes that a font's map to text leads to a digit."""
    stream = font.get("/ToUnicode")
    stream = stream.get_object() if stream is not None else None
    if stream is None or not hasattr(stream, "get_data"):
        return {}
    pairs = dict(mapped(stream.get_data()[:LONGEST_MAP]))
    return {code: int(chr(to)) for code, to in pairs.items() if chr(to) in "0123456789"}


def mapped(text: bytes) -> Iterator[tuple[int, int]]:
    """Yield what a map to text says of codes of one byte.

    >>> dict(mapped(b"beginbfchar <31> <0037> endbfchar beginbfrange <41> <42> <0061> endbfrange"))
    {49: 55, 65: 97, 66: 98}
    """
    for part in _CHARS.findall(text):
        for code, to in _PAIR.findall(part):
            yield int(code, 16), int(to, 16)
    for part in _RANGES.findall(text):
        for first, last, to in _RANGE.findall(part):
            for step in range(int(last, 16) - int(first, 16) + 1):
                yield int(first, 16) + step, int(to, 16) + step
        for first, items in _LIST.findall(part):
            for step, to in enumerate(_ITEM.findall(items)):
                yield int(first, 16) + step, int(to, 16)
