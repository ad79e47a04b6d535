"""The record and its pages: build, verify, report, render, export, doctor."""

import argparse
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from analysis.cli.terminal import FINE, PROBLEMS, complain, printable, tell
from analysis.model.errors import AnalysisError
from analysis.model.paths import find_project

REGISTERED_SHOWN = 12


def run_build(options: argparse.Namespace) -> int:
    """Make data/processed from data/raw and say what changed."""
    from analysis import pipeline

    return tell_build(pipeline.build(accept_changes=options.accept_changes))


def tell_build(built: Any) -> int:
    """Say what a build made, and return its exit code: 1 if an article could not be read."""
    from analysis.curation.store import changes

    for name in built.registered[:REGISTERED_SHOWN]:
        print(f"registered  data/raw/{printable(name)}")
    if len(built.registered) > REGISTERED_SHOWN:
        print(f"registered  {len(built.registered) - REGISTERED_SHOWN:,} more files of data/raw")
    for name, count in built.counts.items():
        print(f"{count:6,}  {name}")
    if built.counts["unmatched"]:
        print("        words that matched no vocabulary: see data/processed/unmatched.csv")
    print("\n".join(printable(line) for line in changes.report(built.changes)))
    print(f"data version {built.version}", flush=True)
    for line in (*built.repeated, *built.refused):
        complain(line)
    return PROBLEMS if built.refused else FINE


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

    project = find_project()
    started = time.monotonic()
    code = tell_build(pipeline.build(project))
    print(f"{time.monotonic() - started:6.1f} s  data/processed", flush=True)
    return max(code, render_each(pipeline.notebooks(project), project.reports))


def run_render(options: argparse.Namespace) -> int:
    """Render notebooks to HTML pages."""
    return render_each(options.notebooks, options.out)


def render_each(notebooks: Iterable[Path], out: Path) -> int:
    """Render notebooks; one that cannot be a page is named and the others go on."""
    from analysis import pipeline

    code = FINE
    for notebook in notebooks:
        started = time.monotonic()
        try:
            page = pipeline.render(notebook, out)
        except AnalysisError as error:
            complain(f"{notebook}: {tell(error)} [{type(error).__name__}]")
            code = PROBLEMS
            continue
        seconds = time.monotonic() - started
        print(f"{seconds:6.1f} s  {printable(str(page))}", flush=True)
    return code


def run_export(options: argparse.Namespace) -> int:
    """Write the record as a package of its own, or the pages fetched as one web archive."""
    from analysis import pipeline

    if options.warc:
        count = pipeline.export_pages(options.folder)
        print(printable(f"{options.folder}: {count} pages"))
        return FINE
    for path in pipeline.export(options.folder):
        print(printable(str(path)))
    return FINE


def run_doctor(options: argparse.Namespace) -> int:
    """Say what is installed, what is missing, and how to get it."""
    from analysis.doctor import examine

    checks = examine()
    for check in checks:
        mark = "ok      " if check.fine else ("missing " if check.needed else "optional")
        print(f"{mark}  {check.what}: {printable(check.found)}")
        if not check.fine:
            print(f"          {printable(check.remedy)}")
    return PROBLEMS if any(c.needed and not c.fine for c in checks) else FINE
