"""Who acted: the service, an authority, Europol or researchers; by the words or the text."""

from analysis.reading.prose.figures import agents
from analysis.reading.prose.figures.acts import COMMON_ACTS
from analysis.reading.prose.figures.choice import ANSWERS, AUTHORITY_ACTS, Choice
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.ellipsis import is_received
from analysis.reading.prose.figures.roles import (
    Target,
    target,
)
from analysis.reading.prose.figures.scene import COMMAS, Scene
from analysis.reading.prose.figures.services import (
    is_tied,
)
from analysis.reading.prose.figures.so_far import SoFar
from analysis.reading.prose.figures.whose import SEVERAL, several_services

SERVICE_ACTS = ("found_proactively", "appealed", "restored")  # the service's, unless it is said


def acts_alone(scene: Scene, actor: Cue | None, choice: Choice) -> bool:
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


def is_referral(so_far: SoFar, platform: Cue | None) -> bool:
    """Authorities that flag something to a service refer it, be it that "they" stands for them."""
    scene, told_of = so_far.scene, so_far.context.actor
    agents_ = scene.of_kind("actor")
    several = several_services(scene)
    if not agents_ and told_of in ("europol", "government") and several:
        return True
    named = any(c.key != "researcher" for c in agents_)
    if not (named or _they_act(so_far) or (told_of == "europol" and not agents_)):
        return False
    told = platform is not None and scene.low(platform.first - 1) in scene.words.to
    return told or several


def sent_by_authority(so_far: SoFar, choice: Choice) -> bool:
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


def referring(so_far: SoFar) -> str:
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
    cut_off = choice.item == "websites" and choice.action == "blocked"  # by providers, told to
    if action and agents.services_act(scene, action) and not cut_off:
        return "platform", None
    cue = agents.actor_of(scene, aim, action) or _received_by(so_far, choice)
    if cue and not _answered(so_far, choice, cue):
        return _authority(so_far, cue.key), cue
    if choice.action in COMMON_ACTS and _they_act(so_far):
        return context.actor, None
    before = so_far.last.action if so_far.last else context.action
    told = so_far.last.actor if so_far.last else context.actor
    named = [c for c in scene.of_kind("platform") if c.key != "it"]
    if named and before == choice.action and all(is_tied(scene, c) for c in named):
        return told, None  # "1,031 were blocked, 963 on Facebook": by whoever blocked before
    if named and context.in_table and choice.action == before == "reported" and context.acted:
        return context.acted, None  # rows of what an authority took in, by service
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


def _received_by(so_far: SoFar, choice: Choice) -> Cue | None:
    """As in "1,972 reports that the tribunal received": who took in what users reported."""
    scene, last = so_far.scene, so_far.noun(choice.spot).last
    if choice.action != "reported" or scene.low(last) in COMMAS:
        return None
    for found in scene.find(scene.words.received):
        agents_ = [c for c in scene.of_kind("actor") if last <= c.first and c.last <= found.first]
        opened = agents_ and any(
            scene.low(i) in scene.words.that for i in range(last, agents_[0].first)
        )
        if opened and not scene.between(last, found.first):
            return agents_[0]
    return None


def _unnamed_actor(so_far: SoFar, choice: Choice, told: str) -> str:
    """Return who acted where no words near an act say so; `told` is who acted before."""
    context, action = so_far.context, choice.action_cue
    known = context.platforms not in ((), SEVERAL)
    if choice.item == "websites" and choice.action == "blocked" and not known:
        return "government"  # cut off for a country
    if not so_far.last and context.going_on and choice.action in (*ANSWERS, "assessed"):
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
