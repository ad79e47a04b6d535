"""How numbers, hedges and periods read."""

from datetime import date

import pytest
from tests.presentation.drawn_rows import observe

from analysis.model.periods import Days, half, month, quarter, year
from analysis.model.tables import to_table
from analysis.presentation import narrative
from analysis.presentation.markup import around, escape
from analysis.presentation.wording import amount, number_words, period_words, short_period

AMOUNTS = [
    ("stated", 1_900_000.0, 1_850_000.0, 1_950_000.0, "1.9 million"),
    ("over", 125_000.0, 125_000.0, None, "more than 125,000"),
    ("under", 2_000_000.0, None, 2_000_000.0, "less than 2 million"),
    ("about", 5_000.0, 4_500.0, 5_500.0, "about 5,000"),
    ("between", None, 5_000.0, 6_000.0, "between 5,000 and 6,000"),
    ("over", None, 20_000.0, None, "at least 20,000"),
    ("under", None, None, 300.0, "at most 300"),
    ("stated", None, None, None, "an unstated number"),
]


@pytest.mark.parametrize(("bound", "value", "low", "high", "expected"), AMOUNTS)
def test_amount_carries_its_hedge(bound, value, low, high, expected):
    assert amount({"value": value, "low": low, "high": high, "bound": bound}) == expected


NUMBERS = [
    (0.0, "0"),
    (78.0, "78"),
    (125_000.0, "125,000"),
    (999_999.0, "999,999"),
    (1_000_000.0, "1 million"),
    (1_943_211.0, "1,943,211"),
    (258_307_577.0, "258,307,577"),
    (2_500_000_000.0, "2.5 billion"),
    (0.05, "0.05"),
]


@pytest.mark.parametrize(("value", "expected"), NUMBERS)
def test_number_words_lose_no_digit(value, expected):
    assert number_words(value) == expected


PERIODS = [
    (quarter(2018, 1), "January to March 2018", "2018 Q1"),
    (half(2015, 2), "July to December 2015", "2015 H2"),
    (year(2019), "2019", "2019"),
    (month(2016, 12), "December 2016", "2016-12"),
    (Days(date(2019, 11, 22), date(2019, 11, 22)), "22 November 2019", "2019-11-22"),
    (
        Days(date(2016, 2, 6), date(2016, 8, 5)),
        "6 February 2016 to 5 August 2016",
        "2016-02-06 to 2016-08-05",
    ),
]


@pytest.mark.parametrize(("days", "words", "short"), PERIODS, ids=[p[2] for p in PERIODS])
def test_periods_read_as_said(days, words, short):
    assert period_words(days.first, days.last) == words
    assert short_period(days.first, days.last) == short


SENTENCES = [
    (
        observe(policy="", edition="2018Q1"),
        "Facebook: 1.9 million pieces of content were acted on, from January to March 2018 "
        "(Meta, 2018Q1).",
    ),
    (
        observe(days=year(2019), period_basis="inferred"),
        "Facebook: 1.9 million pieces of content were acted on for terrorism, in 2019 "
        "(period inferred) (Meta).",
    ),
    (
        observe(days=Days(date(2019, 3, 17), date(2019, 3, 17)), policy="all_policies"),
        "Facebook: 1.9 million pieces of content were acted on under all policies, "
        "on 17 March 2019 (Meta).",
    ),
    (
        observe(99.5, measure="share", action="found_proactively", of="content actioned"),
        "Facebook: 99.5% of content actioned were found proactively for terrorism, "
        "from January to March 2018 (Meta).",
    ),
    (
        observe(None, None, low=1e3, reported_by="", policy=""),
        "Facebook: between 1,000 and 2,000 pieces of content were acted on, period not stated.",
    ),
    (
        observe(
            2.0,
            measure="ratio",
            bound="under",
            policy="",
            base_start=date(2017, 10, 1),
            base_end=date(2017, 12, 31),
        ),
        "Facebook: pieces of content acted on from January to March 2018 were less than 2 times "
        "as many as in October to December 2017 (Meta).",
    ),
]


def test_a_time_to_removal_is_said_as_a_time():
    row = observe(0.3, action="time_to_removal", item="time", measure="duration")
    said = narrative.sentence(to_table([row], type(row)).iloc[0])
    assert said.startswith("Facebook: time to removal for terrorism was 18 minutes, from January")


@pytest.mark.parametrize(("row", "expected"), SENTENCES)
def test_sentence_from_a_row(row, expected):
    if row.low == 1e3:
        row = observe(None, None, low=1e3, high=2e3, reported_by="", policy="")
    cells = to_table([row], type(row)).iloc[0]
    assert narrative.sentence(cells) == expected


HOSTILE = [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ('"><img onerror=x>', "&quot;&gt;&lt;img onerror=x&gt;"),
    ("a\u202eb\x00c", "abc"),
    ("منصة", "منصة"),
]


@pytest.mark.parametrize(("text", "expected"), HOSTILE)
def test_escape(text, expected):
    assert escape(text) == expected


def test_around_falls_back_to_the_start():
    assert around("one two three four five", "absent", 9) == "one two …"
    assert around("one two three four five six", "four", 12) == "… four …"
