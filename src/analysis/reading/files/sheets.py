"""XLSX and ODS to cells of text: judged first, then read by calamine. Runs in the child process."""

import io
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from analysis.reading.files.limits import Limits
from analysis.reading.files.numbers import float_text, iso_text, number_text
from analysis.reading.files.problems import Refusal, shown
from analysis.reading.files.shapes import Table
from analysis.reading.files.sheetscan import SheetFacts, address_of, scan_ods, scan_xlsx_sheet
from analysis.reading.files.xmlparts import attribute, local, scan
from analysis.reading.files.ziplist import Entry, list_entries
from analysis.reading.files.zips import unpack

WORKBOOK = "xl/workbook.xml"
LISTED = 20  # hidden rows and columns, and cells without a value, that a note lists
FOREIGN = "refers to other files, which are not opened: values are as they were last stored"
MACROS = "holds macros, which are not run"


@dataclass(slots=True)
class Workbook:
    """What was found in a spreadsheet file before its values are read."""

    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def read_sheets(body: bytes, limits: Limits) -> list[Table]:
    """Return the tables of an .xlsx or .ods file, sheets without any value left out.

    Raises
    ------
    Refusal
        It is unsafe, damaged or too large, or no cell of it has a value.
    """
    entries = {entry.name: entry for entry in list_entries(body, limits)}
    judged = judge_xlsx if WORKBOOK in entries else judge_ods
    workbook = judged(body, entries, limits)
    refuse_extent(workbook.sheets, limits)
    tables = [table for table in read_values(body, workbook) if table.rows or table.unread]
    if not any(any(any(row) for row in table.rows) for table in tables):
        unread = sum(len(facts.unread) for facts in workbook.sheets.values())
        found = (
            f"{unread:,} formulas, none with a stored value" if unread else "no cell has a value"
        )
        raise Refusal("no_values", found)
    return tables


def judge_xlsx(body: bytes, entries: Mapping[str, Entry], limits: Limits) -> Workbook:
    """Return what an .xlsx holds; every XML part of it is read once."""
    workbook = Workbook()
    names: list[tuple[str, str, str]] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, found: Mapping[str, str]) -> None:
        if local(tag) == "sheet":
            state = attribute(found, "state")
            names.append((attribute(found, "name"), attribute(found, "id"), state))

    def relation(tag: str, found: Mapping[str, str]) -> None:
        if local(tag) == "Relationship" and found.get("Type", "").endswith("/worksheet"):
            targets[found.get("Id", "")] = found.get("Target", "")

    scan(_part(body, entries, WORKBOOK), WORKBOOK, sheet)
    relations = "xl/_rels/workbook.xml.rels"
    scan(_part(body, entries, relations), relations, relation)
    parts = {}
    for name, identity, state in names:
        if identity in targets:
            parts[part_name(targets[identity])] = name
            if state in ("hidden", "veryHidden"):
                workbook.hidden.add(name)
    for part in entries:
        if part in parts:
            facts = scan_xlsx_sheet(_part(body, entries, part), part, limits)
            workbook.sheets[parts[part]] = facts
        elif part.lower().endswith((".xml", ".rels", ".vml")) and part not in (WORKBOOK, relations):
            scan(_part(body, entries, part), part)
    missing = parts.keys() - entries.keys()
    if missing or len(set(parts.values())) < len(names):
        found = f"its sheet {shown(min(missing))} is missing" if missing else "two sheets are one"
        raise Refusal("sheet_damaged", found)
    workbook.notes = _oddities(entries)
    return workbook


def _oddities(entries: Mapping[str, Entry]) -> list[str]:
    """Return notes on parts that are not read."""
    notes = []
    if any(name.startswith("xl/externalLinks/") for name in entries):
        notes.append(FOREIGN)
    if any(name.lower().endswith("vbaproject.bin") for name in entries):
        notes.append(MACROS)
    return notes


def part_name(target: str) -> str:
    """Return the name of the part that the workbook means.

    >>> part_name("worksheets/sheet1.xml"), part_name("/xl/worksheets/sheet1.xml")
    ('xl/worksheets/sheet1.xml', 'xl/worksheets/sheet1.xml')
    """
    path = target if target.startswith("/") else f"/xl/{target}"
    return posixpath.normpath(path).lstrip("/")


