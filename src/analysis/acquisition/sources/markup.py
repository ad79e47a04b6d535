"""Foreign HTML and XML as trees, without entities, networks or endless depth."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from analysis.model.errors import LayoutError

Element = Any  # what the stubs of lxml say of trees and paths is too loose to help
DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
SPACES = re.compile(r"\s+")


def html_tree(body: bytes, address: str) -> Element:
    """Return the tree of an HTML page.

    Raises
    ------
    LayoutError
        The bytes hold no elements.
    """
    try:
        parser = html.HTMLParser(encoding=None, no_network=True, huge_tree=False)
        tree = html.document_fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise LayoutError(f"{address} is no HTML page: {error}") from error
    return tree


def xml_tree(body: bytes, address: str) -> Element:
    """Return the tree of an XML file without a document type.

    Raises
    ------
    LayoutError
        It is no well-formed XML, or declares a document type or entities.
    """
    if DTD.search(body[:100_000]):
        raise LayoutError(f"{address} declares a document type, which feeds and sitemaps do not")
    try:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        return etree.fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise LayoutError(f"{address} is no well-formed XML: {error}") from error


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
