"""Whose number it is: the service that an amount of a sentence belongs to."""

from analysis.reading.prose import languages
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.roles import FAR, Target
from analysis.reading.prose.figures.scene import Scene

UNKNOWN_NAME = 3  # tokens: a comma, a name, and a comma or "and"
QUOTES = "'\"“”„«»‘’‚"
OPENED_REACH = 7  # tokens between a comma, a service behind it, and the number of that
OPERATOR = 6  # a company ranks behind a service of its own named as near


def is_tied(scene: Scene, cue: Cue) -> bool:
    """Say whether a preposition or ending ties a service: "on Instagram", not "Instagram removed".

    It ties all that are joined: "on Facebook and Instagram".
    """
    behind = cue.last + (scene.low(cue.last) == "'")
    led = {_leading(scene, cue), scene.low(cue.first)} & scene.words.on  # or it is part of it
    told = cue.kind == "actor" and _leading(scene, cue) in scene.words.to  # "passed to the police"
    if led or told or scene.low(behind) in scene.words.on_behind:
        return True
    joined = [c for c in scene.of_kind(cue.kind) if c.first < cue.first and _listed(scene, c, cue)]
    return bool(joined) and is_tied(scene, joined[-1])


def _listed(scene: Scene, left: Cue, right: Cue) -> bool:
    """As in "warned Facebook, Twitter and YouTube": names in a row."""
    comma = right.first - left.last == 1 and scene.low(left.last) == ","
    return comma or scene.joined(left, right)


def _leading(scene: Scene, cue: Cue) -> str:
    """Return the word in front of a name, or of an authority's article: "an die Polizei"."""
    at = cue.first - 1
    if scene.low(at) == "'" and scene.low(at - 1) == "l":
        at -= 2  # French and Italian "l'Arcom"
    elif cue.kind == "actor" and scene.low(at) in scene.words.definite:
        by = scene.low(at - 1) in scene.words.by
        at -= not by  # "coordinated by the police": they act
    return scene.low(at)


def platform_of(scene: Scene, aim: Target) -> Cue | None:
    """Return the service an amount is about: "by TikTok" behind it, else the nearest before it."""
    costs = []
    for cue in scene.of_kind("platform"):
        tied = is_tied(scene, cue)
        if aim.spot.last <= cue.first < aim.noun_end:
            cost = -1
        elif cue.first >= aim.spot.last:
            crossed = scene.between(aim.spot.last, cue.first)
            cost = scene.distance(aim.noun_end, cue.first) + (0 if tied else 9) + 14 * crossed
            cost += FAR if _opens_another(scene, aim, cue) else 0
        else:
            crossed = scene.between(cue.last, aim.spot.first)
            cost = (
                scene.distance(cue.last, aim.spot.first)
                + 3 * crossed
                + (4 if crossed and tied else 0)
            )
        if not _tells(scene, cue) and is_told_of_others(scene, aim, cue):
            continue
        if _inside_another(scene, aim, cue) or _in_other_brackets(scene, aim, cue):
            continue
        if cue.key == "it" and any(s.last == cue.first for s in scene.amounts):
            continue  # "nine online services" are none
        if cue.key == "it" and cue.first >= aim.spot.last and _is_named_before(scene, aim):
            continue  # "Facebook removed 106 groups, all of them parts of the network"
        pronoun = 3 if cue.key == "it" else OPERATOR * ("+" in cue.key)
        left, right = sorted(((cue.first, cue.last), (aim.spot.first, aim.spot.last)))
        semicolon = FAR * _is_source(scene, cue) + 9 * any(
            scene.low(i) == ";" for i in range(left[1], right[0])
        )
        costs.append((cost + pronoun + semicolon, -cue.first, cue))
    return min(costs)[2] if costs else None


def _is_named_before(scene: Scene, aim: Target) -> bool:
    """Say whether a service is the subject in front of a number, so that no pronoun need be."""
    named = (c for c in scene.of_kind("platform") if c.key != "it" and c.last <= aim.spot.first)
    return any(not is_tied(scene, c) and not _inside_another(scene, aim, c) for c in named)


def _opens_another(scene: Scene, aim: Target, cue: Cue) -> bool:
    """As in "acted on 8.2 million posts, on Instagram it was 1.9 million": that of the next."""
    commas = [i for i in range(aim.noun_end, cue.first) if scene.low(i) in (",", "،")]
    later = [s.first for s in scene.counted if s.first >= cue.last]
    if not commas or not later or scene.distance(commas[-1] + 1, cue.first) > OPENED_REACH:
        return False
    gap = range(cue.last, later[0])
    parted = any(scene.low(i) in {",", "،", ";"} | scene.words.joined for i in gap)
    return later[0] - cue.last <= OPENED_REACH and not parted


