"""Publication dates: a whole day that the page states, or unknown."""

from datetime import date

import pytest
from tests.reading.documents.pages import FIRST, SECOND, THIRD, page, read

from analysis.reading.documents.dates import parse_day

DAY = date(2018, 4, 25)


def ld(**fields):
    pairs = ", ".join(f'"{key}": "{value}"' for key, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {pairs}}}</script>'


def meta(name, value, key="property"):
    return f'<meta {key}="{name}" content="{value}">'


def under(line):
    return page(FIRST, SECOND, THIRD).replace("</h1>", f"</h1>{line}")


PUBLISHED = meta("article:published_time", "2018-04-25T08:30:00+00:00")
LATER = meta("date", "2018-04-26")
MODIFIED = meta("article:modified_time", "2018-04-20")
SURE = '<script type="application/ld+json">{{"@graph": [{{"@type": "WebSite"}}, {}]}}</script>'
GRAPH = SURE.format('{"@type": ["Report"], "datePublished": "2018-04-25T01:00:00Z"}')
TWO_TIMES = (
    '<time datetime="2018-04-26" class="updated">x</time>'
    '<time itemprop="datePublished" datetime="2018-04-25">x</time>'
)
MET = "They met on 25 April 2018 in the city of Brussels, Belgium, for talks."
REMOVED = "On 25 April 2018 the firm removed 12 channels at once, it says."
LISTED = '{"@type": "NewsArticle", "datePublished": "2018-04-25"}'
OTHERS = '<script type="application/ld+json">[{{"@type": "BreadcrumbList"}}, {}]</script>'
BROKEN = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "He said "no" again", '
    '"datePublished": "2018-04-25T08:00:00Z", "dateModified": "2018-04-27"}</script>'
)
COMMENTED = f'<script type="application/ld+json"><!--\n{LISTED}\n//--></script>'
STORIES = (
    '<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "Another story", '
    '"datePublished": "2018-05-01"}, {"@type": "NewsArticle", "datePublished": "2018-04-25", '
    '"headline": "Two firms report on removals"}]</script>'
)
VALUED = (
    '<script type="application/ld+json">{"@type": ["NewsArticle"], "datePublished": '
    '{"@type": "Date", "@value": "2018-04-25"}}</script>'
)
FOUND = [
    ("JSON-LD", page(FIRST, SECOND, head=ld(datePublished="2018-04-25")), "json_ld"),
    ("JSON-LD in a graph", page(FIRST, head=GRAPH), "json_ld"),
    ("meta", page(FIRST, SECOND, head=PUBLISHED), "meta"),
    ("meta by name", page(FIRST, head=meta("date", "2018-04-25", "name")), "meta"),
    ("mail date", page(FIRST, head=meta("pubdate", "Wed, 25 Apr 2018 08:30:00 GMT")), "meta"),
    ("late at night", page(FIRST, head=meta("date", "2018-04-25T23:30:00-07:00")), "meta"),
    ("time", under('<time datetime="2018-04-25">yesterday</time>'), "time"),
    ("time marked as publication", under(TWO_TIMES), "time"),
    ("posted line", under("<p>Posted 25 April 2018 by admin</p>"), "text"),
    ("published line", under("<div>Published: April 25th, 2018, 8.30 am</div>"), "text"),
    ("a line that is a date", under("<div>Wednesday, 25 April 2018</div>"), "text"),
    ("German line", under("<div>25. April 2018</div>"), "text"),
    ("French line", under("<div>Publié le 25 avril 2018</div>"), "text"),
    ("Arabic line", under("<div>نشر في ٢٥ أبريل ٢٠١٨</div>"), "text"),
    ("Russian line", under("<div>25 апреля 2018 г.</div>"), "text"),
    ("unambiguous digits", under("<div>25/04/2018</div>"), "text"),
    ("JSON-LD first", page(FIRST, head=ld(datePublished="2018-04-25") + LATER), "json_ld"),
    ("published, not modified", page(FIRST, head=MODIFIED + PUBLISHED), "meta"),
    ("published and updated", under("<p>Published 25 April 2018 | Updated 3 May 2018</p>"), "text"),
    ("updated and published", under("<p>Updated 3 May 2018, first published 25 April 2018</p>"),
     "text"),
    ("an update line above", under("<p>Last updated: 3 May 2018</p><p>25 April 2018</p>"), "text"),
    ("Spanish update", under("<p>Actualizado 3 mayo 2018</p><p>25 de abril de 2018</p>"), "text"),
    ("Persian update", under("<p>به‌روزرسانی: 3 مه 2018</p><p>انتشار: 25 آوریل 2018</p>"), "text"),
    ("day first in France", under("<div>05/04/2018</div>").replace('lang="en"', 'lang="fr"')
     .replace("05/04", "25/04"), "text"),
    ("JSON-LD in a list", page(FIRST, head=OTHERS.format(LISTED)), "json_ld"),
    ("JSON-LD with a broken headline", page(FIRST, head=BROKEN), "json_ld"),
    ("JSON-LD in a comment", page(FIRST, head=COMMENTED), "json_ld"),
    ("JSON-LD of other stories first", page(FIRST, head=STORIES), "json_ld"),
    ("a day given as an object", page(FIRST, head=VALUED), "json_ld"),
    ("one time element", under("<p><time datetime='2018-04-25T09:00'>9 am</time></p>"), "time"),
    ("the time that is shown", under(
        "<time datetime='2018-04-25'>25 April 2018</time>"
     ).replace("<article>", "<p><time datetime='2018-05-02'>Today</time></p><article>"), "time"),
    ("a time element without a value", under("<time>April 25, 2018</time>"), "text"),
    ("a bad date first", page(FIRST, head=ld(datePublished="soon") + PUBLISHED), "meta"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "html", "basis"), FOUND, ids=[f[0] for f in FOUND])
