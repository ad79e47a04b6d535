"""Media types, told from the bytes."""

import pytest

from analysis.model.media import sniff

CASES = [
    (b"", "", "application/x-empty"),
    (b"\xef\xbb\xbf \n", "", "application/x-empty"),
    (b"<!doctype html><p>x", "", "text/html"),
    (b"\xef\xbb\xbf<!-- c --> <HTML>", "", "text/html"),
    ("<html><p>x".encode("utf-16"), "", "text/html"),
    (b"<?xml version='1.0'?>\n<html xmlns='x'>", "", "text/html"),
    (b"Words. <p>One</p> <p>Two</p> <p>Three</p>", "", "text/html"),
    (b"Words <b>in</b> a saved part", "part.html", "text/html"),
    (b"Words without tags", "page.html", "text/plain"),
    (b"5 < 6 and 7 > 3", "", "text/plain"),
    (b"[1] A note, not data", "", "text/plain"),
    (b"{curly} words", "", "text/plain"),
    (b'{"a": 1}', "", "application/json"),
    (b"[1, 2]", "", "application/json"),
    (b"a,b\n1,2", "x.CSV", "text/csv"),
    (b"a,b\n1,2", "x", "text/plain"),
    ("عربي".encode("windows-1256"), "", "text/plain"),
    (b"%PDF-1.4", "page.html", "application/pdf"),
    (b"<!--" * 900, "", "text/plain"),
    (b"\x00\x01\x02" * 9, "", "application/octet-stream"),
]


@pytest.mark.parametrize(
    ("body", "name", "kind"), CASES, ids=[f"{c[2]}-{n}" for n, c in enumerate(CASES)]
)
def test_sniff(body, name, kind):
    assert sniff(body, name) == kind
