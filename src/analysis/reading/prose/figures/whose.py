"""Whose figure it is: the service of its sentence, or the one that the text is about."""

from collections.abc import Container, Mapping
from functools import cache

from analysis.model import vocabulary
from analysis.reading.prose.figures.choice import AUTHORITY_ACTS, Choice
from analysis.reading.prose.figures.context import Context
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.nouns import on_the_web
from analysis.reading.prose.figures.roles import Target
from analysis.reading.prose.figures.scene import COMMAS, Scene
from analysis.reading.prose.figures.services import (
    QUOTES,
    antecedent,
    ended_a_part,
    goes_on_to_others,
    inside_another,
    is_tied,
    is_told_of_others,
    joined_platforms,
    opens_another,
    opens_the_next_part,
    platform_of,
    with_its_own,
)
from analysis.reading.prose.figures.so_far import SoFar
from analysis.reading.prose.words.tokens import fold_phrase

USERS_ACTS = ("appealed", "reported")
OBJECT = 2  # tokens between a verb and the name of whom it asks
SEVERAL = ("several",)
MANY = 2  # services of one figure beyond which no one is named
GENERIC_REACH = 2  # tokens in front of "platforms" that may open a sentence: "social media"


def several_services(scene: Scene) -> bool:
    """Say whether the sentence speaks of companies or platforms in general."""
    named, ends = scene.of_kind("platform"), {s.last for s in scene.amounts}
    return any(
        c.key.startswith("services")
        and (
            c.first in ends  # "nine services", but not in "the social network Facebook"
            or not any(p.first <= c.first <= p.last or c.last == p.first for p in named)
        )
        for c in scene.of_kind("refusal")
    )


def services_of(so_far: SoFar, aim: Target, choice: Choice) -> tuple[tuple[str, ...], Cue | None]:
    """Return the services that a figure is of, and the words that name one where there are any."""
    services, cue = _named_services(so_far, aim, choice)
    if cue and aim.spot.last <= cue.first <= aim.noun_end:
        return services, cue  # "40 Instagram pages": the noun says whose
    if counts_them(so_far.scene, aim):
        return services, cue
    if cue and _names_another_service(so_far.scene, cue):
        return services, cue
    sibling = _sibling_in_list(so_far, aim, choice.item)
    if sibling:
        return sibling, None
    having = _having(services, choice.item, so_far.context.services)
    return (having, None if having != services else cue)


def _sibling_in_list(so_far: SoFar, aim: Target, item: str) -> tuple[str, ...]:
    """As in "32 Facebook accounts, 12 Instagram accounts and 14 Pages": Facebook's, as it has them.

    A service right behind the number would say whose they are.
    """
    known = vocabulary.load("platforms").entries
    listed = [a.mention.platforms[0] for a in so_far.accepted if len(a.mention.platforms) == 1]
    has = [s for s in listed if s in known and item not in known[s].more["lacks"].split("|")]
    lacking = any(s in known and s not in has for s in listed)
    alike = has and known[has[-1]].more["operator"] == known[listed[-1]].more["operator"]
    if not (lacking and alike and _is_in_a_list(so_far, aim)):
        return ()
    return (has[-1],)


def _names_another_service(scene: Scene, cue: Cue) -> bool:
    """As in "Google Drive": a service of the company that no vocabulary knows."""
    behind = scene.tokens[cue.last : cue.last + 1]
    return bool(behind) and behind[0].kind == "word" and behind[0].text[0].isupper()


def _having(services: tuple[str, ...], item: str, named: Container[str]) -> tuple[str, ...]:
    """As in "8 Pages, one Group and 2 accounts on Instagram": pages are those of Facebook.

    So are videos that Google removed those of YouTube, where the text names it.
    """
    known = vocabulary.load("platforms").entries
    lacking = [s for s in services if s in known and item in known[s].more["lacks"].split("|")]
    if not lacking:
        return services
    company = known[lacking[0]].more["operator"]
    others = [key for key, entry in known.items() if entry.more["operator"] == company]
    having = [key for key in others if item not in known[key].more["lacks"].split("|")]
    whole = known[lacking[0]].label == company
    found = having and company and (not whole or having[0] in named)
    return (having[0],) if found else services


