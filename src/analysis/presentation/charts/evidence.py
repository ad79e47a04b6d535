"""The table behind a chart: each number with its quote, its place and the bytes it comes from."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.presentation.charts.rows import REASONS, records_of
from analysis.presentation.markup import Row, around, data_table, element, escape, quote, shorten
from analysis.presentation.wording import amount, known, phrase, short_period

QUOTE_LENGTH = 110
NOTE_LENGTH = 90
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
    value = row["value"]
    digits = f"{value:.15g}" if known(value) else ""
    words = around(str(row["quote"]), digits, QUOTE_LENGTH)
    return f"{quote(words)} {element('small', escape(place))}"


def _note(row: Mapping[str, Any]) -> str:
    """Return why a row is not drawn, and its note."""
    why = REASONS.get(str(row.get("not_drawn") or ""), "")
    return "; ".join(part for part in (why, shorten(str(row["note"]), NOTE_LENGTH)) if part)


def _plain(make: Callable[[Mapping[str, Any]], str]) -> Cell:
    """Escape what a column says."""
    return lambda row: escape(make(row))


COLUMNS: Mapping[str, Cell] = {
    "Period": _plain(_period),
    "Number": _plain(amount),
    "Said by": _plain(_source),
    "Quote and place": _evidence,
    "Note": _plain(_note),
}


def evidence_table(data: pd.DataFrame, key: str) -> str:
    """Return the rows behind a chart as an HTML table, under a head for each series.

    Quotes are cut at 110 characters, around their number; `Chart.data` holds them in full.
    """
    records = records_of(data)
    cells = {name: [make(row) for row in records] for name, make in COLUMNS.items()}
    kept = [name for name in COLUMNS if any(cells[name])]
    rows = [
        Row(
            f"{key}-row-{row['row']}",
            [str(row["row"]), *(cells[name][n] for name in kept)],
            escape(f"{phrase('platform', str(row['platform']))}: {_what(row)}"),
        )
        for n, row in enumerate(records)
    ]
    return data_table(f"Numbers behind {key}", ["Row", *kept], rows)
