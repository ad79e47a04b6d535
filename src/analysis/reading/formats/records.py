"""CSV tables that people write by hand, read strictly into typed records.

Everything stays text unless the record asks for a number, a date, a yes or a word from a short
list: "NA" is text, an empty cell is empty. A header too many or too few is refused, and a cell
that does not parse is named by its line and column.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args, get_origin, get_type_hints

from analysis.model.errors import LayoutError, RecordError

GIVEN = ("line", "quote")
"""Fields that say where the row stands; they are no columns."""


def parse_day(text: str) -> dt.date:
    """Read an ISO date."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"expected a date such as 2018-03-31, found {text!r}") from None


def parse_number(text: str) -> Decimal:
    """Read a plain decimal number and keep its digits as printed."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not text.isascii() or "_" in text:
        raise ValueError(f"expected a number such as 1900000 or 99.5, found {text!r}")
    return number


def parse_yes(text: str) -> bool:
    """Read yes or no."""
    if text not in ("yes", "no"):
        raise ValueError(f"expected yes or no, found {text!r}")
    return text == "yes"


def parse_word(allowed: tuple[str, ...]) -> Callable[[str], str]:
    """Return a parser for one of a few words."""

    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"expected one of {', '.join(allowed)}, found {text!r}")
        return text

    return parse


PARSERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    dt.date: parse_day,
    Decimal: parse_number,
    bool: parse_yes,
}


def cell_parser(hint: Any) -> Callable[[str], Any]:
    """Return how a cell of a field's type is read."""
    if get_origin(hint) is Literal:
        return parse_word(get_args(hint))
    options = [option for option in get_args(hint) if option is not type(None)]
    if not options:
        return PARSERS[hint]
    parse = PARSERS[options[0]]
    return lambda text: parse(text) if text else None


def cell_parsers(record: type) -> dict[str, Callable[[str], Any]]:
    """Return the columns of a record and how each is read."""
    hints = get_type_hints(record)
    return {f.name: cell_parser(hints[f.name]) for f in fields(record) if f.name not in GIVEN}


def check_header(header: list[str], columns: list[str]) -> None:
    """Refuse a header that is not exactly the columns, in whatever order."""
    if len(set(header)) != len(header):
        raise LayoutError(f"a column stands twice in the header: {header}")
    missing = [name for name in columns if name not in header]
    unknown = [name for name in header if name not in columns]
    if missing or unknown:
        raise LayoutError(f"headers differ: missing {missing}, unknown {unknown}")


def split_rows(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the cells of each row, header included; blank lines are left out."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LayoutError(f"expected UTF-8 text: {error}") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        raise LayoutError(f"line {reader.line_num}: {error}") from error


def parse_cells(
    cells: dict[str, str], parsers: dict[str, Callable[[str], Any]], line: int
) -> dict[str, Any]:
    """Read the cells of one row; name the line and column of one that does not parse."""
    parsed = {}
    for name, parse in parsers.items():
        try:
            parsed[name] = parse(cells[name])
        except ValueError as error:
            raise RecordError(f"line {line}, column {name}: {error}") from error
    return parsed


def read_records(raw: bytes, record: type) -> list[Any]:
    """Read a CSV table into records, one a row.

    A field ``line`` receives the number of the row as a spreadsheet shows it (the header is row
    1), a field ``quote`` the row as it stands with cells joined by `` | ``.

    Raises
    ------
    LayoutError
        The header is not the record's columns, a row has not as many cells as the header, or the
        bytes are no UTF-8 CSV.
    RecordError
        A cell does not parse; the message names line and column.
    """
    parsers = cell_parsers(record)
    rows = split_rows(raw)
    _, header = next(rows, (0, []))
    check_header(header, list(parsers))
    given = {f.name for f in fields(record)} & set(GIVEN)
    found = []
    for number, (line, cells) in enumerate(rows, start=2):
        if len(cells) != len(header):
            raise LayoutError(f"line {line}: {len(cells)} cells, expected {len(header)}")
        parsed = parse_cells(dict(zip(header, cells, strict=True)), parsers, line)
        place = {"line": number, "quote": " | ".join(cells)}
        found.append(record(**parsed, **{name: place[name] for name in given}))
    return found


def refuse_twice(keys: list[str]) -> None:
    """Refuse a list of keys in which one is empty or stands twice."""
    seen: set[str] = set()
    for key in keys:
        if not key or key in seen:
            raise RecordError(f"key {key!r} is empty or stands twice")
        seen.add(key)
