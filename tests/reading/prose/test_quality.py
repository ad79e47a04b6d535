"""A floor under the score of the prose reader, so that quality cannot fall unseen."""

from pathlib import Path

import pytest
from benchmarks import prose
from benchmarks.labelled import digests as labelled_digests
from benchmarks.scoring import LEVELS, score

GOLD = Path(__file__).parents[3].parent / "shared" / "gold"
FLOOR_DIGESTS = {"platform and item": 0.80, "all": 0.70}


@pytest.fixture(scope="module")
def digests():
    return list(labelled_digests())


def test_the_labels_are_there(digests):
    assert len(digests) >= 24
    assert sum(len(case.labels) for case in digests) >= 130


@pytest.mark.parametrize("level", sorted(FLOOR_DIGESTS))
def test_digests(digests, level):
    f1 = score(digests, LEVELS[level])[2]
    assert f1 >= FLOOR_DIGESTS[level]


FLOOR_GOLD = {"English": {"core": 0.93, "all": 0.86}, "other languages": {"core": 0.9, "all": 0.8}}


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled gold documents are not on this machine")
def test_gold_documents():
    results = prose.score_gold(GOLD)
    for language, floors in FLOOR_GOLD.items():
        scores = {level: results[language][level]["f1"] for level in floors}
        assert all(scores[level] >= floor for level, floor in floors.items()), (language, scores)
        assert results[language]["distractor_hits"] == 0
