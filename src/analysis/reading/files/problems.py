"""What can be the matter with a foreign file: the closed set of ``problems.csv``, as errors."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analysis.model import errors
from analysis.model.datafiles import load_rows
from analysis.model.errors import DocumentError

LONGEST = 80  # characters of foreign text in a message


@dataclass(frozen=True, slots=True)
class Problem:
    """One way for a file to be unreadable: its name, the class of error, and what to do."""

    name: str
    error: type[DocumentError]
    advice: str


@cache
def problems() -> Mapping[str, Problem]:
    """Return every problem by its name."""
    return {
        row["problem"]: Problem(row["problem"], getattr(errors, row["error"]), row["advice"])
        for row in load_rows("analysis.reading.files", "problems.csv")
    }


class Refusal(Exception):
    """A problem found inside a file, before it is known what the file is called."""

    def __init__(self, problem: str, found: str) -> None:
        super().__init__(found)
        self.problem = problem
        self.found = found


def failure(name: str, problem: str, found: str) -> DocumentError:
    """Return the error of a problem: the file, what was found in it, what to do."""
    known = problems()[problem]
    error = known.error(f"{plain(name, 200)}: {plain(found, 600)}; {known.advice}")
    error.problem = problem
    return error


def shown(text: str, most: int = LONGEST) -> str:
    r"""Return foreign text as it may stand in a message: short, quoted, nothing that steers.

    >>> shown("a\x1b[2Jb"), shown("x" * 9, 4)
    ("'a\\x1b[2Jb'", "'xxxx…'")
    """
    return f"'{plain(text, most)}'"


def plain(text: str, most: int) -> str:
    """Return at most so many characters of a text on one line, the unprintable ones escaped."""
    cut = text[:most]
    safe = "".join(c if c.isprintable() else escaped(c) for c in cut)
    return safe + "…" if len(text) > most else safe


def is_harmless(character: str) -> bool:
    """Say whether a character of a name, blanks of any width included, steers nothing."""
    return character.isprintable() or unicodedata.category(character) == "Zs"


def escaped(character: str) -> str:
    """Return a character as Python writes it in source."""
    return character.encode("unicode_escape").decode("ascii")
