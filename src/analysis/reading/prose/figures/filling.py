"""An accepted amount made a mention: whose it is, who acted, when, under which rule, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.model.readings import Amount, Mention, Period, Reason
from analysis.model.schema import Measure
from analysis.reading.prose.figures import rates, timing
from analysis.reading.prose.figures.actors import (
    actor_of,
    acts_alone,
    goes_on_referring,
    is_referral,
    referring,
    sent_by_authority,
)
from analysis.reading.prose.figures.agents import came_from_services
from analysis.reading.prose.figures.attribution import code_of, issuer_of, place_of
from analysis.reading.prose.figures.choice import AUTHORITY_ACTS, Choice
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.dating import period_for
from analysis.reading.prose.figures.meant_days import WHEN_IT_WAS
from analysis.reading.prose.figures.roles import (
    DATED_REACH,
    Target,
    compare_at,
    is_background,
    nearest,
    policy_against,
    target,
)
from analysis.reading.prose.figures.scene import Scene, Spot
from analysis.reading.prose.figures.services import is_tied
from analysis.reading.prose.figures.so_far import SoFar
from analysis.reading.prose.figures.whose import (
    SEVERAL,
    counts_them,
    only_service_with,
    services_of,
    several_services,
)

PASSED_ON = ("referred", "reported")  # what Europol does with what it has looked at
ASKED_FOR = ("blocked", "other")  # acts that requests for them are named by
PLACE_REACH = 3  # tokens: "7,743 in Spain"
PUBLIC_REACH = 4  # tokens: "reports came in from the public"
STATED_BY_WORDS = ("platform", "action", "item")  # fields said to be carried over where unsaid


@dataclass(frozen=True, slots=True)
class Roles:
    """What was done, by whom, on which services, and the words that name them."""

    act: str
    actor: str
    platforms: tuple[str, ...]
    actor_cue: Cue | None
    platform_cue: Cue | None


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule and the organisation that a figure is of, and the words that name them."""

    policy: str
    stated: str
    group: str
    policy_cue: Cue | None
    group_cue: Cue | None


@dataclass(frozen=True, slots=True)
class Time:
    """When it was done, or how often; whether it runs on, and is only what another is held to."""

    period: Period | None
    rate: Period | None
    running: bool
    compared: bool


def mention_of(so_far: SoFar, choice: Choice) -> Mention:
    """Return the mention of an amount whose act and item are known."""
    scene, context, spot = so_far.scene, so_far.context, choice.spot
    aim = target(spot, so_far.noun(spot))
    roles = _roles_of(so_far, aim, choice)
    by_state = roles.actor not in ("platform", "researcher")
    if choice.item == "pages" and by_state and not context.services:
        choice = replace(choice, item="content")  # pages of the web, where no service is named
    time = _time_of(so_far, aim, choice, roles.platforms)
    rule = _rule_of(so_far, aim)
    issuer = issuer_of(scene)
    same = roles.platform_cue is None or roles.platforms == context.platforms
    place = place_of(scene, aim, by_authority=by_state)
    share = spot.thing.measure == "share"
    cues = {
        "platform": roles.platform_cue,
        "actor": roles.actor_cue,
        "reported_by": issuer,
        "action": choice.action_cue,
        "item": choice.item_cue,
        "policy": rule.policy_cue,
        "group": rule.group_cue,
        "geography": place,
    }
    return Mention(
        amount=so_far.placed(spot.thing),
        span=(scene.offset, scene.offset + len(scene.text)),
        quote=scene.text,
        platforms=roles.platforms,
        actor=roles.actor,
        reported_by=issuer.words if issuer else context.issuer if same else "",
        geography=code_of(place),
        policy=rule.policy,
        policy_stated=rule.stated,
        group=rule.group,
        action=roles.act,
        item=choice.item,
        measure=_measure(spot.thing, choice.item, time.rate),
        per=time.rate.per if time.rate else "",
        of=f"{choice.item} {context.action or roles.act}".strip() if share else "",
        period=time.period,
        cumulative=time.running and not time.rate and not share,
        background=time.compared or is_background(scene, aim),
        reasons=_reasons(so_far, spot, time.period, cues),
    )


