"""The directory of a ZIP archive, read and judged before a single byte is unpacked.

Our own reading of the format: the standard library's trusts the directory where it and the members
differ, and lets members lie over one another.
"""

import re
import stat
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.reading.files.limits import Limits
from analysis.reading.files.problems import Refusal, is_harmless, shown

END = struct.Struct("<4s4H2LH")
END64_PLACE = struct.Struct("<4sLQL")
END64 = struct.Struct("<4sQ2H2L4Q")
CENTRAL = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
LONGEST_COMMENT = 65_535
UNKNOWN, UNKNOWN_SHORT = 0xFFFFFFFF, 0xFFFF
STORED, DEFLATED = 0, 8
NEWEST = 63  # version of the format that a member may ask for, times ten
MEGABYTE = 1_000_000
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the directory describes it, and where its packed bytes lie."""

    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    unpacked: int
    header: int
    mode: int
    start: int = 0

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, which holds no bytes."""
        return self.name.endswith("/")


def list_entries(body: bytes, limits: Limits) -> list[Entry]:
    """Return the members of an archive that may be unpacked.

    Raises
    ------
    Refusal
        The directory is damaged, or a member is one that nobody should unpack.
    """
    raws = read_directory(body, limits)
    entries = [entry for _, entry in raws]
    for entry in entries:
        refuse_entry(entry, limits)
    refuse_doubled(entries)
    total = sum(entry.unpacked for entry in entries)
    if total > limits.unpacked:
        found = f"{total:,} bytes unpacked, expected at most {limits.unpacked:,}"
        raise Refusal("unpacked_too_large", found)
    return place(body, raws)


def read_directory(body: bytes, limits: Limits) -> list[tuple[bytes, Entry]]:
    """Return the directory's lines: the name as bytes, and what it says of the member."""
    at, size, count, end = find_directory(body)
    if count > limits.members:
        found = f"{count:,} members, expected at most {limits.members:,}"
        raise Refusal("too_many_members", found)
    if at + size != end:
        raise Refusal("zip_damaged", "its directory does not end where its end mark begins")
    found_entries = []
    for _ in range(count):
        raw, entry, at = read_entry(body, at, end)
        found_entries.append((raw, entry))
    if at != end:
        raise Refusal(
            "zip_damaged", f"its directory is longer than the {count:,} members it counts"
        )
    return found_entries


def find_directory(body: bytes) -> tuple[int, int, int, int]:
    """Return where the directory begins, its size, its number of lines, and where it must end."""
    at = body.rfind(b"PK\x05\x06", max(0, len(body) - LONGEST_COMMENT - END.size))
    if at < 0 or at + END.size > len(body):
        raise Refusal("zip_damaged", "it has no end mark: it is cut off, or no ZIP archive")
    _, disk, first_disk, here, count, size, start, comment = END.unpack_from(body, at)
    if at + END.size + comment != len(body):
        raise Refusal("zip_damaged", "bytes follow its end mark")
    end = at
    if UNKNOWN in (size, start) or UNKNOWN_SHORT in (count, here):
        disk, first_disk, here, count, size, start, end = _large_end(body, at)
    if disk or first_disk or here != count:
        raise Refusal("zip_damaged", "it is one part of several")
    return start, size, count, end


def _large_end(body: bytes, at: int) -> tuple[int, int, int, int, int, int, int]:
    """Return the numbers of the end mark of a large archive."""
    try:
        mark, _, place_of, _ = END64_PLACE.unpack_from(body, at - END64_PLACE.size)
        if mark != b"PK\x06\x07" or at < END64_PLACE.size:
            raise Refusal("zip_damaged", "its end mark names no directory")
        mark, _, _, _, disk, first, here, count, size, start = END64.unpack_from(body, place_of)
    except struct.error:
        raise Refusal("zip_damaged", "its end mark lies outside of it") from None
    if mark != b"PK\x06\x06":
        raise Refusal("zip_damaged", "its second end mark is missing")
    return disk, first, here, count, size, start, place_of


def read_entry(body: bytes, at: int, end: int) -> tuple[bytes, Entry, int]:
    """Return the raw name, the member, and where the next line of the directory begins."""
    if at + CENTRAL.size > end or body[at : at + 4] != b"PK\x01\x02":
        raise Refusal("zip_damaged", "its directory breaks off")
    parts = CENTRAL.unpack_from(body, at)
    if parts[2] & 0xFF > NEWEST:
        found = f"a member asks for version {parts[2] & 0xFF} of the format"
        raise Refusal("zip_method", f"{found}, expected at most {NEWEST}")
    flags, method, checksum, packed, unpacked = parts[3], parts[4], *parts[7:10]
    named, extra, comment = parts[10:13]
    after = at + CENTRAL.size
    raw = body[after : after + named]
    rest = body[after + named : after + named + extra]
    following = after + named + extra + comment
    if following > end:
        raise Refusal("zip_damaged", "its directory breaks off")
    unpacked, packed, header = large_numbers(rest, unpacked, packed, parts[16])
    entry = Entry(
        name_of(raw, flags), flags, method, checksum, packed, unpacked, header, parts[15] >> 16
    )
    return raw, entry, following


