"""The record as a folder of its own, to be deposited or handed on."""

from pathlib import Path

from analysis.acquisition import archive, ledger
from analysis.acquisition.webarchive import write_warc
from analysis.curation.store import files, folder
from analysis.model.errors import SourceError, StoreError
from analysis.model.paths import Project, find_project
from analysis.model.schema import RECORDS
from analysis.pipeline.record import table

ABOUT = ("README.md", "CITATION.cff", "LICENSE")
REFERENCES = "references.bib"


def export(out_dir: str | Path, project: Project | None = None) -> list[Path]:
    """Write the record as a folder of its own: tables, codebook, data package, how to cite it.

    A cell that a spreadsheet program would run begins with an apostrophe here, which the record
    itself does not have; `analysis.model.spreadsheets.restore_cell` takes it off.

    Parameters
    ----------
    out_dir : str or Path
        A folder that is not there yet, is empty, or holds an earlier export.
    project : Project, optional
        The project whose record it is; the one around the working directory unless given.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    StoreError
        There is no record yet, the folder holds files that no export made, or it cannot be
        written; nothing in it is changed then.
    """
    from analysis.presentation.references import bibtex

    project = project or find_project()
    out = Path(out_dir)
    names = [*(f"{name}.csv" for name in RECORDS), "codebook.md", "datapackage.json"]
    made = {name: folder.read_file(project.processed, name) for name in names}
    made = files.protected(made)
    made |= {n: (project.root / n).read_bytes() for n in ABOUT if (project.root / n).is_file()}
    made[REFERENCES] = bibtex(table("sources", project)).encode("utf-8")
    made[files.CHECKSUMS] = files.make_checksums(made)
    refuse_foreign(out)
    folder.replace_folder(out, made)
    return [out / name for name in sorted(made)]


def export_pages(path: str | Path, project: Project | None = None) -> int:
    """Write every page that was fetched to one standard web-archive file, and return how many.

    Parameters
    ----------
    path : str or Path
        The file, ``.warc.gz`` by custom; one that is there is written over.
    project : Project, optional
        The project whose pages they are; the one around the working directory unless given.

    Raises
    ------
    SourceError
        Nothing was fetched yet, or the file cannot be written.
    RawChanged
        A page is not as it was kept.
    """
    raw = (project or find_project()).raw
    kept = ledger.pages(ledger.Ledger(raw).read().rows)
    if not kept:
        raise SourceError(f"{raw} holds no fetched page; `moderation-analysis fetch` keeps some")
    return write_warc((archive.snapshot_of(row, raw) for row in kept.values()), Path(path))


def refuse_foreign(out: Path) -> None:
    """Refuse a folder that holds anything but the files of an export.

    Raises
    ------
    StoreError
        Names the first file that no export made.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise StoreError(f"{out} is a file: name a folder")
    there = sorted(path.relative_to(out).as_posix() for path in out.rglob("*"))
    if not there:
        return
    listing = out / files.CHECKSUMS
    listed = files.read_checksums(listing.read_bytes()) if listing.is_file() else {}
    foreign = [name for name in there if name not in {files.CHECKSUMS, *listed}]
    if foreign:
        raise StoreError(
            f"{out} holds {foreign[0]!a}, which no export made: name a folder that is empty or "
            "not there yet"
        )
