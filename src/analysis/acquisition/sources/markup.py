"""Foreign HTML and XML as trees, without entities, networks or endless depth."""

import codecs
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from analysis.model.errors import LayoutError

Element = Any  # what the stubs of lxml say of trees and paths is too loose to help
TYPED = "{} declares a document type, which feeds and sitemaps do not"
DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
SPACES = re.compile(r"\s+")
MOST_BYTES = 8_000_000  # of a page that lists others
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
# Encodings in which ASCII is ASCII. UTF-7 and its like, which hide markup, are never decoded.
PLAIN = re.compile(
    r"utf_8|cp125\d|iso8859_\d+|latin_1|koi8_[ru]|mac_\w+|shift_jis|cp932|euc_\w+|gb\w*|big5|cp949"
    "|tis_620"
)
# A tag as HTML takes it apart, from any "<x" on: also one in a script or a comment is looked at, so
# that no trick with quotes can hide another.
TAG_START = re.compile(rb"<[A-Za-z]")
NAME_END = re.compile(rb"[ \t\r\n\f\v/>]")
SPACE = rb"[ \t\r\n\f\v/]*+"
VALUE = rb"\"[^\"]*+\"|'[^']*+'|(?![\"'])[^ \t\r\n\f\v>]*+"
NAME = rb"[^ \t\r\n\f\v/>][^ \t\r\n\f\v/>=]*+"
ATTRIBUTE = re.compile(SPACE + NAME + rb"(?:\s*+=\s*+(?:" + VALUE + rb"))?+")
MOST_COMPARED = 150_000_000  # pairs of attributes of one tag: the parser compares each with each
LOOKED_AT = 8  # times the size of the page, that is read to find the ends of tags
ALWAYS = 1_000_000  # bytes that are looked at in any case


def html_tree(body: bytes, address: str, encoding: str = "") -> Element:
    """Return the tree of an HTML page without its comments.

    The encoding is the one that it declares unless one is given.

    Raises
    ------
    LayoutError
        The bytes hold no elements, or more than a page has.
    """
    if len(body) > MOST_BYTES:
        raise LayoutError(f"{address} has {len(body):,} bytes, more than a page of links")
    plain = body.decode(encoding or encoding_of(body), "replace").encode("utf-8", "replace")
    if is_costly(plain):
        raise LayoutError(f"{address} is no page: it has tags without end, or of no use")
    try:
        parser = html.HTMLParser(
            encoding="utf-8",
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        tree = html.document_fromstring(plain, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise LayoutError(f"{address} is no HTML page: {error}") from error
    return tree


def encoding_of(body: bytes) -> str:
    r"""Return the encoding of a page: its byte-order mark, what it declares, or UTF-8.

    >>> encoding_of(b'<meta charset="windows-1251">'), encoding_of(b"<meta charset=utf-7>")
    ('cp1251', 'utf-8')
    """
    for mark, name in BOMS:
        if body.startswith(mark):
            return name
    declared = CHARSET.search(body[:4096])
    try:
        name = codecs.lookup(declared.group(1).decode("ascii")).name if declared else "utf-8"
    except LookupError:
        return "utf-8"
    return name if PLAIN.fullmatch(name.replace("-", "_")) else "utf-8"


def is_costly(body: bytes) -> bool:
    """Say whether a page has so many attributes in a tag that the parser would take minutes.

    libxml2 compares each attribute of an HTML tag with all others of it: a page of 4 MB can keep it
    busy for an hour, and it cannot be interrupted.
    """
    compared = looked = 0
    for start in TAG_START.finditer(body):
        end = NAME_END.search(body, start.end())
        at, count = end.start() if end else len(body), 0
        while found := ATTRIBUTE.match(body, at):
            at, count = found.end(), count + 1
            if count * count > MOST_COMPARED:
                return True
        compared += count * count
        looked += at - start.start()
        if compared > MOST_COMPARED or looked > LOOKED_AT * len(body) + ALWAYS:
            return True
    return False


def xml_tree(body: bytes, address: str) -> Element:
    """Return the tree of an XML file without a document type.

    Raises
    ------
    LayoutError
        It is no well-formed XML, or declares a document type or entities.
    """
    if DTD.search(body[:100_000]):
        raise LayoutError(TYPED.format(address))
    try:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        root = etree.fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise LayoutError(f"{address} is no well-formed XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:  # in UTF-16, or behind a long comment
        raise LayoutError(TYPED.format(address))
    return root


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace, empty for comments."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def words_of(element: Element | None) -> str:
    """Return the text of an element on one line."""
    if element is None:
        return ""
    return SPACES.sub(" ", "".join(element.itertext())).strip()


def absolute(address: str, place: str) -> str:
    """Return where a link leads, empty where that is no web page."""
    try:
        found = urljoin(address, place.strip())
        parts = urlsplit(found)
    except ValueError:
        return ""
    return found if parts.scheme in ("http", "https") and parts.hostname else ""
