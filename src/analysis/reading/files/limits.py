"""How much a foreign file may take of time, memory and size."""

import time
from dataclasses import dataclass

from analysis.reading.files.problems import Refusal


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

    seconds: float = 10.0  # enforced from outside for spreadsheets and PDF, else by `Clock`
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


class Clock:
    """Ends a reading that takes too long, where it is asked: between lines, values and members.

    What lies between two questions is not cut short; the limits of size keep it small.
    """

    def __init__(self, limits: Limits) -> None:
        self.seconds = limits.seconds
        self._end = time.monotonic() + limits.seconds

    @property
    def left(self) -> float:
        """Seconds left."""
        return max(0.0, self._end - time.monotonic())

    def check(self, place: str, number: int) -> None:
        """Go on while there is time.

        Raises
        ------
        Refusal
            There is none left; names the place that was reached.
        """
        if time.monotonic() >= self._end:
            found = f"reading took longer than {self.seconds:g} s, at {place} {number:,}"
            raise Refusal("timeout", found)
