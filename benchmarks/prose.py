"""Score the prose reader on labelled texts: per field, per language, with every error listed.

A label and an observation are paired where their numbers agree within half a percent; each level
asks for more fields to be right. Ratio claims are not scored: a label has them as comparisons.
"""

import argparse
import gzip
import importlib.util
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.acquisition import archive
from analysis.curation.normalise.mentions import observe_mentions
from analysis.model.schema import Block, Document, Observation
from analysis.model.tables import format_cell
from analysis.reading.documents import read_document
from analysis.reading.prose.mentions import READER, read_figures

ROOT = Path(__file__).parents[1]
LEVELS: Mapping[str, tuple[str, ...]] = {
    "value": (),
    "platform and item": ("platform", "item", "measure"),
    "action": ("platform", "item", "measure", "action"),
    "period": ("platform", "item", "measure", "period_start", "period_end"),
    "all": (
        "platform", "item", "measure", "action", "actor", "bound", "per", "period_start",
        "period_end",
    ),
}  # fmt: skip
TOLERANCE = 0.005
DEFAULTS = {"actor": "platform", "per": ""}


@dataclass(frozen=True)
class Case:
    """One labelled text: what it is, its language, what it says, what the reader found."""

    name: str
    language: str
    labels: Sequence[Mapping[str, Any]]
    found: Sequence[Observation]


def observe(document: Document) -> list[Observation]:
    """Return the observations of a document that a label can match."""
    mentions = read_figures(document).mentions
    rows = observe_mentions(mentions, document, READER).observations
    return [row for row in rows if row.measure != "ratio"]


def digests() -> Iterable[Case]:
    """Yield the project's own digests."""
    for path in sorted((ROOT / "tests/fixtures/digests").glob("*.json")):
        labelled = json.loads(path.read_text(encoding="utf-8"))
        page = ROOT / "data/raw/articles" / labelled["document"]
        document = read_document(archive.snapshot_file(page), name=path.stem)
        labels = [x for x in labelled["observations"] if x["measure"] != "ratio"]
        yield Case(path.stem, labelled["language"], labels, observe(document))


