"""Numbers that count nothing: dates, marks, ranks, names, and what is said twice."""

import re
import unicodedata

from analysis.model.readings import Amount
from analysis.reading.prose.figures.around import inside_period, is_out_of_many
from analysis.reading.prose.figures.choice import COMMON_ACTS
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot
from analysis.reading.prose.figures.so_far import SoFar
from analysis.reading.prose.times.resolving import LOOKING_BACK

RESTATED = 6  # percentage points between a share in words and the same in digits
ROUNDED = 1  # percentage points between two shares in digits, of which one is rounded
RESTATED_REACH = 2  # words between the two beside the phrase that links them
APPOSED_REACH = 8  # tokens between them, where commas set the digits apart
NAMED = re.compile(r"[^\W\d_]-$")  # "covid-19"
YEAR = re.compile(r"19\d\d|20[0-4]\d")
DATE = re.compile(r"[0-3]?\d(?:/[01]?\d)?")
PARAGRAPH = re.compile(r"[\d)][A-Z]?\($")  # a bracket that is written onto a number or another
DIALLED = re.compile(r"\+\d[\d \u00a0().-]*$")  # "+221 77 000 00 00"
LICENCE = re.compile(r"\bBY(?:-[A-Z]{2})* $")  # "CC BY-SA 4.0"
CHAIN_BEFORE, CHAIN_BEHIND = re.compile(r"[\w:/-]*[:/-]$"), re.compile(r"[/-][\w:/-]*")
CHAINED, DIGITS, LINKS_OF_CHAIN = re.compile(r"[:/-]"), re.compile(r"\d+"), 3
UNGROUPED = 10  # digits without a mark between them, which no count in prose has
POSTAL = re.compile(r"\d{5,6}")
RATED = re.compile(r"\d[.,]\d/$")  # "rated 4.5/5"
LIST_MARK, LONGEST_LIST = re.compile(r"\)\s"), 30
COUNTED = re.compile(r"^\W*\d[\d.,]*\w? \w+\W*$|^\W*\w+ ?[:(] ?\d+\)?\W*$|[·•|]")
COUNTER_TOKENS = 14  # of a line that only counts what readers did
NAMES = ("platform", "actor", "place")  # in front of "one", the last of a row
TELEPHONE = re.compile(r"0\d{5,}")
CLOCK_BEHIND, CLOCK_BEFORE = re.compile(r":[0-5]\d(?!\d)"), re.compile(r"(?<!\d)[0-2]?\d:$")
LABELLING = (":", "-", "–", "—")
HALF = 50
NUMBERED = 12
OLD, OLDEST = 10, 110  # years of persons whose age a text gives


def refuse_date(so_far: SoFar, spot: Spot[Amount]) -> str:
    """A number inside a date or a period is a part of it, unless it counts something.

    Persons who act are not counted: "in 2019 admins removed 53.2 million pieces".
    """
    period, item = inside_period(so_far.scene, spot), so_far.noun(spot).item
    if _is_its_date(so_far.scene, spot):
        return "part of a date or period"
    counts = period and period.text == spot.thing.text and item and item.form != "weak"
    return "part of a date or period" if period and not counts else ""


