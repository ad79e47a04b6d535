"""Foreign files to plain text: tables, pages, values and members, within limits, or a named error.

Nothing in here trusts the file: not its name, its sizes, its checksums or its own idea of what is
visible.
"""

from analysis.reading.files.limits import Limits
from analysis.reading.files.reader import (
    read_exported,
    read_json,
    read_members,
    read_pages,
    read_tables,
)
from analysis.reading.files.shapes import (
    Box,
    JsonValues,
    Member,
    PdfLine,
    PdfPage,
    PdfWord,
    Table,
)

__all__ = [
    "Box",
    "JsonValues",
    "Limits",
    "Member",
    "PdfLine",
    "PdfPage",
    "PdfWord",
    "Table",
    "read_exported",
    "read_json",
    "read_members",
    "read_pages",
    "read_tables",
]
