"""data/raw to data/processed, whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis import __version__
from analysis.acquisition import register
from analysis.curation.store import changes, files, folder
from analysis.model.errors import RecordError, StoreError
from analysis.model.paths import Project, find_project
from analysis.model.schema import Observation
from analysis.model.tables import from_csv
from analysis.pipeline.gathering import gather
from analysis.pipeline.register import check_register, is_written_by_us


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the files of data/processed by name, the counts, and what changed.

    ``registered`` are files of data/raw that were new; ``refused`` and ``repeated`` say which
    articles could not be read, and which hold the bytes of another.
    """

    files: Mapping[str, bytes]
    counts: Mapping[str, int]
    changes: changes.Changes
    registered: tuple[str, ...]
    refused: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The first twelve digits of the checksum of all committed files."""
        return files.checksum(self.files[files.CHECKSUMS])[:12]


def build(project: Project | None = None, *, accept_changes: bool = False) -> Built:
    """Make data/processed from data/raw, whole or not at all.

    New files in data/raw are registered by their checksum; a registered file that was edited or
    is gone stops the build unless `accept_changes` is given. An article that cannot be read is
    told in ``refused`` and among the findings, and the others are built.

    Raises
    ------
    RawChanged
        A registered file differs; lists which.
    LayoutError, RecordError
        A table of the project is not in its form; names file and line.
    StoreError
        Another build holds the record, or the folder cannot be written. The old record is whole.
    """
    project = project or find_project()
    with folder.locked(project.processed):
        folder.sweep(project.processed)
        state = check_register(project.raw, accept_changes)
        gathered = gather(project.raw)
        records = gathered.records()
        before = observations_before(project.processed)
        made = files.make_files(records, __version__)
        if not (state.clean and is_written_by_us(project.raw)):
            register.write_register(project.raw)
        folder.replace_folder(project.processed, made | files.make_parquet(records))
    return Built(
        files=made,
        counts={name: len(rows) for name, rows in records.items()},
        changes=changes.compare(before, records["observations"]),
        registered=state.added,
        refused=tuple(gathered.refused),
        repeated=tuple(gathered.repeated),
    )


def observations_before(processed: Path) -> list[Observation] | None:
    """Return the observations of the record as it stands, None when there are none to read."""
    try:
        return from_csv(folder.read_file(processed, "observations.csv"), Observation)
    except (StoreError, RecordError):
        return None
