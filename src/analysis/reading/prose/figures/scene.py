"""One sentence laid out for reading roles: its tokens, amounts, periods and cues by token.

Which word belongs to which amount is judged by distance: a word costs one, a comma more, a word
that opens a new clause most. Nothing here decides; it measures.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from itertools import accumulate
from typing import Any, Generic, TypeVar

from analysis.model.readings import Amount, Period
from analysis.reading.prose import languages
from analysis.reading.prose.figures.cues import Cue, find_cues
from analysis.reading.prose.figures.lexicon import CueKind
from analysis.reading.prose.numbers.amounts import read_amounts
from analysis.reading.prose.numbers.hedging import rehedged
from analysis.reading.prose.times.periods import read_periods
from analysis.reading.prose.times.resolving import Memory
from analysis.reading.prose.words.tokens import Found, Phrases, Token, fold_phrase, tokenize

T = TypeVar("T", Amount, Period)
WHOLE = ("month", "quarter", "half_year", "year")  # stretches that have one before them
COMMA_COST, CLAUSE_COST = 3, 7
COMMAS = frozenset((",", "،", "؛"))
HUNDRED, THOUSAND = 100, 1000
HELD_AGAINST = 8  # tokens from "compared with" to the period of what it opens
NOUN_REACH = 9


@dataclass(frozen=True, slots=True)
class Spot(Generic[T]):
    """An amount or period at tokens ``first`` up to ``last``."""

    first: int
    last: int
    thing: T


@dataclass(frozen=True, slots=True)
class Steering:
    """The small words of ``cues.yaml``, ready for matching."""

    clause: frozenset[str]
    soft: frozenset[str]
    restate: Phrases[bool]
    stop: frozenset[str]
    on: frozenset[str]
    on_behind: frozenset[str]
    both_services: Phrases[bool]
    sites: frozenset[str]
    filed: Phrases[bool]
    on_several: Phrases[bool]
    reported_on: Phrases[bool]
    both: frozenset[str]
    negated: frozenset[str]
    since_event: Phrases[bool]
    report_before: Phrases[bool]
    asking: frozenset[str]
    event_nouns: frozenset[str]
    event_verbs: Phrases[bool]
    count_of: Phrases[bool]
    count_of_behind: frozenset[str]
    average: Phrases[bool]
    by: frozenset[str]
    at_request: Phrases[bool]
    pronouns: frozenset[str]
    in_all: Phrases[bool]
    in_number: Phrases[bool]
    watched: frozenset[str]
    we: frozenset[str]
    own_rules: Phrases[bool]
    institutions: frozenset[str]
    emphatic: Phrases[bool]
    turned_to: Phrases[bool]
    was_asked: Phrases[bool]
    sums_up: Phrases[bool]
    among: frozenset[str]
    copula: frozenset[str]
    makes_up: Phrases[bool]
    numbered: frozenset[str]
    posted: Phrases[bool]
    put_in: Phrases[bool]
    copies: frozenset[str]
    alone: Phrases[bool]
    about_them: Phrases[bool]
    partitive: frozenset[str]
    to: frozenset[str]
    change_from: frozenset[str]
    change_to: frozenset[str]
    when: frozenset[str]
    relative: frozenset[str]
    they: frozenset[str]
    told_back: Phrases[bool]
    made: frozenset[str]
    those: Phrases[bool]
    some: Phrases[bool]
    change_by: frozenset[str]
    supposed: Phrases[bool]
    owns: frozenset[str]
    existing: frozenset[str]
    lasting: Phrases[bool]
    furniture: Phrases[bool]
    others: Phrases[bool]
    whom: frozenset[str]
    watchdogs: Phrases[bool]
    who: frozenset[str]
    such: frozenset[str]
    of_whom: Phrases[bool]
    views: frozenset[str]
    shares_per: Phrases[bool]
    online: Phrases[bool]
    definite: frozenset[str]
    cases: frozenset[str]
    that: frozenset[str]
    joined: Phrases[bool]
    compare: Phrases[bool]
    compare_number: Phrases[bool]
    withdrawn: Phrases[bool]
    difference: Phrases[bool]
    difference_before: Phrases[bool]
    the_share: Phrases[bool]
    had: frozenset[str]
    standing: Phrases[bool]
    tips: frozenset[str]
    complainants: Phrases[bool]
    rights: Phrases[bool]
    shows: frozenset[str]
    own_rights: Phrases[bool]
    difference_behind: Phrases[bool]
    running: Phrases[bool]
    background: Phrases[bool]
    now: Phrases[bool]
    covers: Phrases[bool]
    after: frozenset[str]
    opening: frozenset[str]
    in_a_day: Phrases[bool]
    units: Phrases[bool]
    laws: frozenset[str]
    yearly: frozenset[str]
    by_services: Phrases[bool]
    by_states: Phrases[bool]
    cuts_off: frozenset[str]
    as_follows: Phrases[bool]
    started: Phrases[bool]
    undertakings: Phrases[bool]
    against: frozenset[str]
    dated_nouns: frozenset[str]
    took_place: Phrases[bool]
    respectively: Phrases[bool]
    nought: Phrases[bool]
    seen: Phrases[bool]
    silent: Phrases[bool]
    undone: Phrases[bool]
    merely_possible: Phrases[bool]
    received: Phrases[bool]
    the: frozenset[str]
    parts: Phrases[bool]
    verbs_behind: frozenset[str]
    place_in: frozenset[str]
    in_answer: Phrases[bool]
    says: Phrases[bool]
    according: Phrases[bool]
    figure: Phrases[bool]
    number_of_them: Phrases[bool]
    service_nouns: Phrases[bool]
    own_service: Phrases[bool]
    determiners: frozenset[str]
    time_taken: Phrases[bool]
    hours_in: Mapping[str, float]
    closing: frozenset[str]
    having: frozenset[str]
    has_done: frozenset[str]
    has_part: Phrases[bool]
    public: Phrases[bool]
    asked_to: Phrases[bool]
    ordered_to: Phrases[bool]
    by_itself: Phrases[bool]
    verb_final: bool
    named_behind: bool
    part_of: Phrases[bool]
    and_others: Phrases[bool]
    examples: Phrases[bool]
    causes: Phrases[bool]
    sends: frozenset[str]
    all_of: frozenset[str]
    renamed: frozenset[str]
    attained: frozenset[str]
    it_was: Phrases[bool]
    perfect: frozenset[str]
    came_out: Phrases[bool]
    telling_of: frozenset[str]
    averaged: Phrases[bool]
    most: Phrases[bool]
    did_so: Phrases[bool]
    taken_from: frozenset[str]
    meanwhile: frozenset[str]
    after_it: frozenset[str]
    times: frozenset[str]
    articles: frozenset[str]
    abbreviations: frozenset[str]


@cache
def steering(language: str) -> Steering:
    """Return the steering words of a language."""
    data = languages.load_yaml(language, "cues")
    numbers = languages.load_yaml(language, "numbers")
    lists = {f.name: data.get(f.name) or () for f in fields(Steering)}
    lists["articles"] = numbers.get("articles") or ()
    lists["part_of"] = numbers.get("part_of") or ()
    lists["shares_per"] = numbers.get("shares_per") or ()
    lists["views"] = numbers.get("views") or ()
    lists["times"] = (numbers.get("ratios") or {}).get("times") or ()
    ranges = numbers.get("range", {})
    lists["change_from"] = ranges.get("from") or ()
    lists["change_to"] = [w for w in ranges.get("to") or () if w not in (lists["joined"] or ())]
    made: dict[str, Any] = {}
    for flag in ("verb_final", "named_behind"):
        made[flag] = bool(lists.pop(flag))
    made["hours_in"] = {fold_phrase(w)[0]: float(h) for w, h in dict(lists.pop("hours_in")).items()}
    for field_ in (f for f in fields(Steering) if f.name in lists):
        words = [str(word) for word in lists[field_.name]]
        one_word = field_.type == frozenset[str]
        made[field_.name] = frozenset(words) if one_word else Phrases.of((w, True) for w in words)
    return Steering(**made)


@dataclass(slots=True)
class Scene:
    """A sentence with everything in it that can play a part. ``offset`` locates it in the text."""

    text: str
    offset: int
    language: str
    tokens: list[Token]
    amounts: list[Spot[Amount]]
    periods: list[Spot[Period]]
    cues: list[Cue]
    words: Steering
    hoped: frozenset[Cue] = frozenset()  # acts that nobody says were done, which are no cues
    costs: list[int] = field(default_factory=list)
    counted: list[Spot[Amount]] = field(default_factory=list)  # amounts that are no part of a date
    places: dict[str, list[int]] = field(default_factory=dict)  # of the tokens, by what they are
    lows: frozenset[str] = frozenset()
    found: dict[int, list[Found[bool]]] = field(default_factory=dict)
    within: dict[int, frozenset[int]] = field(default_factory=dict)
    kinds: dict[str, list[Cue]] = field(default_factory=dict)
    begin: dict[tuple[str, int], Cue] = field(default_factory=dict)  # the first by kind and token
    starts: list[int] = field(default_factory=list)  # of the amounts in `counted`
    begun: list[int] = field(default_factory=list)  # where amounts start, of which there are many
    ended: list[int] = field(default_factory=list)  # where all up to one have ended

    def __post_init__(self) -> None:
        for index, token in enumerate(self.tokens):
            self.places.setdefault(token.low, []).append(index)
        self.lows = frozenset(self.places)
        self.costs = [0, *accumulate(self._costs())]
        dated = {
            i for s in self.periods if not s.thing.per for i in range(s.first, max(s.last, s.first))
        }
        self.counted = [s for s in self.amounts if s.first not in dated or s.last - 1 not in dated]
        self.starts = [spot.first for spot in self.counted]
        self.begun = [spot.first for spot in self.amounts]
        self.ended = [*accumulate((spot.last for spot in self.amounts), max)]

    def _costs(self) -> list[int]:
        """Return the cost of every token; "ainsi que" joins words, and its "que" opens nothing."""
        clause, pauses = self.words.clause, self.words.soft | COMMAS
        lows = [token.low for token in self.tokens]
        costs = [CLAUSE_COST if w in clause else COMMA_COST if w in pauses else 1 for w in lows]
        if self.words.joined.opening_longer.isdisjoint(self.lows):
            return costs
        for joint in self.inside(self.words.joined):
            costs[joint] = min(costs[joint], COMMA_COST)
        return costs

    def distance(self, left: int, right: int) -> int:
        """Return the cost of the tokens from `left` up to `right`."""
        return self.costs[right] - self.costs[left] if right > left else 0

    def between(self, left: int, right: int) -> int:
        """Count the amounts that start at tokens from `left` up to `right`, dates aside."""
        return max(0, bisect_left(self.starts, right) - bisect_left(self.starts, left))

    def before(self, spot: Spot[Amount]) -> list[Spot[Amount]]:
        """Return the amounts that end in front of one."""
        return self.amounts[: bisect_right(self.ended, spot.first)]

    def behind(self, index: int) -> list[Spot[Amount]]:
        """Return the amounts that start at a token or behind it."""
        return self.amounts[bisect_left(self.begun, index) :]

    def of_kind(self, kind: CueKind) -> list[Cue]:
        """Return the cues of one kind, in order."""
        if not self.kinds:
            self._sort_cues()
        return self.kinds.get(kind, [])

    def starting(self, index: int, kind: CueKind) -> Cue | None:
        """Return the cue of one kind that starts at a token."""
        if not self.kinds:
            self._sort_cues()
        return self.begin.get((kind, index))

    def _sort_cues(self) -> None:
        for cue in self.cues:
            self.kinds.setdefault(cue.kind, []).append(cue)
            self.begin.setdefault((cue.kind, cue.first), cue)

    def recast(self, cues: Iterable[Cue]) -> None:
        """Put other cues in place of those found."""
        self.cues = sorted(cues, key=lambda c: (c.first, c.last))
        self.kinds, self.begin = {}, {}

    def joined(self, left: Cue, right: Cue) -> bool:
        """Say whether two cues are named together, as in "the centre and Telegram"."""
        first, second = (left, right) if left.first <= right.first else (right, left)
        joint = self.words.joined.at(self.tokens, first.last)
        return joint is not None and 0 <= second.first - joint.last <= 1

    def services(self) -> list[Cue]:
        """Return the services that the sentence names, without words that stand for one."""
        return [c for c in self.of_kind("platform") if c.key != "it"]

    def named(self) -> frozenset[int]:
        """Return the tokens of the names of services."""
        return frozenset(i for c in self.services() for i in range(c.first, c.last))

    def in_brackets(self, spot: Spot[Amount]) -> bool:
        """As in "Most were spam (681)"."""
        return (self.low(spot.first - 1), self.low(spot.last)) == ("(", ")")

    def has(self, phrases: Phrases[bool]) -> bool:
        """Say whether a phrase of a list stands in the sentence."""
        return bool(self.find(phrases))

    def find(self, phrases: Phrases[bool]) -> list[Found[bool]]:
        """Return the phrases of a list of steering words that stand in the sentence, in order."""
        made = self.found.get(id(phrases))  # the lists are kept for good, so their ids are theirs
        if made is None:
            opening = (
                phrases.by_first.keys() & self.places.keys()
            )  # two views: the shorter is walked
            starts = [i for low in opening for i in self.places[low]]
            found = phrases.among(self.tokens, sorted(starts)) if starts else ()
            made = self.found[id(phrases)] = list(found)
        return made

    def leads_a_list(self) -> bool:
        """Say whether what stands below belongs to this sentence: "On Instagram it took down:"."""
        return self.low(len(self.tokens) - 1) == ":" or self.has(self.words.as_follows)

    def inside(self, phrases: Phrases[bool]) -> frozenset[int]:
        """Return the places of the tokens that belong to a phrase of a list."""
        made = self.within.get(id(phrases))
        if made is None:
            places = (i for f in self.find(phrases) for i in range(f.first, f.last))
            made = self.within[id(phrases)] = frozenset(places)
        return made

    def low(self, index: int) -> str:
        """Return a token as it is matched, empty outside the sentence."""
        return self.tokens[index].low if 0 <= index < len(self.tokens) else ""


def _token_range(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    inside = [i for i, token in enumerate(tokens) if token.start < end and start < token.end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def lay_out(text: str, offset: int, language: str, memory: Memory) -> tuple[Scene, Memory]:
    """Return a sentence laid out, and what its periods leave in memory."""
    tokens = tokenize(text)
    found, after = read_periods(text, language, memory)
    cues, words = find_cues(tokens, language), steering(language)
    written = (_as_share(a) for a in read_amounts(text, tokens, language))
    counted = [_unhedged(Spot(*_token_range(tokens, *a.span), a), tokens, words) for a in written]
    cues = _without_hedges(_without_verbs(cues, tokens, counted, words), counted)
    periods = [Spot(*_token_range(tokens, *p.span), p) for p in found]
    counted = [_held_against(s, tokens, periods, words) for s in counted]
    cues = _without_openings(cues, periods)
    hoped = _merely_possible(cues, tokens, words)
    scene = Scene(
        text,
        offset,
        language,
        tokens,
        sorted(counted + _noughts(text, tokens, cues, words), key=lambda spot: spot.first),
        periods,
        [c for c in cues if c not in hoped],
        words,
        hoped,
    )
    if _looks_back(scene, memory):
        after = replace(after, last=memory.last, reported=memory.reported)
        telling = not words.had.isdisjoint(scene.lows)  # "that half-year" behind it is the older
        return scene, after if telling else replace(after, stretches=memory.stretches)
    return scene, after


def _looks_back(scene: Scene, memory: Memory) -> bool:
    """As in "In the half-year before it had been 191": the text goes on about its own time.

    It does where all that a sentence dates is what it compares with. So "the same period" behind
    it is the one told of, and not the older one.
    """
    told, spots = memory.reported, [s for s in scene.periods if not s.thing.per]
    if told is None or not (spots and scene.counted):
        return False
    if scene.words.had.isdisjoint(scene.lows) and not all(_is_compared(scene, s) for s in spots):
        return False
    periods = (s.thing for s in spots)
    return all(p.kind in WHOLE and p.end is not None and p.end < told.first for p in periods)


def _is_compared(scene: Scene, period: Spot[Period]) -> bool:
    """As in "94.5 percent, up from 89 in the first quarter": said of an older figure."""
    phrases = (*scene.find(scene.words.compare), *scene.find(scene.words.compare_number))
    starts = [f.first for f in phrases]
    starts += [i for i, token in enumerate(scene.tokens) if token.low in scene.words.change_from]
    return any(0 < period.first - first <= HELD_AGAINST for first in starts)


def _merely_possible(cues: Iterable[Cue], tokens: list[Token], words: Steering) -> frozenset[Cue]:
    """Return acts that nobody says were done: "so that they can be removed"."""
    acts = (c for c in cues if c.kind == "action" and c.form == "verb")
    return frozenset(c for c in acts if words.merely_possible.ending(tokens, c.first))


def _without_openings(cues: list[Cue], periods: list[Spot[Period]]) -> list[Cue]:
    """Drop acts that open a period: "the closing quarter of 2018" closes nothing."""
    openings = {s.first for s in periods if s.thing.start or s.thing.end}
    return [c for c in cues if c.kind != "action" or c.first not in openings]


def _without_verbs(
    cues: list[Cue], tokens: list[Token], counted: list[Spot[Amount]], words: Steering
) -> list[Cue]:
    """Drop nouns that are verbs in front of a number: "TikTok accounts for 80,657 of them"."""
    ending = (words.makes_up.ending(tokens, spot.first) for spot in counted)
    verbs = {hit.first for hit in ending if hit}
    return [c for c in cues if c.kind != "item" or c.first not in verbs] if verbs else cues


def _without_hedges(cues: list[Cue], counted: list[Spot[Amount]]) -> list[Cue]:
    """Drop acts that begin an amount: "close to 300,000" closes nothing."""
    begun = {spot.first: spot.last for spot in counted}
    return [c for c in cues if c.kind != "action" or c.last >= begun.get(c.first, 0)]


def _unhedged(spot: Spot[Amount], tokens: list[Token], words: Steering) -> Spot[Amount]:
    """As in "reports were filed about 437,190 accounts": no hedge, but what was complained of."""
    hedged = spot.thing.bound in ("about", "over")  # "went to court over 38 orders"
    opened = hedged and words.about_them.ending(tokens, spot.first + 1)
    stressed = words.emphatic.at(tokens, spot.first) and _is_stressed(spot)
    return replace(spot, thing=rehedged(spot.thing, "stated")) if opened or stressed else spot


def _held_against(
    spot: Spot[Amount], tokens: list[Token], periods: list[Spot[Period]], words: Steering
) -> Spot[Amount]:
    """As in Spanish "por debajo de los 1.700 millones del trimestre anterior": no hedge."""
    if spot.thing.bound == "stated" or not any(p.first - spot.last in (0, 1) for p in periods):
        return spot
    compared = words.compare.at(tokens, spot.first)
    the = words.the | words.definite | frozenset(words.part_of.by_first)
    if compared is None or compared.last >= spot.last:
        return spot
    held = tokens[compared.last - 1].low in the
    return replace(spot, thing=rehedged(spot.thing, "stated")) if held else spot


def _is_stressed(spot: Spot[Amount]) -> bool:
    """As in "As many as 73 posts were ..." that opens a sentence, "as many as 4,999 links"."""
    value = spot.thing.value or 0
    return spot.first == 0 or (value >= THOUSAND and value % HUNDRED != 0)


def _as_share(amount: Amount) -> Amount:
    """Return a part of one, as in "a third were closed", as the share that a figure is."""
    if amount.measure != "count" or amount.value is None or not 0 < amount.value < 1:
        return amount
    low, high = (None if end is None else round(100 * end, 6) for end in (amount.low, amount.high))
    value = round(100 * amount.value, 1)
    return replace(amount, value=value, low=low, high=high, measure="share")


def _noughts(
    text: str, tokens: list[Token], cues: list[Cue], words: Steering
) -> list[Spot[Amount]]:
    """Return the noughts that are written as "no": "It received no removal orders in 2021".

    Only a noun that names an act itself is counted so: "no content" says nothing of a number.
    """
    made = []
    for hit in words.nought.all(tokens):
        nouns = [c for c in cues if c.kind == "item" and 0 <= c.first - hit.last <= 1]
        if any(c.implies and c.form != "weak" for c in nouns):
            span = (tokens[hit.first].start, tokens[hit.last - 1].end)
            amount = Amount(0.0, 0.0, 0.0, "stated", span, text[slice(*span)])
            made.append(Spot(hit.first, hit.last, amount))
    return made
