"""A sentence while it is read: what is in it, what the text said before, what was accepted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from analysis.model.readings import Amount, Mention, Period, Reason
from analysis.reading.prose.figures.context import Context
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.nouns import Noun, noun_behind
from analysis.reading.prose.figures.scene import Scene, Spot


@dataclass(frozen=True, slots=True)
class Accepted:
    """An amount of the sentence that became a mention, with the noun it counts."""

    spot: Spot[Amount]
    noun: Noun
    mention: Mention
    item: Cue | None = None  # the words for what was counted, wherever they stand
    act: Cue | None = None  # the words for what was done to it
    in_passing: bool = False  # its service is named beside the one that the sentence is about


@dataclass(slots=True)
class SoFar:
    """The scene, the context before it, the noun of every amount, and the figures accepted."""

    scene: Scene
    context: Context
    nouns: Mapping[int, Noun]
    accepted: list[Accepted] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)  # why, by the first token of a number

    @classmethod
    def at_start(cls, scene: Scene, context: Context) -> "SoFar":
        """Return a sentence of which nothing has been read yet."""
        return cls(scene, context, {s.first: noun_behind(scene, s) for s in scene.amounts})

    @property
    def last(self) -> Mention | None:
        """The figure accepted last in the sentence."""
        return self.accepted[-1].mention if self.accepted else None

    def noun(self, spot: Spot[Amount]) -> Noun:
        """Return the noun of an amount."""
        return self.nouns[spot.first]

    def placed(self, amount: Amount) -> Amount:
        """Return an amount with its place in the document."""
        return replace(amount, span=self._shifted(amount.span))

    def placed_period(self, period: Period) -> Period:
        """Return a period with its place in the document."""
        return replace(period, span=self._shifted(period.span))

    def reason(self, name: str, words: str, span: tuple[int, int], rule: str) -> Reason:
        """Return a reason with its place in the document."""
        return Reason(name, words, self._shifted(span), rule)

    def cue_reason(self, name: str, cue: Cue) -> Reason:
        """Return the reason that a cue is."""
        tokens = self.scene.tokens
        span = (tokens[cue.first].start, tokens[cue.last - 1].end)
        return self.reason(name, cue.words, span, "nearest in the sentence")

    def _shifted(self, span: tuple[int, int]) -> tuple[int, int]:
        return span[0] + self.scene.offset, span[1] + self.scene.offset
