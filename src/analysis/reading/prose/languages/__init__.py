"""The languages that the prose reader knows: one folder of data files each, and their loader.

``numbers.yaml`` says how a language writes amounts, ``periods.yaml`` how it names stretches of
time, ``words.yaml`` how it bends and joins words, and the CSV files which words mean which key:
``actions.csv``, ``items.csv``, ``policies.csv``, ``platforms.csv``, ``groups.csv``,
``actors.csv``, ``refusals.csv``. Every file opens with what belongs in it. A language is added by
adding its folder: see docs/add-a-language.md. ``notations.yaml`` beside the folders holds what all
languages write alike.
"""

import re
import warnings
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from analysis.model.errors import LanguageWarning, VocabularyError
from analysis.model.vocabulary import read_rows
from analysis.reading.prose.languages.inflection import (
    Inflection,
    composed,
    expand_data,
    expand_words,
)
from analysis.reading.prose.words.letters import bare, fold_letters

DEFAULT = "en"
PLAIN = ("words",)  # files that say how others are expanded, and are not expanded themselves


class Words(yaml.CSafeLoader):
    """Reads lists of words: "on" and "no" are words here, only true and false are not."""


Words.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:bool"]
    for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
Words.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


@cache
def known() -> tuple[str, ...]:
    """Return the codes of the languages that have data files."""
    folders = (entry for entry in files(__name__).iterdir() if entry.is_dir())
    return tuple(sorted(f.name for f in folders if (f / "numbers.yaml").is_file()))


def choose(language: str) -> str:
    """Return the language whose data read a text: its own if known, else English.

    Warns
    -----
    LanguageWarning
        The language has no data files.
    """
    borrowed = borrowing(language)
    if borrowed:
        advice = (
            f"figures may be missed or misread (there are lists for {', '.join(known())}; "
            "docs/add-a-language.md says how to add one)"
        )
        warnings.warn(f"{borrowed}: {advice}", LanguageWarning, stacklevel=3)
    return DEFAULT if borrowed else _code(language)


def borrowing(language: str) -> str:
    """Say that a text is read with the words of another language; empty where it is not.

    >>> borrowing("en-GB"), borrowing("sv")
    ('', "language 'sv' has no word lists and is read with those of 'en'")
    """
    if _code(language) in known():
        return ""
    return f"language {language!r} has no word lists and is read with those of {DEFAULT!r}"


def _code(language: str) -> str:
    return language.lower().split("-")[0]


@cache
def inflection(language: str) -> Inflection:
    """Return how a language bends and joins words."""
    return Inflection.of(_read_yaml(language, "words"))


def _read_yaml(language: str, name: str) -> dict[str, Any]:
    path = files(__name__) / language / f"{name}.yaml"
    if not path.is_file():
        raise VocabularyError(f"language {language!r} has no {name}.yaml; known: {known()}")
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=Words)  # noqa: S506 - a safe loader
    if not isinstance(data, dict):
        raise VocabularyError(f"{language}/{name}.yaml holds no mapping")
    return data


@cache
def load_yaml(language: str, name: str) -> Mapping[str, Any]:
    """Return one YAML data file of a language, its words in every form."""
    data = _read_yaml(language, name)
    if name in PLAIN:
        return data
    if name == "numbers":
        data = data | {"words": number_words(language)}
    return expand_data(data, name, inflection(language))


@cache
def notations() -> Mapping[str, Any]:
    """Return the templates of periods that hold in every language, by heading."""
    path = files(__name__) / "notations.yaml"
    found: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=Words)  # noqa: S506
    return found


@cache
def number_words(language: str) -> Mapping[str, float]:
    """Return the number words of a language, without prefixes."""
    made = dict(_composed(language).get("words", {}))
    made.update(_read_yaml(language, "numbers")["words"])
    return made


@cache
def _composed(language: str) -> Mapping[str, Mapping[str, float]]:
    return composed(_read_yaml(language, "numbers").get("compose") or {})


@cache
def composed_words(language: str, entry: str) -> Mapping[str, float]:
    """Return one entry of the words that a language builds from others, as they are matched."""
    words = _composed(language).get(entry, {})
    return {bare(fold_letters(word)): value for word, value in words.items()}


def as_written(language: str, heading: str) -> Mapping[str, Any]:
    """Return words of ``numbers.yaml`` with their capitals, which tell a million from a metre."""
    words: Mapping[str, Any] = _read_yaml(language, "numbers").get(heading) or {}
    return words


@cache
def load_words(language: str, name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of one CSV data file of a language; none when it has no such file."""
    path = files(__name__) / language / f"{name}.csv"
    if not path.is_file():
        return ()
    forms, nouns = inflection(language), _nouns(language)
    rows = read_rows(path.read_text(encoding="utf-8"), f"{language}/{name}.csv")
    return tuple(row | {"words": expand_words(row["words"], name, forms, nouns)} for row in rows)


@cache
def _nouns(language: str) -> tuple[str, ...]:
    """Return the nouns for what is counted that can be the second part of a compound."""
    path = files(__name__) / language / "items.csv"
    forms = inflection(language)
    if not forms.first_parts or not path.is_file():
        return ()
    rows = read_rows(path.read_text(encoding="utf-8"), f"{language}/items.csv")
    words = (word for row in rows for word in forms.bend_all(row["words"].split("|")))
    return tuple(word for word in words if word.isalpha())


@cache
def percent_before() -> frozenset[str]:
    """Return the signs and words of any language that stand before the number they make a share."""
    return frozenset(w for code in known() for w in inflection(code).percent_before)


@cache
def _joints() -> Mapping[str, frozenset[str]]:
    """Return the words that part a numeral written as one word, with what may stand around them."""
    return {
        joint: frozenset(str(w) for w in load_yaml(code, "numbers")["words"])
        for code in known()
        for joint in inflection(code).numeral_joints
    }


@cache
def numeral_joints() -> tuple[str, ...]:
    """Return the words of any language at which a numeral written as one word is parted."""
    return tuple(_joints())


@lru_cache(maxsize=10_000)
def numeral_joint(word: str) -> tuple[int, int] | None:
    """Return where the word for thousand stands inside a numeral written as one word.

    >>> numeral_joint("zweihunderttausend"), numeral_joint("tausend"), numeral_joint("tausendfach")
    ((11, 18), None, None)
    """
    for joint, numerals in _joints().items():
        at = word.find(joint)
        if at < 0 or word == joint:
            continue
        parts = (word[:at], word[at + len(joint) :])
        if all(not part or part in numerals for part in parts):
            return at, at + len(joint)
    return None
