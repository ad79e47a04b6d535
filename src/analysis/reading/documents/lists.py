"""The word lists beside this code: CSV files whose first lines say what belongs in them."""

import csv
from functools import cache
from importlib.resources import files


@cache
def read_list(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a list, comment lines left out."""
    text = (files("analysis.reading.documents") / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def column(name: str, key: str, value: str) -> tuple[str, ...]:
    """Return the last column of a list's rows whose column `key` is `value`, in their order."""
    rows = read_list(name)
    last = list(rows[0])[-1]
    return tuple(row[last] for row in rows if row[key] == value)
