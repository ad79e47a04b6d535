"""Why an amount is no moderation figure, as far as can be said before any role is looked at.

Each check returns the reason, or nothing; the first that speaks decides.
"""

import re
from collections.abc import Callable

from analysis.model.schema import Amount
from analysis.reading.prose.figures.acts import COMMON_ACTS, is_divided, prevails
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.ellipsis import borrowed_item
from analysis.reading.prose.figures.nouns import (
    inside_period,
    is_difference,
    is_whole,
    refusal_before,
    refusal_near,
    refused_subject,
    withdrawn,
)
from analysis.reading.prose.figures.scene import Spot
from analysis.reading.prose.figures.services import is_tied
from analysis.reading.prose.figures.so_far import SoFar

RESTATED = 6  # percentage points between a share in words and the same in digits
# Reasons that lie in the thing counted, and so hold for what is counted of it further on.
OTHER_THINGS = (
    "people",
    "users or audience",
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
    "still online",
)
RESTATED_REACH = 3  # tokens between the two
NAMED = re.compile(r"[^\W\d_]-$")  # "covid-19"
YEAR = re.compile(r"19\d\d|20[0-4]\d")
CLOCK_BEHIND, CLOCK_BEFORE = re.compile(r":[0-5]\d(?!\d)"), re.compile(r"(?<!\d)[0-2]?\d:$")
MEASURE, MEASURED_REACH = "a number that others are measured by", 4
HALF = 50
NUMBERED = 12
FEW = 10
NEW_REACH = 12  # cost of the words between a few and the act that they are new by
OPENING_REACH = 3  # tokens in which a clause on a noun opens
CLAUSE_REACH = 8  # tokens of a clause on a noun up to its act
SUPPOSED_REACH = 12
LENGTH = "length of time"
SEEN_ONLY = "seen by outsiders, not acted on"
SEEN_REACH = 2
NEAR_BY = 3  # cost of the words between two numbers that count the same


def why_refused(so_far: SoFar, spot: Spot[Amount]) -> str:
    """Return why an amount is no moderation figure, empty when nothing speaks against it."""
    for check in CHECKS:
        reason = check(so_far, spot)
        if reason:
            return reason
    return ""


