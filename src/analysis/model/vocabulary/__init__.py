"""The controlled words of the record, as data files, and their loaders.

Each file is CSV, opens with lines starting ``#`` that say what belongs in it, and has the columns
``key``, ``label``, ``meaning``, ``aliases`` (joined by ``|``) and whatever else its subject needs.
A key is lower-case words with underscores. An alias leads to exactly one key, whatever its case.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from analysis.model.datafiles import read_rows as read_rows
from analysis.model.errors import VocabularyError

KEY = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
COLUMNS = ("key", "label", "meaning", "aliases")


@dataclass(frozen=True, slots=True)
class Entry:
    """One controlled word: its key, how it is shown, what it means, and what else it is called."""

    key: str
    label: str
    meaning: str
    aliases: tuple[str, ...]
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The entries of one file by key, and every spelling that leads to one of them."""

    name: str
    entries: Mapping[str, Entry]
    spellings: Mapping[str, str]

    def find(self, words: str) -> str | None:
        """Return the key that a spelling leads to, None when no entry matches.

        White space and case do not matter.
        """
        return self.spellings.get(fold(words))

    def label(self, key: str) -> str:
        """Return how a key is shown to a reader; joined keys are shown joined.

        >>> load("platforms").label("facebook+instagram")
        'Facebook and Instagram'
        """
        parts = [self.entries[k].label if k in self.entries else k for k in key.split("+")]
        return " and ".join(part.replace("_", " ") for part in parts)

    def require(self, key: str) -> Entry:
        """Return the entry of a key, or raise a `VocabularyError` that lists the nearest keys."""
        if key in self.entries:
            return self.entries[key]
        import difflib

        near = difflib.get_close_matches(key, list(self.entries), n=3, cutoff=0.4)
        hint = f"did you mean {', '.join(near)}?" if near else f"see {self.name}.csv"
        raise VocabularyError(f"{key!r} is no key of {self.name}: {hint}")


def fold(words: str) -> str:
    """Return words as they are compared: case folded, white space single."""
    return " ".join(words.casefold().split())


def parse_vocabulary(raw: str, name: str) -> Vocabulary:
    """Read a vocabulary file and check that keys are unique and aliases lead to one key each.

    Raises
    ------
    VocabularyError
        A column is missing, a key is malformed or stands twice, or two keys share a spelling.
    """
    rows = read_rows(raw, name)
    missing = [column for column in COLUMNS if rows and column not in rows[0]]
    if missing or not rows:
        raise VocabularyError(f"{name}: no rows" if not rows else f"{name}: missing {missing}")
    entries: dict[str, Entry] = {}
    spellings: dict[str, str] = {}
    for row in rows:
        aliases = tuple(a.strip() for a in row["aliases"].split("|") if a.strip())
        more = {k: v for k, v in row.items() if k not in COLUMNS}
        entry = Entry(row["key"], row["label"], row["meaning"], aliases, more)
        if not KEY.fullmatch(entry.key) or entry.key in entries:
            raise VocabularyError(f"{name}: key {entry.key!r} is malformed or stands twice")
        entries[entry.key] = entry
        for spelling in {fold(s) for s in (entry.key, entry.label, *aliases)}:
            if spellings.setdefault(spelling, entry.key) != entry.key:
                raise VocabularyError(
                    f"{name}: {spelling!r} leads to {spellings[spelling]} and to {entry.key}"
                )
    return Vocabulary(name, entries, spellings)


@cache
def load(name: str) -> Vocabulary:
    """Return a vocabulary that ships with the package, such as ``load("platforms")``."""
    path = files(__name__) / f"{name}.csv"
    if not path.is_file():
        raise VocabularyError(f"there is no vocabulary {name!r}")
    return parse_vocabulary(path.read_text(encoding="utf-8"), name)
