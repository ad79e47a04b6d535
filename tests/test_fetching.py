"""From addresses to the archive: editions, unchanged sources, lists that go on where they stopped.

Servers listen on addresses of the loopback: each stands for a host.
"""

import datetime
import random
import socket
import threading
import time
from itertools import cycle, pairwise

import pytest
from tests.acquisition.odd_server import DRIPS, PAGE, SLOW, serving
from tests.small_project import make_project

import analysis as an
from analysis import cli, pipeline
from analysis.acquisition import archive
from analysis.acquisition.fetch import Limits, Manners, outcomes, retrying
from analysis.acquisition.fetch.outcomes import failure
from analysis.acquisition.fetch.turns import Turns
from analysis.acquisition.ledger import LEDGER, Fetch, Ledger
from analysis.acquisition.register import compare_register, write_register
from analysis.model.errors import FetchError, SourceError, StoreError
from analysis.model.schema import field_names
from analysis.pipeline.fetching import _conditions, fetch_list, fetch_one, plan
from analysis.pipeline.verifying import ledger_problems

ALLOWED = tuple(f"127.0.0.{n}" for n in range(1, 30))


def limits(**options):
    return Limits(**{"deadline": 20.0, "allowed": ALLOWED, **options})


def manners(pause=0.0):
    return Manners(turns=Turns(pause), chance=random.Random(1))


@pytest.fixture
def web():
    with serving() as (address, seen):
        yield address, seen


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(retrying, "FIRST_WAIT", 0.001)


def kept(raw):
    """Return the files of the archive."""
    return [path for path in (raw / archive.SNAPSHOTS).glob("*") if path.is_file()]


def one(web, path, raw):
    return fetch_one(web[0] + path, raw, limits(), manners())


def test_a_new_page_is_kept_and_written_down(web, tmp_path):
    row = one(web, "/hop/1", tmp_path)
    assert (row.outcome, row.status, row.tries, len(row.hops)) == ("new", 200, 1, 2)
    assert archive.load(tmp_path, row.snapshot_id) == PAGE
    assert Ledger(tmp_path).read().rows == (row,)


def test_an_unchanged_source_leaves_a_row_and_no_copy(web, tmp_path):
    first = one(web, "/etag", tmp_path)
    again = one(web, "/etag", tmp_path)
    assert (again.outcome, again.status, again.snapshot_id) == (
        "seen_again",
        304,
        first.snapshot_id,
    )
    same = [one(web, "/page", tmp_path) for _ in range(2)]
    assert [(row.outcome, row.status) for row in same] == [("new", 200), ("seen_again", 200)]
    assert len(kept(tmp_path)) == 1  # both pages have the same bytes


@pytest.mark.parametrize(
    ("tag", "sent"), [('"v1"', True), ('"' + "v" * 5_000 + '"', False), ('"\x1b[2J"', False)]
)
def test_only_a_plain_mark_of_a_source_is_sent_back(tag, sent):
    row = Fetch(at="", address="http://x.example/", outcome="new", headers=(("ETag", tag),))
    assert ("If-None-Match" in _conditions(row)) is sent


def test_a_changed_source_is_a_new_edition_that_says_what_changed(web, tmp_path):
    first, second = (one(web, "/changing", tmp_path) for _ in range(2))
    assert (second.outcome, second.previous) == ("changed", first.snapshot_id)
    assert "numbers new: 2; gone: 1" in second.message
    assert len(kept(tmp_path)) == 2


@pytest.mark.parametrize("path", ["/status/404", "/metadata", "/drip", "/wall", "/bomb"])
def test_a_failure_leaves_a_row_that_says_why(web, tmp_path, path):
    row = fetch_one(web[0] + path, tmp_path, limits(deadline=0.5), manners())
    assert row.outcome in outcomes()
    assert row.outcome not in ("new", "changed", "seen_again")
    assert row.message and row.seconds < DRIPS * SLOW / 2
    assert Ledger(tmp_path).read().rows == (row,)
    assert kept(tmp_path) == []


def test_a_damaged_copy_is_fetched_whole_again(web, tmp_path):
    first = one(web, "/etag", tmp_path)
    archive.path_of(tmp_path, first.snapshot_id).write_bytes(b"damaged")
    row = one(web, "/etag", tmp_path)
    assert (row.outcome, row.status) == ("new", 200)  # the damaged copy counts as none
    assert archive.load(tmp_path, row.snapshot_id) == PAGE


