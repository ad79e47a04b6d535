"""Counts: what was done to what is counted."""

from analysis.model.readings import Amount, Mention
from analysis.reading.prose.figures.acts import action_of, joined_act
from analysis.reading.prose.figures.agents import asked_act
from analysis.reading.prose.figures.choice import (
    ANSWERS,
    AUTHORITY_ACTS,
    REQUESTED,
    UNACTED,
    Choice,
)
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.ellipsis import (
    borrowed_item,
    carried_act,
    goes_on_without_verb,
    is_asked_along,
    is_complained_about,
    is_listed,
    is_received,
    is_told_of_the_next,
    tells_of_requests,
)
from analysis.reading.prose.figures.finds import by_machines
from analysis.reading.prose.figures.going_on import is_counted_on
from analysis.reading.prose.figures.roles import target
from analysis.reading.prose.figures.scene import Scene, Spot
from analysis.reading.prose.figures.so_far import SoFar
from analysis.reading.prose.figures.steps import Step, accept
from analysis.reading.prose.figures.things import fitting_act, stands_under_act, thing_counted
from analysis.reading.prose.figures.undone import is_part_found_there, seen_by_authority

NOT_DONE = "the text says that it was not done"
DONE_BY_SERVICE = ("suspended", "removed", "blocked", "labelled", "restored", "actioned")
PEOPLE = "people"
CLOSED_OR_BACK = ("suspended", "restored")
SHUT_OUT = ("blocked", "removed", "restricted")  # what else is done to the accounts of users
NO_ACT = "no act of moderation is named"


def read_count(so_far: SoFar, spot: Spot[Amount]) -> Step:
    """Return the mention of a count, or why it is none."""
    scene, context, noun = so_far.scene, so_far.context, so_far.noun(spot)
    item = noun.item or borrowed_item(so_far, spot)
    listed = item is not None and item.implies in REQUESTED and scene.low(spot.first - 1) == ":"
    got = noun.bare and is_received(so_far, spot) and tells_of_requests(so_far)
    if item and got and not listed:
        item = None  # "Violent content drew 40 million": complaints, of which the text tells
    known = context.item or context.thing or stands_under_act(so_far, spot)
    if item is None and not (got or (noun.bare and known)):
        return Step(None, "nothing that moderation acts on is counted")
    action = action_of(scene, target(spot, noun), noun)
    if action and action.form == "verb" and scene.low(action.first - 1) in scene.words.negated:
        return Step(None, NOT_DONE)
    if action and (
        (listed and _is_of_the_next_line(scene, spot, action))
        or _is_of_the_next_number(so_far, spot, action)
    ):
        action = None
    if action and _was_so_many(so_far, spot) and is_told_of_the_next(scene, noun.last, action):
        action = None
    if goes_on_without_verb(so_far, spot, action) or is_asked_along(so_far, spot, action):
        action = None
    led = item and (item.implies or action or _act_over_a_table(so_far, item))
    named = led or (item and _goes_on_in_cases(so_far, item))
    if item and item.form == "weak" and not (named or is_listed(so_far, spot)):
        people = noun.refusal is not None and noun.refusal.key == PEOPLE
        return Step(None, PEOPLE if people else f"{item.words}: {UNACTED}")
    act = _act_summed(so_far, spot, item) or _act(so_far, spot, action, item)
    if not act or act == "prevalence":  # of which only shares are: "three views were of such posts"
        return Step(None, NO_ACT)
    of_a_thing = scene.low(spot.first - 1) in scene.words.having  # "a group with 200,000 members"
    to_users = _is_done_to_users(so_far, spot, action, act) or _is_done_to_apps(
        so_far, spot, action
    )
    if noun.refusal and (of_a_thing or not to_users):
        return Step(None, noun.refusal.key)
    if spot.thing.vague:
        return Step(None, "no number is given")
    counted = thing_counted(so_far, spot, act, item)
    done = fitting_act(so_far, act, action, counted, item)
    actor = "platform" if _answer_to(so_far, spot, item) else ""
    return accept(so_far, Choice(spot, done, counted, action, item, actor))


def _is_of_the_next_line(scene: Scene, spot: Spot[Amount], action: Cue) -> bool:
    """As in "Referrals received: 214; sites suspended as a result: 180": of what comes next."""
    return any(scene.low(i) == ";" for i in range(spot.last, action.first))


