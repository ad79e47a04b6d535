"""CSV and TSV to cells of text: which delimiter, and nothing converted.

"NA", "None" and "inf" are text, ids keep their zeros, numbers their digits, and a row has as many
cells as its line gives it.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal

from analysis.reading.files.encoding import decode_table
from analysis.reading.files.limits import USUAL, Clock, Limits
from analysis.reading.files.problems import Refusal, shown
from analysis.reading.files.shapes import Table

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 200  # rows that the delimiter is told from
REGULAR = 0.8  # share of rows of one length in a text that only looks like a table
SAMPLE_TEXT = 200_000  # characters
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_HINT = re.compile(r"sep=(.)(?:\r\n|\n|\r)")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|table|div|script|\?xml|p[\s>])", re.I)


def read_delimited(
    body: bytes,
    *,
    name: str = "",
    delimiter: str = "",
    surely: bool = True,
    limits: Limits = USUAL,
) -> Table:
    """Read a file of delimited cells.

    Parameters
    ----------
    body
        The bytes of the file.
    name
        What the table is called.
    delimiter
        Told from the text unless given.
    surely
        Whether something else says that this is a table. Text in which no delimiter is found is
        a table of one column then, and refused otherwise.
    limits
        Size, cells, columns and characters of a cell.

    Raises
    ------
    Refusal
        Names the problem and its line.
    """
    if len(body) > limits.size:
        raise Refusal("too_large", f"{len(body):,} bytes, expected at most {limits.size:,}")
    clock = Clock(limits)
    text, notes = decode_table(body)
    refuse_other_text(text)
    hint = _HINT.match(text)
    if hint:
        text, delimiter = text[hint.end() :], delimiter or hint.group(1)
    chosen = delimiter or find_delimiter(text)
    if not surely and not (chosen and is_regular(text, chosen)):
        raise Refusal("not_a_table", "text in which no delimiter makes columns")
    rows = tuple(split_cells(text, chosen or ",", limits, clock))
    if not any(any(cells) for cells in rows):
        raise Refusal("empty", "a table without a single value")
    return Table(name, rows, (*notes, *cut_off(text, rows)))


def refuse_other_text(text: str) -> None:
    """Refuse text that cannot be a table."""
    if not text.strip("\ufeff \t\r\n"):
        raise Refusal("empty", "no text, expected a table")
    at = text.find("\0")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise Refusal("nul", f"line {line} holds a NUL character, expected text")
    if _MARKUP.match(text):
        raise Refusal("markup", f"HTML or XML ({shown(text.lstrip()[:40])}), expected a table")


def find_delimiter(text: str) -> str:
    r"""Return what separates the cells of a text, empty if nothing makes columns.

    The delimiter is the one that gives most rows the same number of cells. Where two do, commas
    that stand only inside numbers are no delimiter.

    >>> find_delimiter("a,b\n1,2"), find_delimiter("service;value\nX;1.900.000,5")
    (',', ';')
    >>> find_delimiter("just words")
    ''
    """
    part = text[:SAMPLE_TEXT]
    lines = [line for line in islice(split_lines(part), 5 * SAMPLE) if line.strip()]
    if len(part) < len(text) and len(lines) > 1:
        lines.pop()  # it is cut
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):  # the second where a quote never closes
        scores = {mark: score(lines, mark, quoting) for mark in DELIMITERS if mark in part}
        found = {mark: points for mark, points in scores.items() if points > (0, 0)}
        if found:
            break
    if "," in found and len(found) > 1 and _only_inside_numbers(part):
        del found[","]
    return max(found, key=lambda mark: (found[mark], -DELIMITERS.index(mark)), default="")


def is_regular(text: str, mark: str) -> bool:
    r"""Say whether a text is a table by its looks: several rows, nearly all with as many cells.

    >>> is_regular("a;b\n1;2\n", ";"), is_regular("Yes, we can.\nNo.\nNot, that, I know.", ",")
    (True, False)
    """
    lines = [line for line in islice(split_lines(text[:SAMPLE_TEXT]), SAMPLE) if line.strip()]
    return len(lines) > 1 and score(lines, mark, csv.QUOTE_MINIMAL)[0] >= REGULAR


def score(lines: Sequence[str], mark: str, quoting: Literal[0, 3]) -> tuple[float, int]:
    """Return the share of rows with the commonest number of cells, and that number."""
    try:
        reader = csv.reader(lines, delimiter=mark, quoting=quoting)
        counts = [len(cells) for cells in islice(reader, SAMPLE)]
    except csv.Error:
        return 0.0, 0
    counts = [count for count in counts if count]
    if not counts or max(counts) < 2:
        return 0.0, 0
    common, times = max(Counter(counts).items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]))
    return round(times / len(counts), 1), common


def _only_inside_numbers(text: str) -> bool:
    """Tell whether every comma of a text stands between two digits."""
    return not re.search(r"(?<!\d),|,(?!\d)", text)


def split_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends, which CSV knows three of."""
    return (line.group() for line in _LINE.finditer(text))


