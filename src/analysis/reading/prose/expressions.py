"""Time expressions as a language writes them, matched: none overlaps another, the longest wins.

A template is tried only where a word stands that it can begin with, and only in texts that hold
the words it needs: the words are walked over once, and each is looked up.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from analysis.reading.prose.letters import fold_letters
from analysis.reading.prose.shapes import Expression, shape, weekday_name
from analysis.reading.prose.templates import said
from analysis.reading.prose.time_words import TimeWords, key_of, time_words

LOOKED_BACK = 60  # characters in front of an expression in which the word that leads it may stand
NEAR_YEARS = range(2000, 2050)  # of which figures are told
DIGITS = re.compile(r"\d*")
NUMBER = re.compile(r"\d{5,}|\d+[.,]\d{3}(?!\d)|\d+\.\d+%")  # no date begins with these
NUMBERED = re.compile(r"\d[-./,:]$")  # in front of what is no number of its own
MONEY_OR_NUMBER = "$€£¥#№"


def lower(text: str) -> str:
    """Return text as the time grammar matches it, of the same length: see `fold_letters`."""
    return fold_letters(text)


def window(text: str, end: int, start: int = 0) -> str:
    """Return the text in front of a place, no further back than a word that leads it may stand."""
    return text[max(start, end - LOOKED_BACK) : end]


def _word_before(text: str, place: int) -> str:
    words = window(text, place).split()
    return words[-1] if words else ""


def _year_stands(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse a bare year that is a count, an amount of money or part of a name."""
    if match.group() not in match.groupdict().values():
        return True
    if match.group().isdecimal() and int(match.group()) >= NEAR_YEARS.stop:
        return False
    before, behind = _word_before(text, match.start()), text[match.end() : match.end() + 40]
    after = behind.split()
    if text[match.start() - 1 : match.start()] in tuple(MONEY_OR_NUMBER) or behind[:1] == "%":
        return False
    if NUMBERED.search(text[max(match.start() - 2, 0) : match.start()]):
        return False  # of a telephone number, a law, a date that is none
    if behind[:1] == "/" == text[match.start() - 1 : match.start()]:
        return False  # of an address
    if after and key_of(after[0].strip(".,;:")) in words.counted:
        return False
    if not match.group()[0].isdigit() and after and after[0][0].isalpha():
        return False  # "two thousand people"
    if words.not_after.search(window(text, match.start()).lower().rstrip(", ")):
        return False  # of a law: "the Information Technology Rules, 2021"
    lead = key_of(before)
    known = lead in words.year_leads or lead[-1:] in words.year_leads
    named = behind[:2] in ("'s", "’s") or bool(words.onward.match(behind))
    named = named or any(part.match(behind) for part in words.parts_behind.values())
    return words.bare_years or not before or known or named


def _month_stands(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse a month that is another word: "may", "march", "mar"."""
    month, before = key_of(match.group("month")), _word_before(text, match.start())
    capital = not match.group("month")[:1].isascii() or text[match.start("month")].isupper()
    tail = text[match.end("month") : match.end()].split()
    named = bool(tail) and key_of(tail[0]) in words.month_leads  # Turkish "ocak ayında"
    led = named or key_of(before) in words.month_leads or match.start("month") > match.start()
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


def _is_adverb(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse "has since" in front of a date, which it is a preposition of: "has since 24 May"."""
    behind = text[match.end() : match.end() + LOOKED_BACK].split()
    word = key_of(behind[0]) if behind else ""
    named = words.months.keys() | words.weekdays.keys() | words.seasons.keys()
    return not (word[:1].isdigit() or word in named or word in words.articles)


def _is_one_day(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse a day that comes back: "every Monday"."""
    return key_of(_word_before(text, match.start())) not in words.recurring


def _is_led(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Ask for a word in front of "then" that makes it a time: "until then", "from then to May"."""
    head = lower(window(text, match.start()))
    led = (words.leads["since"], words.leads["by"], words.link_from)
    return any(pattern.search(head) for pattern in led)


def _ends_clause(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Ask that no noun follows one number: "in the first", but not "in the first video"."""
    if "nth2" in match.groupdict():
        return True
    rest = text[match.end() : match.end() + LOOKED_BACK].lstrip()
    if words.link_to.match(fold_letters(rest)):
        return True
    return not rest or not (rest[0].isupper() if words.capital_nouns else rest[0].isalnum())


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
    "then": _is_led,
    "since_then": _is_adverb,
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


def _counts(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Say whether what looks like a far year counts things: "in September 1987 channels"."""
    year = match.groupdict().get("year")
    if (
        not year
        or not year.isdecimal()
        or int(year) in NEAR_YEARS
        or match.end() != match.end("year")
    ):
        return False
    after = text[match.end() : match.end() + LOOKED_BACK].split()
    return bool(after) and key_of(after[0].strip(".,;:،؛")) in words.counted


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
            if match and _counts(match, text, words):
                continue
            if match and (check is None or check(match, text, words)):
                slots = {k: key_of(v) for k, v in match.groupdict().items() if v is not None}
                if "said_year" in slots:
                    slots["year"] = str(words.years[slots["said_year"]])
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
            slots = {**e.slots, "weekday": weekday_name(named)}
            made.append(replace(e, slots=slots, span=(named.span[0], e.span[1])))
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
    return weekday_name(weekday) not in words.short_weekdays
