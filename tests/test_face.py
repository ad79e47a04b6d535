"""`import analysis as an`: quick, complete, and its results show themselves."""

import os
import subprocess
import sys

import pytest
from tests.small_project import make_project, page

import analysis as an
from analysis import doctor, pipeline
from analysis.model.errors import SourceError

HEAVY = {
    "pandas",
    "numpy",
    "matplotlib",
    "seaborn",
    "pyarrow",
    "newspaper",
    "trafilatura",
    "htmldate",
    "lxml",
    "requests",
    "urllib3",
    "yaml",
    "nh3",
    "nbconvert",
    "nbclient",
    "nbformat",
    "IPython",
    "tqdm",
    "charset_normalizer",
}
CALLS = {
    "Narrative",
    "amounts",
    "beside",
    "build",
    "chart",
    "cite",
    "data_version",
    "events",
    "export",
    "extract",
    "fetch",
    "findings",
    "narrative",
    "observations",
    "periods",
    "read",
    "render",
    "sources",
    "unmatched",
    "verify",
}


def python(code):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def loaded(code):
    return set(python(f"import sys\n{code}\nprint(*sys.modules)").split())


def test_import_loads_nothing_heavy():
    assert not loaded("import analysis") & HEAVY
    assert not loaded("import analysis.cli; analysis.cli.make_parser()") & HEAVY


def test_numbers_in_text_need_no_tables():
    modules = loaded("import analysis as an\nassert an.amounts('5 posts')")
    assert not modules & {"pandas", "numpy", "matplotlib", "newspaper", "trafilatura", "requests"}


def test_dir_lists_the_calls():
    assert set(dir(an)) >= CALLS
    assert dir(an) == sorted(dir(an))
    assert set(an.__all__) == set(dir(an)) - {"__version__"}


@pytest.mark.parametrize("name", an.__all__)
def test_every_call_is_there_and_says_what_it_is(name):
    thing = getattr(an, name)
    assert thing.__doc__ and len(thing.__doc__) > 20
    assert callable(thing) or name in ("chart", "narrative")


def test_an_unknown_name_is_told_with_the_nearest():
    with pytest.raises(AttributeError, match=r"analysis has no 'observation'.*observations"):
        an.observation  # noqa: B018
    assert not hasattr(an, "__path_to_nothing__")


def test_no_call_hides_a_module():
    done = python(
        "import analysis as an\n"
        "import analysis.pipeline, analysis.presentation.render, analysis.reading.documents\n"
        f"print([n for n in {CALLS} if not (callable(getattr(an, n)) or n in "
        "('chart', 'narrative'))])"
    )
    assert done.strip() == "[]"


# Shown in notebooks


@pytest.fixture
def shell(monkeypatch):
    from IPython.core.interactiveshell import InteractiveShell

    InteractiveShell.clear_instance()
    made = InteractiveShell.instance()
    yield made
    made.history_manager.end_session()
    InteractiveShell.clear_instance()


@pytest.mark.filterwarnings("ignore")
def test_documents_and_extractions_show_themselves(shell, tmp_path):
    (tmp_path / "a.html").write_text(
        page("Facebook removed 1.9 million posts & <b>more</b> in March 2018."), encoding="utf-8"
    )
    an._show_in_notebooks()
    document = an.read(tmp_path / "a.html")
    for record in (document, an.extract(document)):
        shown, _ = shell.display_formatter.format(record)
        assert "1.9 million" in shown["text/html"]
        assert "text/plain" in shown
    assert "text/html" not in shell.display_formatter.format("plain")[0]


def test_without_a_notebook_nothing_is_registered():
    assert "IPython" not in loaded("import analysis; analysis._show_in_notebooks()")


# The record


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = make_project(tmp_path_factory.mktemp("face"))
    pipeline.build(made)
    return made


def test_the_record_of_the_folder_one_works_in(project, monkeypatch):
    monkeypatch.chdir(project.raw / "figures")
    assert len(an.observations(platform="discord")) > 0
    assert len(an.events()) == 3
    assert {"forum", "channel", "events"} <= set(an.sources()["source"])
    assert len(an.data_version()) == 12
    assert an.verify() == []
    assert an.findings().columns[0] == an.unmatched().columns[0] == "source"


def test_no_record_says_how_to_make_one(tmp_path, monkeypatch):
    from analysis.model.errors import StoreError

    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match="run `moderation-analysis build`"):
        an.observations()


@pytest.mark.parametrize("day", ["22.8.2020", "2020-13-01", ""])
def test_a_day_that_is_none_is_refused(tmp_path, day):
    from analysis.model.errors import SourceError

    (tmp_path / "a.txt").write_text("Five posts.", encoding="utf-8")
    with pytest.raises(SourceError, match="expected a day such as 2020-08-22"):
        an.read(tmp_path / "a.txt", published=day)


# doctor


def test_doctor_finds_what_is_there():
    checks = doctor.examine()
    named = {check.what: check for check in checks}
    assert {"Python", "pandas", "newspaper3k", "project folder"} <= named.keys()
    assert all(c.fine for c in checks if c.needed)
    assert [c.needed for c in checks] == sorted((c.needed for c in checks), reverse=True)


def test_doctor_says_how_to_get_what_is_missing(monkeypatch):
    from importlib import metadata

    def version(name):
        if name in ("pandas", "jupyterlab"):
            raise metadata.PackageNotFoundError
        return "0.0.1"

    monkeypatch.setattr(doctor.metadata, "version", version)
    named = {check.what: check for check in doctor.check_packages()}
    pandas, lab, other = named["pandas"], named["jupyterlab"], named["pyarrow"]
    assert (pandas.found, pandas.fine, pandas.needed) == ("not installed", False, True)
    assert pandas.remedy.startswith('pip install "pandas>=')
    assert (lab.needed, lab.remedy) == (False, 'pip install "moderation-analysis[notebook]"')
    assert not other.fine and other.found.startswith("0.0.1, expected >=")


def test_doctor_runs_where_nothing_is_installed(monkeypatch, tmp_path):
    from importlib import metadata

    def nothing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(doctor.metadata, "requires", nothing)
    monkeypatch.chdir(tmp_path)
    checks = doctor.examine()
    missing = next(c for c in checks if c.what == doctor.PACKAGE)
    assert missing.needed and not missing.fine and "pip install -e" in missing.remedy
    assert next(c for c in checks if c.what == "project folder").found == "none"


def test_doctor_names_a_python_that_is_too_old():
    assert not doctor.check_python((3, 10, 4)).fine
    assert doctor.check_python((3, 14, 0)).fine


def test_words_at_hand_are_read_as_a_document():
    document = an.read_text("Twitter closed 125,000 accounts last month.", published="2016-02-05")
    (row,) = an.extract(document).observations
    assert (row.platform, row.value, str(row.period_start)) == ("twitter", 125_000, "2016-01-01")


def test_extract_says_what_it_takes():
    with pytest.raises(SourceError, match="given a str: expected a Document"):
        an.extract("Twitter closed 125,000 accounts.")
