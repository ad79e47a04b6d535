"""Periods as news and reports tell them: events, deadlines, what is counted up to publication."""

from datetime import date

import pytest

from analysis.reading.prose.times.periods import periods, read_periods
from analysis.reading.prose.times.resolving import Memory

PUBLISHED = date(2021, 6, 6)  # a Sunday

CASES = [
    # counted from the day of an event
    ("in the 24 hours that followed the shootings of 15 March", "2021-03-15", "2021-03-16"),
    ("in the 48 hours following the attack of 7 October 2020", "2020-10-07", "2020-10-09"),
    ("the first 72 hours of the conflict that began on 7 October", "2020-10-07", "2020-10-10"),
    ("in the first two weeks of the war, which began on 24 May", "2021-05-24", "2021-06-07"),
    ("within a day of the attack on 15 March", "2021-03-15", "2021-03-16"),
    ("within 24 hours of the shootings in two mosques on March 15", "2021-03-15", "2021-03-16"),
    ("in the past 48 hours", "2021-06-04", "2021-06-06"),
    ("in the four weeks before the vote of 3 November", "2020-10-06", "2020-11-02"),
    ("two weeks after the vote of 3 November", "2020-11-17", "2020-11-17"),
    # the running year, weeks by their first or last day, days of this year and the last
    ("in the present year", "2021-01-01", "2021-06-06"),
    ("during the present quarter", "2021-04-01", "2021-06-30"),
    ("in the week from 20 February", "2021-02-20", "2021-02-26"),
    ("the fortnight from 12 May", "2021-05-12", "2021-05-25"),
    ("20 and 21 May of this year", "2021-05-20", "2021-05-21"),
    ("on March 12 and 13 last year", "2020-03-12", "2020-03-13"),
    ("on 12, 13 and 14 March last year", "2020-03-12", "2020-03-14"),
    # up to a time of the day
    ("by midnight on Sunday", None, "2021-06-06"),
    ("by 9 p.m. on Friday", None, "2021-06-04"),
    ("before noon on Friday", None, "2021-06-04"),
    ("until late on 3 March", None, "2021-03-03"),
    # with the article the last month is that before publication, without it that of the calendar
    ("in the last month", "2021-05-06", "2021-06-06"),
    ("over the last year", "2020-06-06", "2021-06-06"),
    ("last month", "2021-05-01", "2021-05-31"),
    ("in the last quarter", "2021-01-01", "2021-03-31"),
    ("in the latest quarter of reported data", "2021-01-01", "2021-03-31"),
    ("in the last month of 2018", "2018-12-01", "2018-12-31"),
    ("the first 100 days of 2021", "2021-01-01", "2021-04-10"),
    ("in the week after 5 May", "2021-05-05", "2021-05-12"),
    ("after midnight on Sunday", "2021-06-06", None),
    # both ends named
    ("from August 1, 2015, up to the last day of 2017", "2015-08-01", "2017-12-31"),
    ("between March 2019 (when it began) and June 2020", "2019-03-01", "2020-06-30"),
    ("between May 2019, the month of the law, and June 2020", "2019-05-01", "2020-06-30"),
    ("from late 2019 into early 2020", "2019-07-01", "2020-06-30"),
    ("between January 2019 and now", "2019-01-01", "2021-06-06"),
    ("from noon on Friday to midnight on Sunday", "2021-06-04", "2021-06-06"),
    ("between March 2020 and the publication of this report", "2020-03-01", "2021-06-06"),
    ("from 2017 to this day", "2017-01-01", "2021-06-06"),
    ("to this day", None, "2021-06-06"),
    ("so far in June", "2021-06-01", "2021-06-06"),
    ("2021 so far", "2021-01-01", "2021-06-06"),
    ("December 2020 so far", "2020-12-01", "2020-12-31"),
    # periods of reports
    ("the June quarter of 2020", "2020-04-01", "2020-06-30"),
    ("in the October-December quarter", "2020-10-01", "2020-12-31"),
    ("early to mid-2020", "2020-01-01", "2020-06-30"),
    ("the 2020 round", "2020-01-01", "2020-12-31"),
    ("in the 2019 monitoring exercise", "2019-01-01", "2019-12-31"),
    ("for the period ended 31 March 2020", None, "2020-03-31"),
]


