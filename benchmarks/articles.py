"""Score the article reader on saved news pages with known text, beside single readers.

The pages are those of two public benchmarks; they belong to their publishers and are not part of
the project. Scored is what reaches the prose reader: the text without its title, a table row with
blanks between its cells. All readers see the same decoded page in the same run.
"""

import argparse
import gzip
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.model.documents import Document
from analysis.reading.documents.article import PageRequest, open_page, read_page
from analysis.reading.documents.newspaper_reader import read_newspaper
from analysis.reading.documents.resiliparse_reader import read_resiliparse
from analysis.reading.documents.tables import JOINT
from analysis.reading.documents.trafilatura_reader import read_trafilatura

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "gold"
OURS = "all readers"
TODAY = "2026-01-31"
BENCHMARKS = {1: "scrapinghub article-extraction-benchmark", 2: "fundus-evaluation"}


@dataclass(frozen=True)
class SavedPage:
    """One page with its known text, decoded as every reader gets it."""

    name: str
    body: bytes
    html: str
    language: str
    truth: Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What a reader made of a page, and the CPU seconds it took."""

    text: str
    seconds: float
    document: Document | None = None


def scorer(gold: Path) -> Any:
    """Return the scorer that came with the pages."""
    spec = importlib.util.spec_from_file_location("score_articles", gold / "score_articles.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def saved_pages(gold: Path) -> Iterable[SavedPage]:
    """Yield the pages, one at a time."""
    truth = json.loads((gold / "pages" / "truth.json").read_text(encoding="utf-8"))
    for name, known in truth.items():
        body = gzip.decompress((gold / "pages" / f"{name}.html.gz").read_bytes())
        page = open_page(body, request_of(name, known))
        yield SavedPage(name, body, page.html, page.language.code or "en", known)


def request_of(name: str, known: Mapping[str, Any]) -> PageRequest:
    """Return what is told about a page."""
    return PageRequest(name, "0" * 64, "benchmark", address=known["url"], today=TODAY)


def read_ours(page: SavedPage) -> tuple[str, Document | None]:
    """Read a page as the guarded child does, the early answer included."""
    document = read_page(page.body, request_of(page.name, page.truth), lambda early: None)
    return article_text(document), document


def article_text(document: Document) -> str:
    """Return the text that is scored: no title, blanks between cells."""
    texts = []
    for block in document.blocks:
        text = document.text[block.start : block.end]
        texts.append(text.replace(JOINT, " ") if block.kind == "table_row" else text)
    return "\n\n".join(
        text for text, b in zip(texts, document.blocks, strict=True) if b.kind != "title"
    )


READERS: Mapping[str, Callable[[SavedPage], tuple[str, Document | None]]] = {
    OURS: read_ours,
    "newspaper3k": lambda page: (read_newspaper(page.html, page.language).text, None),
    "trafilatura": lambda page: (read_trafilatura(page.html), None),
    "resiliparse": lambda page: (read_resiliparse(page.html), None),
}


def read_pages(gold: Path, names: Sequence[str]) -> dict[str, dict[str, Outcome]]:
    """Return reader name to page name to outcome; the first page is read once to warm up."""
    found: dict[str, dict[str, Outcome]] = {name: {} for name in names}
    warm = False
    for page in saved_pages(gold):
        for name in names:
            if not warm:
                READERS[name](page)
            started = time.process_time()
            text, document = READERS[name](page)
            seconds = time.process_time() - started
            found[name][page.name] = Outcome(text, seconds, document)
        warm = True
    return found


def scores(gold: Path, outcomes: Mapping[str, Outcome]) -> dict[int, dict[str, Any]]:
    """Return the scores of one reader per benchmark."""
    truth = json.loads((gold / "pages" / "truth.json").read_text(encoding="utf-8"))
    texts = {name: outcome.text for name, outcome in outcomes.items()}
    return {
        number: scorer(gold).score(
            {name: known for name, known in truth.items() if known["benchmark"] == number}, texts
        )
        for number in BENCHMARKS
    }


def missing(gold: Path, outcomes: Mapping[str, Outcome]) -> Iterable[tuple[str, str, str]]:
    """Yield page, sentence and reason of each sentence with a number that did not arrive."""
    truth = json.loads((gold / "pages" / "truth.json").read_text(encoding="utf-8"))
    module = scorer(gold)
    for name, known in truth.items():
        flat = module.squeeze(outcomes[name].text)
        for sentence in module.number_sentences(known["text"]):
            if sentence not in flat:
                yield name, sentence, why(sentence, flat, outcomes[name].document)


def why(sentence: str, flat: str, document: Document | None) -> str:
    """Say why a sentence did not arrive, as the document itself says it."""
    letters = "".join(sentence.split())
    if letters in "".join(flat.split()):
        return "arrived, spaced otherwise than the known text"
    for line in document.dropped if document else ():
        if letters in "".join(line.text.split()):
            return f"dropped: {line.reason}"
    return "not in the text"


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value below which a share of `values` lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> int:
    """Print the scores of all readers, their time, and the sentences that did not arrive."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of pages and scorer")
    options = parser.parse_args()
    if not (options.gold / "pages" / "truth.json").is_file():
        print(f"no pages: {options.gold} is absent; name their folder with --gold", file=sys.stderr)
        return 2
    found = read_pages(options.gold, list(READERS))
    columns = ("F1", "precision", "recall", "number_recall", "number_precision", "verbatim")
    table = {name: scores(options.gold, outcomes) for name, outcomes in found.items()}
    for number, title in BENCHMARKS.items():
        first = table[OURS][number]
        print(f"\n{title}: {first['pages']} pages, {first['number_sentences']} number sentences")
        print(f"  {'':<14}" + "".join(f"{column:>18}" for column in columns))
        for name, result in table.items():
            print(f"  {name:<14}" + "".join(f"{result[number][c]:>18.4f}" for c in columns))
    print("\nCPU a page, ms")
    for name, outcomes in found.items():
        times = [1000 * outcome.seconds for outcome in outcomes.values()]
        half, most = percentile(times, 0.5), percentile(times, 0.95)
        print(f"  {name:<14} median {half:.0f}, p95 {most:.0f}, slowest {max(times):.0f}")
    documents = [o.document for o in found[OURS].values() if o.document]
    dated = sum(document.published is not None for document in documents)
    listed = percentile((len(document.dropped) for document in documents), 0.5)
    print(f"\npublication day found on {dated} of {len(documents)} pages")
    print(f"lines with numbers left out and listed, median: {listed:.0f}")
    lost = list(missing(options.gold, found[OURS]))
    print(f"\nnumber sentences that did not arrive verbatim: {len(lost)}")
    for name, sentence, reason in lost:
        print(f"  {name} [{reason}] {sentence}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
