# ruff: noqa: E501 - one case a line
"""Hostile and odd CSV, JSON and ZIP files: each with its problem by name, or the right cells."""

import json
import zipfile

from tests.reading.files.made import raw_zip, sheet_xml, xlsx, zip_of

GOOD = b"service,removed\nX,125000\n"
GOOD_ROWS = (("service", "removed"), ("X", "125000"))
NAMES = ("NA", "None", "null", "NULL", "nan", "inf", "-inf", "True", "", "N/A", "#N/A", "undefined")
BIG = "9007199254740993"
HTML = b"<!DOCTYPE html><html><body><table><tr><td>a,b</td></tr></table></body></html>"
UTF7 = b"service,removed\n+ADw-script+AD4-,1\n"

# (what it is, bytes or a function that makes them, problem or rows of the first table)
CSV = [
    ("plain", GOOD, GOOD_ROWS),
    ("semicolons and decimal commas", b"service;n\nX;1.900.000,5\nY;0,5\n", (("service", "n"), ("X", "1.900.000,5"), ("Y", "0,5"))),
    ("tabs", b"a\tb\n1\t2\n", (("a", "b"), ("1", "2"))),
    ("bars", b"a|b\n1|2\n", (("a", "b"), ("1", "2"))),
    ("a hint of the delimiter", b"sep=;\r\na;b\r\n1;2\r\n", (("a", "b"), ("1", "2"))),
    ("names that look like nothing", ("name\n" + "\n".join(n or '""' for n in NAMES)).encode(), (("name",), *((n,) for n in NAMES))),
    ("ids with leading zeros", b"id,n\n007,00\n", (("id", "n"), ("007", "00"))),
    ("integers above 2**53", f"n,m\n{BIG},{BIG * 3}\n".encode(), (("n", "m"), (BIG, BIG * 3))),
    ("numbers as written", b"a,b,c,d\n1.10,1e5,+3,-0\n", (("a", "b", "c", "d"), ("1.10", "1e5", "+3", "-0"))),
    ("blanks kept", b"a,b\n x , y\n", (("a", "b"), (" x ", " y"))),
    ("rows of unequal length", b"a,b,c\n1\n1,2,3,4\n\n1,2,3\n", (("a", "b", "c"), ("1",), ("1", "2", "3", "4"), (), ("1", "2", "3"))),
    ("line ends within quotes", b'a,b\r\n"1\r\n2\r3\n4",5\r\n', (("a", "b"), ("1\r\n2\r3\n4", "5"))),
    ("old line ends", b"a,b\r1,2\r", (("a", "b"), ("1", "2"))),
    ("UTF-8 with a mark", "\ufeffé,b\n1,2".encode(), (("é", "b"), ("1", "2"))),
    ("UTF-16 little end first", "\ufeffé,b\n1,2".encode("utf-16-le"), (("é", "b"), ("1", "2"))),
    ("UTF-16 big end first", "\ufeffé,b\n1,2".encode("utf-16-be"), (("é", "b"), ("1", "2"))),
    ("UTF-16 without a mark", "name,b\nabc,2".encode("utf-16-le"), (("name", "b"), ("abc", "2"))),
    ("UTF-16 big, no mark", "name,b\nabc,2".encode("utf-16-be"), (("name", "b"), ("abc", "2"))),
    ("UTF-32", "\ufeffé,b\n1,2".encode("utf-32-le"), (("é", "b"), ("1", "2"))),
    ("Windows-1252", "Café,“b”\n1,2".encode("cp1252"), (("Café", "“b”"), ("1", "2"))),
    ("Windows-1256", "المنصة,المحتوى المحذوف من الموقع\nفيسبوك,2".encode("cp1256"), (("المنصة", "المحتوى المحذوف من الموقع"), ("فيسبوك", "2"))),
    ("UTF-7 is not decoded", UTF7, (("service", "removed"), ("+ADw-script+AD4-", "1"))),
    ("formulas stay text", b'a,b\n=1+1,"@SUM(A1)"\n', (("a", "b"), ("=1+1", "@SUM(A1)"))),
    ("tags in cells", b"a,b,c,d\n<p>,<p>,<p>,<p>\n", (("a", "b", "c", "d"), ("<p>",) * 4)),
    ("a list in brackets first", b'["x"],b\n1,2\n', (('["x"]', "b"), ("1", "2"))),
    ("a bad byte in UTF-8", "é,ü,ö\nä,ß,é\n".encode() + b"\xff,1,2\n", (("é", "ü", "ö"), ("ä", "ß", "é"), ("\ufffd", "1", "2"))),
    ("half a million cells is the limit", lambda: b"1\n" * 500_001, "too_many_cells"),
    ("nothing", b"", "empty"),
    ("blanks only", b" \r\n\t\n", "empty"),
    ("a mark only", b"\xef\xbb\xbf", "empty"),
    ("delimiters only", b",,,\n,,,\n", "empty"),
    ("a NUL", b"a,b\n1,\x002\n", "nul"),
    ("NULs all over", b"a,b\n" + b"\x00" * 500, "nul"),
    ("an unclosed quote", b'a,b\n"1,2\n3,4\n', "quote"),
    ("text after a quote", b'a,b\n"1"x,2\n', "quote"),
    ("a quote that swallows lines", b'a,b\n"1,2\n3,"4"\n', "quote"),
    ("a million columns", lambda: b"a" + b",a" * 1_000_000, "too_many_columns"),
    ("20,000 columns", lambda: b"a" + b",a" * 20_000, "too_many_columns"),
    ("19 million delimiters", lambda: b"a" + b"," * 19_000_000, "too_many_columns"),
    ("a cell of a megabyte", lambda: b"a,b\n" + b"x" * 1_000_000 + b",1\n", "cell_too_long"),
    ("a quoted megabyte", lambda: b'a,b\n"' + b"x\n" * 500_000 + b'",1\n', "cell_too_long"),
    ("21 megabytes", lambda: b"a,b\n" * 5_300_000, "too_large"),
    ("an HTML page", HTML, "markup"),
    ("HTML after blanks", b"\n" * 5000 + HTML, "markup"),
    ("HTML after a mark", b"\xef\xbb\xbf" + HTML, "markup"),
    ("HTML in UTF-16", HTML.decode().encode("utf-16"), "markup"),
    ("XML", b'<?xml version="1.0"?><rows><row a="1"/></rows>', "markup"),
    ("an image", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "not_a_table"),
    ("a gzip bomb", b"\x1f\x8b\x08" + b"\x00" * 99, "not_a_table"),
    ("UTF-16 cut in half", "\ufeffabc,d\n".encode("utf-16-le")[:-1], "encoding"),
    ("UTF-32 out of range", b"\xff\xfe\x00\x00" + b"\xff" * 8, "encoding"),
]  # fmt: skip

