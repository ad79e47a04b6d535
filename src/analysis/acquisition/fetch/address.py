"""Which addresses may be fetched: public web addresses, and nothing inside a network.

A link in a page can point at a router, a cloud's metadata service or a file, in spellings made to
slip through: ``http://0x7f.1/``, ``http://2130706433/``, ``http://[::ffff:10.0.0.1]/``. So every
address is resolved here, every result checked, and the connection goes to the result checked.
"""

import ipaddress
import socket
import threading
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from analysis.acquisition.fetch.outcomes import failure

PORTS = {"http": 80, "https": 443}
INSIDE = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".onion")
# Inside a network, or nowhere, though the standard library takes them for public: metadata of
# clouds (Azure, Oracle), site-local, relays to 6to4, documentation.
NOT_PUBLIC = tuple(
    ipaddress.ip_network(text)
    for text in ("168.63.129.16", "192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "3fff::/20")
)
ISATAP = (0x00005EFE, 0x02005EFE)  # before the IPv4 address in the second half of an IPv6 one
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Number = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: where it points by name, and the numeric addresses it may connect to."""

    address: str
    scheme: str
    host: str
    port: int
    numbers: tuple[str, ...]

    @property
    def authority(self) -> str:
        """Host and port: what robots.txt and pauses between requests hold for."""
        return f"{self.host}:{self.port}"


def check_address(
    address: str, *, allowed: Collection[str] = (), seconds: float | None = None
) -> Target:
    """Return where an address points, resolved and checked.

    Parameters
    ----------
    address
        As typed, or as a redirect gives it.
    allowed
        Hosts that may lie inside a network, as ``host`` or ``host:port``: for tests against a
        server of one's own.
    seconds
        How long the host name may take to resolve.

    Raises
    ------
    FetchRefused
        It is no public web address; the message says why.
    FetchError
        Its host name does not resolve.
    """
    scheme, host, port, clean = take_apart(address)
    free = host in allowed or f"{host}:{port}" in allowed
    if not free and (host == "localhost" or host.endswith(INSIDE)):
        reason = f"{clean}: {host} is a name inside a network, not on the public web"
        raise failure("private_address", reason)
    numbers = resolve(host, port, seconds)
    if not free:
        for number in numbers:
            refuse_private(number, clean)
    return Target(clean, scheme, host, port, tuple(numbers))


def take_apart(address: str) -> tuple[str, str, int, str]:
    """Return scheme, host, port and the address without its fragment, or refuse it."""
    typed = address.strip()
    if any(ch <= " " or ch == "\x7f" for ch in typed) or "\\" in typed:
        reason = f"{address!r} holds blanks, control characters or backslashes"
        raise failure("bad_address", reason)
    try:
        parts = urlsplit(typed)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise failure("bad_address", f"{address!r} is no web address: {error}") from error
    if parts.scheme not in PORTS:
        found = f"{parts.scheme}:" if parts.scheme else "no scheme"
        raise failure("unsupported_scheme", f"{address!r} has {found}")
    if parts.username is not None or parts.password is not None:
        reason = f"the address of {host} carries a user name or password"
        raise failure("credentials_in_address", reason)
    if not host:
        raise failure("bad_address", f"{address!r} names no host")
    clean = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))
    return parts.scheme, as_ascii(host), port or PORTS[parts.scheme], clean


def as_ascii(host: str) -> str:
    """Return a host name as the network knows it."""
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError as error:
        raise failure("bad_address", f"{host!r} is no host name: {error}") from error


def resolve(host: str, port: int, seconds: float | None = None) -> list[str]:
    """Return the numeric addresses of a host, in the system's order.

    The system reads decimal, octal and hexadecimal spellings just as a connection would, so that
    what is checked is what would be reached. It knows no time limit, so it is asked beside.
    """
    answers: list[list[str]] = []
    errors: list[Exception] = []

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.append(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except (OSError, UnicodeError) as error:
            errors.append(error)

    beside = threading.Thread(target=look_up, daemon=True)
    beside.start()
    beside.join(seconds)
    if answers and answers[0]:
        return answers[0]
    reason = errors[0] if errors else "no answer in time"
    raise failure("name_not_resolved", f"{host} does not resolve: {reason}")


def refuse_private(number: str, address: str) -> None:
    """Raise FetchRefused unless a numeric address is a public one."""
    bare = number.partition("%")[0]
    for inner in embedded(ipaddress.ip_address(bare)):
        inside = any(inner in network for network in NOT_PUBLIC)
        if inside or not inner.is_global or inner.is_multicast or inner.is_reserved:
            reason = f"{address} leads to {number}, which is no public address"
            raise failure("private_address", reason)


def embedded(parsed: Number) -> list[Number]:
    """Return an address and the IPv4 addresses that it may be translated to on its way."""
    found: list[Number] = [parsed]
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return [parsed.ipv4_mapped]
        if parsed.sixtofour:
            found.append(parsed.sixtofour)
        if parsed.teredo:
            found += parsed.teredo
        if (int(parsed) >> 32) & 0xFFFFFFFF in ISATAP:
            found.append(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF))
        if parsed in NAT64:
            return [ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)]
    return found
