"""Shares: what they are of, and what was done to it."""

from dataclasses import replace

from analysis.model.readings import Amount
from analysis.reading.prose.figures.acts import action_of, joined_act
from analysis.reading.prose.figures.choice import AUTHORITY_ACTS, REQUESTED, Choice
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.ellipsis import (
    FULL_STOPS,
    borrowed_item,
    carries_share,
    part_said_again,
    share_goes_on,
)
from analysis.reading.prose.figures.finds import find_of, is_timed, tells_of_finds
from analysis.reading.prose.figures.going_on import is_part_of_the_told
from analysis.reading.prose.figures.nouns import Noun, is_act_alone
from analysis.reading.prose.figures.refusing import is_prevalence
from analysis.reading.prose.figures.roles import Target, is_nearest, target
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot
from analysis.reading.prose.figures.so_far import SoFar
from analysis.reading.prose.figures.steps import Step, accept
from analysis.reading.prose.figures.things import (
    DONE,
    SUSPENDED_ITEMS,
    complained_of,
    fitting_act,
    thing_told_of,
)
from analysis.reading.prose.figures.wholes import divides

FOUND = "found_proactively"
NO_SHARE = "a share of something that moderation did not act on"
OF_THE_LOOKED_AT = "a share of what was looked at"  # "54% of the messages analysed were rude"
LOOKED_THROUGH = ("requests",)
THE_SHARE = 2  # tokens between "the share" and its number


def read_share(so_far: SoFar, spot: Spot[Amount]) -> Step:
    """Return the mention of a share, or why it is none."""
    settled = _settled(so_far, spot)
    if settled:
        return accept(so_far, settled)
    scene, context, noun = so_far.scene, so_far.context, so_far.noun(spot)
    aim = target(spot, noun)
    trait = find_of(scene, aim)
    parted = is_part_of_the_told(so_far, spot)
    known = noun.item or noun.bare or parted or (context.going_on and tells_of_finds(scene))
    if not known:
        return Step(None, NO_SHARE)
    item, noun = _but_cases(so_far, spot, noun)
    item_key = _divided(so_far, spot, item, trait)
    if item == noun.item and noun.item and _are_those_told_of(so_far, spot, noun.item):
        return accept(so_far, Choice(spot, context.action, item_key, None, item))
    if trait:
        return accept(so_far, Choice(spot, "found_proactively", item_key, trait, item))
    action = action_of(scene, aim, noun)
    act = (action.implies or joined_act(scene, action)) if action else ""
    if action and action.form == "vague":
        act, action = _told_of_the_whole(so_far, spot) or context.action, None
    carried = _carried_act(so_far, spot, action) or _act_of_a_row(so_far, aim, action)
    if carried:
        act, action = carried, None
    if not act and share_goes_on(so_far, noun):
        listed = scene.tokens[-1].low not in FULL_STOPS and context.share_action == "prevalence"
        told = "" if listed else context.share_action  # its parts are those of what was removed
        act = _act_of_the_last(so_far) or told or context.action
    act = act or (context.action if parted else "")
    act = _act_in_time(so_far, aim, act)
    if not act:
        return Step(None, NO_SHARE)
    if not (action and act == "appealed" and _is_active(scene, aim, action)):
        act = fitting_act(so_far, act, action, item_key, item)
    looked_at = action is not None and noun.last <= action.first <= noun.last + 1
    if act == "assessed" and item_key not in LOOKED_THROUGH and looked_at:
        return Step(None, OF_THE_LOOKED_AT)
    return accept(so_far, _fitting(so_far, Choice(spot, act, item_key, action, item)))


def _fitting(so_far: SoFar, choice: Choice) -> Choice:
    """Return what was decided of a share with an item and an act that go together."""
    act, item, last = choice.action, choice.item_cue, so_far.last
    if act == "prevalence":
        seen = _seen_part(so_far, choice.action_cue) if choice.action_cue else ""
        return replace(choice, item_cue=None, item=seen or (last.item if last else "views"))
    if act == "actioned" and item and last and _counts_requests(so_far, item):
        return replace(choice, item=last.item)
    gone = act == "suspended" and choice.item not in SUSPENDED_ITEMS
    return replace(choice, action="removed") if gone else choice


def _settled(so_far: SoFar, spot: Spot[Amount]) -> Choice | None:
    """Return what is known of a share before its act is looked for, None where that is nothing."""
    scene, context, noun = so_far.scene, so_far.context, so_far.noun(spot)
    if is_prevalence(so_far, spot):
        cue = next((c for c in scene.of_kind("action") if c.key == "prevalence"), None)
        return Choice(spot, "prevalence", _seen_part(so_far, cue) if cue else "views", cue)
    if so_far.last and _goes_with_the_row(so_far, spot):
        return Choice(spot, FOUND, so_far.last.item)
    requests = _divided_requests(so_far, spot)
    if requests:
        return Choice(spot, requests.implies, "requests", requests, requests)
    asked = _at_request(so_far, spot)
    if asked:
        item = noun.item if noun.item and not noun.item.implies else None
        usual = "accounts" if asked == "suspended" else "content"
        key = (item.key if item else context.item) or usual
        return Choice(spot, asked, key, None, item, "government")
    prevails = context.share_action == "prevalence"
    again = prevails and so_far.last is None and scene.words.it_was.ending(scene.tokens, spot.first)
    if noun.bare and context.share_action and (again or _is_the_share(scene, spot)):
        seen = "views" if prevails else ""
        return Choice(spot, context.share_action, seen or context.item or "content")
    return None


