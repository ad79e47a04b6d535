"""The command ``moderation-analysis``: the calls of the notebooks, from the shell.

Exit codes: 0 all went well; 1 something was found wrong or could not be read (the rest was done);
2 the command itself was wrong.
"""

import argparse
import csv
import dataclasses
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from analysis import __version__
from analysis.model.errors import AnalysisError
from analysis.model.schema import Document, Extraction, Observation, field_names
from analysis.model.tables import format_cell

FINE, PROBLEMS, WRONG_USE = 0, 1, 2
SHOWN = ("platform", "action", "item", "value", "bound", "period_start", "period_end", "quote")
WIDTH = 60


def complain(message: str) -> None:
    """Write one line to standard error, without characters that could steer a terminal."""
    print(printable(message), file=sys.stderr)


def printable(text: str) -> str:
    """Return text on one line with control characters shown, not sent.

    >>> printable("a\\x1b[2Jb")
    'a\\\\x1b[2Jb'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def tell(error: Exception) -> str:
    """Return an error with the file or snapshot it is about."""
    notes = [*getattr(error, "__notes__", [])]
    return ": ".join([*dict.fromkeys(reversed(notes)), str(error)])


def read_each(
    options: argparse.Namespace, use: Callable[[Document], Any]
) -> Iterator[tuple[str, Any]]:
    """Yield what `use` makes of each document; a bad one is named and the others go on."""
    from analysis import pipeline

    for name in options.files:
        try:
            document = pipeline.read(
                name, fetch=options.fetch, language=options.lang, published=options.published
            )
            yield name, use(document)
        except AnalysisError as error:
            complain(f"{tell(error)} [{type(error).__name__}]")
            options.failed = True


def run_read(options: argparse.Namespace) -> int:
    """Print documents as text, or as JSON with everything known about them."""
    for name, document in read_each(options, lambda document: document):
        if options.format == "json":
            print(json.dumps(document_fields(document), ensure_ascii=False))
            continue
        authors = ", ".join(document.authors)
        about = (
            ("file", name),
            ("title", document.title),
            ("authors", authors),
            ("publisher", document.publisher),
            ("published", f"{format_cell(document.published)} ({document.published_basis})"),
            ("language", f"{document.language} ({document.language_basis})"),
            *(("note", note) for note in document.notes),
        )
        for label, words in about:
            print(f"{label + ':':11}{printable(words)}")
        print(f"\n{clean_lines(document.text)}\n")
    return PROBLEMS if options.failed else FINE


def clean_lines(text: str) -> str:
    """Return text of several lines, each without control characters."""
    return "\n".join(printable(line) for line in text.splitlines())


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
            print(json.dumps(observation_fields(row, name), ensure_ascii=False))


def write_csv(found: Iterable[tuple[str, Extraction]]) -> None:
    """Print one CSV row an observation, under a header."""
    names = field_names(Observation)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["document", *names])
    for name, extraction in found:
        for row in extraction.observations:
            writer.writerow([name, *(format_cell(getattr(row, n)) for n in names)])


def write_table(found: Iterable[tuple[str, Extraction]]) -> None:
    """Print the fields a reader looks for first, in columns, and what was refused."""
    for name, extraction in found:
        rows = [[cell_text(row, n) for n in SHOWN] for row in extraction.observations]
        print(f"{printable(name)}: {len(rows)} observations, {len(extraction.refusals)} refused")
        if rows:
            print(in_columns([list(SHOWN), *rows]))
        for refusal in extraction.refusals:
            print(f"  refused {printable(refusal.amount.text)!r}: {refusal.reason}")
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


def run_build(options: argparse.Namespace) -> int:
    """Make data/processed from data/raw and say what changed."""
    from analysis import pipeline
    from analysis.curation.store import changes

    built = pipeline.build(accept_changes=options.accept_changes)
    for name in built.registered:
        print(f"registered  data/raw/{printable(name)}")
    for name, count in built.counts.items():
        print(f"{count:6,}  {name}")
    if built.counts["unmatched"]:
        print("        words that matched no vocabulary: see data/processed/unmatched.csv")
    print("\n".join(printable(line) for line in changes.report(built.changes)))
    print(f"data version {built.version}")
    return FINE


def run_verify(options: argparse.Namespace) -> int:
    """Name every file of data/raw and data/processed that is not what it should be."""
    from analysis import pipeline

    problems = pipeline.verify()
    for problem in problems:
        complain(problem)
    if not problems:
        print(f"data/raw and data/processed are whole, data version {pipeline.data_version()}")
    return PROBLEMS if problems else FINE


def run_report(options: argparse.Namespace) -> int:
    """Build the record and render every notebook."""
    from analysis import pipeline

    for what, seconds in pipeline.report():
        print(f"{seconds:6.1f} s  {what}", flush=True)
    return FINE


def run_render(options: argparse.Namespace) -> int:
    """Render notebooks to HTML pages."""
    from analysis import pipeline

    for notebook in options.notebooks:
        try:
            print(pipeline.render(notebook, options.out))
        except AnalysisError as error:
            complain(f"{notebook}: {tell(error)}")
            options.failed = True
    return PROBLEMS if options.failed else FINE


def run_export(options: argparse.Namespace) -> int:
    """Write the record as a package of its own."""
    from analysis import pipeline

    for path in pipeline.export(options.folder):
        print(path)
    return FINE


def run_doctor(options: argparse.Namespace) -> int:
    """Say what is installed, what is missing, and how to get it."""
    from analysis.doctor import examine

    checks = examine()
    for check in checks:
        mark = "ok      " if check.fine else ("missing " if check.needed else "optional")
        print(f"{mark}  {check.what}: {check.found}")
        if not check.fine:
            print(f"          {check.remedy}")
    return PROBLEMS if any(c.needed and not c.fine for c in checks) else FINE


def lines_in() -> Iterator[dict[str, Any]]:
    """Yield the JSON objects on standard input, one a line."""
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            yield json.loads(line)
        except ValueError as error:
            raise SystemExit(f"line {number} is not JSON: {error}") from None


def as_json(record: Any) -> dict[str, Any]:
    """Return a record of amounts or periods as JSON values."""
    made = dataclasses.asdict(record)
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in made.items()}


def run_amounts(options: argparse.Namespace) -> int:
    """Write the amounts of each text on standard input."""
    from analysis.reading.prose.amounts import amounts

    for line in lines_in():
        found = amounts(line["text"], lang=line.get("lang") or "en")
        print(json.dumps([as_json(a) for a in found], ensure_ascii=False))
    return FINE


def run_periods(options: argparse.Namespace) -> int:
    """Write the periods of each text on standard input."""
    from analysis.reading.prose.periods import periods

    for line in lines_in():
        stated = line.get("reference_date")
        reference = date.fromisoformat(stated[:10]) if stated else None
        found = periods(line["text"], reference, lang=line.get("lang") or "en")
        print(json.dumps([as_json(p) for p in found], ensure_ascii=False))
    return FINE


def day(text: str) -> date:
    """Read a day given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2020-08-22") from None


