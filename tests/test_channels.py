"""From the kept pages of a channel's preview to the record: each post once, no edition lost."""

import datetime as dt
import random
import socket
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.preview_pages import ADDRESS, Fetched, Sent, keep, preview
from tests.small_project import make_project

import analysis as an
from analysis import cli, pipeline
from analysis.acquisition import archive
from analysis.acquisition.sources import telegram
from analysis.acquisition.webarchive import write_warc
from analysis.curation.normalise.editions import Sighting, editions_of
from analysis.curation.select import select_observations
from analysis.model.errors import LayoutError, SourceError
from analysis.model.tables import to_table
from analysis.pipeline import posts
from analysis.pipeline.gathering import gather

COUNT = "{} terrorist bots and channels were banned on {} March 2024."
POSTS = [Sent(117 + n, COUNT.format(400 + n, n), day=n) for n in range(1, 7)]
CHANNEL = b"closedrooms"
FIRST, SECOND = "2024-03-10T08:00:00Z", "2024-03-12T08:00:00Z"


@pytest.fixture
def project(tmp_path):
    """A project without articles."""
    made = make_project(tmp_path)
    for path in (made.raw / "articles").iterdir():
        path.unlink()
    return made


def record(project):
    """Return what the posts of a project give: sources, observations and findings by key."""
    found = gather(project.raw)
    sources = [s for s in found.sources if s.source.startswith("telegram-")]
    held = {s.snapshot_id for s in sources}
    rows = [o for o in found.observations if o.snapshot_id in held]
    findings = [f for f in found.findings if f.source.startswith("telegram-")]
    return sources, rows, findings


def today(rows):
    """Return the numbers that count today."""
    return sorted(select_observations(to_table(rows, type(rows[0])))["value"])


def test_a_build_reads_figures_from_posts_and_connects_nowhere(project, monkeypatch):
    keep(project.raw, Fetched(FIRST, preview(*POSTS)))

    def refuse(*args, **kwargs):
        raise AssertionError("something wanted to connect")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    built = pipeline.build(project)
    assert built.refused == ()
    assert pipeline.verify(project) == []
    sources, rows, findings = record(project)
    assert [row.value for row in rows] == [401, 402, 403, 404, 405, 406]
    one = rows[1]
    assert (one.action, one.item, one.policy) == ("removed", "channels", "terrorism")
    assert one.locator.startswith("post 119 chars 0-3")
    assert str(one.period_start) == str(one.published) == str(one.known_from) == "2024-03-02"
    assert one.known_to is None
    source = sources[1]
    assert (source.source, source.source_type) == ("telegram-closedrooms-119", "post")
    assert source.address == "https://t.me/closedrooms/119"
    assert source.publisher == "Closed Rooms Watch"
    assert source.note.startswith("sent 2024-03-02T22:00:05+00:00; 119.1K views")
    assert findings == []


def test_on_the_day_of_an_edit_the_newer_wording_counts(project):
    changed = preview(POSTS[0], Sent(119, COUNT.format(442, 2), day=2, edited=True), *POSTS[2:])
    later = FIRST[:11] + "23:59:00Z"
    assert later > FIRST
    keep(project.raw, Fetched(FIRST, preview(*POSTS)), Fetched(later, changed))
    _, rows, _ = record(project)
    table = to_table(rows, type(rows[0]))
    known = {
        day: set(select_observations(table, as_of=day)["value"])
        for day in (FIRST[:10], "2024-03-09")
    }
    assert 442 in known[FIRST[:10]]
    assert 402 not in known[FIRST[:10]]
    assert 402 in known["2024-03-09"]


def test_a_post_on_many_pages_is_one(project):
    older = f"{ADDRESS}?before=121"
    keep(
        project.raw,
        Fetched(FIRST, preview(*POSTS[2:])),
        Fetched(FIRST, preview(*POSTS[:4]), older),
        Fetched(SECOND, preview(*POSTS[2:])),
        Fetched(SECOND, preview(*POSTS)),
    )
    sources, rows, findings = record(project)
    assert len(sources) == len(rows) == 6
    assert findings == []
    assert "seen 2024-03-10 to 2024-03-12" in sources[0].note