def test_a_full_disk_is_told_and_nothing_half_kept(web, tmp_path, monkeypatch):
    def full(*args, **named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analysis.acquisition.disk.os.link", full)
    row = one(web, "/page", tmp_path)
    assert row.outcome == "archive_failed"
    assert kept(tmp_path) == []


def test_a_list_is_fetched_once_each_with_a_row_each(web, tmp_path):
    addresses = [f"{web[0]}/page/{n}" for n in range(5)] + [
        f"{web[0]}/status/404",
        f"{web[0]}/page/0",
    ]
    told = []
    rows = fetch_list(addresses, tmp_path, limits(), manners(), told=told.append)
    assert sorted(r.address for r in rows) == sorted(set(addresses))
    assert {r.outcome for r in rows} == {"new", "not_found"}
    assert len(told) == 6
    assert web[1].handler.counts["/page/0"] == 1


def test_a_list_that_was_ended_goes_on_where_it_stopped(web, tmp_path):
    addresses = [f"{web[0]}/page/{n}" for n in range(6)]
    stopped = []

    def stop(row):
        stopped.append(row)
        if len(stopped) == 2:
            raise StoreError("ended")

    with pytest.raises(StoreError):
        fetch_list(addresses, tmp_path, limits(), manners(), told=stop, at_once=1)
    rows = fetch_list(reversed(addresses), tmp_path, limits(), manners())
    assert sorted(r.address for r in rows) == sorted(addresses)
    assert all(web[1].handler.counts[f"/page/{n}"] == 1 for n in range(6))
    assert {r.run for r in rows} == {stopped[0].run}


def test_a_page_that_a_power_cut_took_is_fetched_again_when_its_list_goes_on(web, tmp_path):
    addresses = [f"{web[0]}/page/{n}" for n in range(3)]

    def stop(row):
        raise StoreError("ended")

    with pytest.raises(StoreError):
        fetch_list(addresses, tmp_path, limits(), manners(), told=stop, at_once=1)
    (row,) = Ledger(tmp_path).read().rows
    archive.path_of(tmp_path, row.snapshot_id).write_bytes(b"")
    rows = fetch_list(addresses, tmp_path, limits(), manners())
    assert sorted(r.address for r in rows) == addresses
    assert all(archive.load(tmp_path, r.snapshot_id) for r in rows)
    assert list(ledger_problems(tmp_path)) == []


def test_a_list_that_was_finished_is_fetched_anew(web, tmp_path):
    addresses = [f"{web[0]}/etag"]
    first = fetch_list(addresses, tmp_path, limits(), manners())
    second = fetch_list(addresses, tmp_path, limits(), manners())
    assert [r.outcome for r in (*first, *second)] == ["new", "seen_again"]
    assert first[0].run != second[0].run


def test_a_plan_leaves_out_blank_lines_and_repeats(tmp_path):
    run = plan(["http://a/", "", " http://a/ ", "http://b/"], Ledger(tmp_path))
    assert run.left == ["http://a/", "http://b/"]


def test_hosts_are_asked_at_the_same_time_and_each_in_its_turn(tmp_path):
    """Four hosts with five pages each: none waits for another, and no pause is cut short."""
    servers = [serving(f"127.0.0.{n}") for n in range(2, 6)]
    opened = [server.__enter__() for server in servers]
    try:
        addresses = [f"{address}/page/{n}" for n in range(5) for address, _ in opened]
        rows = fetch_list(addresses, tmp_path, limits(), manners(0.15))
        assert [r.outcome for r in rows] == ["new"] * 20
        asked = [seen.handler.times for _, seen in opened]
        for times in asked:
            assert min(b - a for a, b in pairwise(times)) >= 0.15
        assert max(times[0] for times in asked) < min(times[-1] for times in asked)
    finally:
        for server in servers:
            server.__exit__(None, None, None)


@pytest.fixture
def leaping(monkeypatch):
    """Set the wall clock a day on, and back again, whenever somebody looks at it."""
    days = cycle((0, 1, -1))
    real, moment = datetime.datetime, datetime.datetime(2026, 11, 26, tzinfo=datetime.UTC)

    class Leaping(real):
        @classmethod
        def now(cls, tz=None):
            return moment + datetime.timedelta(days=next(days))

    for module in ("pipeline.fetching", "acquisition.fetch.client", "acquisition.fetch.retrying"):
        monkeypatch.setattr(f"analysis.{module}.datetime", Leaping)
    monkeypatch.setattr(time, "time", lambda: moment.timestamp() + 86_400 * next(days))


@pytest.mark.usefixtures("leaping")
def test_a_clock_that_leaps_changes_no_pause_no_order_and_no_edition(web, tmp_path):
    addresses = [f"{web[0]}/page/{n}" for n in range(6)] + [f"{web[0]}/changing"]
    rows = fetch_list(addresses, tmp_path, limits(), manners(0.1))
    assert [row.outcome for row in rows] == ["new"] * 7
    assert min(b - a for a, b in pairwise(web[1].handler.times)) >= 0.1
    again = one(web, "/changing", tmp_path)
    third = one(web, "/changing", tmp_path)
    written = Ledger(tmp_path).read()
    assert written.rows == (*rows, again, third)
    days = [row.at for row in written.rows]
    assert days != sorted(days)  # the clock did leap, and the order is that of the lines
    assert [again.previous, third.previous] == [rows[-1].snapshot_id, again.snapshot_id]
    assert Ledger(tmp_path).kept()[third.address].snapshot_id == third.snapshot_id
    assert all(0 <= row.seconds < 20 for row in written.rows)


@pytest.mark.usefixtures("leaping")
@pytest.mark.parametrize(
    ("path", "outcome"), [("/drip", "deadline_exceeded"), ("/status/503", "unavailable")]
)
def test_a_clock_that_leaps_changes_no_deadline_and_no_retry(web, tmp_path, path, outcome):
    polite = manners()
    page = fetch_one(web[0] + "/page", tmp_path, limits(), polite)  # and its robots.txt
    row = fetch_one(web[0] + path, tmp_path, limits(deadline=1.0), polite)
    assert (row.outcome, row.seconds < 20) == (outcome, True)
    assert Ledger(tmp_path).read().rows == (page, row)


def test_rows_of_threads_are_all_written(web, tmp_path):
    threads = [threading.Thread(target=one, args=(web, f"/page/{n}", tmp_path)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Ledger(tmp_path).read().rows) == 8


def test_verify_names_damaged_rows_and_pages_that_are_gone(web, tmp_path):
    row = one(web, "/page", tmp_path)
    one(web, "/status/404", tmp_path)
    assert list(ledger_problems(tmp_path)) == []
    archive.path_of(tmp_path, row.snapshot_id).unlink()
    path = tmp_path / LEDGER
    path.write_bytes(path.read_bytes().replace(b"not_found", b"not_founD"))
    problems = list(ledger_problems(tmp_path))
    assert [p.partition(":")[2].split(",")[0] for p in problems] == [
        " damaged",
        f" names {row.snapshot_id[:12]}",
    ]


def test_fetching_does_not_disturb_the_register(web, tmp_path):
    one(web, "/page", tmp_path)
    write_register(tmp_path)
    one(web, "/page", tmp_path)
    assert compare_register(tmp_path).clean


def test_a_build_from_what_is_kept_connects_nowhere(web, tmp_path, monkeypatch):
    project = make_project(tmp_path)
    row = one(web, "/page", project.raw)

    def refuse(*args, **kwargs):
        raise AssertionError("something wanted to connect")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    pipeline.build(project)
    assert row.snapshot_id in (project.processed / "sources.csv").read_text(encoding="utf-8")
    assert pipeline.verify(project) == []


@pytest.mark.parametrize("damaged", ["page", "row"])
def test_a_build_leaves_out_what_is_damaged_and_says_so(web, tmp_path, damaged):
    project = make_project(tmp_path)
    lost, held = one(web, "/page", project.raw), one(web, "/changing", project.raw)
    if damaged == "page":
        archive.path_of(project.raw, lost.snapshot_id).write_bytes(b"")
    else:
        path = project.raw / LEDGER
        path.write_bytes(path.read_bytes().replace(b'"tries": 1', b'"tries": 7', 1))
    built = pipeline.build(project)
    assert len(built.refused) == 1
    assert "fetch the page again" in built.refused[0]
    told = (project.processed / "sources.csv").read_text(encoding="utf-8")
    assert held.snapshot_id in told and lost.snapshot_id not in told
    assert pipeline.verify(project) != []
    one(web, "/page", project.raw)  # nothing else is needed to put the record right
    told = pipeline.build(project).files["sources.csv"].decode("utf-8")
    assert held.snapshot_id in told and lost.snapshot_id in told


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Work in a project, let nothing go online, and yield the User-Agents of what was asked."""
    make_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    agents = []

    def ask(address, limits, manners, conditions):
        agents.append(manners.user_agent)
        raise failure("not_found", f"{address} answered with status 404")

    monkeypatch.setattr("analysis.pipeline.fetching.ask_for", ask)
    return agents


CONTACT = "mailto:me@example.org"


def test_a_notebook_fetches_to_a_table_of_outcomes(asked, tmp_path):
    found = an.fetch(["https://x.example/a", "https://y.example/", "https://x.example/a"])
    assert sorted(found["address"]) == ["https://x.example/a", "https://y.example/"]
    assert set(found["outcome"]) == {"not_found"}
    assert list(found.columns) == field_names(Fetch)
    assert len(Ledger(tmp_path / "data" / "raw").read().rows) == 2
    assert len(an.fetch("https://x.example/b", contact=CONTACT)) == 1
    assert [CONTACT in agent for agent in asked] == [False, False, True]
    assert list(an.fetch([]).columns) == list(found.columns)


def test_whoever_fetches_can_say_who_asks(asked):
    with pytest.raises(FetchError, match="404"):
        an.read("https://x.example/", fetch=True, contact=CONTACT)
    with pytest.raises(SourceError, match="contact is"):
        an.read("https://x.example/", fetch=True, contact="a\nb")
    for command in ("read", "extract"):
        assert cli.main([command, "https://x.example/", "--fetch", "--contact", CONTACT]) == 1
    assert cli.main(["fetch", "https://x.example/", "--contact", CONTACT]) == 1
    assert [CONTACT in agent for agent in asked] == [True] * 4
