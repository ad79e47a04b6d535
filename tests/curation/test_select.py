"""Selections: what is asked for comes back, and what nobody knows is an error."""

from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest

from analysis.curation.select import select_events, select_observations
from analysis.model.errors import SelectionError
from analysis.model.schema import Event, Observation, field_names
from analysis.model.tables import to_table

FIRST = Observation(
    platform="facebook",
    policy="terrorism",
    action="removed",
    item="posts",
    value=1.0,
    period_start=date(2018, 1, 1),
    period_end=date(2018, 3, 31),
    period_kind="quarter",
    known_from=date(2018, 5, 15),
    snapshot_id="a",
    locator="chars 1-2",
    quote="1 post",
)
CHANGED = (
    {"value": 1.0},
    {"value": 2.0, "platform": "facebook+instagram"},
    {"value": 3.0, "platform": "twitter", "policy": "organised_hate"},
    {"value": 4.0, "platform": "x", "action": "removed_after_report", "edition": "2024-H1"},
    {"value": 5.0, "platform": "instagram", "action": "actioned", "cumulative": True},
    {"value": 6.0, "platform": "reddit", "known_to": date(2019, 1, 1)},  # restated later
    {"value": 7.0, "platform": "reddit", "known_from": date(2019, 1, 2)},
    {"value": 8.0, "platform": "reddit", "known_from": None, "period_start": None},
    {"value": 9.0, "platform": "reddit", "period_start": None, "period_end": None},
)
TABLE = to_table(
    [replace(FIRST, **{"locator": f"chars {n}-{n + 1}", **c}) for n, c in enumerate(CHANGED, 1)],
    Observation,
)

SELECTIONS = [
    ({}, {1, 2, 3, 4, 5, 7, 8, 9}),
    ({"restated": True}, {1, 2, 3, 4, 5, 6, 7, 8, 9}),
    ({"platform": "facebook"}, {1, 2}),  # a joint number is about it as well
    ({"platform": "Facebook"}, {1, 2}),
    ({"platform": "fb"}, {1, 2}),
    ({"platform": "instagram"}, {2, 5}),
    ({"platform": "facebook+instagram"}, {2}),
    ({"platform": "instagram+facebook"}, {2}),
    ({"platform": ["facebook", "twitter"]}, {1, 2, 3}),
    ({"platform": ("x",)}, {4}),
    ({"platform": "twitter"}, {3}),
    ({"platform": "twitter/x"}, {3, 4}),
    ({"platform": "Twitter/X"}, {3, 4}),
    ({"platform": "telegram"}, set()),  # known, but nobody said anything
    ({"platform": None}, {1, 2, 3, 4, 5, 7, 8, 9}),
    ({"policy": "terrorism", "platform": ["twitter", "x"]}, {4}),
    ({"policy": "violent_extremism_all", "platform": "twitter"}, {3}),
    ({"policy": "organised hate"}, {3}),
    ({"action": "removed", "platform": ["facebook", "x"]}, {1, 2}),
    ({"action": "removed", "platform": ["facebook", "x"], "parts": True}, {1, 2, 4}),
    ({"action": "actioned", "parts": True}, {1, 2, 3, 4, 5, 7, 8, 9}),
    ({"action": "actioned"}, {5}),
    ({"edition": "2024-H1"}, {4}),
    ({"cumulative": True}, {5}),
    ({"cumulative": False, "platform": "instagram"}, {2}),
    ({"period_kind": "quarter", "platform": "x"}, {4}),
    ({"start": "2018-03-31"}, {1, 2, 3, 4, 5, 7, 8}),
    ({"start": "2018-04-01"}, set()),
    ({"end": "2018-01-01"}, {1, 2, 3, 4, 5, 7}),  # 8 has one day only: 31 March
    ({"end": "2017-12-31"}, set()),
    ({"start": date(2018, 2, 1), "end": datetime(2018, 2, 2, 5)}, {1, 2, 3, 4, 5, 7}),
    ({"start": pd.Timestamp("2018-02-01"), "platform": "x"}, {4}),
    ({"as_of": "2018-05-14"}, set()),
    ({"as_of": "2018-05-15"}, {1, 2, 3, 4, 5, 6, 9}),
    ({"as_of": "2019-01-01"}, {1, 2, 3, 4, 5, 6, 9}),
    ({"as_of": "2019-01-02"}, {1, 2, 3, 4, 5, 7, 9}),
]


@pytest.mark.parametrize(("asked", "expected"), SELECTIONS, ids=[str(s[0]) for s in SELECTIONS])
def test_select_observations(asked, expected):
    assert set(select_observations(TABLE, **asked)["value"]) == expected


