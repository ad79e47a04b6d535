"""Title, authors, publisher and addresses."""

import pytest
from tests.reading.documents.pages import FIRST, SECOND, page, read

from analysis.reading.documents.metadata import clean_names, without_site

LD = '<script type="application/ld+json">{{"@type": "NewsArticle", {}}}</script>'
HEADLINE = "Police look for bomb manuals on 180 websites"

TITLES = [
    ("h1", f"<title>x</title><body><h1>{HEADLINE}</h1>"),
    ("title with site", f"<title>{HEADLINE} - Example Blog</title><body><h2>{HEADLINE}</h2>"),
    ("title alone", f"<title>{HEADLINE} | The Courier</title><body>"),
    (
        "og:title",
        f'<meta property="og:title" content="{HEADLINE}"><title>The Courier</title><body>',
    ),
    ("site name in h1", f"<title>{HEADLINE}</title><body><h1>The Courier</h1><h2>{HEADLINE}</h2>"),
    ("JSON-LD", LD.format(f'"headline": "{HEADLINE}"') + "<body><h1>The Courier</h1>"),
    ("a site named in two words", f"<title>Le Monde: {HEADLINE}</title><body><h1>{HEADLINE}</h1>"),
]


@pytest.mark.parametrize(("name", "start"), TITLES, ids=[t[0] for t in TITLES])
def test_the_headline_is_found(name, start):
    document = read(f"<html>{start}<p>{FIRST}</p><p>{SECOND}</p></body></html>")
    assert document.title == HEADLINE
    assert document.text.startswith(HEADLINE + "\n\n")
    assert document.text.count(HEADLINE) == 1


@pytest.mark.parametrize(
    ("title", "site", "bare"),
    [
        ("Removals fall - Example Blog", "", "Removals fall"),
        ("The Courier | Removals fall again at Twitter", "", "Removals fall again at Twitter"),
        ("Removals fall | The Courier", "The Courier", "Removals fall"),
        ("Twitter-Konten gesperrt", "", "Twitter-Konten gesperrt"),
        ("", "", ""),
    ],
)
def test_without_site(title, site, bare):
    assert without_site(title, site) == bare


AUTHORS = [
    (LD.format('"author": {"@type": "Person", "name": "Ann Example"}'), ("Ann Example",)),
    (
        LD.format('"author": [{"name": "Ann Example"}, {"name": "Bo Test"}]'),
        ("Ann Example", "Bo Test"),
    ),
    (LD.format('"author": "By Ann Example"'), ("Ann Example",)),
    ('<meta name="author" content="Ann Example and Bo Test">', ("Ann Example", "Bo Test")),
    ('<meta property="article:author" content="https://x.example/ann">', ()),
    ("", ()),
]


@pytest.mark.parametrize(("head", "names"), AUTHORS)
def test_authors(head, names):
    assert read(page(FIRST, SECOND, head=head)).authors == names


def test_marked_author_links():
    html = page(FIRST, SECOND).replace(
        "</h1>", '</h1><p>By <a rel="author" href="/a">Ann Example</a></p>'
    )
    assert read(html).authors == ("Ann Example",)


def test_names_are_not_sentences():
    sentence = "Ann Example is a reporter who has written about these firms for years"
    assert clean_names([sentence, "12 min read", "", "Ann Example"]) == ["Ann Example"]


def test_publisher():
    assert read(
        page(FIRST, head='<meta property="og:site_name" content="The Courier">')
    ).publisher == ("The Courier")
    assert read(page(FIRST, head=LD.format('"publisher": {"name": "Courier Ltd"}'))).publisher == (
        "Courier Ltd"
    )
    assert read(page(FIRST), address="https://www.x.example/a").publisher == "x.example"
    assert read(page(FIRST)).publisher == ""


def test_addresses():
    canonical = '<link rel="canonical" href="/story">'
    document = read(page(FIRST, head=canonical), address="https://x.example/story?from=mail")
    assert document.address == "https://x.example/story?from=mail"
    assert document.source_link == "https://x.example/story"
    saved = "<!-- saved from url=(0025)https://x.example/story -->" + page(FIRST)
    assert read(saved).address == "https://x.example/story"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="source" content="https://publisher.example/report">',
        '<meta name="dcterms.source" content="https://publisher.example/report">',
        '<link rel="cite-as" href="https://publisher.example/report">',
        LD.format('"isBasedOn": "https://publisher.example/report"'),
    ],
)
def test_a_digest_names_its_source(head):
    canonical = '<link rel="canonical" href="https://digest.example/">'
    assert (
        read(page(FIRST, head=canonical + head)).source_link == "https://publisher.example/report"
    )


def test_an_address_that_is_none_does_no_harm():
    head = '<link rel="canonical" href="http://[broken"><meta name="source" content="javascript:x">'
    assert read(page(FIRST, head=head)).source_link == ""