def _is_unsaid(platforms: tuple[str, ...], cue: Cue | None) -> bool:
    """Say whether no words near an amount name its service: "50,000 tweets"."""
    return platforms == SEVERAL or cue is None


def _is_of_the_last(scene: Scene, aim: Target, cue: Cue | None) -> bool:
    """As in "36 posts on Facebook and 12 tweets": the service stands with the number before."""
    if cue is None or not (is_tied(scene, cue) and cue.last <= aim.spot.first):
        return False
    return scene.between(0, cue.first) > 0 and scene.between(cue.last, aim.spot.first) == 0


def _roles_of(so_far: SoFar, aim: Target, choice: Choice) -> Roles:
    """Return who did what, and where; one says much about the others."""
    said, actor_cue = actor_of(so_far, aim, choice)
    platforms, platform_cue = services_of(so_far, aim, choice)
    act, actor = _passed_on(so_far, choice, said, platform_cue)
    act = _as_closed(so_far, choice, act, actor, platform_cue)
    nobody = platform_cue is None and _goes_to_nobody_named(so_far, choice, actor_cue)
    nobody = nobody and not (platforms != SEVERAL and counts_them(so_far.scene, aim))
    told = act == "reported" and came_from_services(so_far.scene, aim.noun_end)
    web = choice.item == "websites" and actor == "government"  # whatever service stands beside
    if (actor != "platform" and nobody) or told or web:
        platforms = SEVERAL
    unsaid = _is_unsaid(platforms, platform_cue) or _is_of_the_last(so_far.scene, aim, platform_cue)
    if choice.item_cue and unsaid:
        platforms = only_service_with(choice.item_cue, so_far.context.services) or platforms
    if actor == "platform" and (act in AUTHORITY_ACTS or _asks_for(choice)):
        actor = _told_before(so_far)
    shared = platform_cue is None or platform_cue.key == "it" or platforms == SEVERAL
    if act == "hashes_shared" and shared and "gifct" in so_far.context.services:
        platforms = ("gifct",)
    return Roles(act, actor, platforms, actor_cue, platform_cue)


def _time_of(so_far: SoFar, aim: Target, choice: Choice, platforms: tuple[str, ...]) -> Time:
    """Return when it was done, or how often."""
    scene = so_far.scene
    share = choice.spot.thing.measure == "share"  # "30% of it is reported each day"
    rate = None if share or choice.action == "prevalence" else rates.rate_of(scene, aim)
    beside = choice.actor == "government"  # "93% by tools, against 0.2% at the request of states"
    beside = beside or _is_elsewhere(scene, aim)
    compared = compare_at(scene, aim) is not None or _told_of_earlier(so_far, choice.spot)
    compared = compared and not beside
    rate = rate or _rate_of_the_last(so_far, choice, compared)
    period = period_for(so_far, aim, choice, platforms, rate, compared)
    running = timing.is_running(scene, aim) or bool(period and period.cumulative)
    running = running and not (period and period.convention == WHEN_IT_WAS)
    return Time(period, rate, running, compared)


def _rate_of_the_last(so_far: SoFar, choice: Choice, compared: bool) -> Period | None:
    """As in "removes 1,000 posts a day, 800 of them in English", "up from 500", "Twitter 300"."""
    scene, spot, last = so_far.scene, choice.spot, so_far.last
    alike = last is not None and last.measure == "rate" and spot.thing.measure == "count"
    if last is None or not alike or not so_far.noun(spot).bare or last.action != choice.action:
        return None
    part = scene.words.part_of.at(scene.tokens, spot.last) is not None
    part = part or scene.words.parts.ending(scene.tokens, spot.first) is not None
    gap = range(so_far.accepted[-1].noun.last, spot.first)
    same = choice.action_cue in (None, so_far.accepted[-1].act)
    beside = same and any(c.first in gap for c in scene.services())
    rates_ = (s.thing for s in scene.periods if s.thing.per == last.per)
    return next(rates_, None) if part or compared or beside else None


