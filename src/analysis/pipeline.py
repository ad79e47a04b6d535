"""The wings in their order: from a file to its observations, and from data/raw to the record.

Every call of the notebooks and of the command line ends here. Nothing goes online unless asked.
"""

import datetime as dt
import difflib
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.acquisition import archive
from analysis.curation.normalise.events import record_events
from analysis.curation.normalise.facts import observe_facts
from analysis.curation.normalise.mentions import observe_mentions
from analysis.curation.normalise.outcome import Outcome
from analysis.curation.select import select_events, select_observations
from analysis.curation.store import changes, files, folder
from analysis.model.errors import (
    AnalysisError,
    RawChanged,
    RecordError,
    SelectionError,
    SourceError,
    StoreError,
)
from analysis.model.paths import Project, find_project
from analysis.model.schema import (
    RECORDS,
    Document,
    Event,
    Extraction,
    Finding,
    Observation,
    Snapshot,
    Source,
    SourceRow,
    Unmatched,
)
from analysis.model.tables import from_csv, to_table

if TYPE_CHECKING:
    import pandas as pd

ADDRESS = re.compile(r"https?://", re.IGNORECASE)
ARTICLES = ("*.html", "*.htm", "*.xhtml", "*.txt")
EVENTS = "events"


@contextmanager
def naming(what: str) -> Iterator[None]:
    """Add to an error of ours which file it is about."""
    try:
        yield
    except AnalysisError as error:
        error.add_note(what)
        raise


def progress(items: Iterable[Any], label: str, total: int | None = None) -> Iterable[Any]:
    """Return the items with a progress bar, shown only where a person watches."""
    if not sys.stderr.isatty():
        return items
    from tqdm import tqdm

    bar: Iterable[Any] = tqdm(items, desc=label, total=total, leave=False)
    return bar


def read(
    source: str | Path,
    *,
    fetch: bool = False,
    language: str | None = None,
    published: dt.date | str | None = None,
) -> Document:
    """Read an article or report as text with stable offsets.

    Parameters
    ----------
    source : str or Path
        A file of HTML or plain text, ``-`` for standard input, or, with `fetch`, an address.
        A relative path that does not exist from the working directory is looked for in the
        project.
    fetch : bool
        Allow an address to be fetched. What comes back is kept in data/raw/snapshots.
    language : str, optional
        ISO 639-1 code, where the page's own declaration is known to be wrong.
    published : date or str, optional
        Day of publication, where the page does not say; relative periods are counted from it.

    Raises
    ------
    SourceError
        There is no such file, or the address cannot be or may not be fetched.
    DocumentError
        The bytes are not a document that can be read; the subclass says why.
    """
    from analysis.reading.documents import read_document

    day = dt.date.fromisoformat(published) if isinstance(published, str) else published
    with naming(str(source)):
        snapshot = _snapshot(source, fetch)
        return read_document(snapshot, name=str(source), language=language, published=day)


def _snapshot(source: str | Path, fetch: bool) -> Snapshot:
    if str(source) == "-":
        return archive.snapshot_bytes(sys.stdin.buffer.read(), "standard input")
    if isinstance(source, str) and ADDRESS.match(source):
        if not fetch:
            raise SourceError(
                "this is an address and nothing goes online unasked: say --fetch "
                "(in a notebook: fetch=True), or save the page and read the file"
            )
        from analysis.acquisition.fetch import get

        return archive.keep(get(source), find_project().raw)
    return archive.snapshot_file(_existing(Path(source)))


def _existing(path: Path) -> Path:
    if path.exists() or path.is_absolute():
        return path
    try:
        there = find_project().root / path
    except SourceError:
        return path
    return there if there.exists() else path


def extract(document: Document) -> Extraction:
    """Return every moderation figure of a document, and the numbers that were refused.

    Parameters
    ----------
    document : Document
        As `read` returns it.

    Returns
    -------
    Extraction
        ``observations`` with their ``mentions`` (the reasons for each field), ``refusals`` with
        why, and ``table``, the observations as a DataFrame. In a notebook it shows the text with
        its amounts marked.
    """
    from analysis.reading.prose.mentions import READER, read_figures

    figures = read_figures(document)
    outcome = observe_mentions(figures.mentions, document, READER)
    return Extraction(
        document=document,
        observations=outcome.observations,
        mentions=figures.mentions,
        refusals=figures.refusals,
        unmatched=outcome.unmatched,
    )


