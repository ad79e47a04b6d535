"""Time expressions as a language writes them: matched, and turned into days once a year is known.

An `Expression` is what a template matched; `days` gives its days for a year. How the year is found
when the text names none is the business of `reading.prose.periods`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.reading.prose import languages
from analysis.reading.prose.letters import bare, fold_letters
from analysis.reading.prose.templates import alternatives, compile_template, opening

YEAR = r"(?:19|20)\d\d"
NOTHING = ("\0",)  # matches no text
COUNTS = frozenset((*range(1, 21), *range(30, 101, 10)))
AIR = r"[\s\u200c-\u200f]*"
AIR_OR_COMMA = r"[\s\u200c-\u200f,\u060c]*"
FIXED_SLOTS = {
    "year": YEAR,
    "yy": r"\d\d",
    "mm": r"0[1-9]|1[0-2]",
    "dd": r"0[1-9]|[12]\d|3[01]",
    "digit": r"[1-4]",
}


@dataclass(frozen=True, slots=True)
class TimeWords:
    """What ``periods.yaml`` says, ready for matching."""

    months: Mapping[str, int]
    shy_months: frozenset[str]
    month_leads: frozenset[str]
    capital_months: bool
    seasons: Mapping[str, tuple[int, int]]
    ordinals: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    rules: tuple[tuple[str, re.Pattern[str]], ...]
    rates: tuple[tuple[str, re.Pattern[str]], ...]
    leads: Mapping[str, re.Pattern[str]]
    since_far: re.Pattern[str]
    onward: re.Pattern[str]
    between: re.Pattern[str]
    link_from: re.Pattern[str]
    link_to: re.Pattern[str]
    joins: frozenset[str]
    year_leads: frozenset[str]
    bare_years: bool
    counted: frozenset[str]
    rate_not_after: re.Pattern[str]
    compare: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that name a stretch of time: the rule they match, what filled the slots, and where."""

    rule: str
    slots: Mapping[str, str]
    span: tuple[int, int]

    @property
    def year(self) -> int | None:
        """The year in the words, None when there is none."""
        return int(self.slots["year"]) if self.slots.get("year") else None


def _ending(words: Any, prefixes: Iterable[str] = ()) -> re.Pattern[str]:
    found = alternatives(words or NOTHING)
    return re.compile(rf"{opening(prefixes)}(?:{found}){AIR}$")


def _whole(words: Any) -> re.Pattern[str]:
    return re.compile(rf"{AIR_OR_COMMA}(?:{alternatives(words or NOTHING)}){AIR}")


def key_of(words: str) -> str:
    """Return words as the keys of the time grammar are written."""
    return " ".join(bare(fold_letters(words)).replace("\u200c", " ").split())


def _keyed(words: Mapping[Any, Any] | None) -> dict[str, Any]:
    return {key_of(str(word)): value for word, value in (words or {}).items()}


def _numbers(language: str) -> dict[str, int]:
    """Return the number words that stretches of time are counted in: to twenty, and round ones."""
    words = _keyed(languages.number_words(language))
    return {w: int(v) for w, v in words.items() if v in COUNTS}


def _slots(data: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, str]:
    suffixes = alternatives(data.get("day_suffixes") or NOTHING)
    units = [word for words in data["units"].values() for word in words]
    made = {name: alternatives(words) for name, words in data["slots"].items()}
    return (
        made
        | FIXED_SLOTS
        | {
            "month": alternatives(data["months"]),
            "season": alternatives(data.get("seasons") or NOTHING),
            "ordinal": alternatives(data["ordinals"]),
            "unit": alternatives(units),
            "n": rf"\d{{1,3}}|{alternatives(numbers)}",
            "year_end": f"(?:{alternatives(data['year_suffixes'])})?"
            if data.get("year_suffixes")
            else "",
            "day": rf"(?:0?[1-9]|[12]\d|3[01])(?:{suffixes})?(?![.,:]?\d)",
        }
    )


@cache
def time_words(language: str) -> TimeWords:
    """Return the time grammar of a language."""
    data = languages.load_yaml(language, "periods")
    numbers = _numbers(language)
    slots = _slots(data, numbers)
    leads, links = data["leads"], data["links"]
    steering = languages.load_yaml(language, "cues")
    prefixes = languages.inflection(language).prefixes
    rules = [
        (rule, compile_template(str(template), slots, prefixes))
        for rule, templates in data["templates"].items()
        for template in templates
    ]
    rates = [
        (per, re.compile(rf"{opening(prefixes)}(?:{alternatives(words)})(?![\w])"))
        for per, words in data["rates"].items()
    ]
    return TimeWords(
        months={k: int(v) for k, v in _keyed(data["months"]).items()},
        shy_months=frozenset(map(key_of, data.get("shy_months") or ())),
        month_leads=frozenset(map(key_of, data.get("month_leads") or ())),
        capital_months=bool(data.get("capital_months")),
        seasons={k: (int(v[0]), int(v[1])) for k, v in _keyed(data.get("seasons")).items()},
        ordinals={k: int(v) for k, v in _keyed(data["ordinals"]).items()},
        numbers=numbers,
        units={key_of(word): unit for unit, words in data["units"].items() for word in words},
        rules=tuple(rules),
        rates=tuple(rates),
        leads={name: _ending(words, prefixes) for name, words in leads.items()},
        since_far=re.compile(
            rf"{opening(prefixes)}(?:{alternatives(leads['since'] or NOTHING)})(?![\w])[^.;:!?]*$"
        ),
        onward=_whole(data.get("onward")),
        between=_ending(links["between"], prefixes),
        link_from=_ending(links["from"], prefixes),
        link_to=_whole(links["to"]),
        joins=frozenset(languages.load_yaml(language, "numbers").get("joins") or ()),
        year_leads=frozenset(key_of(str(w)) for w in data.get("year_leads") or ()),
        counted=_counted(language),
        bare_years=bool(data.get("bare_years")),
        rate_not_after=_ending(data.get("rate_not_after")),
        compare=re.compile(rf"(?<![\w])(?:{alternatives(steering['compare'] or NOTHING)})(?![\w])"),
    )