def large_numbers(extra: bytes, *numbers: int) -> list[int]:
    """Return numbers of a directory line, those too large for it from the extra field."""
    at = 0
    found = list(numbers)
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            values = extra[at + 4 : at + 4 + size]
            for index, number in enumerate(found):
                if number == UNKNOWN:
                    if len(values) < 8:
                        raise Refusal("zip_damaged", "a large member does not give its size")
                    found[index] = int.from_bytes(values[:8], "little")
                    values = values[8:]
            break
        at += 4 + size
    return found


def name_of(raw: bytes, flags: int) -> str:
    """Return a member's name; archives older than UTF-8 names use the first PC's characters."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if flags & 0x800:
            raise Refusal("zip_damaged", "a name is not the UTF-8 it is said to be") from None
        return raw.decode("cp437")


def refuse_entry(entry: Entry, limits: Limits) -> None:
    """Refuse a member that nobody should unpack, whatever it holds.

    Raises
    ------
    Refusal
        By its name, its kind, its packing or its size.
    """
    refuse_name(entry.name)
    if entry.flags & 0x2041:
        raise Refusal("zip_encrypted", f"its member {shown(entry.name)} is encrypted")
    kind = stat.S_IFMT(entry.mode)
    if kind and kind not in (stat.S_IFREG, stat.S_IFDIR):
        what = "a link" if kind == stat.S_IFLNK else "a device"
        raise Refusal("zip_link", f"its member {shown(entry.name)} is {what}, expected files")
    if entry.method not in (STORED, DEFLATED):
        found = f"its member {shown(entry.name)} is packed by method {entry.method}"
        raise Refusal("zip_method", f"{found}, expected stored or deflated")
    if entry.is_folder and entry.unpacked:
        raise Refusal("zip_mismatch", f"its folder {shown(entry.name)} holds bytes")
    if entry.unpacked > MEGABYTE and entry.unpacked > limits.ratio * entry.packed:
        found = f"its member {shown(entry.name)} unpacks {entry.packed:,} to {entry.unpacked:,} "
        raise Refusal("zip_bomb", f"{found}bytes, expected at most {limits.ratio} times as many")


def refuse_name(name: str) -> None:
    """Refuse a name that leads outside the archive's folder, or misleads who reads it."""
    as_path = name.replace("\\", "/")
    if as_path.startswith("/") or _DRIVE.match(as_path):
        raise Refusal("zip_absolute", f"its member {shown(name)} names a place on the disk")
    if ".." in as_path.split("/"):
        raise Refusal("zip_traversal", f"its member {shown(name)} leads out of its folder")
    if not name or not all(map(is_harmless, name)):
        raise Refusal("zip_name", f"its member {shown(name)} has unprintable characters or no name")


def refuse_doubled(entries: Sequence[Entry]) -> None:
    """Refuse two members with one name, as any system sees names."""
    seen: set[str] = set()
    for entry in entries:
        parts = [p for p in entry.name.replace("\\", "/").split("/") if p not in ("", ".")]
        key = unicodedata.normalize("NFC", "/".join(parts).casefold())
        if key in seen:
            raise Refusal("zip_doubled", f"its member {shown(entry.name)} stands twice")
        seen.add(key)


def place(body: bytes, raws: Sequence[tuple[bytes, Entry]]) -> list[Entry]:
    """Return the members with the places of their bytes, none of which may overlap.

    A member's own header must say what the directory says.
    """
    placed = []
    end = 0
    for raw, entry in sorted(raws, key=lambda pair: pair[1].header):
        start = start_of(body, raw, entry)
        if entry.header < end:
            found = f"its member {shown(entry.name)} lies over another one"
            raise Refusal("zip_overlap", found)
        end = start + entry.packed
        if end > len(body):
            raise Refusal("zip_damaged", f"its member {shown(entry.name)} is cut off")
        placed.append(replace(entry, start=start))
    order = {entry.header: number for number, (_, entry) in enumerate(raws)}
    return sorted(placed, key=lambda entry: order[entry.header])


def start_of(body: bytes, raw: bytes, entry: Entry) -> int:
    """Return where a member's bytes begin, after its own header."""
    at = entry.header
    if at + LOCAL.size > len(body) or body[at : at + 4] != b"PK\x03\x04":
        raise Refusal("zip_damaged", f"its member {shown(entry.name)} is not where it should be")
    _, _, flags, method, _, _, checksum, packed, unpacked, named, extra = LOCAL.unpack_from(
        body, at
    )
    name = body[at + LOCAL.size : at + LOCAL.size + named]
    later = bool(flags & 8)  # sizes follow the bytes
    sizes = (
        later
        or UNKNOWN in (packed, unpacked)
        or (packed, unpacked)
        == (
            entry.packed,
            entry.unpacked,
        )
    )
    if name != raw or method != entry.method or (flags ^ entry.flags) & 0x2041 or not sizes:
        found = f"its member {shown(entry.name)} and its directory do not say the same"
        raise Refusal("zip_mismatch", found)
    if not later and checksum != entry.checksum:
        raise Refusal("zip_mismatch", f"its member {shown(entry.name)} gives two checksums")
    return at + LOCAL.size + int(named) + int(extra)