def only_service_with(item: Cue, services: Container[str] = ()) -> tuple[str, ...]:
    """As in "the authorities blocked 40,000 tweets": the service that alone has such things.

    Where a text names it by its newer name only among its services, it is that one.
    """
    words = fold_phrase(item.words)
    for stem, (key, successor) in own_things().items():
        if any(word.startswith(stem) for word in words):
            newer = successor in services and key not in services
            return (successor if newer else key,)
    return ()


@cache
def own_things() -> Mapping[str, tuple[str, str]]:
    """Return how words for what only one service has begin: the service, and its newer name."""
    return {
        fold_phrase(stem)[0]: (key, entry.more["successor"])
        for key, entry in vocabulary.load("platforms").entries.items()
        for stem in entry.more["things"].split("|")
        if stem
    }


def _named_services(
    so_far: SoFar, aim: Target, choice: Choice
) -> tuple[tuple[str, ...], Cue | None]:
    """Return the services that the words or the text before lead to."""
    scene, context = so_far.scene, so_far.context
    if so_far.noun(aim.spot).bare and on_the_web(scene, aim.spot):
        return SEVERAL, None
    cue = platform_of(scene, aim)
    if cue and choice.action == "reported" and _is_asked_later(scene, aim, cue):
        return SEVERAL, None
    if not (cue or context.platforms or so_far.accepted or several_services(scene)):
        cue = _only_service(scene)
        inside = inside_another(scene, aim, cue) if cue and not counts_them(scene, aim) else False
        apart = cue and (_is_place_of_a_part(scene, aim, cue) or inside)
        cue = None if apart else cue
        asked = cue and scene.of_kind("actor") and opens_another(scene, aim, cue)
        cue = None if asked else cue
    share = aim.spot.thing.measure == "share" and so_far.noun(aim.spot).bare
    if cue and cue.key == "it" and share and so_far.last and cue.first < aim.spot.first:
        return so_far.last.platforms, None  # "removed 900 on Facebook under its rules, 96% unasked"
    if cue and cue.key == "it":
        cue = antecedent(scene, cue) or cue
    two = scene.has(scene.words.both_services) and len(context.services) == MANY
    if two and (cue is None or cue.key == "it"):
        return tuple(
            sorted(context.services)
        ), None  # "removed 20 million posts from both networks"
    if _is_of_many(so_far, aim, cue):
        return SEVERAL, None
    if not cue:
        return _told_of_before(so_far, aim, choice), None
    if cue.key == "it" and context.platforms in ((), SEVERAL):
        named = scene.services()
        named = [c for c in named if not _is_place_of_a_part(scene, aim, c)]
        named = [c for c in named if not ended_a_part(scene, aim.spot.first, c)]
        cue = named[0] if named and not several_services(scene) else cue
    if cue.key == "it":
        known = _narrowed(context, context.platforms, choice.item)
        told = () if known == SEVERAL else known
        own = _speaker(so_far, cue) if not told else ()
        known = own or known or _only_service_of_text(so_far)
        return known or SEVERAL, cue if known else None
    group = joined_platforms(scene, cue)
    if len(group) == 1:
        group = _named_again(scene, aim, cue) or with_its_own(scene, cue) or group
    keys = tuple(sorted({key for c in group for key in c.key.split("+")}))
    many = len(keys) > MANY or SEVERAL[0] in keys or _goes_on(scene, group)
    return (SEVERAL if many else keys), cue


