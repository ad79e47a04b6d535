"""The labelled articles hold together: what a label names stands in its text and vocabulary."""

import json
from datetime import date
from pathlib import Path

import pytest

from analysis.model.vocabulary import load

FOLDER = Path(__file__).parents[2] / "fixtures" / "articles"
LINES = "one-liners"
INVENTED = {"quillmark", "ferrywire"}


def records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


ARTICLES = [a for p in sorted(FOLDER.glob("*.jsonl")) if p.stem != LINES for a in records(p)]
ONE_LINERS = records(FOLDER / f"{LINES}.jsonl")


def day(written):
    return date.fromisoformat(written) if written else None


def test_the_articles_are_there():
    assert len({article["id"] for article in ARTICLES}) == len(ARTICLES) == 110
    assert len({line["id"] for line in ONE_LINERS}) == len(ONE_LINERS) == 199


@pytest.mark.parametrize("article", ARTICLES, ids=[a["id"] for a in ARTICLES])
def test_every_phrase_stands_in_its_text(article):
    whole = f"{article['title']}\n\n{article['text']}"
    for label in article["expect"]:
        assert label["text"] in (article["title"] if label.get("in_title") else article["text"])
    assert [phrase for phrase in article["refused"] if phrase not in whole] == []


@pytest.mark.parametrize("article", ARTICLES, ids=[a["id"] for a in ARTICLES])
def test_every_key_is_in_its_vocabulary(article):
    for label in article["expect"]:
        assert set(label["platform"].split("+")) <= load("platforms").entries.keys() | INVENTED
        assert label["action"] in load("actions").entries
        assert label["item"] in load("items").entries
        assert label["actor"] in load("actors").entries
        assert not label["policy"] or label["policy"] in load("policies").entries


@pytest.mark.parametrize("article", ARTICLES, ids=[a["id"] for a in ARTICLES])
def test_periods_and_amounts_are_possible(article):
    for label in article["expect"]:
        start, end = day(label["period_start"]), day(label["period_end"])
        assert not (start and end) or start <= end
        assert not (end and article["published"]) or end <= day(article["published"])
        assert (label["value"] is None) == (label["bound"] == "between") == ("low" in label)
        assert label["measure"] != "share" or (label["value"] or label.get("high", 0)) <= 100


@pytest.mark.parametrize("line", ONE_LINERS, ids=[line["id"] for line in ONE_LINERS])
def test_one_liners_have_possible_answers(line):
    for amount in line["amounts"]:
        low, high = amount["low"], amount["high"]
        assert low is None or high is None or low <= high
    for period in line["periods"]:
        start, end = day(period["start"]), day(period["end"])
        assert not (start and end) or start <= end
