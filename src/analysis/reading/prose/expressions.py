"""Time expressions as a language writes them: matched, and turned into days once a year is known.

An `Expression` is what a template matched; `days` gives its days for a year. How the year is found
when the text names none is the business of `reading.prose.periods`.

A template is tried only where a word stands that it can begin with: the words of a sentence are
walked over once, and each is looked up.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.reading.prose import languages
from analysis.reading.prose.languages.inflection import composed
from analysis.reading.prose.letters import bare, fold_letters
from analysis.reading.prose.templates import (
    Slot,
    Template,
    alternatives,
    compile_template,
    opening,
    said,
)

YEAR = r"(?:19|20)\d\d"
COUNTS = frozenset((*range(1, 21), *range(30, 101, 10)))
AIR = r"[\s\u200c-\u200f]*+"
AIR_OR_COMMA = r"[\s\u200c-\u200f,\u060c]*+"
LOOKED_BACK = 60  # characters in front of an expression in which the word that leads it may stand
DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])"
ONE_OR_TWO = ("0", "00")  # digits
FIXED_SLOTS = {
    "yy": Slot(r"\d\d", ("00",)),
    "mm": Slot(r"(?:0?[1-9]|1[0-2])", ONE_OR_TWO),
    "dd": Slot(DAY_NUMBER, ONE_OR_TWO, ending=r"(?:t\d\d:?\d\d[\d:.]*z?)?"),
    "digit": Slot("[1-4]", ("0",)),
    "week": Slot(r"(?:0?[1-9]|[1-4]\d|5[0-3])", ONE_OR_TWO),
    "tens": Slot(r"\d0", ("00",)),
    "decade_year": Slot(r"(?:19|20)\d0", ("0000",)),
    "nm": Slot("(?:3|6|9|12)", ONE_OR_TWO),
}
LONGEST_SPAN = 15  # years from the first to the last of "2010-19"
FIRST_YEAR = 1970  # of the hundred that a year of two digits is read in
DIGITS = re.compile(r"\d*")
NUMBER = re.compile(r"\d{5,}|\d+[.,]\d{3}(?!\d)|\d+\.\d+%")  # no date begins with these
UNIT_SLOTS = (
    "unit", "span_word", "week_word", "weekend_word", "day_word", "quarter", "half", "month_word",
    "year_word",
)  # fmt: skip
NUMBERED = re.compile(r"\d[-./,:]$")  # in front of what is no number of its own
MONEY_OR_NUMBER = "$€£¥#№"


@dataclass(frozen=True, slots=True)
class TimeWords:
    """What ``periods.yaml`` says, ready for matching."""

    months: Mapping[str, int]
    shy_months: frozenset[str]
    month_leads: frozenset[str]
    capital_months: frozenset[str]
    seasons: Mapping[str, tuple[int, int]]
    ordinals: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    weekdays: Mapping[str, int]
    short_weekdays: frozenset[str]
    to_date: re.Pattern[str]
    days: Mapping[str, int]
    years: Mapping[str, int]
    decades: Mapping[str, int]
    rules: "Rules"
    word: re.Pattern[str]
    prefixes: tuple[str, ...]
    leads: Mapping[str, re.Pattern[str]]
    since_far: re.Pattern[str]
    onward: re.Pattern[str]
    onward_from: re.Pattern[str]
    backward: re.Pattern[str]
    between: re.Pattern[str]
    link_from: re.Pattern[str]
    link_to: re.Pattern[str]
    joins: frozenset[str]
    year_leads: frozenset[str]
    bare_years: bool
    counted: frozenset[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    named: frozenset[str]
    mornings: frozenset[str]
    recurring: frozenset[str]
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
        if self.slots.get("year"):
            return int(self.slots["year"])
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


def _ending(
    words: Any, prefixes: Iterable[str] = (), articles: Iterable[str] = ()
) -> re.Pattern[str]:
    found = alternatives(words or ())
    article = rf"(?:{alternatives(articles or ())}{AIR})?"
    return re.compile(rf"{opening(prefixes)}(?:{found}){AIR}{article}$")


def _whole(words: Any) -> re.Pattern[str]:
    found = alternatives(words or ())
    return re.compile(rf"{AIR_OR_COMMA}(?:{found})(?!\w){AIR}")


def key_of(words: str) -> str:
    """Return words as the keys of the time grammar are written."""
    return " ".join(bare(fold_letters(words)).replace("\u200c", " ").split())


def _keyed(words: Mapping[Any, Any] | None) -> dict[str, Any]:
    return {key_of(str(word)): value for word, value in (words or {}).items()}


def _keys(words: Iterable[Any] | None) -> frozenset[str]:
    return frozenset(key_of(str(word)) for word in words or ())


def _numbers(language: str, data: Mapping[str, Any]) -> dict[str, int]:
    """Return the words that stretches of time are counted with: to twenty, round ones, vague."""
    words = _keyed(languages.number_words(language))
    counted = {w: int(v) for w, v in words.items() if v in COUNTS}
    return counted | {w: int(v) for w, v in _keyed(data.get("vague_counts")).items()}


def _years(data: Mapping[str, Any]) -> dict[str, int]:
    """Return the years as they are said in words: "nineteen ninety-nine"."""
    recipe = data.get("years")
    return {w: int(v) for w, v in _keyed(composed(recipe)).items()} if recipe else {}


def _day_slot(suffixes: str, words: Mapping[str, int]) -> Slot:
    """Return the slot of a day's number with its suffix, or in words: "21st", "twenty-first"."""
    named = alternatives(words or ())
    return Slot(rf"(?:{DAY_NUMBER}(?:{suffixes})(?!\d)|{named})", (*ONE_OR_TWO, *words))


