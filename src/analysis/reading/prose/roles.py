"""Who did what, when and where: the words of a sentence that belong to one amount.

Each choice returns the cue it rests on, so that the reader can be shown why a field was read so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analysis.model import vocabulary
from analysis.model.schema import Amount
from analysis.reading.prose.cues import Cue
from analysis.reading.prose.nouns import Noun
from analysis.reading.prose.scene import Scene, Spot

FAR = 28
# Done in every walk of life, so that they tell of moderation only beside its things.
COMMON_ACTS = ("reported", "assessed", "ordered", "referred", "appealed", "restored")
DOUBT = 20
JOINED_ACTS: Mapping[frozenset[str], str] = {
    frozenset(("removed", "labelled")): "actioned",
    frozenset(("removed", "restricted")): "actioned",
    frozenset(("suspended", "restricted")): "actioned",
    frozenset(("removed", "blocked")): "removed_or_blocked",
}
NOMINAL = 4  # a noun for an act, as in "removals rose to", ranks behind a verb as near
ADJACENT = 2
CONTESTED = ("appealed", "restored")  # acts on other acts
OPERATOR = 6  # a company ranks behind a service of its own named as near


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
    near = [first for first in found if scene.distance(first, aim.spot.first) <= FAR]
    if not near or any(near[-1] <= s.first < aim.spot.first for s in scene.amounts):
        return None
    return near[-1]


def comparisons(scene: Scene) -> list[int]:
    """Return the tokens of comparing words, each right before an amount or a period."""
    numbers = {s.first for s in scene.counted}
    starts = numbers | {s.first for s in scene.periods}
    verbs = {i for c in scene.of_kind("action") for i in range(c.first, c.last)}
    found = [
        f.first for f in scene.find(scene.words.compare) if starts & set(range(f.last, f.last + 3))
    ]
    found += [f.first for f in scene.find(scene.words.compare_number) if f.last in numbers]
    hedges = {i for s in scene.amounts for i in range(s.first + 1, s.last)}  # "more than 26,000"
    return sorted(first for first in found if first not in verbs | hedges)


def _action_cost(scene: Scene, aim: Target, cue: Cue) -> int:
    first, last = aim.spot.first, aim.noun_end
    if cue.first >= first and cue.last <= last:
        return 9 if aim.spot.thing.measure == "share" else 0
    if cue.last <= first:
        return scene.distance(cue.last, first) + 1
    if cue.first < first:
        return 1
    crossed = scene.between(last, cue.first)
    subject = 0 if cue.first == last else 2
    return scene.distance(last, cue.first) + subject + 7 * crossed


def _doubt(cue: Cue) -> int:
    """Words that leave the act open step back behind any that name one."""
    if cue.kind == "item":
        return NOMINAL
    return DOUBT if cue.form == "vague" or cue.key == "assessed" else 0


def action_of(scene: Scene, aim: Target, noun: Noun) -> Cue | None:
    """Return the act nearest to an amount; a noun that names an act itself goes first."""
    share = aim.spot.thing.measure == "share"
    verbs = [c for c in scene.of_kind("action") if c.form != "trait"]
    traits = [c for c in scene.of_kind("action") if c.form == "trait"]
    verbs = [c for c in verbs if not any(t.first <= c.first < t.last for t in traits)]
    if noun.item:
        verbs = [c for c in verbs if not noun.item.first <= c.first < noun.item.last]
    verbs += [c for c in scene.of_kind("item") if c.implies and not c.form and c != noun.item]
    ranked = sorted((_action_cost(scene, aim, c) + _doubt(c), c.first, c) for c in verbs)
    ranked = [r for r in ranked if not _is_object(scene, r[2])] or ranked
    best = ranked[0] if ranked and ranked[0][0] <= FAR + DOUBT else None
    named = noun.item is not None and bool(noun.item.implies)
    direct = best is not None and best[0] <= ADJACENT and best[2].kind == "action"
    sure = noun.item is not None and noun.item.form != "weak" and not (share or direct)
    if named and (sure or not best or best[0] > (16 if share else 4)):
        return noun.item
    return best[2] if best else None


def _is_object(scene: Scene, act: Cue) -> bool:
    """As in "appealed the removal of 1.4 million videos": the removals are what was appealed."""
    return any(
        c.key in CONTESTED and c.last <= act.first <= c.last + 1 and c != act
        for c in scene.of_kind("action")
    )


def joined_act(scene: Scene, action: Cue) -> str:
    """Return the act of a verb, or of two joined by "or": "removed or marked as disturbing"."""
    for other in scene.of_kind("action"):
        left, right = sorted((action, other), key=lambda c: c.first)
        near = right.first - left.last == 1 and scene.low(left.last) in scene.words.soft
        both = frozenset((action.key, other.key))
        if near and both in JOINED_ACTS:
            return JOINED_ACTS[both]
    return action.key


def trait_of(scene: Scene, aim: Target) -> Cue | None:
    """Return the words that make a share one of finds by the service itself."""
    costs = []
    for cue in scene.of_kind("action"):
        if cue.form != "trait":
            continue
        left, right = sorted(((cue.first, cue.last), (aim.spot.first, aim.spot.last)))
        if _describes_the_whole(scene, aim, cue) or _has_own_verb(scene, aim, cue):
            continue
        others = [
            s
            for s in scene.counted
            if s.first != aim.spot.first and not aim.spot.last <= s.first < aim.noun_end
        ]
        crossed = sum(left[0] <= s.first < right[1] for s in others)
        earlier = [s for s in others if s.first < aim.spot.first]
        crossed += any(_gap(scene, s, cue) <= _gap(scene, aim.spot, cue) for s in earlier)
        costs.append((scene.distance(left[1], right[0]) + FAR * crossed, cue.first, cue))
    if not costs or min(costs)[0] > FAR:
        return None
    return min(costs)[2]


def _has_own_verb(scene: Scene, aim: Target, trait: Cue) -> bool:
    """As in "92 percent were flagged by tools and 70 percent were suspended before ..."."""
    if trait.last > aim.spot.first or not scene.between(0, aim.spot.first):
        return False
    return any(
        c.form == "verb" and c.key not in COMMON_ACTS and 0 <= c.first - aim.spot.last <= 2
        for c in scene.of_kind("action")
    )


def _describes_the_whole(scene: Scene, aim: Target, trait: Cue) -> bool:
    """As in "Of the videos that machines had spotted, 38% were taken down": told of the whole."""
    if trait.last > aim.spot.first or not any(
        scene.low(i) == "," for i in range(trait.last, aim.spot.first)
    ):
        return False
    return any(
        c.form == "verb" and c.key not in COMMON_ACTS and 0 <= c.first - aim.spot.last <= 4
        for c in scene.of_kind("action")
    )


def _gap(scene: Scene, spot: Spot[Amount], cue: Cue) -> int:
    """Return the distance between an amount and a cue, whichever comes first."""
    left, right = sorted(((cue.first, cue.last), (spot.first, spot.last)))
    return scene.distance(left[1], right[0])


def is_tied(scene: Scene, cue: Cue) -> bool:
    """Say whether a preposition ties a service: "on Instagram", not "Instagram removed"."""
    return scene.low(cue.first - 1) in scene.words.on


def platform_of(scene: Scene, aim: Target) -> Cue | None:
    """Return the service an amount is about: "by TikTok" behind it, else the nearest before it."""
    costs = []
    for cue in scene.of_kind("platform"):
        tied = is_tied(scene, cue)
        if aim.spot.last <= cue.first < aim.noun_end:
            cost = -1
        elif cue.first >= aim.spot.last:
            crossed = scene.between(aim.spot.last, cue.first)
            cost = scene.distance(aim.noun_end, cue.first) + (0 if tied else 9) + 14 * crossed
        else:
            crossed = scene.between(cue.last, aim.spot.first)
            cost = (
                scene.distance(cue.last, aim.spot.first)
                + 3 * crossed
                + (4 if crossed and tied else 0)
            )
        if cue.first >= aim.spot.last and _told_of_others(scene, aim, cue):
            continue
        pronoun = 3 if cue.key == "it" else OPERATOR * ("+" in cue.key)
        left, right = sorted(((cue.first, cue.last), (aim.spot.first, aim.spot.last)))
        semicolon = 9 * any(scene.low(i) == ";" for i in range(left[1], right[0]))
        costs.append((cost + pronoun + semicolon, -cue.first, cue))
    return min(costs)[2] if costs else None


def _told_of_others(scene: Scene, aim: Target, cue: Cue) -> bool:
    """Say whether a service behind an amount is that of a later one: "1,300 of them on Instagram".

    What is listed shares it: "790 groups, 100 pages and 1,500 ads on Facebook".
    """
    if any(scene.low(i) == ";" for i in range(aim.spot.last, cue.first)):
        return True
    later = [s for s in scene.counted if aim.noun_end <= s.first < cue.first]
    gap = [scene.low(i) for i in range(aim.noun_end, later[0].first)] if later else []
    return bool(later) and not all(low in scene.words.joined or low == "," for low in gap)


def antecedent(scene: Scene, pronoun: Cue) -> Cue | None:
    """Return the service that "it" or "the company" stands for in its own sentence."""
    named = [c for c in scene.of_kind("platform") if c.key != "it" and c.last <= pronoun.first]
    subjects = [c for c in named if not is_tied(scene, c)]
    found = subjects or named
    return found[-1] if found else None


def is_background(scene: Scene, aim: Target) -> bool:
    """Say whether words for an older figure stand in front of an amount: "an earlier exercise"."""
    found = scene.find(scene.words.background)
    return any(
        f.last <= aim.spot.first
        and not any(f.last <= s.first < aim.spot.first for s in scene.amounts)
        for f in found
    )


def joined_platforms(scene: Scene, chosen: Cue) -> list[Cue]:
    """Return the services that are named together with one: "on Facebook and Instagram"."""
    cues = [c for c in scene.of_kind("platform") if c.key != "it"]
    group = [chosen]
    for cue in sorted(cues, key=lambda c: c.first):
        gap = [t.low for t in scene.tokens[group[-1].last : cue.first]]
        if cue.first > group[-1].last - 1 and 0 < len(gap) <= 2 and _joins(scene, gap):
            group.append(cue)
    for cue in sorted(cues, key=lambda c: -c.first):
        gap = [t.low for t in scene.tokens[cue.last : group[0].first]]
        if cue.last <= group[0].first and 0 < len(gap) <= 2 and _joins(scene, gap):
            group.insert(0, cue)
    return group


def _joins(scene: Scene, gap: list[str]) -> bool:
    return all(low in scene.words.joined or low in (",", "،") for low in gap)


@cache
def policy_against(group: str) -> str:
    """Return the rule that services act against an organisation under, empty when none is known."""
    return vocabulary.load("groups").entries[group].more.get("policy", "")


def actor_of(scene: Scene, aim: Target, action: Cue | None) -> Cue | None:
    """Return who acted where it is not the service: the agent before the act, or behind "by"."""
    if not action:
        return None
    agents = [c for c in scene.cues if c.kind in ("actor", "platform")]
    behind = [
        c
        for c in agents
        if c.first >= action.last
        and scene.low(c.first - 1) in scene.words.by
        and scene.distance(action.last, c.first) <= 5
    ]
    if behind:
        return behind[0] if behind[0].kind == "actor" else None
    things = {c.first for c in scene.of_kind("item")}
    before = [
        c
        for c in agents
        if c.last <= max(action.first, aim.spot.first)
        and not (c.kind == "actor" and c.last in things)  # "government requests"
    ]
    subjects = [c for c in before if not is_tied(scene, c)] or before
    if not subjects:
        return None
    nearest = min(subjects, key=lambda c: scene.distance(c.last, max(action.first, aim.spot.first)))
    if any(c.kind == "platform" and scene.joined(nearest, c) for c in subjects):
        return None
    return nearest if nearest.kind == "actor" else None


def nearest(scene: Scene, aim: Target, kind: str) -> Cue | None:
    """Return the nearest cue of a kind, within the sentence."""
    costs = []
    for cue in scene.cues:
        if cue.kind == kind:
            left, right = sorted(((cue.first, cue.last), (aim.spot.first, aim.noun_end)))
            costs.append((scene.distance(left[1], right[0]), cue.first, cue))
    return min(costs)[2] if costs else None
