"""What the archive holds after writers were killed, disks were full and bits were flipped.

Every trial compares what writers were told is kept with what is found afterwards: nothing that was
acknowledged may be lost, doubled or wrong without a word, and nothing needs a repair by hand.

Throughput is what a page costs until it is acknowledged: its bytes and its row in the ledger, on
the disk. It is held against a plain write of the same bytes in the same run, page by page: one file
opened, written, flushed and fsynced, in one folder, under a name that is never changed and without
a word about where the bytes came from.
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
from functools import partial
from pathlib import Path

from analysis.acquisition import archive
from analysis.acquisition.ledger import LEDGER, Fetch, Ledger
from analysis.model.documents import Snapshot
from analysis.model.errors import RawChanged, SourceError
from analysis.pipeline.verifying import ledger_problems

# Of 131 saved news pages, none is under 20 kB; a tenth, half and nine tenths are smaller than the
# next three.
SIZES = (20_000, 57_000, 163_000, 500_000, 2_000_000)

WRITER = """
import hashlib, sys
from pathlib import Path
from analysis.acquisition import archive
from analysis.acquisition.ledger import Fetch, Ledger
from analysis.model.errors import AnalysisError
from analysis.model.documents import Snapshot
from analysis.pipeline.verifying import ledger_problems
raw, name, count, size = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
for n in range(count):
    body = f"{name}-{n} ".encode() * (size // 8 + 1)
    digest = hashlib.sha256(body).hexdigest()
    try:
        page = archive.place(Snapshot(snapshot_id=digest, body=body), raw)
        day, address = "2026-01-01T00:00:00Z", f"{name}-{n}"
        row = Fetch(at=day, address=address, outcome="new", snapshot_id=digest)
        Ledger(raw).append(row, page)
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
    """Return how many acknowledged pages are lost, doubled, or wrong.

    A row whose page is not whole is wrong too, also where nobody was told of it.
    """
    state = Ledger(raw).read()
    rows = [row.snapshot_id for row in state.rows]
    lost = len(set(acknowledged) - set(rows))
    doubled = len(rows) - len(set(rows))
    wrong = len(state.damaged) + sum(not is_whole(raw, identity) for identity in rows)
    return lost, doubled, wrong


def is_whole(raw: Path, identity: str) -> bool:
    """Say whether a page is there with the bytes that its name says."""
    try:
        return hashlib.sha256(archive.load(raw, identity)).hexdigest() == identity
    except (SourceError, RawChanged):
        return False


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
        files = [*sorted(path for path in (raw / archive.SNAPSHOTS).iterdir() if path.is_file())]
        files += [raw / LEDGER] * len(files)  # as often as all pages together
        for _ in range(flips):
            path = chance.choice(files)
            whole = path.read_bytes()
            at = chance.randrange(len(whole) * 8)
            flipped = bytearray(whole)
            flipped[at // 8] ^= 1 << at % 8
            path.write_bytes(flipped)
            state = Ledger(raw).read()
            told_of = {row.snapshot_id for row in state.rows}
            kept = {one for one in identities if one in told_of and is_whole(raw, one)}
            broken = len(identities) - len(kept)
            silent += not list(ledger_problems(raw))  # what `verify` names
            spread += broken > 1
            path.write_bytes(whole)
    print(f"flipped bits: {flips}; silent {silent}, more than one page lost {spread}")


def throughput(pages: int, size: int) -> None:
    """Compare the archive with a plain write and fsync of the same bytes, in turns."""
    spent = {"plain": 0.0, "archive": 0.0}
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        plain, raw = Path(folder) / "plain", Path(folder) / "raw"
        plain.mkdir()
        for n in range(pages):
            body = os.urandom(size)
            ways = [("plain", partial(write_plainly, plain / str(n), body))]
            ways.append(("archive", partial(write_archived, raw, page_of(body))))
            for name, write in ways if n % 2 else reversed(ways):
                began = time.perf_counter()
                write()
                spent[name] += time.perf_counter() - began
    share = spent["plain"] / spent["archive"]
    each = {name: 1000 * seconds / pages for name, seconds in spent.items()}
    print(
        f"throughput, {pages} pages of {size:,} bytes: {each['archive']:.2f} ms a page, "
        f"{each['plain']:.2f} ms written plainly with fsync: {share:.0%}"
    )


def page_of(body: bytes) -> Snapshot:
    """Return a page as a fetch returns it."""
    headers = tuple((f"header-{n}", "v" * 30) for n in range(12))
    digest = hashlib.sha256(body).hexdigest()
    return Snapshot(snapshot_id=digest, body=body, status=200, headers=headers)


def write_plainly(path: Path, body: bytes) -> None:
    """Write bytes as one file, and bring it to disk."""
    with path.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def write_archived(raw: Path, page: Snapshot) -> None:
    """Keep a page, and the row that tells of it."""
    address = f"https://x.example/{page.snapshot_id}"
    row = Fetch(
        at="2026-01-01T00:00:00Z",
        address=address,
        final=address,
        outcome="new",
        status=200,
        headers=page.headers,
        snapshot_id=page.snapshot_id,
    )
    Ledger(raw).append(row, archive.place(page, raw))


def main() -> int:
    """Run the trials that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kill", type=int, default=500)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--records", type=int, default=200)
    parser.add_argument("--sizes", type=int, default=20)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=300, help="of each size, for throughput")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for size in SIZES:
        throughput(options.pages, size)
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
