"""Files that are there whole or not at all, whatever happens while they are written."""

import contextlib
import errno
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
WRITING = ".writing-"
WAITING = 4  # threads that wait for the disk beside the one that asks
STALE = 3600.0  # seconds after which a file left by a writer that was ended is swept away
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


def write_once(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, in place of what has its name."""
    handle, temporary = _write_aside(path, content)
    try:
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_new(files: Mapping[Path, bytes], above: Iterable[Path] = ()) -> set[Path]:
    """Write files of one folder, in the order given, each only where its name is still free.

    They are brought to disk together, get their names when all of them are there, and then the
    folder is, with those `above` it that have got new entries too. Returns the files that got their
    names: another writer may have been first.
    """
    written: dict[Path, tuple[int, Path]] = {}
    named = set()
    try:
        for path, content in files.items():
            written[path] = _write_aside(path, content)
        together(os.fsync, [handle for handle, _ in written.values()])
        for path, (_, temporary) in written.items():
            if _name_if_free(temporary, path):
                named.add(path)
    finally:
        for handle, temporary in written.values():
            os.close(handle)
            temporary.unlink(missing_ok=True)
    together(sync_folder, {*(path.parent for path in files), *above})
    return named


def _write_aside(path: Path, content: bytes) -> tuple[int, Path]:
    """Write content beside its place, under a name that no reader takes for a file of ours."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=WRITING)
    try:
        with os.fdopen(handle, "wb", closefd=False) as file:
            file.write(content)
        Path(name).chmod(0o644)
    except BaseException:
        os.close(handle)
        Path(name).unlink(missing_ok=True)
        raise
    return handle, Path(name)


def _name_if_free(written: Path, path: Path) -> bool:
    """Give a written file its name unless another writer was first, and say whether it got it."""
    try:
        os.link(written, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if path.exists():
            return False
        written.rename(path)  # a file system without links: the narrowest gap there is
    return True


def together(bring: Callable[[T], None], things: Iterable[T]) -> None:
    """Bring several files or folders to disk at once: in turn, each waits for the disk anew."""
    first, *others = things
    beside = [_pool(os.getpid()).submit(bring, thing) for thing in others]
    try:
        bring(first)
    finally:
        wait(beside)
    for done in beside:
        done.result()


@cache
def _pool(process: int) -> ThreadPoolExecutor:
    """Return the threads that wait for the disk, of this process."""
    return ThreadPoolExecutor(WAITING, thread_name_prefix="disk")


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


def make_folder(folder: Path) -> list[Path]:
    """Make a folder and those above it, and return which folders have got a new entry by that."""
    grown = []
    at = folder
    while not at.is_dir():
        grown.append(at.parent)
        at = at.parent
    folder.mkdir(parents=True, exist_ok=True)
    return grown


def sweep(folder: Path) -> None:
    """Remove what writers that were ended long ago have left in a folder."""
    limit = time.time() - STALE
    for left in folder.glob(f"{WRITING}*"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < limit:
                left.unlink()
