"""Transcribed figures become observations, or come back as what kept them from it."""

import dataclasses
import datetime as dt
import hashlib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from analysis.curation.normalise.events import record_events
from analysis.curation.normalise.facts import observe_facts
from analysis.curation.normalise.intervals import allow, printed_step
from analysis.curation.normalise.words import (
    fit_act,
    name_actor,
    name_place,
    name_platform,
    read_act,
)
from analysis.model.raw_rows import EventRow, Fact
from analysis.model.schema import Observation
from analysis.model.vocabulary import load
from analysis.reading.formats.facts import read_facts, read_sources

RAW = Path(__file__).parents[2] / "data" / "raw"
FACT = Fact(
    line=7,
    quote="Facebook | 1900000",
    source="meta-cser-2021q2",
    edition="2021Q2",
    row="F0177",
    platform="Facebook",
    reported_by="Meta",
    policy="Dangerous Organizations: Terrorism",
    family="terrorism",
    action="actioned (removed, labelled or otherwise restricted)",
    item="content pieces",
    value=Decimal("1900000"),
    unit="count",
    qualifier="rounded",
    step=Decimal("100000"),
    period_start=dt.date(2018, 1, 1),
    period_end=dt.date(2018, 3, 31),
    period_type="quarter",
    period_basis="stated",
    cumulative=False,
    geography="worldwide",
    published=dt.date(2021, 8, 18),
    known_from=dt.date(2021, 8, 18),
    known_to=None,
    last_seen="2026Q2",
    status="current",
    conflict="fb-2018q1-terror",
    origin="transcribed",
    note="",
)


def observe(**changes: object) -> Observation:
    outcome = observe_facts([dataclasses.replace(FACT, **changes)], FACT.source, "3f9a")
    assert not outcome.unmatched
    (observation,) = outcome.observations
    return observation


def test_one_row_whole():
    seen = observe()
    assert (seen.platform, seen.actor, seen.reported_by) == ("facebook", "platform", "Meta")
    assert (seen.policy, seen.policy_stated) == ("terrorism", FACT.policy)
    assert (seen.action, seen.item, seen.measure, seen.of) == ("actioned", "content", "count", "")
    assert (seen.value, seen.low, seen.high, seen.bound) == (1.9e6, 1.85e6, 1.95e6, "stated")
    assert (seen.period_start, seen.period_end) == (FACT.period_start, FACT.period_end)
    assert (seen.period_kind, seen.period_basis) == ("quarter", "stated")
    assert (seen.edition, seen.known_from, seen.known_to) == ("2021Q2", FACT.known_from, None)
    assert (seen.locator, seen.quote) == ("row 7 column value", FACT.quote)
    assert (seen.origin, seen.reader, seen.status) == ("transcribed", "transcribed", "unreviewed")
    assert (seen.geography, seen.snapshot_id, seen.note) == ("world", "3f9a", "")


ACTS = [
    ("found before user report (share of actioned)", "found_proactively", "actioned"),
    ("removed before user report (share of removed)", "found_proactively", "removed"),
    ("removed before any view (share of removed)", "removed_before_view", "removed"),
    ("removed within 24 hours (share of removed)", "removed_within_24_hours", "removed"),
    ("removed (share of all removed videos)", "removed", "all removed videos"),
    ("surfaced by internal tools (share of suspended)", "found_proactively", "suspended"),
    ("found by automation (share of actioned)", "found_by_automation", "actioned"),
    ("upper bound of prevalence (views)", "prevalence", ""),
    ("removed after notice (share)", "removed_after_notice", ""),
    ("actioned (removed, labelled or otherwise restricted)", "actioned", ""),
    ("removed or labelled", "actioned", ""),
    ("removed or blocked", "removed_or_blocked", ""),
    ("Banned", "suspended", ""),
    ("referred", "referred", ""),
    ("referred, highest year 2020-2024", "referred_highest_year", ""),
    ("orders to provide information received", "information_ordered", ""),
]


@pytest.mark.parametrize(("words", "key", "whole"), ACTS, ids=[case[0] for case in ACTS])
def test_read_act(words, key, whole):
    act = read_act(words)
    assert act is not None
    assert (act.entry.key, act.whole) == (key, whole)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "remove",
        "removed (share",
        "share of removed",
        "(share of removed)",
        "removed yesterday",
        "removed (part of all)",
        "removed and blocked",
        "followed",
    ],
)
def test_words_that_name_no_act(words):
    assert read_act(words) is None


