"""An HTML page to a Document: the whole way, run inside the guarded child process."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from analysis.model.documents import Document
from analysis.model.errors import EmptyDocument
from analysis.reading.documents.blocks import assemble
from analysis.reading.documents.consensus import WIDE, Judged, judge
from analysis.reading.documents.dates import FoundDate, Lines, find_date
from analysis.reading.documents.decode import decode
from analysis.reading.documents.head import HeadTarget, PageHead, linked_data
from analysis.reading.documents.hidden import ARIA_HIDDEN, BY_SHEET, hidden_selectors
from analysis.reading.documents.language import Language, find_language
from analysis.reading.documents.leftovers import list_dropped
from analysis.reading.documents.metadata import find_metadata
from analysis.reading.documents.newspaper_reader import NewspaperResult, read_newspaper
from analysis.reading.documents.page import PageTarget
from analysis.reading.documents.pieces import Piece
from analysis.reading.documents.resiliparse_reader import read_resiliparse
from analysis.reading.documents.shingles import words_of
from analysis.reading.documents.states import find_states
from analysis.reading.documents.trafilatura_reader import read_htmldate, read_trafilatura

DEEPEST = 200  # nesting beyond which the readers lose text (libxml2's limit is 256) or hang
MOST_PIECES = 30_000  # beyond which they take minutes: a list of all links, a table of a year
DATED_PIECES = 400  # around the title, that are looked through for a line about the publication
BELOW, ABOVE = 25, 3  # pieces around the title among which a bare date is that of the article
ELSEWHERE = ("aside", "footer", "navigation", "related", "form")
LEFT_OUT = "newspaper3k and trafilatura left out, they would take too long or lose the text"
SHOWN_LATER = (
    "display:none",
    BY_SHEET,
    "visibility:hidden",
    "opacity:0",
    ARIA_HIDDEN,
)


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
    newspaper_characters: int = 1_000_000
    trafilatura_characters: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What the readers found in a page: texts by reader, and a second opinion on its date."""

    newspaper: NewspaperResult = NewspaperResult()
    texts: Mapping[str, str] = field(default_factory=dict)
    second_date: date | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded page, taken apart."""

    html: str
    head: PageHead
    pieces: list[Piece]
    visible: str
    deepest: int
    language: Language
    notes: tuple[str, ...]


def read_page(
    body: bytes, request: PageRequest, early: Callable[[Document], None] | None = None
) -> Document:
    """Return an HTML page as a Document.

    Parameters
    ----------
    body
        The bytes of the page.
    request
        What the caller knows about it.
    early
        Is handed the document as the quickest reader sees it, before those that may hang.

    Raises
    ------
    EmptyDocument
        The page holds no text at all.
    """
    page = open_page(body, request)
    alone = why_alone(page, request)
    if alone:
        return compose(page, request, Reading(notes=(alone,)))
    quick = Reading(texts=read_quickly(page))
    if early:
        early(compose(page, request, quick))
    return compose(page, request, read_all(page, request, quick.texts))


def open_page(body: bytes, request: PageRequest) -> Page:
    """Decode a page and take it apart."""
    decoded = decode(body, request.content_type)
    head, _ = parse(decoded.text, HeadTarget())
    pieces, deepest = parse(decoded.text, PageTarget(hidden_selectors(head.styles)))
    visible = "\n".join(p.text for p in pieces if p.hidden in ("", ARIA_HIDDEN))
    if not visible.strip():
        raise EmptyDocument(nothing_seen(request.name, head, pieces))
    language = find_language(visible, head.language, request.language)
    notes = (*decoded.notes, *filter(None, [language.note]))
    return Page(decoded.text, head, pieces, visible, deepest, language, notes)


def compose(page: Page, request: PageRequest, reading: Reading) -> Document:
    """Put a document together from a page and what the readers found in it."""
    head, newspaper = page.head, reading.newspaper
    about = find_metadata(head, page.pieces, request.address, newspaper.title, newspaper.authors)
    judged = judge(page.pieces, reading.texts, about.title, about.authors)
    body = longest_body(head)
    taken, taken_notes = article_pieces(judged, body)
    words = sum(len(words_of(piece.text)) for piece in taken)
    found = publication_date(page, about.address, request, reading.second_date)
    article = "\n".join(piece.text for piece in taken)
    states, state_notes = find_states(head, page.visible, article, words, request.status)
    text, blocks = assemble(about.title, taken)
    if not text:
        told = "; ".join(state_notes)
        raise EmptyDocument(
            f"{request.name}: a page without a title and without an article: {told}"
        )
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
        language=page.language.code,
        language_basis=page.language.basis,
        source_link=about.source_link,
        reader=f"{request.reader} ({'+'.join([*reading.texts, 'page'])})",
        notes=(*page.notes, *reading.notes, *taken_notes, *found.notes, *state_notes),
        states=states,
        dropped=list_dropped(judged, taken, {**reading.texts, "json_ld": body}),
    )


def parse(html: str, target: Any) -> tuple[Any, int]:
    """Send a page through a target as a stream of tags; return its result and the depth reached."""
    from lxml import etree

    parser = etree.HTMLParser(target=target, huge_tree=True, no_network=True)
    for start in range(0, len(html), 1_000_000):
        parser.feed(html[start : start + 1_000_000])
    try:
        result = parser.close()
    except etree.XMLSyntaxError:  # not one element
        result = target.close()
    return result, getattr(target, "deepest", 0)


def nothing_seen(name: str, head: PageHead, pieces: Sequence[Piece]) -> str:
    """Say that a page shows no text, and what may be the reason."""
    hidden = f"; {len(pieces)} hidden pieces of text" if pieces else ""
    title = f" titled {head.title[:80]!r}" if head.title else ""
    return (
        f"{name}: an HTML page{title} without visible text{hidden}. If it is filled by scripts, "
        "open it in a browser, save it as HTML and read that file"
    )


def why_alone(page: Page, request: PageRequest) -> str:
    """Say why a page is read without newspaper3k and trafilatura; empty if they may read it."""
    if page.deepest > DEEPEST:
        return f"tags nested {page.deepest} deep: {LEFT_OUT}"
    if len(page.pieces) > MOST_PIECES:
        return f"{len(page.pieces)} paragraphs, items and rows: {LEFT_OUT}"
    if page.head.visible > request.trafilatura_characters:
        return f"{page.head.visible} characters of text: {LEFT_OUT}"
    return ""


def read_quickly(page: Page) -> dict[str, str]:
    """Ask the reader that answers at once."""
    text = read_resiliparse(page.html)
    return {WIDE: text} if text else {}


def read_all(page: Page, request: PageRequest, quick: Mapping[str, str]) -> Reading:
    """Ask the readers; newspaper3k only about a page that it reads in a few seconds."""
    size = page.head.visible
    notes: list[str] = []
    newspaper = NewspaperResult()
    if size <= request.newspaper_characters:
        newspaper = read_newspaper(page.html, page.language.code or "en")
    else:
        notes.append(f"{size} characters of text: newspaper3k left out, it would take too long")
    texts = {"newspaper3k": newspaper.text, "trafilatura": read_trafilatura(page.html)}
    found = {name: text for name, text in texts.items() if text}
    second = read_htmldate(page.html, latest_day(request) + timedelta(days=1))
    return Reading(newspaper, {**found, **quick}, second, tuple(notes))


def longest_body(head: PageHead) -> str:
    """Return the article text that the page gives in its JSON-LD, the longest of several."""
    bodies = (str(item.get("articleBody") or "") for item in linked_data(head))
    return max(bodies, key=len, default="")


def article_pieces(judged: Sequence[Judged], body: str) -> tuple[list[Piece], list[str]]:
    """Return the article's pieces, from JSON-LD where the page itself shows only a part."""
    taken = [j.piece for j in judged if j.taken]
    notes = unhide(taken)
    shown = sum(j.words for j in judged if j.taken)
    if len(words_of(body)) > max(60, 2 * shown):
        lines = [" ".join(line.split()) for line in body.splitlines()]
        taken = [Piece("paragraph", line, readers=("json_ld",)) for line in lines if line]
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
    page: Page, address: str, request: PageRequest, second: date | None
) -> FoundDate:
    """Return the publication date; the caller's word comes first."""
    if request.published:
        return FoundDate(date.fromisoformat(request.published), "given")
    lines, spoken = dated_lines(page.pieces), page.language.code
    return find_date(page.head, lines, address, latest_day(request), second, spoken)