def _was_so_many(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "On Instagram it was 2,015": of what the text has just counted."""
    scene, context = so_far.scene, so_far.context
    led = scene.low(spot.first - 1) in scene.words.copula
    led = led or any(f.last == spot.first for f in scene.find(scene.words.figure))
    return led and so_far.noun(spot).bare and context.going_on and not so_far.accepted


def _is_of_the_next_number(so_far: SoFar, spot: Spot[Amount], action: Cue) -> bool:
    """As in "Russia: 412 requests, 901 pieces of content, 612 removed": asked for were the 901."""
    asked = so_far.last is not None and so_far.last.item == "requests"
    asked = asked and so_far.last is not None and so_far.last.action in AUTHORITY_ACTS
    end = so_far.noun(spot).last
    behind = any(end <= s.first and s.last == action.first for s in so_far.scene.counted)
    return asked and behind and is_listed(so_far, spot)


def _is_done_to_users(so_far: SoFar, spot: Spot[Amount], action: Cue | None, act: str) -> bool:
    """As in "suspended 25,000 users", "blocked more than 1 million users": their accounts.

    So are those behind another thing acted on: "removed two million channels and 500,000 users".
    """
    verb = action is not None and action.form == "verb" and action.first < spot.first
    behind = so_far.accepted[-1].noun.last if so_far.accepted else -1
    joined = so_far.scene.words.joined.at(so_far.scene.tokens, behind)
    at = joined.last if joined else action.last if action else -1
    return act in CLOSED_OR_BACK or (verb and spot.first <= at and act in SHUT_OUT)


def _is_done_to_apps(so_far: SoFar, spot: Spot[Amount], action: Cue | None) -> bool:
    """As in "674 VPN apps were removed from the App Store", which are no services that act."""
    scene, noun = so_far.scene, so_far.noun(spot)
    placed = scene.low(spot.first - 1) in scene.words.on | scene.words.place_in
    apps = noun.item is not None and noun.item.key == "apps" and not placed
    if action is None or action.key not in SHUT_OUT or not apps:
        return False
    helped = any(scene.low(i) in scene.words.verbs_behind for i in range(noun.last, action.first))
    services = noun.refusal is not None and noun.refusal.key.startswith("services")
    return services and (helped or action.last <= spot.first)


def _act_summed(so_far: SoFar, spot: Spot[Amount], item: Cue | None) -> str:
    """As in "Requests to remove posts numbered 508": the act that the noun of the sum names.

    So Turkish "mahkeme kararlarının sayısı 508'di".
    """
    scene = so_far.scene
    if item is None or not so_far.noun(spot).bare:
        return ""
    sum_ = scene.words.sums_up.ending(scene.tokens, spot.first)
    summed = scene.low(item.last) in scene.words.count_of_behind
    return item.implies if summed or (sum_ and item.last <= sum_.first) else ""


def _act(so_far: SoFar, spot: Spot[Amount], action: Cue | None, item: Cue | None) -> str:
    """Return the act of a count: its own, that of a list, that told of before, or the noun's."""
    context = so_far.context
    told = (so_far.last.action if so_far.last else "") or context.action
    named = item is not None and item.implies in REQUESTED  # "Appeals received: 18,206"
    answer = _answer_to(so_far, spot, item) or _asked_in_brackets(so_far, spot, item)
    answer = answer or (told if is_part_found_there(so_far, spot) and not action else "")
    if answer:
        return answer
    taken = so_far.noun(spot).bare and is_received(so_far, spot) and not named
    if taken and tells_of_requests(so_far):
        return told if told in REQUESTED else _act_of_requests(so_far) or "reported"
    came_in = _act_of_what_came_in(so_far, spot, item) if _is_open(action) else ""
    known = came_in or _act_broken_down(so_far, spot, action)
    if known:
        return known
    in_cases = action is None and item is not None and _goes_on_in_cases(so_far, item)
    if in_cases or (action and action.form == "vague" and told):
        return told
    if _is_complaint(so_far, spot, item):
        return "appealed"
    if action and action.key == "reported" and by_machines(so_far.scene, action):
        return _act_of_counts(so_far) if so_far.last else context.action
    if action:
        return _act_said(so_far, action, so_far.noun(spot).item)
    if is_complained_about(so_far, spot):
        return "reported"
    if so_far.last and (item or so_far.noun(spot).bare):
        return _act_of_counts(so_far)
    carried = carried_act(so_far, so_far.noun(spot))
    own = item.implies if item and _named_by(so_far, item) else ""
    coming = context.coming if item and not item.form else _act_over_a_table(so_far, item)
    return carried or own or coming or (context.action if is_counted_on(so_far, spot) else "")


def _act_of_requests(so_far: SoFar) -> str:
    """As in "Reddit received 265 removal requests and removed 41%. Discord received 31"."""
    asked = (m.action for m in so_far.context.row if m.item == "requests")
    return next((act for act in asked if act in REQUESTED), "")


def _is_open(action: Cue | None) -> bool:
    """Say whether no act is named, or none that says what was done."""
    return action is None or action.form == "vague"


def _act_of_what_came_in(so_far: SoFar, spot: Spot[Amount], item: Cue | None) -> str:
    """Return the act of what an authority saw, or of reports that are told of by their number."""
    if seen_by_authority(so_far, spot):
        return "referred"
    told = item is not None and item.implies == "reported" and so_far.noun(spot).bare
    return "reported" if told else ""


def _act_broken_down(so_far: SoFar, spot: Spot[Amount], action: Cue | None) -> str:
    """Return the act of the number that another is a part of, empty where it is none."""
    if so_far.last and _is_part_of_the_last(so_far, spot, action):
        return so_far.last.action
    whole = _whole_of_the_row(so_far, spot) if action is None else None
    if whole:
        return whole.action
    return _requests_broken_down(so_far, spot)


def _is_part_of_the_last(so_far: SoFar, spot: Spot[Amount], action: Cue | None) -> bool:
    """As in "examined 82,754 requests, of which 67,577 were on abuse": no act of its own."""
    scene = so_far.scene
    part = scene.words.parts.ending(scene.tokens, spot.first) is not None
    own = action is not None and (action.kind == "action" or action.first >= spot.last)
    counted = so_far.accepted[-1].mention.measure == "count"
    return part and counted and so_far.noun(spot).bare and not own


def _whole_of_the_row(so_far: SoFar, spot: Spot[Amount]) -> Mention | None:
    """As in "560 complaints, of which 309 were ban appeals and 49 concerned support": of all."""
    scene, told = so_far.scene, so_far.accepted
    if len(told) <= 1 or not so_far.noun(spot).bare:
        return None
    whole = told[0].mention
    parts = scene.words.parts.ending(scene.tokens, told[1].spot.first) is not None
    asked = whole.item == "requests" and whole.action in REQUESTED
    return whole if parts and asked else None


def _requests_broken_down(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "500 reports on account support (146), bans (248) and safety (11)": reports all."""
    told = so_far.accepted
    row = [*(a.spot for a in told[1:] if a.mention.measure == "count"), spot]
    if not told or not all(so_far.scene.in_brackets(s) for s in row):
        return ""
    head = told[0].mention
    return head.action if head.item == "requests" and head.action in REQUESTED else ""


def _answer_to(so_far: SoFar, spot: Spot[Amount], item: Cue | None) -> str:
    """As in "deleted the material named in 16,771 of the referrals": what was done with these."""
    scene = so_far.scene
    asked = item is not None and item.implies in REQUESTED and so_far.noun(spot).item == item
    of = scene.words.part_of.at(scene.tokens, spot.last)
    answered = scene.words.in_answer.ending(scene.tokens, spot.first)
    led = answered is not None or scene.low(spot.first - 1) in scene.words.place_in
    if not asked or of is None or not led:
        return ""
    acts = [c for c in scene.of_kind("action") if c.form == "verb" and c.key in ANSWERS]
    before = [c for c in acts if c.last <= spot.first and not scene.between(c.last, spot.first)]
    if before or answered is None or answered.first:
        return before[-1].key if before else ""
    return next((c.key for c in acts if c.first >= spot.last), "")  # "In response to 11 of ..., it"


def _asked_in_brackets(so_far: SoFar, spot: Spot[Amount], item: Cue | None) -> str:
    """As in "Most requests came from Turkey (186), so that tweets were withheld": requests all."""
    noun = so_far.noun(spot)
    listed = noun.bare and item is not None and item.key == "requests"
    return item.implies if item and listed and so_far.scene.in_brackets(spot) else ""


def _act_said(so_far: SoFar, action: Cue, item: Cue | None) -> str:
    if action.kind == "item":
        return action.implies
    if item and item.implies in DONE_BY_SERVICE and action.key == "reported":
        return item.implies  # "the messenger had reported 2 million bans"
    return asked_act(so_far.scene, action) or joined_act(so_far.scene, action)


def _is_complaint(so_far: SoFar, spot: Spot[Amount], item: Cue | None) -> bool:
    """As in "Users filed 2.3 million complaints, and 143,500 posts were restored": of decisions."""
    if item is None or item.implies != "reported" or so_far.noun(spot).item != item:
        return False
    scene = so_far.scene
    behind = [c for c in scene.of_kind("action") if c.first >= item.last and c.form == "verb"]
    apart = any(c.implies == "appealed" for c in scene.of_kind("item"))  # "after the appeals"
    restored = bool(behind) and behind[0].key == "restored" and not apart
    return restored and any(item.last <= s.first for s in scene.counted)


def _act_of_counts(so_far: SoFar) -> str:
    """Return the act of the count before it in the sentence, else of the text, else of a share."""
    counts = [a.mention.action for a in so_far.accepted if a.mention.measure != "share"]
    shares = [a.mention.action for a in so_far.accepted]
    told = (*reversed(counts), so_far.context.action, *reversed(shares))
    return next((act for act in told if act), "")


def _act_over_a_table(so_far: SoFar, item: Cue | None) -> str:
    """As in "The blocked domains by authority:", with their number in each row below."""
    context = so_far.context
    return context.told_act if context.in_table and item and not item.implies else ""


def _goes_on_in_cases(so_far: SoFar, item: Cue) -> bool:
    """As in "24.330-mal ging es um Verleumdung": so many of what was counted before."""
    told = so_far.last is not None or (so_far.context.going_on and so_far.context.action)
    return bool(told) and item.words.casefold() in so_far.scene.words.cases


def _named_by(so_far: SoFar, item: Cue) -> bool:
    """A general noun such as "tips" names an act only where a service or authority is near."""
    scene, context = so_far.scene, so_far.context
    near = bool(scene.of_kind("platform") or scene.of_kind("actor"))
    rule = bool(scene.of_kind("policy") or scene.of_kind("group"))
    told_of = rule and context.platforms not in ((), ("several",))
    return item.form != "weak" or near or told_of or context.going_on
