"""``read`` and ``extract``: articles to text and to observations, on standard output."""

import argparse
import dataclasses
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from analysis.cli.terminal import FINE, PROBLEMS, as_json, clean_lines, complain, printable, tell
from analysis.model.documents import Document
from analysis.model.errors import AnalysisError
from analysis.model.readings import Extraction
from analysis.model.schema import Observation, field_names
from analysis.model.spreadsheets import safe_line
from analysis.model.tables import format_cell

SHOWN = ("platform", "action", "item", "value", "bound", "period_start", "period_end", "quote")
WIDTH = 60


def read_each(
    options: argparse.Namespace, use: Callable[[Document], Any]
) -> Iterator[tuple[str, Any]]:
    """Yield what `use` makes of each document; a bad one is named and the others go on."""
    from analysis import pipeline

    for name in options.files:
        try:
            if pipeline.is_archive(name):
                yield from ((d.name, use(d)) for d in _pages(name, options))
                continue
            found = pipeline.read_all(
                name,
                fetch=options.fetch,
                contact=options.contact,
                language=options.lang,
                published=options.published,
            )
            yield from ((d.name, use(d)) for d in found)
        except AnalysisError as error:
            complain(f"{tell(error)} [{type(error).__name__}]")
            options.failed = True


def _pages(name: str, options: argparse.Namespace) -> Sequence[Document]:
    """Return the pages of a web archive, and say what in it is damaged or cannot be read."""
    from analysis import pipeline

    found = pipeline.read_archive(name, language=options.lang, published=options.published)
    for left in found.left:
        if left.damaged:
            complain(f"{name}, byte {left.at}: damaged record, {left.address} {left.reason}")
            options.failed = True
    for address, reason in found.refused:
        complain(f"{name}: {address}: {reason}")
        options.failed = True
    return found.documents


def run_read(options: argparse.Namespace) -> int:
    """Print documents as text, or as JSON with everything known about them."""
    for name, document in read_each(options, lambda document: document):
        if options.format == "json":
            print(as_json(document_fields(document)))
            continue
        authors = ", ".join(document.authors)
        about = (
            ("file", name),
            ("title", document.title),
            ("authors", authors),
            ("publisher", document.publisher),
            ("published", f"{format_cell(document.published)} ({document.published_basis})"),
            ("language", f"{document.language} ({document.language_basis})"),
            *(("state", state) for state in document.states),
            *(("note", note) for note in document.notes),
        )
        for label, words in about:
            print(f"{label + ':':11}{printable(words)}")
        print(f"\n{clean_lines(document.text)}\n")
        tell_dropped(document)
    return PROBLEMS if options.failed else FINE


def tell_dropped(document: Document) -> None:
    """Print the lines with numbers that were left out of a document, each with the reason."""
    if not document.dropped:
        return
    print(f"left out, {len(document.dropped)} with numbers:")
    for line in document.dropped:
        had = f"; in {', '.join(line.readers)}" if line.readers else ""
        print(f"  {printable(line.text)} [{line.reason}{had}]")
    print()


def document_fields(document: Document) -> dict[str, Any]:
    """Return a document as JSON values."""
    made = dataclasses.asdict(document)
    made["published"] = format_cell(document.published)
    return made


def observation_fields(row: Observation, name: str) -> dict[str, Any]:
    """Return an observation as JSON values: numbers and truths as such, days in ISO form."""
    made: dict[str, Any] = {"document": name}
    for field in field_names(Observation):
        value = getattr(row, field)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        made[field] = value.isoformat() if isinstance(value, date) else value
    return made


def run_extract(options: argparse.Namespace) -> int:
    """Print the observations of documents, one a line."""
    from analysis import pipeline

    found = read_each(options, pipeline.extract)
    writers = {"jsonl": write_jsonl, "csv": write_csv, "table": write_table}
    writers[options.format](found)
    return PROBLEMS if options.failed else FINE


def write_jsonl(found: Iterable[tuple[str, Extraction]]) -> None:
    """Print one JSON object an observation."""
    for name, extraction in found:
        for row in extraction.observations:
            print(as_json(observation_fields(row, name)))


def write_csv(found: Iterable[tuple[str, Extraction]]) -> None:
    """Print one CSV row an observation, under a header.

    A cell that a spreadsheet program would run begins with an apostrophe. Otherwise cells are
    verbatim in a file or a pipe; on a terminal, control characters are shown instead.
    """
    show = printable if sys.stdout.isatty() else str
    names = field_names(Observation)
    print(safe_line(["document", *names]))
    for name, extraction in found:
        for row in extraction.observations:
            cells = (name, *(format_cell(getattr(row, n)) for n in names))
            print(safe_line([show(cell) for cell in cells]))


def write_table(found: Iterable[tuple[str, Extraction]]) -> None:
    """Print the fields a reader looks for first, in columns, what was odd, and what was refused."""
    for name, extraction in found:
        rows = [[cell_text(row, n) for n in SHOWN] for row in extraction.observations]
        print(f"{printable(name)}: {len(rows)} observations, {len(extraction.refusals)} refused")
        for note in extraction.document.notes:
            print(f"  note: {printable(note)}")
        if rows:
            print(in_columns([list(SHOWN), *rows]))
        for refusal in extraction.refusals:
            print(f"  refused '{printable(refusal.amount.text)}': {refusal.reason}")
        print()


def cell_text(row: Observation, name: str) -> str:
    """Return a field as it is shown in the table."""
    value = getattr(row, name)
    if name == "value" and value is None:
        return f"{format_cell(row.low)}-{format_cell(row.high)}"
    if name == "value" and row.measure != "count":
        return f"{format_cell(value)} ({row.measure}{' per ' + row.per if row.per else ''})"
    text = printable(" ".join(format_cell(value).split()))
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def in_columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as aligned columns."""
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    lines = ("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows)
    return "\n".join("  " + line.rstrip() for line in lines)