def sentences() -> Iterable[Case]:
    """Yield the sentences written for this."""
    for path in sorted((ROOT / "tests/fixtures/sentences").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            found = observe(sentence_document(case, path.stem))
            yield Case(case["id"], path.stem, case["expect"], found)


def sentence_document(case: Mapping[str, Any], language: str) -> Document:
    """Return a case of sentences as a document."""
    import datetime as dt

    blocks, start = [], 0
    for paragraph in case["text"].split("\n\n"):
        blocks.append(Block("paragraph", start, start + len(paragraph)))
        start += len(paragraph) + 2
    published = dt.date.fromisoformat(case["published"]) if case["published"] else None
    return Document(
        name=case["id"],
        snapshot_id="0" * 64,
        text=case["text"],
        blocks=tuple(blocks),
        published=published,
        language=language,
    )


def close(left: float | None, right: float | None) -> bool:
    """Say whether two numbers agree within half a percent; unknown agrees with unknown."""
    if left is None or right is None:
        return left is right
    return abs(left - right) <= TOLERANCE * max(abs(left), abs(right))


def agree(label: Mapping[str, Any], row: Observation, fields: Iterable[str]) -> bool:
    """Say whether an observation has a label's number and the given fields."""
    if label.get("value") is not None:
        same = close(label["value"], row.value)
    else:
        same = close(label.get("low"), row.low) and close(label.get("high"), row.high)
    wanted = {name: label.get(name) or DEFAULTS.get(name, "") for name in fields}
    return same and all(format_cell(getattr(row, n)) == str(w) for n, w in wanted.items())


def pair(case: Case, fields: Sequence[str]) -> dict[int, int]:
    """Return a largest one-to-one matching of labels to observations."""
    edges = [
        [j for j, row in enumerate(case.found) if agree(label, row, fields)]
        for label in case.labels
    ]
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in owner or place(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in range(len(edges)):
        place(i, set())
    return {i: j for j, i in owner.items()}


def score(cases: Sequence[Case], fields: Sequence[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over cases."""
    hits = sum(len(pair(case, fields)) for case in cases)
    found, labels = sum(len(c.found) for c in cases), sum(len(c.labels) for c in cases)
    precision, recall = hits / found if found else 0.0, hits / labels if labels else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def show(title: str, cases: Sequence[Case]) -> None:
    """Print the scores of one set."""
    labels = sum(len(case.labels) for case in cases)
    print(f"\n{title}: {len(cases)} texts, {labels} figures")
    for level, fields in LEVELS.items():
        precision, recall, f1 = score(cases, fields)
        print(f"  {level:18} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")


def show_errors(cases: Sequence[Case]) -> None:
    """Print every label that was missed and every observation that no label asks for."""
    for case in cases:
        pairs = pair(case, LEVELS["all"])
        for i, label in enumerate(case.labels):
            if i not in pairs:
                print(f"  missed    {case.name}: {json.dumps(label, ensure_ascii=False)}")
        for j, row in enumerate(case.found):
            if j not in pairs.values():
                fields = [format_cell(getattr(row, n)) for n in ("value", *LEVELS["all"])]
                print(f"  unasked   {case.name}: {' '.join(f or '-' for f in fields)}")


ACTIONS = {"found_proactively": "detected_proactively_share", "ordered": "referred"}
BOUNDS = {"stated": "exact", "about": "about", "over": "more_than", "between": "exact"}


def as_gold(row: Observation) -> dict[str, Any]:
    """Return an observation in the words of the labelled gold documents."""
    made: dict[str, Any] = {
        "platform": "+".join(key.replace("_", " ") for key in row.platform.split("+")),
        "actor": row.actor,
        "action": ACTIONS.get(row.action, row.action),
        "unit": "percent" if row.measure == "share" else row.item,
        "policy": row.policy,
        "qualifier": BOUNDS.get(row.bound, "nearly"),
        "period_start": format_cell(row.period_start) or None,
        "period_end": format_cell(row.period_end) or None,
        "rate": row.per or None,
    }
    span = {"value_low": row.low, "value_high": row.high}
    return made | ({"value": row.value} if row.value is not None else span)


def gold_scorer(folder: Path) -> Any:
    """Return the scorer that came with the gold documents."""
    spec = importlib.util.spec_from_file_location("gold_score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder} holds no score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_gold(folder: Path) -> Mapping[str, Any]:
    """Return the results of the gold scorer by set: English, other languages.

    Our bound `under` stands for three of its qualifiers, which are made one before scoring.
    """
    scorer = gold_scorer(folder)
    documents = scorer.load(folder / "documents_gold.jsonl")
    found = []
    for document in documents:
        for figure in document["figures"]:
            if figure.get("qualifier") in ("less_than", "up_to"):
                figure["qualifier"] = "nearly"
        page = archive.snapshot_file(folder / "documents" / f"{document['doc']}.html")
        rows = observe(read_document(page, name=document["doc"]))
        found.append({"doc": document["doc"], "figures": [as_gold(row) for row in rows]})
    sets: Mapping[str, Callable[[Any], bool]] = {
        "English": lambda d: d["lang"] == "en",
        "other languages": lambda d: d["lang"] != "en",
    }
    return {
        name: scorer.score(
            [d for d in documents if chosen(d)], found, keep=lambda f: not f.get("vague")
        )
        for name, chosen in sets.items()
    }


def off_subject(folder: Path) -> tuple[int, int]:
    """Return how many news pages on other subjects there are, and the figures read in them."""
    pages = sorted((folder / "pages").glob("*.html.gz"))
    found = 0
    for page in pages:
        snapshot = archive.snapshot_bytes(gzip.decompress(page.read_bytes()), page.name)
        found += len(observe(read_document(snapshot, name=page.name)))
    return len(pages), found


def main() -> int:
    """Print every score and the table of errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold")
    parser.add_argument("--errors", action="store_true", help="list every error")
    options = parser.parse_args()
    for title, cases in (("digests", list(digests())), ("sentences", list(sentences()))):
        show(title, cases)
        languages = sorted({case.language for case in cases})
        for language in languages if len(languages) > 1 else []:
            show(f"{title}, {language}", [c for c in cases if c.language == language])
        if options.errors:
            show_errors(cases)
    if (options.gold / "score.py").is_file():
        scorer = gold_scorer(options.gold)
        for name, result in score_gold(options.gold).items():
            scorer.show(f"\ngold documents, {name}", result)
        pages, found = off_subject(options.gold)
        print(f"\nnews pages on other subjects: {pages}; figures wrongly read in them: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