def _rule_of(so_far: SoFar, aim: Target) -> Rule:
    """Return the rule named nearest, the one against an organisation, or that of the text."""
    scene, context = so_far.scene, so_far.context
    policy, group = nearest(scene, aim, "policy"), nearest(scene, aim, "group")
    against = policy_against(group.key) if group and not policy else ""
    cue = group if against else policy
    return Rule(
        policy=against or (cue.key if cue else context.policy),
        stated=cue.words if cue else context.policy_stated,
        group=group.key if group else "" if cue else context.group,
        policy_cue=cue,
        group_cue=group,
    )


def _is_elsewhere(scene: Scene, aim: Target) -> bool:
    """As in "16,288 in France, against 7,743 in Spain": of another place, and no older.

    So is one of another service or rule, "against 400 on Instagram", but not "up from 400 on it".
    """
    near = range(aim.noun_end, aim.noun_end + PLACE_REACH)
    changed = scene.low(aim.spot.first - 1) in scene.words.change_from
    kinds = ("place",) if changed else ("place", "platform", "policy")
    placed = any(c.first in near and c.kind in kinds and c.key != "it" for c in scene.cues)
    dated = any(aim.spot.last <= s.first <= aim.noun_end + DATED_REACH for s in scene.periods)
    return placed and not dated


def _passed_on(so_far: SoFar, choice: Choice, actor: str, platform: Cue | None) -> tuple[str, str]:
    """Return the act and who did it: what is told to a service is referred, or is a complaint."""
    act, share = choice.action, choice.spot.thing.measure == "share"
    if (act, actor, choice.item) == ("assessed", "researcher", "requests") and not share:
        return "reported", actor  # what hotlines look at is what was told to them
    told = choice.item_cue is not None and choice.item_cue.implies in ("reported", "referred")
    if (act, actor, told) == ("referred", "researcher", True):
        return "reported", actor  # "the initiative sent 59 alerts to technology companies"
    if act in ("referred", "reported") and choice.item == "requests" and _of_public(so_far, choice):
        teller = actor if act == "reported" or actor != "platform" else _told_before(so_far)
        return "reported", teller
    if act == "assessed" and actor == "europol" and _to_be_passed_on(so_far, choice.spot):
        return "referred", actor
    if (
        act == "reported"
        and actor != "researcher"
        and (
            actor == "europol"  # it tells services of content, and nobody reports to it
            or is_referral(so_far, choice.spot, platform)
            or sent_by_authority(so_far, choice)
            or goes_on_referring(so_far, choice)
        )
    ):
        act, actor = "referred", referring(so_far)
    if act == "referred" and (so_far.context.of_rights or _complained(so_far, choice.spot)):
        return "reported", "platform"
    return act, actor


def _told_before(so_far: SoFar) -> str:
    """Return the authority that the text told of, Europol in a text on it, else a state."""
    actor = so_far.context.actor
    unnamed = "europol" if so_far.context.europol else "government"
    return actor if actor != "platform" else unnamed


def _of_public(so_far: SoFar, choice: Choice) -> bool:
    """As in "1,200 referrals came in from the public": complaints, whoever they were told to."""
    scene, spot, end = so_far.scene, choice.spot, so_far.noun(choice.spot).last
    return any(
        not scene.between(f.last, spot.first)
        if f.last <= spot.first
        else f.first - end <= PUBLIC_REACH and not scene.between(end, f.first)
        for f in scene.find(scene.words.public)
    )


