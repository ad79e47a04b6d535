"""Numbered marks for events: circles in lanes above the panels, a thin line down through them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.model.errors import SelectionError
from analysis.presentation.charts.palette import FAINT, INK
from analysis.presentation.charts.scales import day_number
from analysis.presentation.wording import as_date, day_words, joined, month_words

SIZE = 0.2
"""Diameter of a circle in inches; circles of one lane keep at least this distance."""
GAP = 0.06
EVENT_COLUMNS = ("date", "title")


@dataclass(frozen=True)
class Mark:
    """A numbered point in time: the label is what the number stands for."""

    number: int
    day: date
    label: str
    words: str = ""


@dataclass(frozen=True)
class PlacedMark:
    """Where a mark's circle is: its middle and diameter as fractions of the picture."""

    mark: Mark
    x: float
    y: float
    size: float


def event_day_words(row: Any) -> str:
    """Write the date of an event as exactly as it is known."""
    day = as_date(row["date"])
    assert day is not None
    precision = row.get("date_precision") or "day"
    if precision == "year":
        return str(day.year)
    return month_words(day) if precision == "month" else day_words(day)


def marks_from_events(events: Any) -> tuple[Mark, ...]:
    """Return one mark for each event, numbered by date.

    Raises
    ------
    SelectionError
        It is no table of events.
    """
    if not isinstance(events, pd.DataFrame):
        raise SelectionError(
            f"expected a table of events, found {type(events).__name__}: pass an.events(...)"
        )
    missing = [name for name in EVENT_COLUMNS if name not in events.columns]
    if missing:
        raise SelectionError(f"the table of events lacks the columns {joined(missing)}")
    rows = events.dropna(subset=["date"]).sort_values(["date", "title"], kind="stable")
    return tuple(
        Mark(number, as_date(row["date"]) or date.min, str(row["title"]), event_day_words(row))
        for number, row in enumerate(rows.to_dict("records"), start=1)
    )


def lanes(positions: Sequence[float], distance: float) -> list[int]:
    """Return the lane of each position, given in ascending order, so that none touch.

    >>> lanes([0.0, 0.1, 0.2, 1.0], 0.15)
    [0, 1, 0, 0]
    """
    ends: list[float] = []
    found = []
    for position in positions:
        free = [n for n, end in enumerate(ends) if position - end >= distance]
        lane = free[0] if free else len(ends)
        ends[lane : lane + 1] = [position]
        found.append(lane)
    return found


def plot_events(events: Any, ax: Axes) -> Axes:
    """Draw numbered events above axes whose time limits are set.

    Parameters
    ----------
    events : pandas.DataFrame
        Columns of an event; at least ``date`` and ``title``.
    ax : matplotlib.axes.Axes
        Axes with dates along x. The circles stand above it.

    Returns
    -------
    matplotlib.axes.Axes
        The axes given.
    """
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    draw_marks(marks_from_events(events), figure, [ax])
    return ax


def _inches(ax: Axes, figure: Figure, day: date) -> float:
    """Return where a day is, in inches from the left edge of the figure."""
    x, _ = ax.transData.transform((day_number(day), ax.get_ylim()[0]))
    return float(x) / figure.dpi


def draw_marks(
    marks: Sequence[Mark], figure: Figure, axes: Sequence[Axes], *, above: float = 0.0
) -> tuple[list[PlacedMark], list[Any]]:
    """Draw marks above the first of `axes` and lines down to the last; return places and artists.

    `above` is the distance in inches between the panels and the lowest lane.
    """
    width, height = figure.get_size_inches()
    top = max(ax.get_position().y1 for ax in axes)
    bottom = min(ax.get_position().y0 for ax in axes)
    across = [_inches(axes[0], figure, mark.day) for mark in marks]
    placed, artists = [], []
    for mark, x, lane in zip(marks, across, lanes(across, SIZE + 0.02), strict=True):
        y = top + (above + GAP + SIZE / 2 + lane * (SIZE + 0.02)) / height
        placed.append(PlacedMark(mark, x / width, y, SIZE / width))
        artists += _draw_mark(mark, figure, x / width, y, bottom)
    return placed, artists


def from_above(placed: Sequence[PlacedMark]) -> list[PlacedMark]:
    """Return places with heights counted from the upper edge, as pages count."""
    return [replace(place, y=1 - place.y) for place in placed]


