"""Numbers, hedges and periods as a reader wants to see them: in axis titles, tables and prose."""

import math
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from analysis.model.datafiles import load_rows
from analysis.model.periods import Days, kind_of
from analysis.model.vocabulary import load

SCALES = ((1e9, "billion"), (1e6, "million"))
VOCABULARIES = {
    "action": "actions",
    "actor": "actors",
    "geography": "geographies",
    "item": "items",
    "platform": "platforms",
    "policy": "policies",
    "group": "groups",
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MINUS = "\N{MINUS SIGN}"


@cache
def _phrases() -> Mapping[tuple[str, str], str]:
    """Return the phrases of wording.csv by field and key."""
    rows = load_rows("analysis.presentation", "wording.csv")
    return {(row["field"], row["key"]): row["phrase"] for row in rows}


def phrase(field: str, key: str) -> str:
    """Return how a key of a field reads in running text.

    >>> phrase("item", "content"), phrase("action", "removed"), phrase("platform", "facebook")
    ('pieces of content', 'removed', 'Facebook')
    """
    found = _phrases().get((field, key))
    if found is not None:
        return found
    return load(VOCABULARIES[field]).label(key) if field in VOCABULARIES and key else key


def known(value: Any) -> bool:
    """Say whether a cell holds a number or a date: None, NaN and NaT do not."""
    return (
        value is not None
        and not (isinstance(value, float) and math.isnan(value))
        and bool(
            value == value  # noqa: PLR0124  NaT is the one date that differs from itself
        )
    )


def number_words(value: float) -> str:
    """Write a number so that it reads well and loses no digit.

    >>> [number_words(n) for n in (1_900_000, 1_943_211, 125_000, 99.5, 15_370_000, 2e9, -3)]
    ['1.9 million', '1,943,211', '125,000', '99.5', '15.37 million', '2 billion', '−3']
    """
    sign, size = (MINUS, -value) if value < 0 else ("", value)
    for scale, name in SCALES:
        short = f"{size / scale:.2f}".rstrip("0").rstrip(".")
        if size >= scale and math.isclose(float(short) * scale, size, rel_tol=1e-12):
            return f"{sign}{short} {name}"
    if float(size).is_integer():
        return f"{sign}{int(size):,}"
    return f"{sign}{size:,.4g}" if size < 1000 else f"{sign}{size:,.2f}"


def quantity(value: float, measure: str = "count", per: str = "") -> str:
    """Write a number with the sign of its measure.

    >>> quantity(99.5, "share"), quantity(235, "rate", "day"), quantity(24, "duration")
    ('99.5%', '235 a day', '24 hours')
    >>> quantity(0.3, "duration")
    '18 minutes'
    """
    if measure == "duration" and 0 < value < 1:
        minutes = number_words(round(60 * value, 1))
        return f"{minutes} {'minute' if minutes == '1' else 'minutes'}"
    words = number_words(value)
    if measure == "share":
        return f"{words}%"
    if measure == "ratio":
        return f"{words} times"
    if measure == "duration":
        return f"{words} {'hour' if value == 1 else 'hours'}"
    return f"{words} {'an' if per == 'hour' else 'a'} {per}" if per else words


def _interval_words(row: Mapping[str, Any], measure: str, per: str) -> str:
    """Write a number of which only an interval is known."""
    low, high = row.get("low"), row.get("high")
    if known(low) and known(high):
        return f"between {quantity(low, measure)} and {quantity(high, measure, per)}"  # type: ignore[arg-type]
    if known(low):
        return f"at least {quantity(low, measure, per)}"  # type: ignore[arg-type]
    return f"at most {quantity(high, measure, per)}" if known(high) else "an unstated number"  # type: ignore[arg-type]


def amount(row: Mapping[str, Any]) -> str:
    """Write the number of an observation with its hedge, as in "more than 125,000"."""
    measure, per = str(row.get("measure") or "count"), str(row.get("per") or "")
    value, bound = row.get("value"), str(row.get("bound") or "stated")
    if not known(value) or bound == "between":
        return _interval_words(row, measure, per)
    words = quantity(float(value), measure, per)  # type: ignore[arg-type]
    return words if bound == "stated" else f"{phrase('bound', bound)} {words}"


def as_date(value: Any) -> date | None:
    """Return a date or timestamp cell as a date, None when it is unknown.

    >>> as_date(None) is None
    True
    """
    if not known(value):
        return None
    return date(value.year, value.month, value.day)


def month_words(day: date) -> str:
    """Write a month, as in November 2019, in English whatever the locale."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def day_words(day: date) -> str:
    """Write a day, as in 22 November 2019."""
    return f"{day.day} {month_words(day)}"


def _days_words(days: Days) -> str:
    """Write a period with both ends."""
    first, last = days.first, days.last
    shape = kind_of(days)
    if shape == "day":
        return day_words(first)
    if shape == "month":
        return month_words(first)
    if shape == "year":
        return f"{first.year}"
    if shape in ("quarter", "half_year"):
        return f"{MONTHS[first.month - 1]} to {month_words(last)}"
    return f"{day_words(first)} to {day_words(last)}"


def period_words(start: Any, end: Any) -> str:
    """Write a period, first and last day inclusive, as a reader would say it.

    >>> period_words(date(2018, 1, 1), date(2018, 3, 31)), period_words(None, None)
    ('January to March 2018', 'undated')
    """
    first, last = as_date(start), as_date(end)
    if first and last:
        return _days_words(Days(first, last))
    if first:
        return f"from {day_words(first)} on"
    return f"up to {day_words(last)}" if last else "undated"


def short_period(start: Any, end: Any) -> str:
    """Write a period as tables do: 2018 Q1, 2018 H1, 2018-03, 2018, or its two days.

    >>> short_period(date(2018, 1, 1), date(2018, 3, 31)), short_period(date(2018, 1, 1), None)
    ('2018 Q1', 'from 2018-01-01')
    """
    first, last = as_date(start), as_date(end)
    if not (first and last):
        return f"from {first}" if first else f"to {last}" if last else "undated"
    shape = kind_of(Days(first, last))
    names = {
        "day": str(first),
        "month": f"{first:%Y-%m}",
        "quarter": f"{first.year} Q{(first.month + 2) // 3}",
        "half_year": f"{first.year} H{(first.month + 5) // 6}",
        "year": str(first.year),
    }
    return names.get(shape, f"{first} to {last}")


def joined(words: list[str]) -> str:
    """Join words as a sentence does.

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def counted(number: int, noun: str) -> str:
    """Write a number of things.

    >>> counted(1, "value"), counted(3, "value")
    ('1 value', '3 values')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
