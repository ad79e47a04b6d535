"""Accounts that were closed, by whatever word: "deleted", "removed" and "shut" are suspensions.

"Blocked" is one where the text tells elsewhere of accounts that the same service closed.
Only where accounts are taken down in one go with pages, groups, channels or bots of the same
company is it a removal of all of them, as the words say. The rule is that of the labelling
guidelines: see tests/fixtures/articles/README.md.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from analysis.model import vocabulary
from analysis.model.readings import Mention
from analysis.reading.prose import languages
from analysis.reading.prose.words.tokens import Phrases, fold_phrase, tokenize

TOGETHER = frozenset(("pages", "groups", "channels", "groups_and_channels"))
APART = 250  # characters
ALONE = "accounts taken down alone are suspended"
BLOCKED = "blocked by a service of which the text tells that it closes accounts"


def closings_of_accounts(mentions: Sequence[Mention], language: str) -> tuple[Mention, ...]:
    """Return the figures of a document, removals of accounts alone made suspensions."""
    mentions = _blocked_as_closed(mentions, language)
    closings = [m for m in mentions if _closes(m)]
    if any(names_others(m.quote, language) for m in closings):
        return tuple(mentions)  # what goes by one word further on: "it removed 200 of them a day"
    others = [m for m in mentions if m.action == "removed" and m.item in TOGETHER]
    return tuple(
        _closed(m) if _closes(m) and not any(_in_one_go(m, o) for o in others) else m
        for m in mentions
    )


def _in_one_go(mention: Mention, other: Mention) -> bool:
    """Say whether two removals of one company are told of together, or a sentence apart."""
    left, right = sorted((mention.span, other.span))
    return right[0] - left[1] <= APART and not _operators(mention).isdisjoint(_operators(other))


def _operators(mention: Mention) -> frozenset[str]:
    """Return who runs the services of a figure; a service that is not named may be any.

    As in "Reddit removed 12 communities and Steam 100 profiles", which were no one operation.
    """
    known = vocabulary.load("platforms").entries
    named = (known[key].more.get("operator") or "" for key in mention.platforms if key in known)
    return frozenset(named) - {""} or _all_operators()


@cache
def _all_operators() -> frozenset[str]:
    entries = vocabulary.load("platforms").entries.values()
    return frozenset(entry.more.get("operator") or "" for entry in entries) - {""}


def _blocked_as_closed(mentions: Sequence[Mention], language: str) -> tuple[Mention, ...]:
    """As in "banned 2 million accounts. ... It blocked 1.4 million of its own accord": banned.

    Only where the text tells of accounts that the same service closed in the same place, and not of
    those that words such as "at registration", "temporarily" or "at the request" set apart.
    """
    closed = (m for m in mentions if (m.action, m.item) == ("suspended", "accounts"))
    closing = {(m.platforms, place) for m in closed for place in (m.geography, "")}
    return tuple(
        _closed(m, BLOCKED) if (m.platforms, m.geography) in closing and _blocks(m, language) else m
        for m in mentions
    )


def _blocks(mention: Mention, language: str) -> bool:
    done = (mention.action, mention.item, mention.actor)
    words = next((r.words for r in mention.reasons if r.field == "action"), "")
    shut = done == ("blocked", "accounts", "platform") and _stands_in(words, language, "shutting")
    return shut and not _stands_in(mention.quote, language, "joining")


def _stands_in(text: str, language: str, name: str) -> bool:
    """Say whether a word or phrase of a list of small words stands in a text."""
    return next(_phrases(language, name).all(tuple(tokenize(text))), None) is not None


@cache
def _phrases(language: str, name: str) -> Phrases[bool]:
    listed = languages.load_yaml(language, "cues").get(name) or ()
    return Phrases.of((str(words), True) for words in listed)


def _closes(mention: Mention) -> bool:
    return mention.action == "removed" and mention.item == "accounts"


def _closed(mention: Mention, rule: str = ALONE) -> Mention:
    """Return a removal of accounts as a suspension, with the rule among its reasons."""
    reasons = (
        replace(r, rule=f"{r.rule}; {rule}") if r.field == "action" else r for r in mention.reasons
    )
    of = mention.of.replace("accounts removed", "accounts suspended")
    return replace(mention, action="suspended", of=of, reasons=tuple(reasons))


def names_others(text: str, language: str) -> bool:
    """Say whether a text names what accounts go with: "accounts and bots vanished from Telegram".

    None is "a larger group of accounts", by the words of ``groups_of``.

    >>> names_others("accounts and bots", "en"), names_others("accounts and posts", "en")
    (True, False)
    """
    tokens = tuple(tokenize(text))
    apart = {i for f in _phrases(language, "groups_of").all(tokens) for i in range(f.first, f.last)}
    lows = (token.low for i, token in enumerate(tokens) if i not in apart)
    return not _words_for_others(language).isdisjoint(lows)


@cache
def _words_for_others(language: str) -> frozenset[str]:
    rows = languages.load_words(language, "items")
    listed = (row["words"].split("|") for row in rows if row["key"] in TOGETHER)
    folded = (fold_phrase(word) for words in listed for word in words)
    return frozenset(phrase[0] for phrase in folded if len(phrase) == 1)
