"""Hostile and damaged pages: a text, a named outcome or a named error, within bounds."""

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reading.documents.pages import ARABIC, FIRST, SECOND, THIRD, TODAY, page, read, snap

from analysis.model.errors import DocumentError, OutOfMemory
from analysis.reading.documents import Limits, read_document
from analysis.reading.documents.article import PageRequest, Reading, compose, open_page
from analysis.reading.documents.guard import GUARD

CELL = "<tr><td>Facebook</td><td>1,900,000</td><td>2018-03-31</td></tr>"
LINK = "<li><a href='#'>x</a></li>"
HUGE = [
    ("4 MB in one paragraph", page("1,204 posts and " * 250_000), "1,204 posts"),
    ("a table of 2 MB", page(FIRST, f"<table>{CELL * 32_000}</table>"), "Facebook | 1,900,000"),
    ("100,000 links", page(FIRST, SECOND, tail=f"<ul>{LINK * 100_000}</ul>"), FIRST),
]


@pytest.mark.parametrize(("name", "html", "words"), HUGE, ids=[h[0] for h in HUGE])
def test_a_huge_page_is_read_within_its_limits(name, html, words):
    started = time.monotonic()
    document = read_document(snap(html), name=name, limits=Limits(seconds=60))
    assert words in document.text
    assert time.monotonic() - started < 60


DAMAGED = [
    ("a NUL in every word", page(FIRST, SECOND).replace("o", "o\x00")),
    ("UTF-16 without a mark", page(FIRST, SECOND).encode("utf-16-le")),
    ("half a character", page(ARABIC, SECOND).encode()[:-1] + b"\xd8"),
    ("two encodings", page(ARABIC).encode() + page(ARABIC).encode("windows-1256")),
    ("a charset that does not exist", page(FIRST, head="<meta charset=utf-9>")),
    ("a charset that hides markup", page(FIRST, head="<meta charset=utf-7>")),
    ("control characters", page("".join(map(chr, range(1, 32))) + FIRST)),
    ("lone surrogates", page(FIRST, "&#xD800; &#xDFFF;")),
    ("cut in a tag", page(FIRST, SECOND, THIRD)[:-60] + "<p class="),
    ("JSON with a tag", '{"html": "<p>' + FIRST + '</p>"}'),
    ("300,000 entities", page(FIRST, "&amp;" * 300_000)),
    ("an attribute of 2 MB", page(FIRST, f"<a title='{'x' * 2_000_000}'>y</a>")),
    ("20,000 attributes", page(FIRST, f"<a {' '.join(f'a{n}=1' for n in range(20_000))}>y</a>")),
    ("style sheet of 1 MB", page(FIRST, head=f"<style>{'.a{color:red}' * 80_000}</style>")),
    ("JSON-LD of 2 MB", page(FIRST, head=f"<script type='application/ld+json'>{'[1,' * 700_000}")),
    ("tables in tables", page(FIRST, "<table><tr><td>" * 2_000 + "7")),
    (
        "spans of a billion",
        page(FIRST, "<table><tr><td colspan=999999999 rowspan=99999999>7</table>"),
    ),
]


SLOW_FOR_PATTERNS = [
    ("a style sheet without rules", page(FIRST, head=f"<style>{'a ' * 200_000}</style>")),
    ("a style sheet of openings", page(FIRST, head=f"<style>{'a{;' * 100_000}</style>")),
    ("a comment of digits", page(FIRST, f"<!-- {'1 ' * 9_900} -->" * 20)),
    (
        "JSON-LD of blanks",
        page(FIRST, head=f"<script type='application/ld+json'>{' ' * 400_000}x</script>"),
    ),
    ("a long style", page(FIRST, f"<i style='{'text-decoration:' * 60_000}'>x</i>")),
    ("a title of blanks and bars", page(FIRST, title="a - " * 20_000)),
    ("an author of commas", page(FIRST, head=f"<meta name=author content='{', ' * 100_000}'>")),
    (
        "a date of Z",
        page(FIRST, head=f"<meta name=date content='2018-04-25T01:00 {'Z ' * 90_000}'>"),
    ),
]


@pytest.mark.parametrize(("name", "html"), SLOW_FOR_PATTERNS, ids=[s[0] for s in SLOW_FOR_PATTERNS])
def test_a_long_run_of_one_thing_is_taken_apart_in_time(name, html):
    started = time.process_time()
    page_parts = open_page(html.encode(), PageRequest(name, "0" * 64, "test", today=TODAY))
    compose(page_parts, PageRequest(name, "0" * 64, "test", today=TODAY), Reading())
    assert time.process_time() - started < 2


