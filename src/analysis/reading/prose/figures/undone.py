"""Numbers of what nobody acted on: supposed, seen, posted, not done."""

from analysis.model.readings import Amount
from analysis.reading.prose.figures.choice import AUTHORITY_ACTS, COMMON_ACTS, REQUESTED
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot
from analysis.reading.prose.figures.services import is_tied
from analysis.reading.prose.figures.so_far import SoFar

SEEN_ONLY = "seen and not acted on"
TOLD = ("reported", *AUTHORITY_ACTS)  # what those who see something do about it
NOT_DONE = "not done, says the text"
SUPPOSED_REACH = 12
HOPED_REACH = 6  # tokens from "planned to" to the number that it may be done to
SEEN_REACH, DONE_REACH = 4, 2


def refuse_supposed(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "if a third of complaints succeed": nobody says that it is so."""
    scene = so_far.scene
    for i in range(spot.first - 1, max(-1, spot.first - SUPPOSED_REACH), -1):
        if scene.low(i) in (",", ";", ":"):
            return ""
        if scene.words.supposed.at(scene.tokens, i):
            return "supposed, not stated"
    return ""


def refuse_exists(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "Reddit has 100,000 active communities": what there is, not what was acted on."""
    scene = so_far.scene
    led = scene.low(spot.first - 1)
    noun = so_far.noun(spot)
    inside = {scene.low(i) for i in range(spot.last, noun.last)}
    if scene.words.existing & inside and not scene.of_kind("action"):
        return "what a service has"  # "150 million users a month and 19 million active servers"
    had = led in scene.words.had and so_far.noun(spot).bare and not scene.periods
    acted: object = scene.of_kind("action") or so_far.context.coming  # "All have since been ..."
    acted = acted or _tells_of_those_gone(so_far)
    told = noun.item is not None and bool(noun.item.implies)  # "June had 80,000 reports"
    if acted or told or not (led in scene.words.owns or had):
        return ""
    return "what a service has" if spot.thing.measure == "count" else ""


def _tells_of_those_gone(so_far: SoFar) -> bool:
    """As in "Meta took down a network. The network had 50 accounts": what was taken down."""
    scene = so_far.scene
    return bool(so_far.context.told_act) and scene.words.told_back.at(scene.tokens, 0) is not None


def refuse_only_possible(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "planned to block access to 100 posts": an act that may come, and no other beside."""
    scene, item = so_far.scene, so_far.noun(spot).item
    if item is not None and item.implies:
        return ""  # "hopes to publish 500 removals"
    noun_end = max(so_far.noun(spot).last, spot.last)
    for act in scene.hoped:
        before = act.last <= spot.first
        first, last = (act.last, spot.first) if before else (noun_end, act.first)
        if not 0 <= last - first <= HOPED_REACH or scene.between(first, last):
            continue
        done = any(first <= c.first < last for c in scene.of_kind("action"))
        if not done and not any(scene.low(i) in COMMAS for i in range(first, last)):
            return "may be done, says the text"
    return ""


def refuse_told_authorities(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "the FBI had received 100,000 tips": told to the police, not to a service."""
    scene = so_far.scene
    item = so_far.noun(spot).item
    if not scene.of_kind("actor") or item is None or item.words.lower() not in scene.words.tips:
        return ""
    got = (f for f in scene.find(scene.words.received) if 0 <= spot.first - f.last <= 1)
    police = any(_subject_key(so_far, 0, f.first) not in ("", "researcher") for f in got)
    return "told to an authority" if police else ""


def refuse_only_seen(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "a researcher counted 165 channels": what outsiders see was not acted on."""
    scene, noun = so_far.scene, so_far.noun(spot)
    if noun.item and noun.item.implies == "reported":
        return ""  # "the hotline examined 21,500 reports": that is what it got
    end = max(noun.last, spot.last)
    later = [s.first for s in scene.behind(end)[:1]]
    reach = min([*later, len(scene.tokens)])
    if any(is_done(c) and end <= c.first < reach for c in scene.of_kind("action")):
        return ""
    if is_part_found_there(so_far, spot):
        return ""
    for verb in scene.find(scene.words.seen):
        told = scene.low(verb.last) in scene.words.that and verb.last <= spot.first
        before = told or 0 <= spot.first - verb.last <= SEEN_REACH
        behind = end <= verb.first < reach and scene.low(end) in scene.words.that
        first = end if behind else 0
        key = _subject_key(so_far, first, verb.first)
        if key == "it" and not behind:
            key = so_far.context.actor
        acts = (c for c in scene.of_kind("action") if is_done(c) or c.key in TOLD)
        acted = any(verb.last <= c.first and 0 <= spot.first - c.last <= 1 for c in acts)
        if (before or behind) and key == "researcher" and not acted:
            return SEEN_ONLY  # but "the researchers observed, Twitter closed 1,000"
    return ""


def refuse_only_found(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "The regulator's team counted 3,235 posts": what a state finds it did not act on yet.

    Police that find something refer it, in a text about Europol.
    """
    scene, noun = so_far.scene, so_far.noun(spot)
    thing = noun.bare or (noun.item is not None and not noun.item.implies)
    end = max(noun.last, spot.last)
    reach = min([*(s.first for s in scene.behind(end)[:1]), len(scene.tokens)])
    acts = (c for c in scene.of_kind("action") if is_done(c))
    # "found 57 sites, 41 of which were blocked", "found 57 sites, and Twitter removed 41"
    following = [s.first for s in scene.counted if s.first >= end][:1]
    acts = (c for c in acts if not (following and _acts_on_the_next(c, end, following[0])))
    own = any(c.first < reach for c in acts)
    own = own or _is_asked_of_them(so_far, end, reach) or _is_passed_on(so_far, spot)
    if so_far.context.europol or not thing or own or is_part_found_there(so_far, spot):
        return ""
    for verb in scene.find(scene.words.seen):
        before = 0 <= spot.first - verb.last <= SEEN_REACH and not noun.bare
        passive = scene.low(verb.first - 1) in scene.words.verbs_behind  # "20,041 were found"
        passive = passive and spot.thing.value not in so_far.context.values
        ends = scene.low(verb.last) in COMMAS and verb.first == end  # German "500 identifiziert,"
        behind = (scene.words.verb_final or ends) and not noun.bare
        behind = (behind or passive) and 0 <= verb.first - end <= SEEN_REACH
        inside = any(spot.last <= c.first <= end for c in scene.services())  # "500 Telegram bots"
        key = _subject_key(so_far, 0, spot.first if inside and end <= verb.first else verb.first)
        unsaid = not key and _only_a_part_was(scene, end)
        key = so_far.context.actor if key in ("", "it") else key
        if (before or behind) and (unsaid or key in ("government", "police")):
            return SEEN_ONLY
    return ""


def _is_passed_on(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "identified and referred 300 links": the verb right in front of the number."""
    acts = (c for c in so_far.scene.of_kind("action") if c.key in TOLD)
    return any(0 <= spot.first - c.last <= 1 for c in acts)


def _is_asked_of_them(so_far: SoFar, first: int, last: int) -> bool:
    """As in "identified 1,200 tweets and asked Twitter to remove them"."""
    scene = so_far.scene
    return any(
        c.key in AUTHORITY_ACTS
        and first <= c.first < last
        and scene.low(c.last) in scene.words.pronouns
        for c in scene.of_kind("action")
    )


def _only_a_part_was(scene: Scene, last: int) -> bool:
    """As in Russian "выявлено 500 каналов, 300 из них заблокированы": done to the 300 alone."""
    later = next((s for s in scene.counted if s.first >= last), None)
    acts = [c.first for c in scene.of_kind("action") if is_done(c) and c.first >= last]
    if later is None or not acts or acts[0] < later.last:
        return False
    of = scene.words.part_of.at(scene.tokens, later.last)
    behind = {scene.low(i) for i in range(later.last, of.last + 1 if of else later.last + 1)}
    partitive = scene.words.partitive and {"'", *scene.words.partitive}  # Turkish "300'ü"
    ending = {scene.low(later.last - 1), scene.low(later.last)} & set(partitive)
    led = scene.words.parts.ending(scene.tokens, later.first) is not None
    return led or bool(ending) or (of is not None and bool(behind & scene.words.pronouns))


def _acts_on_the_next(act: Cue, end: int, following: int) -> bool:
    """Say whether an act behind one number stands right in front of the next: "and removed 41"."""
    return act.first >= end and 0 <= following - act.last <= 1


def is_part_found_there(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "Of the flagged posts, 143 were found on Facebook": where those told of were."""
    scene = so_far.scene
    opens = scene.low(0) in scene.words.among and so_far.context.going_on
    found = scene.has(scene.words.seen) and so_far.noun(spot).bare
    return opens and found and spot.thing.measure == "count"


def seen_by_authority(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "investigators came up with 2,145 pieces" in a text about Europol: they refer them."""
    scene = so_far.scene
    known = ("police", "europol") if so_far.context.europol else ("europol",)
    for verb in scene.find(scene.words.seen):
        if 0 <= spot.first - verb.last <= DONE_REACH:
            return _subject_key(so_far, 0, verb.first) in known
    return False


def refuse_undone(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "fined for failing to delete 26 videos": an act that did not happen."""
    scene, noun = so_far.scene, so_far.noun(spot)
    end = max(noun.last, spot.last)
    for act in scene.of_kind("action"):
        denial = scene.words.undone.ending(scene.tokens, act.first)
        if not denial or not is_done(act):
            continue
        led = 0 <= spot.first - act.last <= DONE_REACH
        led = led and not any(scene.low(i) in COMMAS for i in range(act.last, spot.first))
        reports = noun.item is not None and noun.item.implies in REQUESTED  # "on posts not deleted"
        beside = led or (0 <= denial.first - end <= 1 and not reports)
        beside = beside or _is_so_many_times(so_far, spot, act.last)
        if beside or _is_denied_of_all(so_far, spot, end, denial.first):
            return NOT_DONE
    return NOT_DONE if _goes_on_undone(so_far, spot) else ""


def _goes_on_undone(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "did not act against 94 percent of the accounts and 60 percent of the comments"."""
    scene, before = so_far.scene, so_far.scene.before(spot)
    if not before or so_far.refused.get(before[-1].first) != NOT_DONE:
        return False
    since = so_far.noun(before[-1]).last
    told = any(since <= c.first < spot.first for c in scene.of_kind("action"))
    joint = spot.first - 1 in scene.inside(scene.words.joined)
    return joint and not told and spot.first - since <= 1


def _is_so_many_times(so_far: SoFar, spot: Spot[Amount], first: int) -> bool:
    """As in "failed to remove the content within an hour in only 10 cases"."""
    scene, item = so_far.scene, so_far.noun(spot).item
    cases = item is not None and item.words.casefold() in scene.words.cases
    ends = {*COMMAS, ";", ":"}
    return (
        cases and first <= spot.first and ends.isdisjoint(map(scene.low, range(first, spot.first)))
    )


def _is_denied_of_all(so_far: SoFar, spot: Spot[Amount], end: int, denial: int) -> bool:
    """As in "65% of the posts that users had flagged were never removed": of the whole share."""
    scene = so_far.scene
    if spot.thing.measure != "share" or not end <= denial or scene.between(end, denial):
        return False
    ends = {*COMMAS, ";", ":"}
    between = range(end, denial)
    told = any(end <= c.first < denial and is_done(c) for c in scene.of_kind("action"))
    return not told and ends.isdisjoint(scene.low(i) for i in between)


def refuse_only_posted(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "40,000 pieces were posted every day": what people made, and nobody acted on."""
    scene, noun = so_far.scene, so_far.noun(spot)
    if noun.item and noun.item.implies:
        return ""  # "200 removal orders were sent": that is the act
    made = scene.words.posted.at(scene.tokens, max(noun.last, spot.last))
    acted = any(
        (is_done(c) or c.key == "referred") and 0 <= spot.first - c.last <= DONE_REACH
        for c in scene.of_kind("action")
    )  # "demands to remove 305,000 items were sent to Telegram"
    return "made and not acted on" if made and not acted else ""


def is_done(act: Cue) -> bool:
    """Say whether an act is one by which something was done, told as such."""
    return act.form in ("verb", "gone") and act.key not in COMMON_ACTS


def _subject_key(so_far: SoFar, first: int, verb: int) -> str:
    """Return the key of the one who is named last in front of a verb, empty where nobody is."""
    scene = so_far.scene
    named = [
        c
        for c in scene.cues
        if c.kind in ("actor", "platform") and first <= c.first and c.last <= verb
    ]
    subjects = [c for c in named if not is_tied(scene, c)] or named
    return subjects[-1].key if subjects else ""
