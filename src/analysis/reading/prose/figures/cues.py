"""Words that say who did what to what, found in a sentence by the lists of its language."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from analysis.reading.prose.figures.lexicon import CueKind, Lexicon, lexicon
from analysis.reading.prose.words.tokens import Found, Token, fold_phrase, stands_at

IDLE = ("action", "item", "platform")  # what a word of an idiom is not
FOUND_BY_GAP, LONG_FOUND_BY_GAP = 7, 12
STATE_REACH = 3  # tokens from "Britain" to the "referral unit" that is its own
SUBJECT_GAP = 3  # tokens between the means and its verb, as in "software or staff surfaced"
TOLD_REACH = 5
FLAGGED_REACH = 10  # tokens from "reported" to the service that things were reported to
LONGEST_ROW = 8  # services that another is likened to at once
BY_REACH = 3  # tokens from "by" to whom it names: "by other users"
PUT_UP_REACH = 6  # tokens between "of" and "uploaded": "of all that its users upload"
IT = "IT"  # information technology, where a sentence is not all in capitals
ITS = 3  # tokens between "on" and a service: "on its own Telegram channel"
HELPED = 2  # tokens from a state to its act: "India has blocked"
OF_STATES = ("blocked", "removed", "ordered", "referred", "restricted", "suspended")
SAID_BACK = 5  # tokens from what is written on a service back to the verb of saying
VOICE_REACH = 5  # tokens from a service to what it said: "Twitter account of Telegram said"
VIA_REACH = 5  # tokens between "via" and a service: "via the account @reports or WhatsApp"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words found at tokens ``first`` up to ``last``, the key they lead to, and how they are used.

    ``form`` is the column of the language file that matters for the kind: verb, noun or trait of
    an action, the place of a refusal, ``weak`` for an item that needs an act beside it.
    ``implies`` is the act that an item names by itself.
    """

    kind: CueKind
    key: str
    first: int
    last: int
    words: str
    form: str = ""
    implies: str = ""


def _words(tokens: list[Token], first: int, last: int) -> str:
    if last - first == 1:
        return tokens[first].text
    return " ".join(token.text for token in tokens[first:last])


def _only_owner(tokens: list[Token], hit: Found[Any], kind: str, words: Lexicon) -> bool:
    """Say whether a name only tells of owners: "the Facebook-owned messenger", "owned by Meta"."""
    before = [t.low for t in tokens[max(0, hit.first - 2) : hit.first]]
    if (
        kind == "platform"
        and len(before) == 2
        and before[0] in words.owned
        and before[1] in words.on
    ):
        return True
    next_one = tokens[hit.last].low if hit.last < len(tokens) else ""
    if kind == "platform" and next_one in words.belonging:
        return True  # German "das zu Microsoft gehörende Netzwerk"
    if kind != "platform" or hit.last >= len(tokens) or tokens[hit.last].text != "-":
        return False
    behind = tokens[hit.last + 1].low if hit.last + 1 < len(tokens) else ""
    return len(tokens[hit.first].text) == 1 or behind in words.owned


def _named(tokens: list[Token], words: Lexicon) -> list[Cue]:
    """Find services and organisations; their names open with a capital where the script has any.

    An article may stand in front of it: "the Islamic State".
    """
    found = []
    for hit in words.names.all(tokens):
        kind, key, capitals = hit.value
        text = _words(tokens, hit.first, hit.last)
        if capitals and not text.isupper():
            continue
        opening = tokens[hit.first : min(hit.first + 2, hit.last)]
        opens = any(token.capital or not token.text.islower() for token in opening)  # "eSafety"
        if not opens or (len(text) <= 2 and not text.isupper()):
            continue
        if _only_owner(tokens, hit, kind, words):
            continue
        found.append(Cue(kind, key, hit.first, hit.last, text))
    return found


def _begins_a_name(tokens: list[Token], hit: Found[Any], words: Lexicon) -> bool:
    """Say whether the last of some words is the first of a name that is longer."""
    name = words.names.at(tokens, hit.last - 1)
    return name is not None and name.last > hit.last and tokens[hit.last].capital