@pytest.mark.parametrize(("text", "start", "end"), CASES)
def test_words_become_days(text, start, end):
    (found,) = periods(text, PUBLISHED)
    assert found.start == (date.fromisoformat(start) if start else None)
    assert found.end == (date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    "text",
    [
        "in the days after the attack of 15 March",
        "in the weeks before the election",
        "in the months leading up to the vote of 3 November",
        "in the first two weeks of the war",
        "at this time last year",
        "since the start of the school year",
        "the 2021 accounts",
        "in the last year of the war",
        "in the years before 2015",
        "the law, passed two years earlier",
        "and now the service removes posts",
    ],
)
def test_a_time_that_is_not_named_has_no_days(text):
    assert not [p for p in periods(text, PUBLISHED) if p.start or p.end]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2016, 2017 and 2018. Over the same three years", "2016-01-01", "2018-12-31"),
        ("in April 2021 and twelve months earlier", "2020-04-01", "2020-04-30"),
        ("in H2 2020, up from the previous six-month period", "2020-01-01", "2020-06-30"),
        ("in H2 2020, up from the preceding half-year", "2020-01-01", "2020-06-30"),
        ("in May 2020, and until that date", None, "2020-05-31"),
        ("by 3 May 2020 there were 300; in 2021 400, up to that date", None, "2020-05-03"),
        ("in H2 2020, up from 300 in the six months before", "2020-01-01", "2020-06-30"),
    ],
)
def test_what_leans_on_the_period_named_before(text, start, end):
    found = periods(text, PUBLISHED)[-1]
    assert found.start == (date.fromisoformat(start) if start else None)
    assert found.end == (date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "en el segundo semestre de 2020, frente a los seis meses previos"),
        ("de", "im zweiten Halbjahr 2020, in den vorangegangenen sechs Monaten 300"),
    ],
)
def test_the_months_before_are_those_before_the_period_named(language, text):
    found = periods(text, PUBLISHED, language)[-1]
    assert (found.start, found.end) == (date(2020, 1, 1), date(2020, 6, 30))


def test_a_point_that_is_not_named_has_no_days():
    """Neither the end of a year is "that date", nor a year moved by six months is one."""
    assert [p.kind for p in periods("in 2020, and until that date", PUBLISHED) if p.end] == ["year"]
    assert [p.kind for p in periods("in 2020; six months earlier", PUBLISHED) if p.end] == ["year"]


def test_the_year_behind_a_list_may_be_counted_from_publication():
    found = periods("in March and June last year", PUBLISHED)
    assert [p.start for p in found] == [date(2020, 3, 1), date(2020, 6, 1)]


def read(text, memory=None):
    return read_periods(text, "en", memory or Memory(reference=PUBLISHED, figures=True))


def test_a_figure_of_years_ago_is_of_that_year():
    (found,), _ = read("Three years ago it removed 300 posts")
    assert (found.start, found.end) == (date(2018, 1, 1), date(2018, 12, 31))
    (found,), _ = read("it has removed 300 posts since three years ago")
    assert found.start == date(2018, 6, 6)


def test_figures_of_this_quarter_are_of_the_one_reported_on():
    _, memory = read("The report for Q1 2021 is out")
    (found,), _ = read("In this quarter it removed 300 posts", memory)
    assert (found.start, found.end) == (date(2021, 1, 1), date(2021, 3, 31))


def test_a_week_in_a_month_is_told_of_as_that_month():
    (found,) = periods("one week in May", PUBLISHED)
    assert (found.start, found.end) == (date(2021, 5, 1), date(2021, 5, 31))
    assert found.convention.endswith("of which a part is meant")


def test_how_long_a_removal_took_dates_nothing():
    """ "Within a day of" waits for the day of an event, and stands in no other period's way."""
    assert read("87 percent were removed within 24 hours of being posted")[0] == []


def test_a_day_by_which_something_was_done_is_not_when_it_was_said():
    (found,), _ = read("By midnight on Sunday 2,528 had been blocked, he said")
    assert (found.start, found.end) == (None, PUBLISHED)