def counts_them(scene: Scene, aim: Target) -> bool:
    """As in "found 12,400 Instagram pages and blocked 9,100 of them": on the same service."""
    of = scene.words.part_of.at(scene.tokens, aim.spot.last)
    if of is None:
        of = scene.words.part_of.at(scene.tokens, aim.spot.last + 1)  # "9,100 cases of them"
    return of is not None and scene.low(of.last) in scene.words.pronouns


def _is_of_many(so_far: SoFar, aim: Target, cue: Cue | None) -> bool:
    """Say whether an amount is of several services though the text has named some, or one."""
    scene = so_far.scene
    if _is_on_unnamed(scene, aim):
        return True
    if cue and cue.key != "it":
        return len(so_far.context.services) > MANY and _is_told_of_behind(scene, aim, cue)
    if _is_listed_beside(so_far, aim) or _is_on_several(scene, aim):
        return True
    if cue:
        return False
    general = _speaks_of_platforms(scene, aim) or _counts_services(scene, aim)
    whole = _is_whole_of_services(scene, aim) and not _is_in_a_list(so_far, aim)
    whole = whole or _is_total(so_far, aim)
    return general or whole or _follows_many(so_far)


def _is_in_a_list(so_far: SoFar, aim: Target) -> bool:
    """As in "93 Facebook profiles, 17 pages and four Instagram accounts": no whole of these."""
    before = so_far.accepted[-1].noun.last if so_far.accepted else aim.spot.first
    gap = range(before, aim.spot.first)
    joints = so_far.scene.inside(so_far.scene.words.joined)
    return bool(gap) and all(i in joints or so_far.scene.low(i) in COMMAS for i in gap)


def _is_on_several(scene: Scene, aim: Target) -> bool:
    """As in "blocked 1,135,000 links on various platforms", whatever service was named before."""
    found = scene.find(scene.words.on_several)
    return aim.spot.thing.measure == "count" and any(
        0 <= f.first - aim.noun_end <= OBJECT for f in found
    )


def _is_on_unnamed(scene: Scene, aim: Target) -> bool:
    """As in "942 items on file-sharing sites and 2,201 on X": on services that have no name."""
    on = scene.low(aim.noun_end) in scene.words.on and "" not in scene.words.determiners
    others = scene.words.and_others.at(scene.tokens, aim.noun_end + 1)  # "on other platforms"
    at = others.last if others else aim.noun_end + 1
    named = scene.starting(at, "refusal") if on else None
    if named is None or not named.key.startswith("services"):
        return False
    behind = range(named.last, named.last + GENERIC_REACH)
    return not any(c.first in behind for c in scene.services())  # "on platforms such as X"


def _follows_many(so_far: SoFar) -> bool:
    """As in "186 were sent to Telegram, 31 to TikTok and 14 to X. In 246 cases they did so"."""
    row = {m.platforms for m in so_far.context.row if m.platforms != SEVERAL}
    return so_far.last is None and len(row) > MANY


def _told_of_before(so_far: SoFar, aim: Target, choice: Choice) -> tuple[str, ...]:
    """Return the services of the figure before, else those that the text is about."""
    context, bare = so_far.context, so_far.noun(aim.spot).bare
    beside = _beside(so_far, bare)
    last = (beside or context.counted_on) if bare else ()
    known = _narrowed(context, last or context.platforms or beside, choice.item)
    only = () if _is_of_no_service(context, choice) else _only_service_of_text(so_far)
    return known or only or SEVERAL


def _beside(so_far: SoFar, bare: bool) -> tuple[str, ...]:
    """Return the services of the figure before; for a noun of its own not those of a mere part.

    As in "31 orders were issued, 24 of them to Telegram; it also sent 5,010 referrals".
    """
    scene, told = so_far.scene, so_far.accepted
    wholes = [a for a in told if bare or not scene.words.part_of.at(scene.tokens, a.spot.last)]
    return (wholes or told)[-1].mention.platforms if told else ()


