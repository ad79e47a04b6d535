"""Who acted: the service, an authority, Europol or researchers; by the words or the text."""

from analysis.model.readings import Amount
from analysis.reading.prose.figures import agents
from analysis.reading.prose.figures.choice import ANSWERS, AUTHORITY_ACTS, COMMON_ACTS, Choice
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.ellipsis import is_received
from analysis.reading.prose.figures.nouns import AUDIENCE
from analysis.reading.prose.figures.roles import (
    Target,
    target,
)
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot
from analysis.reading.prose.figures.services import (
    is_tied,
)
from analysis.reading.prose.figures.signs import restates
from analysis.reading.prose.figures.so_far import SoFar
from analysis.reading.prose.figures.whose import SEVERAL, several_services
from analysis.reading.prose.words.tokens import Found

EXAMINED_REACH = 5  # tokens between reports and the verb that ends the clause
RECEIVED_REACH = 4  # tokens from a number to "received by" behind it, or from that to the number
OBJECT = 2  # tokens between those who complain and their number
SAID_REACH = 5  # tokens: "said on its Telegram channel the regulator"
OWN_ACTS = ("removed", "suspended", "restricted", "labelled", "restored")
TAKEN_DOWN = ("removed", "blocked", "suspended")
SENT_BY_USERS = ("reported", "appealed")
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


