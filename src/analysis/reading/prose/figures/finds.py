"""Shares of what a service found itself, before anybody reported it."""

from analysis.reading.prose.figures.choice import COMMON_ACTS
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.roles import FAR, Target, gap
from analysis.reading.prose.figures.scene import COMMAS, Scene
from analysis.reading.prose.figures.wholes import is_apposed

ADJACENT = 2
TIMED_REACH = 10  # tokens between a share and the hours within which it was removed


def find_of(scene: Scene, aim: Target) -> Cue | None:
    """Return the words that make a share one of finds, None where it is of something else."""
    trait = None if _was_stopped(scene, aim) else _nearest_trait(scene, aim)
    if trait is None or _is_of_the_whole(scene, aim, trait):
        return None
    return None if is_timed(scene, aim) and not _is_beside(aim, trait) else trait


def tells_of_finds(scene: Scene) -> bool:
    """Say whether a sentence has words for finds, whatever number they belong to."""
    return any(c.form == "trait" for c in scene.of_kind("action"))


def is_timed(scene: Scene, aim: Target) -> bool:
    """As in "98% were gone before a report and 94% within 24 hours": how soon they were removed."""
    hours = [
        s.last for s in scene.behind(aim.noun_end) if scene.low(s.last) in scene.words.hours_in
    ]
    one = (i for i in range(aim.noun_end, aim.noun_end + TIMED_REACH) if _is_one_unit(scene, i))
    unit = min([*hours[:1], *one], default=0)
    if not aim.noun_end < unit < aim.noun_end + TIMED_REACH:
        return False
    ends = {*COMMAS, ";", "؛", *scene.words.soft}
    parted = any(scene.low(i) in ends for i in range(aim.noun_end, unit))
    shares = (s for s in scene.behind(aim.noun_end) if s.thing.measure == "share")
    return not parted and all(s.first > unit for s in shares)


def _is_one_unit(scene: Scene, index: int) -> bool:
    """As in "within a day", and not "in the second quarter"."""
    led = scene.low(index - 1) in scene.words.articles - scene.words.definite
    return led and scene.low(index) in scene.words.hours_in


def _is_beside(aim: Target, trait: Cue) -> bool:
    """As in "97% were found before a report within an hour": told of the share as well."""
    return aim.spot.last <= trait.first <= aim.noun_end + ADJACENT


def _removes(scene: Scene, trait: Cue) -> bool:
    """As in "68% of them were removed automatically": machines did it, whoever found them first.

    Not so "found and removed automatically".
    """
    if scene.words.by_itself.at(scene.tokens, trait.first) is None:
        return False
    first = trait.first - (scene.low(trait.first - 1) in scene.words.by)
    verbs = (c for c in scene.of_kind("action") if c.form == "verb" and c.key not in COMMON_ACTS)
    return any(
        c.first == trait.last
        or (c.last == first and scene.low(c.first - 1) not in scene.words.soft)
        for c in verbs
    )


def _nearest_trait(scene: Scene, aim: Target) -> Cue | None:
    """Return the words that make a share one of finds by the service itself."""
    costs = []
    for cue in scene.of_kind("action"):
        if cue.form != "trait" or _only_opens(scene, cue) or _removes(scene, cue):
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


def _only_opens(scene: Scene, trait: Cue) -> bool:
    """As in Italian "prima ancora che qualcuno lo guardasse": the words of another act open so."""
    return any(
        c.form != "trait" and c.first == trait.first and trait.last < c.last
        for c in scene.of_kind("action")
    )


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
