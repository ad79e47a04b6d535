"""Who did what, when and where: the words of a sentence that belong to one amount.

Each choice returns the cue it rests on, so that the reader can be shown why a field was read so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analysis.model import vocabulary
from analysis.model.readings import Amount
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.nouns import Noun, noun_behind
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot
from analysis.reading.prose.words.tokens import Found

FAR = 28
DATED_REACH = 8  # tokens between a share that something rose from and its time
ASIDE = (3, 8)  # tokens of words between two commas, these among them
COMPLAINT = 6  # tokens from complaints to the word in front of what they are about
COMPARED_REACH = 5  # tokens between a comparing word and the period that it compares with


@dataclass(frozen=True, slots=True)
class Target:
    """An amount with the end of its noun phrase, to measure distances from."""

    spot: Spot[Amount]
    noun_end: int


def target(spot: Spot[Amount], noun: Noun) -> Target:
    """Return an amount as the aim of its sentence's words."""
    return Target(spot, max(noun.last, spot.last))


def compare_at(scene: Scene, aim: Target) -> int | None:
    """Return the token of a comparing word that stands before an amount in its clause."""
    found = [first for first in comparisons(scene) if first <= aim.spot.first]
    near = [f for f in found if scene.distance(_when_behind(scene, f) or f, aim.spot.first) <= FAR]
    when = max((_when_behind(scene, first) for first in near), default=0)
    clause = 0 < when <= aim.spot.first
    clause = clause and not any(scene.low(i) in COMMAS for i in range(when, aim.spot.first))
    if not near or (scene.between(near[-1], aim.spot.first) and not clause):
        return None
    return None if _compared_with_a_period(scene, near[-1], aim) else near[-1]


def _when_behind(scene: Scene, first: int) -> int:
    """Return where a clause on a period compared with opens: "as in 2021, when it was 77,671"."""
    for spot in scene.periods:
        near = first <= spot.first <= first + COMPARED_REACH
        closed = scene.low(spot.last) in COMMAS
        if near and closed and scene.low(spot.last + 1) in scene.words.when:
            return spot.last + 2
    return 0


def _compared_with_a_period(scene: Scene, first: int, aim: Target) -> bool:
    """As in "twice as many as in the quarter before, and 2.2 million": that ends at the comma."""
    if _when_behind(scene, first):
        return False
    for spot in scene.periods:
        if first <= spot.first <= first + COMPARED_REACH and spot.last < aim.spot.first:
            return any(scene.low(i) in (",", "،") for i in range(spot.last, aim.spot.first))
    return False


def comparisons(scene: Scene) -> list[int]:
    """Return the tokens of comparing words, each right before an amount or a period."""
    numbers = {s.first for s in scene.counted}
    starts = numbers | {s.first for s in scene.periods}
    verbs = {i for c in scene.of_kind("action") for i in range(c.first, c.last)}
    found = [
        f.first
        for f in scene.find(scene.words.compare)
        if starts & set(range(f.last - _takes_from(scene, f), f.last + 3))
        and scene.low(f.first - 1) not in scene.words.meanwhile  # Spanish "mientras que en"
    ]
    found += [
        f.first
        for f in scene.find(scene.words.compare_number)
        if f.last in numbers
        and not (_is_acted_against(scene, f.first, f.last) or _is_cause(scene, f.first, f.last))
    ]
    found += [  # "12.4 million (second quarter: 9.5 million)"
        s.first - 1
        for s in scene.periods
        if scene.low(s.first - 1) == "(" and scene.low(s.last) == ":" and s.last + 1 in numbers
    ]
    found += [  # "5.7 million (6.3 million in the second half of 2021)"
        s.first - 1
        for s in scene.counted
        if scene.low(s.first - 1) == "(" and _dates_its_brackets(scene, s)
    ]
    hedged = (s for s in scene.amounts if s.thing.measure != "ratio")
    hedges = {i for s in hedged for i in range(s.first + 1, s.last)}  # "more than 26,000"
    found = [first for first in found if first not in verbs | hedges]
    found += _only_from(scene)
    found += _apposed_from(scene)
    found += _behind_a_ratio(scene)
    return sorted({*found, *_compared_as_well(scene, found)})


