"""Changing the words of HTML and nothing else: tags, code and pictures stay as they are."""

import re
from collections.abc import Callable

TAG = re.compile(r"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
VERBATIM = ("code", "pre", "q", "samp")


def map_text(markup: str, change: Callable[[str], str]) -> str:
    """Apply `change` to the text between tags, except in code and quotes.

    >>> map_text('<p title="@a">@a <code>@a</code></p>', str.upper)
    '<p title="@a">@A <code>@a</code></p>'
    """
    found, at, depth = [], 0, 0
    for tag in TAG.finditer(markup):
        text = markup[at : tag.start()]
        found.append(text if depth else change(text))
        found.append(tag[0])
        depth += _step(tag[0])
        at = tag.end()
    rest = markup[at:]
    return "".join([*found, rest if depth else change(rest)])


def _step(tag: str) -> int:
    """Return 1 where a tag opens verbatim text, -1 where it closes it, else 0."""
    name = re.match(r"</?([a-zA-Z0-9]+)", tag)
    if name is None or name[1].lower() not in VERBATIM:
        return 0
    return -1 if tag.startswith("</") else 1


def plain_text(markup: str) -> str:
    """Return the text of HTML without its tags, entities as they stand."""
    return " ".join(TAG.sub(" ", markup).split())
