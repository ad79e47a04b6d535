"""What a figure leaves unsaid, and takes from its own sentence or from the one before.

"1,987 in September, 1,800 in October", "In May it was 4,000", "98.5 percent on Facebook, 92.2 on
Instagram": the noun, the act or both stand elsewhere.
"""

from collections.abc import Sequence

from analysis.model.readings import Amount, Mention
from analysis.reading.prose.figures.choice import AUTHORITY_ACTS, REQUESTED
from analysis.reading.prose.figures.context import COMPLAINTS
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.nouns import Noun, head
from analysis.reading.prose.figures.roles import (
    compare_at,
    comparisons,
    target,
    tells_of_a_part,
)
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot
from analysis.reading.prose.figures.services import is_tied
from analysis.reading.prose.figures.so_far import SoFar

WHOLE = 100
WHOLE_REACH = 4  # tokens: "Of this year's reports"
SO_REACH = 2  # tokens between "did so" and its number: "did so in 66%"
OPENING = 5  # tokens up to the noun that opens a sentence: "The majority of these requests"
COMPARED = 12  # cost of the words between a share and the number that it is compared with
OBJECT = 2  # tokens between a verb and the number of its object
RESTATED_REACH = 4  # tokens between a noun and "namely": a comma, a particle
BRIEF = 9  # tokens of a sentence that needs no verb; an entry of a list may have twice as many
PLACES = ("platform", "policy", "group", "actor", "place")
FULL_STOPS = (".", "!", "?", "؟", "।")


def borrowed_item(so_far: SoFar, spot: Spot[Amount]) -> Cue | None:
    """Return the noun of a number that has none of its own: a list's, or the one before it."""
    if not so_far.noun(spot).bare:
        return None
    whole = _opening_whole(so_far, spot)
    if whole:
        return whole
    came_in = [c for c in so_far.scene.of_kind("item") if c.implies == "reported"]
    came_in = [c for c in came_in if c.last <= spot.first and is_received(so_far, spot)]
    if came_in:
        return came_in[-1]  # "the centre for such reports received 40,543 of them"
    named = _restated(so_far, spot)
    if named:
        return named
    subject = _subject_item(so_far, spot)
    summed = so_far.scene.words.sums_up.ending(so_far.scene.tokens, spot.first)
    opened = subject.first if subject else 0
    summed = summed or so_far.scene.words.count_of.ending(so_far.scene.tokens, opened)
    shared = None if subject and summed else _shared_item(so_far, spot)
    if shared or subject:
        return shared or subject  # "the number of removed items reached 500, and 12 channels went"
    done = [a for a in so_far.accepted if a.mention.action != "prevalence"]  # "of all uploads"
    told = [item for a in reversed(done) if (item := a.noun.item or a.item)]
    if told:
        return _not_of_the_next(so_far, spot, told)
    scene = so_far.scene
    before = [c for c in scene.of_kind("item") if c.last <= spot.first and c.form != "weak"]
    before += [c for c in scene.of_kind("item") if _is_in_front_of_brackets(scene, c, spot)]
    before = [c for c in before if not _is_subject(so_far, c, spot)]
    before = [c for c in before if scene.low(c.first - 1) not in scene.words.by - {""}]
    told = [c for c in scene.of_kind("item") if c.implies in REQUESTED and c.last <= spot.first]
    opens = bool(told) and not scene.between(0, told[0].first)
    headed = scene.in_brackets(spot) or scene.low(spot.first - 1) == ":"
    if opens and told[0].first <= OPENING and headed:
        return told[0]  # "The majority of these requests came from Turkey (186)"
    if not before:
        return _of_the_refused(so_far, spot)
    counted = [so_far.noun(s).item for s in scene.before(spot)]
    known = [c for c in counted if c in before] or before
    return _of_its_thing(scene, known[-1])


def _is_in_front_of_brackets(scene: Scene, item: Cue, spot: Spot[Amount]) -> bool:
    """As in "the largest number of notifications (1,799)"."""
    asked = item.form == "weak" and item.implies in REQUESTED
    return asked and item.last == spot.first - 1 and scene.in_brackets(spot)


def _of_the_refused(so_far: SoFar, spot: Spot[Amount]) -> Cue | None:
    """As in "Users wrote 22 million reviews; 3% were removed": a share of what stands before it."""
    told = [s for s in so_far.scene.before(spot) if s.first in so_far.refused]
    item = so_far.noun(told[-1]).item if told and spot.thing.measure == "share" else None
    return item if item and not item.implies else None


