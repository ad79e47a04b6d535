"""Time expressions without a year of their own, each with the rule that makes days of it.

They are counted from the publication date (`from_publication`), lean on a period named before
(`named_before`), or are days by number or name (`numbered_days`); decades and centuries are here.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from analysis.model import periods as calendar
from analysis.reading.prose.times.from_publication import FROM_PUBLICATION
from analysis.reading.prose.times.named_before import NAMED_BEFORE
from analysis.reading.prose.times.numbered_days import NUMBERED_DAYS
from analysis.reading.prose.times.resolving import UNKNOWN, Memory, Reading, Rule, as_read
from analysis.reading.prose.times.shapes import Expression, day_number
from analysis.reading.prose.times.time_words import TimeWords


def _vague(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """As in "since the summer", "a few months ago": a time is named, but no days of it."""
    return replace(UNKNOWN, convention="a time whose days are not named")


def _fiscal_span(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    return Reading(None, None, "year", "unknown", "a fiscal year whose days are not named")


def _decade(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    """Return a decade; without its century the latest that had begun by the publication date."""
    digits = e.slots.get("decade_year") or e.slots.get("tens")
    number = int(digits) if digits else words.decades[e.slots["decade"]]
    if number >= 100:
        return as_read(calendar.decade(number), "stated", "decade as written")
    latest = memory.reference.year if memory.reference else date.max.year
    century = 2000 if 2000 + number <= min(latest, 2029) else 1900
    return as_read(calendar.decade(century + number), "inferred", "decade without its century")


def _century(e: Expression, words: TimeWords, memory: Memory) -> Reading:
    number = day_number(e.slots["century"], words)
    return as_read(calendar.century(number), "stated", "the hundred years that begin alike")


RELATIVE: Mapping[str, Rule] = {
    **FROM_PUBLICATION,
    **NAMED_BEFORE,
    **NUMBERED_DAYS,
    "fiscal_span": _fiscal_span,
    "vague": _vague,
    "days_around": _vague,
    "decade": _decade,
    "century": _century,
}
