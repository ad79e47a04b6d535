"""An accepted amount made a mention: whose it is, who acted, when, under which rule, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.model import vocabulary
from analysis.model.schema import Amount, Measure, Mention, Period, Reason
from analysis.reading.prose.figures import agents, timing
from analysis.reading.prose.figures.acts import COMMON_ACTS
from analysis.reading.prose.figures.attribution import code_of, issuer_of, place_of
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.ellipsis import is_received
from analysis.reading.prose.figures.roles import (
    Target,
    compare_at,
    is_background,
    nearest,
    policy_against,
    target,
)
from analysis.reading.prose.figures.scene import Scene, Spot
from analysis.reading.prose.figures.services import (
    antecedent,
    is_tied,
    is_told_of_others,
    joined_platforms,
    platform_of,
)
from analysis.reading.prose.figures.so_far import SoFar
from analysis.reading.prose.words.tokens import Found

AUTHORITY_ACTS = ("referred", "ordered")
ANSWERS = ("removed", "suspended", "actioned", "restricted", "labelled")  # of a service
ASKED_FOR = ("blocked", "other")  # acts that requests for them are named by
SERVICE_ACTS = ("found_proactively", "appealed", "restored")  # the service's, unless it is said
USERS_ACTS = ("appealed", "reported")
OBJECT = 2  # tokens between a verb and the name of whom it asks
STOCK_ITEMS = ("hashes",)
STATED_BY_WORDS = ("platform", "action", "item")  # fields said to be carried over where unsaid
SEVERAL = ("several",)
DAYS_IN_A_WEEK = 7
WHOLE = ("quarter", "half_year", "year")
NEARLY_OVER = 10  # days
DAYS_OF_EVENTS = ("day", "span")


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided of an amount: its act and item, with the cues they rest on."""

    spot: Spot[Amount]
    action: str
    item: str
    action_cue: Cue | None = None
    item_cue: Cue | None = None
    actor: str = ""  # who acted or had it done, where the words around do not have to say so


def mention_of(so_far: SoFar, choice: Choice) -> Mention:
    """Return the mention of an amount whose act and item are known."""
    scene, context, spot = so_far.scene, so_far.context, choice.spot
    aim = target(spot, so_far.noun(spot))
    actor, actor_cue = actor_of(so_far, aim, choice)
    platforms, platform_cue = _platforms(so_far, aim, choice)
    act = choice.action
    if act == "reported" and (
        actor == "europol"  # it tells services of content, and nobody reports to it
        or _is_referral(so_far, platform_cue)
        or _sent_by_authority(so_far, choice)
    ):
        act, actor = "referred", _referring(so_far)
    closed = choice.action_cue is not None and choice.action_cue.key == "suspended"
    if choice.item == "websites" and closed and actor == "government":
        act = "blocked"  # a state that closes a website cuts the access to it
    if act in scene.words.closing and choice.item == "accounts" and actor == "platform":
        act = "suspended"
    alone = _several_services(scene) or _acts_alone(scene, actor_cue, choice)
    known = len(context.services) < 2 or not context.headed.isdisjoint(context.platforms)
    alone = alone or not known  # to which one it went is not said
    if actor != "platform" and platform_cue is None and alone:
        platforms = SEVERAL
    if actor == "platform" and (act in AUTHORITY_ACTS or _asks_for(choice)):
        actor = context.actor if context.actor != "platform" else "government"
    shared = platform_cue is None or platform_cue.key == "it" or platforms == SEVERAL
    if act == "hashes_shared" and shared:
        platforms = ("gifct",)
    rate = timing.rate_of(scene, aim)
    compared = compare_at(scene, aim) is not None
    period = _period(so_far, aim, choice, platforms, rate, compared)
    policy, group = nearest(scene, aim, "policy"), nearest(scene, aim, "group")
    rule = policy_against(group.key) if group and not policy else ""
    policy = group if rule else policy
    issuer = issuer_of(scene)
    same = platform_cue is None or platforms == context.platforms  # else somebody else is told of
    place = place_of(scene, aim, by_authority=actor not in ("platform", "researcher"))
    running = scene.has(scene.words.running) or bool(period and period.cumulative)
    share = spot.thing.measure == "share"
    return Mention(
        amount=so_far.placed(spot.thing),
        span=(scene.offset, scene.offset + len(scene.text)),
        quote=scene.text,
        platforms=platforms,
        actor=actor,
        reported_by=issuer.words if issuer else context.issuer if same else "",
        geography=code_of(place),
        policy=rule or (policy.key if policy else context.policy),
        policy_stated=policy.words if policy else context.policy_stated,
        group=group.key if group else "" if policy else context.group,
        action=act,
        item=choice.item,
        measure=_measure(spot.thing, choice.item, rate),
        per=rate.per if rate else "",
        of=f"{choice.item} {context.action or act}".strip() if share else "",
        period=period,
        cumulative=running and not rate and not share,
        background=compared or is_background(scene, aim),
        reasons=_reasons(
            so_far,
            spot,
            period,
            {
                "platform": platform_cue,
                "actor": actor_cue,
                "reported_by": issuer,
                "action": choice.action_cue,
                "item": choice.item_cue,
                "policy": policy,
                "group": group,
                "geography": place,
            },
        ),
    )


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


