"""What was done: the act that an amount belongs to."""

from collections.abc import Mapping, Sequence

from analysis.model.readings import Amount
from analysis.reading.prose.figures.choice import COMMON_ACTS, CONTESTED
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.nouns import Noun
from analysis.reading.prose.figures.roles import FAR, Target, is_aside, tells_of_a_part
from analysis.reading.prose.figures.scene import CLAUSE_COST, COMMAS, Scene, Spot
from analysis.reading.prose.figures.wholes import (
    becomes_of_a_part,
    divides,
    is_apposed,
    is_divided,
    is_done_to,
    is_in_a_whole,
)

ASKED = ("referred", "ordered")
NOT_DONE_TO_REQUESTS = ("reported", "removed", "blocked", "suspended", "restricted", "labelled")
DOUBT = 20
JOINED_REACH = 4  # tokens between verbs, as in "borraron o señalaron con una advertencia"
JOINED_ACTS: Mapping[frozenset[str], str] = {
    frozenset(("removed", "labelled")): "actioned",
    frozenset(("removed", "actioned")): "actioned",  # "taken down or otherwise acted upon"
    frozenset(("removed", "reported")): "actioned",  # "supprimé ou signalé": marked with a warning
    frozenset(("removed", "restricted")): "actioned",
    frozenset(("suspended", "restricted")): "actioned",
    frozenset(("removed", "blocked")): "actioned",
    frozenset(("ordered", "removed")): "ordered",  # "ordered them to block or remove"
    frozenset(("ordered", "blocked")): "ordered",
    frozenset(("referred", "removed")): "referred",
    frozenset(("referred", "blocked")): "referred",
}
DONE_TO_REPORTED = ("removed", "suspended", "blocked", "restricted", "labelled")
GOING_ON = 7  # tokens between what users did and what came of it
WARNED_OF = frozenset(("actioned", "labelled"))
ASKED_REACH = 4  # tokens between an act that was asked for and a number that is not its object
NOMINAL = 4  # a noun for an act, as in "removals rose to", ranks behind a verb as near
INSIDE = 9  # cost of an act inside the noun of what it divides
ADJACENT = 2
SHARE_REACH, COUNT_REACH = 16, 4  # cost up to which an act goes before the noun of a number
PASSIVE_REACH = 2
BRACKETED = 6  # tokens of a number in brackets behind another
COUNTED_REACH = 2  # words between a number and its noun: "571 content reports"
PREDICATE = 2  # tokens from a number to what it is said to be: "309 were ban appeals"
OWN_CLAUSE = 3  # words of a relative clause that has a verb of its own
LIST_REACH = 5  # tokens between two numbers of a list

TAKEN = ("removed", "suspended", "blocked", "restricted")
GIVEN_BACK = 4  # tokens between a removal and what undid it: "removed but later reinstated"
Ranked = tuple[int, int, Cue]  # an act with its cost and its place