def _of_its_thing(scene: Scene, item: Cue) -> Cue:
    """As in "YouTube video takedowns numbered 6.7 million": of videos."""
    things = [c for c in scene.of_kind("item") if c.last == item.first and c.form != "weak"]
    return head(scene, things[-1]) if things and item.implies else item


def _not_of_the_next(so_far: SoFar, spot: Spot[Amount], told: Sequence[Cue]) -> Cue:
    """As in "5 posts and 2 channels went in May, 900 and 40 channels in June": the 900 are posts.

    `told` are the things counted before, the last one first.
    """
    scene, behind = so_far.scene, so_far.scene.behind(spot.last)
    beside = so_far.noun(behind[0]).item if behind else None
    if beside is None or any(scene.low(i) == ";" for i in range(spot.last, behind[0].first)):
        return told[0]
    return next((item for item in told if item.key != beside.key), told[0])


def _restated(so_far: SoFar, spot: Spot[Amount]) -> Cue | None:
    """As in "It got far more complaints, namely 250,957": the noun that the number comes to."""
    scene = so_far.scene
    restates = scene.words.restate.ending(scene.tokens, spot.first)
    if restates is None or scene.low(restates.first) == ":":
        return None
    near = range(restates.first - RESTATED_REACH, restates.first)
    items = [c for c in scene.of_kind("item") if c.last - 1 in near]
    return items[-1] if items and not scene.between(items[-1].last, spot.first) else None


