"""Feeds and sitemaps of news sites: which pages they list, filtered by words and days.

Layouts known as of 2026: RSS 2.0, RSS 1.0 (RDF), Atom, sitemaps.org ``urlset`` and ``sitemapindex``
with the news extension; each may be gzipped.
"""

import datetime as dt
import email.utils
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from analysis.acquisition.sources.markup import Element, absolute, local_name, words_of, xml_tree
from analysis.model.errors import LayoutError

LAYOUTS = ("RSS 2.0", "RSS 1.0", "Atom", "sitemaps.org urlset", "sitemaps.org sitemapindex")
GZIP = b"\x1f\x8b"
MOST_PARTS = 500_000  # of entries: a sitemap may list 50,000 pages
UNPACKED = 60_000_000  # bytes; the standard allows 50 MB
NOT_WORDS = re.compile(r"[\W_]+")
WRITTEN = {  # where each layout keeps the day of an entry, the first that is there
    "item": ("pubdate", "date", "published", "updated"),
    "entry": ("published", "updated", "issued"),
    "url": ("publication_date", "lastmod"),
    "sitemap": ("lastmod",),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feed or sitemap lists; ``index`` says that it is a further sitemap.

    ``title`` and ``summary`` are empty and ``day`` is None where the list does not say.
    """

    address: str
    title: str = ""
    summary: str = ""
    day: dt.date | None = None
    index: bool = False


def parse_feed(body: bytes, address: str) -> list[Entry]:
    """Return the entries of a feed or sitemap in its order; none where it lists nothing.

    Raises
    ------
    LayoutError
        The file is none of the known layouts.
    """
    root = xml_tree(_unpacked(body, address), address)
    name = local_name(root)
    kinds = {"rss": "item", "rdf": "item", "feed": "entry", "urlset": "url"}
    kinds |= {"sitemapindex": "sitemap"}
    if name not in kinds:
        raise LayoutError(
            f"{address} begins with <{name[:40]}>: expected a feed or sitemap "
            f"({', '.join(LAYOUTS)}, as of 2026)"
        )
    return list(_entries(root, kinds[name], address))


def _unpacked(body: bytes, address: str) -> bytes:
    """Return a list that may be gzipped, within its limit."""
    if not body.startswith(GZIP):
        return body
    try:
        unpacker = zlib.decompressobj(31)
        made = unpacker.decompress(body, UNPACKED)
    except zlib.error as error:
        raise LayoutError(f"{address} is damaged gzip: {error}") from error
    if unpacker.unconsumed_tail:
        raise LayoutError(f"{address} unpacks to more than {UNPACKED:,} bytes")
    return made


def _entries(root: Element, kind: str, address: str) -> Iterator[Entry]:
    seen = 0
    for element in root.iter():
        if local_name(element) != kind:
            continue
        parts: dict[str, Element] = {}
        for part in element.iter():
            seen += 1
            if seen > MOST_PARTS:
                raise LayoutError(f"{address} holds more than a feed or sitemap does")
            if part is not element:
                parts.setdefault(local_name(part), part)
        place = absolute(address, _place(element, parts))
        if place:
            yield Entry(
                place,
                words_of(parts.get("title")),
                words_of(parts.get("description", parts.get("summary"))),
                _day(parts, kind),
                index=kind == "sitemap",
            )


def _place(element: Element, parts: dict[str, Element]) -> str:
    """Return where an entry leads: in Atom the link without a relation or to the page itself."""
    for link in element.iter():
        known = local_name(link) == "link" and link.get("href")
        if known and link.get("rel", "alternate") == "alternate":
            return str(link.get("href"))
    named = parts.get("loc", parts.get("link"))
    return words_of(named) if named is not None else words_of(parts.get("guid"))


def _day(parts: dict[str, Element], kind: str) -> dt.date | None:
    """Return the day of an entry, None where none is written or it cannot be read."""
    for name in WRITTEN[kind]:
        text = words_of(parts.get(name))
        if not text:
            continue
        try:
            return dt.date.fromisoformat(text[:10])
        except ValueError:
            pass
        try:
            return email.utils.parsedate_to_datetime(text).date()
        except (ValueError, TypeError):
            return None
    return None


def chosen(
    entries: Iterable[Entry],
    words: Iterable[str] = (),
    since: dt.date | None = None,
) -> list[Entry]:
    """Return the pages that name one of the words, on or after a day.

    A word is looked for at the start of words in the title, the summary and the address, without
    regard to case and accents. A page without a day is kept: unknown is not too old.

    >>> pages = [Entry("https://x.example/isis-channels-closed"), Entry("https://x.example/cake")]
    >>> [page.address for page in chosen(pages, ["ISIS"])]
    ['https://x.example/isis-channels-closed']
    """
    wanted = [f" {_folded(word)}" for word in words if _folded(word)]
    kept = []
    for entry in entries:
        text = f" {_folded(f'{entry.title} {entry.summary} {unquote(entry.address)}')}"
        old = since is not None and entry.day is not None and entry.day < since
        if not old and (not wanted or any(word in text for word in wanted)):
            kept.append(entry)
    return kept


def _folded(text: str) -> str:
    """Return text as it is compared: without accents, case and marks."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in parted if not unicodedata.combining(c))
    return NOT_WORDS.sub(" ", plain).strip()
