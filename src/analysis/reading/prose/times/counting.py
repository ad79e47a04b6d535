"""Stretches counted from a day that is named behind them: "the six months to December 2020"."""

import re
from datetime import date

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.reading.prose.times.expressions import expressions
from analysis.reading.prose.times.resolving import Reading
from analysis.reading.prose.times.shapes import Expression, number_of, unit_of
from analysis.reading.prose.times.time_words import TimeWords, time_words

LONG_EVENT = 60  # characters between "the day after" and the date: "the attack on the mosque on"
CLAUSE_END = re.compile(r"[.,;:!?()\d]")
COUNTING = (
    "count_to", "count_from", "week_of", "count_after", "count_before", "over_after",
    "over_before", "under_after", "span_after", "unit_after", "span_of", "span_before",
    "days_around", "period_to",
)  # fmt: skip
FROM_EVENT = ("span_after", "unit_after", "span_of")
LENGTHS = ("duration", "within_length")
STRETCHED = ("span_after", "unit_after", "span_before")  # the event may last longer than a day
OF_EVENTS = (
    *FROM_EVENT,
    "span_before",
    "under_after",
    "count_after",
    "days_around",
)  # may be told of before the day


def counted_from(
    e: Expression, named: Reading, words: TimeWords, *, of_event: bool = False
) -> tuple[Days | None, str]:
    """Return the days counted from or up to those of the expression behind, and how.

    Those of an event begin with its day: "within a day of the attack on 15 March".
    """
    count, unit = number_of(e, words), unit_of(e, words, "week")
    if e.rule == "count_to" and named.end:
        first = calendar.shift(calendar.add_days(named.end, 1), -count, unit)
        return Days(first, named.end), f"{count} {unit} up to the day named"
    if e.rule == "count_from" and named.start:
        last = calendar.add_days(calendar.shift(named.start, count, unit), -1)
        return Days(named.start, last), f"{count} {unit} from the day named"
    if e.rule == "week_of" and named.start and named.end:
        if named.start < named.end:
            return Days(named.start, named.end), "days as written"
        return calendar.around(named.start, unit), f"the {unit} that holds the day named"
    if e.rule in (*FROM_EVENT, "span_before") or of_event:
        return _around(e, named, count, unit)
    if e.rule.endswith("_after") and named.end:
        day = calendar.shift(named.end, count, unit)
        first = calendar.add_days(named.end, 1) if e.rule == "under_after" else day
        return Days(first, day), f"{count} {unit} after the day named"
    if e.rule.endswith("_before") and named.start:
        day = calendar.shift(named.start, -count, unit)
        return Days(day, day), f"{count} {unit} before the day named"
    return None, ""


def lasts_as_said(words: str, language: str, days: Days) -> bool:
    """Say whether days are as many as a length names in words: "in three months".

    >>> quarter = calendar.quarter(2023, 2)
    >>> [lasts_as_said(words, "en", quarter) for words in ("in three months", "in a week")]
    [True, False]
    """
    grammar = time_words(language)
    for e in expressions(words, language):
        if e.rule in LENGTHS:
            end = calendar.shift(days.first, number_of(e, grammar), unit_of(e, grammar, "day"))
            return days.last in (end, calendar.add_days(end, -1))
    return False


def counted_on(words: str, language: str, day: date) -> date | None:
    """Return the last day of "in the two weeks after" an event of that day, None for other words.

    >>> counted_on("in the month after the", "en", date(2023, 10, 7))
    datetime.date(2023, 11, 7)
    """
    grammar = time_words(language)
    found = (e for e in expressions(words, language) if e.rule in FROM_EVENT)
    return next(
        (calendar.shift(day, number_of(e, grammar), unit_of(e, grammar, "day")) for e in found),
        None,
    )


def _around(e: Expression, named: Reading, count: int, unit: str) -> tuple[Days | None, str]:
    """Return the days counted from the day of an event on, or up to it."""
    one_day = bool(named.end) and named.start == named.end
    if not named.start or not named.end or (e.rule not in STRETCHED and not one_day):
        return None, ""
    day = calendar.shift(named.start, -count if e.rule == "span_before" else count, unit)
    if e.rule == "span_before":
        before = calendar.add_days(named.start, -1)
        return Days(day, before), f"{count} {unit} up to the day named"
    if e.rule == "count_after":
        return Days(day, day), f"{count} {unit} after the day named"
    if one_day:
        return Days(named.start, day), f"{count} {unit} from it on"
    first = calendar.add_days(named.end, 1)
    last = calendar.add_days(calendar.shift(first, count, unit), -1)
    return Days(first, last), f"{count} {unit} after the days named"
