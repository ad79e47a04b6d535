"""Whose number it is: the service that an amount of a sentence belongs to."""

from analysis.model import vocabulary
from analysis.model.readings import Amount
from analysis.reading.prose import languages
from analysis.reading.prose.figures.acts import list_end
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.nouns import noun_behind
from analysis.reading.prose.figures.roles import FAR, Target, tells_of_a_part
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot
from analysis.reading.prose.words.tokens import Found

PAIR = 2
SHOWN = 6  # tokens from a name to its verb: "Google's transparency report shows"
MARKS_BETWEEN = 2  # two commas, or one and a word that joins
UNKNOWN_NAME = 3  # tokens: a comma, a name, and a comma or "and"
QUOTES = "'\"“”„«»‘’‚"
OPENED_REACH = 7  # tokens between a comma, a service behind it, and the number of that
PLACED = 8  # cost of a place that another number is in, where one stands behind
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
    state = [c for c in scene.of_kind("place") if cue.kind == "actor" and c.last == cue.first]
    at = state[0].first - 1 if state else at  # "with ties to the Saudi government"
    if scene.low(at) == "'" and scene.low(at - 1) == "l":
        at -= 2  # French and Italian "l'Arcom"
    elif cue.kind == "actor" and scene.low(at) in scene.words.definite:
        by = scene.low(at - 1) in scene.words.by
        at -= not by  # "coordinated by the police": they act
    return scene.low(at - (scene.low(at) in scene.words.both))  # "on both Facebook and Instagram"


def _behind_numbers_and_names(scene: Scene) -> set[int]:
    """Return where "it" is none: "nine online services", "on Instagram it fell to 450,000"."""
    named = {c.last for c in scene.services() if is_tied(scene, c)}
    return named | {s.last for s in scene.amounts}


def platform_of(scene: Scene, aim: Target) -> Cue | None:
    """Return the service an amount is about: "by TikTok" behind it, else the nearest before it."""
    owner = _owner_of_brackets(scene, aim)
    if owner:
        return owner
    costs: list[tuple[float, int, Cue]] = []
    no_services = _behind_numbers_and_names(scene)
    for cue in scene.of_kind("platform"):
        tied = is_tied(scene, cue) or _is_asked_for(scene, aim, cue)
        if aim.spot.last <= cue.first < aim.noun_end or (
            cue.first == aim.noun_end and _names_noun_before(scene, cue)
        ):
            cost = -1
        elif cue.first >= aim.spot.last:
            crossed = _crossed(scene, aim.spot.last, cue.first)
            if tied and crossed and cue.key != "it":  # "40 pages and 35 groups on Facebook"
                ends = list_end(scene, aim.noun_end, cue.first)
                crossed -= scene.between(aim.noun_end, ends)
            cost = scene.distance(aim.noun_end, cue.first) + (0 if tied else 9) + 14 * crossed
            cost += FAR if opens_another(scene, aim, cue) else 0
        else:
            crossed = scene.between(cue.last, aim.spot.first)
            cost = (
                scene.distance(cue.last, aim.spot.first)
                + 3 * crossed
                + (4 if crossed and tied else 0)
                + PLACED * (tied and _has_its_own_behind(scene, cue, aim))
            )
        cost = 0 if _has_clause_with(scene, cue, aim) or _is_given_for(scene, cue, aim) else cost
        if _shows(scene, cue) and scene.between(0, cue.first):
            continue  # "..., Google's transparency report shows"
        said_last = cue.first >= aim.spot.last and _tells(scene, cue)
        if said_last and any(c.last <= aim.spot.first for _, _, c in costs):
            continue  # "On Instagram we removed 3.3 million, Meta said"
        if cue.first in no_services if cue.key == "it" else is_in_aside(scene, cue, aim.spot.first):
            continue
        if _is_of_another(scene, aim, cue) or (cue.key == "it" and _is_named(scene, aim, cue)):
            continue
        pronoun = 3 if cue.key == "it" else OPERATOR * ("+" in cue.key)
        left, right = sorted(((cue.first, cue.last), (aim.spot.first, aim.spot.last)))
        semicolon = FAR * _is_source(scene, cue) + 9 * any(
            scene.low(i) == ";" for i in range(left[1], right[0])
        )
        costs.append((cost + pronoun + semicolon, -cue.first, cue))
    chosen = min(costs)[2] if costs else None
    company = antecedent(scene, chosen) if chosen and chosen.key == "it" else chosen
    listed = (c for _, _, c in costs if company and _is_own_of_list(scene, aim, company, c))
    return next(listed, chosen)


