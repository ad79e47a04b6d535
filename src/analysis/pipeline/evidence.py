"""Whether every observation leads back to words that stand where its locator points."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from analysis.curation.store.changes import describe
from analysis.model.errors import RecordError
from analysis.model.schema import Observation, Source

CHARACTERS = re.compile(r"(?:(post \d+) )?chars (\d+)-(\d+)")
ROW = re.compile(r"row (\d+) column (\w+)")


def check_links(observations: Iterable[Observation], sources: Iterable[Source]) -> None:
    """Refuse an observation that leads to no source, no place in it, or no words.

    Raises
    ------
    RecordError
        Names the observation; such a row cannot be stored.
    """
    held = {source.snapshot_id for source in sources}
    seen: set[tuple[str, str]] = set()
    for row in observations:
        place = (row.snapshot_id, row.locator)
        if row.snapshot_id not in held or not row.locator or not row.quote.strip():
            raise RecordError(f"no evidence for {describe(row)}: it cannot be stored")
        if place in seen:
            raise RecordError(f"two observations at {row.locator}: {describe(row)}")
        seen.add(place)


def lost_quotes(
    observations: Iterable[Observation], texts: Mapping[tuple[str, str], str]
) -> Iterator[Observation]:
    """Yield the observations whose words do not stand where they are said to.

    Parameters
    ----------
    observations
        Rows of the record, their locators in the form of the readers.
    texts
        By snapshot and part of it, the text that the locators count in: an article or a post as
        read, a table as it is.
    """
    for row in observations:
        text = texts.get((row.snapshot_id, part_of(row.locator)), "")
        if not stands(row.quote, row.locator, text):
            yield row


def part_of(locator: str) -> str:
    """Return the part of a snapshot that a locator counts in, empty for the whole.

    >>> part_of("post 118 chars 3-6"), part_of("chars 3-6"), part_of("row 7 column value")
    ('post 118', '', '')
    """
    place = CHARACTERS.fullmatch(locator)
    return (place[1] or "") if place else ""


def stands(quote: str, locator: str, text: str) -> bool:
    r"""Say whether a quote stands in a text at a locator.

    >>> stands("Some 5 posts went.", "chars 2-3", "Start. Some 5 posts went. End.")
    False
    >>> stands("Some 5 posts went.", "chars 12-13", "Start. Some 5 posts went. End.")
    True
    >>> stands("x | 5", "row 2 column value", "name,value\nx,5\n")
    True
    """
    if place := CHARACTERS.fullmatch(locator):
        return encloses(quote, text, int(place[2]), int(place[3]))
    if place := ROW.fullmatch(locator):
        return is_row(quote, table_rows(text), int(place[1]), place[2])
    return False


def encloses(quote: str, text: str, first: int, last: int) -> bool:
    """Say whether the quote stands in the text so that it holds the characters first to last."""
    start = text.find(quote, max(0, last - len(quote)))
    return first < last and 0 <= start <= first and last <= start + len(quote)


def is_row(quote: str, rows: list[list[str]], number: int, column: str) -> bool:
    """Say whether the quote is the row of that number, the header being row 1."""
    if not 2 <= number <= len(rows) or column not in rows[0]:
        return False
    return " | ".join(rows[number - 1]) == quote


@lru_cache(maxsize=4)
def table_rows(text: str) -> list[list[str]]:
    """Return the rows of a CSV text, header first."""
    return list(csv.reader(io.StringIO(text, newline="")))
