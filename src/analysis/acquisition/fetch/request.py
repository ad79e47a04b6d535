"""One request to one checked address, and the answer or the outcome that there is instead."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from http.client import HTTPException, RemoteDisconnected
from urllib.parse import urljoin

import requests
import urllib3

from analysis.acquisition.fetch.address import Target
from analysis.acquisition.fetch.body import read_body
from analysis.acquisition.fetch.connect import Deadline, open_session
from analysis.acquisition.fetch.outcomes import failure, of_status
from analysis.acquisition.fetch.retrying import asked_wait
from analysis.acquisition.fetch.walls import LOOKED_AT, is_wall
from analysis.model.errors import FetchError

REDIRECTS = (301, 302, 303, 307, 308)
OK, UNCHANGED = 200, 304
LARGEST_HEAD = 131_072  # bytes: it is kept in the ledger with the page
FAILED = (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a server: a page, a redirect, an unchanged page, or an error status."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    redirect: str = ""
    unchanged: bool = False  # the server says so, having been asked
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a server: as whom, with which conditions, and how much is read."""

    user_agent: str
    limit: int
    conditions: Mapping[str, str]
    cut: bool = False  # read the first bytes of a larger body


def ask(
    target: Target, asked: Request, deadline: Deadline, turn: AbstractContextManager[None]
) -> Answer:
    """Send one GET and return the answer.

    Parameters
    ----------
    target
        The checked address.
    asked
        As whom, with which conditions, how much.
    deadline
        The connection is shut when it has passed.
    turn
        Held until the answer begins: see `Turns.taking`.

    Raises
    ------
    FetchError
        No whole answer came; ``outcome`` says why.
    """
    with open_session(target, deadline, asked.user_agent, asked.conditions) as session:
        begun = False
        try:
            with turn:
                response = session.get(
                    target.address, stream=True, allow_redirects=False, timeout=deadline.left
                )
            begun = True
            answer = _take(response, target.address, asked)
        except FAILED as error:
            raise _late(target, deadline) or _broken(target, error, begun) from error
        except FetchError as error:
            # A connection shut by the deadline looks like a body that broke off.
            late = _late(target, deadline) if error.outcome == "truncated" else None
            raise late or error from None
    late = _late(target, deadline)
    if late:
        raise late
    return answer


def _take(response: requests.Response, address: str, asked: Request) -> Answer:
    """Return what a response holds."""
    headers = tuple((str(name), str(value)) for name, value in response.raw.headers.items())
    size = sum(len(name) + len(value) for name, value in headers)
    if size > LARGEST_HEAD:
        raise failure("bad_response", f"{address} came with a head of {size:,} bytes")
    status = response.status_code
    if status in REDIRECTS:
        place = response.headers.get("Location", "").strip()
        if not place:
            raise failure("bad_redirect", f"{address} redirects without saying where to")
        return Answer(status, headers, redirect=join(address, place))
    if status == UNCHANGED and asked.conditions:
        return Answer(status, headers, unchanged=True)
    if status != OK:
        body = _start_of(response, address)
        told = response.headers
        wait = asked_wait(told.get("Retry-After", ""), told.get("Date", ""))
        return Answer(status, headers, body, retry_after=wait)
    return Answer(status, headers, read_body(response, address, asked.limit, cut=asked.cut))


def _start_of(response: requests.Response, address: str) -> bytes:
    """Return the start of the body of an error, nothing where it cannot be had."""
    try:
        return read_body(response, address, LOOKED_AT, cut=True)
    except (FetchError, *FAILED):
        return b""


def outcome_of(answer: Answer) -> str:
    """Return the outcome of an answer that is no whole page, empty where it is one."""
    if answer.redirect or answer.unchanged:
        return ""
    if is_wall(answer.status, answer.headers, answer.body):
        return "bot_wall"
    if answer.status != OK:
        return of_status(answer.status)
    return "" if answer.body else "empty_body"


def join(address: str, place: str) -> str:
    """Return the address that a redirect means."""
    try:
        # Servers send raw UTF-8 here, which arrives as Latin-1.
        return urljoin(address, place.encode("latin-1").decode("utf-8"))
    except (UnicodeError, ValueError) as error:
        reason = f"{address} redirects to {place[:200]!r}, which is no address"
        raise failure("bad_redirect", reason) from error


def _late(target: Target, deadline: Deadline) -> FetchError | None:
    """Return the error for a page that took longer than allowed, None while there is time."""
    if not deadline.passed:
        return None
    reason = f"{target.address} did not come in full within {deadline.seconds:g} s"
    return failure("deadline_exceeded", reason)


def _broken(target: Target, error: Exception, begun: bool) -> FetchError:
    """Return the error for a request that failed on its way; `begun` where its body had begun."""
    chain = _chain(error)
    reason = f"{target.address} cannot be fetched: {plain_reason(chain[-1])}"
    return failure("truncated" if begun else _kind(chain), reason)


def _kind(chain: list[BaseException]) -> str:
    """Return the outcome that the chain of errors behind an answer that did not begin means."""
    kinds: tuple[tuple[str, tuple[type[BaseException], ...]], ...] = (
        ("tls_error", (requests.exceptions.SSLError, urllib3.exceptions.SSLError)),
        ("deadline_exceeded", (requests.Timeout, TimeoutError, urllib3.exceptions.TimeoutError)),
        ("connection_refused", (ConnectionRefusedError,)),
        ("connection_failed", (RemoteDisconnected, ConnectionError)),
        ("bad_response", (HTTPException, requests.exceptions.InvalidHeader)),
    )
    for outcome, types in kinds:
        if any(isinstance(error, types) for error in chain):
            return outcome
    return "connection_failed"


def _chain(error: BaseException) -> list[BaseException]:
    """Return an error with those behind it, the innermost last."""
    found: list[BaseException] = [error]
    while len(found) < 20:
        inner = found[-1].__cause__ or found[-1].__context__
        inner = inner or next((a for a in found[-1].args if isinstance(a, BaseException)), None)
        inner = inner or getattr(found[-1], "reason", None)
        if not isinstance(inner, BaseException) or inner in found:
            break
        found.append(inner)
    return found


def plain_reason(reason: BaseException) -> str:
    """Return the reason of a failed request in one line without control characters."""
    text = "".join(ch if ch.isprintable() else " " for ch in f"{reason}")
    return " ".join(text.split())[:300] or type(reason).__name__
