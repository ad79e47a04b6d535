"""The time grammar of a language: what its ``periods.yaml`` says, ready for matching."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from analysis.reading.prose import languages
from analysis.reading.prose.languages.inflection import composed
from analysis.reading.prose.times.holidays import Holiday
from analysis.reading.prose.times.templates import (
    Slot,
    Template,
    alternatives,
    compile_template,
    opening,
    prefixed,
)
from analysis.reading.prose.words.letters import bare, fold_letters

YEAR = r"(?:19\d\d|20[0-6]\d)"  # "2094" counts something
DAYS = range(2, 32)  # of a month, but for the first
COUNTS = frozenset((*range(1, 21), *range(30, 101, 10)))
AIR = r"[\s\u200c-\u200f]*+"
AIR_OR_COMMA = r"[\s\u200c-\u200f,\u060c]*+"
THOUSAND = 1000
DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])"
ONE_OR_TWO = ("0", "00")  # digits
YEAR_OPENING = 6  # letters by which texts without a year in words are passed over
FIXED_SLOTS = {
    "yy": Slot(r"\d\d", ("00",)),
    "mm": Slot(r"(?:0?[1-9]|1[0-2])", ONE_OR_TWO),
    "dd": Slot(DAY_NUMBER, ONE_OR_TWO, ending=r"(?:t\d\d:?\d\d[\d:.]*z?)?"),
    "digit": Slot("[1-4]", ("0",)),
    "week": Slot(r"(?:0?[1-9]|[1-4]\d|5[0-3])", ONE_OR_TWO),
    "tens": Slot(r"\d0", ("00",)),
    "solar_year": Slot(r"1[34]\d\d", ("0000",)),
    "far_year": Slot(r"(?:[1-9]\d\d|1[0-8]\d\d)", ("000", "0000")),
    "decade_year": Slot(r"(?:19|20)\d0", ("0000",)),
    "nm": Slot("(?:3|6|9|12)", ONE_OR_TWO),
}


@dataclass(frozen=True, slots=True)
class TimeWords:
    """What ``periods.yaml`` says, ready for matching."""

    months: Mapping[str, int]
    solar_months: Mapping[str, int]
    shy_months: frozenset[str]
    no_months: frozenset[str]
    month_leads: frozenset[str]
    capital_months: frozenset[str]
    capital_nouns: bool
    seasons: Mapping[str, tuple[int, int]]
    holidays: Mapping[str, Holiday]
    compounds: bool
    ordinals: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    weekdays: Mapping[str, int]
    short_weekdays: frozenset[str]
    to_date: re.Pattern[str]
    days: Mapping[str, int]
    years: Mapping[str, int]
    said_years: re.Pattern[str] | None
    year_openings: tuple[str, ...]
    decades: Mapping[str, int]
    rules: "Rules"
    word: re.Pattern[str]
    prefixes: tuple[str, ...]
    leads: Mapping[str, re.Pattern[str]]
    parts_behind: Mapping[str, re.Pattern[str]]
    from_behind: re.Pattern[str]
    since_far: re.Pattern[str]
    onward: re.Pattern[str]
    onward_from: re.Pattern[str]
    backward: re.Pattern[str]
    between: re.Pattern[str]
    between_far: re.Pattern[str]
    link_from: re.Pattern[str]
    link_to: re.Pattern[str]
    joins: frozenset[str]
    year_leads: frozenset[str]
    bare_years: bool
    counted: frozenset[str]
    scales: frozenset[str]
    not_before: re.Pattern[str]
    not_of: re.Pattern[str]
    not_after: re.Pattern[str]
    named: frozenset[str]
    mornings: frozenset[str]
    recurring: frozenset[str]
    future: re.Pattern[str]
    rate_not_after: re.Pattern[str]
    rate_not_before: frozenset[str]
    publications: frozenset[str]
    compare: re.Pattern[str]
    compare_number: re.Pattern[str]
    says: frozenset[str]
    states_today: frozenset[str]
    articles: frozenset[str]
    said_earlier: frozenset[str]
    had: frozenset[str]
    papers: frozenset[str]
    of_paper: frozenset[str]
    announced: frozenset[str]
    behind_ordinal: frozenset[str]
    telling_of: frozenset[str]
    telling_that: frozenset[str]
    aside: re.Pattern[str]
    told_of: re.Pattern[str]
    clock: re.Pattern[str]
    part_of_day: re.Pattern[str]
    so_far: re.Pattern[str]
    so_far_behind: re.Pattern[str]
    linked_now: re.Pattern[str]


def _ending(
    words: Any, prefixes: Iterable[str] = (), articles: Iterable[str] = ()
) -> re.Pattern[str]:
    found = alternatives(words or ())
    article = rf"(?:{alternatives(articles)}{AIR})?"
    return re.compile(rf"{opening(prefixes)}(?:{found}){AIR}{article}$")


def _whole(words: Any, articles: Iterable[str] = ()) -> re.Pattern[str]:
    found = alternatives(words or ())
    article = rf"(?:(?:{alternatives(articles)})(?!\w){AIR})?" if articles else ""
    return re.compile(rf"{AIR_OR_COMMA}(?:{found})(?!\w){AIR}{article}")


def _among(words: Any) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(words or ())})(?!\w)")


def _before_digits(words: Any) -> re.Pattern[str]:
    """As in "against 1.6 million", "against about 400"."""
    return re.compile(rf"(?<!\w)(?:{alternatives(words or ())})\s+(?:[^\W\d]+\s+){{0,2}}\d")


def without_clock(head: str, words: "TimeWords") -> str:
    """Return what stands in front of a day without the time of that day: "by midnight on"."""
    clock = words.clock.search(head) if words.clock.pattern != "(?!)" else None
    return head[: clock.start()] if clock else head


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


def _clock(data: Mapping[str, Any], articles: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for a time of day in front of its day: "midnight on", "9 p.m. on"."""
    if not data:
        return re.compile("(?!)")
    hour = rf"\d{{1,2}}(?:[.:h]\d\d)?{AIR}(?:{alternatives(data.get('hours') or ())})"
    told = rf"(?:{alternatives(data['words'])}|{hour})"
    behind = rf"(?:{AIR_OR_COMMA}(?:{alternatives(data.get('behind') or ())}))?"
    article = rf"(?:{AIR}(?:{alternatives(articles)}))?"
    return re.compile(rf"(?<!\w){told}(?!\w){behind}{article}{AIR_OR_COMMA}$")


