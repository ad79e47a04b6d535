"""From addresses to the archive: one fetch or a list of them, each leaving a row in the ledger.

A source that is kept already is asked whether it has changed; unchanged, it leaves a row and no
copy. A list is worked off host by host, each in its turn and many hosts at once; ended half-way, it
goes on where it stopped.
"""

import hashlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from analysis.acquisition import archive
from analysis.acquisition.changes import tell_changes
from analysis.acquisition.fetch import Fetched, Limits, Manners
from analysis.acquisition.fetch import fetch as ask_for
from analysis.acquisition.ledger import Fetch, Ledger, of_run
from analysis.model.errors import FetchError, RawChanged, SourceError
from analysis.model.paths import find_project
from analysis.model.schema import field_names

if TYPE_CHECKING:
    import pandas as pd

MOST_AT_ONCE = 32
NAP = 0.5  # seconds after which a waiting worker looks again
HEAD_START = 0.2  # seconds before its turn in which a fetch gets ready; `Turns` keeps the pause
CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
LONGEST_CONDITION = 1_000  # characters of an ETag that are sent back
Told = Callable[[Fetch], None]


class Kept(NamedTuple):
    """What was kept of an address last."""

    snapshot_id: str
    body: bytes


def fetch_one(
    address: str,
    raw: Path,
    limits: Limits | None = None,
    manners: Manners | None = None,
    *,
    kept_before: Mapping[str, Fetch] | None = None,
    run: str = "",
) -> Fetch:
    """Fetch an address, keep what came, and write down how it ended.

    Parameters
    ----------
    address
        An ``http://`` or ``https://`` address.
    raw
        The folder data/raw.
    limits, manners
        As in `fetch`.
    kept_before
        The last row with a snapshot of every address, as `Ledger.kept` returns them; read from the
        ledger when not given, which for every page of a list would cost more and more.
    run
        Name of the list that the address belongs to.

    Returns
    -------
    Fetch
        The row as it stands in the ledger; its ``outcome`` says how the fetch ended. It does not
        raise for a page that cannot be had.

    Raises
    ------
    StoreError
        The row cannot be written: nobody may rely on this fetch.
    """
    ledger = Ledger(raw)
    before = (ledger.kept() if kept_before is None else kept_before).get(address)
    started, at = time.monotonic(), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    row, page = Fetch(at=at, address=address, outcome="", run=run), None
    try:
        kept = _last_kept(raw, before)
        conditions = _conditions(before) if before and kept else {}
        found = ask_for(address, limits, manners, conditions)
        row, page = _place(row, found, kept, raw)
    except FetchError as error:
        row = replace(
            row,
            outcome=error.outcome,
            hops=error.hops,
            status=error.status,
            tries=error.tries,
            previous=before.snapshot_id if before else "",
            message=str(error),
        )
    row = replace(row, seconds=round(time.monotonic() - started, 3))
    ledger.append(row, page)
    return row


def _last_kept(raw: Path, before: Fetch | None) -> Kept | None:
    """Return what was kept of an address last; a damaged copy counts as none."""
    if before is None:
        return None
    try:
        return Kept(before.snapshot_id, archive.load(raw, before.snapshot_id))
    except (SourceError, RawChanged):
        return None


def _conditions(before: Fetch) -> Mapping[str, str]:
    """Return the headers that ask for a page only if it has changed."""
    named = {name.lower(): value for name, value in before.headers}
    return {
        ask: named[had]
        for had, ask in CONDITIONS.items()
        if named.get(had, "").isprintable() and 0 < len(named.get(had, "")) <= LONGEST_CONDITION
    }


def _place(row: Fetch, found: Fetched, kept: Kept | None, raw: Path) -> tuple[Fetch, Path | None]:
    """Return the row of a page that came, and the file of its bytes where they are new."""
    row = replace(row, final=found.address, hops=found.hops, status=found.status, tries=found.tries)
    row = replace(row, previous=kept.snapshot_id if kept else "")
    page = found.snapshot
    if page is None:
        message = "the server says so"
        return replace(row, outcome="seen_again", snapshot_id=row.previous, message=message), None
    row = replace(row, headers=page.headers)
    if page.snapshot_id == row.previous:
        message = "the same bytes came"
        return replace(row, outcome="seen_again", snapshot_id=row.previous, message=message), None
    try:
        placed = archive.place(page, raw)
    except SourceError as error:
        return replace(row, outcome="archive_failed", message=str(error)), None
    row = replace(row, snapshot_id=page.snapshot_id)
    if kept is None:
        return replace(row, outcome="new"), placed
    message = tell_changes(kept.body, page.body)
    return replace(row, outcome="changed", message=message), placed


@dataclass(slots=True)
class ListRun:
    """A list while it is worked off: its name in the ledger, what is done, what is left."""

    name: str
    done: list[Fetch]
    left: list[str]