def _slots(data: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, Slot]:
    suffixes = alternatives(data.get("day_suffixes") or ())
    units = [word for words in data["units"].values() for word in words]
    year_end = alternatives(data.get("year_suffixes") or ())
    years, weekdays = _years(data), data.get("weekdays") or {}
    short = data.get("short_weekdays") or {}
    made = {name: Slot.of(words) for name, words in data["slots"].items()}
    number = rf"(?:[1-9]\d{{0,2}}|{alternatives(numbers)})"
    day = rf"{DAY_NUMBER}(?:{suffixes})?(?![.,:]?\d)"
    return (
        made
        | FIXED_SLOTS
        | {
            "month": Slot.of(data["months"]),
            "season": Slot.of(data.get("seasons") or ()),
            "ordinal": Slot.of(data["ordinals"]),
            "unit": Slot.of(units),
            "n": Slot(number, (*ONE_OR_TWO, "000", *numbers)),
            "year": Slot(
                rf"(?:{YEAR}|{alternatives(years or ())})",
                ("0000", *years),
                ending=f"(?:{year_end})?",
            ),
            "day": Slot(day, ONE_OR_TWO),
            "nth": _day_slot(suffixes, data.get("day_words") or {}),
            "weekday": Slot.of([*weekdays, *short] or ()),
            "dayname": Slot.of(weekdays or ()),
            "decade": Slot.of(data.get("decades") or ()),
            "numeral": _day_slot(suffixes, {}),
            "century": Slot(rf"(?:[1-9]|1\d|2[01])(?:{suffixes})", ONE_OR_TWO),
        }
    )