OTHERS = {
    "fr": [
        ("dans les 48 heures suivant l'attaque du 7 octobre 2020", "2020-10-07", "2020-10-09"),
        ("au cours des 48 dernières heures", "2021-06-04", "2021-06-06"),
        ("les 12 et 13 mars de l'an dernier", "2020-03-12", "2020-03-13"),
        ("d'ici à minuit dimanche", None, "2021-06-06"),
        ("au cours du dernier mois", "2021-05-06", "2021-06-06"),
        ("le mois dernier", "2021-05-01", "2021-05-31"),
        ("entre mars 2019 (date du lancement) et juin 2020", "2019-03-01", "2020-06-30"),
        ("du 1er août 2015 jusqu'au dernier jour de 2017", "2015-08-01", "2017-12-31"),
        ("entre janvier 2019 et la publication de ce rapport", "2019-01-01", "2021-06-06"),
        ("le rapport 2019", "2019-01-01", "2019-12-31"),
        ("le trimestre clos le 30 juin 2020", "2020-04-01", "2020-06-30"),
    ],
    "de": [
        ("in den ersten 72 Stunden nach dem Angriff am 7. Oktober", "2020-10-07", "2020-10-10"),
        ("innerhalb von 24 Stunden nach dem Anschlag vom 15. März", "2021-03-15", "2021-03-16"),
        ("am 12. und 13. März vergangenen Jahres", "2020-03-12", "2020-03-13"),
        ("bis 18 Uhr am Freitag", None, "2021-06-04"),
        ("bis zum Abend des 3. März", None, "2021-03-03"),
        ("im letzten Monat", "2021-05-01", "2021-05-31"),
        ("bislang im Juni", "2021-06-01", "2021-06-06"),
        ("zwischen Januar 2019 und jetzt", "2019-01-01", "2021-06-06"),
    ],
    "es": [
        ("en las primeras 72 horas tras el ataque del 7 de octubre", "2020-10-07", "2020-10-10"),
        ("el 12 y 13 de marzo del año pasado", "2020-03-12", "2020-03-13"),
        ("hasta la medianoche del domingo", None, "2021-06-06"),
        ("en el último mes", "2021-05-06", "2021-06-06"),
        ("el mes pasado", "2021-05-01", "2021-05-31"),
        ("en lo que va de junio", "2021-06-01", "2021-06-06"),
        ("entre enero de 2019 y la publicación de este informe", "2019-01-01", "2021-06-06"),
    ],
    "it": [
        ("nelle 48 ore successive all'attacco del 7 ottobre", "2020-10-07", "2020-10-09"),
        ("il 12 e 13 marzo dell'anno scorso", "2020-03-12", "2020-03-13"),
        ("entro la mezzanotte di domenica", None, "2021-06-06"),
        ("nell'ultimo mese", "2021-05-06", "2021-06-06"),
        ("il trimestre chiuso il 31 marzo 2020", "2020-01-01", "2020-03-31"),
    ],
    "pt": [
        ("nas 48 horas seguintes ao ataque de 7 de outubro", "2020-10-07", "2020-10-09"),
        ("20 e 21 de maio deste ano", "2021-05-20", "2021-05-21"),
        ("até a meia-noite de domingo", None, "2021-06-06"),
        ("no último mês", "2021-05-06", "2021-06-06"),
        ("entre janeiro de 2019 e agora", "2019-01-01", "2021-06-06"),
    ],
    "ru": [
        ("за последние 48 часов", "2021-06-04", "2021-06-06"),
        ("в течение 48 часов после нападения 7 октября", "2020-10-07", "2020-10-09"),
        ("за последний месяц", "2021-05-06", "2021-06-06"),
        ("12 и 13 марта прошлого года", "2020-03-12", "2020-03-13"),
        ("к вечеру 3 марта", None, "2021-03-03"),
    ],
    "id": [
        ("dalam 48 jam setelah serangan 7 Oktober 2020", "2020-10-07", "2020-10-09"),
        ("12 dan 13 Maret tahun lalu", "2020-03-12", "2020-03-13"),
    ],
    "tr": [("son 48 saatte", "2021-06-04", "2021-06-06")],
    "ar": [("خلال الـ48 ساعة الماضية", "2021-06-04", "2021-06-06")],
    "fa": [("در ۴۸ ساعت گذشته", "2021-06-04", "2021-06-06")],
}


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [(language, *case) for language, cases in OTHERS.items() for case in cases],
)
def test_words_of_other_languages_become_days(language, text, start, end):
    (found,) = periods(text, PUBLISHED, language)
    assert found.start == (date.fromisoformat(start) if start else None)
    assert found.end == (date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "dans les jours qui ont suivi l'attentat du 15 mars"),
        ("de", "in den Wochen vor der Wahl am 3. November"),
        ("es", "en los días posteriores al atentado del 15 de marzo"),
        ("it", "nelle settimane prima del voto del 3 novembre"),
        ("pt", "nas semanas antes da votação de 3 de novembro"),
        ("fr", "à la même époque l'an dernier"),
        ("de", "um diese Zeit im vergangenen Jahr"),
    ],
)
def test_a_time_that_other_languages_do_not_name_has_no_days(language, text):
    assert not [p for p in periods(text, PUBLISHED, language) if p.start or p.end]
