"""Live sources by their kept pages: what they lead to; an unknown layout is never empty."""

import datetime as dt
import gzip
from pathlib import Path

import pytest

from analysis.acquisition.sources import feeds, reports, telegram, wayback
from analysis.model.errors import LayoutError

PAGES = Path(__file__).parents[1] / "fixtures" / "sources"
PREVIEW = (PAGES / "telegram-preview-2026.html").read_bytes()
ADDRESS = "https://t.me/s/closedrooms"


def page(name):
    return (PAGES / name).read_bytes()


# Telegram


def test_posts_come_with_number_time_and_lines():
    posts = telegram.parse_preview(PREVIEW, ADDRESS).posts
    assert [post.number for post in posts] == [118, 119, 120]
    assert posts[0].text == (
        "412 bots and channels were closed on 1 March 2024.\nTotal this month: 412 \u2705"
    )
    assert posts[0].sent == dt.datetime(2024, 3, 1, 22, 0, 5, tzinfo=dt.UTC)
    assert posts[0].address == "https://t.me/closedrooms/118"
    assert posts[1].text == "388 on 2 March.\nTotal this month: 800"  # not the post it answers
    assert posts[2].text == ""


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<html><body><p>Something else</p></body></html>", "none of the known layouts"),
        (b"", "no HTML page"),
        (b"<div class='tgme_page'>Join</div>", "private or has no public preview"),
        (PREVIEW.replace(b"data-post=", b"data-message="), "none of the known layouts|no posts"),
        (PREVIEW.replace(b"datetime=", b"data-time="), "layout has changed"),
        (PREVIEW.replace(b"closedrooms/119", b"119"), "layout has changed"),
        (PREVIEW.replace(b"+00:00", b""), "layout has changed"),
    ],
)
def test_an_unknown_layout_is_an_error(body, words):
    if b"data-message" in body:
        body = body.replace(b"tgme_channel_history", b"other_history")
    with pytest.raises(LayoutError, match=words):
        telegram.parse_preview(body, ADDRESS)


def test_a_channel_without_posts_is_empty():
    body = b"<section><div class='tgme_channel_history js-message_history'></div></section>"
    assert telegram.parse_preview(body, ADDRESS) == telegram.Preview()


@pytest.mark.parametrize(
    "name",
    ["closedrooms", "@closedrooms", "https://t.me/s/closedrooms", "https://t.me/closedrooms/"],
)
def test_a_channel_can_be_named_in_many_ways(name):
    assert telegram.preview_address(name) == ADDRESS
    assert telegram.preview_address(name, 118) == f"{ADDRESS}?before=118"


@pytest.mark.parametrize("name", ["", "a", "x y", "../etc", "name?x=1", "https://evil.example/s/a"])
def test_what_is_no_channel_is_said_to_be_none(name):
    with pytest.raises(LayoutError, match="is no channel"):
        telegram.preview_address(name)


def channel(first, last, page_size=3):
    """Return what loads the pages of a channel with so many posts, a day each."""

    def load(address):
        before = int(address.partition("=")[2] or last + 1)
        numbers = range(max(first, before - page_size), before)
        start = dt.datetime(2024, 1, 1, 22, tzinfo=dt.UTC)
        posts = "".join(
            f'<div class="tgme_widget_message" data-post="closedrooms/{n}"><div '
            f'class="tgme_widget_message_text">{n} closed</div><a class="tgme_widget_message_date">'
            f'<time datetime="{(start + dt.timedelta(days=n)).isoformat()}"></time></a></div>'
            for n in numbers
        )
        return f"<div class='tgme_channel_history'>{posts}</div>".encode()

    return load


def test_paging_goes_back_to_the_day_and_no_further():
    pages = list(telegram.page_back("closedrooms", dt.date(2024, 1, 8), channel(1, 20)))
    numbers = [post.number for _, posts in pages for post in posts]
    assert sorted(numbers) == list(range(6, 21))  # the page that holds an older post is the last
    assert len(numbers) == len(set(numbers))


def test_paging_ends_with_the_first_post_and_with_a_page_that_leads_nowhere():
    pages = list(telegram.page_back("closedrooms", dt.date(2000, 1, 1), channel(1, 7)))
    assert min(post.number for _, posts in pages for post in posts) == 1
    stuck = list(telegram.page_back("closedrooms", dt.date(2000, 1, 1), lambda _: PREVIEW))
    assert len(stuck) == 1


