"""Timelines say what the data says: gaps, hedges, units, restatements, and nothing dropped."""

from datetime import date

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from tests.presentation.drawn_rows import event, event_table, observe, table

from analysis.model.errors import MixedUnits, SelectionError
from analysis.model.periods import Days, half, month, quarter, year
from analysis.presentation.charts import colour, plot_events, plot_periods, timeline
from analysis.presentation.charts.draw import touching
from analysis.presentation.charts.marks import lanes
from analysis.presentation.charts.style import image_bytes


def strokes(chart):
    """Return the horizontal extents and heights drawn, by row."""
    found = {}
    for ax in chart.axes:
        for line in ax.lines:
            if str(line.get_gid()).startswith("row-"):
                across, heights = line.get_xdata(), line.get_ydata()
                found[line.get_gid()] = (min(across), max(across)), set(heights)
    return found


def test_a_stroke_is_as_wide_as_its_period():
    chart = timeline(table(observe()))
    (across, heights) = strokes(chart)["row-1"]
    assert across == (date2num(date(2018, 1, 1)), date2num(date(2018, 4, 1)))
    assert heights == {1.9e6}


def test_nothing_is_drawn_over_a_gap(with_gap):
    chart = timeline(with_gap)
    missing = (date2num(date(2018, 7, 1)) + 0.5, date2num(date(2018, 10, 1)) - 0.5)
    drawn = [line for line in chart.axes[0].lines if len(line.get_xdata())]
    assert len(drawn) == 4  # three strokes, one step between the first two
    for line in drawn:
        assert max(line.get_xdata()) <= missing[0] or min(line.get_xdata()) >= missing[1]
    for patch in chart.axes[0].patches:
        box = patch.get_bbox()
        assert box.x1 <= missing[0] or box.x0 >= missing[1]
    assert "1 gap without a figure" in chart.alt
    assert "not zeros" in chart.caption


TOUCHING = [
    (quarter(2018, 1), quarter(2018, 2), True),
    (quarter(2018, 1), quarter(2018, 3), False),
    (quarter(2018, 1), quarter(2018, 1), False),
    (month(2018, 2), month(2018, 3), True),
    (half(2018, 1), year(2018), False),
]


@pytest.mark.parametrize(("first", "second", "expected"), TOUCHING)
def test_touching(first, second, expected):
    rows = table(observe(1.0, first), observe(2.0, second)).to_dict("records")
    assert touching(*rows) is expected


def test_a_few_days_in_many_years_can_be_seen():
    rows = [observe(5e6, Days(date(2015, 11, 16), date(2015, 11, 18))), observe(5e6, year(2026))]
    (line, _) = timeline(table(*rows)).axes[0].lines
    assert line.get_marker() == "s"
    assert line.get_markevery() == [1]


def test_no_step_between_periods_of_different_kinds():
    chart = timeline(table(observe(5.0, quarter(2018, 1)), observe(2.0, month(2018, 4))))
    assert [line.get_gid() for line in chart.axes[0].lines] == ["row-1", "row-2"]


def test_no_step_where_sources_disagree():
    rows = [observe(5.0, quarter(2018, 1)), observe(6.0, quarter(2018, 1))]
    chart = timeline(table(*rows, observe(7.0, quarter(2018, 2))))
    assert {line.get_gid() for line in chart.axes[0].lines} == {"row-1", "row-2", "row-3"}


MIXED = [
    ({"item": "accounts"}, 'panel_by="item"'),
    ({"measure": "share"}, 'panel_by="measure"'),
    ({"measure": "rate", "per": "day"}, 'panel_by="unit"'),
    ({"item": "accounts", "measure": "share", "of": "all"}, 'panel_by="unit"'),
]


@pytest.mark.parametrize(("other", "way"), MIXED)
def test_mixed_units_are_refused_with_the_way_out(other, way):
    rows = table(observe(), observe(40.0, quarter(2018, 2), **other))
    with pytest.raises(MixedUnits, match="count different things") as caught:
        timeline(rows)
    assert way in str(caught.value)
    panels = timeline(rows, panel_by=way.split('"')[1])
    assert len(panels.axes) == 2


def test_a_panel_with_mixed_units_is_named():
    rows = table(observe(), observe(40.0, item="accounts"))
    with pytest.raises(MixedUnits, match="panel 'facebook'"):
        timeline(rows, panel_by="platform")


