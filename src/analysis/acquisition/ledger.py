"""``data/raw/fetches.jsonl``: one row for every fetch, appended and never changed.

Each line is JSON and says of itself which line it is (``line``) and what its bytes should be
(``sum``). A line that a writer was ended in is left as it stands and is no row: whoever was told
that a row is written can rely on it, nobody was told so of that one.

The row of a page that came is also what is known of the page: see `pages`.
"""

import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from analysis.acquisition.disk import RIGHTS, held, make_folder, sync_file, sync_folder
from analysis.model.errors import StoreError

LEDGER = "fetches.jsonl"
LOCK = ".fetches.lock"
PATIENCE = 30.0  # seconds to wait for other writers
TAILS = (4_096, 262_144)  # bytes at the end in which the last row is looked for
LONGEST = 8_000  # characters of a message or an address in a row
SUM_LENGTH = 32
JOINT = re.compile(
    rb'(?<=\}[^\n])(?=\{"(?:address": "|line": \d))'
)  # after a damaged end of a line
UNCHANGED = 304
TO_APPEND = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)

_ends: dict[Path, tuple[int, int]] = {}  # where each ledger ended after our last row, and its line


@dataclass(frozen=True, slots=True)
class Fetch:
    """One fetch: what was asked for, how it ended, and what was kept.

    ``at`` is ISO 8601 in UTC. ``address`` is the one asked for, ``final`` the one that answered;
    ``status`` is None where no answer came, ``headers`` are those of a page that came whole.
    ``previous`` is the snapshot kept of the address before. ``run`` names the list it belongs to,
    empty for a single fetch.
    """

    at: str
    address: str
    outcome: str
    final: str = ""
    hops: tuple[str, ...] = ()
    status: int | None = None
    tries: int = 0
    seconds: float = 0.0
    snapshot_id: str = ""
    previous: str = ""
    message: str = ""
    run: str = ""
    headers: tuple[tuple[str, str], ...] = ()


