"""A snapshot to a Document: refuses what is none, and sends pages to the guarded readers."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from analysis import __version__
from analysis.model import errors, media
from analysis.model.documents import Block, Document, Dropped, Snapshot
from analysis.reading.documents.decode import content_type_of
from analysis.reading.documents.guard import GUARD
from analysis.reading.documents.plain import read_plain
from analysis.reading.documents.refuse import refuse_unreadable

READER = f"analysis.reading.documents {__version__}"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a document may take: seconds of reading, bytes of size, bytes of extra memory."""

    seconds: float = 10.0
    size: int = 20_000_000
    memory: int = 400_000_000


def read_document(
    snapshot: Snapshot,
    *,
    name: str,
    language: str | None = None,
    published: date | None = None,
    limits: Limits = Limits(),
) -> Document:
    """Read the article or report in a snapshot.

    Parameters
    ----------
    snapshot
        Bytes of an HTML page or a text file, and how they came to us.
    name
        What messages and tables call it: a file name or an address.
    language
        ISO 639-1 code, where the caller knows better than the page.
    published
        Day of publication, where the caller knows better than the page.
    limits
        Time, size and memory that reading may take.

    Returns
    -------
    Document
        The same bytes give the same text. ``notes`` name what was odd, such as a charset that
        does not fit or dates that disagree; ``states`` what stands in place of an article, such
        as a stub or a cookie wall; ``dropped`` the lines with numbers that were left out.

    Raises
    ------
    EmptyDocument
        There are no bytes, or no text in them.
    NotADocument
        The bytes are a PDF, an image, an archive or other data.
    DocumentTooLarge
        There are more bytes than `limits` allow.
    ReadingTimeout
        Reading did not end in time, not even by the simplest reader.
    OutOfMemory
        Reading asked for more memory than `limits` allow.
    """
    kind = media.sniff(snapshot.body, snapshot.address or name)
    refuse_unreadable(snapshot.body, kind, name, limits.size)
    if kind != media.HTML:
        return read_plain(
            snapshot, name=name, reader=READER, language=language, published=published
        )
    header = page_header(snapshot, name, language, published)
    answer = GUARD.read({**header, "memory": limits.memory}, snapshot.body, limits.seconds)
    if "error" in answer:
        raise getattr(errors, answer["error"])(answer["message"])
    document = as_document(answer["document"])
    return (
        replace(document, notes=(answer["note"], *document.notes)) if "note" in answer else document
    )


def page_header(
    snapshot: Snapshot, name: str, language: str | None, published: date | None
) -> dict[str, Any]:
    """Return what the child is told about a page."""
    return {
        "name": name,
        "snapshot_id": snapshot.snapshot_id,
        "reader": READER,
        "content_type": content_type_of(snapshot.headers),
        "address": snapshot.address,
        "status": snapshot.status,
        "publisher": snapshot.publisher,
        "retrieved": snapshot.retrieved_at[:10],
        "today": datetime.now(UTC).date().isoformat(),
        "language": language,
        "published": published.isoformat() if published else None,
    }


def as_document(fields: dict[str, Any]) -> Document:
    """Return a document from the JSON that the child sent."""
    day = fields["published"]
    blocks = [Block(**{name: tupled(value) for name, value in b.items()}) for b in fields["blocks"]]
    dropped = [
        Dropped(**{name: tupled(value) for name, value in d.items()}) for d in fields["dropped"]
    ]
    return Document(
        **{
            **fields,
            "blocks": tuple(blocks),
            "authors": tuple(fields["authors"]),
            "notes": tuple(fields["notes"]),
            "states": tuple(fields["states"]),
            "dropped": tuple(dropped),
            "published": date.fromisoformat(day) if day else None,
        }
    )


def tupled(value: Any) -> Any:
    """Return a list of JSON as a tuple, anything else as it is."""
    return tuple(value) if isinstance(value, list) else value
