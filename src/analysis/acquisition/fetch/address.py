"""Which addresses may be fetched: public web addresses, and nothing inside a network.

A link in a page can point at a router, a cloud's metadata service or a file, in spellings made to
slip through: ``http://0x7f.1/``, ``http://2130706433/``, ``http://[::ffff:10.0.0.1]/``. So every
address is resolved here, every result checked, and the connection goes to the result checked.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from analysis.model.errors import FetchRefused, SourceError

PORTS = {"http": 80, "https": 443}
INSIDE = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".onion")


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: where it points by name, and the numeric addresses it may connect to."""

    address: str
    scheme: str
    host: str
    port: int
    numbers: tuple[str, ...]


def check_address(address: str, *, allow_private: bool = False) -> Target:
    """Return where an address points, resolved and checked.

    Raises
    ------
    FetchRefused
        It is no public web address; the message says why.
    SourceError
        Its host name does not resolve.
    """
    scheme, host, port, clean = take_apart(address)
    if not allow_private and (host == "localhost" or host.endswith(INSIDE)):
        raise FetchRefused(f"{clean}: {host} is a name inside a network, not on the public web")
    numbers = resolve(host, port)
    if not allow_private:
        for number in numbers:
            refuse_private(number, clean)
    return Target(clean, scheme, host, port, tuple(numbers))


def take_apart(address: str) -> tuple[str, str, int, str]:
    """Return scheme, host, port and the address without its fragment, or refuse it."""
    if any(ch <= " " or ch == "\x7f" for ch in address.strip()) or "\\" in address:
        raise FetchRefused(f"{address!r} holds blanks, control characters or backslashes")
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise FetchRefused(f"{address!r} is no web address: {error}") from error
    if parts.scheme not in PORTS:
        found = f"{parts.scheme}:" if parts.scheme else "no scheme"
        raise FetchRefused(f"{address!r} has {found}; expected http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise FetchRefused(f"the address of {host} carries a user name or password; leave it out")
    if not host:
        raise FetchRefused(f"{address!r} names no host")
    clean = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))
    return parts.scheme, as_ascii(host), port or PORTS[parts.scheme], clean


def as_ascii(host: str) -> str:
    """Return a host name as the network knows it."""
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise FetchRefused(f"{host!r} is no host name: {error}") from error


def resolve(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host, in the system's order.

    The system reads decimal, octal and hexadecimal spellings just as a connection would, so that
    what is checked is what would be reached.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"{host} does not resolve: {error}; check the address") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def refuse_private(number: str, address: str) -> None:
    """Raise FetchRefused unless a numeric address is a public one."""
    bare = number.partition("%")[0]
    parsed = ipaddress.ip_address(bare)
    for inner in embedded(parsed):
        if not inner.is_global or inner.is_multicast or inner.is_reserved:
            raise FetchRefused(
                f"{address} leads to {number}, which is not a public address; nothing was fetched"
            )


def embedded(
    parsed: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """Return an address and the IPv4 addresses that it may be translated to on its way."""
    found: list[ipaddress.IPv4Address | ipaddress.IPv6Address] = [parsed]
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return [parsed.ipv4_mapped]
        if parsed.sixtofour:
            found.append(parsed.sixtofour)
        if parsed.teredo:
            found += parsed.teredo
        if parsed in ipaddress.ip_network("64:ff9b::/96"):
            return [ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)]
    return found
