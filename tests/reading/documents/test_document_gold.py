"""The labelled documents and the saved news pages that lie beside the project, where they do."""

import json
from pathlib import Path

import pytest
from benchmarks import articles
from tests.reading.documents.pages import snap

from analysis.reading.documents import read_document

SHARED = Path(__file__).parents[4] / "shared" / "gold"
GOLD = SHARED / "documents"
NAMES = sorted(path.stem for path in GOLD.glob("*.html"))
FLOORS = {
    1: {"F1": 0.981, "verbatim": 0.980, "number_precision": 0.985, "number_recall": 0.984},
    2: {"F1": 0.973, "verbatim": 0.990, "number_precision": 0.985, "number_recall": 0.992},
}
SINGLE = ("trafilatura", "resiliparse")  # newspaper3k, the weakest, would take half of the time

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not NAMES, reason="the shared gold documents are not here"),
]


def squeeze(text):
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES or ["none"])
def test_a_labelled_document(name):
    gold = json.loads((GOLD / f"{name}.gold.json").read_text(encoding="utf-8"))
    document = read_document(snap((GOLD / f"{name}.html").read_bytes()), name=name)
    text = squeeze(document.text)
    assert [f["evidence"] for f in gold["figures"] if squeeze(f["evidence"]) not in text] == []
    assert str(document.published) == gold["published"]
    assert document.language == gold["lang"]
    assert squeeze(document.title) == squeeze(gold["title"])
    furniture = [d["phrase"] for d in gold["distractors"] if d["reason"] == "boilerplate"]
    assert [phrase for phrase in furniture if squeeze(phrase) in text] == []


@pytest.fixture(scope="module")
def outcomes():
    """Read the saved pages once, by all readers together and by each alone."""
    return articles.read_pages(SHARED, [articles.OURS, *SINGLE])


@pytest.mark.parametrize("number", sorted(FLOORS))
def test_the_text_of_saved_news_pages_keeps_its_score(outcomes, number):
    scored = articles.scores(SHARED, outcomes[articles.OURS])[number]
    assert scored["number_sentences"] > 500
    below = {key: scored[key] for key, floor in FLOORS[number].items() if scored[key] < floor}
    assert below == {}


@pytest.mark.parametrize("single", SINGLE)
def test_all_readers_together_are_better_than_each_alone(outcomes, single):
    together = articles.scores(SHARED, outcomes[articles.OURS])
    alone = articles.scores(SHARED, outcomes[single])
    for number in FLOORS:
        for key in ("F1", "number_precision", "verbatim"):
            assert together[number][key] > alone[number][key], (number, key)


def test_every_saved_page_has_its_day_and_no_false_alarm(outcomes):
    documents = [outcome.document for outcome in outcomes[articles.OURS].values()]
    assert sum(document.published is not None for document in documents) >= 130
    alarms = [d.name for d in documents if set(d.states) - {"paywall", "stub"}]
    assert alarms == []


def test_most_of_what_did_not_arrive_is_listed(outcomes):
    lost = list(articles.missing(SHARED, outcomes[articles.OURS]))
    assert len(lost) <= 25
    assert sum(reason == "not in the text" for _, _, reason in lost) <= 2