def _several_services(scene: Scene) -> bool:
    """Say whether the sentence speaks of companies or platforms in general."""
    named, ends = scene.of_kind("platform"), {s.last for s in scene.amounts}
    return any(
        c.key.startswith("services")
        and (
            c.first in ends  # "nine services", but not in "the social network Facebook"
            or not any(p.first <= c.first <= p.last or c.last == p.first for p in named)
        )
        for c in scene.of_kind("refusal")
    )


def _acts_alone(scene: Scene, actor: Cue | None, choice: Choice) -> bool:
    """As in "The ministry blocked 10,499 items": counted of no service that was named before."""
    if actor is None or actor.key == "researcher" or is_tied(scene, actor):
        return False
    if choice.action_cue and _goes_to_authority(scene, choice.action_cue):
        return True
    # A referral goes to a service, and to the one told of where none is named.
    return choice.spot.thing.measure != "share" and choice.action not in AUTHORITY_ACTS


def _goes_to_authority(scene: Scene, act: Cue) -> bool:
    """As in "The office referred 14,450 links to Europol": not to a service."""
    agents_ = (c for c in scene.of_kind("actor") if c.first >= act.last)
    return any(scene.low(c.first - 1) in scene.words.to for c in agents_)


def _is_referral(so_far: SoFar, platform: Cue | None) -> bool:
    """Authorities that flag something to a service refer it, be it that "they" stands for them."""
    scene, told_of = so_far.scene, so_far.context.actor
    agents_ = scene.of_kind("actor")
    several = _several_services(scene)
    if not agents_ and told_of in ("europol", "government") and several:
        return True
    named = any(c.key != "researcher" for c in agents_)
    if not (named or _they_act(so_far) or (told_of == "europol" and not agents_)):
        return False
    told = platform is not None and scene.low(platform.first - 1) in scene.words.to
    return told or several


def _sent_by_authority(so_far: SoFar, choice: Choice) -> bool:
    """As in "the French unit sent 552 notices": what an authority sends is a referral."""
    named = choice.action_cue is None or choice.action_cue.kind == "item"
    if is_received(so_far, choice.spot):
        return False
    scene, first = so_far.scene, choice.spot.first
    label = any(scene.low(i) == ":" for i in range(first))  # "Pharos: 228,545 reports"
    end = so_far.noun(choice.spot).last
    taken = any(  # "received 48,000 tips", or with the verb behind: "48.000 Hinweise erhalten"
        f.first < first or 0 <= f.first - end <= 1 for f in scene.find(scene.words.received)
    )
    before = [c for c in scene.of_kind("actor") if c.last <= first and not (label or taken)]
    senders = [c for c in before if c.key != "researcher" and not is_tied(so_far.scene, c)]
    users = [c for c in so_far.scene.of_kind("item") if c.form == "weak" and c.key == "accounts"]
    return named and bool(senders) and not users


