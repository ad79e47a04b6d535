"""The lines with numbers that a page holds and our text of it does not, each with the reason.

What the reader drops, the extractor never sees: so nothing that may hold a figure goes unnamed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from analysis.model.documents import Dropped
from analysis.reading.documents.consensus import Judged
from analysis.reading.documents.pieces import Piece
from analysis.reading.documents.shingles import share_within, shingles_of, words_of

MOST = 200  # lines listed of one page
LONGEST = 600  # characters shown of one line
SHORT = 6  # words; what is shorter and no reader had is a date, a page number, a price tag
COMPARED = 2_000_000  # characters of our text that a line is looked up in
CHECKED = 500  # lines of a reader that are looked up in the page
ELSEWHERE = "only in what this reader made of the page"
_DIGIT = re.compile(r"\d")
_ENDS = re.compile(r"(?<=[.!?؟。])\s+|\n+")


def list_dropped(
    judged: Sequence[Judged], taken: Sequence[Piece], texts: Mapping[str, str]
) -> tuple[Dropped, ...]:
    """Return what was left out of `taken` although it holds a number, each line once.

    Parameters
    ----------
    judged
        Every piece of the page, with its reasons.
    taken
        The pieces of our text.
    texts
        Reader name to the text that it found; "json_ld" for the text that the page itself gives.
    """
    lines = chain(dropped_pieces(judged), lines_elsewhere(judged, texts))
    kept = shingles_of("\n".join(piece.text for piece in taken)[:COMPARED])
    found: dict[str, Dropped] = {}
    for line in lines:
        if len(found) == MOST:
            break
        known = line.text in found or share_within(words_of(line.text), kept) == 1
        if not known:
            found[line.text] = line
    return tuple(found.values())


def dropped_pieces(judged: Sequence[Judged]) -> Iterator[Dropped]:
    """Yield the pieces of the page that hold a number and were not taken."""
    for j in judged:
        piece = j.piece
        if j.taken or not _DIGIT.search(piece.text):
            continue
        if piece.readers or j.words >= SHORT or piece.kind == "table_row":
            yield Dropped(shown(piece.text), piece.readers, reason_of(j))


def reason_of(j: Judged) -> str:
    """Return why a piece was left out."""
    hidden = f"not visible: {j.piece.hidden}" if j.piece.hidden else ""
    return j.dropped or hidden or j.piece.furniture or "no reader took it"


def lines_elsewhere(judged: Sequence[Judged], texts: Mapping[str, str]) -> Iterator[Dropped]:
    """Yield the lines with a number of a reader's text that are no piece of the page.

    A reader may take text from where no page shows it, such as a script. Words are compared
    without the spaces between them: readers differ in those around inline tags.
    """
    # Piece by piece: the words of 20 MB all at once take ten times as much.
    page = "".join(["".join(words_of(j.piece.text)) for j in judged])
    for name, text in texts.items():
        numbered = (line for line in _ENDS.split(text) if _DIGIT.search(line))
        for line in islice(numbered, CHECKED):
            words = words_of(line)
            if len(words) >= SHORT and "".join(words) not in page:
                yield Dropped(shown(line), (name,), ELSEWHERE)


def shown(text: str) -> str:
    """Return a line as it is listed: on one line, and cut when it is very long."""
    flat = " ".join(text[: 2 * LONGEST].split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"
