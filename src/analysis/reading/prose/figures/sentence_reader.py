"""One sentence read for figures: every amount becomes a mention with reasons, or is refused.

The amounts are taken in order, each with those accepted before it and with what the sentences
before left in the context. `refusing` speaks first; what it lets pass needs a noun and an act, its
own or one that `ellipsis` finds; `filling` adds the rest; `series` settles what neighbours share.
"""

from dataclasses import dataclass, replace

from analysis.model.schema import Amount, Mention, Period, Refusal
from analysis.reading.prose.figures.acts import action_of, by_machines, joined_act, trait_of
from analysis.reading.prose.figures.agents import asked_act
from analysis.reading.prose.figures.context import Context
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.durations import hours_of
from analysis.reading.prose.figures.ellipsis import (
    FULL_STOPS,
    borrowed_item,
    carried_act,
    carries_share,
    counts_appeals,
    goes_on_without_verb,
    is_listed,
    is_received,
    share_goes_on,
    shares_sign,
)
from analysis.reading.prose.figures.filling import (
    AUTHORITY_ACTS,
    Choice,
    acts_in_passing,
    mention_of,
)
from analysis.reading.prose.figures.nouns import Noun, is_act_alone, refers_back
from analysis.reading.prose.figures.refusing import (
    is_off_subject,
    is_prevalence,
    seen_by_authority,
    why_refused,
)
from analysis.reading.prose.figures.roles import is_nearest, target
from analysis.reading.prose.figures.scene import Scene, Spot
from analysis.reading.prose.figures.series import settle
from analysis.reading.prose.figures.services import is_tied, platform_of
from analysis.reading.prose.figures.so_far import Accepted, SoFar

OFF_SUBJECT = "the text names no service, no violent organisation, no such rule"
NOT_DONE = "the text says that it was not done"
NO_ACT = "no act of moderation is named"
NO_SHARE = "a share of something that moderation did not act on"
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
REQUESTED = ("reported", "appealed", "referred", "ordered")  # what comes in from others
SUSPENDED_ITEMS = ("accounts", "organisations")  # other things are removed when they are closed
# Refused numbers that no period is of.
TIMELESS = (
    "part of a date or period",
    "a year",
    "given more exactly right behind",
    "length of time",
    "citation",
)
DONE = ("suspended", "removed", "blocked", "actioned", "restricted", "labelled")
OPENING_LETTERS = 8
THE_SHARE = 2  # tokens between "the share" and its number
OBJECT = 2  # tokens between a verb and the number of its object
OPENING = 2  # tokens: "On Instagram" at the start of a sentence turns to that service


@dataclass(frozen=True, slots=True)
class Step:
    """One amount of a sentence: a mention, or the reason why there is none."""

    mention: Mention | None
    reason: str = ""
    choice: Choice | None = None


def read_sentence(scene: Scene, context: Context) -> tuple[list[Mention], list[Refusal], Context]:
    """Return the mentions and refusals of a sentence, and the context after it."""
    so_far = SoFar.at_start(scene, context)
    refusals, acted_in_passing = [], False
    for spot in scene.amounts:
        step = _step(so_far, spot)
        if step.mention is None:
            refusals.append(Refusal(so_far.placed(spot.thing), step.reason))
            if step.reason not in TIMELESS:
                so_far.refused[spot.first] = step.reason
            continue
        passing = _names_in_passing(so_far, spot)
        acted_in_passing = step.choice is not None and acts_in_passing(so_far, step.choice)
        item = step.choice.item_cue if step.choice else None
        so_far.accepted.append(Accepted(spot, so_far.noun(spot), step.mention, item, passing))
    mentions = settle(scene, so_far.accepted)
    after, back = context, not scene.words.had.isdisjoint(scene.lows)
    for mention, figure in zip(mentions, so_far.accepted, strict=True):
        period = mention.period
        framed = _framed(scene, period)
        part = figure.noun.bare and _in_part(scene, period)
        after = after.after(mention, figure.in_passing, framed, back, part)
    if acted_in_passing:
        after = replace(after, actor=context.actor)
    return mentions, refusals, after


def _framed(scene: Scene, period: Period | None) -> bool:
    """Say whether a period opens the sentence: "In the last six months of 2023, ..."."""
    if period is None or period.basis == "inherited":
        return False
    return 0 <= period.span[0] - scene.offset <= OPENING_LETTERS


