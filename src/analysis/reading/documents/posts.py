"""Posts of a channel as documents: every line a paragraph of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.model.documents import Document
from analysis.model.errors import EmptyDocument
from analysis.reading.documents.blocks import assemble
from analysis.reading.documents.language import find_language
from analysis.reading.documents.page import squeeze
from analysis.reading.documents.pieces import Piece
from analysis.reading.documents.plain import BULLET
from analysis.reading.documents.reader import READER


@dataclass(frozen=True, slots=True)
class PostText:
    """What is known of a post: its words, where and when it stands, whose it is.

    ``sent`` has a time zone. ``service`` is the key of the service whose own channel it is in.
    """

    text: str
    address: str
    number: int
    sent: datetime
    title: str = ""
    publisher: str = ""
    service: str = ""
    notes: tuple[str, ...] = ()


def read_post(post: PostText, snapshot_id: str, *, language: str = "") -> Document:
    """Return a post as a Document that is a part of a snapshot.

    `language` is that of the channel where it is known: a post alone is short for telling it, and
    is taken to be in another only where its words say so clearly. The day of publication is the
    one on which it was sent, in the zone that the page gives.

    Raises
    ------
    EmptyDocument
        The post has no text: it is a picture, a video or a file.
    """
    pieces = [
        Piece("list_item" if BULLET.match(line) else "paragraph", line)
        for line in map(squeeze, post.text.split("\n"))
        if line
    ]
    if not pieces:
        raise EmptyDocument(f"{post.address} has no text: a picture, a video or a file")
    text, blocks = assemble("", pieces)
    spoken = find_language(text, declared=language)
    return Document(
        name=post.address,
        snapshot_id=snapshot_id,
        text=text,
        blocks=blocks,
        address=post.address,
        title=post.title,
        publisher=post.publisher,
        published=post.sent.date(),
        published_basis="time",
        language=spoken.code,
        language_basis=spoken.basis,
        reader=READER,
        notes=post.notes,
        part=f"post {post.number}",
        published_at=post.sent.isoformat(),
        service=post.service,
    )


def language_of_posts(texts: Sequence[str]) -> str:
    """Return the language of a channel's posts taken together, empty where it cannot be told."""
    return find_language("\n".join(texts)).code
