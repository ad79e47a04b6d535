"""Which period belongs to one amount of a sentence: the nearest, by the words between."""

from collections.abc import Collection, Sequence

from analysis.model.readings import Period
from analysis.reading.prose.figures.dated_things import (
    OPENING,
    is_label,
    looks_back_to,
    names_a_thing,
    tells_when_told,
    was_there_since,
)
from analysis.reading.prose.figures.events import POSSESSIVE
from analysis.reading.prose.figures.meant_days import follows_an_event, meant
from analysis.reading.prose.figures.ownership import (
    RATE_REACH,
    bracketed_behind,
    gives_way,
    has_own_in_brackets,
    in_aside,
    in_clause_on_whole,
    is_behind_another,
    is_possessive,
    of_the_older,
    owned,
    set_apart,
    taken,
    taken_by,
    told_behind,
)
from analysis.reading.prose.figures.rates import is_only_length
from analysis.reading.prose.figures.roles import FAR, Target, comparisons
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot
from analysis.reading.prose.figures.writing_time import times_of_writing
from analysis.reading.prose.times.resolving import (
    ANNOUNCED,
    LONG_AFTER,
    SAID_THEN,
    UNKNOWN,
    YEAR_IN_SENTENCE,
)

WITHIN_REACH = 6  # tokens from the noun to the shorter period
OPENED_WITH = 1  # tokens: the comparing word opens its sentence
HELD_AGAINST = 4  # tokens from a comparing word to the period behind it
A_DAY = 14  # cost of a day beside a longer period, as it mostly tells when something was said
OF_THE_WHOLE = 12  # cost of the words between a part and the period of its whole


def is_running(scene: Scene, aim: Target) -> bool:
    """Say whether words make an amount a running total, and not the "since" of something else."""
    since = [s for s in scene.periods if was_there_since(scene, s, aim)]
    since += [s for s in scene.periods if gives_way(scene, s, aim)]
    return any(
        not any(s.first - 1 <= f.first < s.last for s in since)
        for f in scene.find(scene.words.running)
    )


def _cost_by_signs(scene: Scene, aim: Target, spot: Spot[Period]) -> int | None:
    """Return the cost of a period that brackets or a possessive tie, None where none stands."""
    if is_possessive(scene, spot) and aim.spot.first == spot.last + POSSESSIVE:
        return 0  # "a rise on Q1's 155,000"
    if is_label(scene, spot) and aim.spot.first > spot.last + 1:
        return 4 * FAR  # "1,205 notices (2021: 473), and in 43 percent of the cases"
    owner = bracketed_behind(scene, spot)
    if owner:
        return 0 if owner.first == aim.spot.first else 4 * FAR
    if scene.low(spot.last) == "(" and spot.last + 1 == aim.spot.first:
        # "more in Q2 (11.4 million) than in Q1 (6.1 million)", but "in 2023 (12,000 in 2022)"
        return 4 * FAR * has_own_in_brackets(scene, aim)
    return None


def _period_cost(scene: Scene, aim: Target, spot: Spot[Period]) -> int:
    settled = _cost_by_signs(scene, aim, spot)
    if settled is not None:
        return settled
    if spot.last <= aim.spot.first:
        crossed = scene.between(spot.last, aim.spot.first)
        if in_aside(scene, spot, aim):
            return 4 * FAR
        if told_behind(scene, spot) and not crossed:
            return 1
        cost = scene.distance(spot.last, aim.spot.first) + 4 * crossed
        parted = any(scene.low(i) in (";", "؛") for i in range(spot.last, aim.spot.first))
        if parted and crossed and spot.first > OPENING:
            cost += 4 * FAR  # "against 4,500 a year earlier; 5,800 were removed"
        opens = spot.first <= 2 and not gives_way(scene, spot, aim)
        cost = min(cost, 9 + 2 * crossed) if opens else cost + taken(scene, spot, aim)
        cost += OF_THE_WHOLE * in_clause_on_whole(scene, spot, aim)
    else:
        crossed = scene.between(aim.spot.last, spot.first)
        cost = scene.distance(aim.noun_end, spot.first) + 8 * crossed
        if is_behind_another(scene, aim, spot, crossed):
            return cost + 4 * FAR
    low, high = sorted((spot.first, aim.spot.first))
    split = [i for i in comparisons(scene) if low < i < high and not set_apart(scene, aim, i, spot)]
    if owned(scene, spot, aim) or of_the_older(scene, spot, aim):
        return cost + 4 * FAR
    if split and any(s.first != aim.spot.first for s in scene.counted if low < s.first < high):
        return cost + 4 * FAR
    if _opens_a_comparison(scene, spot) or any(0 < spot.first - i <= HELD_AGAINST for i in split):
        return cost + 4 * FAR  # "little changed from the quarter before": what it is held against
    if split and spot.last <= aim.spot.first:
        return cost + 4 * FAR  # "in the first quarter, down from 1.7 billion": of the other
    return cost + 12 * bool(split)