def _owner_of_brackets(scene: Scene, aim: Target) -> Cue | None:
    """As in "Instagram (66% in 2021, 42% in 2020) and Twitter (50%)": the name in front of them."""
    signs = [i for i in range(aim.spot.first) if scene.low(i) in ("(", ")")]
    if not signs or scene.low(signs[-1]) != "(":
        return None
    inside = range(signs[-1], len(scene.tokens))
    closed = next((i for i in inside if scene.low(i) == ")"), signs[-1])
    if any(signs[-1] < c.first < closed for c in scene.services()):
        return None
    return next((c for c in scene.services() if c.last == signs[-1]), None)


def _is_asked_for(scene: Scene, aim: Target, service: Cue) -> bool:
    """As in "sent Meta 168 removal requests for Facebook", "105 orders and 897 demands to X"."""
    led = scene.low(service.first - 1) in scene.words.place_in | scene.words.to
    asked = {c.last for c in scene.of_kind("item") if c.implies}
    return led and asked.issuperset((aim.noun_end, service.first - 1))


def _is_given_for(scene: Scene, service: Cue, aim: Target) -> bool:
    """As in "compared with 80% for YouTube and 37% for Twitter": right behind a bare number."""
    led = service.first - 1 == aim.spot.last == aim.noun_end
    return led and scene.low(aim.spot.last) in scene.words.place_in


def _is_of_another(scene: Scene, aim: Target, cue: Cue) -> bool:
    """Say whether a service is named with another number, or in what follows."""
    if not _tells(scene, cue) and is_told_of_others(scene, aim, cue):
        return True
    if inside_another(scene, aim, cue) or _in_other_brackets(scene, aim, cue):
        return True
    if opens_the_next_part(scene, aim, cue) or ended_a_part(scene, aim.spot.first, cue):
        return True
    if scene.of_kind("actor") and opens_another(scene, aim, cue):
        return True  # "The ministry closed 3,120 shops, and asked Snapchat to delete 980 accounts"
    # "hate speech (172,400), while Instagram acted on 3 million"
    return cue.first >= aim.noun_end and scene.low(cue.first - 1) in scene.words.meanwhile


def opens_the_next_part(scene: Scene, aim: Target, cue: Cue) -> bool:
    """As in "6,096 links were blocked; Facebook accounted for 1,743": of the number behind it."""
    parted = any(scene.low(i) == ";" for i in range(aim.noun_end, cue.first))
    return parted and scene.between(cue.last, len(scene.tokens)) > 0 and not _tells(scene, cue)


def ended_a_part(scene: Scene, index: int, cue: Cue) -> bool:
    """As in "31 orders, 24 of them to Telegram; it also sent 5,010 referrals": of the 24 alone.

    `index` is the token of what follows behind the semicolon.
    """
    if not any(scene.low(i) == ";" for i in range(cue.last, index)):
        return False
    before = [s for s in scene.counted if s.last <= cue.first]
    part = bool(before) and scene.words.part_of.at(scene.tokens, before[-1].last) is not None
    return part and len(before) > 1 and (is_tied(scene, cue) or _is_sent_to(scene, cue))


def _is_sent_to(scene: Scene, cue: Cue) -> bool:
    return scene.low(cue.first - 1) in scene.words.to


def _is_named(scene: Scene, aim: Target, pronoun: Cue) -> bool:
    """Say whether a name in the number's own clause goes before a word that stands for one."""
    if pronoun.first >= aim.spot.last and _is_named_before(scene, aim):
        return True  # "Facebook removed 106 groups, all of them parts of the network"
    return _is_placed_behind(scene, aim)  # "We removed 1,633 accounts and 703 Pages on Facebook"


def _has_its_own_behind(scene: Scene, service: Cue, aim: Target) -> bool:
    """As in "9 million from Facebook and 2 million across 12 policies from Instagram"."""
    if not any(s.last <= service.first for s in scene.counted):
        return False
    behind = (c for c in scene.services() if c.first >= aim.noun_end and is_tied(scene, c))
    ends = {*COMMAS, ";"} | scene.words.soft | scene.words.clause
    return any(
        not _crossed(scene, aim.noun_end, c.first)
        and ends.isdisjoint(scene.low(i) for i in range(aim.noun_end, c.first))
        for c in behind
    )


def _has_clause_with(scene: Scene, service: Cue, aim: Target) -> bool:
    """As in "Twitter, which closed 125,000 accounts last year, agreed with Facebook": its own."""
    if scene.low(service.last) not in COMMAS or service.last >= aim.spot.first:
        return False
    inside = not any(scene.low(i) in COMMAS for i in range(service.last + 1, aim.spot.first))
    return inside and scene.low(service.last + 1) in scene.words.relative


