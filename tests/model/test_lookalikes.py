"""Names that imitate a service's are found, and a service's own names are left alone."""

import pytest

from analysis.model import vocabulary
from analysis.model.lookalikes import confusables, find_lookalike, lookalikes_in, signs_of

FALSE = [
    ("F\u0430cebook", "facebook", "Cyrillic among Latin letters"),
    ("Fаcebооk", "facebook", "Cyrillic among Latin letters"),
    ("TikT\u03bfk", "tiktok", "Greek among Latin letters"),
    ("\u0422\u0435legram", "telegram", "Cyrillic among Latin letters"),
    ("\uff26\uff41cebook", "facebook", "letters of another width or style"),
    ("Face\u200bbook", "facebook", "characters that take no room"),
    ("\u202eFacebook", "facebook", "a change of direction"),
    ("Tw\u0131tter", "twitter", "rare Latin letters"),
    ("Fácebook", "facebook", "accents"),
    ("𝐘𝐨𝐮𝐓𝐮𝐛𝐞", "youtube", "letters of another width or style"),
    ("Yоu Tubе", "youtube", "Cyrillic among Latin letters"),
    ("\u0425", "x", "Cyrillic letters"),
    ("Ꭲwitter", "twitter", "Cherokee among Latin letters"),
    ("Faceb00k", "facebook", "other letters or digits"),
    ("Twltter", "twitter", "other letters or digits"),
    ("Telegrarn", "telegram", "other letters or digits"),
]
TRUE = [
    *("Facebook", "FACEBOOK", "X", "TikTok", "Tik Tok", "Face\u00adbook", "\u200fFacebook\u200e"),
    *(
        "\u2068Telegram\u2069",
        "Facebook\ufeff",
        "TWİTTER",
        "فیس‌بوک",
        "Вконтакте",
        "Faces",
        "Телеграм",
        "",
        "Harbourline",
    ),
]


@pytest.mark.parametrize(("name", "key", "sign"), FALSE)
def test_a_look_alike_is_flagged_with_what_gives_it_away(name, key, sign):
    found = find_lookalike(name)
    assert found is not None
    assert (found.imitates, sign in found.signs) == (key, True), found
    assert found.note.isascii()
    assert vocabulary.load("platforms").find(name) is None


@pytest.mark.parametrize("name", TRUE)
def test_a_name_of_its_own_is_not_flagged(name):
    assert find_lookalike(name) is None


def test_every_spelling_of_the_vocabulary_is_left_alone():
    spellings = vocabulary.load("platforms").spellings
    assert len(spellings) > 100
    assert [name for name in spellings if find_lookalike(name)] == []


def test_look_alikes_are_found_in_running_text():
    text = "On Fаcebook and Tik Tоk, not on Facebook, 5 posts; Х, и Facebook"
    assert [found.imitates for found in lookalikes_in(text)] == ["facebook", "tiktok"]
    assert not list(lookalikes_in("Компания Телеграм удалила 5 каналов, Facebook\u200f removed 6."))


def test_the_list_of_letters_is_in_order():
    assert len(confusables()) > 150
    for letter, (looks_like, _) in confusables().items():
        assert len(letter) == 1
        assert looks_like.isascii()
        assert letter != looks_like
    assert signs_of("Facebook") == ()