def _is_listed_beside(so_far: SoFar, aim: Target) -> bool:
    """As in "The ministry blocked 94 YouTube channels and 747 links": only the channels are there.

    Or in "6,800 pieces of Instagram content, 300 TikTok videos and 150,000 links". Not where the
    text is on what was done on one service.
    """
    scene, context = so_far.scene, so_far.context
    if not so_far.accepted or so_far.noun(aim.spot).bare or context.platforms not in ((), SEVERAL):
        return False
    services = scene.services()
    listed = bool(services) and all(
        any(a.spot.last <= c.first < a.noun.last for a in so_far.accepted) for c in services
    )
    many = len({c.key for c in services}) > 1
    return listed and (many or any(c.key != "researcher" for c in scene.of_kind("actor")))


def _is_told_of_behind(scene: Scene, aim: Target, cue: Cue) -> bool:
    """As in "26,000 sites were closed, and police said that Telegram was the main platform"."""
    quoted = scene.low(cue.first - 1) in QUOTES
    that = scene.low(cue.first - 1 - quoted) in scene.words.that
    behind = cue.first >= aim.noun_end and scene.between(aim.noun_end, cue.first) > 0
    return that and behind


def _goes_on(scene: Scene, group: list[Cue]) -> bool:
    """As in "Facebook, YouTube and other platforms removed ...": a row of more than are named.

    One name goes on only to services: "Wikipedia and the other projects" are one. So does one of
    which the names are only examples: "social networks, including Facebook and YouTube".
    """
    if _are_examples(scene, group[0]):
        return True
    others = goes_on_to_others(scene, group[-1])
    if others is None:
        return False
    behind = range(others.last - 1, others.last + 2)
    services = (c for c in scene.of_kind("refusal") if c.key.startswith("services"))
    return len(group) > 1 or any(c.first in behind for c in services)


def _are_examples(scene: Scene, first: Cue) -> bool:
    led = scene.words.examples.ending(scene.tokens, first.first)
    if led is None:
        return False
    comma = scene.low(led.first - 1) in COMMAS
    services = (c for c in scene.of_kind("refusal") if c.key.startswith("services"))
    return any(c.last == led.first - comma for c in services)


def _named_again(scene: Scene, aim: Target, cue: Cue) -> list[Cue]:
    """As in "Facebook removed 150 accounts on Facebook and Instagram": the row behind the noun."""
    again = [c for c in scene.of_kind("platform") if c.key == cue.key and c.first >= aim.noun_end]
    near = [c for c in again if not scene.between(aim.noun_end, c.first) and is_tied(scene, c)]
    group = joined_platforms(scene, near[0]) if near and cue.first < aim.spot.first else []
    return group if len(group) > 1 else []


def _speaks_of_platforms(scene: Scene, aim: Target) -> bool:
    """As in "Social media platforms took down 4,500 posts": of none that was named before.

    A language without articles does not tell these from the ones that were named.
    """
    words = scene.words
    if "" in words.determiners:
        return False
    pointing = [f.first for kind in (words.those, words.told_back) for f in scene.find(kind)]
    for cue in scene.of_kind("refusal"):
        if cue.key.startswith("services") and cue.first <= min(GENERIC_REACH, aim.spot.first):
            led = {t.low for t in scene.tokens[: cue.first]} & (words.determiners | words.the)
            return not led and all(at >= cue.first for at in pointing)
    return False


def _counts_services(scene: Scene, aim: Target) -> bool:
    """As in "In the last evaluation the four companies received nearly 3,000 notifications"."""
    ends = {s.last for s in scene.amounts if s.last <= aim.spot.first and (s.thing.value or 0) > 1}
    named = (c for c in scene.of_kind("refusal") if c.key.startswith("services"))
    return any(c.first in ends and not scene.between(c.last, aim.spot.first) for c in named)


