"""A notebook becomes one page, or an error that says what to mend."""

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_output

from analysis.model.errors import RenderError
from analysis.model.schema import Source
from analysis.presentation.markup import output_style
from analysis.presentation.references import cite
from analysis.presentation.render import render
from analysis.presentation.render.check import problems
from analysis.presentation.render.citations import Bibliography
from analysis.presentation.render.clean import clean_html
from analysis.presentation.render.texts import map_text

CHART = """>import sys
sys.path.insert(0, {here!r})
from drawn_rows import event, event_table, observe, table
from datetime import date
from analysis.presentation.charts import timeline
timeline(table(observe()), event_table(event(date(2018, 5, 1))), name="one")"""
SOURCES = (
    Source(
        source="meta-2018",
        title="Report <one>",
        publisher="Meta",
        address="https://example.org/a?b=1&c=2",
        snapshot_id="ab" * 32,
        path="a.csv",
    ),
    Source(source="other", title="Never cited", snapshot_id="cd" * 32, path="b.csv"),
)
ONE_PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


def with_output(path: Path, *outputs: object) -> Path:
    """Put outputs in the first code cell of a notebook file."""
    book = nbformat.read(path, as_version=4)
    cell = next(cell for cell in book.cells if cell.cell_type == "code")
    cell.outputs = list(outputs)
    nbformat.write(book, path)
    return path


