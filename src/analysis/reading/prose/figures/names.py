"""Services that no vocabulary knows, recognised by how the text introduces them.

"Harbourline, a small discussion forum" and "Northwind Social" name a service; their key is the name
in lower case with underscores.
"""

import itertools
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from analysis.model import vocabulary
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.scene import Scene
from analysis.reading.prose.words.tokens import QUOTES, Found, Phrases, Token, fold_phrase

APPOSITION = 9
DETERMINED = 3
STEM = 5
SMALL_WORD = 4  # letters of what stays small in a title: "from", "with"
QUOTING = re.compile(rf"[{QUOTES}]|[,.!?]['’]|[‘]")
DESCRIBING = ("the ", "a ")  # how a description opens that stands for a service


def key_of(name: str) -> str:
    """Return a name as a key.

    >>> key_of("Northwind Social")
    'northwind_social'
    """
    return re.sub(r"\W+", "_", name.casefold()).strip("_")


def _capitals(tokens: list[Token]) -> Iterable[tuple[int, int]]:
    """Yield runs of capitalised words."""
    index = 0
    while index < len(tokens):
        last = index
        while last < len(tokens) and tokens[last].kind == "word" and tokens[last].text[0].isupper():
            last += 1
        if last > index:
            yield index, last
        index = max(last, index + 1)


def _is_in_title_case(scene: Scene) -> bool:
    """As in "Facebook Removes Thousands of Terrorist Videos": capitals that make no names."""
    words = [t.text for t in scene.tokens if t.kind == "word" and len(t.text) > SMALL_WORD]
    return len(words) > 1 and all(word[0].isupper() for word in words)


def _introduced(scene: Scene, first: int, last: int) -> bool:
    """Say whether a name stands beside what it is: "the forum Quill", "Quill, a small forum".

    A "Fact-Checking Network" or a "Protection Service" is more often an institution.
    """
    nouns, tokens = scene.words.service_nouns, scene.tokens
    own = nouns.ending(tokens, last)  # "Northwind Social", "Quill Sosyal Ağı"
    if own and own.first > first and scene.low(last - 1) not in scene.words.institutions:
        return True
    before = nouns.ending(tokens, first)
    if before and _determined(scene, before.first):
        return True
    if scene.low(last) != "," and scene.low(last) not in scene.words.copula:
        return False
    behind = [scene.low(i) for i in range(last + 1, min(last + APPOSITION, len(tokens)))]
    if not behind or behind[0] not in scene.words.determiners:
        return False
    clause = itertools.takewhile(lambda low: low.isalpha() and low not in scene.words.stop, behind)
    return nouns.ending(tokens, last + 1 + len(list(clause))) is not None


def _is_mere_site(scene: Scene, last: int) -> bool:
    """As in "was attached to Current Policy, a site that promotes the party": no service."""
    behind = {scene.low(i) for i in range(last + 1, last + APPOSITION)}
    return scene.low(last) == "," and not scene.words.sites.isdisjoint(behind)


def find_names(scenes: Iterable[Scene]) -> dict[str, str]:
    """Return the names of unknown services in a document, each with its key."""
    found: dict[str, str] = {}
    listed = list(scenes)
    known_named = any(c.key != "it" for s in listed for c in s.of_kind("platform"))
    for scene in listed:
        if not scene.has(scene.words.service_nouns) or _is_in_title_case(scene):
            continue
        known = [c for c in scene.cues if c.kind != "action" and c.key != "it"]
        taken = {i for c in known for i in range(c.first, c.last)}
        taken |= {i for s in scene.periods for i in range(s.first, s.last)}  # "In August, the site"
        taken |= {i for s in scene.amounts for i in range(s.first, s.last)}  # "1 Million Videos"
        for first, last in _capitals(scene.tokens):
            led = scene.words.stop | scene.words.determiners | scene.words.the
            begins = first + (scene.low(first) in led)  # "Their Global Forum"
            if begins < last and begins not in taken and _introduced(scene, begins, last):
                if known_named and _is_mere_site(scene, last):
                    continue
                name = " ".join(t.text for t in scene.tokens[begins:last])
                found[name] = key_of(name)
    return found


def _described(cue: Cue, names: dict[str, str]) -> Cue:
    """Lead "the photo service" to the document's own Corvid Photos."""
    if cue.kind != "platform":
        return cue
    stems = [word[:STEM].casefold() for word in cue.words.split() if len(word) >= STEM]
    for name, key in names.items():
        if any(part.casefold().startswith(stem) for part in name.split() for stem in stems):
            return replace(cue, key=key)
    return cue


def settle_watchdogs(scenes: Iterable[Scene]) -> None:
    """Take "the watchdog" for the authority where the text has named one: Roskomnadzor, Ofcom."""
    listed = list(scenes)
    named = [c for s in listed for c in s.of_kind("actor") if not _is_watchdog(s, c)]
    keys = {c.key for c in named}
    if "researcher" in keys or "government" not in keys:
        return
    for scene in listed:
        if any(_is_watchdog(scene, c) for c in scene.of_kind("actor")):
            scene.recast(
                replace(c, key="government") if _is_watchdog(scene, c) else c for c in scene.cues
            )


