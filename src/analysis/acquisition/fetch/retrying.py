"""When a request is sent again, and after which wait."""

import email.utils
import random
from datetime import UTC, datetime

MOST_TRIES = 3
FIRST_WAIT = 1.0  # seconds before the second try; each further wait is twice as long
LONGEST_RETRY_AFTER = 120.0


def wait_before(attempt: int, asked: float | None, chance: random.Random) -> float | None:
    """Return the seconds to wait before a further try, None when there should be none.

    The wait grows from try to try and is lengthened by chance, so that many who failed together do
    not come back together. A longer one that the server asked for is kept, up to 120 seconds.

    >>> wait_before(1, None, random.Random(0)) < wait_before(2, None, random.Random(0))
    True
    >>> wait_before(1, 300.0, random.Random(0)), wait_before(3, None, random.Random(0))
    (None, None)
    """
    if attempt >= MOST_TRIES or (asked is not None and asked > LONGEST_RETRY_AFTER):
        return None
    own: float = FIRST_WAIT * 2 ** (attempt - 1) * chance.uniform(1.0, 1.5)
    return max(own, asked or 0.0)


def asked_wait(header: str, date: str = "") -> float | None:
    """Return the seconds that a Retry-After header asks for, None when it asks for nothing.

    A day and hour in it is counted from the `date` of the same answer, by the server's clock and
    not by ours; from ours where the answer has none.

    >>> asked_wait("7"), asked_wait("soon"), asked_wait("")
    (7.0, None, None)
    >>> asked_wait("Thu, 01 Jan 1970 00:01:00 GMT", "Thu, 01 Jan 1970 00:00:20 GMT")
    40.0
    """
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    day = _moment(text)
    if day is None:
        return None
    return max(0.0, (day - (_moment(date) or datetime.now(UTC))).total_seconds())


def _moment(text: str) -> datetime | None:
    """Return the moment that a date of HTTP names, None for what is none."""
    try:
        day = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return day if day.tzinfo else day.replace(tzinfo=UTC)
