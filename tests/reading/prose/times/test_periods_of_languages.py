"""Periods in French, German, Spanish and Italian prose, as news and reports name them."""

from datetime import date

import pytest

from analysis.reading.prose.times.periods import periods

PUBLISHED = date(2018, 7, 11)  # a Wednesday

CASES = {
    "fr": [
        ("d'ici la fin du mois", (None, "2018-07-31")),
        ("fin d'année", ("2018-12-31", "2018-12-31")),
        ("dès le début de la semaine", ("2018-07-09", "2018-07-09")),
        ("du lundi 4 au vendredi 8 juin", ("2018-06-04", "2018-06-08")),
        ("du 4 au vendredi 8 juin 2018", ("2018-06-04", "2018-06-08")),
        ("entre le cinq et le dix-sept mai 2017", ("2017-05-05", "2017-05-17")),
        ("la seconde quinzaine de mars 2018", ("2018-03-16", "2018-03-31")),
        ("le deuxième week-end de juin", ("2018-06-09", "2018-06-10")),
        ("en deux mille seize", ("2016-01-01", "2016-12-31")),
        ("jeudi de la semaine suivante", ("2018-07-19", "2018-07-19")),
        ("vendredi en huit", ("2018-07-20", "2018-07-20")),
        ("dans trois semaines", ("2018-08-01", "2018-08-01")),
        ("les deux dernieres semaines", ("2018-06-27", "2018-07-11")),
        ("l'été de l'année dernière", ("2017-06-01", "2017-08-31")),
        ("au premier trimestre cette année", ("2018-01-01", "2018-03-31")),
        ("depuis que le réseau est né en mars 2016", ("2016-03-01", None)),
        ("du 28/12 au 03/01/2018", ("2017-12-28", "2018-01-03")),
    ],
    "de": [
        ("bis Ende des Monats", (None, "2018-07-31")),
        ("Anfang der Woche", ("2018-07-09", "2018-07-09")),
        ("vom 28.12. bis 3.1.2018", ("2017-12-28", "2018-01-03")),
        ("vom 4. bis 8.6.2018", ("2018-06-04", "2018-06-08")),
        ("am 5.6.", ("2018-06-05", "2018-06-05")),
        ("Mo, 4. Juni", ("2018-06-04", "2018-06-04")),
        ("am letzten Wochenende im Mai 2017", ("2017-05-27", "2017-05-28")),
        ("ein zweiter Dienstag im Mai 2018", ("2018-05-08", "2018-05-08")),
        ("letzte drei Monate", ("2018-04-11", "2018-07-11")),
        ("diesen Monat vom 4. bis zum 9.", ("2018-07-04", "2018-07-09")),
        ("im August '17", ("2017-08-01", "2017-08-31")),
        ("im Herbst vergangenen Jahres", ("2017-09-01", "2017-11-30")),
        ("letzter Tag im Mai 2018", ("2018-05-31", "2018-05-31")),
    ],
    "es": [
        ("a finales de mes", ("2018-07-31", "2018-07-31")),
        ("antes del final del año", (None, "2018-12-30")),
        ("del lunes 4 al viernes 8 de junio de 2018", ("2018-06-04", "2018-06-08")),
        ("el segundo fin de semana de mayo", ("2018-05-12", "2018-05-13")),
        ("la segunda mitad de la semana pasada", ("2018-07-05", "2018-07-08")),
        ("el último martes del mes de mayo", ("2018-05-29", "2018-05-29")),
        ("para el segundo semestre de 2018", ("2018-07-01", "2018-12-31")),
        ("para finales de 2018", (None, "2018-12-31")),
        ("el tercer cuarto de este año", ("2018-07-01", "2018-09-30")),
        (
            "entre el 1 de enero de 2017 y el 30 de junio del mismo año",
            ("2017-01-01", "2017-06-30"),
        ),
        ("del 12-ene-2018 al 22-feb-2018", ("2018-01-12", "2018-02-22")),
        ("cerrará dentro de dos semanas", ("2018-07-25", "2018-07-25")),
        ("aquel fin de semana", ("2018-07-14", "2018-07-15")),
        ("de la semana 10 a la semana 12", ("2018-03-05", "2018-03-25")),
        ("más temprano este mes", ("2018-07-01", "2018-07-11")),
        ("el primer trimestre este año", ("2018-01-01", "2018-03-31")),
        ("de 2014 ~ 2017", ("2014-01-01", "2017-12-31")),
        ("abrirá en dos semanas", ("2018-07-25", "2018-07-25")),
        ("desde que nació en 2015", ("2015-01-01", None)),
        ("las tres semanas que vienen", ("2018-07-12", "2018-08-01")),
    ],
    "it": [
        ("questa settimana da mar a ven", ("2018-07-10", "2018-07-13")),
        ("parecchi giorni passati", ("2018-07-08", "2018-07-11")),
        ("il mese del 3 maggio", ("2018-05-01", "2018-05-31")),
        ("tre settimane in futuro", ("2018-07-12", "2018-08-01")),
        ("nell'anno 395", ("0395-01-01", "0395-12-31")),
        ("nel milleottocentosessantuno", ("1861-01-01", "1861-12-31")),
        ("l'anno settecentonovantuno", ("0791-01-01", "0791-12-31")),
        ("dal duemila fino al duemilasedici", ("2000-01-01", "2016-12-31")),
        ("a maggio tra il 4-9 duemiladiciassette", ("2017-05-04", "2017-05-09")),
        ("a giugno, dal 4 al 9,", ("2018-06-04", "2018-06-09")),
        ("entro la fine dell'anno", (None, "2018-12-31")),
        ("fino alla fine del mese", (None, "2018-07-31")),
        ("dal cinque al sette maggio 2018", ("2018-05-05", "2018-05-07")),
        ("da lunedì 4 a venerdì 8 giugno 2018", ("2018-06-04", "2018-06-08")),
        ("l'ultimo fine settimana di maggio", ("2018-05-26", "2018-05-27")),
        ("il primo martedì del mese di maggio", ("2018-05-01", "2018-05-01")),
        ("le due ultime settimane", ("2018-06-27", "2018-07-11")),
        ("dal 3 al 5", ("2018-07-03", "2018-07-05")),
        ("rispetto al trimestre precedente", ("2018-04-01", "2018-06-30")),
        ("al 31 dicembre 2017", (None, "2017-12-31")),
        ("genn. 2018", ("2018-01-01", "2018-01-31")),
    ],
}


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [(language, text, days) for language, cases in CASES.items() for text, days in cases],
)
def test_words_become_days(language, text, days):
    found = [(p.start, p.end) for p in periods(text, PUBLISHED, language)]
    assert found == [tuple(day and date.fromisoformat(day) for day in days)]


NOTHING = [
    ("fr", "les comptes du mois, la fin de partie"),
    ("fr", "soixante-sept comptes en sept heures"),
    ("fr", "du 13 au 18 comptes"),
    ("fr", "en deux mille dix comptes"),
    ("de", "siehe Abschnitt 3.2. dazu"),
    ("de", "so weit, so gut"),
    ("it", "dal 3 al 5%"),
    ("es", "el mes y la semana del usuario"),
    ("es", "un fin de semana cualquiera"),
    ("it", "un fine settimana qualunque"),
    ("it", "nel 450 dei casi"),
    ("it", "nell'anno 500 account sono stati chiusi"),
    ("it", "duecentosessantasette account"),
]


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_what_is_no_period(language, text):
    found = periods(text, PUBLISHED, language)
    assert [p.text for p in found if p.start or p.end] == []


def test_in_january_this_winter_is_the_one_that_began_the_year_before():
    (winter,) = periods("cet hiver", date(2019, 1, 20), "fr")
    assert (str(winter.start), str(winter.end)) == ("2018-12-01", "2019-02-28")