NOT_DRAWN = [
    (observe(days=None), "undated"),
    (observe(None), "no number"),
    (observe(known_to=date(2020, 1, 1)), "superseded"),
    (observe(status="rejected"), "rejected"),
    (observe(cumulative=True), "running total"),
    (observe(2.0, measure="ratio"), "ratio"),
]


@pytest.mark.parametrize(("row", "reason"), NOT_DRAWN, ids=[r for _, r in NOT_DRAWN])
def test_what_is_not_drawn_is_listed(row, reason):
    chart = timeline(table(row, observe(days=quarter(2018, 2))))
    assert list(strokes(chart)) == ["row-1"]
    assert list(chart.data["not_drawn"]) == ["", reason]
    assert "Listed, not drawn: 1" in chart.caption
    assert f'id="{chart.key}-row-2"' in chart.html()


def test_running_totals_alone_are_drawn():
    assert strokes(timeline(table(observe(cumulative=True))))


def test_zero_is_listed_on_a_logarithmic_axis():
    chart = timeline(table(observe(0.0), observe(5.0, quarter(2018, 2))), log=True)
    assert list(chart.data["not_drawn"]) == ["", "log"]


def test_log_names_panels():
    rows = table(observe(), observe(5.0, item="accounts"))
    chart = timeline(rows, panel_by="item", log=["accounts"])
    assert [ax.get_yscale() for ax in chart.axes] == ["linear", "log"]
    with pytest.raises(SelectionError, match="names no panel"):
        timeline(rows, panel_by="item", log=["channels"])


REFUSED = [
    (lambda: timeline(table()), "empty"),
    (lambda: timeline("text"), "expected a table"),
    (lambda: timeline(pd.DataFrame({"platform": ["x"]})), "lacks the columns"),
    (lambda: timeline(table(observe(days=None))), "none of the 1 rows"),
    (lambda: timeline(table(observe()), panel_by="nothing"), "no column"),
    (lambda: timeline(table(observe()), events="x"), "table of events"),
    (lambda: timeline(table(observe()), alt=" "), "alt"),
    (lambda: timeline(table(observe())).save("chart.gif"), "neither"),
]


@pytest.mark.parametrize(("act", "words"), REFUSED, ids=[w for _, w in REFUSED])
def test_refusals_say_what_to_do(act, words):
    with pytest.raises(SelectionError, match=words):
        act()


def test_hedges_are_marked_and_explained():
    rows = [
        observe(5.0, quarter(2018, 1), bound="over", high=None),
        observe(6.0, quarter(2018, 2), bound="about", low=5.0, high=7.0),
        observe(None, quarter(2018, 3), bound="between", low=2.0, high=4.0),
        observe(None, quarter(2018, 4), low=3.0, high=None),
    ]
    chart = timeline(table(*rows))
    legend = [text.get_text() for text in chart.axes[0].get_legend().get_texts()]
    assert legend == ["more than", "about", "interval the wording allows"]
    marked = [line for line in chart.axes[0].lines if line.get_gid() == "hedge"]
    assert len(marked) == 3


def test_an_open_period_is_a_mark_at_the_day_that_is_known():
    row = observe(5.0, None, period_end=date(2016, 2, 5))
    lines = timeline(table(row, observe(days=quarter(2016, 1)))).axes[0].lines
    (line,) = [line for line in lines if line.get_marker() == "<"]
    assert line.get_xdata()[0] == date2num(date(2016, 2, 5)) + 0.5


AXES = [
    ([quarter(2017, 4), quarter(2018, 1)], ["Oct 2017", "2018"]),
    ([quarter(2018, 2)], ["2018"]),
    ([year(2015), year(2024)], ["2015", "2024"]),
]


@pytest.mark.parametrize(("periods", "words"), AXES)
def test_a_time_axis_says_the_year(periods, words):
    ax = timeline(table(*(observe(days=days) for days in periods))).axes[0]
    low, high = ax.get_xlim()
    ticks = ax.xaxis.get_ticklocs()
    labels = ax.xaxis.get_major_formatter().format_ticks(ticks)
    seen = [label for tick, label in zip(ticks, labels, strict=True) if low <= tick <= high]
    assert all(any(word in label for label in seen) for word in words)


def test_twitter_and_x_are_one_service():
    rows = table(
        observe(5.0, half(2018, 1), platform="twitter", item="accounts", action="suspended"),
        observe(6.0, half(2024, 1), platform="x", item="accounts", action="suspended"),
        observe(days=half(2018, 1)),
    )
    chart = timeline(rows, panel_by=["service", "item"])
    assert list(dict.fromkeys(chart.data["panel"])) == ["x, accounts", "facebook, content"]


