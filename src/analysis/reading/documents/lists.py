"""The word lists beside this code: CSV files whose first lines say what belongs in them."""

from collections.abc import Mapping
from functools import cache

from analysis.model.datafiles import load_rows


def read_list(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a list."""
    return load_rows("analysis.reading.documents", f"{name}.csv")


@cache
def column(name: str, key: str, value: str) -> tuple[str, ...]:
    """Return the last column of a list's rows whose column `key` is `value`, in their order."""
    rows = read_list(name)
    last = list(rows[0])[-1]
    return tuple(row[last] for row in rows if row[key] == value)
