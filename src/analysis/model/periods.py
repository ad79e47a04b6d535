"""Calendar arithmetic: stretches of whole days, first and last day inclusive.

Quarters and half-years are those of the calendar year. Fiscal years are not: a source that means
one names its days.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """From the first to the last day, both included.

    >>> quarter(2018, 1)
    Days(first=datetime.date(2018, 1, 1), last=datetime.date(2018, 3, 31))
    >>> len(quarter(2018, 1))
    90
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period cannot end ({self.last}) before it starts ({self.first})")

    def __len__(self) -> int:
        return (self.last - self.first).days + 1


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months(year: int, first: int, last: int) -> Days:
    """Return the months `first` to `last` (1 to 12) of a year."""
    return Days(date(year, first, 1), month_end(year, last))


def month(year: int, number: int) -> Days:
    """Return one month."""
    return months(year, number, number)


def quarter(year: int, number: int) -> Days:
    """Return one calendar quarter, `number` 1 to 4."""
    return months(year, 3 * number - 2, 3 * number)


def half(year: int, number: int) -> Days:
    """Return one calendar half-year, `number` 1 or 2."""
    return months(year, 6 * number - 5, 6 * number)


def year(number: int) -> Days:
    """Return one calendar year."""
    return months(number, 1, 12)


def add_months(day: date, count: int) -> date:
    """Return the same day of the month `count` months on, or that month's last day.

    >>> add_months(date(2020, 8, 31), -6)
    datetime.date(2020, 2, 29)
    """
    index = day.year * 12 + day.month - 1 + count
    there_year, there_month = divmod(index, 12)
    last = calendar.monthrange(there_year, there_month + 1)[1]
    return date(there_year, there_month + 1, min(day.day, last))


def add_days(day: date, count: int) -> date:
    """Return the day `count` days on."""
    return day + timedelta(days=count)


def previous(days: Days) -> Days:
    """Return the stretch of the same length right before, in whole months where it is whole months.

    >>> previous(quarter(2018, 1)) == quarter(2017, 4)
    True
    """
    whole = days.first.day == 1 and days.last == month_end(days.last.year, days.last.month)
    last = add_days(days.first, -1)
    if whole:
        count = (days.last.year - days.first.year) * 12 + days.last.month - days.first.month + 1
        return Days(add_months(days.first, -count), last)
    return Days(add_days(days.first, -len(days)), last)


def kind_of(days: Days) -> str:
    """Name the shape of a stretch: day, month, quarter, half_year, year, else span."""
    first, last = days.first, days.last
    if first == last:
        return "day"
    if first.day != 1 or last != month_end(last.year, last.month) or first.year != last.year:
        return "span"
    count = last.month - first.month + 1
    starts = {1: ("month", 1), 3: ("quarter", 3), 6: ("half_year", 6), 12: ("year", 12)}
    name, step = starts.get(count, ("span", 1))
    return name if (first.month - 1) % step == 0 else "span"
