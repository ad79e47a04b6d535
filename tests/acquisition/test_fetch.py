"""Fetching one page: what comes whole is kept, everything else is an error that says what to do."""

import hashlib
import ipaddress
import random
import resource
import socket
import threading
import time
from pathlib import Path

import pytest
from tests.acquisition.odd_server import DRIPS, PAGE, SLOW, serving, unused_port

from analysis.acquisition import archive
from analysis.acquisition.fetch import Limits, Manners, fetch, get, outcomes, retrying
from analysis.acquisition.fetch.address import check_address, embedded, refuse_private
from analysis.acquisition.fetch.turns import Turns
from analysis.model.errors import FetchError, FetchRefused


@pytest.fixture(scope="module")
def web():
    with serving() as (address, seen):
        yield address, seen


def manners():
    return Manners(turns=Turns(0), chance=random.Random(1))


def ask(web, path, allowed=None, polite=None, **limits):
    limits = {"deadline": 20.0, **limits}
    host = web[0].removeprefix("http://")
    return fetch(web[0] + path, Limits(allowed=allowed or (host,), **limits), polite or manners())


def page_of(web, path, **limits):
    return ask(web, path, **limits).snapshot


def outcome_of(web, path, **limits):
    with pytest.raises(FetchError) as caught:
        ask(web, path, **limits)
    return caught.value


@pytest.mark.parametrize(
    "path",
    [
        "/page",
        "/gzip",
        "/deflate",
        "/rawdeflate",
        "/twice",
        "/hop/3",
        "/hop/9",
        "/br",
        "/zstd",
        "/mixed",
        "/status/503/1/0",
        "/status/429/2/0",
        "/status/500/1",
    ],
)
def test_a_whole_page_comes_as_it_was(web, path):
    found = page_of(web, path)
    assert found.body == PAGE
    assert found.snapshot_id == hashlib.sha256(PAGE).hexdigest()
    assert (found.status, found.media_type) == (200, "text/html")
    assert found.retrieved_at.endswith("Z")


def test_the_snapshot_says_where_it_came_from(web):
    found = page_of(web, "/hop/2#part")
    assert [hop.removeprefix(web[0]) for hop in found.hops] == ["/hop/2", "/hop/1", "/hop/0"]
    assert found.address == web[0] + "/page"
    assert ("Content-Type", "text/html; charset=utf-8") in found.headers