def test_one_colour_per_platform():
    assert colour("telegram") != colour("facebook")
    assert colour("somewhere_new") == colour("somewhere_new")
    shade = timeline(table(observe(platform="telegram"))).axes[0].lines[0].get_color()
    assert shade == colour("telegram")


def test_a_label_of_ones_own_names_a_series():
    rows = pd.concat([table(observe()).assign(label="claim"), table(observe(5e6))])
    texts = [t.get_text() for t in timeline(rows).axes[0].texts if t.get_gid() == "label"]
    assert sorted(texts) == ["Facebook", "claim"]


def test_labels_do_not_meet():
    rows = [
        observe(1e6 + n * 1e3, quarter(2018, 1), platform=platform)
        for n, platform in enumerate(["facebook", "telegram", "youtube", "tiktok", "discord"])
    ]
    chart = timeline(table(*rows, observe(5e6, quarter(2019, 1))))
    image_bytes(chart.figure, "png", 100)
    boxes = [t.get_window_extent() for t in chart.axes[0].texts if t.get_gid() == "label"]
    assert len(boxes) == 5
    for n, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[n + 1 :])


def test_events_are_numbered_and_do_not_meet(with_gap, operations):
    chart = timeline(with_gap, operations)
    assert [mark.number for mark in chart.marks] == [1, 2, 3]
    circles = [a for a in chart.figure.artists if str(a.get_gid()) in ("event-2", "event-3")]
    heights = [circle.get_ydata()[0] for circle in circles]
    assert len(set(heights)) == 2
    assert "3 numbered events" in chart.alt
    assert "Another on that day" in chart.html()


LANES = [([], []), ([0.0, 0.0, 0.0], [0, 1, 2]), ([0.0, 1.0, 2.0], [0, 0, 0])]


@pytest.mark.parametrize(("positions", "expected"), LANES)
def test_lanes(positions, expected):
    assert lanes(positions, 0.5) == expected


def test_plots_go_on_axes_of_ones_own(with_gap):
    ax = Figure().add_subplot()
    assert plot_periods(with_gap, ax) is ax
    ax.set_xlim(date2num(date(2018, 1, 1)), date2num(date(2019, 1, 1)))
    assert plot_events(event_table(event(date(2018, 5, 1))), ax) is ax


def test_the_users_settings_stay(with_gap):
    before = dict(mpl.rcParams)
    image_bytes(timeline(with_gap).figure)
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_same_data_same_bytes(with_gap, operations, tmp_path, form):
    first = timeline(with_gap, operations).save(tmp_path / f"a.{form}").read_bytes()
    second = timeline(with_gap, operations).save(tmp_path / f"b.{form}").read_bytes()
    assert first == second


def test_saving_leaves_the_chart_as_it_was(with_gap, operations, tmp_path):
    chart = timeline(with_gap, operations)
    before = image_bytes(chart.figure)
    chart.save(tmp_path / "chart.png")
    chart.html()
    assert image_bytes(chart.figure) == before


def test_the_order_of_rows_does_not_matter(with_gap):
    turned = with_gap.iloc[::-1]
    assert image_bytes(timeline(turned).figure) == image_bytes(timeline(with_gap).figure)


def test_every_drawn_number_leads_to_its_quote(with_gap):
    chart = timeline(with_gap, name="Removals & more")
    page = chart.html()
    assert chart.key == "fig-removals-more"
    for row in chart.data.to_dict("records"):
        assert f'id="fig-removals-more-row-{row["row"]}"' in page
        assert f"{row['locator']} of {row['snapshot_id'][:12]}" in page
    assert set(chart.sources) == {"ab" * 32}


def test_alt_says_what_is_drawn(with_gap):
    alt = timeline(with_gap).alt
    assert "Facebook: 3 values, first 1.9 million (January to March 2018)" in alt
    assert "last 4.9 million (October to December 2018)" in alt
    assert "highest 9.4 million (April to June 2018)" in alt
    assert alt != timeline(with_gap.head(2)).alt


def test_hostile_text_stays_text():
    bad = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    row = observe(quote=bad, reported_by=bad, edition=bad, note=bad, group=bad, of=bad)
    page = timeline(table(row, observe(5.0, quarter(2018, 2), of=bad)), title=bad).html()
    assert "<script" not in page
    assert page.count("<img") == 1


def test_a_single_day_is_a_dot():
    rows = table(observe(1.0, Days(date(2018, 1, 1), date(2018, 1, 1))))
    assert timeline(rows).axes[0].lines[0].get_marker() == "o"
