"""Where the folders of a project are.

A project is a folder that holds ``data/raw``. It is looked for from the working directory
upwards, so that a notebook in ``notebooks/`` and a shell in the clone mean the same record.
``MODERATION_ANALYSIS_HOME`` names it outright.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from analysis.model.errors import SourceError

HOME_VARIABLE = "MODERATION_ANALYSIS_HOME"


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of one project, all derived from its root."""

    root: Path

    @property
    def raw(self) -> Path:
        """Snapshots and transcribed facts, never edited by code."""
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        """What ``build`` made from ``raw``; safe to delete and rebuild."""
        return self.root / "data" / "processed"

    @property
    def notebooks(self) -> Path:
        """One question each."""
        return self.root / "notebooks"

    @property
    def reports(self) -> Path:
        """Rendered pages."""
        return self.root / "reports"


def find_project(start: Path | None = None) -> Project:
    """Return the project that `start` (the working directory unless given) belongs to.

    Raises
    ------
    SourceError
        No folder from `start` upwards holds ``data/raw``.
    """
    named = os.environ.get(HOME_VARIABLE)
    if named and start is None:
        root = Path(named).expanduser().resolve()
        if not (root / "data" / "raw").is_dir():
            raise SourceError(f"{HOME_VARIABLE} names {root}, which has no folder data/raw")
        return Project(root)
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "data" / "raw").is_dir():
            return Project(folder)
    raise SourceError(
        f"no folder data/raw in {here} or above it: work inside a clone of the project, "
        f"or set {HOME_VARIABLE} to its folder"
    )
