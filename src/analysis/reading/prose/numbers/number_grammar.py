"""How a language writes numbers: its ``numbers.yaml`` ready for matching, and its numerals."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any, TypeVar

from analysis.reading.prose import languages
from analysis.reading.prose.words.tokens import Phrases

GROUPS_OF_THREE = re.compile(r"\d{1,3}(?:[.,\u066c'\u2019 \u00a0\u202f\u2009]\d{3})+")
INDIAN_GROUPS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
MARKS = ".,\u066b\u066c'\u2019 \u00a0\u202f\u2009"
V = TypeVar("V")
ACCENT = re.compile(r"(?<=[a-zA-Z])[\u0300-\u036f]+")
LEAST_PER = 1000.0
LARGEST_DENOMINATOR = 10**13
VULGAR = frozenset(map(chr, (*range(0xBC, 0xBF), *range(0x2150, 0x215F))))  # ½, ⅔ and such


@dataclass(frozen=True)
class Grammar:
    """What ``numbers.yaml`` says, ready for matching."""

    decimal: str
    words: Phrases[float]
    articles: frozenset[str]
    joins: frozenset[str]
    rest_behind: frozenset[str]
    scales: Phrases[float]
    glued: Mapping[str, float]
    exact: Mapping[str, float]
    names: frozenset[str]
    points: frozenset[str]
    negative: frozenset[str]
    fractions: Phrases[float]
    alone: frozenset[str]
    alone_not_after: frozenset[str]
    not_alone: frozenset[str]
    plural_verbs: frozenset[str]
    singular_verbs: frozenset[str]
    not_before: frozenset[str]
    ordinals: Mapping[str, float]
    no_number: Phrases[bool]
    divided: Phrases[bool]
    part_of: Phrases[bool]
    vague: Phrases[tuple[float, float]]
    percent: Phrases[bool]
    one_percent: frozenset[str]
    out_of: Phrases[float]  # with the least number that they divide by
    views: frozenset[str]  # what the shares "per 10,000" are of
    said_of_time: frozenset[str]
    hedges: Phrases[str]
    apart: Mapping[str, Phrases[str]]  # hedges with other words inside them, by their last word
    after: Phrases[str]
    skip: Phrases[bool]
    between: Phrases[bool]
    range_from: Phrases[bool]
    change: frozenset[str]
    range_to: Phrases[bool]
    multiples: Phrases[float]
    times: frozenset[str]
    factors: frozenset[str]
    times_after: Phrases[bool]
    not_after: frozenset[str]
    ordinal_endings: frozenset[str]
    up_after: Phrases[bool]
    down_after: Phrases[bool]
    up_before: frozenset[str]
    down_before: frozenset[str]
    level: frozenset[str]
    particle_verbs: frozenset[str]
    particles: frozenset[str]

    @cached_property
    def starts(self) -> frozenset[str]:
        """Words, other than digits, that an amount can start with."""
        phrases = (self.words, self.scales, self.vague, self.multiples, self.fractions)
        first = {word for group in phrases for word in group.by_first}
        return frozenset(first | self.articles | VULGAR)

    @cached_property
    def other_starts(self) -> frozenset[str]:
        """Words that start a number and can start a part, a ratio or a vague amount too."""
        phrases = (self.vague, self.multiples, self.fractions)
        first = {word for group in phrases for word in group.by_first}
        return frozenset(first | self.articles | self.one_percent)

    @cached_property
    def goes_on(self) -> frozenset[str]:
        """Words and signs behind a number that can make it a part, a share or a ratio."""
        phrases = (self.out_of, self.fractions, self.divided)
        first = {word for group in phrases for word in group.by_first}
        return frozenset(first | self.times | self.factors | {"-"})

    @cached_property
    def scale_starts(self) -> frozenset[str]:
        """Words and signs that a multiplier can start with."""
        return frozenset(
            self.scales.by_first.keys()
            | self.glued.keys()
            | {k.lower() for k in self.exact}
            | {"-"}
        )

    @cached_property
    def name_ends(self) -> frozenset[str]:
        """Words at which a phrase that is no number can end."""
        return frozenset(self.no_number.backward()[0])


def unaccented(word: str) -> str:
    """Return a word of Latin script as those write it who leave accents out.

    >>> unaccented("três milhões"), unaccented("ثلاثة")
    ('tres milhoes', 'ثلاثة')
    """
    if word.isascii():
        return word
    parted = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", ACCENT.sub("", parted))


def _with_plain(pairs: Iterable[tuple[str, V]]) -> Iterator[tuple[str, V]]:
    """Yield words with their meaning as listed, and without accents where that is no other word."""
    listed = list(pairs)
    yield from listed
    for word, value in listed:
        plain = unaccented(word)
        if plain != word:
            yield plain, value


def _phrases(words: Any, value: Any = True) -> Phrases[Any]:
    if isinstance(words, Mapping):
        return Phrases.of(_with_plain((str(w), float(v)) for w, v in words.items()))
    return Phrases.of((str(w), value) for w in words or ())


def _folded(words: Any) -> frozenset[str]:
    return frozenset(str(w).casefold() for w in words or ())


def _parts(data: Mapping[str, Any], language: str) -> Iterable[tuple[str, float]]:
    """Yield the words for parts; a decimal such as 0.3333 stands for the fraction next to it."""
    for word, value in data.get("fractions", {}).items():
        yield str(word), float(Fraction(value).limit_denominator(1000))
    for word, value in languages.composed_words(language, "denominators").items():
        if 0 < value <= LARGEST_DENOMINATOR:
            yield word, 1 / value


def _dividing(data: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Return the words for "out of" with the least number that they divide by.

    What is said per so many of anything is a share of a large round number only: "5 views per
    10,000", but not "two strikes per 3 months".
    """
    for key, least in (("shares_out_of", 0.0), ("shares_per", LEAST_PER)):
        for phrase in data.get(key) or ():
            yield str(phrase), least


