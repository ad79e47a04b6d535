"""Languages: what the page says, checked against its script and words."""

import pytest
from tests.reading.documents.pages import ARABIC, FIRST, PERSIAN, SECOND, page, read

from analysis.reading.documents.language import code_of, detect, find_language

URDU = "فیس بک نے اعلان کیا ہے کہ اس نے سال کی پہلی سہ ماہی میں داعش سے متعلق پوسٹس ہٹا دی ہیں"
TEXTS = [
    (FIRST, "en"),
    ("Die Plattform hat nach eigenen Angaben mehr als 5.000 Beiträge gelöscht und gesperrt.", "de"),
    ("La plateforme a supprimé plus de 5 000 contenus au cours des trois premiers mois.", "fr"),
    ("La plataforma eliminó más de 5.000 publicaciones en los tres primeros meses del año.", "es"),
    ("La piattaforma ha rimosso più di 5.000 contenuti nei primi tre mesi dell'anno.", "it"),
    ("A plataforma removeu mais de 5.000 publicações nos três primeiros meses do ano.", "pt"),
    ("Şirket, yılın ilk çeyreğinde terör örgütüyle ilgili içeriği kaldırdığını açıkladı.", "tr"),
    ("Kominfo telah memblokir 11.803 konten yang memuat paham radikal di media sosial.", "id"),
    ("Компания сообщила об удалении материалов, связанных с терроризмом, в первом квартале.", "ru"),
    (ARABIC, "ar"),
    (PERSIAN, "fa"),
    (PERSIAN.replace("ی", "ي").replace("ک", "ك"), "fa"),
    (URDU, "ur"),
    ("同社は今年第1四半期に190万件のコンテンツを削除したと発表した。", "ja"),
    ("脸书公司宣布今年第一季度删除了一百九十万条内容", "zh"),
    ("페이스북은 올해 1분기에 콘텐츠 190만 건을 삭제했다고 밝혔다", "ko"),
    ("חברת פייסבוק הודיעה כי הסירה פרסומים ברבעון הראשון של השנה", "he"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), TEXTS, ids=[f"{t[1]}-{n}" for n, t in enumerate(TEXTS)])
def test_a_language_is_told_from_the_text(text, code):
    assert detect(text)[0] == code


@pytest.mark.parametrize("text", ["", "12 34 567", "xkcd qwrt zzz pfft grmbl hmpf tsk brr"])
def test_what_is_no_language_stays_unknown(text):
    assert detect(text) == ("", "")


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-GB", "en"), ("AR", "ar"), ("pt_BR", "pt"), ("iw", "he"), ("und", ""), ("English", "")],
)
def test_code_of(tag, code):
    assert code_of(tag) == code


def test_the_page_is_believed_unless_its_text_contradicts():
    assert find_language(FIRST, "en-US").basis == "page"
    assert find_language("5.000 gelöscht", "de").code == "de"
    found = find_language(ARABIC, "en")
    assert (found.code, found.basis) == ("ar", "letters")
    assert "says language 'en'" in found.note
    assert find_language(ARABIC, "en", given="fa").basis == "given"


@pytest.mark.parametrize(("text", "code"), [(ARABIC, "ar"), (PERSIAN, "fa"), (URDU + "۔", "ur")])
@pytest.mark.parametrize("lang", ["", "en"])
def test_a_page_in_arabic_script_is_never_empty(text, code, lang):
    more = [f"{text} {n}" for n in range(4)]
    document = read(page(*more, lang=lang))
    assert document.language == code
    assert all(line in document.text for line in more)


def test_windows_1256_without_charset_or_language():
    html = page(*[f"{ARABIC} {n}." for n in range(4)], lang="")
    document = read(html.encode("windows-1256"))
    assert document.language == "ar"
    assert f"{ARABIC} 3." in document.text


def test_a_wrong_language_is_noted():
    assert any("says language 'en'" in n for n in read(page(ARABIC, ARABIC + " ٢")).notes)
    assert not any("language" in n for n in read(page(FIRST, SECOND)).notes)
