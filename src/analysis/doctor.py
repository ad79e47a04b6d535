"""What the project needs on this machine: found, or missing and how to get it.

Only the standard library is needed to ask: a machine where much is missing is the one to examine.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from analysis import __version__
from analysis.model.errors import AnalysisError
from analysis.model.paths import find_project

PACKAGE = "moderation-analysis"
NEEDED = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^]]*\])?\s*([^;]*)")  # name, versions


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked for. ``needed`` says whether the main road breaks without it."""

    what: str
    found: str
    fine: bool
    needed: bool
    remedy: str


def check_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> Check:
    """Say which Python runs, and whether it is new enough."""
    words = ".".join(map(str, version))
    return Check("Python", words, version[:2] >= NEEDED, True, "install Python 3.11 or newer")


def requirements() -> Iterator[tuple[str, str, str]]:
    """Yield name, versions asked for, and extra of each requirement of the installed package.

    Raises
    ------
    PackageNotFoundError
        The package itself is not installed.
    """
    for line in metadata.requires(PACKAGE) or ():
        match = REQUIREMENT.match(line)
        assert match
        yield match[1], match[2].strip(), extra_of(line)


def extra_of(line: str) -> str:
    """Return the extra that a requirement belongs to, empty for none.

    >>> extra_of("pytest>=9; extra == 'test'"), extra_of("pandas>=3.0")
    ('test', '')
    """
    match = re.search(r"extra\s*==\s*['\"]([^'\"]+)", line)
    return match[1] if match else ""


def satisfies(version: str, asked: str) -> bool:
    """Say whether a version is one of those asked for; where that cannot be told, it is.

    >>> satisfies("3.11.2", ">=3.11,<3.13"), satisfies("2.2", ">=3.0")
    (True, False)
    """
    try:
        from packaging.specifiers import SpecifierSet
    except ImportError:
        return True
    return SpecifierSet(asked).contains(version, prereleases=True)


def check_package(name: str, asked: str, extra: str) -> Check:
    """Say which version of a package is installed, and whether it is one of those asked for."""
    remedy = f'pip install "{PACKAGE}[{extra}]"' if extra else f'pip install "{name}{asked}"'
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Check(name, "not installed", False, not extra, remedy)
    if satisfies(version, asked):
        return Check(name, version, True, not extra, remedy)
    return Check(name, f"{version}, expected {asked}", False, not extra, remedy)


def check_packages() -> list[Check]:
    """Return a check of this package and of everything it asks for."""
    try:
        asked = list(requirements())
    except metadata.PackageNotFoundError:
        remedy = "in the project folder: pip install -e .[notebook]"
        return [Check(PACKAGE, "not installed, run from its folder", False, True, remedy)]
    own = Check(PACKAGE, __version__, True, True, "")
    return [own, *(check_package(*requirement) for requirement in asked)]


def check_project() -> list[Check]:
    """Say which project the working directory belongs to, and whether its record is built."""
    try:
        project = find_project()
    except AnalysisError as error:
        return [Check("project folder", "none", False, False, str(error))]
    built = (project.processed / "observations.csv").is_file()
    found = "data/processed" if built else "not built yet"
    return [
        Check("project folder", str(project.root), True, False, ""),
        Check("record", found, built, False, "moderation-analysis build"),
    ]


def check_browser() -> Check:
    """Say whether a browser for the tests of pages is on the path."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    remedy = "apt-get install chromium, or your system's way; only the browser tests need it"
    return Check("Chromium", found or "not found", found is not None, False, remedy)


def examine() -> list[Check]:
    """Return every check, the needed ones first."""
    checks = [check_python(), *check_packages(), *check_project(), check_browser()]
    return sorted(checks, key=lambda check: not check.needed)