def test_the_request_says_who_asks_and_carries_nothing_else(web, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    web[1].clear()
    ask(web, "/hop/0")
    headers = web[1][-1][1]
    assert headers["User-Agent"].startswith("moderation-analysis/")
    assert not {"Cookie", "Authorization"} & headers.keys()


def test_the_sniffed_type_decides_and_not_the_header(web):
    assert page_of(web, "/pdf").media_type == "application/pdf"


def test_a_redirect_may_hold_bytes_beyond_ascii(web):
    assert page_of(web, "/umlaut").address.endswith(("/page/ü", "/page/%C3%BC"))


RAW = [
    *((name, "bad_response") for name in (
        "negative", "superscript", "5000digits", "plus", "underscore", "hexadecimal", "twolengths",
        "listed", "gzipway", "oddway", "chunkminus5", "chunkminus1", "http09", "http9",
        "status1000", "endlesshead", "cookies",
    )),
    ("chunkhuge", "truncated"),
    ("trailers", "deadline_exceeded"),
    ("continue", "deadline_exceeded"),
    ("hints", "unexpected_status"),
    ("ranges", "unexpected_status"),
    ("errorbody", "not_found"),
    ("nul", "bad_address"),
    ("twoplaces", "bad_address"),
    ("folded", "bad_address"),
    ("port", "bad_address"),
    ("sameway", "private_address"),
    ("wide", "private_address"),
    ("zone", "name_not_resolved"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "outcome"), RAW, ids=[r[0] for r in RAW])
def test_answers_that_no_sound_server_gives_have_their_name_and_their_limits(
    web, name, outcome, monkeypatch
):
    monkeypatch.setattr(retrying, "FIRST_WAIT", 0.001)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    polite = manners()
    ask(web, "/page", polite=polite)
    started = time.monotonic()
    assert outcome_of(web, f"/raw/{name}", polite=polite, deadline=2.0).outcome == outcome
    assert time.monotonic() - started < 12.0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


@pytest.mark.parametrize("name", ["samelengths", "onecontinue", "redirectbody"])
def test_what_is_odd_and_plain_all_the_same_comes(web, name):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert page_of(web, f"/raw/{name}").body == PAGE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


INSIDE = [
    "168.63.129.16", "192.0.0.192", "192.88.99.1", "100.100.100.200", "fec0::1", "3fff::1",
    "fd00:ec2::254", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2002:7f00:1::", "::ffff:0:7f00:1",
    "2001:0:7f00:1::", "2001:470::5efe:7f00:1", "2607:f8b0::200:5efe:a00:1", "fe80::1%lo", "::1%1",
]  # fmt: skip


@pytest.mark.parametrize("number", INSIDE)
def test_numbers_that_lead_inside_by_another_way_are_refused(number):
    with pytest.raises(FetchRefused, match="no public address"):
        refuse_private(number, "http://x.example/")


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_numbers_are_not(number):
    refuse_private(number, "http://x.example/")


CERTIFICATE = Path(__file__).parents[1] / "fixtures" / "tls" / "self-signed.pem"
FAULTS = [
    ("/cut", "truncated", 3),
    ("/cutchunk", "truncated", 3),
    ("/cutgzip", "truncated", 3),
    ("/cutbr", "truncated", 3),
    ("/cutzstd", "truncated", 3),
    ("/badgzip", "damaged_encoding", 1),
    ("/badbr", "damaged_encoding", 1),
    ("/badzstd", "damaged_encoding", 1),
    ("/odd", "unsupported_encoding", 1),
    ("/six", "too_many_encodings", 1),
    ("/bomb", "too_large", 1),
    ("/bombtwice", "too_large", 1),
    ("/bombbr", "too_large", 1),
    ("/bombzstd", "too_large", 1),
    ("/bombdeflate", "too_large", 1),
    ("/declared", "too_large", 1),
    ("/endless", "too_large", 1),
    ("/empty", "empty_body", 1),
    ("/program", "unwanted_type", 1),
    ("/wall", "bot_wall", 1),
    ("/okwall", "bot_wall", 1),
    ("/nothttp", "bad_response", 1),
    ("/headers", "bad_response", 1),
    ("/longline", "bad_response", 1),
    ("/shut", "connection_failed", 3),
    ("/badchunk", "truncated", 3),
    ("/loop", "redirect_loop", 1),
    ("/back", "redirect_loop", 1),
    ("/hop/11", "too_many_redirects", 1),
    ("/nowhere", "bad_redirect", 1),
    ("/file", "unsupported_scheme", 1),
    ("/ftp", "unsupported_scheme", 1),
    ("/secret", "credentials_in_address", 1),
    ("/metadata", "private_address", 1),
    ("/status/204", "unexpected_status", 1),
    ("/status/206", "unexpected_status", 1),
    ("/status/304", "unexpected_status", 1),
    ("/status/999", "unexpected_status", 1),
    ("/status/400", "client_error", 1),
    ("/status/401", "login_required", 1),
    ("/status/402", "payment_required", 1),
    ("/status/403", "forbidden", 1),
    ("/status/404", "not_found", 1),
    ("/status/410", "gone", 1),
    ("/status/418", "client_error", 1),
    ("/status/451", "blocked_legally", 1),
    ("/status/429/9/0", "rate_limited", 3),
    ("/status/429/9/500", "rate_limited", 1),
    ("/status/429/9/60", "rate_limited", 1),  # within the rule, beyond the deadline
    ("/status/500", "server_error", 3),
    ("/status/502", "server_error", 3),
    ("/status/503/9/0", "unavailable", 3),
    ("/status/503/9/Fri,_31_Dec_2999_23:59:59_GMT", "unavailable", 1),
]


@pytest.mark.parametrize(("path", "outcome", "tries"), FAULTS, ids=[f[0] for f in FAULTS])
def test_every_fault_has_its_name_and_is_tried_as_often_as_it_helps(
    web, path, outcome, tries, monkeypatch
):
    monkeypatch.setattr(retrying, "FIRST_WAIT", 0.001)
    web[1].handler.counts.clear()
    error = outcome_of(web, path)
    assert (error.outcome, web[1].handler.counts[path]) == (outcome, tries)
    assert error.outcome in outcomes()
    assert isinstance(error, FetchRefused) == (outcomes()[outcome].kind == "refused")
    assert str(error).isprintable()


def test_words_about_walls_in_a_long_article_are_no_wall(web):
    assert b"verify you are human" in page_of(web, "/quote").body


def test_a_page_beyond_the_size_limit_is_refused(web):
    assert len(page_of(web, "/large").body) == 200_003
    assert outcome_of(web, "/large", size=100_000).outcome == "too_large"


@pytest.mark.parametrize("path", ["/drip", "/drain", "/drophead"])
def test_a_dripping_server_does_not_hold_us(web, path):
    polite = manners()
    ask(web, "/page", polite=polite)  # robots.txt has no part in the short deadline
    started = time.monotonic()
    error = outcome_of(web, path, polite=polite, deadline=0.4)
    assert error.outcome == "deadline_exceeded"
    assert "within 0.4 s" in str(error)
    assert time.monotonic() - started < DRIPS * SLOW / 2


def test_nobody_listens(monkeypatch):
    monkeypatch.setattr(retrying, "FIRST_WAIT", 0.001)
    with pytest.raises(FetchError, match="cannot be fetched") as caught:
        fetch(f"http://127.0.0.1:{unused_port()}/", Limits(allowed=("127.0.0.1",)), manners())
    assert caught.value.outcome == "connection_refused"


def test_a_name_that_does_not_resolve(monkeypatch):
    def nothing(*args, **kwargs):
        raise socket.gaierror("no such name")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    with pytest.raises(FetchError, match=r"nowhere\.example does not resolve") as caught:
        fetch("http://nowhere.example/")
    assert caught.value.outcome == "name_not_resolved"


def test_a_resolver_that_hangs_is_left(monkeypatch):
    done = threading.Event()

    def hang(*args, **kwargs):
        done.wait(20)
        raise socket.gaierror("too late")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    started = time.monotonic()
    with pytest.raises(FetchError, match="no answer in time"):
        fetch("http://nowhere.example/", Limits(deadline=0.3))
    assert time.monotonic() - started < 5  # it left before the resolver did
    done.set()


SPELLINGS = [
    "127.0.0.1", "127.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.1",
    "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "localhost", "LOCALHOST.", "a.localhost",
    "0.0.0.0", "[::]", "127.0.0.1.", "0", "0x7f.0x0.0x0.0x1", "127.0.1", "0177.1",
    "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "①②⑦.⓪.⓪.①",
    "127。0。0。1", "１２７.0.0.1", "x.local", "metadata.internal", "127.255.255.254",
    "localhost.localhost", "ip6-localhost", "0x7F000001", "00000177.0.0.1",
    ]  # fmt: skip


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_reaches_the_loopback(web, host):
    web[1].clear()
    port = web[0].rpartition(":")[2]
    with pytest.raises(FetchError) as caught:
        get(f"http://{host}:{port}/page")
    assert caught.value.outcome in ("private_address", "bad_address", "name_not_resolved")
    assert web[1] == []


@pytest.mark.parametrize(
    "number",
    [
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "0.1.2.3", "240.0.0.1", "255.255.255.255", "198.18.0.1", "fe80::1%eth0", "fc00::1",
        "ff02::1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "::",
    ],
)  # fmt: skip
def test_addresses_inside_a_network_are_refused(number):
    with pytest.raises(FetchRefused, match="no public address"):
        refuse_private(number, "http://x.example/")


@pytest.mark.parametrize("number", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_addresses_pass(number):
    refuse_private(number, "http://x.example/")
    assert embedded(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("file:///etc/hostname", "has file:; give an address that begins with http"),
        ("ftp://example.org/x", "has ftp:"),
        ("data:text/html,x", "has data:"),
        ("javascript:alert(1)", "has javascript:"),
        ("example.org/x", "has no scheme"),
        ("http://user:secret@example.org/", "user name or password"),
        ("http:///x", "names no host"),
        ("http://exa mple.org/", "blanks"),
        ("http://example.org\\@127.0.0.1/", "backslashes"),
        ("http://example.org:port/", "no web address"),
        ("http://[::1/", "no web address"),
        ("http://router.local/", "inside a network"),
    ],
)
def test_what_is_no_public_web_address_is_refused(address, words):
    with pytest.raises(FetchRefused, match=words) as caught:
        get(address)
    assert "secret" not in str(caught.value)


def test_redirects_are_checked_like_the_first_address(web):
    error = outcome_of(web, "/file")
    assert "file:" in str(error)
    assert error.hops == (f"{web[0]}/file",)


def test_a_redirect_into_the_network_is_refused(web, monkeypatch):
    real = socket.getaddrinfo
    asked = []

    def fake(host, *args, **kwargs):
        asked.append(host)
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", fake)
    with pytest.raises(FetchRefused, match=r"169\.254\.169\.254"):
        target = check_address("http://169.254.169.254/latest/")
        raise AssertionError(target)
    assert asked == ["169.254.169.254"]


def test_the_connection_goes_to_the_address_that_was_checked(web, monkeypatch):
    """A name that changes its meaning between check and connection reaches nothing new."""
    real = socket.getaddrinfo
    answers = iter(["127.0.0.1"] * 3 + ["127.0.0.2"] * 9)  # page, robots.txt, page behind the hop

    def rebinding(host, port, *args, **kwargs):
        if host == "rebind.example":
            host = next(answers)
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    port = web[0].rpartition(":")[2]
    limits = Limits(allowed=("rebind.example",))
    found = fetch(f"http://rebind.example:{port}/hop/0", limits, manners()).snapshot
    assert found.body == PAGE
    assert web[1][-1][1]["Host"] == f"rebind.example:{port}"


def test_a_fetched_page_is_kept_and_found_again(web, tmp_path):
    fetched = page_of(web, "/hop/1")
    assert archive.place(fetched, tmp_path) == tmp_path / "snapshots" / fetched.snapshot_id
    assert archive.load(tmp_path, fetched.snapshot_id) == PAGE


def test_a_certificate_that_nobody_vouches_for_is_refused():
    own = Limits(deadline=10.0, allowed=("127.0.0.1",))
    with serving(certificate=CERTIFICATE) as (address, seen):
        with pytest.raises(FetchError) as caught:
            fetch(address + "/page", own, manners())
        assert caught.value.outcome == "tls_error"
        assert list(seen) == []


def test_a_server_that_speaks_no_tls_is_named(web):
    with pytest.raises(FetchError) as caught:
        fetch(web[0].replace("http", "https") + "/page", Limits(allowed=("127.0.0.1",)), manners())
    assert caught.value.outcome == "tls_error"


def test_the_documentation_lists_every_outcome_and_no_other():
    text = (Path(__file__).parents[2] / "docs" / "fetching.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| `")]
    listed = [(row[0].strip("| `"), row[1], row[2] == "yes") for row in rows]
    assert listed == [(o.name, o.kind, o.retried) for o in outcomes().values()]