def _takes_from(scene: Scene, words: Found[bool]) -> bool:
    """As in "unchanged from January to March", where "from" is also the first of the period."""
    return scene.low(words.last - 1) in scene.words.change_from


def _dates_its_brackets(scene: Scene, spot: Spot[Amount]) -> bool:
    """Say whether a number in brackets stands behind another and has a period of its own there."""
    closed = next((i for i in range(spot.last, len(scene.tokens)) if scene.low(i) == ")"), 0)
    dated = any(spot.last <= s.first and s.last <= closed for s in scene.periods)
    told = any(s.last < spot.first for s in scene.counted)
    return dated and told and scene.between(spot.last, closed) == 0


def _behind_a_ratio(scene: Scene) -> Iterator[int]:
    """As in "1,003 requests, up 26% from 796": what the change starts from."""
    ratios = [r.last for r in scene.amounts if r.thing.measure == "ratio"]
    for spot in scene.counted:
        led = scene.low(spot.first - 1) in scene.words.change_from
        if led and any(0 <= spot.first - 1 - last <= 1 for last in ratios):
            yield spot.first - 1


def _only_from(scene: Scene) -> list[int]:
    """As in "The rate has risen from 28% in 2016", where no number says to what."""
    ends = scene.words.to | scene.words.change_to
    if any(scene.low(s.first - 1) in ends for s in scene.counted):
        return []
    return [
        s.first - 1
        for s in scene.counted
        if scene.low(s.first - 1) in scene.words.change_from
        and scene.words.part_of.at(scene.tokens, s.first - 1) is None  # French "de": of, and from
        and s.thing.measure == "share"
        and any(0 <= p.first - s.last <= DATED_REACH for p in scene.periods)
    ]


def _apposed_from(scene: Scene) -> Iterator[int]:
    """As in "1.8 million pieces, from 1.2 million in Q4 2021": what it was before."""
    for left, right in pairwise(scene.counted):
        led = scene.low(right.first - 1) in scene.words.change_from
        led = led and scene.low(right.first - 2) in COMMAS
        bare = led and left.thing.measure == right.thing.measure and noun_behind(scene, right).bare
        if bare and any(0 <= p.first - right.last <= 1 for p in scene.periods):
            yield right.first - 1


def _compared_as_well(scene: Scene, found: Sequence[int]) -> Iterator[int]:
    """As in "up from 28% in 2016 and 59% in May 2017": two older numbers, each with its time."""
    known, joints = set(found), scene.inside(scene.words.joined)
    for left, right in pairwise(scene.counted):
        joint = right.first - 1
        between = any(left.last <= s.first and s.last <= joint for s in scene.periods)
        behind = any(
            0 <= s.first - right.last <= DATED_REACH and not scene.between(right.last, s.first)
            for s in scene.periods
        )
        compared = any(0 <= left.first - first <= COMPARED_REACH for first in known)
        if compared and between and behind and joint in joints:
            known.add(joint)
            yield joint


def _is_acted_against(scene: Scene, word: int, first: int) -> bool:
    """As in German "gegen 133 Anbieter ermittelt": no number stands in front to be compared.

    So is "took action against 5.4 million pieces", where the word stands right behind the act.
    """
    spot = next(s for s in scene.counted if s.first == first)
    if _is_complained_of(scene, word, spot):
        return True
    if any(s.last <= first for s in scene.counted):
        return False
    led = scene.low(word) in scene.words.against
    if led and any(c.last == word for c in scene.of_kind("action")):
        return True
    noun = noun_behind(scene, spot)
    return noun.refusal is not None and noun.item is None


def _is_complained_of(scene: Scene, word: int, spot: Spot[Amount]) -> bool:
    """As in "complaints were lodged against 5.6 million decisions": what they are about."""
    before = [c for c in scene.of_kind("item") if c.last <= word]
    item = noun_behind(scene, spot).item
    if not before or item is None or word - before[-1].last > COMPLAINT:
        return False
    acted = before[-1].implies == "actioned" and not item.implies  # "enforcements against accounts"
    return acted or (before[-1].key == "requests" and item.key != "requests")