def _in_part(scene: Scene, period: Period | None) -> bool:
    """As in "80,000 of them in June alone": a part of the period that the text is on."""
    if period is None or period.basis == "inherited":
        return False
    ends = [i for i, t in enumerate(scene.tokens) if scene.offset + t.end == period.span[1]]
    return any(scene.low(i + 1) in scene.words.alone for i in ends)


def _names_in_passing(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """Say whether the service of an amount is only tied to it: "1,200 accounts on Instagram"."""
    scene, noun = so_far.scene, so_far.noun(spot)
    cue = platform_of(scene, target(spot, noun))
    known = so_far.context.platforms or (so_far.last.platforms if so_far.last else ())
    if cue is None or cue.key == "it" or known in ((), ("several",)):
        return False
    tied = is_tied(scene, cue) and cue.first > OPENING
    inside = spot.last <= cue.first < noun.last
    others = [c for c in scene.of_kind("platform") if c != cue]
    beside = any(not is_tied(scene, c) for c in others) or bool(so_far.accepted)
    return (tied or inside) and beside


def _step(so_far: SoFar, spot: Spot[Amount]) -> Step:
    off_subject = is_off_subject(so_far, spot)
    length = hours_of(so_far.scene, spot)
    if length and not off_subject:
        return _duration(so_far, replace(spot, thing=length))
    refused = why_refused(so_far, spot) or (OFF_SUBJECT if off_subject else "")
    if refused:
        return Step(None, refused)
    if spot.thing.measure == "ratio":
        return _ratio(so_far, spot)
    if shares_sign(so_far, spot):
        spot = replace(spot, thing=replace(spot.thing, measure="share"))
    return _share(so_far, spot) if spot.thing.measure == "share" else _count(so_far, spot)


def _accept(so_far: SoFar, choice: Choice) -> Step:
    return Step(mention_of(so_far, choice), choice=choice)


def _count(so_far: SoFar, spot: Spot[Amount]) -> Step:
    scene, context, noun = so_far.scene, so_far.context, so_far.noun(spot)
    item = noun.item or borrowed_item(so_far, spot)
    if item and noun.bare and is_received(so_far, spot) and context.item == "requests":
        item = None  # "Violent content drew 40 million": complaints, of which the text tells
    if item is None and not (noun.bare and (context.item or context.thing)):
        return Step(None, "nothing that moderation acts on is counted")
    action = action_of(scene, target(spot, noun), noun)
    if action and action.form == "verb" and scene.low(action.first - 1) in scene.words.negated:
        return Step(None, NOT_DONE)
    if goes_on_without_verb(so_far, spot, action):
        action = None
    named = item and (item.implies or action or _goes_on_in_cases(so_far, item))
    if item and item.form == "weak" and not (named or is_listed(so_far, spot)):
        return Step(None, f"{item.words}: no act of moderation beside them")
    act = _act(so_far, spot, action, item)
    if not act:
        return Step(None, NO_ACT)
    of_a_thing = scene.low(spot.first - 1) in scene.words.having  # "a group with 200,000 members"
    if noun.refusal and (act != "suspended" or of_a_thing):
        return Step(None, noun.refusal.key)
    if spot.thing.vague:
        return Step(None, "no number is given")
    counted = _counted(so_far, spot, act, item)
    return _accept(
        so_far, Choice(spot, _fitting(so_far, act, action, counted), counted, action, item)
    )


def _act(so_far: SoFar, spot: Spot[Amount], action: Cue | None, item: Cue | None) -> str:
    """Return the act of a count: its own, that of a list, that told of before, or the noun's."""
    context = so_far.context
    told = (so_far.last.action if so_far.last else "") or context.action
    if so_far.noun(spot).bare and is_received(so_far, spot) and context.item == "requests":
        return told if told in REQUESTED else "reported"
    if (action is None or action.form == "vague") and seen_by_authority(so_far, spot):
        return "referred"
    if (
        item
        and item.implies == "reported"
        and so_far.noun(spot).bare
        and (action is None or action.form == "vague")
    ):
        return "reported"
    if action is None and item and _goes_on_in_cases(so_far, item):
        return told
    if action and action.form == "vague" and told:
        return told
    if action and action.key == "reported" and by_machines(so_far.scene, action):
        return so_far.last.action if so_far.last else context.action
    if action and action.kind == "item":
        return action.implies
    if action:
        return asked_act(so_far.scene, action) or joined_act(so_far.scene, action)
    if so_far.last and (item or so_far.noun(spot).bare):
        return _act_of_counts(so_far)
    carried = carried_act(so_far, so_far.noun(spot))
    return carried or (item.implies if item and _named_by(so_far, item) else "")


def _act_of_counts(so_far: SoFar) -> str:
    """Return the act of the count before it in the sentence, else of the text, else of a share."""
    counts = [a.mention.action for a in so_far.accepted if a.mention.measure != "share"]
    shares = [a.mention.action for a in so_far.accepted]
    told = (*reversed(counts), so_far.context.action, *reversed(shares))
    return next((act for act in told if act), "")


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


def _counted(so_far: SoFar, spot: Spot[Amount], act: str, item: Cue | None) -> str:
    """Return the key of what is counted."""
    context, noun = so_far.context, so_far.noun(spot)
    if act == "appealed" and not _is_challenged(so_far, spot, item):
        return "requests"
    if act == "reported" and not (item or context.thing):
        return "requests"
    if act == "restored" and counts_appeals(so_far, item):
        return "requests"
    if item and item.words.casefold() in so_far.scene.words.cases:
        told = so_far.last.item if so_far.last else context.item or context.thing
        return told or item.key
    copied = item is not None and item.words.casefold() in so_far.scene.words.copies
    if copied and context.thing in COPIED:
        return context.thing
    if item is None and noun.bare and is_received(so_far, spot):
        return context.item
    if item and is_act_alone(item):
        return _thing_told_of(so_far) or item.key
    if act == "suspended" and so_far.scene.low(spot.first - 1) in so_far.scene.words.whom:
        return "accounts"
    if item and noun.item == item and refers_back(so_far.scene, spot, item):
        return context.item or item.key
    return item.key if item else context.thing or context.item


def _complained_of(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "received 129 complaints and acted on 10 per cent": of what they were about."""
    act = action_of(so_far.scene, target(spot, so_far.noun(spot)), so_far.noun(spot))
    direct = act is not None and act.form == "verb" and 0 <= spot.first - act.last <= 1
    done = direct and act is not None and act.key in DONE
    if not done or so_far.context.item not in ("", "requests"):
        return so_far.context.item if done else ""
    return "content"


def _thing_told_of(so_far: SoFar) -> str:
    """Return what the act named by a noun was done to: "5,875 deletions", told of servers."""
    told = so_far.last.item if so_far.last else so_far.context.item
    return told if told in DONE_TO_THINGS else ""


def _is_challenged(so_far: SoFar, spot: Spot[Amount], item: Cue | None) -> bool:
    """As in "Twitter challenged 9 million accounts": asked to prove something, not appealed."""
    if item is None or item.key != "accounts" or item.implies:
        return False
    acts = (c for c in so_far.scene.of_kind("action") if c.key == "appealed")
    return any(0 <= spot.first - c.last <= OBJECT for c in acts)


def _fitting(so_far: SoFar, act: str, action: Cue | None, item: str) -> str:
    """Return the act that a thing can undergo: accounts are suspended, channels removed."""
    if act == "suspended" and item not in SUSPENDED_ITEMS:
        return "removed"
    told = so_far.last.action if so_far.last else so_far.context.action
    if act == "appealed" and item == "accounts":
        return "other"
    if act == "actioned" and told == "appealed" and item == "requests":
        return "restored"
    if act == "restored" and told in AUTHORITY_ACTS:
        return "actioned"  # "granted" said of demands, not of appeals
    gone = action is not None and action.form == "gone" and item == "accounts"
    if gone and (told or so_far.context.act) == "suspended":
        return "suspended"
    return act


def _share(so_far: SoFar, spot: Spot[Amount]) -> Step:
    scene, context, noun = so_far.scene, so_far.context, so_far.noun(spot)
    if is_prevalence(so_far, spot):
        cue = next(c for c in scene.of_kind("action") if c.key == "prevalence")
        return _accept(so_far, Choice(spot, "prevalence", _seen_part(so_far, cue), cue))
    aim = target(spot, noun)
    asked = _at_request(so_far, spot)
    if asked:
        item = noun.item if noun.item and not noun.item.implies else None
        key = item.key if item else context.item
        return _accept(so_far, Choice(spot, asked, key, None, item, "government"))
    if noun.bare and context.share_action and _is_the_share(scene, spot):
        return _accept(so_far, Choice(spot, context.share_action, context.item or "content"))
    trait = trait_of(scene, aim)
    known = noun.item or noun.bare or (trait and context.going_on)
    if not known:
        return Step(None, NO_SHARE)
    item, noun = _but_cases(so_far, noun.item or borrowed_item(so_far, spot), noun)
    item_key = _divided(so_far, spot, item, trait)
    if trait:
        return _accept(so_far, Choice(spot, "found_proactively", item_key, trait, item))
    action = action_of(scene, aim, noun)
    act = action.implies or action.key if action else ""
    if action and action.form == "vague":
        act, action = _told_of_the_whole(so_far, spot) or context.action, None
    if so_far.last and carries_share(so_far, spot, action):
        act, action = so_far.last.action, None
    if not act and share_goes_on(so_far, noun):
        listed = scene.tokens[-1].low not in FULL_STOPS and context.share_action == "prevalence"
        told = "" if listed else context.share_action  # its parts are those of what was removed
        act = _act_of_the_last(so_far) or told or context.action
    if not act:
        return Step(None, NO_SHARE)
    act = _fitting(so_far, act, action, item_key)
    if act == "prevalence":
        told = so_far.last.item if so_far.last else "views"
        item, item_key = None, _seen_part(so_far, action) if action else told
    if act == "suspended" and item_key not in SUSPENDED_ITEMS:
        act = "removed"
    return _accept(so_far, Choice(spot, act, item_key, action, item))


def _but_cases(so_far: SoFar, item: Cue | None, noun: Noun) -> tuple[Cue | None, Noun]:
    """As in "93 percent of the cases": no thing of its own, where the text has told of one."""
    if item and item.words.casefold() in so_far.scene.words.cases and so_far.context.item:
        return None, replace(noun, item=None)
    return item, noun


def _divided(so_far: SoFar, spot: Spot[Amount], item: Cue | None, trait: Cue | None) -> str:
    """Return the key of what a share is of."""
    context = so_far.context
    beside = so_far.last.item if so_far.last and trait else ""
    key = (item.key if item else beside or context.thing or context.item) or "content"
    if item and is_act_alone(item):
        return _thing_told_of(so_far) or key
    if item and item.implies == "reported" and so_far.noun(spot).bare:
        return _complained_of(so_far, spot) or key
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
    return inside[0].key if inside else told or "content"


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
    if not (near and by and counted):
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


def _told_of_the_whole(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "Of the channels removed, 79.2 percent were spam": the act of what is divided."""
    verbs = [c for c in so_far.scene.of_kind("action") if c.form == "verb"]
    before = [c.key for c in verbs if c.last <= spot.first]
    return before[-1] if before else ""


def _duration(so_far: SoFar, spot: Spot[Amount]) -> Step:
    """How long removals took: a time of its own kind, never a count."""
    named = so_far.scene.of_kind("action") or so_far.scene.of_kind("platform")
    if not (so_far.context.going_on or so_far.accepted or named):
        return Step(None, "length of time")
    return _accept(so_far, Choice(spot, "time_to_removal", "time"))


def _ratio(so_far: SoFar, spot: Spot[Amount]) -> Step:
    """A ratio is a claim of its own beside the figure it compares; it is never made a count."""
    figures = [a.mention for a in so_far.accepted if a.mention.measure == "count"]
    if not figures:
        return Step(None, "a change without the figure that changed")
    figure, amount = figures[-1], spot.thing
    bases = [s.thing for s in so_far.scene.periods if s.first >= spot.last and not s.thing.per]
    reason = so_far.reason("measure", amount.text, amount.span, "a comparison")
    return Step(
        replace(
            figure,
            amount=so_far.placed(amount),
            measure="ratio",
            base=so_far.placed_period(bases[0]) if bases else None,
            reasons=(*figure.reasons, reason),
        )
    )
