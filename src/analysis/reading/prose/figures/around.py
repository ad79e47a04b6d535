"""What stands around a number and makes it something else than a figure.

A date that it is part of, money or a citation in front of it, the noun that it counts, a phrase in
the same clause, the number that it is the whole of or differs from.
"""

from analysis.model.readings import Amount, Period
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.nouns import AUDIENCE, OTHERS_ACTS, TIMES, has_verb, noun_behind
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot
from analysis.reading.prose.numbers.number_grammar import grammar

STRETCHES = ("length of time", TIMES, "services or companies", "places or languages")
NEARBY = ("near", "topic", "own", "rate")
HEADS = ("item", "platform", "refusal", "actor")  # with what a line opens
OPENED = 2  # tokens in front of the noun that a line opens with
SUBJECT_REACH = 8
OWN_VERB, OWN_SUBJECT = 4, 5  # tokens of a verb with its hedge, and of its subject with "the"
CLOSING = (";", "؛", ".", ":", "!", "?")
PASSIVE = 5  # tokens from a number to the verb of its clause: "68 have since been removed"
MADE_ONLY = "made and not acted on"
CITATION, NAMED = "citation", "part of a name"  # "Operation 404"
OF_THOUSANDS = 0.1  # percentage points within which such a share is known


def inside_period(scene: Scene, spot: Spot[Amount]) -> Period | None:
    """Return the period that an amount is only a part of, such as the year in "in 2016"."""
    for period in scene.periods:
        overlap = period.first < spot.last and spot.first < period.last
        if overlap and not period.thing.per:
            return period.thing
    return None


def refusal_before(scene: Scene, spot: Spot[Amount]) -> Cue | None:
    """Return what stands right before a number and makes it money or a citation."""
    for cue in scene.of_kind("refusal"):
        share = spot.thing.measure == "share"  # "nine of every ten"
        inside = spot.first <= cue.first < spot.last and not share
        over = cue.first < spot.first < cue.last  # "did nothing about 84", no "closed at least 2"
        digits = any(t.kind == "number" for t in scene.tokens[cue.last :][:1])
        inside = inside or (over and (digits or spot.last - cue.last == 1))  # "by fewer than ten"
        inside = inside or (cue.first < spot.first and cue.last == spot.last and cue.key == NAMED)
        beside = cue.last == spot.first and not (cue.key == CITATION and _is_hedged(scene, spot))
        if cue.form == "before" and (inside or beside) and not _is_in_an_act(scene, cue):
            return cue
    return None


def _is_in_an_act(scene: Scene, cue: Cue) -> bool:
    """As in Arabic "put back in place", of whose words the last alone are "put up"."""
    verbs = [c for c in scene.of_kind("action") if c.form == "verb" and cue.key == MADE_ONLY]
    return any(c.first < cue.first and cue.last <= c.last for c in verbs)


