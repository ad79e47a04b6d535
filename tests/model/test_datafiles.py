"""The data files that ship: their comments are left out, and a short row is refused."""

import pytest

from analysis.model.datafiles import load_rows, read_rows
from analysis.model.errors import VocabularyError


def test_comments_are_left_out_and_cells_stay_as_they_are():
    raw = '# What belongs in here.\nkey,words\n# apart\na,"x, # y"\nb, NA \n'
    assert read_rows(raw, "x.csv") == [
        {"key": "a", "words": "x, # y"},
        {"key": "b", "words": " NA "},
    ]


@pytest.mark.parametrize("row", ["a", "a,b,c"])
def test_a_row_that_is_not_as_long_as_the_header_is_refused(row):
    with pytest.raises(VocabularyError, match=r"x\.csv: row 2 has not as many cells"):
        read_rows(f"key,words\nfine,fine\n{row}\n", "x.csv")


def test_a_file_beside_the_code_is_found():
    assert {row["kind"] for row in load_rows("analysis.acquisition.fetch", "outcomes.csv")} == {
        "kept",
        "refused",
        "failed",
    }
