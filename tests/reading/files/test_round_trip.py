"""What goes out as CSV comes back cell by cell."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.files.made import snap

from analysis.model.spreadsheets import write_safe_csv
from analysis.reading.files import read_exported, read_tables
from analysis.reading.files.delimited import read_delimited

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
ODD = st.sampled_from(
    [
        "NA",
        "None",
        "null",
        "inf",
        "007",
        "9007199254740993",
        "1.900.000,5",
        "=1",
        "",
        " ",
        "-5",
        '"',
        "\r\n",
        "\ufeff",
        "sep=;",
    ]
)
ANY = st.lists(
    st.lists(TEXT | ODD | st.integers().map(str), min_size=1, max_size=6), min_size=1, max_size=8
)
FILLED = ANY.filter(
    lambda rows: (
        any(any(row) for row in rows) and any(c.strip("\ufeff \t\r\n") for r in rows for c in r)
    )
)


@settings(max_examples=250, deadline=None)
@given(FILLED)
def test_a_random_table_comes_back_from_a_safe_file(rows):
    body = write_safe_csv(rows)
    assert read_exported(snap(body)).rows == tuple(map(tuple, rows))


@settings(max_examples=250, deadline=None)
@given(FILLED, st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_random_table_is_read_cell_by_cell(rows, delimiter, encoding):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    body = buffer.getvalue().encode(encoding)
    assert read_delimited(body, delimiter=delimiter).rows == tuple(map(tuple, rows))


NAMES = st.sampled_from(
    ["Facebook", "X", "NA", "None", "inf", "null", "Café", "Yahoo! 知恵袋", "True"]
)
IDS = st.integers(0, 10**12).map(lambda n: f"{n:015d}")
AMOUNTS = st.integers(2**53, 2**80).map(str) | st.decimals(
    allow_nan=False, allow_infinity=False, places=3
).map(str)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(NAMES, IDS, AMOUNTS), min_size=1, max_size=20), st.sampled_from(",;\t|"))
def test_names_ids_and_amounts_are_unchanged_whatever_the_delimiter(rows, delimiter):
    lines = [("service", "id", "amount"), *rows]
    body = "".join(delimiter.join(row) + "\n" for row in lines).encode()
    assert read_tables(snap(body, "t.csv"))[0].rows == tuple(lines)
