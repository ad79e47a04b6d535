"""Time expressions as a language writes them, matched: none overlaps another, the longest wins.

A template is tried only where a word stands that it can begin with, and only in texts that hold
the words it needs: the words are walked over once, and each is looked up.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from analysis.reading.prose.times.shapes import Expression, shape, weekday_name
from analysis.reading.prose.times.templates import said
from analysis.reading.prose.times.time_words import TimeWords, key_of, time_words
from analysis.reading.prose.words.letters import fold_letters

QUOTES = "\"'“”„«»‘’‹›"
LOOKED_BACK = 60  # characters in front of an expression in which the word that leads it may stand
LABELLED = re.compile(r"(\w+) +[-–—] +$")
WRITTEN_WITH = re.compile(r"\w+(?:-\w+)+\.?$")
DASHED, DASHED_BEFORE = re.compile(r"[-–—](\w+)"), re.compile(r"(\w+)[-–—]$")
NEAR_YEARS = range(2000, 2050)  # of which figures are told
FOUR_DIGITS = re.compile(r"\d{4}$")
DIGITS = re.compile(r"\d*")
NUMBER = re.compile(r"\d{5,}|\d+[.,]\d{3}(?!\d)|\d+\.\d+%")  # no date begins with these
OPENING = re.compile(r"(?:^|[.!?:]\s+|\n)[^\W\d_a-z]\w*\s+$")  # one word that opens a sentence
PERCENT_BEHIND = re.compile(r"[\s\u202f]?[%٪]|[.,]\d+[\s\u202f]?[%٪]")
OPENING_REACH = 24
YEAR_IN_DIGITS = re.compile(r"\s*(?:19|20)\d\d(?!\w)")
DAY_FIRST = re.compile(r"(?<!\d)(?:1[3-9]|2\d|3[01])([/.-])\d{1,2}\1\d{2,4}(?!\d)")
MONTH_LABEL = re.compile(r"\s?:\s*\d")
YEAR_BEFORE = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?:,?\s+\w{1,3}\s|,\s)$")  # "2018 and"
NUMBERED = re.compile(r"\d[-./,:]$")  # in front of what is no number of its own
IN_BRACKETS = re.compile(r"(\b\d{1,2} \w+|\b\w+ \d{1,2}) \((20\d\d)\)")  # "June 25 (2024)"
MONEY_OR_NUMBER = "$€£¥#№"
PARTS = ("early", "start", "middle", "late", "end")
PAD = "\x1f"  # a blank that texts do not have: fills the place of a year said in words


def lower(text: str) -> str:
    """Return text as the time grammar matches it, of the same length: see `fold_letters`."""
    return fold_letters(text)


def window(text: str, end: int, start: int = 0) -> str:
    """Return the text in front of a place, no further back than a word that leads it may stand."""
    return text[max(start, end - LOOKED_BACK) : end]


def _word_before(text: str, place: int) -> str:
    """Return the word in front of a place, without the quotation mark that it opens with."""
    words = window(text, place).split()
    return (words[-1].lstrip(QUOTES) or words[-1]) if words else ""


def _opens_sentence(place: int, text: str) -> bool:
    """Say whether one word stands in front of a place, and opens its sentence."""
    first = max(0, place - OPENING_REACH)
    return OPENING.search("x" * (first > 0) + text[first:place]) is not None


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
    front = [key_of(word) for word in window(text, match.start()).split()[-2:-1]]
    opens = _opens_sentence(match.start(), text) or not words.telling_that.isdisjoint(front)
    opens = opens and key_of(before) in words.year_leads
    listed = YEAR_BEFORE.search(text, max(0, match.start() - OPENING_REACH), match.start())
    stands = opens or (listed and key_of(_word_before(text, listed.start())) in words.year_leads)
    if after and key_of(after[0].strip(".,;:")) in words.counted and not stands:
        return False  # "in 2019 cases", but "In 2019 accounts were", "said that in 2019 users"
    if text[match.start() - 1 : match.start()] == PAD and _is_said_count(behind, words):
        return False
    if words.not_after.search(window(text, match.start()).lower().rstrip(", ")):
        return False  # of a law: "the Information Technology Rules, 2021"
    month = LABELLED.search(text, max(0, match.start() - LOOKED_BACK), match.start())
    if month and key_of(month.group(1)) in words.months:
        return False  # "September – 1987 channels"
    lead = key_of(before)
    known = lead in words.year_leads or lead[-1:] in words.year_leads
    ending = behind[:1] in ("'", "’") and behind[1:2].isalpha()  # "2020's", Turkish "2007'den"
    named = ending or bool(words.onward.match(behind))
    named = named or any(part.match(behind) for part in words.parts_behind.values())
    return words.bare_years or not before or known or named


def _is_said_count(behind: str, words: TimeWords) -> bool:
    """As in "two thousand people", but not in "from two thousand to two thousand fourteen"."""
    linked = words.link_to.match(fold_letters(behind))
    if linked and YEAR_IN_DIGITS.match(behind[linked.end() :]):
        return False
    return behind.lstrip()[:1].isalpha()


def _month_stands(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse a month that is another word: "may", "march", "mar"."""
    month, before = key_of(match.group("month")), _word_before(text, match.start())
    whole = WRITTEN_WITH.search(text, max(0, match.start() - LOOKED_BACK), match.end("month"))
    if whole and key_of(whole.group().rstrip(".")) in words.no_months:
        return False  # "les Vingt-Sept."
    capital = not match.group("month")[:1].isascii() or text[match.start("month")].isupper()
    tail = text[match.end("month") : match.end()].split()
    named = bool(tail) and key_of(tail[0]) in words.month_leads  # Turkish "ocak ayında"
    led = named or key_of(before) in words.month_leads or match.start("month") > match.start()
    led = led or _dashed(match, text, words) or _labels_a_number(match, text, before)
    alone = match.span() == (0, len(text))  # a heading, a cell of a table
    if month in words.shy_months and not alone:
        return led and (capital or not words.capital_months)
    return month not in words.capital_months or capital or led


