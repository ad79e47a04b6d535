"""``data/raw/SHA256SUMS``: every file of data/raw by its SHA-256, in the form of ``sha256sum``."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.acquisition.archive import ID_LENGTH, SNAPSHOTS, is_id, read_source
from analysis.acquisition.disk import write_once
from analysis.acquisition.ledger import LEDGER, Ledger, pages
from analysis.model.errors import SourceError

REGISTER = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class RegisterState:
    """How data/raw stands to its register: files by POSIX path, sorted.

    ``added`` are not registered, ``changed`` have other bytes, ``missing`` are gone, ``untold`` are
    pages of which no row of the ledger tells any more; ``damaged`` are lines of the register itself
    that cannot be read.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether every file is the one that was registered."""
        return self == RegisterState()


def compare_register(raw: Path) -> RegisterState:
    """Compare every file below `raw` with ``raw/SHA256SUMS``.

    Without a register all files are ``added``.

    Raises
    ------
    SourceError
        `raw` or a file in it cannot be read.
    """
    registered, damaged = read_register(raw)
    present = digests(raw)
    both = registered.keys() & present.keys()
    gone = sorted(registered.keys() - present.keys())
    return RegisterState(
        added=tuple(sorted(present.keys() - registered.keys())),
        changed=tuple(sorted(name for name in both if registered[name] != present[name])),
        missing=tuple(name for name in gone if not (raw / name).is_file()),
        untold=tuple(name for name in gone if (raw / name).is_file()),
        damaged=tuple(damaged),
    )


def write_register(raw: Path) -> None:
    """Register every file below `raw` as it is now, but for pages that are damaged.

    Raises
    ------
    SourceError
        `raw` cannot be read or written.
    """
    found = sorted(digests(raw).items())
    lines = [register_line(*entry) for entry in found if not _is_damaged_page(*entry)]
    try:
        write_once(raw / REGISTER, "".join(lines).encode("utf-8"), aside=raw)
    except OSError as error:
        raise SourceError(f"{raw / REGISTER} cannot be written: {error.strerror}") from error


def _is_damaged_page(name: str, digest: str) -> bool:
    """Say whether a file is a kept page with other bytes than those that name it."""
    folder, _, last = name.rpartition("/")
    return folder == SNAPSHOTS and is_id(last) and last != digest


def digests(raw: Path) -> Mapping[str, str]:
    """Return the SHA-256 of every file below `raw` by its POSIX path."""
    if not raw.is_dir():
        raise SourceError(f"{raw}: no such folder; expected the project's data/raw")
    return {
        path.relative_to(raw).as_posix(): hashlib.sha256(read_source(path)).hexdigest()
        for path in raw_files(raw)
    }


def raw_files(raw: Path) -> Iterator[Path]:
    """Yield the files below `raw` that belong to the record.

    Files and folders that begin with a dot are left behind by editors and systems
    (.ipynb_checkpoints, .DS_Store) and are no part of it; nor are pages of which no row of the
    ledger tells: whoever fetched them was ended before. The ledger grows with every fetch and has
    sums of its own.
    """
    told = pages(Ledger(raw).read().rows)
    for folder, folders, names in os.walk(raw):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            untold = path.parent == raw / SNAPSHOTS and is_id(name) and name not in told
            own = path in (raw / REGISTER, raw / LEDGER)
            if not (name.startswith(".") or own or untold):
                yield path


def register_line(name: str, digest: str) -> str:
    r"""Return one line of the register; `sha256sum` escapes backslashes and line breaks so.

    >>> register_line("a b.csv", "0" * 4), register_line("a\\b", "0" * 4)
    ('0000  a b.csv\n', '\\0000  a\\\\b\n')
    """
    escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if escaped == name else chr(92)}{digest}  {escaped}\n"


def read_register(raw: Path) -> tuple[dict[str, str], list[str]]:
    """Return the registered digests by path, and the lines that cannot be read."""
    if not (raw / REGISTER).exists():
        return {}, []
    registered: dict[str, str] = {}
    damaged = []
    text = read_source(raw / REGISTER).decode("utf-8", "surrogateescape")
    for number, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        entry = parse_register_line(line)
        if entry is None or entry[0] in registered:
            damaged.append(f"line {number}: {line[:80]!a}")
        else:
            registered[entry[0]] = entry[1]
    return registered, damaged


def parse_register_line(line: str) -> tuple[str, str] | None:
    """Return path and digest of a line, None where it is none."""
    escaped = line.startswith("\\")
    digest, mark, name = (
        line[escaped:][:ID_LENGTH],
        line[escaped:][ID_LENGTH:][:2],
        line[escaped:][66:],
    )
    if mark not in ("  ", " *") or not name or not set(digest) <= set("0123456789abcdef"):
        return None
    if escaped:
        for code, char in (("\\\\", "\0"), ("\\n", "\n"), ("\\r", "\r"), ("\0", "\\")):
            name = name.replace(code, char)
    return name, digest
