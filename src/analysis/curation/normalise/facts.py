"""Transcribed figures to observations.

A row becomes an observation when its platform, action, item, policy and place each match an entry
of a vocabulary; else it is kept back, once for each field that did not match. Rows that another
row disagrees with also give a finding.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from analysis.curation.normalise.intervals import BOUNDS, Interval, allow
from analysis.curation.normalise.outcome import Outcome
from analysis.curation.normalise.words import (
    Act,
    fit_act,
    name_actor,
    name_place,
    name_platform,
    read_act,
)
from analysis.model.periods import Days, add_months
from analysis.model.raw_rows import Fact, FactPeriod, FactUnit
from analysis.model.schema import Finding, Measure, Observation, PeriodKind, Unmatched
from analysis.model.vocabulary import load

READER = "transcribed"
MEASURES: dict[FactUnit, tuple[Measure, str]] = {
    "count": ("count", ""),
    "percent": ("share", ""),
    "per second": ("rate", "second"),
    "per minute": ("rate", "minute"),
    "per hour": ("rate", "hour"),
    "per day": ("rate", "day"),
    "per week": ("rate", "week"),
    "per month": ("rate", "month"),
    "per year": ("rate", "year"),
    "hours": ("duration", ""),
}
PERIOD_KINDS: dict[FactPeriod, PeriodKind] = {
    "quarter": "quarter",
    "half_year": "half_year",
    "month": "month",
    "year": "year",
    "day": "day",
    "event": "span",
    "sample": "span",
    "other": "span",
    "point": "point",
    "cumulative": "since",
    "unknown": "unknown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What the words of a fact lead to; None where they lead nowhere."""

    platform: str | None
    act: Act | None
    item: str | None
    policy: str | None
    geography: str | None
    place_words: str


def observe_facts(facts: Iterable[Fact], source: str, snapshot_id: str) -> Outcome:
    """Return the observations of one transcribed table, and what kept other rows back.

    Parameters
    ----------
    facts
        Rows of the table, as `reading.formats.facts.read_facts` gives them.
    source
        Key of the source, for findings and unmatched words.
    snapshot_id
        SHA-256 of the table's bytes.

    Returns
    -------
    Outcome
        One observation a row whose words all matched; one `Unmatched` for each field of a row
        that did not; one `Finding` a row that was restated or that another source disagrees with.
    """
    observations: list[Observation] = []
    unmatched: list[Unmatched] = []
    findings: list[Finding] = []
    for fact in facts:
        keys = match_words(fact)
        missing = tuple(missing_words(fact, keys))
        if not missing:
            observations.append(observe(fact, keys, snapshot_id))
        for name, words in missing:
            unmatched.append(
                Unmatched(
                    source=source,
                    snapshot_id=snapshot_id,
                    locator=locate(fact),
                    field=name,
                    words=words,
                    quote=fact.quote,
                )
            )
        findings.extend(find_faults(fact, source, snapshot_id))
    return Outcome(
        observations=tuple(observations), unmatched=tuple(unmatched), findings=tuple(findings)
    )


def locate(fact: Fact) -> str:
    """Say where a fact's number stands."""
    return f"row {fact.line} column value"


def match_words(fact: Fact) -> Keys:
    """Look up every word of a fact that has a vocabulary."""
    geography, place_words = name_place(fact.geography)
    policy = fact.family or fact.policy
    act, item = read_act(fact.action), load("items").find(fact.item)
    return Keys(
        platform=name_platform(fact.platform, fact.period_end or fact.published),
        act=fit_act(act, item) if act and item else act,
        item=item,
        policy=load("policies").find(policy) if policy else "",
        geography=geography,
        place_words=place_words,
    )


def missing_words(fact: Fact, keys: Keys) -> Iterable[tuple[str, str]]:
    """Yield the fields whose words matched nothing, with the words."""
    pairs = (
        ("platform", keys.platform, fact.platform),
        ("action", keys.act, fact.action),
        ("item", keys.item, fact.item),
        ("policy", keys.policy, fact.family or fact.policy),
        ("geography", keys.geography, fact.geography),
    )
    return ((name, words) for name, found, words in pairs if found is None)


def observe(fact: Fact, keys: Keys, snapshot_id: str) -> Observation:
    """Make the observation of a fact whose words all matched."""
    assert keys.platform and keys.act and keys.item and keys.geography and keys.policy is not None
    entry = keys.act.entry
    measure, per = MEASURES[fact.unit]
    span = allow(fact.value, fact.qualifier, step=fact.step, share=measure == "share")
    value = fact.value
    base: Days | None = None
    if entry.more["measure"] == "ratio":
        measure, base = "ratio", half_year_before(fact)
        value, span = to_factor(value), to_factors(span)
    return Observation(
        platform=keys.platform,
        actor=name_actor(entry.more["by"], fact.reported_by),
        reported_by=fact.reported_by,
        policy=keys.policy,
        policy_stated=fact.policy,
        group=load("groups").find(fact.policy) or "",
        action=entry.key,
        item=keys.item,
        measure=measure,
        per=per,
        of=name_whole(keys.act, measure, fact),
        value=float(value),
        low=None if span.low is None else float(span.low),
        high=None if span.high is None else float(span.high),
        bound=BOUNDS[fact.qualifier],
        period_start=fact.period_start,
        period_end=fact.period_end,
        period_kind=PERIOD_KINDS[fact.period_type],
        period_basis=fact.period_basis,
        base_start=base.first if base else None,
        base_end=base.last if base else None,
        cumulative=fact.cumulative,
        geography=keys.geography,
        published=fact.published,
        edition=fact.edition,
        known_from=fact.known_from,
        known_to=fact.known_to,
        snapshot_id=snapshot_id,
        locator=locate(fact),
        quote=fact.quote,
        origin=fact.origin,
        reader=READER,
        note=join_notes(fact, keys),
    )


def name_whole(act: Act, measure: Measure, fact: Fact) -> str:
    """Return what a share is a share of: as stated, else all of the items that it speaks of."""
    return (act.whole or fact.item) if measure == "share" else ""


def join_notes(fact: Fact, keys: Keys) -> str:
    """Return the note of a fact, and the words of its place where they say more than the code."""
    place = f"place as stated: {keys.place_words}" if keys.place_words else ""
    return "; ".join(part for part in (fact.note, place) if part)


def to_factor(growth: Decimal) -> Decimal:
    """Turn a growth in percent into the factor between the two numbers."""
    return 1 + growth / 100


def to_factors(span: Interval) -> Interval:
    """Turn an interval of growth in percent into one of factors."""
    low = None if span.low is None else to_factor(span.low)
    return Interval(low, None if span.high is None else to_factor(span.high))


def half_year_before(fact: Fact) -> Days | None:
    """Return the six months before a fact's period."""
    if fact.period_start is None:
        return None
    start = add_months(fact.period_start, -6)
    return Days(start, fact.period_start - timedelta(days=1))


def find_faults(fact: Fact, source: str, snapshot_id: str) -> list[Finding]:
    """Return the finding of a fact that was restated or that others disagree with."""
    kinds = load("finding_kinds")
    kind = kinds.find(fact.status)
    if kind is None:
        return []
    until = f", after edition {fact.last_seen}" if fact.last_seen else ""
    return [
        Finding(
            source=source,
            snapshot_id=snapshot_id,
            locator=locate(fact),
            kind=kind,
            found=f"{fact.value} ({fact.unit})",
            expected=f"{kinds.entries[kind].meaning}{until}",
            group=fact.conflict,
            note=fact.note,
        )
    ]
