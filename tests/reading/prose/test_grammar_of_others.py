"""Sentences of ten languages, each for a rule that its grammar asked for: what is read of them."""

from datetime import date

import pytest
from tests.reading.prose.test_languages import make_document

from analysis import extract, periods
from analysis.reading.prose import languages

PUBLISHED = "2018-11-09"
Q3, Q2 = ("2018-07-01", "2018-09-30"), ("2018-04-01", "2018-06-30")
NONE = ("", "")

# Language, text, then platform, action, item, value, bound and the days of every figure.
CASES = [
    # A thousand and the digits of its rest are one number.
    (
        "tr",
        "Twitter 371 bin 890 hesabı askıya aldı.",
        [("twitter", "suspended", "accounts", 371890)],
    ),
    ("ar", "أغلق تليغرام 13 ألفا و800 قناة.", [("telegram", "removed", "channels", 13800)]),
    (
        "fa",
        "تلگرام ۴۳ هزار و ۱۹۲ کانال را مسدود کرد.",
        [("telegram", "blocked", "channels", 43192)],
    ),
    # Every noun is capital in German: "Millionen Videos" is no name.
    ("de", "TikTok löschte 91 Millionen Videos.", [("tiktok", "removed", "videos", 91e6)]),
    # An ending ties a service to its number, and another says "of them".
    (
        "tr",
        "Bakanlık 1.245 hesabı engelledi, bunların 830'u Twitter'da, 290'ı Facebook'taydı.",
        [
            ("several", "blocked", "accounts", 1245),
            ("twitter", "blocked", "accounts", 830),
            ("facebook", "blocked", "accounts", 290),
        ],
    ),
    # A service that another is only likened to.
    (
        "fr",
        "Comme Facebook ou YouTube, Twitter a suspendu 300 comptes.",
        [("twitter", "suspended", "accounts", 300)],
    ),
    # What authorities asked for is still the service's own act.
    (
        "pt",
        "O Twitter suspendeu 376.890 contas. "
        "Os pedidos de governos motivaram menos de 2% das suspensões.",
        [("twitter", "suspended", "accounts", 376890), ("twitter", "suspended", "accounts", 2)],
    ),
    # Said of the nearest number only.
    (
        "ru",
        "Из Telegram удалено свыше 214 тыс. материалов, еще около 150 тыс. остаются доступными.",
        [("telegram", "removed", "content", 214000)],
    ),
    ("de", "Die Mannschaft, die Facebook-Inhalte löscht, wuchs von 150 auf 200 Mitarbeiter.", []),
    # What machines flagged was removed; what was not done is no figure.
    (
        "es",
        "YouTube retiró 8,3 millones de vídeos, "
        "de los cuales 6,7 millones fueron señalados por máquinas.",
        [("youtube", "removed", "videos", 8.3e6), ("youtube", "removed", "videos", 6.7e6)],
    ),
    ("ru", "Facebook не удалил 1,3 тыс. ссылок.", []),
    # Two verbs joined with words between them.
    (
        "es",
        "Facebook borró o señaló con una advertencia 1,9 millones de publicaciones.",
        [("facebook", "actioned", "posts", 1.9e6)],
    ),
    # The agent stands right behind the verb.
    ("id", "Sebanyak 11.803 konten ditutup Kominfo.", [("several", "removed", "content", 11803)]),
    # Answers to a referral are the services'.
    (
        "it",
        "Europol ha segnalato alle piattaforme 2.068 contenuti, "
        "1.700 dei quali sono stati cancellati.",
        [("several", "referred", "content", 2068), ("several", "removed", "content", 1700)],
    ),
    # A whole and its parts by service.
    (
        "id",
        "Kominfo memblokir 10.499 konten, "
        "yakni 7.160 di Facebook, 1.316 di Twitter, 502 di situs web.",
        [
            ("several", "blocked", "content", 10499),
            ("facebook", "blocked", "content", 7160),
            ("twitter", "blocked", "content", 1316),
            ("several", "blocked", "content", 502),
        ],
    ),
    ("id", "Kominfo memblokir 9.500an akun.", [("several", "blocked", "accounts", 9500)]),
]

