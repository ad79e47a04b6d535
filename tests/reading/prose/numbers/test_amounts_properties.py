"""What holds of the amounts of any text, in every language, and how long hostile lines take."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.reading.prose import languages
from analysis.reading.prose.numbers.amounts import amounts, read_amounts
from analysis.reading.prose.numbers.growing import tidy
from analysis.reading.prose.numbers.number_grammar import grammar
from analysis.reading.prose.words.tokens import tokenize

LANGUAGES = languages.known()
EXAMPLES = 150
SECONDS = 20  # a quadratic reader takes hours for these lines


def words_of(language):
    rules = grammar(language)
    phrases = (
        rules.words,
        rules.scales,
        rules.fractions,
        rules.vague,
        rules.range_to,
        rules.hedges,
    )
    listed = [" ".join(words) for group in phrases for words in list(group.by_first)[:60]]
    signs = ["-", "/", "^", "e", ",", ".", "%", "½", "5", "1.9", "1,000", "12", "0", "\u066b"]
    return [*listed, *rules.articles, *rules.joins, *rules.points, *signs]


def check(text, language):
    last = 0
    for found in amounts(text, language):
        start, end = found.span
        assert last <= start < end <= len(text)
        assert text[start:end] == found.text
        low, high, value = found.low, found.high, found.value
        assert low is None or high is None or low <= high
        assert value is None or low is None or low <= value
        assert value is None or high is None or value <= high
        last = end


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(max_size=150), st.sampled_from(LANGUAGES))
def test_any_text_is_read_and_its_amounts_are_in_order(text, language):
    check(text, language)


@settings(max_examples=3 * EXAMPLES, deadline=None)
@given(st.data(), st.sampled_from(LANGUAGES))
def test_any_row_of_number_words_is_read(data, language):
    words = data.draw(st.lists(st.sampled_from(words_of(language)), max_size=12))
    gaps = data.draw(st.lists(st.sampled_from([" ", " ", "", "-", "\n"]), min_size=12, max_size=12))
    check("".join(word + gap for word, gap in zip(words, gaps, strict=False)), language)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(LANGUAGES))
def test_a_row_of_digits_is_its_own_value(value, language):
    (found,) = amounts(str(value), language)
    assert (found.value, found.low, found.high) == (value, value, value)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(alphabet="₅²0123456789.,'/-^ e%mk", max_size=40), st.sampled_from(LANGUAGES))
@example("10100^77", "en")
def test_any_row_of_figures_and_marks_is_read(text, language):
    check(text, language)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(max_size=80))
def test_tokens_given_are_the_tokens_made(text):
    assert read_amounts(text, tokenize(text), "en") == amounts(text)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(min_value=0, max_value=9999), st.sampled_from([1e3, 1e6, 1e9]))
def test_a_tidy_product_is_the_nearest(tenths, scale):
    assert tidy(tenths / 10 * scale) == tenths * (scale / 10)


LINES = {
    "words": "word " * 200_000,
    "numbers": "1,234 " * 50_000,
    "ones": "one " * 100_000,
    "marks": "1,1," * 50_000,
    "articles": "a of " * 100_000,
    "hyphens": "1-" * 50_000,
    "joined": "one thousand and " * 30_000,
    "multiplied": "5 thousand " * 30_000,
    "parts": "a half and " * 30_000,
    "decimals": "one point " * 30_000,
    "digits": "9" * 500_000,
    "grouped": "1,00," * 50_000,
}


@pytest.mark.parametrize("text", LINES.values(), ids=LINES)
def test_no_line_is_costly(text):
    started = time.process_time()
    amounts(text)
    assert time.process_time() - started < SECONDS
