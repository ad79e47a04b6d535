"""The cells of an executed notebook as clean HTML, with what the template needs to know of each."""

import base64
import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.model.errors import RenderError
from analysis.presentation.markdown import markdown_html
from analysis.presentation.markup import element, escape, shorten
from analysis.presentation.render.clean import clean_html
from analysis.presentation.render.execute import ESCAPES, without_addresses

HIDDEN = {"remove-cell", "remove_cell"}
NO_INPUT = {"hide-input", "hide_input", "remove-input", "remove_input"}
METHOD = {"method"}
PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
EMPTY_HEAD = re.compile(r"<th>\s*</th>")
STYLER = re.compile(r' id="T_[^"]*"')
"""Identifiers of pandas' styled tables: new ones in every run."""
COUNTER = re.compile(r"<tr>\s*<th>(\d+)</th>")
FIRST_HEAD = re.compile(r"(<thead>\s*<tr[^>]*>)\s*<th></th>")
LOCAL_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
MEDIA = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif"}


@dataclass
class Part:
    """One cell on the page: prose, or folded code with what it showed."""

    kind: str
    html: str
    code: str = ""
    method: bool = False


def parts_of(notebook: Any, folder: Path) -> list[Part]:
    """Return the cells that are shown, in order.

    Raises
    ------
    RenderError
        An output is an error, writes to standard error, or is a picture without a text.
    """
    found = []
    for number, cell in enumerate(notebook.cells, start=1):
        tags = set(cell.metadata.get("tags", []))
        if tags & HIDDEN or cell.cell_type == "raw" or not cell.source.strip():
            continue
        method = bool(tags & METHOD)
        if cell.cell_type == "markdown":
            found.append(Part("prose", _prose(cell, folder, number), method=method))
        else:
            shown = "".join(_output(output, cell, number) for output in cell.outputs)
            code = "" if tags & NO_INPUT else cell.source
            if shown or code:
                found.append(Part("code", shown, code, method))
    return found


def _prose(cell: Any, folder: Path, number: int) -> str:
    """Return a Markdown cell as HTML, its local and attached pictures inside it."""

    def inline(found: re.Match[str]) -> str:
        alt, place = found[1], found[2]
        return f"![{alt}]({_picture_data(cell, place, folder, number)})"

    html_text = markdown_html(LOCAL_PICTURE.sub(inline, cell.source))
    return clean_html(html_text)


def _picture_data(cell: Any, place: str, folder: Path, number: int) -> str:
    """Return the data address of a picture that a Markdown cell shows."""
    if place.startswith("data:"):
        return place
    if place.startswith("attachment:"):
        bundle = cell.get("attachments", {}).get(place.removeprefix("attachment:"), {})
        for media, data in sorted(bundle.items()):
            return f"data:{media};base64,{''.join(data.split())}"
    suffix = Path(place).suffix.lower()
    target = folder / place
    if "://" in place or suffix not in MEDIA or not target.is_file():
        raise RenderError(
            f"cell {number} shows the picture {place!r}: a page holds its own pictures, so name a "
            "file beside the notebook (.png, .jpg, .gif)"
        )
    data = base64.b64encode(target.read_bytes()).decode("ascii")
    return f"data:image/{MEDIA[suffix]};base64,{data}"


def _output(output: Any, cell: Any, number: int) -> str:
    """Return one output as HTML."""
    if output.output_type == "error":
        raise RenderError(f"cell {number} failed: {output.ename}: {output.evalue}")
    if output.output_type == "stream":
        text = _text(output.text)
        if output.name == "stderr" and text.strip():
            raise RenderError(
                f"cell {number} wrote to standard error: {shorten(text, 300)!r}. Mend the cause: a "
                "paper shows no warnings and no progress bars"
            )
        return _pre(text)
    return _display(output, cell, number)


def _display(output: Any, cell: Any, number: int) -> str:
    """Return what a cell displayed: HTML, Markdown, a picture or text."""
    data = output.data
    if "text/html" in data:
        return element("div", _named(clean_html(_text(data["text/html"]))), class_="shown")
    if "text/markdown" in data:
        return clean_html(markdown_html(_text(data["text/markdown"])))
    for media in PICTURES:
        if media in data:
            return _picture(media, output, number)
    return _pre(without_addresses(_text(data.get("text/plain", ""))))


def _picture(media: str, output: Any, number: int) -> str:
    """Return a bare picture output; it needs a text of its own."""
    given = output.metadata.get(media, output.metadata)
    alt = str(given.get("alt", "")).strip() if hasattr(given, "get") else ""
    if not alt:
        raise RenderError(
            f"cell {number} shows a picture without a text alternative: show a Chart (an.chart) "
            f'or display(figure, metadata={{"{media}": {{"alt": "..."}}}})'
        )
    raw = _text(output.data[media])
    data = (
        base64.b64encode(raw.encode()).decode() if media.endswith("xml") else "".join(raw.split())
    )
    return f'<p><img src="data:{media};base64,{data}" alt="{escape(alt)}"></p>'


def _named(markup: str) -> str:
    """Make tables that others drew usable: a name for the empty corner, a scroller around."""
    if "<table" not in markup or "an-table" in markup:
        return markup
    markup = STYLER.sub("", markup)
    markup = _without_counter(markup)
    filled = EMPTY_HEAD.sub("<td></td>", markup)
    box = '<div class="an-scroll" role="region" tabindex="0" aria-label="Table">'
    return re.sub(r"(<table\b.*?</table>)", rf"{box}\1</div>", filled, flags=re.DOTALL)


def _without_counter(markup: str) -> str:
    """Take the row numbers 0, 1, 2 ... out of a pandas table: they say nothing."""
    heads = [int(number) for number in COUNTER.findall(markup)]
    first = FIRST_HEAD.findall(markup)
    if len(first) != 1 or heads != list(range(markup.count("<tr") - 1)) or "<th>" not in markup:
        return markup
    return COUNTER.sub("<tr>", FIRST_HEAD.sub(r"\1", markup))


def _pre(text: str) -> str:
    """Return plain text as it stands."""
    plain = ESCAPES.sub("", text).rstrip()
    return element("pre", html.escape(plain, quote=False), class_="text") if plain.strip() else ""


def _text(value: Any) -> str:
    """Return a text that notebook files may hold as a list of lines."""
    return "".join(value) if isinstance(value, list) else str(value)