def latest_day(request: PageRequest) -> date:
    """Return the day after which the page cannot have been published."""
    return date.fromisoformat(request.retrieved or request.today)


def dated_lines(pieces: Sequence[Piece]) -> Lines:
    """Return the visible lines that may say when the page was published.

    Below a title stands its own date; above it may be today's, and beside the article those of
    comments and other stories.
    """
    top = next((n for n, p in enumerate(pieces) if p.tag in ("h1", "h2")), 0)
    order = sorted(range(len(pieces)), key=lambda n: (abs(n - top), n))[:DATED_PIECES]
    shown = [n for n in order if may_date(pieces[n])]
    article = [n for n in shown if pieces[n].furniture not in ELSEWHERE]
    below = [n for n in article if top <= n <= top + BELOW]
    above = [n for n in article if top - ABOVE <= n < top]
    return Lines(*(lines_of([pieces[n] for n in part]) for part in (shown, article, below + above)))


def may_date(piece: Piece) -> bool:
    """Tell whether a piece may say when the page was published; a quoted post has its own date."""
    return not piece.hidden and piece.kind != "quote" and piece.furniture != "comments"


def lines_of(pieces: Sequence[Piece]) -> list[str]:
    """Return the lines of pieces."""
    return [line for piece in pieces for line in piece.text.split("\n")]
