"""The notebooks that ship: clean in git, short, and fit for a paper when run."""

import re
from pathlib import Path

import nbformat
import pytest

import analysis as an

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
LONGEST = 5


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 2


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_is_kept_without_outputs_and_is_short(path):
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert max(len(cell.source.splitlines()) for cell in code) <= LONGEST
    assert not any(re.search(r"^\s*(def|class) ", cell.source, re.MULTILINE) for cell in code)
    assert len({cell.id for cell in book.cells}) == len(book.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_becomes_a_light_page(path, tmp_path):
    page = an.render(path, tmp_path).read_text(encoding="utf-8")
    assert page.count("<figure") >= 1
    assert len(re.sub(r'data:image[^"]*', "", page).encode()) < 100_000
