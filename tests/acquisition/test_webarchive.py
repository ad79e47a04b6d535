"""Web-archive files: what we write others read, what others write we read, damage stays local."""

import gzip
import io
import random
import re
import time
from hashlib import sha256

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from analysis.acquisition import webarchive
from analysis.acquisition.webarchive import Left, is_warc, read_warc, write_warc
from analysis.model.documents import Snapshot
from analysis.model.errors import SourceError

COUNT = 6


def snapshot(number, **fields):
    body = f"<html><body><p>Removed {number},000 videos.</p></body></html>".encode()
    about = {
        "address": f"https://x.example/{number}",
        "status": 200,
        "headers": (("Content-Type", "text/html"), ("ETag", '"a"')),
        "retrieved_at": "2026-11-26T08:00:00Z",
        "media_type": "text/html",
    }
    return Snapshot(snapshot_id=sha256(body).hexdigest(), body=body, **about | fields)


def pages(path):
    return [found for found in read_warc(path) if isinstance(found, Snapshot)]


def damaged(path):
    return [found for found in read_warc(path) if isinstance(found, Left) and found.damaged]


@pytest.fixture
def ours(tmp_path):
    path = tmp_path / "pages.warc.gz"
    assert write_warc([snapshot(n) for n in range(COUNT)], path) == COUNT
    return path


def test_what_is_written_comes_back(ours):
    found = pages(ours)
    assert [page.body for page in found] == [snapshot(n).body for n in range(COUNT)]
    assert found[0].address == "https://x.example/0"
    assert found[0].retrieved_at == "2026-11-26T08:00:00Z"
    assert ("ETag", '"a"') in found[0].headers
    assert damaged(ours) == []


def test_the_same_pages_make_the_same_bytes(ours, tmp_path):
    again = tmp_path / "x" / "pages.warc.gz"
    again.parent.mkdir()
    write_warc([snapshot(n) for n in range(COUNT)], again)
    assert again.read_bytes() == ours.read_bytes()


def test_others_can_read_what_we_write(ours):
    with ours.open("rb") as file:
        kinds = []
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            kinds.append(record.rec_type)
    assert kinds == ["warcinfo", *["response", "metadata"] * COUNT]


def test_hops_and_licence_stand_beside_the_page(tmp_path):
    path = tmp_path / "a.warc.gz"
    write_warc([snapshot(1, hops=("https://y.example/\r\nX: 1",), licence="CC BY 4.0")], path)
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    assert "hop: https://y.example/  X: 1\r\n" in text
    assert "licence: CC BY 4.0" in text


def test_every_damaged_record_is_named_and_the_others_are_read(ours):
    """One bit flipped anywhere: at most one page is lost, and none is other than it was."""
    whole, good = ours.read_bytes(), pages(ours)
    chance = random.Random(11)
    for _ in range(150):
        at = chance.randrange(len(whole) * 8)
        flipped = bytearray(whole)
        flipped[at // 8] ^= 1 << at % 8
        ours.write_bytes(flipped)
        found = pages(ours)
        assert len(found) >= COUNT - 1
        assert all(page in good for page in found)
        assert len(found) == COUNT or damaged(ours)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_keeps_what_is_before_the_cut(ours, kept):
    whole = ours.read_bytes()
    ours.write_bytes(whole[: int(len(whole) * kept)])
    assert damaged(ours)[-1].reason in ("the file ends inside it", "no gzip member")
    assert len(pages(ours)) >= int(COUNT * kept) - 1


def test_rubbish_between_records_is_named(ours):
    whole = ours.read_bytes()
    second = whole.index(webarchive.GZIP, 300)
    ours.write_bytes(whole[:second] + b"rubbish" * 20 + whole[second:])
    assert len(pages(ours)) == COUNT


def plain(path):
    unpacked = gzip.decompress(path.read_bytes())
    path.write_bytes(unpacked)
    return unpacked


def test_an_unpacked_file_is_read_too(ours):
    plain(ours)
    assert len(pages(ours)) == COUNT


def test_a_file_packed_as_a_whole_is_read_too(ours):
    ours.write_bytes(gzip.compress(plain(ours)))
    assert len(pages(ours)) == COUNT


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (rb"Removed 2,000", b"Removed 9,000", "not those of its digest"),
        (rb"Content-Length: (\d+)", b"Content-Length: 9999999", "the file ends inside it"),
        (rb"Content-Length: (\d+)", b"Content-Length: 10", "longer or shorter"),
        (rb"Content-Length: (\d+)", b"Content-Longness: 1", "gives no length"),
    ],
)
def test_plain_damage_is_told(ours, old, new, reason):
    unpacked = plain(ours)
    third = unpacked.index(b"WARC-Type: response", unpacked.index(b"https://x.example/1") + 1)
    place = re.compile(old).search(unpacked, third)
    ours.write_bytes(unpacked[: place.start()] + new + unpacked[place.end() :])
    assert any(reason in left.reason for left in damaged(ours))
    assert len(pages(ours)) == COUNT - 1