def test_an_edited_post_keeps_both_editions_and_the_newest_counts(project):
    changed = Sent(119, COUNT.format(442, 2), day=2, edited=True)
    after = preview(POSTS[0], changed, *POSTS[2:])
    keep(project.raw, Fetched(FIRST, preview(*POSTS)), Fetched(SECOND, after))
    sources, rows, findings = record(project)
    old, new = (s for s in sources if s.address.endswith("/119"))
    assert (old.source, new.source) == ("telegram-closedrooms-119", "telegram-closedrooms-119.2")
    assert "seen 2024-03-10; said otherwise on 2024-03-12" in old.note
    assert new.edition == "as seen 2024-03-12"
    assert "marked as edited" in new.note
    assert today(rows) == [401, 403, 404, 405, 406, 442]
    was = next(row for row in rows if row.value == 402)
    now = next(row for row in rows if row.value == 442)
    assert (str(was.known_from), str(was.known_to)) == ("2024-03-02", "2024-03-11")
    assert (str(now.known_from), now.known_to) == ("2024-03-12", None)
    (finding,) = findings
    assert (finding.source, finding.kind) == (old.source, "edited")
    assert "as in telegram-closedrooms-119.2" in finding.expected
    assert "numbers new: 442; gone: 402" in finding.expected


def test_what_a_reader_could_know_between_two_editions_is_the_older(project):
    changed = preview(Sent(118, COUNT.format(500, 1)))
    keep(project.raw, Fetched(FIRST, preview(POSTS[0])), Fetched(SECOND, changed))
    table = to_table(record(project)[1], type(record(project)[1][0]))
    for day, value in (("2024-03-05", 401), ("2024-03-11", 401), ("2024-03-12", 500)):
        assert list(select_observations(table, as_of=day)["value"]) == [value]
    assert len(select_observations(table, restated=True)) == 2


def test_a_post_that_was_edited_before_it_was_seen_is_known_from_then(project):
    keep(project.raw, Fetched(FIRST, preview(Sent(118, COUNT.format(7, 1), edited=True))))
    assert str(record(project)[1][0].known_from) == "2024-03-10"


def test_a_mark_alone_is_no_edition_and_neither_are_views(project):
    marked = Sent(118, POSTS[0].text, edited=True)
    viewed = preview(marked).replace(b"118.1K", b"2M")
    pages = (preview(POSTS[0]), preview(marked), viewed)
    keep(project.raw, *(Fetched(FIRST, page) for page in pages))
    assert len(record(project)[0]) == 1


def test_a_wording_that_comes_back_is_one_edition(project):
    other = Sent(118, COUNT.format(9, 1))
    first, between = preview(POSTS[0]), preview(other)
    keep(project.raw, *(Fetched(f"2024-03-1{n}T08:00:00Z", p) for n, p in
                        enumerate((first, between, first))))  # fmt: skip
    sources, rows, findings = record(project)
    assert [s.source for s in sources] == ["telegram-closedrooms-118", "telegram-closedrooms-118.2"]
    assert "another wording in between" in sources[0].note
    assert today(rows) == [401]
    assert [f.source for f in findings] == ["telegram-closedrooms-118.2"]


VANISHING = [
    (preview(*POSTS[:1], *POSTS[2:]), ADDRESS, True),
    (preview(*POSTS[:1], *POSTS[2:4]), f"{ADDRESS}?before=122", True),
    (preview(POSTS[0]), f"{ADDRESS}?before=120", True),  # 119 would be the newest there
    (preview(*POSTS[2:]), ADDRESS, False),  # it begins after
    (preview(POSTS[0]), f"{ADDRESS}?before=119", False),
    (preview(POSTS[0], POSTS[5]), f"{ADDRESS}?q=banned", False),  # shows what was searched for
    (preview(POSTS[0]), f"{ADDRESS}/118", False),  # the page around a post ends with what it shows
    (preview(), ADDRESS, False),  # says nothing of any number
]