def lower(text: str) -> str:
    """Return text as the time grammar matches it, of the same length: see `fold_letters`."""
    return fold_letters(text)


def _counted(language: str) -> frozenset[str]:
    """Return the nouns for what is counted: "1999 accounts" are no year."""
    rows = languages.load_words(language, "items")
    return frozenset(key_of(word) for row in rows for word in row["words"].split("|"))


def _believable(rule: str, match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse a bare year that is a count, and a month name that is another word."""
    before = text[: match.start()].split()
    lead = key_of(before[-1]) if before else ""
    if rule == "year" and match.group() == match.group("year"):
        behind = text[match.end() : match.end() + 2]
        known = lead in words.year_leads or (lead[-1:] in words.year_leads)
        after = text[match.end() :].split()
        if after and key_of(after[0].strip(".,;:")) in words.counted:
            return False
        return words.bare_years or not before or known or behind in ("'s", "’s")
    if rule == "quarter_ordinal":
        rest = text[match.end() :].lstrip()
        return not rest or not rest[0].isalpha()
    if rule in ("month_no_year", "month_this_year", "month_last_year"):
        start = match.start("month")
        if words.capital_months and not text[start].isupper():
            return False
        return key_of(match.group("month")) not in words.shy_months or lead in words.month_leads
    return True


def expressions(text: str, language: str) -> list[Expression]:
    """Return the time expressions of a text, none overlapping another, the longest preferred."""
    words, low = time_words(language), lower(text)
    found: list[tuple[int, int, Expression]] = []
    for order, (rule, pattern) in enumerate(words.rules):
        for match in pattern.finditer(low):
            if _believable(rule, match, text, words):
                slots = {k: key_of(v) for k, v in match.groupdict().items() if v is not None}
                expression = Expression(rule, slots, match.span())
                found.append((match.start() - match.end(), order, expression))
    kept: list[Expression] = []
    taken: set[int] = set()
    for _, _, expression in sorted(found, key=lambda f: (f[0], f[1], f[2].span)):
        places = range(*expression.span)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(expression)
    return sorted(kept, key=lambda e: e.span)


def number_of(text: str, words: TimeWords) -> int:
    """Return the value of the ``{n}`` slot."""
    return int(text) if text.isdigit() else words.numbers[text]


def _position(expression: Expression, words: TimeWords, last: int) -> int:
    digit = expression.slots.get("digit")
    number = int(digit) if digit else words.ordinals[expression.slots["ordinal"]]
    return last if number == -1 else min(number, last)


def _quarter(e: Expression, year: int, words: TimeWords) -> Days:
    return calendar.quarter(year, _position(e, words, 4))


def _half(e: Expression, year: int, words: TimeWords) -> Days:
    return calendar.half(year, _position(e, words, 2))


def _months(e: Expression, year: int, words: TimeWords) -> Days:
    count = min(number_of(e.slots["n"], words), 12)
    place = _position(e, words, max(1, 12 // count))
    if words.ordinals[e.slots["ordinal"]] == -1:
        return calendar.months(year, 13 - count, 12)
    return calendar.months(year, (place - 1) * count + 1, place * count)


def month_number(e: Expression, words: TimeWords) -> int:
    """Return the number of the month in an expression."""
    return int(e.slots["mm"]) if "mm" in e.slots else words.months[e.slots["month"]]


def _month(e: Expression, year: int, words: TimeWords) -> Days:
    return calendar.month(year, month_number(e, words))


def _day_number(text: str) -> int:
    return int(re.match(r"\d+", text).group())  # type: ignore[union-attr]


def _day(e: Expression, year: int, words: TimeWords) -> Days:
    number = _day_number(e.slots.get("day") or e.slots["dd"])
    day = date(year, month_number(e, words), number)
    return Days(day, day)


def _days(e: Expression, year: int, words: TimeWords) -> Days:
    month = month_number(e, words)
    first, last = _day_number(e.slots["day"]), _day_number(e.slots["day2"])
    return Days(date(year, month, first), date(year, month, last))


def _season(e: Expression, year: int, words: TimeWords) -> Days:
    return calendar.months(year, *words.seasons[e.slots["season"]])


def _year(e: Expression, year: int, words: TimeWords) -> Days:
    return calendar.year(year)


def _year_span(e: Expression, year: int, words: TimeWords) -> Days:
    end = e.slots.get("year2") or f"{year // 100}{e.slots['yy']}"
    return Days(date(year, 1, 1), date(int(end), 12, 31))


SHAPES: Mapping[str, Callable[[Expression, int, TimeWords], Days]] = {
    "quarter": _quarter,
    "half": _half,
    "months": _months,
    "month": _month,
    "day": _day,
    "days": _days,
    "season": _season,
    "year": _year,
    "year_span": _year_span,
}


def shape(expression: Expression) -> str:
    """Return the name of the shape of a dated expression, empty for a relative one."""
    for ending in ("_no_year", "_this_year", "_last_year"):
        if expression.rule.endswith(ending):
            return expression.rule.removesuffix(ending)
    return expression.rule if expression.rule in SHAPES else ""


def days(expression: Expression, year: int, words: TimeWords) -> Days | None:
    """Return the days of a dated expression in a year, None for days that do not exist."""
    try:
        return SHAPES[shape(expression)](expression, year, words)
    except ValueError:
        return None
