"""The text of an article: all of it, to the character, and nothing that stands beside it."""

import pytest
from tests.reading.documents.pages import FIRST, SECOND, THIRD, page, read, texts

from analysis.reading.documents.consensus import judge
from analysis.reading.documents.newspaper_reader import (
    configuration,
    quick_parser,
    read_newspaper,
)
from analysis.reading.documents.pieces import Piece
from analysis.reading.documents.resiliparse_reader import read_resiliparse


def test_title_and_paragraphs_with_exact_offsets():
    document = read(page(FIRST, SECOND, THIRD))
    assert document.text == "\n\n".join(["Two firms report on removals", FIRST, SECOND, THIRD])
    assert [b.kind for b in document.blocks] == ["title", "paragraph", "paragraph", "paragraph"]
    assert texts(document) == document.text.split("\n\n")
    assert document.title == "Two firms report on removals"


def test_the_quick_reader_keeps_the_article_and_leaves_out_the_menu():
    menu = "<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World 24</a></li></ul></nav>"
    found = read_resiliparse(page(FIRST, SECOND, THIRD).replace("<article>", f"{menu}<article>"))
    assert all(text in found for text in (FIRST, SECOND, THIRD))
    assert "World 24" not in found
    assert read_resiliparse("") == ""


BARE = (
    "<html><body><div class='story'>"
    + "<br><br>".join([FIRST, SECOND, THIRD])
    + "</div></body></html>"
)


def test_newspaper_keeps_a_body_of_bare_text_between_line_breaks():
    """lxml 6 wraps bare text in `span`; without our parser method newspaper3k finds nothing."""
    found = read_newspaper(BARE, "en").text
    assert FIRST in found
    assert THIRD in found


ODD = page(
    FIRST,
    SECOND,
    head='<meta name="Author" content="Ada Lovelace"><meta name="byl" content="By Max Power">',
    tail="".join(
        f'<div id="{name}" class="x {name.upper()} y" name="{name}" rel="{name}">{name} 1</div>'
        for name in ("Caption", "google", "footer", "author", "combx", "sidebar", "", "article")
    ),
)


@pytest.mark.parametrize("html", [BARE, ODD, "<p>x", "<div class=author>By Ada Lovelace</div>"])
def test_newspaper_gives_what_its_own_article_gives(html):
    """Its metadata and images are not asked for, and its attributes are searched another way."""
    import newspaper

    settings = configuration("en")
    article = newspaper.Article("", config=settings)
    article.download(input_html=html)
    article.parse()
    found = read_newspaper(html, "en")
    assert (found.text, found.title) == (article.text, article.title)
    assert list(found.authors) == article.authors


def test_newspaper_finds_elements_as_its_own_parser_does():
    from newspaper.parsers import Parser

    quick = quick_parser()
    tree = quick.fromstring(ODD)
    for attribute in ("id", "class", "name", "rel"):
        for pattern in ("^caption$|google", "foot|[^-]side", "author", "z*"):
            expression = f"//*[re:test(@{attribute}, '{pattern}', 'i')]"
            assert quick.xpath_re(tree, expression) == Parser.xpath_re(tree, expression)
        assert quick.xpath_re(tree, f"//*[re:test(@{attribute}, 'caption', 'i')]")
        for value in ("author", "BYL", "caption"):
            asked = {"attr": attribute, "value": value}
            own = Parser.getElementsByTag(tree, **asked)
            assert quick.getElementsByTag(tree, **asked) == own


def test_bare_text_between_line_breaks_becomes_paragraphs():
    assert texts(read(BARE)) == [FIRST, SECOND, THIRD]


def test_a_single_line_break_stays_inside_its_paragraph():
    document = read(page(f"{FIRST}<br>{SECOND}", THIRD))
    assert texts(document, "paragraph") == [f"{FIRST}\n{SECOND}", THIRD]


