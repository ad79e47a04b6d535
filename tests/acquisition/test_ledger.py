"""The ledger: what was acknowledged is there, whatever happened to writers and to the file."""

import json
import os
import random
import subprocess
import sys
from dataclasses import replace

import pytest

from analysis.acquisition import ledger as room
from analysis.acquisition.ledger import Fetch, Ledger, read_lines
from analysis.model.errors import StoreError

ROW = Fetch(
    at="2026-11-26T08:00:00Z",
    address="https://x.example/é\n\x1b[2J",
    outcome="new",
    final="https://x.example/a",
    hops=("https://x.example/",),
    status=200,
    tries=2,
    seconds=0.25,
    snapshot_id="ab" * 32,
    message="مقال",
    run="abc.1",
    headers=(("Content-Type", "text/html"), ("X-Odd", "\xe9")),
)


def row(number):
    return Fetch(at="2026-11-26T08:00:00Z", address=f"https://x.example/{number}", outcome="gone")


def filled(tmp_path, count=5):
    ledger = Ledger(tmp_path)
    for number in range(count):
        ledger.append(row(number))
    return ledger


def test_a_row_comes_back_as_it_was_written(tmp_path):
    ledger = Ledger(tmp_path / "new" / "raw")
    ledger.append(ROW)
    ledger.append(row(2))
    state = ledger.read()
    assert state == room.LedgerState((ROW, row(2)))
    assert ledger.kept() == {ROW.address: ROW}
    assert ledger.path.read_bytes().isascii()
    assert [json.loads(line)["line"] for line in ledger.path.read_text().splitlines()] == [1, 2]


def test_no_ledger_has_no_rows(tmp_path):
    assert Ledger(tmp_path / "none").read().rows == ()


def test_an_unfinished_line_is_closed_and_spoils_nothing(tmp_path):
    ledger = filled(tmp_path, 3)
    whole = ledger.path.read_bytes()
    for cut in (1, 10, 100):
        ledger.path.write_bytes(whole[:-cut])
        ledger.append(row(9))
        state = ledger.read()
        kept = [row(0), row(1), row(9)] if cut > 2 else [row(0), row(1), row(2), row(9)]
        assert list(state.rows) == kept
        assert state.damaged == ()
        assert len(state.unfinished) == (cut > 2)


def test_every_flipped_bit_is_noticed_and_costs_one_row_at_most(tmp_path):
    ledger = filled(tmp_path, 6)
    whole = ledger.path.read_bytes()
    chance = random.Random(5)
    ends = [at for at, byte in enumerate(whole) if byte == 10]
    flips = [chance.randrange(len(whole) * 8) for _ in range(400)]
    for at in flips + [8 * end + bit for end in ends for bit in range(8)]:
        flipped = bytearray(whole)
        flipped[at // 8] ^= 1 << at % 8
        state = read_lines(bytes(flipped))
        assert state.damaged
        assert len(state.rows) >= 5
        assert all(found in [row(n) for n in range(6)] for found in state.rows)


def test_rows_are_added_in_their_order_after_a_damaged_end(tmp_path):
    ledger = filled(tmp_path, 3)
    whole = ledger.path.read_bytes()
    for at in (whole.index(b"\n"), len(whole) - 1):
        ledger.path.write_bytes(whole[:at] + b"\x0b" + whole[at + 1 :])
        Ledger(tmp_path).append(row(9))
        state = ledger.read()
        assert [found.address[-1] for found in state.rows] == ["0", "1", "2", "9"]
        assert len(state.damaged) == 1


def test_a_lost_line_is_noticed_once(tmp_path):
    ledger = filled(tmp_path, 5)
    lines = ledger.path.read_bytes().splitlines(keepends=True)
    ledger.path.write_bytes(b"".join([lines[0], *lines[2:]]))
    assert ledger.read().damaged == ("line 2 says that it is line 3",)


def test_the_row_of_when_a_page_came_tells_of_it():
    came = Fetch(at="1", address="a", outcome="new", status=200, snapshot_id="x", final="a")
    again = replace(came, at="2", outcome="seen_again", status=304)
    other = replace(came, at="3", address="b")
    assert room.pages([again, came, other, row(1)]) == {"x": came}


def test_a_page_that_is_unchanged_is_asked_for_as_it_came_last(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.append(ROW)
    unchanged = replace(ROW, outcome="seen_again", status=304, headers=())
    ledger.append(unchanged)
    assert ledger.kept() == {ROW.address: replace(unchanged, headers=ROW.headers)}


def test_long_rows_stay_within_what_is_looked_back_at(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.append(Fetch(at="x", address="a" * 50_000, outcome="new", message="b" * 50_000))
    ledger.append(row(1))
    assert [len(r.address) for r in ledger.read().rows] == [room.LONGEST, len(row(1).address)]


def test_what_cannot_be_written_whole_is_taken_back(tmp_path, monkeypatch):
    ledger = filled(tmp_path, 2)
    before = ledger.path.read_bytes()
    real = os.write

    def full(handle, content):
        if len(content) > 20:
            return real(handle, content[:20])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(room.os, "write", full)
    with pytest.raises(StoreError, match="No space left on device"):
        ledger.append(row(3))
    monkeypatch.undo()
    assert ledger.path.read_bytes() == before


WRITER = """
import sys
from pathlib import Path
from analysis.acquisition.ledger import Fetch, Ledger
ledger, name = Ledger(Path(sys.argv[1])), sys.argv[2]
for n in range(int(sys.argv[3])):
    ledger.append(Fetch(at="2026-11-26T08:00:00Z", address=f"{name}-{n}", outcome="gone"))
    print(f"{name}-{n}", flush=True)
"""


def write(tmp_path, name, count):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", WRITER, str(tmp_path), name, str(count)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)


def test_many_writers_lose_and_double_nothing(tmp_path):
    writers = [write(tmp_path, f"w{k}", 25) for k in range(4)]
    told = [line for writer in writers for line in writer.communicate()[0].split()]
    state = Ledger(tmp_path).read()
    assert sorted(r.address for r in state.rows) == sorted(told)
    assert len(told) == 100
    assert (state.damaged, state.unfinished) == ((), ())


def test_writers_ended_at_any_moment_lose_nothing_that_was_acknowledged(tmp_path):
    chance = random.Random(3)
    told = []
    for trial in range(8):
        writer = write(tmp_path, f"w{trial}", 10_000)
        for _ in range(chance.randrange(1, 12)):
            told.append(writer.stdout.readline().strip())
        writer.kill()
        told += writer.communicate()[0].splitlines()
    state = Ledger(tmp_path).read()
    found = [r.address for r in state.rows]
    assert set(told) <= set(found)
    assert len(found) == len(set(found))
    assert state.damaged == ()
