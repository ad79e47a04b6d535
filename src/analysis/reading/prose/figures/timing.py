"""Which period and which rate belong to one amount of a sentence."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from analysis.model.readings import Amount, Period
from analysis.reading.prose.figures.around import is_difference
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.events import DAYS_OF_EVENT, POSSESSIVE
from analysis.reading.prose.figures.roles import FAR, Target, comparisons, is_nearest
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot
from analysis.reading.prose.times.bounding import AFTER_IT
from analysis.reading.prose.times.resolving import ANNOUNCED, LONG_AFTER, SAID_THEN, UNKNOWN
from analysis.reading.prose.words.tokens import Found

RATE_REACH = 6
TOLD_REACH = 5  # tokens from a month to the verb of saying behind its comma
HELD_AGAINST = 4  # tokens from a comparing word to the period behind it
ASIDE = 3  # tokens from a change to the time behind its comma: "up 68 percent, in the first"
NOW_REACH = 14
RATIO_REACH = 2
AFTER_REACH = 4  # tokens from the hours to the event: "24 hours after the Christchurch attack"
RATE_BEFORE, BEHIND = 9, 5
OPENING = 8  # tokens at the start of a sentence in which a period governs all of it
TAKEN, TAKEN_REACH = 6, 5
A_DAY = 14  # cost of a day beside a longer period, as it mostly tells when something was said
LAW_OF = 4  # tokens from a law to the "of" in front of its year
OPENING_YEARS = 3  # tokens in front of two years that a sentence opens with
LASTING_REACH = 2  # tokens between "active" and "since 2010"
LAW_REACH = 2  # tokens between a law and its year
OF_THE_WHOLE = 12  # cost of the words between a part and the period of its whole
EVENT_REACH = 8  # tokens from "after" to the day of the event
LINKS = ("—", "–", "-", ":")
TOOK_PLACE = 1  # tokens between "took place" and its day
DAY_DIGITS = 2
WHEN_IT_WAS = "the day that a clause tells of"
TWO_YEARS = "from the first day of one year to the last of the next"
PART_REACH = 12  # as far, for the period of a part: "14,900 after the murder of a teacher on"


def _owned(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
    """Say whether a period belongs to another figure, one quoted for comparison right before it.

    Or to the one right behind it: ", in November up to 500", "twice that of the quarter before".
    """
    close = spot.last + (scene.low(spot.last) not in (",", "،", ";"))
    label = scene.low(spot.first - 1) == "(" and scene.low(spot.last) == ":"
    behind = [s for s in scene.counted if spot.last <= s.first <= close and s != aim.spot]
    if behind and spot.first >= aim.spot.last:
        parted = any(scene.low(i) in (",", "،") for i in range(aim.spot.last, spot.first))
        return label or parted or behind[0].thing.measure == "ratio"
    before = [
        s
        for s in scene.counted
        if s.last <= spot.first and not _set_apart(scene, aim, s.first, spot)
    ]
    if not before or before[-1].first == aim.spot.first:
        return False
    compared = [c for c in comparisons(scene) if 0 <= before[-1].first - c <= 3]
    differs = before[-1].thing.measure == "count" and is_difference(scene, before[-1])
    changed = begins_a_change(scene, before[-1])
    return bool(compared) or changed or differs or _by_a_ratio(before)


def _set_apart(scene: Scene, aim: Target, index: int, spot: Spot[Period]) -> bool:
    """As in "9.6 million posts (up from 5.7 million) in the first quarter", or between commas."""
    if not aim.noun_end <= index < spot.first:
        return False
    opened = [i for i in range(aim.noun_end, index + 1) if scene.low(i) == "("]
    if opened:
        return any(scene.low(i) == ")" for i in range(index, spot.first))
    ratios = [r for r in scene.amounts if r.thing.measure == "ratio" and r.first <= index < r.last]
    parted = scene.low(aim.noun_end) in COMMAS
    behind = (scene.low(r.last) in COMMAS and spot.first - r.last <= ASIDE for r in ratios)
    return parted and any(behind)


def begins_a_change(scene: Scene, spot: Spot[Amount]) -> bool:
    """Say whether an amount is the older of a change told backwards: "to 22.5 from 9.6 million"."""
    ends = scene.words.to | scene.words.change_to
    before = [s for s in scene.counted if s.last <= spot.first]
    reached = bool(before) and scene.low(before[-1].first - 1) in ends
    return reached and scene.low(spot.first - 1) in scene.words.change_from


def ends_a_change(scene: Scene, aim: Target) -> bool:
    """Say whether an amount is the second of a change: "rose from 14,888 in 2021 to 15,177"."""
    ends = scene.words.to | scene.words.change_to
    before = [s for s in scene.counted if s.last <= aim.spot.first]
    led = bool(before) and scene.low(before[-1].first - 1) in scene.words.change_from
    return led and scene.low(aim.spot.first - 1) in ends


def _of_the_older(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
    """Say whether a period stands behind the first number of such a change, and so is its own."""
    if spot.last > aim.spot.first or not ends_a_change(scene, aim):
        return False
    before = [s for s in scene.counted if s.last <= aim.spot.first]
    return before[-1].last <= spot.first


def _by_a_ratio(before: Sequence[Spot[Amount]]) -> bool:
    """As in "almost triple the 1.2 million of" and "twice that of": what is compared with."""
    ratios = [s.thing.measure == "ratio" for s in before]
    close = len(before) > 1 and before[-1].first - before[-2].last <= RATIO_REACH
    return ratios[-1] or (close and ratios[-2])


def _taken(scene: Scene, spot: Spot[Period], aim: Target) -> int:
    """A period that follows another figure as closely belongs to that one first."""
    before = [s for s in scene.counted if s.last <= spot.first and s.first != aim.spot.first]
    if spot.last + (scene.low(spot.last) in LINKS) == aim.spot.first:
        return 0  # Russian "за весь 2022 год — 200 тысяч"
    near = before and scene.distance(before[-1].last, spot.first) <= TAKEN_REACH
    return TAKEN if near else 0


def _in_aside(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
    """As in "Instagram, which was not listed until last autumn, took down ...": told by the way."""
    opened = [
        i
        for i in range(1, spot.first)
        if scene.low(i) in scene.words.relative and scene.low(i - 1) in COMMAS
    ]
    if not opened or any(
        opened[-1] <= f.first + 1 <= spot.first for f in scene.find(scene.words.covers)
    ):
        return False  # "The report, which covers January to March, gives 1.46 million"
    commas = [i for i in range(opened[-1], aim.spot.first) if scene.low(i) in COMMAS]
    return any(i >= spot.last for i in commas) and not any(i < spot.first for i in commas)


def _in_clause_on_whole(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
    """As in "Of 150 channels that she had listed in May, 94 were gone by June": of the whole."""
    opened = any(scene.low(i) in scene.words.that for i in range(1, spot.first))
    ends = any(scene.low(i) == "," for i in range(spot.last, aim.spot.first))
    return scene.low(0) in scene.words.among and opened and ends


def _gives_way(scene: Scene, since: Spot[Period], aim: Target) -> bool:
    """As in "Since reports began in 2012, the first half of 2021 saw the most": of that."""
    if since.thing.kind != "since" or scene.low(since.last) not in COMMAS:
        return False
    return any(
        since.last < s.first and s.last <= aim.spot.first and s.thing.start and s.thing.end
        for s in scene.periods
        if not s.thing.per and s.thing.kind != "day"
    )


def _told_behind(scene: Scene, spot: Spot[Period]) -> bool:
    """Say whether a clause tells what happened in a period: "the six months before, when ..."."""
    at = spot.last + (scene.low(spot.last) == ",")
    return scene.low(at) in scene.words.when


def _taken_by(scene: Scene, spot: Spot[Period], aim: Target, refused: Collection[int]) -> bool:
    """Say whether a period stands right behind a refused number, and in front of the amount."""
    before = [s for s in scene.counted if s.last <= spot.first]
    if not before or before[-1].first not in refused or spot.last >= aim.spot.first:
        return False  # behind it, or right in front of it
    if _told_behind(scene, spot):
        return False  # "19 percent below that of the six months before, when 205,156 had to go"
    return scene.distance(before[-1].last, spot.first) <= TAKEN_REACH


def _looks_back_to(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
    """As in "had not been viewed by then": a moment told of before, and no period of the number."""
    period = spot.thing
    unnamed = period.basis == "unknown" and not period.end
    told = period.basis == "inherited" and aim.spot.thing.measure == "share"
    behind = spot.first > max(OPENING, aim.spot.first) and not scene.has(scene.words.running)
    return period.kind == "point" and (unnamed or told) and behind


def names_a_thing(scene: Scene, spot: Spot[Period], reach: int = LAW_REACH) -> bool:
    """As in "the IT rules of 2021", "founded in 2010": the year that something is known by.

    Laws are looked for over `reach` tokens in front of the year, in its clause.
    """
    if spot.thing.kind == "month":
        return _is_of_its_making(scene, spot)
    if spot.thing.kind != "year" or _is_label(scene, spot):
        return False
    laws, nouns = scene.words.laws, scene.words.dated_nouns | scene.words.event_nouns
    if _stands_before(scene, spot, laws | scene.words.dated_nouns):
        return True
    commas = (i for i in range(spot.first) if scene.low(i) in (",", ";", ":"))
    covered = (f.first for f in scene.find(scene.words.covers) if f.first < spot.first)
    since = max((*commas, *covered), default=-1) if reach > LAW_REACH else -1
    led = range(max(since + 1, spot.first - reach), spot.first)
    if any(scene.low(i) in laws for i in led) or _is_of_a_law(scene, spot):
        return True
    before, beside = scene.low(spot.first - 2), scene.low(spot.first - 1)
    of = beside == "," or scene.words.part_of.at(scene.tokens, spot.first - 1) is not None
    return (before in nouns and of) or beside in scene.words.dated_nouns


def _is_of_its_making(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "the code of conduct was signed in May 2016": the law and the verb in one sentence."""
    laws = [i for i in range(len(scene.tokens)) if scene.low(i) in scene.words.laws]
    verbs = [i for i in laws if i >= spot.last or 0 <= spot.first - i <= LAW_REACH + 1]
    beside = any(i < spot.first for i in laws if i not in verbs[-1:])
    return beside and bool(verbs) and not scene.between(0, len(scene.tokens))


