"""How we behave as a visitor: robots.txt, pauses between requests, waits before a further try."""

import email.utils
import random
import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from tests.acquisition.odd_server import PAGE, serving

from analysis.acquisition.fetch import Limits, Manners, fetch, robots
from analysis.acquisition.fetch.connect import Deadline
from analysis.acquisition.fetch.retrying import asked_wait, wait_before
from analysis.acquisition.fetch.turns import LONGEST_PAUSE, Turns
from analysis.model.errors import FetchError, FetchRefused, SourceError

DISALLOW = b"User-agent: *\nDisallow: /private\n"


def visit(address, path, manners=None, deadline=20.0):
    limits = Limits(deadline=deadline, allowed=("127.0.0.1",))
    return fetch(address + path, limits, manners or Manners(turns=Turns(0)))


def refusal(address, path, **options):
    with pytest.raises(FetchRefused) as caught:
        visit(address, path, **options)
    return caught.value


def pages(seen):
    return [path for path, _ in seen if path != "/robots.txt"]


# robots.txt


def test_a_forbidden_page_is_never_asked_for():
    with serving(status=200, body=DISALLOW) as (address, seen):
        assert refusal(address, "/private/a").outcome == "robots_disallowed"
        assert visit(address, "/page").snapshot.body == PAGE
        assert pages(seen) == ["/page"]


def test_rules_can_speak_to_us_by_name():
    body = b"User-agent: *\nAllow: /\n\nUser-agent: moderation-analysis\nDisallow: /page\n"
    with serving(status=200, body=body) as (address, seen):
        assert refusal(address, "/page").outcome == "robots_disallowed"
        assert pages(seen) == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429])
def test_a_client_error_means_that_all_is_allowed(status):
    with serving(status=status, body=DISALLOW) as (address, _):
        assert visit(address, "/page").snapshot.body == PAGE


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_error_means_that_nothing_is_allowed(status):
    with serving(status=status) as (address, seen):
        assert refusal(address, "/page").outcome == "robots_unreachable"
        assert pages(seen) == []


def test_no_answer_means_that_nothing_is_allowed():
    with serving(hang=8) as (address, seen):
        started = time.monotonic()
        assert refusal(address, "/page", deadline=1.0).outcome == "robots_unreachable"
        assert time.monotonic() - started < 7
        assert pages(seen) == []


def test_rules_are_read_once_a_run_and_checked_at_every_hop():
    with serving(status=200, body=b"User-agent: *\nDisallow: /page\n") as (address, seen):
        manners = Manners(turns=Turns(0))
        error = refusal(address, "/hop/1", manners=manners)
        assert (error.outcome, len(error.hops)) == ("robots_disallowed", 2)
        refusal(address, "/page", manners=manners)
        assert seen.handler.counts["/robots.txt"] == 1


def test_rules_behind_a_redirect_are_followed():
    with serving(to="/status/404") as (address, _):
        assert visit(address, "/page").snapshot.body == PAGE
    with serving(to="/robots.txt") as (address, _):  # for ever: as if there were none
        assert visit(address, "/page").snapshot.body == PAGE
    with serving(to="http://169.254.169.254/robots.txt") as (address, seen):
        assert refusal(address, "/page").outcome == "robots_unreachable"
        assert pages(seen) == []


