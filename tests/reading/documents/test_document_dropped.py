"""Lines with numbers that did not become text are listed, with who had them and why not."""

import pytest
from tests.reading.documents.pages import FIRST, SECOND, THIRD, page, read, texts

from analysis.model.documents import Dropped
from analysis.reading.documents.consensus import Judged, judge
from analysis.reading.documents.leftovers import LONGEST, MOST, list_dropped
from analysis.reading.documents.pieces import Piece

ASIDE = "Our 40 reporters in 12 countries would like to hear what you think of this page."
STORY = '<p>Related: <a href="#">YouTube deletes 8 million videos in only three months</a></p>'
PHOTO = "<figure><img src=x><figcaption>A protest of 300 people in 2019 [Agency]</figcaption>"
LEFT_OUT = [
    (f'<div class="newsletter"><p>{ASIDE}</p></div>', ASIDE, "newsletter"),
    (f"<footer><p>{ASIDE}</p></footer>", ASIDE, "footer"),
    (STORY, "Related: YouTube deletes 8 million videos in only three months", "link"),
    (f"{PHOTO}</figure>", "A protest of 300 people in 2019 [Agency]", "caption"),
    (
        f'<nav hidden><p style="display:none">{ASIDE}</p></nav>',
        ASIDE,
        "not visible: hidden attribute",
    ),
]


@pytest.mark.parametrize(("html", "text", "reason"), LEFT_OUT, ids=[c[2] for c in LEFT_OUT])
def test_what_was_left_out_is_listed_with_the_reason(html, text, reason):
    document = read(page(FIRST, SECOND, THIRD).replace(f"<p>{SECOND}", f"{html}<p>{SECOND}"))
    assert text not in document.text
    assert [(line.text, line.reason) for line in document.dropped] == [(text, reason)]


def test_the_readers_that_had_a_dropped_line_are_named():
    document = read(page(FIRST, SECOND, THIRD).replace(f"<p>{SECOND}", f"{STORY}<p>{SECOND}"))
    (line,) = document.dropped
    assert set(line.readers) <= {"newspaper3k", "trafilatura", "resiliparse"}
    assert "trafilatura" in line.readers


NOT_LISTED = [
    "",
    "<footer><p>Nobody here counted anything at all, not even the words.</p></footer>",
    "<footer>© 2012–2024</footer>",
    f"<footer><p>{FIRST}</p></footer>",
    f"<div style='display:none'><p>{SECOND}</p></div>",
]


@pytest.mark.parametrize("html", NOT_LISTED)
def test_what_holds_no_number_or_stands_in_the_text_is_not_listed(html):
    assert read(page(FIRST, SECOND, THIRD, tail=html)).dropped == ()


def test_a_body_in_json_ld_that_says_more_is_listed():
    more = "A further 4,500 groups were closed in the week after the report appeared."
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "'
        f'{FIRST} {more} {SECOND}"}}</script>'
    )
    document = read(page(FIRST, SECOND, THIRD, head=script))
    assert more not in document.text
    expected = Dropped(more, ("json_ld",), "only in what this reader made of the page")
    assert document.dropped == (expected,)


def test_the_list_is_bounded():
    line = "A crowd of {} people at the gate of the firm that removed the posts "
    photos = (f"<figcaption>{line.format(n) * 20}</figcaption>" for n in range(400))
    document = read(page(FIRST, SECOND, THIRD, tail=f"<figure>{''.join(photos)}</figure>"))
    assert len(document.dropped) == MOST
    assert {len(entry.text) for entry in document.dropped} == {LONGEST}


def test_a_caption_that_tells_a_number_is_text_where_all_readers_have_it():
    caption = "Twitter closed 125,000 accounts in the second half of 2015, as the chart shows."
    pieces = [Piece("paragraph", FIRST, "p"), Piece("caption", caption, "figcaption")]
    both, one = f"{FIRST}\n{caption}", FIRST
    for second, kept in ((both, True), (one, False)):
        readers = {"newspaper3k": both, "trafilatura": second, "resiliparse": both}
        assert [j.taken for j in judge(pieces, readers, "")] == [True, kept]


def test_a_sentence_with_another_number_is_no_repetition():
    other = SECOND.replace("125,000", "152,000")
    judged = [Judged(Piece("paragraph", text), 12, 0.0) for text in (SECOND, other)]
    dropped = list_dropped(judged, [Piece("paragraph", SECOND)], {})
    assert dropped == (Dropped(other, (), "no reader took it"),)
    hidden = page(FIRST, SECOND, f"</p><p style='display:none'>{other}", THIRD)
    assert [b.hidden for b in read(hidden).blocks if b.hidden] == ["display:none"]


def test_blocks_name_the_readers_that_had_them():
    document = read(page(FIRST, SECOND, THIRD))
    assert {b.readers for b in document.blocks if b.kind == "paragraph"} == {
        ("newspaper3k", "trafilatura", "resiliparse")
    }


def test_short_items_of_a_list_between_paragraphs_are_text_even_as_links():
    items = '<ul><li><a href="#">Removed: 1,204 posts</a></li><li>Restored: 17</li></ul>'
    html = page(FIRST, SECOND, THIRD).replace(f"<p>{SECOND}", f"{items}<p>{SECOND}")
    assert texts(read(html), "list_item") == ["Removed: 1,204 posts", "Restored: 17"]


def test_a_sentence_that_is_one_link_is_text_and_a_linked_headline_is_not():
    sentence = "The firm had removed 1,204 posts in the month before that one."
    headline = "YouTube deletes 8 million videos in only three months"
    for words, kept in ((sentence, True), (headline, False)):
        link = f'<p><a href="#">{words}</a></p>'
        html = page(FIRST, SECOND, THIRD).replace(f"<p>{SECOND}", f"{link}<p>{SECOND}")
        assert (words in read(html).text) == kept


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Advertisers took back 40 campaigns worth 1.2 million dollars in that month.", True),
        ("Advertisement: 40 campaigns in one place.", False),
        ("More: the 40 campaigns of that month.", False),
    ],
)
def test_a_promotion_begins_with_whole_words(line, kept):
    assert (line in read(page(FIRST, line, SECOND, THIRD)).text) == kept
