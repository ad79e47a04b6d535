"""What is counted, where the words leave it to the text; and which act it can undergo."""

from analysis.model.readings import Amount
from analysis.reading.prose.figures.acts import action_of
from analysis.reading.prose.figures.choice import AUTHORITY_ACTS
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.ellipsis import (
    counts_appeals,
    is_received,
    tells_of_requests,
)
from analysis.reading.prose.figures.nouns import CONTENTS, is_act_alone, refers_back
from analysis.reading.prose.figures.roles import target
from analysis.reading.prose.figures.scene import Spot
from analysis.reading.prose.figures.so_far import SoFar

DONE = ("suspended", "removed", "blocked", "actioned", "restricted", "labelled")
SUSPENDED_ITEMS = ("accounts", "organisations")  # other things are removed when they are closed
TAKEN_DOWN = ("removed", "blocked")
DONE_TO_THINGS = (
    "accounts",
    "videos",
    "posts",
    "comments",
    "images",
    "channels",
    "groups",
    "pages",
)
COPIED = ("videos", "images")  # things of which a text counts the copies
PASSIVE = 10  # tokens between a noun and the participle of its verb
OBJECT = 2  # tokens between a verb and the number of its object


def thing_counted(so_far: SoFar, spot: Spot[Amount], act: str, item: Cue | None) -> str:
    """Return the key of what is counted."""
    context, noun = so_far.context, so_far.noun(spot)
    if act == "appealed" and not _is_challenged(so_far, spot, item):
        return _appealed(so_far, spot, item)
    told_of_them = context.action == act and context.item == "requests"
    came_in = act == "reported" and item is None and (told_of_them or not context.thing)
    if came_in or (act == "restored" and counts_appeals(so_far, item)):
        return "requests"
    if item is None and act == "suspended" and _is_headed_by_act(so_far, spot):
        return "accounts"
    if item and item.words.casefold() in so_far.scene.words.cases:
        told = so_far.last.item if so_far.last else context.item or context.thing
        asked = act in AUTHORITY_ACTS  # "in 215 cases it ordered posts deleted"
        return "requests" if asked else _done_to_behind(so_far, spot) or told or item.key
    copied = item is not None and item.words.casefold() in so_far.scene.words.copies
    if copied and context.thing in COPIED:
        return context.thing
    if item is None and noun.bare and is_received(so_far, spot):
        return "requests" if tells_of_requests(so_far) else context.item
    if item and is_act_alone(item):
        return thing_told_of(so_far) or item.key
    if act == "suspended" and so_far.scene.low(spot.first - 1) in so_far.scene.words.whom:
        return "accounts"
    if item and noun.item == item and refers_back(so_far.scene, spot, item):
        return context.item or item.key
    if item and act in TAKEN_DOWN and item.implies in AUTHORITY_ACTS and _were_so(so_far, spot):
        item = None  # "of 37,722 requests, 36,918 were taken down": what they were about
    return item.key if item else _thing_told_of(so_far) or "content"