def foreign(path, *records):
    """Write records as another archiver would: (address, status, headers, body)."""
    written = io.BytesIO()
    writer = WARCWriter(written, gzip=True)
    for address, status, headers, body in records:
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(address, "response", io.BytesIO(body), http_headers=http)
        )
    path.write_bytes(written.getvalue())
    return path


def test_packed_and_chunked_bodies_are_unpacked(tmp_path):
    body = gzip.compress(b"<p>Removed 5 videos.</p>")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    path = foreign(
        tmp_path / "f.warc.gz",
        ("http://a.example/", "200 OK", [("Content-Encoding", "gzip")], body),
        (
            "http://b.example/",
            "200 OK",
            [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")],
            chunked,
        ),
        ("http://c.example/", "404 Not Found", [], b"none"),
        ("http://d.example/", "301 Moved", [("Location", "/x")], b""),
    )
    assert [page.body for page in pages(path)] == [b"<p>Removed 5 videos.</p>"] * 2
    assert [found.reason for found in read_warc(path) if isinstance(found, Left)] == [
        "an answer with status '404', no page",
        "an answer with status '301', no page",
    ]


def test_a_bomb_is_left_and_the_next_page_read(tmp_path):
    bomb = gzip.compress(bytes(30_000_000))
    path = foreign(
        tmp_path / "f.warc.gz",
        ("http://a.example/", "200 OK", [("Content-Encoding", "gzip")], bomb),
        ("http://b.example/", "200 OK", [], b"<p>fine</p>"),
    )
    assert [page.address for page in pages(path)] == ["http://b.example/"]
    (left,) = [found for found in read_warc(path) if isinstance(found, Left)]
    assert "larger than the limit of 20,000,000 bytes" in left.reason


def test_a_member_that_unpacks_without_end_is_left(ours, monkeypatch):
    monkeypatch.setattr(webarchive, "MEMBER_LIMIT", 1_000_000)
    ours.write_bytes(gzip.compress(bytes(5_000_000)) + ours.read_bytes())
    assert damaged(ours)[0].reason == "it unpacks to more than 1,000,000 bytes"
    assert len(pages(ours)) == COUNT


def test_no_more_of_a_page_is_unpacked_than_it_may_have():
    class Endless:
        reads = 0

        def content_stream(self):
            return self

        def read(self, size):
            self.reads += 1
            return bytes(size)

    record = Endless()
    assert webarchive._body_of(record, 1_000_000) is None
    assert record.reads <= 1_000_000 // webarchive.PIECE + 1


def test_the_search_for_members_in_a_damaged_file_ends(ours, monkeypatch):
    """Beginnings that each run to the end of the file: every one would be unpacked anew."""
    monkeypatch.setattr(webarchive, "SEARCH_SECONDS", 0.0)
    start = b"\x1f\x8b\x08" + bytes(7) + b"\x00\xfa\xff\x05\x00"  # a stored block of 65,530
    whole = ours.read_bytes()
    ours.write_bytes(whole + (start + bytes(240)) * 500)
    assert len(pages(ours)) == COUNT
    reasons = [left.reason for left in damaged(ours)]
    assert reasons == ["the file ends inside it", webarchive.UNSEARCHED.format(seconds=0.0)]


@pytest.mark.parametrize("content", [b"", b"hello", b"\x1f\x8b\x08" + bytes(40), b"WARC/1.0\r\n"])
def test_what_is_no_archive_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="expected a web archive"):
        list(read_warc(path))


def test_archives_are_known_by_their_bytes(ours, tmp_path):
    renamed = tmp_path / "x.bin"
    renamed.write_bytes(ours.read_bytes())
    assert is_warc(renamed)
    renamed.write_bytes(b"<p>WARC/1.0</p>")
    assert not is_warc(renamed)
    assert not is_warc(tmp_path / "none")


@pytest.mark.parametrize("start", [b"WARC/1.0\r\n", b"xWARC/1.0\r\nA: b\r\n"])
def test_a_file_of_nothing_but_beginnings_is_read_once(tmp_path, start):
    path = tmp_path / "x.warc"
    path.write_bytes(start * 60_000)
    began = time.monotonic()
    with pytest.raises(SourceError, match="holds no record"):
        list(read_warc(path))
    assert time.monotonic() - began < 20  # before, each beginning cost a millisecond
