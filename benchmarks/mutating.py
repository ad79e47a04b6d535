"""What the mutations of texts and of files share."""

import random
from typing import AnyStr


def cut(rng: random.Random, whole: AnyStr, longest: int) -> tuple[int, int]:
    """Return where a stretch of less than `longest` characters or bytes begins and ends."""
    start = rng.randrange(len(whole) + 1)
    return start, min(len(whole), start + rng.randrange(1, longest))


def spliced(rng: random.Random, whole: AnyStr, other: AnyStr, longest: int) -> AnyStr:
    """Return a text or file in which a stretch is one of another's."""
    start, end = cut(rng, whole, longest)
    return whole[:start] + other[slice(*cut(rng, other, longest))] + whole[end:]
