"""Notebooks to pages."""

from pathlib import Path

from analysis.model.paths import Project, find_project
from analysis.pipeline.documents import locate
from analysis.pipeline.record import data_version, sources


def render(notebook: str | Path, out_dir: str | Path = "reports") -> Path:
    """Run a notebook from a clean kernel and write it as one HTML file that needs no network.

    Raises
    ------
    RenderError
        A cell failed, or the page would not be fit for a paper; says which cell or what is wrong.
    """
    from analysis.presentation import render as renderer

    return renderer.render(
        locate(Path(notebook)),
        Path(out_dir),
        data_version=data_version(),
        sources=sources(),
    )


def notebooks(project: Project | None = None) -> list[Path]:
    """Return the notebooks of the project, in their order."""
    return sorted((project or find_project()).notebooks.glob("*.ipynb"))
