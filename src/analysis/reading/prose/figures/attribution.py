"""Who issued a number and what place it holds for, as the sentence says.

Both are taken only where words tie them to the figure: "according to Europol", "Twitter said",
"accounts in India", "Germany alone sent 261". What nobody is named for stays empty.
"""

from analysis.model import vocabulary
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.roles import Target
from analysis.reading.prose.figures.scene import Scene

LONGEST_NAME = 6  # tokens
ISSUERS = ("platform", "actor")


def issuer_of(scene: Scene) -> Cue | None:
    """Return the name of who issued the numbers of a sentence, None where it names nobody."""
    for found in scene.find(scene.words.according):
        name = _name_at(scene, found.last)
        if name:
            return name
    for cue in scene.cues:
        if cue.kind in ISSUERS and cue.key != "it" and _speaks(scene, cue):
            return cue
    return None


def _speaks(scene: Scene, cue: Cue) -> bool:
    says, tokens = scene.words.says, scene.tokens
    return says.at(tokens, cue.last) is not None or says.ending(tokens, cue.first) is not None


def _name_at(scene: Scene, index: int) -> Cue | None:
    """Return the name at a token, behind an article: a known one, or words with capitals."""
    for first in (index, index + 1):
        for cue in scene.cues:
            if cue.first == first and cue.kind in ISSUERS and cue.key != "it":
                return cue
    first = index + (scene.low(index) in scene.words.articles)
    last = first
    while last < min(len(scene.tokens), first + LONGEST_NAME) and _capital(scene, last):
        last += 1
    if last == first:
        return None
    words = " ".join(token.text for token in scene.tokens[first:last])
    return Cue("actor", "", first, last, words)


def _capital(scene: Scene, index: int) -> bool:
    token = scene.tokens[index]
    return token.kind == "word" and token.text[0].isupper()


def place_of(scene: Scene, aim: Target, by_authority: bool) -> Cue | None:
    """Return the place that a figure holds for: in its noun phrase, behind "in", or who acted.

    `by_authority` says that an authority acted, so that a state at the head of the sentence is
    where: "Germany alone sent 261 of them".
    """
    tied = [
        cue
        for cue in scene.of_kind("place")
        if scene.low(cue.first - 1) in scene.words.place_in
        or scene.low(cue.first - 2) in scene.words.place_in
        or aim.spot.last <= cue.first < aim.noun_end
        or (by_authority and cue.last <= aim.spot.first)
    ]
    if not tied:
        return None
    return min(tied, key=lambda c: scene.distance(*_apart(c, aim)))


def _apart(cue: Cue, aim: Target) -> tuple[int, int]:
    left, right = sorted(((cue.first, cue.last), (aim.spot.first, aim.noun_end)))
    return left[1], right[0]


def code_of(place: Cue | None) -> str:
    """Return the code of a place as the record keeps it, empty for none.

    >>> code_of(Cue("place", "de", 0, 1, "Germany"))
    'DE'
    """
    if place is None:
        return ""
    return vocabulary.load("geographies").entries[place.key].more["code"]