def test_acts_that_sources_keep_apart_stay_apart():
    """No two phrases of the shipped tables lead to one key, unless they say the same."""
    phrases = Counter(
        act.entry.key
        for fact_words in {fact.action for fact in shipped_facts()}
        if (act := read_act(fact_words))
    )
    same = {key: count for key, count in phrases.items() if count > 1}
    assert same == {
        "actioned": 3,
        "appealed": 2,
        "assessed": 2,
        "alerted": 2,
        "found_by_automation": 2,
        "found_proactively": 4,
        "notified": 2,
        "ordered": 4,
        "referred": 3,
        "removed": 6,
        "removed_before_view": 2,
        "removed_by_review": 3,
        "removed_under_terms": 2,
        "reported": 3,
        "requested": 3,
        "restored": 2,
        "suspended": 5,
        "took_part": 3,
    }


FITS = [
    ("closed", "accounts", "suspended"),
    ("closed", "channels", "removed"),
    ("banned", "channels", "removed"),
    ("banned", "organisations", "suspended"),
    ("blocked", "channels", "blocked"),
    ("removed", "accounts", "removed"),
    ("disabled", "accounts", "suspended"),
]


@pytest.mark.parametrize(("words", "item", "key"), FITS)
def test_the_same_words_for_another_item(words, item, key):
    act = read_act(words)
    assert act is not None
    assert fit_act(act, item).entry.key == key


PLATFORMS = [
    ("Twitter/X", "2016-02-05", "twitter"),
    ("Twitter/X", "2023-07-23", "twitter"),
    ("Twitter/X", "2023-07-24", "x"),
    ("Twitter/X", "2025-12-31", "x"),
    ("Twitter", "2024-06-30", "x"),
    ("X", "2024-06-30", "x"),
    ("Twitter/X", None, "twitter"),
    ("Facebook+Instagram", "2020-01-01", "facebook+instagram"),
    ("many platforms", "2020-01-01", "several"),
    ("Google (all services)", "2020-01-01", "google"),
    ("Spotify for Artists", "2024-01-01", "spotify_for_artists"),
    ("Facebok", "2020-01-01", None),
    ("Facebook+Friendster", "2020-01-01", None),
    ("", None, None),
]


@pytest.mark.parametrize(("words", "day", "key"), PLATFORMS)
def test_name_platform(words, day, key):
    assert name_platform(words, dt.date.fromisoformat(day) if day else None) == key


PLACES = [
    ("worldwide", "world", ""),
    ("", "world", ""),
    ("world", "world", ""),
    ("European Union", "EU", ""),
    ("European Union report", "EU", "European Union report"),
    ("Germany", "DE", ""),
    ("de", "DE", ""),
    ("United Kingdom", "GB", ""),
    ("conflict-related, worldwide", "world", "conflict-related, worldwide"),
    ("Atlantis", None, ""),
]


@pytest.mark.parametrize(("words", "code", "more"), PLACES)
def test_name_place(words, code, more):
    assert name_place(words) == (code, more)


ACTORS = [
    ("platform", "Meta", "platform"),
    ("platform", "Europol EU IRU", "platform"),
    ("authority", "Europol EU IRU", "europol"),
    ("authority", "BKA (Germany)", "government"),
    ("authority", "UK CTIRU", "government"),
    ("authority", "Google", "government"),
    ("authority", "Tech Against Terrorism", "government"),
    ("researcher", "Tech Against Terrorism", "researcher"),
]


@pytest.mark.parametrize(("by", "reporter", "actor"), ACTORS)
def test_name_actor(by, reporter, actor):
    assert name_actor(by, reporter) == actor


INTERVALS = [
    ("1900000", "rounded", None, False, "1850000", "1950000"),
    ("4000000", "rounded", None, False, "3500000", "4500000"),
    ("4000000", "rounded", "100000", False, "3950000", "4050000"),
    ("398800", "rounded", "100", False, "398750", "398850"),
    ("10", "rounded", "10", False, "5", "15"),
    ("0", "rounded", "10", False, "0", "5"),
    ("0", "rounded", None, True, "0", "0.5"),
    ("22400000", "rounded", None, False, "22350000", "22450000"),
    ("97.9", "rounded", None, True, "97.85", "97.95"),
    ("90", "rounded", None, True, "89.5", "90.5"),
    ("97", "rounded", "0.1", True, "96.95", "97.05"),
    ("99.98", "rounded", "0.1", True, "99.93", "100"),
    ("100", "about", None, True, "99.5", "100"),
    ("166513", "exact", None, False, "166513", "166513"),
    ("26000", "at_least", None, False, "26000", None),
    ("83", "at_least", None, True, "83", "100"),
    ("0.05", "at_most", None, True, "0", "0.05"),
    ("2000", "at_most", None, False, "0", "2000"),
    ("5000", "about", None, False, "4500", "5500"),
    ("78", "about", None, False, "77.5", "78.5"),
]


