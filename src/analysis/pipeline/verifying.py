"""Whether data/raw is what was registered, and data/processed what data/raw gives."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from analysis import __version__
from analysis.acquisition import archive, ledger, register
from analysis.curation.store import changes, files, folder
from analysis.model.errors import AnalysisError, RawChanged, SourceError
from analysis.model.paths import Project, find_project
from analysis.pipeline.evidence import lost_quotes
from analysis.pipeline.gathering import Gathered, gather
from analysis.pipeline.register import is_written_by_us

REBUILD = "run `moderation-analysis build`"


def verify(project: Project | None = None) -> list[str]:
    """Return what is wrong with data/raw and data/processed, one line each; empty when nothing is.

    Raw files are held against their register, processed files against a fresh build in memory,
    and Parquet against its checksums and that build. Every quote is looked up where its locator
    points: in the article read anew, or in the row of its table.
    """
    project = project or find_project()
    problems = list(raw_problems(project.raw))
    try:
        gathered = gather(project.raw)
    except (AnalysisError, OSError) as error:
        notes = "; ".join(getattr(error, "__notes__", []))
        problems.append(f"data/raw cannot be read: {error} {notes}".strip())
        return problems + list(checksum_problems(project.processed))
    return problems + compare_record(project.processed, gathered)


def raw_problems(raw: Path) -> Iterator[str]:
    """Yield what in data/raw is not as registered, the register itself included."""
    state = register.compare_register(raw)
    yield from (f"data/raw/{n}: edited since it was registered" for n in state.changed)
    yield from (f"data/raw/{n}: registered, but gone" for n in state.missing)
    untold = f"registered, but no row of {ledger.LEDGER} tells of it any more"
    yield from (f"data/raw/{n}: {untold}" for n in state.untold)
    yield from (f"data/raw/{n}: not registered ({REBUILD})" for n in state.added)
    yield from (f"data/raw/{register.REGISTER}: damaged, {line}" for line in state.damaged)
    if state.clean and not is_written_by_us(raw):
        yield f"data/raw/{register.REGISTER}: edited; {REBUILD} to write it anew"
    yield from ledger_problems(raw)


def ledger_problems(raw: Path) -> Iterator[str]:
    """Yield which rows of the ledger are damaged, and which pages they name are not whole.

    A line that a writer was ended in is no row that anybody was told of, and no problem.
    """
    state = ledger.Ledger(raw).read()
    yield from (f"data/raw/{ledger.LEDGER}: damaged, {line}" for line in state.damaged)
    for identity in sorted({row.snapshot_id for row in state.rows if row.snapshot_id}):
        try:
            archive.load(raw, identity)
        except (RawChanged, SourceError) as error:
            yield f"data/raw/{ledger.LEDGER}: names {identity[:12]}, but {error}"


def compare_record(processed: Path, gathered: Gathered) -> list[str]:
    """Return what in data/processed differs from the records that data/raw gives."""
    if not processed.is_dir():
        return [f"data/processed: missing; {REBUILD}"]
    records = gathered.records()
    problems = [
        f"data/raw: {row.locator} of {row.snapshot_id[:12]} does not hold {changes.describe(row)}"
        for row in lost_quotes(gathered.observations, gathered.texts)
    ]
    problems += file_problems(processed, files.make_files(records, __version__))
    return problems + list(parquet_problems(processed / files.PARQUET, records))


def file_problems(processed: Path, fresh: Mapping[str, bytes]) -> list[str]:
    """Return which files of the record differ from a fresh build, and which no build made."""
    held = {n for n in folder.list_files(processed) if not n.startswith(f"{files.PARQUET}/")}
    problems = [f"data/processed/{n}: missing; {REBUILD}" for n in sorted(fresh.keys() - held)]
    for name in sorted(fresh.keys() & held):
        if (processed / name).read_bytes() != fresh[name]:
            problems.append(
                f"data/processed/{name}: not what data/raw gives (edited, or made by another "
                f"version); {REBUILD}"
            )
    return problems + [f"data/processed/{n}: no build made it" for n in sorted(held - fresh.keys())]


def parquet_problems(parquet: Path, records: files.Records) -> Iterator[str]:
    """Yield which Parquet files are not what the build wrote; none at all are not a problem.

    A clone has none until its first build: their bytes depend on the version of the library, so
    they are held against their own checksums, and their content against the records.
    """
    if not parquet.is_dir():
        return
    where = f"data/processed/{files.PARQUET}"
    yield from (f"{where}/{line}" for line in listing_problems(parquet))
    for name in files.parquet_names():
        path = parquet / name
        if path.is_file() and not files.parquet_holds(path.read_bytes(), name, records):
            yield f"{where}/{name}: does not hold the rows of the table; {REBUILD}"


def checksum_problems(processed: Path) -> Iterator[str]:
    """Yield which files of the record are not those its own checksums list."""
    for place in (processed, processed / files.PARQUET):
        if place.is_dir():
            where = place.relative_to(processed.parent.parent).as_posix()
            yield from (f"{where}/{line}" for line in listing_problems(place))


def listing_problems(place: Path) -> Iterator[str]:
    """Yield how the files right in a folder differ from its list of checksums."""
    held = {n: (place / n).read_bytes() for n in folder.list_files(place) if "/" not in n}
    listing = held.pop(files.CHECKSUMS, None)
    if listing is None:
        yield f"{files.CHECKSUMS}: missing; {REBUILD}"
        return
    listed = files.read_checksums(listing)
    yield from (f"{n}: missing; {REBUILD}" for n in sorted(listed.keys() - held.keys()))
    yield from (f"{n}: no build made it" for n in sorted(held.keys() - listed.keys()))
    both = sorted(listed.keys() & held.keys())
    changed = [n for n in both if files.checksum(held[n]) != listed[n]]
    yield from (f"{n}: differs from what the build wrote; {REBUILD}" for n in changed)
    if listed.keys() == held.keys() and not changed and files.make_checksums(held) != listing:
        yield f"{files.CHECKSUMS}: edited; {REBUILD}"
