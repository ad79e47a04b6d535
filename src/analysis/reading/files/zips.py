"""The members of a ZIP archive, unpacked in memory and never on disk."""

import zlib
from collections.abc import Iterator

from analysis.reading.files.limits import USUAL, Clock, Limits
from analysis.reading.files.problems import Refusal, shown
from analysis.reading.files.shapes import Member
from analysis.reading.files.ziplist import STORED, Entry, list_entries


def unpack_members(body: bytes, limits: Limits = USUAL) -> list[Member]:
    """Return every file of an archive.

    Raises
    ------
    Refusal
        The archive, or any member of it, is one that nobody should unpack: none is returned then.
    """
    return list(each_member(body, limits))


def each_member(body: bytes, limits: Limits) -> Iterator[Member]:
    """Yield the files of an archive one by one; the whole directory is judged first."""
    refuse_large(body, limits)
    clock = Clock(limits)
    for number, entry in enumerate(list_entries(body, limits), start=1):
        clock.check("member", number)
        if not entry.is_folder:
            yield Member(entry.name, unpack(body, entry))


def refuse_large(body: bytes, limits: Limits) -> None:
    """Refuse a file beyond the limit of size."""
    if len(body) > limits.size:
        raise Refusal("too_large", f"{len(body):,} bytes, expected at most {limits.size:,}")


def unpack(body: bytes, entry: Entry) -> bytes:
    """Return the bytes of one member, which are as many as the directory says and no more.

    Raises
    ------
    Refusal
        They are not what the directory says, in number or by checksum.
    """
    packed = body[entry.start : entry.start + entry.packed]
    made = packed if entry.method == STORED else inflate(packed, entry)
    if len(made) != entry.unpacked:
        found = f"its member {shown(entry.name)} unpacks to other than {entry.unpacked:,} bytes"
        raise Refusal("zip_mismatch", found)
    if zlib.crc32(made) != entry.checksum:
        raise Refusal("zip_damaged", f"its member {shown(entry.name)} fails its checksum")
    return made


def inflate(packed: bytes, entry: Entry) -> bytes:
    """Return what deflated bytes unpack to, at most one byte more than they should."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        made = unpacker.decompress(packed, entry.unpacked + 1)
    except zlib.error:
        raise Refusal("zip_damaged", f"its member {shown(entry.name)} is damaged") from None
    if len(made) <= entry.unpacked and (not unpacker.eof or unpacker.unused_data):
        # One call may stop short of the end mark when the room is just used up.
        made += unpacker.decompress(unpacker.unconsumed_tail, 1)
        if not unpacker.eof or unpacker.unused_data:
            raise Refusal("zip_damaged", f"its member {shown(entry.name)} is cut off or padded")
    return made
