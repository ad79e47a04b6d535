"""What nobody sees on the page is never taken for what the page says."""

import pytest
from tests.reading.documents.pages import FIRST, SECOND, THIRD, page, read

from analysis.reading.documents.hidden import hidden_reason, hidden_selectors, without_conditions

HIDDEN = "It deleted 777,000 other posts that nobody can see on this page at all."
WAYS = [
    ("<p style='display:none'>{}</p>", ""),
    ("<p style='DISPLAY : NONE !important'>{}</p>", ""),
    ("<div style='visibility:hidden'><p>{}</p></div>", ""),
    ("<p hidden>{}</p>", ""),
    ("<p style='opacity:0'>{}</p>", ""),
    ("<p style='font-size:0px'>{}</p>", ""),
    ("<p><del>{}</del></p>", ""),
    ("<p><s>{}</s></p>", ""),
    ("<p style='text-decoration: line-through'>{}</p>", ""),
    ("<template><p>{}</p></template>", ""),
    ("<noscript><p>{}</p></noscript>", ""),
    ("<p class='sr-only'>{}</p>", ""),
    ("<p class='gone'>{}</p>", "<style>.gone { display: none; }</style>"),
    ("<p id='gone'>{}</p>", "<style>p.x, #gone{display:none}</style>"),
    ("<!-- <p>{}</p> -->", ""),
]


@pytest.mark.parametrize(("way", "head"), WAYS, ids=[w[0] for w in WAYS])
def test_hidden_text_is_flagged_or_left_out(way, head):
    html = page(FIRST, SECOND, THIRD, head=head)
    document = read(html.replace(f"<p>{SECOND}", f"{way.format(HIDDEN)}<p>{SECOND}"))
    assert FIRST in document.text
    assert THIRD in document.text
    for block in document.blocks:
        if "777,000" in document.text[block.start : block.end]:
            assert block.hidden


def test_a_struck_number_does_not_run_into_the_corrected_one():
    document = read(page("The firm removed <del>84,300</del> 48,300 clips in that year.", SECOND))
    assert "The firm removed 48,300 clips in that year." in document.text


SHOWN = [
    ("<p style='display:block'>{}</p>", ""),
    ("<p style='opacity:0.9'>{}</p>", ""),
    ("<p aria-hidden='true'>{}</p>", ""),
    ("<p class='gone'>{}</p>", "<style>@media print { .gone { display: none } }</style>"),
    ("<p class='gone'>{}</p>", "<style>.gone{display:none} .gone{display:block}</style>"),
    ("<p class='gone'>{}</p>", "<style>/* .gone{display:none} */</style>"),
    ("<p class='gone'>{}</p>", "<style>.menu .gone{display:none}</style>"),
    ("<details><summary>More</summary><p>{}</p></details>", ""),
]


@pytest.mark.parametrize(("way", "head"), SHOWN, ids=[s[0] + s[1] for s in SHOWN])
def test_what_can_be_seen_is_not_flagged(way, head):
    html = page(FIRST, SECOND, THIRD, head=head)
    document = read(html.replace(f"<p>{SECOND}", f"{way.format(HIDDEN)}<p>{SECOND}"))
    where = [b for b in document.blocks if "777,000" in document.text[b.start : b.end]]
    assert [b.hidden for b in where] == [""]


def test_an_article_that_scripts_switch_on_is_taken_as_visible():
    html = page(FIRST, SECOND, THIRD).replace("<article>", "<article style='display:none'>")
    document = read(html.replace("</body>", "<p>Please wait.</p></body>"))
    assert FIRST in document.text
    assert not any(block.hidden for block in document.blocks)
    assert any("scripts run" in note for note in document.notes)


def test_a_body_is_never_hidden():
    assert hidden_reason("body", {"style": "visibility:hidden"}, frozenset()) == ""


def test_rules_that_hold_only_sometimes_are_passed_over():
    sheet = (
        "@charset 'x'; @import 'y'; .a{display:none} "
        "@media x { .b{display:none} .c{} } #d{display:none}"
    )
    assert hidden_selectors(sheet) == {".a", "#d"}
    assert without_conditions("@media x { .b{display:none}") == ""