def _is_hedged(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "complaints under the law about a total of 1,048 posts": no law of that number."""
    return spot.last - spot.first > 1 and scene.tokens[spot.first].kind == "word"


def refused_subject(scene: Scene, spot: Spot[Amount]) -> Cue | None:
    """Return the noun in front of a number that is no item: "The volunteers, 14 of them".

    It holds where no item and no act stands between the two.
    """
    nouns = [
        c
        for c in scene.cues
        if c.last <= spot.first
        and (
            c.kind in ("item", "action")
            or _is_noun(c)
            or (c.form == "after" and scene.low(c.last) in scene.words.count_of_behind)
        )
    ]
    ends = {c.last for c in nouns if c.kind == "item"}
    if scene.words.named_behind:  # "le gouvernement français"
        ends |= {c.last for c in scene.cues if c.kind == "actor" or c.key.startswith("services")}
    nouns = [
        c for c in nouns if c.kind != "refusal" or c.first not in ends
    ]  # "contenidos terroristas"
    counted = [
        c
        for c in nouns
        if (_is_noun(c) and scene.words.count_of.ending(scene.tokens, c.first))
        or (c.kind == "refusal" and scene.low(c.last) in scene.words.count_of_behind)
    ]
    between = [s for s in scene.counted if counted and counted[-1].last <= s.first < spot.first]
    if counted and not any(s.thing.measure == "count" for s in between):
        return counted[-1]  # "The number of users who saw ads was 139 million"
    if _goes_on_counting(scene, spot):
        return None
    last = max(nouns, key=lambda c: c.last, default=None)
    if last is None or not _is_noun(last) or scene.between(last.first, spot.first):
        return None
    if any(last.last <= f.first < spot.first for f in scene.find(scene.words.seen)):
        return None  # "Employees caught 2 million of them"
    alone = all(c.kind != "item" for c in nouns)  # "The arrested were 108" counts them
    if any(last.last + alone <= f.first < spot.first for f in scene.find(scene.words.figure)):
        return None
    if scene.low(spot.first - 1) == ":" and any(c.kind == "item" for c in nouns):
        return None  # "Accounts removed for exploiting children: 241,905"
    return last if scene.distance(last.last, spot.first) <= SUBJECT_REACH else None


def heads_its_line(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "Platforms concerned: 214", a line of its own: so many services, and no requests."""
    if scene.low(spot.first - 1) != ":" or scene.before(spot):
        return False
    head = (c for c in scene.cues if c.last <= spot.first and c.kind in HEADS)
    first = next(head, None)
    opens = first is not None and first.first <= OPENED  # "Online service providers"
    return first is not None and opens and first.form == "after" and first.key in STRETCHES


def _goes_on_counting(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "2,600 posts for breach of its rules and 43,000 for spam": of what the first counts."""
    before = [s for s in scene.counted if s.last <= spot.first]
    if not before or spot.first - 1 not in scene.inside(scene.words.joined):
        return False
    item = noun_behind(scene, before[-1]).item
    return item is not None and not item.form


def audience_told_of(scene: Scene, spot: Spot[Amount]) -> Cue | None:
    """As in "It closed 23 pages; their followers numbered two million": told apart."""
    users = (c for c in scene.of_kind("refusal") if c.key == AUDIENCE and c.form == "after")
    for cue in users:
        gap = range(cue.last, spot.first)
        opened = next((i for i in range(cue.first - 1, -1, -1) if scene.low(i) in CLOSING), -1)
        near = 0 < len(gap) <= OWN_VERB and cue.first - opened <= OWN_SUBJECT
        ends = {*CLOSING, *COMMAS, *scene.words.by, *scene.words.soft}
        plain = ends.isdisjoint(scene.low(i) for i in gap) and not scene.between(opened, spot.first)
        done = any(c.first >= cue.last and c.form != "trait" for c in scene.of_kind("action"))
        told = opened >= 0 or scene.low(cue.last) in scene.words.copula  # no "Users filed 132,613"
        told = told or any(f.first == cue.last for f in scene.find(scene.words.figure))
        if near and plain and told and not done:
            return cue
    return None


def _is_noun(cue: Cue) -> bool:
    return cue.kind == "refusal" and cue.form == "after" and cue.key not in STRETCHES


def refusal_near(scene: Scene, spot: Spot[Amount], reach: int = 24) -> Cue | None:
    """Return a phrase in the same clause that makes a number something else."""
    for cue in scene.of_kind("refusal"):
        if cue.form not in NEARBY or _of_another(scene, spot, cue):
            continue
        left, right = sorted(((cue.first, cue.last), (spot.first, spot.last)))
        if cue.form == "near" and (has_verb(scene, spot) or _parted(scene, left[1], right[0])):
            continue
        if cue.form != "topic" and has_its_verb_behind(scene, spot, cue.first, cue.last):
            continue
        led = cue.form == "own" and spot.last <= cue.first
        inside = noun_behind(scene, spot).last if led else 0  # "5,000 banned items are still up"
        acts = (
            c
            for c in scene.of_kind("action")
            if max(left[1], inside) <= c.first
            and c.last <= right[0]
            and c.key not in OTHERS_ACTS
            and (c.form, cue.form) != ("trait", "rate")  # "the accuracy of its own tools"
        )
        if scene.distance(left[1], right[0]) <= reach and not any(acts):
            return cue
    return None


def _parted(scene: Scene, first: int, last: int) -> bool:
    """As in "Durov was arrested in August: 45,000 groups a day disappeared": told of apart."""
    return any(scene.low(i) == ":" for i in range(first, last))


def has_its_verb_behind(scene: Scene, spot: Spot[Amount], first: int, last: int) -> bool:
    """As in "112 are still online and 68 were removed": what stands in between is told of the 112.

    `first` and `last` are the tokens of what is told.
    """
    joined = scene.low(spot.first - 1) in COMMAS | scene.words.soft
    before = scene.between(0, first) > 0 and last <= spot.first
    before = before and scene.between(last, spot.first) == 0
    if not (joined and before and spot.thing.measure == "count"):
        return False
    end = max(spot.last, noun_behind(scene, spot).last)
    apart = bool(scene.words.partitive) and scene.low(spot.last) == "'"  # Turkish "68'i silindi"
    passive = apart or scene.low(end) in scene.words.verbs_behind
    behind = range(end, end + PASSIVE if passive else end + 1)
    return any(c.form == "verb" and c.first in behind for c in scene.of_kind("action"))


def _of_another(scene: Scene, spot: Spot[Amount], cue: Cue) -> bool:
    """As in "5,200 clips were removed, while 66,000 are still online": said of the nearest."""
    acts = (c for c in scene.of_kind("action") if c.last <= spot.first)
    if cue.form == "rate":
        return not _is_its_rate(scene, spot, cue)
    if cue.form != "own":
        return False
    if spot.last <= cue.first and scene.between(spot.last, cue.first):
        return True  # "1,666 accounts had sent two million tweets"
    item = noun_behind(scene, spot).item
    named = item is not None and item.implies != ""  # "got 129 orders, and turned down 58"
    if not named and not any(scene.between(c.last, spot.first) == 0 for c in acts):
        return False
    return any(
        _apart(scene, other, cue) < _apart(scene, spot, cue)
        for other in scene.counted
        if other.first != spot.first
    )


def _is_its_rate(scene: Scene, spot: Spot[Amount], cue: Cue) -> bool:
    """As in "The error rate of its tools was 2.2%", "with 97% accuracy": the share beside it."""
    if spot.last <= cue.first:
        share_of_it = cue.first - spot.last <= 1
    else:
        share_of_it = not scene.between(cue.last, spot.first)
    return spot.thing.measure == "share" and share_of_it


def _apart(scene: Scene, spot: Spot[Amount], cue: Cue) -> int:
    left, right = sorted(((cue.first, cue.last), (spot.first, spot.last)))
    return scene.distance(left[1], right[0])


def is_difference(scene: Scene, spot: Spot[Amount]) -> bool:
    """Say whether a number only says by how much two others differ: "nine more than in 2023"."""
    if scene.words.difference.at(scene.tokens, spot.last):
        return True
    behind = {found.first for found in scene.find(scene.words.difference_behind)}
    return bool(behind) and noun_behind(scene, spot).last in behind  # "14.000 Hinweise mehr"


def is_whole(scene: Scene, spot: Spot[Amount]) -> bool:
    """Say whether a number is the whole of which another is a part: "38 of its 500"."""
    before = scene.before(spot)
    gap = range(before[-1].last, spot.first) if before else range(0)
    noun = noun_behind(scene, before[-1]) if before else None
    if noun and noun.item and noun.last < spot.first:
        gap = range(noun.last, spot.first)  # "3,400 posts out of 5,200"
    if before and before[-1].thing.measure == "ratio":
        return False  # Italian "il doppio degli 1,2 miliardi": what is compared with
    if scene.low(spot.first - 1) in (",", "("):
        return False  # "a third of these, 733, ..." says it again
    if not scene.inside(scene.words.joined).isdisjoint(gap):
        return False  # "64,029 of users and 13,642"
    if any(scene.low(i) in (":", ";") for i in gap):
        return False  # "2.1 million of accounts: 1.9 for spam"
    return 0 < len(gap) <= 3 and scene.words.part_of.at(scene.tokens, gap[0]) is not None


def withdrawn(scene: Scene, spot: Spot[Amount]) -> bool:
    """Say whether the text takes the number back: "not 84,300 as an earlier version said"."""
    return scene.words.withdrawn.ending(scene.tokens, spot.first) is not None


def is_out_of_many(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "three to four times per 10,000": a share that is written over a large round number."""
    percent, share = grammar(scene.language).percent, spot.thing.measure == "share"
    signed = percent.ending(scene.tokens, spot.last) or percent.at(scene.tokens, spot.first)
    low, high = spot.thing.low or 0.0, spot.thing.high or 0.0
    return share and signed is None and high - low <= OF_THOUSANDS
