"""Why an amount is no moderation figure, as far as can be said before any role is looked at.

Each check returns the reason, or nothing; the first that speaks decides.
"""

import re
from collections.abc import Callable

from analysis.model.schema import Amount
from analysis.reading.prose import roles
from analysis.reading.prose.ellipsis import borrowed_item
from analysis.reading.prose.nouns import (
    inside_period,
    is_difference,
    is_whole,
    refusal_before,
    refusal_near,
    refused_subject,
    withdrawn,
)
from analysis.reading.prose.scene import Spot
from analysis.reading.prose.so_far import SoFar

RESTATED = 6  # percentage points between a share in words and the same in digits
YEAR = re.compile(r"(?:19|20)\d\d")
CLOCK_BEHIND, CLOCK_BEFORE = re.compile(r":[0-5]\d(?!\d)"), re.compile(r"(?<!\d)[0-2]?\d:$")
MEASURED_BY = "a number that others are measured by"
NEAR_BY = 3  # cost of the words between two numbers that count the same


def why_refused(so_far: SoFar, spot: Spot[Amount]) -> str:
    """Return why an amount is no moderation figure, empty when nothing speaks against it."""
    return next((reason for check in CHECKS if (reason := check(so_far, spot))), "")


def is_off_subject(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """A text that names nobody counts only where it says outright what was done to what."""
    if so_far.context.on_subject or so_far.context.going_on or so_far.accepted:
        return False
    item = so_far.noun(spot).item or borrowed_item(so_far, spot)
    if item is None or item.form or spot.thing.measure != "count":
        return True
    verbs = [c for c in so_far.scene.of_kind("action") if c.form == "verb"]
    return not (item.implies or any(c.key not in roles.COMMON_ACTS for c in verbs))


def is_prevalence(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """Say whether a share is one of what was viewed, which services publish as prevalence."""
    acts = {c.key for c in so_far.scene.of_kind("action")}
    refused = so_far.noun(spot).refusal is not None
    return spot.thing.measure == "share" and refused and "prevalence" in acts


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
    differs = spot.thing.measure == "count" and is_difference(so_far.scene, spot)
    return "a difference between two figures" if differs else ""


def _whole(so_far: SoFar, spot: Spot[Amount]) -> str:
    bare = spot.thing.measure == "count" and so_far.noun(spot).bare
    return "the whole that a part was named of" if bare and is_whole(so_far.scene, spot) else ""


def _withdrawn(so_far: SoFar, spot: Spot[Amount]) -> str:
    return "withdrawn by the text" if withdrawn(so_far.scene, spot) else ""


def _pronoun(so_far: SoFar, spot: Spot[Amount]) -> str:
    """Refuse "one" where it stands for a thing: a count of one in words is never a figure."""
    counted = spot.thing.value == 1 and spot.thing.measure == "count"
    return "a pronoun" if counted and so_far.scene.tokens[spot.last - 1].kind == "word" else ""


def _alone(so_far: SoFar, spot: Spot[Amount]) -> str:
    tokens = so_far.scene.tokens
    beside = tokens[: spot.first] + tokens[spot.last :]
    return "a number by itself" if all(token.kind == "sign" for token in beside) else ""


def _mark(so_far: SoFar, spot: Spot[Amount]) -> str:
    """Refuse the number of a footnote ("[3]"), a dialling code ("+91") and a time of day."""
    start, end = spot.thing.span
    text = so_far.scene.text
    before, behind = text[:start], text[end:]
    if before.endswith("[") and behind.startswith("]"):
        return "the mark of a footnote"
    if before.endswith("+"):
        return "a dialling code"
    clock = CLOCK_BEHIND.match(behind) or CLOCK_BEFORE.search(before)
    return "a time of day" if clock and spot.thing.measure == "count" else ""


def _year(so_far: SoFar, spot: Spot[Amount]) -> str:
    """A bare number of four digits is a year unless what it counts stands right behind it."""
    low = so_far.scene.low(spot.last - 1)
    year = spot.last - spot.first == 1 and YEAR.fullmatch(low) is not None
    return "a year" if year and so_far.noun(spot).last != spot.last + 1 else ""


def _restated(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "Nine in ten of the batch, or 91 per cent": the second says the first again."""
    scene = so_far.scene
    behind = [s for s in scene.amounts if s.first >= spot.last and s.thing.measure == "share"]
    if spot.thing.measure != "share" or not behind:
        return ""
    a, b = spot.thing.value or 0.0, behind[0].thing.value or 0.0
    between = {scene.low(i) for i in range(spot.last, behind[0].first)}
    in_words = all(t.kind == "word" for t in scene.tokens[spot.first : spot.last])
    linked = in_words or bool(between & scene.words.restate)
    same = linked and a > 0 and abs(a - b) < RESTATED
    return "given more exactly right behind" if same else ""


def _near(so_far: SoFar, spot: Spot[Amount]) -> str:
    cue = refusal_near(so_far.scene, spot)
    return cue.key if cue else ""


def _set_aside(so_far: SoFar, spot: Spot[Amount]) -> str:
    """Refuse a number of a paragraph about requests for user data that names no act."""
    item = so_far.noun(spot).item
    verbs = [c for c in so_far.scene.of_kind("action") if c.form != "trait"]
    counted = item is None or item.key in ("requests", "accounts")
    return so_far.context.set_aside if counted and not verbs else ""


def _subject(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "The volunteers, 14 of them": a bare number counts the noun in front of it."""
    if not so_far.noun(spot).bare or spot.thing.measure != "count":
        return ""
    cue = refused_subject(so_far.scene, spot)
    return cue.key if cue else ""


def _out_of_a_base(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "For every 10,000 views, 11 to 14 were of hate": a rate of views, not a count."""
    before = [s for s in so_far.scene.amounts if s.last <= spot.first]
    bare = so_far.noun(spot).bare and spot.thing.measure == "count"
    base = refusal_before(so_far.scene, before[-1]) if before and bare else None
    measured = base is not None and base.key == MEASURED_BY
    return "a number out of a base" if measured else ""


def _same_as_before(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "200 people from 150": a bare number behind a refused one counts the same."""
    before = [s for s in so_far.scene.amounts if s.last <= spot.first]
    if not before or not so_far.noun(spot).bare:
        return ""
    other = so_far.noun(before[-1])
    near = so_far.scene.distance(other.last, spot.first) <= NEAR_BY
    return other.refusal.key if other.refusal and not other.item and near else ""


CHECKS: tuple[Callable[[SoFar, Spot[Amount]], str], ...] = (
    _date,
    _before,
    _whole_sentence,
    _noun,
    _difference,
    _whole,
    _withdrawn,
    _pronoun,
    _alone,
    _mark,
    _year,
    _restated,
    _near,
    _set_aside,
    _subject,
    _out_of_a_base,
    _same_as_before,
)
