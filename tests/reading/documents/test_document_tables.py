"""Tables: rows with their cells and heads, never flattened, no name lost."""

import pytest
from tests.reading.documents.pages import FIRST, SECOND, THIRD, page, read, texts


def rows(table, **options):
    html = page(FIRST, SECOND, THIRD).replace(f"<p>{THIRD}", f"{table}<p>{THIRD}")
    return [b for b in read(html, **options).blocks if b.kind == "table_row"]


PLATFORMS = (
    "<table><tr><th>Platform</th><th>Removed</th></tr><tr><td>Facebook</td><td>1,234</td></tr>"
    "<tr><td>Twitter</td><td>5,678</td></tr><tr><td><p>Instagram</p></td><td>90</td></tr></table>"
)


def test_a_cell_that_says_only_facebook_stays():
    found = rows(PLATFORMS)
    assert [b.cells for b in found] == [
        ("Platform", "Removed"), ("Facebook", "1,234"), ("Twitter", "5,678"), ("Instagram", "90"),
    ]  # fmt: skip
    assert [b.headers for b in found] == [(), *[("Platform", "Removed")] * 3]


def test_the_caption_of_a_table_stays_in_front_of_its_rows():
    table = PLATFORMS.replace("<tr>", "<caption>Accounts removed, in millions</caption><tr>", 1)
    html = page(FIRST, SECOND, THIRD).replace(f"<p>{THIRD}", f"{table}<p>{THIRD}")
    document = read(html)
    kinds = [b.kind for b in document.blocks]
    assert kinds.count("caption") == 1
    at = kinds.index("caption")
    assert kinds[at + 1] == "table_row"
    block = document.blocks[at]
    assert document.text[block.start : block.end] == "Accounts removed, in millions"


WRAPPINGS = [
    '<div class="table-responsive">{}</div>',
    '<figure class="wp-block-table">{}<figcaption>Removals</figcaption></figure>',
    '<div><div class="t">{}</div></div>',
    "<details><summary>All numbers</summary>{}</details>",
]


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("last", [False, True])
def test_a_table_in_a_box_keeps_the_rows_that_readers_lose(wrapping, last):
    table = wrapping.format(PLATFORMS)
    before = f"<p>{THIRD}" if not last else "</article>"
    html = page(FIRST, SECOND, THIRD).replace(before, f"{table}{before}")
    cells = [b.cells for b in read(html).blocks if b.kind == "table_row"]
    assert cells[1:] == [("Facebook", "1,234"), ("Twitter", "5,678"), ("Instagram", "90")]


def test_a_table_beside_the_article_is_not_part_of_it():
    quotes = "<table><tr><td>Meta</td><td>312.4</td></tr><tr><td>Snap</td><td>9.1</td></tr></table>"
    html = page(FIRST, SECOND, THIRD, tail=f'<div class="sidebar">{quotes}</div>')
    assert [b for b in read(html).blocks if b.kind == "table_row"] == []


def test_the_text_of_a_row_is_its_cells_joined():
    html = page(FIRST, SECOND).replace("</article>", f"{PLATFORMS}</article>")
    assert "Facebook | 1,234\n\nTwitter | 5,678" in read(html).text


TABLES = [
    (
        "heads without th",
        "<table><tr><td>Year</td><td>Items</td></tr><tr><td>2015</td><td>55,556</td></tr></table>",
        [("Year", "Items"), ("2015", "55,556")],
        ("Year", "Items"),
    ),
    (
        "no heads",
        "<table><tr><td>2015</td><td>55,556</td></tr><tr><td>2016</td><td>121,151</td></tr></table>",
        [("2015", "55,556"), ("2016", "121,151")],
        (),
    ),
    (
        "row span",
        "<table><tr><th>Firm</th><th>Year</th><th>Items</th></tr><tr><td rowspan=2>Facebook</td>"
        "<td>2015</td><td>10</td></tr><tr><td>2016</td><td>20</td></tr></table>",
        [("Firm", "Year", "Items"), ("Facebook", "2015", "10"), ("Facebook", "2016", "20")],
        ("Firm", "Year", "Items"),
    ),
    (
        "heads over two columns",
        "<table><tr><th>Firm</th><th colspan=2>Removed</th></tr><tr><th></th><th>2015</th>"
        "<th>2016</th></tr><tr><td>YouTube</td><td>10</td><td>20</td></tr></table>",
        [("Firm", "Removed"), ("", "2015", "2016"), ("YouTube", "10", "20")],
        ("Firm", "Removed 2015", "Removed 2016"),
    ),
    (
        "row heads",
        "<table><tr><th></th><th>2015</th></tr><tr><th>Telegram</th><td>78</td></tr></table>",
        [("", "2015"), ("Telegram", "78")],
        ("", "2015"),
    ),
    (
        "nonsense spans",
        '<table><tr><td colspan="99999999">a 1</td><td>b</td></tr><tr><td rowspan="-1">c</td>'
        "<td>d 2</td></tr></table>",
        [("a 1", "b"), ("c", "d 2")],
        (),
    ),
]


@pytest.mark.parametrize(("name", "table", "cells", "heads"), TABLES, ids=[t[0] for t in TABLES])
def test_cells_and_heads(name, table, cells, heads):
    found = rows(table)
    assert [b.cells for b in found] == cells
    assert found[-1].headers == heads


LAYOUT = [
    f"<table><tr><td>Menu</td><td><h2>A heading</h2><p>{FIRST} {SECOND}</p></td></tr></table>",
    f'<table role="presentation"><tr><td>{FIRST}</td><td>{SECOND}</td></tr>'
    "<tr><td>a</td><td>b</td></tr></table>",
    f"<table><tr><td>{FIRST}</td></tr><tr><td>{SECOND}</td></tr></table>",
    "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td></tr></table>",
]


@pytest.mark.parametrize("table", LAYOUT)
def test_a_table_that_arranges_the_page_has_no_rows(table):
    assert rows(table) == []


def test_a_table_in_the_furniture_is_not_read():
    tail = f'<div class="sidebar">{PLATFORMS}</div>'
    assert texts(read(page(FIRST, SECOND, THIRD, tail=tail)), "table_row") == []


def test_a_list_of_numbers_in_a_table_cell_that_is_hidden_is_flagged_or_left_out():
    table = PLATFORMS.replace(
        "<td>5,678</td>", "<td>5,678<span style='display:none'>9,999</span></td>"
    )
    shown = [b.cells for b in rows(table)]
    assert ("Twitter", "5,678") in shown