def _to_be_passed_on(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "went through 11,000 messages in order to refer them": what it looked at them for."""
    scene, end = so_far.scene, so_far.noun(spot).last
    acts = (c for c in scene.of_kind("action") if c.key in PASSED_ON and c.first >= end)
    return any(not scene.between(end, c.first) for c in acts)


def _as_closed(so_far: SoFar, choice: Choice, act: str, actor: str, platform: Cue | None) -> str:
    """Return the act where something is closed: a website by a state, an account by a service."""
    scene, cue = so_far.scene, choice.action_cue
    before = so_far.last.action if so_far.last else so_far.context.action
    cuts_off = choice.item in ("websites", "apps") or (
        choice.item == "content" and before == "blocked"
    )
    cuts_off = cuts_off or (cue is not None and cue.words.casefold() in scene.words.cuts_off)
    if cuts_off and cue is not None and cue.key == "suspended" and actor == "government":
        act = "blocked"  # a state that closes a website cuts the access to it
    apart = any(c.key == "blocked" for c in scene.of_kind("action"))  # from what was ordered
    if choice.item == "hashes" and act == "labelled":
        act = "hashes_shared"  # "79% of the hashes are labelled as glorification"
    if choice.item == "websites" and act == "ordered" and not (platform or apart):
        act = "blocked"  # and so does one that orders it closed
    if act == "restored" and _is_granted(scene, choice):
        act = "actioned"
    by_service = choice.item == "accounts" and actor == "platform"
    return "suspended" if act in scene.words.closing and by_service else act


def _is_granted(scene: Scene, choice: Choice) -> bool:
    """As in "accepted 60% of the requests": what is granted to appeals is what they asked back."""
    item = choice.item_cue
    asked = item is not None and item.implies in ("referred", "reported", "ordered")
    appeals = any(c.key == "appealed" for c in scene.of_kind("action"))
    return asked and not appeals


def _goes_to_nobody_named(so_far: SoFar, choice: Choice, actor: Cue | None) -> bool:
    """Say whether an authority's act is of no service that the text named before."""
    scene, context = so_far.scene, so_far.context
    if so_far.last and so_far.last.action == choice.action == "reported":
        return False  # "users flagged 547,000 videos, and government agencies 34": there as well
    known = len(context.services) <= 1 or not context.headed.isdisjoint(context.platforms)
    return several_services(scene) or acts_alone(scene, actor, choice) or not known


def _complained(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "copyright holders have asked Google to remove a billion links": no authority did."""
    scene, end = so_far.scene, so_far.noun(spot).last
    asked = any(
        f.last <= spot.first
        or (  # "53,913 requests relating to 202,846 links from individuals"
            f.first > end and scene.low(f.first - 1) in scene.words.taken_from
        )
        for f in scene.find(scene.words.complainants)
    )
    return asked and all(c.key == "researcher" for c in scene.of_kind("actor"))


def _told_of_earlier(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "90% are reviewed within a day; in 2016 it was 40%": what the first is held against.

    Or behind a word for that: "81% are reviewed in time, whereas it was 90% in 2020".
    """
    scene, last = so_far.scene, so_far.last
    if last is None or not so_far.noun(spot).bare:
        return False
    against = scene.words.against
    ends = [i for i in range(spot.first) if scene.low(i) == ";" or scene.low(i) in against]
    if not ends:
        return False
    behind = len(scene.tokens) if scene.low(ends[-1]) in against else spot.first
    named = [s.thing for s in scene.periods if ends[-1] < s.first < behind]
    if last.period is None:
        return bool(named)
    start = last.period.start
    return scene.low(ends[-1]) in against and any(p.end and start and p.end < start for p in named)


def _asks_for(choice: Choice) -> bool:
    """Say whether requests are counted that only an authority makes: "29 requests to block"."""
    named = choice.item_cue.implies if choice.item_cue else ""
    return choice.item == "requests" and named == choice.action and named in ASKED_FOR


def _measure(amount: Amount, item: str, rate: Period | None) -> Measure:
    if amount.measure == "share":
        return "share"
    if item == "time":
        return "duration"
    return "rate" if rate else "count"


def _reasons(
    so_far: SoFar, spot: Spot[Amount], period: Period | None, cues: Mapping[str, Cue | None]
) -> tuple[Reason, ...]:
    made = [so_far.reason("value", spot.thing.text, spot.thing.span, spot.thing.bound)]
    for name, cue in cues.items():
        if cue:
            made.append(so_far.cue_reason(name, cue))
        elif name in STATED_BY_WORDS:
            made.append(Reason(name, "", (0, 0), "carried over from the text before"))
    if period:
        made.append(Reason("period", period.text, period.span, period.convention))
    return tuple(made)
