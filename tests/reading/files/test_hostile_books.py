"""Spreadsheets and PDF files that are hostile, damaged or odd, read in the child process."""

import io
import time

import pypdf
import pytest
from tests.reading.files.hostile_books import BOOKS, PDFS, ROWS, SEEN, sheet, wide_forms
from tests.reading.files.made import pdf, sheet_xml, snap, xlsx

from analysis.model.errors import DocumentError
from analysis.reading.files import Limits, read_pages, read_tables
from analysis.reading.files.problems import problems

QUICK = Limits(seconds=2)


def refused(read, expected):
    """Assert that reading ends in a problem of the set, told without control characters."""
    with pytest.raises(DocumentError) as caught:
        read()
    assert caught.value.problem in expected, caught.value
    assert type(caught.value) is problems()[caught.value.problem].error
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(("name", "made", "expected"), BOOKS, ids=[b[0] for b in BOOKS])
def test_a_spreadsheet_gives_the_right_cells_or_its_problem_by_name(name, made, expected):
    body = made() if callable(made) else made
    if isinstance(expected, tuple):
        assert read_tables(snap(body))[0].rows == expected
        return
    refused(lambda: read_tables(snap(body)), {expected})


@pytest.mark.parametrize(("name", "made", "expected"), PDFS, ids=[p[0] for p in PDFS])
def test_a_pdf_gives_what_is_seen_or_its_problem_by_name(name, made, expected):
    body = made() if callable(made) else made
    if isinstance(expected, (str, set)):
        wanted = {expected} if isinstance(expected, str) else expected
        refused(lambda: read_pages(snap(body), limits=QUICK), wanted)
        return
    try:
        lines = [line for page in read_pages(snap(body), limits=QUICK) for line in page.lines]
    except DocumentError as error:
        assert expected is None and error.problem, error
        return
    assert not any(line.visible for line in lines if "7.7" in line.text)
    if expected is not None:
        assert [line.text for line in lines if line.visible] == expected[0]
        assert [(line.text, line.hidden) for line in lines if line.hidden] == expected[1]


def test_what_is_odd_about_a_spreadsheet_is_noted():
    cases = {name: made for name, made, _ in BOOKS}

    def notes(name):
        return " ".join(read_tables(snap(cases[name]))[0].notes)

    assert "1 formulas have no stored value and are left empty: B1" in notes(
        "xlsx, a formula without a value"
    )
    assert read_tables(snap(cases["xlsx, a formula without a value"]))[0].unread == ("B1",)
    assert "other files" in notes("xlsx, links to other files")
    assert "macros" in notes("xlsx, macros")
    hidden = sheet_xml([["a"]]).replace('<row r="1"', '<row r="1" hidden="1"')
    tables = read_tables(snap(xlsx({"S": hidden, "T": sheet_xml([["b"]])}, {"T": "veryHidden"})))
    assert "hidden in the sheet: row 1" in tables[0].notes
    assert [table.hidden for table in tables] == [False, True]


def test_a_reader_that_takes_too_long_is_stopped_and_the_next_file_is_read():
    started = time.monotonic()
    refused(lambda: read_pages(snap(wide_forms()), limits=Limits(seconds=0.3)), {"timeout"})
    assert time.monotonic() - started < 20
    assert (
        read_tables(snap(xlsx({"S": sheet_xml([["service", "removed"], ["X", ("125000",)]])})))[
            0
        ].rows
        == ROWS
    )


def test_a_reader_that_takes_too_much_is_stopped_and_the_next_file_is_read():
    body = sheet(*[[f"text {r} {c}" for c in range(20)] for r in range(8000)])
    refused(
        lambda: read_tables(snap(body), limits=Limits(memory=20_000_000)),
        {"memory", "broke_reader"},
    )
    assert len(read_tables(snap(body))[0].rows) == 8000


def test_lines_of_a_page_have_places():
    page = read_pages(snap(pdf(SEEN)))[0]
    line = page.lines[0]
    assert (page.number, page.width, page.height) == (1, 612.0, 792.0)
    assert line.box.left == pytest.approx(72.9, abs=1)
    assert line.box.bottom == pytest.approx(92, abs=3)
    assert [word.text for word in line.words] == ["Removed", "1.9", "million"]
    assert read_pages(snap(pdf(SEEN, SEEN, SEEN)), pages=(2, 3))[0].number == 2


def encrypted(user):
    """Return a PDF that was encrypted with a user's password and an owner's."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(SEEN)))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_pdf_that_opens_without_a_password_is_read_and_no_other():
    assert read_pages(snap(encrypted("")))[0].lines[0].text == "Removed 1.9 million"
    refused(lambda: read_pages(snap(encrypted("secret"))), {"pdf_encrypted"})


def test_what_is_no_pdf_is_said_to_be_what_it_is():
    with pytest.raises(DocumentError, match="an HTML page"):
        read_pages(snap("<html><body><p>x</p></body></html>"))
    with pytest.raises(DocumentError, match="a PDF file"):
        read_tables(snap(pdf(SEEN)))
