"""Texts whose figures are all of one period: those that name none are of it too.

A report that tells what Facebook removed "in September" and then what TikTok removed compares the
same month, and a lead that gives a number without its period has it from the body of the text.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analysis.model.periods import Days
from analysis.model.readings import Mention, Period
from analysis.reading.prose.figures.rates import is_only_length
from analysis.reading.prose.times.counting import lasts_as_said

REPORTED = ("month", "quarter", "half_year", "year", "span", "week")
LAST_YEAR = "year before the publication date"
OF_THAT_LENGTH = "the only period of that length in the text"
COUNTED_BACK = "counted back from the publication date"
TO_DATE = "up to that day"
LONG_AGO = 500  # days: a report on a year comes out in the year after
COUNTED = ("count", "share")


def dated_alike(mentions: Sequence[Mention], published: date | None) -> tuple[Mention, ...]:
    """Return figures in order, the undated ones dated by the only period that others are of.

    A period that had ended long before the text came out is what it looks back to. They must tell
    of an act that a dated figure tells of, by the same actor. Older figures, running totals and
    rates neither give the period nor take it.
    """
    period = _only_period(mentions)
    if period is None or (published and period.end and (published - period.end).days > LONG_AGO):
        return tuple(mentions)
    acts = {(m.action, m.actor) for m in mentions if m.period and m.period.start == period.start}
    found = replace(period, basis="inherited", convention="the only period of figures in the text")
    return tuple(
        replace(m, period=found) if _is_undated(m) and (m.action, m.actor) in acts else m
        for m in mentions
    )


def dated_by_length(mentions: Sequence[Mention], language: str) -> tuple[Mention, ...]:
    """Return figures, those of a mere length dated by the one period of figures that lasts so.

    As in "18 million accounts were closed in three months", below which the text names the quarter.
    """
    spans = {
        (m.period.start, m.period.end): m.period
        for m in mentions
        if m.period and m.period.start and m.period.end and _is_of_now(m) and _is_reported(m.period)
    }
    return tuple(_of_that_length(m, tuple(spans.values()), language) for m in mentions)


def _of_that_length(mention: Mention, named: Sequence[Period], language: str) -> Mention:
    """Return a figure dated by the only period that is as long as its own words say."""
    period = mention.period
    if period is None or not is_only_length(period) or mention.measure != "count":
        return mention
    alike = [
        p
        for p in named
        if p.start and p.end and lasts_as_said(period.text, language, Days(p.start, p.end))
    ]
    if len(alike) != 1:
        return mention
    return replace(mention, period=replace(alike[0], basis="inherited", convention=OF_THAT_LENGTH))


def _is_reported(period: Period) -> bool:
    return period.kind in REPORTED and not period.cumulative


def _only_period(mentions: Sequence[Mention]) -> Period | None:
    found: dict[object, Period] = {}
    for mention in mentions:
        period = mention.period
        if period and (period.start or period.end) and _is_of_now(mention):
            found.setdefault((period.start, period.end), period)
    period = next(iter(found.values())) if len(found) == 1 else None
    totals = (m for m in mentions if m.cumulative and m.period == period)
    if period and TO_DATE in period.convention and any(totals):
        return None  # "bringing the number since the start of the year to 437"
    if period and period.convention == LAST_YEAR:
        return None  # "Last year these shares were 83 and 58 percent": what others are held against
    if period and COUNTED_BACK in period.convention and mentions[0].period is None:
        return None  # "It removed 220 accounts. In the last two months it has removed 800 posts"
    if not period or period.cumulative or not (period.start and period.end):
        return None
    return period if period.kind in REPORTED else None


def _is_undated(mention: Mention) -> bool:
    return mention.period is None and _is_of_now(mention) and not mention.cumulative


def _is_of_now(mention: Mention) -> bool:
    """Say whether a figure is one that the text reports, and no older one and no rate."""
    return mention.measure in COUNTED and not mention.background
