"""Numbers of spreadsheets as text, without loss."""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

NOISE = 17  # digits with which programs write a number that they hold in binary
_WHOLE = re.compile(r"-?\d+")
_POINT_ZERO = re.compile(r"(?<=\d)\.0$")
_PLAIN = re.compile(r"-?\d+\.\d+")


def number_text(raw: str) -> str:
    """Return a number of a spreadsheet's XML as one writes it.

    Whole numbers and short decimals stand as they are in the file, but for the ``.0`` that some
    programs write behind every number. Seventeen digits or an
    exponent are how programs write what they hold in binary: the shortest decimal that means the
    same binary number is what was typed. More digits than that are kept.

    >>> [number_text(raw) for raw in ("9007199254740993", "4.4999999999999998E-2", "1.10", "1E3")]
    ['9007199254740993', '0.045', '1.10', '1000']
    """
    raw = _POINT_ZERO.sub("", raw.strip())
    if _WHOLE.fullmatch(raw):
        return raw
    digits = len(re.sub(r"[eE].*|\D", "", raw).lstrip("0"))
    if _PLAIN.fullmatch(raw) and digits < NOISE - 1:
        return raw
    try:
        number = float(raw)
    except ValueError:
        return raw
    if digits > NOISE or not math.isfinite(number):
        return raw
    return float_text(number)


def float_text(number: float) -> str:
    """Return the shortest decimal of a binary number, without exponent where that is readable."""
    if number.is_integer() and abs(number) < 1e21:
        return str(int(number))
    if 1e-7 < abs(number) < 1e21:
        return format(Decimal(repr(number)), "f")
    return repr(number)


def iso_text(value: date | time | timedelta) -> str:
    """Return a day, a time or a duration in ISO form; midnight is a day.

    >>> iso_text(datetime(2018, 3, 31)), iso_text(timedelta(hours=36, minutes=5))
    ('2018-03-31', 'PT36H5M')
    """
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return value.isoformat()


def duration_text(value: timedelta) -> str:
    """Return a duration in ISO form."""
    sign = "-" if value < timedelta() else ""
    seconds = abs(value).total_seconds()
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = [f"{int(hours)}H" if hours else "", f"{int(minutes)}M" if minutes else ""]
    if rest or not any(parts):
        parts.append(f"{rest:g}S")
    return f"{sign}PT{''.join(parts)}"
