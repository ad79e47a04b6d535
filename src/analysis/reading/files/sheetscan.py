"""What a sheet's XML says beyond its values: how far it reaches, numbers as written, formulas.

The reader of spreadsheets gives numbers as binary ones, leaves errors such as ``#N/A`` out and
makes room for every cell up to the last. So each sheet is read here first.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from analysis.reading.files.limits import Limits
from analysis.reading.files.numbers import float_text
from analysis.reading.files.problems import Refusal, shown
from analysis.reading.files.xmlparts import attribute, local, scan

LAST_COLUMN, LAST_ROW = 16_383, 1_048_575
PRECISE = 16  # digits up to which whole numbers survive for certain
BLANK_TOO = 4  # times as many cells may be there if they only carry a style
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(slots=True)
class SheetFacts:
    """Facts about a sheet. Places are row and column from 0."""

    filled: int = 0  # cells with a value
    last_row: int = -1
    last_column: int = -1
    raws: dict[tuple[int, int], str] = field(default_factory=dict)  # numbers as written
    texts: dict[tuple[int, int], str] = field(default_factory=dict)  # errors, and dates in ISO form
    unread: list[tuple[int, int]] = field(default_factory=list)
    formulas: int = 0
    hidden: list[str] = field(default_factory=list)

    def fill(self, row: int, column: int) -> None:
        """Note that a cell has a value."""
        self.filled += 1
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)

    @property
    def area(self) -> int:
        """How many cells there are from the first corner to the last cell with a value."""
        return (self.last_row + 1) * (self.last_column + 1)


@cache
def column_of(letters: str) -> int:
    """Return the number of a column, from 0."""
    column = -1
    for letter in letters:
        column = (column + 1) * 26 + ord(letter) - 65
    return column


def place_of(address: str) -> tuple[int, int]:
    """Return row and column of an address, from 0.

    >>> place_of("A1"), place_of("XFD1048576")
    ((0, 0), (1048575, 16383))
    """
    found = _PLACE.fullmatch(address)
    column = column_of(found.group(1)) if found else -1
    row = int(found.group(2)) - 1 if found else -1
    if not 0 <= row <= LAST_ROW or not 0 <= column <= LAST_COLUMN:
        raise Refusal("sheet_damaged", f"a cell is said to stand at {shown(address)}")
    return row, column


def address_of(row: int, column: int) -> str:
    """Return the address of a place.

    >>> address_of(0, 27)
    'AB1'
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return f"{name}{row + 1}"


class XlsxScan:
    """Takes the stream of one sheet of an .xlsx.

    A cell is closed when the next one opens: handing over the ends of a million cells as well
    would double the time.
    """

    def __init__(self, limits: Limits) -> None:
        self.facts = SheetFacts()
        self._filled, self._seen = limits.cells, BLANK_TOO * limits.cells
        self._row, self._column = -1, -1
        self._last = (-1, -1)
        self._open = self._formula = self._valued = self._taking = False
        self._kind = "n"
        self._value = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        if tag in ("v", "t"):
            self._taking = self._valued = True
            return
        self._taking = False
        if tag == "c":
            self._open_cell(attributes)
        elif tag == "row":
            self._open_row(attributes)
        elif tag == "f":
            self._formula = True
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = attributes.get("min", "?"), attributes.get("max", "?")
            self.facts.hidden.append(f"columns {first[:5]} to {last[:5]}")
        elif ":" in tag:
            self.start(local(tag), attributes)

    def text(self, text: str) -> None:
        """Take running text."""
        if self._taking:
            self._value += text

    def close(self) -> SheetFacts:
        """End the sheet and return its facts."""
        self._close_cell()
        return self.facts

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        self._close_cell()
        given = attributes.get("r", "")
        self._row = place_of(f"A{given}")[0] if given else self._row + 1
        self._column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.facts.hidden.append(f"row {self._row + 1}")

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        self._close_cell()
        given = attributes.get("r", "")
        if given:
            self._row, self._column = place_of(given)
        else:
            self._row, self._column = max(self._row, 0), self._column + 1
        here = (self._row, self._column)
        if here <= self._last:
            raise Refusal("sheet_damaged", f"cell {address_of(*here)} stands twice or out of order")
        self._seen -= 1
        if self._seen < 0 or self.facts.filled > self._filled:
            raise Refusal("too_many_cells", f"a sheet has more than {self._filled:,} cells")
        self._last = here
        self._kind = attributes.get("t", "n")
        self._open = True

    def _close_cell(self) -> None:
        if not self._open:
            return
        here, value = self._last, self._value
        number = self._kind == "n"
        if self._formula:
            self.facts.formulas += 1
            if not self._valued or (number and not value.strip()):
                self.facts.unread.append(here)
        if value:
            self.facts.fill(*here)
        if number:
            value = value.strip()
        if self._kind in ("e", "d"):
            self.facts.texts[here] = value
        elif number and value and not is_short(value):
            self.facts.raws[here] = value
        self._open = self._formula = self._valued = self._taking = False
        self._value = ""


