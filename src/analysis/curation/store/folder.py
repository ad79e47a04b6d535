"""The folder data/processed on disk: exchanged as a whole, no reader ever sees half a build.

A build is written into a folder beside the record, synced, and exchanged with it in one step where
the system can (Linux, macOS); elsewhere by two renames, of which the first is undone by the next
call if the second never came. Files that no build made are carried over. Where the folder is a
link, the folder it leads to is exchanged and the link stays.
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

from analysis.curation.store.files import CHECKSUMS, PARQUET, read_checksums
from analysis.model.errors import StoreError

LOCK_SECONDS = 60
AT_FDCWD, RENAME_EXCHANGE, RENAME_SWAP = -100, 2, 2


@contextlib.contextmanager
def locked(folder: Path, seconds: float | None = None) -> Iterator[None]:
    """Hold the record for one build; another one waits, and gives up in the end.

    The system lets go of the lock when the process that holds it ends, however it ends.

    Raises
    ------
    StoreError
        Another build holds the record, or there can be no lock beside it.
    """
    seconds = LOCK_SECONDS if seconds is None else seconds
    lock = FileLock(folder.parent / f".{folder.name}.lock")
    try:
        lock.acquire(timeout=seconds)
    except Timeout:
        raise StoreError(
            f"another build has held {folder} for {seconds:g} s: wait for it to end, or end it"
        ) from None
    except (OSError, NotImplementedError) as error:
        raise _cannot_write(folder.parent, error) from error
    try:
        yield
    finally:
        lock.release()


def _cannot_write(place: Path, error: Exception) -> StoreError:
    reason = getattr(error, "strerror", None) or error
    return StoreError(f"cannot write in {place}: {reason}; the record is unchanged")


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
        with contextlib.suppress(OSError):  # a reader who may not write must wait for a build
            aside.rename(folder)


def made_by_builds(folder: Path) -> set[str]:
    """Return the paths in the record that its last build made: those that its checksums list."""
    made = {CHECKSUMS, f"{PARQUET}/{CHECKSUMS}"}
    for place in ("", f"{PARQUET}/"):
        listing = folder / place / CHECKSUMS
        if listing.is_file():
            made |= {place + name for name in read_checksums(listing.read_bytes())}
    return made


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
    for name in sorted(_foreign(old) - files.keys()):
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(old / name, new / name, follow_symlinks=False)


def _foreign(folder: Path) -> set[str]:
    """Return the files in the record that no build made, hidden ones too."""
    if not folder.is_dir():
        return set()
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }
    return there - made_by_builds(folder)


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder hold exactly these files, and those in it that no build made.

    Raises
    ------
    StoreError
        The folder cannot be written; what was there before is whole.
    """
    folder = folder.resolve()
    recover(folder)
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file, expected a folder: move it away")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _cannot_write(folder.parent, error) from error
    try:
        new.chmod(0o755)
        _fill(new, folder, files)
        _put(new, folder)
    except OSError as error:
        raise _cannot_write(folder, error) from error
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
    folder = folder.resolve()
    recover(folder)
    prefix = f".{folder.name}-"
    stale = [p for p in folder.parent.iterdir() if p.is_dir() and p.name.startswith(prefix)]
    for path in (*stale, _aside(folder)):
        shutil.rmtree(path, ignore_errors=True)


def read_file(folder: Path, name: str) -> bytes:
    """Return one file of the record.

    Raises
    ------
    StoreError
        There is no record yet; says how to make it.
    """
    folder = folder.resolve()
    recover(folder)
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        raise StoreError(
            f"there is no {name} in {folder}: run `moderation-analysis build`"
        ) from None
    except OSError as error:
        raise StoreError(f"cannot read {folder / name}: {error.strerror}") from error
