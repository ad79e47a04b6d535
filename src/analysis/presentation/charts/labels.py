"""Names beside the strokes they belong to, placed to cover neither strokes nor each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

LANE = 11.0
"""Height of a lane in points."""
FONT: dict[str, Any] = {"fontsize": 8.5, "fontweight": "bold"}


@dataclass(frozen=True)
class Anchor:
    """A point in data coordinates that a label is to stand near."""

    x: float
    y: float
    words: str
    colour: str


@dataclass(frozen=True)
class Place:
    """Where a label stands seen from its anchor, in points, and which of its edges is there."""

    right: float
    up: float
    side: str
    edge: str


def places() -> Iterator[Place]:
    """Return the places worth trying: right of the point, then lanes above and below."""
    yield Place(5.0, 0.0, "left", "center")
    for lane in range(1, 8):
        for sign in (1, -1):
            yield Place(5.0, sign * lane * LANE, "left", "center")
            yield Place(0.0, sign * lane * LANE, "right", "center")


def place_labels(anchors: Sequence[Anchor], ax: Axes) -> list[Annotation]:
    """Write each label near its anchor, at the first place that covers the least.

    Limits of the axes must be final. Places are tried in a fixed order, so that the same data
    gives the same chart.
    """
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    renderer = pixels(figure)
    taken = [line.get_window_extent(renderer).padded(2) for line in ax.lines]
    sheet = Bbox.from_bounds(0, ax.bbox.y0, figure.bbox.width - 4, ax.bbox.height * 1.05)
    placed = []
    for anchor in sorted(anchors, key=lambda a: (-a.y, a.x, a.words)):
        size = text_size(anchor.words, figure, renderer)
        boxes = [(_box(anchor, place, size, ax), place) for place in places()]
        box, place = min(boxes, key=lambda pair: _cost(pair[0], pair[1], taken, sheet))
        taken.append(box.padded(1))
        placed.append(_write(anchor, place, ax))
    return placed


def pixels(figure: Figure) -> RendererBase:
    """Return what measures text on a figure."""
    renderer: RendererBase = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    return renderer


def text_size(words: str, figure: Figure, renderer: RendererBase) -> tuple[float, float]:
    """Return width and height of a label in pixels."""
    text = Text(0, 0, words, figure=figure, **FONT)
    extent = text.get_window_extent(renderer)
    return extent.width, extent.height


def _box(anchor: Anchor, place: Place, size: tuple[float, float], ax: Axes) -> Bbox:
    """Return the box in pixels that a label takes at a place."""
    scale = ax.figure.dpi / 72
    x, y = ax.transData.transform((anchor.x, anchor.y))
    left = x + place.right * scale - (size[0] if place.side == "right" else 0)
    return Bbox.from_bounds(left, y + place.up * scale - size[1] / 2, *size)


def _cost(box: Bbox, place: Place, taken: list[Bbox], sheet: Bbox) -> tuple[float, float]:
    """Return how much a label covers, then how far it stands from its point."""
    covered = sum(_shared(box, other) for other in taken)
    outside = box.width * box.height - _shared(box, sheet)
    return round(covered + 3 * outside), abs(place.up)


def _shared(one: Bbox, other: Bbox) -> float:
    """Return the area that two boxes share."""
    common = Bbox.intersection(one, other)
    return 0.0 if common is None else float(common.width * common.height)


def _write(anchor: Anchor, place: Place, ax: Axes) -> Annotation:
    """Put a label on the axes."""
    return ax.annotate(
        anchor.words,
        (anchor.x, anchor.y),
        (place.right, place.up),
        textcoords="offset points",
        ha=place.side,
        va=place.edge,
        color=anchor.colour,
        annotation_clip=False,
        zorder=6,
        gid="label",
        **FONT,
    )
