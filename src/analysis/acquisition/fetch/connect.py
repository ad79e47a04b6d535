"""One request to one checked address: the connection goes where the check looked, and ends in time.

Between a check and a connection a name can come to mean another address. So the connection goes
to the numeric address that was checked, while the host name stays in the Host header and in the
check of the certificate. A timeout of requests starts anew with every byte that drips in; here the
connection is shut when the deadline has passed, whatever it is waiting for.
"""

import socket
import threading
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from analysis.acquisition.fetch.address import Target
from analysis.acquisition.fetch.body import ASKED_FOR


class Deadline:
    """Shuts the connections opened under it when `seconds` have passed."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._handles: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Start the clock."""
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the clock."""
        self._timer.cancel()
        with self._lock:
            for handle in self._handles:
                handle.close()
            self._handles.clear()

    @property
    def left(self) -> float:
        """Seconds left, never quite nothing, so that it can serve as a timeout."""
        return max(0.001, self._end - time.monotonic())

    @property
    def passed(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._end

    def watch(self, connection: socket.socket) -> None:
        """Put a connection under the deadline; TLS takes the socket over, so a copy is kept."""
        with self._lock:
            self._handles.append(connection.dup())

    def _shut(self) -> None:
        with self._lock:
            for handle in self._handles:
                try:
                    handle.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # closed already


class PinnedAdapter(HTTPAdapter):
    """Connects to the numeric address of a `Target`, whatever its name resolves to by now."""

    def __init__(self, target: Target, deadline: Deadline) -> None:
        self._target = target
        self._deadline = deadline
        super().__init__(max_retries=0, pool_connections=1, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Set up pools whose connections go to the checked address."""
        super().init_poolmanager(*args, **kwargs)
        target, deadline = self._target, self._deadline

        def connect(connection: HTTPConnection) -> socket.socket:
            opened = connect_to(target, deadline)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            deadline.watch(opened)
            return opened

        plain = type("Plain", (HTTPConnection,), {"_new_conn": connect})
        secure = type("Secure", (HTTPSConnection,), {"_new_conn": connect})
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }


def connect_to(target: Target, deadline: Deadline) -> socket.socket:
    """Return a connection to the first of the checked addresses that answers."""
    for number in target.numbers[:-1]:
        try:
            return socket.create_connection((number, target.port), timeout=deadline.left / 2)
        except OSError:
            continue
    return socket.create_connection((target.numbers[-1], target.port), timeout=deadline.left)


class Session(requests.Session):
    """A session that leaves redirects to us.

    Told not to follow them, requests still reads their bodies to the end, however long they are.
    """

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Say that no answer redirects."""
        return None


def open_session(
    target: Target, deadline: Deadline, user_agent: str, conditions: Mapping[str, str]
) -> requests.Session:
    """Return a session for one request: no proxies, cookies or credentials from surroundings."""
    session = Session()
    session.trust_env = False
    session.headers.clear()
    session.headers.update(
        {
            "User-Agent": user_agent,
            "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
            "Accept-Encoding": ASKED_FOR,
        }
        | dict(conditions)
    )
    for scheme in ("http://", "https://"):
        session.mount(scheme, PinnedAdapter(target, deadline))
    return session
