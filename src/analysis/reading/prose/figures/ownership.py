"""Whether a period beside one amount is that of another: an older figure, a part, a rate."""

from collections.abc import Collection, Sequence

from analysis.model.readings import Amount, Period
from analysis.reading.prose.figures.around import is_difference
from analysis.reading.prose.figures.roles import Target, comparisons
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot

RATE_REACH = 6  # tokens between an amount and its rate
ASIDE = 3  # tokens from a change to the time behind its comma: "up 68 percent, in the first"
RATIO_REACH = 2
BEHIND = 5  # tokens from an amount to a rate or a report behind it
TAKEN, TAKEN_REACH = 6, 5
LINKS = ("—", "–", "-", ":")
DOUBLE = 2  # a change by less is told in percent
PART_REACH = 12  # as far, for the period of a part: "14,900 after the murder of a teacher on"


def owned(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
    """Say whether a period belongs to another figure, one quoted for comparison right before it.

    Or to the one right behind it: ", in November up to 500", "twice that of the quarter before".
    """
    if spot.last + 1 == aim.spot.first and scene.low(spot.last) == ":":
        return False  # "(February: 3,870; January: 2,920)"
    close = spot.last + (scene.low(spot.last) not in (",", "،", ";"))
    label = scene.low(spot.first - 1) == "(" and scene.low(spot.last) == ":"
    behind = [s for s in scene.counted if spot.last <= s.first <= close and s != aim.spot]
    if spot.first >= aim.spot.last and _opens_the_next_clause(scene, spot, aim):
        return True
    if behind and spot.first >= aim.spot.last:
        parted = any(scene.low(i) in (",", "،") for i in range(aim.spot.last, spot.first))
        return label or parted or behind[0].thing.measure == "ratio"
    before = [
        s
        for s in scene.counted
        if s.last <= spot.first and not set_apart(scene, aim, s.first, spot)
    ]
    if not before or before[-1].first == aim.spot.first:
        return False
    compared = [c for c in comparisons(scene) if 0 <= before[-1].first - c <= 3]
    differs = before[-1].thing.measure == "count" and is_difference(scene, before[-1])
    changed = begins_a_change(scene, before[-1])
    if _is_a_change(scene, before[-1], spot):
        return False
    return bool(compared) or changed or differs or _by_a_ratio(before)


def _opens_the_next_clause(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
    """As in Turkish "haziranda 318 talep iletildi, temmuzda ise bu sayı 402'ye çıktı"."""
    if scene.low(spot.first - 1) not in COMMAS or scene.between(aim.spot.last, spot.first):
        return False
    dated = any(s.last <= aim.spot.first for s in scene.periods if not s.thing.per)
    later = next((s.first for s in scene.counted if s.first >= spot.last), 0)
    near = dated and 0 < later - spot.last <= BEHIND
    return near and not any(scene.low(i) in COMMAS for i in range(spot.last, later))


def _is_a_change(scene: Scene, change: Spot[Amount], spot: Spot[Period]) -> bool:
    """As in "a 10 percent rise in removals in 2024, with 97,400 posts": the year is that of all."""
    ratio = change.thing.measure == "ratio" and (change.thing.value or DOUBLE) < DOUBLE
    held = any(change.first <= i <= spot.first for i in comparisons(scene))
    return ratio and not held and scene.low(spot.first - 1) in scene.words.place_in


def set_apart(scene: Scene, aim: Target, index: int, spot: Spot[Period]) -> bool:
    """As in "9.6 million posts (up from 5.7 million) in the first quarter", or between commas.

    Or "In the first quarter 1.6 million (fewer than before) were closed and 1.8 million hidden".
    """
    if spot.last <= index < aim.spot.first:
        opened = any(scene.low(i) == "(" for i in range(spot.last, index))
        return opened and any(scene.low(i) == ")" for i in range(index, aim.spot.first))
    if not aim.noun_end <= index < spot.first:
        return False
    if any(scene.low(i) == "(" for i in range(aim.noun_end, index + 1)):
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


def of_the_older(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
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


def taken(scene: Scene, spot: Spot[Period], aim: Target) -> int:
    """A period that follows another figure as closely belongs to that one first."""
    before = [s for s in scene.counted if s.last <= spot.first and s.first != aim.spot.first]
    if spot.last + (scene.low(spot.last) in LINKS) == aim.spot.first:
        return 0  # Russian "за весь 2022 год — 200 тысяч"
    near = before and scene.distance(before[-1].last, spot.first) <= TAKEN_REACH
    return TAKEN if near else 0


def in_aside(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
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


def in_clause_on_whole(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
    """As in "Of 150 channels that she had listed in May, 94 were gone by June": of the whole."""
    opened = any(scene.low(i) in scene.words.that for i in range(1, spot.first))
    ends = any(scene.low(i) == "," for i in range(spot.last, aim.spot.first))
    return scene.low(0) in scene.words.among and opened and ends


def gives_way(scene: Scene, since: Spot[Period], aim: Target) -> bool:
    """As in "Since reports began in 2012, the first half of 2021 saw the most": of that."""
    if since.thing.kind != "since" or scene.low(since.last) not in COMMAS:
        return False
    return any(
        since.last < s.first and s.last <= aim.spot.first and s.thing.start and s.thing.end
        for s in scene.periods
        if not s.thing.per and s.thing.kind != "day"
    )


def told_behind(scene: Scene, spot: Spot[Period]) -> bool:
    """Say whether a clause tells what happened in a period: "the six months before, when ..."."""
    at = spot.last + (scene.low(spot.last) == ",")
    return scene.low(at) in scene.words.when


def taken_by(scene: Scene, spot: Spot[Period], aim: Target, refused: Collection[int]) -> bool:
    """Say whether a period stands right behind a refused number, and in front of the amount."""
    before = [s for s in scene.counted if s.last <= spot.first]
    if not before or before[-1].first not in refused or spot.last >= aim.spot.first:
        return False  # behind it, or right in front of it
    if told_behind(scene, spot):
        return False  # "19 percent below that of the six months before, when 205,156 had to go"
    return scene.distance(before[-1].last, spot.first) <= TAKEN_REACH


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


def bracketed_behind(scene: Scene, spot: Spot[Period]) -> Spot[Amount] | None:
    """Return the number that a period in brackets is of: "from 7,240 (2023) to 17,045 (2024)"."""
    if scene.low(spot.first - 1) != "(" or scene.low(spot.last) != ")":
        return None
    before = [s for s in scene.counted if s.last < spot.first]
    near = before and scene.distance(before[-1].last, spot.first - 1) <= TAKEN_REACH
    return before[-1] if near else None


def has_own_in_brackets(scene: Scene, aim: Target) -> bool:
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


def is_behind_another(scene: Scene, aim: Target, spot: Spot[Period], crossed: int) -> bool:
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


def is_possessive(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "Q1's": the period owns what stands behind it."""
    return scene.low(spot.last) in ("'", "’") and scene.low(spot.last + 1) == "s"
