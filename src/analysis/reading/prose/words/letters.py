"""Letters and digits that writers use for one another, read as one.

Digits of every script, the forms of Arabic alef, ya and kaf, the two i of Turkish, apostrophes:
each is read as one chosen form. Data files are read the same way, so they may spell a word as
they like.
"""

import re
import unicodedata
from collections.abc import Sequence

MARKS = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"  # vowel signs and accents on letters
SILENT = re.compile(rf"[{MARKS}\u0640]")
PERSIAN_POINT = re.compile(r"(?<![\d/])([\u06f0-\u06f9]+)/([\u06f0-\u06f9]+)(?![\d/])")
ONE_FOR_ANOTHER = {
    "أإآٱ": "ا",
    "يىۍ": "ی",
    "ك": "ک",
    "ةۀە": "ه",
    "\u2019\u2018\u02bc\u00b4`": "'",
    "İı": "i",
    "Ё": "Е",
    "ё": "е",
}


class Twins(dict[int, str]):
    """The letters and digits that are read as another, looked up when they are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        digit = unicodedata.digit(character, None) if character.isdecimal() else None
        self[code] = character if digit is None else str(digit)
        return self[code]


TWINS = Twins({ord(c): one for many, one in ONE_FOR_ANOTHER.items() for c in many})


def fold_letters(text: str) -> str:
    """Return text of the same length, in lower case and one spelling.

    >>> fold_letters("۶۵۰۰ Konten"), fold_letters("آلاف"), fold_letters("İçerik")
    ('6500 konten', 'الاف', 'içerik')
    """
    if text.isascii():
        return text.lower()
    plain = PERSIAN_POINT.sub(r"\1.\2", text).translate(TWINS)
    low = plain.lower()
    if len(low) == len(plain):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


def bare(text: str) -> str:
    """Return folded text without the vowel signs and the stretching of Arabic."""
    return text if text.isascii() else SILENT.sub("", text)


def without_marks(text: str) -> tuple[str, Sequence[int]]:
    """Return text without vowel signs, and the place in the text of each character and of its end.

    >>> without_marks("مرّة")
    ('مرة', [0, 1, 3, 4])
    """
    if text.isascii() or not SILENT.search(text):
        return text, range(len(text) + 1)
    kept = [i for i, c in enumerate(text) if not SILENT.match(c)]
    return "".join(text[i] for i in kept), [*kept, len(text)]
