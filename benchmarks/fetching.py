"""How fetches end on a faulty server of our own: outcomes, deadlines, memory, requests, spellings.

The server listens on the loopback. Timings are compared with what the rules allow, not with a clock
of another machine: the pauses between requests set how long a list must take.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.acquisition.odd_server import serving
from tests.acquisition.test_fetch import FAULTS, SPELLINGS

from analysis.acquisition.fetch import Limits, Manners, fetch, outcomes
from analysis.acquisition.fetch.turns import Turns
from analysis.acquisition.ledger import Ledger
from analysis.model.errors import FetchError
from analysis.pipeline.fetching import fetch_list

SLACK = 2.0  # seconds beyond the deadline that a fetch may take
DEADLINE = 6.0
MEGABYTE = 1024  # kilobytes

STOPPED = (0.6, 1.1)  # seconds after which a list is stopped: it starts in half a second


def peak() -> int:
    """Return the largest memory of this process so far, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def faults() -> None:
    """Fetch every faulty page once and compare how it ended with how it should."""
    kind = exact = late = beyond = 0
    growth = 0
    with serving() as (address, seen):
        for path, outcome, tries in FAULTS:
            seen.handler.counts.clear()
            before, began = peak(), time.monotonic()
            try:
                fetch(
                    address + path,
                    Limits(deadline=DEADLINE, allowed=("127.0.0.1",)),
                    Manners(turns=Turns(0)),
                )
                found = "kept"
            except FetchError as error:
                found = error.outcome
            took = time.monotonic() - began
            growth = max(growth, peak() - before)
            known = outcomes()
            exact += found == outcome
            kind += found in known and known[found].kind == known[outcome].kind
            late += took > DEADLINE + SLACK
            beyond += seen.handler.counts[path] > tries
            if found != outcome:
                print(f"  {path}: {found}, expected {outcome}, after {took:.1f} s")
    print(
        f"faults: {len(FAULTS)}; right in kind {kind}, exact {exact}, later than the deadline and "
        f"{SLACK:g} s {late}, more requests than the rule {beyond}; largest growth of memory "
        f"{growth / MEGABYTE:.0f} MB"
    )


def spellings() -> None:
    """Try to reach the loopback under every spelling, directly and by a redirect."""
    with serving() as (address, seen):
        port = address.rpartition(":")[2]
        for host in SPELLINGS:
            try:
                fetch(f"http://{host}:{port}/page", Limits(deadline=DEADLINE))
            except FetchError:
                continue
        hits = len(seen)
    print(f"spellings of private addresses: {len(SPELLINGS)}; requests that reached one {hits}")


def hangs() -> None:
    """Fetch pages that come a byte at a time, or never."""
    late = 0
    paths = ("/drip", "/drain", "/drophead", "/endless")
    with serving() as (address, _):
        for path in paths:
            for deadline in (0.5, 1.0):
                began = time.monotonic()
                try:
                    limits = Limits(deadline=deadline, allowed=("127.0.0.1",))
                    fetch(address + path, limits, Manners(turns=Turns(0)))
                except FetchError:
                    pass
                late += time.monotonic() - began > deadline + SLACK
    print(f"slow answers: {2 * len(paths)}; later than the deadline and {SLACK:g} s {late}")


def throughput(pages: int, hosts: int, pause: float) -> None:
    """Fetch pages of many hosts and compare the time with what the pauses alone demand."""
    servers = [serving(f"127.0.0.{n + 1}") for n in range(hosts)]
    opened = [server.__enter__() for server in servers]
    try:
        addresses = [f"{opened[n % hosts][0]}/page/{n}" for n in range(pages)]
        own = {f"127.0.0.{n + 1}": pause for n in range(hosts)}
        manners = Manners(turns=Turns(1.0, own))
        with tempfile.TemporaryDirectory() as folder:
            began = time.monotonic()
            rows = fetch_list(addresses, Path(folder), Limits(allowed=tuple(own)), manners)
            took = time.monotonic() - began
        gaps = [
            b - a
            for _, seen in opened
            for a, b in zip(seen.handler.times, seen.handler.times[1:], strict=False)
        ]
        least = pages / hosts * pause  # and one pause for robots.txt
        kept = sum(outcomes()[row.outcome].kind == "kept" for row in rows)
        print(
            f"{pages} pages of {hosts} hosts, {pause:g} s between requests to one: {took:.1f} s, "
            f"the pauses alone {least:.1f} s ({took / least:.2f} times); kept {kept}, shortest gap "
            f"{min(gaps):.3f} s, threads left {threading.active_count()}"
        )
    finally:
        for server in servers:
            server.__exit__(None, None, None)


def resume(stops: int, seed: int) -> None:
    """Kill a list of fetches at random moments, go on with it, and count what was asked twice."""
    chance = random.Random(seed)
    pages, again, lost, doubled, ended, lists = 150, 0, 0, 0, 0, 0
    with serving() as (address, seen), tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "list.txt"
        while ended < stops:
            lists += 1  # one may be through before it is stopped
            run = Path(folder) / f"raw{lists}"
            seen.handler.counts.clear()
            addresses = [f"{address}/page/{lists}-{n}" for n in range(pages)]
            listed.write_text("\n".join(addresses), encoding="utf-8")
            here, done = 0, False
            while not done:
                stop = chance.uniform(*STOPPED) if ended < stops else None
                killed = not run_list(listed, run, stop)
                here, ended = here + killed, ended + killed
                done = len(Ledger(run).read().rows) >= pages
            rows = [row.address for row in Ledger(run).read().rows]
            lost += len(set(addresses) - set(rows))
            doubled += len(rows) - len(set(rows))
            asked = sum(n for path, n in seen.handler.counts.items() if path != "/robots.txt")
            again += max(0, asked - pages - here)
    print(
        f"stopped and resumed: {ended} stops; pages lost {lost}, rows doubled {doubled}, pages "
        f"asked again beyond one a stop {again}"
    )


def run_list(listed: Path, raw: Path, seconds: float | None) -> bool:
    """Run ``fetch --list`` and say whether it came to its end before it was killed."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "analysis", "fetch", "--list", str(listed), "--raw", str(raw)]
    command += ["--allow", "127.0.0.1", "--pause", "0"]
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(command, env=env, stdout=quiet, stderr=quiet)
    try:
        return child.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        return False


def main() -> int:
    """Run every part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--pause", type=float, default=1.0)
    parser.add_argument("--stops", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    resume(options.stops, options.seed)
    faults()
    spellings()
    hangs()
    throughput(options.pages, 20, options.pause)
    return 0


if __name__ == "__main__":
    sys.exit(main())
