"""Building HTML from data: everything foreign is escaped here and nowhere else."""

import html
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def escape(words: object) -> str:
    """Return text that is safe between tags and in quoted attributes.

    Control characters and marks that override the direction of what follows are taken out.

    >>> escape('"><img onerror=x>')
    '&quot;&gt;&lt;img onerror=x&gt;'
    """
    return html.escape(CONTROL.sub("", str(words)), quote=True)


def element(name: str, inner: str = "", **attributes: str | None) -> str:
    """Return an element around HTML that is already safe; attribute values are escaped here.

    An attribute named ``class_`` is written ``class``, ``aria_label`` as ``aria-label``; None
    leaves it out.

    >>> element("p", "x", class_="a", aria_label='b"')
    '<p class="a" aria-label="b&quot;">x</p>'
    """
    pairs = (
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{''.join(pairs)}>{inner}</{name}>"


def quote(words: str) -> str:
    """Return words of a source: escaped, with a direction of their own."""
    return f'<q dir="auto">{escape(words)}</q>'


def shorten(words: str, limit: int) -> str:
    """Cut text at a word end near `limit` characters and say so with an ellipsis.

    >>> shorten("one two three", 8)
    'one two …'
    """
    words = " ".join(words.split())
    if len(words) <= limit:
        return words
    return words[:limit].rsplit(" ", 1)[0].rstrip() + " …"


def around(words: str, needle: str, limit: int) -> str:
    """Cut text to about `limit` characters around `needle`, or to its start where that is absent.

    >>> around("a b c 125000 d e f", "125000", 8)
    '… 125000 …'
    """
    words = " ".join(words.split())
    at = words.find(needle) if needle else -1
    if len(words) <= limit or at < 0:
        return shorten(words, limit)
    first = max(0, min(at + len(needle) // 2 - limit // 2, len(words) - limit))
    window = words[first : first + limit]
    if first:
        window = "… " + window.partition(" ")[2]
    return window if first + limit >= len(words) else window.rpartition(" ")[0] + " …"


def slug(words: str) -> str:
    """Return words as an identifier: lower-case letters, digits and hyphens.

    >>> slug("Removals & Migration")
    'removals-migration'
    """
    return "-".join(re.findall(r"[a-z0-9]+", words.casefold()))


class Row(NamedTuple):
    """A table row of safe HTML cells; rows of one group in a run stand under its name."""

    name: str | None
    cells: Sequence[str]
    group: str = ""


def _row(row: Row) -> str:
    """Return a table row; its first cell heads it."""
    first, *rest = row.cells
    cells = element("th", first, scope="row") + "".join(f"<td>{cell}</td>" for cell in rest)
    return element("tr", cells, id=row.name)


def _group(name: str, rows: Iterable[Row], width: int) -> str:
    """Return the rows of a group under its name."""
    head = element("th", name, scope="rowgroup", colspan=str(width)) if name else ""
    first = f"<tr>{head}</tr>" if head else ""
    return element("tbody", first + "".join(map(_row, rows)))


def data_table(caption: str, head: Sequence[str], rows: Iterable[Row]) -> str:
    """Return a table with caption and scoped headers, in a box that the keyboard can scroll."""
    heads = "".join(element("th", escape(cell), scope="col") for cell in head)
    body = "".join(
        _group(name, run, len(head)) for name, run in groupby(rows, key=lambda row: row.group)
    )
    inner = f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>"
    table = element("table", inner + body, class_="an-table")
    return element(
        "div", table, class_="an-scroll", role="region", tabindex="0", aria_label=caption
    )


@cache
def output_style() -> str:
    """Return the style block that outputs carry, so that they look right in JupyterLab too."""
    rules = (files(__package__) / "outputs.css").read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL)
    return f"<style>{' '.join(rules.split())}</style>"


def fragment(inner: str) -> str:
    """Return HTML as a notebook output: with the style block in front."""
    return output_style() + inner
