"""Standard web-archive files (WARC): snapshots out, and pages in, damaged files included.

Records are read with warcio, one by one: a damaged one is named and left, and reading goes on at
the next. A plain reader stops at the first.
"""

import io
import mmap
import re
import time
import uuid
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from analysis import __version__
from analysis.model import media
from analysis.model.documents import Snapshot
from analysis.model.errors import SourceError

PAGE_LIMIT = 20_000_000  # bytes of one page, unpacked
MEMBER_LIMIT = 64_000_000  # bytes that one gzip member may unpack to
HEAD_LIMIT = 65_536
SEARCH_SECONDS = 10.0  # spent on unpacking what turns out to be no member, in one file
MOST_DAMAGED = 10_000  # records of a file or member that are named; a file of nothing else has more
PIECE = 65_536
UNSEARCHED = "{seconds:g} s went into what is no member; the file was not read from here on"
GZIP = b"\x1f\x8b\x08"
RESERVED_FLAGS = 0xE0
START = re.compile(rb"WARC/(?:0\.1\d|1\.[01])\r?\n")
LENGTH = re.compile(rb"\r?\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r?\n", re.I)
BETWEEN = re.compile(rb"(?:\r?\n){0,4}")
NO_TEXT = re.compile(r"[\x00-\x1f\x7f]")
NAMESPACE = uuid.UUID("6f1c1c52-1f3b-5d0e-9c58-4b1d6f0a7e11")
DROPPED = ("content-encoding", "transfer-encoding", "content-length")  # the body is kept unpacked


@dataclass(frozen=True, slots=True)
class Left:
    """A record that is no page here: where it begins in the file, its address, and why.

    ``damaged`` tells records that are not as they were written from those that are whole but hold
    no page: requests, redirects, errors.
    """

    at: int
    address: str
    reason: str
    damaged: bool


def write_warc(snapshots: Iterable[Snapshot], path: Path) -> int:
    """Write snapshots as a gzipped WARC 1.1 file and return how many.

    Bodies are written as they are kept, without the packing they travelled in. Hops, publisher,
    edition and licence stand in a metadata record beside each page. The same snapshots make the
    same bytes.

    Raises
    ------
    SourceError
        The file cannot be written.
    """
    written = io.BytesIO()
    writer = WARCWriter(written, gzip=True, warc_version="1.1")
    about = {"software": f"moderation-analysis/{__version__}", "format": "WARC File Format 1.1"}
    info = writer.create_warcinfo_record(path.name, about)
    _pin(info, "warcinfo", "1970-01-01T00:00:00Z")
    writer.write_record(info)
    count = 0
    for snapshot in snapshots:
        _write_page(writer, snapshot)
        count += 1
    try:
        path.write_bytes(written.getvalue())
    except OSError as error:
        raise SourceError(f"{path} cannot be written: {error.strerror or error}") from error
    return count


def _write_page(writer: Any, snapshot: Snapshot) -> None:
    """Write one page and what is known about it."""
    address = snapshot.address or f"urn:sha256:{snapshot.snapshot_id}"
    headers = [
        (name, NO_TEXT.sub(" ", value))
        for name, value in snapshot.headers
        if name.lower() not in DROPPED
    ]
    headers.append(("Content-Length", str(len(snapshot.body))))
    fetched = snapshot.status is not None
    record = writer.create_warc_record(
        address,
        "response" if fetched else "resource",
        payload=io.BytesIO(snapshot.body),
        warc_content_type="" if fetched else snapshot.media_type,
        http_headers=StatusAndHeaders(f"{snapshot.status} OK", headers, protocol="HTTP/1.1")
        if fetched
        else None,
    )
    identity = _pin(record, snapshot.snapshot_id, snapshot.retrieved_at)
    writer.write_record(record)
    facts = {
        "hop": list(snapshot.hops),
        "publisher": [snapshot.publisher],
        "edition": [snapshot.edition],
        "licence": [snapshot.licence],
        "sha256": [snapshot.snapshot_id],
    }
    lines = [f"{n}: {NO_TEXT.sub(' ', v)}" for n, values in facts.items() for v in values if v]
    payload = io.BytesIO("\r\n".join(lines).encode("utf-8"))
    beside = writer.create_warc_record(
        address, "metadata", payload=payload, warc_content_type="application/warc-fields"
    )
    _pin(beside, f"{snapshot.snapshot_id} metadata", snapshot.retrieved_at)
    beside.rec_headers.replace_header("WARC-Concurrent-To", identity)
    writer.write_record(beside)