DEEP = 100_000
JSON = [
    ("objects", b'[{"a": "007", "b": 1}, {"a": "NA", "c": null}]', (("a", "b", "c"), ("007", "1", ""), ("NA", "", ""))),
    ("lines", b'{"a": 1}\n{"a": 2}\n', (("a",), ("1",), ("2",))),
    ("lines and blank lines", b'{"a": 1}\r\n\r\n{"a": 2}', (("a",), ("1",), ("2",))),
    ("a mark", b"\xef\xbb\xbf" + b'[{"a": 1}]', (("a",), ("1",))),
    ("UTF-16", '\ufeff[{"a": 1}]'.encode("utf-16-le"), (("a",), ("1",))),
    ("big integers", f'[{{"a": {BIG}, "b": {"9" * 400}}}]'.encode(), (("a", "b"), (BIG, "9" * 400))),
    ("decimals exact", b'[{"a": 1.10, "b": 0.1234567890123456789}]', (("a", "b"), ("1.10", "0.1234567890123456789"))),
    ("values in values", b'[{"a": {"x": [1, 2.50, null, true]}}]', (("a",), ('{"x": [1, 2.50, null, true]}',))),
    ("a pair of halves", b'[{"a": "\\ud83d\\ude00"}]', (("a",), ("\U0001f600",))),
    ("a last line cut off", b'{"a": 1}\n{"a": 2}\n{"a": "x', (("a",), ("1",), ("2",))),
    ("brackets in text", json.dumps([{"a": "[" * 5000}]).encode(), (("a",), ("[" * 5000,))),
    ("100,000 lists deep", b"[" * DEEP + b"]" * DEEP, "json_depth"),
    ("100,000 objects deep", b'{"a":' * DEEP + b"1" + b"}" * DEEP, "json_depth"),
    ("deep and unclosed", b"[" * DEEP, "json_depth"),
    ("deep in a line", b'{"a": 1}\n' + b"[" * DEEP + b"\n", "json_depth"),
    ("NaN", b'[{"a": NaN}]', "json_not_a_number"),
    ("Infinity", b'[{"a": -Infinity}]', "json_not_a_number"),
    ("NaN in a line", b'{"a": 1}\n{"a": NaN}\n', "json_not_a_number"),
    ("1e400", b'[{"a": 1e400}]', "json_number_range"),
    ("an exponent without end", b'[{"a": 1e99999999999999999999}]', "json_number_range"),
    ("an exponent too small", b'[{"a": 1e-99999999999999999999}]', "json_number_range"),
    ("a million digits", b'[{"a": ' + b"9" * 1_000_000 + b"}]", "json_number_range"),
    ("a doubled key", b'[{"a": 1, "a": 2}]', "json_doubled_key"),
    ("a key doubled by escapes", b'[{"a": 1, "\\u0061": 2}]', "json_doubled_key"),
    ("half a character", b'[{"a": "\\ud800"}]', "json_character"),
    ("half a character as a key", b'[{"\\udc00": 1}]', "json_character"),
    ("no UTF-8", b'[{"a": "\xff"}]', "json_character"),
    ("cut off", b'[{"a": 1}, {"a": ', "json_damaged"),
    ("a line broken in the middle", b'{"a": 1}\n{"a" 2}\n{"a": 3}\n', "json_damaged"),
    ("a comma too many", b'[{"a": 1},]', "json_damaged"),
    ("a control character", b'[{"a": "x\x01y"}]', "json_damaged"),
    ("two values", b'{"a": 1} {"a": 2}', "json_damaged"),
    ("comments", b'[{"a": 1} /* x */]', "json_damaged"),
    ("many lists", lambda: b"[" + b"[]," * 300_000 + b"[]]", "too_many_cells"),
    ("many numbers", lambda: b"[" + b"1.5," * 600_000 + b"1]", "too_many_cells"),
    ("two million lines", lambda: b"1\n" * 2_000_000, "too_many_cells"),
    ("a thousand keys in a thousand objects", lambda: json.dumps([{f"{n}": 1} for n in range(1500)]).encode(), "too_many_cells"),
    ("a NUL", b'[{"a": "x\\u0000y"}]', "nul"),
    ("empty objects", b"[{}, {}]", "empty"),
    ("no objects", b"[1, 2, 3]", "not_a_table"),
    ("an object of many", b'{"a": [1]}', (("a",), ("[1]",))),
]  # fmt: skip


