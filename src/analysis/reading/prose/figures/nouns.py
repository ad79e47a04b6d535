"""What a number counts: the noun behind it, or why it is no moderation figure."""

from dataclasses import dataclass, replace

from analysis.model.readings import Amount
from analysis.reading.prose import languages
from analysis.reading.prose.figures.choice import AUTHORITY_ACTS
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.scene import NOUN_REACH, Scene, Spot

ADJECTIVES = 3  # words that may stand between "more" and its noun
TIMES = "times or points"
DONE_TO = ("removed", "suspended", "restored", "blocked", "restricted")  # acts on a thing
OTHERS_ACTS = ("reported",)  # what users do to things that then stay
QUOTED = "-'’\"“”‘«»*"  # signs within a noun phrase
VIEWS = "views or reactions"
AUDIENCE = "users or audience"
PRESENCES = ("accounts", "pages", "groups", "channels", "events")  # what somebody runs
CONTENTS = (
    "content",
    "posts",
    "videos",
    "images",
    "comments",
    "ads",
    "reviews",
)  # what somebody puts up
BY_REACH = 3  # tokens between "by" and who asked
VERY_MANY = 1000  # times, of which so many things were acted on
MANY = 100  # more than there are services
CHAIN = 3  # such nouns that share a number, of two each may have lost its own
REMOTE_OBJECT = 4  # tokens between a verb and its object, where a place stands between
WORD_AND_STROKE = 2  # tokens
COMPOUND = 3  # tokens of an adjective such as "anti-Muslim"
FEW = 10  # times that one thing may be acted on
COUNT_REACH = 5  # tokens from a number that opens a sentence to "the number of" behind it
DETERMINED = 2  # tokens within which the noun of "those" follows


@dataclass(frozen=True, slots=True)
class Noun:
    """The thing counted behind an amount: an item, a refusal, or nothing known.

    ``last`` is where the noun phrase ends; ``bare`` says that no noun follows at all, so that the
    thing counted may be taken from the words around.
    """

    item: Cue | None
    refusal: Cue | None
    last: int
    bare: bool


def _noun_inside(scene: Scene, spot: Spot[Amount]) -> Noun | None:
    """Return the noun inside an amount, or none at all where "others" stands for it."""
    inside = [
        c
        for c in scene.cues
        if c.kind in ("item", "refusal") and spot.first < c.first and c.last < spot.last
    ]
    items = [c for c in inside if c.kind == "item"]
    if items and spot.thing.measure == "share":
        return Noun(items[0], None, spot.last, False)
    ending = range(spot.first, spot.last + 1) if scene.words.partitive else range(0)
    in_front = any(scene.low(i) == "'" for i in ending)  # Turkish "%80'i"
    if spot.thing.measure == "share" and in_front:
        return Noun(None, None, spot.last, bare=True)
    readers = [c for c in inside if c.kind == "refusal" and c.form == "after" and c.key != TIMES]
    if readers:  # "nineteen readers in twenty"
        return Noun(None, readers[0], spot.last, False)
    differs = scene.words.difference.at(scene.tokens, spot.last)
    others = scene.words.others.at(scene.tokens, spot.last)
    if others and not differs and not _noun_follows(scene, others.last):
        return Noun(None, None, others.last, bare=has_verb(scene, spot) or _more(scene, spot))
    return None


def _noun_follows(scene: Scene, first: int) -> bool:
    """As in "500 more accounts", "1,200 other extremist videos"."""
    for index in range(first, min(len(scene.tokens), first + ADJECTIVES + 1)):
        if scene.starting(index, "item"):
            return True
        refusal = scene.starting(index, "refusal")
        if refusal:
            return refusal.form == "after"
        if scene.starting(index, "action") or _ends_phrase(scene, index, False):
            return False
    return False


