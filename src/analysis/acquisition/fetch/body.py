"""The body of an answer: whole, no larger than allowed, and unpacked."""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping

import brotli
import requests
import zstandard

from analysis.acquisition.fetch.outcomes import failure

PIECE = 65_536
LENGTH = re.compile(r"[0-9]{1,18}")
SMALL_PIECE = 256  # of zstd input: what it unpacks to stays within some megabytes
MOST_ENCODINGS = 5
WINDOW = 8 * 2**20  # of zstd, as RFC 9659 limits it on the web
ASKED_FOR = "gzip, deflate, br, zstd"


class Broken(Exception):
    """Packed bytes that end before they should (``cut``) or are damaged."""

    def __init__(self, cut: bool, reason: str = "") -> None:
        super().__init__(reason)
        self.cut = cut


class Full(Exception):
    """More bytes than allowed."""


def read_body(response: requests.Response, address: str, limit: int, *, cut: bool = False) -> bytes:
    """Return the body as the page's bytes.

    Parameters
    ----------
    response
        Its headers are read, its body is not.
    address
        Named in errors.
    limit
        Bytes that the body may have, packed or unpacked.
    cut
        Return the first `limit` bytes of a larger body instead of refusing it.

    Raises
    ------
    FetchError
        It is larger than `limit`, breaks off, or is packed in a way that was not asked for.
    """
    encodings = _encodings(response.headers.get("Content-Encoding", ""), address)
    announced = _announced(response, address)
    if announced is not None and announced > limit and not cut:
        raise too_large(address, limit)
    packed = bytearray()
    for piece in pieces_of(response, address):
        packed += piece
        if len(packed) > limit:
            if not cut:
                raise too_large(address, limit)
            del packed[limit:]
            break
    if announced is not None and len(packed) != announced and not cut:
        reason = f"{address} broke off after {len(packed):,} of {announced:,} bytes"
        raise failure("truncated", reason)
    return unpack(bytes(packed), encodings, address, limit, cut)


def _announced(response: requests.Response, address: str) -> int | None:
    """Return how many bytes the body should have, None where its head does not say.

    A length that is none ("-5", "1_0", two that differ) leaves open where the body ends: what came
    of it cannot be told from the whole.
    """
    way = response.headers.get("Transfer-Encoding", "").strip().lower()
    if way not in ("", "chunked", "identity"):
        raise failure("bad_response", f"{address} came with Transfer-Encoding {way[:40]!a}")
    told = {part.strip() for part in response.headers.get("Content-Length", "").split(",")}
    if way == "chunked" or told == {""}:
        return None
    length = told.pop()
    if told or not LENGTH.fullmatch(length):
        raise failure("bad_response", f"{address} came with Content-Length {length[:40]!a}")
    return int(length)


def pieces_of(response: requests.Response, address: str) -> Iterator[bytes]:
    """Yield the body as it comes, without unpacking it.

    urllib3 takes "-1" for the size of a chunk and would read on without end.
    """
    raw = response.raw
    if raw.chunked:
        take_size = raw._update_chunk_length

        def check_size() -> None:
            take_size()
            if raw.chunk_left is not None and raw.chunk_left < 0:
                raise failure("bad_response", f"{address} came with a chunk of negative size")

        raw._update_chunk_length = check_size  # type: ignore[method-assign]
    yield from raw.stream(PIECE, decode_content=False)


def _encodings(header: str, address: str) -> list[str]:
    """Return the content encodings of a body in the order they were applied, or refuse them."""
    names = [name.strip().lower() for name in header.split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > MOST_ENCODINGS:
        raise failure("too_many_encodings", f"{address} is packed {len(names)} times over")
    for name in names:
        if name not in UNPACKERS:
            raise failure("unsupported_encoding", f"{address} came packed as {name[:40]!r}")
    return names


def unpack(packed: bytes, encodings: list[str], address: str, limit: int, cut: bool) -> bytes:
    """Return a body without its content encodings, the last one applied taken off first."""
    for name in reversed(encodings):
        packed = _without(packed, name, address, limit, cut)
    return packed


def _without(packed: bytes, name: str, address: str, limit: int, cut: bool) -> bytes:
    """Take one content encoding off a body."""
    made = bytearray()
    try:
        for piece in UNPACKERS[name](packed) if packed else ():
            made += piece
            if len(made) > limit:
                raise Full
    except Full:
        if not cut:
            raise too_large(address, limit) from None
        del made[limit:]
    except Broken as broken:
        if cut:
            return bytes(made)
        outcome = "truncated" if broken.cut else "damaged_encoding"
        what = "broke off" if broken.cut else f"is damaged ({broken})"
        raise failure(outcome, f"{address} {what} inside its {name} packing") from broken
    return bytes(made)


def _inflate(packed: bytes, *, raw: bool = False, several: bool = True) -> Iterator[bytes]:
    """Yield what zlib unpacks; a gzip body may have several members."""
    rest = packed
    try:
        while rest:
            unpacker = zlib.decompressobj(-15 if raw else 47)
            while rest and not unpacker.eof:
                piece = unpacker.decompress(rest, PIECE)
                rest = unpacker.unconsumed_tail
                yield piece
                if not piece and not rest:
                    break
            yield unpacker.flush(PIECE)
            if not unpacker.eof:
                raise Broken(cut=True)
            rest = unpacker.unused_data.lstrip(b"\0") if several else b""
    except zlib.error as error:
        raise Broken(False, str(error)) from error


def _deflate(packed: bytes) -> Iterator[bytes]:
    """Yield what deflate unpacks, which servers send with the zlib header and without."""
    yield from _inflate(packed, raw=(packed[0] & 0x0F) != 8, several=False)


def _brotli(packed: bytes) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    try:
        piece = unpacker.process(packed, output_buffer_limit=PIECE)
        while piece:
            yield piece
            piece = b"" if unpacker.is_finished() else unpacker.process(b"", PIECE)
    except brotli.error as error:
        raise Broken(False, "no brotli") from error
    if not unpacker.is_finished():
        raise Broken(cut=True)


def _zstd(packed: bytes) -> Iterator[bytes]:
    rest = packed
    try:
        while rest:
            unpacker = zstandard.ZstdDecompressor(max_window_size=WINDOW).decompressobj()
            at = 0
            while at < len(rest) and not unpacker.eof:
                yield unpacker.decompress(rest[at : at + SMALL_PIECE])
                at += SMALL_PIECE
            if not unpacker.eof:
                raise Broken(cut=True)
            rest = unpacker.unused_data + rest[at:]
    except zstandard.ZstdError as error:
        raise Broken(False, "no zstd") from error


UNPACKERS: Mapping[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _inflate,
    "x-gzip": _inflate,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}


def too_large(address: str, limit: int) -> Exception:
    """Return the error for a body beyond the limit."""
    return failure("too_large", f"{address} is larger than the limit of {limit:,} bytes")
