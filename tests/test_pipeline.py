"""Build, verify and export on projects of their own, and the record that ships."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import pytest
from tests.small_project import ARTICLES, FIGURES, ROOT, contents, make_project, page

from analysis import __version__, pipeline
from analysis.curation.store import files, folder
from analysis.model.errors import (
    AnalysisError,
    LayoutError,
    RawChanged,
    RecordError,
    SelectionError,
    SourceError,
    StoreError,
)
from analysis.model.paths import Project
from analysis.model.schema import RECORDS, Observation, Source
from analysis.pipeline import evidence, gathering, verifying

COMMITTED = [*(f"{name}.csv" for name in RECORDS), "codebook.md", "datapackage.json", "SHA256SUMS"]
PARQUET = [*(f"parquet/{name}.parquet" for name in RECORDS), "parquet/SHA256SUMS"]


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    project = make_project(tmp_path_factory.mktemp("built"))
    pipeline.build(project)
    return project


@pytest.fixture
def project(tmp_path, built_once):
    """A built project that a test may spoil."""
    root = tmp_path / "project"
    shutil.copytree(built_once.root, root)
    return Project(root)


@pytest.fixture
def lean(tmp_path):
    """A built project without a page of HTML, for which no reading process must start."""
    project = make_project(tmp_path / "lean")
    for path in (project.raw / "articles").glob("*.html"):
        path.unlink()
    (project.raw / "articles" / "note.txt").write_text(f"{ARTICLES['channel']}\n", "utf-8")
    pipeline.build(project)
    return project


@pytest.fixture(scope="session")
def gathered():
    """Everything the repository's data/raw gives."""
    return gathering.gather(ROOT / "data" / "raw")


def run(project, *arguments, **surroundings):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **surroundings}
    command = [sys.executable, "-m", "analysis", *arguments]
    return subprocess.run(command, cwd=project.root, env=env, capture_output=True, check=False)


# What a build makes


def test_build_makes_the_tables_and_verify_agrees(project):
    held = contents(project.processed)
    assert held.keys() == {*COMMITTED, *PARQUET}
    assert pipeline.verify(project) == []
    read = [o for o in pd.read_csv(project.processed / "observations.csv")["origin"] if o == "read"]
    assert len(read) >= 2


