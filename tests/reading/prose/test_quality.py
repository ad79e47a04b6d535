"""A floor under the score of the prose reader, so that quality cannot fall unseen."""

from pathlib import Path

import pytest
from benchmarks import prose

GOLD = Path(__file__).parents[3].parent / "shared" / "gold"
FLOOR_DIGESTS = {"platform and item": 0.70, "all": 0.62}
FLOOR_GOLD = {"core": 0.93, "all": 0.86}


@pytest.fixture(scope="module")
def digests():
    return list(prose.digests())


def test_the_labels_are_there(digests):
    assert len(digests) >= 24
    assert sum(len(case.labels) for case in digests) >= 130


@pytest.mark.parametrize("level", sorted(FLOOR_DIGESTS))
def test_digests(digests, level):
    f1 = prose.score(digests, prose.LEVELS[level])[2]
    assert f1 >= FLOOR_DIGESTS[level]


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled gold documents are not on this machine")
def test_gold_documents_in_english():
    result = prose.score_gold(GOLD)["English"]
    scores = {level: result[level]["f1"] for level in FLOOR_GOLD}
    assert all(scores[level] >= floor for level, floor in FLOOR_GOLD.items()), scores
    assert result["distractor_hits"] == 0
