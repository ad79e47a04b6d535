"""What is installed, by which road: the lists of dependencies agree and the package is whole."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from importlib import metadata
from itertools import chain
from pathlib import Path

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import analysis
from analysis import doctor

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
SYSTEMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "macos": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}
MACHINES = {"linux": "x86_64", "macos": "arm64", "windows": "AMD64"}
PYTHONS = ("3.11", "3.12", "3.13")
PLACES = [(python, system) for python in PYTHONS for system in SYSTEMS]


def surroundings(python, system):
    """Return the values that markers ask for, as they are on another machine."""
    return {
        "python_version": python,
        "python_full_version": f"{python}.4",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "implementation_version": f"{python}.4",
        "platform_machine": MACHINES[system],
        "platform_release": "1",
        "platform_version": "1",
        "extra": "",
        **SYSTEMS[system],
    }


@cache
def lock():
    """Return the pins of the lock: name, version, marker, number of hashes."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    pins = []
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            wanted = line.split("--hash")[0].strip()
            pin = Requirement(wanted)
            (specifier,) = pin.specifier
            assert specifier.operator == "==" and not pin.url
            pins.append((canonicalize_name(pin.name), specifier.version, pin.marker, line))
    return pins


@cache
def pins_for(python, system):
    """Return the versions by name that the lock gives one machine."""
    there = surroundings(python, system)
    found = {}
    for name, version, marker, _ in lock():
        if marker is None or marker.evaluate(there):
            assert name not in found, f"{name} is pinned twice for {python} on {system}"
            found[name] = version
    return found


def asked():
    return [Requirement(line) for line in [*PROJECT["dependencies"], *chain(*EXTRAS.values())]]


IMPORT = re.compile(r"^\s*(?:import|from) (\w+)(?: import [^.]|\.[\w.]+ import|$)", re.M)


# The lists agree


@pytest.mark.parametrize(("python", "system"), PLACES)
def test_the_lock_satisfies_pyproject(python, system):
    pins = pins_for(python, system)
    assert len(asked()) > 30
    for requirement in asked():
        name = canonicalize_name(requirement.name)
        assert name in pins, f"{name} is not in requirements.lock"
        assert requirement.specifier.contains(pins[name], prereleases=True), name


@pytest.mark.parametrize(("python", "system"), PLACES)
def test_the_lock_holds_what_each_package_asks_for(python, system):
    """On every system: a pin that is restricted wrongly leaves a package without what it needs."""
    pins, there = pins_for(python, system), surroundings(python, system)
    wanted = [(canonicalize_name(r.name), extra) for r in asked() for extra in ("", *r.extras)]
    seen = set()
    while wanted:
        name, extra = wanted.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        for needed in needs(name, pins[name]):
            if needed.marker is None or needed.marker.evaluate({**there, "extra": extra}):
                other = canonicalize_name(needed.name)
                assert other in pins, f"{name} needs {other}, which is not locked for {system}"
                fits = needed.specifier.contains(pins[other], prereleases=True)
                assert fits, f"{name} needs {needed}, locked is {pins[other]}"
                wanted += [(other, more) for more in ("", *needed.extras)]
    assert len(seen) > 100


@cache
def needs(name, version):
    """Return what an installed package asks for; nothing where this version is not here."""
    try:
        there = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return ()
    same = Version(there.version) == Version(version)
    return tuple(Requirement(line) for line in there.requires or ()) if same else ()


def test_the_lock_is_hashed_universal_and_names_no_host():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert len(lock()) > 150
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", line) for *_, line in lock())
    assert not re.search(r"https?://|--(extra-)?index|--find-links|\bfile:", text)
    assert any(marker for _, _, marker, _ in lock())
    windows = pins_for("3.12", "windows").keys() - pins_for("3.12", "linux").keys()
    assert {"colorama", "pywinpty"} <= windows


def test_no_pin_is_for_one_python_only():
    """The same versions on 3.11 to 3.13, but for what only an old Python needs."""
    for system in SYSTEMS:
        names = [pins_for(python, system).keys() for python in PYTHONS]
        assert names[1] == names[2] and len(names[0] ^ names[1]) < 5
    assert Marker("python_full_version < '3.12'").evaluate(surroundings("3.11", "linux"))


def test_the_conda_road_is_the_same():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["name"] == "moderation"
    assert environment["channels"] == ["conda-forge"]
    python, pip, through_pip = environment["dependencies"]
    assert python == f"python{PROJECT['requires-python']}" and pip.startswith("pip")
    assert through_pip == {"pip": ["-e .[notebook]"]}
    assert "notebook" in EXTRAS


def test_the_python_versions_agree():
    assert PROJECT["requires-python"] == ">=3.11"
    assert doctor.NEEDED == (3, 11)
    said = [c.rpartition(" ")[2] for c in PROJECT["classifiers"] if "Python :: 3." in c]
    assert tuple(said) == PYTHONS
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert tools["ruff"]["target-version"] == "py311"


