"""Title, authors, publisher and addresses of a page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from analysis.reading.documents.head import PageHead, linked_data, text_of
from analysis.reading.documents.lists import column
from analysis.reading.documents.pieces import Piece
from analysis.reading.documents.shingles import words_of

_SITE_PART = re.compile(r"\s+(?:[|\u2013\u2014\u00bb\u2022\u00b7]|-|::)\s+")
_BY = re.compile(r"^\s*(?:by|von|par|por|di|da|door|بقلم|نوشته)\s*:?\s+", re.I)
_NAME = re.compile(r"[^\W\d_][^\d@/<>|]{1,60}$")
MOST_WORDS = 8  # of a name; more is a biography


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page is called, who wrote and published it, and where it stands."""

    title: str
    authors: tuple[str, ...]
    publisher: str
    address: str
    source_link: str


def find_metadata(
    head: PageHead,
    pieces: Sequence[Piece],
    address: str,
    newspaper_title: str = "",
    newspaper_authors: Sequence[str] = (),
) -> Metadata:
    """Return what is known about a page; `newspaper_*` fill in where the page says nothing."""
    canonical = first_address(
        head.link("canonical"), head.meta("og:url"), base=address or head.saved_from
    )
    where = address or head.saved_from or canonical
    return Metadata(
        find_title(head, pieces) or newspaper_title,
        tuple(find_authors(head) or clean_names(newspaper_authors)),
        find_publisher(head, where),
        where,
        first_address(
            *head.sources,
            head.meta(*column("metas", "tells", "source")),
            is_based_on(head),
            base="",
        )
        or canonical,
    )


def find_title(head: PageHead, pieces: Sequence[Piece]) -> str:
    """Return the headline as it stands in the page, or as the page names itself.

    A top heading that shares most words with the page's own name is the headline; a top heading
    that does not is the site's name, or that of another story.
    """
    named = [text for name in column("metas", "tells", "title") if (text := head.meta(name))]
    named += [text_of(item.get("headline")) for item in linked_data(head)]
    names = [text for text in (*named, head.title) if text]
    shown = [
        p.text for p in pieces if p.kind == "heading" and p.tag in ("h1", "h2") and not p.hidden
    ]
    shown = [" ".join(text.split()) for text in shown]
    best = max(
        ((likeness(text, names), -n, text) for n, text in enumerate(shown)), default=(0, 0, "")
    )
    if best[0] >= 0.6:
        return best[2]
    if named:
        return without_site(named[0], head.meta("og:site_name"))
    seen = [p for p in pieces if p.tag in ("h1", "h2") and not p.hidden and not p.furniture]
    only = [p.text for p in seen if p.tag == "h1"] or [p.text for p in seen]
    own = without_site(head.title, "")
    return " ".join(only[0].split()) if len(only) == 1 and len(words_of(own)) < 3 else own


def likeness(text: str, names: Iterable[str]) -> float:
    """Return how much a heading and the likest of `names` share: common words over all words."""
    mine = set(words_of(text))
    shares = []
    for name in names:
        for part in (name, *_SITE_PART.split(name)):
            theirs = set(words_of(part))
            if mine and theirs:
                shares.append(len(mine & theirs) / len(mine | theirs))
    return max(shares, default=0.0)


def without_site(title: str, site: str) -> str:
    """Return a page's name without that of its site: the longest part between its bars.

    >>> without_site("British unit nears a quarter of a million - Example Blog", "")
    'British unit nears a quarter of a million'
    """
    parts = [part for part in _SITE_PART.split(title) if part.strip().lower() != site.lower()]
    if len(parts) < 2:
        return parts[0].strip() if parts else title.strip()
    first, last = len(words_of(parts[0])), len(words_of(parts[-1]))
    if first >= last and last <= 4:
        return title[: title.rindex(parts[-1])].rstrip(" |\u2013\u2014\u00bb\u2022\u00b7-:").strip()
    return max(parts, key=len).strip()


def find_authors(head: PageHead) -> list[str]:
    """Return the authors' names that JSON-LD, meta elements or marked links give."""
    for item in linked_data(head):
        value = item.get("author") or item.get("creator")
        names = [text_of(part) for part in (value if isinstance(value, list) else [value])]
        if clean_names(names):
            return clean_names(names)
    metas = [
        text
        for name in column("metas", "tells", "author")
        for key, text in head.metas
        if key == name
    ]
    return clean_names(metas) or clean_names(head.authors)


def clean_names(names: Iterable[str]) -> list[str]:
    """Return names without "By", each once, and without addresses and sentences."""
    found: list[str] = []
    for name in names:
        for part in re.split(r"\s*(?:;|,\s(?=[A-Z][\w'’-]+\s[A-Z])|\s(?:and|und|et|y)\s)\s*", name):
            bare = _BY.sub("", part).strip(" ,.")
            if _NAME.fullmatch(bare) and len(bare.split()) <= MOST_WORDS and bare not in found:
                found.append(bare)
    return found


def is_byline(text: str) -> bool:
    """Tell whether a line names an author: it begins with "By" and is short."""
    return bool(_BY.match(text)) and len(words_of(text)) <= MOST_WORDS + 4


def find_publisher(head: PageHead, address: str) -> str:
    """Return the publisher's name, or the host of the address."""
    if head.meta("og:site_name"):
        return head.meta("og:site_name")
    for item in linked_data(head):
        name = text_of(item.get("publisher"))
        if name and "://" not in name:
            return name
    return head.meta(*column("metas", "tells", "publisher")) or host_of(address)


def host_of(address: str) -> str:
    """Return the host of an address without "www.", empty when it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_based_on(head: PageHead) -> str:
    """Return the address that JSON-LD names as the source of the page."""
    values = (item.get("isBasedOn") or item.get("citation") for item in linked_data(head))
    for value in values:
        part = value[0] if isinstance(value, list) and value else value
        address = part.get("url") or part.get("@id") if isinstance(part, dict) else part
        if isinstance(address, str) and address.startswith("http"):
            return address
    return ""


def first_address(*addresses: str, base: str) -> str:
    """Return the first of `addresses` that is a web address, made whole with `base`."""
    for address in addresses:
        try:
            whole = urljoin(base, address.strip()) if address else ""
        except ValueError:
            continue
        if whole.startswith(("http://", "https://")) and host_of(whole):
            return whole
    return ""