def _action_cost(scene: Scene, aim: Target, cue: Cue) -> int:
    first, last = aim.spot.first, _behind_brackets(scene, aim.noun_end)
    passive = scene.low(last) in scene.words.verbs_behind
    if cue.first >= first and cue.last <= aim.noun_end:
        part = scene.words.part_of.at(scene.tokens, aim.spot.last) is not None
        told = cue.key in COMMON_ACTS and (part or passive)  # "114 of the reported posts"
        if cue.key not in CONTESTED and _was_undone(scene, last):
            return FAR  # "6,103 banned accounts, which ..., were reinstated"
        told = told or (aim.spot.thing.measure == "share" and not _is_the_whole(scene, aim, cue))
        return INSIDE if told else 0
    if cue.last == first and is_in_a_whole(scene, cue):
        return -1
    if cue.last <= first:
        ends = {",", "،", ";", "؛"} | (scene.words.soft if scene.words.verb_final else frozenset())
        apart = passive or scene.words.verb_final
        apart = apart and any(scene.low(i) in ends for i in range(cue.last, first))
        crossed = 7 * scene.between(cue.last, first) if scene.words.verb_final else 0
        if is_aside(scene, cue.last, first):
            return 1
        return scene.distance(cue.last, first) + crossed + (1 + FAR // 2 if apart else 1)
    if cue.first < first:
        return 1
    if _is_subject_of(scene, aim, cue):
        return 0
    last = _behind_clause(scene, last, cue)
    crossed = scene.between(last, list_end(scene, last, cue.first))
    said_again = sum(is_apposed(scene, s) for s in scene.counted if last <= s.first < cue.first)
    crossed = scene.between(last, cue.first) - crossed - said_again
    crossed = 0 if _gapped(scene, last, cue) else max(0, crossed)
    subject = 0 if cue.first == last else 2
    foreign = 2 * FAR if crossed and not _in_one_clause(scene, aim) else 0
    foreign += 2 * FAR * tells_of_a_part(scene, last, cue.first)
    foreign += FAR * (_acts_on_the_next(scene, aim, last, cue) or _was_given_back(scene, cue))
    opened = scene.low(last) in scene.words.that & scene.words.clause and not crossed
    near = CLAUSE_COST * opened  # "posts that Meta says it removed": a clause on the number's noun
    return scene.distance(last, cue.first) - near + subject + 7 * crossed + foreign


def _is_the_whole(scene: Scene, aim: Target, act: Cue) -> bool:
    """As in "what it removed was 1% of all clips uploaded": no verb is left for a part of them."""
    verbs = (c for c in scene.of_kind("action") if c.form == "verb" and c.first >= aim.noun_end)
    return act.key == "prevalence" and not any(
        not scene.between(aim.noun_end, c.first) for c in verbs
    )


def _behind_brackets(scene: Scene, index: int) -> int:
    """Return where a sentence goes on: "a fifth of these (54,644) were removed"."""
    if scene.low(index) != "(":
        return index
    closed = (i for i in range(index, index + BRACKETED) if scene.low(i) == ")")
    return next(closed, index - 1) + 1


def _behind_clause(scene: Scene, last: int, act: Cue) -> int:
    """Return where the sentence goes on: "9,000 images, which 30,000 people saw, were removed"."""
    if scene.low(last) not in COMMAS or scene.low(last + 1) not in scene.words.relative:
        return last
    commas = [i for i in range(last + 1, act.first) if scene.low(i) in COMMAS]
    goes_on = bool(commas) and scene.low(commas[-1] + 1) in scene.words.verbs_behind
    return commas[-1] + 1 if goes_on else last


def _acts_on_the_next(scene: Scene, aim: Target, last: int, act: Cue) -> bool:
    """As in "removed 790 groups and 1,500 ads, blocked 300 hashtags": a verb and its own object."""
    if act.kind != "action" or act.form != "verb" or scene.words.verb_final:
        return False
    parted = [scene.low(i) for i in range(last, act.first)]
    object_ = any(0 <= s.first - act.last <= 1 for s in scene.counted)
    governed = any(c.form == "verb" and c.last <= aim.spot.first for c in scene.of_kind("action"))
    joint = scene.words.joined.ending(scene.tokens, act.first)
    linked = governed and joint is not None and joint.first > last
    return object_ and (linked or not {",", ";"}.isdisjoint(parted))


def _is_subject_of(scene: Scene, aim: Target, act: Cue) -> bool:
    """As in "reviewed 81% of them, and 72% of the posts deemed hateful were removed".

    The number opens a clause of its own, which ends in its verb. A clause on its noun has another.
    """
    be = scene.words.verbs_behind
    joined = aim.spot.first - 1 in scene.inside(scene.words.joined)
    joined = joined or scene.low(aim.spot.first - 1) in (*scene.words.clause, *COMMAS)
    helped = scene.low(act.first - 1) in be and act.form == "verb"
    if not (joined and helped) or scene.between(aim.noun_end, act.first):
        return False
    gap = [scene.low(i) for i in range(aim.noun_end, act.first)]
    opened = [i for i, low in enumerate(gap) if low in scene.words.that]
    told = sum(not _has_verb_of_its_own(scene, gap[i + 1 :]) for i in opened)
    closed = any(low in COMMAS or low in (";", ":") or low in scene.words.soft for low in gap)
    return not closed and sum(low in be for low in gap) > told


def _has_verb_of_its_own(scene: Scene, clause: Sequence[str]) -> bool:
    """As in "eight profiles that posted fake news were blocked", before the "were"."""
    be = (i for i, low in enumerate(clause) if low in scene.words.verbs_behind)
    return next(be, 0) >= OWN_CLAUSE


def _gapped(scene: Scene, last: int, verb: Cue) -> bool:
    """As in Turkish "TikTok closed 890, X 41", where the one verb stands at the end for both."""
    if not scene.words.verb_final or verb.form != "verb":
        return False
    others = (c for c in scene.of_kind("action") if c.form != "trait" and c != verb)
    parted = any(scene.low(i) in (";", "؛", ":") for i in range(last, verb.first))
    return not parted and not any(last <= c.first < verb.first for c in others)


def list_end(scene: Scene, first: int, last: int) -> int:
    """Return where a list ends that goes on behind an amount: "115 accounts, 8 pages and 2 groups".

    Its numbers share the verb behind the last of them.
    """
    end, joints = first, scene.inside(scene.words.joined)
    for spot in (s for s in scene.counted if first <= s.first < last):
        joint = spot.first - 1 in joints or scene.low(spot.first - 1) in (",", "،")
        if spot.first - end > LIST_REACH or not joint:
            break
        end = spot.last
    return end


def _in_one_clause(scene: Scene, aim: Target) -> bool:
    """Say whether the next number stands in the same clause, and so may share the verb."""
    after = next(s.first for s in scene.counted if s.first >= aim.noun_end)
    gap = {scene.low(i) for i in range(aim.noun_end, after)}
    return gap.isdisjoint(scene.words.relative | scene.words.whom | {";"})


def _doubt(scene: Scene, cue: Cue, aim: Target) -> int:
    """Words that leave the act open step back behind any that name one, if not the number's own."""
    if cue.kind == "item":
        return NOMINAL
    acts, share = scene.of_kind("action"), aim.spot.thing.measure == "share"
    behind = share and 0 <= cue.first - aim.noun_end <= PASSIVE_REACH  # "90% are reviewed"
    own = cue.key == "assessed" and (0 <= aim.spot.first - cue.last <= 1 or behind)
    if own and not any(c.key == "referred" and _same_number(scene, aim, c) for c in acts):
        return 0  # "reviewed 1.4 million posts and removed 90,000"
    return DOUBT if cue.form == "vague" or cue.key == "assessed" else 0


def _same_number(scene: Scene, aim: Target, act: Cue) -> bool:
    """Say whether no other number stands in front of an act: "and 3,100 of them were referred".

    Numbers of what is never acted on do not count: "on 180 platforms and passed some on".
    """
    others = {c.first for c in scene.of_kind("refusal")}
    between = (s for s in scene.counted if aim.noun_end <= s.first < act.first)
    return all(s.last in others for s in between)


def action_of(scene: Scene, aim: Target, noun: Noun) -> Cue | None:
    """Return the act nearest to an amount; a noun that names an act itself goes first."""
    divided = is_divided(scene, aim.spot)
    if divided and noun.item and noun.item.implies:
        return noun.item  # "acted on 61,200 of the 7.4 million reports"
    acts = _acts_of(scene, aim, noun)
    if divided:
        acts = [c for c in acts if c.first >= aim.noun_end] or acts
    acts = _with_nouns(scene, aim, noun, acts)
    ranked = sorted((_action_cost(scene, aim, c) + _doubt(scene, c, aim), c.first, c) for c in acts)
    ranked = _done_to_a_part(scene, aim, ranked, divided=divided)
    nearest = ranked[0][2] if ranked else None
    if nearest and (
        _only_says_which(scene, aim, nearest)
        or _described_another(scene, aim, nearest)
        or _describes_an_object(scene, nearest)
    ):
        ranked = [r for r in ranked if _governs_from_before(scene, aim, r[2])] or ranked
    best = ranked[0] if ranked and ranked[0][0] <= FAR + DOUBT else None
    if best is None:
        return noun.item if noun.item and noun.item.implies else None
    cost, _, act = best
    if noun.item and _contests(scene, aim, noun, act):
        return act
    return noun.item if _noun_says(scene, aim, noun, act, cost) else act


def _acts_of(scene: Scene, aim: Target, noun: Noun) -> list[Cue]:
    """Return the acts of a sentence that can be those of an amount."""
    share = aim.spot.thing.measure == "share"
    acts = scene.of_kind("action")
    verbs = [c for c in acts if c.form != "trait" and prevails(scene, aim.spot, c)]
    if noun.item and noun.item.key == "requests":
        verbs = [c for c in verbs if c.form != "gone"]  # "eight notices have gone out"
    traits = [
        c for c in acts if share and c.form == "trait"
    ]  # "6.7 million taken down by machines"
    verbs = [c for c in verbs if not any(t.first <= c.first < t.last for t in traits)]
    verbs = [c for c in verbs if not _ends_a_trait(scene, c)]
    verbs = [c for c in verbs if not _is_counted_before(scene, aim, c)]
    verbs = [c for c in verbs if not _is_asked_for(scene, aim, c)]
    verbs = [c for c in verbs if not (_is_what_they_ask(scene, noun, c) or _is_why(scene, c))]
    verbs = [c for c in verbs if not (noun.bare and _is_said_of_another(scene, aim, c))]
    verbs = [c for c in verbs if not _answers_a_part(scene, noun, c)]
    denied = [c for c in verbs if scene.words.undone.ending(scene.tokens, c.first)]
    verbs = [c for c in verbs if c not in denied] or verbs  # "reviewed but may not have been acted"
    verbs = [c for c in verbs if not _is_denied_aside(scene, aim, c)] or verbs
    wholes = [c for c in verbs if c.last < aim.spot.first and is_in_a_whole(scene, c)]
    return [c for c in verbs if c not in wholes] or verbs


def _ends_a_trait(scene: Scene, act: Cue) -> bool:
    """As in "Restricted before members reported: 5.4 million": what nobody had done."""
    if act.key not in COMMON_ACTS:
        return False
    traits = (c for c in scene.of_kind("action") if c.form == "trait")
    return any(c.last == act.last and act.first - c.first > 1 for c in traits)


def _is_denied_aside(scene: Scene, aim: Target, act: Cue) -> bool:
    """As in "Facebook removed 4,512 items (not removed: 820), Twitter 5,110": of the 820 alone."""
    denied = scene.low(act.first - 1) in scene.words.negated and scene.low(act.last) == ":"
    return denied and aim.spot.first != act.last + 1


def _with_nouns(scene: Scene, aim: Target, noun: Noun, verbs: list[Cue]) -> list[Cue]:
    """Return the acts with the nouns that name one, and without verbs inside such a noun."""
    named = [c for c in scene.of_kind("item") if c.implies and not c.form]
    named = [i for i in named if i == noun.item or not _is_part_of_one(i, verbs)]
    named = [i for i in named if i == noun.item or not _is_why(scene, i)]
    named = [i for i in named if not (noun.bare and _is_said_of_another(scene, aim, i))]
    asks = noun.item is not None and bool(noun.item.implies)
    counted = {s.last for s in scene.counted if asks}  # "12 orders and 8,910 notices": no verb
    nouns = [
        c
        for c in scene.of_kind("item")
        if c == noun.item or c in named or (c.implies and c.first in counted)
    ]
    verbs = [c for c in verbs if not any(_is_in_noun(scene, c, i) for i in nouns)]
    return verbs + [c for c in named if c != noun.item]


def _is_counted_before(scene: Scene, aim: Target, act: Cue) -> bool:
    """As in "there were 571 content reports; 60 items were ...": what another number counts."""
    nouns = [
        c for c in scene.of_kind("item") if c.implies and (c.first, c.last) == (act.first, act.last)
    ]
    parted = act.last <= aim.spot.first and scene.low(act.last) in (";", ".")
    before = range(act.first - COUNTED_REACH, act.first + 1)
    return bool(nouns) and parted and any(s.last in before for s in scene.counted)


def _is_said_of_another(scene: Scene, aim: Target, words: Cue) -> bool:
    """As in "121 were about support, 309 were appeals against a ban": of the 309 alone."""
    others = [s.last for s in scene.counted if s.first != aim.spot.first]
    others = [e for e in others if scene.low(e) in scene.words.copula | scene.words.place_in]
    said = [
        c
        for c in (*scene.of_kind("action"), *scene.of_kind("item"))
        if "appealed" in (c.key, c.implies) and any(0 <= c.first - e <= PREDICATE for e in others)
    ]
    return any(c.first <= words.first and not scene.between(c.last, words.first) for c in said)


def _is_why(scene: Scene, words: Cue) -> bool:
    """As in "2,101 following user reports": what led to the act, which is told elsewhere."""
    at = range(max(0, words.first - 1), words.first + 1)  # "reports", "user reports"
    return any(scene.words.causes.ending(scene.tokens, i) for i in at)


def _is_in_noun(scene: Scene, act: Cue, noun: Cue) -> bool:
    """Say whether an act is part of a noun; "active accounts are fake" goes on behind it.

    So does a verb at the end of its clause, of which the noun took the first word.
    """
    goes_on = act.last > noun.last and (act.key == "prevalence" or scene.words.verb_final)
    return noun.first <= act.first < noun.last and not goes_on


def _done_to_a_part(
    scene: Scene, aim: Target, ranked: list[Ranked], *, divided: bool
) -> list[Ranked]:
    """Return the ranked acts without those told of a whole, where one is told of its part."""
    contested = [c for c in scene.of_kind("action") if c.key in CONTESTED]
    ranked = [r for r in ranked if not _is_object(scene, r[2], contested)] or ranked
    share = aim.spot.thing.measure == "share"
    clause = PASSIVE_REACH * (scene.low(aim.noun_end) in scene.words.that)  # "that were reported"
    inside = bool(ranked) and aim.spot.last <= ranked[0][2].first <= aim.noun_end + clause
    inside = inside and (clause > 0 or ranked[0][2].first < aim.noun_end)
    inside = inside and not divided  # "3 of the 78 accounts that users flagged were removed"
    if ranked and (share or inside) and divides(scene, aim, ranked[0][2]):
        ranked = [r for r in ranked if is_done_to(scene, aim, r[2])] or ranked
    return [r for r in ranked if becomes_of_a_part(scene, aim, r[2])] or ranked


def _noun_says(scene: Scene, aim: Target, noun: Noun, act: Cue, cost: int) -> bool:
    """Say whether the noun of an amount names its act, and not the act that is nearest."""
    if noun.item is None or not noun.item.implies:
        return False
    share = aim.spot.thing.measure == "share"
    asked = noun.item.implies in ASKED  # "handed in 40 removal requests"
    direct = cost <= ADJACENT and act.kind == "action"
    direct = direct and not (asked and act.key in NOT_DONE_TO_REQUESTS)
    led = max((s.last for s in scene.counted if s.last <= aim.spot.first), default=0)
    part = scene.words.part_of.at(scene.tokens, aim.spot.last)  # Spanish "atendió 212 de las 340"
    came = [f for f in scene.find(scene.words.received) if led <= f.first < aim.spot.first]
    got = came and not (part and direct)
    sure = noun.item.form != "weak" and not (share or direct)
    sure = sure or (not share and bool(got))
    # "Government reports made up 2 percent of suspensions": the subject is not what was done.
    subject = share and act.kind == "item" and act.last <= aim.spot.first
    return sure or subject or cost > (SHARE_REACH if share else COUNT_REACH)


def _contests(scene: Scene, aim: Target, noun: Noun, act: Cue) -> bool:
    """As in "1,204 decisions were appealed", "complaints were made against decisions".

    The second holds where no other number is counted in the sentence.
    """
    if act.key not in CONTESTED:
        return False
    complaints = noun.item is not None and noun.item.implies == "reported"
    alone = complaints and all(s == aim.spot for s in scene.counted)
    appealed = act.kind == "action" and act.key == "appealed" and alone
    said = complaints and scene.low(noun.last) in scene.words.relative and act.key == "appealed"
    said = said and 0 < act.first - noun.last <= PREDICATE
    return appealed or said or _is_its_verb(scene, noun, act)


def _is_its_verb(scene: Scene, noun: Noun, act: Cue) -> bool:
    """Say whether a verb stands right behind a noun, not in "received 400 appeals and restored"."""
    gap = [scene.low(i) for i in range(noun.last, act.first)]
    return act.first >= noun.last and len(gap) <= PASSIVE_REACH and scene.words.soft.isdisjoint(gap)


def _is_asked_for(scene: Scene, aim: Target, act: Cue) -> bool:
    """As in "45 requests to remove content, of which India made 30": only what was asked."""
    if act.last > aim.spot.first - ASKED_REACH or not _is_infinitive(scene, act):
        return False
    asked = [c for c in scene.of_kind("item") if c.implies in ASKED and c.last < act.first]
    if not asked or scene.between(asked[-1].last, act.first):
        return False
    parted = any(scene.low(i) in COMMAS for i in range(asked[-1].last, act.first))
    return not parted and any(s.last <= asked[-1].first for s in scene.counted)


def _is_what_they_ask(scene: Scene, noun: Noun, act: Cue) -> bool:
    """As in "73 percent of legal requests to Twitter for withholding content": only asked for."""
    if noun.item is None or noun.item.implies not in ASKED or act.first <= noun.last:
        return False
    named = scene.named()
    gap = [scene.low(i) for i in range(noun.last, act.first) if i not in named]
    return bool(named and gap) and set(gap) <= scene.words.asking


def _answers_a_part(scene: Scene, noun: Noun, act: Cue) -> bool:
    """As in German "Den 480 Ersuchen kam X in 361 Fällen nach": done with the number inside it."""
    asked = noun.item is not None and noun.item.implies in ASKED and act.first >= noun.last
    return asked and any(act.first < s.first < act.last for s in scene.counted)


def _is_infinitive(scene: Scene, act: Cue) -> bool:
    """As in "to take down or restrict": each of the two."""
    acts = scene.of_kind("action")
    before = [c for c in acts if c.last == act.first - 1] if act.first else []
    joined = scene.low(act.first - 1) in scene.words.soft and bool(before)
    first = before[-1].first if joined else act.first
    return scene.low(first - 1) in scene.words.to


def _is_part_of_one(named: Cue, verbs: Sequence[Cue]) -> bool:
    """As in German "die Löschung angeordnet": the noun of an act that another is done to."""
    return any(c.first <= named.first and named.last < c.last for c in verbs)


def _only_says_which(scene: Scene, aim: Target, act: Cue) -> bool:
    """As in "removed 40 accounts and 3 posts that users had flagged", "3 posts flagged by users".

    What is said on the noun only describes it where a verb before acts on it.
    """
    if act.key not in COMMON_ACTS or act.first < aim.noun_end:
        return False
    if scene.between(aim.noun_end, act.first):
        return False
    behind = act.first == aim.noun_end and scene.low(act.last) in scene.words.by - {""}
    return behind or scene.low(aim.noun_end) in scene.words.that


def _described_another(scene: Scene, aim: Target, act: Cue) -> bool:
    """As in "5 pages reported by users and 6 groups": said on the noun of a number before."""
    if act.key not in COMMON_ACTS or act.last > aim.spot.first:
        return False
    passive = scene.low(act.first - 1) in scene.words.verbs_behind
    if passive and scene.low(act.first - 2) in scene.words.that:
        return True  # "deleted 66,000 posts that were reported, 288,000 a month"
    return scene.low(act.last) in scene.words.by - {""} and not passive


def _describes_an_object(scene: Scene, act: Cue) -> bool:
    """As in "removed the reported posts in 95 percent of cases": said of what a verb acts on.

    Behind its noun too, "a supprimé les vidéos signalées dans 88 % des cas".
    """
    verbs = [c for c in scene.of_kind("action") if c.form == "verb" and c.last <= act.first]
    things = [c for c in scene.of_kind("item") if act.first == c.last or act.last == c.first]
    if act.key not in COMMON_ACTS or not verbs or not things:
        return False
    words = scene.words
    between = set(range(verbs[-1].last, act.first))
    between -= {i for c in things for i in range(c.first, c.last)}
    between -= {i for s in scene.periods for i in range(s.first - 1, s.last)}  # and its "in"
    leading = words.determiners | words.definite | words.articles | words.the
    return verbs[-1].key not in COMMON_ACTS and all(scene.low(i) in leading for i in between)


def _governs_from_before(scene: Scene, aim: Target, act: Cue) -> bool:
    """Say whether an act is a verb in front of an amount, and of moderation alone."""
    return act.last <= aim.spot.first and act.form == "verb" and act.key not in COMMON_ACTS


def prevails(scene: Scene, spot: Spot[Amount], act: Cue) -> bool:
    """Say whether an act can be that of an amount: "of all posts" only right behind a share."""
    if act.key != "prevalence":
        return True
    if spot.thing.measure != "share":
        return False
    if scene.words.part_of.at(scene.tokens, act.first) is None:
        return True
    verbs = (c for c in scene.of_kind("action") if c.form == "verb" and c.key != "prevalence")
    governed = any(0 <= spot.first - c.last <= 1 for c in verbs)  # "removed 6 percent of all posts"
    return spot.last <= act.first <= spot.last + 1 and not governed


def _is_object(scene: Scene, act: Cue, contested: Sequence[Cue]) -> bool:
    """As in "appealed the removal of 1.4 million videos": the removals are what was appealed."""
    if not scene.words.verbs_behind.isdisjoint((scene.low(act.first - 1), scene.low(act.first))):
        return False  # "those challenged were removed", "the appeals were successful"
    near = (c for c in contested if c.last <= act.first <= c.last + 1 and c != act)
    return any(scene.low(act.first - 1) not in scene.words.soft for _ in near)


def joined_act(scene: Scene, action: Cue) -> str:
    """Return the act of a verb, or of two joined by "or": "removed or marked as disturbing"."""
    for other in scene.of_kind("action"):
        left, right = sorted((action, other), key=lambda c: c.first)
        names = {i for c in scene.of_kind("platform") for i in range(c.first, c.last)}
        gap = [scene.tokens[i] for i in range(left.last, right.first) if i not in names]
        near = 0 < len(gap) <= JOINED_REACH and gap[0].low in scene.words.soft
        near = near and all(token.kind == "word" for token in gap)
        near = near and not scene.between(left.last, right.first)  # "70 removed and nine labelled"
        both = frozenset((action.key, other.key))
        if left.last == right.first and both == WARNED_OF:
            return "actioned"  # "borró o señaló" and "con una advertencia"
        if action == left and _goes_on_to(scene, left, right):
            return right.key
        then = left.key == "reported" and scene.words.joined.at(scene.tokens, left.last)
        if near and both in JOINED_ACTS and not then:  # no "the videos reported, and removed 20"
            return JOINED_ACTS[both]
    return action.key


def _goes_on_to(scene: Scene, first: Cue, last: Cue) -> bool:
    """As in "140,000 accounts were reported by other users and removed": what came of them."""
    gap = range(first.last, last.first)
    if first.key != "reported" or last.key not in DONE_TO_REPORTED or len(gap) > GOING_ON:
        return False
    joints = [i for i in gap if scene.low(i) in scene.words.soft]
    helped = range(joints[-1] + 1, last.first) if joints else gap
    plain = all(scene.low(i) in scene.words.verbs_behind for i in helped)
    if not joints or not plain or scene.starting(last.last, "item"):
        return False  # "and never removed", "and removed pages were restored"
    others = any(c.first in gap for c in scene.of_kind("action"))
    inside = others or any(c.kind == "item" and not c.form and c.first in gap for c in scene.cues)
    words = all(scene.tokens[i].kind == "word" or scene.low(i) == "'" for i in gap)
    own = any(0 <= s.first - last.last <= 1 for s in scene.counted)
    return first.form == last.form == "verb" and words and not (inside or own)


def _was_given_back(scene: Scene, act: Cue) -> bool:
    """As in "were initially removed but reinstated after appeals": what counts came last."""
    after = [c for c in scene.of_kind("action") if c.first > act.first and c.form == "verb"]
    if not after or after[0].key != "restored" or act.key not in TAKEN:
        return False
    gap = [scene.low(i) for i in range(act.last, after[0].first)]
    joined = scene.words.soft | scene.words.meanwhile
    return 0 < len(gap) <= GIVEN_BACK and not joined.isdisjoint(gap)


def _was_undone(scene: Scene, index: int) -> bool:
    """Say whether what is counted up to a token was given back, or they who run it appealed.

    As in "6,103 banned accounts were reinstated", "187,000 banned users appealed".
    """
    return any(
        c.form == "verb"
        and c.first >= index
        and not scene.between(index, c.first)
        and (
            (c.key == "restored" and scene.low(c.first - 1) in scene.words.verbs_behind)
            or (c.key == "appealed" and c.first == index)
        )
        for c in scene.of_kind("action")
    )
