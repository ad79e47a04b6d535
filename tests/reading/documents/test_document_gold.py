"""The labelled documents: every sentence that holds a figure, word for word, and the right day."""

import json
from pathlib import Path

import pytest
from tests.reading.documents.pages import snap

from analysis.reading.documents import read_document

GOLD = Path(__file__).parents[4] / "shared" / "gold" / "documents"
NAMES = sorted(path.stem for path in GOLD.glob("*.html"))

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
