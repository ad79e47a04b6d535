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


def week(day: date) -> Days:
    """Return the week that holds a day, Monday to Sunday.

    >>> week(date(2017, 6, 8))
    Days(first=datetime.date(2017, 6, 5), last=datetime.date(2017, 6, 11))
    """
    monday = add_days(day, -day.weekday())
    return Days(monday, add_days(monday, 6))


def decade(number: int) -> Days:
    """Return the ten years from a year that ends in 0."""
    return Days(date(number, 1, 1), date(number + 9, 12, 31))


def century(number: int) -> Days:
    """Return the hundred years whose numbers begin alike: the 21st century from 2000 to 2099."""
    first = max(100 * (number - 1), 1)
    return Days(date(first, 1, 1), date(100 * number - 1, 12, 31))


def around(day: date, unit: str) -> Days:
    """Return the calendar unit that holds a day; that of a weekend is the one ending its week."""
    if unit == "week":
        return week(day)
    if unit == "weekend":
        return Days(add_days(week(day).last, -1), week(day).last)
    if unit == "month":
        return month(day.year, day.month)
    if unit == "quarter":
        return quarter(day.year, (day.month + 2) // 3)
    if unit == "half_year":
        return half(day.year, (day.month + 5) // 6)
    if unit == "year":
        return year(day.year)
    if unit == "decade":
        return decade(day.year // 10 * 10)
    return Days(day, day)


MONTHS_IN = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "decade": 120}
DAYS_IN = {"week": 7, "weekend": 7, "fortnight": 14}


def shift(day: date, count: int, unit: str) -> date:
    """Return the day `count` units on.

    >>> shift(date(2020, 8, 22), -6, "month"), shift(date(2020, 8, 22), 2, "week")
    (datetime.date(2020, 2, 22), datetime.date(2020, 9, 5))
    """
    if unit in MONTHS_IN:
        return add_months(day, count * MONTHS_IN[unit])
    return add_days(day, count * DAYS_IN.get(unit, 1))


def early(days: Days) -> Days:
    """Return the first half: of a year six months, of a month fifteen days, of a week three."""
    count = _whole_months(days)
    if count == 1:
        return Days(days.first, days.first.replace(day=15))
    if count and count % 2 == 0:
        return Days(days.first, add_days(add_months(days.first, count // 2), -1))
    return Days(days.first, add_days(days.first, max(len(days) // 2, 1) - 1))


def late(days: Days) -> Days:
    """Return what follows the early part; of a single day the day itself."""
    return Days(min(add_days(early(days).last, 1), days.last), days.last)


def middle(days: Days) -> date:
    """Return the day that "mid-" names: the 15th of a month, 1 July of a year, else the middle.

    >>> middle(year(2015)), middle(month(2019, 11))
    (datetime.date(2015, 7, 1), datetime.date(2019, 11, 15))
    """
    kind = kind_of(days)
    if kind == "month":
        return days.first.replace(day=15)
    if kind == "year":
        return days.first.replace(month=7)
    return add_days(days.first, len(days) // 2)


def weeks(days: Days) -> tuple[Days, ...]:
    """Return the numbered weeks of a stretch.

    Those of a year are numbered as ISO 8601 numbers them; those of a shorter stretch are the
    weeks, Monday to Sunday, that begin in it and have most of their days there.
    """
    if kind_of(days) == "year":
        return _iso_weeks(days.first.year)
    monday = week(days.first).first
    if monday < days.first:
        monday = add_days(monday, 7)
    count = ((days.last - monday).days + 4) // 7
    return tuple(week(add_days(monday, 7 * index)) for index in range(count))


def _iso_weeks(number: int) -> tuple[Days, ...]:
    """Return the weeks of a year: the first is the one with 4 January in it."""
    count = date(number, 12, 28).isocalendar().week
    monday = week(date(number, 1, 4)).first
    return tuple(week(add_days(monday, 7 * index)) for index in range(count))


def weekdays(days: Days, weekday: int) -> tuple[date, ...]:
    """Return each Monday (1) to Sunday (7) of a stretch."""
    first = add_days(days.first, (weekday - days.first.isoweekday()) % 7)
    return tuple(add_days(first, 7 * i) for i in range(((days.last - first).days) // 7 + 1))


def _whole_months(days: Days) -> int:
    """Return how many months a stretch is made of, 0 when it begins or ends within one."""
    if days.first.day != 1 or days.last != month_end(days.last.year, days.last.month):
        return 0
    return (days.last.year - days.first.year) * 12 + days.last.month - days.first.month + 1


def previous(days: Days) -> Days:
    """Return the stretch of the same length right before, in whole months where it is whole months.

    >>> previous(quarter(2018, 1)) == quarter(2017, 4)
    True
    """
    count = _whole_months(days)
    last = add_days(days.first, -1)
    if count:
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