# Report pages


def test_a_report_page_leads_to_its_data_files():
    found = reports.data_files(page("report-page-2026.html"), "https://quillmark.example/rules")
    base = "https://files.quillmark.example"
    assert [(file.address, file.kind) for file in found] == [
        (f"{base}/reports/2025-h1.csv", "csv"),
        (f"{base}/reports/2024-H2.XLSX?v=3", "xlsx"),
        (f"{base}/reports/download?file=2024-h1.ods&lang=en", "ods"),
        (f"{base}/get/8841", "csv"),
        ("https://cdn.quillmark.example/x/prose%20report.pdf", "pdf"),
    ]
    assert found[0].label == "January to June 2025 (CSV)"
    assert found[3].label == "2023 as CSV"


def test_a_page_without_data_files_is_an_error_that_says_what_to_do():
    with pytest.raises(LayoutError, match=r"among its 1 links.*copy the addresses"):
        reports.data_files(b"<p><a href='/x.html'>x</a></p>", "https://quillmark.example/")


MANY = " ".join(f"a{n}" for n in range(60_000))
BUSY = {
    "attributes": f"<p {MANY}>",
    "with values": "<p " + "".join(f'a{n}=">"' for n in range(60_000)) + ">",
    "slashes": f"<p {MANY.replace(' ', '/')}>",
    "unended": f"<p {MANY}",
    "behind a quote": f"<script>\"<b x='\"</script><p {MANY}'>",
    "many tags": f"<p {MANY[:6000]}>" * 200,
    "tags in names": "<a" * 500_000,
    "quotes": "<a b='" + '<a "' * 100_000,
}


@pytest.mark.parametrize("page", BUSY.values(), ids=BUSY)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_page_that_would_keep_the_parser_busy_is_refused(page, encoding):
    with pytest.raises(LayoutError, match="without end"):
        reports.data_files(page.encode(encoding), "https://quillmark.example/")


def test_a_page_with_large_pictures_in_it_is_no_such_page():
    picture = f'<img src="data:image/png;base64,{"iVBOR" * 200_000}" alt="x">'
    script = f"<script>if(i<n&&j){{{'f(1);' * 100_000}}}</script>"
    found = reports.data_files(
        f"{picture}{script}<a href='/x.csv'>x</a>".encode(), "https://quillmark.example/"
    )
    assert len(found) == 1
    with pytest.raises(LayoutError, match="more than a page of links"):
        reports.data_files(b" " * 8_000_001, "https://quillmark.example/")


@pytest.mark.parametrize(
    ("charset", "label"),
    [
        ("windows-1251", "\u041e\u0442\u0447\u0451\u0442"),
        ("shift_jis", "\u5831\u544a"),
        ("x-unknown", "x"),
    ],
)
def test_labels_come_in_the_encoding_that_a_page_declares(charset, label):
    text = f"<meta charset={charset}><a href=/x.csv>{label}</a>"
    body = text.encode("utf-8" if charset.startswith("x-") else charset)
    (found,) = reports.data_files(body, "https://quillmark.example/")
    assert found.label == label


def test_utf_7_is_never_decoded():
    body = b"<meta charset=utf-7>+ADw-a href='/x.csv'+AD4-x+ADw-/a+AD4-"
    with pytest.raises(LayoutError, match="0 links"):
        reports.data_files(body, "https://quillmark.example/")


# Feeds and sitemaps


def test_feeds_and_sitemaps_list_pages():
    rss = feeds.parse_feed(page("rss-2.0.xml"), "https://wire.example/feed")
    assert [entry.address.removeprefix("https://wire.example") for entry in rss] == [
        "/2024/03/messenger", "/2024/03/cake", "/2024/02/video", "/2023/undated",
    ]  # fmt: skip
    assert [str(entry.day) for entry in rss] == ["2024-03-02", "2024-03-01", "2024-02-20", "None"]
    (atom,) = feeds.parse_feed(page("atom.xml"), "https://notes.example/feed")
    assert (atom.address, str(atom.day)) == ("https://notes.example/a", "2024-03-04")
    urls = feeds.parse_feed(page("sitemap-urlset.xml"), "https://wire.example/s.xml")
    assert [(entry.title, str(entry.day)) for entry in urls] == [
        ("Messenger closes 1,200 channels", "2024-03-02"),
        ("", "2016-02-06"),
    ]
    (index,) = feeds.parse_feed(page("sitemap-index.xml"), "https://wire.example/s.xml")
    assert index.index and index.address.endswith("sitemap-2024.xml.gz")


