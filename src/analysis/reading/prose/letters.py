"""Letters and digits that writers use for one another, read as one.

Digits of every script, the forms of Arabic alef, ya and kaf, the two i of Turkish, apostrophes:
each is read as one chosen form. Data files are read the same way, so they may spell a word as
they like.
"""

import re
import sys
import unicodedata
from collections.abc import Mapping
from functools import cache

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


@cache
def twins() -> Mapping[int, str]:
    """Return the letters and digits that are read as another."""
    digits = {
        code: str(unicodedata.digit(chr(code)))
        for code in range(128, sys.maxunicode + 1)
        if unicodedata.category(chr(code)) == "Nd"
    }
    return digits | {ord(c): one for many, one in ONE_FOR_ANOTHER.items() for c in many}


def fold_letters(text: str) -> str:
    """Return text of the same length, in lower case and one spelling.

    >>> fold_letters("۶۵۰۰ Konten"), fold_letters("آلاف"), fold_letters("İçerik")
    ('6500 konten', 'الاف', 'içerik')
    """
    return "".join(
        c.lower() if len(c.lower()) == 1 else c
        for c in PERSIAN_POINT.sub(r"\1.\2", text).translate(twins())
    )


def bare(text: str) -> str:
    """Return folded text without the vowel signs and the stretching of Arabic."""
    return text if text.isascii() else SILENT.sub("", text)
