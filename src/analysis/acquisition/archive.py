"""Bytes to snapshots: what was received is kept unchanged, named by its SHA-256, and checked.

A fetched page is kept under ``raw/snapshots/ab/abcdef.../`` as ``body`` and ``snapshot.json``,
written once and never changed. A page is kept when its description is there, which is written last.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from analysis.acquisition.disk import make_folder, sweep, write_new
from analysis.model import media
from analysis.model.errors import RawChanged, SourceError
from analysis.model.schema import Snapshot

SNAPSHOTS = "snapshots"
BODY, DESCRIPTION = "body", "snapshot.json"
FORM = 2  # of snapshot.json
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

    When this returns, the page is on the disk. A page whose bytes are kept already is not written
    again: the first retrieval stands. A damaged copy is replaced: the name says which bytes it had.

    Raises
    ------
    SourceError
        The folder cannot be written.
    """
    folder = folder_of(raw, fetched.snapshot_id)
    described = (folder / DESCRIPTION).exists()
    try:
        if described:
            return load(raw, fetched.snapshot_id)
    except (RawChanged, SourceError):
        (folder / BODY).unlink(missing_ok=True)
        (folder / DESCRIPTION).unlink(missing_ok=True)
    try:
        grown = make_folder(folder)
        sweep(folder)
        _clear_half(folder, fetched)
        # The description comes last: where it is, the page is whole.
        files = {folder / BODY: fetched.body, folder / DESCRIPTION: describe(fetched)}
        named = write_new(files, above=grown)
    except OSError as error:
        raise SourceError(f"{folder} cannot be written: {error.strerror or error}") from error
    if folder / DESCRIPTION not in named:
        return load(raw, fetched.snapshot_id)  # another writer was first: its retrieval stands
    return replace(fetched, path=(folder / BODY).relative_to(raw).as_posix())


def _clear_half(folder: Path, fetched: Snapshot) -> None:
    """Remove a body that was never described and is not the one to be written."""
    body = folder / BODY
    if body.exists() and body.read_bytes() != fetched.body:
        body.unlink()


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
    body = read_source(folder / BODY)
    found = hashlib.sha256(body).hexdigest()
    if found != snapshot_id:
        raise RawChanged(
            f"{folder / BODY} has SHA-256 {found}, expected {snapshot_id}: the kept bytes were "
            "changed; restore the file from the repository or fetch the page again"
        )
    about = read_description(folder / DESCRIPTION)
    about["path"] = (folder / BODY).relative_to(raw).as_posix()
    return Snapshot(snapshot_id=snapshot_id, body=body, **about)


def folder_of(raw: Path, snapshot_id: str) -> Path:
    """Return the folder of a snapshot."""
    if len(snapshot_id) != ID_LENGTH or not set(snapshot_id) <= set("0123456789abcdef"):
        raise SourceError(
            f"{snapshot_id!r} is no snapshot id: expected the 64 hexadecimal digits of a SHA-256"
        )
    return raw / SNAPSHOTS / snapshot_id[:2] / snapshot_id


def describe(snapshot: Snapshot) -> bytes:
    """Return snapshot.json: everything known about a snapshot but its bytes, and its own sum."""
    names = [f.name for f in fields(Snapshot) if f.name not in ("body", "path")]
    about = {"form": FORM, **{name: getattr(snapshot, name) for name in names}}
    about["bytes"] = len(snapshot.body)
    about["sum"] = _sum_of(about)
    return (json.dumps(about, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _sum_of(about: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a description without its own sum."""
    rest = {name: value for name, value in about.items() if name != "sum"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode("utf-8")).hexdigest()


def read_description(path: Path) -> dict[str, Any]:
    """Return the fields that snapshot.json gives, typed as in `Snapshot`."""
    try:
        about = json.loads(read_source(path))
        if about.get("sum") != _sum_of(about):
            raise ValueError("it is not what its sum says")
        known = {f.name for f in fields(Snapshot)} - {"snapshot_id", "body", "path"}
        found = {name: value for name, value in about.items() if name in known}
        found["hops"] = tuple(found.get("hops", ()))
        found["headers"] = tuple((name, value) for name, value in found.get("headers", ()))
    except (ValueError, TypeError, AttributeError) as error:
        raise RawChanged(f"{path} is damaged ({error}); restore it from the repository") from error
    return found


def list_snapshots(raw: Path) -> list[str]:
    """Return the ids of the snapshots kept whole in `raw`, sorted."""
    return sorted(path.parent.name for path in (raw / SNAPSHOTS).glob(f"*/*/{DESCRIPTION}"))
