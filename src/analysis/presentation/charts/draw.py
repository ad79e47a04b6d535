"""Drawing observations on axes: strokes as wide as their period, gaps as gaps, hedges marked."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.markers import CARETDOWNBASE, CARETUPBASE
from matplotlib.patches import Patch, Rectangle

from analysis.presentation.charts.palette import FAINT, shades
from analysis.presentation.charts.rows import as_table, check_unit, records_of, series_of
from analysis.presentation.charts.scales import day_number
from analysis.presentation.wording import as_date, known

HEDGES: Mapping[str, tuple[Any, str]] = {
    "over": (CARETUPBASE, "more than"),
    "under": (CARETDOWNBASE, "less than"),
    "about": ("o", "about"),
}
STROKE = 2.6
SPECK_DAYS = 14


def plot_periods(observations: Any, ax: Axes, *, fill: bool = False) -> Axes:
    """Draw observations of one unit as strokes from the first to the last day of their periods.

    Parameters
    ----------
    observations : pandas.DataFrame
        One row an observation. Every row is drawn that has a number and a day; choose the rows
        before. A column ``row`` names the strokes (``row-3``), else their position does.
    ax : matplotlib.axes.Axes
        Where to draw; its x axis becomes one of dates.
    fill : bool
        Tint the area under the strokes.

    Returns
    -------
    matplotlib.axes.Axes
        The axes given.

    Raises
    ------
    MixedUnits
        The observations count different things.
    """
    table = as_table(observations)
    check_unit(table)
    if "row" not in table.columns:
        table = table.assign(row=range(1, len(table) + 1))
    ax.xaxis_date()
    series = series_of(table)
    for (_, rows), shade in zip(series, shades([key for key, _ in series]), strict=True):
        _plot_series(rows, ax, shade, fill)
    return ax


def _plot_series(rows: pd.DataFrame, ax: Axes, shade: str, fill: bool) -> None:
    """Draw one series: its strokes, and thin steps between periods that touch."""
    for row in records_of(rows):
        _plot_row(row, ax, shade)
    for before, after in steps(rows):
        x, _ = extent(after)
        ends = [before["value"], after["value"]]
        ax.plot([x, x], ends, color=shade, lw=0.7, alpha=0.55, zorder=2, gid="step")
    for row in highest_by_period(rows) if fill else []:
        left, right = extent(row)
        area = Rectangle((left, 0), right - left, level(row), color=shade, alpha=0.1, lw=0)
        ax.add_patch(area)


def highest_by_period(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return one row for each period, the highest."""
    found: dict[tuple[float, float], dict[str, Any]] = {}
    for row in records_of(rows):
        there = found.get(extent(row))
        if there is None or level(row) > level(there):
            found[extent(row)] = row
    return list(found.values())


def steps(rows: pd.DataFrame) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the pairs of rows whose periods touch, each with one number and of the same kind."""
    found = []
    for _, kin in rows.groupby("period_kind", sort=True):
        single = kin.groupby(["period_start", "period_end"])["value"].transform("nunique") == 1
        records = records_of(kin[single].drop_duplicates(["period_start", "period_end"]))
        pairs = pairwise(records)
        found += [pair for pair in pairs if touching(*pair)]
    return found


def touching(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Say whether one period starts on the day after the other ends, with a number for both."""
    first, last = as_date(after["period_start"]), as_date(before["period_end"])
    if first is None or last is None or not (known(before["value"]) and known(after["value"])):
        return False
    return (first - last).days == 1


def extent(row: Mapping[str, Any]) -> tuple[float, float]:
    """Return where a row begins and ends on the time axis; the last day counts in full."""
    first, last = as_date(row["period_start"]), as_date(row["period_end"])
    left, right = first or last, last or first
    assert left and right
    return day_number(left), day_number(right) + 1.0