def _opens_a_comparison(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "Compared with the first half of the year, 27,283 went": of what is not told."""
    opening = (f.last for f in scene.find(scene.words.compare) if f.first < OPENED_WITH)
    numbers = {s.first for s in scene.counted}  # "That compares with 16,921 from January to June"
    return any(0 <= spot.first - last <= 1 and last not in numbers for last in opening)


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
        and not (refused and taken_by(scene, s, aim, refused))
        and not looks_back_to(scene, s, aim)
        and not names_a_thing(scene, s)
        and not was_there_since(scene, s, aim)
    ]
    dated = [s for s in free if not s.thing.per and not is_only_length(s.thing)]
    dated = [s for s in dated if not (tells_when_told(scene, s) and len(dated) > 1)]
    known = [s for s in dated if s.thing.convention not in (UNKNOWN.convention, ANNOUNCED)]
    dated = known or dated  # "the reporting period (1 January to 30 June)"
    dated = [s for s in dated if not _is_said_again(scene, s, dated)]
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
            nearest = min(near, key=lambda c: c[:2])[2]
            within = (s for cost, _, s in near if _is_within(scene, aim, s, nearest))
            return meant(scene, aim, next(within, nearest))
    return None


def _is_said_again(scene: Scene, spot: Spot[Period], dated: Sequence[Spot[Period]]) -> bool:
    """As in "In its first year, from 17 February 2023 to 16 February 2024, it ...": by its days."""
    if spot.thing.start or spot.thing.end:
        return False
    behind = (s for s in dated if s.thing.start and s.thing.end and s.first >= spot.last)
    beside = (s for s in behind if scene.low(s.first - 1) in COMMAS)
    return any(not scene.between(spot.last, s.first) for s in beside)


def _is_within(scene: Scene, aim: Target, spot: Spot[Period], opening: Spot[Period]) -> bool:
    """As in "In 2021 it removed 31 million posts of hate speech in the second quarter": of 2021.

    Not where another number or a comma stands in front of the shorter period, or more words.
    """
    lent = spot.thing.convention == YEAR_IN_SENTENCE and opening.thing.kind == "year"
    if not lent or not (opening.last <= aim.spot.first and aim.noun_end <= spot.first):
        return False
    between = any(aim.spot.last <= s.first < spot.first for s in scene.counted)
    gap = {scene.low(i) for i in range(aim.noun_end, spot.first)}
    near = gap.isdisjoint(COMMAS) and scene.distance(aim.noun_end, spot.first) <= WITHIN_REACH
    return near and not (between or scene.between(aim.noun_end, spot.first))


def _is_mere_day(scene: Scene, aim: Target, spot: Spot[Period]) -> bool:
    """Say whether a day is named, and not the start of what came after an attack."""
    return spot.thing.kind == "day" and not follows_an_event(scene, aim, spot)


def _now_cost(scene: Scene, aim: Target) -> int:
    """Return how near a word for the time of writing stands, which no period may then pass."""
    costs = [
        scene.distance(aim.spot.last, f.first)
        for f in times_of_writing(scene)
        if f.first >= aim.spot.last
    ]
    return min(costs, default=4 * FAR)
