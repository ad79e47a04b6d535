"""One colour per platform, the same in every chart."""

from collections.abc import Sequence
from hashlib import sha256

from analysis.model.vocabulary import load

NEUTRALS = ("#5f6b76", "#74665c", "#6b705c", "#7a6a7f", "#57707a", "#6f6f6f")
INK = "#1d232a"
FAINT = "#5b6570"
RULE = "#c9ced4"
BLENDS = (("", 0.0), ("#000000", 0.5), ("#ffffff", 0.4), ("#000000", 0.25))
"""How the series of one platform differ: its colour, darker, lighter, then a little darker."""


def colour(platform: str) -> str:
    """Return the colour of a platform as ``#rrggbb``.

    A platform that the vocabulary does not know gets a neutral colour that depends on nothing but
    its name. A joint number has the colour of the platform named first.

    >>> colour("telegram"), colour("no_such_service") == colour("no_such_service")
    ('#e07b00', True)
    """
    first = platform.split("+", maxsplit=1)[0]
    entry = load("platforms").entries.get(first)
    if entry is not None and entry.more.get("colour"):
        return entry.more["colour"]
    return NEUTRALS[sha256(first.encode()).digest()[0] % len(NEUTRALS)]


def blend(one: str, other: str, share: float) -> str:
    """Mix a colour with `share` of another.

    >>> blend("#ff0000", "#000000", 0.5)
    '#800000'
    """
    parts = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def shades(series: Sequence[Sequence[str]]) -> list[str]:
    """Return the colour of each series: that of its platform, its later ones darker or lighter."""
    seen: dict[str, int] = {}
    found = []
    for key in series:
        other, share = BLENDS[seen.setdefault(key[0], 0) % len(BLENDS)]
        seen[key[0]] += 1
        found.append(blend(colour(key[0]), other, share) if other else colour(key[0]))
    return found


def label_colour(shade: str) -> str:
    """Return a series' colour, darker: letters need more contrast than strokes."""
    return blend(shade, "#000000", 0.2)