def _is_its_date(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "said on Friday (1/9)", "last Friday (2)": the date of the day in front of it."""
    dated = DATE.fullmatch(spot.thing.text) is not None and scene.in_brackets(spot)
    return dated and any(s.last == spot.first - 1 for s in scene.periods if s.thing.kind == "day")


def refuse_pronoun(so_far: SoFar, spot: Spot[Amount]) -> str:
    """Refuse "one" where it stands for a thing: in words it counts only at the end of a list."""
    noun, scene = so_far.noun(spot).item, so_far.scene
    led = spot.first - 1 in scene.inside(scene.words.joined) or scene.low(spot.first - 1) in COMMAS
    if so_far.accepted and noun and not noun.form and led:
        return ""  # "18 accounts on Facebook and one account on Instagram"
    if noun and not (noun.form or noun.implies) and _is_acted_on(scene, spot, noun):
        return ""  # "Discord shut one server", "just one account was suspended"
    if scene.low(spot.first - 1) in COMMAS and scene.words.part_of.at(scene.tokens, 0):
        return ""  # "Of the suspended accounts, one was reinstated"
    beside = bool(so_far.accepted) and _is_placed(scene, so_far.accepted[-1].spot)
    if led and beside and _is_placed(scene, spot):
        return ""  # "112 on Telegram, eight on Facebook and one on YouTube"
    if _stands_for_two(scene, spot, bare=so_far.noun(spot).bare):
        return "a pronoun"
    if so_far.accepted and so_far.noun(spot).bare and _is_one_more(scene, spot, led=led):
        return ""
    few = spot.thing.value == 1 or (spot.thing.value == 0 and noun is None)  # "zero tolerance"
    counted = few and spot.thing.measure == "count"
    return "a pronoun" if counted and scene.tokens[spot.last - 1].kind == "word" else ""


def _stands_for_two(scene: Scene, spot: Spot[Amount], *, bare: bool) -> bool:
    """As in "Since February the two have removed 28 million items": those named before."""
    the = scene.low(spot.first - 1) in scene.words.the
    told = scene.low(spot.last) in scene.words.verbs_behind | scene.words.perfect
    word = scene.tokens[spot.last - 1].kind == "word"
    more = any(s.first > spot.last for s in scene.counted)
    return bare and the and told and word and more


def _is_one_more(scene: Scene, spot: Spot[Amount], *, led: bool) -> bool:
    """As in "five in the second quarter, one in the third", "Reddit one.", "complied with one"."""
    dated = led and any(0 <= s.first - spot.last <= 1 for s in scene.periods)
    named = any(c.kind in NAMES and c.last == spot.first for c in scene.cues)
    acts = (c for c in scene.of_kind("action") if c.form == "verb" and c.key not in COMMON_ACTS)
    done = any(c.last == spot.first for c in acts)
    ends = scene.low(spot.last) in {".", ",", ";", "", *scene.words.soft}
    part = scene.words.part_of.at(scene.tokens, spot.last) is not None
    return dated or (named and ends) or (done and (ends or part))


def _is_placed(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "one on YouTube": a number, a preposition and a service."""
    on = scene.low(spot.last) in scene.words.on
    return on and any(c.first == spot.last + 1 for c in scene.services())


def _is_acted_on(scene: Scene, spot: Spot[Amount], noun: Cue) -> bool:
    """Say whether the verb of an act stands in front of a number, or in the passive behind it."""
    acts = [c for c in scene.of_kind("action") if c.form == "verb" and c.key not in COMMON_ACTS]
    passive = scene.low(noun.last) in scene.words.verbs_behind and noun.first == spot.last
    behind = passive and any(c.first == noun.last + 1 for c in acts)
    return behind or any(c.last == spot.first for c in acts)


def refuse_age(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "Young, 76, makes his living with music": the age of a person just named."""
    scene, age = so_far.scene, spot.thing.value or 0
    between = (scene.low(spot.first - 1), scene.low(spot.last))
    party = between == ("(", ",") and scene.low(spot.last + 2) == ")"  # "Faeser (51, SPD)"
    if (between != (",", ",") and not party) or so_far.accepted:
        return ""
    named = spot.first > 1 and scene.tokens[spot.first - 2].text[:1].isupper()
    cue = any(c.last == spot.first - 1 for c in scene.cues)
    digits = scene.tokens[spot.first].kind == "number" and spot.last - spot.first == 1
    return "age" if named and digits and not cue and OLD <= age <= OLDEST and age % 1 == 0 else ""


def refuse_stroke(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "24/7": two numbers without separators and a stroke between them are a name."""
    tokens = so_far.scene.tokens
    behind = [token.low for token in tokens[spot.last - 1 : spot.last + 2]]
    before = [token.low for token in tokens[max(spot.first - 2, 0) : spot.first + 1]]
    joined = any(
        len(row) == 3 and row[1] == "/" and row[0].isdigit() and row[2].isdigit()
        for row in (behind, before)
    )
    text, (start, end) = so_far.scene.text, spot.thing.span
    rated = RATED.search(text[:start]) or RATED.search(text[:end] + text[end : end + 1])
    return "two numbers with a stroke" if joined or rated else ""


def refuse_alone(so_far: SoFar, spot: Spot[Amount]) -> str:
    """A number with no word beside it says nothing."""
    tokens, amounts = so_far.scene.tokens, so_far.scene.amounts
    beside = tokens[: spot.first] + tokens[spot.last :]
    counted = {id(tokens[i]) for s in amounts for i in range(s.first, s.last)}
    pictured = any(unicodedata.category(t.text[0]) == "So" for t in beside)  # "⬆ 1.3K 💬 214"
    others = [t for t in beside if not (pictured and id(t) in counted)]
    return "a number by itself" if all(token.kind == "sign" for token in others) else ""


def refuse_mark(so_far: SoFar, spot: Spot[Amount]) -> str:
    """Refuse numbers of footnotes ("[3]"), dialling codes ("+91"), names and times of day."""
    start, end = spot.thing.span
    text = so_far.scene.text
    before, behind = text[:start], text[end:]
    filed = _filed_under(spot, before, behind)
    if filed:
        return filed
    if NAMED.search(before) and spot.thing.measure == "count":
        return "part of a name"
    clock = CLOCK_BEHIND.match(behind) or CLOCK_BEFORE.search(before)
    return "a time of day" if clock and spot.thing.measure == "count" else ""


def _filed_under(spot: Spot[Amount], before: str, behind: str) -> str:
    """Return what a number with such signs around it is: of a footnote, a telephone, a file."""
    marks = {
        "citation": PARAGRAPH.search(before) and behind.startswith(")"),  # "section 79(3)(b)"
        "the mark of a footnote": before.endswith("[") and behind.startswith("]"),
        "the mark of a list": not before.strip()
        and LIST_MARK.match(behind)
        and _may_mark_an_entry(spot),
        "a dialling code": before.endswith("+"),
        "a telephone number": DIALLED.search(before) or TELEPHONE.fullmatch(spot.thing.text),
        "the version of a licence": LICENCE.search(before),
        "a measure": behind.startswith("°"),
        "a reference number": _is_reference(before, spot.thing.text, behind),
    }
    return next((reason for reason, found in marks.items() if found), "")


def _may_mark_an_entry(spot: Spot[Amount]) -> bool:
    """Say whether a number is small enough for that of an entry: "2) In 2021 ..."."""
    return spot.thing.measure == "count" and 0 < (spot.thing.value or 0) <= LONGEST_LIST


def refuse_counter(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "1.3k upvotes · 612 comments", "Comments (83)": what a page counts of its readers."""
    scene, context, noun = so_far.scene, so_far.context, so_far.noun(spot)
    item = noun.item or next((c for c in scene.of_kind("item") if c.last <= spot.first), None)
    comments = item is not None and item.key == "comments"
    short = len(scene.tokens) <= COUNTER_TOKENS and not scene.periods
    short = short and COUNTED.search(scene.text) is not None
    told = scene.of_kind("action") or scene.of_kind("platform") or context.listed
    return "a counter of the page" if comments and short and not (told or context.in_table) else ""


def _is_reference(before: str, number: str, behind: str) -> bool:
    """As in "dpa:220927-99-921355/4", "Code: 99111510783": what a page or a text is filed under."""
    run = CHAIN_BEFORE.search(before), CHAIN_BEHIND.match(behind)
    chain = "".join(m.group() for m in run if m)
    filed = len(CHAINED.findall(chain)) >= LINKS_OF_CHAIN and len(DIGITS.findall(chain)) > 1
    return filed or (number.isdecimal() and len(number) >= UNGROUPED)


def refuse_address(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "Tower C, Bengaluru 560037", "Platz der Republik, 11011 Berlin": a postal code."""
    scene = so_far.scene
    digits = POSTAL.fullmatch(spot.thing.text) is not None and so_far.noun(spot).item is None
    if not digits or scene.of_kind("action") or scene.of_kind("item"):
        return ""
    taken = {i for c in scene.cues for i in range(c.first, c.last)}
    beside = (i for i in (spot.first - 1, spot.last) if 0 <= i < len(scene.tokens))
    named = any(i not in taken and scene.tokens[i].text[:1].isupper() for i in beside)
    return "a postal code" if named else ""


def refuse_numbered(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "Year 1", "phase 2", German "Platz drei": which one of a row it is.

    None is in "Last month 12 accounts were removed".
    """
    scene, value, noun = so_far.scene, spot.thing.value or 0, so_far.noun(spot).item
    led = scene.low(spot.first - 1) in scene.words.numbered
    counts = noun is not None and noun.first == spot.last
    row = led and not counts and spot.last - spot.first == 1 and value <= NUMBERED
    return "a number of a row" if row else ""


def refuse_year(so_far: SoFar, spot: Spot[Amount]) -> str:
    """A bare number of four digits is a year unless what it counts stands right behind it.

    Behind a month and a colon or a dash it is none: "September: 1987; October: 1800". "The 2018
    reports" are those of a year, and so is Turkish "2022 raporu".
    """
    scene = so_far.scene
    year = spot.last - spot.first == 1 and YEAR.fullmatch(scene.low(spot.last - 1)) is not None
    label = scene.low(spot.first - 1) in LABELLING
    label = label and any(s.last == spot.first - 1 for s in scene.periods)
    named = (
        scene.low(spot.first - 1) in scene.words.the or scene.low(spot.last) in scene.words.yearly
    )
    counts = so_far.noun(spot).last == spot.last + 1 and not named
    return "a year" if year and not label and not counts else ""


def refuse_restated(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "Nine in ten of the batch, or 91 per cent": the second says the first again.

    So many out of thousands are said behind the share that is the figure: "0.05%, or 5 in 10,000".
    """
    scene = so_far.scene
    before = [s for s in scene.before(spot) if s.thing.measure == "share"]
    if before and is_out_of_many(scene, spot) and restates(scene, before[-1].last, spot.first):
        return "given right before" if before[-1].thing.value == spot.thing.value else ""
    behind = [s for s in scene.behind(spot.last) if s.thing.measure == "share"]
    if spot.thing.measure != "share" or not behind or is_out_of_many(scene, behind[0]):
        return ""
    a, b = spot.thing.value or 0.0, behind[0].thing.value or 0.0
    in_words = all(t.kind == "word" for t in scene.tokens[spot.first : spot.last])
    beside = scene.low(spot.last) == "(" and behind[0].first == spot.last + 1
    beside = beside or _is_apposed(so_far, spot, behind[0])
    told = restates(scene, spot.last, behind[0].first)  # "90%, that is 91.2%"
    dated = any(spot.last <= s.first < behind[0].first for s in scene.periods)
    if dated and scene.low(spot.last) == "(":
        return ""  # "93.7% (first quarter: 91.2%)"
    linked = in_words or beside or told
    digits = [t.kind for t in scene.tokens[spot.first : spot.last]].count("number")
    apart = ROUNDED if digits == 1 and not told else HALF / 5 if in_words and beside else RESTATED
    same = linked and a > 0 and abs(a - b) < apart
    return "given more exactly right behind" if same else ""


def _is_apposed(so_far: SoFar, spot: Spot[Amount], behind: Spot[Amount]) -> bool:
    """As in "Just over half of what was flagged, 58.9%, was in English"."""
    scene = so_far.scene
    commas = scene.low(behind.first - 1) == scene.low(behind.last) == ","
    near = behind.first - spot.last <= APPOSED_REACH
    gap = range(spot.last, behind.first - 1)
    return commas and near and not any(scene.low(i) == "," for i in gap)


def restates(scene: Scene, first: int, last: int) -> bool:
    """Say whether what stands between two shares links them: "90%, that is, 91.2%"."""
    linking = scene.inside(scene.words.restate).intersection(range(first, last))
    others = (i for i in range(first, last) if i not in linking)
    words = [i for i in others if scene.tokens[i].kind == "word"]
    return bool(linking) and len(words) <= RESTATED_REACH


def refuse_part_of_that(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "in the quarter before it had been a fifth of that": a comparison, and no share."""
    scene = so_far.scene
    in_words = all(t.kind == "word" for t in scene.tokens[spot.first : spot.last])
    told = scene.low(spot.first - 1) in scene.words.verbs_behind | scene.words.copula
    if spot.thing.measure != "share" or not (in_words and told):
        return ""
    of = scene.words.part_of.at(scene.tokens, spot.last)
    of_that = of is not None and scene.low(of.last) in scene.words.that
    end = of.last + 1 if of is not None and of_that else spot.last
    looks_back = any(s.thing.convention in LOOKING_BACK for s in scene.periods)
    ends = scene.low(end) in ("", ".", ",", ";")
    return "a comparison" if ends and (of_that or looks_back) else ""


def refuse_rank(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "the fourth of these reports": a rank, where "a fourth of" is a share."""
    scene = so_far.scene
    one_word = spot.last - spot.first == 1 and scene.tokens[spot.first].kind == "word"
    rank = spot.thing.measure == "share" and one_word and spot.thing.value != HALF
    return "a rank" if rank and scene.low(spot.first - 1) in scene.words.the else ""
