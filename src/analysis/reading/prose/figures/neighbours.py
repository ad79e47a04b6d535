"""Numbers that another one beside them explains: wholes, parts, bases, comparisons."""

from dataclasses import replace

from analysis.model.readings import Amount
from analysis.reading.prose.figures.around import has_its_verb_behind, is_whole, refusal_before
from analysis.reading.prose.figures.choice import AUTHORITY_ACTS
from analysis.reading.prose.figures.nouns import AUDIENCE, PRESENCES, VIEWS, Noun
from analysis.reading.prose.figures.scene import COMMAS, Spot
from analysis.reading.prose.figures.so_far import SoFar
from analysis.reading.prose.figures.undone import SEEN_ONLY, is_done
from analysis.reading.prose.figures.wholes import is_divided
from analysis.reading.prose.numbers.growing import tidy
from analysis.reading.prose.numbers.number_grammar import LEAST_PER

STILL_ONLINE = "still online"
# Reasons that lie in the thing counted, and so hold for what is counted of it further on.
OTHER_THINGS = (
    "people",
    AUDIENCE,
    "staff",
    "places or languages",
    "services or companies",
    "organisations or services",
    "money",
    "views or reactions",
    "casualties or attacks",
    "count of something else",
    "occasions",
    "requests for user data",
    STILL_ONLINE,
)
PLACES = ("services or companies", "places or languages")
PRONOUN = "a pronoun"
ROW_REACH = 5  # tokens from the joint of a row to its number
MEASURE, MEASURED_REACH = "a number that others are measured by", 4
IN_WORDS = 30  # up to which a number in words may stand for those that are known
NEW_REACH = 12  # cost of the words between a few and the act that they are new by
OPENING_REACH = 3  # tokens in which a clause on a noun opens
CLAUSE_REACH = 8  # tokens of a clause on a noun up to its act
LENGTH = "length of time"
NEAR_BY = 3  # cost of the words between two numbers that count the same


def refuse_whole(so_far: SoFar, spot: Spot[Amount]) -> str:
    """A whole is no figure, except where all of it was done: "2 million, out of 9 globally"."""
    scene = so_far.scene
    bare = spot.thing.measure == "count" and so_far.noun(spot).bare
    if scene.words.in_all.at(scene.tokens, spot.last):
        return ""
    return "the whole that a part was named of" if bare and is_whole(scene, spot) else ""


