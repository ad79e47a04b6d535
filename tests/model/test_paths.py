"""Which project one works in."""

import pytest

from analysis.model.errors import SourceError
from analysis.model.paths import HOME_VARIABLE, Project, find_project


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    root = tmp_path / "a clone ü"
    (root / "data" / "raw" / "figures").mkdir(parents=True)
    (root / "notebooks").mkdir()
    return root


@pytest.mark.parametrize("below", ["", "notebooks", "data", "data/raw", "data/raw/figures"])
def test_from_anywhere_in_the_project(root, monkeypatch, below):
    monkeypatch.chdir(root / below)
    assert find_project() == find_project(root / below) == Project(root.resolve())


def test_the_nearest_one(root, monkeypatch):
    inner = root / "notebooks" / "mine"
    (inner / "data" / "raw").mkdir(parents=True)
    assert find_project(inner).root == inner.resolve()


def test_folders():
    from pathlib import Path

    project = Project(Path("p"))
    folders = (project.raw, project.processed, project.notebooks, project.reports)
    assert [f.as_posix() for f in folders] == [
        "p/data/raw",
        "p/data/processed",
        "p/notebooks",
        "p/reports",
    ]


def test_the_variable_names_it_outright(root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(HOME_VARIABLE, str(root))
    assert find_project().root == root.resolve()
    monkeypatch.setenv(HOME_VARIABLE, "")
    with pytest.raises(SourceError, match=HOME_VARIABLE):
        find_project()


def test_a_start_goes_before_the_variable(root, tmp_path, monkeypatch):
    other = tmp_path / "other"
    (other / "data" / "raw").mkdir(parents=True)
    monkeypatch.setenv(HOME_VARIABLE, str(root))
    assert find_project(other).root == other.resolve()


def test_a_variable_that_names_no_project(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(SourceError, match=r"MODERATION_ANALYSIS_HOME names .*gone, which has no"):
        find_project()


def test_no_project_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    with pytest.raises(SourceError, match=r"no folder data/raw in .* or above it: .*set MODER"):
        find_project(tmp_path)


def test_a_file_called_data_is_no_project(tmp_path, monkeypatch):
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    (tmp_path / "data").write_text("", encoding="utf-8")
    with pytest.raises(SourceError):
        find_project(tmp_path)
