"""Markdown to HTML for narratives and rendered pages; HTML inside it is shown, not obeyed."""

from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def _renderer() -> Callable[[str], Any]:
    """Return the Markdown renderer."""
    import mistune

    return mistune.create_markdown(escape=True, plugins=["table", "strikethrough", "footnotes"])


def markdown_html(text: str) -> str:
    """Return Markdown as HTML.

    >>> markdown_html("*so* <script>alert(1)</script>").strip()
    '<p><em>so</em> &lt;script&gt;alert(1)&lt;/script&gt;</p>'
    """
    return str(_renderer()(text))