@dataclass(frozen=True, slots=True)
class Rules:
    """The templates of a language, found by how a text begins and by the words it holds.

    Each set of words that templates need has a bit; ``bits`` says which sets a word belongs to.
    """

    by_start: Mapping[str, tuple[tuple[int, int, str, str], ...]]
    bits: Mapping[str, int]
    chosen: dict[tuple[str, int], tuple[tuple[int, str, re.Pattern[str]], ...]]

    @classmethod
    def of(cls, templates: Iterable[tuple[str, Template]]) -> "Rules":
        """Return the rules that templates make."""
        by_start: dict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
        bits: dict[str, int] = defaultdict(int)
        sets: dict[frozenset[str], int] = {}
        for order, (rule, template) in enumerate(templates):
            needs = 0
            for need in template.needs:
                bit = sets.setdefault(need, 1 << len(sets))
                needs |= bit
                for word in need:
                    bits[word] |= bit
            for start in template.starts:
                by_start[start].append((needs, order, rule, template.pattern))
        return cls({start: tuple(rules) for start, rules in by_start.items()}, dict(bits), {})

    def at(self, start: str, present: int) -> tuple[tuple[int, str, re.Pattern[str]], ...]:
        """Return the rules to try where a text begins so, of those whose words are present."""
        key = (start, present)
        if key not in self.chosen:
            self.chosen[key] = tuple(
                (order, rule, _compiled(pattern))
                for needs, order, rule, pattern in self.by_start[start]
                if needs & present == needs
            )
        return self.chosen[key]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _word(starts: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for how a word begins, and for signs that an expression can begin with."""
    signs = "".join(re.escape(s) for s in starts if not s[:1].isalnum())
    return re.compile(rf"(?<!\w)(?:[^\W\d_]+|\d+{f'|[{signs}]' if signs else ''})")


@cache
def time_words(language: str) -> TimeWords:
    """Return the time grammar of a language."""
    data = languages.load_yaml(language, "periods")
    numbers = _numbers(language, data)
    slots = _slots(data, numbers)
    leads, links, articles = data["leads"], data["links"], data.get("articles") or ()
    steering = languages.load_yaml(language, "cues")
    prefixes = languages.inflection(language).prefixes
    templates = [
        (rule, compile_template(str(template), slots))
        for rule, listed in data["templates"].items()
        for template in listed
    ]
    rates = [
        (f"rate {per}", compile_template("{rate}", {"rate": Slot.of(words)}))
        for per, words in data["rates"].items()
    ]
    rules = Rules.of([*templates, *rates])
    weekdays = (data.get("weekdays") or {}) | (data.get("short_weekdays") or {})
    return TimeWords(
        months={k: int(v) for k, v in _keyed(data["months"]).items()},
        shy_months=_keys(data.get("shy_months")),
        month_leads=_keys(data.get("month_leads")),
        capital_months=_keys(data.get("capital_months")),
        seasons={k: (int(v[0]), int(v[1])) for k, v in _keyed(data.get("seasons")).items()},
        ordinals={k: int(v) for k, v in _keyed(data["ordinals"]).items()},
        numbers=numbers,
        units={key_of(word): unit for unit, words in data["units"].items() for word in words},
        weekdays={k: int(v) for k, v in _keyed(weekdays).items()},
        short_weekdays=_keys(data.get("short_weekdays")),
        to_date=re.compile(rf"{AIR_OR_COMMA}(?:{alternatives(articles or ())})?{AIR}"),
        days={k: int(v) for k, v in _keyed(data.get("day_words")).items()},
        years=_years(data),
        decades={k: int(v) for k, v in _keyed(data.get("decades")).items()},
        rules=rules,
        word=_word(rules.by_start),
        prefixes=tuple(map(fold_letters, prefixes)),
        leads={name: _ending(words, prefixes, articles) for name, words in leads.items()},
        since_far=re.compile(
            rf"{opening(prefixes)}(?:{alternatives(leads['since'] or ())})(?![\w])[^.;:!?]*$"
        ),
        onward=_whole(data.get("onward")),
        onward_from=_whole(data.get("onward_from")),
        backward=_whole(data.get("backward")),
        between=_ending(links["between"], prefixes, articles),
        link_from=_ending(links["from"], prefixes, articles),
        link_to=_whole(links["to"]),
        joins=frozenset(languages.load_yaml(language, "numbers").get("joins") or ()),
        year_leads=_keys(data.get("year_leads")),
        bare_years=bool(data.get("bare_years")),
        counted=_counted(language),
        not_before=_whole(data.get("not_before")),
        not_after=_ending(data.get("not_after")),
        mornings=_keys(data.get("mornings")),
        recurring=_keys(data.get("recurring")),
        named=_keys(data.get("named_numbers")),
        rate_not_after=_ending(data.get("rate_not_after")),
        compare=re.compile(rf"(?<![\w])(?:{alternatives(steering['compare'] or ())})(?![\w])"),
    )


def lower(text: str) -> str:
    """Return text as the time grammar matches it, of the same length: see `fold_letters`."""
    return fold_letters(text)


def _counted(language: str) -> frozenset[str]:
    """Return the nouns for what is counted: "1999 accounts" are no year."""
    rows = languages.load_words(language, "items")
    return frozenset(key_of(word) for row in rows for word in row["words"].split("|"))


def window(text: str, end: int, start: int = 0) -> str:
    """Return the text in front of a place, no further back than a word that leads it may stand."""
    return text[max(start, end - LOOKED_BACK) : end]


def _word_before(text: str, place: int) -> str:
    words = window(text, place).split()
    return words[-1] if words else ""


def _year_stands(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse a bare year that is a count, an amount of money or part of a name."""
    if match.group() != match.group("year"):
        return True
    before, behind = _word_before(text, match.start()), text[match.end() : match.end() + 40]
    after = behind.split()
    if text[match.start() - 1 : match.start()] in tuple(MONEY_OR_NUMBER) or behind[:1] == "%":
        return False
    if NUMBERED.search(text[max(match.start() - 2, 0) : match.start()]):
        return False  # of a telephone number, a law, a date that is none
    if after and key_of(after[0].strip(".,;:")) in words.counted:
        return False
    if not match.group()[0].isdigit() and after and after[0][0].isalpha():
        return False  # "two thousand people"
    lead = key_of(before)
    known = lead in words.year_leads or lead[-1:] in words.year_leads
    named = behind[:2] in ("'s", "’s") or bool(words.onward.match(behind))
    return words.bare_years or not before or known or named


def _month_stands(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse a month that is another word: "may", "march", "mar"."""
    month, before = key_of(match.group("month")), _word_before(text, match.start())
    capital = not match.group("month")[:1].isascii() or text[match.start("month")].isupper()
    led = key_of(before) in words.month_leads or match.start("month") > match.start()
    if month in words.shy_months:
        return led and (capital or not words.capital_months)
    return month not in words.capital_months or capital or led


def _part_stands(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse "the first half of the film", and "Q3" behind a name: "an Audi Q3"."""
    if words.not_before.match(text[match.end() : match.end() + LOOKED_BACK].lower()):
        return False
    before = _word_before(text, match.start())
    name = before[:1].isupper() and before[-1:].isalpha() and not before.endswith(("'s", "’s"))
    known = words.year_leads | words.month_leads
    return "digit" not in match.groupdict() or not name or key_of(before) in known


def _is_tomorrow(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse the morning, where one word means both: "de la mañana", "am Morgen"."""
    return key_of(_word_before(text, match.start())) not in words.mornings


def _is_one_day(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse a day that comes back: "every Monday"."""
    return key_of(_word_before(text, match.start())) not in words.recurring


def _ends_clause(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Ask that no word follows one number: "in the first", but not "in the first video"."""
    if "nth2" in match.groupdict():
        return True
    rest = text[match.end() : match.end() + 2].lstrip()
    return not rest or not rest[0].isalnum()


def _is_no_name(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse what only looks like a date: "24/7", "Regulation 11/2008", part of a longer row."""
    if any(c.isalpha() for c in match.group()):
        return True
    around = text[max(match.start() - 2, 0) : match.start()], text[match.end() : match.end() + 2]
    if NUMBERED.search(around[0]) or re.match(r"[-/.:]\d", around[1]):
        return False
    if any(key_of(match.group()).endswith(name) for name in words.named):
        return False
    return not words.not_after.search(window(text, match.start()).lower())


Check = Callable[[re.Match[str], str, TimeWords], bool]
CHECKS: Mapping[str, Check] = {
    "year": _year_stands,
    "quarter_no_year": _part_stands,
    "half_no_year": _part_stands,
    "months_no_year": _part_stands,
    "quarter_ordinal": _ends_clause,
    "nth": _ends_clause,
    "tomorrow": _is_tomorrow,
    "weekday": _is_one_day,
    "year_span": _is_no_name,
    "month": _is_no_name,
    "day": _is_no_name,
    "day_no_year": _is_no_name,
    **dict.fromkeys(
        ("month_no_year", "month_this_year", "month_last_year", "month_next"), _month_stands
    ),
}


def _openings(low: str, words: TimeWords) -> Iterator[tuple[int, str]]:
    """Yield each place where an expression can begin, and how the text begins there."""
    for match in words.word.finditer(low):
        run, start = match.group(), match.start()
        if not run[0].isdigit():
            yield start, run
        elif not NUMBER.match(low, start):
            yield start, said(run)
        for prefix in words.prefixes:
            if run.startswith(prefix):
                end = start + len(prefix)
                rest = run[len(prefix) :] or DIGITS.match(low, end).group()  # type: ignore[union-attr]
                yield end, said(rest)


def _matches(low: str, text: str, words: TimeWords) -> Iterator[tuple[int, int, Expression]]:
    places = [(place, start) for place, start in _openings(low, words)]
    present = 0
    for _, start in places:
        present |= words.rules.bits.get(start, 0)
    for place, start in places:
        if start not in words.rules.by_start:
            continue
        for order, rule, pattern in words.rules.at(start, present):
            match = pattern.match(low, place)
            check = CHECKS.get(rule)
            if match and (check is None or check(match, text, words)):
                slots = {k: key_of(v) for k, v in match.groupdict().items() if v is not None}
                if "year" in slots and not slots["year"].isdigit():
                    slots["year"] = str(words.years[slots["year"]])
                yield place - match.end(), order, Expression(rule, slots, match.span())


def expressions(text: str, language: str) -> list[Expression]:
    """Return the time expressions of a text, none overlapping another, the longest preferred."""
    words, low = time_words(language), lower(text)
    found = sorted(_matches(low, text, words), key=lambda f: (f[0], f[1], f[2].span))
    kept: list[Expression] = []
    taken: set[int] = set()
    for _, _, expression in found:
        places = range(*expression.span)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(expression)
    return _with_weekdays(sorted(kept, key=lambda e: e.span), low, words)


def _with_weekdays(found: Iterable[Expression], low: str, words: TimeWords) -> list[Expression]:
    """Return expressions with the day of the week as part of the date behind it.

    Short names of days count only there: "Wed, 22 January", but not "they wed".
    """
    made: list[Expression] = []
    for e in found:
        named = made.pop() if made and made[-1].rule == "weekday" else None
        if named and _of_one_day(named, e, low, words):
            made.append(replace(e, span=(named.span[0], e.span[1])))
            continue
        if named and _in_full(named, words):
            made.append(named)
        made.append(e)
    if made and made[-1].rule == "weekday" and not _in_full(made[-1], words):
        made.pop()
    return made


def _of_one_day(weekday: Expression, e: Expression, low: str, words: TimeWords) -> bool:
    """Say whether a day of the week stands in front of its date: "Friday the 11th"."""
    dated = shape(e) in ("day", "days") or e.rule in ("nth", "days_unit")
    gap = low[weekday.span[1] : e.span[0]]
    return dated and len(gap) < LOOKED_BACK and bool(words.to_date.fullmatch(gap))


def _in_full(weekday: Expression, words: TimeWords) -> bool:
    return weekday.slots["weekday"] not in words.short_weekdays


def number_of(e: Expression, words: TimeWords) -> int:
    """Return the value of the ``{n}`` slot, 1 when there is none."""
    text = e.slots.get("n") or e.slots.get("nm") or "1"
    return int(text) if text.isdigit() else words.numbers[text]


def unit_of(e: Expression, words: TimeWords, default: str) -> str:
    """Return the unit of time that an expression counts in."""
    for slot in UNIT_SLOTS:
        if slot in e.slots:
            return words.units.get(e.slots[slot], default)
    return default


def weekday_number(e: Expression, words: TimeWords) -> int:
    """Return the number of the day of the week that an expression names, Monday 1."""
    return words.weekdays[e.slots.get("dayname") or e.slots["weekday"]]


def _position(expression: Expression, words: TimeWords, last: int) -> int:
    digit = expression.slots.get("digit")
    number = int(digit) if digit else words.ordinals[expression.slots["ordinal"]]
    return last if number == -1 else min(number, last)


def _quarter(e: Expression, year: int, words: TimeWords) -> Days:
    return calendar.quarter(year, _position(e, words, 4))


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
    """Return a numbered day, week or Tuesday of a longer stretch; ValueError if it has none."""
    place = words.ordinals[e.slots["ordinal"]]
    if "dayname" in e.slots:
        listed = calendar.weekdays(whole, weekday_number(e, words))
        parts: tuple[Days, ...] = tuple(Days(day, day) for day in listed)
    elif "week_word" in e.slots:
        parts = calendar.weeks(whole)
    else:
        day = whole.last if place == -1 else calendar.add_days(whole.first, place - 1)
        parts = (Days(day, day),)
        place = 1
    if not 1 <= abs(place) <= len(parts):
        raise ValueError(f"{whole} has no part {place}")
    return parts[place - 1] if place > 0 else parts[place]


def part_of(whole: Days, e: Expression, words: TimeWords) -> Days:
    """Return the part that an expression names of a longer stretch."""
    if "half" in e.slots:
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


def _day(e: Expression, year: int, words: TimeWords) -> Days:
    number = day_number(e.slots.get("day") or e.slots.get("nth") or e.slots["dd"], words)
    day = date(year, month_number(e, words), number)
    return Days(day, day)


def _days(e: Expression, year: int, words: TimeWords) -> Days:
    month = month_number(e, words)
    first, last = (day_number(e.slots[slot], words) for slot in ("day", "day2"))
    return Days(date(year, month, first), date(year, month, last))


def _season(e: Expression, year: int, words: TimeWords) -> Days:
    first, last = words.seasons[e.slots["season"]]
    end = (year, last) if last <= 12 else (year + 1, last - 12)
    return Days(date(year, first, 1), calendar.month_end(*end))


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


SHAPES: Mapping[str, Callable[[Expression, int, TimeWords], Days]] = {
    "quarter": _quarter,
    "half": _half,
    "months": _months,
    "month": _month,
    "part": _part,
    "day": _day,
    "days": _days,
    "season": _season,
    "week": _week,
    "year": _year,
    "year_span": _year_span,
    "fiscal_year": _year,
    "fiscal_quarter": _quarter,
    "fiscal_half": _half,
}
UNDATED = ("_no_year", "_this_year", "_last_year", "_next_year")


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
