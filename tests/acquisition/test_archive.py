"""Snapshots and the register of data/raw: written whole, named by content, checked when read."""

import errno
import hashlib
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from analysis.acquisition import archive, disk, register
from analysis.acquisition.ledger import LEDGER, Fetch, Ledger, pages
from analysis.model.documents import Snapshot
from analysis.model.errors import RawChanged, SourceError, StoreError

BODY = b"<html><body><p>Removed 1,234 videos.</p></body></html>"
ID = hashlib.sha256(BODY).hexdigest()
ROW = Fetch(at="2026-01-02T03:04:05Z", address="https://x.example/", outcome="new", snapshot_id=ID)
ODD_NAMES = ["a b.csv", "é.html", "مقال.html", "x\\y.txt", "new\nline.txt", "-rf", "q'\".txt"]


def snapshot(body=BODY, **fields):
    return Snapshot(snapshot_id=hashlib.sha256(body).hexdigest(), body=body, **fields)


def test_a_file_becomes_a_snapshot(tmp_path):
    file = tmp_path / "digests" / "page.html"
    file.parent.mkdir()
    file.write_bytes(BODY)
    found = archive.snapshot_file(file, raw=tmp_path)
    assert found == snapshot(path="digests/page.html", media_type="text/html")
    assert archive.snapshot_file(file).path == file.as_posix()
    assert archive.snapshot_file(file, raw=tmp_path / "other").path == file.as_posix()


def test_bytes_become_a_snapshot():
    assert archive.snapshot_bytes(BODY, "-") == snapshot(path="-", media_type="text/html")
    assert archive.snapshot_bytes(b"", "-").media_type == "application/x-empty"


def test_a_missing_file_a_folder_and_a_forbidden_name_are_source_errors(tmp_path):
    with pytest.raises(SourceError, match=r"gone\.html: no such file"):
        archive.snapshot_file(tmp_path / "gone.html")
    with pytest.raises(SourceError, match="is a folder; name the files in it"):
        archive.snapshot_file(tmp_path)
    with pytest.raises(SourceError, match="cannot be read"):
        archive.snapshot_file(tmp_path / "nul\0name")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind nobody here")
def test_an_unreadable_file_is_a_source_error(tmp_path):
    file = tmp_path / "x.html"
    file.write_bytes(BODY)
    file.chmod(0)
    with pytest.raises(SourceError, match="cannot be read: Permission denied"):
        archive.snapshot_file(file)


def test_what_is_kept_is_written_once_in_one_file(tmp_path):
    first = archive.place(snapshot(), tmp_path)
    written = first.stat()
    assert first == tmp_path / "snapshots" / ID
    assert archive.place(snapshot(), tmp_path) == first
    assert (first.stat().st_ino, first.stat().st_mtime_ns) == (written.st_ino, written.st_mtime_ns)
    assert archive.load(tmp_path, ID) == BODY
    assert left_over(tmp_path) == []


def left_over(raw):
    """Return the files below the archive that are no pages."""
    return [p for p in (raw / "snapshots").rglob("*") if p.is_file() and p.name != ID]


def test_a_page_comes_back_as_its_row_tells(tmp_path):
    row = Fetch(
        at="2026-01-02T03:04:05Z",
        address="https://x.example/",
        outcome="new",
        final="https://x.example/ü",
        hops=("https://x.example/",),
        status=200,
        snapshot_id=ID,
        headers=(("Content-Type", "text/html"), ("X-Odd", "é")),
    )
    Ledger(tmp_path).append(row, archive.place(snapshot(), tmp_path))
    (found,) = pages(Ledger(tmp_path).read().rows).values()
    assert archive.snapshot_of(found, tmp_path) == snapshot(
        path=f"snapshots/{ID}",
        address="https://x.example/ü",
        hops=("https://x.example/",),
        status=200,
        headers=(("Content-Type", "text/html"), ("X-Odd", "é")),
        retrieved_at="2026-01-02T03:04:05Z",
        media_type="text/html",
    )


@pytest.mark.parametrize("there", [BODY[:10], b"", BODY.replace(b"1,234", b"9,234")])
def test_a_torn_or_damaged_copy_is_replaced(tmp_path, there):
    archive.place(snapshot(b"another page"), tmp_path)
    archive.path_of(tmp_path, ID).write_bytes(there)
    archive.place(snapshot(), tmp_path)
    assert archive.load(tmp_path, ID) == BODY


