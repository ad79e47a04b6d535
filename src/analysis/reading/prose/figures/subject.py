"""Whether a text is on our subject at all, moderation of things online, and who leads it.

Numbers of closed shops, reported cases and deleted scenes stand in every newspaper. A text counts
as on the subject where it names a service, a violent organisation or a rule against such, or where
several of its sentences tell of acts of moderation and it speaks of the internet.
"""

from collections.abc import Iterable
from functools import cache
from itertools import islice

from analysis.model import vocabulary
from analysis.reading.prose.figures.choice import AUTHORITY_ACTS, COMMON_ACTS
from analysis.reading.prose.figures.scene import Scene
from analysis.reading.prose.figures.services import is_tied

LEAD = 2  # sentences that say who acts
STATES_ACTS = ("blocked", "removed", "ordered", "referred")
OPENING = 4  # sentences in which a text on an operation of Europol names it, its title among them
EVIDENCE = 4  # sentences on acts of moderation or on the internet, of each kind at least one


def is_on_subject(scenes: Iterable[Scene]) -> bool:
    """Say whether the sentences of a text are on what is done to things online."""
    told = online = 0
    for scene in scenes:
        if _names_subject(scene):
            return True
        told += _tells_of_moderation(scene)
        online += _is_online(scene)
    return bool(told and online) and told + online >= EVIDENCE


def is_led_by_authority(scenes: Iterable[tuple[Scene, bool]]) -> bool:
    """Say whether a text is on what an authority does; each sentence comes with "is the title".

    So is one whose opening sentences name an authority, and its title and they no service that
    acts: "Europol on Friday sent 826 links to platforms".
    """
    opened = 0
    for scene, title in scenes:
        services = scene.services()
        ours = not scene.words.we.isdisjoint(scene.lows)  # "requests we received about Twitter"
        if services and (title or ours or not all(is_tied(scene, c) for c in services)):
            return False
        if title:
            continue
        asking = {c.first for c in scene.of_kind("item") if c.implies in AUTHORITY_ACTS}
        if any(c.key != "researcher" and c.last not in asking for c in scene.of_kind("actor")):
            return True  # and not only "government requests to Pinterest"
        opened += 1
        if opened == LEAD:
            return False
    return False


def opens_with_europol(scenes: Iterable[Scene]) -> bool:
    """Say whether the first sentences of a text name Europol, whose operation it then tells of."""
    return any(c.key == "europol" for s in islice(scenes, OPENING) for c in s.of_kind("actor"))


def tells_of_states_that_block(scenes: Iterable[Scene]) -> bool:
    """As in "The ministry blocked 28,079 links": what is blocked in such a text a state blocks.

    So it is where websites are cut off, which no service can do, or where the word says it: Turkish
    "erişim engeli" is the ban of an authority.
    """
    return any(
        _cut_off(scene) or _cuts_off_sites(scene) or scene.has(scene.words.by_states)
        for scene in scenes
    )


def is_of_rights(scenes: Iterable[Scene]) -> bool:
    """As in "Rightsholders sent Google 43 million notices": no authority is named that asks."""
    listed = list(scenes)
    states = ("government", "police", "europol")
    own = (s for s in listed if s.has(s.words.own_rights))
    if any(not any(c.key in states for c in s.of_kind("actor")) for s in own):
        return True  # people ask for that, though courts granted the right
    authorities = (c for s in listed for c in s.of_kind("actor") if c.key != "researcher")
    return not any(authorities) and any(s.has(s.words.rights) for s in listed)


def _cut_off(scene: Scene) -> bool:
    agents = [c for c in scene.of_kind("actor") if c.key in ("government", "police")]
    return any(not is_tied(scene, c) for c in agents) and _blocks(scene)


def _cuts_off_sites(scene: Scene) -> bool:
    return _names_sites(scene) and _blocks(scene) and not scene.services()


def _names_sites(scene: Scene) -> bool:
    return any(c.key == "websites" for c in scene.of_kind("item"))


def _blocks(scene: Scene) -> bool:
    return any(c.key in ("blocked", "ordered") for c in scene.of_kind("action"))


def _names_subject(scene: Scene) -> bool:
    """Say whether a sentence names a service, a violent organisation or a rule against such.

    So does one that names another rule and online services in general, or acts of moderation on the
    internet: "the companies took down less of the hate speech that was flagged", "the hotline had
    730 web pages with child sexual abuse images removed".
    """
    if scene.of_kind("policy") and (_names_services(scene) or _moderates_online(scene)):
        return True
    if _cuts_off_websites(scene) or _acts_online(scene) or scene.has(scene.words.units):
        return True
    rules = subject_policies()
    return any(
        (cue.kind in ("platform", "likened") and cue.key != "it")
        or cue.kind == "group"
        or (cue.kind == "policy" and cue.key in rules)
        or cue.key == "europol"
        for cue in scene.cues
    )


def _cuts_off_websites(scene: Scene) -> bool:
    """As in "The court ordered 65 gambling sites to be blocked", "blocked websites in Turkey"."""
    states = any(c.key in ("government", "police") for c in scene.of_kind("actor"))
    states = states or (bool(scene.of_kind("place")) and scene.has(scene.words.online))
    return states and _blocks(scene) and _names_sites(scene)


def _acts_online(scene: Scene) -> bool:
    """As in "The police asked the commission to delete 80,449 online postings"."""
    states = any(c.key in ("government", "police") for c in scene.of_kind("actor"))
    acts = any(c.key in STATES_ACTS and c.form == "verb" for c in scene.of_kind("action"))
    things = any(not (c.form or c.implies) for c in scene.of_kind("item"))
    return states and acts and things and _is_online(scene)


def _tells_of_moderation(scene: Scene) -> bool:
    """As in "the portal was asked to delete 40 posts", "reports of hate speech"."""
    items = scene.of_kind("item")
    if any(c.implies and (c.form != "weak" or scene.of_kind("policy")) for c in items):
        return True
    acts = (c for c in scene.of_kind("action") if c.form == "verb")
    if not any(c.key not in (*COMMON_ACTS, "prevalence") for c in acts):
        return False
    return any(not c.implies and (c.form != "weak" or c.key == "websites") for c in items)


def _moderates_online(scene: Scene) -> bool:
    return _is_online(scene) and _tells_of_moderation(scene)


def _is_online(scene: Scene) -> bool:
    return scene.has(scene.words.online) or _names_services(scene)


def _names_services(scene: Scene) -> bool:
    return any(c.key.startswith("services") for c in scene.of_kind("refusal"))


@cache
def subject_policies() -> frozenset[str]:
    """Return the policies that make a text one about our subject."""
    known = vocabulary.load("policies").entries
    return frozenset(key for key, entry in known.items() if entry.more.get("broader"))
