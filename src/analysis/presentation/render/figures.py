"""Numbers for figures and what refers to them."""

import re
from collections.abc import Sequence

from analysis.model.errors import RenderError
from analysis.presentation.render.texts import map_text

FIGURE = re.compile(r'<figure\b[^>]*\bid="(fig-[^"]+)"')
CAPTION = re.compile(r"<figcaption>")
REFERENCE = re.compile(r"(?<![\w@])@(fig-[a-z0-9]+(?:-[a-z0-9]+)*)")


def number_figures(parts: Sequence[str]) -> dict[str, int]:
    """Return the number of every figure of a page, in reading order.

    Raises
    ------
    RenderError
        Two figures have the same identifier.
    """
    keys = [key for part in parts for key in FIGURE.findall(part)]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise RenderError(
            f"the figure {twice[0]!r} stands on the page twice: show it once, or give one of the "
            'two another name with timeline(..., name="...")'
        )
    return {key: number for number, key in enumerate(keys, start=1)}


def with_captions(part: str, numbers: dict[str, int]) -> str:
    """Put "Figure 1." before the caption of every figure."""
    found, at = [], 0
    for figure in FIGURE.finditer(part):
        caption = CAPTION.search(part, figure.end())
        if caption:
            label = f'<b class="an-figure-number">Figure {numbers[figure[1]]}.</b> '
            found += [part[at : caption.end()], label]
            at = caption.end()
    return "".join([*found, part[at:]])


def with_references(part: str, numbers: dict[str, int]) -> str:
    """Turn ``@fig-name`` in text into a link that says "Figure 1".

    Raises
    ------
    RenderError
        There is no figure of that name.
    """

    def link(found: re.Match[str]) -> str:
        if found[1] not in numbers:
            names = ", ".join(f"@{key}" for key in numbers) or "none"
            raise RenderError(f"the text refers to @{found[1]}; the figures here are: {names}")
        return f'<a href="#{found[1]}">Figure {numbers[found[1]]}</a>'

    return map_text(part, lambda text: REFERENCE.sub(link, text))
