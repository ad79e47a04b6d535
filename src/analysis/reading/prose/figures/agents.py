"""Who acted where it is not the service itself: authorities, researchers, and whom they asked."""

from analysis.reading.prose.figures.choice import AUTHORITY_ACTS, COMMON_ACTS
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.roles import Target
from analysis.reading.prose.figures.scene import COMMAS, Scene
from analysis.reading.prose.figures.services import is_tied

CLAUSE_REACH = 2  # tokens between "that" and its subject
OWNED_REACH = 3  # tokens between "Europol" and its unit
BY_REACH = 3  # tokens between an act, "by" and the one who acted
BY_BEFORE = 3  # tokens between "by" and services in front of the verb
ASKED_REACH = 8  # tokens between "asked" and its "that"
HELP_REACH = 3  # tokens between "together with" and the services
VERB_REACH = 6  # tokens between a subject and its verb


def actor_of(scene: Scene, aim: Target, action: Cue | None) -> Cue | None:
    """Return who acted where it is not the service: the agent before the act, or behind "by"."""
    if not action:
        return None
    agents = [c for c in scene.cues if c.kind in ("actor", "platform")]
    agents = [c for c in agents if not (_only_wrote(scene, c) or _only_counted(scene, c))]
    behind = [
        c
        for c in agents
        if c.first >= action.last
        and scene.distance(action.last, c.first) <= 5
        and (
            scene.low(c.first - 1 - _has_article(scene, c)) in scene.words.by
            or ("" in scene.words.by and c.first == action.last)  # verb and agent without more
        )
    ]
    if behind:
        return behind[0] if behind[0].kind == "actor" else None
    things = {i for c in scene.of_kind("item") for i in range(c.first, c.last)}
    ends = {c.last for c in scene.of_kind("item")}
    had = had_done(scene, aim, action)
    reach = max(action.first, aim.spot.first) if had is None else had
    before = [
        c
        for c in agents
        if c.last <= reach
        and not (c.kind == "actor" and c.last in things)  # "government requests", "court orders"
        and not (c.kind == "platform" and c.first in ends)  # Persian "45 channels Telegram"
        and not (c.kind == "platform" and scene.low(c.first - 1) in scene.words.sends)
        and not _is_who_asked(scene, c)
        and not _asked_for_another(scene, c, aim)
        and not _only_sent(scene, c, action)
        and not _asked_a_service(scene, c)
        and not _did_what_was_told_before(scene, c, action)
    ]
    subjects = [c for c in before if not is_tied(scene, c) or acts_in_clause(scene, c)] or before
    if subjects and subjects[0].kind == "actor" and _stand_for(scene, subjects[0], subjects[1:]):
        subjects = subjects[:1]
    if not subjects:
        return None
    if action.key not in COMMON_ACTS and had is None:
        subjects = [c for c in subjects if not _only_watches(scene, c, action)]
    if not subjects:
        return None
    subjects = [c for c in subjects if not _in_clause_on_noun(scene, c, aim)]
    subjects = [c for c in subjects if not _told_of_the_noun(scene, c, aim, action)]
    if action.first >= aim.spot.last:
        subjects = [c for c in subjects if not _did_another(scene, c, aim)]
    if not subjects:
        return None
    nearest = min(subjects, key=lambda c: scene.distance(c.last, reach))
    if any(c.kind == "platform" and scene.joined(nearest, c) for c in subjects):
        return None
    if nearest.kind != "actor":
        return None
    beside = (c for c in subjects if c.key == "europol" and _is_beside(scene, c, nearest))
    return next(beside, nearest)  # "Europol and police of twelve states"


def had_done(scene: Scene, aim: Target, action: Cue) -> int | None:
    """Return the verb of one who has others act: "the charity had 12,300 links taken down".

    The things stand between it and the act, which then opens no clause of its own and is no verb
    of theirs: not in "had 40 channels that were closed".
    """
    if _had_them(scene, action):
        return action.first - 2
    verb = aim.spot.first - 1
    if action.first < aim.noun_end or scene.low(verb) not in scene.words.has_done:
        return None
    agents = (c for c in scene.cues if c.kind == "actor" or c.key == "it")
    subjects = [c.key for c in agents if c.last <= verb]
    if action.key != "removed" and subjects[-1:] in ([], ["researcher"]):
        return None  # "the charity had 4 accounts suspended": what happened to it
    closing = scene.words.verbs_behind | scene.words.that | set(COMMAS)
    gap = [scene.low(i) for i in range(aim.noun_end, action.first)]
    joined = bool(gap) and gap[-1] in scene.words.soft
    parted = joined or scene.between(aim.noun_end, action.first) or not closing.isdisjoint(gap)
    return None if parted else verb


