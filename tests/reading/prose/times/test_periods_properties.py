"""What holds of the periods of any text, in any language, on any publication date."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading.prose import languages
from analysis.reading.prose.times.periods import periods, read_periods
from analysis.reading.prose.times.resolving import Memory
from analysis.reading.prose.times.time_words import time_words

WORDS = [
    "the", "first", "last", "next", "past", "this", "previous", "of", "in", "since", "until",
    "before", "after", "between", "and", "from", "to", "by", "early", "mid-", "late", "end of",
    "week", "weeks", "month", "months", "quarter", "half", "year", "years", "decade", "century",
    "January", "Feb.", "May", "march", "December", "Monday", "Fri", "Q1", "H2", "FY21", "2H20",
    "2018", "1999", "9999", "0001", "12", "31", "5th", "29", "02/29/2019", "2020-02-30", "1990s",
    "three", "ago", "days", "ended", "rest of", "week 53", "on", "or later", "or earlier", ",",
    "-", "–", "'19", "twenty-first", "two thousand", "yesterday", "tomorrow", "a day", "weekend",
    "premier", "trimestre", "dernier", "seit", "ersten", "Quartal", "hace", "año", "prossimo",
    "в", "году", "2018年", "سنة", "۱۳۹۸", "yılında", "وفي", "\u200c", "\u00a0", "\n",
]  # fmt: skip
WORDS += sorted(
    word
    for language in languages.known()
    for listed in (time_words(language).weekdays, time_words(language).units)
    for word in listed
)
PHRASES = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
TEXTS = st.one_of(st.text(max_size=80), PHRASES)
DATES = st.one_of(
    st.none(),
    st.dates(),
    st.sampled_from([date.min, date(1, 2, 28), date(9999, 1, 1), date.max]),
)
LANGUAGES = st.sampled_from(languages.known())


@settings(max_examples=400, deadline=None)
@given(TEXTS, DATES, LANGUAGES)
def test_any_text_is_read(text, published, language):
    found = periods(text, published, language)
    for period in found:
        start, end = period.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == period.text
        assert not (period.start and period.end) or period.start <= period.end
        assert period.convention and period.basis
    spans = [period.span for period in found if not period.per]
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@settings(max_examples=200, deadline=None)
@given(TEXTS, DATES, LANGUAGES)
def test_what_a_figure_can_be_of_is_closed_at_its_publication(text, published, language):
    found, _ = read_periods(text, language, Memory(reference=published))
    for period in found:
        assert not (period.start and period.end) or period.start <= period.end
        ongoing = period.kind == "since" and period.cumulative
        begun = published and period.start and period.start <= published
        assert not (ongoing and begun) or period.end


@settings(max_examples=100, deadline=None)
@given(PHRASES, LANGUAGES)
def test_without_a_publication_date_nothing_is_dated_by_it(text, language):
    assert not [p for p in periods(text, None, language) if p.basis == "relative" and p.start]


HOSTILE = {
    "no stop": "since 2015 and in the first " * 4_000,
    "numbers": "1,943,211 12 31 5 " * 6_000,
    "years": "2018 " * 20_000,
    "months": "January and " * 9_000,
    "weekdays": "Mon, " * 20_000,
    "blanks": "in the" + " " * 100_000 + "first quarter" + " " * 100_000 + "of 2018",
    "lists": "January, " * 12_000,
    "rates": "a day per week " * 7_000,
    "letters": "a" * 100_000,
    "dashes": "2018-" * 20_000,
    "ends": "until the end of the " * 5_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_long_text_takes_time_in_proportion(text):
    periods(text[:1_000], date(2020, 8, 22))  # patterns are compiled when first tried
    begun = time.process_time()
    periods(text, date(2020, 8, 22))
    assert time.process_time() - begun < 8  # a second or less; quadratic it would be minutes