def test_what_an_ended_writer_left_is_swept_away(tmp_path):
    left = tmp_path / "snapshots" / ".writing" / ".writing-abc"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    fresh = left.with_name(".writing-def")
    fresh.write_bytes(b"half")  # its writer may be at it
    archive.place(snapshot(), tmp_path).write_bytes(b"damaged")
    archive.place(snapshot(), tmp_path)
    assert not left.exists() and fresh.exists()


@pytest.mark.parametrize("content", [BODY.replace(b"1,234", b"9,234"), BODY[:-1], b""])
def test_a_changed_snapshot_is_never_handed_out(tmp_path, content):
    archive.place(snapshot(), tmp_path).write_bytes(content)
    with pytest.raises(RawChanged, match="has SHA-256"):
        archive.load(tmp_path, ID)


@pytest.mark.parametrize("name", ["", "../../etc", "A" * 64, "0" * 63])
def test_what_is_no_id_is_refused(tmp_path, name):
    with pytest.raises(SourceError, match="no snapshot id"):
        archive.load(tmp_path, name)


def test_an_unknown_id_is_a_source_error(tmp_path):
    with pytest.raises(SourceError, match="no such page is kept; restore the file or fetch"):
        archive.load(tmp_path, "0" * 64)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind nobody here")
def test_an_unwritable_folder_is_a_source_error(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(SourceError, match="cannot be written"):
            archive.place(snapshot(), tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_the_way_of_the_folder_is_a_source_error(tmp_path):
    (tmp_path / "snapshots").write_text("a file")
    with pytest.raises(SourceError, match="cannot be written"):
        archive.place(snapshot(), tmp_path)


def test_row_and_page_are_brought_to_disk_before_they_are_acknowledged(tmp_path, monkeypatch):
    """Each is asked for: bytes, their name, and the row; what fails is told."""
    Ledger(tmp_path).append(ROW)
    synced = []

    def watching(handle):
        synced.append(os.fstat(handle).st_ino)

    monkeypatch.setattr(disk.os, "fsync", watching)
    page = archive.place(snapshot(), tmp_path)
    synced.clear()
    Ledger(tmp_path).append(ROW, page)
    wanted = (page, page.parent, tmp_path / LEDGER)
    assert set(synced) == {path.stat().st_ino for path in wanted}


@pytest.mark.parametrize("failing", ["page", "ledger"])
def test_what_cannot_be_brought_to_disk_is_not_acknowledged(tmp_path, monkeypatch, failing):
    page = archive.place(snapshot(), tmp_path)
    Ledger(tmp_path).append(ROW)
    bad = {"page": page, "ledger": tmp_path / LEDGER}[failing].stat().st_ino

    def broken(handle):
        if os.fstat(handle).st_ino == bad:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(disk.os, "fsync", broken)
    with pytest.raises(StoreError, match="Input/output error"):
        Ledger(tmp_path).append(ROW, page)
    assert page.exists() is (failing == "ledger")


def test_a_file_system_without_links_gets_the_page_too(tmp_path, monkeypatch):
    def no_links(*paths, **how):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(disk.os, "link", no_links)
    assert archive.place(snapshot(), tmp_path).read_bytes() == BODY
    assert archive.place(snapshot(), tmp_path).read_bytes() == BODY
    assert left_over(tmp_path) == []


def test_a_system_without_nameless_files_gets_the_page_too(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "UNNAMED", 0)
    assert archive.place(snapshot(), tmp_path).read_bytes() == BODY
    assert archive.place(snapshot(), tmp_path).read_bytes() == BODY
    assert left_over(tmp_path) == []


def test_many_who_place_one_page_at_once_get_it_whole(tmp_path):
    """Half of them meet a damaged copy; nobody takes away what another was told is kept."""
    for there in (None, b"", BODY[:-1]):
        if there is not None:
            archive.path_of(tmp_path, ID).write_bytes(there)
        with ThreadPoolExecutor(8) as pool:
            placed = list(pool.map(lambda _: archive.place(snapshot(), tmp_path), range(24)))
        assert set(placed) == {tmp_path / "snapshots" / ID}
        assert archive.load(tmp_path, ID) == BODY
        assert left_over(tmp_path) == []


def test_who_waits_too_long_for_a_file_that_is_held_is_told(tmp_path):
    lock = tmp_path / "lock"
    told = pytest.raises(TimeoutError, match="held by others")
    with disk.held(lock, 0.0), told, disk.held(lock, 0.0):
        pass
    with disk.held(lock, 0.0):
        pass


def fill(raw):
    for number, name in enumerate(ODD_NAMES):
        (raw / "figures").mkdir(exist_ok=True)
        (raw / "figures" / name).write_text(f"{number}")


@pytest.fixture
def raw(tmp_path):
    if os.name == "nt":
        pytest.skip("such names are not allowed on Windows")
    fill(tmp_path)
    register.write_register(tmp_path)
    return tmp_path


def test_a_registered_folder_is_clean(raw):
    assert register.compare_register(raw).clean
    before = (raw / "SHA256SUMS").read_bytes()
    register.write_register(raw)
    assert (raw / "SHA256SUMS").read_bytes() == before


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_sha256sum_reads_the_register(raw):
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=raw, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(ODD_NAMES)
    listed = subprocess.run(["sha256sum", "--", *sorted(ODD_NAMES)], cwd=raw / "figures",
                            capture_output=True, check=True).stdout.splitlines()  # fmt: skip
    assert {line.split()[0] for line in listed} == {
        line.split()[0] for line in (raw / "SHA256SUMS").read_bytes().splitlines()
    }


def test_every_kind_of_change_is_seen(raw):
    (raw / "figures" / "a b.csv").write_text("9")
    (raw / "figures" / "é.html").unlink()
    (raw / "new.csv").write_text("1")
    state = register.compare_register(raw)
    assert state == register.RegisterState(
        added=("new.csv",), changed=("figures/a b.csv",), missing=("figures/é.html",)
    )
    assert not state.clean


def test_what_systems_leave_behind_is_no_part_of_the_record(raw):
    (raw / ".DS_Store").write_text("x")
    (raw / "figures" / ".ipynb_checkpoints").mkdir()
    (raw / "figures" / ".ipynb_checkpoints" / "a.csv").write_text("x")
    assert register.compare_register(raw).clean
    (raw / "figures" / "SHA256SUMS").write_text("a publisher's own file of that name")
    assert register.compare_register(raw).added == ("figures/SHA256SUMS",)


def test_a_page_belongs_to_the_record_when_a_row_tells_of_it(tmp_path):
    """An ended fetch leaves no trace; a row that goes missing is noticed."""
    page = archive.place(snapshot(), tmp_path)
    assert register.compare_register(tmp_path).clean
    Ledger(tmp_path).append(ROW, page)
    assert register.compare_register(tmp_path).added == (f"snapshots/{ID}",)
    register.write_register(tmp_path)
    assert register.compare_register(tmp_path).clean
    (tmp_path / LEDGER).write_bytes(b"")
    state = register.compare_register(tmp_path)
    assert (state.untold, state.missing) == ((f"snapshots/{ID}",), ())
    page.unlink()
    assert register.compare_register(tmp_path).missing == (f"snapshots/{ID}",)


def test_a_damaged_page_is_not_registered(tmp_path):
    page = archive.place(snapshot(), tmp_path)
    Ledger(tmp_path).append(ROW, page)
    page.write_bytes(BODY[:-1])
    register.write_register(tmp_path)
    assert register.compare_register(tmp_path).added == (f"snapshots/{ID}",)
    page.write_bytes(BODY)
    register.write_register(tmp_path)
    page.write_bytes(BODY[:-1])
    assert register.compare_register(tmp_path).changed == (f"snapshots/{ID}",)


def test_a_damaged_register_is_named_line_by_line(raw):
    path = raw / "SHA256SUMS"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0].replace(b"  ", b" "), *lines[1:], lines[1], b"\xff\n"]))
    state = register.compare_register(raw)
    assert len(state.damaged) == 3
    assert state.damaged[0].startswith("line 1: ")
    assert len(state.added) == 1


def test_without_a_register_every_file_is_new(tmp_path):
    (tmp_path / "a.csv").write_text("1")
    assert register.compare_register(tmp_path).added == ("a.csv",)
    with pytest.raises(SourceError, match="no such folder"):
        register.compare_register(tmp_path / "gone")
