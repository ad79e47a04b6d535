"""Why an amount is no moderation figure, as far as can be said before any role is looked at.

Each check returns the reason, or nothing; the first that speaks decides.
"""

from collections.abc import Callable

from analysis.model.readings import Amount
from analysis.reading.prose.figures.acts import prevails
from analysis.reading.prose.figures.around import (
    audience_told_of,
    heads_its_line,
    is_difference,
    is_out_of_many,
    refusal_before,
    refusal_near,
    refused_subject,
    withdrawn,
)
from analysis.reading.prose.figures.choice import AUTHORITY_ACTS, COMMON_ACTS
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.ellipsis import borrowed_item
from analysis.reading.prose.figures.neighbours import (
    refuse_gapped,
    refuse_measured,
    refuse_named_before,
    refuse_only_whole,
    refuse_out_of_a_base,
    refuse_part_of_refused,
    refuse_same_as_before,
    refuse_same_as_next,
    refuse_where_it_was,
    refuse_whole,
)
from analysis.reading.prose.figures.nouns import VIEWS
from analysis.reading.prose.figures.scene import Spot
from analysis.reading.prose.figures.signs import (
    refuse_address,
    refuse_age,
    refuse_alone,
    refuse_counter,
    refuse_date,
    refuse_mark,
    refuse_numbered,
    refuse_part_of_that,
    refuse_pronoun,
    refuse_rank,
    refuse_restated,
    refuse_stroke,
    refuse_year,
    restates,
)
from analysis.reading.prose.figures.so_far import SoFar
from analysis.reading.prose.figures.undone import (
    is_done,
    refuse_exists,
    refuse_only_found,
    refuse_only_possible,
    refuse_only_posted,
    refuse_only_seen,
    refuse_supposed,
    refuse_told_authorities,
    refuse_undone,
)

STAFF = "staff"
PEOPLE = ("people", "staff")
POSTED = "what was posted"
ONLINE = "still online"
HOPED, GOAL_REACH = "what is hoped for", 3  # tokens from "reached" to "goal of"
FOR_DATA = "requests for user data"
MADE = "made and not acted on"
EXISTS = "an estimate of what exists"


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
    acts = [c for c in scene.of_kind("action") if c.key == "prevalence"]
    acts = [c for c in acts if prevails(scene, spot, c)]
    noun, share = so_far.noun(spot), spot.thing.measure == "share"
    unnamed = noun.item is None and any(c.first == spot.last for c in acts)  # "of those uploaded"
    viewed = noun.refusal is not None and noun.refusal.key == VIEWS
    viewed = viewed and scene.words.part_of.at(scene.tokens, spot.last) is None
    # "one in every 1,000 views was of hate speech": views are named without "of"
    broken = viewed and any(c.kind == "policy" and c.first >= spot.last for c in scene.cues)
    seen = noun.refusal is not None and noun.refusal.words.casefold() in scene.words.views
    broken = broken or (viewed and seen and is_out_of_many(scene, spot))
    named = noun.refusal is not None and bool(acts)
    return share and (unnamed or broken or named or _said_in_views(so_far, spot))