def test_a_packed_sitemap_is_unpacked_within_its_limit(monkeypatch):
    packed = gzip.compress(page("sitemap-urlset.xml"))
    assert len(feeds.parse_feed(packed, "https://wire.example/s.xml.gz")) == 2
    monkeypatch.setattr(feeds, "UNPACKED", 100)
    with pytest.raises(LayoutError, match="more than 100 bytes"):
        feeds.parse_feed(packed, "https://wire.example/s.xml.gz")


@pytest.mark.parametrize(
    ("words", "since", "count"),
    [
        ([], None, 4),
        (["isl"], None, 1),
        (["ISLAMIC STATE"], None, 1),
        (["video"], None, 1),  # the title has an accent
        (["lamic"], None, 0),  # words begin so
        (["terror", "cake"], None, 2),
        ([], dt.date(2024, 3, 1), 3),  # a page without a day is kept
        (["!"], None, 4),
    ],
)
def test_pages_are_chosen_by_words_and_days(words, since, count):
    entries = feeds.parse_feed(page("rss-2.0.xml"), "https://wire.example/feed")
    assert len(feeds.chosen(entries, words, since)) == count


HIDDEN = "<!DOCTYPE rss [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><rss>&e;</rss>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<html><body>Not found</body></html>", "begins with <html>"),
        (b"not xml", "no well-formed XML"),
        (b"", "no well-formed XML"),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>&a;</rss>", "declares a document type"),
        (b"<rss><channel>", "no well-formed XML"),
        (HIDDEN.encode("utf-16"), "declares a document type"),
        (b"<!--" + b"x" * 100_001 + b"-->" + HIDDEN.encode(), "declares a document type"),
        (b"<rss>" + b"<item>" * 200 + b"<a/>" * 9_000, "no well-formed XML"),
        (b"<rss>" + b"<item>" * 200 + b"<a/>" * 9_000 + b"</item>" * 200 + b"</rss>", "more than"),
        (b"\x1f\x8b\x08 nothing", "damaged gzip"),
        (b"<a>" * 5_000 + b"</a>" * 5_000, "no well-formed XML|begins with <a>"),
    ],
)
def test_what_is_no_feed_is_an_error(body, words):
    with pytest.raises(LayoutError, match=words):
        feeds.parse_feed(body, "https://wire.example/feed")


# Copies in the Wayback Machine

CLOSEST = b"""{"url": "x.example/a", "archived_snapshots": {"closest": {"status": "200",
"available": true, "url": "http://web.archive.org/web/20200822120000/http://x.example/a",
"timestamp": "20200822120000"}}}"""


def test_a_copy_is_named_as_it_was():
    copy = wayback.parse_answer(CLOSEST, "http://x.example/a?b=1")
    assert copy.address == "https://web.archive.org/web/20200822120000id_/http://x.example/a?b=1"
    asked = wayback.question("http://x.example/a?b=1&c=2", "20200822")
    assert asked.endswith("?url=http%3A%2F%2Fx.example%2Fa%3Fb%3D1%26c%3D2&timestamp=20200822")


@pytest.mark.parametrize(
    "body",
    [
        b'{"archived_snapshots": {}}',
        CLOSEST.replace(b"true", b"false"),
        CLOSEST.replace(b'"200"', b'"404"'),
    ],
)
def test_no_copy_is_none(body):
    assert wayback.parse_answer(body, "http://x.example/") is None


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"{}", b"[" * 100_000, CLOSEST.replace(b'20200822120000"}', b'now"}')],
)
def test_an_unknown_answer_is_an_error(body):
    with pytest.raises(LayoutError, match=r"known layouts|where a time should be"):
        wayback.parse_answer(body, "http://x.example/")
