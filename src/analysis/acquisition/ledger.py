"""``data/raw/fetches.jsonl``: one row for every fetch, appended and never changed.

Each line is JSON and says of itself which line it is (``line``) and what its bytes should be
(``sum``). A line that a writer was ended in is left as it stands and is no row: whoever was told
that a row is written can rely on it, nobody was told so of that one.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from analysis.acquisition.disk import make_folder, sync_folder
from analysis.model.errors import StoreError

LEDGER = "fetches.jsonl"
LOCK = ".fetches.lock"
PATIENCE = 30.0  # seconds to wait for other writers
TAIL = 256 * 1024  # bytes at the end in which the last rows are looked for
LONGEST = 2_000  # characters of a message or an address in a row
SUM_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Fetch:
    """One fetch: what was asked for, how it ended, and what was kept.

    ``at`` is ISO 8601 in UTC. ``address`` is the one asked for, ``final`` the one that answered;
    ``status`` is None where no answer came. ``previous`` is the snapshot kept of the address
    before. ``run`` names the list it belongs to, empty for a single fetch.
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

    def append(self, row: Fetch) -> None:
        """Write a row; when this returns, it is on the disk.

        Raises
        ------
        StoreError
            It cannot be written, or other writers held the ledger for too long.
        """
        try:
            for grown in make_folder(self.raw):
                sync_folder(grown)
            with FileLock(self.raw / LOCK, timeout=PATIENCE):
                self._append(row)
        except Timeout:
            reason = f"{self.path} is held by other writers for {PATIENCE:g} s; try again"
            raise StoreError(reason) from None
        except OSError as error:
            reason = f"{self.path} cannot be written: {error.strerror or error}"
            raise StoreError(reason) from error

    def _append(self, row: Fetch) -> None:
        fresh = not self.path.exists()
        with self.path.open("ab+") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - TAIL))
            tail = file.read()
            open_end = bool(tail) and not tail.endswith(b"\n")
            line = line_of(row, self._lines_in(tail, size) + open_end + 1)
            # An unfinished line is closed first, so that it spoils no other.
            _write_whole(file.fileno(), (b"\n" if open_end else b"") + line, size)
        if fresh:
            sync_folder(self.raw)

    def _lines_in(self, tail: bytes, size: int) -> int:
        """Return how many closed lines the ledger has, counted from the last row that is sound."""
        lines = tail.split(b"\n")[:-1]
        for behind, line in enumerate(reversed(lines)):
            number = _number_of(line)
            if number:
                return number + behind
        if size <= TAIL:
            return len(lines)
        with self.path.open("rb") as file:
            return sum(1 for _ in file)

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
        """Return the last row of every address of which a snapshot is kept."""
        return {row.address: row for row in self.read().rows if row.snapshot_id}


def _write_whole(handle: int, content: bytes, size: int) -> None:
    """Append content and bring it to disk; what cannot be written whole is taken back."""
    try:
        written = 0
        while written < len(content):
            written += os.write(handle, content[written:])
        os.fsync(handle)
    except OSError:
        os.truncate(handle, size)
        raise


def line_of(row: Fetch, number: int) -> bytes:
    """Return a row as the line with that number."""
    about: dict[str, Any] = {"line": number, **asdict(row)}
    for name in ("address", "final", "message"):
        about[name] = about[name][:LONGEST]
    about["sum"] = _sum_of(about)
    return (json.dumps(about, ensure_ascii=True) + "\n").encode("ascii")


def _sum_of(about: dict[str, Any]) -> str:
    rest = {name: value for name, value in about.items() if name != "sum"}
    written = json.dumps(rest, ensure_ascii=True, sort_keys=True).encode("ascii")
    return hashlib.sha256(written).hexdigest()[:SUM_LENGTH]


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
    about = _parsed(line)
    return int(about["line"]) if about else 0


def read_lines(body: bytes) -> LedgerState:
    """Return the rows of a ledger's bytes, and which lines are none.

    A line that does not end as a row does was never finished, or lost its end: it is named apart.
    """
    rows: list[Fetch] = []
    damaged: list[str] = []
    unfinished: list[str] = []
    lines = body.split(b"\n")
    last = lines.pop()
    for number, line in enumerate(lines, 1):
        about = _parsed(line)
        if about is None:
            whole = line.endswith(b"}") or _parsed(line[:-1] + b"}")
            (damaged if whole else unfinished).append(f"line {number}")
            continue
        if about["line"] != number:
            damaged.append(f"line {number} says that it is line {about['line']}")
        rows.append(_row(about))
    if last:
        about = _parsed(last)
        if about:
            rows.append(_row(about))
        else:
            unfinished.append(f"line {len(lines) + 1}")
    return LedgerState(tuple(rows), tuple(damaged), tuple(unfinished))


def _row(about: dict[str, Any]) -> Fetch:
    known = {f.name for f in fields(Fetch)}
    found = {name: value for name, value in about.items() if name in known}
    return Fetch(**found | {"hops": tuple(found.get("hops", ()))})


def of_run(rows: Iterable[Fetch], run: str) -> Iterator[Fetch]:
    """Yield the rows of one run."""
    return (row for row in rows if row.run == run)
