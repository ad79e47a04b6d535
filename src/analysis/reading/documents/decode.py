"""Bytes to text: byte-order mark, header, meta, and a guess where those are absent or wrong.

A declared encoding is believed only as far as the bytes agree. UTF-7 is never decoded: no page
needs it, and it hides markup.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.reading.documents.language import detect, scripts

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels mean to browsers what the Encoding Standard says, not what their names say.
LABELS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "utf-16": "utf-8",  # a page that can be read as ASCII up to its meta element is not UTF-16
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
NEVER = frozenset(
    [
        *("utf-7", "unicode_escape", "unicode-escape", "raw_unicode_escape", "raw-unicode-escape"),
        *("idna", "punycode", "undefined", "hz", "iso2022_kr", "mbcs", "oem"),
    ]
)
_ASCII = bytes(range(0x20, 0x7F))
_META = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{1,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_TAGS = re.compile(rb"<[^<>]*>|&#?\w+;")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
LATIN = {"cp1250": ("pl", "cs", "hu", "ro"), "cp1254": ("tr",), "cp1258": ("vi",)}
SAMPLE = 200_000  # bytes that a guess looks at
TOLERATED = 0.005  # share of undecodable characters for which a declaration is still believed


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding used, how that was found (bom, header, meta, guess), and remarks."""

    text: str
    encoding: str
    basis: str
    notes: tuple[str, ...] = ()


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Return `body` as text without NULs, control characters and lone surrogates.

    Parameters
    ----------
    body
        The bytes of an HTML page or a text file.
    content_type
        The Content-Type header that came with them, if any.
    """
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return Decoded(clean(body[len(mark) :].decode(encoding, "replace")), encoding, "bom")
    notes: list[str] = []
    for label, basis in declared(body, content_type):
        found = try_declared(body, label)
        if isinstance(found, Decoded):
            return Decoded(found.text, found.encoding, basis, (*notes, *found.notes))
        notes.append(f"the {basis} says charset {label!r}, {found}")
    text, encoding = guess(body)
    if notes:
        notes.append(f"read as {encoding}")
    return Decoded(clean(text), encoding, "guess", ("; ".join(notes),) if notes else ())


def declared(body: bytes, content_type: str) -> Iterator[tuple[str, str]]:
    """Yield the encodings that header and page declare, each with where it stands."""
    header = _HEADER.search(content_type)
    if header:
        yield header.group(1), "header"
    start = body[:4096]
    for pattern in (_XML, _META):
        inside = pattern.search(start)
        if inside:
            yield inside.group(1).decode("ascii", "replace"), "meta"


def try_declared(body: bytes, label: str) -> Decoded | str:
    """Return the text by a declared encoding, or in words why that is not believed."""
    try:
        codec = codecs.lookup(label)
    except LookupError:
        return "which is unknown"
    if not is_for_pages(codec):
        return "which is never used"
    encoding = LABELS.get(codec.name, codec.name)
    if encoding != "utf-8" and is_utf8(body):
        note = f"declared charset {label!r}, but the bytes are UTF-8"
        return Decoded(clean(body.decode("utf-8")), "utf-8", "guess", (note,))
    text = body.decode(encoding, "replace")
    wrong = text.count("�") - body.count(b"\xef\xbf\xbd")
    if wrong > TOLERATED * len(text) or (wrong > 0 and encoding != "utf-8"):
        return "which cannot decode it"
    if encoding == "cp1252" and looks_garbled(text):
        return "which gives no words"
    notes = (f"{wrong} characters could not be decoded as {encoding}",) if wrong > 0 else ()
    return Decoded(clean(text), encoding, "", notes)


def is_for_pages(codec: codecs.CodecInfo) -> bool:
    r"""Tell whether an encoding is one of text in which ASCII is ASCII.

    In the others (UTF-7, ``unicode_escape``, EBCDIC) markup hides that no browser would see; some,
    such as ``idna``, cannot even be asked to overlook an error.

    >>> is_for_pages(codecs.lookup("koi8-r")), is_for_pages(codecs.lookup("unicode_escape"))
    (True, False)
    """
    if codec.name in NEVER or not getattr(codec, "_is_text_encoding", True):
        return False
    if codec.name in LABELS:
        return True
    try:
        return _ASCII.decode(codec.name) == _ASCII.decode("ascii")
    except (UnicodeError, LookupError):
        return False


def is_utf8(body: bytes) -> bool:
    """Tell whether bytes beyond ASCII occur and all of them are UTF-8."""
    if body.isascii():
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def looks_garbled(text: str) -> bool:
    """Tell whether a text in Windows-1252 is another script misread: words of accents alone."""
    words: list[str] = [
        word for word in _LONG_WORD.findall(text[: 5 * SAMPLE]) if not word.isascii()
    ]
    strange = sum(sum(ch > "\x7f" for ch in word) > 0.7 * len(word) for word in words)
    return strange >= 5 and strange > 0.5 * len(words)


def guess(body: bytes) -> tuple[str, str]:
    """Return text and encoding where nothing usable is declared."""
    if body.isascii() or is_utf8(body):
        return body.decode("utf-8"), "utf-8"
    if mostly_utf8(body):
        return body.decode("utf-8", "replace"), "utf-8"
    sample = b" ".join(_TAGS.sub(b" ", body[: 5 * SAMPLE])[:SAMPLE].split())
    encoding = guess_encoding(sample)
    return body.decode(encoding, "replace"), encoding


def mostly_utf8(body: bytes) -> bool:
    """Tell whether bytes are UTF-8 but for a few that are damaged."""
    text = body.decode("utf-8", "replace")
    beyond = sum(ch > "\x7f" for ch in text[:SAMPLE])
    return text[:SAMPLE].count("�") < 0.1 * beyond


def guess_encoding(sample: bytes) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8."""
    from charset_normalizer import from_bytes

    arabic = arabic_plausibility(sample)
    if arabic > 0.7:
        return "cp1256"
    best = from_bytes(sample).best()
    name = codecs.lookup(best.encoding).name if best else "cp1252"
    if is_latin(sample.decode(name, "replace")):
        return latin_encoding(sample)
    return LABELS.get(name, name)


