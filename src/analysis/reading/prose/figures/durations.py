"""Times to removal: "the median time was less than one minute", "taken down after about 18 hours".

A length of time is a figure only where the words say that something took that long on the whole;
deadlines, video lengths and reporting windows are not. It is kept in hours.
"""

from dataclasses import replace

from analysis.model.readings import Amount
from analysis.reading.prose.figures.scene import Scene, Spot
from analysis.reading.prose.numbers.number_grammar import grammar

DONE = ("removed", "blocked", "suspended")
BESIDE = 2  # tokens between an act and how long it took: "taken down, 30 minutes after"
CONDITION = 8  # cost of the words between a share and the time within which it was done
NAMED_REACH = 2  # tokens between a service and its own time: "on Instagram it was 22 hours"
FAR_REACH = 30  # the same, where the number is the older one of two: "fell, from 43 hours"
REACH = 18  # cost of the words between the measure ("median time") and its number


def hours_of(scene: Scene, spot: Spot[Amount]) -> Amount | None:
    """Return an amount of time in hours, None where its unit is none or nothing says what took it.

    >>> from analysis.reading.prose.times.resolving import Memory
    >>> from analysis.reading.prose.figures.scene import lay_out
    >>> scene, _ = lay_out("The median time to removal was 30 minutes.", 0, "en", Memory())
    >>> hours_of(scene, scene.amounts[0]).value
    0.5
    """
    hours = scene.words.hours_in.get(scene.low(spot.last))
    headed = _unit_of_head(scene, spot)
    timed = headed or (hours is not None and _measured(scene, spot))
    hours = headed or hours
    if hours is None or spot.thing.measure != "count" or not timed:
        return None
    amount = spot.thing
    value, low, high = (
        None if end is None else round(end * hours, 6)
        for end in (amount.value, amount.low, amount.high)
    )
    return replace(amount, value=value, low=low, high=high)


def _unit_of_head(scene: Scene, spot: Spot[Amount]) -> float | None:
    """As in "Hate speech: 6 Median time to act (minutes)", a cell under such a head."""
    opened, unit, closed = (scene.low(len(scene.tokens) - at) for at in (3, 2, 1))
    if (opened, closed) != ("(", ")") or unit not in scene.words.hours_in:
        return None
    heads = scene.find(scene.words.time_taken)
    under = any(0 <= f.first - spot.last <= 1 for f in heads)
    return scene.words.hours_in[unit] if under else None


def _measured(scene: Scene, spot: Spot[Amount]) -> bool:
    """Say whether words for how long a removal took stand in front of a number, or an act does.

    As in "The post disappeared 18 hours after somebody had reported it".
    """
    shares = (s for s in scene.amounts if s.thing.measure == "share" and s.last <= spot.first)
    if any(scene.distance(s.last, spot.first) <= CONDITION for s in shares):
        return False  # "93 percent of them came down less than 24 hours after upload"
    after = scene.low(spot.last + 1) in scene.words.after
    done = [c for c in scene.of_kind("action") if c.key in DONE and c.form != "trait"]
    led = scene.low(spot.first - 1) in scene.words.stop  # "suspended within 24 hours after"
    if after and not led and any(0 <= spot.first - c.last <= BESIDE for c in done):
        return True
    for found in scene.find(scene.words.time_taken):
        apart = scene.distance(found.last, spot.first)
        if found.last > spot.first:
            continue
        changed = _changed_to(scene, spot)
        older = grammar(scene.language).range_from.ending(scene.tokens, spot.first)
        reach = FAR_REACH if older else REACH
        if changed or apart <= reach or _ends_with_act(scene, spot):
            alone = not scene.between(found.last, spot.first)
            return alone or changed or _of_another(scene, spot)
    return _of_another(scene, spot)


def _changed_to(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "fell from 43 hours in the first quarter to 18 hours in the third": of the same act.

    Or in "3 hours in 2023, compared with 11 hours in 2022".
    """
    changes = (grammar(scene.language).range_to, grammar(scene.language).range_from)
    links = (*changes, scene.words.compare, scene.words.compare_number)
    if not any(link.ending(scene.tokens, spot.first) for link in links):
        return False
    before = [s for s in scene.counted if s.last <= spot.first]
    return bool(before) and hours_of(scene, before[-1]) is not None


def _of_another(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "9 hours on TikTok; on Instagram it was 22 hours": of another service."""
    before = [s for s in scene.counted if s.last <= spot.first]
    if not before or hours_of(scene, before[-1]) is None:
        return False
    near = range(spot.first - NAMED_REACH, spot.first + 1)
    return any(before[-1].last <= c.first and c.last in near for c in scene.services())


def _ends_with_act(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "Im Mittel vergingen zwischen der Meldung und der Löschung 1,42 Tage"."""
    return any(c.last == spot.first for c in scene.of_kind("action") if c.form != "trait")