@pytest.mark.parametrize(("value", "qualifier", "step", "share", "low", "high"), INTERVALS)
def test_allow(value, qualifier, step, share, low, high):
    span = allow(Decimal(value), qualifier, step=Decimal(step) if step else None, share=share)
    assert span.low == Decimal(low)
    assert span.high == (None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("value", "share", "step"),
    [("1900000", False, 100000), ("1234567", False, 1), ("100", False, 100), ("100", True, 1)],
)
def test_printed_step(value, share, step):
    assert printed_step(Decimal(value), share=share) == step


UNITS = [
    ("count", "count", ""),
    ("percent", "share", ""),
    ("per day", "rate", "day"),
    ("per month", "rate", "month"),
    ("hours", "duration", ""),
]


@pytest.mark.parametrize(("unit", "measure", "per"), UNITS)
def test_units(unit, measure, per):
    seen = observe(unit=unit, value=Decimal(18), qualifier="exact", action="removed")
    assert (seen.measure, seen.per) == (measure, per)


def test_a_share_without_a_stated_whole_divides_its_items():
    seen = observe(
        unit="percent", value=Decimal(72), action="removed after notice (share)", item="notices"
    )
    assert (seen.action, seen.item, seen.of) == ("removed_after_notice", "requests", "notices")


def test_growth_is_a_ratio_and_no_count():
    seen = observe(
        action="growth on previous half-year",
        item="servers",
        unit="percent",
        value=Decimal(93),
        qualifier="exact",
        period_start=dt.date(2020, 7, 1),
        period_end=dt.date(2020, 12, 31),
        period_type="half_year",
    )
    assert (seen.measure, seen.value, seen.low, seen.high) == ("ratio", 1.93, 1.93, 1.93)
    assert (seen.base_start, seen.base_end) == (dt.date(2020, 1, 1), dt.date(2020, 6, 30))


KINDS = [
    ("quarter", "quarter"),
    ("event", "span"),
    ("sample", "span"),
    ("other", "span"),
    ("cumulative", "since"),
    ("point", "point"),
    ("unknown", "unknown"),
]


@pytest.mark.parametrize(("stated", "kind"), KINDS)
def test_period_kinds(stated, kind):
    assert observe(period_type=stated).period_kind == kind


def test_a_period_that_the_source_does_not_give_stays_unknown():
    seen = observe(
        period_start=None, period_end=None, period_type="unknown", period_basis="unknown"
    )
    assert (seen.period_start, seen.period_end, seen.period_basis) == (None, None, "unknown")


GROUPS = [
    ("ISIS Watch", "islamic_state"),
    ("Hayat Tahrir al-Sham", "hayat_tahrir_al_sham"),
    ("white supremacist organisations", "far_right"),
    ("three groups (Islamic State, Hayat Tahrir al-Sham, al-Qaeda)", ""),
    ("terrorist content", ""),
]


@pytest.mark.parametrize(("policy", "group"), GROUPS)
def test_groups(policy, group):
    seen = observe(policy=policy)
    assert (seen.policy_stated, seen.group) == (policy, group)


def test_a_policy_without_our_grouping_is_matched_by_its_words():
    assert observe(family="", policy="Hateful Conduct").policy == "hate_speech"
    assert observe(family="", policy="").policy == ""


def test_words_of_the_place_that_say_more_are_kept_in_the_note():
    seen = observe(geography="European Union report", note="first year")
    assert (seen.geography, seen.note) == (
        "EU",
        "first year; place as stated: European Union report",
    )


UNMATCHED = [
    ({"platform": "Friendster"}, [("platform", "Friendster")]),
    ({"action": "frowned upon"}, [("action", "frowned upon")]),
    ({"item": "NA"}, [("item", "NA")]),
    ({"family": "littering"}, [("policy", "littering")]),
    ({"family": "", "policy": "littering"}, [("policy", "littering")]),
    ({"geography": "Atlantis"}, [("geography", "Atlantis")]),
    ({"platform": "", "item": ""}, [("platform", ""), ("item", "")]),
]