def test_checksums_are_those_that_sha256sum_reads(project):
    listing = (project.processed / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert len(listing) == len(COMMITTED) - 1
    for line in listing:
        digest, name = line.split("  ")
        body = (project.processed / name).read_bytes()
        assert hashlib.sha256(body).hexdigest() == digest


def test_parquet_reads_back_as_the_csv(project):
    for name in RECORDS:
        table = pipeline.table(name, project)
        parquet = pd.read_parquet(project.processed / "parquet" / f"{name}.parquet")
        assert list(parquet) == list(table)
        pd.testing.assert_frame_equal(parquet.astype(table.dtypes), table)


def test_a_second_build_changes_nothing_and_writes_nothing_in_raw(project, monkeypatch):
    before, register = contents(project.processed), contents(project.raw)

    def refuse(raw):
        raise AssertionError("data/raw may be read-only")

    monkeypatch.setattr("analysis.acquisition.register.write_register", refuse)
    built = pipeline.build(project)
    assert not built.changes.any and built.registered == ()
    assert contents(project.processed) == before and contents(project.raw) == register


@pytest.mark.skipif(os.name == "nt", reason="TZ and locale are those of POSIX")
def test_same_bytes_in_other_surroundings(tmp_path, gathered):
    """Time zone, locale, hash seed and folder do not matter; all of the shipped data.

    The third surroundings are those of this test run.
    """
    places = {
        "ein Ordner ü/م": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        "third": {"TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "77"},
    }
    records = gathered.records()
    here = files.make_files(records, __version__) | files.make_parquet(records)
    assert here.keys() == {*COMMITTED, *PARQUET}
    for name, surroundings in places.items():
        there = Project(tmp_path / name)
        shutil.copytree(ROOT / "data" / "raw", there.raw)
        done = run(there, "build", **surroundings)
        assert done.returncode == 0, done.stderr
        made = contents(there.processed)
        assert made.keys() == here.keys()
        assert [n for n in made if made[n] != here[n]] == []


# The record that ships


def test_committed_record_is_what_the_sources_give(gathered):
    fresh = files.make_files(gathered.records(), __version__)
    processed = ROOT / "data" / "processed"
    differing = [n for n in COMMITTED if not same(processed / n, fresh[n])]
    assert differing == [], (
        "data/processed is not what data/raw gives. Run `moderation-analysis build`, read what "
        "changed, and commit it. If nothing of ours changed, a library did: the committed record "
        "is made with the versions in requirements.lock (lxml, newspaper3k, trafilatura and "
        "htmldate decide what is read from an article)."
    )


def same(path, body):
    return path.is_file() and path.read_bytes() == body


def test_every_shipped_quote_stands_where_it_is_said_to(gathered):
    origins = {row.origin for row in gathered.observations}
    assert {"read", "transcribed"} <= origins and len(gathered.observations) > 1600
    lost = list(evidence.lost_quotes(gathered.observations, gathered.texts))
    assert lost == []
    assert gathered.refused == [] and gathered.repeated == []


@pytest.mark.filterwarnings("ignore")
def test_data_package_validates(gathered, tmp_path, monkeypatch):
    from frictionless import Package

    for name, body in files.make_files(gathered.records(), "0").items():
        (tmp_path / name).write_bytes(body)
    monkeypatch.chdir(tmp_path)
    package = Package("datapackage.json")
    assert package.resource_names == list(RECORDS)
    report = package.validate()
    problems = report.flatten(["resourceName", "rowNumber", "fieldName", "type", "message"])
    assert report.valid, problems[:5]
    assert [task.stats["rows"] for task in report.tasks] == [
        len(gathered.records()[name]) for name in RECORDS
    ]
    keys = {r.name: [key["fields"] for key in r.schema.foreign_keys] for r in package.resources}
    assert keys["observations"] == [["snapshot_id"]] and keys["findings"] == [
        ["source"],
        ["snapshot_id"],
    ]
    assert package.get_resource("observations").schema.primary_key == ["snapshot_id", "locator"]


# New, edited and broken sources


def test_a_new_article_is_read_and_registered(project):
    new = project.raw / "articles" / "new one.html"
    new.write_text(page("YouTube removed 8,765 videos in March 2020, it said."), encoding="utf-8")
    assert any("new one.html: not registered" in line for line in pipeline.verify(project))
    built = pipeline.build(project)
    assert built.registered == ("articles/new one.html",)
    row = pipeline.table("observations", project).query("value == 8765").iloc[0]
    assert (row["platform"], row["item"]) == ("youtube", "videos")
    assert "new one" in set(pipeline.table("sources", project)["source"])
    assert [r.value for r in built.changes.added] == [8765]
    assert pipeline.verify(project) == []


EDITS = {
    "edited": lambda path: path.write_bytes(path.read_bytes().replace(b"2,310", b"2,311")),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "removed": lambda path: path.unlink(),
    "renamed": lambda path: path.rename(path.with_name("other.html")),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_registered_file_that_changed_stops_the_build(project, edit):
    before = contents(project.processed)
    edit(project.raw / "articles" / "channel.html")
    with pytest.raises(RawChanged, match=r"data/raw/articles/channel.html .*--accept-changes"):
        pipeline.build(project)
    assert contents(project.processed) == before
    assert any("articles/channel.html" in line for line in pipeline.verify(project))
    pipeline.build(project, accept_changes=True)
    assert pipeline.verify(project) == []


def test_a_damaged_register_stops_the_build(project):
    register = project.raw / "SHA256SUMS"
    register.write_bytes(b"what is this\n" + register.read_bytes())
    with pytest.raises(RawChanged, match=r"SHA256SUMS, line 1: 'what is this', cannot be read"):
        pipeline.build(project)
    pipeline.build(project, accept_changes=True)
    assert pipeline.verify(project) == []


BROKEN = {
    "empty.html": (b"", "is empty"),
    "blank.html": (b" \n\t\n", "is empty"),
    "report.html": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 4, "PDF"),
    "report.pdf": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 4, "PDF"),
    "picture.htm": (b"\x89PNG\r\n\x1a\n" + bytes(64), "image"),
    "bits.txt": (bytes(range(1, 9)) * 500, ""),
    "nothing.html": (b"<html><body><script>var a = 1</script></body></html>", ""),
}


def test_a_broken_article_costs_the_others_nothing(project):
    before = pipeline.table("observations", project)
    for name, (body, _) in BROKEN.items():
        (project.raw / "articles" / name).write_bytes(body)
    built = pipeline.build(project)
    assert len(built.refused) == len(BROKEN)
    for name, (_, said) in BROKEN.items():
        lines = [line for line in built.refused if line.startswith(f"data/raw/articles/{name}: ")]
        assert len(lines) == 1 and said in lines[0]
    findings = pipeline.table("findings", project).query("kind == 'unreadable'")
    assert len(findings) == len(BROKEN)
    assert set(findings["source"]) <= set(pipeline.table("sources", project)["source"])
    pd.testing.assert_frame_equal(pipeline.table("observations", project), before)
    assert pipeline.verify(project) == []
    done = run(project, "build")
    assert done.returncode == 1 and b"data/raw/articles/empty.html" in done.stderr


def test_the_same_bytes_twice_are_read_once(project):
    article = project.raw / "articles" / "channel.html"
    shutil.copy(article, article.with_name("copy.html"))
    before = pipeline.table("observations", project)
    built = pipeline.build(project)
    assert built.repeated == ("data/raw/articles/copy.html: the same bytes as source 'channel'",)
    after = pipeline.table("observations", project)
    assert after["value"].tolist() == before["value"].tolist()
    assert pipeline.table("findings", project)["kind"].tolist().count("repeated") == 1


def test_names_that_differ_only_in_their_ending_stay_apart(project):
    text = "Twitter suspended 4,567 accounts for the promotion of terrorism in June 2018."
    for name in ("channel.htm", f"{FIGURES[0]}.html"):
        body = page(text.replace("4,567", f"4,5{len(name)}"))
        (project.raw / "articles" / name).write_text(body, encoding="utf-8")
    pipeline.build(project)
    keys = pipeline.table("sources", project)["source"]
    assert keys.is_unique
    assert {"channel", "channel.html", FIGURES[0], f"{FIGURES[0]}.html"} <= set(keys)


TABLES = {
    "no row in sources.csv": (
        "figures/nobody.csv",
        lambda body: body,
        RecordError,
        "no row for 'nobody'",
    ),
    "a cell that is no number": (
        f"figures/{FIGURES[0]}.csv",
        lambda body: body.replace(b",count,", b",count,x", 1),
        RecordError,
        "line 2, column qualifier",
    ),
    "a header renamed": (
        "events.csv",
        lambda body: body.replace(b"title", b"name", 1),
        LayoutError,
        "title",
    ),
}


@pytest.mark.parametrize(("name", "edit", "error", "said"), TABLES.values(), ids=TABLES)
def test_a_table_out_of_its_form_stops_the_build(project, name, edit, error, said):
    before = contents(project.processed)
    path = project.raw / name
    model = path if path.exists() else project.raw / "figures" / f"{FIGURES[0]}.csv"
    path.write_bytes(edit(model.read_bytes()))
    with pytest.raises(error, match=said) as raised:
        pipeline.build(project, accept_changes=True)
    assert raised.value.__notes__ == [f"data/raw/{name}"]
    assert contents(project.processed) == before
    assert any(name in line for line in pipeline.verify(project))


def test_a_missing_table_is_named(project):
    (project.raw / "events.csv").unlink()
    with pytest.raises(SourceError, match="no such file"):
        pipeline.build(project, accept_changes=True)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
def test_a_name_that_is_not_utf8_is_refused(project):
    Path(os.fsdecode(os.fsencode(project.raw) + b"/articles/\xff.html")).write_text(page("x"))
    with pytest.raises(SourceError, match=r"articles/.*udcff.html'.*rename"):
        pipeline.build(project)


# Verify


def test_verify_says_what_to_do_where_nothing_is_built(project):
    shutil.rmtree(project.processed)
    assert pipeline.verify(project) == ["data/processed: missing; run `moderation-analysis build`"]


def test_verify_needs_no_parquet(project):
    shutil.rmtree(project.processed / "parquet")
    assert pipeline.verify(project) == []


def spoil(path, how, chance):
    """Edit one file in one of the ways in which files get damaged; return the names concerned."""
    body = path.read_bytes()
    if how == "byte":
        where = chance.randrange(len(body))
        other = (body[where] + chance.randrange(1, 256)) % 256
        path.write_bytes(body[:where] + bytes([other]) + body[where + 1 :])
    elif how == "insert":
        where = chance.randrange(len(body) + 1)
        path.write_bytes(body[:where] + bytes([chance.randrange(256)]) + body[where:])
    elif how == "truncate":
        path.write_bytes(body[: chance.randrange(len(body))])
    elif how == "remove":
        path.unlink()
    elif how == "rename":
        path.rename(path.with_name(f"x-{path.name}"))
    elif how == "add":
        path.with_name(f"x-{path.name}").write_bytes(body)
    return path.with_name(f"x-{path.name}") if how == "add" else path


HOWS = ("byte", "byte", "byte", "insert", "truncate", "remove", "rename", "add")


@pytest.mark.parametrize("seed", range(4))
def test_verify_finds_any_edit(built_once, monkeypatch, seed):
    """Fifty random edits a seed, over every file of data/raw and data/processed."""
    fresh = gathering.gather(built_once.raw)
    monkeypatch.setattr(verifying, "gather", lambda raw: fresh)
    chance = random.Random(seed)
    everything = sorted(p for p in (built_once.root / "data").rglob("*") if p.is_file())
    paths = [p for p in everything if not p.name.startswith(".")]
    assert len(paths) > 15
    for _ in range(50):
        path, how = chance.choice(paths), chance.choice(HOWS)
        body = path.read_bytes()
        touched = spoil(path, how, chance)
        problems = verifying.verify(built_once)
        path.with_name(f"x-{path.name}").unlink(missing_ok=True)
        path.write_bytes(body)
        name = touched.relative_to(built_once.root).as_posix()
        lists = {name, name.rpartition("/")[0] + "/SHA256SUMS"}
        assert problems, f"{how} of {name} went unseen"
        named = {n for n in lists if any(line.startswith(f"{n}:") for line in problems)}
        assert name in named or path.name == "SHA256SUMS", f"{how} of {name}: {problems}"
    assert verifying.verify(built_once) == []


def test_verify_reads_the_sources_anew(project):
    """An edit that was registered as well still shows: the record does not say what it says."""
    article = project.raw / "articles" / "channel.html"
    old = hashlib.sha256(article.read_bytes()).hexdigest()
    article.write_bytes(article.read_bytes().replace(b"2,310", b"2,999"))
    register = project.raw / "SHA256SUMS"
    new = hashlib.sha256(article.read_bytes()).hexdigest()
    register.write_text(register.read_text().replace(old, new))
    problems = pipeline.verify(project)
    assert [line for line in problems if "observations.csv: not what data/raw gives" in line]
    assert not [line for line in problems if line.startswith("data/raw")]


def test_verify_reads_parquet_whose_checksum_was_changed_too(project):
    table = project.processed / "parquet" / "events.parquet"
    frame = pd.read_parquet(table)
    frame.loc[0, "title"] = "Something else"
    frame.to_parquet(table)
    listed = {p.name: p.read_bytes() for p in table.parent.glob("*.parquet")}
    (table.parent / "SHA256SUMS").write_bytes(files.make_checksums(listed))
    assert pipeline.verify(project) == [
        "data/processed/parquet/events.parquet: does not hold the rows of the table; "
        "run `moderation-analysis build`"
    ]


# Evidence

TEXT = "Start. Some 5 posts went. Some 5 posts went again.\n\nEnd."
CSV = 'name,value,note\nx,5,"a, b"\ny,6,\n'
PLACES = [
    ("Some 5 posts went.", "chars 12-13", TEXT, True),
    ("Some 5 posts went again.", "chars 31-32", TEXT, True),
    ("Some 5 posts went.", "chars 31-32", TEXT, False),  # the sentence before it
    ("Some 6 posts went.", "chars 12-13", TEXT, False),
    ("Some 5 posts went.", "chars 12-12", TEXT, False),
    ("Some 5 posts went.", "chars 12-99", TEXT, False),
    ("Some 5 posts went.", "chars 12-13", "", False),
    ("Some 5 posts went.", "page 3", TEXT, False),
    ("x | 5 | a, b", "row 2 column value", CSV, True),
    ("y | 6 | ", "row 3 column value", CSV, True),
    ("x | 5 | a, b", "row 3 column value", CSV, False),
    ("x | 5 | a", "row 2 column value", CSV, False),
    ("x | 5 | a, b", "row 2 column number", CSV, False),
    ("name | value | note", "row 1 column value", CSV, False),
    ("y | 6 | ", "row 9 column value", CSV, False),
]


@pytest.mark.parametrize(("quote", "locator", "text", "expected"), PLACES)
def test_stands(quote, locator, text, expected):
    assert evidence.stands(quote, locator, text) is expected


def observation(**other):
    said = {"platform": "x", "action": "removed", "item": "posts", "value": 5.0}
    place = {"snapshot_id": "a", "locator": "chars 1-2", "quote": "5 posts"}
    return Observation(**{**said, **place, **other})


@pytest.mark.parametrize(
    "rows",
    [
        [observation(quote=" ")],
        [observation(locator="")],
        [observation(snapshot_id="b")],
        [observation(), observation()],
    ],
    ids=["no words", "no place", "no source", "one place twice"],
)
def test_no_observation_without_evidence(rows):
    with pytest.raises(RecordError):
        evidence.check_links(rows, [Source(source="s", snapshot_id="a", path="a.html")])


def test_observation_with_evidence():
    source = Source(source="s", snapshot_id="a", path="a.html")
    evidence.check_links([observation(), observation(locator="chars 4-5")], [source])


# Ended, doubled and refused builds


def start(project, *arguments):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "analysis", *arguments]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=project.root, env=env, stdout=quiet, stderr=quiet)


