"""Feasts: which day a named one falls on in a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.model import periods as calendar


@dataclass(frozen=True, slots=True)
class Holiday:
    """A feast as ``periods.yaml`` gives it.

    Two numbers are a month and a day, three a month, a place in it and a day of the week, Monday
    1 ("the fourth Thursday of November"), and one is how many days after Easter Sunday it falls.
    """

    numbers: tuple[int, ...]

    @classmethod
    def of(cls, numbers: Sequence[int]) -> "Holiday":
        """Return a feast from the numbers in a data file."""
        return cls(tuple(int(number) for number in numbers))

    def in_year(self, year: int) -> date:
        """Return its day in a year.

        >>> Holiday.of([12, 25]).in_year(2018), Holiday.of([11, 4, 4]).in_year(2018)
        (datetime.date(2018, 12, 25), datetime.date(2018, 11, 22))
        """
        if len(self.numbers) == 1:
            return calendar.add_days(easter(year), self.numbers[0])
        month, day, *weekday = self.numbers
        if not weekday:
            return date(year, month, day)
        listed = calendar.weekdays(calendar.month(year, month), weekday[0])
        return listed[day - 1] if day > 0 else listed[day]


def easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar, as Meeus, Jones and Butcher reckon it.

    >>> easter(2018), easter(2019)
    (datetime.date(2018, 4, 1), datetime.date(2019, 4, 21))
    """
    cycle, century, rest = year % 19, year // 100, year % 100
    moon = (
        19 * cycle + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    days = moon + sunday - 7 * ((cycle + 11 * moon + 22 * sunday) // 451) + 114
    return date(year, days // 31, days % 31 + 1)
