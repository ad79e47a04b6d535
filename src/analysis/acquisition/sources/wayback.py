"""The Wayback Machine's answer to "is there a copy of this page": where its closest copy is.

Layout known as of 2026: the availability API, JSON with ``archived_snapshots.closest`` that has
``available``, ``status``, ``timestamp`` (14 digits) and ``url``. A copy's address with ``id_``
behind the timestamp gives the page as it was, without the frame around it.
"""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from analysis.model.errors import LayoutError

LAYOUTS = ("availability API, 2026",)
SERVICE = "https://archive.org/wayback/available"
COPIES = "https://web.archive.org/web"
STAMP = re.compile(r"\d{14}")


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a page in the Wayback Machine: when it was made, and where it is as it was."""

    stamp: str
    address: str


def question(address: str, day: str = "") -> str:
    """Return the address that asks for the copy of a page closest to a day (``20200822``)."""
    near = f"&timestamp={day}" if day else ""
    return f"{SERVICE}?url={quote(address, safe='')}{near}"


def parse_answer(body: bytes, address: str) -> Copy | None:
    """Return the copy that an answer names, None where it says that there is none.

    Parameters
    ----------
    body
        The answer.
    address
        The page that was asked for.

    Raises
    ------
    LayoutError
        The answer has none of the known layouts.
    """
    try:
        answer = json.loads(body)
        found = answer["archived_snapshots"]
        closest: dict[str, Any] = {} if found in ({}, []) else found["closest"]
        if not closest or not closest.get("available"):
            return None
        stamp, status = str(closest["timestamp"]), str(closest.get("status", "200"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LayoutError(
            f"the answer about {address} has none of the known layouts ({', '.join(LAYOUTS)})"
        ) from error
    if not STAMP.fullmatch(stamp):
        raise LayoutError(f"the answer about {address} gives {stamp[:40]!a} where a time should be")
    if status != "200":
        return None
    return Copy(stamp, f"{COPIES}/{stamp}id_/{address}")