def split_cells(
    text: str, delimiter: str, limits: Limits, clock: Clock
) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each row.

    Raises
    ------
    Refusal
        A quote is not closed, or a row, a cell, the table or the time goes beyond the limits.
    """
    if limits.cell > csv.field_size_limit():
        csv.field_size_limit(limits.cell)  # of the whole process, so it is only ever raised
    reader = csv.reader(_bounded(text, delimiter, limits, clock), delimiter=delimiter, strict=True)
    total = 0
    try:
        for cells in reader:
            total += max(len(cells), 1)
            _check_row(cells, total, reader.line_num, limits)
            yield tuple(cells)
    except csv.Error as error:
        raise _quote_problem(error, reader.line_num, limits) from None


def _bounded(text: str, delimiter: str, limits: Limits, clock: Clock) -> Iterator[str]:
    """Yield lines while there is time.

    A line with more delimiters than a row and a cell together may have is refused.
    """
    most = limits.columns + limits.cell
    for number, line in enumerate(split_lines(text), start=1):
        clock.check("line", number)
        if len(line) > most and line.count(delimiter) > most:
            raise Refusal(
                "too_many_columns",
                f"line {number} has {line.count(delimiter) + 1:,} columns, expected at most "
                f"{limits.columns:,}",
            )
        yield line


def _check_row(cells: Sequence[str], total: int, line: int, limits: Limits) -> None:
    if len(cells) > limits.columns:
        found = f"line {line} has {len(cells):,} columns, expected at most {limits.columns:,}"
        raise Refusal("too_many_columns", found)
    longest = max(map(len, cells), default=0)
    if longest > limits.cell:
        found = f"line {line} has a cell of {longest:,} characters, expected at most "
        raise Refusal("cell_too_long", f"{found}{limits.cell:,}")
    if total > limits.cells:
        raise Refusal(
            "too_many_cells", f"more than {limits.cells:,} cells, of which line {line} is one"
        )


def _quote_problem(error: csv.Error, line: int, limits: Limits) -> Refusal:
    """Return what the csv module found in our own words."""
    said = str(error)
    if "field limit" in said:
        found = f"line {line} ends a cell of more than {csv.field_size_limit():,} characters"
        return Refusal("cell_too_long", f"{found}, expected at most {limits.cell:,}")
    if "unexpected end" in said:
        return Refusal("quote", f"a quoted cell is still open at the end, line {line}")
    return Refusal("quote", f"line {line}: {said}")


def cut_off(text: str, rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return a note where the last row looks cut off: short, and without a line end."""
    if len(rows) < 3 or text.endswith(("\n", "\r")):
        return ()
    usual = Counter(map(len, rows[:-1])).most_common(1)[0][0]
    if len(rows[-1]) >= usual:
        return ()
    found = f"the last row has {len(rows[-1])} cells where others have {usual}, and no line end"
    return (f"{found}: it may be cut off",)
