"""Periods in English prose: which days the words mean, and how that is known."""

from datetime import date

import pytest

from analysis.reading.prose.times.periods import periods, read_periods
from analysis.reading.prose.times.resolving import SAID_THEN, Memory

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
    # as reports write them
    ("2019-07-01/2019-12-31", "2019-07-01", "2019-12-31", "half_year", "stated"),
    ("Q3 & Q4 2019", "2019-07-01", "2019-12-31", "half_year", "stated"),
    ("the third quarter (July–September) of 2019", "2019-07-01", "2019-09-30", "quarter", "stated"),
    ("six months to end-June 2019", "2019-01-01", "2019-06-30", "half_year", "stated"),
    ("by year-end 2019", None, "2019-12-31", "point", "stated"),
    ("Semester 1 2019", "2019-01-01", "2019-06-30", "half_year", "stated"),
    (
        "the nine months from January to September 2019",
        "2019-01-01",
        "2019-09-30",
        "span",
        "stated",
    ),
    ("over the weekend of 20 and 21 June 2020", "2020-06-20", "2020-06-21", "span", "stated"),
    (
        "in the 24 hours after the attack of 15 March 2019",
        "2019-03-15",
        "2019-03-16",
        "span",
        "stated",
    ),
    ("in the three weeks after 7 October 2019", "2019-10-07", "2019-10-28", "span", "stated"),
    ("1Q18 results", "2018-01-01", "2018-03-31", "quarter", "stated"),
    ("3Q 2020", "2020-07-01", "2020-09-30", "quarter", "stated"),
    ("Q2'19", "2019-04-01", "2019-06-30", "quarter", "stated"),
    ("Q1-Q3 2019", "2019-01-01", "2019-09-30", "span", "stated"),
    ("Q1 and Q2 2019", "2019-01-01", "2019-06-30", "half_year", "stated"),
    ("2019, the third quarter", "2019-07-01", "2019-09-30", "quarter", "stated"),
    ("the third quarter next year", "2021-07-01", "2021-09-30", "quarter", "relative"),
    ("2H20", "2020-07-01", "2020-12-31", "half_year", "stated"),
    ("2019H2", "2019-07-01", "2019-12-31", "half_year", "stated"),
    ("9M 2019", "2019-01-01", "2019-09-30", "span", "stated"),
    ("the first two quarters of 2019", "2019-01-01", "2019-06-30", "half_year", "stated"),
    ("in the latter half of 2019", "2019-07-01", "2019-12-31", "half_year", "stated"),
    ("the third and fourth quarters of 2019", "2019-07-01", "2019-12-31", "half_year", "stated"),
    ("the quarter ended in June 2019", "2019-04-01", "2019-06-30", "quarter", "stated"),
    # fiscal years are those of the calendar unless the text says otherwise
    ("in fiscal 2019", "2019-01-01", "2019-12-31", "year", "inferred"),
    ("FY19 Q3", "2019-07-01", "2019-09-30", "quarter", "inferred"),
    ("the second quarter of fiscal 2019", "2019-04-01", "2019-06-30", "quarter", "inferred"),
    ("the fiscal year ended June 30, 2020", "2019-07-01", "2020-06-30", "span", "stated"),
    ("the 2019-20 financial year", None, None, "year", "unknown"),
    # months and days, in figures and in words
    ("in 2019, Nov", "2019-11-01", "2019-11-30", "month", "stated"),
    ("11/2019", "2019-11-01", "2019-11-30", "month", "stated"),
    ("next June", "2021-06-01", "2021-06-30", "month", "relative"),
    ("the first half of March 2019", "2019-03-01", "2019-03-15", "span", "stated"),
    ("23/04/2018", "2018-04-23", "2018-04-23", "day", "stated"),
    ("04/05/2018", "2018-04-05", "2018-04-05", "day", "stated"),
    ("04.05.2018", "2018-05-04", "2018-05-04", "day", "stated"),
    ("2018-04-23T10:30:00Z", "2018-04-23", "2018-04-23", "day", "stated"),
    ("Monday, April 23rd, 2018", "2018-04-23", "2018-04-23", "day", "stated"),
    ("the twenty-third of April 2018", "2018-04-23", "2018-04-23", "day", "stated"),
    ("on the 5th", "2020-08-05", "2020-08-05", "day", "relative"),
    ("on the 31st", "2020-07-31", "2020-07-31", "day", "relative"),
    ("Friday the 21st", "2020-08-21", "2020-08-21", "day", "relative"),
    ("in June of nineteen ninety-nine", "1999-06-01", "1999-06-30", "month", "stated"),
    # ranges
    ("Jan–Jun 2019", "2019-01-01", "2019-06-30", "half_year", "stated"),
    ("from 3 to 21 January 2019", "2019-01-03", "2019-01-21", "span", "stated"),
    ("from 3 to 21 this month", "2020-08-03", "2020-08-21", "span", "relative"),
    ("30 June - 4 July 2019", "2019-06-30", "2019-07-04", "span", "stated"),
    ("from mid-2015 to early 2017", "2015-07-01", "2017-06-30", "span", "stated"),
    ("between 2015 and today", "2015-01-01", "2020-08-22", "span", "stated"),
    ("November to February", "2019-11-01", "2020-02-29", "span", "relative"),
    # weeks, weekends, days of the week
    ("this week", "2020-08-17", "2020-08-23", "span", "relative"),
    ("next week", "2020-08-24", "2020-08-30", "span", "relative"),
    ("the week before last", "2020-08-03", "2020-08-09", "span", "relative"),
    ("last weekend", "2020-08-15", "2020-08-16", "span", "relative"),
    ("the week of 5 June 2017", "2017-06-05", "2017-06-11", "span", "stated"),
    ("in the week ended 7 June 2019", "2019-06-01", "2019-06-07", "span", "stated"),
    ("week 23 of 2017", "2017-06-05", "2017-06-11", "span", "stated"),
    ("the first week of March 2019", "2019-03-04", "2019-03-10", "span", "stated"),
    ("the first week of 2015", "2014-12-29", "2015-01-04", "span", "stated"),
    ("the last two weeks of May 2019", "2019-05-18", "2019-05-31", "span", "stated"),
    ("on Tuesday", "2020-08-18", "2020-08-18", "day", "relative"),
    ("on Saturday", "2020-08-22", "2020-08-22", "day", "relative"),
    ("last Saturday", "2020-08-15", "2020-08-15", "day", "relative"),
    ("next Monday", "2020-08-24", "2020-08-24", "day", "relative"),
    ("Wednesday of next week", "2020-08-26", "2020-08-26", "day", "relative"),
    ("the last Monday of March 2019", "2019-03-25", "2019-03-25", "day", "stated"),
    # seasons, decades, centuries
    ("the summer of 2019", "2019-06-01", "2019-08-31", "span", "stated"),
    ("winter 2018", "2018-12-01", "2019-02-28", "span", "stated"),
    ("in the 1990s", "1990-01-01", "1999-12-31", "span", "stated"),
    ("in the nineties", "1990-01-01", "1999-12-31", "span", "inferred"),
    ("in the late 1990s", "1995-01-01", "1999-12-31", "span", "stated"),
    ("the 21st century", "2000-01-01", "2099-12-31", "span", "stated"),
    # parts: halves, and points
    ("in early 2019", "2019-01-01", "2019-06-30", "span", "stated"),
    ("mid-to-late 2019", "2019-07-01", "2019-12-31", "span", "stated"),
    ("in the early 2000s", "2000-01-01", "2004-12-31", "span", "stated"),
    ("late last month", "2020-07-16", "2020-07-31", "span", "relative"),
    ("mid-November 2019", "2019-11-15", "2019-11-15", "point", "stated"),
    ("the end of 2019", "2019-12-31", "2019-12-31", "point", "stated"),
    ("the rest of the year", "2020-08-22", "2020-12-31", "span", "relative"),
    ("earlier this month", "2020-08-01", "2020-08-22", "span", "relative"),
    # counted from the publication date, or from a day named
    ("two days ago", "2020-08-20", "2020-08-20", "day", "relative"),
    ("three months ago", "2020-05-22", "2020-05-22", "day", "relative"),
    ("the next three months", "2020-08-23", "2020-11-22", "span", "relative"),
    ("in the past 24 hours", "2020-08-21", "2020-08-22", "span", "relative"),
    ("the previous six months", "2020-02-22", "2020-08-22", "span", "relative"),
    ("the past few days", "2020-08-19", "2020-08-22", "span", "relative"),
    ("three days after 5 June 2019", "2019-06-08", "2019-06-08", "day", "stated"),
    ("the day before yesterday", "2020-08-20", "2020-08-20", "day", "relative"),
    ("year to date", "2020-01-01", "2020-08-22", "span", "relative"),
    ("this quarter", "2020-07-01", "2020-09-30", "quarter", "relative"),
    ("over two days in November", "2019-11-01", "2019-11-30", "month", "relative"),
    # open stretches
    ("since the start of the year", "2020-01-01", None, "since", "relative"),
    ("from 2015 onwards", "2015-01-01", None, "since", "stated"),
    ("from 2012 on", "2012-01-01", None, "since", "stated"),
    ("2015-present", "2015-01-01", None, "since", "stated"),
    ("2012 or later", "2012-01-01", None, "since", "stated"),
    ("no earlier than March 2019", "2019-03-01", None, "since", "stated"),
    ("after June 2019", "2019-07-01", None, "since", "stated"),
    ("later than 2018", "2019-01-01", None, "since", "stated"),
    ("before the year 2019", None, "2018-12-31", "span", "stated"),
    ("prior to June 2019", None, "2019-05-31", "span", "stated"),
    ("until March 2020", None, "2020-03-31", "point", "stated"),
    ("no later than 5 June 2019", None, "2019-06-05", "point", "stated"),
    ("in 2010 or earlier", None, "2010-12-31", "point", "stated"),
    # a day of the week says which year is meant, and which week names two short ones
    ("Sunday, 23 February", "2020-02-23", "2020-02-23", "day", "relative"),
    ("Thursday, 24 September", "2020-09-24", "2020-09-24", "day", "relative"),
    ("Sunday, 24 September", "2019-09-24", "2019-09-24", "day", "relative"),  # no such day near
    ("from Mon to Thu", "2020-08-17", "2020-08-20", "span", "relative"),
    # what is to come
    ("the rules will change in three months", "2020-11-22", "2020-11-22", "day", "relative"),
    ("from Monday to Friday of last week", "2020-08-10", "2020-08-14", "span", "relative"),
    ("on Tuesday the 4th at noon", "2020-08-04", "2020-08-04", "day", "relative"),
    ("three weeks from 1 March 2019", "2019-03-22", "2019-03-22", "day", "stated"),
    ("the three weeks from 1 March 2019", "2019-03-01", "2019-03-21", "span", "stated"),
    ("six months from April to September 2019", "2019-04-01", "2019-09-30", "span", "stated"),
    ("the last week of December 2016", "2016-12-26", "2017-01-01", "span", "stated"),
    ("in the two thousand and tens", "2010-01-01", "2019-12-31", "span", "stated"),
    ("during week 31", "2020-07-27", "2020-08-02", "span", "relative"),
    ("the last 3weeks", "2020-08-01", "2020-08-22", "span", "relative"),
    ("2014~2018", "2014-01-01", "2018-12-31", "span", "stated"),
    ("in two thousand and nine", "2009-01-01", "2009-12-31", "year", "stated"),
    ("since nineteen ninety-nine, it says", "1999-01-01", None, "since", "stated"),
]


