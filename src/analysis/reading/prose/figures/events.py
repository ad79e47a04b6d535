"""The days of what a text tells of: the event that it is about, and the attack it counts from."""

from collections.abc import Iterable
from dataclasses import replace

from analysis.model.readings import Period
from analysis.reading.prose.figures.choice import COMMON_ACTS
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.scene import Scene, Spot
from analysis.reading.prose.times.resolving import LONG_AFTER, SAID_THEN

ACT_DAY = 18  # cost of the words between an act and its day
DAYS_OF_EVENT = 7  # no event of which a text tells lasts longer
OPENING = 2  # tokens in front of the period that a sentence is on
STARTED, SUBJECT = 2, 6  # tokens from "started" to its month, and to it from "the plan"
WHOLE = ("day", "month", "quarter", "half_year", "year")
DIGITS_OF_DAY = 2
POSSESSIVE = 2  # tokens: "'" and "s"
OF_NO_ACT = (SAID_THEN, LONG_AFTER)
STRUCK = 3  # tokens from "the attack" to its day: "the attack of October 7"
STRUCK_REACH = 14  # tokens from "killed" to its day


def tells_of_event(scene: Scene, reports: bool) -> bool:
    """As in "The exercise took place on 14 and 15 March": the days of what the text is about.

    So are those of an act that stands beside them ("Facebook on Tuesday took down a network"),
    unless the text reports on a quarter or the like. "Today, we removed two networks" is one even
    so.
    """
    if scene.has(scene.words.background):
        return False
    return scene.has(scene.words.took_place) or any(
        not (reports and not _opens_with_day_of(scene, act))
        and act.form == "verb"
        and act.key not in COMMON_ACTS
        and _is_dated_by(scene, act)
        for act in scene.of_kind("action")
    )


def day_it_struck(scenes: Iterable[Scene]) -> Period | None:
    """Return the day of "the attack of 7 October", None where a text dates none or several."""
    days: dict[object, Period] = {}
    for scene in scenes:
        told = bool(scene.periods) and not scene.of_kind("action")
        verbs = [f.first for f in scene.find(scene.words.event_verbs)] if told else []
        if not scene.periods or (not verbs and scene.words.event_nouns.isdisjoint(scene.lows)):
            continue
        nouns = [i for i in range(len(scene.tokens)) if scene.low(i) in scene.words.event_nouns]
        for spot in scene.periods:
            end = spot.last + POSSESSIVE * (scene.low(spot.last) == "'")  # "Friday's attacks"
            near = any(0 <= spot.first - i <= STRUCK or 0 <= i - end <= 1 for i in nouns)
            near = near or any(spot.first <= i < spot.last for i in nouns)  # "since the attack of"
            near = near or any(_is_verb_of(verb, spot) for verb in verbs)
            if near and _is_day(scene, spot) and spot.thing.start:
                day = replace(spot.thing, end=spot.thing.start, kind="day", cumulative=False)
                days.setdefault(spot.thing.start, day)
    return next(iter(days.values())) if len(days) == 1 else None


def _is_verb_of(verb: int, spot: Spot[Period]) -> bool:
    """As in "A gunman killed 51 people at two mosques on 15 March", of which nothing is removed."""
    return max(spot.first - verb, verb - spot.last) <= STRUCK_REACH


def _is_day(scene: Scene, spot: Spot[Period]) -> bool:
    """Say whether a day is named, be it one since when: "since the attack of 7 October".

    Or one after which hours count: "in the 24 hours after the attack of 7 October".
    """
    held = spot.thing
    if held.kind == "span" and held.start and held.end and (held.end - held.start).days == 1:
        return True
    numbers = (t.low for t in scene.tokens[spot.first : spot.last] if t.kind == "number")
    return spot.thing.kind == "day" or (
        spot.thing.kind == "since" and any(len(low) <= DIGITS_OF_DAY for low in numbers)
    )


def days_of_event(scene: Scene) -> Period | None:
    """Return the days that a sentence about an event names, None where it names more than one."""
    named = [s.thing for s in scene.periods if s.thing.convention not in OF_NO_ACT]
    days = [p for p in named if p.start and p.end and (p.end - p.start).days < DAYS_OF_EVENT]
    return days[0] if len(days) == 1 else None


def start_of_the_work(scenes: Iterable[Scene]) -> Period | None:
    """Return when the work began that a text tells of, None where it names no or several starts.

    As in "Since February 2010 a police unit has asked companies ...", without a number, or in
    "Their joint plan started in December 2021".
    """
    starts: dict[object, Period] = {}
    for scene in scenes:
        for spot in scene.periods:
            opens = spot.thing.kind == "since" and spot.first <= OPENING and not scene.counted
            acts = opens and any(c.form == "verb" for c in scene.of_kind("action"))
            started = _since_it_began(scene, spot) or _starts_work(scene, spot)
            if spot.thing.start and (acts or started or _opens_work(scene, spot)):
                starts.setdefault(spot.thing.start, spot.thing)
    return next(iter(starts.values())) if len(starts) == 1 else None


def _since_it_began(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "than it has removed since it began counting in mid-2015"."""
    inside = any(spot.first < f.first < spot.last for f in scene.find(scene.words.started))
    return spot.thing.kind == "since" and inside


def _starts_work(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "The unit was set up in 2010", "the scheme, launched in May 2019".

    The verb may stand behind: German "Die Stelle wurde 2015 gegründet".
    """
    verbs = [
        f
        for f in scene.find(scene.words.started)
        if 0 <= spot.first - f.last <= STARTED or 0 <= f.first - spot.last <= 1
    ]
    if not verbs or spot.thing.kind not in WHOLE:
        return False
    nouns = scene.find(scene.words.undertakings)
    first = min(verbs[-1].first, spot.first)
    return any(0 <= first - f.last <= SUBJECT for f in nouns)


def _opens_work(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "On 25 September the Commission opened its database": what it set going that day."""
    if spot.first > OPENING or spot.thing.kind not in WHOLE:
        return False
    nouns = {f.first for f in scene.find(scene.words.undertakings)}
    return any(
        0 <= f.first - spot.last <= SUBJECT and not nouns.isdisjoint(range(f.last, f.last + STRUCK))
        for f in scene.find(scene.words.started)
    )


def _opens_with_day_of(scene: Scene, act: Cue) -> bool:
    """As in "Today, we removed two networks": the day, and right behind it the act."""
    first = scene.periods[0] if scene.periods else None
    opens = first is not None and first.first == 0 and first.thing.kind == "day"
    return opens and first is not None and 0 <= act.first - first.last <= STRUCK


def _is_dated_by(scene: Scene, act: Cue) -> bool:
    """Say whether a day stands in the clause of an act, and tells no day of saying."""
    days = [
        s for s in scene.periods if s.thing.kind == "day" and s.thing.convention not in OF_NO_ACT
    ]
    return any(
        scene.distance(*sorted((act.last, s.first))) <= ACT_DAY
        or scene.distance(*sorted((s.last, act.first))) <= ACT_DAY
        for s in days
    )
