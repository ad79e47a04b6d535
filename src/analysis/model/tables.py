"""Records as tables: one place that turns dataclasses into frames and CSV, and back.

Column order and types come from `model.schema`. CSV is UTF-8 with LF line ends, ISO dates, an
empty cell for unknown, and whole numbers without a decimal point, so that the same records give
the same bytes everywhere.
"""

import csv
import io
import math
import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import Field, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from analysis.model.errors import RecordError

if TYPE_CHECKING:
    import pandas as pd

CellKind = Literal["string", "number", "date", "boolean"]

DTYPES: dict[CellKind, str] = {
    "string": "str",
    "number": "float64",
    "date": "datetime64[s]",
    "boolean": "bool",
}


def cell_kind(hint: Any) -> CellKind:
    """Return what kind of cell a field's type makes."""
    options = get_args(hint) if get_origin(hint) is types.UnionType else (hint,)
    options = tuple(option for option in options if option is not type(None))
    if options == (date,):
        return "date"
    if options == (float,):
        return "number"
    if options == (bool,):
        return "boolean"
    return "string"


def cell_kinds(record: type) -> dict[str, CellKind]:
    """Return the kind of cell of every field of a record, in order."""
    hints = get_type_hints(record)
    return {f.name: cell_kind(hints[f.name]) for f in fields(record)}


def format_cell(value: Any) -> str:
    """Write one value as it stands in our CSV files.

    >>> format_cell(1900000.0), format_cell(99.5), format_cell(None), format_cell(True)
    ('1900000', '99.5', '', 'true')
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def parse_cell(text: str, kind: CellKind) -> Any:
    """Read one cell of our CSV files back; an empty number or date is None."""
    if kind == "string":
        return text
    if kind == "boolean":
        if text not in ("true", "false"):
            raise ValueError(f"expected true or false, found {text!r}")
        return text == "true"
    if text == "":
        return None
    return float(text) if kind == "number" else date.fromisoformat(text)


def to_rows(records: Iterable[Any], record: type) -> list[list[str]]:
    """Return the records as rows of CSV cells, in schema order."""
    names = [f.name for f in fields(record)]
    return [[format_cell(getattr(row, name)) for name in names] for row in records]


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file: UTF-8, LF line ends, quotes only where needed.

    Versions of Python's own writer differ in what they quote, so the rule stands here.
    """
    lines = (",".join(map(quote_cell, row)) for row in (header, *rows))
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def quote_cell(text: str) -> str:
    """Return a cell as CSV writes it.

    >>> quote_cell("plain"), quote_cell("a, b"), quote_cell('5" disk')
    ('plain', '"a, b"', '"5"" disk"')
    """
    if any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def to_csv(records: Iterable[Any], record: type) -> bytes:
    """Return records as a CSV file in schema order."""
    return write_csv([f.name for f in fields(record)], to_rows(records, record))


def from_csv(raw: bytes, record: type) -> list[Any]:
    """Return the records of a CSV file written by `to_csv`.

    Raises
    ------
    RecordError
        The header is not the record's, or a cell does not parse; names the line.
    """
    kinds = cell_kinds(record)
    rows = read_rows(raw)
    _, header = next(rows, (0, []))
    if header != list(kinds):
        raise RecordError(f"header is {header}, expected {list(kinds)}")
    found = []
    for line, cells in rows:
        try:
            pairs = zip(kinds.items(), cells, strict=True)
            found.append(record(**{name: parse_cell(text, kind) for (name, kind), text in pairs}))
        except (TypeError, ValueError) as error:
            raise RecordError(f"line {line}: {error}") from error
    return found


def read_rows(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file, each with the number of its last line.

    Raises
    ------
    RecordError
        The bytes are not UTF-8, or not CSV.
    """
    before = csv.field_size_limit(max(len(raw), 1))  # a cell may be as long as the file
    try:
        reader = csv.reader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True)
        rows = [(reader.line_num, cells) for cells in reader]
    except (csv.Error, UnicodeDecodeError) as error:
        raise RecordError(f"not a CSV file in UTF-8: {error}") from error
    finally:
        csv.field_size_limit(before)
    yield from rows


def to_table(records: Iterable[Any], record: type) -> "pd.DataFrame":
    """Return records as a frame, one row each, typed by the schema.

    Dates are ``datetime64[s]`` with NaT for unknown, numbers ``float64`` with NaN for unknown,
    everything else text with ``""`` for unknown.
    """
    import pandas as pd

    rows = list(records)
    data = {}
    for name, kind in cell_kinds(record).items():
        values = [getattr(row, name) for row in rows]
        if kind == "string":
            values = ["" if value is None else value for value in values]
        data[name] = pd.Series(values, dtype=DTYPES[kind])
    return pd.DataFrame(data)


def required_fields(record: type) -> list[Field[Any]]:
    """Return the fields that no row may leave empty."""
    return [f for f in fields(record) if f.metadata.get("required")]