PERIODS = [
    # Months and years of the Persian calendar.
    ("fa", "تلگرام در فروردین ۱۳۹۷ تعداد ۳۰۰ کانال را مسدود کرد.", [("2018-03-21", "2018-04-20")]),
    ("fa", "از مهر ۱۳۹۶ تا اسفند ۱۳۹۶ توییتر ۳۰۰ حساب را حذف کرد.", [("2017-09-23", "2018-03-20")]),
    ("fa", "از مهر تا اسفند ۱۳۹۶ توییتر ۳۰۰ حساب را حذف کرد.", [("2017-09-23", "2018-03-20")]),
    ("fa", "در سال ۱۳۹۶ توییتر ۳۰۰ حساب را تعلیق کرد.", [("2017-03-21", "2018-03-20")]),
    ("fa", "در ۱۵ فروردین ۱۳۹۷ توییتر ۳۰۰ حساب را تعلیق کرد.", [("2018-04-04", "2018-04-04")]),
    ("fa", "در بهمن ماه توییتر ۳۰۰ حساب را تعلیق کرد.", [("2018-01-21", "2018-02-19")]),
    ("fa", "در نیمه اول سال ۱۳۹۷ توییتر ۳۰۰ حساب را تعلیق کرد.", [("2018-03-21", "2018-09-22")]),
    ("fa", "در سه‌ماهه دوم ۱۳۹۷ توییتر ۳۰۰ حساب را تعلیق کرد.", [("2018-06-22", "2018-09-22")]),
    ("fa", "توییتر ۱۴۰۰ حساب را تعلیق کرد.", [NONE]),
    ("en", "In Farvardin 1397 Twitter suspended 300 accounts.", [("2018-03-21", "2018-04-20")]),
    (
        "ru",
        "Facebook за второе полугодие 2017 года удалил 12 млн публикаций.",
        [("2017-07-01", "2017-12-31")],
    ),
    (
        "ru",
        "Власти направили Google 5 тыс. требований об удалении с YouTube в 2016 году.",
        [("2016-01-01", "2016-12-31")],
    ),
    (
        "it",
        "Da parte di YouTube nel 2017 sono stati rimossi 120 video.",
        [("2017-01-01", "2017-12-31")],
    ),
    (
        "pt",
        "O Facebook removeu 31 milhões de posts no terceiro trimestre, ante 24 milhões no segundo.",
        [Q3, Q2],
    ),
    (
        "pt",
        "Entre julho e setembro o Facebook apagou 9 mil posts. "
        "Apagou 20 mil posts desde o início da pandemia.",
        [Q3, NONE],
    ),
    (
        "fr",
        "Twitter a fermé 376 890 comptes sur les six derniers mois de 2016.",
        [("2016-07-01", "2016-12-31")],
    ),
    ("fa", "در سپتامبر ۱۹۸۷ کانال داعش در تلگرام بسته شد.", [("2018-09-01", "2018-09-30")]),
    (
        "tr",
        "Telegram'da eylülde 1.987, ekimde 1.800 kanal kapatıldı.",
        [("2018-09-01", "2018-09-30"), ("2018-10-01", "2018-10-31")],
    ),
    ("ar", "أحالت يوروبول 27 ألف رابط في 21 و22 أكتوبر.", [("2018-10-21", "2018-10-22")]),
]


def read(language, text):
    return extract(make_document(text, PUBLISHED, language)).observations


@pytest.mark.parametrize(("language", "text", "figures"), CASES)
def test_figures(language, text, figures):
    found = [(o.platform, o.action, o.item, o.value) for o in read(language, text)]
    assert found == figures


@pytest.mark.parametrize(("language", "text", "days"), PERIODS)
def test_days(language, text, days):
    found = [(str(o.period_start or ""), str(o.period_end or "")) for o in read(language, text)]
    assert found == days