REFUSALS = [
    ({"platfrom": "facebook"}, r"cannot select by 'platfrom': did you mean platform"),
    ({"quote": "x"}, r"cannot select by 'quote'"),
    ({"value": 3}, r"cannot select by 'value'"),
    ({"platform": "facebok"}, r"platforms have no 'facebok': did you mean facebook"),
    ({"platform": "facebook+instagrm"}, r"no 'instagrm': did you mean instagram"),
    ({"platform": "twitter/y"}, r"no 'twitter/y': did you mean"),
    ({"platform": ["facebook", "nobody at all"]}, r"no 'nobody at all': it is one of"),
    ({"policy": "terorism"}, r"policies have no 'terorism': did you mean terrorism"),
    ({"action": "remove"}, r"did you mean removed"),
    ({"edition": "2024-H2"}, r"edition has no value '2024-H2': did you mean 2024-H1\?"),
    ({"measure": "counts"}, r"measure has no value 'counts': did you mean count"),
    ({"platform": []}, r"platform is \[\], expected a word"),
    ({"platform": 7}, r"platform is 7, expected a word"),
    ({"platform": ["facebook", 7]}, r"expected a word or a list of words"),
    ({"cumulative": "yes"}, r"cumulative is 'yes', expected True or False"),
    ({"start": "2018"}, r"start is '2018', expected a day such as '2020-08-22'"),
    ({"as_of": "1.9.2022"}, r"as_of is '1.9.2022', expected a day"),
    ({"start": "2019-01-01", "end": "2018-01-01"}, r"end is 2018-01-01, before start"),
]


@pytest.mark.parametrize(("asked", "said"), REFUSALS, ids=[str(r[0]) for r in REFUSALS])
def test_what_nobody_knows_is_an_error(asked, said):
    with pytest.raises(SelectionError, match=said):
        select_observations(TABLE, **asked)


def test_the_table_asked_stays_as_it_was():
    before = TABLE.copy()
    select_observations(TABLE, platform="facebook", start="2018-01-01")
    pd.testing.assert_frame_equal(TABLE, before)


def test_sorted_by_period_and_numbered_anew():
    found = select_observations(TABLE, restated=True)
    assert found.index.tolist() == list(range(len(TABLE)))
    days = found["period_start"].dropna()
    assert days.is_monotonic_increasing and found["period_start"].isna().iloc[-1]


def test_an_empty_answer_keeps_its_columns_and_types():
    found = select_observations(TABLE, platform="telegram")
    assert len(found) == 0 and list(found) == field_names(Observation)
    assert (found.dtypes == TABLE.dtypes).all()


def test_provenance_outlives_join_concat_and_groupby():
    found = select_observations(TABLE, platform="facebook")
    evidence = ["snapshot_id", "locator", "quote"]
    labels = pd.DataFrame({"platform": ["facebook"], "operator": ["Meta"]})
    made = [
        found.merge(labels, on="platform"),
        pd.concat([found, select_observations(TABLE, platform="twitter")]),
        found.groupby(["platform", "policy"], as_index=False).last(),
        found.sort_values("value").head(1),
    ]
    for table in made:
        assert table[evidence].map(bool).all(axis=None) and len(table) > 0
        assert table.attrs == {}


EVENT = Event(
    event="e",
    date=date(2018, 5, 1),
    title="t",
    type="law",
    source="events",
    snapshot_id="a",
    locator="row 2",
    platforms="facebook;twitter",
)


def events():
    import analysis.model.vocabulary as vocabulary

    kinds = list(vocabulary.load("event_types").entries)
    rows = [
        replace(EVENT, event="1", type=kinds[0]),
        replace(EVENT, event="2", type=kinds[1], platforms="telegram"),
        replace(EVENT, event="3", type=kinds[0], platforms="", date=date(2016, 1, 1)),
        replace(EVENT, event="4", type=kinds[0], date=date(2016, 1, 1), end_date=date(2018, 6, 1)),
    ]
    return to_table(rows, Event), kinds


EVENTS = [
    ({}, "3412"),
    ({"platform": "facebook"}, "41"),
    ({"platform": ["twitter", "telegram"]}, "412"),
    ({"platform": "reddit"}, ""),
    ({"start": "2018-05-02"}, "4"),  # it lasted
    ({"start": "2017-01-01", "end": "2018-04-30"}, "4"),
    ({"end": "2016-01-01"}, "34"),
]


@pytest.mark.parametrize(("asked", "expected"), EVENTS, ids=[str(e[0]) for e in EVENTS])
def test_select_events(asked, expected):
    assert "".join(select_events(events()[0], **asked)["event"]) == expected


def test_select_events_by_type():
    table, kinds = events()
    assert select_events(table, type=kinds[1])["event"].tolist() == ["2"]
    with pytest.raises(SelectionError, match="event_types have no 'riot'"):
        select_events(table, type="riot")
    with pytest.raises(SelectionError, match="cannot select by 'colour'"):
        select_events(table, colour="red")
