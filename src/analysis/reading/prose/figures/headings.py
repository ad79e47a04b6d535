"""Lines that stand above paragraphs and say of which time these are: "April", "Since 1996"."""

from datetime import date

from analysis.model.documents import Block
from analysis.model.readings import Period
from analysis.reading.prose.figures.scene import Scene, Spot

LONGEST, BESIDE = 60, 2  # characters of a heading; tokens in it beside its period
REPORTED = ("month", "quarter", "half_year", "year", "span")


def is_heading(block: Block, text: str) -> bool:
    """Return whether a block is a heading, by its kind or since no mark ends its few words."""
    if block.kind == "heading":
        return True
    return block.kind == "paragraph" and len(text) <= LONGEST and text[-1:].isalnum()


def period_of_heading(scene: Scene, published: date | None) -> Period | None:
    """Return the time that a heading names, None where it says anything else.

    A day, or the month in which the text came out, in a line of its own only dates the text.
    """
    if len(scene.periods) != 1 or not _stands_alone(scene, scene.periods[0]):
        return None
    period = scene.periods[0].thing
    if period.kind == "since":
        return period if period.start else None
    over = published is None or (period.end is not None and period.end < published)
    return period if period.kind in REPORTED and period.start and over else None


def _stands_alone(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "April", "Since 1996", "In the second quarter": hardly a word beside the time."""
    return len(scene.tokens) - (spot.last - spot.first) <= BESIDE
