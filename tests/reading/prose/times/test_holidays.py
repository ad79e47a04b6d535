"""Feasts: fixed days, numbered days of the week, and days counted from Easter."""

from datetime import date

import pytest

from analysis.reading.prose.times.holidays import Holiday, easter
from analysis.reading.prose.times.periods import periods, read_periods
from analysis.reading.prose.times.resolving import Memory

PUBLISHED = date(2020, 8, 22)


@pytest.mark.parametrize(
    ("numbers", "day"),
    [
        ([12, 25], date(2019, 12, 25)),
        ([11, 4, 4], date(2019, 11, 28)),  # the fourth Thursday of November
        ([5, -1, 1], date(2019, 5, 27)),  # the last Monday of May
        ([-2], date(2019, 4, 19)),
        ([0], date(2019, 4, 21)),
    ],
)
def test_the_day_of_a_feast(numbers, day):
    assert Holiday.of(numbers).in_year(2019) == day


@pytest.mark.parametrize(
    ("year", "day"), [(1981, (4, 19)), (2008, (3, 23)), (2011, (4, 24)), (2038, (4, 25))]
)
def test_easter_early_and_late(year, day):
    assert easter(year) == date(year, *day)


@pytest.mark.parametrize(
    ("text", "lang", "day"),
    [
        ("It reopened on Thanksgiving 2018.", "en", "2018-11-22"),
        ("last Christmas", "en", "2019-12-25"),
        ("next Halloween", "en", "2020-10-31"),
        ("à la Toussaint 2018", "fr", "2018-11-01"),
        ("zu Ostern 2019", "de", "2019-04-21"),
        ("la Nochevieja de 2018", "es", "2018-12-31"),
        ("a Ferragosto", "it", "2020-08-15"),
    ],
)
def test_a_feast_is_a_day(text, lang, day):
    assert [(str(p.start), str(p.end)) for p in periods(text, PUBLISHED, lang)] == [(day, day)]


def test_a_feast_in_front_of_a_noun_is_no_day():
    assert periods("after the Christmas market attack", PUBLISHED) == []


def test_a_feast_without_a_year_dates_no_figure():
    text = "Since Christmas it has closed 500 accounts."
    assert [str(p.start) for p in periods(text, PUBLISHED)] == ["2019-12-25"]
    assert read_periods(text, "en", Memory(reference=PUBLISHED))[0] == []