def _apart(hedges: Iterable[tuple[str, str]]) -> Mapping[str, Phrases[str]]:
    """Return the hedges that are written with a gap, "exceeds * by", by the word behind the gap."""
    heads: dict[str, list[tuple[str, str]]] = {}
    for phrase, bound in hedges:
        head, gap, tail = phrase.partition("*")
        if gap:
            heads.setdefault(tail.strip(), []).append((head, bound))
    return {tail: Phrases.of(pairs) for tail, pairs in heads.items()}


@cache
def grammar(language: str) -> Grammar:
    """Return the number grammar of a language."""
    data = languages.load_yaml(language, "numbers")
    hedges = [(p, bound) for bound, ps in data["hedges"].items() for p in ps]
    after = ((p, bound) for bound, ps in data.get("after", {}).items() for p in ps)
    ranges, ratios = data.get("range", {}), data.get("ratios", {})
    return Grammar(
        decimal=data["decimal"],
        words=_phrases(data["words"]),
        articles=_folded(data.get("articles")),
        joins=_folded(data.get("joins")),
        rest_behind=_folded(data.get("rest_behind")),
        scales=_phrases(data["scales"]),
        glued={str(k).casefold(): float(v) for k, v in data.get("glued", {}).items()},
        names=frozenset(languages.as_written(language, "names")),
        exact={str(k): float(v) for k, v in languages.as_written(language, "exact").items()},
        points=frozenset(w for p in _folded(data.get("points")) for w in (p, unaccented(p))),
        negative=_folded(data.get("negative")),
        fractions=Phrases.of(_with_plain(_parts(data, language))),
        alone=_folded(data.get("alone")),
        alone_not_after=_folded(data.get("alone_not_after")),
        not_alone=_folded(data.get("not_alone")),
        plural_verbs=_folded(data.get("plural_verbs")),
        singular_verbs=_folded(data.get("singular_verbs")),
        not_before=_folded(data.get("not_before")),
        ordinals=languages.composed_words(language, "ordinals"),
        no_number=_phrases(data.get("no_number")),
        divided=_phrases(data.get("divided")),
        part_of=_phrases(data.get("part_of")),
        vague=Phrases.of((str(k), (float(v[0]), float(v[1]))) for k, v in data["vague"].items()),
        percent=_phrases(data["percent"]),
        one_percent=_folded(data.get("one_percent")),
        out_of=Phrases.of(_dividing(data)),
        views=_folded(data.get("views")),
        said_of_time=_folded(data.get("said_of_time")),
        hedges=Phrases.of((p, bound) for p, bound in hedges if "*" not in p),
        apart=_apart(hedges),
        after=Phrases.of(after),
        skip=_phrases(data.get("skip")),
        between=_phrases(ranges.get("between")),
        range_from=_phrases(ranges.get("from")),
        change=_folded(data.get("change")),
        range_to=_phrases(ranges.get("to")),
        multiples=_phrases(ratios.get("multiples", {})),
        times=_folded(ratios.get("times")),
        factors=_folded(ratios.get("factors")),
        times_after=_phrases(ratios.get("times_after")),
        not_after=_folded(data.get("not_after")),
        ordinal_endings=_folded(data.get("ordinal_endings")),
        up_after=_phrases(ratios.get("up_after")),
        down_after=_phrases(ratios.get("down_after")),
        up_before=_folded(ratios.get("up_before")),
        down_before=_folded(ratios.get("down_before")),
        level=_folded(ratios.get("level")),
        particle_verbs=_folded(ratios.get("particle_verbs")),
        particles=_folded(ratios.get("particles")),
    )


def parse_numeral(text: str, decimal: str, scaled: bool = False) -> tuple[float, float]:
    """Return the value of a numeral and the step of its last digit.

    `scaled` says that a multiplier or a percent sign follows, or that nothing is counted, so that
    one mark with three digits behind it parts decimals where the language does so; a plain count
    never has three decimals.

    >>> parse_numeral("1.900.000,5", ","), parse_numeral("1,25,000", ".")
    ((1900000.5, 0.1), (125000.0, 1.0))
    >>> parse_numeral("474.751", "."), parse_numeral("1.125", ".", scaled=True)
    ((474751.0, 1.0), (1.125, 0.001))
    >>> parse_numeral("3,645.332", "."), parse_numeral("3,645.332", ".", scaled=True)
    ((3645332.0, 1.0), (3645.332, 0.001))
    """
    if text.isdigit():
        return float(text), 1.0
    marks = [c for c in text if c in MARKS]
    last = text.rindex(marks[-1])
    single_decimal = marks[-1] in (decimal, "\u066b") and len(marks) == 1
    whole = GROUPS_OF_THREE.fullmatch(text) or INDIAN_GROUPS.fullmatch(text)
    keeps_decimals = single_decimal and (scaled or text.startswith("0"))
    grouped = len(set(marks)) == 1 or not scaled
    if whole and grouped and not keeps_decimals and marks[-1] != "\u066b":
        return float("".join(c for c in text if c not in MARKS)), 1.0
    head = "".join(c for c in text[:last] if c not in MARKS)
    tail = text[last + 1 :]
    return float(f"{head or '0'}.{tail}"), 10.0 ** -len(tail)