def is_complained_about(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "Facebook got complaints about just 1,048 posts": what users said of them."""
    scene, thing = so_far.scene, so_far.noun(spot).item
    before = [c for c in scene.of_kind("item") if c.last <= spot.first]
    if not before or before[-1].implies != "reported" or thing is None or thing.implies:
        return False
    opens = spot.first + (scene.tokens[spot.first].kind == "word")  # "about just 1,048"
    gap = scene.tokens[before[-1].last : opens]
    return 0 < len(gap) <= OBJECT and all(token.kind == "word" for token in gap)


def _opening_whole(so_far: SoFar, spot: Spot[Amount]) -> Cue | None:
    """As in "Among reports about child abuse 45 per cent ended in action": of the reports."""
    scene = so_far.scene
    if scene.low(0) not in scene.words.among:
        return None
    near = (c for c in scene.of_kind("item") if c.first <= WHOLE_REACH and c.last <= spot.first)
    return next(near, None)


def _is_subject(so_far: SoFar, item: Cue, spot: Spot[Amount]) -> bool:
    """As in "The moderators of the channels removed 47 million": those who did it."""
    scene = so_far.scene
    verbs = [c for c in scene.of_kind("action") if c.form == "verb" and c.last == spot.first]
    if not verbs or not so_far.context.item:
        return False
    gap = range(item.last, verbs[0].first)
    agents = any(c.kind in ("platform", "actor") and c.first in gap for c in scene.cues)
    parted = any(scene.low(i) == "," for i in gap) or len(gap) > OBJECT
    return not (agents or parted or scene.between(item.last, spot.first))


def _subject_item(so_far: SoFar, spot: Spot[Amount]) -> Cue | None:
    """As in "the number of comments removed doubled to 500 million": the item is the subject."""
    scene = so_far.scene
    since = so_far.accepted[-1].noun.last if so_far.accepted else 0
    traits = [c for c in scene.of_kind("action") if c.form == "trait"]  # "before users saw it"
    items = [c for c in scene.of_kind("item") if since <= c.first and c.last <= spot.first]
    items = [c for c in items if not any(t.first <= c.first < t.last for t in traits)]
    sums = [c for c in items if scene.low(c.last) in scene.words.count_of_behind]
    if sums and not scene.between(sums[-1].last, spot.first):
        return sums[-1]  # Turkish "hesapların sayısı 437'ye"
    counted = [c for c in items if scene.words.count_of.ending(scene.tokens, c.first)]
    if counted and _ends_with_its_act(scene, counted[-1], spot):
        return head(scene, counted[-1])  # Arabic, in which the verb of it comes first
    if items and so_far.accepted and _ends_with_its_act(scene, items[-1], spot):
        return head(scene, items[-1])  # "the posts removed were 1,200 and the pages closed 40"
    verbs = scene.words.copula | scene.words.verbs_behind
    if counted and scene.low(spot.first - 1) in verbs:
        return head(scene, counted[-1])  # "The number of reports from the public was 2,110"
    sum_ = scene.words.sums_up.ending(scene.tokens, spot.first)
    subject = [c for c in items if sum_ and _ends_in_front_of(scene, c, sum_.first)]
    if subject:
        return head(scene, subject[0])  # "Complaints about posts on Twitter numbered 67,577"
    label = scene.low(spot.first - 1) == ":"  # "Requests for removal of content: 18,420"
    told = bool(items) and {c.implies for c in items} == {"reported"} and items[0].first < OPENING
    label = label or (told and _is_predicate(so_far, spot))
    led = scene.words.to | scene.words.change_to
    led |= frozenset() if so_far.accepted else scene.words.change_from  # "rose from 5 to 9"
    done = any(c.last == spot.first - 1 and c.form == "verb" for c in scene.of_kind("action"))
    reached = scene.low(spot.first - 1) in led and not done  # no Portuguese "atendeu a 62%"
    if not items or not (label or reached):
        return None
    if so_far.accepted and scene.low(items[0].last) in COMMAS:
        return None  # "suspended 376,890 for violations, bringing the total to 636,248"
    counts = (s for s in scene.counted if s.thing.measure != "ratio")  # "went up 24-fold, from 5"
    if any(items[0].first <= s.first < spot.first for s in counts):
        return None
    return head(scene, items[0])  # "content removal requests rose from 1,048"


def _ends_with_its_act(scene: Scene, item: Cue, spot: Spot[Amount]) -> bool:
    """Say whether only an act stands between a noun and its number: "the pieces removed 15,000"."""
    acts = {i for c in scene.of_kind("action") for i in range(c.first, c.last)}
    gap = set(range(item.last, spot.first))
    return bool(gap) and gap <= acts and not scene.words.copula & {scene.low(i) for i in gap}


def _ends_in_front_of(scene: Scene, item: Cue, verb: int) -> bool:
    """Say whether a noun and what belongs to it end in front of a verb, with no comma between."""
    if item.last > verb or scene.between(item.last, verb):
        return False
    return all(scene.tokens[i].kind == "word" for i in range(item.last, verb))


def _is_predicate(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "The reports that came in by May were 3,634": all that a sentence says of its noun."""
    scene = so_far.scene
    be = scene.low(spot.first - 1) in scene.words.copula
    ends = scene.low(spot.last) in FULL_STOPS or scene.low(spot.last) in (",", ";", "")
    return be and ends and not so_far.accepted


def _shared_item(so_far: SoFar, spot: Spot[Amount]) -> Cue | None:
    """As in "61,000 and 18,500 accounts": the noun stands behind the last number of the list."""
    scene = so_far.scene
    dated = {i for s in scene.periods for i in range(s.first, s.last)}
    named = scene.named()  # "on Facebook 16, on X 2 posts"
    left, joints = spot, scene.inside(scene.words.joined)
    for right in (s for s in scene.counted if s.first >= spot.last):
        places = [i for i in range(left.last, right.first) if i not in dated]  # "in May, in June"
        places = [i for i in places if i not in named and scene.low(i) != "'"]
        placed = len(places) < right.first - left.last  # "1,951,527 on 403 channels" is not
        tying = scene.words.on | scene.words.on_behind if placed else frozenset()
        gap = [i for i in places if scene.low(i) not in tying]
        if not gap or not all(i in joints or scene.low(i) == "," for i in gap):
            return None
        if so_far.noun(right).item:
            return so_far.noun(right).item
        left = right
    return None


def carried_act(so_far: SoFar, noun: Noun) -> str:
    """Return the act of the sentence before, for one that goes on about its figure or things.

    It names no act itself, and counts a thing that moderation acts on, is brief, or says that
    it goes on: "In May it was 4,000".
    """
    context = so_far.context
    if not (_names_a_thing(noun) or (noun.bare and says_it_goes_on(so_far))):
        return ""
    scene = so_far.scene
    traits = [c for c in scene.of_kind("action") if c.form == "trait"]
    acts = (
        c
        for c in scene.of_kind("action")
        if not any(t.first <= c.first < t.last for t in traits)  # "flagged by its systems"
        and not tells_of_a_part(scene, noun.last, c.first)  # "some of which were restored"
    )
    acts = (c for c in acts if not is_told_of_the_next(scene, noun.last, c))
    if any(c.first < noun.last or not scene.between(noun.last, c.first) for c in acts):
        return ""
    if any(c.key == "researcher" and not _sent_in(so_far, c) for c in scene.of_kind("actor")):
        return ""  # what researchers see or count was not acted on
    if context.act_paragraph == context.paragraph > context.figure_paragraph:
        return context.told_act  # named since the figure read last
    return (context.action if context.going_on or context.listed else "") or context.told_act


def is_told_of_the_next(scene: Scene, last: int, act: Cue) -> bool:
    """As in "On Instagram it was 2,015, and it removed 1,874 posts", "it was 19, of which 6 went".

    `last` is where what is counted ends that the act is not of.
    """
    later = [s.first for s in scene.counted if s.first >= last][:1]
    if not later or act.kind != "action" or act.first < last:
        return False
    if later[0] < act.first:
        whom = any(scene.low(i) in scene.words.whom for i in range(last, later[0]))
        return whom or scene.words.parts.ending(scene.tokens, later[0]) is not None
    commas = any(scene.low(i) in COMMAS or scene.low(i) == ";" for i in range(last, act.first))
    return act.form == "verb" and commas and later[0] - act.last <= 1


def _sent_in(so_far: SoFar, agent: Cue) -> bool:
    """As in "Of the complaints 900 came from hotlines": they are who complained."""
    return so_far.context.action == "reported" and is_tied(so_far.scene, agent)


def _names_a_thing(noun: Noun) -> bool:
    return noun.item is not None and noun.item.form != "weak"


def says_it_goes_on(so_far: SoFar) -> bool:
    """Say whether a sentence is an entry of a list, is brief, or has a word such as "figure"."""
    scene = so_far.scene
    if scene.has(scene.words.figure) or _breaks_down(so_far) or _is_labelled(so_far):
        return True
    if scene.tokens[-1].low not in FULL_STOPS:
        return len(scene.tokens) <= 2 * BRIEF
    placed = scene.periods or any(c.kind in PLACES for c in scene.cues)
    return bool(placed) and len(scene.tokens) <= BRIEF


def _is_labelled(so_far: SoFar) -> bool:
    """As in "First quarter of 2020: 9.6 million, of which ...": a period, a colon and a number."""
    scene = so_far.scene
    ends = {s.last for s in scene.periods if s.first == 0}
    starts = {s.first for s in scene.counted}
    return any(scene.low(end) == ":" and end + 1 in starts for end in ends)


def _breaks_down(so_far: SoFar) -> bool:
    """As in "Child safety explains 16%, nudity 14%": by rule, what the sentence before counted."""
    scene, context = so_far.scene, so_far.context
    told = context.figure_paragraph == context.paragraph
    acts = [c for c in scene.of_kind("action") if c.form not in ("vague", "trait")]
    return told and bool(scene.of_kind("policy")) and not acts


def goes_on_without_verb(so_far: SoFar, spot: Spot[Amount], action: Cue | None) -> bool:
    """As in "restored 22,900 after appeals, and 13,700 without": no verb for the second.

    Nor is there one in "Facebook blocked 500 posts, Twitter 30 and YouTube removed 20 videos".
    """
    if not (so_far.noun(spot).bare and so_far.accepted and action):
        return False
    since, scene = so_far.accepted[-1].noun.last, so_far.scene
    behind = max(spot.last, so_far.noun(spot).last)  # "1,700 of which were taken down"
    verbs = [c for c in scene.of_kind("action") if c.form == "verb" and c.first >= since]
    aside = [
        c
        for c in verbs
        if any(
            scene.low(i) in scene.words.clause and scene.low(i)[:1].isalpha()
            for i in range(behind if c.first >= behind else since, c.first)
        )
        and not _governs(so_far, c, spot)
    ]
    aside += [c for c in verbs if c not in aside and _has_own_subject(scene, c, behind)]
    return len(verbs) == len(aside) and action.first >= since


def is_asked_along(so_far: SoFar, spot: Spot[Amount], action: Cue | None) -> bool:
    """As in "asked that 61 videos be removed for one reason, three for another": all were asked."""
    told, scene = so_far.accepted, so_far.scene
    if not (told and action and so_far.noun(spot).bare and action.kind == "action"):
        return False
    asked = told[-1].mention.action in AUTHORITY_ACTS
    gap = range(action.last, spot.first)
    again = any(scene.low(i) in scene.words.soft for i in gap[:-1])
    apart = "," in {scene.low(i) for i in gap} and not again
    return asked and apart and told[-1].noun.last <= action.first < spot.first


def _has_own_subject(scene: Scene, verb: Cue, first: int) -> bool:
    """Say whether a service stands right in front of a verb, both behind some token."""
    led = any(first <= c.first and c.last == verb.first for c in scene.of_kind("platform"))
    return led and any(verb.last <= s.first for s in scene.counted)


def _governs(so_far: SoFar, verb: Cue, spot: Spot[Amount]) -> bool:
    """As in "of which we complied with 217": the verb of the number's own clause."""
    return 0 <= spot.first - verb.last <= OBJECT


def share_goes_on(so_far: SoFar, noun: Noun) -> bool:
    """Say whether a share without an act is one of the act told of before."""
    if so_far.accepted:
        return True
    if not so_far.context.going_on:
        return False
    if noun.item is None and _turns_to_a_service(so_far):
        return True
    return _names_a_thing(noun) or (noun.item is None and says_it_goes_on(so_far))


def _turns_to_a_service(so_far: SoFar) -> bool:
    """As in "63.6% was removed. YouTube is the quickest with 90.4%": the same of one service."""
    scene, context = so_far.scene, so_far.context
    told = context.share_action and context.figure_paragraph == context.paragraph
    acts = [c for c in scene.of_kind("action") if c.form not in ("vague", "trait")]
    return bool(told) and bool(scene.services()) and not acts


def carries_share(so_far: SoFar, spot: Spot[Amount], action: Cue | None) -> bool:
    """As in "98.5 percent on Facebook, 92.2 on Instagram": a second share of the same act.

    So is the one that it is compared with: "95 percent, up from 74".
    """
    if so_far.last is None or so_far.last.measure != "share":
        return False
    noun = so_far.noun(spot)
    if so_far.scene.words.did_so.ending(so_far.scene.tokens, spot.first):
        return True  # "73.9% was proactively removed, as was 72.4% of hateful videos"
    if noun.bare and compare_at(so_far.scene, target(spot, noun)) is not None:
        return True
    if action and action.form == "verb" and 0 <= spot.first - action.last <= 1:
        return False  # "30% is reported, and moderators remove 97% of it"
    alone = so_far.noun(spot).bare and not (action and action.first >= spot.last)
    return alone or action is None or action.last <= so_far.accepted[-1].spot.first


def part_said_again(so_far: SoFar, spot: Spot[Amount]) -> Mention | None:
    """Return the count that a share says again: "removed 1,200 of the videos flagged, or 27%"."""
    scene, told = so_far.scene, so_far.accepted
    if not told or told[-1].mention.measure != "count" or not so_far.noun(spot).bare:
        return None
    counts = [a for a in told[-2:] if scene.words.part_of.at(scene.tokens, a.spot.last)]
    if not counts or scene.between(counts[-1].spot.last, spot.first) > 1:
        return None  # more than the whole stands between them
    start = spot.first - (scene.low(spot.first - 1) == "'")
    start -= scene.low(start - 1) in scene.words.definite  # Spanish "el 80 %", Italian "l'80%"
    restated = scene.words.restate.ending(scene.tokens, start)
    first = restated.first if restated else start
    closed = scene.low(spot.last) in (",", ".", ")", ";", "")
    led = scene.low(first - 1) in (",", "(") or restated is not None
    return counts[-1].mention if closed and led else None


def did_so(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "Facebook assessed 95% of the reports, while YouTube did so in 66% of cases"."""
    if not so_far.accepted or not (so_far.noun(spot).bare or _counts_cases(so_far, spot)):
        return False
    since = so_far.accepted[-1].spot.last
    found = so_far.scene.find(so_far.scene.words.did_so)
    return any(since <= f.first and 0 <= spot.first - f.last <= SO_REACH for f in found)


def compared_with(so_far: SoFar, spot: Spot[Amount]) -> Mention | None:
    """Return the figure that an older one is held against.

    Counts and shares may stand mixed, as in "acted on 9.6 million posts, 88.8% of them unasked, up
    from 5.7 million and 80.2%". Else it is the one right in front: "7.4 million reports, up from
    5.9 million, and it suspended 1.1 million accounts".
    """
    scene, told = so_far.scene, so_far.accepted
    if len({a.mention.measure for a in told}) == 1:
        return told[-1].mention if _is_held_close(so_far, spot) else None
    at = [i for i in comparisons(scene) if i <= spot.first]
    if not at or any(at[-1] <= c.first for c in scene.of_kind("action")):
        return None
    between = [s for s in scene.counted if at[-1] <= s.first < spot.first]
    joints = scene.inside(scene.words.joined)
    if len(between) > 1 or (between and spot.first - 1 not in joints):
        return None
    alike = (a for a in told if a.spot.last <= at[-1])
    measure = spot.thing.measure
    return next((a.mention for a in reversed([*alike]) if a.mention.measure == measure), None)


def _is_held_close(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """Say whether a bare count stands right behind the words that hold it against the last one."""
    scene, last = so_far.scene, so_far.accepted[-1]
    words = (scene.words.compare, scene.words.compare_number)
    led = any(w.ending(scene.tokens, spot.first) for w in words) or _is_dated_aside(scene, spot)
    if not led or not so_far.noun(spot).bare or last.mention.measure != "count":
        return False
    return spot.thing.measure == "count" and not scene.between(last.spot.last, spot.first)


def _is_dated_aside(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "4,200 accounts in H1 2023 (H2 2022: 3,100)": an older count under its period."""
    dated = scene.low(spot.first - 1) == ":" and scene.low(spot.last) == ")"
    return dated and any(
        s.last == spot.first - 1 and scene.low(s.first - 1) == "(" for s in scene.periods
    )


def _counts_cases(so_far: SoFar, spot: Spot[Amount]) -> bool:
    item = so_far.noun(spot).item
    return item is not None and item.words.casefold() in so_far.scene.words.cases


def is_received(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "It acted on 1,300 complaints. WhatsApp received 340": what came in."""
    scene, first = so_far.scene, spot.first
    if scene.low(first - 1) == "(":  # "Twitter received the most (265,000)"
        most = scene.words.most.ending(scene.tokens, first - 1)
        first = most.first if most else first
    behind = [f.last for f in scene.find(scene.words.received) if f.last <= first]
    return any(len(set(range(last, first)) - scene.named()) <= 1 for last in behind)


def tells_of_requests(so_far: SoFar) -> bool:
    """As in "YouTube got 215,000 complaints and removed ...; Twitter got 265,000"."""
    told = any((a.mention.item, a.mention.action) == COMPLAINTS for a in so_far.accepted)
    context = so_far.context
    came_in = any(m.item == "requests" and m.action in REQUESTED for m in context.row)
    return told or came_in or "requests" in (context.item, context.thing) or context.complaints


def is_listed(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """Say whether a number follows a figure in a list: "3,300 Pages, 510 events"."""
    scene = so_far.scene
    gap = range(so_far.accepted[-1].noun.last, spot.first) if so_far.accepted else range(0)
    joints = scene.inside(scene.words.joined)
    return len(gap) > 0 and all(i in joints or scene.low(i) == "," for i in gap)


def shares_sign(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "X took down 4 percent, TikTok 62 and YouTube 38": the sign stands once in a row.

    A bare number that a share is compared with is one too: "23 per cent, after 13".
    """
    scene, amount = so_far.scene, so_far.noun(spot)
    if so_far.last is None or so_far.last.measure != "share" or not amount.bare:
        return False
    if spot.thing.measure != "count" or not 0 < (spot.thing.value or 0) <= WHOLE:
        return False
    if scene.distance(so_far.accepted[-1].noun.last, spot.first) <= COMPARED and any(
        words.ending(scene.tokens, spot.first)
        for words in (scene.words.compare, scene.words.compare_number)
    ):
        return True
    changes = (scene.low(so_far.accepted[-1].spot.first - 1), scene.low(spot.first - 1))
    if changes[0] in scene.words.change_from and changes[1] in scene.words.change_to:
        return True  # "rose from 88 percent in the first quarter to 94.5"
    named = scene.named()
    since = range(so_far.accepted[-1].noun.last, spot.first)
    comma = max((i for i in since if scene.low(i) in (",", ";")), default=since.start)
    gap = set(range(comma, spot.first))  # "46 percent of what it was sent, YouTube 27"
    joining = scene.words.on | scene.words.stop | {",", ";"}
    joints = {i for i in gap if scene.low(i) in joining}
    return bool(gap & named) and gap <= named | joints | scene.inside(scene.words.joined)


def counts_appeals(so_far: SoFar, item: Cue | None) -> bool:
    """As in "appealed 51,000 decisions and won in 7,400 cases": appeals are what is counted."""
    told = so_far.last.action if so_far.last else so_far.context.action
    return told == "appealed" and (item is None or item.form == "weak")
