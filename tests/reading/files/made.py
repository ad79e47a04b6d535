# ruff: noqa: E501 - XML reads better unbroken
"""Files made for tests, whole and hostile: nothing large is kept, everything is built when needed."""

import hashlib
import io
import struct
import zipfile
import zlib
from xml.sax.saxutils import escape

from analysis.model.documents import Snapshot

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def snap(body, name=""):
    """Return bytes or text as a snapshot that came as a file of some name."""
    raw = body if isinstance(body, bytes) else body.encode()
    return Snapshot(snapshot_id=hashlib.sha256(raw).hexdigest(), body=raw, path=name)


def zip_of(members, method=zipfile.ZIP_DEFLATED):
    """Return an archive of names (or ZipInfo) and bytes, as the standard library writes it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return buffer.getvalue()


def raw_zip(entries, comment=b""):
    """Return an archive written by hand, in which every number can be wrong.

    An entry is a dict: name, body, and any of local_name, flags, method, crc, packed, unpacked,
    mode, at (the offset of another member's header), data (packed bytes in place of the body's).
    """
    out, lines = bytearray(), []
    for entry in entries:
        name, body = entry["name"], entry.get("body", b"")
        name = name if isinstance(name, bytes) else name.encode()
        method = entry.get("method", 0)
        packer = zlib.compressobj(9, wbits=-15)
        data = entry.get("data", packer.compress(body) + packer.flush() if method == 8 else body)
        crc = entry.get("crc", zlib.crc32(body))
        packed, unpacked = entry.get("packed", len(data)), entry.get("unpacked", len(body))
        flags, at = entry.get("flags", 0x800), entry.get("at", len(out))
        if "at" not in entry:
            local = entry.get("local_name", name)
            out += struct.pack(
                "<4s5H3L2H", b"PK\x03\x04", 20, flags, method, 0, 33, crc,
                entry.get("local_packed", packed), unpacked, len(local), 0,
            )  # fmt: skip
            out += local + data
        lines.append(
            struct.pack(
                "<4s6H3L5H2L", b"PK\x01\x02", 0x31E, entry.get("version", 20), flags, method, 0, 33, crc, packed,
                unpacked, len(name), 0, 0, 0, 0, entry.get("mode", 0o100644) << 16, at,
            )
            + name
        )  # fmt: skip
    directory = b"".join(lines)
    count = len(lines)
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(out), len(comment)
    )
    return bytes(out) + directory + end + comment


def cell(where, value="", kind="", style="", formula=None):
    """Return the XML of a cell: the value as it is written in the file, None for no value."""
    attributes = "".join(f' {k}="{v}"' for k, v in (("r", where), ("s", style), ("t", kind)) if v)
    inside = "" if formula is None else f"<f>{escape(formula)}</f>"
    if kind == "inlineStr":
        inside += f"<is><t xml:space='preserve'>{escape(value)}</t></is>"
    elif value is not None and value != "":
        inside += f"<v>{escape(value)}</v>"
    return f"<c{attributes}>{inside}</c>"


def letters(column):
    """Return the letters of a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def sheet_xml(rows, before="", after=""):
    """Return a sheet of rows: text becomes inline strings, tuples are arguments of `cell`."""
    lines = []
    for r, row in enumerate(rows, start=1):
        cells = []
        for c, value in enumerate(row):
            where = f"{letters(c)}{r}"
            if isinstance(value, str):
                cells.append(cell(where, value, "inlineStr"))
            elif value is not None:
                cells.append(
                    cell(where, *value[:-1], **value[-1])
                    if isinstance(value[-1], dict)
                    else cell(where, *value)
                )
        lines.append(f'<row r="{r}">{"".join(cells)}</row>')
    return f'{XML}<worksheet xmlns="{MAIN}">{before}<sheetData>{"".join(lines)}</sheetData>{after}</worksheet>'


STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/>'
    '</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="164"/><xf numFmtId="46"/></cellXfs></styleSheet>'
)


def workbook_parts(sheets, states=None):
    """Return the parts of an .xlsx by name; `sheets` gives the XML of each sheet by its name."""
    names = list(sheets)
    tags = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"'
        + (f' state="{(states or {})[name]}"' if name in (states or {}) else "")
        + "/>"
        for n, name in enumerate(names, 1)
    )
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(names) + 1)
    )
    parts = {
        "[Content_Types].xml": f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{tags}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}">{rels}<Relationship Id="rIdS" Type="{REL}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
    }
    for n, name in enumerate(names, 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = sheets[name]
    return parts


def xlsx(sheets, states=None, **changed):
    """Return an .xlsx; `changed` adds or replaces parts (``__`` for ``/``) before it is zipped."""
    parts = workbook_parts(sheets, states)
    parts.update(changed.get("parts", {}))
    return zip_of(parts.items())


ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
)


def ods_cell(value="", kind="string", more=""):
    """Return the XML of an ODS cell."""
    if kind == "string":
        return f'<table:table-cell office:value-type="string"{more}><text:p>{escape(value)}</text:p></table:table-cell>'
    if not kind:
        return f"<table:table-cell{more}/>"
    attribute = {"date": "date-value", "boolean": "boolean-value", "time": "time-value"}.get(
        kind, "value"
    )
    return f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}"{more}><text:p>{value}</text:p></table:table-cell>'


def ods(sheets, head=XML, **more):
    """Return an .ods; `sheets` gives the XML of the rows of each sheet by its name."""
    tables = "".join(
        f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items()
    )
    content = (
        f'{head}<office:document-content {ODS_SPACES} office:version="1.2"><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'{XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/></manifest:manifest>'
    )
    parts = {"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest}
    parts.update(more.get("parts", {}))
    return zip_of(parts.items())


def ods_row(*cells, more=""):
    """Return the XML of an ODS row."""
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def pdf_objects(objects, root=1, trailer="", version=b"%PDF-1.7\n"):
    """Return a PDF of objects given as bytes, numbered from 1, with a correct table of offsets."""
    out = bytearray(version)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    at = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root {root} 0 R {trailer}>>\nstartxref\n{at}\n%%EOF\n".encode()
    return bytes(out)


def stream(body, extra="", packed=False):
    """Return a stream object."""
    data = zlib.compress(body, 9) if packed else body
    how = "/Filter /FlateDecode " if packed else ""
    return f"<< /Length {len(data)} {how}{extra}>>\nstream\n".encode() + data + b"\nendstream"


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pdf(*contents, box="0 0 612 792", resources="/Font << /F1 3 0 R >>", more=(), packed=False):
    """Return a PDF of one page for each content stream; objects 4 and up are `more`."""
    fixed = 3 + len(more)
    kids = " ".join(f"{fixed + 1 + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        FONT,
        *more,
    ]
    for n, content in enumerate(contents):
        raw = content if isinstance(content, bytes) else content.encode("latin-1")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {fixed + 2 + 2 * n} 0 R "
            f"/Resources << {resources} >> >>".encode()
        )
        objects.append(stream(raw, packed=packed))
    return pdf_objects(objects)


def text_at(x, y, words, size=12, before="", font="F1"):
    """Return a content stream that writes words at a place, in points from the lower left."""
    words = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"q {before} BT /{font} {size} Tf {x} {y} Td ({words}) Tj ET Q\n"