def _referring(so_far: SoFar) -> str:
    """Return the authority that refers: Europol where it is named, else the first."""
    keys = [cue.key for cue in so_far.scene.of_kind("actor") if cue.key != "researcher"]
    if not keys:
        return so_far.context.actor
    return _authority(so_far, "europol" if "europol" in keys else keys[0])


def _they_act(so_far: SoFar) -> bool:
    """Say whether a pronoun in front of the act stands for an authority named before."""
    scene = so_far.scene
    acts = [c for c in scene.of_kind("action") if c.form != "trait"]
    told = so_far.context.actor not in ("platform", "researcher")
    return told and any(scene.low(c.first - 1) in scene.words.they for c in acts)


def _authority(so_far: SoFar, key: str) -> str:
    """Police are Europol's where the document has named Europol, else those of a state."""
    if key != "police":
        return key
    return "europol" if so_far.context.europol else "government"


def actor_of(so_far: SoFar, aim: Target, choice: Choice) -> tuple[str, Cue | None]:
    """Return who acted, and the words that say so where there are any."""
    scene, context, action = so_far.scene, so_far.context, choice.action_cue
    if choice.actor:
        return choice.actor, None
    if action and agents.services_act(scene, action):
        return "platform", None
    cue = agents.actor_of(scene, aim, action)
    if cue and not _answered(so_far, choice, cue):
        return _authority(so_far, cue.key), cue
    if choice.action in COMMON_ACTS and _they_act(so_far):
        return context.actor, None
    before = so_far.last.action if so_far.last else context.action
    told = so_far.last.actor if so_far.last else context.actor
    named = [c for c in scene.of_kind("platform") if c.key != "it"]
    if named and before == choice.action and all(is_tied(scene, c) for c in named):
        return told, None  # "1,031 were blocked, 963 on Facebook": by whoever blocked before
    if (named and action) or choice.action in SERVICE_ACTS:
        return "platform", None
    if choice.action in AUTHORITY_ACTS and scene.of_kind("actor"):
        cue = scene.of_kind("actor")[0]
        return _authority(so_far, cue.key), cue
    verb = action is not None and action.kind == "action"
    share = choice.spot.thing.measure == "share"  # of what was referred
    goes_on = so_far.last is not None or so_far.noun(choice.spot).bare or bool(named) or share
    answered = before in AUTHORITY_ACTS and choice.item != "websites"  # those states block
    if verb and choice.action not in COMMON_ACTS and answered and goes_on:
        return "platform", None  # what a service did with what was referred to it
    return _unnamed_actor(so_far, choice, told), None


def _unnamed_actor(so_far: SoFar, choice: Choice, told: str) -> str:
    """Return who acted where no words near an act say so; `told` is who acted before."""
    context, action = so_far.context, choice.action_cue
    known = context.platforms not in ((), SEVERAL)
    if choice.item == "websites" and choice.action == "blocked" and not known:
        return "government"  # cut off for a country
    if not so_far.last and context.going_on and choice.action in ANSWERS:
        told = context.acted or told  # an authority named since need not have done it
    if told == "researcher" and choice.action in ANSWERS:
        return "platform"
    return "platform" if action and known else told


def _answered(so_far: SoFar, choice: Choice, actor: Cue) -> bool:
    """As in "Europol flagged 2,068 items, 1,700 of which were removed": by the services."""
    if not so_far.accepted or choice.action not in ANSWERS:
        return False
    figure = so_far.accepted[-1]
    return figure.mention.action in AUTHORITY_ACTS and actor.last <= figure.spot.first


def acts_in_passing(so_far: SoFar, choice: Choice) -> bool:
    """Say whether an agent is named behind "by", and so acts in its own sentence only."""
    aim = target(choice.spot, so_far.noun(choice.spot))
    cue = agents.actor_of(so_far.scene, aim, choice.action_cue)
    return cue is not None and so_far.scene.low(cue.first - 1) in so_far.scene.words.by - {""}