def test_only_the_first_500_kib_are_read():
    padding = b"# x\n" * (robots.SIZE // 4)
    with serving(status=200, body=padding + DISALLOW) as (address, _):
        assert refusal_or_none(address, "/private") is None
    with serving(status=200, body=DISALLOW + padding * 3) as (address, _):
        assert refusal_or_none(address, "/private") == "robots_disallowed"


def refusal_or_none(address, path):
    try:
        visit(address, path)
    except FetchRefused as error:
        return error.outcome
    except FetchError:
        return None  # the server has no such page
    return None


# pauses


def test_requests_to_a_host_keep_the_pause_that_it_asks_for():
    with serving(status=200, body=b"User-agent: *\nCrawl-delay: 0.2\n") as (address, seen):
        manners = Manners(turns=Turns(0.05))
        threads = [
            threading.Thread(target=visit, args=(address, f"/page/{n}", manners)) for n in range(5)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        times = seen.handler.times
        gaps = [b - a for a, b in pairwise(times)]
        assert len(times) == 6
        assert min(gaps) >= 0.2


def test_a_pause_beyond_the_deadline_is_told_and_nothing_sent():
    with serving(status=200, body=b"User-agent: *\nCrawl-delay: 30\n") as (address, seen):
        error = refusal(address, "/page", deadline=2.0)
        assert error.outcome == "delay_beyond_deadline"
        assert "asked once in 30 s" in str(error)
        assert pages(seen) == []


def test_no_site_makes_us_wait_longer_than_a_minute():
    turns = Turns()
    turns.lengthen("x:80", 10_000)
    with Deadline(5) as deadline, turns.taking("x:80", deadline):
        pass
    assert LONGEST_PAUSE - 1 < turns.wait_for("x:80") <= LONGEST_PAUSE


def test_only_servers_of_ones_own_are_asked_without_a_pause():
    turns = Turns(1.0, {"127.0.0.1": 0.0, "b.example:8080": 0.25})
    assert turns.pause_of("127.0.0.1:8000") == 0.0
    assert (turns.pause_of("b.example:8080"), turns.pause_of("b.example:80")) == (0.25, 1.0)


def test_a_shorter_pause_than_ours_changes_nothing():
    turns = Turns(0.5)
    turns.lengthen("x:80", 0.1)
    with Deadline(5) as deadline, turns.taking("x:80", deadline):
        pass
    assert turns.wait_for("x:80") > 0.4


# waits before a further try


def test_waits_grow_and_differ():
    chance = random.Random(7)
    first = [wait_before(1, None, chance) for _ in range(50)]
    second = [wait_before(2, None, chance) for _ in range(50)]
    assert max(first) < min(second)
    assert len(set(first)) > 40


def test_a_wait_that_the_server_asks_for_is_kept_up_to_two_minutes():
    chance = random.Random(7)
    assert wait_before(1, 120.0, chance) == 120.0
    assert wait_before(1, 121.0, chance) is None
    assert wait_before(3, 1.0, chance) is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 5 ", 5.0),
        ("-3", None),
        ("1e3", None),
        ("٣", None),
        ("9" * 400, 999_999_999.0),
        ("Thu, 26 Nov 2026 12:00:30 GMT", 30.0),
        ("Thursday, 26-Nov-26 12:00:30 GMT", 30.0),
        ("Thu, 26 Nov 2020 12:00:30 GMT", 0.0),
        ("Thu, 26 Nov 2026 25:00:30 GMT", None),
        ("yesterday", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header, seconds):
    assert asked_wait(header, "Thu, 26 Nov 2026 12:00:00 GMT") == seconds


@pytest.mark.parametrize("date", ["", "yesterday"])
def test_without_a_date_of_the_server_our_clock_has_to_do(date):
    header = email.utils.format_datetime(datetime.now(UTC) + timedelta(hours=1))
    assert 3_000 < asked_wait(header, date) < 4_000


def test_a_wait_is_kept_before_the_second_try():
    with serving() as (address, seen):
        assert visit(address, "/status/503/1/1").snapshot.body == PAGE
        times = seen.handler.times
        assert times[2] - times[1] >= 1.0


def test_the_request_names_a_contact():
    with serving() as (address, seen):
        visit(address, "/page", Manners(contact="mailto:me@example.org", turns=Turns(0)))
        assert "mailto:me@example.org" in seen[-1][1]["User-Agent"]


@pytest.mark.parametrize("contact", ["a\r\nX-Other: 1", "a\tb", "é@example.org", "\x7f"])
def test_a_contact_that_would_break_its_header_is_refused(contact):
    with pytest.raises(SourceError, match="expected one line of plain ASCII, such as mailto:"):
        Manners(contact)