def _listed(tokens: list[Token], words: Lexicon) -> list[Cue]:
    """Find the words of the language files, each kind of cue by itself."""
    found = []
    for hit in words.phrases.all_starts(tokens):
        kind, key, form, implies = hit.value
        owner = tokens[hit.first - 1].low if hit.first else ""
        if kind == "platform" and owner in words.owned and key != "it":
            continue  # Arabic "YouTube, owned by-Google"
        if key == "it" and _begins_a_name(tokens, hit, words):
            continue  # "the App Store" is no "the app"
        if key == "police" and owner in words.ours:
            continue  # "our investigators" are the service's
        text = _words(tokens, hit.first, hit.last)
        if key == "it" and text == IT and any(t.text.islower() for t in tokens):
            continue  # "the IT Act", "IT security firms", but "FACEBOOK SAYS IT REMOVED 500"
        found.append(Cue(kind, key, hit.first, hit.last, text, form, implies))
    return found


def _with_gaps(tokens: list[Token], words: Lexicon) -> list[Cue]:
    """Find phrases with a gap in them, as in "took ... down"."""
    found = []
    for opening in words.gapped.all_starts(tokens):
        tail, kind, key, form = opening.value
        for start in range(opening.last, min(opening.last + words.gap + 1, len(tokens))):
            if form != "trait" and start > opening.last and tokens[start - 1].low in words.perfect:
                break  # "orders in 2023, and platforms had failed to remove"
            if form == "trait" and _begins_the_share(tokens, start - 1):
                break  # "Of those that machines found, 36 percent went before a view"
            if stands_at(tokens, start, tail) and _ends_clause(
                tokens, start + len(tail), tail, words
            ):
                last, first = start + len(tail), opening.first
                found.append(Cue(kind, key, first, last, _words(tokens, first, last), form))
                break
    return found


def _begins_the_share(tokens: list[Token], index: int) -> bool:
    """Say whether a comma stands at a token, and a number behind it."""
    comma = index > 0 and tokens[index].text == ","
    return comma and index + 1 < len(tokens) and tokens[index + 1].kind == "number"


def _ends_clause(tokens: list[Token], end: int, tail: tuple[str, ...], words: Lexicon) -> bool:
    """Say whether the particle of a verb ends its clause: no "nach" in "kamen 249 nach dem Gesetz".

    Phrases that end otherwise may stand anywhere.
    """
    if len(tail) > 1 or tail[0] not in words.particles or end >= len(tokens):
        return True
    joined = words.joined.at(tokens, end) is not None
    return tokens[end].kind == "sign" or joined or tokens[end].low in words.soft


def _found_by(tokens: list[Token], words: Lexicon) -> list[Cue]:
    """Find what says that the service found something itself: a verb and, behind it, the means."""
    found: list[Cue] = []
    named = list(words.means.all(tokens))
    if not named:
        return found
    verbs = list(words.finds.all(tokens))
    sent = {i for hit in words.sent.all(tokens) for i in range(hit.first, hit.last)}
    for means in named:
        if means.first in sent or words.companies.at(tokens, means.last):
            continue  # "automated messaging" was what was stopped; "technology companies" removed
        ahead = [
            v
            for v in verbs
            if 0 <= v.first - means.last <= SUBJECT_GAP
            and all(t.kind == "word" for t in _behind_comma(tokens, means.last, v.first, words))
        ]
        if ahead and not _passive(tokens, ahead[0], words):
            text = _words(tokens, means.first, ahead[0].last)
            found.append(
                Cue("action", "found_proactively", means.first, ahead[0].last, text, "trait")
            )
            continue
        near = [v for v in verbs if 0 <= means.first - v.last <= _found_by_gap(tokens, v, words)]
        near = [v for v in near if not any(v.last <= m.first < means.first for m in named)]
        if near and not _counts_between(tokens, near[-1].last, means.first, words):
            text = _words(tokens, near[-1].first, means.last)
            found.append(
                Cue("action", "found_proactively", near[-1].first, means.last, text, "trait")
            )
    return found