def plan(addresses: Iterable[str], ledger: Ledger) -> ListRun:
    """Return which addresses of a list are left to fetch.

    A list is known by its addresses. Where its last run was ended before it was through, that run
    goes on; else a new one begins. A row whose page is not whole, as a power cut can leave one, is
    not done.
    """
    wanted = list(dict.fromkeys(a.strip() for a in addresses if a.strip()))
    digest = hashlib.sha256("\n".join(sorted(wanted)).encode("utf-8", "replace")).hexdigest()[:12]
    rows = ledger.read().rows
    runs = [int(r.run.partition(".")[2] or 0) for r in rows if r.run.startswith(f"{digest}.")]
    number = max(runs, default=0)
    done = list(of_run(rows, f"{digest}.{number}"))
    done = [row for row in done if not row.snapshot_id or _last_kept(ledger.raw, row)]
    through = {row.address for row in done}
    left = [address for address in wanted if address not in through]
    if not left or not number:
        number, done, left = number + 1, [], wanted
    return ListRun(f"{digest}.{number}", done, left)


def fetch_list(
    addresses: Iterable[str],
    raw: Path,
    limits: Limits | None = None,
    manners: Manners | None = None,
    *,
    told: Told | None = None,
    at_once: int = MOST_AT_ONCE,
) -> list[Fetch]:
    """Fetch a list of addresses, each once, and return their rows.

    Hosts are asked at the same time, one page after the other each: see `Turns`. `told` is called
    with each row as it is written.

    Raises
    ------
    StoreError
        The ledger cannot be written; what was not written is fetched again next time.
    """
    ledger = Ledger(raw)
    run = plan(addresses, ledger)
    kept = ledger.kept()
    shared = manners or Manners()
    queue = _Queue(run.left, shared)
    rows: list[Fetch] = []
    faults: list[BaseException] = []

    def work() -> None:
        for address in queue.take():
            try:
                row = fetch_one(address, raw, limits, shared, kept_before=kept, run=run.name)
                rows.append(row)
                if told:
                    told(row)
            except Exception as error:  # handed on to the one who waits for the list
                faults.append(error)
                queue.close()
                return

    workers = [threading.Thread(target=work, daemon=True) for _ in range(min(at_once, queue.hosts))]
    for worker in workers:
        worker.start()
    try:
        for worker in workers:
            while worker.is_alive():
                worker.join(NAP)
    except BaseException:
        queue.close()  # what is under way ends by its deadline; nothing new begins
        raise
    if faults:
        raise faults[0]
    order = {row.address: row for row in (*run.done, *rows)}
    return list(order.values())


def fetch(addresses: str | Iterable[str], *, contact: str = "") -> "pd.DataFrame":
    """Fetch public pages politely and keep them for good in data/raw: this goes online.

    Parameters
    ----------
    addresses : str or iterable of str
        One address or many; each is fetched once. Given again after they were all through, the
        sources are asked whether they have changed.
    contact : str
        How a site can reach you, for the User-Agent: ``mailto:you@university.example``.

    Returns
    -------
    DataFrame
        One row an address, as it stands in the ledger: columns of
        `analysis.acquisition.ledger.Fetch`. ``outcome`` says how the fetch ended; a page that is
        kept has a ``snapshot_id``. It does not raise for a page that cannot be had.

    Raises
    ------
    SourceError
        There is no project around the working directory, or the contact is none.
    StoreError
        The ledger cannot be written; what was not written is fetched again next time.
    """
    import pandas as pd

    listed = [addresses] if isinstance(addresses, str) else addresses
    rows = fetch_list(listed, find_project().raw, manners=Manners(contact))
    names = field_names(Fetch)
    return pd.DataFrame([[getattr(row, name) for name in names] for row in rows], columns=names)


class _Queue:
    """Hands out addresses so that no host is asked before its turn, and none waits for another."""

    def __init__(self, addresses: Sequence[str], manners: Manners) -> None:
        self._manners = manners
        self._left: dict[str, deque[str]] = {}
        for address in addresses:
            self._left.setdefault(_authority(address), deque()).append(address)
        self.hosts = len(self._left)
        self._busy: set[str] = set()
        self._changed = threading.Condition()
        self._closed = False

    def close(self) -> None:
        """Hand out nothing more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def take(self) -> Iterator[str]:
        """Yield addresses to fetch until none is left; each host is held while it is asked."""
        while True:
            host = self._next_host()
            if host is None:
                return
            try:
                yield self._left[host].popleft()
            finally:
                with self._changed:
                    self._busy.discard(host)
                    if not self._left[host]:
                        del self._left[host]
                    self._changed.notify_all()

    def _next_host(self) -> str | None:
        """Wait for a host that may be asked now, and hold it."""
        with self._changed:
            while self._left and not self._closed:
                waits = {
                    host: self._manners.turns.wait_for(host)
                    for host in self._left
                    if host not in self._busy
                }
                soonest = min(waits, key=waits.__getitem__, default=None)
                if soonest is not None and waits[soonest] <= HEAD_START:
                    self._busy.add(soonest)
                    return soonest
                self._changed.wait(min(waits.values(), default=NAP + HEAD_START) - HEAD_START)
        return None


def _authority(address: str) -> str:
    """Return the host and port of an address, as `Target.authority` does for most."""
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return f"{(parts.hostname or '').rstrip('.')}:{port}"
    except ValueError:
        return address