def test_a_stated_day_is_found(name, html, basis):
    document = read(html)
    assert (document.published, document.published_basis) == (DAY, basis)


UNKNOWN = [
    ("nothing", page(FIRST, SECOND, THIRD)),
    ("a month", page(FIRST, head=meta("date", "2018-04"))),
    ("a year", page(FIRST, head=ld(datePublished="2018"))),
    ("a month in words", under("<div>April 2018</div>")),
    ("only a modification", page(FIRST, head=meta("article:modified_time", "2018-04-25"))),
    ("only an update line", under("<p>Updated 25 April 2018</p>")),
    ("an event in the story", page(REMOVED, SECOND)),
    ("an event in a short sentence", page(MET)),
    ("a copyright", page(FIRST, SECOND, tail="<footer>© 2012–2024 The Courier</footer>")),
    ("hours ago", under("<div>3 hours ago</div>")),
    ("yesterday", under("<div>Published yesterday at 9.15</div>")),
    ("two time elements by other stories", page(FIRST, SECOND, tail=(
        "<aside><time datetime='2018-04-25'>x</time><time datetime='2018-04-27'>y</time></aside>"
    ))),
    ("a date in the footer", page(FIRST, SECOND, THIRD, tail="<footer>25 April 2018</footer>")),
    ("the date of a comment", page(FIRST, SECOND, THIRD, tail=(
        "<div id='comments'><p>Ann, 25 April 2018</p></div>"
    ))),
    ("the date of a quoted post", page(FIRST, SECOND, (
        "</p><blockquote>We closed them. — Ann (@ann) April 25, 2018</blockquote><p>"
    ))),
    ("two days in broken JSON-LD", page(FIRST, head=(
        '<script type="application/ld+json">{"a": "b" "datePublished": "2018-04-25", '
        '"datePublished": "2018-04-27"}</script>'
    ))),
    ("a year of another calendar", under("<div>۵ اردیبهشت ۱۳۹۷</div>")),
    ("day and month could be swapped", under("<div>04/05/2018</div>")),
    ("no such day", page(FIRST, head=meta("date", "2018-02-30"))),
    ("zeros", page(FIRST, head=meta("date", "0000-00-00T00:00:00"))),
    ("a date of 200,000 digits", page(FIRST, head=meta("date", "9" * 200_000))),
    ("after retrieval", page(FIRST, head=meta("date", "2099-01-01"))),
    ("before the web", page(FIRST, head=meta("date", "1970-01-01"))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "html"), UNKNOWN, ids=[u[0] for u in UNKNOWN])