def _found_by_services(tokens: list[Token], named: list[Cue], words: Lexicon) -> list[Cue]:
    """Find what a service found by its name: "98.9% of the content was detected by Microsoft"."""
    led = [c for c in named if c.kind == "platform" and c.first and _is_behind_by(tokens, c, words)]
    verbs = {verb.last: verb.first for verb in words.finds.all(tokens)} if led else {}
    finds = ((verbs[c.first - 1], c) for c in led if c.first - 1 in verbs)
    return [
        Cue("action", "found_proactively", first, c.last, _words(tokens, first, c.last), "trait")
        for first, c in finds
    ]


def _is_behind_by(tokens: list[Token], cue: Cue, words: Lexicon) -> bool:
    return tokens[cue.first - 1].low in words.by - {""}


def _of_all_put_up(tokens: list[Token], listed: list[Cue], words: Lexicon) -> list[Cue]:
    """Find what makes a share one of all that came up: "0.6 percent of those uploaded".

    Where something is then done to the part, it is a share of those: "38 percent of the videos
    posted that day were removed".
    """
    found: list[Cue] = []
    if not any(words.put_up.all(tokens)):
        return found
    acts = [c for c in listed if c.kind == "action" and c.form == "verb" and c.key != "prevalence"]
    for of in words.part_of.all(tokens):
        percent = of.first and tokens[of.first - 1].low in words.percent
        behind = words.put_up.all(tokens[of.last : of.last + PUT_UP_REACH])
        last = next((of.last + hit.last for hit in behind), 0) if percent else 0
        gap = tokens[of.last : last]
        if gap and all(t.kind == "word" for t in gap) and not any(c.last > of.last for c in acts):
            text = _words(tokens, of.first, last)
            found.append(Cue("action", "prevalence", of.first, last, text, "verb"))
    return found


def _behind_comma(tokens: list[Token], first: int, last: int, words: Lexicon) -> list[Token]:
    """Return the tokens up to a verb, without the comma of "its tools, which flagged 96%"."""
    which = last - first > 1 and tokens[first + 1].low in words.that
    return tokens[first + which : last]


def _found_by_gap(tokens: list[Token], verb: Found[bool], words: Lexicon) -> int:
    """Return how far the means may stand: further where "by" opens its phrase."""
    behind = tokens[verb.last].low if verb.last < len(tokens) else ""
    return FOUND_BY_GAP if behind not in words.by else LONG_FOUND_BY_GAP


def _counts_between(tokens: list[Token], first: int, last: int, words: Lexicon) -> bool:
    """Say whether a number that is no share stands between: "took down 13,600 bots"."""
    return any(
        tokens[i].kind == "number" and tokens[i + 1].low not in words.percent
        for i in range(first, min(last, len(tokens) - 1))
    )


def _passive(tokens: list[Token], verb: Found[bool], words: Lexicon) -> bool:
    before = tokens[verb.first - 1].low if verb.first else ""
    return before in words.passive and before not in words.perfect


def _longest(cues: list[Cue]) -> list[Cue]:
    """Keep, within each kind, the longest of cues that overlap."""
    kept: list[Cue] = []
    taken: dict[tuple[CueKind, bool], set[int]] = {}
    for cue in sorted(cues, key=lambda c: (c.first - c.last, c.first)):
        rivals = taken.setdefault((cue.kind, cue.form == "trait"), set())
        places = range(cue.first, cue.last)
        if rivals.isdisjoint(places):
            rivals.update(places)
            kept.append(cue)
    return sorted(kept, key=lambda c: (c.first, c.last))


def _compound(tokens: list[Token], cue: Cue) -> bool:
    """Say whether an act only describes a noun, as in "machine-flagged"; not behind a dash."""
    if cue.kind != "action" or cue.first == 0:
        return False
    sign = tokens[cue.first - 1]
    return sign.text == "-" and sign.end == tokens[cue.first].start


