"""Members of a row that leave out what the first of them says: its verb, its noun, its whole.

As in "Facebook deleted 20 percent of the 3,087 posts that users reported, Twitter 16 percent of
843,527", and in "199,000 concerned drugs and 87,000 weapons".
"""

from analysis.model.readings import Amount
from analysis.reading.prose.figures.choice import Choice
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot
from analysis.reading.prose.figures.so_far import Accepted, SoFar

KIND_REACH = 3  # words of what things concern: "87,000 regulated goods"


def choice_of_row(so_far: SoFar, spot: Spot[Amount]) -> Choice | None:
    """Return what a number of a row takes from the member before it, None where there is no row."""
    before = _alike(so_far, spot) if _is_member(so_far, spot) else _of_another_kind(so_far, spot)
    people = _of_whom(so_far, spot) if before is None else None
    before = before or people
    if before is None:
        return None
    told, own = before.mention, None if people else so_far.noun(spot).item
    return Choice(spot, told.action, own.key if own else told.item, None, own, told.actor)


def _is_member(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """Say whether a service stands right before a share of a whole, and no verb beside it."""
    scene = so_far.scene
    share = spot if spot.thing.measure == "share" else _share_of(scene, spot)
    behind = scene.behind(share.last)[:1] if share else []
    if share is None or not behind or _share_of(scene, behind[0]) != share:
        return False
    named = next((c for c in scene.services() if c.last == share.first), None)
    row = range(named.first, behind[0].last) if named else range(0)
    return bool(row) and not any(c.first in row for c in scene.of_kind("action"))


def _share_of(scene: Scene, whole: Spot[Amount]) -> Spot[Amount] | None:
    """Return the share right in front of the number that it is of: "16 percent of 843,527"."""
    first = whole.first - (scene.low(whole.first - 1) in scene.words.the)
    of = scene.words.part_of.ending(scene.tokens, first)
    if of is None or whole.thing.measure != "count":
        return None
    shares = (s for s in scene.counted if s.thing.measure == "share" and s.last == of.first)
    return next(shares, None)


def _alike(so_far: SoFar, spot: Spot[Amount]) -> Accepted | None:
    """Return the share, or the whole, of the first member, where it has both."""
    scene = so_far.scene
    wholes = [a for a in so_far.accepted if _share_of(scene, a.spot)]
    shares = [a for a in so_far.accepted if any(_share_of(scene, w.spot) == a.spot for w in wholes)]
    if spot.thing.measure == "share":
        return shares[0] if shares else None
    return wholes[0] if wholes else None


def _of_whom(so_far: SoFar, spot: Spot[Amount]) -> Accepted | None:
    """As in "suspended 387,000 users, 1,196 of whom had broken this rule": of those."""
    scene, of = so_far.scene, so_far.scene.words.part_of.at(so_far.scene.tokens, spot.last)
    told = of is not None and scene.low(of.last) in scene.words.whom
    before = so_far.accepted[-1] if told and so_far.accepted else None
    alike = before is not None and before.mention.item == "accounts"
    return before if alike and spot.thing.measure == "count" else None


def _of_another_kind(so_far: SoFar, spot: Spot[Amount]) -> Accepted | None:
    """As in "199,000 concerned drugs and 87,000 weapons": of the things counted before."""
    scene, noun = so_far.scene, so_far.noun(spot)
    before = so_far.accepted[-1] if so_far.accepted else None
    if before is None or noun.item or noun.refusal or spot.thing.measure != "count":
        return None
    heads = [a for a in so_far.accepted if a.noun.item or a.noun.bare]  # the others are members
    head = heads[-1] if heads else before
    acts = (c for c in scene.of_kind("action") if 0 <= c.first - head.noun.last <= 1)
    act = next(acts, None)
    vague = act is not None and act.form == "vague"
    joined = spot.first - 1 in scene.inside(scene.words.joined)
    joined = joined or scene.low(spot.first - 1) in COMMAS
    kind = range(spot.last, min(spot.last + KIND_REACH, len(scene.tokens)))
    words = [scene.tokens[i].kind == "word" for i in kind]
    ends = next((i for i, word in zip(kind, words, strict=True) if not word), len(scene.tokens))
    told = any(spot.last <= c.first < ends for c in scene.of_kind("action"))
    members = [a for a in so_far.accepted if a.spot.first > head.spot.first]
    alone = act is not None and scene.between(act.last, spot.first) == len(members)
    return before if vague and joined and alone and spot.last < ends and not told else None