@pytest.mark.parametrize(
    ("text", "start", "end", "kind", "basis"), CASES, ids=[case[0] for case in CASES]
)
def test_words_become_days(text, start, end, kind, basis):
    (found,) = periods(text, PUBLISHED)
    days = tuple(day.isoformat() if day else None for day in (found.start, found.end))
    assert (*days, found.kind, found.basis) == (start, end, kind, basis)


OPEN = [
    ("in the first three months of the year", "span"),
    ("last year", "year"),
    ("in November", "month"),
    ("last quarter", "quarter"),
    ("on Tuesday", "day"),
    ("two weeks ago", "day"),
    ("this week", "span"),
    ("in the past six months", "span"),
]


@pytest.mark.parametrize(("text", "kind"), OPEN)
def test_without_a_publication_date_relative_words_stay_open(text, kind):
    (found,) = periods(text, None)
    assert (found.start, found.end, found.kind, found.basis) == (None, None, kind, "unknown")
    assert found.text in text


NOTHING = [
    "",
    "it may remove posts",
    "May said no",
    "they march on",
    "a march in London",
    "the fall of Mosul",
    "a second time, the second video, in the first post",
    "2,014 adults",
    "2,018 accounts",
    "a total of 1999 accounts",
    "in two thousand cases",
    "it cost $2019",
    "figures from 18 to 24 year olds, or 12-15",
    "between 5 and 10 accounts, from 10 to 20 million",
    "they won 3-1 and were open 24/7",
    "call 555-123-4567 or +44 131-2014-2016",
    "version 1.2.16 of Windows 10",
    "Section 230 and Regulation 11/2008",
    "40-2016 and 2016-40",
    "an Audi Q3 or Q5",
    "in the coming weeks, the song of the year",
    "at 3pm, at 10:30, between 9:30 and 11:00",
    "every Monday",
    "the sun sat low and they wed",
    "the first half of the film, a quarter of it",
    "the 5th floor, the 1st Amendment",
    "a 90s look, the 99 percent",
    "within two days",
    "it removed them in two days",
    "week 3 of the trial",
    "two thousand people",
    "the period in question",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_period(text):
    assert periods(text, PUBLISHED) == []


def test_the_year_at_the_end_of_a_list_is_that_of_all():
    found = periods("in January, April and June 2019", PUBLISHED)
    assert [(p.start.year, p.start.month) for p in found] == [(2019, 1), (2019, 4), (2019, 6)]


def test_days_are_those_of_the_month_or_week_named_before():
    _, day = periods("It began in May 2019, on the 5th.", PUBLISHED)
    assert day.start == date(2019, 5, 5)
    _, days = periods("It began last week, between Wednesday and Friday", PUBLISHED)
    assert (days.start, days.end) == (date(2020, 8, 12), date(2020, 8, 14))
    (days,) = periods("next week from Wed to Fri", PUBLISHED)
    assert (days.start, days.end) == (date(2020, 8, 26), date(2020, 8, 28))


CLOSED = [
    ("since 2015", "2015-01-01", "2020-08-22"),
    ("since next year", None, None),
    ("this month", "2020-08-01", "2020-08-22"),
    ("in August", "2020-08-01", "2020-08-31"),
    ("in early 2019", "2019-01-01", "2019-01-01"),
    ("after 2018", "2019-01-01", None),
]


@pytest.mark.parametrize(("text", "start", "end"), CLOSED)
def test_what_a_figure_can_be_of_ends_with_its_publication(text, start, end):
    (found,), _ = read_periods(text, "en", Memory(reference=PUBLISHED))
    assert tuple(day and day.isoformat() for day in (found.start, found.end)) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "it said on Tuesday",
        "the company announced this week",
        "Europol wrote late on Friday the 5th",
        "in its report on Monday",
        "On Tuesday Twitter said that it had closed them",
    ],
)
def test_when_it_was_said_is_not_what_a_figure_is_of(text):
    found = read_periods(text, "en", Memory(reference=PUBLISHED))[0]
    assert [(p.start, p.end, p.convention) for p in found] == [(None, None, SAID_THEN)]


