"""Records to cells and back, the same bytes everywhere."""

import csv
import io
from dataclasses import dataclass, fields
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import RecordError
from analysis.model.schema import RECORDS, Observation, field_names
from analysis.model.tables import (
    cell_kinds,
    format_cell,
    from_csv,
    parse_cell,
    required_fields,
    to_csv,
    to_table,
)

CELLS = [
    (1_900_000.0, "1900000"),
    (99.5, "99.5"),
    (0.1 + 0.2, "0.30000000000000004"),
    (1e22, "10000000000000000000000"),
    (0.0, "0"),
    (-0.0, "0"),
    (float("nan"), ""),
    (None, ""),
    (True, "true"),
    (False, "false"),
    (date(2018, 1, 2), "2018-01-02"),
    ("NA", "NA"),
    ("", ""),
]


@pytest.mark.parametrize(("value", "expected"), CELLS)
def test_format_cell(value, expected):
    assert format_cell(value) == expected


PARSED = [
    ("", "string", ""),
    ("NA", "string", "NA"),
    ("", "number", None),
    ("1900000", "number", 1_900_000.0),
    ("", "date", None),
    ("2018-01-02", "date", date(2018, 1, 2)),
    ("true", "boolean", True),
]


@pytest.mark.parametrize(("text", "kind", "expected"), PARSED)
def test_parse_cell(text, kind, expected):
    assert parse_cell(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("yes", "boolean"),
        ("", "boolean"),
        ("1,9", "number"),
        ("2018", "date"),
        ("2.1.2018", "date"),
    ],
)
def test_parse_cell_refuses(text, kind):
    with pytest.raises(ValueError, match=r"."):
        parse_cell(text, kind)


@dataclass(frozen=True)
class Small:
    name: str
    day: date | None
    number: float | None
    true: bool


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SMALL = st.builds(
    Small,
    TEXTS,
    st.none() | st.dates(),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)


@given(st.lists(SMALL, max_size=4))
def test_records_read_back(rows):
    raw = to_csv(rows, Small)
    assert from_csv(raw, Small) == rows
    assert to_csv(from_csv(raw, Small), Small) == raw


@given(st.lists(SMALL, min_size=1, max_size=3))
def test_any_reader_of_csv_agrees(rows):
    """Names as Python's reader and as pandas see them; NUL is refused by neither."""
    raw = to_csv(rows, Small)
    cells = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
    assert [row[0] for row in cells[1:]] == [row.name for row in rows]


def test_pandas_reads_the_same_text():
    odd = ['"', 'a "b"', "a,b", "a\nb", "a\r\nb", " a ", "'", "\u2028", "NA", "مي"]
    raw = to_csv([Small(text, None, None, True) for text in odd], Small)
    table = pd.read_csv(io.BytesIO(raw), keep_default_na=False, lineterminator="\n")
    assert table["name"].tolist() == odd


def test_line_ends_and_quotes():
    rows = [Small("a", None, 1.0, False), Small('b "c", d', date(2020, 1, 1), None, True)]
    assert to_csv(rows, Small) == (
        b'name,day,number,true\na,,1,false\n"b ""c"", d",2020-01-01,,true\n'
    )


def test_a_cell_may_be_long():
    rows = [Small("long, " * 100_000, None, None, True)]
    limit = csv.field_size_limit()
    assert from_csv(to_csv(rows, Small), Small) == rows
    assert csv.field_size_limit() == limit


BAD = {
    "no header": (b"", r"header is \[\]"),
    "another header": (b"name,day,number,truth\n", r"header is .*truth.* expected .*true"),
    "too few cells": (b"name,day,number,true\na,,1\n", r"line 2: "),
    "no date": (b"name,day,number,true\na,,1,true\na,2018,1,true\n", r"line 3: .*2018"),
    "no truth": (b"name,day,number,true\na,,1,yes\n", r"line 2: expected true or false"),
    "not UTF-8": (b"name,day,number,true\n\xff,,1,true\n", r"not a CSV file in UTF-8"),
    "an open quote": (b'name,day,number,true\n"a,,1,true\n', r"not a CSV file in UTF-8"),
}


@pytest.mark.parametrize(("raw", "said"), BAD.values(), ids=BAD)
def test_from_csv_refuses(raw, said):
    with pytest.raises(RecordError, match=said):
        from_csv(raw, Small)


def test_tables_have_the_types_of_the_schema():
    for record in RECORDS.values():
        table = to_table([], record)
        assert list(table) == field_names(record)
        kinds = {"string": "str", "number": "float64", "date": "datetime64[s]", "boolean": "bool"}
        assert [str(t) for t in table.dtypes] == [kinds[k] for k in cell_kinds(record).values()]


def test_unknown_stays_unknown_in_a_table():
    table = to_table([Small("", None, None, False)], Small)
    assert table["day"].isna().all() and table["number"].isna().all()
    assert table["name"].tolist() == [""] and table["true"].tolist() == [False]


def test_dates_before_the_range_of_nanoseconds():
    table = to_table([Small("a", date(1066, 10, 14), 1.0, True)], Small)
    assert table["day"].iloc[0].year == 1066


def test_required_fields():
    names = [f.name for f in required_fields(Observation)]
    assert names == ["platform", "action", "item", "snapshot_id", "locator", "quote"]
    assert all(f.metadata["meaning"] for f in fields(Observation))