def is_in_aside(scene: Scene, service: Cue, number: int = -1) -> bool:
    """As in "YouTube, which belongs to Google, deleted 5 million": named by the way.

    `number` is the token of an amount that the service may be of.
    """
    opened = [
        i
        for i in range(1, service.first)
        if scene.low(i) in scene.words.relative and scene.low(i - 1) in COMMAS
    ]
    closed = [i for i in range(service.last, len(scene.tokens)) if scene.low(i) in COMMAS]
    if not opened or not closed or opened[-1] < number < closed[0]:
        return False
    first, last = opened[-1], closed[0]
    return not any(first < s.first < last for s in scene.counted) and not any(
        scene.low(i) in COMMAS for i in range(first, service.first)
    )


def _is_own_of_list(scene: Scene, aim: Target, company: Cue, service: Cue) -> bool:
    """As in "Meta removed 1,900 accounts, 30 pages and 25 groups on Facebook": of the service."""
    own = service.key in company.key.split("+")[: company.key.count("+") * 2]
    own = own or runs(company.key, service.key)
    if not own or service.first < aim.noun_end or not is_tied(scene, service):
        return False
    return not scene.between(list_end(scene, aim.noun_end, service.first), service.first)


def runs(company: str, service: str) -> bool:
    """Say whether a key is that of the company that runs a service: Google runs YouTube."""
    known = vocabulary.load("platforms").entries
    if company not in known or service not in known or company == service:
        return False
    return known[company].label == known[service].more["operator"]


def _is_named_before(scene: Scene, aim: Target) -> bool:
    """Say whether a service is the subject in front of a number, so that no pronoun need be."""
    named = (c for c in scene.services() if c.last <= aim.spot.first)
    return any(not is_tied(scene, c) and not inside_another(scene, aim, c) for c in named)


def _is_placed_behind(scene: Scene, aim: Target) -> bool:
    """Say whether a row that begins with a number ends with the service that all of it is on."""
    return any(
        c.first >= aim.noun_end
        and is_tied(scene, c)
        and scene.between(aim.noun_end, c.first) > 0
        and not is_told_of_others(scene, aim, c)
        and not any(scene.low(i) in scene.words.clause for i in range(aim.noun_end, c.first))
        for c in scene.services()
    )


def opens_another(scene: Scene, aim: Target, cue: Cue) -> bool:
    """As in "acted on 8.2 million posts, on Instagram it was 1.9 million": that of the next."""
    commas = [i for i in range(aim.noun_end, cue.first) if scene.low(i) in (",", "،")]
    later = [s.first for s in scene.counted if s.first >= cue.last]
    if not commas or not later or scene.distance(commas[-1] + 1, cue.first) > OPENED_REACH:
        return False
    with_ = scene.low(cue.last) in COMMAS and scene.low(cue.last + 1) in scene.words.having
    gap = range(cue.last + with_, later[0])  # Spanish "seguida de X, con un 67 %"
    joints = scene.inside(scene.words.joined)
    parted = any(i in joints or scene.low(i) in (",", "،", ";") for i in gap)
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


def inside_another(scene: Scene, aim: Target, cue: Cue) -> bool:
    """As in "18,300 profiles and 27,300 Instagram accounts": inside the noun of another number.

    Or right behind it, where names stand so: French "21 comptes, 9 comptes Instagram".
    """
    others = [s for s in scene.counted if s.first != aim.spot.first]
    if any(_is_within_noun(scene, s, cue) for s in others):
        return True
    nouns = ((c.first, c.last) for c in scene.of_kind("item"))
    inside = any(first in (cue.first, cue.last) and last > cue.last for first, last in nouns)
    if inside and any(s.last == cue.first for s in others):
        return True
    return _names_noun_before(scene, cue) and any(
        noun_behind(scene, s).last == cue.first for s in others if s.last <= cue.first
    )


def _is_within_noun(scene: Scene, spot: Spot[Amount], cue: Cue) -> bool:
    """As in "6,800 pieces of Instagram content and 150,000 links elsewhere"."""
    last = noun_behind(scene, spot).last
    of = scene.words.part_of.at(scene.tokens, last)
    led = (
        of is not None
        and of.last == cue.first
        and cue.last in {c.first for c in scene.of_kind("item")}
    )
    return spot.last < cue.first and (cue.last < last or led)


def _names_noun_before(scene: Scene, service: Cue) -> bool:
    """Say whether a bare name stands right behind a noun that it belongs to, as in Romance."""
    things = (c for c in scene.of_kind("item") if c.last == service.first)
    return scene.words.named_behind and any(things)