def _platforms(so_far: SoFar, aim: Target, choice: Choice) -> tuple[tuple[str, ...], Cue | None]:
    scene, context = so_far.scene, so_far.context
    cue = platform_of(scene, aim)
    if cue and choice.action == "reported" and _is_asked_later(scene, aim, cue):
        return SEVERAL, None
    if not (cue or context.platforms or so_far.accepted or _several_services(scene)):
        cue = _only_service(scene)
        cue = None if cue and _is_place_of_a_part(scene, aim, cue) else cue
    if cue and cue.key == "it":
        cue = antecedent(scene, cue) or cue
    if not cue and (_is_whole_of_services(scene, aim) or _is_total(so_far, aim)):
        return SEVERAL, None
    if not cue:
        beside = so_far.last.platforms if so_far.last else ()
        last = (beside or context.counted_on) if so_far.noun(aim.spot).bare else ()
        known = _narrowed(so_far, last or context.platforms or beside)
        only = () if choice.action in USERS_ACTS else _only_service_of_text(so_far)
        return known or only or SEVERAL, None
    if cue.key == "it" and context.platforms in ((), SEVERAL):
        named = [c for c in scene.of_kind("platform") if c.key != "it"]
        named = [c for c in named if not _is_place_of_a_part(scene, aim, c)]
        cue = named[0] if named and not _several_services(scene) else cue
    if cue.key == "it":
        known = _narrowed(so_far, context.platforms) or _only_service_of_text(so_far)
        return known or SEVERAL, cue if known else None
    group = joined_platforms(scene, cue)
    keys = tuple(dict.fromkeys(key for c in group for key in c.key.split("+")))
    return (SEVERAL if len(keys) > 2 or SEVERAL[0] in keys else keys), cue


def _is_total(so_far: SoFar, aim: Target) -> bool:
    """As in "Facebook: 562 accounts", "YouTube: 301 accounts", "In all there were 1,285"."""
    scene, told = so_far.scene, so_far.context.recent
    value, share = aim.spot.thing.value or 0.0, aim.spot.thing.measure == "share"
    if so_far.accepted or share or len(told) <= 1 or told[0][1] == told[1][1]:
        return False
    opened = any(f.first <= OBJECT for f in scene.find(scene.words.running))
    return opened and value >= told[0][0] + told[1][0]


def _is_asked_later(scene: Scene, aim: Target, cue: Cue) -> bool:
    """As in "The unit received 2,000 tips and asked Facebook to remove 1,700 posts"."""
    acts = (c for c in scene.of_kind("action") if c.key in AUTHORITY_ACTS)
    asked = any(aim.noun_end <= c.first <= cue.first < c.last + OBJECT for c in acts)
    return asked and bool(scene.of_kind("actor")) and aim.noun_end <= cue.first


def _is_place_of_a_part(scene: Scene, aim: Target, cue: Cue) -> bool:
    """As in "Networks removed 170,000 items, 45% of them on YouTube"."""
    return is_told_of_others(scene, aim, cue) and is_tied(scene, cue)


def _is_whole_of_services(scene: Scene, aim: Target) -> bool:
    """As in "10,499 items were blocked: 7,160 on Facebook, 1,316 on Twitter": of all of them."""
    named = [c for c in scene.of_kind("platform") if c.key != "it"]
    return len({c.key for c in named if is_told_of_others(scene, aim, c)}) > 1


def _only_service(scene: Scene) -> Cue | None:
    """Return the one service that a sentence names, None where it names none or several."""
    named = {c.key: c for c in scene.of_kind("platform") if c.key != "it"}
    return next(iter(named.values())) if len(named) == 1 else None