def _is_headed_by_act(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in a line "Suspended for terrorism: 44,974", a column "Suspended": which are accounts.

    Not so where channels or the like were told of.
    """
    scene, told = so_far.scene, so_far.context.item
    line = scene.low(spot.first - 1) == ":" and not scene.of_kind("item")
    acts = [c for c in scene.of_kind("action") if c.form == "verb"]
    opens = line and bool(acts) and acts[0].first == 0
    return (opens or stands_under_act(so_far, spot)) and told in (*CONTENTS, "requests", "")


def stands_under_act(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "Hate speech: 12,110 Removed": a cell under the head of a column that is an act."""
    scene = so_far.scene
    act = scene.starting(spot.last, "action") if so_far.context.in_table else None
    return act is not None and act.form == "verb" and act.last == len(scene.tokens)


def _were_so(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "36,918 were taken down": a bare number as the subject of a passive verb."""
    acts = (c for c in so_far.scene.of_kind("action") if c.form == "verb")
    passive = so_far.scene.low(spot.last) in so_far.scene.words.verbs_behind
    return so_far.noun(spot).bare and passive and any(c.first == spot.last + 1 for c in acts)


def _appealed(so_far: SoFar, spot: Spot[Amount], item: Cue | None) -> str:
    """Return what is counted where appeals are told of: these, or the content that they are about.

    As in "appealed 4.3 million removals on Facebook and 1.9 on Instagram", the second like the
    first.
    """
    if so_far.noun(spot).bare and so_far.last and so_far.last.action == "appealed":
        return so_far.last.item
    return item.key if item and _is_contested(so_far, spot, item) else "requests"


def _thing_told_of(so_far: SoFar) -> str:
    """Return the thing named last, or the one counted last where the words go on about it.

    As in "For the third quarter the number stays as it was, 1.04 million".
    """
    context, scene = so_far.context, so_far.scene
    counted = context.item if scene.has(scene.words.number_of_them) else ""
    return counted or context.thing or context.item


def _done_to_behind(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "In 42 more cases content was deleted, while the accounts stayed": what it was."""
    scene, end = so_far.scene, so_far.noun(spot).last
    acts = [c for c in scene.of_kind("action") if c.form == "verb" and c.first >= end]
    things = [c for c in scene.of_kind("item") if c.first >= end and not (c.form or c.implies)]
    if not acts or not things or scene.low(spot.first - 1) not in scene.words.on:
        return ""
    left, right = sorted((acts[0], things[0]), key=lambda c: c.first)
    return things[0].key if 0 <= right.first - left.last <= 1 else ""


def complained_of(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "received 129 complaints and acted on 10 per cent": of what they were about."""
    act = action_of(so_far.scene, target(spot, so_far.noun(spot)), so_far.noun(spot))
    direct = act is not None and act.form == "verb" and 0 <= spot.first - act.last <= 1
    done = direct and act is not None and act.key in DONE
    if not done or so_far.context.item not in ("", "requests"):
        return so_far.context.item if done else ""
    return "content"


def thing_told_of(so_far: SoFar) -> str:
    """Return what the act named by a noun was done to: "5,875 deletions", told of servers."""
    told = so_far.last.item if so_far.last else so_far.context.item
    return told if told in DONE_TO_THINGS else ""


def _is_contested(so_far: SoFar, spot: Spot[Amount], item: Cue) -> bool:
    """As in "1.1 million pieces of content were appealed": counted are these, and no appeals."""
    counted = so_far.noun(spot).item == item and not item.implies and not item.form
    acts = [c for c in so_far.scene.of_kind("action") if c.key == "appealed"]
    passive = any(so_far.scene.low(c.first - 1) in so_far.scene.words.verbs_behind for c in acts)
    return counted and item.key in CONTENTS and (passive or any(c.last <= spot.first for c in acts))


def _is_challenged(so_far: SoFar, spot: Spot[Amount], item: Cue | None) -> bool:
    """As in "Twitter challenged 9 million accounts": asked to prove something, not appealed."""
    if item is None or item.key != "accounts" or item.implies:
        return False
    end = so_far.noun(spot).last  # "1.5 million accounts have been challenged"
    acts = (c for c in so_far.scene.of_kind("action") if c.key == "appealed")
    return any(
        0 <= spot.first - c.last <= OBJECT
        or (
            c.form == "verb"
            and 0 <= c.first - end <= PASSIVE
            and not so_far.scene.between(end, c.first)
            and so_far.noun(spot).item == item
        )
        for c in acts
    )


def fitting_act(
    so_far: SoFar, act: str, action: Cue | None, item: str, counted: Cue | None = None
) -> str:
    """Return the act that a thing can undergo: accounts are suspended, channels removed.

    Granted appeals are restorations, be they told of before or `counted` themselves.
    """
    if act == "suspended" and item not in SUSPENDED_ITEMS:
        return "removed"
    told = so_far.last.action if so_far.last else so_far.context.action
    if act == "appealed" and item == "accounts":
        return "other"
    contested = "appealed" in (told, counted.implies if counted else "")
    if act == "actioned" and contested and item == "requests":
        return "restored"
    if act == "restored" and told in AUTHORITY_ACTS:
        return "actioned"  # "granted" said of demands, not of appeals
    gone = action is not None and action.form == "gone" and item == "accounts"
    if gone and (told or so_far.context.act) == "suspended":
        return "suspended"
    return act
