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

from analysis.acquisition import archive
from analysis.acquisition.changes import tell_changes
from analysis.curation.normalise.editions import Edition, date_rows
from analysis.curation.normalise.events import record_events
from analysis.curation.normalise.facts import observe_facts
from analysis.curation.normalise.outcome import Outcome
from analysis.model.checks import check_records
from analysis.model.documents import Document, Snapshot
from analysis.model.errors import AnalysisError, RecordError
from analysis.model.raw_rows import SourceRow
from analysis.model.readings import Extraction
from analysis.model.schema import RECORDS, Event, Finding, Observation, Source, Unmatched
from analysis.pipeline import posts
from analysis.pipeline.documents import extract, naming
from analysis.pipeline.evidence import check_links
from analysis.pipeline.kept import Kept, editions_of_pages, in_order, read_articles, read_pages

EVENTS = "events"
WHOLE = "whole file"
READING_SECONDS = 60.0  # so long that a slow machine gives the same record as a fast one


@dataclass(slots=True)
class Gathered:
    """The records of a build while they are gathered, and what stood in the way.

    ``texts`` holds what the locators count in, by snapshot and by the part of it that they name
    (empty for the whole); ``refused`` says which files could not be read and why, ``repeated``
    which hold the bytes of another. ``keys`` are those of the sources, ``read`` leads from a
    snapshot to its first.
    """

    sources: list[Source] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    read: dict[str, str] = field(default_factory=dict)

    def add(self, source: Source, outcome: Outcome, text: str = "", part: str = "") -> None:
        """Add what one source gave; `part` is the part of its bytes that it is."""
        check_links(outcome.observations, [source])
        for rows in ([source], outcome.observations, outcome.events, outcome.findings):
            check_records(rows)
        self.sources.append(source)
        self.observations += outcome.observations
        self.events += outcome.events
        self.findings += outcome.findings
        self.unmatched += outcome.unmatched
        self.texts[source.snapshot_id, part] = text
        self.keys.add(source.source)
        self.read.setdefault(source.snapshot_id, source.source)

    def free_key(self, name: str, longer: str) -> str:
        """Return a key that no source has yet."""
        return longer if name in self.keys else name

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
    files, kept = list(read_articles(raw)), read_pages(raw)
    gathered.refused += kept.lost
    articles = [file for file in files if not posts.is_preview(file.snapshot)]
    pages = [page for page in kept.pages if not posts.is_preview(page.snapshot)]
    previews = [one for one in (*files, *kept.pages) if posts.is_preview(one.snapshot)]
    with _reading_ahead(one.snapshot for one in (*articles, *pages)) as readings:
        _gather_facts(raw, gathered)
        _gather_events(raw, gathered)
        _gather_articles(articles, readings, gathered)
        _gather_pages(pages, kept.seen, readings, gathered)
    _gather_posts(previews, kept.seen, gathered)
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
    articles: list[Kept], readings: Mapping[str, "Future[Document]"], gathered: Gathered
) -> None:
    """Add the files of data/raw/articles."""
    for one in progress(articles, "articles"):
        document = _read(one, readings, gathered)
        if document:
            key = gathered.free_key(one.path.stem, one.path.name)
            _gather_article(key, one.snapshot, document, gathered)


def _read(
    one: Kept, readings: Mapping[str, "Future[Document]"], gathered: Gathered
) -> Document | None:
    """Return a file or page as a document, None where it cannot be read or was read already."""
    before = gathered.read.get(one.snapshot.snapshot_id)
    if before:
        _note_repeated(before, one.snapshot, gathered)
        return None
    try:
        return readings[one.snapshot.snapshot_id].result()
    except AnalysisError as error:
        key = gathered.free_key(one.path.stem, one.path.name)
        _note_refused(key, one.snapshot, error, gathered)
        return None


def _gather_pages(
    pages: list[Kept],
    seen: Mapping[str, list[tuple[int, str, str]]],
    readings: Mapping[str, "Future[Document]"],
    gathered: Gathered,
) -> None:
    """Add the pages that were fetched, each wording of an address as an edition of it."""
    snapshots = {page.snapshot.snapshot_id: page.snapshot for page in pages}
    documents: dict[str, Document] = {}
    for page in progress(pages, "pages"):
        document = _read(page, readings, gathered)
        if document:
            documents[page.snapshot.snapshot_id] = document
    editions = editions_of_pages(documents, seen)
    for identity, (edition, newest) in sorted(editions.items()):
        snapshot, document = snapshots[identity], documents[identity]
        key = gathered.free_key(identity[:12], identity)
        findings: tuple[Finding, ...] = ()
        if not edition.stands:
            changes = tell_changes(snapshot.body, snapshots[newest].body)
            expected = f"as in {newest[:12]}: {changes}"
            findings = (_edited(key, snapshot, edition, expected),)
        _gather_article(key, snapshot, document, gathered, edition, findings)


def _edited(key: str, snapshot: Snapshot, edition: Edition, expected: str) -> Finding:
    return Finding(
        source=key,
        snapshot_id=snapshot.snapshot_id,
        locator=WHOLE,
        kind="edited",
        found=edition.words,
        expected=expected,
        group=snapshot.address,
    )


def _gather_posts(
    previews: list[Kept], seen: Mapping[str, list[tuple[int, str, str]]], gathered: Gathered
) -> None:
    """Add the posts of the channels whose previews were fetched or saved."""
    looks: dict[str, posts.Look] = {}
    for one in previews:
        identity = one.snapshot.snapshot_id
        try:
            looks.setdefault(identity, posts.look_at(one.snapshot, one.snapshot.path))
        except AnalysisError as error:
            key = gathered.free_key(one.path.stem, one.path.name)
            _note_refused(key, one.snapshot, error, gathered)
    for kept in progress(posts.keep_posts(in_order(looks, seen)), "posts"):
        outcome, text = Outcome(), ""
        if kept.document:
            extraction = extract(kept.document)
            text = kept.document.text
            outcome = _outcome_of(kept.source.source, extraction)
        gathered.add(
            kept.source, kept.outcome(outcome), text, kept.document.part if kept.document else ""
        )


def _outcome_of(key: str, extraction: Extraction) -> Outcome:
    return Outcome(
        observations=extraction.observations,
        unmatched=tuple(replace(words, source=key) for words in extraction.unmatched),
    )


def progress(items: list[Any], label: str) -> Iterable[Any]:
    """Return the items with a progress bar, shown only where a person watches."""
    if not sys.stderr.isatty():
        return items
    from tqdm import tqdm

    bar: Iterable[Any] = tqdm(items, desc=label, leave=False)
    return bar


def _gather_article(
    key: str,
    snapshot: Snapshot,
    document: Document,
    gathered: Gathered,
    edition: Edition | None = None,
    findings: tuple[Finding, ...] = (),
) -> None:
    """Add an article; `edition` is given for a page that was fetched."""
    found = _outcome_of(key, extract(document))
    source = _article_source(key, snapshot, document)
    if edition and (edition.number > 1 or not edition.stands):
        found = replace(found, observations=date_rows(found.observations, edition))
        note = "; ".join(part for part in (source.note, edition.words) if part)
        source = replace(source, edition=edition.name, note=note)
    gathered.add(source, replace(found, findings=findings), document.text)


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
        locator=WHOLE,
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
        locator=WHOLE,
        kind="repeated",
        found=snapshot.path,
        expected="each document once",
    )
    gathered.findings.append(finding)
    gathered.repeated.append(f"data/raw/{snapshot.path}: the same bytes as source {key!r}")
