"""The whole way from a notebook file to a page."""

import contextlib
import html
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import __version__
from analysis.model.errors import RenderError
from analysis.presentation.markup import escape, output_style, slug
from analysis.presentation.render.cells import Part, parts_of
from analysis.presentation.render.check import check
from analysis.presentation.render.citations import (
    Bibliography,
    references_html,
    with_citations,
)
from analysis.presentation.render.execute import execute as run
from analysis.presentation.render.figures import number_figures, with_captions, with_references
from analysis.presentation.render.texts import plain_text

HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Heading:
    """An entry of the table of contents."""

    level: int
    key: str
    words: str


def render(
    notebook: Path,
    out_dir: Path,
    *,
    execute: bool = True,
    timeout: float = 600,
    data_version: str = "",
    sources: Any = (),
) -> Path:
    """Make one HTML file of a notebook: it needs no network, no script and no other file.

    Parameters
    ----------
    notebook : Path
        A notebook file, format 4. Its metadata may hold ``title``, ``authors`` (a list of
        ``{"name": ...}``), ``date`` and ``language``.
    out_dir : Path
        Folder of the page; made when it is missing.
    execute : bool
        Run every cell from a clean kernel first; else the outputs in the file are shown.
    timeout : float
        Seconds that a cell may take.
    data_version : str
        Version and hash of the data, for the header and the citation.
    sources : pandas.DataFrame or iterable of Source
        What ``[@key]`` may cite.

    Returns
    -------
    Path
        The page, written in one step: an older one stays whole until then.

    Raises
    ------
    RenderError
        The notebook cannot be read or run, refers to what is not there, or the page is not fit
        for a paper; the message says what to mend.
    """
    book = read_notebook(notebook)
    if execute:
        run(book, notebook, timeout)
    page = make_page(book, notebook, data_version=data_version, sources=sources)
    check(page, notebook.name)
    return write_page(page, out_dir / f"{notebook.stem}.html")


def read_notebook(path: Path) -> Any:
    """Return a notebook file in format 4."""
    import nbformat

    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise RenderError(f"{path} cannot be read: {error.strerror}") from error
    except Exception as error:
        raise RenderError(f"{path} is no notebook: {str(error)[:200]}") from error


def make_page(book: Any, path: Path, *, data_version: str = "", sources: Any = ()) -> str:
    """Return the page of an executed notebook."""
    parts = parts_of(book, path.resolve().parent)
    known = Bibliography.of(sources)
    _resolve(parts, known)
    headings = _name_headings(parts)
    about = header_of(book, parts, path)
    resources = {
        "about": about,
        "parts": parts,
        "headings": [heading for heading in headings if heading.level in (2, 3)],
        "references": references_html(known.cited.values()),
        "data_version": data_version,
        "version": __version__,
        "how_to_cite": how_to_cite(about, data_version),
        "style": page_style(),
    }
    return export(book, resources)


def _resolve(parts: list[Part], known: Bibliography) -> None:
    """Give figures their numbers and resolve what refers to them and to sources."""
    numbers = number_figures([part.html for part in parts])
    for part in parts:
        known.use_drawn(part.html)
        part.html = with_captions(part.html, numbers)
        part.html = with_references(part.html, numbers)
        part.html = with_citations(part.html, known)


def _name_headings(parts: list[Part]) -> list[Heading]:
    """Give the headings of prose identifiers and return them."""
    found: list[Heading] = []

    def named(heading: re.Match[str]) -> str:
        words = plain_text(heading[2])
        key = slug(words) or "section"
        taken = {other.key for other in found}
        key = key if key not in taken else f"{key}-{len(found)}"
        found.append(Heading(int(heading[1]), key, words))
        return f'<h{heading[1]} id="{key}">{heading[2]}</h{heading[1]}>'

    for part in parts:
        if part.kind == "prose":
            part.html = HEADING.sub(named, part.html)
    return found


def lift_title(parts: list[Part]) -> str:
    """Take the first heading of the first level out of the prose and return what it holds."""
    for part in parts:
        found = TITLE.search(part.html) if part.kind == "prose" else None
        if found:
            part.html = part.html.replace(found[0], "", 1)
            return found[1]
    return ""


def header_of(book: Any, parts: list[Part], path: Path) -> dict[str, Any]:
    """Return title, authors, date and language, from metadata or the first heading."""
    held = book.metadata
    heading = lift_title(parts)
    title = html.unescape(plain_text(heading)) or str(held.get("title") or path.stem)
    authors = [
        author["name"] if isinstance(author, Mapping) else str(author)
        for author in held.get("authors", [])
    ]
    return {
        "title": title,
        "heading": heading or escape(title),
        "authors": authors,
        "date": str(held.get("date", "")),
        "language": str(held.get("language", "en")),
    }


def how_to_cite(about: Mapping[str, Any], data_version: str) -> str:
    """Return how the page is to be cited."""
    names = ", ".join(about["authors"]) or "Unnamed authors"
    year = f" ({about['date'][:4]})" if about["date"] else ""
    data = f" Data version {data_version}." if data_version else ""
    return f"{names}{year}. {about['title']}. moderation-analysis {__version__}.{data}"


def page_style() -> str:
    """Return the style sheet of a page: its own rules and those of our outputs."""
    rules = (TEMPLATES / "paper" / "paper.css").read_text(encoding="utf-8")
    rules = " ".join(re.sub(r"/\*.*?\*/", "", rules, flags=re.DOTALL).split())
    return f"<style>{rules}</style>{output_style()}"


def export(book: Any, resources: dict[str, Any]) -> str:
    """Put the page together with the template ``paper``."""
    # Not nbconvert's HTMLExporter: that one parses the page again and puts a placeholder where
    # a picture has no text alternative, which we refuse instead.
    from nbconvert.exporters.templateexporter import TemplateExporter

    options: dict[str, Any] = {"template_name": "paper", "template_extension": ".html.j2"}
    options["extra_template_basedirs"] = [str(TEMPLATES)]
    options["default_preprocessors"] = []
    exporter = TemplateExporter(**options)  # type: ignore[no-untyped-call]
    exporter.output_mimetype = "text/html"
    page, _ = exporter.from_notebook_node(book, resources=resources)
    return re.sub(r"\n\s*\n+", "\n", page).strip() + "\n"


def write_page(page: str, target: Path) -> Path:
    """Write a page in one step.

    Raises
    ------
    RenderError
        The folder cannot be made or written to.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.stem}-", suffix=".html"
        )
    except OSError as error:
        raise RenderError(
            f"cannot write to the folder {target.parent}: {error.strerror}. Name another one"
        ) from error
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(page)
        fresh.chmod(0o644)
        fresh.replace(target)
    except OSError as error:
        raise RenderError(f"cannot write {target}: {error.strerror}") from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()
    return target
