"""A project with little data, quick to build: two tables, some events, two articles."""

import shutil
from pathlib import Path

from analysis.model.paths import Project

ROOT = Path(__file__).parents[1]
FIGURES = ("discord-2022q4", "tcap-2022")
ARTICLES = {
    "forum": (
        "In 2021 the forum Reddit said that it had removed 7,412 posts that promoted terrorism, "
        "more than in the year before."
    ),
    "channel": (
        "Telegram closed 2,310 channels that spread terrorist propaganda in May 2019, it wrote."
    ),
}


def page(text: str, title: str = "What was taken down") -> str:
    """Return an article as a publisher might send it."""
    more = "The numbers stand in a report that the company gave out, and nobody has checked them. "
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta property="article:published_time" content="2022-03-04"></head>'
        f"<body><article><h1>{title}</h1><p>{text}</p><p>{more * 4}</p></article></body></html>"
    )


def make_project(root: Path) -> Project:
    """Lay a small project down in a folder."""
    raw, shipped = root / "data" / "raw", ROOT / "data" / "raw"
    (raw / "figures").mkdir(parents=True)
    (raw / "articles").mkdir()
    for key in FIGURES:
        shutil.copy(shipped / "figures" / f"{key}.csv", raw / "figures")
    shutil.copy(shipped / "sources.csv", raw)
    events = (shipped / "events.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (raw / "events.csv").write_text("".join(events[:4]), encoding="utf-8", newline="")
    for name, text in ARTICLES.items():
        (raw / "articles" / f"{name}.html").write_text(page(text), encoding="utf-8")
    return Project(root)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
