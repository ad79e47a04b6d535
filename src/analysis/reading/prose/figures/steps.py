"""One amount of a sentence read: a mention, or why there is none."""

from dataclasses import dataclass

from analysis.model.readings import Mention
from analysis.reading.prose.figures.choice import Choice
from analysis.reading.prose.figures.filling import mention_of
from analysis.reading.prose.figures.so_far import SoFar


@dataclass(frozen=True, slots=True)
class Step:
    """One amount of a sentence: a mention, or the reason why there is none."""

    mention: Mention | None
    reason: str = ""
    choice: Choice | None = None


def accept(so_far: SoFar, choice: Choice) -> Step:
    """Return the step of an amount that is a figure."""
    return Step(mention_of(so_far, choice), choice=choice)
