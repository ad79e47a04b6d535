"""The Persian calendar: its months and years as days of the Gregorian one.

A year begins in March and has six months of 31 days, five of 30, and a last one of 29, or 30 in a
leap year. Leap years follow the cycle of 33 years by which ICU reckons (``persncal.cpp``: year y
is one where (25 y + 11) mod 33 is below 8), which agrees with the calendar as observed in Iran for
the years allowed here.
"""

from datetime import date

from analysis.model.periods import Days

FIRST, LAST = 1300, 1470  # years that texts of ours can mean: 1921 to 2091
EPOCH = 226895  # ordinal of the first day of year 1
CYCLE = 33  # years, eight of them leap years
LONG, LONG_MONTHS = 31, 6
SHORT = 30


def _year_start(year: int) -> int:
    return EPOCH + 365 * (year - 1) + (8 * year + 21) // CYCLE


def day(year: int, month: int, number: int) -> date:
    """Return a day of the Persian calendar; ValueError if there is none such.

    >>> day(1400, 1, 1), day(1399, 12, 30)
    (datetime.date(2021, 3, 21), datetime.date(2021, 3, 20))
    """
    if not (FIRST <= year <= LAST and 1 <= month <= 12):
        raise ValueError(f"{year}-{month} is no month from {FIRST} to {LAST}")
    first = _year_start(year) + SHORT * (month - 1) + min(month - 1, LONG_MONTHS)
    last = _year_start(year + 1) - 1 if month == 12 else first + _length(month) - 1
    if not first <= first + number - 1 <= last:
        raise ValueError(f"{year}-{month} has no day {number}")
    return date.fromordinal(first + number - 1)


def _length(month: int) -> int:
    return LONG if month <= LONG_MONTHS else SHORT


def months(year: int, first: int, last: int) -> Days:
    """Return the days from one month of a Persian year to another, both included.

    >>> months(1400, 12, 12).last, months(1402, 1, 6).last
    (datetime.date(2022, 3, 20), datetime.date(2023, 9, 22))
    """
    end = date.fromordinal(_year_start(year + 1) - 1)
    if last < 12:
        end = day(year, last, _length(last))
    start = day(year, first, 1)
    if start > end:
        raise ValueError(f"month {first} is behind month {last}")
    return Days(start, end)
