"""What the project needs on this machine: found, or missing and how to get it."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from analysis.model.errors import AnalysisError
from analysis.model.paths import find_project

NEEDED = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked for. ``needed`` says whether the main road breaks without it."""

    what: str
    found: str
    fine: bool
    needed: bool
    remedy: str


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info[:2] >= NEEDED
    return Check("Python", version, fine, True, "install Python 3.11 or newer")


def _requirements() -> Iterator[tuple[str, str]]:
    """Yield each requirement of the installed package with the extra that asks for it."""
    for line in metadata.requires("moderation-analysis") or ():
        name = line.split(";")[0]
        for mark in ("<", ">", "=", "!", "~", "[", " "):
            name = name.split(mark)[0]
        extra = line.split("extra ==")[1].strip(" '\"") if "extra ==" in line else ""
        yield name, extra


def _package(name: str, extra: str) -> Check:
    try:
        version, fine = metadata.version(name), True
    except metadata.PackageNotFoundError:
        version, fine = "not installed", False
    wanted = f'pip install "moderation-analysis[{extra}]"' if extra else f"pip install {name}"
    return Check(name, version, fine, not extra, wanted)


def _project() -> Check:
    try:
        root = find_project().root
    except AnalysisError as error:
        return Check("project folder", "none", False, False, str(error))
    return Check("project folder", str(root), True, False, "")


def _browser() -> Check:
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    remedy = "apt-get install chromium, or your system's way; only the browser tests need it"
    return Check("Chromium", found or "not found", found is not None, False, remedy)


def examine() -> list[Check]:
    """Return every check, the needed ones first."""
    packages = [_package(name, extra) for name, extra in _requirements()]
    checks = [_python(), *packages, _project(), _browser()]
    return sorted(checks, key=lambda c: not c.needed)
