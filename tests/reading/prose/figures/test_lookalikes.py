"""A service's name in letters that only look like it is noted beside the figure."""

import pytest
from tests.reading.prose.documents import make_document

from analysis.reading.prose.figures.mentions import read_figures

FALSE = [
    "F\u0430cebook",
    "TikT\u03bfk",
    "\u0422elegram",
    "\uff26acebook",
    "Tw\u0131tter",
    "Fácebook",
]


@pytest.mark.parametrize("name", FALSE)
def test_a_look_alike_is_noted_beside_its_figure(name):
    text = f"YouTube is large. {name} removed 125,000 posts in May 2019."
    (mention,) = read_figures(make_document(text)).mentions
    assert "looks like" in mention.note
    assert mention.note.isascii()


def test_other_texts_carry_no_such_note():
    text = "Facebook, Café and Телеграм removed 125,000 posts in May 2019."
    assert [mention.note for mention in read_figures(make_document(text)).mentions] == [""]
