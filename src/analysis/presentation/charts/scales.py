"""Axes that read well: numbers in words, years and months in English, only the needed lines."""

from collections.abc import Sequence
from datetime import date

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, date2num, num2date
from matplotlib.ticker import Formatter, FuncFormatter, MaxNLocator

from analysis.presentation.wording import MONTHS, number_words


def value_tick(value: float, _position: int | None = None) -> str:
    """Write a tick of a count axis.

    >>> value_tick(2_500_000), value_tick(0), value_tick(40_000)
    ('2.5 million', '0', '40,000')
    """
    return number_words(round(value, 6) + 0.0)


def share_tick(value: float, _position: int | None = None) -> str:
    """Write a tick of an axis of shares."""
    return f"{number_words(round(value, 6) + 0.0)}%"


def time_tick(value: float, _position: int | None = None) -> str:
    """Write a tick of a time axis: the year on 1 January, else month or day."""
    day = num2date(value)  # type: ignore[no-untyped-call]
    if (day.month, day.day) == (1, 1):
        return str(day.year)
    month = MONTHS[day.month - 1][:3]
    return month if day.day == 1 else f"{day.day} {month}"


class TimeTicks(Formatter):
    """Writes ticks of a time axis; the first in view bears its year unless it is one."""

    def __call__(self, value: float, _position: int | None = None) -> str:
        """Write one tick."""
        return time_tick(value)

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Write all ticks of an axis."""
        words = [time_tick(value) for value in values]
        assert self.axis is not None
        low, high = sorted(self.axis.get_view_interval())
        seen = [n for n, value in enumerate(values) if low <= value <= high]
        if seen and not words[seen[0]].isdigit():
            day = num2date(values[seen[0]])  # type: ignore[no-untyped-call]
            words[seen[0]] += f" {day.year}"
        return words


def format_value_axis(ax: Axes, measure: str, *, log: bool, ticks: int = 5) -> None:
    """Set limits and ticks of the y axis: from zero for counts, up to 100 for shares."""
    import seaborn as sns

    if log:
        ax.set_yscale("log")
        ax.minorticks_off()
    else:
        ax.yaxis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]))
        _set_limits(ax, measure)
    ax.yaxis.set_major_formatter(FuncFormatter(share_tick if measure == "share" else value_tick))
    sns.despine(ax=ax, left=True)
    ax.tick_params(axis="y", length=0)


def _set_limits(ax: Axes, measure: str) -> None:
    """Start counts at zero; give shares room but never beyond 0 and 100."""
    low, high = ax.dataLim.intervaly
    if measure == "share":
        room = max((high - low) * 0.15, 1.0)
        ax.set_ylim(max(0.0, low - room), min(100.0, high + room) + 0.02 * room)
    else:
        ax.set_ylim(min(0.0, low), (high or 1.0) * 1.07)


def format_time_axis(ax: Axes, *, labels: bool) -> None:
    """Set ticks of the x axis: whole years where the span is long, months where it is short."""
    locator = AutoDateLocator(minticks=3, maxticks=14)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(TimeTicks())
    ax.tick_params(axis="x", length=3.5 if labels else 0, labelbottom=labels)


def time_limits(days: list[float]) -> tuple[float, float]:
    """Return limits of the time axis with a little room on both sides."""
    first, last = min(days), max(days)
    room = max((last - first) * 0.015, 2.0)
    return first - room, last + room


def day_number(day: date) -> float:
    """Return a day as matplotlib counts it."""
    return float(date2num(day))  # type: ignore[no-untyped-call]
