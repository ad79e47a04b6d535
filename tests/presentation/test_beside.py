"""A narrative and a chart lead to each other."""

import re
from datetime import date

import pytest
from tests.presentation.drawn_rows import event, event_table

from analysis.model.errors import SelectionError
from analysis.model.periods import Days, month, year
from analysis.presentation.beside import beside
from analysis.presentation.charts import timeline
from analysis.presentation.charts.style import image_bytes
from analysis.presentation.narrative import Narrative, from_events

TIED = [
    ("[2019-11-22] Text.", Days(date(2019, 11, 22), date(2019, 11, 22))),
    ("[2019-11] Text.", month(2019, 11)),
    ("[2019] Text.", year(2019)),
    ("[2018-01 to 2018-06-15] Text.", Days(date(2018, 1, 1), date(2018, 6, 15))),
    ("[2018/2019] Text.", Days(date(2018, 1, 1), date(2019, 12, 31))),
    ("Text of [2019] in the middle.", None),
    ("[a link](https://example.org) first", None),
    ("[@key] first", None),
]


@pytest.mark.parametrize(("text", "days"), TIED, ids=[t for t, _ in TIED])
def test_paragraphs_are_tied_to_dates(text, days):
    (paragraph,) = Narrative.from_markdown(text).paragraphs
    assert paragraph.days == days


@pytest.mark.parametrize(
    "text", ["", "  \n\n ", "[2019-13] x", "[2019-02-30] x", "[2019 to 2018] x"]
)
def test_what_is_no_narrative_is_refused(text):
    with pytest.raises(SelectionError):
        Narrative.from_markdown(text)


def test_events_come_by_date_with_their_source(operations):
    story = from_events(operations)
    assert [mark.label for mark in story.marks] == [
        "Report",
        "Another on that day",
        "Second report",
    ]
    assert 'href="https://example.org/page"' in story.html()
    with pytest.raises(SelectionError, match="no event"):
        from_events(operations.head(0))


def test_narratives_join_and_sort():
    story = Narrative.from_markdown("[2020] Later.\n\nUndated.") + Narrative.from_markdown(
        "[2019] E."
    )
    assert [p.day_words for p in story.by_date().paragraphs] == ["2019", "2020", ""]


def test_numbers_lead_to_paragraphs_and_back(with_gap, operations):
    story = Narrative.from_markdown("No date here.") + from_events(operations)
    page = beside(timeline(with_gap, name="four"), story).html()
    targets = set(re.findall(r'\bid="([^"]+)"', page))
    links = re.findall(r'href="#([^"]+)"', page)
    assert len(links) == 6
    assert set(links) <= targets
    assert set(links) == {f"fig-four-{kind}-{n}" for kind in ("mark", "p") for n in (2, 3, 4)}
    assert len(targets) == len(re.findall(r'\bid="', page))


def test_marks_lie_inside_both_pictures_and_apart(with_gap, operations):
    both = beside(timeline(with_gap, operations), from_events(operations))
    for places in zip(*both.placed, strict=True):
        assert all(0 < place.x < 1 and 0 < place.y < 1 for place in places)
        assert len({(place.x, place.y) for place in places}) == 3


def test_the_chart_stays_as_it_was(with_gap, operations):
    chart = timeline(with_gap, operations)
    before = image_bytes(chart.figure)
    beside(chart, from_events(event_table(event(date(2030, 1, 1), "Far off"))))
    assert image_bytes(chart.figure) == before


def test_the_same_bytes_twice(with_gap, operations):
    pages = {beside(timeline(with_gap), from_events(operations)).html() for _ in range(2)}
    assert len(pages) == 1


def test_beside_wants_a_chart_and_a_narrative(with_gap):
    with pytest.raises(SelectionError, match="found DataFrame and Narrative"):
        beside(with_gap, Narrative.from_markdown("x"))


def test_hostile_text_stays_text(with_gap):
    bad = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    story = from_events(
        event_table(event(date(2018, 5, 1), bad, description=bad, address="javascript:alert(1)"))
    ) + Narrative.from_markdown(f"[2018-06-01] {bad} [x](javascript:alert(1))")
    page = beside(timeline(with_gap), story).html()
    assert "<script" not in page
    assert page.count("<img") == 1
    assert 'href="javascript' not in page