def test_builds_ended_at_any_moment_leave_a_whole_record(lean):
    """Ended by a signal that nothing can catch, at random moments: the old record or the new."""
    chance = random.Random(4)
    article = lean.raw / "articles" / "new.txt"
    for trial in range(8):
        before = contents(lean.processed)
        article.write_text(f"YouTube removed 8,7{trial:02} videos in May 2020.", "utf-8")
        child = start(lean, "build", "--accept-changes")
        wait_for(child, lean, chance.choice(["start", "folder", "files"]), chance)
        child.kill()
        child.wait()
        after = contents(lean.processed)
        gathered = gathering.gather(lean.raw)
        new = files.make_files(gathered.records(), __version__)
        assert after == before or {n: after.get(n) for n in new} == new
    pipeline.build(lean, accept_changes=True)
    assert pipeline.verify(lean) == []
    assert {path.name for path in (lean.root / "data").iterdir()} <= {
        "raw",
        "processed",
        ".processed.lock",
    }


def wait_for(child, project, moment, chance):
    """Wait for a moment of a build: its start, its new folder, or some files in that."""
    wanted = {"start": 0, "folder": 1, "files": 1 + chance.randrange(1, 12)}[moment]
    while child.poll() is None:
        new = list((project.root / "data").glob(".processed-*"))
        if len(new) + sum(map(entries_under, new)) >= wanted:
            return
        time.sleep(0.0005)