def is_latin(text: str) -> bool:
    """Tell whether the letters of a text beyond ASCII are of the Latin script."""
    beyond = "".join(ch for ch in text if ch > "\x7f" and ch.isalpha())
    return scripts(beyond)["latin"] >= 0.9 * len(beyond)


def latin_encoding(sample: bytes) -> str:
    """Return the encoding of a text in the Latin script, by the language that it then is in.

    A detector has only a handful of letters to go by and takes French for Central European.
    """
    for encoding, languages in LATIN.items():
        if detect(sample.decode(encoding, "replace"))[0] in languages:
            return encoding
    return "cp1252"


def arabic_plausibility(sample: bytes) -> float:
    """Return how likely bytes are Windows-1256: the share of frequent Arabic and Persian letters.

    Detectors take short Arabic texts for Cyrillic or Mac encodings. In Windows-1256 nearly all
    letters beyond ASCII are Arabic, and ten of them make up most of any Arabic or Persian text.
    """
    text = sample.decode("cp1256", "replace")
    beyond = [ch for ch in text if ch > "\x7f" and ch.isalpha()]
    if len(beyond) < 8:
        return 0.0
    arabic = [ch for ch in beyond if "\u0600" <= ch <= "\u06ff"]
    frequent = sum(ch in "اليمنتربودهسع" for ch in arabic)
    starts = sum(word.startswith(("ال", "و", "ب", "م", "در")) for word in text.split())
    if len(arabic) < 0.85 * len(beyond) or starts < 0.1 * len(text.split()):
        return 0.0
    return frequent / len(beyond)


def clean(text: str) -> str:
    """Drop NULs and control characters, and replace lone surrogates."""
    return _SURROGATE.sub("�", _CONTROL.sub("", text))


def content_type_of(headers: Iterable[tuple[str, str]]) -> str:
    """Return the Content-Type among `headers`, empty when there is none."""
    return next((value for name, value in headers if name.lower() == "content-type"), "")
