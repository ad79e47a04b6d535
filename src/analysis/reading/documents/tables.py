"""Tables read straight from the HTML: each data row one piece, its cells apart.

Article readers flatten tables, and one of them takes a cell that says only "Facebook" for a share
button; so tables never go through them. A table that only arranges the page is taken apart.
"""

import re
from collections.abc import Iterator, Sequence

from analysis.reading.documents.pieces import CellParts, Piece, TableParts

JOINT = " | "
LOOKED_AT = 50  # rows, to tell whether the first one holds the heads
_DIGIT = re.compile(r"\d")
LONG_CELL = 600  # characters; a cell beyond holds an article, not a value


def table_pieces(table: TableParts) -> list[Piece]:
    """Return the rows of a data table, or the content of a layout table in its order."""
    before, rows = table.rows[0], table.rows[1:]
    for row in rows:
        for cell in row:
            cell.text = text_of(cell)
    lead = [piece for cell in before for piece in cell.pieces]
    if not is_data(table, rows):
        return lead + [piece for row in rows for cell in row for piece in cell.pieces]
    found = list(row_pieces([row[1:] for row in rows if len(row) > 1]))
    captions = [piece for piece in lead if piece.kind == "caption"]
    for piece in captions + found:
        piece.container, piece.around = table.container, table.around
    return lead + found


def is_data(table: TableParts, rows: Sequence[Sequence[CellParts]]) -> bool:
    """Tell whether a table holds values side by side, rather than arranging the page."""
    if table.nested or table.presentation:
        return False
    cells = [cell for row in rows for cell in row[1:]]
    if any(len(cell.text) > LONG_CELL or has_heading(cell) for cell in cells):
        return False
    full = [sum(bool(cell.text) for cell in row[1:]) for row in rows]
    several = sum(count >= 2 for count in full)
    return several >= 2 or (several == 1 and any(cell.head for cell in cells))


def has_heading(cell: CellParts) -> bool:
    """Tell whether a cell holds a heading."""
    return any(piece.kind == "heading" for piece in cell.pieces)


def text_of(cell: CellParts) -> str:
    """Return what can be seen in a cell, on one line."""
    return " ".join(word for p in cell.pieces if not p.hidden for word in p.text.split())


def row_pieces(rows: Sequence[Sequence[CellParts]]) -> Iterator[Piece]:
    """Yield one piece for each row, with the column heads above it."""
    grid = spread(rows)
    head_count = count_heads(rows)
    heads = column_heads(grid[:head_count])
    for number, (row, placed) in enumerate(zip(rows, grid, strict=True)):
        yield from hidden_pieces(row)
        columns = sorted(placed)
        cells = tuple(placed[column] for column in columns)
        if not any(cells):
            continue
        above = () if number < head_count else tuple(heads.get(c, "") for c in columns)
        yield row_piece(row, cells, above)


def row_piece(row: Sequence[CellParts], cells: tuple[str, ...], heads: tuple[str, ...]) -> Piece:
    """Return one row as a piece; it stands where its first piece of text stands."""
    parts = [piece for cell in row for piece in cell.pieces if not piece.hidden]
    first = parts[0] if parts else Piece("table_row", "")
    return Piece(
        "table_row",
        JOINT.join(cells),
        "tr",
        furniture=first.furniture,
        linked=sum(piece.linked for piece in parts),
        in_article=first.in_article,
        cells=cells,
        headers=heads if any(heads) else (),
    )


def hidden_pieces(row: Sequence[CellParts]) -> Iterator[Piece]:
    """Yield what a row holds and nobody sees."""
    return (piece for cell in row for piece in cell.pieces if piece.hidden)


def spread(rows: Sequence[Sequence[CellParts]]) -> list[dict[int, str]]:
    """Return each row as column number to text; a cell that spans rows stands in each of them."""
    grid: list[dict[int, str]] = []
    running: dict[int, tuple[str, int]] = {}  # column to text and rows still to fill
    for row in rows:
        placed = {column: text for column, (text, _) in running.items()}
        running = {c: (text, left - 1) for c, (text, left) in running.items() if left > 1}
        column = 0
        for cell in row:
            while column in placed:
                column += 1
            placed[column] = cell.text
            if cell.rows > 1:
                running[column] = (placed[column], cell.rows - 1)
            column += cell.columns
        grid.append(placed)
    return grid


def count_heads(rows: Sequence[Sequence[CellParts]]) -> int:
    """Count the leading rows that are column heads: all `th`, or the only row without a digit."""
    marked = 0
    for row in rows:
        if not all(cell.head for cell in row if cell.text):
            break
        marked += 1
    if 0 < marked < len(rows):
        return marked
    numbers = [any(_DIGIT.search(cell.text) for cell in row) for row in rows[:LOOKED_AT]]
    return int(bool(numbers) and not numbers[0] and any(numbers[1:]))


def column_heads(head_rows: Sequence[dict[int, str]]) -> dict[int, str]:
    """Join the heads above each column, the general one first.

    A head that spans columns stands above all of them up to the next head of its row.
    """
    width = max((max(row) for row in head_rows if row), default=-1) + 1
    heads: dict[int, list[str]] = {}
    for depth, row in enumerate(head_rows):
        last = ""
        for column in range(width):
            last = row.get(column, last if depth < len(head_rows) - 1 else "")
            if last and last not in heads.setdefault(column, []):
                heads[column].append(last)
    return {column: " ".join(texts) for column, texts in heads.items()}
