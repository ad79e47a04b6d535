"""From an address to its bytes, politely and safely; every way to fail has a name.

Only public web addresses; robots.txt obeyed and pauses kept; every redirect checked like the first
address; certificates verified; tried again only where that can help; a deadline for the whole and a
limit on the size. Walls and logins are named and left alone.
"""

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from analysis import __version__
from analysis.acquisition.fetch import robots
from analysis.acquisition.fetch.address import Target, check_address
from analysis.acquisition.fetch.connect import Deadline
from analysis.acquisition.fetch.outcomes import failure, outcomes
from analysis.acquisition.fetch.request import Answer, Request, ask, outcome_of
from analysis.acquisition.fetch.retrying import wait_before
from analysis.acquisition.fetch.turns import Turns
from analysis.model import media
from analysis.model.documents import Snapshot
from analysis.model.errors import FetchError, SourceError

SIZE_LIMIT = 20_000_000
DEADLINE = 30.0
ROBOTS_SECONDS = 10.0  # for a robots.txt, within the deadline
MOST_HOPS = 10
UNWANTED = ("application/x-executable", "application/vnd.microsoft.portable-executable")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a fetch may take in all, in seconds, how large the page may be, in bytes."""

    deadline: float = DEADLINE
    size: int = SIZE_LIMIT
    allowed: tuple[str, ...] = ()  # hosts inside a network that may be fetched, for tests


@dataclass(slots=True)
class Manners:
    """What fetches of one run share: who asks, the pauses between requests, the sites' rules.

    Raises
    ------
    SourceError
        The contact cannot stand in a header.
    """

    contact: str = ""
    turns: Turns = field(default_factory=Turns)
    known: robots.Known = field(default_factory=robots.Known)
    chance: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        """Refuse a contact that would break the header it stands in."""
        if not (self.contact.isascii() and self.contact.isprintable()):
            raise SourceError(
                f"contact is {self.contact!a}: expected one line of plain ASCII, such as "
                "mailto:you@university.example"
            )

    @property
    def user_agent(self) -> str:
        """Who asks, and how the person behind it can be reached."""
        person = f"; {self.contact}" if self.contact else ""
        return f"{robots.NAME}/{__version__} (academic research{person})"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came, or the word that it is unchanged (``snapshot`` is None then)."""

    snapshot: Snapshot | None
    address: str
    hops: tuple[str, ...]
    status: int
    tries: int


def fetch(
    address: str,
    limits: Limits | None = None,
    manners: Manners | None = None,
    conditions: Mapping[str, str] | None = None,
) -> Fetched:
    """Fetch one page from the web.

    Parameters
    ----------
    address
        An ``http://`` or ``https://`` address without user name and password.
    limits
        Deadline, size, and hosts that may lie inside the network.
    manners
        What the fetches of one run share; without them the fetch stands alone.
    conditions
        Headers of a conditional request, ``If-None-Match`` and ``If-Modified-Since``, where bytes
        of this address are kept already.

    Returns
    -------
    Fetched
        The snapshot has the bytes, the address they came from in the end, the addresses passed on
        the way (``hops``), status, headers, and the time in UTC. Nothing is written: see `archive`.

    Raises
    ------
    FetchError
        The page cannot be had whole; ``outcome`` is one of those in ``outcomes.csv``, and the
        subclass FetchRefused says that the page was not asked for.
    """
    run = _Run(limits or Limits(), manners or Manners(), dict(conditions or {}))
    try:
        with Deadline(run.limits.deadline) as deadline:
            return run.follow(address, deadline)
    except FetchError as error:
        error.hops, error.tries, error.status = tuple(run.hops), run.tries, run.status
        raise


def get(address: str, limits: Limits | None = None) -> Snapshot:
    """Fetch one page that nothing is known of yet, and return it: see `fetch`."""
    found = fetch(address, limits).snapshot
    if found is None:  # a server that says "unchanged" unasked has been refused before
        raise failure("unexpected_status", f"{address} sent no page")
    return found


