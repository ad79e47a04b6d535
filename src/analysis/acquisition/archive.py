"""Bytes to snapshots: what was received is kept unchanged, named by its SHA-256, and checked.

The bytes of a fetched page are one file, ``raw/snapshots/SHA-256``, written once and never changed.
Where they came from, and with which headers, stands in the row of the ledger that tells of the
fetch. That row is written last: a page of which no row tells was never promised to anybody.
"""

import hashlib
from pathlib import Path

from analysis.acquisition.disk import write_new, write_once
from analysis.acquisition.ledger import Fetch
from analysis.model import media
from analysis.model.documents import Snapshot
from analysis.model.errors import RawChanged, SourceError

SNAPSHOTS = "snapshots"
ASIDE = f"{SNAPSHOTS}/.writing"  # files that are not whole yet
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


def place(fetched: Snapshot, raw: Path) -> Path:
    """Write the bytes of a fetched page below `raw`, once, and return their file.

    They are kept when the row that tells of them is: `Ledger.append` brings both to disk. Bytes
    that are there already are not written again; a damaged copy is replaced: the name says which
    bytes it had.

    Raises
    ------
    SourceError
        The folder cannot be written.
    """
    path = path_of(raw, fetched.snapshot_id)
    aside = raw / ASIDE
    try:
        if not write_new(path, fetched.body, aside) and path.read_bytes() != fetched.body:
            write_once(path, fetched.body, aside)
    except OSError as error:
        raise SourceError(f"{path} cannot be written: {error.strerror or error}") from error
    return path


def load(raw: Path, snapshot_id: str) -> bytes:
    """Return the bytes of a kept page, checked against their name.

    Raises
    ------
    SourceError
        There is no such snapshot.
    RawChanged
        They are not those that were kept.
    """
    path = path_of(raw, snapshot_id)
    if not path.exists():
        raise SourceError(f"{path}: no such page is kept; restore the file or fetch the page again")
    body = read_source(path)
    found = hashlib.sha256(body).hexdigest()
    if found != snapshot_id:
        raise RawChanged(
            f"{path} has SHA-256 {found}, expected {snapshot_id}: the kept bytes were changed; "
            "restore the file from the repository or fetch the page again"
        )
    return body


def snapshot_of(row: Fetch, raw: Path) -> Snapshot:
    """Return the page that a row of the ledger tells of, as it came: see `ledger.pages`.

    Raises
    ------
    SourceError, RawChanged
        As in `load`.
    """
    body = load(raw, row.snapshot_id)
    return Snapshot(
        snapshot_id=row.snapshot_id,
        body=body,
        path=f"{SNAPSHOTS}/{row.snapshot_id}",
        address=row.final,
        hops=row.hops,
        status=row.status,
        headers=row.headers,
        retrieved_at=row.at,
        media_type=media.sniff(body, row.final),
    )


def path_of(raw: Path, snapshot_id: str) -> Path:
    """Return the file of a snapshot."""
    if not is_id(snapshot_id):
        raise SourceError(
            f"{snapshot_id!r} is no snapshot id: expected the 64 hexadecimal digits of a SHA-256"
        )
    return raw / f"{SNAPSHOTS}/{snapshot_id}"


def is_id(name: str) -> bool:
    """Say whether a name can be that of a snapshot."""
    return len(name) == ID_LENGTH and set(name) <= set("0123456789abcdef")