@pytest.mark.parametrize(("body", "address", "gone"), VANISHING)
def test_a_post_that_a_later_page_does_not_show_is_noted_not_lost(project, body, address, gone):
    seen = Fetched(FIRST, preview(*POSTS))
    keep(project.raw, seen, Fetched(SECOND, body, address))
    _, rows, findings = record(project)
    missing = {f.source for f in findings if f.kind == "vanished"}
    assert ("telegram-closedrooms-119" in missing) is gone
    row = next(row for row in rows if row.value == 402)
    assert ("no longer there: missing on 2024-03-12" in row.note) is gone
    assert 402 in today(rows)  # what was said is not taken back by it


def test_a_post_that_is_back_is_not_missing(project):
    whole, without = preview(*POSTS), preview(POSTS[0], *POSTS[2:])
    keep(project.raw, *(Fetched(SECOND, page) for page in (whole, without, whole)))
    assert record(project)[2] == []


def test_the_order_is_that_of_the_ledger_whatever_the_clock_said(project):
    keep(project.raw, Fetched(SECOND, preview(POSTS[0])),
         Fetched(FIRST, preview(Sent(118, COUNT.format(8, 1)))))  # fmt: skip
    assert today(record(project)[1]) == [8]


def test_posts_of_a_service_s_own_channel_are_about_it(project):
    of_others = '<a class="tgme_widget_message_forwarded_from_name">Elsewhere</a>'
    forwarded = Sent(119, COUNT.format(2, 2), more=of_others)
    named = Sent(120, "Facebook removed 55 posts that praised terrorism on 3 March 2024.")
    body = preview(POSTS[0], forwarded, named).replace(b"closedrooms", b"ISISwatch")
    keep(project.raw, Fetched(FIRST, body, "https://t.me/s/ISISwatch"))
    _, rows, _ = record(project)
    assert [row.platform for row in rows] == ["telegram", "several", "facebook"]
    assert "own channel" in rows[0].note and "own channel" not in rows[2].note


def test_a_post_without_words_is_a_source_without_figures(project):
    keep(project.raw, Fetched(FIRST, preview(Sent(118, ""), POSTS[1])))
    sources, rows, _ = record(project)
    assert [s.source for s in sources] == ["telegram-closedrooms-118", "telegram-closedrooms-119"]
    assert "no words: a picture, a video or a file" in sources[0].note
    assert len(rows) == 1


def test_a_layout_that_is_not_known_is_said_and_costs_the_others_nothing(project):
    strange = preview(POSTS[1]).replace(b"datetime=", b"data-time=")
    keep(project.raw, Fetched(FIRST, preview(POSTS[0])), Fetched(SECOND, strange))
    built = pipeline.build(project)
    assert len(built.refused) == 1
    assert "the layout has changed" in built.refused[0]
    assert today(record(project)[1]) == [401]


def test_a_preview_that_was_saved_by_hand_is_read_too(project):
    (project.raw / "articles" / "channel.html").write_bytes(preview(*POSTS[:2]))
    keep(project.raw, Fetched(FIRST, preview(POSTS[0], Sent(119, COUNT.format(3, 2)))))
    sources, rows, _ = record(project)
    assert len(sources) == 3
    assert today(rows) == [3, 401]  # a day that is not known comes before those that are
    assert "seen an unknown day; said otherwise on 2024-03-10" in sources[1].note
    assert next(row for row in rows if row.value == 402).known_to is not None