def _came_in(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "The ministry received 547,506 reports on social networks": told to it, not by it."""
    scene = so_far.scene
    verbs = [f for f in scene.find(scene.words.received) if 0 <= spot.first - f.last <= 1]
    if _was_received_by(scene, spot):
        return True
    named = [c for c in scene.cues if c.kind in ("actor", "platform")]
    named = [c for c in named if verbs and c.last <= spot.first]
    subjects = [c for c in named if c.last <= verbs[0].first]
    subjects = subjects or [c for c in named if c.first >= verbs[0].last]  # Arabic: verb first
    return bool(subjects) and subjects[-1].kind == "actor"


def _came_from_units(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "WordPress received 131 reports from Internet Referral Units": those refer."""
    scene, noun = so_far.scene, so_far.noun(spot)
    if noun.item is None or scene.low(noun.last) not in scene.words.taken_from:
        return False
    behind = range(noun.last + 1, noun.last + 1 + SAID_REACH)
    units = (c for c in scene.of_kind("actor") if c.key in ("police", "europol"))
    return any(c.first in behind for c in units) and bool(scene.services())


def _was_received_by(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "37,000 reports on posts on X had been received by Pharos": told to an authority."""
    behind = (f.last for f in scene.find(scene.words.received) if f.first >= spot.last)
    return any(agents.behind_by(scene, last) for last in behind)


def is_referral(so_far: SoFar, spot: Spot[Amount], platform: Cue | None) -> bool:
    """Authorities that flag something to a service refer it, be it that "they" stands for them."""
    scene, told_of = so_far.scene, so_far.context.actor
    agents_ = scene.of_kind("actor")
    if _came_from_units(so_far, spot):
        return True
    if _came_in(so_far, spot):
        return False
    several = several_services(scene)
    if not agents_ and told_of in ("europol", "government") and several:
        return True
    named = any(c.key != "researcher" for c in agents_)
    of_europol = told_of == "europol" or so_far.context.europol
    if not (named or _they_act(so_far) or (of_europol and not agents_)):
        return False
    told = platform is not None and scene.low(platform.first - 1) in scene.words.to
    return told or several


def sent_by_authority(so_far: SoFar, choice: Choice) -> bool:
    """As in "the French unit sent 552 notices": what an authority sends is a referral.

    What it examined was sent to it.
    """
    named = choice.action_cue is None or choice.action_cue.kind == "item"
    if is_received(so_far, choice.spot) or _was_examined(so_far, choice.spot):
        return False
    if _was_received_by(so_far.scene, choice.spot):
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


def _was_examined(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "the unit examined 7,500 reports", German "hatte 7.500 Meldungen von Hass geprüft"."""
    scene, end = so_far.scene, so_far.noun(spot).last
    looked = [c for c in scene.of_kind("action") if c.key == "assessed" and c.form == "verb"]
    ends = {*COMMAS, ".", ";", ""}
    before = any(c.last == spot.first for c in looked)
    behind = [c for c in looked if 0 <= c.first - end <= EXAMINED_REACH]
    behind = [c for c in behind if scene.low(c.last) in ends and not scene.between(end, c.first)]
    return before or bool(behind)


def goes_on_referring(so_far: SoFar, choice: Choice) -> bool:
    """As in "The police flagged 4,300 items to them. Facebook leads with 1,805 reports".

    They are a part of what was referred, or told of as "such" reports. Complaints that a service
    got are others', and so are those of users.
    """
    scene, context, named = so_far.scene, so_far.context, choice.item_cue
    told = so_far.last.action if so_far.last else context.action
    taker = so_far.last.actor if so_far.last else context.acted
    here = so_far.last is not None or context.figure_paragraph == context.paragraph
    if told != "referred" or taker not in ("government", "europol") or not here:
        return False
    if named is None or named.implies != "reported" or scene.has(scene.words.complainants):
        return False
    if scene.low(named.first - 1) in scene.words.such:
        return True
    whole = max((value for value, _ in context.recent), default=0.0)
    part = 0 < (choice.spot.thing.value or 0.0) < whole
    return part and not is_received(so_far, choice.spot) and not _came_in(so_far, choice.spot)


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
    told = so_far.context.actor != "platform"
    return told and any(scene.low(c.first - 1) in scene.words.they for c in acts)


def _is_of_the_test(so_far: SoFar, choice: Choice) -> bool:
    """As in "Researchers reported 714 posts. ... Facebook removed 14 of 129": a part of these."""
    tested = so_far.context.tested
    amount = choice.spot.thing
    part = amount.measure == "share" or (amount.value or 0.0) < tested
    return choice.action == "reported" and tested > 0 and part


def _it_had_done(so_far: SoFar, aim: Target, action: Cue | None) -> bool:
    """As in "It now has 400 links a week removed", in a text on an authority or on researchers."""
    scene = so_far.scene
    had = agents.had_done(scene, aim, action) if action else None
    if had is None or so_far.context.actor == "platform":
        return False
    subjects = [c for c in scene.cues if c.kind in ("platform", "actor") and c.last <= had]
    it = bool(subjects) and subjects[-1].key == "it" and subjects[-1].last - subjects[-1].first == 1
    return it or (not subjects and any(scene.low(i) in scene.words.they for i in range(had)))


def _authority(so_far: SoFar, key: str) -> str:
    """Police are Europol's where the document has named Europol, else those of a state."""
    if key != "police":
        return key
    return "europol" if so_far.context.europol else "government"


def _was_asked(so_far: SoFar, choice: Choice) -> bool:
    """As in "270,000 pieces were removed at its request": nobody else is said to have done it."""
    scene = so_far.scene
    asked = choice.spot.thing.measure == "share" and choice.item == "requests"  # share of those
    if choice.spot.thing.measure == "duration" or asked or choice.action not in ANSWERS:
        return False
    found, spot = scene.find(scene.words.at_request), choice.spot
    if spot.thing.measure == "share":  # "1% were at the request of states, and 75% were unseen"
        found = [f for f in found if not _parted(scene, spot, f)]
    inside = range(spot.last, so_far.noun(spot).last)  # "50 Twitter accounts were closed at the"
    placed = (c.first in inside or is_tied(scene, c) for c in scene.services())
    return bool(found) and all(placed)


def _parted(scene: Scene, spot: Spot[Amount], words: Found[bool]) -> bool:
    """Say whether another number stands between a number and some words, or in front of both."""
    first = spot.last if spot.last <= words.first else 0
    return scene.between(first, max(words.first, spot.first)) > 0


def _asking(so_far: SoFar) -> str:
    """Return the authority of the sentence, or of the text before it; empty where there is none."""
    keys = [c.key for c in so_far.scene.of_kind("actor") if c.key != "researcher"]
    if keys:
        return _authority(so_far, keys[0])
    told = so_far.context.actor
    return told if told in ("government", "europol") else ""


def actor_of(so_far: SoFar, aim: Target, choice: Choice) -> tuple[str, Cue | None]:
    """Return who acted, and the words that say so where there are any."""
    if so_far.accepted and _restates_the_last(so_far, choice):
        return so_far.accepted[-1].mention.actor, None
    said, cue = _said_actor(so_far, aim, choice)
    listed = "" if said else _of_the_list(so_far, choice)
    return (said or listed, cue) if said or listed else _actor_told_of(so_far, aim, choice)


def _restates_the_last(so_far: SoFar, choice: Choice) -> bool:
    """As in "and these removed 1,307, that is, 49.2 percent": the same again as a share."""
    before, spot = so_far.accepted[-1], choice.spot
    share = spot.thing.measure == "share" != before.mention.measure
    same = before.mention.action == choice.action and so_far.noun(spot).bare
    beside = so_far.scene.in_brackets(spot) and spot.first == before.noun.last + 1  # "180 (84%)"
    return share and same and (beside or restates(so_far.scene, before.noun.last, spot.first))


def _of_the_list(so_far: SoFar, choice: Choice) -> str:
    """As in "the ministry had it block 94 channels, 19 accounts and 747 links": one act, one agent.

    A service that is named by one of them may be who did it there.
    """
    if not so_far.accepted or so_far.scene.words.verb_final:
        return ""
    before, noun = so_far.accepted[-1], so_far.noun(choice.spot)
    same = choice.action_cue in (None, before.act) and before.mention.action == choice.action
    own = (noun.item is not None and choice.action_cue is not None) or noun.bare
    between = range(before.noun.last, choice.spot.first)
    named = any(c.first in between for c in so_far.scene.services())
    return before.mention.actor if same and own and not named else ""


def _said_actor(so_far: SoFar, aim: Target, choice: Choice) -> tuple[str, Cue | None]:
    """Return who acted by the words of the sentence, empty where they do not say."""
    scene, action = so_far.scene, choice.action_cue
    if choice.actor:
        return choice.actor, None
    asked = choice.item_cue is not None and choice.item_cue.implies in AUTHORITY_ACTS
    if choice.action == "found_proactively" or (choice.action == "actioned" and asked):
        return "platform", None  # "63%, the court says, before any report": a find is a service's
    told = agents.came_from_services(scene, aim.noun_end) or _users_complain(so_far, choice)
    if choice.action == "reported" and told:
        return "platform", None
    cut_off = choice.item == "websites" and choice.action == "blocked"  # by providers, told to
    asked = choice.action in AUTHORITY_ACTS  # "hosted by 13 providers, were referred by Europol"
    if action and not (cut_off or asked) and agents.services_act(scene, action):
        return "platform", None
    if _by_own_rules(scene, choice):
        return "platform", None
    asking = _asking(so_far) if _was_asked(so_far, choice) else ""
    if asking:
        return asking, None
    cue = agents.actor_of(scene, aim, action) or _received_by(so_far, choice)
    if cue and cue.key == "researcher" and (choice.action == "ordered" or cut_off):
        return "government", None  # "88 court orders against journalists"
    if cue and not _answered(so_far, choice, cue):
        return _authority(so_far, cue.key), cue
    if _is_of_the_test(so_far, choice):
        return "researcher", None
    answers = choice.spot.thing.measure == "share" and choice.item == "requests"
    they = choice.action in COMMON_ACTS and _they_act(so_far)
    they = they and not (answers and choice.action == "assessed")  # "They reviewed 81% of them"
    they = they or _it_had_done(so_far, aim, action)
    return (so_far.context.actor if they else "", None)


def _users_complain(so_far: SoFar, choice: Choice) -> bool:
    """As in "users lodged 754,629 complaints", whoever the text is about: with the services."""
    scene, first = so_far.scene, choice.spot.first
    users = (c for c in scene.of_kind("refusal") if c.key == AUDIENCE)
    told = any(0 < first - c.last <= OBJECT for c in users)
    return told and choice.item == "requests" and not scene.of_kind("actor")


def _by_own_rules(scene: Scene, choice: Choice) -> bool:
    """As in "89 requests led to the withholding of 79 accounts", which only a service does.

    So is "13 million accounts were deactivated for violating its rules", where nobody is named.
    """
    action = choice.action_cue
    if action and scene.words.by_services.at(scene.tokens, action.first):
        return True
    unnamed = choice.action in OWN_ACTS and not scene.of_kind("actor")
    return unnamed and scene.has(scene.words.own_rules)


def _actor_told_of(so_far: SoFar, aim: Target, choice: Choice) -> tuple[str, Cue | None]:
    """Return who acted by what the text told before."""
    scene, context, action = so_far.scene, so_far.context, choice.action_cue
    before = so_far.last.action if so_far.last else context.action
    told = so_far.last.actor if so_far.last else context.actor
    named = scene.services()
    alike = so_far.last is not None and so_far.last.action == choice.action
    if action is None and alike and told == "platform" and named:
        return told, None  # "Facebook blocked 12,000 accounts, Twitter 307": the act of the first
    web = choice.item == "websites" and told == "government"  # "In January it blocked 974 sites"
    if (
        choice.action == "blocked"
        and context.states_block
        and (web or not _is_subject(scene, action))
    ):
        return "government", None
    taker = so_far.last.actor if so_far.last else context.acted
    filed = any(f.last <= choice.spot.first for f in scene.find(scene.words.filed))
    if named and before == choice.action == "reported" and taker == "government" and not filed:
        return taker, None  # "Twitter is far ahead with 531,304 reports": of those the state took
    tied = all(is_tied(scene, c) or _is_label(scene, aim, c, action) for c in named)
    shares = action is None or action.form == "noun" or _has_its_part(scene, action)
    parted = taker == told == "government" and (context.in_table or shares)
    parted = parted and choice.spot.thing.measure == "count"
    same = before == choice.action and (parted if before == "removed" else bool(taker))
    tied = tied or (parted and shares)
    if named and same and tied:
        return told, None  # "1,031 were blocked, 963 on Facebook": by whoever blocked before
    vague = action is not None and action.form == "vague" and tied  # "made up of 222 on Telegram"
    if (named and action and not vague) or choice.action in SERVICE_ACTS:
        return "platform", None
    if choice.action in AUTHORITY_ACTS and scene.of_kind("actor"):
        cue = scene.of_kind("actor")[0]
        return _authority(so_far, cue.key), cue
    if _is_answer(so_far, choice, before):
        return "platform", None
    verb = action is not None and action.kind == "action" and not vague
    share = choice.spot.thing.measure == "share"  # of what was referred
    goes_on = so_far.last is not None or so_far.noun(choice.spot).bare or bool(named) or share
    cut_off = choice.action == "blocked" and not context.services
    answered = before in AUTHORITY_ACTS and choice.item != "websites"  # those states block
    answered = answered and not cut_off
    if verb and choice.action not in COMMON_ACTS and answered and goes_on:
        return "platform", None  # what a service did with what was referred to it
    return _unnamed_actor(so_far, choice, told), None


def _has_its_part(scene: Scene, action: Cue) -> bool:
    """As in "YouTube accounted for 361 of the links": no act of its own."""
    return (
        action.form == "vague" and scene.words.has_part.at(scene.tokens, action.first) is not None
    )


def _is_subject(scene: Scene, action: Cue | None) -> bool:
    """As in "Twitter, for its part, withheld 264 accounts": a service before its act.

    In "532 Twitter accounts were blocked" it only says which ones, in "Facebook saw the highest
    number of blocks" where they were.
    """
    things, counted = scene.of_kind("item"), {s.last for s in scene.counted}
    named = [
        c
        for c in scene.of_kind("platform")
        if c.first not in counted  # "5 Google Drive files"
        and not any(t.first <= c.last <= t.last for t in things)  # Turkish "7.000 Twitter hesabı"
    ]
    named = [c for c in named if scene.words.has_part.at(scene.tokens, c.last) is None]
    named = [c for c in named if scene.words.received.at(scene.tokens, c.last) is None]
    subjects = (c for c in named if not is_tied(scene, c) or agents.acts_in_clause(scene, c))
    verb_first = "" in scene.words.by  # Arabic "حجب تلغرام", Indonesian "diblokir Facebook"
    return any(
        c.last <= action.first or (verb_first and c.first == action.last)
        for c in subjects
        if action
    )


def _received_by(so_far: SoFar, choice: Choice) -> Cue | None:
    """As in "1,972 reports that the tribunal received", "reports received by the police: 1,972"."""
    scene, last = so_far.scene, so_far.noun(choice.spot).last
    if choice.action != "reported" or scene.low(last) in COMMAS:
        return None
    for found in scene.find(scene.words.received):
        taker = agents.behind_by(scene, found.last)
        if taker and found.first <= choice.spot.first + RECEIVED_REACH:
            return taker
        agents_ = [c for c in scene.of_kind("actor") if last <= c.first and c.last <= found.first]
        opened = agents_ and any(
            scene.low(i) in scene.words.that for i in range(last, agents_[0].first)
        )
        if opened and not scene.between(last, found.first):
            return agents_[0]
    return None


def _is_answer(so_far: SoFar, choice: Choice, before: str) -> bool:
    """As in "62.5% of the content notified was removed": what became of what others reported."""
    if choice.spot.thing.measure != "share":
        return False
    if choice.action == "assessed" and choice.item == "requests":
        return True
    asked = ("reported", *AUTHORITY_ACTS)
    told = before in (*asked, "assessed") or any(
        c.key in asked for c in so_far.scene.of_kind("action")
    )
    return choice.action in ANSWERS and choice.item != "websites" and told


def _is_label(scene: Scene, aim: Target, service: Cue, action: Cue | None) -> bool:
    """As in a row "Google and YouTube: 41,568", under "Items blocked": where, and not by whom."""
    colons = [i for i in range(service.last, aim.spot.first) if scene.low(i) == ":"]
    names = {i for c in scene.of_kind("platform") for i in range(c.first, c.last)}
    joints = scene.inside(scene.words.joined)
    other = (i for i in range(colons[0] if colons else 0) if i not in names)
    only = all(i in joints or scene.low(i) in ("(", ")", ",") for i in other)
    return bool(colons) and only and (action is None or action.first >= aim.spot.last)


def _told_by_authority(scene: Scene) -> bool:
    """As in "48,000 pages were blocked, the regulator said", where no service is named."""
    if scene.of_kind("platform") or several_services(scene):
        return False
    says = sorted(scene.inside(scene.words.says))
    return any(
        cue.key in ("government", "police")
        and any(
            0 <= right - left <= SAID_REACH and not scene.between(left, right)
            for i in says
            for left, right in ((cue.last, i), (i + 1, cue.first))
        )
        for cue in scene.of_kind("actor")
    )


def _unnamed_actor(so_far: SoFar, choice: Choice, told: str) -> str:
    """Return who acted where no words near an act say so; `told` is who acted before."""
    context, action = so_far.context, choice.action_cue
    known = context.platforms not in ((), SEVERAL)
    if not (known or context.services) and _told_by_authority(so_far.scene):
        return "government"
    if choice.item == "websites" and choice.action == "blocked" and not known:
        return "government"  # cut off for a country
    if context.led and not known and _is_of_its_work(so_far, choice):
        return "europol" if context.europol else "government"
    if not so_far.last and context.going_on and choice.action in (*ANSWERS, "assessed"):
        told = context.acted or told  # an authority named since need not have done it
    if told == "researcher" and choice.action in ANSWERS:
        return "platform"
    if choice.action in SENT_BY_USERS and context.action in AUTHORITY_ACTS and known:
        return told if context.led else "platform"  # "Orders received: 12", "Notices received: 48"
    return "platform" if action and known else told


def _is_of_its_work(so_far: SoFar, choice: Choice) -> bool:
    """As in "It was set up in 2010. By March 2014, 26,000 pieces had been removed": by the unit."""
    scene = so_far.scene
    asked = any(c.key in AUTHORITY_ACTS for c in (*scene.of_kind("action"), *scene.of_kind("item")))
    counted = choice.spot.thing.measure == "count" and choice.action in TAKEN_DOWN
    return counted and not (asked or scene.services() or so_far.last)


def _answered(so_far: SoFar, choice: Choice, actor: Cue) -> bool:
    """As in "Europol flagged 2,068 items, 1,700 of which were removed": by the services."""
    if not so_far.accepted or choice.action not in ANSWERS:
        return False
    figure, scene = so_far.accepted[-1], so_far.scene
    if _goes_on_acting(scene, choice.action_cue, choice.spot):
        return False
    by = scene.low(actor.first - 1) in scene.words.by - {""}  # "of 7,240 items referred by Europol"
    told = actor.last <= (choice.spot if by else figure.spot).first
    return figure.mention.action in AUTHORITY_ACTS and told


def _goes_on_acting(scene: Scene, act: Cue | None, spot: Spot[Amount]) -> bool:
    """As in Portuguese "o TSE mandou remover 354 posts e suspendeu 701 URLs": two verbs of one."""
    if act is None or act.form != "verb" or not 0 <= spot.first - act.last <= 1:
        return False
    return scene.words.joined.ending(scene.tokens, act.first) is not None


def acts_in_passing(so_far: SoFar, choice: Choice) -> bool:
    """Say whether an agent is named behind "by", and so acts in its own sentence only."""
    aim = target(choice.spot, so_far.noun(choice.spot))
    cue = agents.actor_of(so_far.scene, aim, choice.action_cue)
    return cue is not None and so_far.scene.low(cue.first - 1) in so_far.scene.words.by - {""}