def _had_them(scene: Scene, action: Cue) -> bool:
    """As in "confirmed 13,000 pages and had them taken down"."""
    them = scene.low(action.first - 1) in scene.words.pronouns
    return them and scene.low(action.first - 2) in scene.words.has_done


def _is_who_asked(scene: Scene, agent: Cue) -> bool:
    """As in Persian "60 percent of the requests [of] governments": named behind their noun."""
    asked = (c for c in scene.of_kind("item") if c.implies and c.first < agent.first <= c.last)
    return scene.words.named_behind and agent.kind == "actor" and any(asked)


def _is_beside(scene: Scene, europol: Cue, agent: Cue) -> bool:
    """As in "Europol and police of twelve states", "Europol's referral unit"."""
    owner = scene.low(europol.last) == "'" and 0 < agent.first - europol.last <= OWNED_REACH
    return owner or scene.joined(agent, europol)


def _only_wrote(scene: Scene, agent: Cue) -> bool:
    """As in "88 requests to remove tweets of journalists": whose posts they were."""
    of = scene.words.part_of.ending(scene.tokens, agent.first)
    things = (c.last for c in scene.of_kind("item") if not (c.form or c.implies))
    return agent.key == "researcher" and of is not None and of.first in things


def _only_counted(scene: Scene, agent: Cue) -> bool:
    """As in "36 organisations from 21 member states": where those who act are from."""
    number = next((s for s in scene.counted if s.last == agent.first), None)
    if agent.kind != "actor" or number is None:
        return False
    ends = {c.last for c in scene.of_kind("actor")}
    return number.first in ends or number.first - 1 in ends


def came_from_services(scene: Scene, last: int) -> bool:
    """As in "10.2 million reports from technology companies": what services told somebody."""
    if scene.low(last) not in scene.words.taken_from:
        return False
    named = (c for c in scene.of_kind("refusal") if c.key.startswith("services"))
    return any(0 < c.first - last <= BY_REACH for c in named)


def _only_sent(scene: Scene, agent: Cue, action: Cue) -> bool:
    """As in "Meta got 2,100 orders from the authorities and cut access to 1,850": Meta did."""
    got = [f for f in scene.find(scene.words.received) if f.last <= agent.first]
    if agent.kind != "actor" or not got or action.first < agent.last:
        return False
    took = any(c.last <= got[-1].first for c in scene.services())
    parted = any(scene.low(i) in (",", ";") for i in range(got[-1].last, agent.first))
    return took and not parted


def _asked_a_service(scene: Scene, agent: Cue) -> bool:
    """As in German "Telegram löschte auf Bitten des BKA 300 Kanäle": the service did it."""
    if agent.kind != "actor":
        return False
    asked = any(  # or behind its name, Turkish "BTK'nın talebi üzerine"
        -1 <= agent.first - f.last <= 1 or 0 <= f.first - agent.last <= OWNED_REACH
        for f in scene.find(scene.words.at_request)
    )
    things = {i for c in scene.of_kind("item") for i in range(c.first, c.last + 1)}
    named = (c for c in scene.services() if c.first not in things and not is_tied(scene, c))
    return asked and any(named)


def _did_what_was_told_before(scene: Scene, agent: Cue, action: Cue) -> bool:
    """As in "Of 100 posts flagged by the ministry, 98 were removed": it flagged them."""
    by = agent.first - 1 - _has_article(scene, agent)
    if agent.kind != "actor" or action.first < agent.last or scene.low(by) not in scene.words.by:
        return False
    return any(c.last == by and c.key in COMMON_ACTS for c in scene.of_kind("action"))


def _asked_for_another(scene: Scene, agent: Cue, aim: Target) -> bool:
    """As in "1% was at the request of states, and three quarters were unseen": not these."""
    if agent.kind != "actor" or agent.last > aim.spot.first:
        return False
    asked = [f for f in scene.find(scene.words.at_request) if -1 <= agent.first - f.last <= 1]
    if asked and aim.spot.thing.measure == "share" and scene.between(agent.last, aim.spot.first):
        return True
    return any(s.last <= f.first for f in asked for s in scene.counted)


def behind_by(scene: Scene, index: int) -> Cue | None:
    """Return the authority that "by" opens at a token: "received by the police"."""
    for agent in scene.of_kind("actor"):
        first = agent.first - _has_article(scene, agent)
        if first - 1 == index and scene.low(index) in scene.words.by - {""}:
            return agent
    return None


