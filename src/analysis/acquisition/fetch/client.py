"""A plain, safe GET: one page, asked for by a person, kept as it came.

Only public web addresses, every redirect checked like the first address, certificates verified,
a deadline for the whole, a limit on the size. Robots, retries and web archives are not here yet.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urljoin

import requests
import urllib3

from analysis import __version__
from analysis.acquisition.fetch.address import Target, check_address
from analysis.acquisition.fetch.body import read_body
from analysis.acquisition.fetch.connect import Deadline, open_session
from analysis.model import media
from analysis.model.errors import FetchRefused, SourceError
from analysis.model.schema import Snapshot

SIZE_LIMIT = 20_000_000
MOST_HOPS = 10
USER_AGENT = f"moderation-analysis/{__version__} (research; single pages on a person's request)"
REDIRECTS = (301, 302, 303, 307, 308)
BY_HAND = "open it in a browser, save it as HTML and read that file"
ADVICE = {
    401: f"it asks for a login: {BY_HAND}",
    402: f"it asks for payment: {BY_HAND}",
    403: f"the site refuses programs: {BY_HAND}",
    404: "there is no such page: check the address, or look for it in a web archive",
    410: "the page was taken down: look for it in a web archive",
    429: f"the site asks to wait: try again later, or {BY_HAND}",
    451: "the page is blocked for legal reasons: look for it in a web archive",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a server: either a redirect or a page."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    redirect: str = ""


def get(
    address: str,
    *,
    timeout_total: float = 30,
    size_limit: int = SIZE_LIMIT,
    allow_private: bool = False,
) -> Snapshot:
    """Fetch one page from the web.

    Parameters
    ----------
    address
        An ``http://`` or ``https://`` address without user name and password.
    timeout_total
        Seconds for everything together, redirects included.
    size_limit
        Bytes that the page may have, packed or unpacked.
    allow_private
        Whether addresses inside the network may be fetched; for tests against a local server.

    Returns
    -------
    Snapshot
        The bytes, the address they came from in the end, the addresses passed on the way
        (``hops``), status, headers, and the time in UTC. Nothing is written: see `archive.keep`.

    Raises
    ------
    FetchRefused
        It is no address that may be fetched, or a redirect leads to such a one.
    SourceError
        The page cannot be had whole: no answer in time, an error status, too large, broken off.
    """
    hops: list[str] = []
    with Deadline(timeout_total) as deadline:
        target = check_address(address, allow_private=allow_private)
        while True:
            answer = ask(target, deadline, size_limit)
            if not answer.redirect:
                break
            hops.append(target.address)
            if len(hops) > MOST_HOPS:
                raise SourceError(f"{address} was redirected more than {MOST_HOPS} times")
            target = check_address(answer.redirect, allow_private=allow_private)
    found = Snapshot(snapshot_id=sha256(answer.body).hexdigest(), body=answer.body)
    return replace(
        found,
        path=target.address,
        address=target.address,
        hops=tuple(hops),
        status=answer.status,
        headers=answer.headers,
        retrieved_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        media_type=media.sniff(answer.body, target.address),
    )


def ask(target: Target, deadline: Deadline, size_limit: int) -> Answer:
    """Send one GET and return the answer; an error status is an error."""
    address = target.address
    with open_session(target, deadline, USER_AGENT) as session:
        try:
            response = session.get(
                address, stream=True, allow_redirects=False, timeout=deadline.left
            )
            answer = take(response, address, size_limit)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            if deadline.passed:
                raise too_slow(address, deadline) from error
            raise SourceError(f"{address} cannot be fetched: {plain_reason(error)}") from error
        except SourceError as error:
            # A connection shut by the deadline looks like a body that broke off.
            raise (too_slow(address, deadline) if deadline.passed else error) from None
    if deadline.passed:
        raise too_slow(address, deadline)
    return answer


def too_slow(address: str, deadline: Deadline) -> SourceError:
    """Return the error for a page that took longer than allowed."""
    return SourceError(
        f"{address} did not answer in full within {deadline.seconds:g} s; try again, or save it "
        "from a browser and read that file"
    )


def take(response: requests.Response, address: str, size_limit: int) -> Answer:
    """Return what a response holds, or raise for a status that is no page."""
    headers = tuple((str(name), str(value)) for name, value in response.raw.headers.items())
    if response.status_code in REDIRECTS:
        place = response.headers.get("Location", "")
        if not place:
            raise SourceError(f"{address} redirects without saying where to")
        return Answer(response.status_code, headers, redirect=join(address, place))
    if response.status_code != 200:
        raise status_error(response.status_code, address)
    return Answer(200, headers, read_body(response, address, size_limit))


def join(address: str, place: str) -> str:
    """Return the address that a redirect means."""
    try:
        # Servers send raw UTF-8 here, which arrives as Latin-1.
        return urljoin(address, place.encode("latin-1").decode("utf-8"))
    except (UnicodeError, ValueError) as error:
        raise FetchRefused(f"{address} redirects to {place!r}, which is no address") from error


def status_error(status: int, address: str) -> SourceError:
    """Return the error for a status, with what to do about it."""
    advice = ADVICE.get(status)
    if advice is None:
        advice = "the server failed: try again later" if status >= 500 else BY_HAND
    return SourceError(f"{address} answered with status {status}; {advice}")


def plain_reason(error: Exception) -> str:
    """Return the innermost reason of a failed request, in one line without control characters."""
    reason: BaseException = error
    while reason.__cause__ or reason.__context__:
        reason = reason.__cause__ or reason.__context__ or reason
    text = "".join(ch if ch.isprintable() else " " for ch in f"{reason}")
    return " ".join(text.split())[:300] or type(reason).__name__