CALENDAR = [  # read on 9 November 2018, a Friday
    ("de", "Nächsten Monat gilt es vom 5. bis zum 9.", [("2018-12-05", "2018-12-09")]),
    ("de", "Die Frist wird in zwei Wochen enden.", [("2018-11-23", "2018-11-23")]),
    ("de", "Sie löschten es in zwei Wochen.", []),
    ("it", "dal 6 al 8 il prossimo mese", [("2018-12-06", "2018-12-08")]),
    ("it", "dal 6-8 del prossimo mese", [("2018-12-06", "2018-12-08")]),
    ("de", "bis Mittwoch den 22. Januar 2020", [("None", "2020-01-22")]),
    ("de", "in der ersten Hälfte des März", [("2018-03-01", "2018-03-15")]),
    ("de", "in den ersten drei Monaten des nächsten Jahres", [("2019-01-01", "2019-03-31")]),
    ("fr", "du 5 au 9 du mois de mai", [("2018-05-05", "2018-05-09")]),
    ("fr", "la seconde moitié de ce mois", [("2018-11-16", "2018-11-30")]),
    ("fr", "fin de mars", [("2018-03-31", "2018-03-31")]),
    ("fr", "la semaine après la prochaine", [("2018-11-19", "2018-11-25")]),
    ("es", "la semana después de la próxima", [("2018-11-19", "2018-11-25")]),
    ("fr", "dans les trois jours à venir", [("2018-11-10", "2018-11-12")]),
    ("it", "il mese dopo il prossimo", [("2019-01-01", "2019-01-31")]),
    ("es", "en la primera quincena de marzo", [("2018-03-01", "2018-03-15")]),
    ("es", "en los primeros tres meses del próximo año", [("2019-01-01", "2019-03-31")]),
    ("es", "entre lunes y jueves de la semana pasada", [("2018-10-29", "2018-11-01")]),
    ("es", "esta semana de lunes a martes", [("2018-11-05", "2018-11-06")]),
    ("it", "nella prima metà di marzo", [("2018-03-01", "2018-03-15")]),
    ("it", "il mese in arrivo", [("2018-12-01", "2018-12-31")]),
    ("it", "tra tre settimane", [("2018-11-30", "2018-11-30")]),
    ("fr", "2017.4", [("2017-04-01", "2017-04-30")]),
    ("es", "2017.4", [("2017-04-01", "2017-04-30")]),
    ("ru", "весной", [("2018-03-01", "2018-05-31")]),
]


NOTATIONS = [  # alike in all languages
    ("2017Q3", "2017-07-01", "2017-09-30"),
    ("Q3/2017", "2017-07-01", "2017-09-30"),
    ("3Q17", "2017-07-01", "2017-09-30"),
    ("2017-H2", "2017-07-01", "2017-12-31"),
    ("H1 2017", "2017-01-01", "2017-06-30"),
    ("2017-W05", "2017-01-30", "2017-02-05"),
    ("2017 - 05", "2017-05-01", "2017-05-31"),
    ("05/2017", "2017-05-01", "2017-05-31"),
    ("2017-05-09", "2017-05-09", "2017-05-09"),
    ("2015-2017", "2015-01-01", "2017-12-31"),
    ("2017-05-09/2017-06-01", "2017-05-09", "2017-06-01"),
]


@pytest.mark.parametrize("language", languages.known())
@pytest.mark.parametrize(("text", "start", "end"), NOTATIONS)
def test_letters_and_digits_alone(language, text, start, end):
    (found,) = periods(text, date.fromisoformat(PUBLISHED), language)
    assert (str(found.start), str(found.end)) == (start, end)


@pytest.mark.parametrize(("language", "text", "days"), CALENDAR)
def test_days_of_the_calendar(language, text, days):
    found = periods(text, date.fromisoformat(PUBLISHED), language)
    assert [(str(p.start), str(p.end)) for p in found if p.start or p.end][-1:] == days
