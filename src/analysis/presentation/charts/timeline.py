"""Timelines: published numbers over the periods they cover, one unit per panel."""

import textwrap
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.model.errors import SelectionError
from analysis.presentation.charts.alt import alt_words, capital, caption_words, title_words
from analysis.presentation.charts.draw import extent, legend_handles, level, plot_periods
from analysis.presentation.charts.drawn import Chart
from analysis.presentation.charts.labels import Anchor, place_labels
from analysis.presentation.charts.layout import (
    HEADER,
    HEADER_SHIFT,
    LABEL_LETTER,
    Sheet,
    legend_place,
)
from analysis.presentation.charts.marks import (
    Mark,
    draw_marks,
    grow,
    marks_from_events,
    strip_height,
    top_of,
)
from analysis.presentation.charts.palette import FAINT, INK, colour, label_colour, shades
from analysis.presentation.charts.rows import (
    UNIT,
    Panel,
    as_table,
    log_panels,
    ordered,
    reasons_not_drawn,
    records_of,
    series_label,
    series_of,
    service,
    split_panels,
    unit_words,
    with_panels,
)
from analysis.presentation.charts.scales import (
    day_number,
    format_time_axis,
    format_value_axis,
    time_limits,
)
from analysis.presentation.charts.style import chart_style
from analysis.presentation.markup import slug
from analysis.presentation.references import short_citation
from analysis.presentation.wording import joined, phrase


def timeline(
    observations: Any,
    events: pd.DataFrame | None = None,
    *,
    panel_by: str | Sequence[str] | None = None,
    title: str | None = None,
    caption: str | None = None,
    alt: str | None = None,
    name: str | None = None,
    sources: pd.DataFrame | None = None,
    log: bool | Sequence[str] = False,
    fill: bool | None = None,
    width: float = 8.6,
    panel_height: float | None = None,
    form: Literal["svg", "png"] = "svg",
) -> Chart:
    """Draw published numbers over the periods they cover.

    A stroke is as wide as its period, first to last day inclusive; a period without a figure
    stays empty. Hedged numbers are marked, and the interval that their wording allows is tinted.
    Current values are drawn (``known_to`` empty). Rows that cannot be drawn (no period, no
    number, restated since, rejected; running totals and ratios beside other numbers) are listed
    in the caption and in the table behind the chart.

    Parameters
    ----------
    observations : pandas.DataFrame or Extraction
        One row an observation, columns as in the codebook. A column ``label`` of your own names
        and parts series, as in ``table.assign(label="as the article tells it")``.
    events : pandas.DataFrame, optional
        One row an event (``date``, ``title``): drawn as numbered marks with a key below.
    panel_by : str or list of str, optional
        Columns, ``"unit"``, or ``"service"`` (Twitter and X are one): one panel for each of their
        values, in the order in which they come. Without it there is one panel.
    title, caption, alt : str, optional
        Made from the data unless given.
    name : str, optional
        Identifier for references from the text: ``name="removals"`` is ``@fig-removals``.
    sources : pandas.DataFrame, optional
        The table of sources, for the source line; without it the line names who issued the
        numbers, and in which edition.
    log : bool or list of str
        Logarithmic axes: everywhere, or in the panels named.
    fill : bool, optional
        Tint the area under the strokes; by default where a panel has one series.
    width, panel_height : float
        Inches.
    form : {"svg", "png"}
        Picture format when displayed.

    Returns
    -------
    Chart
        With ``.figure`` and ``.axes`` to go on with, and ``.data``, ``.alt``, ``.caption``.

    Raises
    ------
    MixedUnits
        A panel would hold numbers that count different things.
    SelectionError
        There is no table, no row that can be drawn, or no such column.
    """
    table = with_panels(as_table(observations), panel_by)
    logs = log_panels(log, table)
    table = ordered(table.assign(not_drawn=reasons_not_drawn(table, table["panel"].isin(logs))))
    table.insert(0, "row", range(1, len(table) + 1))
    drawn = table[table["not_drawn"] == ""]
    if drawn.empty:
        why = ", ".join(sorted(set(table["not_drawn"])))
        raise SelectionError(f"none of the {len(table)} rows can be drawn: {why}")
    panels = split_panels(drawn)
    marks = marks_from_events(events) if events is not None else ()
    title = title or title_words(drawn, panels)
    high = panel_height or {1: 3.3, 2: 2.1}.get(len(panels), 1.35)
    sheet = Sheet(width, high, right=right_margin(panels))
    with chart_style():
        figure, axes = _draw(panels, sheet, logs=logs, fill=fill)
        _limit_time(drawn, marks, axes)
        _finish(panels, axes, logs=logs, high=high)
        _write_around(figure, sheet, title, source_words(drawn, sources))
        strip = _add_marks(marks, figure, axes)
    alt = alt if alt is not None else alt_words(title, table, panels, marks)
    caption = caption if caption is not None else caption_words(title, table, panels)
    return Chart(
        figure=figure,
        axes=tuple(axes),
        data=table,
        title=title,
        alt=alt,
        caption=caption,
        sources=tuple(dict.fromkeys(drawn["snapshot_id"])),
        name=slug(name) if name else sha256(f"{title}{alt}".encode()).hexdigest()[:8],
        marks=marks,
        strip=strip,
        form=form,
    )


