"""What foreign files hold, as plain text: tables of cells, pages of lines, members of archives."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file. Cells are text as the publisher wrote it; nothing is converted.

    ``name`` is the sheet or the member of an archive, empty where a file is one table. Rows of a
    CSV have as many cells as the file gives them; an empty line is a row without cells.
    ``notes`` say what was odd. ``unread`` are the addresses (``B7``) of formulas whose value is
    not stored: their cells are empty and must not be taken for nothing. ``hidden`` is a sheet
    that a spreadsheet program does not show.
    """

    name: str
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands on a page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PdfWord:
    """A run of characters without a blank."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PdfLine:
    """Words on one line of a page, in the order of the file.

    ``hidden`` says why nobody sees them on the page (invisible, transparent, off the page, tiny,
    leaves no trace), or that other digits are painted than the font says; empty when visible.
    Seen and unseen words never share a line.
    """

    text: str
    box: Box
    hidden: str = ""
    words: tuple[PdfWord, ...] = field(default=(), repr=False)

    @property
    def visible(self) -> bool:
        """Whether a reader of the page sees the line."""
        return not self.hidden


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page of a PDF: number from 1, size in points, lines, and what was odd."""

    number: int
    width: float
    height: float
    lines: tuple[PdfLine, ...] = field(repr=False)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, unpacked in memory and checked against its checksum."""

    name: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class JsonValues:
    """What a JSON file holds: one value, or one a line. Numbers are ``int`` or ``Decimal``, exact.

    ``lines`` says that the file is JSON lines.
    """

    values: tuple[object, ...] = field(repr=False)
    lines: bool = False
    notes: tuple[str, ...] = ()

    @property
    def records(self) -> tuple[Mapping[str, object], ...]:
        """The values that are objects, whether they stand one a line or in one list."""
        found = self.values
        if not self.lines and len(found) == 1 and isinstance(found[0], list):
            found = tuple(found[0])
        return tuple(value for value in found if isinstance(value, dict))