def _goes_with_the_row(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "1.7 million, of which 95% unasked. For firearms it was 58,600 and 91%": as found."""
    row, told, scene = so_far.context.row, so_far.accepted, so_far.scene
    if [m.measure for m in row] != ["count", "share"] or row[1].action != FOUND:
        return False
    alike = len(told) == 1 and told[0].mention.measure == "count"
    alike = alike and told[0].mention.action == row[0].action and so_far.noun(spot).bare
    gap = range(told[0].noun.last, spot.first) if alike else range(0)
    joints = scene.inside(scene.words.joined)
    return len(gap) > 0 and all(i in joints or scene.low(i) == "(" for i in gap)


def _divided_requests(so_far: SoFar, spot: Spot[Amount]) -> Cue | None:
    """As in "Of the removal orders, 62 percent concerned Islamist content": what they were on."""
    scene = so_far.scene
    if scene.low(0) not in scene.words.among:
        return None
    whole = scene.starting(1 + (scene.low(1) in scene.words.the), "item")
    if whole is None or whole.implies not in REQUESTED:
        return None
    acts = [c for c in scene.of_kind("action") if c.first >= spot.last]
    before = so_far.last
    goes_on = before is not None and before.measure == "share" and before.action == whole.implies
    if not acts and goes_on:
        return whole  # "and 31 percent right-wing content"
    told_of = bool(acts) and acts[0].form == "vague" and acts[0].first - spot.last <= 1
    return whole if told_of else None


def _carried_act(so_far: SoFar, spot: Spot[Amount], action: Cue | None) -> str:
    """Return the act of the figure before, where a share says it again or goes on from it."""
    again = part_said_again(so_far, spot)
    if again:
        return again.action
    of_all = action is not None and action.key == "prevalence"  # "2% of all messages sent"
    if so_far.last and not of_all and _says_the_count_again(so_far, spot):
        return so_far.last.action
    return so_far.last.action if so_far.last and carries_share(so_far, spot, action) else ""


def _says_the_count_again(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "put back 161,000 videos, or nearly half of those contested": done to the count."""
    scene, last = so_far.scene, so_far.accepted[-1]
    restates = scene.words.restate.ending(scene.tokens, spot.first)
    if restates is None or last.mention.measure != "count":
        return False
    gap = range(last.noun.last, restates.first)
    passive = scene.low(so_far.noun(spot).last) in scene.words.verbs_behind
    return not passive and all(scene.low(i) in COMMAS for i in gap)


def _counts_requests(so_far: SoFar, item: Cue) -> bool:
    """As in "got 57 orders and complied in nine cases of ten": of the orders."""
    before = so_far.last
    asked = before is not None and before.item == "requests" and before.action in REQUESTED
    return asked and item.words.casefold() in so_far.scene.words.cases


def _act_of_a_row(so_far: SoFar, aim: Target, action: Cue | None) -> str:
    """As in "They took down 62%. TikTok leads with 86% of the reported posts": no act of its own.

    What was reported is only the whole that the shares of each service are of.
    """
    scene, context = so_far.scene, so_far.context
    told = context.share_action if context.figure_paragraph == context.paragraph else ""
    acts = [c for c in scene.of_kind("action") if c.form != "vague"]
    if told not in DONE or action is None or acts != [action]:
        return ""
    return told if divides(scene, aim, action) and scene.has(scene.words.figure) else ""


def _are_those_told_of(so_far: SoFar, spot: Spot[Amount], item: Cue) -> bool:
    """As in "1.3 million appeals came in. Two thirds of the petitions were about ...": the same."""
    scene, context = so_far.scene, so_far.context
    told = item.implies in REQUESTED and context.item == "requests" and context.action in REQUESTED
    the = scene.low(item.first - 1) in scene.words.the
    others = [c for c in scene.of_kind("action") if c.form != "vague"]
    alone = not (so_far.accepted or others or scene.of_kind("actor"))
    return told and the and alone and context.going_on


def _but_cases(so_far: SoFar, spot: Spot[Amount], noun: Noun) -> tuple[Cue | None, Noun]:
    """As in "93 percent of the cases": no thing of its own, where the text has told of one."""
    words, item = so_far.scene.words, noun.item or borrowed_item(so_far, spot)
    if item is None or item.words.casefold() not in words.cases | words.times:
        return item, noun
    done_to = _object_before(so_far, spot)
    if done_to or so_far.context.item:
        return done_to, replace(noun, item=None)
    return item, noun


def _object_before(so_far: SoFar, spot: Spot[Amount]) -> Cue | None:
    """As in "removed the reported posts in 95 percent of cases": what the verb before acts on."""
    scene = so_far.scene
    things = [c for c in scene.of_kind("item") if c.last <= spot.first and not c.form]
    acts = (c for c in scene.of_kind("action") if c.form == "verb" and c.key in DONE)
    led = [c for c in acts if things and c.last <= things[-1].first]
    if not led or things[-1].implies or scene.between(led[-1].last, spot.first):
        return None
    return things[-1]


def _divided(so_far: SoFar, spot: Spot[Amount], item: Cue | None, trait: Cue | None) -> str:
    """Return the key of what a share is of."""
    context = so_far.context
    beside = so_far.last.item if so_far.last and trait else ""
    key = (item.key if item else beside or context.thing or context.item) or "content"
    if item and is_act_alone(item):
        return thing_told_of(so_far) or key
    if item and item.implies == "reported" and so_far.noun(spot).bare:
        return complained_of(so_far, spot) or key
    return key


def _seen_part(so_far: SoFar, prevalence: Cue) -> str:
    """Return what a prevalence is a part of: views, or what was uploaded where the words say so."""
    scene, context = so_far.scene, so_far.context
    named = [scene.low(i) for i in range(prevalence.first, prevalence.last)]
    if not scene.words.views or not scene.words.views.isdisjoint(named):
        return "views"
    nouns = [c for c in scene.of_kind("item") if c.form != "weak"]
    inside = [c for c in nouns if prevalence.first <= c.first < prevalence.last]
    told = so_far.last.item if so_far.last else context.thing or context.item
    general = bool(inside) and inside[0].key == "content" and so_far.last is not None
    return inside[0].key if inside and not general else told or "content"


def _at_request(so_far: SoFar, spot: Spot[Amount]) -> str:
    """Return what was done where authorities had asked for a share of it, else nothing.

    As in "Government requests accounted for less than 2% of the suspensions": it was still the
    service's own act.
    """
    scene, noun = so_far.scene, so_far.noun(spot)
    agents = scene.of_kind("actor")
    asked = [
        c
        for c in scene.of_kind("item")
        if c.implies in AUTHORITY_ACTS
        or (c.implies == "reported" and any(_beside(c, agent) for agent in agents))
    ]
    near = [c for c in asked if c != noun.item and is_nearest(scene, spot, c)]
    by = [c for c in scene.of_kind("actor") if is_nearest(scene, spot, c)]
    counted = noun.item is None or noun.item.key != "requests" or noun.item.implies in DONE
    behind = any(0 <= f.first - spot.last <= 1 for f in scene.find(scene.words.at_request))
    if not ((near or behind) and by and counted):
        return ""
    told = (noun.item.implies if noun.item else "", so_far.last.action if so_far.last else "")
    return next((act for act in (*told, so_far.context.action) if act in DONE), "")


def _beside(item: Cue, agent: Cue) -> bool:
    """As in "government reports" and "segnalazioni dei governi"."""
    return agent.last == item.first or 0 <= agent.first - item.last <= 1


def _is_the_share(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "On Instagram the share was 97 percent": of what the share before was."""
    return any(0 <= spot.first - f.last <= THE_SHARE for f in scene.find(scene.words.the_share))


def _act_of_the_last(so_far: SoFar) -> str:
    """Return the act of the share before it in the sentence, else of the figure before it."""
    shares = [a.mention.action for a in so_far.accepted if a.mention.measure == "share"]
    return shares[-1] if shares else so_far.last.action if so_far.last else ""


def _is_active(scene: Scene, aim: Target, action: Cue) -> bool:
    """As in "22% of the accounts appealed", and not "of the accounts that were challenged"."""
    passive = scene.low(action.first - 1) in scene.words.verbs_behind
    return action.form == "verb" and action.first >= aim.spot.last and not passive


def _act_in_time(so_far: SoFar, aim: Target, act: str) -> str:
    """As in "Software found 92% of them. Half were down inside two hours": that is no find.

    Nor is the second of "removed 92% before a report and 94% within 24 hours".
    """
    if act != "found_proactively" or not is_timed(so_far.scene, aim):
        return act
    counts = [a.mention.action for a in so_far.accepted if a.mention.measure != "share"]
    verbs = [c for c in so_far.scene.of_kind("action") if c.form == "verb" and c.key in DONE]
    said = counts or [c.key for c in verbs if c.last <= aim.spot.first]
    return (said[-1] if said else so_far.context.action) or act


def _told_of_the_whole(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "Of the channels removed, 79.2 percent were spam": the act of what is divided."""
    verbs = [c for c in so_far.scene.of_kind("action") if c.form == "verb"]
    before = [c.key for c in verbs if c.last <= spot.first]
    return before[-1] if before else ""
