"""A source as received and as read: its bytes, and its text with stable offsets."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

DateBasis = Literal["json_ld", "meta", "time", "text", "address", "given", "unknown"]
PageState = Literal["not_found", "consent", "paywall", "login", "bot_check", "error", "stub"]
BlockKind = Literal["title", "heading", "paragraph", "list_item", "table_row", "caption", "quote"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Bytes as received, and how they came to us.

    ``snapshot_id`` is their SHA-256. ``path`` is relative to data/raw, or the file as named by
    the caller for a file outside it. ``retrieved_at`` is ISO 8601 in UTC, empty for local files.
    """

    snapshot_id: str
    body: bytes = field(repr=False)
    path: str = ""
    address: str = ""
    hops: tuple[str, ...] = ()
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    retrieved_at: str = ""
    media_type: str = ""
    publisher: str = ""
    edition: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table row of a document.

    ``start`` and ``end`` are character offsets in `Document.text`. ``cells`` holds the texts of a
    table row's cells and ``headers`` those of the column heads above them; both are empty for
    prose. ``hidden`` says why a reader of the page could not see the block, empty when visible.
    ``readers`` names the article readers that found it; empty where the page itself decided.
    """

    kind: BlockKind
    start: int
    end: int
    cells: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    hidden: str = ""
    readers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line with a number that a page holds and the text of its document does not.

    ``readers`` names the article readers that had it, ``reason`` says why it was left out all the
    same: a caption, a link to another story, a footer.
    """

    text: str
    readers: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article or report as text with stable offsets, and what is known about it.

    ``text`` is the blocks joined by blank lines; ``published_basis`` says how the publication
    date was found. ``notes`` says what was odd: a declared charset that did not fit, dates that
    disagree, a stub. ``states`` names what stands in place of a whole article: a page that was not
    found, a consent or pay wall, a stub. ``dropped`` lists the lines with numbers that were left
    out. The same bytes and the same reader version give the same text.

    Where a page holds several documents, ``part`` says which this is (``post 118``).
    ``published_at`` is the time of publication in ISO 8601 with its zone, where the source tells
    it. ``service`` is the key of the service whose own channel this stands in, empty elsewhere.
    """

    name: str
    snapshot_id: str
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    address: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: dt.date | None = None
    published_basis: DateBasis = "unknown"
    language: str = ""
    language_basis: str = ""
    source_link: str = ""
    reader: str = ""
    notes: tuple[str, ...] = ()
    states: tuple[PageState, ...] = ()
    dropped: tuple[Dropped, ...] = field(default=(), repr=False)
    part: str = ""
    published_at: str = ""
    service: str = ""