def add_documents(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """Add what `read` and `extract` share."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="HTML or text file, - or address")
    parser.add_argument("--fetch", action="store_true", help="allow addresses to be fetched")
    parser.add_argument("--published", type=day, metavar="DATE", help="day of publication")
    parser.add_argument("--lang", metavar="xx", help="language of the text, ISO 639-1")
    parser.add_argument("--format", choices=formats, default=formats[0])
    parser.set_defaults(failed=False)


COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], int], str, str]] = {
    "read": (run_read, "print articles as text", "read page.html"),
    "extract": (
        run_extract,
        "print the moderation figures in articles",
        "extract page.html --published 2020-08-22 --format csv",
    ),
    "build": (run_build, "make data/processed from data/raw", "build"),
    "verify": (run_verify, "find any edit to data/raw and data/processed", "verify"),
    "report": (run_report, "build, then render every notebook to reports/", "report"),
    "render": (
        run_render,
        "render notebooks to single HTML files",
        "render notebooks/01-first-look.ipynb -o reports/",
    ),
    "export": (run_export, "write the record as a package of its own", "export reports/package"),
    "doctor": (run_doctor, "say what is installed and what is missing", "doctor"),
    "amounts": (
        run_amounts,
        "read amounts: JSON lines {text, lang} in, a list a line out",
        "amounts < texts.jsonl",
    ),
    "periods": (
        run_periods,
        "read periods: JSON lines {text, reference_date, lang} in, a list a line out",
        "periods < texts.jsonl",
    ),
}


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="moderation-analysis",
        description="The sourced record of what online platforms remove.",
        epilog="Exit codes: 0 all well; 1 something found wrong or not readable; 2 wrong use.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    made = {}
    for name, (_, help_text, example) in COMMANDS.items():
        made[name] = commands.add_parser(
            name,
            help=help_text,
            description=help_text[0].upper() + help_text[1:] + ".",
            epilog=f"Example: moderation-analysis {example}",
        )
    add_documents(made["read"], ("text", "json"))
    add_documents(made["extract"], ("table", "csv", "jsonl"))
    made["build"].add_argument(
        "--accept-changes",
        action="store_true",
        help="register files in data/raw that were edited or removed on purpose",
    )
    made["render"].add_argument("notebooks", nargs="+", type=Path, metavar="NOTEBOOK")
    made["render"].add_argument("-o", "--out", type=Path, default=Path("reports"), metavar="DIR")
    made["render"].set_defaults(failed=False)
    made["export"].add_argument("folder", type=Path, metavar="DIR")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = make_parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return COMMANDS[options.command][0](options)
    except AnalysisError as error:
        complain(f"{tell(error)} [{type(error).__name__}]")
        return PROBLEMS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        complain("stopped; nothing half-written was left")
        return PROBLEMS
