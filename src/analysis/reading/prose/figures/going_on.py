"""Numbers that say nothing of what they count: those of a text that has just told of a figure.

They are taken to go on about it where nothing stands beside them that numbers of other kinds are
of. That is a guess, and the last resort: of the numbers it takes, two in three are such figures.
"""

from analysis.model.readings import Amount
from analysis.reading.prose.figures.scene import Spot
from analysis.reading.prose.figures.so_far import SoFar

MANY = 100  # of what is counted, where a sentence names neither it nor what was done
OF_OTHERS = (
    "users or audience",
    "people",
    "staff",
    "money",
    "casualties or attacks",
    "views or reactions",
    "age",
    "a telephone number",
    "survey",
    "requests for user data",
)
DIALLED = {"-", "–", "/", "+"}


def is_counted_on(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "The smallest part, 625,337, belonged to Al-Qaeda": a count of what was just told of.

    A large number in digits without a noun, in a sentence in which nothing is named that numbers of
    other kinds are of.
    """
    scene, value = so_far.scene, spot.thing.value or 0
    beside = {scene.low(spot.first - 1), scene.low(spot.last)}
    plain = so_far.noun(spot).bare and spot.thing.measure == "count"
    plain = plain and (value >= MANY or _names_again(so_far, spot.first))
    plain = plain and not _is_named_again(so_far, spot)
    digits = any(t.kind == "number" for t in scene.tokens[spot.first : spot.last])
    return plain and digits and not (beside & DIALLED) and _goes_on_plainly(so_far)


def is_part_of_the_told(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """As in "Another 24.8 percent ran against the rules on minors": a share of what was told of.

    A part in words needs no noun of its own behind it: "a good half of the increase".
    """
    scene, noun = so_far.scene, so_far.noun(spot)
    denied = scene.has(scene.words.undone) or scene.has(scene.words.nought)
    in_words = all(t.kind == "word" for t in scene.tokens[spot.first : spot.last])
    plain = noun.refusal is None and not denied and (noun.bare or not in_words)
    return plain and _goes_on_plainly(so_far)


def _names_again(so_far: SoFar, first: int) -> bool:
    """As in "It shows where the 174 were found: X leads with 116": a number that the text gave."""
    before = (s for s in so_far.scene.counted if s.last <= first)
    return any(_is_named_again(so_far, s) and so_far.noun(s).bare for s in before)


def _is_named_again(so_far: SoFar, spot: Spot[Amount]) -> bool:
    scene, known = so_far.scene, so_far.context.values
    return spot.thing.value in known and scene.low(spot.first - 1) in scene.words.the


def _goes_on_plainly(so_far: SoFar) -> bool:
    """Say whether a figure stands just before, and nothing here is what other numbers are of."""
    scene, context = so_far.scene, so_far.context
    others = [c for c in scene.of_kind("refusal") if c.key in OF_OTHERS]
    near = 0 <= context.paragraph - context.figure_paragraph <= 1
    told = (near or _names_again(so_far, len(scene.tokens))) and bool(context.action)
    return told and not others and not scene.has(scene.words.supposed)
