"""Periods as a figure means them: what was going on ends when the text was published."""

import calendar
from dataclasses import replace
from datetime import date, timedelta

from analysis.model.readings import Period
from analysis.reading.prose.times.resolving import Memory
from analysis.reading.prose.times.terms import Found

AHEAD = "a time after the publication date, of which there is no figure yet"
LEAP_DAY = (2, 29)
YEAR_PAST = "the last such day by the publication date"
A_START = "the start of a time, of which no stretch is named"


def closed(found: Found, memory: Memory) -> Period:
    """Return a period as a figure in a document means it.

    A figure counts what had happened by the day it was published, so what was going on ends then,
    or on the day that the sentence named before; what begins later dates none. "Early" and "late"
    date a figure by the first and the last day: how long it was counted they do not say.
    """
    period, day = found.period, memory.day or memory.reference
    if found.part in ("early", "late") and period.start and period.end:
        point = period.start if found.part == "early" else period.end
        return replace(
            period, start=point, end=point, kind="point", convention=f"{found.part} point"
        )
    if found.part == "start" and period.kind == "point":
        return replace(period, start=None, end=None, kind="unknown", convention=A_START)
    published = memory.reference
    ahead = published is not None and period.end is not None and period.end > published
    if ahead and period.kind == "point" and period.basis != "stated" and not period.start:
        return replace(period, end=_a_year_before(period.end), convention=YEAR_PAST)
    if published and period.start and period.start > published:
        return replace(period, start=None, end=None, kind="unknown", convention=AHEAD)
    if not found.ongoing or not day or not period.start or period.start > day:
        return period
    end = min(period.end or day, day)
    return replace(period, end=end, convention=f"{period.convention}, to the publication date")


def _a_year_before(day: date | None) -> date | None:
    """As in "by the end of the year" in a text that came out in April: of the year before."""
    if day is None:
        return None
    leap = calendar.isleap(day.year) and (day.month, day.day) == LEAP_DAY
    return (day - timedelta(days=leap)).replace(year=day.year - 1)