def _is_of_a_law(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "the European code of conduct of 2016", but not "under the code in June of 2016"."""
    of = scene.words.part_of.ending(scene.tokens, spot.first)
    if of is None:
        return False
    words = [scene.low(i) for i in range(of.first - LAW_OF, of.first)]
    last = max((i for i, word in enumerate(words) if word in scene.words.laws), default=None)
    return last is not None and not (
        set(words[last:]) & (scene.words.place_in | scene.words.the | set(COMMAS))
    )


def _is_label(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "249 orders under the decree (2022: 13)": the year of the number behind it."""
    return scene.low(spot.first - 1) == "(" and scene.low(spot.last) == ":"


def _stands_before(scene: Scene, spot: Spot[Period], nouns: Collection[str]) -> bool:
    """As in "the 2016 law", German "wurde 2015 gegründet", Turkish "2015 tarihli kanun"."""
    if not spot.first or scene.low(spot.first - 1) in scene.words.place_in:
        return False  # "In 2016 laws were tightened"
    closed = scene.words.stop | scene.words.determiners | scene.words.the | set(COMMAS)
    dated = scene.low(spot.last) not in closed and scene.low(spot.last + 1) in nouns
    return dated or scene.low(spot.last) in nouns


def _was_there_since(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
    """As in "removed 365 accounts, some of which had been active since 2010": not when it was done.

    A verb-final language says it in front: Turkish "2010'dan beri aktif olan 365 hesap".
    """
    if spot.thing.kind != "since":
        return False
    behind = spot.first >= aim.spot.last
    if not (behind or scene.words.verb_final):
        return False
    found = scene.find(scene.words.lasting)
    return any(
        0 <= spot.first - f.last <= LASTING_REACH or 0 <= f.first - spot.last <= LASTING_REACH
        for f in found
        if not scene.between(min(f.first, spot.first), max(f.last, spot.last))
    )


def is_running(scene: Scene, aim: Target) -> bool:
    """Say whether words make an amount a running total, and not the "since" of something else."""
    since = [s for s in scene.periods if _was_there_since(scene, s, aim)]
    since += [s for s in scene.periods if _gives_way(scene, s, aim)]
    return any(
        not any(s.first - 1 <= f.first < s.last for s in since)
        for f in scene.find(scene.words.running)
    )


def _of_a_rate(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
    """As in "270,000 items so far, 8,000 a month in 2016": the year is that of the rate."""
    return any(s.thing.per and aim.noun_end <= s.first < spot.first for s in scene.periods)


def _of_a_part(scene: Scene, aim: Target, spot: Spot[Period]) -> bool:
    """As in "19,100 reports, of which 14,900 after 16 October": a period of the part alone."""
    if _has_a_part_behind(scene, aim, spot):
        return True
    parts = [f for f in scene.find(scene.words.parts) if aim.noun_end <= f.first < spot.first]
    later = [s for s in scene.counted if parts and parts[0].last <= s.first < spot.first]
    if not later or scene.distance(later[-1].last, spot.first) > PART_REACH:
        return False
    return not any(scene.low(i) == "," for i in range(later[-1].last, spot.first))


def _of_the_last_alone(scene: Scene, aim: Target, spot: Spot[Period]) -> bool:
    """As in "filed 355,000 reports, and 65,000 came in during December alone": of the second."""
    between = any(aim.noun_end <= s.first < spot.first for s in scene.counted)
    return between and scene.words.alone.at(scene.tokens, spot.last) is not None


def _has_a_part_behind(scene: Scene, aim: Target, spot: Spot[Period]) -> bool:
    """As in "deleted 8,340 posts, over 600 of them in the past 30 days": of the second."""
    before = [s for s in scene.counted if aim.noun_end <= s.first and s.last <= spot.first]
    of = scene.words.part_of.at(scene.tokens, before[-1].last) if before else None
    pronoun = of is not None and scene.low(of.last) in scene.words.pronouns
    return pronoun and of is not None and 0 <= spot.first - of.last <= RATE_REACH


def _bracketed_behind(scene: Scene, spot: Spot[Period]) -> Spot[Amount] | None:
    """Return the number that a period in brackets is of: "from 7,240 (2023) to 17,045 (2024)"."""
    if scene.low(spot.first - 1) != "(" or scene.low(spot.last) != ")":
        return None
    before = [s for s in scene.counted if s.last < spot.first]
    near = before and scene.distance(before[-1].last, spot.first - 1) <= TAKEN_REACH
    return before[-1] if near else None


def _has_own_in_brackets(scene: Scene, aim: Target) -> bool:
    """Say whether a period stands behind an amount before the brackets close."""
    signs = range(aim.noun_end, len(scene.tokens))
    closed = next((i for i in signs if scene.low(i) == ")"), aim.noun_end)
    return any(aim.noun_end <= s.first < closed for s in scene.periods)


def _is_of_next_clause(scene: Scene, aim: Target, spot: Spot[Period]) -> bool:
    """As in "73.3% were removed, while in the first quarter it was 66.2%": that of the second.

    Or in "it found 65 percent, a year ago it was 38".
    """
    opened = any(scene.low(i) in scene.words.meanwhile for i in range(aim.noun_end, spot.first))
    opened = opened or (
        scene.low(spot.first - 1) == ","
        and not scene.words.copula.isdisjoint(
            scene.low(i) for i in range(spot.last, spot.last + BEHIND)
        )
    )
    behind = [s for s in scene.counted if s.first >= spot.last]
    if not opened or not behind or scene.between(aim.noun_end, spot.first):
        return False
    return not any(scene.low(i) in COMMAS for i in range(spot.last, behind[0].first))


def _is_older_in_brackets(scene: Scene, aim: Target, spot: Spot[Period]) -> bool:
    """As in "9.6 million posts (up from 5.7 million) in the first quarter": of the other."""
    opened = [i for i in comparisons(scene) if i < aim.spot.first and scene.low(i - 1) == "("]
    closed = any(scene.low(i) == ")" for i in range(aim.spot.last, spot.first))
    return bool(opened) and closed and not scene.between(opened[-1], aim.spot.first)


def _is_of_brackets(scene: Scene, aim: Target, spot: Spot[Period]) -> bool:
    """As in "9.6 million (5.7 million in the fourth quarter)": of the number beside it."""
    signs = [i for i in range(aim.noun_end, spot.first) if scene.low(i) in ("(", ")")]
    if not signs or scene.low(signs[-1]) != "(":
        return False
    return any(signs[-1] < s.first < spot.first for s in scene.counted)


def _is_behind_another(scene: Scene, aim: Target, spot: Spot[Period], crossed: int) -> bool:
    """Say whether a period behind an amount stands with what comes after it, and is of that."""
    if _is_older_in_brackets(scene, aim, spot) or _is_of_brackets(scene, aim, spot):
        return True
    if _of_the_last_alone(scene, aim, spot):
        return True
    if crossed and (_of_a_rate(scene, spot, aim) or _of_a_part(scene, aim, spot)):
        return True
    if _is_of_next_clause(scene, aim, spot):
        return True
    opened = [i for i in range(aim.noun_end, spot.first) if scene.low(i) == ";"]
    if opened and (crossed or scene.between(opened[-1], len(scene.tokens))):
        return True
    against = (i for i in range(aim.noun_end, spot.first) if scene.low(i) in scene.words.against)
    return crossed > 0 and any(scene.between(i, spot.first) for i in against)


def _cost_by_signs(scene: Scene, aim: Target, spot: Spot[Period]) -> int | None:
    """Return the cost of a period that brackets or a possessive tie, None where none stands."""
    if _is_possessive(scene, spot) and aim.spot.first == spot.last + POSSESSIVE:
        return 0  # "a rise on Q1's 155,000"
    owner = _bracketed_behind(scene, spot)
    if owner:
        return 0 if owner.first == aim.spot.first else 4 * FAR
    if scene.low(spot.last) == "(" and spot.last + 1 == aim.spot.first:
        # "more in Q2 (11.4 million) than in Q1 (6.1 million)", but "in 2023 (12,000 in 2022)"
        return 4 * FAR * _has_own_in_brackets(scene, aim)
    return None


def _is_possessive(scene: Scene, spot: Spot[Period]) -> bool:
    return scene.low(spot.last) in ("'", "’") and scene.low(spot.last + 1) == "s"


def _period_cost(scene: Scene, aim: Target, spot: Spot[Period]) -> int:
    settled = _cost_by_signs(scene, aim, spot)
    if settled is not None:
        return settled
    if spot.last <= aim.spot.first:
        crossed = scene.between(spot.last, aim.spot.first)
        if _in_aside(scene, spot, aim):
            return 4 * FAR
        if _told_behind(scene, spot) and not crossed:
            return 1
        cost = scene.distance(spot.last, aim.spot.first) + 4 * crossed
        parted = any(scene.low(i) in (";", "؛") for i in range(spot.last, aim.spot.first))
        if parted and crossed and spot.first > OPENING:
            cost += 4 * FAR  # "against 4,500 a year earlier; 5,800 were removed"
        opens = spot.first <= 2 and not _gives_way(scene, spot, aim)
        cost = min(cost, 9 + 2 * crossed) if opens else cost + _taken(scene, spot, aim)
        cost += OF_THE_WHOLE * _in_clause_on_whole(scene, spot, aim)
    else:
        crossed = scene.between(aim.spot.last, spot.first)
        cost = scene.distance(aim.noun_end, spot.first) + 8 * crossed
        if _is_behind_another(scene, aim, spot, crossed):
            return cost + 4 * FAR
    low, high = sorted((spot.first, aim.spot.first))
    split = [
        i for i in comparisons(scene) if low < i < high and not _set_apart(scene, aim, i, spot)
    ]
    if _owned(scene, spot, aim) or _of_the_older(scene, spot, aim):
        return cost + 4 * FAR
    if split and any(s.first != aim.spot.first for s in scene.counted if low < s.first < high):
        return cost + 4 * FAR
    if any(0 < spot.first - i <= HELD_AGAINST for i in split):
        return cost + 4 * FAR  # "little changed from the quarter before": what it is held against
    if split and spot.last <= aim.spot.first:
        return cost + 4 * FAR  # "in the first quarter, down from 1.7 billion": of the other
    return cost + 12 * bool(split)


def period_of(
    scene: Scene, aim: Target, rate: Period | None = None, refused: Collection[int] = ()
) -> Period | None:
    """Return the period nearest to an amount; one that opens the sentence governs all of it.

    A rate beside other numbers takes only a period close by: "300 a day in 2015". `refused` holds
    the tokens of numbers that are no figures: a period right behind one of them is theirs, as in
    "13 billion dollars since 2016".
    """
    free = [
        s
        for s in scene.periods
        if s.thing.convention not in (SAID_THEN, LONG_AFTER)
        and not (refused and _taken_by(scene, s, aim, refused))
        and not _looks_back_to(scene, s, aim)
        and not names_a_thing(scene, s)
        and not _was_there_since(scene, s, aim)
    ]
    dated = [s for s in free if not s.thing.per and not is_only_length(s.thing)]
    dated = [s for s in dated if not (_tells_when_told(scene, s) and len(dated) > 1)]
    known = [s for s in dated if s.thing.convention not in (UNKNOWN.convention, ANNOUNCED)]
    dated = known or dated  # "the reporting period (1 January to 30 June)"
    if rate:  # "until then, 2,000 a week": no stretch in which the rate held
        dated = [s for s in dated if s.thing.kind != "point"]
    lengths = [s for s in scene.periods if not s.thing.per and is_only_length(s.thing)]
    for spots in (dated, lengths):
        wider = any(s.thing.kind != "day" for s in spots)
        costs = [
            (
                _period_cost(scene, aim, s) + A_DAY * (wider and _is_mere_day(scene, aim, s)),
                s.first,
                s,
            )
            for s in spots
        ]
        reach = RATE_REACH if rate and len(scene.counted) > 1 else 2 * FAR
        near = [c for c in costs if c[0] <= reach and c[0] < _now_cost(scene, aim)]
        if near:
            return _meant(scene, aim, min(near, key=lambda c: c[:2])[2])
    return None


def _is_mere_day(scene: Scene, aim: Target, spot: Spot[Period]) -> bool:
    """Say whether a day is named, and not the start of what came after an attack."""
    return spot.thing.kind == "day" and not _follows_an_event(scene, aim, spot)


def _meant(scene: Scene, aim: Target, spot: Spot[Period]) -> Period:
    """Return the period that the words nearest to an amount mean for it."""
    since = range(spot.last + 1, aim.spot.first)  # "since 23 January, when the wave began, 300"
    inside = len(since) > 0 and not any(scene.low(i) in COMMAS for i in since)
    if spot.thing.kind == "since" and inside and _told_behind(scene, spot):
        return _day_of_record(spot.thing)
    if _follows_an_event(scene, aim, spot):
        return replace(spot.thing, end=None, kind="since", convention=AFTER_IT)
    return _when_it_took_place(scene, spot) or _with_the_next(scene, aim, spot)


def _follows_an_event(scene: Scene, aim: Target, spot: Spot[Period]) -> bool:
    """As in "removed 4,000 posts after the attack of 7 October": from that day on."""
    if spot.thing.kind != "day" or spot.first < aim.spot.last:
        return False
    near = range(max(aim.noun_end, spot.first - EVENT_REACH), spot.first)
    led = next((i for i in near if scene.low(i) in scene.words.after), None)
    if led is None:
        return False
    named = {scene.low(i) for i in range(led, spot.first)}
    return not named.isdisjoint(scene.words.event_nouns) and named.isdisjoint(COMMAS)


def _day_of_record(since: Period) -> Period:
    """As in "the most since 23 January, when 300,480 channels were closed": that day alone."""
    one_day = any(len(t) <= DAY_DIGITS and t.isdecimal() for t in since.text.split())
    if not one_day or since.start is None:
        return since
    return replace(since, end=since.start, kind="day", cumulative=False, convention=WHEN_IT_WAS)


def _when_it_took_place(scene: Scene, spot: Spot[Period]) -> Period | None:
    """As in "In 2019 26,000 items were referred in a sweep, which took place on 21 November".

    The days of an attack are no such days: what was removed of it came down later.
    """
    for found in scene.find(scene.words.took_place):
        beside = [s.thing for s in scene.periods if 0 <= s.first - found.last <= TOOK_PLACE]
        struck = {scene.low(i) for i in range(found.first - TOLD_REACH, found.first)}
        inside = beside and _are_days_within(beside[0], spot.thing)
        if inside and struck.isdisjoint(scene.words.event_nouns):
            return beside[0]
    return None


def _are_days_within(days: Period, longer: Period) -> bool:
    """Say whether days of at most a week lie within a longer period."""
    if not (days.start and days.end and longer.start and longer.end):
        return False
    short = (days.end - days.start).days < DAYS_OF_EVENT < (longer.end - longer.start).days
    return short and longer.start <= days.start and days.end <= longer.end


def _with_the_next(scene: Scene, aim: Target, spot: Spot[Period]) -> Period:
    """As in "71% in 2019 and 2020": a number of two years in a row is one of both.

    Not so in "1,200 and 1,400 pages in 2019 and 2020", where each has its own.
    """
    pair = _two_years(scene, spot)
    if pair is None:
        return spot.thing
    first, after = pair
    opens = first.first < OPENING_YEARS and after.last <= aim.spot.first
    if not (opens or first.first >= aim.spot.last):
        return spot.thing
    held = [at for at in comparisons(scene) if at <= aim.spot.first]  # "against 71% in"
    named = max((s.last for s in scene.periods if s.last <= aim.spot.first), default=0)
    row = [s for s in scene.counted if max([named, *held]) <= s.first < first.first]
    joints = scene.inside(scene.words.joined)
    if any(scene.low(s.last) == "," or s.last in joints for s in row):
        return spot.thing
    span = (first.thing.span[0], after.thing.span[1])
    text = scene.text[slice(*span)]
    return replace(
        first.thing, end=after.thing.end, kind="span", span=span, text=text, convention=TWO_YEARS
    )


def _two_years(scene: Scene, spot: Spot[Period]) -> tuple[Spot[Period], Spot[Period]] | None:
    """Return two years in a row that a word joins, of which a period is one."""
    for first in scene.periods:
        joint = scene.words.joined.at(scene.tokens, first.last)
        behind = [s for s in scene.periods if joint and s.first == joint.last]
        if not behind or spot not in (first, behind[0]):
            continue
        years = first.thing.kind == behind[0].thing.kind == "year"
        end, start = first.thing.end, behind[0].thing.start
        if years and end and start and (start - end).days == 1:
            return first, behind[0]
    return None


def _now_cost(scene: Scene, aim: Target) -> int:
    """Return how near a word for the time of writing stands, which no period may then pass."""
    costs = [
        scene.distance(aim.spot.last, f.first)
        for f in times_of_writing(scene)
        if f.first >= aim.spot.last
    ]
    return min(costs, default=4 * FAR)


def times_of_writing(scene: Scene) -> list[Found[bool]]:
    """Return the words for the time of writing; "the accounts now closed" says nothing of it.

    Neither does Italian "al momento della cancellazione": at the moment of something.
    """
    acts = {cue.first for cue in scene.of_kind("action")}
    said = {i for f in scene.find(scene.words.says) for i in (f.last, f.first - 1)}
    part_of = scene.words.part_of
    return [
        f
        for f in scene.find(scene.words.now)
        if f.last not in acts
        and said.isdisjoint(range(f.first, f.last))  # "he said today"
        and not (f.last - f.first > 1 and part_of.at(scene.tokens, f.last))
    ]


def is_of_the_time_of_writing(scene: Scene, aim: Target) -> bool:
    """Say whether such a word stands near enough to an amount to be said of it."""
    spans = (
        sorted(((f.first, f.last), (aim.spot.first, aim.noun_end))) for f in times_of_writing(scene)
    )
    return any(scene.distance(left[1], right[0]) <= NOW_REACH for left, right in spans)


def undated_start(scene: Scene, aim: Target) -> Found[bool] | None:
    """Return what an amount counts from that has no date: "20 million since the pandemic began"."""
    dated = {i for s in scene.periods for i in range(s.first, s.last)}
    for found in scene.find(scene.words.since_event):
        near = is_nearest(scene, aim.spot, Cue("place", "", found.first, found.last, ""))
        if near and found.first not in dated:
            return found
    return None


def of_the_report_before(scene: Scene, aim: Target) -> Found[bool] | None:
    """As in "In the previous report it was 45 percent": words in front of the number, or behind."""
    for found in scene.find(scene.words.report_before):
        behind = 0 <= found.first - aim.noun_end <= BEHIND
        if (found.last <= aim.spot.first or behind) and is_nearest(
            scene, aim.spot, Cue("place", "", found.first, found.last, "")
        ):
            return found
    return None


def hours_after_it(scene: Scene, aim: Target) -> float:
    """Return the length of "in the 24 hours after the attack", in hours; 0 where there is none.

    It stands in the clause of the amount. "In the first 24 hours" counts from the attack as well.
    """
    for spot in scene.amounts:
        each = scene.words.hours_in.get(scene.low(spot.last), 0.0)
        behind = [scene.low(i) for i in range(spot.last + 1, spot.last + 1 + AFTER_REACH)]
        led = not scene.words.after_it.isdisjoint(behind[:1])
        struck = led and not scene.words.event_nouns.isdisjoint(behind)
        struck = struck or scene.low(spot.first - 1) in scene.words.opening
        low, high = sorted((spot.first, aim.spot.first))
        if each >= 1 and struck and spot.thing.value and scene.distance(low, high) <= FAR:
            return spot.thing.value * each
    return 0.0


def _tells_when_told(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "In its first report, in May, the company said it took action in the first quarter"."""
    if spot.thing.kind not in ("month", "day") or scene.low(spot.last) not in COMMAS:
        return False
    says = {f.first for f in scene.find(scene.words.says)}
    return not says.isdisjoint(range(spot.last + 1, spot.last + 1 + TOLD_REACH))


def is_only_length(period: Period) -> bool:
    """Say whether a period is a length of time of which no day is known: "within two days"."""
    return period.convention == "a length without dates"


def rate_of(scene: Scene, aim: Target) -> Period | None:
    """Return the rate that an amount is given per: "300 a day", "every week"."""
    for spot in scene.periods:
        if not spot.thing.per:
            continue
        if spot.first >= aim.spot.last:
            near = scene.distance(aim.noun_end, spot.first) <= BEHIND
            apart = scene.low(spot.first - 1) == ","  # "it held 100,000, a year on 200,000"
            if near and not apart and not scene.between(aim.spot.last, spot.first):
                return spot.thing
        elif any(s.last == spot.first for s in scene.amounts):
            continue  # its own rate, or a length: Turkish "24 saatte 1,5 milyon"
        elif scene.distance(spot.last, aim.spot.first) <= RATE_BEFORE:
            own = scene.between(spot.last, aim.spot.first) == 0
            closed = any(scene.low(i) in (";", ".") for i in range(spot.last, aim.spot.first))
            led = spot.last == aim.spot.first  # "daily over 60 and monthly over 2,000"
            if own and not closed and (led or not _follows_an_amount(scene, spot)):
                return spot.thing
    return None


def _follows_an_amount(scene: Scene, rate: Spot[Period]) -> bool:
    """Say whether a rate is that of a number in front of it: "10,000 channels every month"."""
    before = [s for s in scene.counted if s.last <= rate.first]
    return bool(before) and scene.distance(before[-1].last, rate.first) <= RATE_REACH
