"""Files that are there whole or not at all, whatever happens while they are written."""

import contextlib
import errno
import os
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path

WRITING = ".writing-"
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


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write files of one folder, in the order given, each only where its name is still free.

    They are brought to disk together, and get their names when all of them are there.
    """
    temporary: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            temporary[path] = _write_aside(path, content)
        _sync_together(list(temporary.values()))
        for path, written in temporary.items():
            _name_if_free(written, path)
    finally:
        for written in temporary.values():
            written.unlink(missing_ok=True)
    for folder in {path.parent for path in files}:
        sync_folder(folder)


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


def _sync_together(paths: list[Path]) -> None:
    """Bring several files to disk at once: waiting for each in turn takes as long again."""
    errors: list[OSError] = []

    def bring(path: Path) -> None:
        try:
            sync_file(path)
        except OSError as error:
            errors.append(error)

    beside = [threading.Thread(target=bring, args=(path,)) for path in paths[1:]]
    for thread in beside:
        thread.start()
    for path in paths[:1]:
        bring(path)
    for thread in beside:
        thread.join()
    if errors:
        raise errors[0]


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


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, and bring their entries to disk."""
    missing = []
    at = folder
    while not at.is_dir():
        missing.append(at)
        at = at.parent
    folder.mkdir(parents=True, exist_ok=True)
    for made in missing:
        sync_folder(made.parent)


def sweep(folder: Path) -> None:
    """Remove what writers that were ended long ago have left in a folder."""
    limit = time.time() - STALE
    for left in folder.glob(f"{WRITING}*"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < limit:
                left.unlink()
