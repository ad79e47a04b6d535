"""Selections from the record: which observations and events a question is about.

An unknown keyword, key or value is an error that names the nearest known ones, never an empty
answer.
"""

import datetime as dt
import difflib
from collections.abc import Iterable, Sequence
from dataclasses import Field, fields
from typing import TYPE_CHECKING, Any

from analysis.model import vocabulary
from analysis.model.errors import SelectionError
from analysis.model.schema import Event, Observation

if TYPE_CHECKING:
    import pandas as pd

Words = str | bool | Sequence[str] | None
ACTIONS = "actions"  # never merged: an act asks for its parts only where that is said
NOT_SELECTABLE = {"quote", "locator", "note", "description", "title", "address"}


def as_day(value: Any, name: str) -> dt.date:
    """Return a day given as a date or as ISO text."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise SelectionError(f"{name} is {value!r}, expected a day such as '2020-08-22'") from None


def as_words(words: Any, name: str) -> list[str]:
    """Return one word or several as a list.

    Raises
    ------
    SelectionError
        There are none, or they are not text.
    """
    listed = [words] if isinstance(words, str) or not isinstance(words, Iterable) else list(words)
    if not listed or not all(isinstance(word, str) for word in listed):
        raise SelectionError(f"{name} is {words!r}, expected a word or a list of words")
    return listed


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the hint of a message: the nearest known words, or all of a few."""
    listed = sorted(known)
    near = difflib.get_close_matches(word, listed, n=3, cutoff=0.5)
    if near:
        return f"did you mean {', '.join(near)}?"
    shown = ", ".join(listed[:20]) + (" ..." if len(listed) > 20 else "")
    return f"it is one of {shown}"


def expand(name: str, words: Any, *, field: str = "", deep: bool = True) -> list[frozenset[str]]:
    """Return what words of a vocabulary ask for: sets of keys, one of which a row must hold.

    With `deep` a word asks for its key and for those that the vocabulary puts under it. Words
    joined by ``+`` (``facebook+instagram``) ask for numbers about all of them together, words
    joined by ``/`` (``twitter/x``) for either.

    Raises
    ------
    SelectionError
        A word is neither key nor alias of the vocabulary.
    """
    known = vocabulary.load(name)
    asked: list[frozenset[str]] = []
    for word in as_words(words, field or name):
        for either in alternatives(known, word):
            keys = [find_key(known, part) for part in either.split("+")]
            under = narrower(known, keys[0]) if deep and len(keys) == 1 else set()
            asked += [frozenset(keys), *(frozenset([key]) for key in sorted(under))]
    return asked


def alternatives(known: vocabulary.Vocabulary, word: str) -> list[str]:
    """Return the words that a slash joins, or the word itself where they are not all known."""
    parts = word.split("/")
    return parts if all(known.find(part) for part in parts) else [word]


def find_key(known: vocabulary.Vocabulary, word: str) -> str:
    """Return the key that a word leads to, or raise an error with the nearest ones."""
    key = known.find(word)
    if key is None:
        hint = nearest(vocabulary.fold(word).replace(" ", "_"), known.entries)
        raise SelectionError(f"{known.name} have no {word!r}: {hint}")
    return key


def narrower(known: vocabulary.Vocabulary, key: str) -> set[str]:
    """Return the keys that the vocabulary puts under a key, at any depth."""
    under = {k for k, entry in known.entries.items() if entry.more.get("broader") == key}
    return under.union(*(narrower(known, k) for k in under))


def select(
    table: "pd.DataFrame", record: type, wanted: dict[str, Words], *, parts: bool = False
) -> "pd.DataFrame":
    """Return the rows of a table that hold every value asked for; None asks for nothing."""
    named = {f.name: f for f in fields(record) if f.name not in NOT_SELECTABLE and is_word(f)}
    for name in wanted:
        if name not in named:
            raise SelectionError(f"cannot select by {name!r}: {nearest(name, named)}")
    masks = [
        holds(table[name], named[name], words, parts=parts)
        for name, words in wanted.items()
        if words is not None
    ]
    for mask in masks:
        table = table[mask[table.index]]
    return table