def _only_service_of_text(so_far: SoFar) -> tuple[str, ...]:
    """As in "The company took down 9 million posts", where only Facebook is named, further down."""
    scene, context = so_far.scene, so_far.context
    others = scene.of_kind("actor") or context.actor != "platform" or _several_services(scene)
    return tuple(context.services) if len(context.services) == 1 and not others else ()


def _narrowed(so_far: SoFar, platforms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the one service of a company that the document names, where the company was named."""
    if len(platforms) != 1:
        return platforms
    known = vocabulary.load("platforms").entries
    company = known[platforms[0]].label if platforms[0] in known else ""
    services = [
        key
        for key in so_far.context.services
        if key in known and key != platforms[0] and known[key].more["operator"] == company
    ]
    return (services[0],) if len(services) == 1 else platforms


def _period(
    so_far: SoFar,
    aim: Target,
    choice: Choice,
    platforms: tuple[str, ...],
    rate: Period | None,
    compared: bool,
) -> Period | None:
    period = _found_or_inherited(so_far, aim, choice, platforms, rate, compared)
    if choice.item in STOCK_ITEMS and period and period.kind != "since" and period.end:
        return replace(period, start=None, kind="point", convention="a stock, up to that day")
    return period


def _found_or_inherited(
    so_far: SoFar,
    aim: Target,
    choice: Choice,
    platforms: tuple[str, ...],
    rate: Period | None,
    compared: bool,
) -> Period | None:
    scene, context = so_far.scene, so_far.context
    found = timing.period_of(scene, aim, rate, so_far.refused)
    total = context.topic.period if context.topic else None
    if found and total and total.cumulative and _stands_at(scene, found):
        found = None  # "Its running total stood at 249,091 this week" goes on from its own start
    known = context.inherited(platforms) if found and timing.is_only_length(found) else None
    if found and known and (_in_hours(scene, found) or known.kind in DAYS_OF_EVENTS):
        return known  # "within two days", where the text says which
    if found:
        return so_far.placed_period(_ended(so_far, found))
    if rate:
        return None
    event = timing.undated_start(scene, aim)
    if event:
        return so_far.placed_period(_without_days(scene, event, "counted from an undated event"))
    now = timing.times_of_writing(scene)
    if now and timing.is_of_the_time_of_writing(scene, aim):
        return so_far.placed_period(_without_days(scene, now[0], "the time of writing"))
    beside = [a.mention for a in so_far.accepted if a.mention.background == compared]
    periods = [mention.period for mention in beside if mention.period]
    if periods or compared:
        return periods[-1] if periods else context.compared
    return context.inherited(() if choice.action_cue is None else platforms)


def _in_hours(scene: Scene, length: Period) -> bool:
    """As in "93% within 24 hours": how fast it was, and not when."""
    units = scene.words.hours_in
    return any(units.get(word, 24) <= 1 for word in length.text.casefold().split())


def _without_days(scene: Scene, words: Found[bool], convention: str) -> Period:
    """Return a period that has no days, so that none is looked for elsewhere."""
    span = (scene.tokens[words.first].start, scene.tokens[words.last - 1].end)
    text = scene.text[slice(*span)]
    return Period(None, None, "unknown", "unknown", convention, span, text)


def _stands_at(scene: Scene, period: Period) -> bool:
    """Say whether a running total is given as of a day or a week."""
    if not (period.start and period.end) or not scene.has(scene.words.running):
        return False
    return (period.end - period.start).days < DAYS_IN_A_WEEK


def _ended(so_far: SoFar, period: Period) -> Period:
    """A figure covers no days after its publication: "2016 so far" ends with that day."""
    day = so_far.context.memory.reference
    if not day or not period.start or not period.end or period.kind == "span":
        return period  # "between 2010 and 2016" was given both its ends
    running = so_far.scene.has(so_far.scene.words.running)  # "2016 is the busiest year so far"
    if period.kind in WHOLE and (period.end - day).days <= NEARLY_OVER and not running:
        return period  # "in the first quarter", told on 29 March
    if period.start <= day < period.end:
        return replace(period, end=day, convention=f"{period.convention}, up to publication")
    return period


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
