"""A chart and its narrative side by side, numbered to each other.

The numbers on the chart are links to the paragraphs, the numbers of the paragraphs are links
back. There is no script: links lie over the picture at places given in percent, so that they
stay right at any size, and the keyboard reaches them.
"""

from dataclasses import dataclass, field
from typing import Any

from analysis.model.errors import SelectionError
from analysis.presentation.charts.drawn import Chart, picture_element
from analysis.presentation.charts.marks import PlacedMark
from analysis.presentation.markup import element, escape, fragment
from analysis.presentation.narrative import Narrative


@dataclass(eq=False)
class Beside:
    """A chart beside its narrative, with the picture drawn and the marks placed."""

    chart: Chart
    narrative: Narrative
    wide: bytes = field(repr=False)
    narrow: bytes = field(repr=False)
    placed: tuple[tuple[PlacedMark, PlacedMark], ...] = field(repr=False)

    @property
    def key(self) -> str:
        """Identifier of the figure on a page."""
        return self.chart.key

    def html(self) -> str:
        """Return both as HTML, side by side where there is room, else one after the other."""
        links = "".join(_link(self.key, *places) for places in self.placed)
        image = picture_element(self.wide, self.narrow, self.chart.form, self._alt())
        picture = element("div", image + links, class_="an-picture")
        caption = element("figcaption", escape(self._caption()))
        sources = " ".join(source[:12] for source in self.chart.sources)
        figure = element(
            "figure",
            picture + caption + self.chart.table_html(),
            id=self.key,
            class_="an-figure",
            data_sources=sources,
        )
        told = self.narrative.html(self.key, (place.mark.number for place, _ in self.placed))
        return element("div", figure + element("div", told), class_="an-beside")

    def _alt(self) -> str:
        """Return the chart's text alternative with the marks that this picture adds."""
        count = len(self.placed)
        return (
            f"{self.chart.alt} {count} numbered marks lead to the paragraphs beside."
            if count
            else (self.chart.alt)
        )

    def _caption(self) -> str:
        """Return the chart's caption, and what the numbers are."""
        words = "Numbers lead to the paragraphs of the narrative." if self.placed else ""
        return f"{self.chart.caption} {words}".strip()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        plain = f"{self.chart.title}\n{self._alt()}"
        return {"text/html": fragment(self.html()), "text/plain": plain}


def _link(key: str, wide: PlacedMark, narrow: PlacedMark) -> str:
    """Return the link that lies over a mark, with its place in both pictures."""
    number, words = wide.mark.number, f"{wide.mark.words}: {wide.mark.label}"
    where = ";".join(
        f"--{letter}x:{100 * place.x:.2f}%;--{letter}y:{100 * place.y:.2f}%;"
        f"--{letter}s:{100 * place.size:.2f}%"
        for letter, place in (("", wide), ("n", narrow))
    )
    return element(
        "a",
        class_="an-mark",
        id=f"{key}-mark-{number}",
        href=f"#{key}-p-{number}",
        style=where,
        aria_label=f"{number}, {words}",
    )


def beside(chart: Chart, narrative: Narrative) -> Beside:
    """Set a chart and a narrative side by side, with the paragraphs' numbers on the chart.

    The chart stays as it is; events of its own give way to the paragraphs in the picture shown
    here.

    Parameters
    ----------
    chart : Chart
        Made by `timeline`.
    narrative : Narrative
        From the record's events or from Markdown; paragraphs with a date are marked.

    Returns
    -------
    Beside
        Shows itself in a notebook and on a rendered page.

    Raises
    ------
    SelectionError
        One of the two is something else.
    """
    if not isinstance(chart, Chart) or not isinstance(narrative, Narrative):
        found = f"{type(chart).__name__} and {type(narrative).__name__}"
        raise SelectionError(
            f"beside wants a chart and a narrative, found {found}: make them with "
            "an.chart.timeline(...) and an.Narrative.from_markdown(...)"
        )
    wide, places, narrow, narrow_places = chart.pictures(narrative.marks)
    return Beside(chart, narrative, wide, narrow, tuple(zip(places, narrow_places, strict=True)))