def entries_under(folder):
    """How many entries a folder holds; none where it goes away while we look."""
    return sum(len(inner) + len(names) for _, inner, names in os.walk(folder))


def test_eight_builds_at_once(project):
    errors = []

    def build():
        try:
            pipeline.build(project)
        except AnalysisError as error:
            errors.append(error)

    (project.raw / "articles" / "new.html").write_text(page("X removed 1,234 posts in 2024."))
    threads = [threading.Thread(target=build) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert pipeline.verify(project) == []


def test_two_processes_at_once(lean):
    (lean.raw / "articles" / "new.txt").write_text("X removed 1,234 posts in 2024.", "utf-8")
    both = [start(lean, "build") for _ in range(2)]
    assert [child.wait() for child in both] == [0, 0]
    assert pipeline.verify(lean) == []


def test_a_build_that_cannot_have_the_record_says_so(project, monkeypatch):
    monkeypatch.setattr(folder, "LOCK_SECONDS", 0.1)
    with folder.locked(project.processed), pytest.raises(StoreError, match="another build"):
        pipeline.build(project)


# The record as tables


def test_a_damaged_table_says_what_to_do(project):
    path = project.processed / "events.csv"
    path.write_bytes(b"\xff" + path.read_bytes())
    with pytest.raises(StoreError, match=r"events.csv is damaged .*build"):
        pipeline.table("events", project)


def test_tables_are_copies(project):
    first = pipeline.table("events", project)
    first.loc[0, "title"] = "spoilt"
    assert pipeline.table("events", project).loc[0, "title"] != "spoilt"


def test_cite_names_the_nearest_source(project, monkeypatch):
    monkeypatch.chdir(project.root)
    assert pipeline.cite(FIGURES[0]).startswith("Discord")
    assert len(pipeline.cite(FIGURES[0], style="short")) < len(pipeline.cite(FIGURES[0]))
    with pytest.raises(SelectionError, match=r"nearest: .*channel"):
        pipeline.cite("chanel")


# Export


def test_export_writes_a_package_of_its_own(project, tmp_path, monkeypatch):
    out = tmp_path / "out" / "package"
    (project.root / "README.md").write_text("# What this is\n", encoding="utf-8")
    for _ in range(2):
        paths = pipeline.export(out, project)
    held = contents(out)
    assert {out / name for name in held} == set(paths)
    assert {*COMMITTED, "README.md", "references.bib"} <= held.keys()
    assert files.read_checksums(held["SHA256SUMS"]).keys() == held.keys() - {"SHA256SUMS"}
    assert b"discord" in held["references.bib"].lower()


def test_export_spares_what_is_not_its_own(project, tmp_path):
    (tmp_path / "mine.csv").write_text("a,b\n", encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(StoreError, match=r"holds 'mine.csv', which no export made"):
        pipeline.export(tmp_path, project)
    with pytest.raises(StoreError, match="is a file"):
        pipeline.export(tmp_path / "mine.csv", project)
    with pytest.raises(StoreError, match="which no export made"):
        pipeline.export(project.root, project)
    assert contents(tmp_path) == before


def test_export_without_a_record_says_what_to_do(tmp_path):
    empty = Project(tmp_path)
    with pytest.raises(StoreError, match="moderation-analysis build"):
        pipeline.export(tmp_path / "out", empty)
    assert not (tmp_path / "out").exists()
