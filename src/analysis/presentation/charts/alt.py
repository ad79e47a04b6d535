"""What a chart shows, in words: its title, caption and text alternative, made from the data."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.presentation.charts.draw import level
from analysis.presentation.charts.marks import Mark
from analysis.presentation.charts.rows import (
    REASONS,
    UNIT,
    Panel,
    records_of,
    series_label,
    series_of,
    unit_words,
)
from analysis.presentation.wording import amount, as_date, counted, joined, period_words, phrase

MOST_SERIES = 10


def capital(words: str) -> str:
    """Return words with a capital at the start, the rest as it is."""
    return words[:1].upper() + words[1:]


def span_words(table: pd.DataFrame) -> str:
    """Name the years that rows cover, as in "2017–2026"."""
    days = pd.concat([table["period_start"], table["period_end"]]).dropna()
    first, last = int(days.min().year), int(days.max().year)
    return str(first) if first == last else f"{first}\N{EN DASH}{last}"


def title_words(drawn: pd.DataFrame, panels: Sequence[Panel]) -> str:
    """Return a title: what is counted, where, when."""
    parts = [unit_words(list(panel.rows.iloc[0][UNIT])) for panel in panels]
    things = joined(list(dict.fromkeys(parts)))
    actions = list(dict.fromkeys(drawn["action"]))
    verb = f" {phrase('action', actions[0])}" if len(actions) == 1 else ""
    platforms = list(dict.fromkeys(phrase("platform", key) for key in drawn["platform"]))
    where = f"{len(platforms)} platforms" if len(platforms) > 4 else joined(platforms)
    policies = list(dict.fromkeys(drawn["policy"]))
    about = f" ({phrase('policy', policies[0])})" if len(policies) == 1 and policies[0] else ""
    return f"{capital(things)}{verb}{about}: {where}, {span_words(drawn)}"


def gaps(rows: pd.DataFrame) -> int:
    """Return how many stretches between the periods of a series no figure covers."""
    known = rows.dropna(subset=["period_start", "period_end"]).sort_values("period_start")
    found, reach = 0, None
    for row in known.to_dict("records"):
        start, end = as_date(row["period_start"]), as_date(row["period_end"])
        assert start and end
        found += reach is not None and (start - reach).days > 1
        reach = end if reach is None else max(reach, end)
    return found


def _value_words(row: Mapping[str, Any]) -> str:
    """Return a value with its period."""
    return f"{amount(row)} ({period_words(row['period_start'], row['period_end'])})"


def series_words(name: str, rows: pd.DataFrame) -> str:
    """Describe one series: how many values, first, last, highest, gaps."""
    records = records_of(rows)
    if len(records) == 1:
        return f"{name}: {_value_words(records[0])}"
    top = max(records, key=level)
    parts = [f"first {_value_words(records[0])}", f"last {_value_words(records[-1])}"]
    if top is not records[0] and top is not records[-1]:
        parts.append(f"highest {_value_words(top)}")
    missing = gaps(rows)
    if missing:
        parts.append(f"{counted(missing, 'gap')} without a figure")
    return f"{name}: {len(records)} values, {', '.join(parts)}"


def panel_words(panel: Panel) -> str:
    """Describe one panel: its unit and its series."""
    series = series_of(panel.rows)
    keys = [key for key, _ in series]
    parts = [series_words(series_label(key, keys), rows) for key, rows in series[:MOST_SERIES]]
    if len(series) > MOST_SERIES:
        parts.append(f"{len(series) - MOST_SERIES} further series")
    unit = capital(unit_words(list(panel.rows.iloc[0][UNIT])))
    return f"{unit}. {'; '.join(parts)}."


def listed_words(table: pd.DataFrame) -> str:
    """Say how many rows are listed and not drawn, and why."""
    reasons = table.loc[table["not_drawn"] != "", "not_drawn"].value_counts(sort=False)
    parts = [f"{number} ({REASONS[str(reason)]})" for reason, number in reasons.items()]
    return f"Listed, not drawn: {joined(parts)}." if parts else ""


def alt_words(
    title: str, table: pd.DataFrame, panels: Sequence[Panel], marks: Sequence[Mark]
) -> str:
    """Return the text alternative of a timeline."""
    opening = "Timeline" if len(panels) == 1 else f"Timeline in {len(panels)} panels"
    parts = [f"{opening}. {title}.", *(panel_words(panel) for panel in panels)]
    if marks:
        first, last = marks[0], marks[-1]
        words = f"{counted(len(marks), 'numbered event')} above, from {first.words} to {last.words}"
        parts.append(f"{words if len(marks) > 1 else f'One event above, {first.words}'}.")
    return " ".join([*parts, listed_words(table)]).strip()


def caption_words(title: str, table: pd.DataFrame, panels: Sequence[Panel]) -> str:
    """Return the caption of a timeline: what it is and how to read it."""
    drawn = table[table["not_drawn"] == ""]
    parts = [f"{title}."]
    if "actioned" in set(drawn["action"]):
        parts.append("Acted on: removed, labelled or otherwise restricted.")
    parts += ["Each stroke is as wide as the period that its number covers."]
    if sum(gaps(rows) for panel in panels for _, rows in series_of(panel.rows)):
        parts.append("Breaks are stretches for which no figure is at hand, not zeros.")
    if (drawn["bound"] != "stated").any():
        parts.append("Markers show how a source hedged its number.")
    if drawn["period_basis"].isin(["relative", "inferred"]).any():
        parts.append("Some periods are inferred, as the table says.")
    return " ".join([*parts, listed_words(table)]).strip()
