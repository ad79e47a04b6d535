"""Selections from the record: which observations and events a question is about.

An unknown keyword or key is an error, never an empty answer.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from analysis.model import vocabulary
from analysis.model.errors import SelectionError, VocabularyError
from analysis.model.schema import Event, Observation

if TYPE_CHECKING:
    import pandas as pd

Words = str | Sequence[str]


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


def _listed(words: Words) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def expand(name: str, words: Words) -> set[str]:
    """Return the keys that words of a vocabulary ask for, narrower ones included.

    Raises
    ------
    SelectionError
        A word is neither key nor alias of the vocabulary.
    """
    known = vocabulary.load(name)
    keys = set()
    for word in _listed(words):
        key = known.find(word)
        if key is None:
            try:
                known.require(word)
            except VocabularyError as error:
                raise SelectionError(str(error)) from None
        keys.add(str(key))
    narrower = {k for k, e in known.entries.items() if e.more.get("broader") in keys}
    return keys | narrower


def _one_of(table: "pd.DataFrame", name: str, words: Words, record: type) -> "pd.Series[bool]":
    metadata = {f.name: f.metadata for f in fields(record)}[name]
    if metadata["vocabulary"]:
        keys = expand(metadata["vocabulary"], words)
        joint = table[name].str.split(r"[+;]", regex=True)
        return joint.map(lambda found: bool(keys & set(found)))
    allowed = set(metadata["values"])
    unknown = [w for w in _listed(words) if allowed and w not in allowed]
    if unknown:
        raise SelectionError(f"{name} has no value {unknown[0]!r}: it is one of {sorted(allowed)}")
    return table[name].isin(_listed(words))


def _selectable(record: type) -> set[str]:
    texts = (str, "str")
    named = {f.name for f in fields(record) if f.type in texts or f.metadata["values"]}
    return named - {"quote", "locator", "note"}


def _filtered(table: "pd.DataFrame", record: type, wanted: dict[str, Words]) -> "pd.DataFrame":
    unknown = sorted(set(wanted) - _selectable(record))
    if unknown:
        raise SelectionError(
            f"cannot select by {unknown[0]!r}: use one of {sorted(_selectable(record))}"
        )
    for name, words in wanted.items():
        table = table[_one_of(table, name, words, record)]
    return table


def known_on(table: "pd.DataFrame", day: dt.date) -> "pd.DataFrame":
    """Return what a reader could have known on a day.

    A row without ``known_from`` is left out: nothing shows that it had been said by then.
    """
    import pandas as pd

    stamp = pd.Timestamp(day)
    stood = table["known_to"].isna() | (table["known_to"] >= stamp)
    return table[(table["known_from"] <= stamp) & stood]


def select_observations(
    table: "pd.DataFrame",
    *,
    start: Any = None,
    end: Any = None,
    as_of: Any = None,
    restated: bool = False,
    **wanted: Words,
) -> "pd.DataFrame":
    """Return the observations of a selection; `analysis.observations` documents it."""
    import pandas as pd

    table = _filtered(table, Observation, wanted)
    if as_of is not None:
        table = known_on(table, as_day(as_of, "as_of"))
    elif not restated:
        table = table[table["known_to"].isna()]
    if start is not None:
        table = table[table["period_end"] >= pd.Timestamp(as_day(start, "start"))]
    if end is not None:
        table = table[table["period_start"] <= pd.Timestamp(as_day(end, "end"))]
    return table.sort_values(["period_start", "platform", "action"], kind="stable").reset_index(
        drop=True
    )


def select_events(
    table: "pd.DataFrame", *, start: Any = None, end: Any = None, **wanted: Words
) -> "pd.DataFrame":
    """Return the events of a selection; `analysis.events` documents it."""
    import pandas as pd

    platforms = wanted.pop("platform", None)
    table = _filtered(table, Event, wanted)
    if platforms is not None:
        keys = expand("platforms", platforms)
        table = table[table["platforms"].map(lambda cell: bool(keys & set(cell.split(";"))))]
    bounds: Iterable[tuple[Any, str, Callable[..., Any]]] = (
        (start, "start", pd.Series.ge),
        (end, "end", pd.Series.le),
    )
    for value, name, compare in bounds:
        if value is not None:
            table = table[compare(table["date"], pd.Timestamp(as_day(value, name)))]
    return table.sort_values(["date", "event"], kind="stable").reset_index(drop=True)
