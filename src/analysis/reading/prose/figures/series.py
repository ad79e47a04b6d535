"""Figures that stand together in a sentence: what they share, and how they pair off.

A hedge in front of a list holds for all of it; "respectively" pairs two lists; "from 4.7 to 4
million" is a change, whose first number is the older one.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.model.readings import Amount, Mention, Period
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.scene import COMMAS, WHOLE, Scene, Spot
from analysis.reading.prose.figures.services import joined_platforms
from analysis.reading.prose.figures.so_far import Accepted
from analysis.reading.prose.numbers.growing import tidy
from analysis.reading.prose.numbers.hedging import rehedged

OPENING = 20  # characters in which the period stands that all of a sentence is on
SCALES = (1e9, 1e6, 1e3)
MANY, TEN = 100, 10  # a number from the first on that the second does not divide is no round one
MONTHS_OF_A_ROW = 750  # days of months that a sentence tells of one by one
PAIR = 2  # times that "and" makes one span
PAUSES = (*COMMAS, ";", "(")


def settle(
    scene: Scene, accepted: Sequence[Accepted], row: Sequence[Mention] = ()
) -> list[Mention]:
    """Return the mentions of a sentence, each with what it shares with its neighbours.

    `row` holds those of the sentence before.
    """
    hedged = spread_hedges(scene, accepted)
    parallel = _in_parallel(scene, hedged)
    paired = respectively(scene, accepted, changed(scene, hedged), parallel, row)
    return in_order(scene, accepted, paired, row)


def _listed(scene: Scene, left: Accepted, right: Accepted) -> bool:
    gap, joints = range(left.noun.last, right.spot.first), scene.inside(scene.words.joined)
    placed = scene.named()  # "over 45,000 on Facebook and 1,900 on Instagram"
    placed |= {i - 1 for i in placed if scene.low(i - 1) in scene.words.on}
    return len(gap) > 0 and all(i in joints or i in placed or scene.low(i) == "," for i in gap)


def spread_hedges(scene: Scene, accepted: Sequence[Accepted]) -> list[Accepted]:
    """A hedge in front of a list holds for all of it: "some 3,300 Pages, 10,500 groups"."""
    made: list[Accepted] = []
    for right in accepted:
        left = made[-1] if made else None
        row = left and (_listed(scene, left, right) or _says_noun_again(scene, left, right))
        shares = left and row and _shares_hedge(left.mention, right.mention)
        made.append(_rehedged(right, left.mention) if left and shares else right)
    return made


def _says_noun_again(scene: Scene, left: Accepted, right: Accepted) -> bool:
    """As in "about 5,400 links to jihadist content, 1,070 links to racist content"."""
    nouns = [a.noun.item.words.casefold() for a in (left, right) if a.noun.item]
    joints = scene.inside(scene.words.joined)
    led = right.spot.first - 1 in joints or scene.low(right.spot.first - 1) == ","
    between = range(left.noun.last, right.spot.first)
    told = any(c.first in between for c in scene.cues if c.kind in ("action", "actor"))
    return len(nouns) > 1 and len({*nouns}) == 1 and led and not told


def _rehedged(figure: Accepted, left: Mention) -> Accepted:
    amount = rehedged(figure.mention.amount, left.amount.bound)
    return replace(figure, mention=replace(figure.mention, amount=amount))


def _shares_hedge(left: Mention, right: Mention) -> bool:
    hedged = left.amount.bound in ("about", "over") and right.amount.bound == "stated"
    value = right.amount.value or 0
    exact = value >= MANY and value % TEN != 0  # "over 130,000 comments and 1,162 rooms"
    return hedged and not exact and right.measure == left.measure == "count"


def changed(scene: Scene, accepted: Sequence[Accepted]) -> list[Mention]:
    """As in "fell from 4.7 million to 4 million": the first number is that of the time before."""
    made = [a.mention for a in accepted]
    for index, (left, right) in enumerate(itertools.pairwise(accepted)):
        words = (scene.low(left.spot.first - 1), scene.low(right.spot.first - 1))
        if left.mention.measure != right.mention.measure or _new_clause(scene, left, right):
            continue
        ends = scene.words.to | scene.words.change_to
        hedge = scene.low(right.spot.first)  # Russian "до" is "up to" and the "to" of a change
        if words[0] in scene.words.change_from and hedge in scene.words.change_to:
            made[index + 1] = replace(
                right.mention, amount=rehedged(right.mention.amount, "stated")
            )
        if words[0] in scene.words.change_from and (words[1] in ends or hedge in ends):
            own = _period_between(scene, left, right)
            base = _period_of_base(scene, right)
            if base:  # "grew from 210,000 to 480,000 compared with the first half of 2022"
                older = replace(_of_one(left.mention, right.mention), background=True)
                made[index] = replace(older, period=_placed(scene, base))
            elif own:  # "in the second half, from 15,337 in the half before to 35,972"
                made[index] = replace(_of_one(left.mention, right.mention), background=True)
                made[index + 1] = replace(made[index + 1], period=own)
            else:
                made[index] = _older(scene, _of_one(left.mention, right.mention))
        elif words[0] in scene.words.to and words[1] in scene.words.change_from:
            older = _of_one(right.mention, left.mention)
            made[index + 1] = _older(scene, older, told=_told_between(scene, left, right))
    return made


def _new_clause(scene: Scene, left: Accepted, right: Accepted) -> bool:
    """As in "up from 5.9 million in the first half, and it issued bans to 1.1 million users"."""
    commas = (i for i in range(left.noun.last, right.spot.first) if scene.low(i) in COMMAS)
    return any(scene.words.joined.at(scene.tokens, i + 1) for i in commas)


def _period_between(scene: Scene, left: Accepted, right: Accepted) -> Period | None:
    """Return the period of the second number where the first has one of its own right behind."""
    spots = [s for s in scene.periods if not s.thing.per and s.thing.start and s.thing.end]
    inside = [s for s in spots if left.spot.last <= s.first and s.last <= right.spot.first]
    others = [s for s in spots if s not in inside and s.last <= left.spot.first]
    if len(inside) != 1 or not others:
        return None
    return _placed(scene, others[-1].thing)


def _period_of_base(scene: Scene, right: Accepted) -> Period | None:
    """Return the period that a change is held against, by the words behind its second number."""
    compares = {f.last for f in scene.find(scene.words.compare) if f.first >= right.spot.last}
    behind = (s for s in scene.periods if s.thing.start and s.thing.end and not s.thing.per)
    if not compares or any(s.first >= right.spot.last for s in scene.counted):
        return None
    return next((s.thing for s in behind if not compares.isdisjoint((s.first, s.first - 1))), None)


def _of_one(figure: Mention, other: Mention) -> Mention:
    """A change is that of one service and of one kind of thing."""
    return replace(figure, platforms=other.platforms, item=other.item)


def _told_between(scene: Scene, left: Accepted, right: Accepted) -> bool:
    """As in "swelled to 1.4 billion in the third quarter, from 734 million": of the first."""
    own = any(s.first >= right.spot.last for s in scene.periods)  # "from 165,941 in the first"
    inside = (left.spot.last <= s.first and s.last <= right.spot.first for s in scene.periods)
    return not own and any(inside)


def _older(scene: Scene, mention: Mention, *, told: bool = False) -> Mention:
    return replace(mention, background=True, period=_before(scene, mention.period, told))


def _before(scene: Scene, period: Period | None, told: bool) -> Period | None:
    """Return the stretch before a quarter, half, month or year that the change leads up to.

    "The count for the third quarter went from 9.8 to 10.6" tells of one quarter: its words stand
    in the sentence, behind what they qualify, and then both numbers are of that quarter.
    """
    if period is None or period.kind not in WHOLE or not (period.start and period.end):
        return period
    inside = scene.offset <= period.span[0] < scene.offset + len(scene.text)
    if inside and not told and period.span[0] > scene.offset + OPENING:
        return period
    days = calendar.previous(Days(period.start, period.end))
    rule = "the stretch before the one that the change leads up to"
    return replace(period, start=days.first, end=days.last, basis="inferred", convention=rule)


def _in_parallel(scene: Scene, accepted: Sequence[Accepted]) -> bool:
    """Say whether as many services as numbers stand in one row each: "A and B: 61 and 18".

    Not so "blocked 10,449 posts, 7,160 of them on A and B": a part of the first is on both.
    """
    cues = _without_owners(scene.services())
    rows = len(accepted) > 1 and len(cues) == len(accepted) == len(joined_platforms(scene, cues[0]))
    if not rows or not all(_listed(scene, a, b) for a, b in itertools.pairwise(accepted)):
        return False
    first, last = accepted[0].spot.last, max(cues[-1].first, accepted[-1].noun.last + 1)
    return not any(first <= f.first <= last for f in scene.find(scene.words.parts))


def _without_owners(services: list[Cue]) -> list[Cue]:
    """As in "Facebook and Instagram removed 22 and 6 million, their parent Meta said"."""
    named = {c.key for c in services}
    owners = [c for c in services if "+" in c.key and not named.isdisjoint(c.key.split("+"))]
    return [c for c in services if c not in owners]


def respectively(
    scene: Scene,
    accepted: Sequence[Accepted],
    mentions: list[Mention],
    parallel: bool,
    row: Sequence[Mention],
) -> list[Mention]:
    """As in "A and B banned 61,000 and 18,500 accounts respectively": pair the two lists.

    So are "In 2021 and 2022 it removed 2,799 and 3,635 posts" paired, without that word.

    Where no service is named, they are those of the row before: "It put back 900 and 400
    respectively".
    """
    dated = _dates_in_a_row(scene, accepted)
    if dated:
        pairs = zip(mentions, dated, strict=True)
        return [replace(m, period=_placed(scene, period), background=False) for m, period in pairs]
    if not (parallel or scene.has(scene.words.respectively)):
        return mentions
    cues = _without_owners(scene.services())
    named: list[tuple[str, ...]] = [(c.key,) for c in cues] or [m.platforms for m in row]
    keys = list(dict.fromkeys(named))
    if len(keys) == len(mentions):
        return [replace(m, platforms=key) for m, key in zip(mentions, keys, strict=True)]
    places = {spot.first: i for i, spot in enumerate(scene.counted)}
    dated = _one_by_one(scene, len(places))
    if len(dated) != len(places):
        return mentions
    return [
        replace(m, period=_placed(scene, dated[places[a.spot.first]])) if m.period else m
        for m, a in zip(mentions, accepted, strict=True)
    ]


def in_order(
    scene: Scene, accepted: Sequence[Accepted], mentions: list[Mention], row: Sequence[Mention]
) -> list[Mention]:
    """As in "removed 900 posts and closed 60 channels. For Al-Qaeda the figures were 26 and 4".

    Numbers without nouns and verbs that stand side by side take those of the row before them, in
    the same sentence or in the one that `row` holds, where each of that had its own.
    """
    made, told = list(mentions), tuple(row)
    for first, last in _groups(scene, accepted):
        group = range(first, last)
        bare = all(accepted[i].noun.bare for i in group) and len(group) > 1
        opened = _clause_of(scene, accepted, first)
        acts = (c for c in scene.of_kind("action") if c.form == "verb")
        said = any(opened <= c.first <= accepted[last - 1].spot.last for c in acts)
        rows = (r for r in (told, tuple(made[:first])) if len(r) == len(group) and _differ(r))
        before = next(rows, ()) if bare and not said else ()
        for i, other in zip(group, before, strict=False):
            shared = made[first]
            made[i] = replace(
                _alike(made[i], other), platforms=shared.platforms, background=shared.background
            )
        told = tuple(made[first:last])
    return made


def _clause_of(scene: Scene, accepted: Sequence[Accepted], index: int) -> int:
    """Return the token at which the clause of a number begins, behind the figure before it."""
    first = accepted[index - 1].noun.last if index else 0
    commas = (i for i in range(first, accepted[index].spot.first) if scene.low(i) in PAUSES)
    return max(commas, default=first)


def with_scale_of(amount: Amount, told: Amount) -> Amount:
    """Return "3.8" behind "3.4 million" as millions: things are counted in whole numbers."""
    value, whole = amount.value or 0.0, told.value or 0.0
    fraction = amount.measure == told.measure == "count" and value != int(value)
    scale = next((by for by in SCALES if whole >= by), 1.0)
    written_out = sum(char.isdigit() for char in told.text) >= len(str(int(whole)))
    if not fraction or value >= SCALES[-1] or written_out:
        return amount
    low, high = (x and tidy(x * scale) for x in (amount.low, amount.high))
    return replace(amount, value=tidy(value * scale), low=low, high=high)


def _groups(scene: Scene, accepted: Sequence[Accepted]) -> Iterator[tuple[int, int]]:
    """Yield the rows of numbers that stand side by side, each from its first to past its last."""
    first = 0
    for index, (left, right) in enumerate(itertools.pairwise(accepted), 1):
        if not _listed(scene, left, right):
            yield first, index
            first = index
    if accepted:
        yield first, len(accepted)


def _differ(row: Sequence[Mention]) -> bool:
    return len({(m.item, m.action) for m in row}) == len(row)


def _alike(mention: Mention, before: Mention) -> Mention:
    """Return a figure as one of the same thing and act as another, where both are of one kind."""
    if mention.measure != before.measure or (mention.item, mention.action) == (
        before.item,
        before.action,
    ):
        return mention
    kept = [r for r in mention.reasons if r.field not in ("item", "action", "actor")]
    rule = "in the order of the numbers told before"
    reasons = [replace(r, rule=rule) for r in before.reasons if r.field in ("item", "action")]
    return replace(
        mention,
        item=before.item,
        action=before.action,
        actor=before.actor,
        of=before.of,
        reasons=(*kept, *reasons),
    )


def _dates_in_a_row(scene: Scene, accepted: Sequence[Accepted]) -> list[Period]:
    """Return as many periods in a row as there are numbers in one, none where they do not match."""
    bare = all(figure.noun.bare for figure in accepted[:-1]) and len(accepted) > 1
    if not bare or not all(_listed(scene, a, b) for a, b in itertools.pairwise(accepted)):
        return []
    spots = [s for s in scene.periods if s.thing.start and s.thing.end and not s.thing.per]
    joints = scene.inside(scene.words.joined)
    for left, right in itertools.pairwise(spots):
        gap = range(left.last, right.first)
        if not gap or not all(i in joints or scene.low(i) == "," for i in gap):
            return []
    if len(_without_owners(scene.services())) > 1:
        return []  # "In 2020 and 2021, Facebook and YouTube removed 279 and 363 posts"
    dated = [s.thing for s in spots]
    if len(dated) < len(accepted):  # "January, February and March", of which two are one span
        dated = [part for s in spots for part in _named_parts(scene, s)]
    return dated if 1 < len(dated) == len(accepted) else []


def _one_by_one(scene: Scene, count: int) -> list[Period]:
    """Return the periods of a sentence, "October and November" being two."""
    dated = [s.thing for s in scene.periods if s.thing.start and s.thing.end]
    months = _months_of(dated[0]) if len(dated) == 1 else []
    return months if len(months) == count else dated


def _named_parts(scene: Scene, spot: Spot[Period]) -> list[Period]:
    """Return the years or months that a span names with only a joint between: "2021 and 2022"."""
    joints = scene.inside(scene.words.joined)
    joined = any(i in joints for i in range(spot.first + 1, spot.last - 1))
    if spot.thing.kind != "span" or not joined:
        return [spot.thing]
    parts = _years_of(spot.thing) or _months_of(spot.thing)
    return parts if len(parts) == PAIR else [spot.thing]


def _years_of(period: Period) -> list[Period]:
    """Return the years of a period that is made of several whole ones, none where it is not."""
    if not (period.start and period.end) or period.end.year == period.start.year:
        return []
    ends = (period.start.replace(month=1, day=1), period.end.replace(month=12, day=31))
    if (period.start, period.end) != ends:
        return []
    years = range(period.start.year, period.end.year + 1)
    ones = (period.start.replace(year=year) for year in years)
    return [replace(period, start=d, end=ends[1].replace(year=d.year), kind="year") for d in ones]


def _months_of(period: Period) -> list[Period]:
    """Return the months of a period that is made of whole ones, else the period itself."""
    if not (period.start and period.end) or period.start.day != 1 or period.kind == "year":
        return [period]
    if (period.end - period.start).days > MONTHS_OF_A_ROW:
        return [period]
    months: list[Days] = []
    while not months or months[-1].last < period.end:
        day = calendar.add_months(period.start, len(months))
        months.append(Days(day, calendar.month_end(day.year, day.month)))
    if months[-1].last != period.end:
        return [period]
    return [replace(period, start=m.first, end=m.last, kind="month") for m in months]


def _placed(scene: Scene, period: Period) -> Period:
    """Return a period of the sentence with its place in the document."""
    return replace(period, span=(period.span[0] + scene.offset, period.span[1] + scene.offset))
