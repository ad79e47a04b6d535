"""Amounts in English prose: what is written, and the interval that its writing allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading.prose.amounts import amounts
from analysis.reading.prose.number_grammar import parse_numeral

COUNTS = [
    ("over 125,000 accounts", (125_000, 125_000, None, "over")),
    ("1.9 million pieces", (1_900_000, 1_850_000, 1_950_000, "stated")),
    ("1,943,211 pieces", (1_943_211, 1_943_211, 1_943_211, "stated")),
    ("1.9m posts", (1_900_000, 1_850_000, 1_950_000, "stated")),
    ("2bn views", (2_000_000_000, 1_500_000_000, 2_500_000_000, "stated")),
    ("30k accounts", (30_000, 29_500, 30_500, "stated")),
    ("20,11,000 accounts", (2_011_000, 2_011_000, 2_011_000, "stated")),
    ("20 lakh accounts", (2_000_000, 1_950_000, 2_050_000, "stated")),
    ("7.4 crore", (74_000_000, 73_500_000, 74_500_000, "stated")),
    ("55 000 items", (55_000, 55_000, 55_000, "stated")),
    ("474.751 actions", (474_751, 474_751, 474_751, "stated")),
    ("1.900.000 items", (1_900_000, 1_900_000, 1_900_000, "stated")),
    ("a quarter of a million", (250_000, 225_000, 275_000, "stated")),
    ("half a million users", (500_000, 450_000, 550_000, "stated")),
    ("a million and a half", (1_500_000, 1_450_000, 1_550_000, "stated")),
    ("Twenty-three member states", (23, 23, 23, "stated")),
    ("two hundred thousand fingerprints", (200_000, 150_000, 250_000, "stated")),
    ("roughly five thousand", (5_000, 4_500, 5_500, "about")),
    ("some 3,300 Pages", (3_300, 2_970, 3_630, "about")),
    ("nearly 2m posts", (2_000_000, 1_800_000, 2_000_000, "under")),
    ("up to 5000 accounts", (5_000, 0, 5_000, "under")),
    ("5,000 or more", (5_000, 5_000, None, "over")),
    ("would exceed 360,000", (360_000, 360_000, None, "over")),
    ("the 250,000th piece", (250_000, 225_000, 275_000, "about")),
    ("between 5,000 and 6,000 posts", (None, 5_000, 6_000, "between")),
    ("46,000 to 90,000 accounts", (None, 46_000, 90_000, "between")),
    ("5 to 6 million", (None, 5_000_000, 6_000_000, "between")),
    ("200-300 channels", (None, 200, 300, "between")),
    ("tens of thousands of posts", (None, 20_000, 100_000, "between")),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS, ids=[c[0] for c in COUNTS])
def test_a_count_and_the_interval_it_allows(text, expected):
    (found,) = amounts(text)
    assert (found.value, found.low, found.high, found.bound) == expected
    assert found.measure == "count"


OTHERS = [
    ("99 percent of it", "share", 99),
    ("91 per cent", "share", 91),
    ("98.2%", "share", 98.2),
    ("nine in ten of them", "share", 90),
    ("three-quarters of the accounts", "share", 75),
    ("a fifth of the posts", "share", 20),
    ("less than 1 percent of everything", "share", 1),
    ("rose to 40 percent", "share", 40),
    ("nearly twice that content", "ratio", 2),
    ("five times as many", "ratio", 5),
    ("tripled", "ratio", 3),
    ("a fifth fewer than before", "ratio", 0.8),
    ("up 40 percent", "ratio", 1.4),
    ("a 19 percent drop", "ratio", 0.81),
]


@pytest.mark.parametrize(("text", "measure", "value"), OTHERS, ids=[c[0] for c in OTHERS])
def test_shares_and_ratios_are_told_apart(text, measure, value):
    (found,) = amounts(text)
    assert (found.measure, found.value) == (measure, value)


NOTHING = [
    "the 18th exercise",
    "8chan and 4chan",
    "Q1",
    "the second half",
    "G7",
    "no numbers here",
    "",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_amount(text):
    assert amounts(text) == []


def test_a_change_from_one_to_another_is_two_amounts():
    found = amounts("rose from 1.1 to 1.9 million")
    assert [a.value for a in found] == [1_100_000, 1_900_000]


def test_a_year_does_not_open_a_range():
    found = amounts("in the last quarter of 2019 to 6.1 million")
    assert [a.value for a in found] == [2019, 6_100_000]


def test_the_span_holds_the_whole_phrase():
    text = "It had closed more than 125,000 accounts."
    (found,) = amounts(text)
    assert text[slice(*found.span)] == found.text == "more than 125,000"


NUMERALS = [
    ("125,000", ".", 125_000),
    ("1.900.000,5", ",", 1_900_000.5),
    ("1'234'567", ".", 1_234_567),
    ("1 900 000", ",", 1_900_000),
    ("0.015", ".", 0.015),
    ("12.5", ".", 12.5),
    ("12,5", ",", 12.5),
]


@pytest.mark.parametrize(("text", "decimal", "value"), NUMERALS, ids=[n[0] for n in NUMERALS])
def test_grouping_and_decimal_marks(text, decimal, value):
    assert parse_numeral(text, decimal)[0] == value


@given(st.text(max_size=200))
def test_any_text_is_read_and_spans_hold(text):
    for found in amounts(text):
        assert text[slice(*found.span)] == found.text
        assert found.low is None or found.high is None or found.low <= found.high


@given(st.integers(min_value=1000, max_value=10**12))
def test_a_grouped_number_is_exact(value):
    (found,) = amounts(f"removed {value:,} posts")
    assert (found.value, found.low, found.high) == (value, value, value)
