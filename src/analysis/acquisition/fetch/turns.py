"""Pauses between requests to one host, kept however many fetches run at once.

The pause counts from when the last answer began, not from when the request was sent: so the server
never sees two requests closer together than that, whatever the way between us does.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from analysis.acquisition.fetch.connect import Deadline
from analysis.acquisition.fetch.outcomes import failure

PAUSE = 1.0  # seconds between two requests to a host whose robots.txt asks for nothing longer
LONGEST_PAUSE = 60.0  # that a robots.txt can ask for


class Turns:
    """Gives one fetch after the other the turn to ask a host."""

    def __init__(self, pause: float = PAUSE, own: Mapping[str, float] | None = None) -> None:
        self.pause = pause
        self._own = dict(own or {})  # pauses for servers of one's own, by host or host:port
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._answered: dict[str, float] = {}
        self._pauses: dict[str, float] = {}
        self._guard = threading.Lock()

    def lengthen(self, authority: str, pause: float | None) -> None:
        """Note the pause that a host's robots.txt asks for; at most 60 seconds are kept."""
        if pause is not None:
            self._pauses[authority] = min(pause, LONGEST_PAUSE)

    def pause_of(self, authority: str) -> float:
        """Return the seconds between two requests to a host: ours, or longer ones it asks for."""
        host = authority.rpartition(":")[0]
        ours = self._own.get(authority, self._own.get(host, self.pause))
        return max(ours, self._pauses.get(authority, 0.0))

    def wait_for(self, authority: str) -> float:
        """Return the seconds until a host may be asked again."""
        if authority not in self._answered:
            return 0.0
        over = self._answered[authority] + self.pause_of(authority)
        return max(0.0, over - time.monotonic())

    @contextmanager
    def taking(self, authority: str, deadline: Deadline) -> Iterator[None]:
        """Hold the turn of a host: wait until it may be asked, and let go when it has answered.

        Raises
        ------
        FetchRefused
            The wait would go beyond the deadline; nothing is sent.
        """
        with self._guard:
            lock = self._locks[authority]
        if not lock.acquire(timeout=deadline.left):
            raise self._too_long(authority, deadline)
        try:
            wait = self.wait_for(authority)
            if wait >= deadline.left:
                raise self._too_long(authority, deadline)
            time.sleep(wait)
            try:
                yield
            finally:
                self._answered[authority] = time.monotonic()
        finally:
            lock.release()

    def _too_long(self, authority: str, deadline: Deadline) -> Exception:
        reason = (
            f"{authority} is asked once in {self.pause_of(authority):g} s, and the turn would come "
            f"after the deadline of {deadline.seconds:g} s"
        )
        return failure("delay_beyond_deadline", reason)