FURNITURE = [
    '<nav><a href="/">Home</a> <a href="/w">World 24</a></nav>',
    '<aside class="newsletter">Join 40,000 readers and get our briefing by e-mail.</aside>',
    '<div class="share"><a href="#">Share on Facebook</a> <a href="#">Tweet this</a></div>',
    '<ul class="related"><li><a href="#">YouTube deletes 8 million videos</a></li></ul>',
    '<div id="comments"><h3>312 comments</h3><p>First! I have seen 500 of these.</p></div>',
    "<footer>© 2012–2024 The Example Courier. Phone 555 0100.</footer>",
    '<div id="cookie-banner">We use cookies of 14 partners. <button>Accept</button></div>',
    "<form><label>Search 9,000 articles</label><input></form>",
    '<h3>You may also like</h3><ul><li><a href="#">One 1</a></li><li><a href="#">Two 2</a></li>'
    '<li><a href="#">Three 3</a></li></ul>',
    "<script>var removed = 4711;</script><style>.x { width: 4711px }</style>",
]


@pytest.mark.parametrize("furniture", FURNITURE)
def test_what_stands_beside_the_article_is_not_its_text(furniture):
    expected = [FIRST, SECOND, THIRD]
    assert texts(read(page(*expected, tail=furniture)), "paragraph") == expected
    above = page(*expected).replace("<article>", f"{furniture}<article>")
    assert texts(read(above))[1:] == expected


INSIDE = [
    '<p>Related: <a href="#">YouTube deletes 8 million videos in three months</a></p>',
    '<p><a href="#">CLICK HERE FOR ALL 99 REPORTS</a></p>',
    "<p>Subscribe to our newsletter with 40,000 readers.</p>",
    "<figure><img src='x.png'><figcaption>A protest in 2019. (Photo: Agency)</figcaption></figure>",
]


@pytest.mark.parametrize("inset", INSIDE)
def test_insets_between_paragraphs_are_left_out(inset):
    html = page(FIRST, SECOND, THIRD).replace(f"<p>{SECOND}", f"{inset}<p>{SECOND}")
    assert texts(read(html), "paragraph") == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "<p>By Ann Example, technology desk</p>",
        '<p class="dateline"><time datetime="2018-12-14">14 December 2018</time></p>',
        "<font size=1>Posted 28 December 2016 by admin</font>",
    ],
)
def test_date_and_author_lines_are_no_text(line):
    html = page(FIRST, SECOND, THIRD).replace("</h1>", f"</h1>{line}")
    assert texts(read(html), "paragraph") == [FIRST, SECOND, THIRD]


def test_lists_headings_and_quotes_keep_their_kind():
    html = page(
        FIRST,
        SECOND,
        tail="",
    ).replace(
        "</article>",
        "<h2>What was found</h2><ul><li>81 percent of the videos were first noticed by machines"
        "</li><li>34 videos were flagged by government agencies</li></ul>"
        "<blockquote><p>We removed 300 channels, and we go on, she said.</p></blockquote>"
        f"<p>{THIRD}</p></article>",
    )
    document = read(html)
    assert texts(document, "heading") == ["What was found"]
    assert len(texts(document, "list_item")) == 2
    assert texts(document, "quote") == ["We removed 300 channels, and we go on, she said."]


def test_a_heading_over_other_stories_is_left_out():
    tail = '<h3>More from the courier</h3><ul><li><a href="#">A story of 12 words</a></li></ul>'
    assert texts(read(page(FIRST, SECOND, THIRD, tail=tail)), "heading") == []


def test_spaces_are_plain_and_inline_tags_join_words():
    html = page(
        "A survey found that 61&nbsp;percent of <b>Face</b>book users,\n  or 1&#8239;200, agreed."
    )
    assert "61 percent of Facebook users, or 1 200, agreed." in read(html).text


@pytest.mark.parametrize("mark", ["<sup>3</sup>", '<sup><a href="#n3">[3]</a></sup>'])
def test_a_footnote_mark_does_not_grow_a_number(mark):
    html = page(f"The company removed 125,000{mark} accounts that praised terrorism.", SECOND)
    assert "125,000 [3] accounts" in read(html).text


def test_a_page_of_a_layout_table_reads_like_any_other():
    html = (
        "<HTML><BODY><TABLE><TR><TD>Archive<BR>About</TD><TD><H2>Headline</H2>"
        f"<p>{FIRST}</p><p>{SECOND}</p></TD></TR></TABLE>"
        "<CENTER>You are visitor no. 104,233</CENTER>"
        "</BODY></HTML>"
    )
    assert texts(read(html), "paragraph") == [FIRST, SECOND]


