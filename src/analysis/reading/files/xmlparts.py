"""The XML inside a spreadsheet, read as a stream: no document type and no entity."""

from collections.abc import Callable, Mapping
from xml.parsers import expat

from analysis.reading.files.problems import Refusal, shown

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
PIECE = 1 << 16


def scan(
    body: bytes,
    part: str,
    start: Start | None = None,
    end: End | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read a part and hand its tags and text over, names as they stand there.

    Depth does no harm here: the parser keeps no tree.

    Raises
    ------
    Refusal
        It declares a document type or entities, or is no XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_doctype(part)
    parser.EntityDeclHandler = lambda *_: _refuse_doctype(part)
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    if start:
        parser.StartElementHandler = start
    if end:
        parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    try:
        for at in range(0, max(len(body), 1), PIECE):
            parser.Parse(body[at : at + PIECE], at + PIECE >= len(body))
    except (expat.ExpatError, ValueError, LookupError) as error:
        found = f"{shown(part)} is no XML: {error}"
        raise Refusal("xml_damaged", found) from None


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def _refuse_doctype(part: str) -> None:
    raise Refusal("dtd", f"{shown(part)} declares a document type or entities, expected none")


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """Return an attribute by its name without prefix, empty if it is not there."""
    if name in attributes:
        return attributes[name]
    return next((v for k, v in attributes.items() if k.rpartition(":")[2] == name), "")
