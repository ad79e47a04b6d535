"""How every chart looks, whatever the user's own matplotlib settings are, and how it is saved.

Saving leaves out dates and program versions, and SVG identifiers are salted, so that the same
data gives the same bytes.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib import style as mpl_style
from matplotlib.figure import Figure

from analysis.presentation.charts.palette import FAINT, INK, RULE

SETTINGS: dict[str, Any] = {
    # The font that matplotlib carries with it: the same shapes everywhere, Arabic included.
    "font.family": ["DejaVu Sans"],
    "font.size": 9.0,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "axes.linewidth": 0.7,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "grid.color": RULE,
    "grid.linewidth": 0.5,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "figure.facecolor": "white",
    "axes.facecolor": "none",
    "svg.hashsalt": "moderation-analysis",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "text.parse_math": False,
}
METADATA: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


@contextmanager
def chart_style() -> Iterator[None]:
    """Draw with the project's settings on seaborn's "ticks", and leave the user's untouched."""
    import seaborn as sns

    with mpl.rc_context(), mpl_style.context("default"):
        settings: Any = SETTINGS
        mpl.rcParams.update(sns.axes_style("ticks"))
        mpl.rcParams.update(settings)
        yield


def image_bytes(figure: Figure, form: str = "svg", dpi: int = 200) -> bytes:
    """Return a figure as a picture file without dates or versions in it."""
    buffer = io.BytesIO()
    with chart_style():
        figure.savefig(buffer, format=form, dpi=dpi, metadata=METADATA.get(form))
    return buffer.getvalue()
