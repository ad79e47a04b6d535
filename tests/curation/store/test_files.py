"""Records to files: codebook, data package, checksums, Parquet."""

import io
import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analysis.curation.store import changes, files
from analysis.model import vocabulary
from analysis.model.schema import RECORDS, Event, Finding, Observation, Source, field_names

EMPTY = {name: [] for name in RECORDS}
ROW = Observation(
    platform="facebook",
    action="actioned",
    item="content",
    value=1_900_000.0,
    low=1_850_000.0,
    high=1_950_000.0,
    period_start=date(2018, 1, 1),
    period_end=date(2018, 3, 31),
    snapshot_id="a" * 64,
    locator="chars 3-14",
    quote='It said: "1.9 million", no less',
)
RECORDS_OF_ONE = EMPTY | {
    "observations": [ROW],
    "sources": [Source(source="s", snapshot_id="a" * 64, path="articles/s.html")],
}


def test_files_are_a_function_of_the_records():
    assert files.make_files(RECORDS_OF_ONE, "1") == files.make_files(RECORDS_OF_ONE, "1")
    assert files.make_parquet(RECORDS_OF_ONE) == files.make_parquet(RECORDS_OF_ONE)


def test_empty_tables_have_their_header_and_types():
    made = files.make_files(EMPTY, "1")
    for name, record in RECORDS.items():
        assert made[f"{name}.csv"].decode() == ",".join(field_names(record)) + "\n"
    for body in list(files.make_parquet(EMPTY).values())[:-1]:
        assert len(pd.read_parquet(io.BytesIO(body))) == 0


def test_codebook_says_every_column_key_and_unit():
    text = files.make_codebook(RECORDS_OF_ONE)
    for name, record in RECORDS.items():
        part = text.split(f"## {name}\n")[1].split("\n## ")[0]
        rows = [line for line in part.splitlines() if line.startswith("| `")]
        assert [row.split("`")[1] for row in rows] == field_names(record)
    for name in files.vocabularies_used():
        part = text.split(f"## Keys of {name}\n")[1].split("\n## ")[0]
        assert part.count("\n| `") == len(vocabulary.load(name).entries)
    assert all(
        line.count("|") == line.count("\\|") + 6
        for line in text.splitlines()
        if line.startswith("| `") and line.count("|") > 4
    )


def test_package_describes_every_table():
    package = json.loads(files.make_files(RECORDS_OF_ONE, "1.2.3")["datapackage.json"])
    assert package["version"] == "1.2.3" and package["licenses"][0]["name"] == "CC-BY-4.0"
    assert [r["name"] for r in package["resources"]] == list(RECORDS)
    for resource, record in zip(package["resources"], RECORDS.values(), strict=True):
        assert [f["name"] for f in resource["schema"]["fields"]] == field_names(record)
        assert resource["schema"]["missingValues"] == [""]


LISTINGS = [
    (b"ab  x.csv\n", {"x.csv": "ab"}),
    (b"ab  two words.csv\ncd  y\n", {"two words.csv": "ab", "y": "cd"}),
    (b"", {}),
    (b"ab x.csv\n", {}),
    (b"\xff\xfe\n", {}),
]


@pytest.mark.parametrize(("listing", "expected"), LISTINGS)
def test_read_checksums(listing, expected):
    assert files.read_checksums(listing) == expected


def test_checksums_read_back():
    bodies = {"b.csv": b"2", "a.csv": b"1"}
    listing = files.make_checksums(bodies)
    assert files.read_checksums(listing) == {n: files.checksum(b) for n, b in bodies.items()}
    assert list(files.read_checksums(listing)) == ["a.csv", "b.csv"]


def test_parquet_holds_its_rows_and_no_others():
    body = files.make_parquet(RECORDS_OF_ONE)["parquet/observations.parquet"]
    assert files.parquet_holds(body, "observations.parquet", RECORDS_OF_ONE)
    assert not files.parquet_holds(body, "observations.parquet", EMPTY)
    assert not files.parquet_holds(body[:-1], "observations.parquet", RECORDS_OF_ONE)
    assert not files.parquet_holds(b"", "observations.parquet", RECORDS_OF_ONE)
    frame = pd.read_parquet(io.BytesIO(body))
    again = io.BytesIO()
    frame.to_parquet(again, compression=None)  # other bytes, pandas' own notes: the same rows
    assert files.parquet_holds(again.getvalue(), "observations.parquet", RECORDS_OF_ONE)


# What changed


def other(**changed):
    return replace(ROW, **changed)


def kinds(before, after):
    found = changes.compare(before, after)
    return len(found.added), len(found.removed), len(found.changed)


CHANGES = {
    "nothing": ([ROW], [ROW], (0, 0, 0)),
    "moved in its source": ([ROW], [other(locator="chars 4-15", snapshot_id="b" * 64)], (0, 0, 0)),
    "another number": ([ROW], [other(value=2e6)], (0, 0, 1)),
    "another hedge": ([ROW], [other(bound="over")], (0, 0, 1)),
    "another service": ([ROW], [other(platform="x")], (1, 1, 0)),
    "came": ([], [ROW], (1, 0, 0)),
    "went": ([ROW], [], (0, 1, 0)),
    "twice as before": ([ROW, ROW], [ROW, ROW], (0, 0, 0)),
    "once more": ([ROW], [ROW, ROW], (1, 0, 0)),
    "first build": (None, [ROW], (1, 0, 0)),
}


@pytest.mark.parametrize(("before", "after", "expected"), CHANGES.values(), ids=CHANGES)
def test_compare(before, after, expected):
    assert kinds(before, after) == expected


REPORTS = [
    ([ROW], [ROW], ["no observation changed since the last build"]),
    (None, [ROW], ["first build: 1 observations"]),
    (
        [ROW],
        [other(value=2e6)],
        [
            "since the last build: 0 observations came, 0 went, 1 say something else",
            "  changed  facebook  actioned content count 2018-01-01..2018-03-31: "
            "1900000 -> 2000000",
        ],
    ),
    (
        [ROW],
        [other(bound="over", high=None)],
        [
            "since the last build: 0 observations came, 0 went, 1 say something else",
            "  changed  facebook  actioned content count 2018-01-01..2018-03-31: "
            "1900000 -> another high, bound",
        ],
    ),
]


@pytest.mark.parametrize(("before", "after", "expected"), REPORTS)
def test_report(before, after, expected):
    assert changes.report(changes.compare(before, after)) == expected


def test_report_counts_what_it_does_not_list():
    many = [other(value=float(n), edition=str(n)) for n in range(40)]
    lines = changes.report(changes.compare([], many))
    assert len(lines) == 2 + changes.SHOWN and lines[-1] == "  ... and 28 more"


def test_every_required_field_is_said_to_be():
    for record in (Event, Finding):
        described = files.describe_table(next(n for n, r in RECORDS.items() if r is record), b"")[
            "schema"
        ]["fields"]
        required = {f["name"] for f in described if f.get("constraints", {}).get("required")}
        assert required and required <= set(field_names(record))