def judge_ods(body: bytes, entries: Mapping[str, Entry], limits: Limits) -> Workbook:
    """Return what an .ods holds; every XML part of it is read once."""
    workbook = Workbook()

    def encrypted(tag: str, _: Mapping[str, str]) -> None:
        if local(tag) == "encryption-data":
            raise Refusal("sheet_encrypted", "its parts are encrypted")

    manifest = "META-INF/manifest.xml"
    if manifest in entries:
        scan(_part(body, entries, manifest), manifest, encrypted)
    tables = scan_ods(_part(body, entries, "content.xml"), limits)
    workbook.sheets = dict(tables)
    if len(workbook.sheets) < len(tables):
        raise Refusal("sheet_damaged", "two sheets have one name")
    for part in entries:
        if part.endswith((".xml", ".rdf")) and part not in ("content.xml", manifest):
            scan(_part(body, entries, part), part)
    return workbook


def _part(body: bytes, entries: Mapping[str, Entry], name: str) -> bytes:
    if name not in entries:
        raise Refusal("sheet_damaged", f"its part {shown(name)} is missing")
    return unpack(body, entries[name])


def refuse_extent(sheets: Mapping[str, SheetFacts], limits: Limits) -> None:
    """Refuse sheets that reach further than may be read, though most of their cells be empty."""
    total = 0
    for name, facts in sheets.items():
        total += facts.area
        if total > limits.cells:
            last = address_of(facts.last_row, facts.last_column)
            found = f"sheet {shown(name)} reaches to {last} ({facts.area:,} cells)"
            raise Refusal("too_many_cells", f"{found}, expected at most {limits.cells:,} in all")


def read_values(body: bytes, workbook: Workbook) -> Iterator[Table]:
    """Yield the tables, values by calamine and by our own reading where it loses something."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(body)) as opened:
            for name in opened.sheet_names:
                if name in workbook.sheets:
                    rows = opened.get_sheet_by_name(name).to_python(skip_empty_area=False)
                    yield as_table(name, rows, workbook)
    except (CalamineError, ValueError, OSError) as error:
        raise Refusal("sheet_damaged", f"the reader says: {error}") from None


def as_table(name: str, rows: Sequence[Sequence[Any]], workbook: Workbook) -> Table:
    """Return a sheet as text."""
    facts = workbook.sheets[name]
    cells = [[v if type(v) is str else as_text(v) for v in row] for row in rows]
    for (row, column), raw in facts.raws.items():
        read = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
        if isinstance(read, (float, int)):  # and not a day, which is a number with a style
            cells[row][column] = number_text(raw)
    for (row, column), text in facts.texts.items():
        cells.extend([] for _ in range(row + 1 - len(cells)))
        cells[row].extend([""] * (column + 1 - len(cells[row])))
        cells[row][column] = text
    width = max(map(len, cells), default=0)
    made = tuple(tuple(row + [""] * (width - len(row))) for row in cells)
    if facts.filled and not any(map(any, made)):
        raise Refusal("sheet_damaged", f"sheet {shown(name)} has values that the reader misses")
    unread = tuple(address_of(*place) for place in facts.unread)
    return Table(
        name, made, (*workbook.notes, *_sheet_notes(facts)), unread, name in workbook.hidden
    )


def _sheet_notes(facts: SheetFacts) -> Iterator[str]:
    if facts.formulas:
        yield f"{facts.formulas:,} cells are formulas: values are as they were last stored"
    if facts.unread:
        places = _some([address_of(*place) for place in facts.unread])
        yield f"{len(facts.unread):,} formulas have no stored value and are left empty: {places}"
    if facts.hidden:
        yield f"hidden in the sheet: {_some(facts.hidden)}"


def _some(names: Sequence[str]) -> str:
    """Return the first of some names, and that there are more."""
    return ", ".join(names[:LISTED]) + (", ..." if len(names) > LISTED else "")


def as_text(value: Any) -> str:
    """Return a value that calamine read as text."""
    if isinstance(value, float):
        return float_text(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (date, time, timedelta)):
        return iso_text(value)
    return "" if value is None else str(value)