def shown(**data: str) -> object:
    """Return a display output."""
    return new_output(
        "display_data", data={key.replace("_", "/"): value for key, value in data.items()}
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the page of a notebook with prose, a chart, a table and a citation, run for real."""
    folder = tmp_path_factory.mktemp("a folder with blanks")
    cells = [
        ("markdown", "# A title with `code`\n\nSee @fig-one [@meta-2018, p. 3]."),
        ("code", CHART.removeprefix(">").format(here=str(Path(__file__).parent))),
        ("markdown", "## First\n\n`@fig-none` in code stays.\n\n## Second\n\n## Third"),
        ("code", "import pandas as pd\npd.DataFrame({'a': [1, 2]})"),
        ("code", "import os, sys\nprint(sys.executable)\nobject(), os.getcwd()"),
        ("code", "from tqdm import tqdm\nlist(tqdm(range(3)))"),
    ]
    made = {"markdown": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    book = nbformat.v4.new_notebook(
        cells=[made[kind](text, id=f"cell-{n}") for n, (kind, text) in enumerate(cells)],
        metadata={"authors": [{"name": "A. Author"}], "date": "2026-01-02"},
    )
    nbformat.write(book, folder / "paper.ipynb")
    out = folder / "out"
    first = render(folder / "paper.ipynb", out, data_version="abc123", sources=SOURCES)
    text = first.read_text(encoding="utf-8")
    again = render(folder / "paper.ipynb", out / "b", data_version="abc123", sources=SOURCES)
    assert again.read_text(encoding="utf-8") == text
    assert [p.name for p in out.iterdir() if p.is_file()] == ["paper.html"]
    return text


def test_head_of_a_page(page):
    assert "<title>A title with code</title>" in page
    assert '<html lang="en">' in page
    assert page.count("<h1>") == 1
    assert "A. Author" in page
    assert "Data version abc123" in page
    assert "A. Author (2026). A title with code." in page


def test_figures_are_numbered_and_referred_to(page):
    assert '<b class="an-figure-number">Figure 1.</b>' in page
    assert '<a href="#fig-one">Figure 1</a>' in page
    assert "<code>@fig-none</code>" in page


def test_sources_are_cited_and_listed(page):
    assert '(<a href="#ref-meta-2018">Meta n.d.</a>, p. 3)' in page
    assert 'id="ref-meta-2018"' in page
    assert "Report &lt;one&gt;" in page
    assert 'href="https://example.org/a?b=1&amp;c=2"' in page
    assert "Never cited" not in page


def test_a_page_holds_everything_and_does_nothing(page):
    assert problems(page) == []
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert page.count("<style>") == 2


def test_the_interpreter_is_this_one_and_the_folder_that_of_the_notebook(page):
    assert sys.executable in page
    assert "a folder with blanks" in page
    assert "(&lt;object&gt;," in page


def test_code_is_folded_and_pages_are_light(page):
    assert page.count('<details class="code">') == 4
    assert len(re.sub(r"data:image[^\"]*", "", page)) < 100_000


def test_contents_and_links_inside_the_page_lead_somewhere(page):
    targets = set(re.findall(r'\bid="([^"]+)"', page))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert {"first", "second", "third", "fig-one"} <= links
    assert links <= targets


BROKEN = [
    ("# T\n\n[@nobody]", "is cited, but no source has that key"),
    ("# T\n\n[@meta-2019]", "did you mean meta-2018"),
    ("# T\n\n@fig-none", "the figures here are: none"),
    ("# T\n\n{{ value }}", "double braces"),
    ("# T\n\n![a](https://example.org/a.png)", "name a file beside the notebook"),
    ("# T\n\n![a](missing.png)", "name a file beside the notebook"),
]


@pytest.mark.parametrize(("text", "words"), BROKEN, ids=[w for _, w in BROKEN])
def test_what_leads_nowhere_is_refused(notebook, tmp_path, text, words):
    with pytest.raises(RenderError, match=re.escape(words)):
        render(notebook(text), tmp_path / "out", execute=False, sources=SOURCES)
    assert not (tmp_path / "out" / "paper.html").exists()


FAILING = [
    (">1 / 0", {}, r"cell 2 \('1 / 0'\): ZeroDivisionError"),
    (">import time; time.sleep(60)", {"timeout": 1}, "longer than 1 s"),
    (">import os; os._exit(1)", {}, "kernel died"),
    (">import warnings; warnings.warn('old')", {}, "cell 2 wrote to standard error"),
]


@pytest.mark.parametrize(("code", "options", "words"), FAILING, ids=[c for c, _, _ in FAILING])
def test_a_cell_that_fails_is_named(notebook, tmp_path, code, options, words):
    with pytest.raises(RenderError, match=words):
        render(notebook("# T", code), tmp_path / "out", **options)


OUTPUTS = [
    (shown(image_png=ONE_PIXEL), "without a text alternative"),
    (new_output("stream", name="stderr", text="50%|####"), "standard error"),
    (new_output("error", ename="ValueError", evalue="x", traceback=[]), "failed: ValueError"),
    (shown(text_html='<img src="data:image/png;base64,AAAA">'), "no text alternative"),
    (
        shown(text_html='<img src="data:image/png;base64,AAAA" alt="image">'),
        "placeholder",
    ),
]


@pytest.mark.parametrize(("output", "words"), OUTPUTS, ids=[w for _, w in OUTPUTS])
def test_outputs_not_fit_for_a_paper_are_refused(notebook, tmp_path, output, words):
    path = with_output(notebook("# T", ">x"), output)
    with pytest.raises(RenderError, match=words):
        render(path, tmp_path, execute=False)


def test_two_pictures_with_one_text_are_refused(notebook, tmp_path):
    image = f'<img src="data:image/png;base64,{ONE_PIXEL}" alt="The same.">'
    path = with_output(notebook("# T", ">x"), shown(text_html=image), shown(text_html=image))
    with pytest.raises(RenderError, match="the same text alternative"):
        render(path, tmp_path, execute=False)


def test_one_figure_twice_is_refused(notebook, tmp_path):
    figure = '<figure id="fig-a"><figcaption>c</figcaption></figure>'
    path = with_output(notebook("# T", ">x"), shown(text_html=figure), shown(text_html=figure))
    with pytest.raises(RenderError, match="stands on the page twice"):
        render(path, tmp_path, execute=False)


def test_a_picture_with_a_text_is_taken(notebook, tmp_path):
    output = new_output(
        "display_data", data={"image/png": ONE_PIXEL}, metadata={"image/png": {"alt": "A dot."}}
    )
    path = with_output(notebook("# T", ">x"), output)
    assert 'alt="A dot."' in render(path, tmp_path, execute=False).read_text()


def test_tags_hide_code_and_cells(notebook, tmp_path):
    path = notebook("# T", ">secret = 1", ">shown = 2", "away")
    book = nbformat.read(path, as_version=4)
    for cell, tag in zip(book.cells[1:], ("remove-cell", "hide-input", "remove-cell"), strict=True):
        cell.metadata["tags"] = [tag]
    book.cells[2].outputs = [new_output("stream", name="stdout", text="two")]
    nbformat.write(book, path)
    page = render(path, tmp_path, execute=False).read_text()
    assert "secret" not in page
    assert "away" not in page
    assert "shown = 2" not in page
    assert '<pre class="text">two</pre>' in page


def test_foreign_html_is_cleaned(notebook, tmp_path):
    bad = (
        '<script>alert(1)</script><p onclick="x()" style="position:fixed">text</p>'
        '<iframe src="https://example.org"></iframe><a href="javascript:alert(1)">a</a>'
        '<img src="https://example.org/spy.png" alt="a"><link rel="stylesheet" href="//x.org">'
    )
    assert clean_html(bad) == '<p style="">text</p><a>a</a><img alt="a">'


def test_what_our_helpers_make_is_kept(with_gap, operations):
    from analysis.presentation.beside import beside
    from analysis.presentation.charts import timeline
    from analysis.presentation.narrative import from_events

    made = beside(timeline(with_gap), from_events(operations)).html()
    kept = clean_html(output_style() + made)
    for piece in ("<figure", "<figcaption", "<picture", "srcset=", "aria-label=", "--nx:", " id="):
        assert kept.count(piece) == made.count(piece) > 0


def test_prose_in_html_is_shown_not_obeyed(notebook, tmp_path):
    page = render(
        notebook("# T\n\n<script>alert(1)</script> <b>bold</b>"), tmp_path, execute=False
    ).read_text()
    assert "&lt;script&gt;" in page


def test_styled_tables_of_pandas_have_no_identifiers_of_their_own(notebook, tmp_path):
    table = '<table id="T_1a2b3"><tr><td id="T_1a2b3_row0_col0">x</td></tr></table>'
    page = render(
        with_output(notebook("# T", ">x"), shown(text_html=table)), tmp_path, execute=False
    ).read_text()
    assert "T_1a2b3" not in page


def test_a_local_picture_becomes_part_of_the_page(notebook, tmp_path):
    import base64

    path = notebook("# T\n\n![A dot.](dot.png)")
    (path.parent / "dot.png").write_bytes(base64.b64decode(ONE_PIXEL))
    assert f"data:image/png;base64,{ONE_PIXEL}" in render(path, tmp_path, execute=False).read_text()


def test_two_renders_at_once(notebook, tmp_path):
    paths = [notebook("# T", ">print(6 * 7)", name=name) for name in ("one", "two")]
    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(lambda path: render(path, tmp_path / "out").read_text(), paths))
    assert pages[0] == pages[1]
    assert "42" in pages[0]


def test_a_folder_that_cannot_be_written(notebook, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(RenderError, match="cannot write to the folder"):
        render(notebook("# T"), blocked / "out", execute=False)


@pytest.mark.parametrize("body", [b"", b"not json", b"{}", b"\xff\xfe"])
def test_what_is_no_notebook(tmp_path, body):
    path = tmp_path / "x.ipynb"
    path.write_bytes(body)
    with pytest.raises(RenderError, match="is no notebook"):
        render(path, tmp_path)


def test_a_missing_notebook(tmp_path):
    with pytest.raises(RenderError, match="cannot be read"):
        render(tmp_path / "x.ipynb", tmp_path)


def test_an_older_page_stays_whole_when_a_new_one_fails(notebook, tmp_path):
    path = render(notebook("# T"), tmp_path / "out", execute=False)
    before = path.read_bytes()
    with pytest.raises(RenderError):
        render(notebook("# T\n\n@fig-none"), tmp_path / "out", execute=False)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["paper.html"]


TEXTS = [
    ('<a title="x>@a">@a</a>', '<a title="x>@a">!</a>'),
    ("<pre>@a</pre>@a", "<pre>@a</pre>!"),
    ("<q>@a <b>@a</b></q> @a", "<q>@a <b>@a</b></q> !"),
    ("1 < 2 @a", "1 < 2 !"),
]


@pytest.mark.parametrize(("markup", "expected"), TEXTS)
def test_only_text_is_changed(markup, expected):
    assert map_text(markup, lambda text: text.replace("@a", "!")) == expected


UNFIT = [
    ('<img src="//x.org/a.png" alt="a b">', "fetch something"),
    ("<style>@import 'x.css'</style>", "fetch something"),
    ("<script>x</script>", "acts or fetches"),
    ("<p>Traceback (most recent call last)</p>", "traceback"),
    ("<p>[@key]</p>", "not resolved"),
]


@pytest.mark.parametrize(("body", "words"), UNFIT)
def test_the_last_look(body, words):
    page = f'<html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    (problem,) = problems(page)
    assert words in problem
    assert problems("<html><title> </title>") == [
        "its language is not set",
        "it has no title: begin the notebook with a heading",
    ]


def test_posts_of_a_channel_that_a_chart_draws_on_are_one_reference():
    about = {"publisher": "Closed Rooms Watch", "source_type": "post", "path": "snapshots/x"}
    posts = [
        Source(
            source=f"telegram-closedrooms-{number}",
            address=f"https://t.me/closedrooms/{number}",
            published=date(2024, 3, number),
            snapshot_id=snapshot * 64,
            **about,
        )
        for number, snapshot in ((3, "a"), (9, "a"), (12, "b"))
    ]
    known = Bibliography.of([*SOURCES, *posts])
    known.use_drawn(f'<figure data-sources="{"a" * 12} {"b" * 12}"></figure>')
    known.use_drawn(f'<figure data-sources="{"ab" * 6}"></figure>')
    (channel, other) = known.cited.values()
    assert cite(channel) == (
        "Closed Rooms Watch (2024). Posts 3 to 12 of the Telegram channel @closedrooms. "
        "Published 12 March 2024. https://t.me/closedrooms"
    )
    assert other["source"] == "meta-2018"
