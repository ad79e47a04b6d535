"""The table behind a chart: each number with its quote, its place and the bytes it comes from."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.presentation.charts.rows import REASONS, records_of
from analysis.presentation.markup import data_table, element, escape, quote, shorten
from analysis.presentation.wording import amount, phrase, short_period

QUOTE_LENGTH = 220
Cell = Callable[[Mapping[str, Any]], str]


def _what(row: Mapping[str, Any]) -> str:
    """Say what a row counts."""
    about = f", {phrase('policy', row['policy'])}" if row["policy"] else ""
    return f"{phrase('item', row['item'])} {phrase('action', row['action'])}{about}"


def _period(row: Mapping[str, Any]) -> str:
    """Write the period, and say when it was inferred."""
    words = short_period(row["period_start"], row["period_end"])
    return f"{words} ({row['period_basis']})" if row["period_basis"] in BASES else words


BASES = ("relative", "inferred", "inherited")


def _source(row: Mapping[str, Any]) -> str:
    """Name who issued the number and in which edition."""
    return ", ".join(str(row[name]) for name in ("reported_by", "edition") if row[name])


def _evidence(row: Mapping[str, Any]) -> str:
    """Return the quote, its place, and the start of the snapshot's id."""
    place = f"{row['locator']} of {str(row['snapshot_id'])[:12]}"
    return f"{quote(shorten(str(row['quote']), QUOTE_LENGTH))} {element('small', escape(place))}"


def _note(row: Mapping[str, Any]) -> str:
    """Return why a row is not drawn, and its note."""
    why = REASONS.get(str(row.get("not_drawn") or ""), "")
    return "; ".join(part for part in (why, shorten(str(row["note"]), 160)) if part)


def _plain(make: Callable[[Mapping[str, Any]], str]) -> Cell:
    """Escape what a column says."""
    return lambda row: escape(make(row))


COLUMNS: Mapping[str, Cell] = {
    "Platform": _plain(lambda row: phrase("platform", str(row["platform"]))),
    "Counted": _plain(_what),
    "Period": _plain(_period),
    "Number": _plain(amount),
    "Said by": _plain(_source),
    "Quote and place": _evidence,
    "Note": _plain(_note),
}
FACTORED = ("Platform", "Counted", "Said by")
"""Columns that are said once above the table when all rows agree."""


def evidence_table(data: pd.DataFrame, key: str) -> str:
    """Return the rows behind a chart as an HTML table; what all rows share is said above it."""
    records = records_of(data)
    cells = {name: [make(row) for row in records] for name, make in COLUMNS.items()}
    shared = {name: cells[name][0] for name in FACTORED if len(set(cells[name])) == 1}
    kept = [name for name in COLUMNS if name not in shared and any(cells[name])]
    rows = [
        (f"{key}-row-{row['row']}", [str(row["row"]), *(cells[name][n] for name in kept)])
        for n, row in enumerate(records)
    ]
    table = data_table(f"Numbers behind {key}", ["Row", *kept], rows)
    common = "; ".join(value for value in shared.values() if value)
    return (element("p", f"All rows: {common}.") if common else "") + table
