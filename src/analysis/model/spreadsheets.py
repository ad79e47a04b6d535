r"""Cells that a spreadsheet program would run, made harmless on the way out, and back again.

Excel, LibreOffice and their kin take a cell for a formula by its first characters, also in a CSV
file. An apostrophe in front makes it text; programs do not show it in cells that are typed so.
`restore_cell` takes it off again, exactly.

A program that is set to part cells at semicolons parts them inside our cells too. What follows a
semicolon in the middle of a text is not guarded: prose is full of such places.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from analysis.model.tables import read_rows

FORMULA = frozenset("=+-@")
MARK = "'"
NUL_SIGN = "\u2400"
STARTS_ITSELF = ("\t", "\r", "\n", "\0", MARK)
_NUMBER = re.compile(r"-\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_DASHES = re.compile(r"-+")
_SKIPPED_SIGNS = frozenset("\"'`,;|\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb")
_ESCAPED = {NUL_SIGN: NUL_SIGN * 2, "\0": f"{NUL_SIGN}0"}
_BACK = re.compile(f"{NUL_SIGN}(.)", re.S)
_NEEDS_QUOTES = re.compile(r'[",;\t|\r\n]|^[\s\ufeff]|\s$|^sep=', re.I)


def is_live(text: str) -> bool:
    r"""Say whether a spreadsheet program may take a cell for a formula.

    It may if the first character that is no blank, quote, separator or control character is one
    of ``= + - @`` in any width. A plain negative number is none, nor is a dash alone.

    >>> [is_live(text) for text in ("=1+1", " \u200b\uff1dA1", "-5", "-5+A1", "-", "a=1")]
    [True, True, False, True, False, False]
    """
    if _NUMBER.fullmatch(text) or _DASHES.fullmatch(text):
        return False
    return text.startswith(STARTS_ITSELF[:4]) or first_sign(text) in FORMULA


def first_sign(text: str) -> str:
    """Return the first character that counts, in its common width; empty if there is none."""
    for character in text:
        if character in _SKIPPED_SIGNS or is_passed_over(character):
            continue
        return unicodedata.normalize("NFKC", character)[:1]
    return ""


def is_passed_over(character: str) -> bool:
    """Say whether a program may pass over a character: a blank, a control or format character."""
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Mn", "Zs")


def protect_cell(text: str) -> str:
    r"""Return a cell that no spreadsheet program takes for a formula.

    A cell that begins with an apostrophe gets one more, so that `restore_cell` is exact. A NUL,
    which no CSV file may hold, stands as a sign for it.

    >>> protect_cell("=1+1"), protect_cell("-5"), protect_cell("'t"), protect_cell("\0=1")
    ("'=1+1", '-5', "''t", "'␀␀0=1")
    """
    if "\0" in text:
        escaped = "".join(_ESCAPED.get(character, character) for character in text)
        return f"{MARK}{NUL_SIGN}{escaped}"
    return MARK + text if text.startswith(MARK) or is_live(text) else text


def restore_cell(text: str) -> str:
    r"""Return a cell as it was before `protect_cell`.

    >>> [restore_cell(protect_cell(text)) for text in ("=1", "'x", "\0a\u2400", "-5", "")]
    ['=1', "'x", '\x00a␀', '-5', '']
    """
    if not text.startswith(MARK):
        return text
    inner = text[1:]
    if not inner.startswith(NUL_SIGN):
        return inner
    return _BACK.sub(lambda m: "\0" if m.group(1) == "0" else m.group(1), inner[1:])


def write_safe_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV whose cells no spreadsheet program runs, in UTF-8 with LF line ends."""
    return "".join(f"{safe_line(row)}\n" for row in rows).encode("utf-8")


def protect_csv(raw: bytes) -> bytes:
    """Return one of our own CSV files with its cells protected; the same bytes where none needs it.

    Raises
    ------
    RecordError
        The bytes are not CSV in UTF-8.
    """
    rows = [cells for _, cells in read_rows(raw)]
    if all(protect_cell(cell) == cell for cells in rows for cell in cells):
        return raw
    return write_safe_csv(rows)


def safe_line(row: Sequence[str]) -> str:
    r"""Return a row as a line of CSV without its end, cells protected and quoted where needed.

    >>> safe_line(["=1;2", "-5", ""]), safe_line([""])
    ('"\'=1;2",-5,', '""')
    """
    if len(row) == 1 and not row[0]:
        return '""'  # an empty line would be a row without cells
    return ",".join(map(_quoted, map(protect_cell, row)))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
