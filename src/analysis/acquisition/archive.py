"""Bytes to snapshots: what was received is kept unchanged, named by its SHA-256, and checked.

A fetched page is kept under ``raw/snapshots/ab/abcdef.../`` as ``body`` and ``snapshot.json``,
written once and never changed. ``raw/SHA256SUMS`` registers every file below data/raw in the form
that ``sha256sum -c`` checks.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from analysis.model import media
from analysis.model.errors import RawChanged, SourceError
from analysis.model.schema import Snapshot

SNAPSHOTS = "snapshots"
REGISTER = "SHA256SUMS"
FORM = 1  # of snapshot.json
ID_LENGTH = 64


def snapshot_file(path: Path, *, raw: Path | None = None) -> Snapshot:
    """Return a file as a snapshot.

    Parameters
    ----------
    path
        The file, anywhere.
    raw
        The folder data/raw; a file below it is named relative to it, in POSIX form.

    Raises
    ------
    SourceError
        The file is missing, a folder, or unreadable.
    """
    body = read_source(path)
    return Snapshot(
        snapshot_id=hashlib.sha256(body).hexdigest(),
        body=body,
        path=name_of(path, raw),
        media_type=media.sniff(body, path.name),
    )


def snapshot_bytes(body: bytes, name: str) -> Snapshot:
    """Return bytes that came through a pipe or from memory as a snapshot called `name`."""
    digest = hashlib.sha256(body).hexdigest()
    return Snapshot(snapshot_id=digest, body=body, path=name, media_type=media.sniff(body, name))


def read_source(path: Path) -> bytes:
    """Return a file's bytes, or raise SourceError saying why there are none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{path}: no such file; check the name and the folder") from None
    except IsADirectoryError:
        raise SourceError(f"{path} is a folder; name the files in it") from None
    except (OSError, ValueError) as error:
        if path.is_dir():
            raise SourceError(f"{path} is a folder; name the files in it") from None
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{path} cannot be read: {reason}") from error


def name_of(path: Path, raw: Path | None) -> str:
    """Return a file's path below `raw`, or as the caller named it, in POSIX form."""
    if raw is not None:
        try:
            return path.resolve().relative_to(raw.resolve()).as_posix()
        except ValueError:
            return path.as_posix()
    return path.as_posix()


def keep(fetched: Snapshot, raw: Path) -> Snapshot:
    """Write a fetched page below `raw`, once, and return its snapshot.

    A page whose bytes are kept already is not written again: the first retrieval stands.

    Raises
    ------
    SourceError
        The folder cannot be written.
    RawChanged
        Bytes kept earlier under this name are damaged.
    """
    folder = folder_of(raw, fetched.snapshot_id)
    if (folder / "snapshot.json").exists():
        return load(raw, fetched.snapshot_id)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_once(folder / "body", fetched.body)
        write_once(folder / "snapshot.json", describe(fetched))
    except OSError as error:
        raise SourceError(f"{folder} cannot be written: {error.strerror or error}") from error
    return load(raw, fetched.snapshot_id)


def load(raw: Path, snapshot_id: str) -> Snapshot:
    """Return a kept snapshot, checked against its name.

    Raises
    ------
    SourceError
        There is no such snapshot.
    RawChanged
        Its bytes or its description are not those that were kept.
    """
    folder = folder_of(raw, snapshot_id)
    body = read_source(folder / "body")
    found = hashlib.sha256(body).hexdigest()
    if found != snapshot_id:
        raise RawChanged(
            f"{folder / 'body'} has SHA-256 {found}, expected {snapshot_id}: the kept bytes were "
            "changed; restore the file from the repository or fetch the page again"
        )
    about = read_description(folder / "snapshot.json")
    about["path"] = (folder / "body").relative_to(raw).as_posix()
    return Snapshot(snapshot_id=snapshot_id, body=body, **about)


def folder_of(raw: Path, snapshot_id: str) -> Path:
    """Return the folder of a snapshot."""
    if len(snapshot_id) != ID_LENGTH or not set(snapshot_id) <= set("0123456789abcdef"):
        raise SourceError(
            f"{snapshot_id!r} is no snapshot id: expected the 64 hexadecimal digits of a SHA-256"
        )
    return raw / SNAPSHOTS / snapshot_id[:2] / snapshot_id


def describe(snapshot: Snapshot) -> bytes:
    """Return snapshot.json: everything known about a snapshot but its bytes."""
    names = [f.name for f in fields(Snapshot) if f.name not in ("body", "path")]
    about = {"form": FORM, **{name: getattr(snapshot, name) for name in names}}
    about["bytes"] = len(snapshot.body)
    return (json.dumps(about, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def read_description(path: Path) -> dict[str, Any]:
    """Return the fields that snapshot.json gives, typed as in `Snapshot`."""
    try:
        about = json.loads(read_source(path))
        known = {f.name for f in fields(Snapshot)} - {"snapshot_id", "body", "path"}
        found = {name: value for name, value in about.items() if name in known}
        found["hops"] = tuple(found.get("hops", ()))
        found["headers"] = tuple((name, value) for name, value in found.get("headers", ()))
    except (ValueError, TypeError, AttributeError) as error:
        raise RawChanged(f"{path} is damaged ({error}); restore it from the repository") from error
    return found


def write_once(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: to a temporary file, to disk, then to its name."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the system write a folder's entries to disk, where it lets us."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class RegisterState:
    """How data/raw stands to its register: files by POSIX path, sorted.

    ``added`` are not registered, ``changed`` have other bytes, ``missing`` are gone; ``damaged``
    are lines of the register itself that cannot be read.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether every file is the one that was registered."""
        return not (self.added or self.changed or self.missing or self.damaged)


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
    return RegisterState(
        added=tuple(sorted(present.keys() - registered.keys())),
        changed=tuple(sorted(name for name in both if registered[name] != present[name])),
        missing=tuple(sorted(registered.keys() - present.keys())),
        damaged=tuple(damaged),
    )


def write_register(raw: Path) -> None:
    """Register every file below `raw` as it is now.

    Raises
    ------
    SourceError
        `raw` cannot be read or written.
    """
    lines = [register_line(name, digest) for name, digest in sorted(digests(raw).items())]
    try:
        write_once(raw / REGISTER, "".join(lines).encode("utf-8"))
    except OSError as error:
        raise SourceError(f"{raw / REGISTER} cannot be written: {error.strerror}") from error


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
    (.ipynb_checkpoints, .DS_Store) and are no part of it.
    """
    for folder, folders, names in os.walk(raw):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            if not name.startswith(".") and path != raw / REGISTER:
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


def list_snapshots(raw: Path) -> list[str]:
    """Return the ids of the snapshots kept in `raw`, sorted."""
    return sorted(path.parent.name for path in (raw / "snapshots").glob("*/*/body"))