def is_word(field: Field[Any]) -> bool:
    """Say whether a field holds words or truths, by which rows can be chosen."""
    return field.type in (str, bool) or bool(field.metadata["values"])


def holds(
    column: "pd.Series[Any]", field: Field[Any], words: Any, *, parts: bool
) -> "pd.Series[bool]":
    """Return for each row whether its cell is, or contains, what was asked for."""
    if field.type is bool:
        if not isinstance(words, bool):
            raise SelectionError(f"{field.name} is {words!r}, expected True or False")
        return column == words
    if name := field.metadata["vocabulary"]:
        deep = parts or name != ACTIONS
        return contains(column, expand(name, words, field=field.name, deep=deep))
    allowed = set(field.metadata["values"]) or set(column)
    listed = as_words(words, field.name)
    for word in listed:
        if word not in allowed:
            raise SelectionError(f"{field.name} has no value {word!r}: {nearest(word, allowed)}")
    return column.isin(listed)


def contains(column: "pd.Series[str]", asked: Sequence[frozenset[str]]) -> "pd.Series[bool]":
    """Return for each row whether its joined keys hold one of the sets asked for."""
    answers = {
        cell: any(keys <= set(cell.replace(";", "+").split("+")) for keys in asked)
        for cell in column.unique()
    }
    return column.map(answers).astype(bool)


def known_on(table: "pd.DataFrame", day: dt.date) -> "pd.DataFrame":
    """Return what a reader could have known on a day.

    A row without ``known_from`` is left out: nothing shows that it had been said by then.
    """
    import pandas as pd

    stamp = pd.Timestamp(day)
    stood = table["known_to"].isna() | (table["known_to"] >= stamp)
    return table[(table["known_from"] <= stamp) & stood]


def within(table: "pd.DataFrame", first: str, last: str, start: Any, end: Any) -> "pd.DataFrame":
    """Return the rows that touch the days from `start` to `end`; None leaves a side open.

    A row with one day of its period only is taken to be of that day; one with none is left out as
    soon as a side is asked for.
    """
    import pandas as pd

    bounds = {k: as_day(v, k) for k, v in (("start", start), ("end", end)) if v is not None}
    if len(bounds) == 2 and bounds["end"] < bounds["start"]:
        raise SelectionError(f"end is {bounds['end']}, before start, {bounds['start']}")
    if "start" in bounds:
        ends = table[last].fillna(table[first])
        table = table[ends >= pd.Timestamp(bounds["start"])]
    if "end" in bounds:
        starts = table[first].fillna(table[last])
        table = table[starts <= pd.Timestamp(bounds["end"])]
    return table


def select_observations(
    table: "pd.DataFrame",
    *,
    start: Any = None,
    end: Any = None,
    as_of: Any = None,
    restated: bool = False,
    parts: bool = False,
    **wanted: Words,
) -> "pd.DataFrame":
    """Return the observations of a selection; `analysis.observations` documents it."""
    table = select(table, Observation, wanted, parts=parts)
    if as_of is not None:
        table = known_on(table, as_day(as_of, "as_of"))
    elif not restated:
        table = table[table["known_to"].isna()]
    table = within(table, "period_start", "period_end", start, end)
    order = ["period_start", "platform", "action"]
    return table.sort_values(order, kind="stable").reset_index(drop=True)


def select_events(
    table: "pd.DataFrame", *, start: Any = None, end: Any = None, **wanted: Words
) -> "pd.DataFrame":
    """Return the events of a selection; `analysis.events` documents it."""
    platforms = wanted.pop("platform", None)
    if platforms is not None:
        table = table[
            contains(table["platforms"], expand("platforms", platforms, field="platform"))
        ]
    table = select(table, Event, wanted)
    table = within(table, "date", "end_date", start, end)
    return table.sort_values(["date", "event"], kind="stable").reset_index(drop=True)
