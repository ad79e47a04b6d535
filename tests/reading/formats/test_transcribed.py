"""The tables that ship in data/raw: counts, keys, links, vintages, and their agreement."""

import csv
import datetime as dt
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from analysis.model.errors import RecordError
from analysis.model.raw_rows import EventRow, Fact, SourceRow
from analysis.model.vocabulary import load
from analysis.reading.formats.events import read_events
from analysis.reading.formats.facts import read_facts, read_sources

ROOT = Path(__file__).parents[3]
RAW = ROOT / "data" / "raw"
REFERENCE = ROOT.parent / "shared" / "reference"


@pytest.fixture(scope="module")
def sources() -> list[SourceRow]:
    return read_sources((RAW / "sources.csv").read_bytes())


@pytest.fixture(scope="module")
def tables() -> dict[str, list[Fact]]:
    files = sorted((RAW / "figures").glob("*.csv"))
    return {path.stem: read_facts(path.read_bytes()) for path in files}


@pytest.fixture(scope="module")
def facts(tables) -> list[Fact]:
    return [fact for table in tables.values() for fact in table]


@pytest.fixture(scope="module")
def events() -> list[EventRow]:
    return read_events((RAW / "events.csv").read_bytes())


def test_how_many(sources, tables, facts, events):
    assert (len(facts), len(sources), len(events)) == (1563, 182, 89)
    assert sorted(tables) == sorted(source.source for source in sources)
    assert all(tables.values())


def test_every_row_names_its_own_source_and_edition(sources, tables):
    editions = {source.source: source.edition for source in sources}
    for key, table in tables.items():
        assert {(fact.source, fact.edition) for fact in table} == {(key, editions[key])}


def test_rows_have_their_own_key(facts):
    assert len({fact.row for fact in facts}) == len(facts)


def test_sources_can_be_cited(sources):
    types = load("source_types")
    for source in sources:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", source.source)
        assert source.title and source.publisher and source.licence
        assert re.match(r"https?://[^ ]+\.[^ ]+", source.address)
        assert source.source_type in types.entries
        assert bool(source.published) == bool(source.published_basis)
        assert bool(source.available_by) == bool(source.available_basis)
        assert not (source.published and source.available_by)


def test_one_source_for_one_publication(sources):
    named = Counter((s.address, s.edition, s.title, s.publisher) for s in sources)
    assert named.most_common(1)[0][1] == 1


def test_days_are_in_order(facts):
    for fact in facts:
        assert not fact.period_start or not fact.period_end or fact.period_start <= fact.period_end
        assert not fact.known_to or (fact.known_from and fact.known_from <= fact.known_to)
        assert not fact.published or fact.known_from == fact.published
        assert (fact.period_basis == "unknown") == (not (fact.period_start or fact.period_end))


def test_what_was_replaced_has_an_end(facts):
    replaced = [fact for fact in facts if fact.status in ("superseded", "superseded_partial")]
    assert len(replaced) == 121
    assert all(fact.known_to and fact.last_seen and fact.conflict for fact in replaced)
    assert not [fact for fact in facts if fact not in replaced and fact.known_to]


def test_a_disagreement_has_two_sides(facts):
    groups = Counter(fact.conflict for fact in facts if fact.conflict)
    assert len(groups) == 105 + 9
    assert min(groups.values()) >= 2
    assert all(fact.conflict for fact in facts if fact.status != "single")


def series(fact: Fact) -> tuple[object, ...]:
    publication = fact.source.rsplit("-", 1)[0]
    period = (fact.period_start, fact.period_end)
    return (publication, fact.platform, fact.policy, fact.action, fact.item, fact.unit, *period)