@dataclass(slots=True)
class Gathered:
    """The records of a build while they are gathered."""

    sources: list[Source] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)

    def add(self, source: Source, outcome: Outcome) -> None:
        """Add what one source gave."""
        self.sources.append(source)
        self.observations += outcome.observations
        self.events += outcome.events
        self.findings += outcome.findings
        self.unmatched += outcome.unmatched

    def records(self) -> Mapping[str, list[Any]]:
        """Return the tables by name, checked."""
        made = {name: getattr(self, name) for name in RECORDS}
        check_evidence(self.observations, self.sources)
        return made


def check_evidence(observations: Iterable[Observation], sources: Iterable[Source]) -> None:
    """Refuse an observation that leads to no source, no place in it, or no words.

    Raises
    ------
    RecordError
        Names the observation; such a row cannot be stored.
    """
    held = {source.snapshot_id for source in sources}
    seen: set[tuple[str, str]] = set()
    for row in observations:
        place = (row.snapshot_id, row.locator)
        if row.snapshot_id not in held or not row.locator or not row.quote:
            raise RecordError(f"no evidence for {changes.describe(row)}: it cannot be stored")
        if place in seen:
            raise RecordError(f"two observations at {row.locator}: {changes.describe(row)}")
        seen.add(place)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the files of data/processed by name, the counts, and what changed."""

    files: Mapping[str, bytes]
    counts: Mapping[str, int]
    changes: changes.Changes
    registered: tuple[str, ...]

    @property
    def version(self) -> str:
        """The first twelve digits of the checksum of all committed files."""
        return files.checksum(self.files[files.CHECKSUMS])[:12]


def _figure_tables(raw: Path) -> Iterator[tuple[str, Snapshot]]:
    for path in sorted((raw / "figures").glob("*.csv")):
        yield path.stem, archive.snapshot_file(path, raw=raw)


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


def _gather_facts(raw: Path, gathered: Gathered) -> None:
    from analysis.reading.formats.facts import read_facts, read_sources

    with naming("data/raw/sources.csv"):
        described = {row.source: row for row in read_sources((raw / "sources.csv").read_bytes())}
    for key, snapshot in _figure_tables(raw):
        with naming(f"data/raw/{snapshot.path}"):
            if key not in described:
                raise RecordError(f"no row for {key!r} in data/raw/sources.csv: add one")
            outcome = observe_facts(read_facts(snapshot.body), key, snapshot.snapshot_id)
            gathered.add(_source_of(described[key], snapshot), outcome)


def _gather_events(raw: Path, gathered: Gathered) -> None:
    from analysis.reading.formats.events import read_events

    snapshot = archive.snapshot_file(raw / "events.csv", raw=raw)
    with naming("data/raw/events.csv"):
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


def _articles(raw: Path) -> Iterator[tuple[str, Snapshot]]:
    found = {path for pattern in ARTICLES for path in (raw / "articles").glob(pattern)}
    for path in sorted(found):
        yield path.stem, archive.snapshot_file(path, raw=raw)
    for identity in archive.list_snapshots(raw):
        yield identity[:12], archive.load(raw, identity)


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


def _gather_articles(raw: Path, gathered: Gathered) -> None:
    from analysis.reading.documents import read_document

    taken = {source.source for source in gathered.sources}
    for stem, snapshot in progress(list(_articles(raw)), "articles"):
        key = stem if stem not in taken else f"{stem}-article"
        with naming(f"data/raw/{snapshot.path}"):
            document = read_document(snapshot, name=key)
            extraction = extract(document)
        outcome = Outcome(
            observations=extraction.observations,
            unmatched=tuple(replace(u, source=key) for u in extraction.unmatched),
        )
        gathered.add(_article_source(key, snapshot, document), outcome)


def gather(raw: Path) -> Mapping[str, list[Any]]:
    """Return every record that data/raw holds, by table."""
    gathered = Gathered()
    _gather_facts(raw, gathered)
    _gather_events(raw, gathered)
    _gather_articles(raw, gathered)
    return gathered.records()


def _check_register(raw: Path, accept: bool) -> archive.RegisterState:
    state = archive.compare_register(raw)
    if (state.changed or state.missing) and not accept:
        listed = [f"data/raw/{name} was edited" for name in state.changed]
        listed += [f"data/raw/{name} is gone" for name in state.missing]
        raise RawChanged(
            "; ".join(listed[:5])
            + f" ({len(listed)} in all) since it was registered in data/raw/{files.CHECKSUMS}. "
            "Put it back, or run `moderation-analysis build --accept-changes` if it is meant."
        )
    return state


def _before(processed: Path) -> list[Observation] | None:
    try:
        return from_csv(folder.read_file(processed, "observations.csv"), Observation)
    except (StoreError, RecordError):
        return None


def version() -> str:
    """Return the version of the package."""
    from analysis import __version__

    return __version__


def build(project: Project | None = None, *, accept_changes: bool = False) -> Built:
    """Make data/processed from data/raw, whole or not at all.

    New files in data/raw are registered by their checksum; a registered file that was edited or
    is gone stops the build unless `accept_changes` is given.

    Raises
    ------
    RawChanged
        A registered file differs; lists which.
    StoreError
        Another build holds the record, or the folder cannot be written. The old record is whole.
    """
    project = project or find_project()
    with folder.locked(project.processed):
        folder.sweep(project.processed)
        state = _check_register(project.raw, accept_changes)
        records = gather(project.raw)
        before = _before(project.processed)
        made = files.make_files(records, version())
        if state.added or state.changed or state.missing or state.damaged:
            archive.write_register(project.raw)
        folder.replace_folder(project.processed, made | files.make_parquet(records))
    return Built(
        files=made,
        counts={name: len(rows) for name, rows in records.items()},
        changes=changes.compare(before, records["observations"]),
        registered=tuple(state.added),
    )


def verify(project: Project | None = None) -> list[str]:
    """Return what is wrong with data/raw and data/processed, one line each; empty when nothing is.

    Raw files are held against their register, processed files against a fresh build in memory
    and, for Parquet, against their checksums. Every quote is looked up where its locator points.
    """
    project = project or find_project()
    state = archive.compare_register(project.raw)
    problems = [f"data/raw/{n}: edited since it was registered" for n in state.changed]
    problems += [f"data/raw/{n}: registered, but gone" for n in state.missing]
    problems += [f"data/raw/{n}: not registered (`build` registers new files)" for n in state.added]
    problems += [f"data/raw/{n}: not a register that `build` wrote" for n in state.damaged]
    try:
        records = gather(project.raw)
    except (AnalysisError, OSError) as error:
        notes = "; ".join(getattr(error, "__notes__", []))
        return [*problems, f"data/raw cannot be read: {error} {notes}".strip()]
    return problems + _differences(project, files.make_files(records, version()))


def _differences(project: Project, fresh: Mapping[str, bytes]) -> list[str]:
    if not project.processed.is_dir():
        return ["data/processed: missing; run `moderation-analysis build`"]
    problems = []
    for name, body in fresh.items():
        path = project.processed / name
        if not path.is_file():
            problems.append(f"data/processed/{name}: missing; run `moderation-analysis build`")
        elif path.read_bytes() != body:
            problems.append(f"data/processed/{name}: differs from a fresh build of data/raw")
    names = folder.list_files(project.processed)
    extra = [n for n in names if n not in fresh and not n.startswith(f"{files.PARQUET}/")]
    problems += [f"data/processed/{n}: no build made this file" for n in extra]
    return problems + _parquet_differences(project.processed / files.PARQUET)


def _parquet_differences(parquet: Path) -> list[str]:
    if not parquet.is_dir():
        return []
    held = {n: (parquet / n).read_bytes() for n in folder.list_files(parquet)}
    listed = held.pop(files.CHECKSUMS, b"")
    if files.make_checksums(held) == listed:
        return []
    lines = set(listed.decode("utf-8", "replace").splitlines())
    bad = [n for n, b in held.items() if f"{files.checksum(b)}  {n}" not in lines]
    where = bad or [files.CHECKSUMS]
    return [f"data/processed/parquet/{n}: differs from what the build wrote" for n in where]


@lru_cache(maxsize=8)
def _load(path: Path, stamp: int, name: str) -> "pd.DataFrame":
    return to_table(
        from_csv(folder.read_file(path.parent, path.name), RECORDS[name]), RECORDS[name]
    )


def table(name: str, project: Project | None = None) -> "pd.DataFrame":
    """Return a table of the record as a DataFrame of its own, typed by the schema."""
    path = (project or find_project()).processed / f"{name}.csv"
    folder.read_file(path.parent, path.name)
    return _load(path, path.stat().st_mtime_ns, name).copy()


def observations(**selection: Any) -> "pd.DataFrame":
    """Return observations of the record, one row each.

    Parameters
    ----------
    platform, actor, policy, group, action, item, geography : str or list of str, optional
        Keys or names: ``platform="facebook"``, ``policy=["terrorism", "organised hate"]``. A key
        that contains others (``violent_extremism_all``) asks for all of them.
    measure, bound, origin, status, period_kind, period_basis, edition, reported_by : optional
        Values of those columns.
    start, end : str or date, optional
        Keep what ends on or after `start`, and starts on or before `end`.
    as_of : str or date, optional
        What a reader could have known on that day. Rows without ``known_from`` are left out.
    restated : bool
        Also return values that a later edition of their publisher replaced.

    Returns
    -------
    DataFrame
        Columns of `analysis.model.schema.Observation`, sorted by period. Every row carries its
        quote, where that stands, and the snapshot; nothing lives in ``DataFrame.attrs``.

    Raises
    ------
    SelectionError
        A keyword or a key is unknown; says which are known.
    """
    return select_observations(table("observations"), **selection)


def events(**selection: Any) -> "pd.DataFrame":
    """Return events of the record: ``platform``, ``type``, ``start`` and ``end`` select."""
    return select_events(table("events"), **selection)


def sources() -> "pd.DataFrame":
    """Return the sources of the record, one row each."""
    return table("sources")


def findings() -> "pd.DataFrame":
    """Return what is wrong in the sources, one row each."""
    return table("findings")


def unmatched() -> "pd.DataFrame":
    """Return the words that matched no vocabulary entry, one row each."""
    return table("unmatched")


def data_version(project: Project | None = None) -> str:
    """Return the first twelve digits of the checksum of the record's committed files."""
    body = folder.read_file((project or find_project()).processed, files.CHECKSUMS)
    return files.checksum(body)[:12]


