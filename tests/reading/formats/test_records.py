"""Hand-written tables are read strictly: what is odd is named, never guessed."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pytest

from analysis.model.errors import LayoutError, RecordError
from analysis.reading.formats.records import read_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    line: int
    quote: str
    name: str
    value: Decimal
    day: dt.date | None
    kind: Literal["count", "share"]
    sure: bool


HEADER = "name,value,day,kind,sure\n"
GOOD = [
    ("a,1900000,2018-03-31,count,yes\n", "a", Decimal("1900000"), dt.date(2018, 3, 31)),
    ("NA,0,,count,no\n", "NA", Decimal(0), None),
    ("null,99.50,,share,no\n", "null", Decimal("99.50"), None),
    ('"x, y | z",1,,count,no\n', "x, y | z", Decimal(1), None),
    ('"two\nlines",1,,count,no\n', "two\nlines", Decimal(1), None),
    ("داعش,1,,count,no\r\n", "داعش", Decimal(1), None),
    (",1,,count,no\n\n", "", Decimal(1), None),
]


@pytest.mark.parametrize(("row", "name", "value", "day"), GOOD)
def test_cells_keep_their_words(row, name, value, day):
    (found,) = read_records((HEADER + row).encode(), Sample)
    assert (found.name, found.value, found.day, found.line) == (name, value, day, 2)


def test_digits_stay_as_printed():
    (found,) = read_records((HEADER + "a,99.50,,share,no\n").encode(), Sample)
    assert str(found.value) == "99.50"
    assert found.quote == "a | 99.50 |  | share | no"


def test_byte_order_mark_and_other_column_order():
    raw = b"\xef\xbb\xbf" + b"sure,kind,day,value,name\nno,count,,7,a\n"
    (found,) = read_records(raw, Sample)
    assert (found.name, found.value) == ("a", Decimal(7))


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    raw = HEADER + '"two\nlines",1,,count,no\nb,2,,count,no\n'
    assert [row.line for row in read_records(raw.encode(), Sample)] == [2, 3]


HEADERS = [
    ("name,value,day,kind\na,1,,count\n", r"missing \['sure'\], unknown \[\]"),
    ("name,value,day,kind,sure,more\n", r"missing \[\], unknown \['more'\]"),
    ("Name,value,day,kind,sure\n", r"missing \['name'\], unknown \['Name'\]"),
    ("name,name,value,day,kind,sure\n", "stands twice"),
    ("", "missing"),
    ("name;value;day;kind;sure\n", "missing"),
    (HEADER + "a,1,,count\n", "line 2: 4 cells, expected 5"),
    (HEADER + "a,1,,count,no,\n", "line 2: 6 cells, expected 5"),
    (HEADER + 'a,"1,,count,no\n', "line 2"),
]


@pytest.mark.parametrize(("raw", "message"), HEADERS)
def test_another_layout_is_refused(raw, message):
    with pytest.raises(LayoutError, match=message):
        read_records(raw.encode(), Sample)


def test_other_encodings_are_refused():
    with pytest.raises(LayoutError, match="UTF-8"):
        read_records(HEADER.encode() + "é,1,,count,no\n".encode("cp1252"), Sample)


BAD = [
    ("a,1.900.000,,count,no\n", "line 3, column value: expected a number.*'1.900.000'"),
    ('a,"1,900",,count,no\n', "column value"),
    ("a,NA,,count,no\n", "column value"),
    ("a,,,count,no\n", "column value"),
    ("a,nan,,count,no\n", "column value"),
    ("a,1_000,,count,no\n", "column value"),
    ("a,١٩,,count,no\n", "column value"),
    ("a,1,31.03.2018,count,no\n", "line 3, column day: expected a date.*'31.03.2018'"),
    ("a,1,2018-02-30,count,no\n", "column day"),
    ("a,1,2018-03,count,no\n", "column day"),
    ("a,1,,rate,no\n", "column kind: expected one of count, share, found 'rate'"),
    ("a,1,,count,true\n", "column sure: expected yes or no, found 'true'"),
]


@pytest.mark.parametrize(("row", "message"), BAD)
def test_a_bad_cell_is_named(row, message):
    raw = HEADER + "ok,1,,count,no\n" + row
    with pytest.raises(RecordError, match=message):
        read_records(raw.encode(), Sample)