def _labels_a_number(match: re.Match[str], text: str, before: str) -> bool:
    """As in "April: 5,612 bots. May: 6,034": a month in front of what was counted in it."""
    opens = not before or before[-1] in ".;,|"
    return opens and MONTH_LABEL.match(text, match.end()) is not None


def _dashed(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Say whether a dash ties a month to another: Turkish "ekim-aralık döneminde"."""
    behind = DASHED.match(text, match.end())
    before = DASHED_BEFORE.search(window(text, match.start()))
    return any(tied and key_of(tied.group(1)) in words.months for tied in (behind, before))


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


def _is_to_come(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Ask for a word that tells of the future: "will close in two weeks"."""
    return bool(words.future.search(lower(window(text, match.start()))))


def _is_in_year(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Ask that a numbered week is one of a year: "in week 31", but not "week 3 of the trial"."""
    before = key_of(_word_before(text, match.start()))
    return before in words.year_leads and _part_stands(match, text, words)


def _is_linked(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Ask that "now" is the end of a stretch: "between January 2019 and now"."""
    return bool(words.linked_now.search(lower(window(text, match.start()))))


def _is_not_of(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse "in the last month of 2018", "in the last week of the campaign"."""
    return not words.not_of.match(text[match.end() : match.end() + LOOKED_BACK].lower())


def _is_no_part(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse "the last year of the war", but not "last year", "the latest quarter of data"."""
    if "quarter" in match.groupdict():
        return True
    first, before = key_of(match.group().split()[0]), _word_before(text, match.start())
    led = first in words.articles or key_of(before) in words.articles
    return not led or _is_not_of(match, text, words)


def _is_one_day(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse a day that comes back: "every Monday"."""
    return key_of(_word_before(text, match.start())) not in words.recurring


def _is_led(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Ask for a word that makes "then" a time: "until then", "from then to May".

    It may stand behind: Turkish "aynı tarihe kadar".
    """
    head = lower(window(text, match.start()))
    led = (words.leads["since"], words.leads["by"], words.link_from)
    behind = lower(text[match.end() : match.end() + LOOKED_BACK])
    return any(pattern.search(head) for pattern in led) or bool(words.backward.match(behind))


def _ends_clause(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Ask that no noun follows one number: "in the first", but not "in the first video"."""
    rest = text[match.end() : match.end() + LOOKED_BACK].lstrip()
    if "nth2" in match.groupdict():  # "from the 3rd to the 5th", but not "to the second quarter"
        return key_of("".join(rest.split(maxsplit=1)[:1]).strip(".,;:")) not in words.units
    if "weekday" in match.groupdict():  # "Tuesday the 4th at noon", but "Tuesday the 4th of May"
        return not any(key_of(word.strip(".,")) in words.months for word in rest.split()[:2])
    if words.link_to.match(fold_letters(rest)):
        return True
    return not rest or not (rest[0].isupper() if words.capital_nouns else rest[0].isalnum())


def _is_alone(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Ask that no noun follows: "In the second it had been 9 million", "49% no 4º no Facebook"."""
    if _ends_clause(match, text, words):
        return True
    behind = text[match.end() : match.end() + LOOKED_BACK].split()
    return bool(behind) and key_of(behind[0].strip(".,")) in words.behind_ordinal


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


def _names_part(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Ask for a word in front that names a part: "the end of the month", but not "the month"."""
    head = lower(window(text, match.start()))
    return any(words.leads[name].search(head) for name in PARTS)


def _is_no_compound(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse a feast that a noun follows, where nouns are put together: "a Christmas market".

    Behind "since" and the like without an article it is a day: "Since Christmas it has".
    """
    rest = text[match.end() : match.end() + LOOKED_BACK].lstrip()
    if not words.compounds or not rest[:1].isalpha():
        return True
    first, head = key_of(rest.split()[0]), lower(window(text, match.start()))
    led = any(words.leads[name].search(head) for name in ("since", "by", "before", "after"))
    if led and key_of(_word_before(text, match.start())) not in words.articles:
        return True
    return first in words.articles | words.month_leads or bool(words.link_to.match(lower(rest)))


def _is_date(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Refuse a month in front of its day where another date of the text can only be day first.

    As in "01/07/2021–31/12/2021".
    """
    slots = match.groupdict()
    month_first = "mm" in slots and "dd" in slots and match.start("mm") < match.start("dd")
    if month_first and match.start("mm") == match.start() and DAY_FIRST.search(text):
        return False
    return _is_no_name(match, text, words)


Check = Callable[[re.Match[str], str, TimeWords], bool]
CHECKS: Mapping[str, Check] = {
    "year": _year_stands,
    "quarter_no_year": _part_stands,
    "half_no_year": _part_stands,
    "months_no_year": _part_stands,
    "quarter_ordinal": _is_alone,
    "nth": _ends_clause,
    "far_year": _ends_clause,
    "then": _is_led,
    "that_date": _is_led,
    "now": _is_linked,
    "past_unit": _is_not_of,
    "last_unit": _is_no_part,
    "last_year": _is_no_part,
    "since_then": _is_adverb,
    "tomorrow": _is_tomorrow,
    "weekday": _is_one_day,
    "ahead_in": _is_to_come,
    "week_no_year": _is_in_year,
    "whole_unit": _names_part,
    "holiday_no_year": _is_no_compound,
    "year_span": _is_no_name,
    "month": _is_no_name,
    "day": _is_date,
    "day_no_year": _is_no_name,
    "dates_no_year": _is_no_name,
    **dict.fromkeys(
        ("month_no_year", "month_this_year", "month_last_year", "month_next"), _month_stands
    ),
}


def _is_a_rate(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """As in "45,000 communities a day in December": so many a day, in that month."""
    parted = match.groupdict().keys() & {"day_word", "week_word"}
    return bool(parted) and key_of(_word_before(text, match.start())) in words.counted


def _counts(match: re.Match[str], text: str, words: TimeWords) -> bool:
    """Say whether a number in it is none of a date: "in May 19 lakh", "il 29 %".

    So is the year of "in September 1987 channels".
    """
    digits = text[match.end() - 1].isdigit()
    if digits and PERCENT_BEHIND.match(text, match.end()):
        return True
    after = text[match.end() : match.end() + LOOKED_BACK].split() if digits else []
    behind = key_of(after[0].strip(".,;:،؛")) if after else ""
    if behind in words.scales and not FOUR_DIGITS.search(text, match.start(), match.end()):
        return True
    year = match.groupdict().get("year")
    if (
        not year
        or not year.isdecimal()
        or int(year) in NEAR_YEARS
        or match.end() != match.end("year")
    ):
        return False
    return behind in words.counted


def _openings(low: str, words: TimeWords) -> Iterator[tuple[int, str]]:
    """Yield each place where an expression can begin, and how the text begins there."""
    prefixes = words.prefixes
    for match in words.word.finditer(low):
        run, start = match.group(), match.start()
        if not run[0].isdigit():
            yield start, run
        elif not NUMBER.match(low, start):
            yield start, said(run)
        for prefix in prefixes:
            if run.startswith(prefix):
                end = start + len(prefix)
                rest = run[len(prefix) :] or DIGITS.match(low, end).group()  # type: ignore[union-attr]
                yield end, said(rest)


def _matches(low: str, text: str, words: TimeWords) -> Iterator[tuple[int, int, Expression]]:
    by_start, bits = words.rules.by_start, words.rules.bits
    places, present = [], 0
    for opening in _openings(low, words):
        start = opening[1]
        present |= bits.get(start, 0)
        if start in by_start:
            places.append(opening)
    for place, start in places:
        for order, rule, pattern in words.rules.at(start, present):
            match = pattern.match(low, place)
            if match is None or _counts(match, text, words) or _is_a_rate(match, text, words):
                continue
            check = CHECKS.get(rule)
            if check is None or check(match, text, words):
                slots = {k: key_of(v) for k, v in match.groupdict().items() if v is not None}
                yield place - match.end(), order, Expression(rule, slots, match.span())


def _years_in_digits(low: str, text: str, words: TimeWords) -> tuple[str, str, dict[int, int]]:
    """Write years said in words as digits: "in two thousand nine".

    All places hold, since the digits stand where the words end, behind as many pads as it takes;
    where those words began is returned by the place of the digits.
    """
    if words.said_years is None or not any(opening in low for opening in words.year_openings):
        return low, text, {}
    spelled = [
        (*m.span(), str(words.years[key_of(m.group())])) for m in words.said_years.finditer(low)
    ]
    began = {end - len(year): start for start, end, year in spelled}

    def written(line: str) -> str:
        parts, at = [], 0
        for start, end, year in spelled:
            parts += [line[at:start], year.rjust(end - start, PAD)]
            at = end
        return "".join((*parts, line[at:]))

    return written(low), written(text), began


def _years_out_of_brackets(low: str, words: TimeWords) -> str:
    """Write the year of a date as behind a comma, in as many places: "June 25 (2024)"."""

    def bare(match: re.Match[str]) -> str:
        dated = not words.months.keys().isdisjoint(key_of(w) for w in match.group(1).split())
        return f"{match.group(1)},  {match.group(2)}" if dated else match.group()

    return IN_BRACKETS.sub(bare, low) if "(20" in low else low


def expressions(text: str, language: str) -> list[Expression]:
    """Return the time expressions of a text, none overlapping another, the longest preferred."""
    words = time_words(language)
    low, text, began = _years_in_digits(lower(text), text, words)
    low = _years_out_of_brackets(low, words)
    found = sorted(_matches(low, text, words), key=lambda f: (f[0], f[1], f[2].span))
    kept: list[Expression] = []
    taken: set[int] = set()
    for _, _, expression in found:
        places = range(*expression.span)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(expression)
    if began:
        kept = [replace(e, span=(began.get(e.span[0], e.span[0]), e.span[1])) for e in kept]
    return _with_weekdays(sorted(kept, key=lambda e: e.span), low, words)


def _with_weekdays(found: Sequence[Expression], low: str, words: TimeWords) -> list[Expression]:
    """Return expressions with the day of the week as part of the date behind it.

    Short names of days count only there, and where two are linked: "Wed, 22 January", "Mon to
    Thu", but not "they wed".
    """
    linked = _linked_weekdays(found, low, words)
    made: list[Expression] = []
    for e in found:
        named = made.pop() if made and made[-1].rule == "weekday" else None
        if named and _of_one_day(named, e, low, words):
            slots = {**e.slots, "weekday": weekday_name(named)}
            made.append(replace(e, slots=slots, span=(named.span[0], e.span[1])))
            continue
        if named and (_in_full(named, words) or named.span in linked):
            made.append(named)
        made.append(e)
    last = made[-1] if made and made[-1].rule == "weekday" else None
    if last and not (_in_full(last, words) or last.span in linked):
        made.pop()
    return made


def _linked_weekdays(
    found: Sequence[Expression], low: str, words: TimeWords
) -> set[tuple[int, int]]:
    """Return where days of the week stand that a word such as "to" links."""
    spans: set[tuple[int, int]] = set()
    for one, other in pairwise(found):
        gap = low[one.span[1] : other.span[0]]
        days = one.rule == other.rule == "weekday" and gap.strip(" ,") not in words.joins
        if days and words.link_to.fullmatch(gap):
            spans |= {one.span, other.span}
    return spans


def _of_one_day(weekday: Expression, e: Expression, low: str, words: TimeWords) -> bool:
    """Say whether a day of the week stands in front of its date: "Friday the 11th"."""
    dated = shape(e) in ("day", "days") or e.rule in ("nth", "days_unit")
    gap = low[weekday.span[1] : e.span[0]]
    return dated and len(gap) < LOOKED_BACK and bool(words.to_date.fullmatch(gap))


def _in_full(weekday: Expression, words: TimeWords) -> bool:
    return weekday_name(weekday) not in words.short_weekdays