def is_off_subject(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """A text that names nobody counts only where it says outright what was done to what."""
    if so_far.context.on_subject or so_far.context.going_on or so_far.accepted:
        return False
    item = so_far.noun(spot).item or borrowed_item(so_far, spot)
    if item is None or item.form or spot.thing.measure != "count":
        return True
    verbs = [c for c in so_far.scene.of_kind("action") if c.form == "verb"]
    return not (item.implies or any(c.key not in COMMON_ACTS for c in verbs))


def is_prevalence(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """Say whether a share is one of what was viewed, which services publish as prevalence."""
    scene = so_far.scene
    acts = (c for c in scene.of_kind("action") if c.key == "prevalence")
    refused = so_far.noun(spot).refusal is not None
    share = spot.thing.measure == "share"
    return share and refused and any(prevails(scene, spot, c) for c in acts)


def _date(so_far: SoFar, spot: Spot[Amount]) -> str:
    period = inside_period(so_far.scene, spot)
    counts = period and period.text == spot.thing.text and so_far.noun(spot).item
    return "part of a date or period" if period and not counts else ""


def _before(so_far: SoFar, spot: Spot[Amount]) -> str:
    cue = refusal_before(so_far.scene, spot)
    return cue.key if cue else ""


def _whole_sentence(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "An earlier version of this article said that ...", "Read more: ..."."""
    cues = so_far.scene.of_kind("refusal")
    return next((c.key for c in cues if c.form == "whole" and c.last <= spot.first), "")


def _noun(so_far: SoFar, spot: Spot[Amount]) -> str:
    noun = so_far.noun(spot)
    refused = noun.refusal and not noun.item and not is_prevalence(so_far, spot)
    return noun.refusal.key if noun.refusal and refused else ""


def _difference(so_far: SoFar, spot: Spot[Amount]) -> str:
    scene = so_far.scene
    led = scene.words.difference_before.ending(scene.tokens, spot.first) is not None
    differs = spot.thing.measure == "count" and (led or is_difference(scene, spot))
    return "a difference between two figures" if differs else ""


def _whole(so_far: SoFar, spot: Spot[Amount]) -> str:
    """A whole is no figure, except where all of it was done: "2 million, out of 9 globally"."""
    scene = so_far.scene
    bare = spot.thing.measure == "count" and so_far.noun(spot).bare
    if scene.words.in_all.at(scene.tokens, spot.last):
        return ""
    return "the whole that a part was named of" if bare and is_whole(scene, spot) else ""


def _withdrawn(so_far: SoFar, spot: Spot[Amount]) -> str:
    return "withdrawn by the text" if withdrawn(so_far.scene, spot) else ""


def _pronoun(so_far: SoFar, spot: Spot[Amount]) -> str:
    """Refuse "one" where it stands for a thing: in words it counts only at the end of a list."""
    noun, led = so_far.noun(spot).item, so_far.scene.low(spot.first - 1)
    if so_far.accepted and noun and not noun.form and led in so_far.scene.words.joined:
        return ""  # "18 accounts on Facebook and one account on Instagram"
    few = spot.thing.value == 1 or (spot.thing.value == 0 and noun is None)  # "zero tolerance"
    counted = few and spot.thing.measure == "count"
    return "a pronoun" if counted and so_far.scene.tokens[spot.last - 1].kind == "word" else ""


def _stroke(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "24/7": two numbers without separators and a stroke between them are a name."""
    tokens = so_far.scene.tokens
    behind = [token.low for token in tokens[spot.last - 1 : spot.last + 2]]
    before = [token.low for token in tokens[max(spot.first - 2, 0) : spot.first + 1]]
    joined = any(
        len(row) == 3 and row[1] == "/" and row[0].isdigit() and row[2].isdigit()
        for row in (behind, before)
    )
    return "two numbers with a stroke" if joined else ""


def _alone(so_far: SoFar, spot: Spot[Amount]) -> str:
    tokens = so_far.scene.tokens
    beside = tokens[: spot.first] + tokens[spot.last :]
    return "a number by itself" if all(token.kind == "sign" for token in beside) else ""


def _mark(so_far: SoFar, spot: Spot[Amount]) -> str:
    """Refuse numbers of footnotes ("[3]"), dialling codes ("+91"), names and times of day."""
    start, end = spot.thing.span
    text = so_far.scene.text
    before, behind = text[:start], text[end:]
    if before.endswith("[") and behind.startswith("]"):
        return "the mark of a footnote"
    if before.endswith("+"):
        return "a dialling code"
    if NAMED.search(before) and spot.thing.measure == "count":
        return "part of a name"
    clock = CLOCK_BEHIND.match(behind) or CLOCK_BEFORE.search(before)
    return "a time of day" if clock and spot.thing.measure == "count" else ""


def _numbered(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "Year 1", "phase 2": which one of a row it is."""
    scene, value = so_far.scene, spot.thing.value or 0
    led = scene.low(spot.first - 1) in scene.words.numbered
    digits = scene.tokens[spot.first].kind == "number" and spot.last - spot.first == 1
    return "a number of a row" if led and digits and value <= NUMBERED else ""


def _year(so_far: SoFar, spot: Spot[Amount]) -> str:
    """A bare number of four digits is a year unless what it counts stands right behind it."""
    low = so_far.scene.low(spot.last - 1)
    year = spot.last - spot.first == 1 and YEAR.fullmatch(low) is not None
    return "a year" if year and so_far.noun(spot).last != spot.last + 1 else ""


def _restated(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "Nine in ten of the batch, or 91 per cent": the second says the first again."""
    scene = so_far.scene
    behind = [s for s in scene.behind(spot.last) if s.thing.measure == "share"]
    if spot.thing.measure != "share" or not behind:
        return ""
    a, b = spot.thing.value or 0.0, behind[0].thing.value or 0.0
    between = {scene.low(i) for i in range(spot.last, behind[0].first)}
    in_words = all(t.kind == "word" for t in scene.tokens[spot.first : spot.last])
    beside = scene.low(spot.last) == "(" and behind[0].first == spot.last + 1
    close = behind[0].first - spot.last <= RESTATED_REACH
    restated = close and bool(between & (scene.words.restate - {"("}))
    linked = in_words or beside or restated
    apart = HALF / 5 if in_words and beside else RESTATED
    same = linked and a > 0 and abs(a - b) < apart
    return "given more exactly right behind" if same else ""


def _near(so_far: SoFar, spot: Spot[Amount]) -> str:
    cue = refusal_near(so_far.scene, spot)
    return cue.key if cue else ""


def _set_aside(so_far: SoFar, spot: Spot[Amount]) -> str:
    """Refuse a number of a paragraph about requests for user data that names no act."""
    item = so_far.noun(spot).item
    verbs = [c for c in so_far.scene.of_kind("action") if c.form not in ("trait", "vague")]
    counted = item is None or item.key in ("requests", "accounts")
    return so_far.context.set_aside if counted and not verbs else ""


def _subject(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "The volunteers, 14 of them": a bare number counts the noun in front of it."""
    if not so_far.noun(spot).bare or spot.thing.measure != "count":
        return ""
    cue = refused_subject(so_far.scene, spot)
    return cue.key if cue else ""


def _rank(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "the fourth of these reports": a rank, where "a fourth of" is a share."""
    scene = so_far.scene
    one_word = spot.last - spot.first == 1 and scene.tokens[spot.first].kind == "word"
    rank = spot.thing.measure == "share" and one_word and spot.thing.value != HALF
    return "a rank" if rank and scene.low(spot.first - 1) in scene.words.the else ""


def _named_before(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "one of the two groups": a few that the text has named."""
    scene = so_far.scene
    known = spot.thing.value in so_far.context.values
    if known and scene.low(spot.first - 1) in scene.words.those:
        behind = (c for c in scene.of_kind("action") if c.first >= spot.last)
        return "" if any(_is_done(c) for c in behind) else "named before"
    if scene.low(spot.first - 1) in scene.words.those and scene.low(spot.last) in (":", ".", ""):
        return "named before"  # "the largest markets were these five:"
    few = spot.thing.measure == "count" and 1 < (spot.thing.value or 0) <= FEW
    in_words = all(t.kind == "word" for t in scene.tokens[spot.first : spot.last])
    the = scene.low(spot.first - 1) in scene.words.the
    new = any(  # "the two groups that Facebook deleted"
        _is_done(c) and 0 <= scene.distance(spot.last, c.first) <= NEW_REACH and c.first > spot.last
        for c in scene.of_kind("action")
    )
    return "named before" if few and in_words and the and not new else ""


def _only_whole(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "38 percent of the 2,300 channels were closed": the whole that was not closed.

    It may have an act of its own right behind its noun: "of the 2,300 channels that users flagged".
    """
    scene, noun = so_far.scene, so_far.noun(spot)
    if not noun.item or noun.item.implies or not is_divided(scene, spot):
        return ""
    return "" if _has_act_behind(so_far, noun.last) else "the whole that a part was named of"


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
        participle = len(gap) < OPENING_REACH and not any(
            scene.low(i) == "," or scene.low(i) in scene.words.verbs_behind for i in gap
        )
        if opened or participle:
            return True
    return False


def _supposed(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "if a third of complaints succeed": nobody says that it is so."""
    scene = so_far.scene
    for i in range(spot.first - 1, max(-1, spot.first - SUPPOSED_REACH), -1):
        if scene.low(i) in (",", ";", ":"):
            return ""
        if scene.low(i) in scene.words.supposed:
            return "supposed, not stated"
    return ""


def _changed_by(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "dropped by half": a change, which is no figure."""
    scene = so_far.scene
    by = scene.low(spot.first - 1) in scene.words.change_by
    by = by or scene.words.difference_before.ending(scene.tokens, spot.first) is not None
    if (spot.thing.value or 0) < 0:
        return "a change"
    return "a change" if by and spot.thing.measure == "share" and so_far.noun(spot).bare else ""


def _exists(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "Reddit has 100,000 active communities": what there is, not what was acted on."""
    scene = so_far.scene
    led = scene.low(spot.first - 1)
    had = led in scene.words.had and so_far.noun(spot).bare and not scene.periods
    if not (led in scene.words.owns or had) or scene.of_kind("action"):
        return ""
    return "what a service has" if spot.thing.measure == "count" else ""


def _told_authorities(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "the FBI had received 100,000 tips": told to the police, not to a service."""
    scene = so_far.scene
    item = so_far.noun(spot).item
    if not scene.of_kind("actor") or item is None or item.words.lower() not in scene.words.tips:
        return ""
    got = (f for f in scene.find(scene.words.received) if 0 <= spot.first - f.last <= 1)
    police = any(_subject_key(so_far, 0, f.first) not in ("", "researcher") for f in got)
    return "told to an authority" if police else ""


def _only_seen(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "a researcher counted 165 channels": what outsiders see was not acted on."""
    scene, noun = so_far.scene, so_far.noun(spot)
    end = max(noun.last, spot.last)
    later = [s.first for s in scene.behind(end)[:1]]
    reach = min([*later, len(scene.tokens)])
    if any(_is_done(c) and end <= c.first < reach for c in scene.of_kind("action")):
        return ""
    for verb in scene.find(scene.words.seen):
        told = scene.low(verb.last) in scene.words.that and verb.last <= spot.first
        before = told or 0 <= spot.first - verb.last <= SEEN_REACH
        behind = end <= verb.first < reach and scene.low(end) in scene.words.that
        first = end if behind else 0
        key = _subject_key(so_far, first, verb.first)
        if key == "it" and not behind:
            key = so_far.context.actor
        if (before or behind) and key == "researcher":
            return SEEN_ONLY
    return ""


def seen_by_authority(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "investigators came up with 2,145 pieces" in a text about Europol: they refer them."""
    scene = so_far.scene
    known = ("police", "europol") if so_far.context.europol else ("europol",)
    for verb in scene.find(scene.words.seen):
        if 0 <= spot.first - verb.last <= SEEN_REACH:
            return _subject_key(so_far, 0, verb.first) in known
    return False


def _undone(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "fined for failing to delete 26 videos": an act that did not happen."""
    scene, end = so_far.scene, max(so_far.noun(spot).last, spot.last)
    for act in scene.of_kind("action"):
        denial = scene.words.undone.ending(scene.tokens, act.first)
        if not denial or not _is_done(act):
            continue
        if 0 <= spot.first - act.last <= SEEN_REACH or 0 <= denial.first - end <= 1:
            return "not done, says the text"
    return ""


def _only_posted(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "40,000 pieces were posted every day": what people made, and nobody acted on."""
    scene, end = so_far.scene, max(so_far.noun(spot).last, spot.last)
    made = scene.words.posted.at(scene.tokens, end)
    acted = any(_is_done(c) and 0 <= spot.first - c.last <= SEEN_REACH for c in scene.cues)
    return "made and not acted on" if made and not acted else ""


def _is_done(act: Cue) -> bool:
    return act.form in ("verb", "gone") and act.key not in COMMON_ACTS


def _subject_key(so_far: SoFar, first: int, verb: int) -> str:
    """Return the key of the one who is named last in front of a verb, empty where nobody is."""
    scene = so_far.scene
    named = [
        c
        for c in scene.cues
        if c.kind in ("actor", "platform") and first <= c.first and c.last <= verb
    ]
    subjects = [c for c in named if not is_tied(scene, c)] or named
    return subjects[-1].key if subjects else ""


def _out_of_a_base(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "For every 10,000 views, 11 to 14 were of hate": a rate of views, not a count."""
    before = so_far.scene.before(spot)
    bare = so_far.noun(spot).bare and spot.thing.measure == "count"
    base = refusal_before(so_far.scene, before[-1]) if before and bare else None
    measured = base is not None and base.key == MEASURE
    return "a number out of a base" if measured else ""


def _same_as_before(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "200 people from 150": a bare number behind a refused one counts the same."""
    before = so_far.scene.before(spot)
    if not before or not so_far.noun(spot).bare:
        return ""
    other = so_far.noun(before[-1])
    near = so_far.scene.distance(other.last, spot.first) <= NEAR_BY
    if other.refusal and other.refusal.key == LENGTH and so_far.scene.low(other.last) == ",":
        return ""  # "the figure for the last six months, 166,513"
    return other.refusal.key if other.refusal and not other.item and near else ""


def _part_of_refused(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "demands in 18,737 cases, 7,872 of which came from ...": a part of what was refused."""
    scene, noun = so_far.scene, so_far.noun(spot)
    before = [s for s in scene.counted if s.last <= spot.first]
    reason = so_far.refused.get(before[-1].first, "") if before else ""
    if not reason or not (noun.bare or reason == SEEN_ONLY):
        return ""
    of = scene.words.part_of.at(scene.tokens, spot.last)
    behind = of.last if of else noun.last - 1
    parts = {scene.low(i) for i in (*range(spot.last, noun.last), behind)} & scene.words.pronouns
    part = scene.words.parts.ending(scene.tokens, spot.first) or parts
    gap = [scene.low(i) for i in range(before[-1].last, spot.first)]
    compared = any(
        words.ending(scene.tokens, spot.first)
        for words in (scene.words.compare, scene.words.compare_number)
    )
    if reason == SEEN_ONLY and not any(_is_done(c) for c in scene.of_kind("action")):
        return reason  # "it found 1,348 uploads from 278 accounts"
    listed = so_far.noun(before[-1]).bare and gap[-1:] != [] and gap[-1] in scene.words.joined
    return reason if reason in OTHER_THINGS and (part or compared or listed) else ""


def _same_as_next(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "grew from 150 to 200 people": a bare number counts what the next one does."""
    scene = so_far.scene
    after = scene.behind(spot.last)
    if not after or not so_far.noun(spot).bare:
        return ""
    other = so_far.noun(after[0])
    gap = [scene.low(i) for i in range(spot.last, after[0].first)]
    linked = len(gap) == 1 and gap[0] in scene.words.to | scene.words.joined | scene.words.change_to
    return other.refusal.key if linked and other.refusal and not other.item else ""


def _measured(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "of every ten videos nine were unseen", where the two make a share and no count."""
    before = so_far.scene.before(spot)
    cue = refusal_before(so_far.scene, before[-1]) if before else None
    near = bool(before) and so_far.scene.distance(before[-1].last, spot.first) <= MEASURED_REACH
    fits = near and (spot.thing.value or 0) < (before[-1].thing.value or 0)
    return cue.key if cue and cue.key == MEASURE and fits else ""


CHECKS: tuple[Callable[[SoFar, Spot[Amount]], str], ...] = (
    _date,
    _before,
    _whole_sentence,
    _noun,
    _difference,
    _whole,
    _withdrawn,
    _pronoun,
    _rank,
    _named_before,
    _only_whole,
    _supposed,
    _changed_by,
    _exists,
    _told_authorities,
    _only_seen,
    _undone,
    _only_posted,
    _stroke,
    _alone,
    _mark,
    _numbered,
    _year,
    _restated,
    _near,
    _set_aside,
    _subject,
    _out_of_a_base,
    _same_as_before,
    _part_of_refused,
    _same_as_next,
    _measured,
)
