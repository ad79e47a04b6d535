"""Words of a source to keys of the vocabularies. What matches nothing gives None."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from analysis.model.vocabulary import Entry, load

SHARE = re.compile(r"(?P<act>.+?) \(share(?: of (?P<whole>.+))?\)")


@dataclass(frozen=True, slots=True)
class Act:
    """What was done, and for a share the whole it is a share of, as far as the words say."""

    entry: Entry
    whole: str = ""


@cache
def read_act(words: str) -> Act | None:
    """Read a phrase such as "found before user report (share of actioned)".

    The whole is the key of an action where its words lead to one, else the words themselves.

    >>> act = read_act("found before user report (share of actioned)")
    >>> act.entry.key, act.whole
    ('found_proactively', 'actioned')
    """
    actions = load("actions")
    key = actions.find(words)
    if key is not None:
        return Act(actions.entries[key])
    share = SHARE.fullmatch(words.strip())
    key = actions.find(share["act"]) if share else None
    if share is None or key is None:
        return None
    whole = share["whole"] or ""
    return Act(actions.entries[key], actions.find(whole) or whole)


def fit_act(act: Act, item: str) -> Act:
    """Return the act that the same words mean for an item.

    >>> fit_act(read_act("closed"), "channels").entry.key
    'removed'
    """
    only = act.entry.more["only"]
    if not only or item in only.split():
        return act
    return Act(load("actions").entries[act.entry.more["otherwise"]], act.whole)


def name_platform(words: str, day: dt.date | None) -> str | None:
    """Return the key of a service as it was named on a day; several joined by ``+``.

    >>> name_platform("Twitter/X", dt.date(2016, 2, 5))
    'twitter'
    >>> name_platform("Twitter/X", dt.date(2024, 6, 30))
    'x'
    """
    keys = [name_one(part, day) for part in words.split("+")]
    return "+".join(key for key in keys if key) if all(keys) else None


def name_one(words: str, day: dt.date | None) -> str | None:
    """Return the key of one service as it was named on a day."""
    platforms = load("platforms")
    key = platforms.find(words)
    if key is None:
        return None
    until = platforms.entries[key].more["until"]
    if until and day and day > dt.date.fromisoformat(until):
        return platforms.entries[key].more["successor"]
    return key


def name_actor(by: str, reported_by: str) -> str:
    """Return who acted: for an act of an authority, the one that reports, else a government.

    `by` is what the vocabulary of actions says: platform, authority or researcher.
    """
    if by != "authority":
        return by
    reporter = load("actors").find(reported_by)
    return reporter if reporter in ("europol", "police", "government") else "government"


def name_place(words: str) -> tuple[str | None, str]:
    """Return the code of a place, and the words where they say more than its name."""
    places = load("geographies")
    key = places.find(words or "world")
    if key is None:
        return None, ""
    entry = places.entries[key]
    plain = {"", entry.label.casefold(), entry.key, entry.more["code"].casefold()}
    return entry.more["code"], "" if words.casefold() in plain else words
