"""An HTML page to a Document: the whole way, run inside the guarded child process."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from analysis.model.errors import EmptyDocument
from analysis.model.schema import Document
from analysis.reading.documents.blocks import assemble
from analysis.reading.documents.consensus import Judged, judge
from analysis.reading.documents.dates import FoundDate, find_date
from analysis.reading.documents.decode import decode
from analysis.reading.documents.head import HeadTarget, PageHead, linked_data
from analysis.reading.documents.hidden import hidden_selectors
from analysis.reading.documents.language import find_language
from analysis.reading.documents.metadata import find_metadata
from analysis.reading.documents.newspaper_reader import NewspaperResult, read_newspaper
from analysis.reading.documents.page import PageTarget
from analysis.reading.documents.pieces import Piece
from analysis.reading.documents.shingles import words_of
from analysis.reading.documents.states import state_notes
from analysis.reading.documents.trafilatura_reader import read_htmldate, read_trafilatura

DEEPEST = 200  # nesting beyond which newspaper3k and trafilatura lose text (libxml2's limit is 256)
SHOWN_LATER = ("display:none", "display:none in the style sheet", "visibility:hidden", "opacity:0")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What is to be read, and what the caller knows about it."""

    name: str
    snapshot_id: str
    reader: str
    content_type: str = ""
    address: str = ""
    status: int | None = None
    publisher: str = ""
    retrieved: str = ""
    today: str = ""
    language: str | None = None
    published: str | None = None
    heavy: bool = True
    newspaper_characters: int = 2_000_000
    trafilatura_characters: int = 4_000_000


def read_page(body: bytes, request: PageRequest) -> Document:
    """Return an HTML page as a Document.

    Raises
    ------
    EmptyDocument
        The page holds no text at all.
    """
    decoded = decode(body, request.content_type)
    head, _ = parse(decoded.text, HeadTarget())
    pieces, depth = parse(decoded.text, PageTarget(hidden_selectors(head.styles)))
    visible = "\n".join(piece.text for piece in pieces if not piece.hidden)
    if not visible.strip():
        raise EmptyDocument(nothing_seen(request.name, head, pieces))
    language = find_language(visible, head.language, request.language)
    notes = list(decoded.notes) + ([language.note] if language.note else [])
    newspaper, texts, remarks = read_all(decoded.text, head, depth, language.code, request)
    about = find_metadata(head, pieces, request.address, newspaper.title, newspaper.authors)
    judged = judge(pieces, texts, about.title)
    taken, more = article_pieces(judged, head)
    words = sum(len(words_of(piece.text)) for piece in taken)
    found = publication_date(decoded.text, head, pieces, about.address, request)
    notes += [*remarks, *more, *found.notes, *state_notes(head, visible, words, request.status)]
    text, blocks = assemble(about.title, taken)
    return Document(
        name=request.name,
        snapshot_id=request.snapshot_id,
        text=text,
        blocks=blocks,
        address=about.address,
        title=about.title,
        authors=about.authors,
        publisher=request.publisher or about.publisher,
        published=found.day,
        published_basis=found.basis,
        language=language.code,
        language_basis=language.basis,
        source_link=about.source_link,
        reader=f"{request.reader} ({'+'.join([*texts, 'page'])})",
        notes=tuple(notes),
    )


def parse(html: str, target: Any) -> tuple[Any, int]:
    """Send a page through a target as a stream of tags; return its result and the depth reached."""
    from lxml import etree

    parser = etree.HTMLParser(target=target, huge_tree=True, no_network=True)
    for start in range(0, len(html), 1_000_000):
        parser.feed(html[start : start + 1_000_000])
    return parser.close(), getattr(target, "deepest", 0)


def nothing_seen(name: str, head: PageHead, pieces: Sequence[Piece]) -> str:
    """Say that a page shows no text, and what may be the reason."""
    hidden = f"; {len(pieces)} hidden pieces of text" if pieces else ""
    title = f" titled {head.title!r}" if head.title else ""
    return (
        f"{name}: an HTML page{title} without visible text{hidden}. If it is filled by scripts, "
        "open it in a browser, save it as HTML and read that file"
    )


def read_all(
    html: str, head: PageHead, depth: int, language: str, request: PageRequest
) -> tuple[NewspaperResult, dict[str, str], list[str]]:
    """Ask the readers that may read a page of this size and depth; return what each found."""
    if not request.heavy:
        return NewspaperResult(), {}, []
    if depth > DEEPEST:
        note = f"tags nested {depth} deep: newspaper3k and trafilatura left out"
        return NewspaperResult(), {}, [note]
    texts: dict[str, str] = {}
    notes: list[str] = []
    newspaper = NewspaperResult()
    if head.visible <= request.newspaper_characters:
        newspaper = read_newspaper(html, language or "en")
        texts["newspaper3k"] = newspaper.text
    else:
        notes.append(f"{head.visible} characters: newspaper3k left out, it would take too long")
    if head.visible <= request.trafilatura_characters:
        texts["trafilatura"] = read_trafilatura(html)
    else:
        notes.append(f"{head.visible} characters: trafilatura left out, it would take too long")
    return newspaper, {name: text for name, text in texts.items() if text}, notes


def article_pieces(judged: Sequence[Judged], head: PageHead) -> tuple[list[Piece], list[str]]:
    """Return the article's pieces, from JSON-LD where the page itself shows only a part."""
    taken = [j.piece for j in judged if j.taken]
    notes = unhide(taken)
    shown = sum(j.words for j in judged if j.taken)
    body = max(
        (str(item.get("articleBody") or "") for item in linked_data(head)), key=len, default=""
    )
    if len(words_of(body)) > max(60, 2 * shown):
        lines = [" ".join(line.split()) for line in body.splitlines()]
        taken = [Piece("paragraph", line) for line in lines if line]
        notes.append("text taken from the page's JSON-LD: the page shows less than half of it")
    return taken, notes


def unhide(taken: Sequence[Piece]) -> list[str]:
    """Treat an article as visible when most of it is switched off until scripts run."""
    later = [piece for piece in taken if piece.hidden in SHOWN_LATER]
    if sum(len(piece.text) for piece in later) <= sum(len(piece.text) for piece in taken) / 2:
        return []
    for piece in later:
        piece.hidden = ""
    return ["most of the text is switched off until the page's scripts run; taken as visible"]


def publication_date(
    html: str, head: PageHead, pieces: Sequence[Piece], address: str, request: PageRequest
) -> FoundDate:
    """Return the publication date; the caller's word comes first."""
    if request.published:
        return FoundDate(date.fromisoformat(request.published), "given")
    latest = date.fromisoformat(request.retrieved or request.today)
    second = read_htmldate(html, latest + timedelta(days=1)) if request.heavy else None
    return find_date(head, dated_lines(pieces), address, latest, second)


def dated_lines(pieces: Sequence[Piece]) -> list[str]:
    """Return the visible short lines that may carry the date, those by the title first."""
    lines = [(n, line) for n, p in enumerate(pieces) if not p.hidden for line in p.text.split("\n")]
    short = [(n, line) for n, line in lines if len(line) <= 300]
    top = next((n for n, p in enumerate(pieces) if p.tag in ("h1", "h2")), 0)
    return [line for _, line in sorted(short, key=lambda pair: (abs(pair[0] - top), pair[0]))]
