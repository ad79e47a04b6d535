"""The command ``moderation-analysis``: the calls of the notebooks, from the shell.

Exit codes: 0 all went well; 1 something was found wrong or could not be read (the rest was done);
2 the command itself was wrong.
"""

import argparse
import os
import shlex
import sys
import warnings
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from analysis import __version__
from analysis.cli.documents import run_extract, run_read
from analysis.cli.fetching import EXIT_CODES, add_contact, add_fetch, run_fetch
from analysis.cli.lines import run_amounts, run_periods
from analysis.cli.record import (
    run_build,
    run_doctor,
    run_export,
    run_render,
    run_report,
    run_verify,
)
from analysis.cli.terminal import FINE, PROBLEMS, as_json, complain, printable, tell
from analysis.model.errors import AnalysisError, LanguageWarning


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
    add_contact(parser)
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
    "fetch": (
        run_fetch,
        "fetch public pages politely and keep them for ever",
        "fetch https://example.org/report --contact mailto:you@university.example",
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


class Parser(argparse.ArgumentParser):
    """A parser whose complaints, which repeat what was typed, cannot steer a terminal."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command and exit with 2."""
        super().error(printable(message))


class TextOnStandardInput(argparse.Action):
    """Refuse a text typed behind a command that reads lines, and say where it goes."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """End with 2 where there is such a text."""
        if isinstance(values, list) and values:
            line = as_json({"text": " ".join(values)})
            parser.error(
                "found a text behind the command, expected JSON lines on standard input: "
                f"echo {shlex.quote(line)} | {parser.prog}"
            )


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = Parser(
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
    add_fetch(made["fetch"])
    made["fetch"].epilog = f"{made['fetch'].epilog} {EXIT_CODES}"
    add_documents(made["read"], ("text", "json"))
    add_documents(made["extract"], ("table", "csv", "jsonl"))
    made["build"].add_argument(
        "--accept-changes",
        action="store_true",
        help="register files in data/raw that were edited or removed on purpose",
    )
    made["render"].add_argument("notebooks", nargs="+", type=Path, metavar="NOTEBOOK")
    made["render"].add_argument("-o", "--out", type=Path, default=Path("reports"), metavar="DIR")
    for name in ("amounts", "periods"):
        made[name].add_argument(
            "text", nargs="*", action=TextOnStandardInput, help=argparse.SUPPRESS
        )
    made["export"].add_argument("folder", type=Path, metavar="DIR", help="or FILE with --warc")
    made["export"].add_argument(
        "--warc", action="store_true", help="write the fetched pages as a web archive instead"
    )
    return parser


def show_warning(
    message: Warning | str, category: type[Warning], *place: object, **source: object
) -> None:
    """Write a warning on one line: our own for the user, others with their kind."""
    kind = "" if issubclass(category, LanguageWarning) else f" [{category.__name__}]"
    complain(f"{message}{kind}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = make_parser().parse_args(arguments)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default", LanguageWarning)
            warnings.showwarning = show_warning
            code = COMMANDS[options.command][0](options)
        sys.stdout.flush()
    except AnalysisError as error:
        complain(f"{tell(error)} [{type(error).__name__}]")
        return PROBLEMS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        complain("stopped; nothing half-written was left")
        return PROBLEMS
    return code