def _draw_mark(mark: Mark, figure: Figure, x: float, y: float, bottom: float) -> list[Any]:
    """Draw one circle with its number, and its line, in fractions of the figure."""
    line = Line2D([x, x], [bottom, y], color=FAINT, lw=0.6, alpha=0.45, zorder=-2)
    line.set_gid(f"event-line-{mark.number}")
    circle = Line2D([x], [y], marker="o", ms=SIZE * 72 - 1.5, mfc="white", mec=INK, mew=0.8)
    circle.set_gid(f"event-{mark.number}")
    for artist in (line, circle):
        figure.add_artist(artist)
    circle.set_zorder(4)
    look: dict[str, Any] = {
        "ha": "center",
        "va": "center_baseline",
        "fontsize": 7.5,
        "color": INK,
        "zorder": 5,
    }
    number = figure.text(x, y, str(mark.number), **look)
    number.set_gid(f"event-number-{mark.number}")
    return [line, circle, number]


def figure_lines(figure: Figure) -> list[Line2D]:
    """Return the lines that stand on the figure itself, outside of all axes."""
    return [artist for artist in figure.artists if isinstance(artist, Line2D)]


def strip_height(marks: Sequence[Mark], figure: Figure, ax: Axes) -> float:
    """Return the height in inches that marks need above the panels."""
    if not marks:
        return 0.0
    across = [_inches(ax, figure, mark.day) for mark in marks]
    return GAP + (max(lanes(across, SIZE + 0.02)) + 1) * (SIZE + 0.02)


def grow(figure: Figure, at: float, by: float) -> None:
    """Make a figure higher by `by` inches at the height `at`; what stands above moves up."""
    width, height = figure.get_size_inches()
    taller = height + by

    def moved(fraction: float) -> float:
        inches = fraction * height
        return float((inches + by if inches >= at - 1e-6 else inches) / taller)

    boxes = [(ax, ax.get_position()) for ax in figure.axes]
    figure.set_size_inches(width, taller)
    for ax, box in boxes:
        low = moved(box.y0)
        ax.set_position((box.x0, low, box.width, box.height * height / taller))
    for artist in figure.texts:
        artist.set_y(moved(artist.get_position()[1]))
    for line in figure_lines(figure):
        heights: Any = line.get_ydata()
        line.set_ydata([moved(float(y)) for y in heights])


def top_of(axes: Sequence[Axes], figure: Figure) -> float:
    """Return the height of the upper edge of the panels, in inches."""
    return float(max(ax.get_position().y1 for ax in axes) * figure.get_size_inches()[1])


def own_marks(figure: Figure) -> list[Any]:
    """Return the artists of events already drawn on a figure."""
    artists: list[Any] = [*figure.artists, *figure.texts]
    return [artist for artist in artists if str(artist.get_gid() or "").startswith("event-")]


@contextmanager
def kept_layout(figure: Figure) -> Iterator[None]:
    """Put back size and places of everything on a figure afterwards."""
    width, height = figure.get_size_inches()
    boxes = [(ax, ax.get_position()) for ax in figure.axes]
    texts = [(text, text.get_position()) for text in figure.texts]
    lines = [(line, line.get_ydata()) for line in figure_lines(figure)]
    try:
        yield
    finally:
        figure.set_size_inches(width, height)
        for ax, box in boxes:
            ax.set_position(box)
        for text, place in texts:
            text.set_position(place)
        for line, heights in lines:
            line.set_ydata(heights)


@contextmanager
def with_marks(
    marks: Sequence[Mark],
    figure: Figure,
    axes: Sequence[Axes],
    *,
    strip: float = 0.0,
    above: float = 0.0,
) -> Iterator[list[PlacedMark]]:
    """Draw other marks than the figure's own for a while, then leave it as it was.

    `strip` is the height in inches that the figure's own marks take. The places returned are
    fractions of the picture from its left and upper edge.
    """
    hidden = own_marks(figure)
    limits = axes[0].get_xlim()
    days = [day_number(mark.day) for mark in marks]
    placed: list[PlacedMark] = []
    artists: list[Any] = []
    with kept_layout(figure):
        try:
            for artist in hidden:
                artist.set_visible(False)
            axes[0].set_xlim(min([limits[0], *days]), max([limits[1], *days]))
            room = strip_height(marks, figure, axes[0])
            grow(figure, top_of(axes, figure) + above, room - strip)
            placed, artists = draw_marks(marks, figure, axes, above=above)
            yield from_above(placed)
        finally:
            for artist in artists:
                artist.remove()
            axes[0].set_xlim(limits)
            for artist in hidden:
                artist.set_visible(True)
