"""What a site's robots.txt asks of programs, kept for as long as a run lasts.

RFC 9309: an answer of 400 to 499 means that all may be fetched, a server error or no answer that
nothing may. At least 500 KiB are read; what is behind that is not.
"""

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from analysis.acquisition.fetch.address import Target
from analysis.acquisition.fetch.outcomes import failure
from analysis.model.errors import FetchError

NAME = "moderation-analysis"  # the name under which a robots.txt can speak to us
SIZE = 500 * 1024
HOPS = 5


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site asks: its parsed robots.txt, or why there is none.

    ``missing`` says that there is no robots.txt, so that all may be fetched; ``trouble`` is why it
    could not be had, so that nothing may.
    """

    parsed: Protego | None = None
    missing: bool = False
    trouble: FetchError | None = None

    def allow(self, address: str) -> bool:
        """Say whether a page may be fetched."""
        return self.missing or bool(self.parsed and self.parsed.can_fetch(address, NAME))

    @property
    def pause(self) -> float | None:
        """The pause between requests that it asks for, in seconds."""
        return self.parsed.crawl_delay(NAME) if self.parsed else None


def parse(body: bytes) -> Rules:
    """Return the rules that the bytes of a robots.txt set."""
    text = body[:SIZE].decode("utf-8-sig", "replace")
    return Rules(parsed=Protego.parse(text))


class Known:
    """The rules of the sites asked so far, each read once."""

    def __init__(self) -> None:
        self._rules: dict[str, Rules] = {}
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._guard = threading.Lock()

    def of(self, target: Target, seconds: float, read: Callable[[], Rules]) -> Rules:
        """Return the rules of a target's site, read with `read` where nobody has yet.

        Another fetch that is reading them is waited for, `seconds` at most.
        """
        site = origin(target)
        with self._guard:
            lock = self._locks[site]
        if not lock.acquire(timeout=seconds):
            reason = f"another fetch waits for the robots.txt of {site}"
            return Rules(trouble=failure("deadline_exceeded", reason))
        try:
            if site not in self._rules:
                self._rules[site] = read()
            return self._rules[site]
        finally:
            lock.release()


def origin(target: Target) -> str:
    """Return the site that a robots.txt speaks for."""
    return f"{target.scheme}://{target.authority}"


def place(target: Target) -> str:
    """Return where the robots.txt of a target's site is."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    return f"{target.scheme}://{host}:{target.port}/robots.txt"
