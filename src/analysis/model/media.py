"""What kind of bytes these are, told from the bytes themselves.

A server's or a file name's word is not taken for it: a report called ``.html`` can be a PDF. The
name only decides between kinds of text that look alike.
"""

import re
from pathlib import PurePosixPath

EMPTY = "application/x-empty"
BINARY = "application/octet-stream"
HTML, TEXT, JSON, CSV = "text/html", "text/plain", "application/json", "text/csv"

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"WARC/", "application/warc"),
    (b"bplist00", "application/x-webarchive"),
    (b"{\\rtf", "application/rtf"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-executable"),
)
_HTML_START = re.compile(
    rb"(?:\s|<!--(?:(?!-->).)*-->|<\?xml[^>]*>)*"
    rb"<(?:!doctype\s+html|html|head|title|meta|body|script|style|table|div|article|main|section"
    rb"|h1|h2|p|br|a|font|b|ul|ol|iframe|header|span|center|img)[\s>/]",
    re.I | re.S,
)
_HTML_INSIDE = re.compile(rb"<(?:html|body|p|div|article|td|h1)[\s>]", re.I)
_MHTML = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
_JSON = re.compile(rb'\s*(?:\{\s*["}]|\[\s*(?:[\[{"]|-?\d[\d.eE+-]*\s*,))')
_NOT_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_BY_NAME = {".csv": CSV, ".tsv": "text/tab-separated-values", ".md": "text/markdown"}
HEAD = 4096  # bytes looked at


def sniff(body: bytes, name: str = "") -> str:
    r"""Return the media type of `body`; `name` tells apart what looks like plain text.

    >>> sniff(b"%PDF-1.7 ..."), sniff(b"<p>Hello"), sniff(b"a,b\\n1,2", "t.csv"), sniff(b" ")
    ('application/pdf', 'text/html', 'text/csv', 'application/x-empty')
    """
    start = body[:HEAD]
    if not body.strip(b" \t\r\n\f\xef\xbb\xbf\xfe\xff"):
        return EMPTY
    magic = next((kind for mark, kind in MAGIC if start.startswith(mark)), "")
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        magic = "image/webp"
    return magic or text_kind(start, name)


def text_kind(start: bytes, name: str) -> str:
    """Return which kind of text the first bytes of a file are, `BINARY` if they are none."""
    plain = _without_wide_characters(start)
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if plain is None or len(_NOT_TEXT.findall(plain)) > len(plain) // 20:
        return BINARY
    if _MHTML.search(plain) and not plain.lstrip().startswith(b"<"):
        return "multipart/related"
    named_html = suffix in (".html", ".htm", ".xhtml") and b"<" in plain
    if _HTML_START.match(plain) or named_html or len(_HTML_INSIDE.findall(plain)) > 2:
        return HTML
    if _JSON.match(plain):
        return JSON
    return _BY_NAME.get(suffix, TEXT)


def _without_wide_characters(start: bytes) -> bytes | None:
    """Return text bytes without byte-order mark and the zeros of UTF-16; None for binary data."""
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return start[2:].replace(b"\x00", b"")
    start = start.removeprefix(b"\xef\xbb\xbf")
    if start.count(b"\x00") > len(start) // 10:
        return None
    return start.replace(b"\x00", b"")
