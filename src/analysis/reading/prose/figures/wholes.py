"""Wholes and their parts: "38 percent of the 2,300 videos that users flagged were removed".

An act may be told of the whole, and then only says what is divided, or of the part, and then it is
what was done to it.
"""

from analysis.model.readings import Amount
from analysis.reading.prose.figures.choice import COMMON_ACTS, CONTESTED
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.nouns import noun_behind
from analysis.reading.prose.figures.roles import Target, is_aside
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot

APPOSED = 3  # words behind a number that only says another again, up to the comma
TOLD_REACH = 10  # cost from a whole to what is told of it, the word for "that" among it
DONE_REACH = 4  # tokens between "were" and the act: "were in fact removed"


def is_divided(scene: Scene, spot: Spot[Amount]) -> bool:
    """Say whether a count is a whole of which a part is named: "38 percent of the 2,300".

    So is the second of two counts: "1,200 of the 3,400 accounts".
    """
    first = spot.first - (scene.low(spot.first - 1) in scene.words.the)
    of = scene.words.part_of
    part = of.ending(scene.tokens, first) or of.ending(scene.tokens, spot.first)  # French "des"
    if part is None or spot.thing.measure != "count":
        return False
    the = first < spot.first
    divided = [s for s in scene.amounts if s.thing.measure != "ratio"]  # "double the 1.2 million"
    asked = noun_behind(scene, spot).item  # "complied with 312 of 480 requests"
    the = the or (asked is not None and bool(asked.implies)) or "" in scene.words.determiners
    the = the or _is_told_of(scene, spot)
    parts = (s.last == part.first for s in divided if the or s.thing.measure == "share")
    return scene.words.some.ending(scene.tokens, part.first) is not None or any(parts)


def _is_told_of(scene: Scene, whole: Spot[Amount]) -> bool:
    """As in "215 of 661 posts flagged by the ministry", "of 69 accounts that users reported"."""
    end = noun_behind(scene, whole).last
    acts = (c for c in scene.of_kind("action") if c.key in COMMON_ACTS and c.first >= end)
    return any(scene.distance(end, c.first) <= TOLD_REACH for c in acts)


def is_in_a_whole(scene: Scene, act: Cue) -> bool:
    """As in "11 percent of the reported tweets", German "27 Prozent der gemeldeten 214.827"."""
    if act.key not in COMMON_ACTS:
        return False
    shares = (s for s in scene.counted if s.thing.measure == "share" and s.last <= act.first)
    opened = [of.last for s in shares if (of := scene.words.part_of.at(scene.tokens, s.last))]
    if not opened or scene.between(opened[-1], act.first):
        return False
    closing = scene.words.verbs_behind | scene.words.that | set(COMMAS)
    return closing.isdisjoint(scene.low(i) for i in range(opened[-1], act.first))


def divides(scene: Scene, aim: Target, act: Cue) -> bool:
    """As in "of the videos that users flagged", "of the reported links": done to the whole."""
    helped = scene.low(act.first - 1) in scene.words.verbs_behind
    helped = helped and scene.low(act.first - 2) not in scene.words.that  # "that was notified"
    return act.key in COMMON_ACTS and act.first >= aim.spot.last and not helped


def becomes_of_a_part(scene: Scene, aim: Target, act: Cue) -> bool:
    """As in "18 per cent of the pieces removed were restored", "deleted 1,200 of those flagged"."""
    part = aim.spot.thing.measure == "share" or _is_part(scene, aim)
    if not part or act.kind != "action":
        return False
    if act.key not in CONTESTED:
        gap = scene.tokens[act.last : aim.spot.first]
        leads = act.form == "verb" and act.last <= aim.spot.first
        leads = leads and len(gap) <= 1 and all(t.kind == "word" for t in gap)
        last = [c for c in scene.of_kind("action") if c.form == "verb"][-1:] == [act]
        leads = leads or (scene.words.verb_final and last and act.key not in COMMON_ACTS)
        done = leads or is_done_to(scene, aim, act)  # "3 of those flagged in June were removed"
        return done and aim.spot.thing.measure == "count"
    return scene.low(aim.noun_end) not in COMMAS and _becomes_of(scene, aim, act)


def _is_part(scene: Scene, aim: Target) -> bool:
    """As in "1,200 of the posts", "1,200 posts of the 7,200 reported"."""
    of = scene.words.part_of
    if of.at(scene.tokens, aim.spot.last):
        return True
    behind = of.at(scene.tokens, aim.noun_end)
    return behind is not None and any(0 <= s.first - behind.last <= 1 for s in scene.counted)


def is_done_to(scene: Scene, aim: Target, act: Cue) -> bool:
    """As in "38 percent of the videos flagged were removed": what became of the part."""
    return act.key not in COMMON_ACTS and _becomes_of(scene, aim, act)


def _becomes_of(scene: Scene, aim: Target, act: Cue) -> bool:
    """Say whether an act stands as a verb in front of an amount, or is passive behind its noun."""
    leads = act.form == "verb" and act.last <= aim.spot.first
    if leads and (_leads(scene, act, aim.spot) or is_aside(scene, act.last, aim.spot.first)):
        return True  # "removed a quarter of the 241,000 posts flagged"
    active = scene.words.verbs_behind.isdisjoint(
        scene.low(i) for i in range(max(aim.noun_end, act.first - DONE_REACH), act.first)
    )
    others = (s for s in scene.counted if aim.noun_end <= s.first < act.first)
    behind = act.first > aim.noun_end and all(is_apposed(scene, s) for s in others)
    return behind and not active


def _leads(scene: Scene, verb: Cue, spot: Spot[Amount]) -> bool:
    """As in Spanish "retiró en julio el 62 % de los mensajes denunciados": only when and where."""
    aside = [(s.first, s.last) for s in scene.periods]
    aside += [(c.first, c.last) for c in scene.of_kind("place")]
    between = set(range(verb.last, spot.first))
    return len(between - {i for first, last in aside for i in range(first - 1, last)}) <= 1


def is_apposed(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "a third of these, 733, were found first": a number that only says another again."""
    end = spot.last
    while end - spot.last < APPOSED and scene.tokens[end : end + 1] and scene.low(end).isalpha():
        end += 1  # "908,237 to be precise,"
    first = spot.first - (spot.first - 1 in scene.inside(scene.words.restate))  # ", or 16 percent,"
    return scene.low(first - 1) in (",", "(") and scene.low(end) in (",", ")")
