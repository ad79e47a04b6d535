"""Snapshots and the register of data/raw: written whole, named by content, checked when read."""

import hashlib
import os
import shutil
import subprocess

import pytest

from analysis.acquisition import archive, register
from analysis.model.errors import RawChanged, SourceError
from analysis.model.schema import Snapshot

BODY = b"<html><body><p>Removed 1,234 videos.</p></body></html>"
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


def test_what_is_kept_is_written_once(tmp_path):
    first = snapshot(address="https://x.example/a", retrieved_at="2026-01-02T03:04:05Z")
    kept = archive.keep(first, tmp_path)
    later = snapshot(address="https://x.example/b", retrieved_at="2026-02-02T03:04:05Z")
    assert archive.keep(later, tmp_path) == kept
    assert kept.address == "https://x.example/a"
    folder = tmp_path / "snapshots" / first.snapshot_id[:2] / first.snapshot_id
    assert sorted(p.name for p in folder.iterdir()) == ["body", "snapshot.json"]


def test_every_field_comes_back(tmp_path):
    whole = snapshot(
        address="https://x.example/ü",
        hops=("http://x.example/",),
        status=200,
        headers=(("Content-Type", "text/html"), ("X-Odd", "é")),
        retrieved_at="2026-01-02T03:04:05Z",
        media_type="text/html",
        publisher="X",
        edition="1",
        licence="CC BY 4.0",
    )
    kept = archive.keep(whole, tmp_path)
    assert kept == snapshot(**{**fields_of(whole), "path": kept.path})


def fields_of(record):
    names = ("address", "hops", "status", "headers", "retrieved_at", "media_type")
    return {n: getattr(record, n) for n in (*names, "publisher", "edition", "licence")}


def test_a_body_left_by_a_crash_is_completed(tmp_path):
    one = snapshot(address="https://x.example/")
    folder = archive.folder_of(tmp_path, one.snapshot_id)
    folder.mkdir(parents=True)
    (folder / "body").write_bytes(BODY[:10])
    (folder / ".writing-abc").write_bytes(b"half")
    assert archive.keep(one, tmp_path).body == BODY


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("body", BODY.replace(b"1,234", b"9,234"), "has SHA-256"),
        ("snapshot.json", b'{"hops": 3', "is damaged"),
        ("snapshot.json", b"[]", "is damaged"),
    ],
)
def test_a_changed_snapshot_is_never_handed_out(tmp_path, name, content, words):
    one = archive.keep(snapshot(), tmp_path)
    (archive.folder_of(tmp_path, one.snapshot_id) / name).write_bytes(content)
    with pytest.raises(RawChanged, match=words):
        archive.load(tmp_path, one.snapshot_id)


@pytest.mark.parametrize("name", ["", "../../etc", "A" * 64, "0" * 63])
def test_what_is_no_id_is_refused(tmp_path, name):
    with pytest.raises(SourceError, match="no snapshot id"):
        archive.load(tmp_path, name)


def test_an_unknown_id_is_a_source_error(tmp_path):
    with pytest.raises(SourceError, match="no such file"):
        archive.load(tmp_path, "0" * 64)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind nobody here")
def test_an_unwritable_folder_is_a_source_error(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(SourceError, match="cannot be written"):
            archive.keep(snapshot(), tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_the_way_of_the_folder_is_a_source_error(tmp_path):
    (tmp_path / "snapshots").write_text("a file")
    with pytest.raises(SourceError, match="cannot be written"):
        archive.keep(snapshot(), tmp_path)


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
