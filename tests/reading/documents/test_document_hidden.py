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
    ("<div aria-hidden='true'><p>{}</p></div>", ""),
    ("<p style='position:absolute; left:-9999px'>{}</p>", ""),
    ("<p style='text-indent: -5000px'>{}</p>", ""),
    ("<p style='left:-999em'>{}</p>", ""),
    ("<p style='text-indent:-100%'>{}</p>", ""),
    ("<p style='height:0; overflow:hidden'>{}</p>", ""),
    ("<p style='max-height: 0px; overflow-y: hidden'>{}</p>", ""),
    ("<p style='color:#fff; background:white'>{}</p>", ""),
    ("<p style='background-color: rgb(255, 255, 255); color: #FFFFFF'>{}</p>", ""),
    ("<p style='color:transparent'>{}</p>", ""),
    ("<p style='font-size: 0'>{}</p>", ""),
    ("<p class='away'>{}</p>", "<style>.away{position:absolute;left:-10000px}</style>"),
    ("<strike>{}</strike>", ""),
]


@pytest.mark.parametrize(("way", "head"), WAYS, ids=[w[0] for w in WAYS])
def test_hidden_text_is_flagged_in_its_place(way, head):
    html = page(FIRST, SECOND, THIRD, head=head)
    document = read(html.replace(f"<p>{SECOND}", f"{way.format(HIDDEN)}<p>{SECOND}"))
    assert FIRST in document.text
    assert THIRD in document.text
    where = [b for b in document.blocks if "777,000" in document.text[b.start : b.end]]
    assert [bool(block.hidden) for block in where] == [True]
    assert document.text.index(FIRST) < where[0].start < document.text.index(SECOND)


def test_a_struck_number_does_not_run_into_the_corrected_one():
    document = read(page("The firm removed <del>84,300</del> 48,300 clips in that year.", SECOND))
    assert "The firm removed 48,300 clips in that year." in document.text


SHOWN = [
    ("<p style='display:block'>{}</p>", ""),
    ("<p style='opacity:0.9'>{}</p>", ""),
    ("<p><span aria-hidden='true'>{}</span></p>", ""),
    ("<p aria-hidden='false'>{}</p>", ""),
    ("<p style='height:0'>{}</p>", ""),
    ("<p style='max-height:100px; overflow:hidden'>{}</p>", ""),
    ("<p style='color:#fff; background:#000'>{}</p>", ""),
    ("<p style='margin-left:-20px'>{}</p>", ""),
    ("<p style='left:50%; margin-left:-480px'>{}</p>", ""),
    ("<p class='mid'>{}</p>", "<style>.mid{position:absolute;left:50%;margin-left:-480px}</style>"),
    ("<p style='border-left: 0; font-size: 0.9em'>{}</p>", ""),
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


def test_a_struck_number_is_flagged_beside_its_sentence():
    document = read(page("The firm removed <del>84,300</del> 48,300 clips in that year.", SECOND))
    hidden = [(document.text[b.start : b.end], b.hidden) for b in document.blocks if b.hidden]
    assert hidden == [("84,300", "struck out (del)")]


UNSEEN_AND_NO_FIGURE = [
    "<p style='display:none'>Loading</p>",
    f"<p style='display:none'>{SECOND}</p>",
    "<div style='display:none'>300x250</div>",
    "<!-- slot 12 -->",
    "<!-- var a = {removed: 4711, kind: 'posts'}; and so on and so on. -->",
    "<!--[if lt IE 9]><p>Upgrade, you are one of 12 people with this browser.</p><![endif]-->",
    "<nav hidden><p>The 40 stories that everybody else has been reading this week.</p></nav>",
]


@pytest.mark.parametrize("way", UNSEEN_AND_NO_FIGURE)
def test_hidden_furniture_and_copies_are_not_text(way):
    html = page(FIRST, SECOND, THIRD).replace(f"<p>{THIRD}", f"{way}<p>{THIRD}")
    assert not any(block.hidden for block in read(html).blocks)


def test_a_number_that_only_screen_readers_get_once_is_kept_once():
    both = "<span aria-hidden='true'>1.9m</span><span class='sr-only'>1.9 million</span>"
    document = read(page(f"Facebook removed {both} posts in the first quarter.", SECOND))
    assert "Facebook removed 1.9m posts in the first quarter." in document.text


def test_an_article_behind_an_open_dialog_is_visible():
    html = page(FIRST, SECOND, THIRD).replace("<article>", "<article aria-hidden='true'>")
    assert not any(block.hidden for block in read(html).blocks)


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