def _more(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "652 pages were removed and 300 others reported": more of what was counted before.

    In a sentence of their own an act must follow: "Another 300 were hidden".
    """
    before = [s for s in scene.counted if s.last <= spot.first]
    if not before:
        return any(c.first >= spot.last and c.form != "trait" for c in scene.of_kind("action"))
    counted = [c for c in scene.cues if before[-1].last <= c.first and c.last <= spot.first]
    things = [c for c in counted if c.kind in ("item", "refusal") and c.form != "before"]
    things = [c for c in things if not _is_the_place(scene, c)]
    if not things:
        return bool(_moved_from(scene, before[-1], spot))
    return things[0].kind == "item" and things[0].form != "weak"


def _is_the_place(scene: Scene, thing: Cue) -> bool:
    """As in "removed from the site": where it was, and nothing that is counted."""
    led = scene.low(thing.first - 1) in scene.words.the
    return thing.key == "websites" and led and scene.low(thing.first - 2) in scene.words.on


def _moved_from(scene: Scene, first: Spot[Amount], last: Spot[Amount]) -> bool:
    """As in "300,000 were removed, and 1.2 million more were blocked": both of what was told."""
    acts = [c for c in scene.of_kind("action") if c.form == "verb"]
    own = any(last.last <= c.first for c in acts)
    return own and any(first.last <= c.first and c.last <= last.first for c in acts)


def _counted_behind(scene: Scene, spot: Spot[Amount]) -> Noun | None:
    """As in French "Plus de 7 millions : c'est le nombre de comptes que TikTok a supprimés".

    Or in Italian "Sale a 1.200 il numero dei canali chiusi", with an article between.
    """
    apart = spot.first <= 1 and scene.low(spot.last) in (":", ",", "–", "—")
    the = scene.low(spot.last) in scene.words.definite | scene.words.the
    if not (apart or the):
        return None
    for words in scene.find(scene.words.count_of):
        item = scene.starting(words.last, "item")
        near = 0 < words.first - spot.last <= (COUNT_REACH if apart else 1)
        if item and not item.form and near and not scene.between(spot.last, words.first):
            return Noun(item, None, item.last, False)
    return None


def _is_so_many_of_them(scene: Scene, spot: Spot[Amount]) -> Noun | None:
    """As in Turkish "1.500'ü video, 300'ü fotoğraf": so many of them are that, without a verb."""
    ending = scene.words.partitive and scene.low(spot.last) == "'"
    item = scene.starting(spot.last + 2, "item") if ending else None
    if item is None or item.implies or spot.thing.measure != "count":
        return None
    ends = {"", ",", ";", "."} | scene.words.copula
    joined = item.last in scene.inside(scene.words.joined)
    if not joined and scene.low(item.last) not in ends:
        return None
    return Noun(replace(item, form=""), None, item.last, False)


def _said_to_be(scene: Scene, spot: Spot[Amount]) -> Noun | None:
    """As in "of which 677 were videos", "198,000 of them were domains": behind the verb."""
    of = scene.words.part_of.at(scene.tokens, spot.last)
    places = (of.last, of.last + 1) if of else ()  # behind "of them"
    behind = spot.last + (scene.low(spot.last) == ",")  # Indonesian "1.248.405, berupa situs"
    at = next((i for i in places if scene.low(i - 1) in scene.words.pronouns), behind)
    if scene.low(at) not in scene.words.copula or spot.thing.measure != "count":
        return None
    item = scene.starting(at + 1, "item")
    if item is None or (item.form and item.key != "websites"):
        return None
    item = head(scene, item)  # "were account bans"
    joined = item.last in scene.inside(scene.words.joined)
    ends = joined or scene.low(item.last) in ("", ",", ".", ";")
    return Noun(replace(item, form=""), None, item.last, False) if ends else None


def _for_what(scene: Scene, spot: Spot[Amount]) -> Noun | None:
    """As in "594 reports, including 316 for ban appeals": those are what the number is of."""
    led = scene.low(spot.last) in scene.words.place_in and spot.thing.measure == "count"
    item = scene.starting(spot.last + 1, "item") if led else None
    return Noun(item, None, item.last, False) if item and item.implies == "appealed" else None


def _hashes_of(scene: Scene, spot: Spot[Amount]) -> Noun | None:
    """As in "hashes of 870 distinct items": a database takes in the hashes."""
    of = scene.words.part_of.ending(scene.tokens, spot.first)
    items = scene.of_kind("item") if of else []
    item = next((c for c in items if c.key == "hashes" and of and c.last == of.first), None)
    return Noun(item, None, spot.last, False) if item else None


def _put_beside(scene: Scene, spot: Spot[Amount]) -> Noun | None:
    """As in "most of these requests, some 3,300, went to Facebook": the noun before the comma.

    Or in "Most were websites, 428,969 in number", whatever the noun.
    """
    counted = scene.words.in_number.at(scene.tokens, spot.last) is not None
    if scene.low(spot.first - 1) != "," or not (counted or scene.low(spot.last) == ","):
        return None
    items = [
        c
        for c in scene.of_kind("item")
        if c.last == spot.first - 1 and (c.implies or (counted and _is_thing(c)))
    ]
    if counted and items:
        row = [c for c in scene.of_kind("item") if c.first < items[0].first]
        items = [c for c in row[-1:] if scene.joined(c, items[0])] or items
        items = [replace(items[0], form="")]
    return Noun(items[0], None, spot.last, bare=False) if items else None


def _on_the_web(scene: Scene, spot: Spot[Amount]) -> Noun | None:
    """As in "1,316 on Twitter, 502 on Telegram and 292 on websites": a place beside services."""
    web = on_the_web(scene, spot)
    others = (s for s in scene.counted if s.first != spot.first)
    beside = any(c.first - s.last == 1 for s in others for c in scene.services())
    return Noun(None, None, web.last, bare=True) if web and beside else None


def on_the_web(scene: Scene, spot: Spot[Amount]) -> Cue | None:
    """Return the word for websites where a number is said to be of what stands on them."""
    led = scene.low(spot.last) in scene.words.on | scene.words.place_in
    item = scene.starting(spot.last + 1, "item") if led else None
    return item if item and item.key == "websites" else None


def _seen(scene: Scene, item: Cue) -> Noun | None:
    """As in "0.05% of content views": views, of which the noun only says the kind."""
    views = scene.starting(item.last, "refusal")
    seen = views is not None and views.key == VIEWS and item.last - item.first == 1
    return Noun(None, views, views.last, bare=False) if views and seen else None


def _is_thing(item: Cue) -> bool:
    return item.form != "weak" or item.key == "websites"


def noun_behind(scene: Scene, spot: Spot[Amount]) -> Noun:
    """Return the noun that an amount counts: inside it ("eight videos out of ten"), or behind it.

    Behind it, it is searched up to the next stop word.

    "600,000 of the removed items" and "1,000 terrorist accounts" lead to their noun; a preposition
    other than "of", a verb or another number ends the search.
    """
    special = _noun_inside(scene, spot) or _said_to_be(scene, spot) or _put_beside(scene, spot)
    special = (
        special
        or _for_what(scene, spot)
        or _hashes_of(scene, spot)
        or _is_so_many_of_them(scene, spot)
        or _on_the_web(scene, spot)
    )
    special = special or _counted_behind(scene, spot)
    if special:
        return special
    index, seen = spot.last, 0
    after_of = False
    while index < min(len(scene.tokens), spot.last + NOUN_REACH):
        item, refusal = scene.starting(index, "item"), scene.starting(index, "refusal")
        agent = item and _reported_by(scene, item)
        if agent:
            index = agent.last
            continue
        told = refusal and (
            _in_period(scene, refusal)
            or _found_by(scene, spot.last, index + 1)
            or _is_inside_a_verb(scene, spot, refusal)
        )
        if told or (item and _is_in_a_verb(scene, spot, item)):
            break
        if refusal and refusal.form == "after" and (not item or refusal.last >= item.last):
            return _refused(scene, spot, refusal, item, after_of)
        if item:
            return _seen(scene, item) or _counting(scene, item)
        if _another_begins(scene, spot, index, after_of):
            break
        token = scene.tokens[index]
        which = (
            spot.thing.measure == "count" and token.low in scene.words.relative
        )  # "322 of which contained hate speech"
        if after_of and (which or _stands_alone(scene, index) or _ends_with_rule(scene, index)):
            return Noun(None, None, index + 1, bare=True)
        part = scene.words.part_of.at(scene.tokens, index)
        if part and _stands_alone(scene, part.last - 1):
            return Noun(None, None, part.last, bare=True)  # "davon", "de ellas": nothing follows
        if part:
            index, after_of = part.last, True
            continue
        if (token.kind == "number" and after_of) or _points_to_noun(scene, spot, index):
            index += 1
            continue
        if _ends_phrase(scene, index, after_of and seen == 0):
            break
        seen += token.kind == "word" and not _names_service(scene, index)
        index += 1
    named = {scene.low(i) for i in range(spot.last, index)}
    pronoun = after_of and (seen == 1 or bool(named & scene.words.pronouns))  # "of them"
    bare = seen == 0 or pronoun or _needs_no_noun(scene, spot) or _are_others(scene, spot)
    return Noun(None, None, spot.last, bare=bare)


def _are_others(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in Spanish "1.152 cuentas rusas y otras 7.340 turcas": more of what was just counted."""
    led = scene.low(spot.first - 1) in scene.words.pronouns
    joint = scene.words.joined.ending(scene.tokens, spot.first - 1) if led else None
    before = [s for s in scene.counted if s.last <= spot.first] if joint else []
    return any(noun_behind(scene, s).item is not None for s in before)


def _points_to_noun(scene: Scene, spot: Spot[Amount], index: int) -> bool:
    """As in Persian "30 percent these videos", which needs no word for "of"."""
    share = spot.thing.measure == "share" and index == spot.last
    return share and scene.low(index) in scene.words.the and bool(scene.starting(index + 1, "item"))


def _is_in_a_verb(scene: Scene, spot: Spot[Amount], item: Cue) -> bool:
    """As in "another 190 million got labels": the noun is a part of what was done to them."""
    return item.form == "weak" and _is_inside_a_verb(scene, spot, item)  # "got their posts back"


def _is_inside_a_verb(scene: Scene, spot: Spot[Amount], noun: Cue) -> bool:
    """As in "53% never received a single view", all of which says what was done."""
    verbs = (c for c in scene.of_kind("action") if c.form == "verb" and c.key != "prevalence")
    return any(spot.last <= c.first < noun.first and noun.last <= c.last for c in verbs)


def _reported_by(scene: Scene, item: Cue) -> Cue | None:
    """Return the participle behind who did it, as in German "der von Nutzern gemeldeten Videos"."""
    if item.form != "weak" or scene.low(item.first - 1) not in scene.words.by - {""}:
        return None
    acts = (c for c in scene.of_kind("action") if c.first <= item.last < c.last)
    return next((c for c in acts if scene.low(c.last) not in scene.words.stop), None)


def _counting(scene: Scene, item: Cue) -> Noun:
    """Return the noun of a thing, none for one that only counts others: "700,000 cases of them"."""
    if _of_them(scene, item):
        return Noun(None, None, item.last, bare=True)
    item = _compound(scene, item)
    item = _mixed(scene, _together(scene, _made_of(scene, head(scene, item))))
    return Noun(item, None, item.last, False)


def _names_service(scene: Scene, index: int) -> bool:
    """As in "520,000 Instagram", in a row: a service is nothing that is counted."""
    service = scene.starting(index, "platform")
    return service is not None and service.key != "it"


def _needs_no_noun(scene: Scene, spot: Spot[Amount]) -> bool:
    """Say whether the words beside a number show that no noun follows.

    As in "including 4,600", "4,600 went", "9 million globally"; or its ending says "of them".
    """
    return (
        scene.starting(spot.last + (scene.low(spot.last) in QUOTED), "action") is not None
        or _found_and_done(scene, spot.last)
        or scene.words.parts.ending(scene.tokens, spot.first) is not None
        or scene.low(spot.last) in scene.words.verbs_behind
        or scene.words.in_all.at(scene.tokens, spot.last) is not None
        or not scene.words.partitive.isdisjoint((scene.low(spot.last - 1), scene.low(spot.last)))
    )


def _found_and_done(scene: Scene, index: int) -> bool:
    """As in "with 118 million detected and removed by its systems": two participles, no noun."""
    found = scene.words.seen.at(scene.tokens, index)
    joint = scene.words.joined.at(scene.tokens, found.last) if found else None
    return joint is not None and scene.starting(joint.last, "action") is not None


def _refused(
    scene: Scene, spot: Spot[Amount], refusal: Cue, item: Cue | None, after_of: bool
) -> Noun:
    """Return a noun that is no thing acted on, or the reports where it says who sent them in."""
    if refusal.key == TIMES and _was_reported(scene, spot):
        return Noun(None, None, refusal.last, bare=True)
    sent = _sent_in(scene, spot) if after_of else _done_so_often(scene, spot, refusal)
    if sent:
        return Noun(sent, None, refusal.last, bare=False)
    if after_of and _came_from(scene, spot, refusal):
        return Noun(None, None, refusal.last, bare=True)
    act = scene.starting(refusal.last, "action")
    if act and act.key == "appealed":  # "187,000 users appealed": so many appeals
        appeals = replace(act, kind="item", key="requests", implies=act.key)
        return Noun(appeals, None, refusal.last, bare=False)
    people = item is not None and item.form == "weak" and item.last == refusal.last
    return Noun(item if people else None, refusal, refusal.last, False)


def _came_from(scene: Scene, spot: Spot[Amount], refusal: Cue) -> bool:
    """As in "Of the 425,506 posts 171,175 came from social networks": where they were.

    Or German "Davon stammten 96.211 von Nutzern": whom those told of before came from.
    """
    many = spot.thing.measure == "count" and (spot.thing.value or 0) >= MANY
    if scene.words.parts.at(scene.tokens, 0) and not scene.before(spot):
        return many and refusal.key == AUDIENCE
    return refusal.key == "services or companies" and many and bool(scene.before(spot))


def _was_reported(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "Facebook was reported 11,740 times": so many reports."""
    verbs = (c for c in scene.of_kind("action") if c.key in OTHERS_ACTS and c.form == "verb")
    return any(0 <= spot.first - c.last <= 1 for c in verbs)


def _sent_in(scene: Scene, spot: Spot[Amount]) -> Cue | None:
    """As in "Von den Beschwerden kamen 64.029 von Nutzern": whom they came from, not what."""
    before = [c for c in scene.of_kind("item") if c.last <= spot.first]
    if spot.thing.measure != "count" or not before or before[-1].implies != "reported":
        return None
    return before[-1]


def _done_so_often(scene: Scene, spot: Spot[Amount], times: Cue) -> Cue | None:
    """As in "removed the video 2,434 times", "asked TikTok 770 times": copies, or requests."""
    word, many = scene.low(times.last - 1), (spot.thing.value or spot.thing.low or 0) >= VERY_MANY
    counts = word in scene.words.times or (many and word in scene.words.cases)
    if not counts or spot.thing.measure != "count":
        return None
    asked = [
        c for c in scene.of_kind("action") if c.key in AUTHORITY_ACTS and _frames(scene, spot, c)
    ]
    if asked:
        return replace(times, kind="item", key="requests", form="", implies=asked[-1].key)
    if word in scene.words.times and _was_turned_to(scene, spot):
        return replace(times, kind="item", key="requests", form="", implies="referred")
    return _copied(scene, spot, times) or (_told_of_so_often(scene, spot) if many else None)


def _was_turned_to(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "the ministry wrote to Facebook 310 times", "TikTok was asked 770 times"."""
    agents = [c for c in scene.cues if c.kind in ("actor", "platform") and c.last <= spot.first]
    for verbs, who in ((scene.words.turned_to, "actor"), (scene.words.was_asked, "platform")):
        for verb in scene.find(verbs):
            led = [c.kind for c in agents if c.last <= verb.first][-1:]
            whom = any(0 <= c.first - verb.last <= 1 for c in agents if c.kind == "platform")
            told = whom if who == "actor" else not _asked_by_others(scene, spot)
            if led == [who] and told and not scene.between(verb.last, spot.first):
                return verb.last <= spot.first
    return False


def _asked_by_others(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "Twitter was asked 40 times by reporters": no authority, whoever it was."""
    by = [i for i in range(spot.last, len(scene.tokens)) if scene.low(i) in scene.words.by - {""}]
    actors = [c.first for c in scene.of_kind("actor")]
    return any(not any(0 < first - i <= BY_REACH for first in actors) for i in by)


def _told_of_so_often(scene: Scene, spot: Spot[Amount]) -> Cue | None:
    """As in "extremist content had been taken off the site 1.9 million times": its subject."""
    acts = [c for c in scene.of_kind("action") if c.form == "verb" and c.last <= spot.first]
    things = [c for c in scene.of_kind("item") if c.last <= spot.first and c.form != "weak"]
    if not (acts and things) or scene.between(0, spot.first):
        return None
    if scene.low(spot.first - 1) in scene.words.watched:
        return None  # "removed the video viewed 4,000 times"
    return replace(things[0], implies="")


def _frames(scene: Scene, spot: Spot[Amount], act: Cue) -> bool:
    """Say whether a number stands inside the words for an act, or behind them and a service."""
    named = [c.last for c in scene.of_kind("platform") if act.first < c.first < spot.first]
    end = max([act.last, *named])
    return act.first < spot.first and (act.last > spot.last or 0 <= spot.first - end <= 1)


def _copied(scene: Scene, spot: Spot[Amount], times: Cue) -> Cue | None:
    """Return the thing of which so many copies were acted on, right in front of the number.

    An account that is suspended three times is one.
    """
    verbs = [c for c in scene.of_kind("action") if c.form == "verb"]
    before = [c for c in verbs if c.last <= spot.first]
    behind = [c for c in verbs if scene.words.verb_final and c.first == times.last]
    things = [c for c in scene.of_kind("item") if c.last <= spot.first and c.form != "weak"]
    often = (spot.thing.value or spot.thing.low or 0) > FEW
    if not (often and things and (before or behind)):
        return None
    opens = things[-1].first if behind else min(before[-1].first, things[-1].first)
    last = things[-1].last if behind else max(before[-1].last, things[-1].last)
    rules = {i for c in scene.of_kind("policy") for i in range(c.first, c.last)}
    gap = set(range(last, spot.first)) - rules  # "contenuti terroristici 2.434 volte"
    return None if gap or scene.between(opens, spot.first) else things[-1]


def _another_begins(scene: Scene, spot: Spot[Amount], index: int, after_of: bool) -> bool:
    """Say whether a period or another amount begins at a token, so that no noun can follow."""
    number = not after_of and index > spot.first and index in scene.begun
    number = number and not _is_part_of_word(scene, index)
    return number or any(s.first == index for s in scene.periods)


def _ends_with_rule(scene: Scene, index: int) -> bool:
    """As in "308,000 of organised hate": a rule behind "of", and no noun behind that."""
    rule = scene.starting(index, "policy")
    if rule is None or scene.starting(index, "item") or rule.last >= len(scene.tokens):
        return rule is not None and not scene.starting(index, "item")
    if any(rule.first <= c.first and c.last == rule.last for c in scene.of_kind("item")):
        return False  # "691 millions de faux comptes": its last word is the noun
    behind = scene.tokens[rule.last]
    return behind.kind == "sign" or behind.low in scene.words.stop


def _ends_phrase(scene: Scene, index: int, behind_of: bool) -> bool:
    """Say whether a number, a sign or a stop word ends the search for the noun."""
    token = scene.tokens[index]
    if _is_part_of_word(scene, index) or _opens_a_compound(scene, index):
        return False
    if token.text == "/" and any(c.first < index < c.last for c in scene.of_kind("platform")):
        return False  # "17,000 Twitter/X accounts"
    if token.kind == "number" or (token.kind == "sign" and token.text not in QUOTED):
        return True
    if token.low in scene.words.soft and not behind_of and _goes_on_to_noun(scene, index + 1):
        return _another_starts(scene, index + 1)  # "violent and graphic pieces"
    return token.low in scene.words.stop and not behind_of


def _goes_on_to_noun(scene: Scene, index: int) -> bool:
    """As in "racist and anti-Muslim posts": the noun behind an adjective, be it of two parts."""
    for at in range(index + 1, index + 1 + COMPOUND):
        token = scene.tokens[at - 1 : at]
        plain = token and (token[0].kind == "word" or token[0].text in QUOTED)
        if not plain or scene.low(at - 1) in scene.words.stop or scene.starting(at - 1, "action"):
            return False
        if scene.starting(at, "item"):
            return True
    return False


def _is_part_of_word(scene: Scene, index: int) -> bool:
    """As in "99 million Covid-19-related ads": a number that is written onto a name."""
    if index < WORD_AND_STROKE or scene.tokens[index].kind != "number":
        return False
    word, stroke, number = scene.tokens[index - 2 : index + 1]
    glued = word.end == stroke.start and stroke.end == number.start
    return word.kind == "word" and stroke.text == "-" and glued


def _opens_a_compound(scene: Scene, index: int) -> bool:
    """As in "9.8 million in-app reports": a short word written onto the next, and its stroke."""
    parts = scene.tokens[max(0, index - 1) : index + 2]
    at = next((i for i, token in enumerate(parts) if token.text == "-"), 0)
    if at == 0:
        return False
    word, stroke = parts[at - 1], parts[at]
    return word.kind == "word" and word.low.isalpha() and word.end == stroke.start


def _another_starts(scene: Scene, index: int) -> bool:
    """Say whether a number or a thing of its own begins at a token, and no second adjective."""
    opening = scene.words.stop | scene.words.definite  # Italian "1.200 e le pagine chiuse 40"
    word = scene.tokens[index].kind == "word" and scene.low(index) not in opening
    return not word or any(c.first <= index < c.last for c in scene.of_kind("item"))


def _found_by(scene: Scene, first: int, last: int) -> bool:
    """As in "74% выявлены инструментами компании": who found it is not what is counted."""
    acts = scene.of_kind("action")
    return any(c.form == "trait" and first <= c.first < last for c in acts)


def _stands_alone(scene: Scene, index: int) -> bool:
    """Say whether a word is a pronoun ("of them"), not in front of its noun ("of those posts")."""
    if scene.low(index) not in scene.words.pronouns:
        return False
    led = scene.low(index + 1) in scene.words.stop | scene.words.on  # "davon auf Anordnung"
    near = range(index + 1, index + 1 + (0 if led else DETERMINED))
    return not any(scene.starting(i, kind) for i in near for kind in ("item", "refusal"))


def head(scene: Scene, item: Cue) -> Cue:
    """As in "hate-group posts": of two nouns in a row the second is what is counted.

    A noun for an act leaves the thing: "channel removals" are removals of channels. Where words
    are written onto the next, the first is: Arabic "pages and-one group", "links to-pages".
    """
    if languages.inflection(scene.language).prefixes:
        return item
    behind = scene.starting(item.last, "item")
    if item.last - item.first > 1 or item.implies or not behind:
        return item
    verb = any(c.last > behind.last for c in scene.of_kind("action") if c.first == behind.first)
    if behind.form == "weak" and (verb or behind.implies != "reported"):
        return item  # but "content reports" are reports
    if behind.implies in DONE_TO and behind.key != "requests":
        return replace(behind, key=item.key, first=item.first)
    return behind


def _together(scene: Scene, item: Cue) -> Cue:
    """As in "2,632 pages, groups and accounts": one number for all, which stands for accounts."""
    chain = [item]
    while chain[-1].key in PRESENCES:
        at = chain[-1].last
        while at in scene.inside(scene.words.joined) or scene.low(at) in (",", "،"):
            at += 1
        behind = scene.starting(at, "item") if at > chain[-1].last else None
        if behind is None or behind.key not in PRESENCES:
            break
        chain.append(behind)
    accounts = next((c for c in chain if c.key == "accounts" and c.form != "weak"), None)
    if len(chain) < CHAIN or accounts is None:
        return item
    return replace(accounts, first=item.first, last=chain[-1].last)


def _mixed(scene: Scene, item: Cue) -> Cue:
    """As in "5,500 photos and comments", "174 pages and posts": things of two kinds, content."""
    joint = scene.words.joined.at(scene.tokens, item.last)
    behind = scene.starting(joint.last, "item") if joint else None
    if behind is None or item.form:
        return item
    kinds = {item.key, behind.key}
    if len(kinds) < len((item, behind)) or behind.form or not kinds & {*CONTENTS}:
        return item
    if not kinds <= {*CONTENTS, "accounts", "pages"}:
        return item
    return replace(item, key="content", last=behind.last)


def _compound(scene: Scene, item: Cue) -> Cue:
    """As in "9.8 million content and account reports": reports, of both kinds."""
    joint = scene.words.joined.at(scene.tokens, item.last)
    second = scene.starting(joint.last, "item") if joint else None
    head = scene.starting(second.last, "item") if second else None
    kinds = item.last - item.first == 1 and second and second.last - second.first == 1
    return head if head and kinds and head.implies and not (item.implies or item.form) else item


def _of_them(scene: Scene, item: Cue) -> bool:
    """Say whether a general noun only counts things named before: "700,000 cases of them"."""
    part = scene.words.part_of.at(scene.tokens, item.last)
    if not part or (item.form != "weak" and item.key != "content"):
        return False
    pronoun = part.last if scene.low(part.last) in scene.words.pronouns else part.last - 1
    return _stands_alone(scene, pronoun)


def _made_of(scene: Scene, item: Cue) -> Cue:
    """As in "Copies of his video" are videos: a general noun gives way to the one it is made of."""
    part = scene.words.part_of.at(scene.tokens, item.last)
    if item.key != "content" or not part or scene.words.parts.at(scene.tokens, item.last):
        return item
    for index in range(part.last, min(part.last + 3, len(scene.tokens))):
        inner = scene.starting(index, "item")
        if inner and inner.form != "weak" and inner.key != "websites":  # "249,660 items on sites"
            return inner
    return item


def _in_period(scene: Scene, cue: Cue) -> bool:
    """Say whether a word is part of a period: "It was 77 percent a year earlier"."""
    return any(s.first <= cue.first < s.last and not s.thing.per for s in scene.periods)


def has_verb(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "appealed three of them, and paid a fine": the number is the object of an act."""
    acts = (c for c in scene.of_kind("action") if c.form == "verb")
    return any(
        0 <= spot.first - c.last <= 1
        or (
            0 < spot.first - c.last <= REMOTE_OBJECT  # "eliminó de su aplicación 104 millones"
            and scene.low(c.last) in scene.words.on
            and all(scene.tokens[i].kind == "word" for i in range(c.last, spot.first))
        )
        for c in acts
    )


def refers_back(scene: Scene, spot: Spot[Amount], item: Cue) -> bool:
    """Say whether a general noun stands for things named before: "1.2 million of the copies"."""
    part = scene.words.part_of.at(scene.tokens, spot.last)
    return item.key == "content" and part is not None and item.first - part.last == 1


def is_act_alone(item: Cue) -> bool:
    """Say whether a noun names an act and no thing: "removals", not "channel removals"."""
    return item.key == "content" and item.implies in DONE_TO
