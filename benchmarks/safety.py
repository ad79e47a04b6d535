"""What the archive holds after writers were killed, disks were full and bits were flipped.

Every trial compares what writers were told is kept with what is found afterwards: nothing that was
acknowledged may be lost, doubled or wrong without a word, and nothing needs a repair by hand.
"""

import argparse
import ctypes
import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.acquisition import archive
from analysis.acquisition.ledger import LEDGER, Ledger
from analysis.model.errors import RawChanged, SourceError, StoreError

WRITER = """
import hashlib, sys
from pathlib import Path
from analysis.acquisition import archive
from analysis.acquisition.ledger import Fetch, Ledger
from analysis.model.errors import AnalysisError
from analysis.model.schema import Snapshot
raw, name, count, size = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
for n in range(count):
    body = f"{name}-{n} ".encode() * (size // 8 + 1)
    digest = hashlib.sha256(body).hexdigest()
    try:
        archive.keep(Snapshot(snapshot_id=digest, body=body, address=f"{name}-{n}"), raw)
        day, address = "2026-01-01T00:00:00Z", f"{name}-{n}"
        row = Fetch(at=day, address=address, outcome="new", snapshot_id=digest)
        Ledger(raw).append(row)
    except AnalysisError as error:
        print("error", type(error).__name__, flush=True)
        sys.exit(3)
    print("kept", digest, flush=True)
"""


def start(raw: Path, name: str, count: int, size: int = 4_000) -> "subprocess.Popen[str]":
    """Start a writer that tells what it has kept."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", WRITER, str(raw), name, str(count), str(size)]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)


def told(lines: list[str]) -> list[str]:
    """Return the snapshots that a writer said are kept."""
    return [line.split()[1] for line in lines if line.startswith("kept ") and len(line) > 60]


def check(raw: Path, acknowledged: list[str]) -> tuple[int, int, int]:
    """Return how many acknowledged pages are lost, doubled, or wrong."""
    state = Ledger(raw).read()
    rows = [row.snapshot_id for row in state.rows]
    lost = len(set(acknowledged) - set(rows))
    doubled = len(rows) - len(set(rows))
    wrong = len(state.damaged)
    for identity in acknowledged:
        try:
            page = archive.load(raw, identity)
            wrong += hashlib.sha256(page.body).hexdigest() != identity
        except (SourceError, RawChanged):
            lost += 1
    return lost, doubled, wrong


def kill(trials: int, seed: int) -> None:
    """End a writer at a random moment, again and again, in one archive."""
    chance = random.Random(seed)
    acknowledged: list[str] = []
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        for trial in range(trials):
            writer = start(raw, f"w{trial}", 1_000)
            assert writer.stdout
            lines = [writer.stdout.readline() for _ in range(chance.randrange(1, 6))]
            time.sleep(chance.uniform(0, 0.01))
            writer.kill()
            acknowledged += told(lines + writer.communicate()[0].splitlines())
            began = time.monotonic()
            Ledger(raw).read()
            slowest = max(slowest, time.monotonic() - began)
        lost, doubled, wrong = check(raw, acknowledged)
    print(
        f"kill -9: {trials} trials, {len(acknowledged)} pages acknowledged; lost {lost}, doubled "
        f"{doubled}, wrong {wrong}; slowest opening {slowest:.3f} s"
    )


def crowd(writers: int, records: int) -> None:
    """Let several writers write at once."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        began = time.monotonic()
        started = [start(raw, f"w{n}", records) for n in range(writers)]
        lines = [line for writer in started for line in writer.communicate()[0].splitlines()]
        took = time.monotonic() - began
        lost, doubled, wrong = check(raw, told(lines))
    print(
        f"{writers} writers x {records}: {len(told(lines))} acknowledged in {took:.1f} s; lost "
        f"{lost}, doubled {doubled}, wrong {wrong}"
    )


@contextmanager
def small_disk(size: int) -> Iterator[Path]:
    """Yield a folder on a file system of so many bytes; needs root."""
    libc = ctypes.CDLL(None, use_errno=True)
    with tempfile.TemporaryDirectory() as folder:
        options = f"size={size}".encode()
        if libc.mount(b"none", folder.encode(), b"tmpfs", 0, options):
            raise PermissionError(ctypes.get_errno(), "no file system can be mounted here")
        try:
            yield Path(folder)
        finally:
            libc.umount(folder.encode())


def full(sizes: int) -> None:
    """Write until the disk is full, on disks of several sizes."""
    silent = lost = doubled = wrong = 0
    for n in range(sizes):
        with small_disk(40_960 + n * 20_480) as folder:
            raw = folder / "raw"
            writer = start(raw, f"d{n}", 1_000, 3_000 + 700 * n)
            lines = writer.communicate()[0].splitlines()
            silent += writer.returncode == 0 or not lines[-1].startswith("error")
            result = check(raw, told(lines))
            lost, doubled, wrong = lost + result[0], doubled + result[1], wrong + result[2]
    print(
        f"full disk: {sizes} sizes; lost {lost}, doubled {doubled}, wrong {wrong}, silent {silent}"
    )


def flip(flips: int, seed: int) -> None:
    """Flip one bit of one file of an archive, many times, and ask whether it is noticed."""
    chance = random.Random(seed)
    silent = spread = 0
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        identities = told(start(raw, "f", 12).communicate()[0].splitlines())
        files = [*sorted((raw / archive.SNAPSHOTS).rglob("*/*")), raw / LEDGER]
        files = [path for path in files if path.is_file()]
        for _ in range(flips):
            path = chance.choice(files)
            whole = path.read_bytes()
            at = chance.randrange(len(whole) * 8)
            flipped = bytearray(whole)
            flipped[at // 8] ^= 1 << at % 8
            path.write_bytes(flipped)
            noticed = broken = 0
            state = Ledger(raw).read()
            noticed += len(state.damaged) + len(state.unfinished)
            for identity in identities:
                try:
                    archive.load(raw, identity)
                except (RawChanged, SourceError, StoreError):
                    broken += 1
            silent += not (noticed or broken)
            spread += broken > 1
            path.write_bytes(whole)
    print(f"flipped bits: {flips}; silent {silent}, more than one page lost {spread}")


def throughput(pages: int, size: int) -> None:
    """Compare the archive with a plain write and fsync of the same bytes, in turns."""
    from analysis.model.schema import Snapshot

    spent = {"plain": 0.0, "archive": 0.0}
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        plain, raw = Path(folder) / "plain", Path(folder) / "raw"
        plain.mkdir()
        for n in range(pages):
            body = os.urandom(size)
            page = Snapshot(snapshot_id=hashlib.sha256(body).hexdigest(), body=body)
            began = time.perf_counter()
            with (plain / str(n)).open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            middle = time.perf_counter()
            archive.keep(page, raw)
            spent["plain"] += middle - began
            spent["archive"] += time.perf_counter() - middle
    share = spent["plain"] / spent["archive"]
    print(
        f"throughput, {pages} pages of {size:,} bytes: {1000 * spent['archive'] / pages:.2f} ms a "
        f"page, {share:.0%} of a plain write with fsync"
    )


def main() -> int:
    """Run the trials that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kill", type=int, default=500)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--records", type=int, default=200)
    parser.add_argument("--sizes", type=int, default=20)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for size in (20_000, 200_000, 2_000_000):
        throughput(100, size)
    flip(options.flips, options.seed)
    crowd(options.writers, options.records)
    try:
        full(options.sizes)
    except PermissionError as error:
        print(f"full disk: not run ({error})")
    kill(options.kill, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
