"""The digests that ship in data/raw/articles, and the labels that a careful reader gave them."""

import json
import re
from html import unescape
from pathlib import Path
from typing import get_args

import pytest

from analysis.model.schema import Bound, Measure, PeriodBasis
from analysis.model.vocabulary import load
from analysis.reading.formats.events import read_events
from analysis.reading.formats.facts import read_sources

ROOT = Path(__file__).parents[3]
ARTICLES = sorted((ROOT / "data" / "raw" / "articles").glob("*.html"))
LABELS = ROOT / "tests" / "fixtures" / "digests"
SEED = ROOT.parent / "shared" / "seed"


def visible(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page.split("</head>")[1]))


def body_words(page: str) -> list[str]:
    return visible("</head>" + page.split("</h1>")[1].partition("</article>")[0]).split()


def labels(path: Path) -> dict:
    return json.loads((LABELS / f"{path.stem}.json").read_text(encoding="utf-8"))


def test_how_many():
    assert len(ARTICLES) == 24
    assert [path.stem for path in ARTICLES] == sorted(p.stem for p in LABELS.glob("*.json"))
    languages = [labels(path)["language"] for path in ARTICLES]
    assert {"en", "fr", "de", "ar"} == set(languages)
    tables = [path for path in ARTICLES if "<table>" in path.read_text(encoding="utf-8")]
    assert len(tables) >= 2
    assert sum(len(labels(path)["observations"]) for path in ARTICLES) == 142


def test_no_digest_bears_the_key_of_a_table():
    tables = {path.stem for path in (ROOT / "data" / "raw" / "figures").glob("*.csv")}
    assert not tables & {path.stem for path in ARTICLES}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_a_digest_says_what_it_is(path):
    page = path.read_text(encoding="utf-8")
    label = labels(path)
    assert f'<html lang="{label["language"]}"' in page
    assert re.search(r"<title>[^<]+</title>", page)
    assert '<meta name="author"' in page
    assert "moderation-analysis" in visible(page)
    assert 120 <= len(body_words(page)) <= 250
    published = re.search(r'<meta property="article:published_time" content="([^"]+)">', page)
    assert (published[1] if published else None) == label["published"]


def bare(address: str) -> str:
    return unescape(address).split("://")[1]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_a_digest_links_known_sources(path):
    page = path.read_text(encoding="utf-8")
    raw = ROOT / "data" / "raw"
    known = {bare(s.address) for s in read_sources((raw / "sources.csv").read_bytes())}
    known |= {bare(e.address) for e in read_events((raw / "events.csv").read_bytes())}
    links = [bare(link) for link in re.findall(r'<a href="([^"]+)"', page)]
    assert links and set(links) <= known
    source = re.search(r'<meta name="source" content="(https://[^"]+)">', page)
    assert source and bare(source[1]) == links[0]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_labels_use_the_vocabulary_and_stand_in_the_text(path):
    text = visible(path.read_text(encoding="utf-8"))
    for seen in labels(path)["observations"]:
        for field, name in [
            ("platform", "platforms"),
            ("action", "actions"),
            ("act", "actions"),
            ("item", "items"),
            ("policy", "policies"),
            ("group", "groups"),
            ("actor", "actors"),
        ]:
            if seen.get(field):
                load(name).require(seen[field])
        assert seen["measure"] in get_args(Measure) and seen["bound"] in get_args(Bound)
        assert seen.get("period_basis", "stated") in get_args(PeriodBasis)
        assert seen["text"] in text
        start, end = seen["period_start"], seen["period_end"]
        assert start is None or end is None or start <= end


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_numbers_to_refuse_stand_in_the_text(path):
    text = visible(path.read_text(encoding="utf-8"))
    label = labels(path)
    assert all(words in text for words in label["refused"])
    assert not set(label["refused"]) & {seen["text"] for seen in label["observations"]}


@pytest.mark.shared
@pytest.mark.skipif(not SEED.is_dir(), reason="the seed article is not here")
def test_the_retelling_copies_no_sentence():
    path = next(path for path in ARTICLES if path.stem == "isis-seeks-alternatives")
    ours = runs(body_words(path.read_text(encoding="utf-8")))
    theirs = runs(next(SEED.glob("*.txt")).read_text(encoding="utf-8").split())
    assert not ours & theirs


def runs(words: list[str], length: int = 9) -> set[tuple[str, ...]]:
    plain = [re.sub(r"\W", "", word).casefold() for word in words]
    return {tuple(plain[i : i + length]) for i in range(len(plain) - length + 1)}
