"""The same chart for a narrow screen: as readable, not merely smaller."""

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Annotation, Text

from analysis.presentation.charts.labels import Anchor, place_labels
from analysis.presentation.charts.layout import legend_place
from analysis.presentation.charts.marks import (
    Mark,
    PlacedMark,
    draw_marks,
    from_above,
    grow,
    kept_layout,
    own_marks,
    strip_height,
    top_of,
)

WIDTH = 3.9
"""Inches; a telephone shows them at about 90 pixels each."""
RIGHT = 0.12
LINES = {"title": (0.105, 0.2), "source": (0.0625, 0.155)}
"""Width of a letter and height of a line of the texts around the panels, in inches."""


@contextmanager
def narrowed(
    marks: Sequence[Mark], figure: Figure, axes: Sequence[Axes], *, strip: float, above: float
) -> Iterator[list[PlacedMark]]:
    """Lay a chart out for a narrow screen for a while, with these marks, then put it back."""
    with ExitStack() as undo:
        undo.enter_context(kept_layout(figure))
        _squeeze(figure, axes)
        for name, (letter, line) in LINES.items():
            _rewrap(name, letter, line, figure, undo)
        _fewer_years(axes[0], undo)
        _legend_in_lines(axes[-1], figure, undo)
        for ax in axes:
            _relabel(ax, undo)
        _hide(own_marks(figure), undo)
        grow(figure, top_of(axes, figure) + above, strip_height(marks, figure, axes[0]) - strip)
        placed, artists = draw_marks(marks, figure, axes, above=above)
        for artist in artists:
            undo.callback(artist.remove)
        yield from_above(placed)


def _squeeze(figure: Figure, axes: Sequence[Axes]) -> None:
    """Make the figure narrow; the room left of the panels stays what it was."""
    width, height = figure.get_size_inches()
    left = axes[0].get_position().x0 * width
    indents = [(text, text.get_position()[0] * width) for text in figure.texts]
    figure.set_size_inches(WIDTH, height)
    for ax in axes:
        box = ax.get_position()
        ax.set_position((left / WIDTH, box.y0, (WIDTH - left - RIGHT) / WIDTH, box.height))
    for text, indent in indents:
        text.set_x(indent / WIDTH)


def _named(name: str, figure: Figure) -> list[Text]:
    """Return the texts of a figure that bear a name."""
    return [text for text in figure.texts if text.get_gid() == name]


def _rewrap(name: str, letter: float, line: float, figure: Figure, undo: ExitStack) -> None:
    """Break a text around the panels anew and make room for its lines."""
    for text in _named(name, figure):
        before = text.get_text()
        lines = textwrap.wrap(" ".join(before.split()), int((WIDTH - 0.2) / letter))
        undo.callback(text.set_text, before)
        text.set_text("\n".join(lines))
        here = text.get_position()[1] * figure.get_size_inches()[1]
        more = (len(lines) - before.count("\n") - 1) * line
        # A title hangs from its place and moves up with it; a source line stands on its place.
        grow(figure, here if name == "title" else here + 0.02, more)


def _fewer_years(ax: Axes, undo: ExitStack) -> None:
    """Set fewer ticks along the time axis."""
    undo.callback(ax.xaxis.set_major_locator, ax.xaxis.get_major_locator())
    locator = AutoDateLocator(minticks=3, maxticks=7)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)


def _hide(artists: Sequence[Any], undo: ExitStack) -> None:
    """Hide artists until the end."""
    for artist in artists:
        undo.callback(artist.set_visible, artist.get_visible())
        artist.set_visible(False)


def _legend_in_lines(ax: Axes, figure: Figure, undo: ExitStack) -> None:
    """Set the legend in two columns where it was in one line."""
    legend = ax.get_legend()
    if legend is None:
        return
    handles: Any = legend.legend_handles
    words = [text.get_text() for text in legend.get_texts()]
    look: dict[str, Any] = {"frameon": False, "fontsize": 7.5, "ncols": 2, "borderaxespad": 0}
    lines = Legend(ax, handles, words, loc="upper left", **legend_place(ax, figure), **look)
    ax.add_artist(lines)
    undo.callback(lines.remove)
    _hide([legend], undo)
    bottom = min(a.get_position().y0 for a in figure.axes) * figure.get_size_inches()[1]
    grow(figure, bottom - 0.1, ((len(words) + 1) // 2 - 1) * 0.16)


def _relabel(ax: Axes, undo: ExitStack) -> None:
    """Place the names of series anew."""
    old = [a for a in ax.texts if isinstance(a, Annotation) and a.get_gid() == "label"]
    if not old:
        return
    _hide(old, undo)
    anchors = [Anchor(*label.xy, label.get_text(), str(label.get_color())) for label in old]
    for label in place_labels(anchors, ax):
        undo.callback(label.remove)
