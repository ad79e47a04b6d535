"""Words that tie an amount to the time of writing, the report before or an event, with no date."""

from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.ownership import BEHIND
from analysis.reading.prose.figures.roles import FAR, Target, is_nearest
from analysis.reading.prose.figures.scene import Scene
from analysis.reading.prose.words.tokens import Found

RENAMED_REACH = 4  # tokens from a name to "now" and the newer one
NOW_REACH = 14
AFTER_REACH = 4  # tokens from the hours to the event: "24 hours after the Christchurch attack"


def times_of_writing(scene: Scene) -> list[Found[bool]]:
    """Return the words for the time of writing; "the accounts now closed" says nothing of it.

    Neither does Italian "al momento della cancellazione": at the moment of something.
    """
    acts = {cue.first for cue in scene.of_kind("action")}
    said = {i for f in scene.find(scene.words.says) for i in (f.last, f.first - 1)}
    part_of = scene.words.part_of
    return [
        f
        for f in scene.find(scene.words.now)
        if f.last not in acts
        and not _names_anew(scene, f)
        and said.isdisjoint(range(f.first, f.last))  # "he said today"
        and not (f.last - f.first > 1 and part_of.at(scene.tokens, f.last))
    ]


def _names_anew(scene: Scene, now: Found[bool]) -> bool:
    """As in "Twitter, or what is now called X", "Twitter (now X)": a newer name."""
    at = now.last + (scene.low(now.last) in scene.words.renamed)
    named = any(c.first == at for c in scene.services())
    return named and any(0 <= now.first - c.last <= RENAMED_REACH for c in scene.services())


def is_of_the_time_of_writing(scene: Scene, aim: Target) -> bool:
    """Say whether such a word stands near enough to an amount to be said of it."""
    spans = (
        sorted(((f.first, f.last), (aim.spot.first, aim.noun_end))) for f in times_of_writing(scene)
    )
    return any(scene.distance(left[1], right[0]) <= NOW_REACH for left, right in spans)


def undated_start(scene: Scene, aim: Target) -> Found[bool] | None:
    """Return what an amount counts from that has no date: "20 million since the pandemic began"."""
    dated = {i for s in scene.periods for i in range(s.first, s.last)}
    for found in scene.find(scene.words.since_event):
        near = is_nearest(scene, aim.spot, Cue("place", "", found.first, found.last, ""))
        if near and found.first not in dated:
            return found
    return None


def of_the_report_before(scene: Scene, aim: Target) -> Found[bool] | None:
    """As in "In the previous report it was 45 percent": words in front of the number, or behind."""
    for found in scene.find(scene.words.report_before):
        behind = 0 <= found.first - aim.noun_end <= BEHIND
        if (found.last <= aim.spot.first or behind) and is_nearest(
            scene, aim.spot, Cue("place", "", found.first, found.last, "")
        ):
            return found
    return None


def hours_after_it(scene: Scene, aim: Target) -> float:
    """Return the length of "in the 24 hours after the attack", in hours; 0 where there is none.

    It stands in the clause of the amount. "In the first 24 hours" counts from the attack as well.
    """
    for spot in scene.amounts:
        each = scene.words.hours_in.get(scene.low(spot.last), 0.0)
        behind = [scene.low(i) for i in range(spot.last + 1, spot.last + 1 + AFTER_REACH)]
        led = not scene.words.after_it.isdisjoint(behind[:1])
        struck = led and not scene.words.event_nouns.isdisjoint(behind)
        struck = struck or scene.low(spot.first - 1) in scene.words.opening
        low, high = sorted((spot.first, aim.spot.first))
        if each >= 1 and struck and spot.thing.value and scene.distance(low, high) <= FAR:
            return spot.thing.value * each
    return 0.0
