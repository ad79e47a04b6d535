"""The body of an answer: whole, no larger than allowed, and unpacked."""

import zlib
from collections.abc import Iterator

import requests

from analysis.model.errors import SourceError

PIECE = 65_536
MOST_ENCODINGS = 5


def read_body(response: requests.Response, address: str, size_limit: int) -> bytes:
    """Return the body as the page's bytes.

    Raises
    ------
    SourceError
        It is larger than `size_limit`, packed or unpacked, it breaks off, or it is packed in a way
        that was not asked for.
    """
    packed = bytearray()
    for piece in pieces_of(response):
        packed += piece
        if len(packed) > size_limit:
            raise too_large(address, size_limit)
    expected = response.headers.get("Content-Length", "")
    chunked = "chunked" in response.headers.get("Transfer-Encoding", "").lower()
    if expected.isdigit() and not chunked and len(packed) != int(expected):
        raise SourceError(
            f"{address} broke off after {len(packed):,} of {expected} bytes; nothing was kept, "
            "try again"
        )
    return unpack(bytes(packed), response.headers.get("Content-Encoding", ""), address, size_limit)


def pieces_of(response: requests.Response) -> Iterator[bytes]:
    """Yield the body as it comes, without unpacking it."""
    yield from response.raw.stream(PIECE, decode_content=False)


def unpack(packed: bytes, encodings: str, address: str, size_limit: int) -> bytes:
    """Return a body without its content encodings, the last one applied taken off first."""
    names = [name.strip().lower() for name in encodings.split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > MOST_ENCODINGS:
        raise SourceError(f"{address} is packed {len(names)} times over; nothing was kept")
    for name in reversed(names):
        packed = inflate(packed, name, address, size_limit)
    return packed


def inflate(packed: bytes, encoding: str, address: str, size_limit: int) -> bytes:
    """Take one content encoding off a body."""
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise SourceError(f"{address} came packed as {encoding!r}, which was not asked for")
    if not packed:
        return b""
    raw_deflate = encoding == "deflate" and (packed[0] & 0x0F) != 8
    unpacked = bytearray()
    rest = packed
    try:
        while rest:
            unpacker = zlib.decompressobj(-15 if raw_deflate else 47)
            unpacked += unpacker.decompress(rest, size_limit + 1 - len(unpacked))
            if len(unpacked) > size_limit:
                raise too_large(address, size_limit)
            if not unpacker.eof:
                raise SourceError(f"{address} broke off inside its {encoding} packing; try again")
            rest = unpacker.unused_data if encoding != "deflate" else b""
    except zlib.error as error:
        raise SourceError(f"{address} is damaged inside its {encoding} packing: {error}") from error
    return bytes(unpacked)


def too_large(address: str, size_limit: int) -> SourceError:
    """Return the error for a body beyond the limit."""
    return SourceError(
        f"{address} is larger than the limit of {size_limit:,} bytes; nothing was kept. "
        "Save the article from a browser and read that file, or raise size_limit"
    )
