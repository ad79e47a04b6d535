"""Calendar arithmetic, with the ends of months, years and leap years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.periods import (
    Days,
    add_days,
    add_months,
    around,
    decade,
    early,
    half,
    kind_of,
    late,
    month,
    month_end,
    months,
    previous,
    quarter,
    week,
    weekdays,
    weeks,
    year,
)

STRETCHES = [
    (quarter(2018, 1), "2018-01-01", "2018-03-31", 90, "quarter"),
    (quarter(2020, 1), "2020-01-01", "2020-03-31", 91, "quarter"),
    (quarter(2018, 4), "2018-10-01", "2018-12-31", 92, "quarter"),
    (half(2019, 1), "2019-01-01", "2019-06-30", 181, "half_year"),
    (half(2019, 2), "2019-07-01", "2019-12-31", 184, "half_year"),
    (year(2020), "2020-01-01", "2020-12-31", 366, "year"),
    (month(2019, 2), "2019-02-01", "2019-02-28", 28, "month"),
    (month(2020, 2), "2020-02-01", "2020-02-29", 29, "month"),
    (month(1900, 2), "1900-02-01", "1900-02-28", 28, "month"),
    (months(2018, 2, 4), "2018-02-01", "2018-04-30", 89, "span"),  # three months, no quarter
    (months(2018, 4, 9), "2018-04-01", "2018-09-30", 183, "span"),  # six months, no half
    (Days(date(2018, 7, 1), date(2019, 6, 30)), "2018-07-01", "2019-06-30", 365, "span"),
    (Days(date(2018, 1, 2), date(2018, 3, 31)), "2018-01-02", "2018-03-31", 89, "span"),
    (Days(date(2018, 1, 1), date(2018, 3, 30)), "2018-01-01", "2018-03-30", 89, "span"),
    (Days(date(2018, 1, 1), date(2018, 1, 1)), "2018-01-01", "2018-01-01", 1, "day"),
]


@pytest.mark.parametrize(("days", "first", "last", "length", "kind"), STRETCHES)
def test_stretches(days, first, last, length, kind):
    assert (days.first.isoformat(), days.last.isoformat()) == (first, last)
    assert len(days) == length and kind_of(days) == kind


MONTHS = [
    ("2020-08-31", -6, "2020-02-29"),
    ("2019-08-31", -6, "2019-02-28"),
    ("2020-02-29", 12, "2021-02-28"),
    ("2020-02-29", 48, "2024-02-29"),
    ("2020-12-15", 1, "2021-01-15"),
    ("2020-01-15", -1, "2019-12-15"),
    ("2020-01-31", 0, "2020-01-31"),
    ("2020-01-31", 1, "2020-02-29"),
    ("2020-01-31", -13, "2018-12-31"),
]


@pytest.mark.parametrize(("day", "count", "expected"), MONTHS)
def test_add_months(day, count, expected):
    assert add_months(date.fromisoformat(day), count).isoformat() == expected


BEFORE = [
    (quarter(2018, 1), quarter(2017, 4)),
    (half(2019, 1), half(2018, 2)),
    (year(2021), year(2020)),
    (month(2020, 3), month(2020, 2)),
    (months(2018, 2, 3), Days(date(2017, 12, 1), date(2018, 1, 31))),
    (Days(date(2018, 7, 1), date(2019, 6, 30)), Days(date(2017, 7, 1), date(2018, 6, 30))),
    (Days(date(2018, 1, 8), date(2018, 1, 14)), Days(date(2018, 1, 1), date(2018, 1, 7))),
    (Days(date(2020, 3, 1), date(2020, 3, 1)), Days(date(2020, 2, 29), date(2020, 2, 29))),
]


@pytest.mark.parametrize(("days", "expected"), BEFORE)
def test_previous(days, expected):
    assert previous(days) == expected


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match=r"cannot end \(2018-01-01\) before it starts"):
        Days(date(2018, 1, 2), date(2018, 1, 1))


@pytest.mark.parametrize(
    "make", [lambda: quarter(2018, 5), lambda: quarter(2018, 0), lambda: half(2018, 3),
             lambda: month(2018, 13), lambda: month(2018, 0), lambda: months(2018, 5, 4),
             lambda: add_months(date(9999, 12, 1), 1), lambda: add_months(date(1, 1, 1), -1)],
)  # fmt: skip
def test_what_no_calendar_has_is_refused(make):
    with pytest.raises(ValueError, match=r"."):
        make()


UNITS = [
    ("day", "2020-08-22", "2020-08-22"),
    ("week", "2020-08-17", "2020-08-23"),
    ("weekend", "2020-08-22", "2020-08-23"),
    ("month", "2020-08-01", "2020-08-31"),
    ("quarter", "2020-07-01", "2020-09-30"),
    ("half_year", "2020-07-01", "2020-12-31"),
    ("year", "2020-01-01", "2020-12-31"),
    ("decade", "2020-01-01", "2029-12-31"),
]


@pytest.mark.parametrize(("unit", "first", "last"), UNITS)
def test_around(unit, first, last):
    found = around(date(2020, 8, 22), unit)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


PARTS = [
    (year(2019), "2019-06-30", "2019-07-01"),
    (month(2019, 2), "2019-02-15", "2019-02-16"),
    (half(2019, 1), "2019-03-31", "2019-04-01"),
    (week(date(2019, 6, 5)), "2019-06-05", "2019-06-06"),
    (decade(1990), "1994-12-31", "1995-01-01"),
    (Days(date(2019, 1, 1), date(2019, 1, 1)), "2019-01-01", "2019-01-01"),
]


@pytest.mark.parametrize(("days", "early_last", "late_first"), PARTS)
def test_early_and_late(days, early_last, late_first):
    assert early(days) == Days(days.first, date.fromisoformat(early_last))
    assert late(days) == Days(date.fromisoformat(late_first), days.last)


WEEKS = [
    (month(2016, 11), 3, "2016-11-07", "2016-11-21"),  # whole weeks: the 1st was a Tuesday
    (month(2021, 2), 4, "2021-02-01", "2021-02-22"),
    (year(2015), 53, "2014-12-29", "2015-12-28"),  # ISO 8601: the one with 4 January is the first
    (year(2027), 52, "2027-01-04", "2027-12-27"),
]


@pytest.mark.parametrize(("days", "count", "first", "last"), WEEKS)
def test_weeks(days, count, first, last):
    found = weeks(days)
    assert len(found) == count
    assert (found[0].first.isoformat(), found[-1].first.isoformat()) == (first, last)


def test_weekdays():
    found = weekdays(month(2019, 3), 1)
    assert [day.day for day in found] == [4, 11, 18, 25]


DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DATES, st.integers(-600, 600))
def test_months_forth_and_back(day, count):
    there = add_months(day, count)
    back = add_months(there, -count)
    assert (back.year, back.month) == (day.year, day.month)
    assert back.day == min(day.day, there.day) and there.day <= day.day


@given(DATES, st.integers(0, 800))
def test_previous_touches(day, length):
    days = Days(day, add_days(day, length))
    before = previous(days)
    assert add_days(before.last, 1) == days.first
    assert kind_of(before) == kind_of(days) or "span" in (kind_of(before), kind_of(days))


@given(DATES)
def test_month_end(day):
    assert add_days(month_end(day.year, day.month), 1).day == 1
