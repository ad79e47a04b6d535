"""Whatever the text is, the reader answers: arbitrary Unicode, and mutated articles."""

import pytest
from benchmarks import fuzz
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading.prose import languages

pytestmark = pytest.mark.filterwarnings("ignore::analysis.model.errors.LanguageWarning")
LANGUAGES = st.sampled_from([*languages.known(), "xx", ""])
PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(fuzz.ODD),
    st.sampled_from(
        ["Facebook ", "removed ", "1.9 million ", "posts ", "in Q1 2018 ", "of them, ", "nearly ",
         "between 5 and ", "half a ", "since ", "accounts ", "twice ", "the year before ", ". "]
    ),
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, language=LANGUAGES)
def test_any_text_is_read(text, language):
    assert fuzz.read_all(language, text) >= 0


def test_mutated_articles_are_read():
    tally = fuzz.run(seed=7, count=1500)
    assert tally.read == 1500
    assert tally.figures > 100  # the mutations leave something to read
    assert tally.failures == []


def test_the_run_is_repeatable():
    assert list(fuzz.texts(3, 20, fuzz.seeds())) == list(fuzz.texts(3, 20, fuzz.seeds()))
