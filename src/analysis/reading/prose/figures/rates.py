"""The rate that an amount is given per, and lengths of time that no day dates."""

from analysis.model.readings import Period
from analysis.reading.prose.figures.ownership import BEHIND, RATE_REACH
from analysis.reading.prose.figures.roles import Target
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot

RATE_BEFORE = 9  # tokens from a rate to the number behind it


def is_only_length(period: Period) -> bool:
    """Say whether a period is a length of time of which no day is known: "within two days"."""
    return period.convention == "a length without dates"


def rate_of(scene: Scene, aim: Target) -> Period | None:
    """Return the rate that an amount is given per: "300 a day", "every week"."""
    for spot in scene.periods:
        if not spot.thing.per:
            continue
        if spot.first >= aim.spot.last:
            near = scene.distance(_behind_relative(scene, aim.noun_end), spot.first) <= BEHIND
            apart = scene.low(spot.first - 1) == ","  # "it held 100,000, a year on 200,000"
            if near and not apart and not scene.between(aim.spot.last, spot.first):
                return spot.thing
        elif any(s.last == spot.first for s in scene.amounts):
            continue  # its own rate, or a length: Turkish "24 saatte 1,5 milyon"
        elif scene.distance(spot.last, aim.spot.first) <= RATE_BEFORE:
            own = scene.between(spot.last, aim.spot.first) == 0
            closed = any(scene.low(i) in (";", ".") for i in range(spot.last, aim.spot.first))
            led = spot.last == aim.spot.first  # "daily over 60 and monthly over 2,000"
            if own and not closed and (led or not _follows_an_amount(scene, spot)):
                return spot.thing
    return None


def _behind_relative(scene: Scene, index: int) -> int:
    """Return where a clause on a noun goes on: German "38.000 Konten, die X täglich sperrt"."""
    opened = scene.low(index) in COMMAS and scene.low(index + 1) in scene.words.relative
    return index + 2 if opened else index


def _follows_an_amount(scene: Scene, rate: Spot[Period]) -> bool:
    """Say whether a rate is that of a number in front of it: "10,000 channels every month"."""
    before = [s for s in scene.counted if s.last <= rate.first]
    return bool(before) and scene.distance(before[-1].last, rate.first) <= RATE_REACH
