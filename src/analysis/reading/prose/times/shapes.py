"""The shapes of time expressions: which days a quarter, a week or "the last Tuesday of" is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from analysis.model import periods as calendar
from analysis.model import solar
from analysis.model.periods import Days
from analysis.reading.prose.times.time_words import TimeWords

LONGEST_SPAN = 15  # years from the first to the last of "2010-19"
SOLAR_BEHIND = 621  # years from one of the Persian calendar to that in whose March it begins
SATURDAY = 6
HOURS_OF_DAY = 24
FIRST_YEAR = 1970  # of the hundred that a year of two digits is read in
DAY_SLOTS = ("day", "nth", "any_day", "numeral", "dd")
UNIT_SLOTS = (
    "unit", "one_unit", "span_word", "week_word", "weekend_word", "day_word", "quarter", "half",
    "month_word", "year_word", "decade_word", "full_day", "lone_unit",
    "past_word", "pair_word", "hour_word", "lone_month", "halved_word",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that name a stretch of time: the rule they match, what filled the slots, and where."""

    rule: str
    slots: Mapping[str, str]
    span: tuple[int, int]

    @property
    def year(self) -> int | None:
        """The year in the words, None when there is none."""
        year = self.slots.get("year") or self.slots.get("far_year")
        if year:
            return int(year)
        if self.slots.get("solar_year"):
            return int(self.slots["solar_year"]) + SOLAR_BEHIND
        return full_year(int(self.slots["yy"])) if self._short_year else None

    @property
    def _short_year(self) -> bool:
        return bool(self.slots.get("yy")) and self.rule != "year_span"


def full_year(two_digits: int) -> int:
    """Return the year that two digits stand for.

    >>> full_year(18), full_year(74)
    (2018, 1974)
    """
    return FIRST_YEAR + (two_digits - FIRST_YEAR) % 100


def number_of(e: Expression, words: TimeWords) -> int:
    """Return the value of the ``{n}`` slot, 1 when there is none; hours are whole days.

    The words of ``{pair_word}`` mean two in one word, as in Arabic.
    """
    one = "2" if "pair_word" in e.slots else "1"
    text = e.slots.get("n") or e.slots.get("nm") or one
    number = int(text) if text.isdigit() else words.numbers[text]
    return ceil(number / HOURS_OF_DAY) if "hour_word" in e.slots else number


def unit_of(e: Expression, words: TimeWords, default: str) -> str:
    """Return the unit of time that an expression counts in."""
    if "hour_word" in e.slots:
        return "day"
    for slot in UNIT_SLOTS:
        if slot in e.slots:
            return words.units.get(e.slots[slot], default)
    return default


def weekday_name(e: Expression) -> str:
    """Return the day of the week that an expression names."""
    return e.slots.get("dayname") or e.slots["weekday"]


def weekday_number(e: Expression, words: TimeWords) -> int:
    """Return the number of the day of the week that an expression names, Monday 1."""
    return words.weekdays[weekday_name(e)]


def _position(expression: Expression, words: TimeWords, last: int) -> int:
    digit = expression.slots.get("digit")
    number = int(digit) if digit else words.ordinals[expression.slots["ordinal"]]
    return last if number == -1 else min(number, last)


def _quarter(e: Expression, year: int, words: TimeWords) -> Days:
    return calendar.quarter(year, _position(e, words, 4))


def _quarters(e: Expression, year: int, words: TimeWords) -> Days:
    last = words.ordinals[e.slots["ordinal2"]]
    return Days(
        _quarter(e, year, words).first, calendar.quarter(year, 4 if last == -1 else last).last
    )


def _month_quarter(e: Expression, year: int, words: TimeWords) -> Days:
    """As in "The June quarter": the three months that end with it."""
    month = _month(e, year, words)
    return Days(calendar.add_months(month.first, -2), month.last)


def _half(e: Expression, year: int, words: TimeWords) -> Days:
    return calendar.half(year, _position(e, words, 2))


