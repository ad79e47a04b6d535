"""Where sentences end, and where a full stop does not end one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reading.prose.figures.scene import steering
from analysis.reading.prose.words.sentences import MOST_NUMBERS, split

CASES = [
    ("One. Two.", ["One.", "Two."]),
    ("It removed 1.9 million posts. It said so.", ["It removed 1.9 million posts.", "It said so."]),
    ("The U.S. firm closed 5 accounts.", ["The U.S. firm closed 5 accounts."]),
    ("Report no. 7 of Jan. 2019 is out.", ["Report no. 7 of Jan. 2019 is out."]),
    ("Ms. A. Smith said so. He agreed.", ["Ms. A. Smith said so.", "He agreed."]),
    ("Why? Nobody knows!", ["Why?", "Nobody knows!"]),
    (
        "أغلق الموقع 5 حسابات. لماذا؟ لا أحد يعلم.",
        ["أغلق الموقع 5 حسابات.", "لماذا؟", "لا أحد يعلم."],
    ),
    ("first line\nsecond line", ["first line", "second line"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[str(i) for i in range(len(CASES))])
def test_split(text, expected):
    spans = split(text, steering("en").abbreviations)
    assert [text[a:b] for a, b in spans] == expected


@given(st.text(max_size=300))
def test_nothing_but_white_space_is_lost(text):
    kept = "".join(text[a:b] for a, b in split(text))
    assert "".join(kept.split()) == "".join(text.split())


def test_a_list_of_numbers_is_parted():
    """Each number of a sentence is weighed against all others of it."""
    text = "12, " * 200
    parts = [text[slice(*span)] for span in split(text)]
    assert len(parts) == 4
    assert max(part.count("12") for part in parts) <= MOST_NUMBERS
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")
