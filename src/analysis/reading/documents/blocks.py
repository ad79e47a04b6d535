"""From the pieces of an article to a text with stable offsets."""

from collections.abc import Iterable

from analysis.model.documents import Block
from analysis.reading.documents.pieces import Piece

GAP = "\n\n"


def assemble(title: str, pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Return the text and its blocks: the title, then the pieces, joined by blank lines.

    ``text[block.start:block.end]`` is the text of a block, to the character.
    """
    whole = [Piece("title", title)] if title else []
    blocks: list[Block] = []
    texts: list[str] = []
    start = 0
    for piece in (*whole, *pieces):
        end = start + len(piece.text)
        blocks.append(
            Block(piece.kind, start, end, piece.cells, piece.headers, piece.hidden, piece.readers)
        )
        texts.append(piece.text)
        start = end + len(GAP)
    return GAP.join(texts), tuple(blocks)
