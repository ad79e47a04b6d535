"""Pieces: every paragraph, heading, list item and table row of a page, as it stands."""

from dataclasses import dataclass, field

from analysis.model.documents import BlockKind


@dataclass(slots=True)
class Piece:
    """One block of the page as it stands, with what its surroundings say about it.

    ``furniture`` names the kind of page furniture that it stands in ("nav", "share"), empty for
    none; ``hidden`` says why nobody sees it; ``linked`` is the number of its characters that are
    links; ``container`` is the running number of the block that holds it among its siblings, a list
    or table for their parts, and ``around`` that of the block around the container; ``inline`` says
    that it stands inside the piece before it; ``readers`` names the readers that found it.
    """

    kind: BlockKind
    text: str
    tag: str = ""
    hidden: str = ""
    furniture: str = ""
    linked: int = 0
    container: int = 0
    around: int = 0
    in_article: bool = False
    cells: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    inline: bool = False
    readers: tuple[str, ...] = ()


@dataclass(slots=True)
class TableParts:
    """A table while it is read: rows of cells, each with its pieces and whether it is a head."""

    rows: list[list["CellParts"]]
    container: int = 0
    around: int = 0
    presentation: bool = False
    nested: bool = False


@dataclass(slots=True)
class CellParts:
    """One cell while it is read."""

    head: bool
    columns: int = 1
    rows: int = 1
    pieces: list[Piece] = field(default_factory=list)
    text: str = ""  # what can be seen of it, on one line; set when the table is whole
