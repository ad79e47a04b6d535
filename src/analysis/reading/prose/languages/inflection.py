"""How a language bends and joins words, as its ``words.yaml`` says: every form of a word listed.

The data files write a stem with the name of its endings, ``account~s``, or a part that is joined
to nouns, ``terror+``; here they become the words as they stand in texts. What is listed once thus
matches in every case, number and compound, and no rule of grammar stands in code.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.model.errors import VocabularyError
from analysis.reading.prose.words.letters import bare, fold_letters

STEM = re.compile(r"(\w+)~(\w+)")
CHOICE = re.compile(r"\[([^\]]*)\]")
SLOT = re.compile(r"\{(\w+)(?:\*([\d.]+))?\}")


@dataclass(frozen=True, slots=True)
class Inflection:
    """What ``words.yaml`` says.

    ``endings`` are lists of endings by name; ``prefixes`` are written onto the first word of a
    phrase, in the files and sections that ``prefixed`` names; ``first_parts`` are joined to the
    nouns of items.csv; ``percent_before`` stand in front of the number that they make a share;
    ``numeral_joints`` part numerals written as one word.
    """

    endings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    prefixes: Sequence[str] = ()
    prefixed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    first_parts: Sequence[str] = ()
    percent_before: Sequence[str] = ()
    numeral_joints: Sequence[str] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Inflection":
        """Return the inflection that a ``words.yaml`` declares."""
        unknown = sorted(data.keys() - set(cls.__slots__))
        if unknown:
            raise VocabularyError(f"words.yaml: unknown {unknown}, expected {cls.__slots__}")
        return cls(**{name: value for name, value in data.items() if value})

    def bend(self, phrase: str) -> list[str]:
        """Return every form of a phrase, each stem in it with each of its endings.

        >>> Inflection(endings={"s": ["", "s"]}).bend("account~s closed")
        ['account closed', 'accounts closed']
        """
        found = STEM.search(phrase)
        if not found:
            return [phrase]
        stem, name = found.groups()
        if name not in self.endings:
            raise VocabularyError(
                f"{phrase!r}: words.yaml has no endings {name!r}, only {sorted(self.endings)}"
            )
        head, tail = phrase[: found.start()], phrase[found.end() :]
        rests = self.bend(tail)
        return [f"{head}{stem}{e}{rest}" for e in self.endings[name] for rest in rests]

    def bend_all(self, phrases: Iterable[str]) -> list[str]:
        """Return every form of every phrase."""
        return [form for phrase in phrases for form in self.bend(phrase)]

    def with_prefixes(self, phrases: Iterable[str]) -> list[str]:
        """Return phrases as they are and with every prefix."""
        return [prefix + phrase for phrase in phrases for prefix in ("", *self.prefixes)]


def _choices(phrase: str) -> Iterator[str]:
    """Yield a phrase with one of each of its choices; an empty one leaves the place out.

    >>> list(_choices("[before/without] [any/] report"))
    ['before any report', 'before report', 'without any report', 'without report']
    """
    texts = CHOICE.split(phrase)
    for chosen in itertools.product(*(text.split("/") for text in texts[1::2])):
        pairs = zip(texts[::2], (*chosen, ""), strict=True)
        yield " ".join("".join(itertools.chain.from_iterable(pairs)).split())


def expand_words(words: str, name: str, forms: Inflection, nouns: Sequence[str]) -> str:
    """Return the words of a row of a CSV file, joined by ``|``, in every form."""
    made: list[str] = []
    for phrase in itertools.chain.from_iterable(map(_choices, words.split("|"))):
        if phrase.endswith("+"):
            made += [part + noun for part in forms.bend(phrase[:-1]) for noun in nouns]
        else:
            made += forms.bend(phrase)
    if name == "items":
        singles = [word for word in made if word.isalpha()]
        made += [part + word for part in forms.first_parts for word in singles]
    if name in forms.prefixed:
        made = forms.with_prefixes(made)
    return "|".join(dict.fromkeys(made))


def expand_data(data: Mapping[str, Any], name: str, forms: Inflection) -> dict[str, Any]:
    """Return a YAML file with the words of its lists and the keys of its mappings in every form."""
    sections = forms.prefixed.get(name, ())
    return {key: _expanded(value, forms, key in sections) for key, value in data.items()}


def _forms(word: Any, forms: Inflection, prefixed: bool) -> list[Any]:
    if not isinstance(word, str):
        return [word]
    bent = forms.bend(bare(fold_letters(word)))
    return forms.with_prefixes(bent) if prefixed else bent


def _expanded(value: Any, forms: Inflection, prefixed: bool) -> Any:
    if isinstance(value, list):
        return [form for word in value for form in _forms(word, forms, prefixed)]
    if not isinstance(value, dict):
        return value
    if all(isinstance(v, (list, dict)) for v in value.values()) and not _is_interval(value):
        return {k: _expanded(v, forms, prefixed) for k, v in value.items()}
    return {form: v for k, v in value.items() for form in _forms(k, forms, prefixed)}


def _is_interval(value: Mapping[Any, Any]) -> bool:
    """Say whether a mapping leads words to pairs of numbers, not names to lists of words."""
    return all(
        isinstance(v, list) and len(v) == 2 and all(isinstance(x, (int, float)) for x in v)
        for v in value.values()
    )


def composed(recipe: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Return the number words that a language builds from others, by entry of the recipe.

    Each entry is a mapping of words to values, or a list of patterns over the entries before it:
    ``{units}und{tens}`` adds their values, ``{units*100}hundert`` multiplies. The entry ``words``
    lists what becomes number words, ``denominators`` what parts are named by, ``ordinals`` what
    makes a number before it an ordinal.

    >>> ones = {"ein": 1, "zwei": 2}
    >>> composed({"ones": ones, "words": ["{ones*100}hundert", "{ones}undzwanzig+20"]})["words"]
    {'einhundert': 100.0, 'zweihundert': 200.0, 'einundzwanzig': 21.0, 'zweiundzwanzig': 22.0}
    """
    made: dict[str, dict[str, float]] = {}
    for name, entry in recipe.items():
        if isinstance(entry, dict):
            made[name] = {str(word): value for word, value in entry.items()}
        else:
            made[name] = {w: v for pattern in entry for w, v in _compose(pattern, made)}
    return made


def _compose(pattern: str, known: Mapping[str, Mapping[str, float]]) -> Iterable[tuple[str, float]]:
    """Yield the words of one pattern with their values."""
    pattern, _, extra = pattern.partition("+")
    slots = SLOT.findall(pattern)
    missing = [name for name, _ in slots if name not in known]
    if missing:
        raise VocabularyError(f"compose: {pattern!r} names {missing}, known {sorted(known)}")
    texts = SLOT.split(pattern)[::3]
    for chosen in itertools.product(*(known[name].items() for name, _ in slots)):
        words = [word for word, _ in chosen]
        parts = (v * float(by or 1) for (_, v), (_, by) in zip(chosen, slots, strict=True))
        value = round(sum(parts) + float(extra or 0), 6)
        text = texts[0] + "".join(w + t for w, t in zip(words, texts[1:], strict=True))
        yield text, value