def _describes_a_service(tokens: list[Token], cue: Cue, words: Lexicon) -> bool:
    """Say whether a noun only describes a service: "the video site", "the photo platform"."""
    if cue.kind != "item" or cue.last - cue.first > 1 or cue.last >= len(tokens):
        return False
    if fold_phrase(cue.words)[0] not in words.media or tokens[cue.last].low in words.media:
        return False
    return words.service_nouns.at(tokens, cue.last) is not None


def _medium(tokens: list[Token], cue: Cue, words: Lexicon) -> bool:
    """Say whether a service is only where something was said: "the company said on Twitter".

    The account may have an owner ("said on its Telegram channel").
    """
    if cue.kind != "platform":
        return False
    if _is_voice(tokens, cue, words):
        return True
    if cue.first < 2:
        return False
    on = cue.first - 1
    while on > cue.first - ITS and tokens[on].low in words.its:
        on -= 1
    back = SAID_BACK if tokens[on - 1].low in words.written else 2  # "confirmed in a post on X"
    said = tokens[max(0, on - back) : on]
    place = tokens[on].low in words.on - words.addressed  # "wrote to Facebook" is no place
    return place and any(t.low in words.saying for t in said)


def _is_voice(tokens: list[Token], service: Cue, words: Lexicon) -> bool:
    """As in "The Twitter account of Telegram said that", "Telegram's Twitter feed announced"."""
    behind = [token.low for token in tokens[service.last : service.last + VOICE_REACH]]
    if not behind or behind[0] not in words.voices:
        return False
    owned = tokens[service.first - 1].low == "s" if service.first > 1 else False
    owned = owned or words.part_of.at(tokens, service.last + 1) is not None
    return owned and not words.saying.isdisjoint(behind)


def _only_means(tokens: list[Token], cues: list[Cue], words: Lexicon) -> list[Cue]:
    """Return the services by which reports only came in: "received 69 reports via WhatsApp"."""
    if not words.via.by_first or not any(c.kind == "platform" for c in cues):
        return []
    if next(words.received.all(tokens), None) is None:
        return []
    opened = [hit.last for hit in words.via.all(tokens)]
    return [
        cue
        for cue in cues
        if cue.kind == "platform"
        and any(
            0 <= cue.first - last <= VIA_REACH
            and not any(t.kind == "number" for t in tokens[last : cue.first])
            for last in opened
        )
    ]


def _only_tells(
    tokens: list[Token], cue: Cue, words: Lexicon, starts: Mapping[str, frozenset[int]]
) -> bool:
    """Say whether "reported" or "reports" says who told of it, not that users flagged something.

    The verb is an act in the passive ("were reported") and in front of what was flagged ("reported
    400 posts"), unless a service is its subject ("Facebook reported 400"); the noun is one behind
    a number ("400 reports") or in front of more words. At the end it is one behind its thing, as
    in the head of a column: "accounts reported"; so it is in "posts reported by users".
    """
    if cue.last - cue.first > 1 or tokens[cue.first].low not in words.telling:
        return False
    before = tokens[max(0, cue.first - TOLD_REACH) : cue.first]
    ends = cue.last == len(tokens) or tokens[cue.last].kind == "sign"
    if cue.kind == "item":
        compound = cue.first in starts["things"]  # "account reports"
        return ends and not compound and not any(t.kind == "number" for t in before)
    if ends or (before and before[-1].low in words.passive):
        told = cue.first in starts["things"] or (before and before[-1].low in words.passive)
        return ends and not told
    if _goes_to_a_service(tokens, cue, words, starts):
        return False
    if cue.first - (before[-1:] != [] and before[-1].low in words.both) in starts["services"]:
        return True
    if tokens[cue.last].low in words.that:
        return True
    counted_before = bool(before) and before[-1].kind == "number"
    counted_near = [token.kind for token in before[-2:-1]] == ["number"]
    if counted_before and cue.last in starts["counted"]:
        return False  # "437,190 reported accounts"
    taken = counted_near and tokens[cue.last].low in words.on | words.place_in
    if cue.first in starts["things"] and taken:
        return False  # "Of the 1,704 posts reported in that time, it said, 362 were deleted"
    behind_thing = cue.first in starts["things"] and tokens[cue.last].low in words.by - {""}
    if behind_thing and not starts["people"].isdisjoint(range(cue.last + 1, cue.last + BY_REACH)):
        return False
    behind = range(cue.last, min(cue.last + TOLD_REACH, len(tokens)))
    many = words.manifold  # "reported thousands of URLs"
    counted = next((i for i in behind if tokens[i].kind == "number" or tokens[i].low in many), None)
    return counted is None or any(i in starts["acts"] for i in range(cue.last, counted))