def _has_article(scene: Scene, agent: Cue) -> bool:
    return scene.low(agent.first - 1) in scene.words.definite


def _in_clause_on_noun(scene: Scene, agent: Cue, aim: Target) -> bool:
    """As in "Of the accounts that the authorities had named, 270 were removed": told by the way."""
    opened = range(max(0, agent.first - CLAUSE_REACH), agent.first)
    if agent.kind != "actor" or not any(scene.low(i) in scene.words.that for i in opened):
        return False
    return any(scene.low(i) == "," for i in range(agent.last, aim.spot.first))


def acts_in_clause(scene: Scene, service: Cue) -> bool:
    """As in "by Telegram, which blocked 15 groups": the service is the one who acts there."""
    comma = scene.low(service.last) in (",", "،")
    return comma and scene.low(service.last + 1) in scene.words.relative


def _stand_for(scene: Scene, agent: Cue, others: list[Cue]) -> bool:
    """As in "the ministry said it had examined 75,000": pronouns for who was named before.

    Or another name for it: "the regulator, the Cyberspace Administration, said that it".
    """
    others = [c for c in others if (c.kind, c.key) != (agent.kind, agent.key)]
    near = all(not scene.between(agent.last, c.first) for c in others)
    return near and bool(others) and all(c.key == "it" for c in others)


def _told_of_the_noun(scene: Scene, agent: Cue, aim: Target, action: Cue) -> bool:
    """As in "3 of the 78 accounts that researchers reported were removed": told of the noun."""
    if agent.kind != "actor" or agent.first < aim.spot.last or action.key in COMMON_ACTS:
        return False
    opened = any(scene.low(i) in scene.words.that for i in range(aim.spot.last, agent.first))
    later = range(agent.last + 1, action.first)
    return opened and any(scene.low(i) in scene.words.verbs_behind for i in later)


def _did_another(scene: Scene, agent: Cue, aim: Target) -> bool:
    """As in "of what Europol referred, 90 percent were removed": its own verb comes before."""
    return agent.kind == "actor" and any(
        c.key in AUTHORITY_ACTS and agent.last <= c.first and c.last <= aim.spot.first
        for c in scene.of_kind("action")
    )


def _is_agent_before(scene: Scene, agent: Cue, action: Cue) -> bool:
    """As in German "wurden von Diensten gelöscht", Turkish "sağlayıcılar tarafından silindi"."""
    if not agent.key.startswith("services") or agent.last > action.first:
        return False
    by = scene.words.by - {""}
    led = any(scene.low(i) in by for i in range(max(0, agent.first - BY_BEFORE), agent.first))
    helped = any(scene.low(i) in scene.words.verbs_behind for i in range(agent.first))
    gap = action.first - agent.last
    return (gap == 0 and led and helped) or (gap <= BY_BEFORE and scene.low(agent.last) in by)


def services_act(scene: Scene, action: Cue) -> bool:
    """As in "in 86% of the cases the platforms removed it": services in general are who acts."""
    named = {(c.first, c.last) for c in scene.of_kind("refusal") if c.key.startswith("services")}
    items = [c for c in scene.of_kind("item") if (c.first, c.last) not in named]  # "internet sites"
    things = {i for c in items for i in range(c.first, c.last + 1)}
    others = {c.first for c in scene.cues if c.kind in ("platform", "actor", "item")}
    helping = {c.first for c in scene.of_kind("refusal") if _only_helps(scene, c)}
    behind = range(action.last, action.last + BY_REACH)
    by = [i for i in behind if scene.low(i) in scene.words.by - {""}]
    if by and any(
        c.key.startswith("services") and 0 < c.first - by[0] <= BY_REACH
        for c in scene.of_kind("refusal")
    ):
        return True  # "was removed by the platforms"
    if "" in scene.words.by and any(
        c.key.startswith("services") and c.first == action.last for c in scene.of_kind("refusal")
    ):
        return True  # Indonesian "dihapus platform", Arabic "أعادت المنصات"
    if any(_is_agent_before(scene, c, action) for c in scene.of_kind("refusal")):
        return True
    the = scene.low(action.last) in scene.words.definite
    if the and any(
        c.key.startswith("services") and c.first == action.last + 1 and c.last not in things
        for c in scene.of_kind("refusal")
    ):
        return scene.low(action.first - 1) not in scene.words.stop  # German "löschten die Anbieter"
    if action.kind == "item":
        return False  # "sent the platforms 3,120 notifications"
    return any(
        c.key.startswith("services")
        and 0 <= action.first - c.last <= VERB_REACH  # "companies have so far deleted"
        and others.isdisjoint(range(c.last, action.first))
        and not scene.between(c.last, action.first)
        and not (c.first in things or is_tied(scene, c))  # "accounts on platforms were closed"
        and c.first not in helping
        for c in scene.of_kind("refusal")
    )