def _said_in_views(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "it came to 0.05%, or 5 views in 10,000": a share of what was viewed."""
    behind = so_far.scene.behind(spot.last)[:1]
    if not (behind and so_far.noun(spot).bare and is_out_of_many(so_far.scene, behind[0])):
        return False
    seen = so_far.noun(behind[0]).refusal
    viewed = seen is not None and seen.key == VIEWS
    return viewed and restates(so_far.scene, spot.last, behind[0].first)


def _before(so_far: SoFar, spot: Spot[Amount]) -> str:
    cue, item = refusal_before(so_far.scene, spot), so_far.noun(spot).item
    if cue and cue.key == MADE and item and item.key == "requests":
        return ""  # "Facebook registered 1,704 complaints"
    if cue and cue.key == HOPED:
        led = range(cue.first - GOAL_REACH, cue.first)  # "reached our goal of 200,000"
        return "" if any(so_far.scene.low(i) in so_far.scene.words.attained for i in led) else HOPED
    return cue.key if cue else ""


def _banned_by_states(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "Parliament has banned three groups": no service that they were on is named."""
    item, named = so_far.noun(spot).item, so_far.context.services
    offline = item is not None and item.key in ("organisations", "groups") and not item.implies
    return "banned, and not on a service" if offline and not named else ""


def _whole_sentence(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "An earlier version of this article said that ...", "Read more: ..."."""
    cues = so_far.scene.of_kind("refusal")
    return next((c.key for c in cues if c.form == "whole" and c.last <= spot.first), "")


def _persons(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "on top of the 4,500 who already do so", "of whom 15,000 review content"."""
    scene, noun = so_far.scene, so_far.noun(spot)
    if spot.thing.measure != "count":
        return ""
    led = scene.words.of_whom.ending(scene.tokens, spot.first) is not None
    who = noun.bare and scene.low(spot.last) in scene.words.who
    return PEOPLE[0] if who or (led and _told_of_people(so_far)) else ""


def _told_of_people(so_far: SoFar) -> bool:
    """Say whether the number refused last in the sentence was one of people."""
    return bool(so_far.refused) and list(so_far.refused.values())[-1] in PEOPLE


def _noun(so_far: SoFar, spot: Spot[Amount]) -> str:
    noun = so_far.noun(spot)
    refused = noun.refusal and not noun.item and not is_prevalence(so_far, spot)
    return noun.refusal.key if noun.refusal and refused else ""


def _difference(so_far: SoFar, spot: Spot[Amount]) -> str:
    scene = so_far.scene
    led = scene.words.difference_before.ending(scene.tokens, spot.first) is not None
    differs = spot.thing.measure == "count" and (led or is_difference(scene, spot))
    return "a difference between two figures" if differs else ""


def _withdrawn(so_far: SoFar, spot: Spot[Amount]) -> str:
    return "withdrawn by the text" if withdrawn(so_far.scene, spot) else ""


def _near(so_far: SoFar, spot: Spot[Amount]) -> str:
    cue, item = refusal_near(so_far.scene, spot), so_far.noun(spot).item
    if cue and cue.key == POSTED and item and item.key == "requests":
        return ""  # French "avaient envoyé trois demandes"
    if cue and cue.key == ONLINE and item and item.key == "requests":
        return ""  # "received 7 reports but no action was taken on them"
    if cue and cue.key == FOR_DATA and item and item.implies in AUTHORITY_ACTS and not item.form:
        return ""  # "599 requests for data and 21 requests to remove content"
    if (
        cue
        and cue.key == EXISTS
        and (
            _is_a_part(so_far, spot)
            or _is_found(so_far, spot)
            or _is_thought_to_be(so_far, spot, cue)
        )
    ):
        return ""  # "banned 60,000 accounts, of which 57,000 were thought to be children's"
    return cue.key if cue and not is_prevalence(so_far, spot) else ""


def _is_a_part(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """Say whether an amount is a part of the figure accepted in front of it."""
    scene = so_far.scene
    return bool(so_far.accepted) and scene.words.parts.ending(scene.tokens, spot.first) is not None


def _is_thought_to_be(so_far: SoFar, spot: Spot[Amount], words: Cue) -> bool:
    """As in "removed 25 million accounts believed to belong to children": whose they may be."""
    scene, end = so_far.scene, max(so_far.noun(spot).last, spot.last)
    acts = (c for c in scene.of_kind("action") if is_done(c) and c.last <= spot.first)
    listed = bool(so_far.accepted) and scene.between(so_far.accepted[-1].spot.last, spot.first) == 0
    led = any(listed or not scene.between(c.last, spot.first) for c in acts)
    return led and 0 <= words.first - end <= 1


def _is_found(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "it estimates that it found nearly 100% before anyone reported it": of its own acts."""
    acts = so_far.scene.of_kind("action")
    return spot.thing.measure == "share" and any(c.form == "trait" for c in acts)


def _set_aside(so_far: SoFar, spot: Spot[Amount]) -> str:
    """Refuse a number of a paragraph about requests for user data that names no act.

    That a service complied with them, as one does with any request, is none.
    """
    item = so_far.noun(spot).item
    counted = item is None or item.key in ("requests", "accounts")
    answers = item is None or item.key == "requests"
    acts = (c for c in so_far.scene.of_kind("action") if c.form not in ("trait", "vague"))
    verbs = [c for c in acts if not (answers and c.key == "actioned")]
    return so_far.context.set_aside if counted and not verbs else ""


def _subject(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "The volunteers, 14 of them": a bare number counts the noun in front of it."""
    counted = so_far.scene.low(spot.first - 1) in so_far.scene.words.count_of_behind
    if not (so_far.noun(spot).bare or counted) or spot.thing.measure != "count":
        return ""
    if heads_its_line(so_far.scene, spot):
        return "how many there are of something else"
    cue = audience_told_of(so_far.scene, spot) or refused_subject(so_far.scene, spot)
    if cue and cue.key == STAFF and so_far.accepted and cue.last == spot.first:
        return ""  # "Its systems removed 17 million videos, human moderators 4 million"
    return cue.key if cue else ""


def _changed_by(so_far: SoFar, spot: Spot[Amount]) -> str:
    """As in "dropped by half": a change, which is no figure."""
    scene = so_far.scene
    by = scene.low(spot.first - 1) in scene.words.change_by
    by = by or scene.words.difference_before.ending(scene.tokens, spot.first) is not None
    if (spot.thing.value or 0) < 0:
        return "a change"
    return "a change" if by and spot.thing.measure == "share" and so_far.noun(spot).bare else ""


CHECKS: tuple[Callable[[SoFar, Spot[Amount]], str], ...] = (
    refuse_date,
    _before,
    _banned_by_states,
    _whole_sentence,
    _persons,
    _noun,
    _difference,
    refuse_whole,
    _withdrawn,
    refuse_pronoun,
    refuse_rank,
    refuse_part_of_that,
    refuse_named_before,
    refuse_only_whole,
    refuse_supposed,
    _changed_by,
    refuse_exists,
    refuse_told_authorities,
    refuse_only_seen,
    refuse_only_found,
    refuse_undone,
    refuse_only_possible,
    refuse_only_posted,
    refuse_stroke,
    refuse_age,
    refuse_address,
    refuse_alone,
    refuse_counter,
    refuse_mark,
    refuse_numbered,
    refuse_year,
    refuse_restated,
    _near,
    _set_aside,
    _subject,
    refuse_out_of_a_base,
    refuse_same_as_before,
    refuse_part_of_refused,
    refuse_gapped,
    refuse_where_it_was,
    refuse_same_as_next,
    refuse_measured,
)