def _pin(record: Any, name: str, day: str) -> str:
    """Give a record an identity and a date that follow from what it holds."""
    identity = f"<urn:uuid:{uuid.uuid5(NAMESPACE, name)}>"
    record.rec_headers.replace_header("WARC-Record-ID", identity)
    record.rec_headers.replace_header("WARC-Date", day or "1970-01-01T00:00:00Z")
    return identity


def is_warc(path: Path) -> bool:
    """Say whether a file is a web archive, packed or not, by its first bytes."""
    try:
        with path.open("rb") as file:
            start = file.read(PIECE)
    except OSError:
        return False
    if start.startswith(GZIP):
        try:
            start = zlib.decompressobj(31).decompress(start, 16)
        except zlib.error:
            return path.name.lower().endswith((".warc.gz", ".warc"))
    return bool(START.match(start)) or path.name.lower().endswith((".warc.gz", ".warc"))


def read_warc(path: Path, limit: int = PAGE_LIMIT) -> Iterator[Snapshot | Left]:
    """Yield the pages of a web archive, and for every other record why it is none.

    Parameters
    ----------
    path
        A WARC file, gzipped record by record, as a whole, or not at all.
    limit
        Bytes that a page may have, unpacked; a larger one is left.

    Raises
    ------
    SourceError
        The file cannot be read, or nothing in it is a record.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}") from error
    with file:
        if path.stat().st_size == 0:
            raise SourceError(f"{path} is empty: expected a web archive (WARC)")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            found = False
            packed = data[: len(GZIP)] == GZIP
            for part in _members(data) if packed else _records(data, 0):
                if isinstance(part, Left):
                    yield part
                    continue
                inner = _records(part[1], part[0]) if packed else [part]
                for record in inner:
                    found = True
                    yield record if isinstance(record, Left) else _page(*record, limit)
            if not found:
                raise SourceError(f"{path} holds no record: expected a web archive (WARC)")


def _members(data: mmap.mmap) -> Iterator[tuple[int, bytes] | Left]:
    """Yield the gzip members of a file, unpacked; after a damaged one, go on at the next.

    A file made of beginnings that each run to its end could be searched for ever: the search ends
    after some seconds, and says where.
    """
    at, failing, lost = 0, False, 0.0
    while 0 <= at < len(data):
        began = time.monotonic()
        member, end, reason = _unpack(data, at)
        if reason:
            lost += time.monotonic() - began
            if not failing:
                yield Left(at, "", reason, True)
            if lost > SEARCH_SECONDS:
                yield Left(at, "", UNSEARCHED.format(seconds=SEARCH_SECONDS), True)
                return
            failing = True
            at = data.find(GZIP, at + 1)
            continue
        failing = False
        yield at, member
        at = end if data[end : end + len(GZIP)] == GZIP else data.find(GZIP, end)


def _unpack(data: mmap.mmap, at: int) -> tuple[bytes, int, str]:
    """Return what a gzip member unpacks to and where it ends, or why it cannot be unpacked."""
    if at + 10 > len(data) or data[at + 3] & RESERVED_FLAGS:
        return b"", at, "no gzip member"
    unpacker, made, read = zlib.decompressobj(31), bytearray(), at
    try:
        while not unpacker.eof:
            piece = unpacker.unconsumed_tail or data[read : read + PIECE]
            if not piece:
                return b"", at, "the file ends inside it"
            if not unpacker.unconsumed_tail:
                read += len(piece)
            made += unpacker.decompress(piece, PIECE)
            if len(made) > MEMBER_LIMIT:
                return b"", at, f"it unpacks to more than {MEMBER_LIMIT:,} bytes"
    except zlib.error as error:
        return b"", at, f"its packing is damaged ({error})"
    return bytes(made), read - len(unpacker.unused_data), ""


def _records(data: Any, base: int) -> Iterator[tuple[int, bytes] | Left]:
    """Yield the records of unpacked bytes; after a damaged one, go on at the next."""
    at = damaged = 0
    while at < len(data):
        start = START.search(data, at)
        if not start:
            if data[at : at + HEAD_LIMIT].strip():
                yield Left(base + at, "", "these bytes are no record", True)
            return
        if data[at : min(start.start(), at + HEAD_LIMIT)].strip():
            yield Left(base + at, "", "these bytes are no record", True)
        at = start.start()
        end, reason = _end_of(data, at)
        if reason:
            damaged += 1
            if damaged <= MOST_DAMAGED:
                yield Left(base + at, "", reason, True)
            at = start.end()
            continue
        yield base + at, bytes(data[at:end]) + b"\r\n\r\n"
        blank = BETWEEN.match(data, end)
        at = blank.end() if blank else end


def _end_of(data: Any, at: int) -> tuple[int, str]:
    """Return where a record ends, or why that cannot be told."""
    again = START.search(data, at + 1, at + HEAD_LIMIT)  # a head ends before the next one begins
    head = bytes(data[at : again.start() if again else at + HEAD_LIMIT])
    close = re.search(rb"\r?\n\r?\n", head)
    if not close:
        return at, "its head does not end"
    length = LENGTH.search(head[: close.end()])
    if not length:
        return at, "its head gives no length"
    end = at + close.end() + int(length.group(1))
    if end > len(data):
        return at, "the file ends inside it"
    rest = bytes(data[end : end + 16])
    if rest.strip(b"\r\n") and not START.match(rest.lstrip(b"\r\n")):
        return at, "it is longer or shorter than its head says"
    return end, ""


def _page(at: int, record: bytes, limit: int) -> Snapshot | Left:
    """Return the page of one record, or why there is none."""
    address = ""
    try:
        found = next(iter(ArchiveIterator(io.BytesIO(record), check_digests=True)))
        address = NO_TEXT.sub(" ", found.rec_headers.get_header("WARC-Target-URI") or "").strip(
            "<>"
        )
        kind = found.rec_type
        body = _body_of(found, limit)
        if found.digest_checker.passed is False:
            said = "; ".join(found.digest_checker.problems)
            return Left(at, address, f"its bytes are not those of its digest ({said})", True)
    except StopIteration:
        return Left(at, address, "its head cannot be read", True)
    except Exception as error:  # warcio raises what it meets in foreign bytes
        reason = " ".join(f"{type(error).__name__} {error}".split())[:200]
        return Left(at, address, f"it cannot be read ({NO_TEXT.sub(' ', reason)})", True)
    if kind not in ("response", "resource"):
        return Left(at, address, f"a {NO_TEXT.sub(' ', kind or '?')[:20]} record, no page", False)
    if body is None:
        return Left(at, address, f"larger than the limit of {limit:,} bytes", False)
    return _as_snapshot(at, found, address, body)


def _body_of(record: Any, limit: int) -> bytes | None:
    """Return the body of a record without its packing, None where it is larger than the limit.

    No more is unpacked than the limit, so that the digest of a larger one stays unchecked.
    """
    made, stream = bytearray(), record.content_stream()
    while piece := stream.read(PIECE):
        made += piece
        if len(made) > limit:
            return None
    return bytes(made)


def _as_snapshot(at: int, record: Any, address: str, body: bytes) -> Snapshot | Left:
    """Return a whole record as a snapshot; an error page and a redirect are none."""
    http = record.http_headers
    status = http.get_statuscode() if http else "200"
    if status != "200":
        return Left(at, address, f"an answer with status {status[:3]!a}, no page", False)
    day = _day_of(record.rec_headers.get_header("WARC-Date") or "")
    return Snapshot(
        snapshot_id=sha256(body).hexdigest(),
        body=body,
        path=address,
        address=address,
        status=200 if http else None,
        headers=tuple((str(n), str(v)) for n, v in http.headers) if http else (),
        retrieved_at=day,
        media_type=media.sniff(body, address),
    )


def _day_of(text: str) -> str:
    """Return the date of a record as snapshots have it, empty when it is none."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return ""
    return f"{text[:19]}Z"
