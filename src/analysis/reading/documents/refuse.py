"""Refuses bytes that are no article, saying what they are and what to do."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import cache

from analysis.model import media
from analysis.model.errors import DocumentTooLarge, EmptyDocument, NotADocument
from analysis.reading.documents.lists import read_list

READABLE = (media.HTML, media.TEXT, "text/markdown")


@cache
def refusals() -> Sequence[tuple[str, str, str]]:
    """Return media type pattern, what was found and advice of each line of refuse.csv."""
    return [(row["media_type"], row["found"], row["advice"]) for row in read_list("refuse")]


def refuse_unreadable(body: bytes, kind: str, name: str, size: int) -> None:
    """Raise the error that fits bytes which cannot be read as an article.

    Raises
    ------
    EmptyDocument, DocumentTooLarge, NotADocument
        See the message.
    """
    if kind == media.EMPTY:
        raise EmptyDocument(
            f"{name} is empty ({len(body)} bytes): expected an article as HTML or plain text"
        )
    if kind not in READABLE:
        _, found, advice = next(row for row in refusals() if fnmatchcase(kind, row[0]))
        raise NotADocument(f"{name} is {found}, not an article: {advice}")
    if len(body) > size:
        raise DocumentTooLarge(
            f"{name} has {len(body):,} bytes, more than the limit of {size:,}: cut it down to the "
            "article, or raise the limit (limits=Limits(size=...))"
        )