def counted_part(whole: Days, e: Expression, words: TimeWords, unit: str) -> Days:
    """Return so many units of a longer stretch: its first three, its last two."""
    count = number_of(e, words)
    place = words.ordinals[e.slots["ordinal"]] if "ordinal" in e.slots else 1
    if place == -1:
        after = calendar.add_days(whole.last, 1)
        return Days(max(calendar.shift(after, -count, unit), whole.first), whole.last)
    first = calendar.shift(whole.first, (place - 1) * count, unit)
    last = calendar.add_days(calendar.shift(first, count, unit), -1)
    return Days(first, min(last, whole.last))


def numbered_part(whole: Days, e: Expression, words: TimeWords) -> Days:
    """Return a numbered day, week, weekend or Tuesday of a stretch; ValueError if it has none."""
    place = words.ordinals[e.slots["ordinal"]]
    if "dayname" in e.slots:
        listed = calendar.weekdays(whole, weekday_number(e, words))
        parts: tuple[Days, ...] = tuple(Days(day, day) for day in listed)
    elif "week_word" in e.slots:
        parts = calendar.weeks(whole)
    elif "weekend_word" in e.slots:
        parts = tuple(calendar.around(day, "weekend") for day in calendar.weekdays(whole, SATURDAY))
    else:
        day = whole.last if place == -1 else calendar.add_days(whole.first, place - 1)
        parts = (Days(day, day),)
        place = 1
    if not 1 <= abs(place) <= len(parts):
        raise ValueError(f"{whole} has no part {place}")
    return parts[place - 1] if place > 0 else parts[place]


def part_of(whole: Days, e: Expression, words: TimeWords) -> Days:
    """Return the part that an expression names of a longer stretch."""
    if "half" in e.slots or "month_half" in e.slots:
        first = words.ordinals[e.slots["ordinal"]] == 1
        return calendar.early(whole) if first else calendar.late(whole)
    if "n" in e.slots:
        return counted_part(whole, e, words, unit_of(e, words, "week"))
    return numbered_part(whole, e, words)


def _months(e: Expression, year: int, words: TimeWords) -> Days:
    return counted_part(calendar.year(year), e, words, unit_of(e, words, "month"))


def month_number(e: Expression, words: TimeWords) -> int:
    """Return the number of the month in an expression."""
    return int(e.slots["mm"]) if "mm" in e.slots else words.months[e.slots["month"]]


def _month(e: Expression, year: int, words: TimeWords) -> Days:
    return calendar.month(year, month_number(e, words))


def _part(e: Expression, year: int, words: TimeWords) -> Days:
    return part_of(_month(e, year, words) if "month" in e.slots else calendar.year(year), e, words)


def day_number(text: str, words: TimeWords) -> int:
    """Return the number of a day: of "21", "21st", "twenty-first"."""
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else words.days[text]


def numbered_day(e: Expression, words: TimeWords, which: str = "") -> int | None:
    """Return the number of the day in an expression, or of the second one; None without one."""
    texts = (e.slots.get(f"{slot}{which}") for slot in DAY_SLOTS)
    return next((day_number(text, words) for text in texts if text), None)


def _day(e: Expression, year: int, words: TimeWords) -> Days:
    day = date(year, month_number(e, words), numbered_day(e, words) or 0)
    return Days(day, day)


def _days(e: Expression, year: int, words: TimeWords) -> Days:
    month = month_number(e, words)
    first, last = (numbered_day(e, words, which) or 0 for which in ("", "2"))
    return Days(date(year, month, first), date(year, month, last))


def _dates(e: Expression, year: int, words: TimeWords) -> Days:
    """As in "28/12 to 3/1/2019": a year that is written is that of the last day."""
    first, last = ((int(e.slots[f"mm{n}"]), int(e.slots[f"dd{n}"])) for n in ("", "2"))
    turns = last < first
    start = year - turns if e.year else year
    return Days(date(start, *first), date(start + turns, *last))