@pytest.mark.parametrize(("name", "body"), DAMAGED, ids=[d[0] for d in DAMAGED])
def test_a_damaged_page_gives_text_or_a_named_error(name, body):
    try:
        document = read_document(snap(body), name=name, limits=Limits(seconds=3))
    except DocumentError as error:
        assert name in str(error)
    else:
        assert document.text.strip()
        assert document.text.isprintable() or "\n" in document.text


SEEDS = [
    page(FIRST, SECOND, THIRD, head='<meta name="date" content="2018-04-25">'),
    page(ARABIC, lang="ar"),
    page(FIRST, f"<table><tr><th>A<th>B</tr>{CELL}{CELL}</table>", "<del>84</del> 48 clips."),
    page(FIRST, "<ul><li>81 percent<li>34 videos</ul><blockquote>300 channels</blockquote>"),
]
SPLICES = [
    *("<", ">", "</", "<p>", "</div>", "<table>", "<!--", "-->", "&#", "\x00", "\ud800", '"'),
    *("<script>", "<del>", "style='display:none'", "9" * 400, "<td rowspan=50>", "<svg>"),
]


def mutate(text, rng):
    """Cut, double, shuffle or splice a page at random places."""
    for _ in range(rng.randint(1, 12)):
        a, b = sorted(rng.randrange(len(text) + 1) for _ in range(2))
        part = text[a : a + min(b - a, 200)]
        text = rng.choice(
            [
                text[:a] + text[a + len(part) :],
                text[:a] + part + text[a:],
                text[:a] + rng.choice(SPLICES) + text[a:],
                text[:a] + part[::-1] + text[a + len(part) :],
            ]
        )
    return text.encode("utf-8", "surrogatepass")


def holds_together(document):
    """Assert what is true of every document."""
    end = -2
    for block in document.blocks:
        assert block.start == end + 2
        assert document.text[block.start : block.end].strip()
        end = block.end
    assert end == len(document.text)


def test_300_mutated_pages_give_a_document_or_a_named_error():
    rng = random.Random(7)
    read_well = 0
    for number in range(300):
        body = mutate(SEEDS[number % len(SEEDS)], rng)
        try:
            document = read(body)
        except DocumentError:
            continue
        holds_together(document)
        read_well += 1
    assert read_well > 220


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=300),
    st.sampled_from(["{}", "<p>{}</p>", "<html><body>{}", "<table><tr><td>{}"]),
)
def test_any_text_in_a_page_is_read_or_refused_by_name(text, frame):
    try:
        document = read(frame.replace("{}", text).encode("utf-8", "surrogatepass"))
    except DocumentError:
        return
    holds_together(document)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_by_name(body):
    try:
        read(b"<html><body><p>" + body)
    except DocumentError:
        return


def test_tags_without_end_siblings_and_rows_stay_within_the_limits():
    pages = {
        "100,000 tags deep": page(FIRST, SECOND, tail="<div>" * 100_000 + "x" + "</div>" * 100_000),
        "300,000 siblings": page(FIRST, SECOND, tail="<p>x</p>" * 300_000),
        "a table of 100,000 rows": page(FIRST, SECOND, tail=f"<table>{CELL * 100_000}</table>"),
        "an attribute of 18 MB": page(FIRST, SECOND, f"<a title='{'x' * 18_000_000}'>y</a>"),
    }
    for name, html in pages.items():
        document = read_document(snap(html), name=name, limits=Limits(seconds=30))
        assert FIRST in document.text, name
        assert SECOND in document.text, name


def test_a_page_that_takes_too_much_memory_is_refused_or_read_by_the_page_alone():
    GUARD.stop()  # what an earlier page left free would not count
    breaks = page(FIRST, SECOND, tail="word<br>" * 60_000)
    limits = Limits(seconds=30, memory=70_000_000)
    document = read_document(snap(breaks), name="breaks", limits=limits)
    assert FIRST in document.text
    assert any("memory limit" in note for note in document.notes)
    rows = page(FIRST, tail="<table>" + "<tr><td>1<td>2" * 60_000)
    links = page(FIRST, SECOND, tail="<a href=x>y</a>" * 250_000)
    for name, html in (("rows", rows), ("links", links)):
        GUARD.stop()
        with pytest.raises(OutOfMemory, match="raise the limit"):
            read_document(snap(html), name=name, limits=limits)


def test_utf_7_is_text_and_never_markup():
    hidden = "+ADw-script+AD4-alert(1)+ADw-/script+AD4-"
    for head in (
        "<meta charset=utf-7>",
        "<meta charset=UTF-7>",
        "<meta charset=unicode-1-1-utf-7>",
    ):
        assert hidden in read_document(snap(page(FIRST, SECOND, hidden, head=head)), name="a").text
    headers = (("Content-Type", "text/html; charset=utf-7"),)
    assert hidden in read_document(snap(page(FIRST, hidden), headers=headers), name="a").text
