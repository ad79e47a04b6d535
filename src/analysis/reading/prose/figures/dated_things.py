"""Periods that date a thing and no figure: the year of a law, the age of an account."""

from collections.abc import Collection

from analysis.model.readings import Period
from analysis.reading.prose.figures.roles import Target
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot

TOLD_REACH = 5  # tokens from a month to the verb of saying behind its comma
OPENING = 8  # tokens at the start of a sentence in which a period governs all of it
LAW_OF = 4  # tokens from a law to the "of" in front of its year
LASTING_REACH = 2  # tokens between "active" and "since 2010"
LAW_REACH = 2  # tokens between a law and its year


def looks_back_to(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
    """As in "had not been viewed by then": a moment told of before, and no period of the number."""
    period = spot.thing
    unnamed = period.basis == "unknown" and not period.end
    told = period.basis == "inherited" and aim.spot.thing.measure == "share"
    behind = spot.first > max(OPENING, aim.spot.first) and not scene.has(scene.words.running)
    return period.kind == "point" and (unnamed or told) and behind


def names_a_thing(scene: Scene, spot: Spot[Period], reach: int = LAW_REACH) -> bool:
    """As in "the IT rules of 2021", "founded in 2010": the year that something is known by.

    Laws are looked for over `reach` tokens in front of the year, in its clause.
    """
    if spot.thing.kind == "month":
        return _is_of_its_making(scene, spot)
    if spot.thing.kind != "year" or is_label(scene, spot):
        return False
    laws, nouns = scene.words.laws, scene.words.dated_nouns | scene.words.event_nouns
    if _stands_before(scene, spot, laws | scene.words.dated_nouns):
        return True
    commas = (i for i in range(spot.first) if scene.low(i) in (",", ";", ":"))
    covered = (f.first for f in scene.find(scene.words.covers) if f.first < spot.first)
    since = max((*commas, *covered), default=-1) if reach > LAW_REACH else -1
    led = range(max(since + 1, spot.first - reach), spot.first)
    if any(scene.low(i) in laws for i in led) or _is_of_a_law(scene, spot):
        return True
    before, beside = scene.low(spot.first - 2), scene.low(spot.first - 1)
    of = beside == "," or scene.words.part_of.at(scene.tokens, spot.first - 1) is not None
    return (before in nouns and of) or beside in scene.words.dated_nouns


def says_since_when(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "It was launched in 2017": the year in which something came into being."""
    begun = (f.last for f in scene.find(scene.words.started))
    year = spot.thing.kind in ("year", "month") and bool(spot.thing.end)
    return year and any(0 <= spot.first - last <= LAW_REACH - 1 for last in begun)


def _is_of_its_making(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "the code of conduct was signed in May 2016": the law and the verb in one sentence."""
    laws = [i for i in range(len(scene.tokens)) if scene.low(i) in scene.words.laws]
    verbs = [i for i in laws if i >= spot.last or 0 <= spot.first - i <= LAW_REACH + 1]
    beside = any(i < spot.first for i in laws if i not in verbs[-1:])
    return beside and bool(verbs) and not scene.between(0, len(scene.tokens))


def _is_of_a_law(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "the European code of conduct of 2016", but not "under the code in June of 2016"."""
    of = scene.words.part_of.ending(scene.tokens, spot.first)
    if of is None:
        return False
    words = [scene.low(i) for i in range(of.first - LAW_OF, of.first)]
    last = max((i for i, word in enumerate(words) if word in scene.words.laws), default=None)
    return last is not None and not (
        set(words[last:]) & (scene.words.place_in | scene.words.the | set(COMMAS))
    )


def is_label(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "249 orders under the decree (2022: 13)": the year of the number behind it."""
    return scene.low(spot.first - 1) == "(" and scene.low(spot.last) == ":"


def _stands_before(scene: Scene, spot: Spot[Period], nouns: Collection[str]) -> bool:
    """As in "the 2016 law", German "wurde 2015 gegründet", Turkish "2015 tarihli kanun"."""
    if not spot.first or scene.low(spot.first - 1) in scene.words.place_in:
        return False  # "In 2016 laws were tightened"
    closed = scene.words.stop | scene.words.determiners | scene.words.the | set(COMMAS)
    dated = scene.low(spot.last) not in closed and scene.low(spot.last + 1) in nouns
    return dated or scene.low(spot.last) in nouns


def was_there_since(scene: Scene, spot: Spot[Period], aim: Target) -> bool:
    """As in "removed 365 accounts, some of which had been active since 2010": not when it was done.

    A verb-final language says it in front: Turkish "2010'dan beri aktif olan 365 hesap".
    """
    if spot.thing.kind != "since":
        return False
    behind = spot.first >= aim.spot.last
    if not (behind or scene.words.verb_final):
        return False
    found = scene.find(scene.words.lasting)
    return any(
        0 <= spot.first - f.last <= LASTING_REACH or 0 <= f.first - spot.last <= LASTING_REACH
        for f in found
        if not scene.between(min(f.first, spot.first), max(f.last, spot.last))
    )


def tells_when_told(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "In its first report, in May, the company said it took action in the first quarter"."""
    if spot.thing.kind not in ("month", "day") or scene.low(spot.last) not in COMMAS:
        return False
    says = {f.first for f in scene.find(scene.words.says)}
    return not says.isdisjoint(range(spot.last + 1, spot.last + 1 + TOLD_REACH))