def is_short(raw: str) -> bool:
    """Say whether a number survives being read as a binary one and written again, as text."""
    if len(raw) < PRECISE and raw.isdecimal() and raw.isascii() and raw[0] != "0":
        return True
    try:
        return float_text(float(raw)) == raw
    except (ValueError, OverflowError):
        return False


class OdsScan:
    """Takes the stream of the content of an .ods: the facts of its tables, in order."""

    def __init__(self, limits: Limits) -> None:
        self.tables: list[tuple[str, SheetFacts]] = []
        self._most = limits.cells
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._cell: Mapping[str, str] | None = None
        self._worded = False
        self._depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        tag = local(tag)
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append((attribute(attributes, "name"), SheetFacts()))
                self._row = 0
        elif tag == "table-row":
            self._rows = repeats(attributes, "number-rows-repeated")
            self._column = 0
            if attribute(attributes, "visibility") in ("collapse", "filter") and self.tables:
                self.tables[-1][1].hidden.append(f"row {self._row + 1}")
        elif tag in ("table-cell", "covered-table-cell"):
            self._columns = repeats(attributes, "number-columns-repeated")
            self._cell, self._worded = attributes, False
        elif tag == "p" and self._cell is not None:
            self._worded = True

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        tag = local(tag)
        if tag in ("table-cell", "covered-table-cell"):
            self._close_cell()
        elif tag == "table-row":
            self._row += self._rows
            self._rows = 1
        elif tag == "table":
            self._depth -= 1

    def _close_cell(self) -> None:
        cell, self._cell = self._cell, None
        here, self._column = self._column, self._column + self._columns
        if cell is None or not self.tables:
            return
        facts = self.tables[-1][1]
        kind, formula = attribute(cell, "value-type"), bool(attribute(cell, "formula"))
        facts.formulas += formula
        if not kind and not self._worded:
            if formula:
                facts.unread.append((self._row, here))
            return
        last = self._row + self._rows - 1, here + self._columns - 1
        if last[0] > LAST_ROW or last[1] > LAST_COLUMN or facts.area > self._most:
            found = f"a value is repeated up to row {last[0] + 1:,}, column {last[1] + 1:,}"
            raise Refusal("too_many_cells", found)
        facts.fill(*last)
        value = attribute(cell, "value")
        if kind in ("float", "percentage", "currency") and value and not is_short(value):
            facts.raws |= dict.fromkeys(self._places(here), value)

    def _places(self, column: int) -> Iterator[tuple[int, int]]:
        """Yield the places that a repeated cell stands at."""
        if self._rows * self._columns > self._most:
            found = f"a value is repeated {self._rows * self._columns:,} times"
            raise Refusal("too_many_cells", found)
        for row in range(self._row, self._row + self._rows):
            for further in range(column, column + self._columns):
                yield row, further


def repeats(attributes: Mapping[str, str], name: str) -> int:
    """Return how often a row or cell is repeated; nonsense is refused."""
    given = attribute(attributes, name) or "1"
    if not (given.isascii() and given.isdigit() and len(given) < 9 and int(given) > 0):
        raise Refusal("sheet_damaged", f"something is repeated {shown(given)} times")
    return int(given)


def scan_xlsx_sheet(body: bytes, part: str, limits: Limits) -> SheetFacts:
    """Return the facts of one sheet of an .xlsx."""
    taker = XlsxScan(limits)
    scan(body, part, taker.start, text=taker.text)
    return taker.close()


def scan_ods(body: bytes, limits: Limits) -> list[tuple[str, SheetFacts]]:
    """Return the name and the facts of each table of an .ods."""
    taker = OdsScan(limits)
    scan(body, "content.xml", taker.start, taker.end)
    return taker.tables
