"""Pages that ask the visitor to prove to be a person: told apart, never climbed."""

import re
from collections.abc import Mapping, Sequence

from analysis.model.datafiles import load_rows

FEW_WORDS = 250  # outside tags: a wall has no more
LOOKED_AT = 200_000  # bytes of a body
TAGS = re.compile(rb"<(script|style)\b.*?</\1>|<[^>]*>", re.I | re.S)


def is_wall(status: int, headers: Sequence[tuple[str, str]], body: bytes) -> bool:
    """Say whether an answer is a wall in place of a page.

    Parameters
    ----------
    status
        Of the answer.
    headers
        Names and values as they came.
    body
        As much of it as came, unpacked.
    """
    named = {name.lower(): value.strip().lower() for name, value in headers}
    start = body[:LOOKED_AT]
    low = start.lower().decode("latin-1")
    found = [
        row
        for row in load_rows("analysis.acquisition.fetch", "walls.csv")
        if _shows(row, named, low)
    ]
    if any(row["where"] == "header" for row in found):
        return True
    return bool(found) and (status >= 400 or len(TAGS.sub(b" ", start).split()) < FEW_WORDS)


def _shows(row: Mapping[str, str], headers: Mapping[str, str], body: str) -> bool:
    if row["where"] == "body":
        return row["sign"] in body
    name, _, value = row["sign"].partition(": ")
    return name in headers and value in headers[name]
