"""What a foreign file is, from its bytes; its name only decides between kinds of text."""

from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from analysis.model import media
from analysis.reading.documents.refuse import refusals
from analysis.reading.files.encoding import wide_encoding
from analysis.reading.files.limits import Limits
from analysis.reading.files.problems import Refusal
from analysis.reading.files.ziplist import read_directory

PDF, ZIP, OLE = "application/pdf", "application/zip", "application/x-ole-storage"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
TSV = "text/tab-separated-values"
TABLES = (media.CSV, TSV)
_BY_SUFFIX = {
    ".csv": media.CSV,
    ".tsv": TSV,
    ".tab": TSV,
    ".json": media.JSON,
    ".jsonl": media.JSON,
    ".ndjson": media.JSON,
}
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_START_OF_MARKUP = b"<"


def kind_of(body: bytes, name: str = "", declared: str = "") -> str:
    """Return the media type of a file.

    Parameters
    ----------
    body
        Its bytes.
    name
        File name or address; its ending says which kind of text a text is.
    declared
        Content type that a server gave, which says no more than an ending does.
    """
    found = media.sniff(body, name)
    if found == ZIP:
        return kind_of_zip(body)
    suffix = PurePosixPath(name.replace("\\", "/").partition("?")[0]).suffix.lower()
    said = _BY_SUFFIX.get(suffix) or declared.partition(";")[0].strip().lower()
    said = said if said in (*TABLES, media.JSON) else ""
    if found == media.BINARY and (wide_encoding(body) or said):
        return said or media.TEXT
    if found == media.TEXT:
        return said or found
    starts = body.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1]
    if said in TABLES and starts != _START_OF_MARKUP and found in (media.HTML, media.JSON):
        return said  # cells may hold tags
    return found


def kind_of_zip(body: bytes) -> str:
    """Return which kind of file in the ZIP format this is, by the names in its directory."""
    try:
        names = {entry.name for _, entry in read_directory(body, Limits(members=100_000))}
    except Refusal:
        return ZIP
    if "xl/workbook.xml" in names:
        return XLSX
    if "xl/workbook.bin" in names:
        return XLSB
    if {"mimetype", "content.xml"} <= names:
        head = body[:200]  # where the type stands, unless somebody packed it
        other = b"application/vnd.oasis.opendocument." in head and ODS.encode() not in head
        return ZIP if other else ODS
    return ZIP


def refuse_kind(body: bytes, kind: str, expected: str = "not_a_table") -> Refusal:
    """Return the refusal of a file that is none of those expected, saying what it is."""
    if kind == media.EMPTY:
        return Refusal("empty", f"no text ({len(body):,} bytes)")
    if kind == OLE and _ENCRYPTED_PACKAGE in body:
        return Refusal("sheet_encrypted", "a spreadsheet or document with a password")
    if kind in (OLE, XLSB):
        return Refusal("old_spreadsheet", "a spreadsheet or document in a binary format")
    if kind == media.HTML:
        return Refusal("markup", "an HTML page")
    named = {
        XLSX: "a spreadsheet (.xlsx)",
        ODS: "a spreadsheet (.ods)",
        media.TEXT: "plain text",
        "text/markdown": "plain text",
    }
    found = next(row[1] for row in refusals() if fnmatchcase(kind, row[0]))
    return Refusal(expected, named.get(kind, found))
