"""The folder of the record: exchanged whole, whatever happens meanwhile."""

import errno
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from analysis.curation.store import files, folder
from analysis.model.errors import StoreError

OLD = {"observations.csv": b"a\n1\n", "parquet/observations.parquet": b"old"}
NEW = {"observations.csv": b"a\n2\n", "codebook.md": b"# new\n"}


def listed(bodies):
    """Add the checksums that a build writes."""
    top = {n: b for n, b in bodies.items() if "/" not in n}
    below = {n.split("/")[1]: b for n, b in bodies.items() if "/" in n}
    made = bodies | {"SHA256SUMS": files.make_checksums(top)}
    return made | ({"parquet/SHA256SUMS": files.make_checksums(below)} if below else {})


def held(place):
    return {
        p.relative_to(place).as_posix(): p.read_bytes() for p in place.rglob("*") if p.is_file()
    }


@pytest.fixture(params=["exchange", "two renames"])
def record(request, tmp_path, monkeypatch):
    """A record on a system that exchanges folders in one step, and on one that cannot."""
    if request.param == "two renames":
        monkeypatch.setattr(folder, "exchange", lambda left, right: False)
    place = tmp_path / "processed"
    folder.replace_folder(place, listed(OLD))
    return place


def test_what_a_build_made_is_replaced(record):
    folder.replace_folder(record, listed(NEW))
    assert held(record) == listed(NEW)
    assert [p.name for p in record.parent.iterdir()] == ["processed"]


def test_what_no_build_made_is_kept(record):
    mine = {"mine.csv": b"x", "notes/a.txt": b"y", ".hidden": b"z", "parquet/mine.parquet": b"w"}
    for name, body in mine.items():
        (record / name).parent.mkdir(exist_ok=True)
        (record / name).write_bytes(body)
    folder.replace_folder(record, listed(NEW))
    assert held(record) == listed(NEW) | mine


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_stays_a_link(record, tmp_path):
    there = tmp_path / "disk" / "record"
    there.parent.mkdir()
    record.rename(there)
    record.symlink_to(there)
    folder.replace_folder(record, listed(NEW))
    assert record.is_symlink() and held(there) == listed(NEW)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["disk", "processed"]


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "processed").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="is a file, expected a folder"):
        folder.replace_folder(tmp_path / "processed", NEW)
    assert (tmp_path / "processed").read_text(encoding="utf-8") == "mine"


def full(*_arguments, **_named):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("call", ["fsync", "mkdir", "rename"])
def test_a_full_disk_leaves_the_old_record(record, monkeypatch, call):
    if call == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    elif call == "mkdir":
        monkeypatch.setattr(folder.tempfile, "mkdtemp", full)
    else:
        monkeypatch.setattr(folder, "_put", full)
    with pytest.raises(StoreError, match=r"cannot write in .*No space left.* is unchanged"):
        folder.replace_folder(record, listed(NEW))
    assert held(record) == listed(OLD)
    assert [p.name for p in record.parent.iterdir()] == ["processed"]


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="rights do not bind this user or system"
)
def test_an_unwritable_folder_is_named(record):
    record.parent.chmod(0o555)
    try:
        with pytest.raises(StoreError, match="cannot write in"):
            folder.replace_folder(record, NEW)
        with pytest.raises(StoreError, match="cannot write in"), folder.locked(record):
            pass
    finally:
        record.parent.chmod(0o755)
    assert held(record) == listed(OLD)


def test_a_lock_that_cannot_be_made_is_named(record, monkeypatch):
    monkeypatch.setattr(folder.FileLock, "acquire", full)
    with pytest.raises(StoreError, match=r"cannot write in .*No space left"), folder.locked(record):
        pass


def test_an_error_under_the_lock_is_not_taken_for_one_of_it(record):
    with pytest.raises(FileNotFoundError), folder.locked(record):
        Path(record / "nothing").read_bytes()
    with folder.locked(record, 0.1):
        pass


def test_a_first_rename_without_its_second_is_undone(record):
    record.rename(folder._aside(record))
    assert folder.read_file(record, "observations.csv") == OLD["observations.csv"]
    assert held(record) == listed(OLD)


def test_sweep_removes_what_ended_builds_left(record):
    for name in (".processed-abc", ".processed.previous"):
        (record.parent / name).mkdir()
        (record.parent / name / "observations.csv").write_bytes(b"half")
    (record.parent / ".processed.lock").write_bytes(b"")
    (record.parent / "processed-mine").mkdir()
    folder.sweep(record)
    left = sorted(p.name for p in record.parent.iterdir())
    assert left == [".processed.lock", "processed", "processed-mine"]


def test_read_file_says_how_to_make_it(tmp_path):
    with pytest.raises(StoreError, match=r"no events.csv in .*: run `moderation-analysis build`"):
        folder.read_file(tmp_path / "processed", "events.csv")


WRITER = """
import sys
from pathlib import Path
from analysis.curation.store import files, folder
place, trial, k = Path(sys.argv[1]), sys.argv[2], 0
print("ready", flush=True)
while True:
    k += 1
    with folder.locked(place):
        folder.sweep(place)
        tables = {f"{n}.csv": f"{trial}-{k}-{n}\\n".encode() * 200 for n in range(6)}
        folder.replace_folder(place, tables | {"SHA256SUMS": files.make_checksums(tables)})
    print("written", flush=True)
"""


def test_writers_ended_at_any_moment_leave_a_whole_record(tmp_path):
    """Each writer replaces the record over and over and is ended by a signal it cannot catch."""
    place = tmp_path / "processed"
    chance = random.Random(1)
    seen = set()
    for trial in range(15):
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(place), str(trial)], env=env, stdout=subprocess.PIPE
        )
        for expected in [b"ready", *[b"written"] * chance.randrange(3)]:
            assert child.stdout.readline().strip() == expected
        time.sleep(chance.uniform(0.0, 0.03))
        child.kill()
        child.communicate()
        if place.exists():
            bodies = held(place)
            listing = bodies.pop("SHA256SUMS")
            assert len(bodies) == 6 and files.make_checksums(bodies) == listing
            seen.add(listing)
    assert len(seen) > 5
    with folder.locked(place, 1):
        folder.sweep(place)
    assert {p.name for p in tmp_path.iterdir()} == {"processed", ".processed.lock"}


def test_a_reader_never_sees_half_a_build(tmp_path):
    place = tmp_path / "processed"
    bodies = [{f"{n}.csv": bytes([65 + k]) * 500 for n in range(3)} for k in range(2)]
    folder.replace_folder(place, bodies[0])
    (tmp_path / "other").mkdir()
    if not folder.exchange(place, tmp_path / "other"):
        pytest.skip("this system exchanges folders in two steps")
    folder.exchange(place, tmp_path / "other")
    stop = threading.Event()

    def write():
        k = 0
        while not stop.is_set():
            k += 1
            folder.replace_folder(place, bodies[k % 2])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(2000):
            assert folder.read_file(place, "0.csv") in (b"A" * 500, b"B" * 500)
    finally:
        stop.set()
        writer.join()