def settle_speakers(scenes: Iterable[Scene]) -> None:
    """As in '"We have blocked 35 channels," the ministry said': "we" is the one who says it."""
    for scene in scenes:
        spoken = [c for c in scene.of_kind("platform") if c.words.casefold() in scene.words.we]
        says = scene.find(scene.words.says) if spoken else []
        speaker = next((c for c in scene.cues if _says(c, says)), None)
        quoted = speaker is not None and any(
            _is_parted_by_quotes(scene, c, speaker) for c in spoken
        )
        if speaker is not None and speaker.kind == "actor" and quoted:
            scene.recast(
                replace(c, kind="actor", key=speaker.key) if c in spoken else c for c in scene.cues
            )


def settle_companies(scenes: Iterable[Scene]) -> None:
    """As in "Facebook removed 9 million posts. It had found 95% of them first, Meta added".

    A company that only says so, behind the numbers, is no other service than the one told of.
    """
    told = ""
    for scene in scenes:
        named = scene.services()
        only = named[0] if len(named) == 1 and "+" in named[0].key and scene.counted else None
        says = scene.find(scene.words.says) if only else []
        behind = only is not None and scene.counted[-1].last <= only.first and _says(only, says)
        behind = behind or (only is not None and _counts_those(scene))
        if only and behind and told in only.key.split("+"):
            scene.recast(replace(c, key="it") if c is only else c for c in scene.cues)
        elif named:
            told = next((c.key for c in reversed(named) if "+" not in c.key), named[-1].key)


def _counts_those(scene: Scene) -> bool:
    """As in "Meta took action on 120 of them": of what was counted before."""
    ends = (scene.words.part_of.at(scene.tokens, s.last) for s in scene.counted)
    return any(
        of
        and scene.low(of.last) in scene.words.pronouns
        and scene.starting(of.last + 1, "item") is None
        for of in ends
    )


def _says(cue: Cue, says: list[Found[bool]]) -> bool:
    """As in "the minister told", "said the ministry"."""
    if cue.kind not in ("actor", "platform") or cue.key == "it":
        return False
    return any(cue.last == s.first or 0 <= cue.first - s.last <= 1 for s in says)


def _is_parted_by_quotes(scene: Scene, one: Cue, other: Cue) -> bool:
    """Say whether a quotation ends or begins between two words of a sentence."""
    left, right = sorted((one, other), key=lambda c: c.first)
    start, end = scene.tokens[left.last - 1].end, scene.tokens[right.first].start
    return QUOTING.search(scene.text[start:end]) is not None


def _is_watchdog(scene: Scene, cue: Cue) -> bool:
    """Say whether such words are all that names an authority: no "communications watchdog"."""
    found = scene.words.watchdogs.at(scene.tokens, cue.first) if cue.kind == "actor" else None
    return found is not None and found.last == cue.last


def settle_descriptions(scenes: Iterable[Scene]) -> None:
    """Take "the video-sharing platform" for the service just named where YouTube never is."""
    listed = list(scenes)
    named = {c.key for s in listed for c in s.of_kind("platform") if not _describes(s, c)} - {"it"}
    if not named:
        return
    for scene in listed:
        scene.recast(
            replace(c, key="it") if c.key not in named and _describes(scene, c) else c
            for c in scene.cues
        )


def _describes(scene: Scene, cue: Cue) -> bool:
    """As in "the microblogging site", French "la plateforme de vidéos": no name in it."""
    if cue.kind != "platform" or cue.key in ("it", "several"):
        return False
    nouns, here = scene.words.service_nouns, range(cue.first, cue.last)
    generic = {i for i in here if nouns.at(scene.tokens, i)}
    opening = scene.words.the | scene.words.determiners | scene.words.definite
    others = [
        i for i in here if i not in generic and (i > cue.first or scene.low(i) not in opening)
    ]
    named = [i for i in others if scene.tokens[i].text[0].isupper()]
    plain = _proper_names().isdisjoint(scene.low(i) for i in here)
    described = len(here) > 1 and bool(generic) and not named and plain
    return described or cue.words.casefold().startswith(DESCRIBING)


@cache
def _proper_names() -> frozenset[str]:
    """Return the names of services and of their operators that are one word."""
    files = ("platforms", "operators")
    entries = [e for file in files for e in vocabulary.load(file).entries.values()]
    named = [s for e in entries for s in (e.label, *e.aliases, e.more.get("operator", ""))]
    folded = (fold_phrase(name) for name in named if name)
    return frozenset(lows[0] for lows in folded if len(lows) == 1)


def _determined(scene: Scene, index: int) -> bool:
    """Say whether an article opens the words that end at a token: "the small video platform".

    In a language that has none, nothing need stand there.
    """
    if "" in scene.words.determiners:
        return True
    led = [scene.low(i) for i in range(max(0, index - DETERMINED), index)]
    opened = not scene.words.determiners.isdisjoint(led)
    return opened and not any(low in ("news", ",") for low in led)


def add_names(scene: Scene, names: dict[str, str]) -> None:
    """Add the document's own services to the cues of a sentence."""
    if not names:
        return
    cues = [_described(cue, names) for cue in scene.cues]
    for hit in Phrases.of(names.items()).all(scene.tokens):
        text = " ".join(t.text for t in scene.tokens[hit.first : hit.last])
        cues = [
            c for c in cues if c.last <= hit.first or hit.last <= c.first or c.kind == "refusal"
        ]
        cues.append(Cue("platform", hit.value, hit.first, hit.last, text))
    scene.recast(cues)
