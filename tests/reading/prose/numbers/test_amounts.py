"""Amounts in English prose: what is written, and the interval that its writing allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading.prose.numbers.amounts import amounts
from analysis.reading.prose.numbers.number_grammar import parse_numeral

COUNTS = [
    ("over 125,000 accounts", (125_000, 125_000, None, "over")),
    ("1.9 million pieces", (1_900_000, 1_850_000, 1_950_000, "stated")),
    ("1,943,211 pieces", (1_943_211, 1_943_211, 1_943_211, "stated")),
    ("1.9m posts", (1_900_000, 1_850_000, 1_950_000, "stated")),
    ("2bn views", (2_000_000_000, 1_500_000_000, 2_500_000_000, "stated")),
    ("30k accounts", (30_000, 29_500, 30_500, "stated")),
    ("20,11,000 accounts", (2_011_000, 2_011_000, 2_011_000, "stated")),
    ("5.5L accounts", (550_000, 545_000, 555_000, "stated")),
    ("1.2Cr accounts", (12_000_000, 11_500_000, 12_500_000, "stated")),
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
    ("more than a third was deleted", (0.333333, 0.333333, None, "over")),
    ("46,000 to 90,000 accounts", (None, 46_000, 90_000, "between")),
    ("5 to 6 million", (None, 5_000_000, 6_000_000, "between")),
    ("200-300 channels", (None, 200, 300, "between")),
    ("tens of thousands of posts", (None, 20_000, 100_000, "between")),
    ("several hundred pages", (None, 200, 1_000, "between")),
    ("5-6,000 posts", (None, 5_000, 6_000, "between")),
    ("anywhere from 10 to 20 channels", (None, 10, 20, "between")),
    ("two to three dozen groups", (None, 24, 36, "between")),
    ("at -3 degrees", (-3, -3, -3, "stated")),
    ("about 500 or more", (500, 500, None, "over")),
    ("plus or minus 40", (40, 36, 44, "about")),
    ("the half million posts", (500_000, 450_000, 550_000, "stated")),
    ("a thousand or fewer", (1_000, 0, 1_000, "under")),
    ("scores >= 40", (40, 40, None, "over")),
    ("two thirds", (0.666667, 0.646667, 0.686667, "stated")),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS, ids=[c[0] for c in COUNTS])
def test_a_count_and_the_interval_it_allows(text, expected):
    (found,) = amounts(text)
    ends = [end and pytest.approx(end, abs=1e-6) for end in expected[:3]]
    assert [found.value, found.low, found.high, found.bound] == [*ends, expected[3]]
    assert found.measure == "count"


OTHERS = [
    ("accounts suspended (+12%)", "ratio", 1.12),
    ("▼ 4.5 % on the year before", "ratio", 0.955),
    ("a 1.5-fold increase", "ratio", 1.5),
    ("4 out of every 10,000 views", "share", 0.04),
    ("99 percent of it", "share", 99),
    ("91 per cent", "share", 91),
    ("98.2%", "share", 98.2),
    ("nine in ten of them", "share", 90),
    ("six out of 400 posts", "share", 1.5),
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


WORDS = [
    ("seven hundred and eight thousand and nineteen", [708_019]),
    ("forty-one hundred", [4_100]),
    ("two million sixty thousand", [2_060_000]),
    ("nine lakh crore", [9e12]),
    ("five thousand million", [5e9]),
    ("hundred four", [104]),
    ("6 thousand 2 hundred and 15", [6_215]),
    ("2 million and 300 thousand", [2_300_000]),
    ("five thousand, six hundred and one accounts", [5_601]),
    ("three, four and fifty", [3, 4, 50]),
    ("six thousand, five of them new", [6_000, 5]),
    ("three million, four million", [3_000_000, 4_000_000]),
    ("3 million, four hundred of them videos", [3_000_000, 400]),
    ("thirty eleven", [30, 11]),
    ("one hundred and two hundred", [100, 200]),
    ("one million two million", [1_000_000, 2_000_000]),
    ("4 hundred and 3 hundred", [400, 300]),
    ("2 million and 21 groups", [2_000_000, 21]),
    ("a couple of videos", [2]),
    ("half a dozen", [6]),
    ("a half-million", [500_000]),
    ("three hundred and two dozen", [324]),
    ("six point seven five million", [6_750_000]),
    ("eleven point nought four", [11.04]),
    ("4 point 5", [4.5]),
    ("minus forty", [-40]),
    ("negative 3.5", [-3.5]),
    ("seven and a quarter million", [7_250_000]),
    ("eight million and a half", [8_500_000]),
    ("two billion and a half million", [2_000_500_000]),
    ("ninety and three quarters", [90.75]),
    ("nil", [0]),
    ("4/16", [0.25]),
    ("4/16 videos", [4, 16]),  # a day, or a row of numbers
]

PARTS = [
    ("four sevenths", [4 / 7]),
    ("five twenty-fourths", [5 / 24]),
    ("one-ninth", [1 / 9]),
    ("a hundredth", [0.01]),
    ("more than half people think so", [0.5]),
    ("3/8", [0.375]),
    ("6 2/5", [6.4]),
    ("2\u00bd", [2.5]),
    ("\u215b", [0.125]),
    ("-1/4", [-0.25]),
    ("two over fifty", [0.04]),
    ("removed 900 over two days", [900, 2]),
    ("the 9/11 attacks", [9, 11]),
    ("on 4/21/2019", [4, 21, 2019]),
]

FIGURES = [
    ("3.2e5", [320_000]),
    ("7.5x10^4", [75_000]),
    ("2^10", [1024]),
    ("5^-1", [0.2]),
    (".25", [0.25]),
    ("40K", [40_000]),
    ("3.5 M", [3_500_000]),
    ("6MM", [6_000_000]),
    ("$7B", [7e9]),
    ("4 T-shirts", [4]),
    ("1.5 bln and 2 tln", [1.5e9, 2e12]),
    ("4.250", [4.25]),
    ("4.250 accounts", [4_250]),
    ("10.20.30.40", [10, 20, 30, 40]),
    ("23.04.2018", [23, 4, 2018]),
    ("2018-04-23", [2018, 4, 23]),
    ("12,14,16", [12, 14, 16]),
    ("call 555-0100-22", [555, 100, 22]),
    ("at 10:30", [10, 30]),
    ("45,67,890.5", [4_567_890.5]),
    ("\u0967\u0968 \u0932\u093e\u0916", [12]),
]


@pytest.mark.parametrize(("text", "values"), WORDS + PARTS + FIGURES)
def test_the_numbers_of_a_text(text, values):
    assert [a.value for a in amounts(text)] == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("between 0.16% and 0.18%", "en"),
        ("0.16 percent to 0.18 percent of views", "en"),
        ("zwischen 0,16 % und 0,18 %", "de"),
        ("entre el 0,16 % y el 0,18 %", "es"),
        ("tra lo 0,16% e lo 0,18%", "it"),
    ],
)
def test_a_range_may_have_the_sign_of_a_share_at_both_ends(text, language):
    (found,) = amounts(text, language)
    assert (found.low, found.high, found.measure, found.bound) == (0.16, 0.18, "share", "between")


def test_a_share_that_went_from_one_level_to_another_is_no_range():
    assert [a.value for a in amounts("from 55% to 80%")] == [55, 80]


def test_a_part_of_something_is_a_share_and_by_itself_a_number():
    shares = [amounts(t)[0] for t in ("two fifths of the posts", "a fifth more", "two fifths")]
    assert [(a.measure, a.value) for a in shares] == [
        ("share", 40),
        ("ratio", 1.2),
        ("count", 0.4),
    ]


NOTHING = [
    "COVID-19 and the A-10",
    "5G phones",
    "the one they mean",
    "no one knew, and another one left",
    "the twenty-first channel",
    "two hundred third",
    "a third account",
    "half an hour",
    "in this half",
    "in their second-half report",
    "in a quarter",
    "hash 81a0",
    "9" * 40,
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


def test_a_change_by_a_share_is_as_exact_as_the_share():
    whole, finer = amounts("up 19 percent, and up 12.5 percent")
    assert (whole.low, whole.high) == (1.185, 1.195)
    assert (finer.low, finer.high) == (1.1245, 1.1255)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("69 percent", 68.5, 69.5), ("100 percent", 99.5, 100.0), ("97.4%", 97.35, 97.45)],
)
def test_a_share_is_rounded_to_its_last_digit(text, low, high):
    (share,) = amounts(text)
    assert (share.low, share.high) == (low, high)


def test_a_change_from_one_to_another_is_two_amounts():
    found = amounts("rose from 1.1 to 1.9 million")
    assert [a.value for a in found] == [1_100_000, 1_900_000]


def test_a_dash_behind_from_joins_the_ends_of_a_range_only_from_low_to_high():
    read = [(a.low, a.high) for a in amounts("It rose from 0.06-0.07% to 0.08%.", "en")]
    assert read[0] == (0.06, 0.07)
    assert [a.value for a in amounts("It fell from 57-45.", "en")] == [57, 45]


@pytest.mark.parametrize("text", ["half a percent of the videos", "half a per cent of them"])
def test_half_a_percent_is_half_of_one(text):
    (amount,) = amounts(text, "en")
    assert (amount.value, amount.measure) == (0.5, "share")


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


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("slightly fewer than the 6.1 million of the quarter before", 6_100_000, "stated"),
        ("it shot up to 9.4 million pieces", 9_400_000, "stated"),
        ("it removed up to 9.4 million pieces", 9_400_000, "under"),
        ("27 million and more pieces", 27_000_000, "over"),
        ("the court passed five orders", 5, "stated"),
        ("the list has passed the mark of 300,000", 300_000, "over"),
    ],
)
def test_words_that_only_look_like_a_hedge(text, value, bound):
    assert [(a.value, a.bound) for a in amounts(text)] == [(value, bound)]


@pytest.mark.parametrize(
    ("text", "lang", "low", "high"),
    [
        ("several hundred thousand posts", "en", 200_000, 1_000_000),
        ("a few hundred million posts", "en", 200_000_000, 1_000_000_000),
        ("plusieurs centaines de milliers de comptes", "fr", 200_000, 1_000_000),
        ("quelques dizaines de millions", "fr", 20_000_000, 100_000_000),
        ("mehrere hunderttausend Konten", "de", 200_000, 1_000_000),
        ("varias decenas de miles de cuentas", "es", 20_000, 100_000),
        ("diverse centinaia di migliaia di account", "it", 200_000, 1_000_000),
    ],
)
def test_a_vague_amount_of_thousands(text, lang, low, high):
    (amount,) = amounts(text, lang)
    assert (amount.value, amount.low, amount.high, amount.vague) == (None, low, high, True)


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("hundred thousand posts", "en", 100_000),
        ("two-and-a-half million posts", "en", 2_500_000),
        ("5 koti", "en", 50_000_000),
        ("deux centaines de comptes", "fr", 200),
        ("eine Viertelmillion Konten", "de", 250_000),
        ("dos millares de cuentas", "es", 2000),
        ("due migliaia di account", "it", 2000),
    ],
)
def test_more_multipliers(text, lang, value):
    assert [a.value for a in amounts(text, lang)] == [value]
