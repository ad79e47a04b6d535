"""What a text says twice is one figure; what only looks alike is two."""

import pytest
from tests.reading.prose.documents import make_document

from analysis import extract

PUBLISHED = "2020-02-01"


def read(text: str) -> list[tuple[object, ...]]:
    rows = extract(make_document(text, PUBLISHED, "en")).observations
    return [(row.value, row.action, str(row.period_start or "")) for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "Twitter closed 166,513 accounts in 2019.\n\nThe 166,513 accounts closed praised terror.",
        "Twitter has closed 166,513 accounts.\n\nIt closed 166,513 accounts in 2019.",
        "Twitter closed 166,513 accounts in 2019.\n\nTwitter removed 166,513 accounts.",
    ],
)
def test_figure_said_again_is_one(text):
    assert [(value, start) for value, _, start in read(text)] == [(166513.0, "2019-01-01")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Twitter closed 166,513 accounts in 2019 and 166,513 accounts in 2018.", 2),
        ("Twitter closed 7,000 accounts in 2019. Facebook closed 7,000 accounts.", 2),
        ("Twitter closed 7,000 accounts in 2019. It restored 7,000 accounts.", 2),
    ],
)
def test_figures_that_only_share_a_number_are_two(text, count):
    assert len(read(text)) == count


def test_repeated_number_is_kept_among_the_refused():
    text = (
        "Twitter closed 166,513 accounts in 2019.\n\nThe 166,513 accounts were closed for terror."
    )
    refused = extract(make_document(text, PUBLISHED, "en")).refusals
    assert [r.reason for r in refused if "166,513" in r.amount.text] == [
        "given elsewhere in the text"
    ]
