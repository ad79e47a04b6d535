"""Cells that a spreadsheet program would run: 24 forms of them, and what must stay as it is."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.spreadsheets import (
    is_live,
    protect_cell,
    protect_csv,
    restore_cell,
    safe_line,
    write_safe_csv,
)

LIVE = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x00=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\u3000=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u202e=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://localhost/?"&A1,"x")',
    "=IMPORTXML(A1)",
    '"=1+1"',
    ";=1+1",
    "-2+3+cmd|' /C calc'!A0",
    "+49 30 1234",
    "- five posts",
    "=",
    "﹦1+1",
    "\x1b=1+1",
    ",+1",
    "'=1+1",
]
HARMLESS = [
    "-5",
    "-1900000",
    "-0.5",
    "-1.5e-7",
    "5",
    "1.9 million",
    "-",
    "--",
    "",
    "a=1",
    "−5",
    "2-1",
    "x@y",
    "NA",
]


@pytest.mark.parametrize("text", LIVE)
def test_a_live_cell_is_made_text_and_comes_back_exactly(text):
    assert protect_cell(text).startswith("'")
    assert "\x00" not in protect_cell(text)
    assert restore_cell(protect_cell(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_cell_stays_as_it_is(text):
    assert protect_cell(text) == text
    assert restore_cell(text) == text


def test_there_are_more_than_the_24_known_forms():
    assert len(set(LIVE)) > 24
    assert all(is_live(text) or text.startswith("'") for text in LIVE)


CELLS = st.text(st.one_of(st.sampled_from("=+-@'\"\t\r\n\0;,| 0␀"), st.characters(codec="utf-8")))


@given(CELLS)
def test_any_cell_comes_back_exactly_and_is_not_live(text):
    made = protect_cell(text)
    assert restore_cell(made) == text
    assert not is_live(made) or made.startswith("'")


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=5))
def test_any_table_is_csv_to_the_standard_library(rows):
    text = write_safe_csv(rows).decode("utf-8")
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert [[restore_cell(cell) for cell in row] for row in found] == rows


def test_a_file_without_live_cells_keeps_its_bytes():
    raw = b'a,b\n-5,"x, y"\n'
    assert protect_csv(raw) is raw
    assert protect_csv(b"a,b\n-5,=1\n") == b"a,b\n-5,'=1\n"
    assert safe_line([""]) == '""'