def _is_total(so_far: SoFar, aim: Target) -> bool:
    """As in "Facebook: 562 accounts", "YouTube: 301 accounts", "In all there were 1,285".

    Or in "YouTube 62.2 and X 35.9 percent. On average it was 71": a share of all of them.
    """
    scene, told = so_far.scene, so_far.context.recent
    if any(f.first <= OBJECT for f in scene.find(scene.words.averaged)):
        shares = [m.platforms for m in so_far.context.row if m.measure == aim.spot.thing.measure]
        told_of_all = not so_far.last or so_far.last.platforms == SEVERAL
        one = aim.spot.thing.measure == "share" and len(so_far.context.services) > MANY
        if told_of_all and (len(set(shares)) > 1 or (shares and one)):
            return True
    value, share = aim.spot.thing.value or 0.0, aim.spot.thing.measure == "share"
    if so_far.accepted or share or len(told) <= 1 or told[0][1] == told[1][1]:
        return False
    sums = scene.find(scene.words.running)
    opened = any(f.first <= OBJECT or f.last == aim.spot.first for f in sums)
    return opened and value >= told[0][0] + told[1][0]


def _is_asked_later(scene: Scene, aim: Target, cue: Cue) -> bool:
    """As in "The unit received 2,000 tips and asked Facebook to remove 1,700 posts"."""
    acts = (c for c in scene.of_kind("action") if c.key in AUTHORITY_ACTS)
    asked = any(aim.noun_end <= c.first <= cue.first < c.last + OBJECT for c in acts)
    return asked and bool(scene.of_kind("actor")) and aim.noun_end <= cue.first


def _is_place_of_a_part(scene: Scene, aim: Target, cue: Cue) -> bool:
    """As in "Networks removed 170,000 items, 45% of them on YouTube"."""
    return is_told_of_others(scene, aim, cue) and is_tied(scene, cue)


def _is_whole_of_services(scene: Scene, aim: Target) -> bool:
    """As in "10,499 items were blocked: 7,160 on Facebook, 1,316 on Twitter": of all of them."""
    others = [
        c.key
        for c in scene.services()
        if is_told_of_others(scene, aim, c) or opens_the_next_part(scene, aim, c)
    ]
    return len(set(others)) > 1


def _only_service(scene: Scene) -> Cue | None:
    """Return the one service that a sentence names, None where it names none or several."""
    named = {c.key: c for c in scene.services()}
    return next(iter(named.values())) if len(named) == 1 else None


def _is_of_no_service(context: Context, choice: Choice) -> bool:
    """Say whether an act is one of users, or of states: it may be on any service."""
    blocks = choice.action == "blocked" and context.states_block
    return blocks or choice.action in USERS_ACTS


def _only_service_of_text(so_far: SoFar) -> tuple[str, ...]:
    """As in "The company took down 9 million posts", where only Facebook is named, further down."""
    scene, context = so_far.scene, so_far.context
    others = scene.of_kind("actor") or context.actor != "platform" or several_services(scene)
    return tuple(context.services) if len(context.services) == 1 and not others else ()


def _speaker(so_far: SoFar, pronoun: Cue) -> tuple[str, ...]:
    """As in "We received 400 requests", where the text names one service only: that one speaks."""
    spoken = pronoun.words.casefold() in so_far.scene.words.we
    services = so_far.context.services
    return tuple(services) if spoken and len(services) == 1 else ()


def _narrowed(context: Context, platforms: tuple[str, ...], item: str) -> tuple[str, ...]:
    """Return the one service of a company that the document names, where the company was named.

    Requests are sent to the company: the service must have been named when they are told of.
    """
    whole = platforms == context.counted_on and item not in ("videos", "channels")
    if len(platforms) != 1 or whole:
        return platforms  # what was counted last was counted for the company as a whole
    known = vocabulary.load("platforms").entries
    company = known[platforms[0]].label if platforms[0] in known else ""
    services = [
        key
        for key in (context.named if item == "requests" else context.services)
        if key in known and key != platforms[0] and known[key].more["operator"] == company
    ]
    return (services[0],) if len(services) == 1 else platforms