def _only_helps(scene: Scene, services: Cue) -> bool:
    """As in "The commission, together with social media platforms, removed 1,454 items"."""
    if scene.low(services.last) not in COMMAS:
        return False
    joints = scene.find(scene.words.joined)
    return any(
        0 <= services.first - f.last <= HELP_REACH and scene.low(f.first - 1) in COMMAS
        for f in joints
    )


def asked_act(scene: Scene, action: Cue) -> str:
    """Return the request that an act is the object of: "asked A to delete 12 and B to close 4"."""
    told = _told_to(scene, action)
    if told:
        return told
    to = scene.low(action.first - 1) in scene.words.to
    agents = [c for c in scene.of_kind("platform") if c.last == action.first - to]
    agents += [
        c
        for c in scene.of_kind("refusal")
        if c.key.startswith("services") and c.last == action.first - to
    ]
    if agents and scene.low(agents[0].first - 1) in scene.words.made and scene.of_kind("actor"):
        return "referred"  # "the regulator had TikTok take down 98 accounts"
    if _is_asked_that(scene, agents):
        return "referred"
    named = _named_request(scene, action) if to or _is_what_they_are_for(scene, action) else ""
    if named or not to:
        return named
    asked = [
        c for c in scene.of_kind("action") if c.key in AUTHORITY_ACTS and c.last <= action.first
    ]
    return asked[-1].key if agents and asked else ""


def _told_to(scene: Scene, action: Cue) -> str:
    """As in Spanish "YouTube fue instada a retirar 310 vídeos", "recibió la orden de bloquear".

    What a service then did is told behind "and": "recibió la orden, y bloqueó 41 canales".
    """
    asked = ((f.last, "referred") for f in scene.find(scene.words.asked_to))
    ordered = ((f.last, "ordered") for f in scene.find(scene.words.ordered_to))
    ends = {*COMMAS, *scene.words.soft}
    return next(
        (
            act
            for last, act in (*asked, *ordered)
            if 0 < action.first - last <= ASKED_REACH
            and not scene.between(last, action.first)
            and ends.isdisjoint(scene.low(i) for i in range(last, action.first))
        ),
        "",
    )


def _is_what_they_are_for(scene: Scene, action: Cue) -> bool:
    """As in "461 court orders covering the removal of 6,989 videos", "requests for the removal"."""
    asked = (c.last for c in scene.of_kind("item") if c.implies in AUTHORITY_ACTS)
    near = any(0 < action.first - last <= HELP_REACH for last in asked)
    of = scene.words.part_of.at(scene.tokens, action.last - 1)
    return near and action.last - action.first > 1 and of is not None


def _named_request(scene: Scene, action: Cue) -> str:
    """As in "received 19,176 requests from governments to remove 76,714 items": asked for."""
    items = [c for c in scene.of_kind("item") if c.last <= action.first]
    if not items or items[-1].implies not in AUTHORITY_ACTS:
        return ""
    gap = [scene.low(i) for i in range(items[-1].last, action.first)]
    verbs = scene.words.verbs_behind | set(COMMAS)
    parted = scene.between(items[-1].last, action.first) or not verbs.isdisjoint(gap)
    return "" if parted else items[-1].implies


def _is_asked_that(scene: Scene, agents: list[Cue]) -> bool:
    """As in "asked that Twitter close 431 accounts", Portuguese "pediu que o Twitter exclua"."""
    if not agents:
        return False
    that = agents[0].first - 1
    that -= scene.low(that) in scene.words.definite
    asked = any(scene.low(i) in scene.words.made for i in range(max(0, that - ASKED_REACH), that))
    return asked and scene.low(that) in scene.words.that and bool(scene.of_kind("actor"))


def _only_watches(scene: Scene, agent: Cue, action: Cue) -> bool:
    """Researchers take nothing down, unless it is their own verb: "hackers shut 5,500".

    They do send reports: "anti-racism groups sent 4,364 notifications to the platforms".
    """
    if agent.key != "researcher" or not scene.between(agent.last, action.first):
        return False
    told = any(scene.low(i) in scene.words.that for i in range(agent.last, action.first))
    return action.implies not in ("reported", "referred") or told
