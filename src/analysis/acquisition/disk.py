"""Files that are there whole or not at all, whatever happens while they are written."""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from uuid import uuid4

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

WRITING = ".writing-"
WAITING = 8  # threads that wait for the disk beside those that ask
LOOKS_AGAIN = 0.001  # seconds after which a waiting writer asks for its turn again
STALE = 3600.0  # seconds after which a file left by a writer that was ended is swept away
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
UNNAMED = os.O_WRONLY | os.O_TMPFILE if hasattr(os, "O_TMPFILE") else 0
NO_UNNAMED = (
    errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT, errno.EXDEV, errno.EPERM,
)  # fmt: skip
RIGHTS = 0o666  # as far as the umask lets
TO_SYNC = os.O_RDWR if os.name == "nt" else os.O_RDONLY  # Windows syncs only what it may write


def write_once(path: Path, content: bytes, aside: Path) -> None:
    """Write a file whole or not at all, in place of what has its name.

    It is written in the folder `aside`, of the same file system, and moved from there.
    """
    with _written(content, aside) as temporary:
        sync_file(temporary)
        temporary.replace(path)
    sync_folder(path.parent)


def write_new(path: Path, content: bytes, aside: Path) -> bool:
    """Write a file where its name is still free, and say whether it was.

    Others see it whole or not at all. It is not on the disk before `sync_file` has returned. Where
    the system lets a file have no name until it is whole (Linux), nothing is left of a writer that
    is ended; elsewhere it is written in `aside` first.
    """
    if UNNAMED:
        try:
            return _write_unnamed(path, content)
        except OSError as error:
            if error.errno not in NO_UNNAMED:
                raise
    with _written(content, aside) as temporary:
        return _name_if_free(temporary, path)


def _write_unnamed(path: Path, content: bytes) -> bool:
    handle = os.open(path.parent, UNNAMED, RIGHTS)
    try:
        _write_all(handle, content)
        # The folder is of no use, but makes it the system call that follows the link.
        os.link(f"/proc/self/fd/{handle}", path, src_dir_fd=handle, follow_symlinks=True)
    except FileExistsError:
        return False
    finally:
        os.close(handle)
    return True


def _write_all(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


@contextlib.contextmanager
def _written(content: bytes, folder: Path) -> Iterator[Path]:
    """Write content under a name that no reader takes for a file of ours, for a while."""
    _ready(folder)
    temporary = folder / f"{WRITING}{uuid4().hex}"
    try:
        handle = os.open(temporary, NEW_FILE, RIGHTS)
        try:
            _write_all(handle, content)
        finally:
            os.close(handle)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


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


def sync_file(path: Path, *open_files: int) -> None:
    """Bring a file and its name to disk, and with it other files that are open.

    They go at once, and the folder with them: in turn, each would wait for the disk anew. The file
    itself begins, so that one commit takes all. A file that cannot be brought to disk is removed:
    asked a second time, a system can say that what it failed to write is written.
    """
    ask = _pool(os.getpid()).submit
    handle = os.open(path, TO_SYNC)
    beside = [*(ask(os.fsync, other) for other in open_files), ask(sync_folder, path.parent)]
    try:
        os.fsync(handle)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)
        failed = [task.exception() for task in beside]
    for error in filter(None, failed):
        raise error


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


@contextlib.contextmanager
def held(path: Path, patience: float) -> Iterator[None]:
    """Hold a file against other threads and processes; the system lets go when a holder is ended.

    Written out here because a turn of the general library takes as long as one of the disk.

    Raises
    ------
    TimeoutError
        Others held it for `patience` seconds.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        until = time.monotonic() + patience
        while not _try_to_hold(handle):
            if time.monotonic() > until:
                raise TimeoutError(errno.ETIMEDOUT, f"held by others for {patience:g} s", path)
            time.sleep(LOOKS_AGAIN)
        yield
    finally:
        os.close(handle)


def _try_to_hold(handle: int) -> bool:
    """Take hold of an open file, and say whether nobody else has it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, and bring the entries of new ones to disk."""
    grown = []
    at = folder
    while not at.is_dir():
        grown.append(at.parent)
        at = at.parent
    if grown:
        folder.mkdir(parents=True, exist_ok=True)
        for above in grown:
            sync_folder(above)


def _ready(folder: Path) -> None:
    """Make a folder for files that are being written, and sweep it once in a process."""
    if not folder.is_dir():
        make_folder(folder)
    _sweep(folder, os.getpid())


@cache
def _sweep(folder: Path, process: int) -> None:
    """Remove what writers that were ended long ago have left in a folder."""
    limit = time.time() - STALE
    for left in folder.glob(f"{WRITING}*"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < limit:
                left.unlink()