def _iso_dates(e: Expression, year: int, words: TimeWords) -> Days:
    last = (int(e.slots[name]) for name in ("year2", "mm2", "dd2"))
    return Days(date(year, int(e.slots["mm"]), int(e.slots["dd"])), date(*last))


def _season(e: Expression, year: int, words: TimeWords) -> Days:
    first, last = words.seasons[e.slots.get("season") or e.slots["season_word"]]
    end = (year, last) if last <= 12 else (year + 1, last - 12)
    return Days(date(year, first, 1), calendar.month_end(*end))


def _holiday(e: Expression, year: int, words: TimeWords) -> Days:
    day = words.holidays[e.slots["holiday"]].in_year(year)
    return Days(day, day)


def _week(e: Expression, year: int, words: TimeWords) -> Days:
    monday = date.fromisocalendar(year, int(e.slots["week"]), 1)
    return calendar.week(monday)


def _year(e: Expression, year: int, words: TimeWords) -> Days:
    return calendar.year(year)


def _year_span(e: Expression, year: int, words: TimeWords) -> Days:
    end = int(e.slots.get("year2") or year // 100 * 100 + int(e.slots["yy"]))
    if "yy" in e.slots and end - year > LONGEST_SPAN:
        raise ValueError(f"{year}-{e.slots['yy']} is no span of years")
    return Days(date(year, 1, 1), date(end, 12, 31))


def _solar_month(e: Expression, year: int, words: TimeWords) -> Days:
    first = words.solar_months[e.slots["solar_month"]]
    last = words.solar_months[e.slots.get("solar_month2") or e.slots["solar_month"]]
    return solar.months(year - SOLAR_BEHIND, first, last)


def _solar_day(e: Expression, year: int, words: TimeWords) -> Days:
    month, number = words.solar_months[e.slots["solar_month"]], day_number(e.slots["day"], words)
    found = solar.day(year - SOLAR_BEHIND, month, number)
    return Days(found, found)


def _solar_quarter(e: Expression, year: int, words: TimeWords) -> Days:
    number = _position(e, words, 4)
    return solar.months(year - SOLAR_BEHIND, 3 * number - 2, 3 * number)


def _solar_half(e: Expression, year: int, words: TimeWords) -> Days:
    number = _position(e, words, 2)
    return solar.months(year - SOLAR_BEHIND, 6 * number - 5, 6 * number)


def _solar_year(e: Expression, year: int, words: TimeWords) -> Days:
    return solar.months(year - SOLAR_BEHIND, 1, 12)


SHAPES: Mapping[str, Callable[[Expression, int, TimeWords], Days]] = {
    "quarter": _quarter,
    "quarters": _quarters,
    "half": _half,
    "months": _months,
    "month": _month,
    "month_quarter": _month_quarter,
    "part": _part,
    "day": _day,
    "days": _days,
    "dates": _dates,
    "iso_dates": _iso_dates,
    "season": _season,
    "holiday": _holiday,
    "week": _week,
    "year": _year,
    "far_year": _year,
    "year_span": _year_span,
    "solar_month": _solar_month,
    "solar_day": _solar_day,
    "solar_quarter": _solar_quarter,
    "solar_half": _solar_half,
    "solar_year": _solar_year,
    "fiscal_year": _year,
    "fiscal_quarter": _quarter,
    "fiscal_half": _half,
}
BEFORE_IT = "_year_before"  # the year in front of the one that the text is on
UNDATED = ("_no_year", "_this_year", "_last_year", "_next_year", BEFORE_IT)


def shape(expression: Expression) -> str:
    """Return the name of the shape of a dated expression, empty for a relative one."""
    for ending in UNDATED:
        name = expression.rule.removesuffix(ending)
        if name != expression.rule and name in SHAPES:
            return name
    return expression.rule if expression.rule in SHAPES else ""


def days(expression: Expression, year: int, words: TimeWords) -> Days | None:
    """Return the days of a dated expression in a year, None for days that do not exist."""
    try:
        return SHAPES[shape(expression)](expression, year, words)
    except (ValueError, OverflowError):
        return None
