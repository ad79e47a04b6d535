"""The data files that ship with the code: CSV whose lines starting ``#`` say what belongs in it."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from analysis.model.errors import VocabularyError


@cache
def load_rows(package: str, name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a data file that lies beside the code of a package.

    >>> load_rows("analysis.model", "confusables.csv")[0]["looks_like"]
    'A'

    Raises
    ------
    VocabularyError
        As in `read_rows`.
    """
    text = (files(package) / name).read_text(encoding="utf-8")
    return tuple(read_rows(text, f"{package}/{name}"))


def read_rows(raw: str, name: str) -> list[dict[str, str]]:
    """Return the rows of a data file, its comment left out.

    Raises
    ------
    VocabularyError
        A row has not as many cells as the header.
    """
    lines = [line for line in raw.splitlines(keepends=True) if not line.startswith("#")]
    reader = csv.DictReader(io.StringIO("".join(lines), newline=""), restkey="", strict=True)
    rows = list(reader)
    for number, row in enumerate(rows, start=1):
        if "" in row or None in row.values():
            raise VocabularyError(f"{name}: row {number} has not as many cells as the header")
    return rows
