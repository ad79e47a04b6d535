"""Documents made of paragraphs, for tests that need no page."""

import datetime as dt

from analysis.model.documents import Block, Document


def make_document(
    text: str, published: str | None = None, language: str = "en", blocks: list[Block] | None = None
) -> Document:
    """Return a document whose paragraphs are parted by blank lines."""
    if blocks is None:
        blocks, start = [], 0
        for paragraph in text.split("\n\n"):
            blocks.append(Block("paragraph", start, start + len(paragraph)))
            start += len(paragraph) + 2
    return Document(
        name="test",
        snapshot_id="0" * 64,
        text=text,
        blocks=tuple(blocks),
        published=dt.date.fromisoformat(published) if published else None,
        language=language,
    )