@pytest.mark.parametrize(("changes", "expected"), UNMATCHED)
def test_a_row_that_matches_nothing_comes_back(changes, expected):
    row = dataclasses.replace(FACT, **changes)
    outcome = observe_facts([FACT, row], FACT.source, "3f9a")
    assert len(outcome.observations) == 1
    assert [(u.field, u.words) for u in outcome.unmatched] == expected
    for left in outcome.unmatched:
        assert (left.source, left.snapshot_id) == (FACT.source, "3f9a")
        assert (left.locator, left.quote) == ("row 7 column value", FACT.quote)


STATUSES = [
    ("single", None),
    ("current", None),
    ("superseded", "restated"),
    ("superseded_partial", "restated_partly"),
    ("conflicting", "disagrees"),
]


@pytest.mark.parametrize(("status", "kind"), STATUSES)
def test_findings(status, kind):
    outcome = observe_facts([dataclasses.replace(FACT, status=status)], FACT.source, "3f9a")
    assert [finding.kind for finding in outcome.findings] == ([kind] if kind else [])
    for finding in outcome.findings:
        assert (finding.found, finding.group) == ("1900000 (count)", "fb-2018q1-terror")
        assert finding.locator == "row 7 column value" and finding.expected


def shipped_facts() -> list[Fact]:
    files = sorted((RAW / "figures").glob("*.csv"))
    return [fact for path in files for fact in read_facts(path.read_bytes())]


def test_every_shipped_fact_becomes_an_observation():
    seen: list[Observation] = []
    kinds: Counter[str] = Counter()
    for source in read_sources((RAW / "sources.csv").read_bytes()):
        raw = (RAW / "figures" / f"{source.source}.csv").read_bytes()
        snapshot = hashlib.sha256(raw).hexdigest()
        outcome = observe_facts(read_facts(raw), source.source, snapshot)
        assert outcome.unmatched == ()
        seen.extend(outcome.observations)
        kinds.update(finding.kind for finding in outcome.findings)
    assert len(seen) == 1563
    assert kinds == {"restated": 87, "restated_partly": 34, "disagrees": 67}
    assert Counter(o.measure for o in seen) == {
        "count": 1207,
        "share": 351,
        "rate": 2,
        "ratio": 2,
        "duration": 1,
    }
    for one in seen:
        assert one.value is not None and one.low is not None and one.low <= one.value
        assert one.high is None or one.value <= one.high
        assert bool(one.of) == (one.measure == "share")
        assert (
            one.platform not in ("twitter", "x")
            or one.period_end is None
            or ((one.platform == "x") == (one.period_end >= dt.date(2023, 7, 24)))
        )
        assert one.quote and one.locator
        load("actions").require(one.action)


EVENT = EventRow(
    line=2,
    event="2016-02-05-example",
    date=dt.date(2016, 2, 5),
    date_precision="day",
    end_date=None,
    title="Example",
    actors="Twitter",
    platforms="Twitter/X; Facebook",
    type="announcement",
    description="An example.",
    address="https://example.org/",
    source_type="secondary",
    note="",
)
EVENTS = [
    ("2016-02-05", "Twitter/X; Facebook", "twitter;facebook", []),
    ("2024-02-05", "Twitter/X", "x", []),
    ("2024-02-05", "many; small platforms", "several", []),
    ("2024-02-05", "Telegram; Amaq", "telegram", [("platforms", "Amaq")]),
    ("2024-02-05", "", "", []),
]


@pytest.mark.parametrize(("day", "words", "keys", "left"), EVENTS)
def test_record_events(day, words, keys, left):
    row = dataclasses.replace(EVENT, date=dt.date.fromisoformat(day), platforms=words)
    outcome = record_events([row], "events", "3f9a")
    assert [event.platforms for event in outcome.events] == [keys]
    assert [(u.field, u.words) for u in outcome.unmatched] == left


def test_an_event_of_no_known_kind_is_kept_back():
    outcome = record_events([dataclasses.replace(EVENT, type="party")], "events", "3f9a")
    assert outcome.events == ()
    assert [(u.field, u.words, u.quote) for u in outcome.unmatched] == [
        ("type", "party", "Example")
    ]