def _is_cause(scene: Scene, word: int, first: int) -> bool:
    """As in "41,000 videos were put back after 166,000 appeals": no older number of these."""
    if scene.low(word) not in scene.words.after:
        return False
    spot = next(s for s in scene.counted if s.first == first)
    item, before = noun_behind(scene, spot).item, scene.before(spot)
    counted = noun_behind(scene, before[-1]).item if before else None
    return bool(item and item.implies and counted and counted.key != item.key)


def gap(scene: Scene, spot: Spot[Amount], cue: Cue) -> int:
    """Return the distance between an amount and a cue, whichever comes first."""
    return scene.distance(*apart(spot, cue))


def is_nearest(scene: Scene, spot: Spot[Amount], cue: Cue) -> bool:
    """Say whether no other amount is as near to some words, and this one is near."""
    others = [gap(scene, s, cue) for s in scene.counted if s.first != spot.first]
    return gap(scene, spot, cue) < min([*others, FAR])


def apart(one: Spot[Amount] | Cue, other: Spot[Amount] | Cue) -> tuple[int, int]:
    """Return the tokens between two things, whichever comes first."""
    left, right = sorted(((one.first, one.last), (other.first, other.last)))
    return left[1], right[0]


def is_background(scene: Scene, aim: Target) -> bool:
    """Say whether words for an older figure stand in front of an amount: "an earlier exercise"."""
    dated = {i for s in scene.periods for i in range(s.first, s.last)}
    found = [
        f
        for f in scene.find(scene.words.background)
        if (f.first not in dated and not _ends_a_clause(scene, f.first))
        or not any(scene.low(i) in (",", "،") for i in range(f.last, aim.spot.first))
    ]
    return any(
        f.last <= aim.spot.first
        and not any(f.last <= s.first < aim.spot.first for s in scene.amounts)
        and not any(scene.low(i) in (";", "؛") for i in range(f.last, aim.spot.first))
        for f in found
    )


def _ends_a_clause(scene: Scene, first: int) -> bool:
    """Say whether words stand behind others of their clause: "39 percent more than before, and"."""
    return first > 0 and scene.low(first - 1) not in (",", "،", ";", ":", "(", ".", "-", "–", "—")


@cache
def policy_against(group: str) -> str:
    """Return the rule that services act against an organisation under, empty when none is known."""
    return vocabulary.load("groups").entries[group].more.get("policy", "")


def is_aside(scene: Scene, first: int, last: int) -> bool:
    """As in "They remove, on average, 72% of it": words between a verb and its object."""
    commas = scene.low(first) in COMMAS and scene.low(last - 1) in COMMAS
    if not (commas and ASIDE[0] <= last - first <= ASIDE[1]):
        return False
    between = [scene.low(i) for i in range(first + 1, last - 1)]
    told = any(first <= c.first < last for c in scene.cues)
    return not (told or scene.between(first, last) or set(COMMAS) & set(between))


def tells_of_a_part(scene: Scene, first: int, last: int) -> bool:
    """As in "28,079 links, most of which were on Facebook", but not in "all of which were"."""
    of = scene.words.part_of
    parts = (i for i in range(first, last) if of.at(scene.tokens, i) is not None)
    return any(
        scene.low(i + 1) in scene.words.relative
        and scene.low(i - 1) not in scene.words.all_of
        and scene.tokens[i - 1].kind == "word"  # "some of which"
        for i in parts
    )


def nearest(scene: Scene, aim: Target, kind: str) -> Cue | None:
    """Return the nearest cue of a kind, within the sentence."""
    costs = []
    for cue in scene.cues:
        if cue.kind == kind:
            left, right = sorted(((cue.first, cue.last), (aim.spot.first, aim.noun_end)))
            costs.append((scene.distance(left[1], right[0]), cue.first, cue))
    return min(costs)[2] if costs else None
