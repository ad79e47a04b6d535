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

WRITING = ".writing-"
WAITING = 4  # threads that wait for the disk beside the one that asks
STALE = 3600.0  # seconds after which a file left by a writer that was ended is swept away
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


def write_once(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, in place of what has its name."""
    temporary = _write_aside(path, content)
    try:
        sync_file(temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_new(files: Mapping[Path, bytes], above: Iterable[Path] = ()) -> None:
    """Write files of one folder, in the order given, each only where its name is still free.

    They are brought to disk together, get their names when all of them are there, and then the
    folder is, with those `above` it that have got new entries too.
    """
    temporary: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            temporary[path] = _write_aside(path, content)
        together(sync_file, temporary.values())
        for path, written in temporary.items():
            _name_if_free(written, path)
    finally:
        for written in temporary.values():
            written.unlink(missing_ok=True)
    together(sync_folder, {*(path.parent for path in files), *above})


def _write_aside(path: Path, content: bytes) -> Path:
    """Write content beside its place, under a name that no reader takes for a file of ours."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=WRITING)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _name_if_free(written: Path, path: Path) -> None:
    """Give a written file its name unless another writer was first."""
    try:
        os.link(written, path)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if not path.exists():  # a file system without links: the narrowest gap there is
            written.rename(path)


def together(bring: Callable[[Path], None], paths: Iterable[Path]) -> None:
    """Bring several files or folders to disk at once: in turn, each waits for the disk anew."""
    first, *others = paths
    beside = [_pool(os.getpid()).submit(bring, path) for path in others]
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


def sync_file(path: Path) -> None:
    """Have the system write a file to disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
