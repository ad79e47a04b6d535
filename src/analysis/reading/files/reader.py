"""A snapshot to what its file holds: tables, pages, values or members, within limits.

CSV, JSON and ZIP are read by our own code, which checks before it builds. Spreadsheets and PDF are
read by libraries, in a child process that is stopped when it takes too long or too much.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from analysis.model import media
from analysis.model.documents import Snapshot
from analysis.model.spreadsheets import restore_cell
from analysis.reading.documents.decode import content_type_of
from analysis.reading.files.delimited import read_delimited
from analysis.reading.files.guard import GUARD
from analysis.reading.files.jsons import as_table, parse_json
from analysis.reading.files.kinds import ODS, PDF, TABLES, TSV, XLSX, ZIP, kind_of, refuse_kind
from analysis.reading.files.limits import USUAL, Clock, Limits
from analysis.reading.files.problems import Refusal, failure, shown
from analysis.reading.files.shapes import Box, JsonValues, Member, PdfLine, PdfPage, PdfWord, Table
from analysis.reading.files.zips import each_member, refuse_large, unpack_members

LEFT_BY_SYSTEMS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
LISTED = 10


def read_tables(snapshot: Snapshot, *, name: str = "", limits: Limits = USUAL) -> list[Table]:
    """Read the tables of a file: CSV, TSV, XLSX, ODS, JSON, or a ZIP archive of such.

    Parameters
    ----------
    snapshot
        The bytes, and how they came to us. What they are is told from the bytes.
    name
        What messages call the file; its path or address unless given.
    limits
        Time, memory and size that reading may take.

    Returns
    -------
    list of Table
        At least one, each with at least one value. Cells are text as the publisher wrote it.

    Raises
    ------
    EmptyDocument, NotADocument, DocumentTooLarge, ReadingTimeout, OutOfMemory, DamagedDocument,
    UnsafeDocument, ProtectedDocument
        ``problem`` names which of the problems in ``problems.csv`` it is.
    """
    with _named(snapshot, name) as known:
        refuse_large(snapshot.body, limits)
        declared = content_type_of(snapshot.headers)
        return tables_of(snapshot.body, known, declared, limits, limits.nested)


def read_pages(
    snapshot: Snapshot,
    *,
    pages: tuple[int, int] | None = None,
    name: str = "",
    limits: Limits = USUAL,
) -> list[PdfPage]:
    """Read the text of a PDF page by page, each line with its place and whether it is seen.

    Parameters
    ----------
    snapshot
        The bytes of a PDF file.
    pages
        First and last page to be read, from 1; all unless given.
    name, limits
        As for `read_tables`.

    Raises
    ------
    EmptyDocument
        No page has any text, as in a scan.
    NotADocument, DocumentTooLarge, ReadingTimeout, OutOfMemory, DamagedDocument, UnsafeDocument,
    ProtectedDocument
        As for `read_tables`.
    """
    with _named(snapshot, name):
        refuse_large(snapshot.body, limits)
        kind = kind_of(snapshot.body, name)
        if kind != PDF and b"%PDF-" not in snapshot.body[:1024]:
            raise refuse_kind(snapshot.body, kind, "not_a_pdf")
        return [as_page(found) for found in GUARD.read("pages", snapshot.body, limits, pages)]


def read_json(snapshot: Snapshot, *, name: str = "", limits: Limits = USUAL) -> JsonValues:
    """Read JSON or JSON lines, numbers exact, in the form that `json` gives otherwise.

    Raises
    ------
    DocumentError
        As for `read_tables`.
    """
    with _named(snapshot, name) as known:
        refuse_large(snapshot.body, limits)
        kind = kind_of(snapshot.body, known)
        if kind in (media.JSON, media.TEXT, media.EMPTY):
            return parse_json(snapshot.body, limits)
        raise refuse_kind(snapshot.body, kind, "not_json")


def read_members(snapshot: Snapshot, *, name: str = "", limits: Limits = USUAL) -> list[Member]:
    """Unpack a ZIP archive in memory: all of its files, or none and the reason.

    Raises
    ------
    DocumentError
        As for `read_tables`.
    """
    with _named(snapshot, name) as known:
        refuse_large(snapshot.body, limits)
        if not snapshot.body.startswith(b"PK"):
            raise refuse_kind(snapshot.body, kind_of(snapshot.body, known), "not_a_zip")
        return unpack_members(snapshot.body, limits)


def read_exported(snapshot: Snapshot, *, name: str = "", limits: Limits = USUAL) -> Table:
    """Read a CSV file that this package wrote for spreadsheets, every cell as it was before.

    Files of others are never read so: an apostrophe of theirs is theirs.

    Raises
    ------
    DocumentError
        As for `read_tables`.
    """
    with _named(snapshot, name):
        table = read_delimited(snapshot.body, delimiter=",", limits=limits)
        rows = tuple(tuple(map(restore_cell, row)) for row in table.rows)
        return replace(table, rows=rows)


@contextmanager
def _named(snapshot: Snapshot, name: str) -> Iterator[str]:
    """Turn what is found inside a file into an error that names the file."""
    known = name or snapshot.path or snapshot.address or "the file"
    try:
        yield known
    except Refusal as refusal:
        raise failure(known, refusal.problem, refusal.found) from None


def tables_of(
    body: bytes, name: str, declared: str, limits: Limits, nested: int, inside: str = ""
) -> list[Table]:
    """Return the tables of one file, `inside` being its name where it is a member of an archive."""
    kind = kind_of(body, name, declared)
    if kind in (*TABLES, media.TEXT):
        mark = "\t" if kind == TSV and b"\t" in body else ""
        surely = kind in TABLES
        return [read_delimited(body, name=inside, delimiter=mark, surely=surely, limits=limits)]
    if kind == media.JSON:
        return [as_table(parse_json(body, limits), inside, limits)]
    if kind in (XLSX, ODS):
        return [as_sheet(found, inside) for found in GUARD.read("tables", body, limits)]
    if kind == ZIP:
        return archive_tables(body, limits, nested, inside)
    raise refuse_kind(body, kind)


def archive_tables(body: bytes, limits: Limits, nested: int, inside: str) -> list[Table]:
    """Return the tables of an archive's members, and note the members that are none."""
    if nested < 1:
        raise Refusal("zip_nested", "archives in archives, deeper than the limit")
    found: list[Table] = []
    left: list[str] = []
    clock = Clock(limits)
    for member in each_member(body, limits):
        limits = replace(limits, seconds=clock.left)
        if member.name.startswith(LEFT_BY_SYSTEMS) or member.name.endswith(LEFT_BY_SYSTEMS):
            continue
        place = f"{inside}/{member.name}" if inside else member.name
        try:
            made = tables_of(member.body, member.name, "", limits, nested - 1, place)
        except Refusal as refusal:
            if refusal.problem in ("not_a_table", "markup", "empty"):
                left.append(f"{shown(member.name)} ({refusal.found})")
                continue
            raise Refusal(refusal.problem, f"in {shown(place)}, {refusal.found}") from None
        taken = sum(len(row) or 1 for table in made for row in table.rows)
        limits = replace(
            limits,
            cells=max(0, limits.cells - taken),
            unpacked=max(0, limits.unpacked - len(member.body)),
        )
        found += made
    if not found:
        raise Refusal("not_a_table", f"an archive without a table in it: {listed(left)}")
    if left:
        note = f"not read in the archive: {listed(left)}"
        found = [replace(table, notes=(*table.notes, note)) for table in found]
    return found


def listed(names: list[str]) -> str:
    """Return names for a message, the first ten of them."""
    more = f" and {len(names) - LISTED:,} more" if len(names) > LISTED else ""
    return (", ".join(names[:LISTED]) or "no file at all") + more


def as_sheet(found: list[Any], inside: str) -> Table:
    """Return a table from the JSON that the child sent."""
    name, rows, notes, unread, hidden = found
    known = f"{inside}: {name}" if inside else name
    return Table(known, tuple(map(tuple, rows)), tuple(notes), tuple(unread), hidden)


def as_page(found: list[Any]) -> PdfPage:
    """Return a page from the JSON that the child sent."""
    number, width, height, lines, notes = found
    made = tuple(
        PdfLine(text, Box(*box), hidden, tuple(PdfWord(word, Box(*at)) for word, at in words))
        for text, box, hidden, words in lines
    )
    return PdfPage(number, width, height, made, tuple(notes))
