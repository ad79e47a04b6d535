"""Names that are made to look like a service's, and are not it.

"Fаcebook" with a Cyrillic letter matches no spelling of Facebook. Left to itself it is an unknown
service, or its number goes to whatever service was named before; folded away it would be merged
with the one it imitates. So it is found, said to be what it is, and left to a person.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from analysis.model import vocabulary
from analysis.model.datafiles import load_rows

OVERRIDES = "\u202d\u202e"  # turn the direction of what follows, whatever it is
INSIDE = "\u200b\u2060\u2063\u2064\ufeff\u180e"  # take no room
# The joiner of Persian, marks of direction around a name and the soft hyphen are honest.
HONEST = dict.fromkeys(
    map(ord, "\u00ad\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
)
LONGEST = 3  # words of a name
SHORTEST = 4  # letters of a name that digits and pairs of letters may imitate
_WORD = re.compile(rf"[\w.{INSIDE}{OVERRIDES}]+")
_ASCII_TWINS = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "3": "e", "4": "a"})
_PAIRS = (("rn", "m"), ("vv", "w"))


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A name as it stands, the key of the service that it imitates, and what gives it away."""

    text: str
    imitates: str
    signs: tuple[str, ...]

    @property
    def note(self) -> str:
        """The finding in words, with every character that cannot be told apart spelled out."""
        spelled = self.text.encode("ascii", "backslashreplace").decode("ascii")
        return f"{spelled} looks like {self.imitates} and is not it: {', '.join(self.signs)}"


@cache
def confusables() -> Mapping[str, tuple[str, str]]:
    """Return for each letter which plain one it is taken for, and its script."""
    rows = load_rows("analysis.model", "confusables.csv")
    return {row["letter"]: (row["looks_like"], row["script"]) for row in rows}


def skeleton(text: str) -> str:
    """Return what a name looks like, in plain letters and lower case.

    >>> skeleton("F\u0430cebook"), skeleton("\uff26acebook"), skeleton("Fácebook")
    ('facebook', 'facebook', 'facebook')
    """
    known = confusables()
    seen = (known[c][0] if c in known else c for c in unicodedata.normalize("NFKC", text))
    apart = unicodedata.normalize("NFKD", "".join(seen))
    kept = (c for c in apart if unicodedata.category(c) not in ("Mn", "Cf", "Cc"))
    return vocabulary.fold("".join(known[c][0] if c in known else c for c in kept))


def rough(seen: str) -> str:
    """Return a skeleton in which digits and pairs of letters stand for the letter they imitate.

    >>> rough("faceb00k") == rough("facebook"), rough("telegrarn") == rough("telegram")
    (True, True)
    """
    seen = seen.translate(_ASCII_TWINS)
    for pair, letter in _PAIRS:
        seen = seen.replace(pair, letter)
    return seen


@cache
def imitated() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the keys of services by how their names look, exactly and roughly."""
    spellings = vocabulary.load("platforms").spellings
    exactly = {skeleton(name): key for name, key in spellings.items()}
    roughly = {rough(name): key for name, key in exactly.items() if len(name) >= SHORTEST}
    return exactly, roughly


@lru_cache(maxsize=10_000)
def find_lookalike(name: str) -> Lookalike | None:
    """Return which service a name imitates, None for a service's own name and for all others.

    Examples
    --------
    >>> find_lookalike("F\u0430cebook").signs
    ('Cyrillic among Latin letters',)
    >>> find_lookalike("Facebook"), find_lookalike("Faces")
    (None, None)
    """
    plain = name.translate(HONEST).strip(INSIDE)
    platforms = vocabulary.load("platforms")
    if platforms.find(plain) or platforms.find(plain.replace("\u0130", "I")):
        return None
    exactly, roughly = imitated()
    seen = skeleton(plain)
    key = exactly.get(seen) or (roughly.get(rough(seen)) if len(seen) >= SHORTEST else None)
    return Lookalike(name, key, signs_of(plain) or ("other letters or digits",)) if key else None


def signs_of(name: str) -> tuple[str, ...]:
    """Return what gives a name away: scripts, widths, accents, what is unseen."""
    known = confusables()
    scripts = {known[c][1] for c in name if c in known} - {"Latin"}
    latin = any(c.isascii() and c.isalpha() for c in name)
    signs = [f"{s} among Latin letters" if latin else f"{s} letters" for s in sorted(scripts)]
    if any(c in OVERRIDES for c in name):
        signs.append("a change of direction")
    if any(c in INSIDE for c in name):
        signs.append("characters that take no room")
    if any(c in known and known[c][1] == "Latin" for c in name):
        signs.append("rare Latin letters")
    if unicodedata.normalize("NFKC", name) != unicodedata.normalize("NFC", name):
        signs.append("letters of another width or style")
    if any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", name) if c not in known):
        signs.append("accents")
    return tuple(signs)


def lookalikes_in(text: str) -> Iterator[Lookalike]:
    """Yield the names in running text that imitate a service's by characters beyond ASCII.

    A single letter is passed over: in a text of another script it is a letter of that script.
    """
    if text.isascii():
        return
    words = list(_WORD.finditer(text))
    taken = -1
    for first, word in enumerate(words):
        for last in range(min(first + LONGEST, len(words)) - 1, first - 1, -1):
            name = text[word.start() : words[last].end()].strip(".")
            if word.start() < taken or name.isascii() or len(name) < 2:
                continue
            found = find_lookalike(name)
            if found:
                taken = words[last].end()
                yield found
                break
