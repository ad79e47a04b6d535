"""Bytes to text: encodings declared, undeclared, wrongly declared, and damaged."""

import pytest
from tests.reading.documents.pages import ARABIC, FIRST, PERSIAN, SECOND, page, read, snap

from analysis.model.errors import DocumentTooLarge
from analysis.reading.documents import read_document
from analysis.reading.documents.decode import decode

RUSSIAN = "Компания сообщила об удалении 1,9 миллиона материалов в первом квартале года."
GREEK = "Η εταιρεία ανακοίνωσε ότι αφαίρεσε 1,9 εκατομμύρια δημοσιεύσεις το πρώτο τρίμηνο."
FRENCH = (
    "L'entreprise a supprimé 1,9 million de contenus liés à l'État islamique, a-t-elle annoncé."
)
JAPANESE = "同社は今年第1四半期に190万件のコンテンツを削除したと発表した。"
PERSIAN_TYPED = PERSIAN.replace("ی", "ي").replace("\u200c", " ")

PLAIN = [
    (ARABIC, "windows-1256"),
    (PERSIAN_TYPED, "windows-1256"),
    (RUSSIAN, "windows-1251"),
    (RUSSIAN, "koi8-r"),
    (GREEK, "windows-1253"),
    (FRENCH, "windows-1252"),
    (JAPANESE, "shift_jis"),
]
DECLARED = [*PLAIN, (ARABIC, "utf-8"), (JAPANESE, "euc-jp"), (FRENCH, "utf-8")]


@pytest.mark.parametrize(("text", "encoding"), PLAIN)
def test_an_undeclared_encoding_is_guessed(text, encoding):
    assert decode(text.encode(encoding, "replace")).text == text
    assert decode(page(text, lang="").encode(encoding, "replace")).text == page(text, lang="")


@pytest.mark.parametrize(("text", "encoding"), DECLARED)
def test_header_meta_and_mark_give_the_same_text(text, encoding):
    html = page(text, head=f'<meta charset="{encoding}">')
    found = decode(html.encode(encoding, "replace"))
    assert (found.text, found.basis, found.notes) == (html, "meta", ())
    found = decode(page(text).encode(encoding, "replace"), f'text/html; charset="{encoding}"')
    assert (found.text, found.basis) == (page(text), "header")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding):
    found = decode(page(ARABIC, head='<meta charset="windows-1252">').encode(encoding))
    assert ARABIC in found.text
    assert found.basis == "bom"


WRONG = [
    ("iso-8859-1", ARABIC, "utf-8", "UTF-8"),
    ("windows-1252", ARABIC, "windows-1256", "gives no words"),
    ("utf-8", ARABIC, "windows-1256", "cannot decode"),
    ("utf-8", FRENCH, "windows-1252", "cannot decode"),
    ("ascii", RUSSIAN, "utf-8", "UTF-8"),
    ("x-unheard-of", RUSSIAN, "utf-8", "unknown"),
    ("utf-7", FRENCH, "utf-8", "never used"),
    ("base64", FRENCH, "utf-8", "never used"),
]


@pytest.mark.parametrize(("declared", "text", "encoding", "words"), WRONG)
def test_a_wrong_declaration_is_noted_and_not_followed(declared, text, encoding, words):
    html = page(text, head=f'<meta charset="{declared}">')
    found = decode(html.encode(encoding))
    assert found.text == html
    assert words in found.notes[0]


def test_utf_7_hides_no_markup():
    hidden = b"<p>+ADw-script+AD4-alert(1)</p>"
    assert "<script" not in decode(hidden, "text/html; charset=utf-7").text
    assert "<script" not in decode(b'<meta charset="utf-7">' + hidden).text


def test_a_header_that_fails_leaves_the_word_to_the_page():
    html = page(ARABIC, head='<meta charset="windows-1256">')
    found = decode(html.encode("windows-1256"), "text/html; charset=utf-8")
    assert (found.text, found.basis) == (html, "meta")


def test_a_few_damaged_characters_do_not_cost_the_encoding():
    raw = page(ARABIC * 20, head='<meta charset="utf-8">').encode()
    cut = raw.find("أ".encode()) + 1
    found = decode(raw[:cut] + raw[cut + 1 :])
    assert ARABIC in found.text
    assert "could not be decoded" in found.notes[0]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"a\x00b\x07c\x1b[31md", "abc[31md"),
        ("a\x85b".encode(), "a\x85b"),
        ("a\x91b".encode(), "ab"),
        (b"\xef\xbb\xbf", ""),
        (b"", ""),
    ],
)
def test_control_characters_are_dropped(raw, text):
    assert decode(raw).text == text


def test_a_lone_surrogate_does_not_end_the_text():
    document = read(page(FIRST, "x", SECOND).encode().replace(b"<p>x", b"<p>\xed\xa0\x80 x"))
    assert SECOND in document.text
    document = read(page(FIRST, "&#xD800; x &#0; y", SECOND))
    assert SECOND in document.text
    document.text.encode("utf-8")


@pytest.mark.parametrize(
    "label", ["unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "rot13",
              "zlib", "hz", "iso-2022-kr", "cp037", "utf_7"],
)  # fmt: skip
def test_encodings_that_no_browser_reads_are_never_used(label):
    body = b"<p>\\x3cscript\\x3e Facebook removed 1,234 posts.</p>"
    found = decode(body, f"text/html; charset={label}")
    assert (found.text, found.encoding) == (body.decode("ascii"), "utf-8")
    assert "never used" in found.notes[0]


WEB = {
    "koi8-r": "\u0443\u0434\u0430\u043b",
    "shift_jis": "\u524a\u9664",
    "gb2312": "\u5220\u9664",
    "big5": "\u522a\u9664",
    "windows-1256": "\u062d\u0630\u0641",
    "euc-kr": "\uc0ad\uc81c",
}


@pytest.mark.parametrize(("label", "words"), WEB.items())
def test_encodings_of_the_web_are(label, words):
    found = decode(f"<p>{words * 5}".encode(label), f"text/html; charset={label}")
    assert words in found.text


@pytest.mark.parametrize("line", [b"- x\n", b"x\n\n"])
def test_a_text_of_nothing_but_paragraphs_is_too_large(line):
    with pytest.raises(DocumentTooLarge, match="paragraphs"):
        read_document(snap(b"x\n\n" + line * 60_000), name="x.txt")