def right_margin(panels: Sequence[Panel]) -> float:
    """Return the room in inches that names of series need that end near the right edge."""
    end = max(extent(row)[1] for panel in panels for row in records_of(panel.rows))
    start = min(extent(row)[0] for panel in panels for row in records_of(panel.rows))
    longest = 0
    for panel in panels:
        series = series_of(panel.rows)
        keys = [key for key, _ in series]
        for key, rows in series if len(series) > 1 else []:
            if extent(records_of(rows)[-1])[1] > end - 0.15 * (end - start):
                longest = max(longest, len(series_label(key, keys)))
    return min(0.3 + longest * LABEL_LETTER, 2.6)


def _draw(
    panels: Sequence[Panel], sheet: Sheet, *, logs: set[str], fill: bool | None
) -> tuple[Figure, list[Axes]]:
    """Lay out the panels from top to bottom and draw their strokes."""
    handles = legend_handles(pd.concat([panel.rows for panel in panels]))
    bottom = sheet.ticks + (sheet.legend if handles else 0.0) + 0.06
    step = sheet.panel + HEADER
    height = bottom + len(panels) * step + sheet.title
    figure = Figure(figsize=(sheet.width, height))
    axes: list[Axes] = []
    for number, panel in enumerate(panels):
        low = bottom + (len(panels) - 1 - number) * step
        ax = figure.add_axes(sheet.box(low, height), sharex=axes[0] if axes else None)
        alone = len(series_of(panel.rows)) == 1 and panel.rows.iloc[0]["measure"] != "share"
        plot_periods(
            panel.rows, ax, fill=(alone if fill is None else fill) and panel.key not in logs
        )
        axes.append(ax)
    if handles:
        look: dict[str, Any] = {
            "frameon": False,
            "fontsize": 7.5,
            "ncols": len(handles),
            "handletextpad": 0.4,
        }
        axes[-1].legend(
            handles=handles,
            loc="upper left",
            borderaxespad=0,
            columnspacing=1.4,
            **legend_place(axes[-1], figure),
            **look,
        )
    return figure, axes


def _limit_time(drawn: pd.DataFrame, marks: Sequence[Mark], axes: Sequence[Axes]) -> None:
    """Set the time axis to hold every period and event."""
    days = [day for row in records_of(drawn) for day in extent(row)]
    axes[0].set_xlim(time_limits([*days, *(day_number(mark.day) for mark in marks)]))


def _finish(panels: Sequence[Panel], axes: Sequence[Axes], *, logs: set[str], high: float) -> None:
    """Set ticks, panel titles and direct labels."""
    for number, (panel, ax) in enumerate(zip(panels, axes, strict=True)):
        measure = str(panel.rows.iloc[0]["measure"])
        format_value_axis(ax, measure, log=panel.key in logs, ticks=5 if high > 1.6 else 3)
        format_time_axis(ax, labels=number == len(panels) - 1)
        _write_header(panel, ax, panels)
        series = series_of(panel.rows)
        if len(series) > 1:
            named = _header_name(panel, panels)
            place_labels([a for a in _anchors(series) if a.words != named], ax)


def _anchors(series: Sequence[tuple[tuple[str, ...], pd.DataFrame]]) -> list[Anchor]:
    """Return the end of each series, where its name belongs."""
    keys = [key for key, _ in series]
    found = []
    for (key, rows), shade in zip(series, shades(keys), strict=True):
        last = records_of(rows)[-1]
        found.append(
            Anchor(extent(last)[1], level(last), series_label(key, keys), label_colour(shade))
        )
    return found


