"""The Persian calendar against days that are known: first days of years, and ends of months."""

import itertools
from datetime import date, timedelta

import pytest

from analysis.model import solar

NEW_YEARS = [  # the days on which Nowruz was kept in Iran
    (1357, date(1978, 3, 21)),
    (1375, date(1996, 3, 20)),
    (1396, date(2017, 3, 21)),
    (1399, date(2020, 3, 20)),
    (1400, date(2021, 3, 21)),
    (1403, date(2024, 3, 20)),
    (1404, date(2025, 3, 21)),
]

LEAP_YEARS = [  # of which the fifth year behind, not the fourth, is one where 1370 and 1403 stand
    *(1342, 1346, 1350, 1354, 1358, 1362, 1366, 1370),
    *(1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408),
]


@pytest.mark.parametrize(("year", "first"), NEW_YEARS)
def test_a_year_begins_in_march(year, first):
    assert solar.day(year, 1, 1) == first


def test_years_follow_one_another_without_a_gap():
    years = [solar.months(year, 1, 12) for year in range(solar.FIRST, solar.LAST)]
    assert len(years) == 170
    pairs = list(itertools.pairwise(years))
    assert [b.first for _, b in pairs] == [a.last + timedelta(days=1) for a, _ in pairs]
    leap = [
        year
        for year, days in enumerate(years, solar.FIRST)
        if (days.last - days.first).days + 1 == 366
    ]
    assert [year for year in leap if 1342 <= year <= 1408] == LEAP_YEARS


@pytest.mark.parametrize(
    ("year", "month", "number"),
    [(1400, 12, 30), (1400, 7, 31), (1400, 0, 1), (1400, 13, 1), (1400, 1, 0), (2021, 1, 1)],
)
def test_a_day_that_does_not_exist(year, month, number):
    with pytest.raises(ValueError, match="no"):
        solar.day(year, month, number)


def test_months_in_their_order():
    found = solar.months(1401, 7, 12)
    assert (found.first, found.last) == (date(2022, 9, 23), date(2023, 3, 20))
    with pytest.raises(ValueError, match="behind"):
        solar.months(1401, 8, 7)