def cite(key: str, style: str = "long") -> str:
    """Return how a source is cited; ``style="short"`` gives the form for running text.

    Raises
    ------
    SelectionError
        The record has no such source; names the nearest keys.
    """
    from analysis.presentation import references

    known = {row["source"]: row for row in sources().to_dict("records")}
    if key not in known:
        near = difflib.get_close_matches(key, list(known), n=3, cutoff=0.3)
        raise SelectionError(f"no source {key!r}; nearest: {', '.join(near) or 'none'}")
    writer = references.short_citation if style == "short" else references.cite
    return writer(known[key])


def render(notebook: str | Path, out_dir: str | Path = "reports") -> Path:
    """Run a notebook from a clean kernel and write it as one HTML file that needs no network.

    Raises
    ------
    RenderError
        A cell failed, or the page would not be fit for a paper; says which cell or what is wrong.
    """
    from analysis.presentation import render as renderer

    return renderer.render(
        _existing(Path(notebook)),
        Path(out_dir),
        data_version=data_version(),
        sources=sources(),
    )


def report(project: Project | None = None) -> Iterator[tuple[str, float]]:
    """Build the record and render every notebook; yields what was made and the seconds it took."""
    project = project or find_project()
    started = time.monotonic()
    built = build(project)
    yield f"data/processed, data version {built.version}", time.monotonic() - started
    for notebook in sorted(project.notebooks.glob("*.ipynb")):
        started = time.monotonic()
        page = render(notebook, project.reports)
        yield page.relative_to(project.root).as_posix(), time.monotonic() - started


def export(out_dir: str | Path, project: Project | None = None) -> list[Path]:
    """Write the record as a folder of its own: tables, codebook, data package, how to cite it.

    Raises
    ------
    StoreError
        There is no record yet, or the folder cannot be written.
    """
    from analysis.presentation.references import bibtex

    project = project or find_project()
    names = [*(f"{name}.csv" for name in RECORDS), "codebook.md", "datapackage.json"]
    made = {name: folder.read_file(project.processed, name) for name in names}
    for name in ("README.md", "CITATION.cff"):
        made[name] = (project.root / name).read_bytes()
    made["references.bib"] = bibtex(sources()).encode("utf-8")
    made[files.CHECKSUMS] = files.make_checksums(made)
    folder.replace_folder(Path(out_dir).resolve(), made)
    return [Path(out_dir) / name for name in sorted(made)]
