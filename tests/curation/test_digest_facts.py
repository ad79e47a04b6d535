"""The digests retell facts of the tables: what a careful reader finds in them is in the record."""

import json
from pathlib import Path

import pytest

from analysis.curation.normalise.facts import observe_facts
from analysis.model.schema import Observation
from analysis.reading.formats.facts import read_facts

ROOT = Path(__file__).parents[2]
LABELS = sorted((ROOT / "tests" / "fixtures" / "digests").glob("*.json"))
ALONE = {
    ("facebook-2018-third-quarter", "almost two days"),  # only in the note of the fact
    ("etidal-2025", "أكثر من 97 مليون"),  # the headline rounds the exact number
    ("bka-2025", "zwischen 7.240 und 13.903"),  # two facts, lowest and highest year
}


@pytest.fixture(scope="module")
def record() -> list[Observation]:
    tables = sorted((ROOT / "data" / "raw" / "figures").glob("*.csv"))
    return [
        seen
        for path in tables
        for seen in observe_facts(read_facts(path.read_bytes()), path.stem, "3f9a").observations
    ]


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_every_figure_is_a_fact_of_the_tables(path, record):
    figures = [
        label
        for label in json.loads(path.read_text(encoding="utf-8"))["observations"]
        if label["measure"] != "ratio" and (path.stem, label["text"]) not in ALONE
    ]
    assert figures
    for label in figures:
        assert [
            seen
            for seen in record
            if seen.platform == label["platform"]
            and seen.action == (label.get("act") or label["action"])
            and (seen.item, seen.measure, seen.per)
            == (label["item"], label["measure"], label.get("per", ""))
            and seen.value == pytest.approx(label["value"], rel=0.003)
        ], label