def _is_source(scene: Scene, cue: Cue) -> bool:
    """Say whether a name only says whose numbers they are: "according to Google's own data"."""
    return any(f.last == cue.first for f in scene.find(scene.words.according))


def _shows(scene: Scene, cue: Cue) -> bool:
    """Say whether the same is said behind all of it: "..., Google's transparency report shows"."""
    closing = scene.low(cue.first - 1) in COMMAS and scene.low(cue.last) == "'"
    behind = (i - cue.last for i, t in enumerate(scene.tokens) if t.low in scene.words.shows)
    return closing and any(0 < gap <= SHOWN for gap in behind)


def _tells(scene: Scene, cue: Cue) -> bool:
    """Say whether a service at the end of a sentence told all of it: "..., YouTube said"."""
    return scene.words.says.at(scene.tokens, cue.last) is not None


def is_told_of_others(scene: Scene, aim: Target, cue: Cue) -> bool:
    """Say whether a service behind an amount is that of a later one: "1,300 of them on Instagram".

    What is listed shares it: "790 groups, 100 pages and 1,500 ads on Facebook".
    """
    if cue.first < aim.spot.last:
        return False
    if any(scene.low(i) == ";" for i in range(aim.spot.last, cue.first)):
        return True
    if is_tied(scene, cue) and tells_of_a_part(scene, aim.noun_end, cue.first):
        return True
    later = [s for s in scene.counted if aim.noun_end <= s.first < cue.first]
    later = [s for s in later if not _counts_no_thing(scene, s)]
    gap = range(aim.noun_end, later[0].first) if later else range(0)
    joints = scene.inside(scene.words.joined)
    apart = bool(later) and not all(i in joints or scene.low(i) == "," for i in gap)
    part = bool(later) and _is_place_of_part(scene, later[0], cue)
    return apart or part or _counts_the_same(scene, aim, later)


def _counts_no_thing(scene: Scene, spot: Spot[Amount]) -> bool:
    """As in "2.7 million pieces across 12 policies on Instagram": a number by the way."""
    noun = noun_behind(scene, spot)
    return spot.thing.measure == "count" and noun.item is None and not noun.bare


def _crossed(scene: Scene, first: int, last: int) -> int:
    """Count the numbers of things that stand between two tokens."""
    if not scene.between(first, last):
        return 0
    inside = (s for s in scene.counted if first <= s.first < last)
    return sum(not _counts_no_thing(scene, s) for s in inside)


def _is_place_of_part(scene: Scene, part: Spot[Amount], service: Cue) -> bool:
    """As in "blocked 10,449 posts, 7,160 of them on Facebook": no act stands between."""
    of_them = scene.words.parts.at(scene.tokens, part.last) is not None
    acts = (c for c in scene.of_kind("action") if c.form == "verb")
    return of_them and not any(part.last <= c.first < service.first for c in acts)


def _counts_the_same(scene: Scene, aim: Target, later: list[Spot[Amount]]) -> bool:
    """As in "163 accounts, 33 groups and 4 accounts on Instagram": the last are of another."""
    if not later:
        return False
    parted = [i for i in range(aim.spot.first) if scene.low(i) == ";"]
    start = parted[-1] if parted else 0
    row = [s for s in scene.counted if start <= s.first < later[-1].first]
    last = noun_behind(scene, later[-1]).item
    things = [noun_behind(scene, s).item for s in row]
    if last is None:
        return False
    kind = (last.key, last.implies)  # orders and referrals are requests, and not the same
    return any(item and (item.key, item.implies) == kind for item in things)


def antecedent(scene: Scene, pronoun: Cue) -> Cue | None:
    """Return the service that "it" or "the company" stands for in its own sentence."""
    named = [c for c in scene.services() if c.last <= pronoun.first]
    named = [c for c in named if not ended_a_part(scene, pronoun.first, c)]
    named = [c for c in named if not is_in_aside(scene, c)] or named
    subjects = [c for c in named if not is_tied(scene, c)]
    found = subjects or named
    return found[-1] if found else None