def link(name="link.csv"):
    """Return the entry of a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info


def nested(depth):
    """Return archives in archives."""
    body = zip_of([("t.csv", GOOD)])
    for number in range(depth):
        body = zip_of([(f"{number}.zip", body)])
    return body


def overlapping(count=50):
    """Return an archive whose members all lie over one body."""
    body = b"a,b\n" * 5000
    first = {"name": "0.csv", "body": body, "method": 8}
    rest = [{**first, "name": f"{n}.csv", "at": 0} for n in range(1, count)]
    return raw_zip([first, *rest])


def quoted_overlap():
    """Return an archive in which one member's bytes hold the header of the next."""
    inner = raw_zip([{"name": "b.csv", "body": GOOD}])
    inner = inner[: inner.index(b"PK\x01\x02")]
    entries = [
        {"name": "a.csv", "body": b"x,y\n" + inner},
        {"name": "b.csv", "body": GOOD, "at": 39},
    ]
    return raw_zip(entries)


def changed(body, old, new):
    """Return bytes with one part of them replaced."""
    assert old in body
    return body.replace(old, new)


def one(name="t.csv", **fields):
    """Return an archive of one member, anything about it being a lie."""
    return raw_zip([{"name": name, "body": GOOD, **fields}])


ZIPS = [
    ("plain", zip_of([("t.csv", GOOD)]), GOOD_ROWS),
    ("stored", zip_of([("t.csv", GOOD)], zipfile.ZIP_STORED), GOOD_ROWS),
    ("two tables and a text", zip_of([("a/t.csv", GOOD), ("readme.txt", b"words"), ("u.tsv", b"a\tb\n")]), GOOD_ROWS),
    ("what systems leave", zip_of([("__MACOSX/._t.csv", b"\x00\x05"), (".DS_Store", b"\x00"), ("t.csv", GOOD)]), GOOD_ROWS),
    ("a folder", zip_of([("d/", b""), ("d/t.csv", GOOD)]), GOOD_ROWS),
    ("a spreadsheet in it", lambda: zip_of([("b.xlsx", xlsx({"S": sheet_xml([["service", "removed"], ["X", ("125000",)]])}))]), GOOD_ROWS),
    ("an archive in it", nested(1), GOOD_ROWS),
    ("a name in old letters", one("t\x82.csv".encode("latin-1"), flags=0), GOOD_ROWS),
    ("a comment", raw_zip([{"name": "t.csv", "body": GOOD}], b"PK\x05\x06 is no mark"), "zip_damaged"),
    ("up and out", one("../t.csv"), "zip_traversal"),
    ("up in the middle", one("a/../../t.csv"), "zip_traversal"),
    ("up by backslashes", one("..\\..\\t.csv"), "zip_traversal"),
    ("an absolute name", one("/etc/cron.d/t.csv"), "zip_absolute"),
    ("a drive", one("C:\\t.csv"), "zip_absolute"),
    ("a drive without a slash", one("c:t.csv"), "zip_absolute"),
    ("a share", one("\\\\host\\t.csv"), "zip_absolute"),
    ("a link", zip_of([(link(), b"/etc/passwd"), ("t.csv", GOOD)]), "zip_link"),
    ("a device", one(mode=0o020666), "zip_link"),
    ("a name with a NUL", one(b"t.csv\x00.txt"), "zip_name"),
    ("a name that steers", one("\x1b[2Jt.csv"), "zip_name"),
    ("a name written backwards", one("t\u202evsc.exe"), "zip_name"),
    ("no name", one(""), "zip_name"),
    ("a doubled name", raw_zip([{"name": "t.csv", "body": GOOD}] * 2), "zip_doubled"),
    ("doubled but for case", raw_zip([{"name": "t.csv", "body": GOOD}, {"name": "T.CSV", "body": GOOD}]), "zip_doubled"),
    ("doubled by a dot", raw_zip([{"name": "t.csv", "body": GOOD}, {"name": "./t.csv", "body": GOOD}]), "zip_doubled"),
    ("doubled by accents", raw_zip([{"name": "é.csv", "body": GOOD}, {"name": "é.csv", "body": GOOD}]), "zip_doubled"),
    ("a bomb by ratio", lambda: zip_of([("t.csv", b"0" * 50_000_000)]), "zip_bomb"),
    ("a bomb by total", lambda: raw_zip([{"name": f"{n}.csv", "data": b"x" * 500_000, "method": 8, "unpacked": 60_000_000} for n in range(20)]), "unpacked_too_large"),
    ("a gigabyte", lambda: raw_zip([{"name": "t.csv", "data": b"x", "method": 8, "unpacked": 2**30}]), "zip_bomb"),
    ("larger than it says", lambda: one(body=b"0" * 5_000_000, method=8, unpacked=25), "zip_mismatch"),
    ("smaller than it says", one(method=8, unpacked=26), "zip_mismatch"),
    ("overlapping members", overlapping(), "zip_mismatch"),
    ("a member in a member", quoted_overlap(), "zip_overlap"),
    ("deep archives", nested(4), "zip_nested"),
    ("encrypted", one(flags=1), "zip_encrypted"),
    ("encrypted names", one(flags=0x2000), "zip_encrypted"),
    ("packed by bzip2", zip_of([("t.csv", GOOD)], zipfile.ZIP_BZIP2), "zip_method"),
    ("packed by lzma", zip_of([("t.csv", GOOD)], zipfile.ZIP_LZMA), "zip_method"),
    ("packed by method 99", one(method=99), "zip_method"),
    ("a version to come", one(version=188), "zip_method"),
    ("a wrong checksum", one(crc=1), "zip_damaged"),
    ("another name inside", one(local_name=b"u.csv"), "zip_mismatch"),
    ("another size inside", one(local_packed=3), "zip_mismatch"),
    ("damaged bytes", one(method=8, data=b"\xff" * 20), "zip_damaged"),
    ("cut off", zip_of([("t.csv", GOOD)])[:-10], "zip_damaged"),
    ("bytes behind", zip_of([("t.csv", GOOD)]) + b"x", "zip_damaged"),
    ("bytes before", b"PK\x03\x04" + zip_of([("t.csv", GOOD)]), "zip_damaged"),
    ("more members counted than there are", changed(one(), b"\x01\x00\x01\x00", b"\x02\x00\x02\x00"), "zip_damaged"),
    ("fewer members counted", changed(raw_zip([{"name": "a.csv"}, {"name": "b.csv"}]), b"\x02\x00\x02\x00", b"\x01\x00\x01\x00"), "zip_damaged"),
    ("one part of several", changed(one(), b"PK\x05\x06\x00\x00", b"PK\x05\x06\x01\x00"), "zip_damaged"),
    ("3,000 members", lambda: zip_of([(f"{n}", b"") for n in range(3000)]), "too_many_members"),
    ("a count beyond the directory", changed(one(), b"\x01\x00\x01\x00", b"\xff\xff\xff\xff"), "zip_damaged"),
    ("a folder with bytes", one("d/"), "zip_mismatch"),
    ("no members", zip_of([]), "not_a_table"),
    ("images only", zip_of([("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50)]), "not_a_table"),
    ("a word document", zip_of([("word/document.xml", b"<a/>"), ("[Content_Types].xml", b"<a/>")]), "not_a_table"),
    ("a damaged table in it", zip_of([("t.csv", b'a,b\n"1')]), "quote"),
]  # fmt: skip