def _joins(language: str) -> tuple[str, ...]:
    return tuple(languages.load_yaml(language, "numbers").get("joins") or ())


def _asides(steering: Mapping[str, Any]) -> list[str]:
    """Return the words that open a clause told by the way: "from May, when it began, to July"."""
    return [str(word) for name in ("when", "relative") for word in steering.get(name) or ()]


def _far(data: Mapping[str, Any]) -> list[str]:
    """Return the words for since that hold far in front of a day; "from" means too much else."""
    near = set(data.get("since_near") or ())
    return [word for word in data["leads"]["since"] or () if word not in near]


def _years(language: str, data: Mapping[str, Any]) -> dict[str, int]:
    """Return the years as they are said in words: "nineteen ninety-nine"."""
    if not data.get("years"):
        return {}
    numbers = {w: v for w, v in languages.number_words(language).items() if 1 <= v < 100}
    made = composed({"numbers": numbers} | data["years"])["words"]
    return {w: int(v) for w, v in _keyed(made).items()}


def _said_years(years: Iterable[str], decades: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for years in words: "two thousand", but not "two thousand and tens"."""
    if not years:
        return None
    decade = rf"(?:{alternatives(decades)})(?!\w)"
    return re.compile(rf"(?<!\w)(?!{decade})(?:{alternatives(years)})(?!\w)")


def _day_names(language: str, data: Mapping[str, Any]) -> dict[str, int]:
    """Return the numbers of days in words: "first", and where they are so called "the fifteen"."""
    counted = _keyed(languages.number_words(language)) if data.get("day_counts") else {}
    days = {word: int(number) for word, number in counted.items() if number in DAYS}
    return days | {word: int(number) for word, number in _keyed(data.get("day_words")).items()}


def _day_slot(suffixes: str, words: Mapping[str, int]) -> Slot:
    """Return the slot of a day's number with its suffix, or in words: "21st", "twenty-first"."""
    named = alternatives(words or ())
    return Slot(rf"(?:{DAY_NUMBER}(?:{suffixes})(?!\d)|{named})", (*ONE_OR_TWO, *words))


def _slots(
    data: Mapping[str, Any],
    numbers: Mapping[str, int],
    day_names: Mapping[str, int],
    prefixes: Iterable[str],
) -> dict[str, Slot]:
    suffixes = alternatives(data.get("day_suffixes") or ())
    units = [word for words in data["units"].values() for word in words]
    year_end = alternatives(data.get("year_suffixes") or ())
    weekdays, short = data.get("weekdays") or {}, data.get("short_weekdays") or {}
    made = {name: Slot.of(words) for name, words in data["slots"].items()}
    number = rf"(?:[1-9]\d{{0,2}}|{prefixed(numbers, prefixes)})"
    day = rf"{DAY_NUMBER}(?:{suffixes})?(?![.,:]?\d)"
    return (
        made
        | FIXED_SLOTS
        | {
            "month": Slot.of(data["months"]),
            "solar_month": Slot.of(data.get("solar_months") or ()),
            "season": Slot.of(data.get("seasons") or ()),
            "ordinal": Slot.of(data["ordinals"]),
            "unit": Slot.of(units),
            "n": Slot(number, (*ONE_OR_TWO, "000", *numbers)),
            "year": Slot(YEAR, ("0000",), ending=f"(?:{year_end})?"),
            "day": Slot(day, ONE_OR_TWO),
            "nth": _day_slot(suffixes, data.get("day_words") or {}),
            "weekday": Slot.of([*weekdays, *short]),
            "dayname": Slot.of(weekdays),
            "decade": Slot.of(data.get("decades") or ()),
            "numeral": _day_slot(suffixes, {}),
            "any_day": Slot(rf"(?:{day}|{alternatives(day_names)})", (*ONE_OR_TWO, *day_names)),
            "holiday": Slot.of(data.get("holidays") or ()),
            "century": Slot(rf"(?:[1-9]|1\d|2[01])(?:{suffixes})", ONE_OR_TWO),
        }
    )


@dataclass(frozen=True, slots=True)
class Rules:
    """The templates of a language, found by how a text begins and by the words it holds.

    Each set of words that templates need has a bit; ``bits`` says which sets a word belongs to,
    ``asked`` which sets the templates that begin so need.
    """

    by_start: Mapping[str, tuple[tuple[int, int, str, str], ...]]
    bits: Mapping[str, int]
    asked: Mapping[str, int]
    chosen: dict[tuple[str, int], tuple[tuple[int, str, re.Pattern[str]], ...]]

    @classmethod
    def of(cls, templates: Iterable[tuple[str, Template]]) -> "Rules":
        """Return the rules that templates make."""
        by_start: dict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
        bits: dict[str, int] = defaultdict(int)
        asked: dict[str, int] = defaultdict(int)
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
                asked[start] |= needs
        listed = {start: tuple(rules) for start, rules in by_start.items()}
        return cls(listed, dict(bits), dict(asked), {})

    def at(self, start: str, present: int) -> tuple[tuple[int, str, re.Pattern[str]], ...]:
        """Return the rules to try where a text begins so, of those whose words are present."""
        present &= self.asked[start]
        key = (start, present)
        made = self.chosen.get(key)
        if made is None:
            made = self.chosen[key] = tuple(
                (order, rule, _compiled(pattern))
                for needs, order, rule, pattern in self.by_start[start]
                if needs & present == needs
            )
        return made


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _word(starts: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for how a word begins, and for signs that an expression can begin with."""
    signs = "".join(re.escape(s) for s in starts if not s[:1].isalnum())
    return re.compile(rf"(?<!\w)(?:[^\W\d_]+|(?<!\d[.,])\d+{f'|[{signs}]' if signs else ''})")


def _counted(language: str) -> frozenset[str]:
    """Return the nouns for what is counted: "1999 accounts" are no year."""
    rows = languages.load_words(language, "items")
    return frozenset(key_of(word) for row in rows for word in row["words"].split("|"))


def _scales(language: str) -> frozenset[str]:
    """Return the words that make a number behind a month no day: "in May 19 lakh"."""
    scales = languages.load_yaml(language, "numbers")["scales"]
    return frozenset(key_of(str(w)) for w, v in scales.items() if float(v) >= THOUSAND)


@cache
def time_words(language: str) -> TimeWords:
    """Return the time grammar of a language."""
    data = languages.load_yaml(language, "periods")
    numbers = _numbers(language, data)
    years = _years(language, data)
    prefixes = tuple(map(fold_letters, languages.inflection(language).prefixes))
    day_names = _day_names(language, data)
    slots = _slots(data, numbers, day_names, prefixes)
    leads, links, articles = data["leads"], data["links"], data.get("articles") or ()
    steering = languages.load_yaml(language, "cues")
    templates = [
        (rule, compile_template(str(template), slots))
        for source in (data["templates"], languages.notations())
        for rule, listed in source.items()
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
        solar_months={k: int(v) for k, v in _keyed(data.get("solar_months") or {}).items()},
        shy_months=_keys(data.get("shy_months")),
        no_months=_keys(data.get("no_months")),
        month_leads=_keys(data.get("month_leads")),
        capital_months=_keys(data.get("capital_months")),
        capital_nouns=bool(data.get("capital_nouns")),
        seasons={k: (int(v[0]), int(v[1])) for k, v in _keyed(data.get("seasons")).items()},
        holidays={k: Holiday.of(v) for k, v in _keyed(data.get("holidays")).items()},
        compounds=bool(data.get("compounds")),
        ordinals={k: int(v) for k, v in _keyed(data["ordinals"]).items()},
        numbers=numbers,
        units={key_of(word): unit for unit, words in data["units"].items() for word in words},
        weekdays={k: int(v) for k, v in _keyed(weekdays).items()},
        short_weekdays=_keys(data.get("short_weekdays")),
        to_date=re.compile(rf"{AIR_OR_COMMA}(?:{alternatives(articles)})?{AIR}"),
        days=day_names,
        years=years,
        said_years=_said_years(years, data.get("decades") or ()),
        year_openings=tuple({year.split()[0][:YEAR_OPENING] for year in years}),
        decades={k: int(v) for k, v in _keyed(data.get("decades")).items()},
        rules=rules,
        word=_word(rules.by_start),
        prefixes=prefixes,
        leads={name: _ending(words, prefixes, articles) for name, words in leads.items()},
        parts_behind={n: _whole(words) for n, words in (data.get("parts_behind") or {}).items()},
        from_behind=_ending(data.get("from_behind")),
        since_far=re.compile(
            rf"{opening(prefixes)}(?:{alternatives(_far(data))})(?:(?<=')|(?!\w))[^.;:!?]*$"
        ),
        onward=_whole(data.get("onward")),
        onward_from=_whole(data.get("onward_from")),
        backward=_whole(data.get("backward")),
        between=_ending(links["between"], prefixes, articles),
        between_far=re.compile(
            rf"{opening(prefixes)}(?:{alternatives(links['between'] or ())})(?![\w])[^.,;:!?\d]*$"
        ),
        link_from=_ending(links["from"], prefixes, articles),
        link_to=_whole(links["to"], articles),
        joins=frozenset(_joins(language)),
        year_leads=_keys(data.get("year_leads")),
        bare_years=bool(data.get("bare_years")),
        counted=_counted(language),
        scales=_scales(language),
        not_before=_whole(data.get("not_before")),
        not_of=_whole(data.get("not_of")),
        not_after=_ending(data.get("not_after")),
        mornings=_keys(data.get("mornings")),
        recurring=_keys(data.get("recurring")),
        future=_among(data.get("future")),
        named=_keys(data.get("named_numbers")),
        rate_not_after=_ending(data.get("rate_not_after")),
        rate_not_before=_keys(data.get("rate_not_before")),
        publications=_keys(data.get("publications")),
        compare=_among(steering["compare"]),
        compare_number=_before_digits(steering.get("compare_number")),
        articles=_keys(articles),
        aside=re.compile(
            rf",\s(?:{alternatives(_asides(steering))})\s[^,.;]{{1,60}},"
            rf"|,\s[^,.;:!?()\d]{{1,60}},|\s\([^().;]{{1,60}}\),?"
        ),
        told_of=re.compile(rf",\s(?={alternatives(_asides(steering))}(?!\w))"),
        clock=_clock(data.get("clock") or {}, articles),
        part_of_day=_whole(data.get("part_of_day")),
        so_far=_ending(data.get("so_far"), prefixes, articles),
        so_far_behind=_whole(data.get("so_far_behind")),
        linked_now=re.compile(
            rf"(?<!\w)(?:{alternatives((*links['between'], *links['from']))})(?!\w)[^.;:!?]*"
            rf"(?<!\w)(?:{alternatives(_joins(language))}){AIR}(?:{alternatives(articles)})?{AIR}$"
        ),
        said_earlier=_keys(steering.get("said_earlier")),
        had=_keys(steering.get("had")),
        papers=_keys(steering.get("papers")),
        of_paper=_keys(steering.get("of_paper")),
        announced=_keys(steering.get("announced")),
        behind_ordinal=_keys(data.get("behind_ordinal")),
        telling_of=_keys(steering.get("telling_of")),
        telling_that=_keys(steering.get("telling_that")),
        states_today=_keys(data.get("states_today")),
        says=_keys((*(steering.get("says") or ()), *(steering.get("said_in") or ()))),
    )