class _Run:
    """One fetch while it runs: the hops passed and the tries made."""

    def __init__(self, limits: Limits, manners: Manners, conditions: Mapping[str, str]) -> None:
        self.limits, self.manners, self.conditions = limits, manners, conditions
        self.hops: list[str] = []
        self.tries = 0
        self.status: int | None = None

    def follow(self, address: str, deadline: Deadline) -> Fetched:
        """Go from redirect to redirect until a page comes."""
        target = self._check(address, deadline)
        while True:
            self._obey(target, deadline)
            answer = self._persist(target, deadline)
            if not answer.redirect:
                return self._fetched(target, answer)
            self.hops.append(target.address)
            target = self._check(answer.redirect, deadline)
            self._count(target)

    def _check(self, address: str, deadline: Deadline) -> Target:
        return check_address(address, allowed=self.limits.allowed, seconds=deadline.left)

    def _count(self, target: Target) -> None:
        """Refuse a redirect that leads nowhere."""
        if target.address in self.hops:
            reason = f"{self.hops[0]} is redirected back to {target.address}"
            raise failure("redirect_loop", reason)
        if len(self.hops) > MOST_HOPS:
            reason = f"{self.hops[0]} is redirected more than {MOST_HOPS} times"
            raise failure("too_many_redirects", reason)

    def _persist(self, target: Target, deadline: Deadline) -> Answer:
        """Ask until an answer comes that is worth keeping, or no further try would help."""
        asked = Request(self.manners.user_agent, self.limits.size, self.conditions)
        self.tries = 0
        while True:
            self.tries += 1
            after: float | None = None
            try:
                turn = self.manners.turns.taking(target.authority, deadline)
                answer = ask(target, asked, deadline, turn)
                self.status, after = answer.status, answer.retry_after
                outcome = outcome_of(answer)
                if not outcome:
                    return answer
                raise failure(outcome, f"{target.address} {_said(answer)}")
            except FetchError as error:
                wait = self._wait_after(error, after)
                if wait is None or wait >= deadline.left:
                    raise
                time.sleep(wait)

    def _wait_after(self, error: FetchError, after: float | None) -> float | None:
        """Return how long to wait before the next try, None when there is to be none."""
        if not outcomes()[error.outcome].retried:
            return None
        return wait_before(self.tries, after, self.manners.chance)

    def _obey(self, target: Target, deadline: Deadline) -> None:
        """Ask the site's robots.txt whether the page may be fetched, and keep its pauses."""

        def read() -> robots.Rules:
            return self._read_robots(target, deadline)

        rules = self.manners.known.of(target, deadline.left, read)
        self.manners.turns.lengthen(target.authority, rules.pause)
        if rules.trouble:
            reason = f"{robots.place(target)} cannot be had ({rules.trouble.outcome})"
            raise failure("robots_unreachable", reason)
        if not rules.allow(target.address):
            reason = f"{robots.place(target)} asks programs not to fetch {target.address}"
            raise failure("robots_disallowed", reason)

    def _read_robots(self, target: Target, deadline: Deadline) -> robots.Rules:
        """Return what a site's robots.txt asks.

        A host that cannot be reached at all is no matter of its robots.txt: that error goes on.
        """
        asked = Request(self.manners.user_agent, robots.SIZE, {}, cut=True)
        seconds = min(ROBOTS_SECONDS, deadline.left / 2)
        try:
            with Deadline(seconds) as own:
                at = self._check(robots.place(target), own)
                for _ in range(robots.HOPS + 1):
                    answer = ask(at, asked, own, self.manners.turns.taking(at.authority, own))
                    if not answer.redirect:
                        return _rules_of(answer)
                    at = self._check(answer.redirect, own)
        except FetchError as error:
            if error.outcome in ("name_not_resolved", "connection_refused", "tls_error"):
                raise
            return robots.Rules(trouble=error)
        return robots.Rules(missing=True)  # RFC 9309: after five redirects as if there were none

    def _fetched(self, target: Target, answer: Answer) -> Fetched:
        """Return a page with how it came."""
        hops = tuple(self.hops)
        if answer.unchanged:
            return Fetched(None, target.address, hops, answer.status, self.tries)
        kind = media.sniff(answer.body, target.address)
        if kind in UNWANTED:
            raise failure("unwanted_type", f"{target.address} is a program ({kind})")
        snapshot = Snapshot(
            snapshot_id=sha256(answer.body).hexdigest(),
            body=answer.body,
            path=target.address,
            address=target.address,
            hops=hops,
            status=answer.status,
            headers=answer.headers,
            retrieved_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            media_type=kind,
        )
        return Fetched(snapshot, target.address, hops, answer.status, self.tries)


def _rules_of(answer: Answer) -> robots.Rules:
    """Return the rules that the answer to a request for robots.txt sets."""
    if answer.status == 200:
        return robots.parse(answer.body)
    if 400 <= answer.status < 500:
        return robots.Rules(missing=True)
    reason = f"robots.txt answered with status {answer.status}"
    return robots.Rules(trouble=failure("robots_unreachable", reason))


def _said(answer: Answer) -> str:
    """Return what an answer that is no page says."""
    return f"answered with status {answer.status}" + ("" if answer.body else " and no body")
