"""Charts that carry their words, their data and their sources.

`timeline` makes a whole chart; `plot_periods` and `plot_events` draw on axes of your own.
"""

from analysis.presentation.charts.draw import plot_periods
from analysis.presentation.charts.drawn import Chart
from analysis.presentation.charts.marks import plot_events
from analysis.presentation.charts.palette import colour
from analysis.presentation.charts.timeline import timeline

__all__ = ["Chart", "colour", "plot_events", "plot_periods", "timeline"]