def _header_name(panel: Panel, panels: Sequence[Panel]) -> str:
    """Return the service that heads a panel, "" where it holds several or stands alone."""
    platforms = list(dict.fromkeys(panel.rows["platform"]))
    one = len({service(platform) for platform in platforms}) == 1 and len(panels) > 1
    return joined([phrase("platform", platform) for platform in platforms]) if one else ""


def _write_header(panel: Panel, ax: Axes, panels: Sequence[Panel]) -> None:
    """Write above a panel whose numbers it holds and what they count."""
    alone = len(panels) == 1
    platforms = list(dict.fromkeys(panel.rows["platform"]))
    actions = list(dict.fromkeys(panel.rows["action"]))
    unit = unit_words(list(panel.rows.iloc[0][UNIT]))
    if not alone and len(actions) == 1 and panel.rows.iloc[0]["measure"] == "count":
        unit = f"{unit} {phrase('action', actions[0])}"
    policies = list(dict.fromkeys(panel.rows["policy"]))
    several = len({policy for other in panels for policy in other.rows["policy"]}) > 1
    if several and len(policies) == 1 and policies[0]:
        unit = f"{unit} ({phrase('policy', policies[0])})"
    name = _header_name(panel, panels)
    corner: dict[str, Any] = {
        "xy": (0, 1),
        "xytext": (HEADER_SHIFT, 7),
        "xycoords": "axes fraction",
        "textcoords": "offset points",
        "va": "bottom",
    }
    if name:
        bold: dict[str, Any] = {"color": colour(platforms[0]), "fontweight": "bold"}
        head = ax.annotate(name, **corner, **bold)
        corner |= {"xy": (1, 0), "xytext": (7, 0), "xycoords": head}
    ax.annotate(capital(unit), **corner)


def source_words(drawn: pd.DataFrame, sources: pd.DataFrame | None) -> str:
    """Return the source line: the sources cited, or else who issued the numbers."""
    if sources is not None and len(sources):
        held = sources[sources["snapshot_id"].isin(set(drawn["snapshot_id"]))]
        names = [short_citation(row) for row in records_of(held)]
    else:
        pairs = drawn[["reported_by", "edition"]].drop_duplicates().to_dict("records")
        by: dict[str, list[str]] = {}
        for pair in pairs:
            by.setdefault(pair["reported_by"] or "not named", []).append(pair["edition"])
        names = [_with_editions(name, editions) for name, editions in sorted(by.items())]
    names = list(dict.fromkeys(names))
    more = f" and {len(names) - 8} more" if len(names) > 8 else ""
    return f"Sources: {'; '.join(names[:8])}{more}." if len(names) > 1 else f"Source: {names[0]}."


def _with_editions(name: str, editions: Sequence[str]) -> str:
    """Return a publisher with its editions, where they are few."""
    named = [edition for edition in editions if edition]
    if not named:
        return name
    return f"{name}, {named[0]}" if len(named) == 1 else f"{name}, {len(named)} editions"


def _write_around(figure: Figure, sheet: Sheet, title: str, source: str) -> None:
    """Write the title above and the source line below, with the room they need."""
    lines = textwrap.wrap(source, int((sheet.width - 0.2) / 0.0625))
    heads = textwrap.wrap(title, int((sheet.width - 0.2) / 0.105))
    grow(figure, 0.0, len(lines) * sheet.line + 0.06)
    grow(figure, float(figure.get_size_inches()[1]), (len(heads) - 1) * 0.2)
    height = figure.get_size_inches()[1]
    look: dict[str, Any] = {"fontsize": 7.5, "color": FAINT, "va": "bottom", "linespacing": 1.25}
    figure.text(0.12 / sheet.width, 0.05 / height, "\n".join(lines), gid="source", **look)
    bold: dict[str, Any] = {"fontsize": 11.5, "fontweight": "bold", "va": "top", "color": INK}
    figure.text(0.12 / sheet.width, 1 - 0.1 / height, "\n".join(heads), gid="title", **bold)


def _add_marks(marks: Sequence[Mark], figure: Figure, axes: Sequence[Axes]) -> float:
    """Draw numbered events in a strip between title and panels; return its height in inches."""
    if not marks:
        return 0.0
    room = strip_height(marks, figure, axes[0])
    grow(figure, top_of(axes, figure) + HEADER, room)
    draw_marks(marks, figure, axes, above=HEADER)
    return room
