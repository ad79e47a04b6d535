"""What a page says about itself: meta elements, JSON-LD, links, times, styles, language."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

SAVED_FROM = re.compile(r"(?:saved from url=\(\d+\)|^\s*url:\s*)(https?://\S+)", re.I | re.M)
ARTICLE_TYPES = re.compile(r"Article|Posting|Report|WebPage|CreativeWork|Dataset|Review", re.I)
MOST_JSON = 500_000  # characters of one JSON-LD script that are read
TEXT_TAGS = frozenset({"script", "style", "title"})
SOURCE_MARKS = frozenset({"source", "cite-as", "isbasedon", "original-source"})
DEEPEST = 40  # nesting of JSON-LD that is followed
_OPENINGS = ("//", "<!--", "<![CDATA[")
_CLOSINGS = (";", "-->", "]]>", "//")
_SALVAGED = {
    name: re.compile(rf'"{name}"\s*:\s*"([^"\\]{{4,60}})"')
    for name in ("datePublished", "dateModified")
}


@dataclass(slots=True)
class PageHead:
    """Everything a page says about itself, unjudged and in page order."""

    title: str = ""
    language: str = ""
    metas: list[tuple[str, str]] = field(default_factory=list)  # lower-case name, content
    links: list[tuple[str, str]] = field(default_factory=list)  # rel, href
    times: list[tuple[str, str]] = field(default_factory=list)  # datetime, class and itemprop
    scripts: list[str] = field(default_factory=list)  # JSON-LD texts
    styles: str = ""
    saved_from: str = ""
    sources: list[str] = field(default_factory=list)  # links marked as the source told about
    authors: list[str] = field(default_factory=list)  # texts marked as author names
    visible: int = 0  # characters outside scripts and styles

    def meta(self, *names: str) -> str:
        """Return the first non-empty content of the metas named, in the order of `names`."""
        return next((text for name in names for key, text in self.metas if key == name), "")

    def link(self, rel: str) -> str:
        """Return the first link of a relation, empty when there is none."""
        return next((href for r, href in self.links if rel in r.split()), "")


class HeadTarget:
    """Collects a `PageHead` from the stream of tags."""

    def __init__(self) -> None:
        self.head = PageHead()
        self._into: list[str] | None = None
        self._tag = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
        if not attributes and tag not in TEXT_TAGS:
            return
        head = self.head
        if tag == "html":
            head.language = attributes.get("lang") or attributes.get("xml:lang") or head.language
        elif tag == "meta":
            self._meta(attributes)
        elif tag in ("link", "a"):
            self._link(tag, attributes)
        elif tag == "time" and attributes.get("datetime"):
            kind = f"{attributes.get('class', '')} {attributes.get('itemprop', '')}"
            kind += " pubdate" if "pubdate" in attributes else ""
            head.times.append((attributes["datetime"], kind.strip().lower()))
        self._open_text(tag, attributes)

    def _open_text(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in {"script", "style"}:
            self._tag, self._into = tag, []
            if tag == "script" and "ld+json" not in attributes.get("type", "").lower():
                self._tag = "code"
        elif tag == "title" and not self.head.title and self._into is None:
            self._tag, self._into = tag, []
        elif is_author_mark(attributes) and self._into is None and tag != "meta":
            self._tag, self._into = f"author {tag}", []

    def _meta(self, attributes: Mapping[str, str]) -> None:
        content = " ".join(attributes.get("content", "").split())
        for key in ("name", "property", "itemprop", "http-equiv"):
            if attributes.get(key) and content:
                self.head.metas.append((attributes[key].strip().lower(), content))

    def _link(self, tag: str, attributes: Mapping[str, str]) -> None:
        rel, href = attributes.get("rel", "").lower(), attributes.get("href", "").strip()
        if tag == "link" and href:
            self.head.links.append((rel, href))
        marks = {*rel.split(), attributes.get("itemprop", "").lower()}
        if marks & SOURCE_MARKS and href.startswith("http"):
            self.head.sources.append(href)

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        if self._into is None or tag not in (
            self._tag,
            self._tag.removeprefix("author "),
            "script",
        ):
            return
        text = "".join(self._into)
        if self._tag == "title":
            self.head.title = " ".join(text.split())
        elif self._tag == "style":
            self.head.styles += text + "\n"
        elif self._tag == "script":
            self.head.scripts.append(text)
        elif self._tag.startswith("author"):
            self.head.authors.append(" ".join(text.split()))
        self._into = None

    def data(self, text: str) -> None:
        """Take running text."""
        if self._into is not None and self._tag != "code":
            self._into.append(text)
        if self._into is None or self._tag not in ("script", "style", "code"):
            self.head.visible += len(text)

    def comment(self, text: str) -> None:
        """Look for the address that a browser notes in a page it saves."""
        found = SAVED_FROM.search(text[:2000])
        if found and not self.head.saved_from:
            self.head.saved_from = found.group(1)

    def close(self) -> PageHead:
        """End the page and return what it said."""
        return self.head


def is_author_mark(attributes: Mapping[str, str]) -> bool:
    """Tell whether an element is marked as holding an author's name."""
    if attributes.get("rel") == "author" or attributes.get("itemprop") == "author":
        return True
    return bool(
        {"author-name", "byline-name", "p-author"} & set(attributes.get("class", "").split())
    )


