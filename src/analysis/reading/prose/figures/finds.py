"""Shares of what a service found itself, before anybody reported it."""

from analysis.reading.prose.figures.choice import COMMON_ACTS
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.roles import FAR, Target, gap
from analysis.reading.prose.figures.scene import COMMAS, Scene
from analysis.reading.prose.figures.wholes import is_apposed

ADJACENT = 2


def find_of(scene: Scene, aim: Target) -> Cue | None:
    """Return the words that make a share one of finds, None where it is of something else."""
    trait = None if _was_stopped(scene, aim) else _nearest_trait(scene, aim)
    return None if trait and _is_of_the_whole(scene, aim, trait) else trait


def _nearest_trait(scene: Scene, aim: Target) -> Cue | None:
    """Return the words that make a share one of finds by the service itself."""
    costs = []
    for cue in scene.of_kind("action"):
        if cue.form != "trait":
            continue
        left, right = sorted(((cue.first, cue.last), (aim.spot.first, aim.spot.last)))
        if _describes_the_whole(scene, aim, cue) or _has_own_verb(scene, aim, cue):
            continue
        if cue.first >= aim.spot.last and _governs_another(scene, aim, cue):
            continue
        others = [
            s
            for s in scene.counted
            if s.first != aim.spot.first
            and not aim.spot.last <= s.first < aim.noun_end
            and not is_apposed(scene, s)
        ]
        crossed = sum(left[0] <= s.first < right[1] for s in others)
        earlier = [s for s in others if s.first < aim.spot.first]
        crossed += any(gap(scene, s, cue) <= gap(scene, aim.spot, cue) for s in earlier)
        costs.append((scene.distance(left[1], right[0]) + FAR * crossed, cue.first, cue))
    if not costs or min(costs)[0] > FAR:
        return None
    return min(costs)[2]


def _was_stopped(scene: Scene, aim: Target) -> bool:
    """As in "95% were stopped automatically": never up, so that nobody could have reported it."""
    verbs = (c for c in scene.of_kind("action") if c.form == "verb" and c.key == "blocked")
    return any(0 <= c.first - aim.noun_end <= 1 for c in verbs)


def _is_of_the_whole(scene: Scene, aim: Target, trait: Cue) -> bool:
    """As in "Of the videos that machines found, 38% came down before a view": all were found so."""
    opens = scene.low(0) in scene.words.among and trait.last <= aim.spot.first
    comma = any(scene.low(i) == "," for i in range(trait.last, aim.spot.first))
    verbs = (c for c in scene.of_kind("action") if c.form in ("verb", "gone"))
    return opens and comma and any(aim.noun_end <= c.first for c in verbs)


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


def _has_own_verb(scene: Scene, aim: Target, trait: Cue) -> bool:
    """As in "92 percent were flagged by tools and 70 percent were suspended before ..."."""
    if trait.last > aim.spot.first or not scene.between(0, aim.spot.first):
        return False
    if _opens_a_clause(scene, aim, trait):
        return True
    agents = {c.last for c in scene.cues if c.kind in ("platform", "actor")}
    return any(
        c.form in ("verb", "gone")
        and c.key not in COMMON_ACTS
        and c.first not in agents  # "93 per cent of the accounts it suspended"
        and aim.spot.last <= c.first <= max(aim.spot.last + 2, aim.noun_end + 1)
        and scene.low(aim.noun_end) not in COMMAS  # "97.6%, and it removed 94.1%"
        for c in scene.of_kind("action")
    )


def _opens_a_clause(scene: Scene, aim: Target, trait: Cue) -> bool:
    """As in "99% were found before any report, and removed were 94%", told in Arabic without were.

    The verb stands right in front of the amount, and a comma parts it from the words of the find.
    """
    verbs = (c for c in scene.of_kind("action") if c.form == "verb" and c.last == aim.spot.first)
    return any(
        scene.low(i) in COMMAS for c in verbs for i in range(trait.last, max(trait.last, c.first))
    )


def _governs_another(scene: Scene, aim: Target, trait: Cue) -> bool:
    """As in "Nobody had watched 82% of them, nobody had reported 91%": said of the second."""
    apart_ = any(scene.low(i) == "," for i in range(aim.spot.last, trait.first))
    return apart_ and any(s.first == trait.last for s in scene.counted)


def by_machines(scene: Scene, act: Cue) -> bool:
    """As in "of which machines flagged 6.7 million": no report, and what was done to the rest."""
    return any(
        c.form == "trait" and c.first - act.last <= ADJACENT and act.first - c.last <= ADJACENT
        for c in scene.of_kind("action")
    )
