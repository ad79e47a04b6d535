"""Figures that a text gives twice: in its lead and its body, a caption, a pull quote.

A number that is said again without a period of its own is the figure that was read already. With
another period, service or thing counted it is a figure of its own, whatever its number.
"""

from collections import defaultdict
from collections.abc import Sequence

from analysis.model.readings import Mention
from analysis.reading.prose.figures.choice import REQUESTED

AGAIN = "given elsewhere in the text"
TELLING = 3  # digits by which a number is known again, whatever is said to have been done
A_MONTH = 31  # days: a total that is said up to a day has run for longer
ROUND = 2  # digits of a total that is known again by its start
TAKEN_TOGETHER = "actioned"  # "removed or labelled 1.9 million", of which "most were removed"
PARTS = ("removed", "suspended", "labelled", "restricted")
ALIKE = {"posts": "content"}  # words that texts use for one another


def find_repeats(mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the places of the figures that only repeat another one of the text.

    Of two alike the first stays, unless only the second has a period, or one that is not said to
    run on.
    """
    ranked = sorted(range(len(mentions)), key=lambda i: (*_openness(mentions[i]), i))
    kept: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place in ranked:
        alike = kept[_thing(mentions[place])]
        if not any(_repeats(mentions[place], mentions[other]) for other in alike):
            alike.append(place)
    return frozenset(range(len(mentions))).difference(*kept.values())


def _openness(mention: Mention) -> tuple[bool, bool]:
    """Return whether a figure has no period, and whether it has one that only began."""
    period = mention.period
    return period is None, period is not None and period.kind == "since"


def _is_dated(mention: Mention) -> bool:
    return mention.period is not None and mention.period.basis != "inherited"


def _repeats(mention: Mention, known: Mention) -> bool:
    """Say whether a figure is another one of the same number and thing."""
    same_days = _days(mention) == _days(known) or _is_same_total(mention, known)
    if not same_days and (_is_dated(mention) or known.background != mention.background):
        return False
    if _is_answered(mention, known):
        return False
    whole = same_days and _digits(mention) >= ROUND and TAKEN_TOGETHER in _acts(mention, known)
    whole = whole and (mention.policy == known.policy or not (mention.policy and known.policy))
    return mention.action == known.action or whole or _is_telling(mention)


def _is_answered(mention: Mention, known: Mention) -> bool:
    """As in "It received 11 orders and complied with all 11": the number is that of two acts."""
    asked = [m.action in REQUESTED for m in (mention, known)]
    return mention.item == "requests" and asked[0] != asked[1]


def _acts(*mentions: Mention) -> set[str]:
    counts = [m for m in mentions if m.measure == "count"]
    return {m.action for m in counts if m.action in (TAKEN_TOGETHER, *PARTS)}


def _is_same_total(mention: Mention, known: Mention) -> bool:
    """As in "has removed 78,000 since August. ... Up to 12 January it had removed 78,000"."""
    told, other = known.period, mention.period
    if told is None or other is None or _digits(mention) < ROUND or told.start != other.start:
        return False
    closed = told if other.kind == "since" else other
    if told.start is None or closed.end is None or "since" not in (told.kind, other.kind):
        return False
    return (closed.end - told.start).days > A_MONTH


def _thing(mention: Mention) -> tuple[object, ...]:
    amount, item = mention.amount, ALIKE.get(mention.item, mention.item)
    number = (amount.value, amount.low, amount.high) if amount.value is None else amount.value
    return (number, mention.measure, mention.per, mention.platforms, item)


def _days(mention: Mention) -> tuple[object, object] | None:
    return (mention.period.start, mention.period.end) if mention.period else None


def _is_telling(mention: Mention) -> bool:
    """Say whether a count is so particular that two of its kind are hardly two figures."""
    return mention.measure == "count" and _digits(mention) >= TELLING


def _digits(mention: Mention) -> int:
    return len(f"{mention.amount.value or 0:.0f}".rstrip("0"))