def _goes_to_a_service(
    tokens: list[Token], cue: Cue, words: Lexicon, starts: Mapping[str, frozenset[int]]
) -> bool:
    """As in "It reported 614 of them to Meta": so many things were flagged."""
    counted = any(token.kind == "number" for token in tokens[cue.last : cue.last + TOLD_REACH])
    behind = range(cue.last + 1, min(cue.last + FLAGGED_REACH, len(tokens)))
    led = (i for i in behind if counted and tokens[i].low in words.addressed)
    return any(not starts["services"].isdisjoint((i + 2, i + 3)) for i in led)


def _goes_on_in_row(
    tokens: list[Token], row: list[Cue], joints: frozenset[int], words: Lexicon
) -> bool:
    """As in "like Facebook or YouTube", "such as Naver, Kakao, and Google", but not "like X, Y".

    `row` starts with two services, and commas between them must lead to a word that joins.
    """
    for before, cue in itertools.pairwise(row):
        gap = range(before.last, cue.first)
        joining = [i in joints or tokens[i].low in words.soft for i in gap]
        small = (j or tokens[i].text == "," for i, j in zip(gap, joining, strict=True))
        if not gap or not all(small):
            return False
        if any(joining):
            return True
    return False


def _likened(tokens: list[Token], cues: list[Cue], words: Lexicon) -> list[Cue]:
    """Set apart the services that another is only likened to: "Comme Facebook ou YouTube, ..."."""
    made: list[Cue] = []
    joints = words.joined.inside(tokens)
    services = [c for c in cues if c.kind == "platform"]
    place = {id(c): i for i, c in enumerate(services)}
    for cue in cues:
        before = made[-1] if made and made[-1].kind == "likened" else None
        at = place.get(id(cue), 0)
        row = [before, *services[at : at + LONGEST_ROW]] if before else []
        chained = _goes_on_in_row(tokens, row, joints, words)
        led = words.like.ending(tokens, cue.first)
        led = None if cue.first - 1 in joints else led  # Spanish "así como Instagram"
        like = cue.kind == "platform" and (chained or led is not None)
        made.append(replace(cue, kind="likened") if like else cue)
    return made


def _of_a_state(cue: Cue, found: list[Cue]) -> Cue:
    """As in "Britain's own referral unit": the police of the state that stands in front."""
    owned = any(c.kind == "place" and 0 <= cue.first - c.last <= STATE_REACH for c in found)
    police = cue.kind == "actor" and cue.key == "police"
    return replace(cue, key="government") if police and owned else cue


def _states(tokens: list[Token], found: list[Cue], words: Lexicon) -> Iterable[Cue]:
    """Return the states that act: "India blocked 6,096 URLs", but not "Facebook in India removed".

    In a language without prepositions the ending tells, which is part of the name.
    """
    if not words.on:
        return
    verbs = (c for c in found if c.kind == "action" and c.form == "verb")
    acts = {c.first for c in verbs if c.key in OF_STATES}
    for cue in found:
        behind = [tokens[i].low for i in range(cue.last, min(len(tokens), cue.last + HELPED))]
        near = [i for i in range(cue.last, cue.last + HELPED) if i in acts]
        helped = bool(near) and all(low in words.perfect for low in behind[: near[0] - cue.last])
        if cue.kind != "place" or not helped:
            continue
        led = tokens[cue.first - 1] if cue.first else None
        if led is None or led.kind == "sign" or led.low in words.that | words.soft:
            yield replace(cue, kind="actor", key="government")