NAMES = tuple(field.name for field in fields(Fetch))


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What a ledger holds: its rows, the lines that are damaged, and those never finished."""

    rows: tuple[Fetch, ...] = ()
    damaged: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()


class Ledger:
    """The ledger of one data/raw; any number of processes may append to it at once."""

    def __init__(self, raw: Path) -> None:
        self.raw = raw
        self.path = raw / LEDGER

    def append(self, row: Fetch, page: Path | None = None) -> None:
        """Write a row; when this returns, it is on the disk, with the page that it tells of.

        `page` is where `archive.place` has put that. Row and page go to disk at the same time:
        after a power cut there can be a row without its page, and nobody was told that it is kept.

        Raises
        ------
        StoreError
            It cannot be written, or other writers held the ledger for too long.
        """
        try:
            handle = self._open()
            try:
                with held(self.raw / LOCK, PATIENCE):
                    self._append(row, handle)
                if page:
                    sync_file(page, handle)
                else:
                    os.fsync(handle)
            finally:
                os.close(handle)
        except TimeoutError:
            reason = f"{self.path} is held by other writers for {PATIENCE:g} s; try again"
            raise StoreError(reason) from None
        except OSError as error:
            reason = f"{self.path} cannot be written: {error.strerror or error}"
            raise StoreError(reason) from error

    def _open(self) -> int:
        try:
            return os.open(self.path, TO_APPEND, RIGHTS)
        except FileNotFoundError:
            make_folder(self.raw)
            return os.open(self.path, TO_APPEND, RIGHTS)

    def _append(self, row: Fetch, handle: int) -> None:
        """Add the line of a row; other writers wait meanwhile."""
        size = os.lseek(handle, 0, os.SEEK_END)
        if not size:
            sync_folder(self.raw)
        ended, number = _ends.get(self.path, (0, 0))
        open_end = False
        if size != ended:  # not where our last row ended: others have written
            open_end = _last(handle, size, 1) != b"\n"
            number = _lines_in(handle, size) + open_end
        # An unfinished line is closed first, so that it spoils no other.
        line = (b"\n" if open_end else b"") + line_of(row, number + 1)
        _write_whole(handle, line, size)
        _ends[self.path] = size + len(line), number + 1

    def read(self) -> LedgerState:
        """Return every row, and which lines are none.

        Raises
        ------
        StoreError
            The file cannot be read.
        """
        try:
            body = self.path.read_bytes() if self.path.exists() else b""
        except OSError as error:
            raise StoreError(f"{self.path} cannot be read: {error.strerror or error}") from error
        return read_lines(body)

    def kept(self) -> dict[str, Fetch]:
        """Return the last row of every address of which a snapshot is kept.

        Its headers are those with which the page came last.
        """
        kept: dict[str, Fetch] = {}
        for row in self.read().rows:
            if row.snapshot_id:
                came = row if row.status != UNCHANGED else kept.get(row.address, row)
                kept[row.address] = replace(row, headers=came.headers)
        return kept


def pages(rows: Iterable[Fetch]) -> dict[str, Fetch]:
    """Return for every kept page, in the order of their ids, the row of when it came first."""
    came: dict[str, Fetch] = {}
    for row in rows:
        if row.snapshot_id and row.status != UNCHANGED:
            came.setdefault(row.snapshot_id, row)
    return dict(sorted(came.items()))


def sightings(rows: Iterable[Fetch]) -> dict[str, list[tuple[int, str, str]]]:
    """Return for every address what it was seen to hold: number of the row, time, snapshot.

    The order is that of the rows; a clock may have leapt meanwhile.
    """
    seen: dict[str, list[tuple[int, str, str]]] = {}
    for number, row in enumerate(rows):
        if row.snapshot_id:
            seen.setdefault(row.address, []).append((number, row.at, row.snapshot_id))
    return seen


def _last(handle: int, size: int, count: int) -> bytes:
    """Return the last bytes of an open file of that size, `count` at most."""
    os.lseek(handle, max(0, size - count), os.SEEK_SET)
    pieces = []
    while piece := os.read(handle, count):
        pieces.append(piece)
    return b"".join(pieces)


def _lines_in(handle: int, size: int) -> int:
    """Return how many closed lines a ledger has, counted from the last row that is sound."""
    for reach in TAILS:
        lines = _last(handle, size, reach).split(b"\n")[:-1]
        for behind, line in enumerate(reversed(lines)):
            number = _number_of(line)
            if number:
                return number + behind
    return _last(handle, size, size).count(b"\n")


def _write_whole(handle: int, content: bytes, size: int) -> None:
    """Append content; what cannot be written whole is taken back."""
    try:
        written = 0
        while written < len(content):
            written += os.write(handle, content[written:])
    except OSError:
        os.truncate(handle, size)
        raise


def line_of(row: Fetch, number: int) -> bytes:
    """Return a row as the line with that number; what its sum is of stands as it was summed."""
    about: dict[str, Any] = {name: getattr(row, name) for name in NAMES}
    for name in ("address", "final", "message"):
        about[name] = about[name][:LONGEST]
    about["line"] = number
    written = _written(about)
    return written[:-1] + b', "sum": "' + _sum(written) + b'"}\n'


def _written(about: dict[str, Any]) -> bytes:
    return json.dumps(about, ensure_ascii=True, sort_keys=True).encode("ascii")


def _sum(written: bytes) -> bytes:
    return hashlib.sha256(written).hexdigest()[:SUM_LENGTH].encode("ascii")


def _sum_of(about: dict[str, Any]) -> str:
    rest = {name: value for name, value in about.items() if name != "sum"}
    return _sum(_written(rest)).decode("ascii")


def _parsed(line: bytes) -> dict[str, Any] | None:
    """Return what a sound line says, None for one that is not as it was written."""
    try:
        about = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(about, dict) or about.get("sum") != _sum_of(about):
        return None
    return about


def _number_of(line: bytes) -> int:
    about = _parsed(JOINT.split(line)[-1])
    return int(about["line"]) if about else 0


def read_lines(body: bytes) -> LedgerState:
    """Return the rows of a ledger's bytes, and which lines are none.

    A line that does not end as a row does was never finished, or lost its end: it is named apart.
    Two lines of which only the end between them is damaged are both rows.
    """
    rows: list[Fetch] = []
    damaged: list[str] = []
    unfinished: list[str] = []
    ahead = 0  # how far what the lines say of themselves is off since one was lost
    for number, line in enumerate(_lines_of(body), 1):
        text = line.removesuffix(b"\n")
        about = _parsed(text)
        if about is None and (about := _parsed(text[:-1])):
            damaged.append(f"the end of line {number}")
        if about is None:
            whole = text.endswith(b"}") or _parsed(text[:-1] + b"}")
            (damaged if whole and text != line else unfinished).append(f"line {number}")
            continue
        if about["line"] != number + ahead:
            damaged.append(f"line {number} says that it is line {about['line']}")
            ahead = about["line"] - number
        rows.append(_row(about))
    return LedgerState(tuple(rows), tuple(damaged), tuple(unfinished))


def _lines_of(body: bytes) -> list[bytes]:
    """Return the lines of a ledger with their ends, also where a damaged byte is the end."""
    return [part for line in io.BytesIO(body) for part in JOINT.split(line)]


def _row(about: dict[str, Any]) -> Fetch:
    found = {name: value for name, value in about.items() if name in NAMES}
    found["hops"] = tuple(found.get("hops", ()))
    found["headers"] = tuple((name, value) for name, value in found.get("headers", ()))
    return Fetch(**found)


def of_run(rows: Iterable[Fetch], run: str) -> Iterator[Fetch]:
    """Yield the rows of one run."""
    return (row for row in rows if row.run == run)