def level(row: Mapping[str, Any]) -> float:
    """Return the height of a row: its number, else the middle or end of its interval."""
    if known(row["value"]):
        return float(row["value"])
    ends = [float(row[name]) for name in ("low", "high") if known(row[name])]
    return sum(ends) / len(ends)


def _plot_row(row: Mapping[str, Any], ax: Axes, shade: str) -> None:
    """Draw one observation: interval, stroke or dot, hedge."""
    left, right = extent(row)
    height, middle = level(row), (left + right) / 2
    name = f"row-{row['row']}"
    _plot_interval(row, ax, shade)
    open_side = not (known(row["period_start"]) and known(row["period_end"]))
    if open_side or right - left <= 1:
        sign = "o" if not open_side else "<" if known(row["period_end"]) else ">"
        ax.plot([middle], [height], sign, color=shade, ms=4.5, zorder=4, gid=name)
    elif known(row["value"]):
        stroke: dict[str, Any] = {"lw": STROKE, "solid_capstyle": "butt", "color": shade}
        # The square in the middle shows where a stroke of a few days would be too thin to see.
        speck: dict[str, Any] = {"marker": "s", "ms": STROKE, "mew": 0, "markevery": [1]}
        speck = speck if right - left <= SPECK_DAYS else {}
        across, heights = [left, middle, right], [height] * 3
        ax.plot(across, heights, zorder=3, gid=name, **stroke, **speck)
    _plot_hedge(row, ax, shade, middle)


def _plot_interval(row: Mapping[str, Any], ax: Axes, shade: str) -> None:
    """Draw the interval that the wording allows; a narrow one hides behind the stroke."""
    low, high = row["low"], row["high"]
    if not (known(low) and known(high)) or high <= low:
        return
    left, right = extent(row)
    size = (right - left, float(high) - float(low))
    ax.add_patch(Rectangle((left, float(low)), *size, color=shade, alpha=0.28, lw=0, zorder=2))
    if right - left <= 1 or not known(row["value"]):
        middle = (left + right) / 2
        ax.plot([middle, middle], [low, high], color=shade, lw=1.1, zorder=3, marker="_", ms=6)


def hedge_of(row: Mapping[str, Any]) -> str:
    """Return the hedge that a row is marked with, "" for none."""
    if row["bound"] in HEDGES:
        return str(row["bound"])
    if known(row["value"]) or (known(row["low"]) and known(row["high"])):
        return ""
    return "over" if known(row["low"]) else "under"


def _plot_hedge(row: Mapping[str, Any], ax: Axes, shade: str, middle: float) -> None:
    """Mark how the source hedged its number."""
    hedge = hedge_of(row)
    if hedge:
        face = "white" if hedge == "about" else shade
        look: dict[str, Any] = {"color": shade, "mfc": face, "ms": 5.5, "mew": 1.1, "ls": "none"}
        ax.plot([middle], [level(row)], marker=HEDGES[hedge][0], zorder=5, gid="hedge", **look)


def legend_handles(table: pd.DataFrame) -> list[Line2D | Patch]:
    """Return what the legend explains: the hedges and intervals that occur in drawn rows."""
    rows = records_of(table)
    found = {hedge_of(row) for row in rows}
    handles: list[Line2D | Patch] = []
    for hedge, (marker, words) in HEDGES.items():
        if hedge in found:
            face = "white" if hedge == "about" else FAINT
            look: dict[str, Any] = {"color": FAINT, "mfc": face, "ms": 5.5, "ls": "none"}
            handles.append(Line2D([], [], marker=marker, label=words, **look))
    if any(_shows_interval(row) for row in rows):
        handles.append(Patch(color=FAINT, alpha=0.28, lw=0, label="interval the wording allows"))
    return handles


def _shows_interval(row: Mapping[str, Any]) -> bool:
    """Say whether a row's interval is wide enough to be seen beside its stroke."""
    if not (known(row["low"]) and known(row["high"])):
        return False
    return bool(row["high"] - row["low"] > 0.02 * abs(row["high"]))