def _is_a_network(cue: Cue, found: list[Cue]) -> bool:
    """Say whether a word for services begins a longer one for networks of accounts.

    As in German "22 Netzwerke mit 4.900 Konten".
    """
    if cue.kind != "refusal" or not cue.key.startswith("services"):
        return False
    return any(c.key == "networks" and c.first == cue.first and c.last > cue.last for c in found)


def _begins_the_act(noun: Cue, found: list[Cue]) -> bool:
    """As in "action taken on 248,629": no noun of its own, but the verb."""
    return (
        noun.implies == "actioned"
        and noun.last - noun.first > 1
        and any(
            (c.kind, c.key, c.first) == ("action", noun.implies, noun.first) and c.last > noun.last
            for c in found
        )
    )


def _ends_inside(cue: Cue, others: list[Cue]) -> bool:
    return any(c.first < cue.last < c.last for c in others)


def _ends_the_act(cue: Cue, found: list[Cue]) -> bool:
    """As in "sent reports on 14,450 links to Europol": who got them is no agent."""
    acts = (c for c in found if c.kind == "action" and c.first < cue.first)
    others = any(c.kind == "actor" and c.first < cue.first for c in found)
    return cue.kind == "actor" and others and any(cue.last == act.last for act in acts)


def find_cues(tokens: list[Token], language: str) -> list[Cue]:
    """Return every cue of a sentence in order; within a kind none overlaps another."""
    words = lexicon(language)
    listed = [c for c in _listed(tokens, words) if not _compound(tokens, c)]
    listed = [c for c in listed if not _describes_a_service(tokens, c, words)]
    idle = {i for hit in words.idioms.all(tokens) for i in range(hit.first, hit.last)}
    listed = [c for c in listed if c.kind not in IDLE or c.first not in idle]
    named = _named(tokens, words)
    media = [c for c in (*named, *listed) if _medium(tokens, c, words)]
    media += _only_means(tokens, [*named, *listed], words)
    said = {i for c in media for i in range(c.first, c.last)}  # "on X, formerly Twitter"
    named = [c for c in named if c.kind != "platform" or c.first not in said]
    listed = [c for c in listed if c.kind != "platform" or c.first not in said]
    starts = {
        "acts": frozenset(c.first for c in listed if c.kind == "action"),
        "services": frozenset(c.last for c in (*named, *listed) if c.kind == "platform"),
        "things": frozenset(c.last for c in listed if c.kind == "item"),
        "counted": frozenset(c.first for c in listed if c.kind == "item"),
        "people": frozenset(c.first for c in listed if c.kind == "actor" or c.form == "weak"),
    }
    listed = [c for c in listed if not _only_tells(tokens, c, words, starts)]
    traits = [range(c.first, c.last) for c in listed if c.form == "trait"]
    listed = [c for c in listed if c.kind != "item" or not any(c.first in t for t in traits)]
    listed += _of_all_put_up(tokens, listed, words)
    gapped = [c for c in _with_gaps(tokens, words) if c.first not in idle]
    finds = _found_by(tokens, words) + _found_by_services(tokens, named, words)
    found = _longest(named + listed + gapped + finds)
    found = [c for c in found if not (_begins_the_act(c, found) or _ends_the_act(c, found))]
    things = {c.first for c in found if c.kind == "item" and c.form != "weak"}
    found = [c for c in found if c.key != "prevalence" or c.last not in things]
    done = [c for c in found if c.kind == "item" and c.implies]  # "90% of all content removals"
    found = [c for c in found if c.key != "prevalence" or not _ends_inside(c, done)]
    found = [c for c in found if not _is_a_network(c, found)]
    groups = {i for c in found if c.kind == "group" for i in range(c.first, c.last)}
    found = [c for c in found if c.kind != "actor" or c.first not in groups]  # "هيئة تحرير الشام"
    found = sorted([*found, *_states(tokens, found, words)], key=lambda c: (c.first, c.last))
    found = [_of_a_state(c, found) for c in found]
    likens = [token for token in tokens if token.low in words.like.by_first]
    return _likened(tokens, found, words) if likens else found
