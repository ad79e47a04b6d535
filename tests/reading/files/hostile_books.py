# ruff: noqa: E501 - one case a line
"""Hostile and odd spreadsheets and PDF files: each with its problem by name, or what it says."""

import zlib

from tests.reading.files.made import (
    FONT,
    MAIN,
    ODS_SPACES,
    XML,
    cell,
    ods,
    ods_cell,
    ods_row,
    pdf,
    pdf_objects,
    raw_zip,
    sheet_xml,
    stream,
    text_at,
    workbook_parts,
    xlsx,
    zip_of,
)

BIG = "9007199254740993"
PLAIN = sheet_xml([["service", "removed"], ["X", ("125000",)]])
ROWS = (("service", "removed"), ("X", "125000"))
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def sheet(*rows, **more):
    """Return a workbook of one sheet."""
    return xlsx({"S": sheet_xml(rows, **more)})


def raw(data):
    """Return a workbook whose one sheet's rows are given as XML."""
    return xlsx({"S": f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>'})


def with_parts(**parts):
    """Return a plain workbook with parts added or replaced; ``__`` stands for a slash."""
    return xlsx({"S": PLAIN}, parts={name.replace("__", "/"): body for name, body in parts.items()})


def without(part):
    """Return a plain workbook that lacks a part."""
    parts = workbook_parts({"S": PLAIN})
    del parts[part]
    return zip_of(parts.items())


def huge_sheet(megabytes):
    """Return a workbook with one sheet of so many megabytes, little of which packs away."""
    row = "".join(cell(f"{letter}{{r}}", "12345") for letter in "ABCDEFGHIJ")
    count = megabytes * 1_000_000 // (len(row) + 25)
    lines = (f'<row r="{r}">{row.replace("{r}", str(r))}</row>' for r in range(1, count))
    return raw("".join(lines))


def sized(unpacked, packed=0):
    """Return a workbook whose sheet is said to have so many bytes, unpacked and packed."""
    parts = [{"name": n, "body": b.encode()} for n, b in workbook_parts({"S": PLAIN}).items()]
    parts[-1] |= {"data": b"x" * packed or b"x", "method": 8, "unpacked": unpacked}
    return raw_zip(parts)


BOOKS = [
    ("xlsx, plain", xlsx({"S": PLAIN}), ROWS),
    ("xlsx, big integers and decimals", sheet([(BIG,), ("0.1",), ("4.4999999999999998E-2",), ("1E3",), ("-7",)]), ((BIG, "0.1", "0.045", "1000", "-7"),)),
    ("xlsx, names that look like nothing", sheet(["NA", "None", "inf", "007", " x "]), (("NA", "None", "inf", "007", " x "),)),
    ("xlsx, dates with a point", sheet([("44104.0", "", "1"), ("7263952.0",), ("1.10",)]), (("2020-09-30", "7263952", "1.10"),)),
    ("xlsx, dates", sheet([("43190", "", "1"), ("43190.5", "", "2"), ("1.5", "", "3"), ("2018-03-31", "d")]), (("2018-03-31", "2018-03-31T12:00:00", "PT36H", "2018-03-31"),)),
    ("xlsx, truths and errors", sheet([("1", "b"), ("#N/A", "e"), ("#DIV/0!", "e")]), (("TRUE", "#N/A", "#DIV/0!"),)),
    ("xlsx, an error in the last cell", sheet(["a"], [None, None, ("#REF!", "e")]), (("a", "", ""), ("", "", "#REF!"))),
    ("xlsx, formulas with values", sheet([("5", "", "", {"formula": "2+3"}), ("x", "str", "", {"formula": "A1"})]), (("5", "x"),)),
    ("xlsx, a formula without a value", sheet(["total", (None, "", "", {"formula": "SUM(A1:A9)"})], ["b", ("1",)]), (("total", ""), ("b", "1"))),
    ("xlsx, formulas without values only", sheet([(None, "", "", {"formula": "1+1"})]), "no_values"),
    ("xlsx, empty", sheet(), "no_values"),
    ("xlsx, styles only", sheet([(None, "", "1"), (None, "", "2")]), "no_values"),
    ("xlsx, the last corner", raw(f'<row r="1">{cell("A1", "1")}</row><row r="1048576">{cell("XFD1048576", "1")}</row>'), "too_many_cells"),
    ("xlsx, a style in the last corner", raw(f'<row r="1">{cell("A1", "1")}</row><row r="1048576">{cell("XFD1048576", None, "", "1")}</row>'), (("1",),)),
    ("xlsx, a place that does not exist", raw(f'<row r="1">{cell("ZZZZ1", "1")}</row>'), "sheet_damaged"),
    ("xlsx, a row beyond the last", raw(f'<row r="9999999">{cell("A9999999", "1")}</row>'), "sheet_damaged"),
    ("xlsx, a cell twice", raw(f'<row r="1">{cell("A1", "1")}{cell("A1", "2")}</row>'), "sheet_damaged"),
    ("xlsx, cells out of order", raw(f'<row r="1">{cell("B1", "1")}{cell("A1", "2")}</row>'), "sheet_damaged"),
    ("xlsx, entities", xlsx({"S": PLAIN.replace("<worksheet", BOMB + "<worksheet", 1)}), "dtd"),
    ("xlsx, an outside entity", xlsx({"S": PLAIN.replace("<worksheet", OUTSIDE + "<worksheet", 1)}), "dtd"),
    ("xlsx, a document type alone", xlsx({"S": PLAIN.replace("<worksheet", "<!DOCTYPE worksheet><worksheet", 1)}), "dtd"),
    ("xlsx, entities in the workbook", with_parts(xl__x=b"", **{"xl__styles.xml": f"{XML}{BOMB}<styleSheet/>"}), "dtd"),
    ("xlsx, entities in UTF-16", xlsx({"S": PLAIN.replace("UTF-8", "UTF-16").replace("<worksheet", BOMB + "<worksheet", 1).encode("utf-16")}), "dtd"),
    ("xlsx, entities in an unknown part", with_parts(**{"docProps__core.xml": f"{XML}{BOMB}<x>&a9;</x>"}), "dtd"),
    ("xlsx, XML in UTF-7", xlsx({"S": PLAIN.replace("UTF-8", "UTF-7")}), "xml_damaged"),
    ("xlsx, 100,000 tags deep", raw("<a>" * 100_000 + "</a>" * 100_000), "no_values"),
    ("xlsx, XML cut off", xlsx({"S": PLAIN[:-30]}), "xml_damaged"),
    ("xlsx, no XML", xlsx({"S": b"\x00\x01\x02"}), "xml_damaged"),
    ("xlsx, a sheet is missing", without("xl/worksheets/sheet1.xml"), "sheet_damaged"),
    ("xlsx, the relations are missing", without("xl/_rels/workbook.xml.rels"), "sheet_damaged"),
    ("xlsx, links to other files", with_parts(**{"xl__externalLinks__externalLink1.xml": f"{XML}<externalLink/>"}), ROWS),
    ("xlsx, macros", with_parts(**{"xl__vbaProject.bin": b"\xd0\xcf\x11\xe0"}), ROWS),
    ("xlsx, a hyperlink elsewhere", with_parts(**{"xl__worksheets___rels__sheet1.xml.rels": f'{XML}<Relationships xmlns="x"><Relationship Id="r" TargetMode="External" Target="http://localhost:9/"/></Relationships>'}), ROWS),
    ("xlsx, a sheet of 300 MB", sized(300_000_000), "zip_bomb"),
    ("xlsx, a sheet of 110 MB that packs like one", sized(110_000_000, 2_000_000), "unpacked_too_large"),
    ("xlsx, more cells than allowed", lambda: huge_sheet(18), "too_many_cells"),
    ("xlsx, a traversal beside it", with_parts(**{"..__evil.xml": "<a/>"}), "zip_traversal"),
    ("xlsx, a doubled part", lambda: raw_zip([{"name": n, "body": b.encode()} for n, b in [*workbook_parts({"S": PLAIN}).items(), ("xl/Workbook.xml", "<a/>")]]), "zip_doubled"),
    ("xlsx, two sheets in one part", xlsx({"S": PLAIN, "T": PLAIN}, parts={"xl/_rels/workbook.xml.rels": workbook_parts({"S": PLAIN, "T": PLAIN})["xl/_rels/workbook.xml.rels"].replace("sheet2", "sheet1")}), "sheet_damaged"),
    ("xlsx, a shared string that is not there", sheet([("999999", "s")]), "sheet_damaged"),
    ("xlsx with a password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(100), "sheet_encrypted"),
    ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"), "old_spreadsheet"),
    ("xlsb", zip_of([("xl/workbook.bin", b"\x83\x01\x00"), ("[Content_Types].xml", b"<a/>")]), "old_spreadsheet"),
    ("ods, plain", ods({"S": ods_row(ods_cell("service"), ods_cell("removed")) + ods_row(ods_cell("X"), ods_cell("125000", "float"))}), ROWS),
    ("ods, big integers and dates", ods({"S": ods_row(ods_cell(BIG, "float"), ods_cell("2018-03-31", "date"), ods_cell("true", "boolean"), ods_cell("0.5", "percentage"))}), ((BIG, "2018-03-31", "TRUE", "0.5"),)),
    ("ods, repeated cells", ods({"S": ods_row(ods_cell(BIG, "float", ' table:number-columns-repeated="2"'), ods_cell("x"))}), ((BIG, BIG, "x"),)),
    ("ods, blanks up to the last corner", ods({"S": ods_row(ods_cell("a")) + ods_row(ods_cell("", "", ' table:number-columns-repeated="16384"'), more=' table:number-rows-repeated="1048575"')}), (("a",),)),
    ("ods, a value repeated a billion times", ods({"S": ods_row(ods_cell("7", "float", ' table:number-columns-repeated="16384"'), more=' table:number-rows-repeated="1000000"')}), "too_many_cells"),
    ("ods, a value in the last corner", ods({"S": ods_row(ods_cell("", ""), more=' table:number-rows-repeated="1048575"') + ods_row(ods_cell("", "", ' table:number-columns-repeated="16383"'), ods_cell("1", "float"))}), "too_many_cells"),
    ("ods, repeated beyond counting", ods({"S": ods_row(ods_cell("7", "float", ' table:number-columns-repeated="99999999999999"'))}), "sheet_damaged"),
    ("ods, repeated minus one times", ods({"S": ods_row(ods_cell("7", "float", ' table:number-columns-repeated="-1"'))}), "sheet_damaged"),
    ("ods, entities", ods({"S": ods_row(ods_cell("a"))}, head=XML + BOMB), "dtd"),
    ("ods, formulas without values", ods({"S": ods_row(ods_cell("", "", ' table:formula="of:=1+1"'))}), "no_values"),
    ("ods, encrypted", ods({"S": ods_row(ods_cell("a"))}, parts={"META-INF/manifest.xml": f'{XML}<manifest xmlns:m="m"><m:encryption-data/></manifest>'}), "sheet_encrypted"),
    ("ods, cut off", ods({"S": ods_row(ods_cell("a"))}, parts={"content.xml": f"{XML}<office:document-content {ODS_SPACES}>"}), "xml_damaged"),
    ("ods, empty", ods({"S": ods_row(ods_cell("", ""))}), "no_values"),
]  # fmt: skip

SEEN = text_at(72, 700, "Removed 1.9 million")
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
RESOURCES = "/Font << /F1 3 0 R >> "
FALSE = "Hidden 7.7 million"


def unseen(content="", **more):
    """Return a PDF that shows one line and hides another."""
    return pdf(SEEN + content, **more)


def flate_bomb(megabytes, layers=1):
    """Return a PDF whose page unpacks to so many megabytes of blanks."""
    packer, blanks = zlib.compressobj(1), b" " * 1_000_000
    data = b"".join(packer.compress(blanks) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    filters = "/FlateDecode " * layers
    head = f"<< /Length {len(data)} /Filter [{filters}] >>\nstream\n".encode()
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    return pdf_objects([*FIXED, page, head + data + b"\nendstream"])


FIXED = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>", FONT)


def wide_forms(depth=9, width=10):
    """Return a PDF in which each form draws the next one ten times."""
    forms = []
    for n in range(depth):
        draws = b"/X Do " * width if n < depth - 1 else SEEN.encode()
        resources = f"/Font << /F1 3 0 R >> /XObject << /X {5 + n} 0 R >>"
        forms.append(
            stream(
                draws,
                f"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << {resources} >> ",
            )
        )
    return pdf("/X Do", more=forms, resources=RESOURCES + "/XObject << /X 4 0 R >>")


LOOPED = stream(
    b"/X Do",
    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> ",
)
SMALL_PAGES = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
CRYPT = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /O <"
    + "28" * 32
    + "> /U <"
    + "00" * 32
    + "> /P -4 >> /ID [<00> <00>] "
)


def lying(pairs):
    """Return a map from codes to text, and a font that has it."""
    return [
        stream(
            b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange " + pairs + b" endcmap"
        ),
        FONT.replace(b">>", b"/ToUnicode 4 0 R >>"),
    ]


LYING_FONT = lying(b"1 beginbfchar <31> <0037> endbfchar")
# The third is a problem, a list of visible lines, or both lists: (visible, hidden with the reason).
PDFS = [
    ("plain", unseen(), (["Removed 1.9 million"], [])),
    ("two pages", pdf(SEEN, text_at(72, 700, "Page two")), (["Removed 1.9 million", "Page two"], [])),
    ("packed", pdf(SEEN, packed=True), (["Removed 1.9 million"], [])),
    ("turned", pdf(SEEN).replace(b"/MediaBox", b"/Rotate 90 /MediaBox"), (["Removed 1.9 million"], [])),
    ("small print", unseen(text_at(72, 600, "Note 3.", size=5)), (["Removed 1.9 million", "Note 3."], [])),
    ("white on dark", pdf("0 0 0 rg 60 690 300 30 re f " + text_at(72, 700, "Removed 1.9 million", before="1 1 1 rg")), (["Removed 1.9 million"], [])),
    ("grey", pdf(text_at(72, 700, "Removed 1.9 million", before="0.6 g")), (["Removed 1.9 million"], [])),
    ("outlined", pdf(text_at(72, 700, "Removed 1.9 million", before="1 Tr")), (["Removed 1.9 million"], [])),
    ("invisible", unseen(text_at(72, 600, FALSE, before="3 Tr")), (["Removed 1.9 million"], [(FALSE, "invisible")])),
    ("clips only", unseen(text_at(72, 600, FALSE, before="7 Tr")), (["Removed 1.9 million"], [(FALSE, "invisible")])),
    ("white on white", unseen(text_at(72, 600, FALSE, before="1 1 1 rg")), (["Removed 1.9 million"], [(FALSE, "leaves no trace")])),
    ("nearly white", unseen(text_at(72, 600, FALSE, before=".96 .97 .96 rg")), (["Removed 1.9 million"], [(FALSE, "leaves no trace")])),
    ("white by other inks", unseen(text_at(72, 600, FALSE, before="0 0 0 0 k")), (["Removed 1.9 million"], [(FALSE, "leaves no trace")])),
    ("white across a rule", unseen("0 0 0 RG 60 604 m 400 604 l S " + text_at(72, 600, FALSE, before="1 1 1 rg"))[:], None),
    ("black on black", unseen("0 0 0 rg 60 590 300 30 re f " + text_at(72, 600, FALSE)), (["Removed 1.9 million"], [(FALSE, "leaves no trace")])),
    ("covered", pdf(text_at(72, 600, FALSE) + "q 1 1 1 rg 60 590 300 30 re f Q " + SEEN), (["Removed 1.9 million"], [(FALSE, "leaves no trace")])),
    ("struck by a black box", pdf(text_at(72, 600, FALSE) + "q 0 0 0 rg 60 590 300 30 re f Q " + SEEN), (["Removed 1.9 million"], [(FALSE, "leaves no trace")])),
    ("off to the left", unseen(text_at(-400, 600, FALSE)), (["Removed 1.9 million"], [(FALSE, "off the page")])),
    ("above the page", unseen(text_at(72, 900, FALSE)), (["Removed 1.9 million"], [(FALSE, "off the page")])),
    ("outside the crop", pdf(SEEN + text_at(72, 100, FALSE)).replace(b"/MediaBox", b"/CropBox [0 500 612 792] /MediaBox"), (["Removed 1.9 million"], [(FALSE, "off the page")])),
    ("tiny", unseen(text_at(72, 600, FALSE, size=0.5)), (["Removed 1.9 million"], [(FALSE, "tiny")])),
    ("tiny by a matrix", unseen(text_at(7200, 60000, FALSE, before="0.01 0 0 0.01 0 0 cm")), (["Removed 1.9 million"], [(FALSE, "tiny")])),
    ("clipped away", unseen("q 0 0 10 10 re W n " + text_at(72, 600, FALSE) + "Q "), (["Removed 1.9 million"], [(FALSE, "leaves no trace")])),
    ("transparent", unseen(text_at(72, 600, FALSE, before="/G gs"), more=[b"<< /Type /ExtGState /ca 0 >>"], resources=RESOURCES + "/ExtGState << /G 4 0 R >>"), (["Removed 1.9 million"], [(FALSE, "transparent")])),
    ("white in a form", unseen("/X Do", more=[stream(text_at(72, 600, FALSE, before="1 1 1 rg").encode(), FORM)], resources=RESOURCES + "/XObject << /X 4 0 R >>"), (["Removed 1.9 million"], [(FALSE, "leaves no trace")])),
    ("one word white in a line", pdf("BT /F1 12 Tf 72 700 Td (Removed 1.9 ) Tj 1 1 1 rg (7.7 ) Tj 0 0 0 rg (million) Tj ET"), (["Removed 1.9", "million"], [("7.7", "leaves no trace")])),
    ("other digits painted", pdf(text_at(72, 700, "Removed 1.9 million", font="F2"), more=LYING_FONT, resources="/Font << /F2 5 0 R >>"), (["Removed", "million"], [("7.9", "other digits are painted")])),
    ("other digits by a range", pdf(text_at(72, 700, "Removed 1.9 million", font="F2"), more=lying(b"1 beginbfrange <30> <31> [<0030> <0037>] endbfrange"), resources="/Font << /F2 5 0 R >>"), (["Removed", "million"], [("7.9", "other digits are painted")])),
    ("an honest map", pdf(text_at(72, 700, "Removed 1.9 million", font="F2"), more=lying(b"1 beginbfrange <20> <7e> <0020> endbfrange"), resources="/Font << /F2 5 0 R >>"), (["Removed 1.9 million"], [])),
    ("no text", pdf("0 0 0 rg 9 9 9 9 re f"), "no_text"),
    ("nothing but a head", b"%PDF-1.7\n%%EOF\n", "pdf_damaged"),
    ("cut off", unseen()[:300], "pdf_damaged"),
    ("no pages", pdf_objects([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]), "pdf_damaged"),
    ("encrypted", pdf_objects([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"], trailer=CRYPT), "pdf_encrypted"),
    ("1,001 pages", lambda: pdf_objects([b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{'3 0 R ' * 1001}] /Count 1001 >>".encode(), SMALL_PAGES]), "too_many_pages"),
    ("a billion pages counted", pdf_objects([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>", SMALL_PAGES]), {"too_many_pages", "pdf_damaged", "no_text"}),
    ("pages in a loop", pdf_objects([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]), {"pdf_damaged", "no_text"}),
    ("a form that draws itself", unseen("/X Do", more=[LOOPED], resources=RESOURCES + "/XObject << /X 4 0 R >>"), (["Removed 1.9 million"], [])),
    ("forms ten wide and nine deep", wide_forms, {"timeout", "broke_reader", "memory", "no_text"}),
    ("a length that refers to itself", pdf_objects([*FIXED, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R >>", b"<< /Length 5 0 R >>\nstream\nx\nendstream"]), {"no_text", "pdf_damaged"}),
    ("a bomb of 512 MB", lambda: flate_bomb(512), {"memory", "broke_reader", "no_text", "pdf_damaged"}),
    ("a bomb in a bomb", lambda: flate_bomb(300, 2), {"memory", "broke_reader", "no_text", "pdf_damaged", "timeout"}),
    ("an endless page", pdf(SEEN, box="0 0 100000000 100000000"), None),
    ("a page of no size", pdf(SEEN, box="0 0 0 0"), None),
    ("numbers without end", pdf(SEEN + "9" * 100_000 + " 0 Td", box="0 0 612 792"), (["Removed 1.9 million"], [])),
    ("100,000 brackets", pdf(SEEN + "[" * 100_000), None),
    ("100,000 dictionaries", pdf_objects([b"<< /Type /Catalog /Pages 2 0 R /A " + b"<< /A " * 100_000]), "pdf_damaged"),
]  # fmt: skip
