"""Lengths of a chart, in inches, and what follows from them."""

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import ScaledTranslation

HEADER = 0.35
"""Room above a panel for the words that head it, in inches."""
HEADER_SHIFT = -0.83 * 72
"""How far left of a panel the words that head it begin, in points."""
LABEL_LETTER = 0.083
"""Width of a letter of a direct label, in inches."""


@dataclass(frozen=True)
class Sheet:
    """Lengths of a chart in inches."""

    width: float
    panel: float
    left: float = 0.95
    right: float = 0.3
    title: float = 0.34
    ticks: float = 0.34
    legend: float = 0.24
    line: float = 0.155

    def box(self, bottom: float, height: float) -> tuple[float, float, float, float]:
        """Return left, bottom, width and height of a panel as fractions of a figure."""
        wide = self.width - self.left - self.right
        return self.left / self.width, bottom / height, wide / self.width, self.panel / height


def legend_place(ax: Axes, figure: Figure) -> dict[str, Any]:
    """Return where a legend goes: below the ticks of the lowest panel, whatever moves it."""
    shift = ScaledTranslation(HEADER_SHIFT / 72, -Sheet.ticks + 0.04, figure.dpi_scale_trans)
    return {"bbox_to_anchor": (0, 0), "bbox_transform": ax.transAxes + shift}
