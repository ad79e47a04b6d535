"""The act of a number that only the sentence behind it tells.

As in "The archive holds 32,242 more accounts. All of them have been removed".
"""

from dataclasses import replace

from analysis.model.readings import Period
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.scene import Scene
from analysis.reading.prose.figures.undone import is_done

PASSIVE_REACH = 3  # tokens between "were" and its verb: "were then all removed"
DENIED_REACH = 2  # between "never" and its verb: "have never yet been removed"
OPENING = 5  # tokens of a sentence in which its subject stands


def act_done_to_those(scene: Scene) -> str:
    """Return what a sentence says was done to the things counted before it, empty where nothing."""
    if scene.counted:
        return ""
    acts = (c for c in scene.of_kind("action") if is_done(c) and c.form == "verb")
    told = (c for c in acts if not _is_denied(scene, c))
    return next((c.key for c in told if _were_done(scene, c) or _did_to_them(scene, c)), "")


def when_done_to_those(scene: Scene) -> Period | None:
    """Return the one period of such a sentence: "All of them were removed in September"."""
    dated = [s.thing for s in scene.periods if not s.thing.per and s.thing.start and s.thing.end]
    if len(dated) != 1:
        return None
    start, end = dated[0].span
    return replace(dated[0], span=(start + scene.offset, end + scene.offset), basis="inherited")


def _is_denied(scene: Scene, act: Cue) -> bool:
    """As in "They have never been removed", "Twitter has not yet removed them"."""
    denials = scene.find(scene.words.undone)
    return any(0 <= act.first - f.last <= DENIED_REACH for f in denials)


def _were_done(scene: Scene, act: Cue) -> bool:
    """As in "All of them have since been removed"."""
    subject = scene.words.told_back.at(scene.tokens, 0)
    if subject is None or act.first - subject.last > OPENING:
        return False
    between = range(max(subject.last, act.first - PASSIVE_REACH), act.first)
    return any(scene.low(i) in scene.words.verbs_behind for i in between)


def _did_to_them(scene: Scene, act: Cue) -> bool:
    """As in "Twitter has removed these too"."""
    return scene.low(act.last) in scene.words.pronouns