def test_less_than_a_stated_day_is_unknown(name, html):
    document = read(html)
    assert (document.published, document.published_basis) == (None, "unknown")


MOMENTS = [  # a moment in UTC, the day shown, the day of publication
    ("2018-04-26T03:10:00Z", "25 April 2018", DAY),
    ("2018-04-24T22:10:00+00:00", "25 April 2018", DAY),
    ("2018-04-25T03:10:00Z", "25 April 2018", DAY),
    ("2018-04-25T20:10:00Z", "24 April 2018", DAY),
    ("2018-04-25T08:10:00Z", "27 April 2018", DAY),
    ("2018-04-25T03:10:00-05:00", "24 April 2018", DAY),
    ("2018-04-25", "24 April 2018", DAY),
]


@pytest.mark.parametrize(
    ("moment", "shown", "day"), MOMENTS, ids=[" ".join(m[:2]) for m in MOMENTS]
)
def test_a_moment_in_utc_is_the_day_that_the_page_shows(moment, shown, day):
    html = page(FIRST, SECOND, head=ld(datePublished=moment))
    assert read(html.replace("</h1>", f"</h1><p>{shown}</p>")).published == day


@pytest.mark.parametrize(
    ("language", "day"),
    [("en-GB", date(2018, 4, 5)), ("de", date(2018, 4, 5)), ("en-US", None), ("en", None)],
)
def test_day_and_month_are_told_apart_by_the_language(language, day):
    html = under("<div>05/04/2018</div>").replace('lang="en"', f'lang="{language}"')
    expected = language if language == "de" else None
    assert read(html, language=expected).published == day


ADDRESSES = [
    ("https://x.example/2018/04/25/story.html", DAY),
    ("https://x.example/news/2018-04-25-story", DAY),
    ("https://x.example/2018/apr/25/story", DAY),
    ("https://x.example/story-20180425.html", DAY),
    ("https://x.example/2018/04/story.html", None),
    ("https://x.example/2018/story", None),
    ("https://x.example/2018/13/45/story", None),
    ("https://x.example/id/201804251234", None),
]


@pytest.mark.parametrize(("address", "day"), ADDRESSES)
def test_only_a_whole_day_in_the_address_counts(address, day):
    document = read(page(FIRST, SECOND), address=address)
    assert document.published == day
    assert document.published_basis == ("address" if day else "unknown")


def test_the_page_comes_before_its_address():
    document = read(page(FIRST, head=PUBLISHED), address="https://x.example/2018/04/21/story")
    assert (document.published, document.published_basis) == (DAY, "meta")
    assert "publication date 2018-04-25 (meta); address says 2018-04-21" in document.notes


def test_the_caller_comes_before_the_page():
    document = read(page(FIRST, head=PUBLISHED), published="2018-05-01")
    assert (document.published, document.published_basis) == (date(2018, 5, 1), "given")


def test_what_was_refused_is_noted():
    notes = read(page(FIRST, head=meta("date", "2099-01-01"))).notes
    assert any("2099-01-01" in note for note in notes)
    notes = read(page(FIRST, head=meta("article:modified_time", "2018-04-25"))).notes
    assert any("only says it was modified 2018-04-25" in note for note in notes)


def test_a_page_cannot_be_published_after_it_was_retrieved():
    html = page(FIRST, head=PUBLISHED)
    assert read(html, retrieved="2018-04-20").published is None
    assert read(html, retrieved="2018-04-25").published == DAY


DAYS = [
    ("2018-04-25", DAY), ("2018/4/25", DAY), ("20180425", DAY), ("25 abril de 2018", DAY),
    ("25.04.2018", DAY), ("4/25/2018", DAY), ("Apr 25 2018", DAY), ("۲۵ آوریل ۲۰۱۸", DAY),
    ("4/5/2018", None), ("2018-4", None), ("1.9 million in 2018", None), ("25 April", None),
    ("May 2018", None), ("", None), ("2018-04-25-26", None), ("125 April 2018", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), DAYS, ids=[d[0] for d in DAYS])
def test_parse_day(text, day):
    assert parse_day(text) == day