def test_one_report_says_one_thing_at_a_time(facts):
    """No day on which two values of one cell stood, in reports that restate."""
    cells = defaultdict(list)
    for fact in facts:
        if fact.last_seen:
            cells[series(fact)].append(fact)
    restated = [rows for rows in cells.values() if len(rows) > 1]
    assert len(restated) == 71 + 9
    for rows in restated:
        rows.sort(key=lambda fact: fact.known_from)
        for earlier, later in pairwise(rows):
            assert earlier.known_to < later.known_from
        assert rows[-1].known_to is None


def known_on(facts: list[Fact], day: dt.date, **wanted: object) -> list[int]:
    return [
        int(fact.value)
        for fact in facts
        if all(getattr(fact, name) == value for name, value in wanted.items())
        and fact.known_from
        and fact.known_from <= day
        and (fact.known_to is None or day <= fact.known_to)
    ]


VINTAGES = [
    ("2021-08-17", []),
    ("2021-09-01", [8_700_000]),
    ("2021-12-31", [8_600_000]),
    ("2022-05-16", [8_600_000]),
    ("2022-05-17", [5_400_000]),
    ("2022-09-01", [5_400_000]),
    ("2023-02-22", [5_400_000]),
    ("2023-02-23", [8_600_000]),
    ("2026-11-23", [8_600_000]),
]


@pytest.mark.parametrize(("day", "expected"), VINTAGES)
def test_a_value_that_went_and_came_back(tables, day, expected):
    meta = [f for key, table in tables.items() if key.startswith("meta-cser-20") for f in table]
    assert expected == known_on(
        meta,
        dt.date.fromisoformat(day),
        platform="Facebook",
        family="terrorism",
        action="actioned (removed, labelled or otherwise restricted)",
        period_start=dt.date(2020, 4, 1),
    )


def test_events(events):
    kinds, types = load("event_types"), load("source_types")
    for event in events:
        assert event.type in kinds.entries and event.source_type in types.entries
        assert event.title and event.description and event.address.startswith("http")
        assert event.event.startswith(event.date.isoformat()[:4])
        assert not event.end_date or event.date <= event.end_date
    announced = next(e for e in events if e.title == "Twitter reports 125,000 suspensions")
    assert announced.type == "announcement"
    assert [e.date for e in events] == sorted(e.date for e in events)


@pytest.mark.parametrize(
    ("reader", "name"), [(read_sources, "sources.csv"), (read_events, "events.csv")]
)
def test_a_key_that_stands_twice_is_refused(reader, name):
    raw = (RAW / name).read_bytes()
    with pytest.raises(RecordError, match="stands twice"):
        reader(raw + raw.splitlines(keepends=True)[-1])


needs_reference = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="the reference tables are not here"
)


def rows_of(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
@needs_reference
def test_no_value_period_unit_or_link_was_lost(sources, facts):
    address = {source.source: source.address for source in sources}
    ours = Counter(
        (
            fact.platform,
            fact.reported_by,
            fact.policy,
            fact.family,
            str(fact.value),
            fact.unit,
            fact.qualifier,
            str(fact.period_start or ""),
            str(fact.period_end or ""),
            fact.period_type,
            "yes" if fact.cumulative else "no",
            fact.geography,
            fact.status,
            fact.note,
            address[fact.source],
        )
        for fact in facts
    )
    theirs = Counter(
        (
            row["platform"],
            row["reported_by"],
            row["policy"],
            row["policy_family"],
            row["value"],
            row["unit"],
            row["qualifier"],
            row["period_start"],
            row["period_end"],
            row["period_type"],
            row["cumulative"],
            row["geography"],
            row["status"],
            row["note"],
            row["source_url"],
        )
        for row in rows_of("figures.csv")
    )
    assert ours == theirs


@pytest.mark.shared
@needs_reference
def test_no_event_was_lost(events):
    ours = Counter(
        (str(e.date), e.date_precision, e.title, e.description, e.address) for e in events
    )
    theirs = Counter(
        (row["date"], row["date_precision"], row["title"], row["description"], row["source_url"])
        for row in rows_of("events.csv")
    )
    assert ours == theirs
