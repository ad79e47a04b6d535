"""Plain text files: paragraphs by blank lines, nothing left out and nothing invented."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, takewhile

from analysis.model.documents import Document, Snapshot
from analysis.model.errors import DocumentTooLarge, EmptyDocument
from analysis.reading.documents.blocks import assemble
from analysis.reading.documents.decode import content_type_of, decode
from analysis.reading.documents.language import find_language
from analysis.reading.documents.page import squeeze
from analysis.reading.documents.pieces import Piece

MOST_PARAGRAPHS = 50_000
HEADLINE = 200  # characters of the longest headline
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE_END = re.compile(r"[.!?\u2026:\u061f\u06d4\u0964][\"'\u201d\u2019\u00bb)\]]*$")
BULLET = re.compile(r"(?:[-*\u2022\u2023\u25aa]|\d{1,2}[.)])\s+\S")


def read_plain(
    snapshot: Snapshot, *, name: str, reader: str, language: str | None, published: date | None
) -> Document:
    """Return a text file as a Document.

    A text file says nothing about itself, so the document has no title, author or date: the first
    line may be a headline or a search box. The block of what reads as a headline is marked as one,
    so that a figure that it rounds is not counted twice. The date is the caller's or unknown.
    """
    decoded = decode(snapshot.body, content_type_of(snapshot.headers))
    body = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    found = (piece for part in parts_of(body) for piece in paragraphs(part))
    pieces = list(islice(found, MOST_PARAGRAPHS + 1))
    if not pieces:
        raise EmptyDocument(f"{name} holds no text: expected an article as HTML or plain text")
    if len(pieces) > MOST_PARAGRAPHS:
        raise DocumentTooLarge(
            f"{name} has more than {MOST_PARAGRAPHS:,} paragraphs: expected an article or a report"
        )
    headline = headline_of(pieces)
    if headline:
        headline.kind = "title"
    text, blocks = assemble("", pieces)
    spoken = find_language(text, given=language)
    return Document(
        name=name,
        snapshot_id=snapshot.snapshot_id,
        text=text,
        blocks=blocks,
        address=snapshot.address,
        publisher=snapshot.publisher,
        published=published,
        published_basis="given" if published else "unknown",
        language=spoken.code,
        language_basis=spoken.basis,
        reader=reader,
        notes=(*decoded.notes, *filter(None, [spoken.note])),
    )


def parts_of(body: str) -> Iterator[str]:
    """Yield what stands between blank lines."""
    at = 0
    for gap in _BLANK_LINES.finditer(body):
        yield body[at : gap.start()]
        at = gap.end()
    yield body[at:]


def paragraphs(part: str) -> list[Piece]:
    """Return what stands between two blank lines: paragraphs, or the items of a list."""
    lines = [line for line in part.split("\n") if line.strip()]
    if len(lines) > 1 and all(BULLET.match(line.strip()) for line in lines):
        return [Piece("list_item", squeeze(line)) for line in lines]
    made = lines if are_paragraphs(lines) else [part]
    made = [" ".join(lines)] if is_wrapped(lines) else made
    return [Piece("paragraph", text) for text in map(squeeze, made) if text]


def headline_of(pieces: Sequence[Piece]) -> Piece | None:
    """Return the longest short line above the first sentence, None where there is none."""
    above = list(takewhile(lambda piece: not _SENTENCE_END.search(piece.text), pieces))
    lines = [p for p in above if p.kind == "paragraph" and len(p.text) <= HEADLINE]
    followed = len(above) < len(pieces) and all(p.kind == "paragraph" for p in above)
    return max(lines, key=lambda piece: len(piece.text)) if lines and followed else None


def are_paragraphs(lines: Sequence[str]) -> bool:
    """Tell whether each line is a paragraph: at least half of them end as sentences do.

    None may go on in lower case, as a sentence does that was broken off at the end of a line.
    """
    if any(line.strip()[:1].islower() for line in lines[1:]):
        return False
    return 2 * sum(_SENTENCE_END.search(line.strip()) is not None for line in lines) >= len(lines)


def is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether line ends only fill a column: all lines but the last are about as long."""
    lengths = [len(line.strip()) for line in lines[:-1]]
    return bool(lengths) and max(lengths) <= 100 and min(lengths) >= max(50, 0.7 * max(lengths))