def _in_other_brackets(scene: Scene, aim: Target, cue: Cue) -> bool:
    """As in "2.3 million posts (458,000 on Instagram) and 16.8 million": named of what is in them.

    A name alone in brackets only says more of the one in front: "Meta (Facebook, Instagram)".
    """
    opened = [i for i in range(cue.first) if scene.low(i) == "("]
    closed = [i for i in range(cue.last, len(scene.tokens)) if scene.low(i) == ")"]
    if not opened or not closed or any(scene.low(i) == ")" for i in range(opened[-1], cue.first)):
        return False
    outside = not opened[-1] < aim.spot.first < closed[0]
    return outside and scene.between(opened[-1], closed[0]) > 0


def _inside_another(scene: Scene, aim: Target, cue: Cue) -> bool:
    """As in "18,300 profiles and 27,300 Instagram accounts": inside the noun of another number."""
    others = {s.last for s in scene.counted if s.first != aim.spot.first}
    things = {c.first for c in scene.of_kind("item")}
    return cue.first in others and cue.last in things


def _is_source(scene: Scene, cue: Cue) -> bool:
    """Say whether a name only says whose numbers they are: "according to Google's own data"."""
    return any(f.last == cue.first for f in scene.find(scene.words.according))


def _tells(scene: Scene, cue: Cue) -> bool:
    """Say whether a service at the end of a sentence told all of it: "..., YouTube said"."""
    return scene.low(cue.last) in scene.words.says


def is_told_of_others(scene: Scene, aim: Target, cue: Cue) -> bool:
    """Say whether a service behind an amount is that of a later one: "1,300 of them on Instagram".

    What is listed shares it: "790 groups, 100 pages and 1,500 ads on Facebook".
    """
    if cue.first < aim.spot.last:
        return False
    if any(scene.low(i) == ";" for i in range(aim.spot.last, cue.first)):
        return True
    later = [s for s in scene.counted if aim.noun_end <= s.first < cue.first]
    gap = [scene.low(i) for i in range(aim.noun_end, later[0].first)] if later else []
    return bool(later) and not all(low in scene.words.joined or low == "," for low in gap)


def antecedent(scene: Scene, pronoun: Cue) -> Cue | None:
    """Return the service that "it" or "the company" stands for in its own sentence."""
    named = [c for c in scene.of_kind("platform") if c.key != "it" and c.last <= pronoun.first]
    subjects = [c for c in named if not is_tied(scene, c)]
    found = subjects or named
    return found[-1] if found else None


def joined_platforms(scene: Scene, chosen: Cue) -> list[Cue]:
    """Return the services that are named together with one: "on Facebook and Instagram"."""
    cues = [c for c in scene.of_kind("platform") if c.key != "it"]
    services = {c.key for c in cues if "+" not in c.key}
    cues = [c for c in cues if services.isdisjoint(c.key.split("+")[: c.key.count("+") * 2])]
    group = [chosen]
    for cue in sorted(cues, key=lambda c: c.first):
        if cue.first > group[-1].last - 1 and _in_a_row(scene, group[-1].last, cue.first):
            group.append(cue)
    for cue in sorted(cues, key=lambda c: -c.first):
        if cue.last <= group[0].first and _in_a_row(scene, cue.last, group[0].first):
            group.insert(0, cue)
    return group


def _in_a_row(scene: Scene, first: int, last: int) -> bool:
    """Say whether the tokens between two names join them, or "and" is written onto the second."""
    gap = _unquoted(scene, first, last)
    prefixes = scene.words.joined.intersection(languages.inflection(scene.language).prefixes)
    if not gap:
        return any(scene.low(last).startswith(prefix) for prefix in prefixes)
    return len(gap) <= 2 and _joins(scene, gap)


def _unquoted(scene: Scene, first: int, last: int) -> list[str]:
    """Return the tokens between two names, without the marks that quote them.

    A name between two commas that the vocabulary does not know leaves the row whole.
    """
    gap = [t for t in scene.tokens[first:last] if t.text not in QUOTES]
    if len(gap) == UNKNOWN_NAME and gap[1].text[:1].isupper() and gap[0].low == ",":
        gap = [gap[0], gap[2]]
    return [t.low for t in gap]


def _joins(scene: Scene, gap: list[str]) -> bool:
    joining = scene.words.joined | {",", "،"}
    tied = (
        len(gap) > 1 and gap[0] in scene.words.joined and gap[-1] in scene.words.on
    )  # "on Facebook and on Instagram"
    return all(low in joining for low in (gap[:-1] if tied else gap))