def test_the_body_in_json_ld_stands_in_for_a_stub():
    words = f"{FIRST} {SECOND} {THIRD} " * 3
    body = f'{{"@type": "NewsArticle", "articleBody": "{words}"}}'
    script = f'<script type="application/ld+json">{body}</script>'
    document = read(page(FIRST, head=script))
    assert SECOND in document.text
    assert any("JSON-LD" in note for note in document.notes)


STATES = [
    (page("Sorry, we could not find that.", title="404 Page not found"), "not found"),
    (page("We use cookies and 900 partners do too.", title="Before you continue"), "cookie wall"),
    (page(FIRST, "Subscribe to continue reading for $1."), "for subscribers"),
    (page("Removed 9 posts today."), "very little text"),
]


@pytest.mark.parametrize(("html", "words"), STATES, ids=[s[1] for s in STATES])
def test_pages_that_are_no_article_are_named(html, words):
    assert any(words in note for note in read(html).notes)


def test_an_article_about_cookies_is_an_article():
    about = "Regulators fined 14 firms whose banners say we use cookies and leave no other choice."
    assert read(page(*[f"{about} Case {n} was closed." for n in range(9)])).notes == ()


def test_the_servers_status_is_noted():
    assert "the server answered with status 404" in read(page(FIRST), status=404).notes


def test_a_paragraph_about_the_author_is_left_out():
    about = "Ann Example is a reporter in Brussels. She has covered these firms for 12 years."
    author = '<meta name="author" content="Ann Example">'
    html = page(FIRST, SECOND, THIRD, head=author)
    read_html = html.replace("</article>", f'</article><div class="bio"><p>{about}</p></div>')
    assert about not in read(read_html).text


def test_an_article_that_quotes_a_post_keeps_it():
    post = "We closed 4,000 channels this week, and there will be more of them, I am afraid."
    quote = f'<blockquote class="social-embed"><p>{post}</p>— Ann Example</blockquote>'
    html = page(FIRST, SECOND, THIRD).replace(f"<p>{SECOND}", f"{quote}<p>{SECOND}")
    assert post in read(html).text


@pytest.mark.parametrize("second", ["<h3>{}</h3>", "<h2>{}</h2>"])
def test_of_two_headings_of_one_rank_the_one_over_text_counts(second):
    heads = "<h3>Featured: another story</h3>" + second.format("What was found")
    html = page(FIRST, SECOND, THIRD).replace(f"<p>{THIRD}", f"{heads}<p>{THIRD}")
    assert texts(read(html), "heading") == ["What was found"]


@pytest.mark.parametrize(
    ("summary", "kept"),
    [
        ("Facebook removed 1.9 million posts and Twitter closed many accounts.", True),
        ("Both firms have published what they removed, and nobody can check it.", False),
    ],
)
def test_a_summary_above_the_text_stays_where_it_holds_a_number(summary, kept):
    pieces = [
        Piece("heading", summary, "h2", container=1),
        *(Piece("paragraph", text, "p", container=1) for text in (FIRST, SECOND, THIRD)),
    ]
    body = "\n".join([FIRST, SECOND, THIRD])
    texts_of_readers = {"newspaper3k": body, "trafilatura": f"{summary}\n{body}"}
    judged = judge(pieces, texts_of_readers, "Two firms report on removals")
    assert [j.taken for j in judged] == [kept, True, True, True]


def test_a_reader_that_keeps_everything_has_no_vote_beside_others():
    inset = "The desk tells its readers about 40 such reports in every single week."
    pieces = [Piece("paragraph", text, "div", container=1) for text in (FIRST, inset, SECOND)]
    both = f"{FIRST}\n{SECOND}"
    votes = {"newspaper3k": both, "trafilatura": both, "resiliparse": f"{FIRST}\n{inset}\n{SECOND}"}
    assert [j.taken for j in judge(pieces, votes, "")] == [True, False, True]
    alone = judge(pieces, {"resiliparse": votes["resiliparse"]}, "")
    assert [j.taken for j in alone] == [True, True, True]


def test_judging_twice_gives_the_same():
    pieces = [Piece("paragraph", text, "p", furniture="menu") for text in (FIRST, SECOND, THIRD)]
    texts_of_readers = {"resiliparse": "\n".join([FIRST, SECOND, THIRD])}
    first = judge(pieces, texts_of_readers, "")
    assert [piece.furniture for piece in pieces] == ["menu"] * 3
    assert judge(pieces, texts_of_readers, "") == first