def test_the_same_page_fetched_again_with_another_text_is_an_edition_too(project):
    """Articles go the same way as posts."""

    def article(number):
        more = "Nobody has checked the numbers, which stand in a report that it gave out. " * 4
        return (
            f'<html lang="en"><head><meta property="article:published_time" content="2024-03-01">'
            f"</head><body><article><h1>What went</h1><p>Telegram removed {number} channels that "
            f"spread terrorist propaganda in May 2023.</p><p>{more}</p></article></body></html>"
        ).encode()

    where = "https://news.example/a"
    pages = [article(2310), article(2310) + b"<!-- other bytes -->", article(2410)]
    keep(project.raw, *(Fetched(f"2024-03-1{n}T08:00:00Z", p, where) for n, p in enumerate(pages)))
    found = gather(project.raw)
    rows = [row for row in found.observations if row.item == "channels"]
    assert [(row.value, str(row.known_from), row.known_to is None) for row in
            sorted(rows, key=lambda row: row.value)] == [
        (2310, "2024-03-01", False), (2410, "2024-03-12", True),
    ]  # fmt: skip
    assert today(rows) == [2410]
    (finding,) = [f for f in found.findings if f.kind == "edited"]
    assert "numbers new: 2410; gone: 2310" in finding.expected
    assert finding.found == "seen 2024-03-10 to 2024-03-11; said otherwise on 2024-03-12"


# Any order of pages, doubled pages, pages cut in two


def told(looks):
    """Return what is said of every post, without which page showed it."""
    return [
        (kept.source.source, kept.document.text, kept.source.address, kept.source.published)
        for kept in posts.keep_posts(looks)
    ]


def looks_of(*bodies, address=ADDRESS, at=FIRST):
    return [
        posts.look_at(archive.Snapshot(snapshot_id=str(n), body=body, address=address), "x", at)
        for n, body in enumerate(bodies)
    ]


@settings(max_examples=60, deadline=None)
@given(
    numbers=st.sets(st.integers(1, 60), min_size=1, max_size=25),
    cuts=st.lists(st.integers(0, 25), max_size=6),
    doubled=st.integers(0, 3),
    seed=st.integers(0, 9),
)
def test_any_cut_any_order_and_any_doubling_of_pages_gives_the_same_posts(
    numbers, cuts, doubled, seed
):
    sent = [Sent(n, COUNT.format(n, 1), day=n) for n in sorted(numbers)]
    whole = looks_of(preview(*sent))
    edges = sorted({0, len(sent), *(min(cut, len(sent)) for cut in cuts)})
    pieces = [sent[a:b] for a, b in pairwise(edges) if b > a]
    pages = []
    for piece in pieces:
        pages += looks_of(preview(*piece), address=f"{ADDRESS}?before={piece[-1].number + 1}")
    chance = random.Random(seed)
    pages += chance.choices(pages, k=doubled)
    chance.shuffle(pages)
    assert told(pages) == told(whole)
    assert all(kept.missing is None for kept in posts.keep_posts(pages))


@pytest.mark.parametrize("order", list(product("AB", repeat=4)))
def test_whatever_the_order_every_wording_is_kept_and_the_last_stands(order):
    editions = editions_of(Sighting(f"2024-03-0{n}", says) for n, says in enumerate(order, 1))
    assert {e.says for e in editions} == set(order)
    assert [e.says for e in editions if e.stands] == [order[-1]]
    assert sum(len(e.seen) for e in editions) == 4
    assert [e.number for e in editions] == list(range(1, len(editions) + 1))


# Pages as documents, without a build


def test_a_preview_is_read_as_its_posts(tmp_path, capsys):
    path = tmp_path / "channel.html"
    path.write_bytes(preview(*POSTS[:2], Sent(120, "")))
    found = an.read_all(path)
    assert [d.address for d in found] == [f"https://t.me/closedrooms/{n}" for n in (118, 119)]
    assert found[0].published_at == "2024-03-01T22:00:05+00:00"
    assert (found[0].published_basis, found[0].language, found[0].part) == (
        "time",
        "en",
        "post 118",
    )
    assert an.extract(found[1]).observations[0].locator == "post 119 chars 0-3"
    with pytest.raises(SourceError, match=r"holds 2 documents .*read_all all posts"):
        an.read(path)
    assert cli.main(["extract", str(path), "--format", "jsonl"]) == 0
    assert '"document": "https://t.me/closedrooms/119"' in capsys.readouterr().out


