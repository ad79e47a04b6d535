"""Periods in English prose: which days the words mean, and how that is known."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading.prose.periods import periods

PUBLISHED = date(2020, 8, 22)

CASES = [
    ("in the first quarter of 2018", "2018-01-01", "2018-03-31", "quarter", "stated"),
    ("in Q3 2018", "2018-07-01", "2018-09-30", "quarter", "stated"),
    ("during 2019Q4", "2019-10-01", "2019-12-31", "quarter", "stated"),
    ("the final quarter of 2017", "2017-10-01", "2017-12-31", "quarter", "stated"),
    ("in H1 2020", "2020-01-01", "2020-06-30", "half_year", "stated"),
    ("the second half of 2018", "2018-07-01", "2018-12-31", "half_year", "stated"),
    ("the first six months of 2018", "2018-01-01", "2018-06-30", "half_year", "stated"),
    ("the last four months of 2014", "2014-09-01", "2014-12-31", "span", "stated"),
    ("in January 2019", "2019-01-01", "2019-01-31", "month", "stated"),
    ("on 15 December 2022", "2022-12-15", "2022-12-15", "day", "stated"),
    ("on April 2, 2015", "2015-04-02", "2015-04-02", "day", "stated"),
    ("27 and 28 November 2019", "2019-11-27", "2019-11-28", "span", "stated"),
    ("in 2016", "2016-01-01", "2016-12-31", "year", "stated"),
    ("between July and December 2015", "2015-07-01", "2015-12-31", "half_year", "stated"),
    ("from 15 May to 15 June 2019", "2019-05-15", "2019-06-15", "span", "stated"),
    ("August 2020 to 12 January 2021", "2020-08-01", "2021-01-12", "span", "stated"),
    ("April 2012 to March 2013", "2012-04-01", "2013-03-31", "span", "stated"),
    ("from 2015 to 2017", "2015-01-01", "2017-12-31", "span", "stated"),
    ("in the six months to December 2020", "2020-07-01", "2020-12-31", "half_year", "stated"),
    ("the three months ended March 31, 2020", "2020-01-01", "2020-03-31", "quarter", "stated"),
    ("in the year to 31 March 2020", "2019-04-01", "2020-03-31", "span", "stated"),
    ("since mid-2015", "2015-07-01", None, "since", "stated"),
    ("since it started work in 2010", "2010-01-01", None, "since", "stated"),
    ("by the end of 2019", None, "2019-12-31", "point", "stated"),
    ("as of January 12, 2020", None, "2020-01-12", "point", "stated"),
    ("in the first three months of the year", "2020-01-01", "2020-03-31", "quarter", "relative"),
    ("in the second half of last year", "2019-07-01", "2019-12-31", "half_year", "relative"),
    ("last year", "2019-01-01", "2019-12-31", "year", "relative"),
    ("last month", "2020-07-01", "2020-07-31", "month", "relative"),
    ("last quarter", "2020-04-01", "2020-06-30", "quarter", "relative"),
    ("so far this year", "2020-01-01", "2020-08-22", "span", "relative"),
    ("in the past six months", "2020-02-22", "2020-08-22", "span", "relative"),
    ("in November", "2019-11-01", "2019-11-30", "month", "relative"),
    ("on 2 July", "2020-07-02", "2020-07-02", "day", "relative"),
    ("yesterday", "2020-08-21", "2020-08-21", "day", "relative"),
]


@pytest.mark.parametrize(
    ("text", "start", "end", "kind", "basis"), CASES, ids=[case[0] for case in CASES]
)
def test_words_become_days(text, start, end, kind, basis):
    (found,) = periods(text, PUBLISHED)
    days = tuple(day.isoformat() if day else None for day in (found.start, found.end))
    assert (*days, found.kind, found.basis) == (start, end, kind, basis)


OPEN = [
    "in the first three months of the year",
    "last year",
    "in November",
    "in the past six months",
]


@pytest.mark.parametrize("text", OPEN)
def test_without_a_publication_date_relative_words_stay_open(text):
    (found,) = periods(text, None)
    assert (found.start, found.end, found.basis) == (None, None, "unknown")
    assert found.text in text


NOTHING = ["it may remove posts", "they march on", "2,014 adults", "a total of 1999 accounts", ""]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_period(text):
    assert periods(text, PUBLISHED) == []


def test_a_length_is_counted_back_from_a_point_named_before():
    text = "At the beginning of 2016 it said so. It had closed them within six months."
    point, length = periods(text, PUBLISHED)
    assert (point.kind, point.start) == ("point", date(2016, 1, 1))
    assert (length.start, length.end) == (date(2015, 7, 1), date(2015, 12, 31))
    assert length.basis == "inferred"
    assert "2016-01-01" in length.convention


def test_the_same_stretch_is_the_one_named_first_not_the_one_compared_with():
    text = (
        "166,513 in the second half of 2018, fewer than the 205,156 between January and June of "
        "that year. Over the same six months it closed others."
    )
    main, compared, same = periods(text, PUBLISHED)
    assert (compared.start, compared.end) == (date(2018, 1, 1), date(2018, 6, 30))
    assert (same.start, same.end) == (main.start, main.end)


def test_a_rate_has_no_days():
    (found,) = periods("about 2,000 a week", PUBLISHED)
    assert (found.per, found.start, found.end) == ("week", None, None)


def test_within_a_week_is_no_rate():
    assert [p.per for p in periods("within a week", PUBLISHED) if p.per] == []


@settings(max_examples=150)
@given(st.text(max_size=200), st.dates(min_value=date(1990, 1, 1), max_value=date(2050, 1, 1)))
def test_any_text_is_read_and_spans_hold(text, published):
    for found in periods(text, published):
        assert text[slice(*found.span)] == found.text
        assert not (found.start and found.end) or found.start <= found.end
