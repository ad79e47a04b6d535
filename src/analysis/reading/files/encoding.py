"""The bytes of a table to text, strictly: a character that cannot be read is never passed over.

UTF-7 is no candidate: no table needs it, and it hides what cells hold.
"""

from analysis.reading.documents.decode import BOMS, guess_encoding
from analysis.reading.files.problems import Refusal

SAMPLE = 200_000  # bytes that a guess looks at
HEAD = 4096
WIDE = 0.4  # share of zeros at every second byte that speaks for UTF-16
NARROW = 0.05  # and at the others


def decode_table(body: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file of cells, and what was odd about its encoding.

    Raises
    ------
    Refusal
        The bytes are not text in the encoding they begin with or most look like.
    """
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return _strict(body[len(mark) :], encoding), ()
    wide = wide_encoding(body)
    if wide:
        return _strict(body, wide), (f"read as {wide}, though no byte-order mark says so",)
    try:
        return body.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return _not_utf8(body, error)


def wide_encoding(body: bytes) -> str:
    """Return the UTF-16 that bytes without a mark look like, empty if they do not.

    >>> wide_encoding("a,b".encode("utf-16-le")), wide_encoding(b"a,b")
    ('utf-16-le', '')
    """
    head = body[:HEAD]
    pairs = len(head) // 2
    if pairs < 2:
        return ""
    first = head[0 : 2 * pairs : 2].count(0) / pairs
    second = head[1 : 2 * pairs : 2].count(0) / pairs
    if second >= WIDE and first <= NARROW:
        return "utf-16-le"
    return "utf-16-be" if first >= WIDE and second <= NARROW else ""


def _not_utf8(body: bytes, error: UnicodeDecodeError) -> tuple[str, tuple[str, ...]]:
    """Return the text of bytes that are no UTF-8."""
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    if sum(ch > "\x7f" and ch != "\ufffd" for ch in text[:SAMPLE]) > text[:SAMPLE].count("\ufffd"):
        line = body.count(b"\n", 0, error.start) + 1
        note = f"{wrong} characters are damaged and stand as \ufffd, the first in line {line}"
        return text, (note,)
    beyond = bytes(byte for byte in body[: 5 * SAMPLE] if byte > 0x7F)
    encoding = guess_encoding(body[:SAMPLE]) if len(beyond) > 3 else "cp1252"
    if "utf" in encoding.lower():
        encoding = "cp1252"
    return _strict(body, encoding), (f"read as {encoding}, which is a guess",)


def _strict(body: bytes, encoding: str) -> str:
    """Return text of bytes in an encoding."""
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refusal(
            "encoding",
            f"the bytes are not {encoding.upper()} (byte {error.start:,}), expected text in "
            "UTF-8, UTF-16 or Windows-1252",
        ) from None
