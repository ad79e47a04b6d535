"""The chart object: the figure to go on with, and everything that must travel with it."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.model.errors import SelectionError
from analysis.presentation.charts.evidence import evidence_table
from analysis.presentation.charts.layout import HEADER
from analysis.presentation.charts.marks import (
    Mark,
    PlacedMark,
    grow,
    kept_layout,
    with_marks,
)
from analysis.presentation.charts.narrow import narrowed
from analysis.presentation.charts.palette import FAINT
from analysis.presentation.charts.style import METADATA, chart_style, image_bytes
from analysis.presentation.markup import element, escape, fragment

MEDIA = {"svg": "image/svg+xml", "png": "image/png"}
KEY_LINE = 0.16


@dataclass(eq=False)
class Chart:
    """A drawn chart with its words, its data and its sources.

    Attributes
    ----------
    figure, axes
        matplotlib's objects: draw on, change what you like. Panels come from top to bottom.
    data : pandas.DataFrame
        The table behind the chart, one row an observation, with the columns ``row`` (its number
        in chart and table), ``panel`` and ``not_drawn`` (why it is only listed, "" when drawn).
    alt, caption : str
        Text alternative and caption, made from the data unless given.
    sources : tuple of str
        Snapshot ids of the bytes that the drawn numbers come from.
    name : str
        The figure's identifier on a page is ``fig-`` and this; papers refer to it as
        ``@fig-name``.
    """

    figure: Figure
    axes: tuple[Axes, ...]
    data: pd.DataFrame = field(repr=False)
    title: str
    alt: str = field(repr=False)
    caption: str = field(repr=False)
    sources: tuple[str, ...] = field(repr=False)
    name: str
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    strip: float = field(default=0.0, repr=False)
    form: Literal["svg", "png"] = field(default="svg", repr=False)

    def __post_init__(self) -> None:
        for what in ("alt", "caption"):
            if not getattr(self, what).strip():
                raise SelectionError(
                    f"a chart needs a {what} text: leave {what}= out to have it made from the data"
                )

    @property
    def key(self) -> str:
        """Identifier of the figure on a page."""
        return f"fig-{self.name}"

    def save(self, path: str | Path, *, dpi: int = 200) -> Path:
        """Write the picture as .svg, .png or .pdf, with the key to its numbered events.

        The same chart gives the same bytes. Returns the path.
        """
        target = Path(path)
        form = target.suffix.lstrip(".").lower()
        if form not in METADATA:
            raise SelectionError(f"{target.name!r} ends in neither .svg, .png nor .pdf")
        with kept_layout(self.figure), chart_style():
            added = write_key(self.marks, self.figure)
            try:
                target.write_bytes(image_bytes(self.figure, form, dpi))
            finally:
                for text in added:
                    text.remove()
        return target

    def pictures(
        self, marks: Sequence[Mark]
    ) -> tuple[bytes, list[PlacedMark], bytes, list[PlacedMark]]:
        """Return the picture with other marks than its own and their places, wide and narrow."""
        room = {"strip": self.strip, "above": HEADER}
        with chart_style(), with_marks(marks, self.figure, self.axes, **room) as places:
            wide = image_bytes(self.figure, self.form)
        return wide, places, *self.narrow(marks)

    def narrow(self, marks: Sequence[Mark]) -> tuple[bytes, list[PlacedMark]]:
        """Return the picture for a narrow screen and the places of marks in it."""
        room = {"strip": self.strip, "above": HEADER}
        with chart_style(), narrowed(marks, self.figure, self.axes, **room) as places:
            return image_bytes(self.figure, self.form), places

    def image(self) -> str:
        """Return the picture as an HTML image that holds its own data."""
        wide, (narrow, _) = image_bytes(self.figure, self.form), self.narrow(self.marks)
        return picture_element(wide, narrow, self.form, self.alt)

    def table_html(self) -> str:
        """Return the data table with quotes and locators, folded."""
        head = element("summary", f"Data and evidence ({len(self.data)} rows)")
        return element("details", head + evidence_table(self.data, self.key), class_="an-data")

    def html(self) -> str:
        """Return the figure as HTML: picture, key of events, caption, folded data table."""
        caption = element("figcaption", escape(self.caption))
        picture = element("div", self.image(), class_="an-picture")
        inner = picture + marks_list(self.marks) + caption + self.table_html()
        sources = " ".join(source[:12] for source in self.sources)
        return element("figure", inner, id=self.key, class_="an-figure", data_sources=sources)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": fragment(self.html()), "text/plain": f"{self.title}\n{self.alt}"}


def data_address(picture: bytes, form: str) -> str:
    """Return an address that holds a picture."""
    return f"data:{MEDIA[form]};base64,{base64.b64encode(picture).decode('ascii')}"


def picture_element(wide: bytes, narrow: bytes, form: str, alt: str) -> str:
    """Return an image with its data in it: one picture for wide screens, one for narrow."""
    media = "screen and (max-width: 40rem)"
    other = f'<source media="{media}" srcset="{data_address(narrow, form)}">'
    image = f'<img src="{data_address(wide, form)}" alt="{escape(alt)}">'
    return f"<picture>{other}{image}</picture>"


def marks_list(marks: Sequence[Mark]) -> str:
    """Return the key of numbered events as a list."""
    items = "".join(
        element("li", f"{element('b', escape(mark.words))} {escape(mark.label)}") for mark in marks
    )
    return element("ol", items, class_="an-key") if marks else ""


def write_key(marks: Sequence[Mark], figure: Figure) -> list[Any]:
    """Write the key of numbered events below the picture, in two columns; return the texts."""
    if not marks:
        return []
    lines = (len(marks) + 1) // 2
    grow(figure, 0.0, lines * KEY_LINE + 0.1)
    width, height = figure.get_size_inches()
    written = []
    for n, mark in enumerate(marks):
        x = (0.12 if n < lines else width / 2) / width
        y = ((lines - n % lines) * KEY_LINE) / height
        words = f"{mark.number}  {mark.words}: {mark.label}"
        room = int(width / 2 / 0.068)
        words = words if len(words) <= room else words[: room - 2].rstrip() + " …"
        written.append(figure.text(x, y, words, fontsize=7, color=FAINT, va="center"))
    return written