def test_posts_come_out_of_a_web_archive(tmp_path):
    body = preview(*POSTS[:3])
    snapshot = archive.snapshot_bytes(body, ADDRESS)
    write_warc(
        [type(snapshot)(snapshot_id=snapshot.snapshot_id, body=body, address=ADDRESS, status=200,
                        media_type="text/html", retrieved_at=FIRST)],
        tmp_path / "x.warc.gz",
    )  # fmt: skip
    found = an.read_archive(tmp_path / "x.warc.gz")
    assert [d.part for d in found.documents] == ["post 118", "post 119", "post 120"]


# The page itself


def page_of(*parts):
    return telegram.parse_preview(preview(*parts), ADDRESS)


def test_messages_of_the_messenger_itself_are_no_posts_and_lead_back_all_the_same():
    service = (
        '<div class="tgme_widget_message service_message" data-post="closedrooms/117"><div '
        'class="tgme_widget_message_text">Channel created</div></div>'
    )
    page = page_of(service, POSTS[0])
    assert [post.number for post in page.posts] == [118]
    assert page.numbers == (117, 118)
    pages = {ADDRESS: preview(POSTS[0]), f"{ADDRESS}?before=118": preview(service),
             f"{ADDRESS}?before=117": preview(Sent(1, "first"))}  # fmt: skip
    walked = telegram.page_back("closedrooms", dt.date(2020, 1, 1), pages.__getitem__)
    assert [post.number for _, shown in walked for post in shown] == [118, 1]


TEXT = '<div class="tgme_widget_message_text">'
ANSWER = (
    '<a class="tgme_widget_message_reply"><div class="tgme_widget_message_text '
    'js-message_reply_text">900 channels banned</div></a>'
)


def test_the_words_of_a_post_are_its_own():
    assert page_of(Sent(118, "", more=ANSWER)).posts[0].text == ""
    assert page_of(Sent(118, "Mine", more=ANSWER)).posts[0].text == "Mine"
    inner = "One <!-- x -->two<blockquote>three</blockquote><pre>four</pre>five"
    twice = Sent(118, "", more=f"{TEXT}{TEXT}{inner}</div></div>")
    assert page_of(twice).posts[0].text == "One two\nthree\n\nfour\nfive"
    words = "caf\u00e9 \u062d\u0630\u0641"
    assert page_of(Sent(1, words)).posts[0].text == words


ONE = preview(POSTS[0])


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (preview(POSTS[0], Sent(118, "Other")), "shows post 118 twice, and not the same"),
        (ONE + preview(POSTS[1]).replace(CHANNEL, b"others"), "of closedrooms and of others"),
        (ONE + b" " * telegram.MOST_BYTES, "more than a page of posts"),
        (ONE.replace(b"closedrooms/118", b"closedrooms/\xd9\xa1\xd9\xa2"), "no number"),
    ],
)
def test_what_no_preview_shows_is_a_layout_that_is_not_known(body, words):
    with pytest.raises(LayoutError, match=words):
        telegram.parse_preview(body, ADDRESS)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://t.me/s/closedrooms", True),
        ("https://t.me/s/closedrooms/118?x=1", True),
        ("https://telegram.me/s/closedrooms?before=3", True),
        ("https://t.me/closedrooms/118", False),
        ("https://t.me.evil.example/s/closedrooms", False),
        ("https://evil.example/?t.me/s/closedrooms", False),
        ("https://[t.me/s/closedrooms", False),
    ],
)
def test_a_preview_is_known_by_its_address(address, expected):
    assert telegram.is_preview(address) is expected