def joined_platforms(scene: Scene, chosen: Cue) -> list[Cue]:
    """Return the services that are named together with one: "on Facebook and Instagram"."""
    cues = scene.services()
    services = {c.key for c in cues if "+" not in c.key}
    cues = [c for c in cues if services.isdisjoint(c.key.split("+")[: c.key.count("+") * 2])]
    group = [chosen]
    for cue in sorted(cues, key=lambda c: c.first):
        if cue.first > group[-1].last - 1 and _in_a_row(scene, group[-1].last, cue.first):
            group.append(cue)
    for cue in sorted(cues, key=lambda c: -c.first):
        if cue.last <= group[0].first and _in_a_row(scene, cue.last, group[0].first):
            group.insert(0, cue)
    row = goes_on_to_others(scene, group[-1])
    if len(group) == PAIR and is_tied(scene, group[0]) and _only_comma(scene, *group) and not row:
        return [chosen]  # "Acting on a tip from Twitter, Facebook took down five accounts"
    if len(group) == PAIR and is_tied(scene, group[0]) and _opens_a_clause(scene, *group):
        return [chosen]  # "13,660 were on X, and Facebook came next with 10,197"
    return group


def goes_on_to_others(scene: Scene, last: Cue) -> Found[bool] | None:
    """As in "Facebook, TikTok and other platforms": the words for those that are not named."""
    joint = scene.words.joined.at(scene.tokens, last.last)
    if joint is None:
        return None
    others = scene.words.and_others.at(scene.tokens, joint.last)
    return others or scene.words.and_others.at(scene.tokens, joint.last + 1)  # "y de otras"


def _opens_a_clause(scene: Scene, left: Cue, right: Cue) -> bool:
    """Say whether a comma stands in front of the "and" of two names, and a number behind them."""
    comma = scene.low(left.last) == "," and right.first - left.last > 1
    return (
        comma
        and not is_tied(scene, right)
        and any(0 < s.first - right.last <= OPENED_REACH for s in scene.counted)
    )


def with_its_own(scene: Scene, chosen: Cue) -> list[Cue]:
    """As in "Facebook removed posts from its main platform and from Instagram": of both."""
    for own in scene.find(scene.words.own_service):
        behind = [c for c in scene.services() if c.first > own.last]
        owners = [c for c in scene.services() if c.last <= own.first]
        if not behind or not owners or owners[0].key == behind[0].key:
            continue
        both = [owners[0], behind[0]]
        if chosen in both and _joins(scene, list(range(own.last, behind[0].first))):
            return both
    return []


def _only_comma(scene: Scene, left: Cue, right: Cue) -> bool:
    return right.first - left.last == 1 and scene.low(left.last) in COMMAS


def _in_a_row(scene: Scene, first: int, last: int) -> bool:
    """Say whether the tokens between two names join them, or "and" is written onto the second."""
    gap = _unquoted(scene, first, last)
    if not gap:
        prefixes = languages.inflection(scene.language).prefixes
        joining = (prefix for prefix in prefixes if scene.words.joined.by_first.get(prefix))
        return any(scene.low(last).startswith(prefix) for prefix in joining)
    return _joins(scene, gap) or _repeats_its_word(scene, first, gap, last)


def _repeats_its_word(scene: Scene, first: int, gap: list[int], last: int) -> bool:
    """As in Spanish "de Instagram, de Telegram y de otras plataformas": each name with its "de"."""
    of = scene.words.part_of.by_first.keys()
    led = next((_leading(scene, c) for c in scene.services() if c.last == first), "")
    words = {led, scene.low(gap[1])} - {"'"} if len(gap) > 1 else {""}  # French "d'Instagram"
    same = scene.low(gap[0]) in COMMAS and words <= of
    small = {scene.low(i) for i in gap[1:]} - {"'"} <= of
    return same and small and not any(0 < s.first - last <= PAIR for s in scene.counted)


def _unquoted(scene: Scene, first: int, last: int) -> list[int]:
    """Return where tokens stand between two names, without the marks that quote them.

    A name between two commas that the vocabulary does not know leaves the row whole.
    """
    gap = [i for i in range(first, last) if scene.tokens[i].text not in QUOTES]
    if len(gap) == UNKNOWN_NAME and scene.low(gap[0]) == ",":
        gap = [gap[0], gap[2]] if scene.tokens[gap[1]].text[:1].isupper() else gap
    return gap


def _joins(scene: Scene, gap: list[int]) -> bool:
    """Say whether tokens are a phrase that joins, or commas, or both."""
    joints = scene.inside(scene.words.joined)
    others = [scene.low(i) for i in gap if i not in joints]
    joined = len(others) < len(gap)
    if joined and others and set(others) <= scene.words.definite:
        return True  # Portuguese "o Facebook e o Instagram"
    if joined and gap[-1] not in joints and others[-1] in scene.words.on | scene.words.to:
        others = others[:-1]  # "on Facebook and on Instagram", Portuguese "ao X e ao Facebook"
    return len(others) <= MARKS_BETWEEN - joined and all(low in (",", "،") for low in others)
