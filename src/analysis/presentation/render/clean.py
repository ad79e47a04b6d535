"""What may stand on a page: HTML of cells and outputs, cleaned of all that acts or fetches."""

import re
from typing import Any

from analysis.presentation.markup import output_style

# fmt: off
CONTENT = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd",
    "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "picture", "pre",
    "q", "s", "samp", "section", "small", "source", "span", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var",
}
# fmt: on
ANYWHERE = {"id", "class", "title", "lang", "dir", "role", "tabindex", "style"}
ATTRIBUTES: dict[str, set[str]] = {
    "*": ANYWHERE,
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "source": {"srcset", "media", "type"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start", "type"},
    "col": {"span"},
    "details": {"open"},
    "time": {"datetime"},
    "q": {"cite"},
}
PLACING = {
    "--x",
    "--y",
    "--s",
    "--nx",
    "--ny",
    "--ns",
    "text-align",
    "color",
    "background-color",
    "font-weight",
}
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=]+")


def _attribute(element: str, name: str, value: str) -> str | None:
    """Keep pictures that hold their own data, and links that are links."""
    if (element, name) in (("img", "src"), ("source", "srcset")):
        return value if PICTURE.fullmatch(value.strip()) else None
    if name == "href" and value.strip().casefold().startswith("data:"):
        return None
    return value


def clean_html(markup: str) -> str:
    """Return HTML without scripts, frames, forms, styles sheets, handlers and outside pictures.

    What our own helpers make comes through as it is, but for their style block: the page's own
    style sheet holds the same rules.
    """
    import nh3

    options: dict[str, Any] = {
        "tags": CONTENT,
        "attributes": ATTRIBUTES,
        "attribute_filter": _attribute,
        "url_schemes": {"http", "https", "mailto", "data"},
        "generic_attribute_prefixes": {"data-", "aria-"},
        "filter_style_properties": PLACING,
        "clean_content_tags": {"script", "style"},
        "link_rel": None,
    }
    return str(nh3.clean(markup.replace(output_style(), ""), **options))