@pytest.mark.parametrize(
    "text",
    [
        "vanished from the site on Tuesday",
        "closed 78 channels this week",
        "since Friday, the company said, they were gone",
    ],
)
def test_a_day_of_the_week_can_be_what_a_figure_is_of(text):
    (found,), _ = read_periods(text, "en", Memory(reference=PUBLISHED))
    assert found.start is not None


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


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("In 2019 complaints were filed", "2019-01-01", "2019-12-31"),
        ("the quarter that ended in September", "2019-07-01", "2019-09-30"),
        ("from August 1, 2015, up to December 31, 2017", "2015-08-01", "2017-12-31"),
        ("by the end of the month", "None", "2019-11-30"),
        ("at the start of the month", "2019-11-01", "2019-11-01"),
        ("last two months", "2019-09-13", "2019-11-13"),
        ("last two months of 2018", "2018-11-01", "2018-12-31"),
        ("from Tuesday the 4th to 9 June 2019", "2019-06-04", "2019-06-09"),
        ("the last weekend of March 2019", "2019-03-30", "2019-03-31"),
        ("this coming Friday", "2019-11-15", "2019-11-15"),
        ("on June 26th of 2018", "2018-06-26", "2018-06-26"),
        ("Friday after next", "2019-11-22", "2019-11-22"),
        ("from 12/28 to 1/3/2019", "2018-12-28", "2019-01-03"),
        ("next week between Tuesday and Thursday", "2019-11-19", "2019-11-21"),
        ("Sunday of last week", "2019-11-10", "2019-11-10"),
    ],
)
def test_more_ways_to_name_a_period(text, start, end):
    assert [(str(p.start), str(p.end)) for p in periods(text, date(2019, 11, 13))] == [(start, end)]


def test_a_number_of_cases_is_no_year():
    assert periods("It did so in 2019 cases", date(2019, 11, 13)) == []
    assert periods("It closed 1999 and 2000 accounts", date(2019, 11, 13)) == []
    found = periods("In 2017 and 2018 complaints doubled", date(2019, 11, 13))
    assert [p.start.year for p in found] == [2017, 2018]


@pytest.mark.parametrize(
    ("text", "lang"),
    [("il 29% dei post", "it"), ("el 29 % de los vídeos", "es"), ("el 12,5 %", "es")],
)
def test_a_percentage_is_no_day(text, lang):
    assert periods(text, date(2020, 5, 20), lang) == []


def test_the_week_after_a_day_is_that_behind_its_week():
    _, week = periods("It fell on Tuesday 3 March 2020, the week after was calm.", PUBLISHED)
    assert (week.start, week.end) == (date(2020, 3, 9), date(2020, 3, 15))


def test_days_later_are_counted_from_the_day_named_before():
    _, day = periods("On 3 March 2020 it closed them. Two days later it said why.", PUBLISHED)
    assert day.start == day.end == date(2020, 3, 5)
