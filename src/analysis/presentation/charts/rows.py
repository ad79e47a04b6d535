"""From a table of observations to what a chart draws and what it only lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.model.errors import MixedUnits, SelectionError
from analysis.model.schema import Observation
from analysis.model.tables import DTYPES, CellKind, cell_kinds
from analysis.model.vocabulary import load
from analysis.presentation.wording import joined, phrase

UNIT = ["item", "measure", "per", "of"]
SERIES = ["platform", "actor", "policy", "group", "action", "geography", "label"]
NEEDED = ["platform", "action", "item", "value", "low", "high", "period_start", "period_end"]
EMPTY: dict[str, Any] = {"string": "", "number": None, "date": None, "boolean": False}
REASONS = {
    "superseded": "restated since: a later edition gives another value",
    "rejected": "rejected in review",
    "no number": "the source gives no number",
    "undated": "the source gives no period",
    "running total": "running total, not to be set beside single periods",
    "ratio": "a comparison of two periods, not a number of its own",
    "log": "zero or less has no place on a logarithmic axis",
}
"""Why a row is listed and not drawn."""


@dataclass(frozen=True)
class Panel:
    """The rows that share one axis, with the value of the column that panels are made by."""

    key: str
    rows: pd.DataFrame


def as_table(observations: Any) -> pd.DataFrame:
    """Return observations as a table with a fresh index and every column of the schema.

    Raises
    ------
    SelectionError
        It is neither a table nor something with a ``.table``, has no rows, or lacks columns.
    """
    table = observations if isinstance(observations, pd.DataFrame) else None
    if table is None:
        table = getattr(observations, "table", None)
    if not isinstance(table, pd.DataFrame):
        raise SelectionError(
            f"expected a table of observations, found {type(observations).__name__}: pass the "
            "result of an.observations(...) or an.extract(...)"
        )
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        raise SelectionError(f"the table lacks the columns {joined(missing)} of an observation")
    if table.empty:
        raise SelectionError("the table of observations is empty: there is nothing to draw")
    return _filled(table.reset_index(drop=True))


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with every column of the schema and ``label``, unknown where absent."""
    kinds: dict[str, CellKind] = {**cell_kinds(Observation), "label": "string"}
    for name, kind in kinds.items():
        if name not in table.columns:
            table[name] = pd.Series(EMPTY[kind], index=table.index, dtype=DTYPES[kind])
        elif kind == "string":
            # Tables joined by hand have NaN where one of them lacks a column.
            table[name] = table[name].fillna("")
    return table.assign(measure=table["measure"].replace("", "count"))


def log_panels(log: bool | Sequence[str], table: pd.DataFrame) -> set[str]:
    """Return the panels with a logarithmic axis.

    Raises
    ------
    SelectionError
        There is no panel of a name given.
    """
    panels = list(dict.fromkeys(table["panel"]))
    if isinstance(log, bool):
        return set(panels) if log else set()
    unknown = [name for name in log if name not in panels]
    if unknown:
        raise SelectionError(f"log names no panel: {unknown}; the panels are {panels}")
    return set(log)


def reasons_not_drawn(table: pd.DataFrame, on_log: "pd.Series[bool]") -> "pd.Series[str]":
    """Return for each row why it is not drawn, "" for a row that is.

    Current values are drawn (``known_to`` empty). Running totals and ratios are drawn only where
    the table holds nothing else.
    """
    number = table[["value", "low", "high"]].notna().any(axis=1)
    dated = table["period_start"].notna() | table["period_end"].notna()
    total = table["cumulative"].astype(bool)
    ratio = table["measure"] == "ratio"
    # From the last reason to the first, so that the first that holds is the one that stays.
    none = on_log & ~(table[["value", "low", "high"]].max(axis=1) > 0)
    checks: list[tuple[str, pd.Series[bool]]] = [
        ("log", none),
        ("undated", ~dated),
        ("no number", ~number),
        ("rejected", table["status"] == "rejected"),
        ("superseded", table["known_to"].notna()),
    ]
    why = pd.Series("", index=table.index, dtype="str")
    for reason, holds in checks:
        why = why.mask(holds, reason)
    for reason, holds in (("running total", total), ("ratio", ratio)):
        others = (why == "") & ~holds
        why = why.mask((why == "") & holds, reason) if others.any() else why
    return why


def ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in reading order: drawn first, by panel, series and period."""
    panels = {key: n for n, key in enumerate(dict.fromkeys(table["panel"]))}
    place = table.assign(listed=table["not_drawn"] != "", place=table["panel"].map(panels))
    keys = ["listed", "place", *SERIES, "period_start", "period_end", "value"]
    found = place.sort_values(keys, kind="stable")
    return found.drop(columns=["listed", "place"]).reset_index(drop=True)


def unit_words(unit: Mapping[str, Any] | Sequence[str]) -> str:
    """Name what an axis counts, as in "pieces of content" or "accounts, a day".

    >>> unit_words(["accounts", "count", "", ""]), unit_words(["content", "share", "", "all"])
    ('accounts', 'percent of all (pieces of content)')
    """
    values = [unit[name] for name in UNIT] if isinstance(unit, Mapping) else list(unit)
    item, measure, per, whole = (str(value or "") for value in values)
    thing = phrase("item", item)
    if measure == "share":
        return f"percent of {whole} ({thing})" if whole else f"percent ({thing})"
    if measure == "ratio":
        return f"{thing}, times the period before"
    if measure == "duration":
        return "hours"
    return f"{thing} a {per}" if per else thing


def units(table: pd.DataFrame) -> dict[tuple[str, ...], int]:
    """Return the units of a table and how many rows have each, most frequent first."""
    found = table.groupby(UNIT, sort=True, dropna=False).size().sort_values(ascending=False)
    return {tuple(map(str, key)): int(number) for key, number in found.items()}  # type: ignore[call-overload]


def check_unit(table: pd.DataFrame, panel: str = "") -> tuple[str, ...]:
    """Return the one unit of a table.

    Raises
    ------
    MixedUnits
        Rows count different things; the message names them and the ways out.
    """
    found = units(table)
    if len(found) == 1:
        return next(iter(found))
    parts = [f"{unit_words(list(unit))} ({number})" for unit, number in found.items()]
    differing = [name for n, name in enumerate(UNIT) if len({unit[n] for unit in found}) > 1]
    first = dict(zip(UNIT, next(iter(found)), strict=True))
    tests = [f'(observations["{name}"] == "{first[name]}")' for name in differing]
    way = "unit" if len(differing) > 1 else differing[0]
    where = f"panel {panel!r}: " if panel else ""
    raise MixedUnits(
        f"{where}{len(table)} numbers count different things: {joined(parts)}. One axis holds one "
        f'unit. Draw a panel for each with panel_by="{way}", or select one, such as '
        f"observations[{' & '.join(tests)}]"
    )


def split_panels(table: pd.DataFrame) -> list[Panel]:
    """Return the panels of drawn rows, each with one unit.

    Raises
    ------
    MixedUnits
        A panel would hold more than one unit.
    """
    found = []
    for key in dict.fromkeys(table["panel"]):
        rows = table[table["panel"] == key]
        check_unit(rows, str(key))
        found.append(Panel(str(key), rows))
    return found


def service(platform: str) -> str:
    """Return the platform that a service became: Twitter and X are one service.

    >>> service("twitter"), service("telegram")
    ('x', 'telegram')
    """
    entry = load("platforms").entries.get(platform)
    return entry.more["successor"] or platform if entry else platform


def with_panels(table: pd.DataFrame, panel_by: str | Sequence[str] | None) -> pd.DataFrame:
    """Return the table with the column ``panel``; ``unit`` and ``service`` may be asked for.

    Raises
    ------
    SelectionError
        There is no such column.
    """
    names = [panel_by] if isinstance(panel_by, str) else list(panel_by or [])
    parts: list[list[str]] = []
    for name in names:
        if name == "unit":
            parts.append([unit_words(row) for row in records_of(table)])
        elif name == "service":
            parts.append([service(str(platform)) for platform in table["platform"]])
        elif name in table.columns:
            parts.append([str(value) for value in table[name]])
        else:
            options = joined(["service", "unit", *UNIT, *SERIES])
            raise SelectionError(f"panel_by={name!r} is no column: use one of {options}")
    keys = [", ".join(key) for key in zip(*parts, strict=True)] if parts else [""] * len(table)
    return table.assign(panel=pd.Series(keys, index=table.index, dtype="str"))


def series_of(table: pd.DataFrame) -> list[tuple[tuple[str, ...], pd.DataFrame]]:
    """Return the series of a panel, each with its rows in order of their periods."""
    parts = table.groupby(SERIES, sort=False, dropna=False)
    return [
        (tuple(map(str, key)), rows.sort_values(["period_start", "period_end"], kind="stable"))
        for key, rows in parts
    ]


def records_of(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as mappings."""
    found: Any = rows.to_dict("records")
    return list(found)


def series_label(key: Sequence[str], others: Iterable[Sequence[str]]) -> str:
    """Name a series: by its own label, else by the fields in which it differs from the others."""
    cells, everyone = dict(zip(SERIES, key, strict=True)), list(others)
    if cells["label"]:
        return cells["label"]
    words = []
    for n, (name, value) in enumerate(cells.items()):
        usual = name == "geography" and value == "world"
        if value and not usual and len({other[n] for other in everyone}) > 1:
            words.append(phrase(name, value))
    return ", ".join(words) or phrase("platform", cells["platform"])
