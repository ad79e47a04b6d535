"""Small tables to draw, notebooks to render, and a browser where there is one."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from tests.presentation.drawn_rows import event, event_table, observe, table

from analysis.model.periods import quarter


@pytest.fixture
def with_gap() -> pd.DataFrame:
    """Four quarters, the third of which nobody reported."""
    numbers = [(1, 1.9e6), (2, 9.4e6), (4, 4.9e6)]
    return table(*(observe(value, quarter(2018, number)) for number, value in numbers))


@pytest.fixture
def operations() -> pd.DataFrame:
    """Three events, two of them on one day."""
    return event_table(
        event(date(2018, 5, 15), "Report"),
        event(date(2018, 11, 8), "Second report"),
        event(date(2018, 11, 8), "Another on that day"),
    )


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    """Write a notebook of Markdown (strings) and code (strings that begin with ``>``)."""

    def write(*cells: str, name: str = "paper", **metadata: Any) -> Path:
        made = []
        for number, cell in enumerate(cells):
            new = new_code_cell if cell.startswith(">") else new_markdown_cell
            made.append(new(cell.removeprefix(">"), id=f"cell-{number}"))
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(new_notebook(cells=made, metadata=metadata), path)
        return path

    return write


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium of the system."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    if program is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield found
        found.close()
