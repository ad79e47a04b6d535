"""What the period nearest to an amount means for it: the day of an event, two years in a row."""

from dataclasses import replace

from analysis.model.readings import Period
from analysis.reading.prose.figures.dated_things import TOLD_REACH
from analysis.reading.prose.figures.events import DAYS_OF_EVENT
from analysis.reading.prose.figures.ownership import told_behind
from analysis.reading.prose.figures.roles import Target, comparisons
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot
from analysis.reading.prose.times.bounding import AFTER_IT

OPENING_YEARS = 3  # tokens in front of two years that a sentence opens with
EVENT_REACH = 8  # tokens from "after" to the day of the event
TOOK_PLACE = 1  # tokens between "took place" and its day
DAY_DIGITS = 2
WHEN_IT_WAS = "the day that a clause tells of"
TWO_YEARS = "from the first day of one year to the last of the next"


def meant(scene: Scene, aim: Target, spot: Spot[Period]) -> Period:
    """Return the period that the words nearest to an amount mean for it."""
    since = range(spot.last + 1, aim.spot.first)  # "since 23 January, when the wave began, 300"
    inside = len(since) > 0 and not any(scene.low(i) in COMMAS for i in since)
    if spot.thing.kind == "since" and inside and told_behind(scene, spot):
        return _day_of_record(spot.thing)
    if follows_an_event(scene, aim, spot):
        return replace(spot.thing, end=None, kind="since", convention=AFTER_IT)
    return _when_it_took_place(scene, spot) or _with_the_next(scene, aim, spot)


def follows_an_event(scene: Scene, aim: Target, spot: Spot[Period]) -> bool:
    """As in "removed 4,000 posts after the attack of 7 October": from that day on."""
    if spot.thing.kind != "day" or spot.first < aim.spot.last:
        return False
    near = range(max(aim.noun_end, spot.first - EVENT_REACH), spot.first)
    led = next((i for i in near if scene.low(i) in scene.words.after), None)
    if led is None:
        return False
    named = {scene.low(i) for i in range(led, spot.first)}
    return not named.isdisjoint(scene.words.event_nouns) and named.isdisjoint(COMMAS)


def _day_of_record(since: Period) -> Period:
    """As in "the most since 23 January, when 300,480 channels were closed": that day alone."""
    one_day = any(len(t) <= DAY_DIGITS and t.isdecimal() for t in since.text.split())
    if not one_day or since.start is None:
        return since
    return replace(since, end=since.start, kind="day", cumulative=False, convention=WHEN_IT_WAS)


def _when_it_took_place(scene: Scene, spot: Spot[Period]) -> Period | None:
    """As in "In 2019 26,000 items were referred in a sweep, which took place on 21 November".

    The days of an attack are no such days: what was removed of it came down later.
    """
    for found in scene.find(scene.words.took_place):
        beside = [s.thing for s in scene.periods if 0 <= s.first - found.last <= TOOK_PLACE]
        struck = {scene.low(i) for i in range(found.first - TOLD_REACH, found.first)}
        inside = beside and _are_days_within(beside[0], spot.thing)
        if inside and struck.isdisjoint(scene.words.event_nouns):
            return beside[0]
    return None


def _are_days_within(days: Period, longer: Period) -> bool:
    """Say whether days of at most a week lie within a longer period."""
    if not (days.start and days.end and longer.start and longer.end):
        return False
    short = (days.end - days.start).days < DAYS_OF_EVENT < (longer.end - longer.start).days
    return short and longer.start <= days.start and days.end <= longer.end


def _with_the_next(scene: Scene, aim: Target, spot: Spot[Period]) -> Period:
    """As in "71% in 2019 and 2020": a number of two years in a row is one of both.

    Not so in "1,200 and 1,400 pages in 2019 and 2020", where each has its own.
    """
    pair = _two_years(scene, spot)
    if pair is None:
        return spot.thing
    first, after = pair
    opens = first.first < OPENING_YEARS and after.last <= aim.spot.first
    if not (opens or first.first >= aim.spot.last):
        return spot.thing
    held = [at for at in comparisons(scene) if at <= aim.spot.first]  # "against 71% in"
    named = max((s.last for s in scene.periods if s.last <= aim.spot.first), default=0)
    row = [s for s in scene.counted if max([named, *held]) <= s.first < first.first]
    joints = scene.inside(scene.words.joined)
    if any(scene.low(s.last) == "," or s.last in joints for s in row):
        return spot.thing
    span = (first.thing.span[0], after.thing.span[1])
    text = scene.text[slice(*span)]
    return replace(
        first.thing, end=after.thing.end, kind="span", span=span, text=text, convention=TWO_YEARS
    )


def _two_years(scene: Scene, spot: Spot[Period]) -> tuple[Spot[Period], Spot[Period]] | None:
    """Return two years in a row that a word joins, of which a period is one."""
    for first in scene.periods:
        joint = scene.words.joined.at(scene.tokens, first.last)
        behind = [s for s in scene.periods if joint and s.first == joint.last]
        if not behind or spot not in (first, behind[0]):
            continue
        years = first.thing.kind == behind[0].thing.kind == "year"
        end, start = first.thing.end, behind[0].thing.start
        if years and end and start and (start - end).days == 1:
            return first, behind[0]
    return None
