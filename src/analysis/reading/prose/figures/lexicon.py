"""The words of a language by which cues are found, read from its lists and the vocabularies."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from analysis.model import vocabulary
from analysis.reading.prose import languages
from analysis.reading.prose.words.tokens import Phrases, fold_phrase

CueKind = Literal[
    "platform", "action", "item", "refusal", "actor", "policy", "group", "place", "likened"
]
LISTS = (
    *("telling", "passive", "saying", "on", "owned", "belonging", "both", "soft", "that", "by"),
    *("perfect", "media", "its", "addressed", "ours", "particles", "voices", "written", "manifold"),
    *("place_in",),
)
PHRASE_LISTS = (
    *("like", "idioms", "joined", "service_nouns", "via", "received", "put_up", "companies"),
)
GAP = 10
NAMELESS = ("several", "world")  # keys for what no name says


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, ready for matching."""

    phrases: Phrases[tuple[CueKind, str, str, str]]
    gapped: Phrases[tuple[tuple[str, ...], CueKind, str, str]]
    names: Phrases[tuple[CueKind, str, bool]]
    finds: Phrases[bool]
    means: Phrases[bool]
    sent: Phrases[bool]
    companies: Phrases[bool]
    telling: frozenset[str]
    passive: frozenset[str]
    saying: frozenset[str]
    on: frozenset[str]
    owned: frozenset[str]
    belonging: frozenset[str]
    ours: frozenset[str]
    joined: Phrases[bool]
    soft: frozenset[str]
    its: frozenset[str]
    addressed: frozenset[str]
    like: Phrases[bool]
    idioms: Phrases[bool]
    via: Phrases[bool]
    received: Phrases[bool]
    percent: frozenset[str]
    both: frozenset[str]
    that: frozenset[str]
    perfect: frozenset[str]
    service_nouns: Phrases[bool]
    media: frozenset[str]
    by: frozenset[str]
    particles: frozenset[str]
    voices: frozenset[str]
    written: frozenset[str]
    manifold: frozenset[str]
    place_in: frozenset[str]
    part_of: Phrases[bool]
    put_up: Phrases[bool]
    gap: int = GAP


def _language_entries(language: str) -> Iterable[tuple[str, CueKind, str, str, str]]:
    for row in languages.load_words(language, "actions"):
        yield row["words"], "action", row["key"], row["form"], ""
    for row in languages.load_words(language, "items"):
        yield row["words"], "item", row["key"], "weak" if row["weak"] else "", row["action"]
    for row in languages.load_words(language, "refusals"):
        yield row["words"], "refusal", row["reason"], row["place"], ""
    kinds: tuple[tuple[str, CueKind], ...] = (
        ("actors", "actor"),
        ("policies", "policy"),
        ("platforms", "platform"),
        ("groups", "group"),
        ("geographies", "place"),
    )
    for name, kind in kinds:
        for row in languages.load_words(language, name):
            yield row["words"], kind, _services(row["key"]), "", ""


def _services(key: str) -> str:
    """Return the services of a company, where a key is that of one: "متا" as "Meta"."""
    company = vocabulary.load("operators").entries.get(key)
    return company.more["services"] if company else key


def _names() -> Iterable[tuple[str, tuple[CueKind, str, bool]]]:
    """Yield names with what they name, and whether they stand in capitals: "LINE", no "line"."""
    kinds: tuple[tuple[str, CueKind], ...] = (
        ("platforms", "platform"),
        ("groups", "group"),
        ("geographies", "place"),
    )
    for name, kind in kinds:
        for key, entry in vocabulary.load(name).entries.items():
            if key not in NAMELESS:
                capitals = _in_capitals(entry) if kind == "platform" else frozenset()
                for spelling in {entry.label, *entry.aliases}:
                    yield spelling, (kind, key, spelling in capitals)
    for entry in vocabulary.load("bodies").entries.values():
        for spelling in {entry.label, *entry.aliases}:
            yield spelling, ("actor", entry.more["actor"], spelling in _in_capitals(entry))
    for entry in vocabulary.load("operators").entries.values():
        for spelling in {entry.label, *entry.aliases}:
            yield spelling, ("platform", entry.more["services"], False)


def _in_capitals(entry: vocabulary.Entry) -> frozenset[str]:
    """Return the spellings of an entry that are written in capitals only: "IWF", no "PHAROS"."""
    spellings = {entry.label, *entry.aliases}
    others = {s.casefold() for s in spellings if not s.isupper()}
    return frozenset(s for s in spellings if s.isupper() and s.casefold() not in others)


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of a language, with the names of services and organisations."""
    plain: list[tuple[str, tuple[CueKind, str, str, str]]] = []
    gapped: list[tuple[str, tuple[tuple[str, ...], CueKind, str, str]]] = []
    for words, kind, key, form, implies in _language_entries(language):
        for phrase in words.split("|"):
            if "*" in phrase:
                head, _, tail = phrase.partition("*")
                gapped.append((head, (fold_phrase(tail), kind, key, form)))
            else:
                plain.append((phrase, (kind, key, form, implies)))
    steering = languages.load_yaml(language, "cues")
    found_by = steering.get("found_by") or {}
    finds, means = (
        Phrases.of((str(words), True) for words in found_by.get(part) or ())
        for part in ("verbs", "means")
    )
    sent = Phrases.of((str(words), True) for words in steering.get("sent_by_machine") or ())
    lists = {part: frozenset(str(word) for word in steering.get(part) or ()) for part in LISTS}
    numbers = languages.load_yaml(language, "numbers")
    lists["percent"] = frozenset(fold_phrase(str(word))[0] for word in numbers.get("percent") or ())
    part_of = Phrases.of((str(words), True) for words in numbers.get("part_of") or ())
    names = Phrases.of(_names())
    like, idioms, joined, service_nouns, via, received, put_up, companies = (
        Phrases.of((str(words), True) for words in steering.get(part) or ())
        for part in PHRASE_LISTS
    )
    return Lexicon(
        Phrases.of(plain),
        Phrases.of(gapped),
        names,
        finds,
        means,
        sent,
        companies,
        like=like,
        idioms=idioms,
        joined=joined,
        service_nouns=service_nouns,
        via=via,
        received=received,
        part_of=part_of,
        put_up=put_up,
        gap=int(steering.get("gap", GAP)),
        **lists,
    )
