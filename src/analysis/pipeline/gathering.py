"""Everything that data/raw holds, as records: tables of facts, events, articles.

The project's own tables are held to their form: a wrong cell stops the build. Articles come from
anywhere: one that cannot be read is named, gives a finding, and costs the others nothing.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from analysis.acquisition import archive, ledger
from analysis.curation.normalise.events import record_events
from analysis.curation.normalise.facts import observe_facts
from analysis.curation.normalise.outcome import Outcome
from analysis.model.checks import check_records
from analysis.model.errors import AnalysisError, RawChanged, RecordError, SourceError
from analysis.model.schema import (
    RECORDS,
    Document,
    Event,
    Finding,
    Observation,
    Snapshot,
    Source,
    SourceRow,
    Unmatched,
)
from analysis.pipeline.documents import extract, naming
from analysis.pipeline.evidence import check_links

EVENTS = "events"
READING_SECONDS = 60.0  # so long that a slow machine gives the same record as a fast one


@dataclass(slots=True)
class Gathered:
    """The records of a build while they are gathered, and what stood in the way.

    ``texts`` holds by snapshot what the locators count in; ``refused`` says which files could not
    be read and why, ``repeated`` which hold the bytes of another.
    """

    sources: list[Source] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)

    def add(self, source: Source, outcome: Outcome, text: str = "") -> None:
        """Add what one source gave."""
        check_links(outcome.observations, [source])
        for rows in ([source], outcome.observations, outcome.events, outcome.findings):
            check_records(rows)
        self.sources.append(source)
        self.observations += outcome.observations
        self.events += outcome.events
        self.findings += outcome.findings
        self.unmatched += outcome.unmatched
        self.texts[source.snapshot_id] = text

    def records(self) -> Mapping[str, list[Any]]:
        """Return the tables by name."""
        return {name: getattr(self, name) for name in RECORDS}


def gather(raw: Path) -> Gathered:
    """Return every record that data/raw holds.

    Raises
    ------
    SourceError
        A file is missing or cannot be opened.
    LayoutError, RecordError
        A table of the project is not in its form; names the line and, as a note, the file.
    """
    gathered = Gathered()
    articles = [*_articles(raw), *_pages(raw, gathered)]
    with _reading_ahead(snapshot for _, snapshot in articles) as readings:
        _gather_facts(raw, gathered)
        _gather_events(raw, gathered)
        _gather_articles(articles, readings, gathered)
    check_links(gathered.observations, gathered.sources)
    return gathered


@contextmanager
def _reading_ahead(snapshots: Iterable[Snapshot]) -> Iterator[Mapping[str, "Future[Document]"]]:
    """Read articles meanwhile: the reading process works while this one gathers and extracts."""
    pool = ThreadPoolExecutor(max_workers=1)
    different = {snapshot.snapshot_id: snapshot for snapshot in snapshots}
    try:
        yield {key: pool.submit(_read_article, one) for key, one in different.items()}
    finally:
        pool.shutdown(cancel_futures=True)


def _read_article(snapshot: Snapshot) -> Document:
    from analysis.reading.documents import Limits, read_document

    return read_document(snapshot, name=snapshot.path, limits=Limits(seconds=READING_SECONDS))


def _gather_facts(raw: Path, gathered: Gathered) -> None:
    from analysis.reading.formats.facts import read_facts, read_sources

    with naming("data/raw/sources.csv"):
        listed = archive.snapshot_file(raw / "sources.csv", raw=raw)
        described = {row.source: row for row in read_sources(listed.body)}
    for path in sorted((raw / "figures").glob("*.csv")):
        snapshot = archive.snapshot_file(path, raw=raw)
        with naming(f"data/raw/{snapshot.path}"):
            if path.stem not in described:
                raise RecordError(f"no row for {path.stem!r} in data/raw/sources.csv: add one")
            facts = read_facts(snapshot.body)
            outcome = observe_facts(facts, path.stem, snapshot.snapshot_id)
            source = _source_of(described[path.stem], snapshot)
            gathered.add(source, outcome, snapshot.body.decode("utf-8"))


def _source_of(row: SourceRow, snapshot: Snapshot) -> Source:
    return Source(
        source=row.source,
        title=row.title,
        publisher=row.publisher,
        address=row.address,
        source_type=row.source_type,
        published=row.published,
        published_basis=row.published_basis,
        edition=row.edition,
        language=row.language,
        licence=row.licence,
        snapshot_id=snapshot.snapshot_id,
        path=snapshot.path,
        note=row.note,
    )


def _gather_events(raw: Path, gathered: Gathered) -> None:
    from analysis.reading.formats.events import read_events

    with naming("data/raw/events.csv"):
        snapshot = archive.snapshot_file(raw / "events.csv", raw=raw)
        outcome = record_events(read_events(snapshot.body), EVENTS, snapshot.snapshot_id)
        source = Source(
            source=EVENTS,
            title="Events of this project, each with the address of its source",
            source_type="derived",
            licence="CC BY 4.0",
            snapshot_id=snapshot.snapshot_id,
            path=snapshot.path,
        )
        gathered.add(source, outcome)


def _gather_articles(
    articles: list[tuple[Path, Snapshot]],
    readings: Mapping[str, "Future[Document]"],
    gathered: Gathered,
) -> None:
    keys = {source.snapshot_id: source.source for source in gathered.sources}
    for path, snapshot in progress(articles, "articles"):
        if snapshot.snapshot_id in keys:
            _note_repeated(keys[snapshot.snapshot_id], snapshot, gathered)
            continue
        key = path.stem if path.stem not in keys.values() else path.name
        keys[snapshot.snapshot_id] = key
        try:
            _gather_article(key, snapshot, readings[snapshot.snapshot_id].result(), gathered)
        except AnalysisError as error:
            _note_refused(key, snapshot, error, gathered)


def _articles(raw: Path) -> Iterator[tuple[Path, Snapshot]]:
    """Yield every file in data/raw/articles."""
    for path in sorted((raw / "articles").glob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path, archive.snapshot_file(path, raw=raw)


def _pages(raw: Path, gathered: Gathered) -> Iterator[tuple[Path, Snapshot]]:
    """Yield every page that a fetch has kept, and note which are lost or damaged."""
    state = ledger.Ledger(raw).read()
    again = "restore the file from the repository, or fetch the page again"
    for line in state.damaged:
        told = "the page that it told of, if any, is not in the record"
        gathered.refused.append(f"data/raw/{ledger.LEDGER}: damaged, {line}; {told}: {again}")
    for identity, row in ledger.pages(state.rows).items():
        try:
            yield Path(identity[:12]), archive.snapshot_of(row, raw)
        except (SourceError, RawChanged) as error:
            gathered.refused.append(f"{row.address} is not in the record: {error}")


def progress(items: list[Any], label: str) -> Iterable[Any]:
    """Return the items with a progress bar, shown only where a person watches."""
    if not sys.stderr.isatty():
        return items
    from tqdm import tqdm

    bar: Iterable[Any] = tqdm(items, desc=label, leave=False)
    return bar


def _gather_article(key: str, snapshot: Snapshot, document: Document, gathered: Gathered) -> None:
    extraction = extract(document)
    outcome = Outcome(
        observations=extraction.observations,
        unmatched=tuple(replace(words, source=key) for words in extraction.unmatched),
    )
    gathered.add(_article_source(key, snapshot, document), outcome, document.text)


def _article_source(key: str, snapshot: Snapshot, document: Document) -> Source:
    digest = bool(document.source_link)
    return Source(
        source=key,
        title=document.title,
        publisher=document.publisher,
        address=document.source_link or document.address,
        source_type="digest" if digest else "article",
        published=document.published,
        published_basis=document.published_basis if document.published else "",
        language=document.language,
        licence="CC BY 4.0" if digest else snapshot.licence,
        snapshot_id=snapshot.snapshot_id,
        path=snapshot.path,
        note="; ".join(document.notes),
    )


def _note_refused(key: str, snapshot: Snapshot, error: Exception, gathered: Gathered) -> None:
    """Keep the source of an article that cannot be read, with a finding that says why."""
    source = Source(
        source=key,
        address=snapshot.address,
        source_type="article",
        snapshot_id=snapshot.snapshot_id,
        path=snapshot.path,
        note=f"could not be read: {type(error).__name__}",
    )
    finding = Finding(
        source=key,
        snapshot_id=snapshot.snapshot_id,
        locator="whole file",
        kind="unreadable",
        found=str(error),
        expected="an article as HTML or plain text",
    )
    gathered.add(source, Outcome(findings=(finding,)))
    gathered.refused.append(f"data/raw/{snapshot.path}: {error} [{type(error).__name__}]")


def _note_repeated(key: str, snapshot: Snapshot, gathered: Gathered) -> None:
    """Say that a file holds the bytes of a source that was read already."""
    finding = Finding(
        source=key,
        snapshot_id=snapshot.snapshot_id,
        locator="whole file",
        kind="repeated",
        found=snapshot.path,
        expected="each document once",
    )
    gathered.findings.append(finding)
    gathered.repeated.append(f"data/raw/{snapshot.path}: the same bytes as source {key!r}")