def linked_data(head: PageHead) -> list[dict[str, Any]]:
    """Return the JSON-LD objects of the page that describe an article, nested ones included.

    Those about this very page come first, then those about other stories; last come those that
    only describe a web page.
    """
    found = []
    for text in head.scripts:
        try:
            parsed = json.loads(unwrapped(text[:MOST_JSON]), strict=False)
        except (ValueError, RecursionError):
            parsed = salvaged(text[:MOST_JSON])
        found += [
            item for item in objects_in(parsed) if ARTICLE_TYPES.search(str(item.get("@type")))
        ]
    own = own_names(head)
    return sorted(
        found,
        key=lambda item: ("WebPage" in str(item.get("@type")), not is_about(item, own)),
    )


def unwrapped(text: str) -> str:
    """Return a script without the marks of a comment around it, and without a closing stop."""
    text = text.strip()
    for mark in _OPENINGS:
        text = text.removeprefix(mark).lstrip()
    for mark in _CLOSINGS:
        text = text.removesuffix(mark).rstrip()
    return text


def salvaged(text: str) -> dict[str, Any]:
    """Return what can be told from JSON-LD that is broken: the days it gives, where it gives one.

    A quotation mark too many in a headline spoils the whole object.
    """
    found: dict[str, Any] = {"@type": "Article"}
    for name, pattern in _SALVAGED.items():
        values = set(pattern.findall(text))
        if len(values) == 1:
            found[name] = values.pop()
    return found


def own_names(head: PageHead) -> frozenset[str]:
    """Return what the page calls itself and its address: names by which an object is about it."""
    names = (head.title, head.meta("og:title"), head.meta("og:url"), head.link("canonical"))
    return frozenset(folded(name) for name in names if name)


def is_about(item: Mapping[str, Any], own: frozenset[str]) -> bool:
    """Tell whether a JSON-LD object is about the page of these names."""
    address = item.get("mainEntityOfPage")
    if isinstance(address, dict):
        address = address.get("@id") or address.get("url")
    names = (item.get("headline"), item.get("name"), item.get("url"), item.get("@id"), address)
    texts = {folded(name) for name in names if isinstance(name, str) and name}
    named = {text for text in texts if "://" not in text}  # as part of a title with the site's name
    return bool(texts & own) or any(text in name for text in named for name in own)


def folded(text: str) -> str:
    """Return a name for comparison."""
    return " ".join(html.unescape(text).lower().split()).rstrip("/")


def objects_in(parsed: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON text, outer ones first."""
    if depth > DEEPEST:
        return
    if isinstance(parsed, dict):
        yield parsed
        inside = [parsed.get("@graph"), parsed.get("mainEntity"), parsed.get("mainEntityOfPage")]
    else:
        inside = list(parsed) if isinstance(parsed, list) else []
    for value in inside:
        yield from objects_in(value, depth + 1)


def text_of(value: Any) -> str:
    """Return a JSON-LD value as text: itself, its name, or that of its first part."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return text_of(value.get("name") or value.get("@value") or value.get("@id") or "")
    if isinstance(value, list) and value:
        return text_of(value[0])
    return ""
