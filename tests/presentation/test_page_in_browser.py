"""A rendered page in a real browser: no request, no sideways scroll, accessible, linked."""

import json
import re
from pathlib import Path

import nbformat
import pytest

from analysis.presentation.render import render

pytestmark = pytest.mark.browser
CODE = """import sys
sys.path.insert(0, {here!r})
from datetime import date
from drawn_rows import event, event_table, observe, table
from analysis.model.periods import quarter
from analysis.presentation.beside import beside
from analysis.presentation.charts import timeline
from analysis.presentation.narrative import from_events
from analysis.presentation.markup import fragment
numbers = table(*(observe(n * 1e6, quarter(2018 + n // 4, n % 4 + 1)) for n in range(12) if n != 5))
events = event_table(*(event(date(2018, n, 3), f"Event {{n}}") for n in range(1, 9)))"""
SHOWN = [
    "timeline(numbers, events, name='alone')",
    "beside(timeline(numbers, name='pair'), from_events(events))",
    "numbers[['platform', 'value']]",
    "print('wide ' * 200)",
]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a rendered page with all that our notebooks show."""
    folder = tmp_path_factory.mktemp("page")
    code = CODE.format(here=str(Path(__file__).parent))
    cells = [
        nbformat.v4.new_markdown_cell("# On removals\n\nSee @fig-alone and @fig-pair.", id="a"),
        nbformat.v4.new_code_cell(code, id="b"),
        *(nbformat.v4.new_code_cell(text, id=f"s{n}") for n, text in enumerate(SHOWN)),
        nbformat.v4.new_markdown_cell(
            "## One\n\n> quoted\n\n## Two\n\n| a | b |\n|---|---|\n| 1 | 2 |", id="z"
        ),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "page.ipynb")
    return render(folder / "page.ipynb", folder)


def opened(browser, page_file, width=1280, scheme="light"):
    """Open the page from disk and note every request and message."""
    view = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    noted = []
    view.on("request", lambda request: noted.append(request.url))
    view.on("console", lambda message: noted.append(message.text))
    view.goto(page_file.as_uri())
    return view, [note for note in noted if not note.startswith(("file:", "data:"))]


MODES = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]


@pytest.mark.parametrize(("width", "scheme"), MODES)
def test_the_page_fits_asks_for_nothing_and_has_no_findings(browser, page_file, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    view, noted = opened(browser, page_file, width, scheme)
    for summary in view.locator("summary").all():
        summary.click()
    assert noted == []
    assert view.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = Axe().run(view).response["violations"]
    assert [(f["id"], f["nodes"][0]["html"][:90]) for f in found] == [], json.dumps(found)[:500]
    view.close()


def test_every_picture_is_seen_and_described(browser, page_file):
    view, _ = opened(browser, page_file)
    alts = view.eval_on_selector_all("img", "all => all.map(i => [i.alt, i.naturalWidth])")
    assert len(alts) == 2
    assert all(alt and width for alt, width in alts)
    assert alts[0][0] != alts[1][0]
    view.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_numbers_on_the_chart_lead_to_paragraphs_and_back(browser, page_file, width):
    view, _ = opened(browser, page_file, width)
    marks = view.locator("a.an-mark").all()
    assert len(marks) == 8
    for number, mark in enumerate(marks, start=1):
        mark.focus()
        view.keyboard.press("Enter")
        assert view.evaluate("location.hash") == f"#fig-pair-p-{number}"
        there = view.locator(f"#fig-pair-p-{number}")
        assert f"Event {number}" in there.inner_text()
        there.locator("a.an-number").click()
        assert view.evaluate("location.hash") == f"#fig-pair-mark-{number}"
    view.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_links_lie_on_the_numbers_drawn(browser, page_file, width):
    view, _ = opened(browser, page_file, width)
    names = ("--nx", "--ny") if width == 360 else ("--x", "--y")
    links = view.eval_on_selector_all(
        "a.an-mark",
        """(all, names) => all.map(a => [a.getBoundingClientRect().toJSON(),
           ...names.map(n => parseFloat(a.style.getPropertyValue(n)) / 100)])""",
        names,
    )
    picture = view.locator(".an-beside img").bounding_box()
    assert len(links) == 8
    for box, across, down in links:
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        place = (
            picture["x"] + across * picture["width"],
            picture["y"] + down * picture["height"],
        )
        assert middle == pytest.approx(place, abs=1.0)
        assert box["width"] == pytest.approx(box["height"], abs=0.6)
    view.close()


def test_chart_and_story_stand_side_by_side_or_one_below_the_other(browser, page_file):
    for width, beside in [(1280, True), (360, False)]:
        view, _ = opened(browser, page_file, width)
        chart = view.locator(".an-beside figure").bounding_box()
        story = view.locator(".an-beside .an-narrative").bounding_box()
        assert (story["x"] >= chart["x"] + chart["width"]) is beside
        assert (story["y"] >= chart["y"] + chart["height"]) is not beside
        view.close()


def test_it_prints(browser, page_file):
    view, _ = opened(browser, page_file)
    pages = len(re.findall(rb"/Type\s*/Page\b", view.pdf(format="A4")))
    assert 1 <= pages <= 6
    view.close()
