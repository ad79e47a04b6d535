"""What is sent to a terminal: lines without characters that could steer it, and JSON."""

import json
import sys
import unicodedata
from typing import Any

FINE, PROBLEMS = 0, 1  # exit codes; 2, wrong use, is argparse's own
JOINERS = "\u200c\u200d\u200e\u200f\u00ad"  # also the marks of direction, and the soft hyphen


def complain(message: str) -> None:
    """Write one line to standard error, without characters that could steer a terminal."""
    print(printable(message), file=sys.stderr)


def printable(text: str) -> str:
    r"""Return text on one line with the characters shown that could steer a terminal, not sent.

    Blanks of every width and the joiners that Persian and Arabic are written with stay.

    >>> printable("a\x1b[2Jb\u202e")
    'a\\x1b[2Jb\\u202e'
    """
    return "".join(c if is_harmless(c) else escape(c) for c in text)


def is_harmless(character: str) -> bool:
    """Say whether a character may be sent to a terminal."""
    return (
        character.isprintable() or character in JOINERS or unicodedata.category(character) == "Zs"
    )


def escape(character: str) -> str:
    """Return a character as Python and JSON both write it."""
    return character.encode("unicode_escape").decode("ascii")


def clean_lines(text: str) -> str:
    """Return text of several lines, each without control characters."""
    return "\n".join(printable(line) for line in text.split("\n"))


def as_json(value: Any) -> str:
    """Return a value as one line of JSON, in which no character steers a terminal."""
    text = json.dumps(value, ensure_ascii=False)
    return "".join(c if is_harmless(c) else json.dumps(c)[1:-1] for c in text)


def tell(error: Exception) -> str:
    """Return an error with the file or snapshot it is about."""
    notes = dict.fromkeys(reversed(getattr(error, "__notes__", [])))
    said = str(error)
    for note in notes:
        said = said.removeprefix(note).lstrip(" :")
    return ": ".join([*notes, said])
