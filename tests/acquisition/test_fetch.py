"""Fetching one page: what comes whole is kept, everything else is an error that says what to do."""

import hashlib
import ipaddress
import socket

import pytest
from tests.acquisition.odd_server import PAGE, serving, unused_port

from analysis.acquisition import archive
from analysis.acquisition.fetch import get
from analysis.acquisition.fetch.address import check_address, embedded, refuse_private
from analysis.model.errors import FetchRefused, SourceError


@pytest.fixture(scope="module")
def web():
    with serving() as (address, seen):
        yield address, seen


def fetch(web, path, **options):
    return get(web[0] + path, **{"allow_private": True, "timeout_total": 20, **options})


@pytest.mark.parametrize("path", ["/page", "/gzip", "/deflate", "/rawdeflate", "/twice", "/hop/3"])
def test_a_whole_page_comes_as_it_was(web, path):
    found = fetch(web, path)
    assert found.body == PAGE
    assert found.snapshot_id == hashlib.sha256(PAGE).hexdigest()
    assert (found.status, found.media_type) == (200, "text/html")
    assert found.retrieved_at.endswith("Z")


def test_the_snapshot_says_where_it_came_from(web):
    found = fetch(web, "/hop/2#part")
    assert [hop.removeprefix(web[0]) for hop in found.hops] == ["/hop/2", "/hop/1", "/hop/0"]
    assert found.address == web[0] + "/page"
    assert ("Content-Type", "text/html; charset=utf-8") in found.headers


def test_the_request_says_who_asks_and_carries_nothing_else(web, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    web[1].clear()
    fetch(web, "/hop/0")
    headers = web[1][-1][1]
    assert headers["User-Agent"].startswith("moderation-analysis/")
    assert not {"Cookie", "Authorization"} & headers.keys()


def test_the_sniffed_type_decides_and_not_the_header(web):
    assert fetch(web, "/pdf").media_type == "application/pdf"


def test_a_redirect_may_hold_bytes_beyond_ascii(web):
    assert fetch(web, "/umlaut").address.endswith(("/page/ü", "/page/%C3%BC"))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/cut", "cannot be fetched|broke off"),
        ("/cutchunk", "cannot be fetched|broke off"),
        ("/cutgzip", "broke off inside its gzip packing"),
        ("/badgzip", "damaged inside its gzip packing"),
        ("/brotli", "packed as 'br'"),
        ("/bomb", "larger than the limit of 20,000,000 bytes"),
        ("/loop", "redirected more than 10 times"),
        ("/hop/11", "redirected more than 10 times"),
        ("/nowhere", "without saying where to"),
        ("/status/403", "refuses programs: open it in a browser, save it as HTML"),
        ("/status/404", "no such page"),
        ("/status/429", "asks to wait"),
        ("/status/500", "the server failed"),
        ("/status/204", "status 204"),
        ("/status/206", "status 206"),
        ("/status/304", "status 304"),
    ],
)
def test_what_is_not_a_whole_page_is_an_error(web, path, words):
    with pytest.raises(SourceError, match=words):
        fetch(web, path)


def test_a_page_beyond_the_size_limit_is_refused(web):
    assert len(fetch(web, "/large").body) == 200_003
    with pytest.raises(SourceError, match="limit of 100,000 bytes"):
        fetch(web, "/large", size_limit=100_000)


@pytest.mark.parametrize("path", ["/drip", "/drain", "/drophead"])
def test_a_dripping_server_does_not_hold_us(web, path):
    with pytest.raises(SourceError, match=r"did not answer in full within 0\.4 s"):
        fetch(web, path, timeout_total=0.4)


def test_nobody_listens():
    with pytest.raises(SourceError, match="cannot be fetched"):
        get(f"http://127.0.0.1:{unused_port()}/", allow_private=True)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.1",
        "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "localhost", "LOCALHOST.", "a.localhost",
        "0.0.0.0", "[::]",
    ],
)  # fmt: skip
def test_no_spelling_reaches_the_loopback(web, host):
    web[1].clear()
    port = web[0].rpartition(":")[2]
    with pytest.raises(SourceError):
        get(f"http://{host}:{port}/page")
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
    with pytest.raises(FetchRefused, match="not a public address"):
        refuse_private(number, "http://x.example/")


@pytest.mark.parametrize("number", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_addresses_pass(number):
    refuse_private(number, "http://x.example/")
    assert embedded(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("file:///etc/hostname", "has file:; expected http"),
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
    with pytest.raises(FetchRefused, match="file:"):
        fetch(web, "/file")


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
    answers = iter(["127.0.0.1", "127.0.0.2", "127.0.0.2"])

    def rebinding(host, port, *args, **kwargs):
        if host == "rebind.example":
            host = next(answers)
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    port = web[0].rpartition(":")[2]
    found = get(f"http://rebind.example:{port}/page", allow_private=True)
    assert found.body == PAGE
    assert web[1][-1][1]["Host"] == f"rebind.example:{port}"


def test_a_fetched_page_is_kept_and_found_again(web, tmp_path):
    fetched = fetch(web, "/hop/1")
    kept = archive.keep(fetched, tmp_path)
    again = archive.load(tmp_path, fetched.snapshot_id)
    assert kept == again
    assert (again.body, again.address, again.hops) == (PAGE, fetched.address, fetched.hops)
    assert again.path == f"snapshots/{again.snapshot_id[:2]}/{again.snapshot_id}/body"
    assert again.headers == fetched.headers