def refuse_named_before(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "one of the two groups": a few that the text has named."""
    scene = so_far.scene
    known = spot.thing.value in so_far.context.values
    those = scene.words.those.ending(scene.tokens, spot.first)
    if known and those:
        behind = (c for c in scene.of_kind("action") if c.first >= spot.last)
        return "" if any(is_done(c) for c in behind) else "named before"
    the = scene.low(spot.first - 1) in scene.words.the and so_far.noun(spot).bare
    if known and the and not any(is_done(c) for c in scene.of_kind("action")):
        return "named before"  # "It shows where the 174 were found: X leads with 116"
    if those and scene.low(spot.last) in (":", ".", ""):
        return "named before"  # "the largest markets were these five:"
    few = spot.thing.measure == "count" and 1 < (spot.thing.value or 0) <= IN_WORDS
    written = scene.tokens[spot.first : spot.last]
    in_words = all(t.kind == "word" or t.text == "-" for t in written)  # French "les Vingt-Sept"
    the = scene.low(spot.first - 1) in scene.words.the
    new = any(  # "the two groups that Facebook deleted"
        is_done(c) and 0 <= scene.distance(spot.last, c.first) <= NEW_REACH and c.first > spot.last
        for c in scene.of_kind("action")
    )
    return "named before" if few and in_words and the and not new else ""


def refuse_only_whole(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "38 percent of the 2,300 channels were closed": the whole that was not closed.

    It may have an act of its own right behind its noun, "of the 2,300 channels that users flagged",
    or in front of it, "of the 2,300 flagged channels".
    """
    scene, noun = so_far.scene, so_far.noun(spot)
    if not noun.item or noun.item.implies or not is_divided(scene, spot):
        return ""
    inside = any(spot.last <= c.first < noun.item.first for c in scene.of_kind("action"))
    told = inside or _has_act_behind(so_far, noun.last)
    return "" if told else "the whole that a part was named of"


def _has_act_behind(so_far: SoFar, index: int) -> bool:
    """Say whether an act follows a noun as a participle or in a clause on it."""
    scene = so_far.scene
    agents = {c.first for c in scene.cues if c.kind in ("platform", "actor")}
    opening = range(index, index + OPENING_REACH)
    opened = any(scene.low(i) in scene.words.that or i in agents for i in opening)
    for act in scene.of_kind("action"):
        gap = range(index, act.first)
        if act.first < index or len(gap) > CLAUSE_REACH or act.form == "trait":
            continue
        last_verb = scene.words.verb_final and act.form == "verb"  # it governs the part
        participle = (
            not last_verb
            and len(gap) < OPENING_REACH
            and not any(
                scene.low(i) == "," or scene.low(i) in scene.words.verbs_behind for i in gap
            )
        )
        if opened or participle:
            return True
    return False


def refuse_out_of_a_base(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "For every 10,000 users, 11 to 14 reported something": measured, and not counted."""
    return "a number out of a base" if _base(so_far, spot) or _is_rate(so_far, spot) else ""


def _is_rate(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "12 reports per 10,000 users"."""
    scene = so_far.scene
    per = scene.words.shares_per.at(scene.tokens, max(so_far.noun(spot).last, spot.last))
    bases = (s for s in scene.counted if per and s.first == per.last)
    large = any((s.thing.value or 0) >= LEAST_PER for s in bases)
    return spot.thing.measure == "count" and large


def viewed_out_of(so_far: SoFar, spot: Spot[Amount]) -> Amount | None:
    """As in "Of every 10,000 views, 11 to 14 were of hate": the share of views that this is."""
    base = _base(so_far, spot)
    noun = so_far.noun(base) if base else None
    whole = base.thing.value if base else None
    if not (base and noun and noun.refusal and noun.refusal.key == VIEWS and whole):
        return None
    amount = spot.thing
    ends = [end if end is None else tidy(100 * end / whole) for end in (amount.low, amount.high)]
    value = None if amount.value is None else tidy(100 * amount.value / whole)
    return replace(amount, value=value, low=ends[0], high=ends[1], measure="share")


def _base(so_far: SoFar, spot: Spot[Amount]) -> Spot[Amount] | None:
    """Return the number that a bare one behind it is measured by: "For every 10,000 views, 11"."""
    counted = so_far.scene.counted
    before = [s for s in counted if s.last <= spot.first]
    bare = spot in counted and so_far.noun(spot).bare and spot.thing.measure == "count"
    cue = refusal_before(so_far.scene, before[-1]) if before and bare else None
    return before[-1] if cue is not None and cue.key == MEASURE else None


def refuse_same_as_before(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "200 people from 150": a bare number behind a refused one counts the same.

    So does one with the same word in front of it: "70% within 24 hours, 20% within 48".
    """
    scene, before = so_far.scene, so_far.scene.before(spot)
    if not before or not so_far.noun(spot).bare:
        return ""
    led = scene.low(spot.first - 1)
    alike = [s for s in before if led in scene.words.stop and scene.low(s.first - 1) == led]
    if alike and spot.thing.measure == "count" and _is_length(so_far.noun(alike[-1])):
        return LENGTH
    if spot.thing.measure != before[-1].thing.measure:
        return _range_of_refused(so_far, spot)
    other = so_far.noun(before[-1])
    near = scene.distance(other.last, spot.first) <= NEAR_BY
    joined = scene.low(other.last) == "," or spot.first - 1 in scene.inside(scene.words.joined)
    if _is_length(other) and joined:
        return ""  # "the figure for the last six months, 166,513", "in 24 hours and 200 in 48"
    if led in scene.words.copula:
        return ""  # "Accounts of children under 13 years are 7.2 million"
    return other.refusal.key if other.refusal and not other.item and near else ""


def _is_length(noun: Noun) -> bool:
    return noun.refusal is not None and noun.refusal.key == LENGTH


def refuse_part_of_refused(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "demands in 18,737 cases, 7,872 of which came from ...": a part of what was refused."""
    scene, noun = so_far.scene, so_far.noun(spot)
    before = [s for s in scene.counted if s.last <= spot.first]
    before = [s for s in before if so_far.refused.get(s.first) != PRONOUN]  # "one or more of"
    reason = so_far.refused.get(before[-1].first, "") if before else ""
    if not reason or not (noun.bare or reason == SEEN_ONLY):
        return ""
    if noun.item and noun.item.implies:
        return ""  # "found 19,252 links and sent 10,345 alerts"
    if reason in PLACES and so_far.accepted:
        return ""  # "removed 300 posts on 20 platforms, of which 90": of the posts
    of = scene.words.part_of.at(scene.tokens, spot.last)
    behind = of.last if of else noun.last - 1
    parts = {scene.low(i) for i in (*range(spot.last, noun.last), behind)} & scene.words.pronouns
    part = scene.words.parts.ending(scene.tokens, spot.first) or parts
    joints = scene.inside(scene.words.joined)
    compared = any(
        words.ending(scene.tokens, spot.first)
        for words in (scene.words.compare, scene.words.compare_number)
    )
    asked = any(c.key in AUTHORITY_ACTS for c in scene.of_kind("action"))
    if reason == SEEN_ONLY and not asked and not any(is_done(c) for c in scene.of_kind("action")):
        return reason  # "it found 1,348 uploads from 278 accounts"
    listed = so_far.noun(before[-1]).bare and spot.first - 1 in joints
    own = has_its_verb_behind(scene, spot, before[-1].last, before[-1].last)
    listed = listed and not (reason == STILL_ONLINE and own)
    other = so_far.noun(before[-1]).refusal
    if compared and other and other.key in OTHER_THINGS:
        return other.key  # "2 million people play, against 500,000 in 2016"
    changed = (
        scene.low(spot.first - 1) in scene.words.change_to
        and scene.low(before[-1].first - 1) in scene.words.change_from
    )  # "staff shrank from 4,062 to 2,849"
    apposed = spot.thing.measure == "share" and noun.bare and scene.low(spot.first - 1) == ","
    apposed = apposed and so_far.noun(before[-1]).last == spot.first - 1
    return (
        reason
        if reason in OTHER_THINGS and (part or compared or listed or apposed or changed)
        else ""
    )


def refuse_where_it_was(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "removed 500 posts from 20 pages": those that the posts were on stay."""
    scene, item = so_far.scene, so_far.noun(spot).item
    if not so_far.accepted or item is None or item.key not in (*PRESENCES, "websites"):
        return ""
    before = so_far.accepted[-1]
    led = scene.low(spot.first - 1) in scene.words.taken_from
    gap = {scene.low(i) for i in range(before.noun.last, spot.first)}
    parted = not gap.isdisjoint({",", ";"} | scene.words.soft)
    asked = before.mention.item == "requests" and any(
        before.noun.last <= c.first < spot.first for c in scene.of_kind("item")
    )  # "demands to take down content from 196,878 accounts": those that they are about
    put_on = before.mention.item not in (*PRESENCES, "websites") and not asked
    return "where it was" if led and put_on and not parted else ""


def refuse_gapped(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "175,000 accounts followed the pages, 4,500 the profiles": of the verb before."""
    scene = so_far.scene
    before = [s for s in scene.counted if s.last <= spot.first]
    the = scene.low(spot.last) in scene.words.definite and spot.thing.measure == "count"
    parted = (
        any(scene.low(i) == "," for i in range(before[-1].last, spot.first)) if before else False
    )
    reason = so_far.refused.get(before[-1].first, "") if before else ""
    row = reason == AUDIENCE and _is_of_a_row(so_far, before[-1], spot)
    return reason if (the and parted) or row else ""


def _is_of_a_row(so_far: SoFar, before: Spot[Amount], spot: Spot[Amount]) -> bool:
    """As in "she lost 50,000 followers and he 20,000", "It had 928,000 subscribers, his 85,000"."""
    scene = so_far.scene
    joints = [i for i in range(spot.first) if scene.low(i) in COMMAS] + [
        *scene.inside(scene.words.joined)
    ]
    opened = max((i for i in joints if i < spot.first), default=spot.first)
    told = any(c.first >= opened for c in scene.of_kind("action"))
    near = so_far.noun(before).last <= opened and 1 < spot.first - opened <= ROW_REACH
    return (
        near and not told and so_far.noun(spot).bare and scene.low(spot.last) in ("", ".", ",", ";")
    )


def _range_of_refused(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "77% had fewer than 100 views, another 17% between 100 and 1,000": views as well."""
    scene, before = so_far.scene, so_far.scene.before(spot)
    end = spot.first - (
        scene.low(spot.first - 1) in scene.words.verbs_behind
    )  # "14% had 11 to 100"
    share = before[-1].thing.measure == "share" and before[-1].last == end
    alike = [s for s in before if s.thing.measure == spot.thing.measure]
    noun = so_far.noun(alike[-1]) if alike else None
    reason = noun.refusal.key if noun and noun.refusal and not noun.item else ""
    return reason if share and spot.thing.bound == "between" else ""


def refuse_same_as_next(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "grew from 150 to 200 people": a bare number counts what the next one does."""
    scene = so_far.scene
    after = scene.behind(spot.last)
    if not after or not so_far.noun(spot).bare:
        return ""
    other = so_far.noun(after[0])
    gap = range(spot.last, after[0].first)
    led = len(gap) == 1 and scene.low(gap[0]) in scene.words.to | scene.words.change_to
    linked = led or (len(gap) > 0 and scene.inside(scene.words.joined).issuperset(gap))
    return other.refusal.key if linked and other.refusal and not other.item else ""


def refuse_measured(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "of every ten videos nine were unseen", where the two make a share and no count."""
    before = so_far.scene.before(spot)
    cue = refusal_before(so_far.scene, before[-1]) if before else None
    near = bool(before) and so_far.scene.distance(before[-1].last, spot.first) <= MEASURED_REACH
    fits = near and (spot.thing.value or 0) < (before[-1].thing.value or 0)
    return cue.key if cue and cue.key == MEASURE and fits else ""
