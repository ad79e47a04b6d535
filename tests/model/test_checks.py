"""What a record may hold: nothing that its schema and vocabularies do not say."""

from dataclasses import replace

import pytest

from analysis.model.checks import check_record, check_records
from analysis.model.errors import RecordError
from analysis.model.schema import Observation

GOOD = Observation(
    platform="facebook",
    action="removed",
    item="content",
    value=5.0,
    low=5.0,
    high=5.0,
    snapshot_id="0" * 64,
    locator="chars 1-2",
    quote="Five posts went.",
)
BAD = [
    ({"quote": ""}, "quote is empty"),
    ({"action": "remved"}, "action: .*did you mean removed"),
    ({"item": "widgets"}, "item: 'widgets' is no key of items"),
    ({"policy": "terror"}, "policy: "),
    ({"bound": "roughly"}, "bound is 'roughly', expected one of"),
    ({"measure": ""}, None),
    ({"platform": "harbourline"}, None),
    ({"policy": ""}, None),
]


def test_a_good_record_passes():
    check_records([GOOD])


@pytest.mark.parametrize(("change", "message"), BAD, ids=[str(change) for change, _ in BAD])
def test_what_the_schema_does_not_say_is_refused(change, message):
    row = replace(GOOD, **change)
    if message is None:
        check_record(row)
    else:
        with pytest.raises(RecordError, match=message):
            check_record(row)
