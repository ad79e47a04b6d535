"""How much a foreign file may take of time, memory and size."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take; whatever goes beyond is refused by name.

    The limit of memory holds on Linux, for spreadsheets and PDF; the others hold everywhere.

    Examples
    --------
    >>> from dataclasses import replace
    >>> replace(Limits(), cells=5_000_000).cells
    5000000
    """

    seconds: float = 10.0  # wall clock, enforced from outside for spreadsheets and PDF
    memory: int = 400_000_000  # bytes that the reading process may grow by
    size: int = 20_000_000  # bytes of the file
    unpacked: int = 100_000_000  # bytes of all that it packs, nested archives included
    ratio: int = 250  # unpacked bytes for each packed one, in a member above a megabyte
    members: int = 2_000  # of an archive
    nested: int = 3  # archives in archives
    levels: int = 100  # of nesting in JSON
    cells: int = 500_000  # of all tables of a file
    columns: int = 16_384  # as many as a spreadsheet has
    cell: int = 131_072  # characters
    pages: int = 1_000  # of a PDF


USUAL = Limits()