def test_every_dependency_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r'^    "([\w.-]+)[^"]*",(.*)$', text.split("[project.scripts]")[0], re.M)
    listed = [entry for entry in listed if "#" in entry[1]]
    assert len(listed) == len(asked())


def test_every_import_is_a_dependency():
    """Whatever the package imports, the plain install or the notebooks' extra asks for."""
    owners = metadata.packages_distributions()
    wanted = [*PROJECT["dependencies"], *EXTRAS["notebook"]]
    allowed = {canonicalize_name(Requirement(line).name) for line in wanted}
    imported = set()
    for path in (ROOT / "src").rglob("*.py"):
        imported |= set(IMPORT.findall(path.read_text(encoding="utf-8")))
    foreign = {n: owners[n] for n in imported - {"analysis"} if n in owners}
    assert len(foreign) > 10
    unasked = {
        name: names
        for name, names in foreign.items()
        if not allowed & {canonicalize_name(n) for n in names}
    }
    assert unasked == {}


# Versions and citation


def test_the_version_stands_once():
    assert PROJECT["version"] == analysis.__version__
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert str(citation["version"]) == analysis.__version__


def test_the_citation_has_what_its_schema_asks_for():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert re.fullmatch(r"1\.[0-2]\.\d+", str(citation["cff-version"]))
    assert citation["authors"]
    for author in citation["authors"]:
        assert author.keys() & {"name", "family-names", "given-names", "alias"}
    assert citation.get("type", "software") in ("software", "dataset")
    if "license" in citation:
        assert citation["license"] in ("MIT", "CC-BY-4.0", ["MIT", "CC-BY-4.0"])
    if "date-released" in citation:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(citation["date-released"]))


# What is in the package and in the repository


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = out.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_the_wheel_holds_every_data_file(wheel):
    inside = {name for name in wheel if name.startswith("analysis/")}
    tracked = {n.removeprefix("src/") for n in tracked_files() if n.startswith("src/analysis/")}
    assert len(tracked) > 90
    assert tracked <= inside
    for ending in (".csv", ".yaml", ".css", ".j2", "py.typed", "conf.json"):
        assert any(name.endswith(ending) for name in inside), ending
    assert not [n for n in inside if "cache" in n or n.endswith(".pyc")]


def test_the_wheel_holds_nothing_but_the_package(wheel):
    others = {name.split("/")[0] for name in wheel if not name.startswith("analysis/")}
    assert others == {f"moderation_analysis-{analysis.__version__}.dist-info"}
    assert any(name.endswith("entry_points.txt") for name in wheel)


@cache
def tracked_files():
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a clone: nothing says which files are the project's")
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, check=True).stdout
    return tuple(n for n in os.fsdecode(listed).split("\0") if n and (ROOT / n).is_file())


MACHINE = re.compile(rb"(?<![\w./-])/(?:home|root|work|Users)/[\w.]")
HOST = re.compile(
    rb"\b(?:"
    + rb"|".join([rb"pypi\." + rb"org", rb"python" + rb"hosted", rb"--index" + rb"-url"])
    + rb")\b"
)


def test_no_tracked_file_names_a_machine_or_an_index():
    assert len(tracked_files()) > 200
    for name in tracked_files():
        body = (ROOT / name).read_bytes()
        assert not MACHINE.search(body), f"{name} holds a path of a machine"
        if name != "requirements.lock":
            assert not HOST.search(body), f"{name} names a package index"


@pytest.mark.parametrize("line", [b"see %shome/me/x", b"(%sroot/.cache", b'"%swork/main"'])
def test_paths_of_a_machine_are_seen(line):
    assert MACHINE.search(line % b"/")


@pytest.mark.parametrize("line", [b"https://example.org/home/a", b"a/root/b", b"../work/x", b"/"])
def test_addresses_are_no_paths_of_a_machine(line):
    assert not MACHINE.search(line)


def test_notebooks_are_kept_without_outputs():
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert len(notebooks) >= 2
    for path in notebooks:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert code
        for cell in code:
            assert cell["outputs"] == [] and cell["execution_count"] is None, path.name


def test_sources_keep_their_bytes_on_every_system():
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "data/** -text" in attributes


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make here")
def test_make_shows_what_it_would_do_in_a_folder_with_a_blank(tmp_path):
    there = tmp_path / "a clone ü"
    there.mkdir()
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, there)
    for target in ("report", "test", "data", "help"):
        done = subprocess.run(
            ["make", "--no-print-directory", "-n", target],
            cwd=there,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert str(there) not in done.stdout
    told = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=there,
        capture_output=True,
        text=True,
        check=True,
    )
    targets = {line.split(" -")[0] for line in told.stdout.splitlines()}
    assert {"report", "test", "data", "clean", "help"} <= targets


def test_the_page_on_safety_names_tests_that_are_there():
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:tests|benchmarks)/[\w/.]+)`", text))
    assert len(named) > 10
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
