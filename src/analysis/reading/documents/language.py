"""Which language a text is in: what the page says, checked against script and frequent words.

It matters beyond the label: newspaper3k finds no text at all on an Arabic page read as English.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analysis.reading.documents.lists import read_list

SAMPLE = 20_000  # characters looked at
WORDS_TO_TELL = 20  # from so many words on it is odd that no language was recognised
ENOUGH = 0.06  # share of words that must be frequent words of a language
SCRIPT_LANGUAGES = {
    "greek": "el",
    "hebrew": "he",
    "devanagari": "hi",
    "bengali": "bn",
    "tamil": "ta",
    "thai": "th",
    "hangul": "ko",
    "hiragana": "ja",
    "katakana": "ja",
    "cjk": "zh",
    "georgian": "ka",
    "armenian": "hy",
    "ethiopic": "am",
}
LANGUAGE_SCRIPTS = {language: script for script, language in SCRIPT_LANGUAGES.items()}
URDU_LETTERS = frozenset("ٹڈڑںےہھۓ")
PASHTO_LETTERS = frozenset("ښږځڅټډړڼې")
KURDISH_LETTERS = frozenset("ێۆڵڕە")
PERSIAN_LETTERS = frozenset("پچژگکی")
_CODE = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_][\w-]*)?\s*$")
_WORD = re.compile(r"[^\W\d_]+")
NOT_CODES = frozenset({"und", "mul", "zxx", "xx", "xxx"})


@dataclass(frozen=True, slots=True)
class Language:
    """An ISO 639-1 code, empty for unknown, how it was found, and a remark."""

    code: str
    basis: str
    note: str = ""


@cache
def frequent_words() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Return each language's script and frequent words."""
    return {
        row["code"]: (row["script"], frozenset(row["words"].split()))
        for row in read_list("stopwords")
    }


def find_language(text: str, declared: str = "", given: str | None = None) -> Language:
    """Return the language of `text`.

    Parameters
    ----------
    text
        Visible text of the page, furniture included.
    declared
        What the page says (``<html lang>``), any form: "en-GB".
    given
        What the caller says; believed without a check.
    """
    if given:
        return Language(code_of(given) or given.lower(), "given")
    said = code_of(declared)
    seen, basis = detect(text)
    if not said:
        return Language(seen, basis, "" if seen else _unrecognised(text))
    if not seen or seen == said or not contradicts(text, said):
        return Language(said, "page")
    return Language(seen, basis, f"the page says language {said!r}, the text is {seen!r}")


def _unrecognised(text: str) -> str:
    if sample_words(text).total() < WORDS_TO_TELL:
        return ""
    return "no language was recognised; it can be given: language=, or --lang on the command line"


def code_of(tag: str) -> str:
    """Return the ISO 639-1 code of a language tag, empty when it is none.

    >>> code_of("en-GB"), code_of("AR_eg"), code_of("english please")
    ('en', 'ar', '')
    """
    match = _CODE.match(tag or "")
    code = match.group(1).lower() if match else ""
    return "" if code in NOT_CODES else {"iw": "he", "in": "id", "no": "nb"}.get(code, code)


def detect(text: str) -> tuple[str, str]:
    """Return language and how it was told (script, letters, words); two empty texts if unknown.

    Of two languages that fit a short text alike, the one listed first is taken.

    >>> detect("Facebook removed 1.9 million posts in March 2018.")
    ('en', 'words')
    """
    sample = text[:SAMPLE]
    script = main_script(sample)
    if script == "cjk" and "hiragana" in scripts(sample):
        return "ja", "script"
    if script in SCRIPT_LANGUAGES:
        return SCRIPT_LANGUAGES[script], "script"
    if script == "arabic":
        return arabic_script_language(sample), "letters"
    words = sample_words(sample)
    shares = ((share_of(words, c), c) for c, (s, _) in frequent_words().items() if s == script)
    best = max(shares, key=lambda pair: pair[0], default=(0.0, ""))
    return (best[1], "words") if best[0] >= ENOUGH else ("", "")


def scripts(text: str) -> Counter[str]:
    """Count the letters of a text by script."""
    found: Counter[str] = Counter()
    for ch, count in Counter(text).items():
        if ch.isalpha():
            found[unicodedata.name(ch, "?").split(" ")[0].split("-")[0].lower()] += count
    return found


def main_script(text: str) -> str:
    """Return the script that most letters are in; empty where there are hardly any."""
    found = scripts(text)
    if sum(found.values()) < 10:
        return ""
    return found.most_common(1)[0][0]


def arabic_script_language(text: str) -> str:
    """Tell Arabic, Persian, Urdu, Pashto and Kurdish apart by letters only some of them use.

    Persian typed on an Arabic keyboard lacks two of its letters, so its words count as well.
    """
    count = Counter(text)
    letters = sum(n for ch, n in count.items() if ch.isalpha())

    def share(group: frozenset[str]) -> float:
        return sum(count[ch] for ch in group) / letters

    for code, group in (("ur", URDU_LETTERS), ("ps", PASHTO_LETTERS), ("ku", KURDISH_LETTERS)):
        if share(group) > 0.02:
            return code
    if share(PERSIAN_LETTERS) > 0.05:
        return "fa"
    plain = text.replace("ي", "ی").replace("ك", "ک")
    persian, arabic = share_of(sample_words(plain), "fa"), share_of(sample_words(text), "ar")
    return "fa" if persian > max(ENOUGH, arabic) else "ar"


def sample_words(text: str) -> Counter[str]:
    """Count the words by which the language of a text is told, in lower case."""
    return Counter(_WORD.findall(text[:SAMPLE].lower()))


def share_of(words: Counter[str], code: str) -> float:
    """Return which share of words are frequent words of a language."""
    known = frequent_words()[code][1] if code in frequent_words() else frozenset()
    return sum(words[word] for word in known) / words.total() if words else 0.0


def contradicts(text: str, said: str) -> bool:
    """Tell whether a text cannot be in the language that its page names."""
    script = main_script(text[:SAMPLE])
    if said in frequent_words():
        expected = frequent_words()[said][0]
        if script != expected or expected == "arabic":
            return script != expected or detect(text)[0] != said
        return share_of(sample_words(text), said) < ENOUGH / 4
    return said in LANGUAGE_SCRIPTS and script not in (LANGUAGE_SCRIPTS[said], "cjk", "")
