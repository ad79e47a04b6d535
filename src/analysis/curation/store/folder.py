"""The folder data/processed on disk: exchanged as a whole, so that no reader ever sees half a build.

A build is written into a folder beside the record, synced, and exchanged with it in one step where
the system can (Linux, macOS); elsewhere by two renames, of which the first is undone by the next
call if the second never came. Files that no build made are carried over.
"""

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.curation.store.files import CHECKSUMS, PARQUET
from analysis.model.errors import StoreError

LOCK_SECONDS = 60
AT_FDCWD, RENAME_EXCHANGE, RENAME_SWAP = -100, 2, 2


@contextlib.contextmanager
def locked(folder: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the record for one build; another one waits, and gives up after `seconds`."""
    lock = FileLock(folder.parent / f".{folder.name}.lock")
    try:
        with lock.acquire(timeout=seconds):
            yield
    except Timeout:
        raise StoreError(
            f"another build has held {folder} for {seconds:g} s: wait for it to end, or end it"
        ) from None
    except OSError as error:
        raise StoreError(f"cannot write in {folder.parent}: {error.strerror}") from error


def exchange(left: Path, right: Path) -> bool:
    """Exchange two folders in one step; False where the system has no such call."""
    a, b = os.fsencode(left), os.fsencode(right)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            code = library.renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE)
        elif sys.platform == "darwin":
            code = library.renamex_np(a, b, RENAME_SWAP)
        else:
            return False
    except (OSError, AttributeError, TypeError):
        return False
    return bool(code == 0)


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.previous")


def recover(folder: Path) -> None:
    """Undo the first of two renames if a build was ended between them."""
    aside = _aside(folder)
    if aside.is_dir() and not folder.exists():
        aside.rename(folder)


def is_ours(name: str) -> bool:
    """Say whether a path inside the record is one that builds make."""
    top = name.split("/", maxsplit=1)[0]
    return (
        top == PARQUET
        or name in (CHECKSUMS, "codebook.md", "datapackage.json")
        or ("/" not in name and name.endswith(".csv"))
    )


def list_files(folder: Path) -> list[str]:
    """Return the paths of the files in a folder, relative and sorted, hidden ones left out."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            found.append(name)
    return found


def _write_synced(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as handle:
        handle.write(body)
        handle.flush()
        os.fsync(handle.fileno())


def _fill(new: Path, old: Path, files: Mapping[str, bytes]) -> None:
    for name, body in files.items():
        _write_synced(new / name, body)
    if old.is_dir():
        for path in sorted(old.rglob("*")):
            name = path.relative_to(old).as_posix()
            if path.is_file() and not (is_ours(name) or name in files):
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, new / name)


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder hold exactly these files, and those in it that no build made.

    Raises
    ------
    StoreError
        The folder cannot be written; what was there before is whole.
    """
    recover(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise StoreError(f"cannot write in {folder.parent}: {error.strerror}") from error
    try:
        new.chmod(0o755)
        _fill(new, folder, files)
        _put(new, folder)
    except OSError as error:
        raise StoreError(f"cannot write {folder}: {error.strerror}; it is unchanged") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _put(new: Path, folder: Path) -> None:
    if not folder.exists():
        new.rename(folder)
    elif not exchange(new, folder):
        aside = _aside(folder)
        shutil.rmtree(aside, ignore_errors=True)
        folder.rename(aside)
        new.rename(folder)
        shutil.rmtree(aside, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove what builds that were ended left beside the record; call it under the lock."""
    for stale in folder.parent.glob(f".{folder.name}-*"):
        if stale.is_dir():
            shutil.rmtree(stale, ignore_errors=True)


def read_file(folder: Path, name: str) -> bytes:
    """Return one file of the record.

    Raises
    ------
    StoreError
        There is no record yet; says how to make it.
    """
    recover(folder)
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        raise StoreError(
            f"there is no {name} in {folder}: run `moderation-analysis build`"
        ) from None
    except OSError as error:
        raise StoreError(f"cannot read {folder / name}: {error.strerror}") from error
