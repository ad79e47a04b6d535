"""Score the prose reader on labelled texts: per field, per language, with every error listed.

Ratio claims are not scored: a label has them as comparisons.
"""

import argparse
import datetime as dt
import gzip
import importlib.util
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.acquisition import archive
from analysis.model.readings import Amount
from analysis.model.schema import Observation
from analysis.model.tables import format_cell
from analysis.reading.documents import read_document
from analysis.reading.prose.numbers.amounts import amounts
from analysis.reading.prose.times.periods import periods
from benchmarks.labelled import (
    FIXTURES,
    ROOT,
    Case,
    articles,
    digests,
    observe,
    relabelled,
    retold,
    sentences,
)
from benchmarks.scoring import FIELDS, LEVELS, close, pair, score

SHOWN = ("platform", "item", "measure", "action", "actor", "bound", "per")


def show(title: str, cases: Sequence[Case]) -> None:
    """Print the scores of one set: by level, then by single field beside the value."""
    labels = sum(len(case.labels) for case in cases)
    print(f"\n{title}: {len(cases)} texts, {labels} figures")
    for level, names in LEVELS.items():
        precision, recall, f1 = score(cases, names)
        print(f"  {level:18} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    singles = (f"{name} {score(cases, names)[2]:.3f}" for name, names in FIELDS.items())
    print(f"  F1 of the value with one field: {', '.join(singles)}")


def show_languages(title: str, cases: Sequence[Case]) -> None:
    """Print a table of F1 by language."""
    print(f"\n{title}, F1 by language")
    print(f"  {'':10} figures  {'  '.join(LEVELS)}")
    for language in sorted({case.language for case in cases}):
        chosen = [case for case in cases if case.language == language]
        cells = [f"{score(chosen, n)[2]:{len(level)}.3f}" for level, n in LEVELS.items()]
        labels = sum(len(case.labels) for case in chosen)
        print(f"  {language:10} {labels:7}  {'  '.join(cells)}")


def show_errors(cases: Sequence[Case]) -> None:
    """Print every label that was missed beside what was read of its number, and what none asks."""
    for case in cases:
        pairs = pair(case, LEVELS["all"])
        near = pair(case, LEVELS["value"])
        for i, label in enumerate(case.labels):
            if i in pairs:
                continue
            print(f"  {case.name} missed {label.get('text', '')!r}: {_label_words(label)}")
            if i in near:
                print(f"      read as {_row_words(case.found[near[i]])}")
                print(f"      in {case.found[near[i]].quote[:300]!r}")
        asked = set(pairs.values()) | set(near.values())
        for j, row in enumerate(case.found):
            if j not in asked:
                print(
                    f"  {case.name} not asked for: {_row_words(row)}\n      in {row.quote[:300]!r}"
                )


def _label_words(label: Mapping[str, Any]) -> str:
    value = label.get("value") or (label.get("low"), label.get("high"))
    days = (label.get("period_start") or "-", label.get("period_end") or "-")
    return " ".join(str(x) for x in (value, *(label.get(n) or "-" for n in SHOWN), *days))


def _row_words(row: Observation) -> str:
    value = row.value if row.value is not None else (row.low, row.high)
    days = (row.period_start or "-", row.period_end or "-")
    return " ".join(str(x) for x in (value, *(getattr(row, n) or "-" for n in SHOWN), *days))


# Words of ours that the gold documents do not have, in theirs.
ACTIONS = {
    "found_proactively": "detected_proactively_share",
    "ordered": "referred",
    "alerted": "reported",
    "removed_or_blocked": "removed",
    **dict.fromkeys(("assessed", "restricted", "warned", "time_to_removal"), "other"),
}
ITEMS = {"groups_and_channels": "channels"}
BOUNDS = {"stated": "exact", "about": "about", "over": "more_than", "between": "exact"}


def as_gold(row: Observation) -> dict[str, Any]:
    """Return an observation in the words of the labelled gold documents."""
    made: dict[str, Any] = {
        "platform": "+".join(key.replace("_", " ") for key in row.platform.split("+")),
        "actor": row.actor,
        "action": ACTIONS.get(row.action, row.action),
        "unit": "percent" if row.measure == "share" else ITEMS.get(row.item, row.item),
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


def one_liners(errors: bool, apart: bool) -> None:
    """Print how many lines of reports have every amount and every period right."""
    path = FIXTURES / "articles" / "one-liners.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for title, kept in (("lines of reports", False), ("lines of reports kept apart", True)):
        chosen = [row for row in rows if (int(row["id"].rpartition("-")[2]) % 4 == 0) is kept]
        if kept and not apart:
            continue
        right = {"amounts": 0, "periods": 0}
        for row in chosen:
            for kind, missing in (
                ("amounts", _missing_amounts(row)),
                ("periods", _missing_periods(row)),
            ):
                right[kind] += not missing
                if missing and errors and not kept:
                    print(f"  {row['id']} {kind} {missing} in {row['text']!r}")
        print(
            f"\n{title}: {len(chosen)}; every amount right in {right['amounts']}, "
            f"every period in {right['periods']}"
        )


def _missing_amounts(row: Mapping[str, Any]) -> list[Any]:
    found = amounts(row["text"], row["lang"])
    return [label for label in row["amounts"] if not any(_same_amount(label, a) for a in found)]


def _same_amount(label: Mapping[str, Any], found: Amount) -> bool:
    pinned = [n for n in ("low", "high") if n in label and not label.get("not_pinned")]
    same = close(label["value"], found.value) and label["bound"] == found.bound
    return same and all(close(label[name], getattr(found, name)) for name in pinned)


def _missing_periods(row: Mapping[str, Any]) -> list[Any]:
    day = dt.date.fromisoformat(row["reference_date"]) if row["reference_date"] else None
    found = [
        (format_cell(p.start) or None, format_cell(p.end) or None)
        for p in periods(row["text"], day, row["lang"])
    ]
    return [x for x in row["periods"] if (x["start"], x["end"]) not in found]


def own_sets() -> Mapping[str, Sequence[Case]]:
    """Return the project's own labelled texts by set."""
    sets = {"digests": list(digests()), "sentences": list(sentences())}
    for name, cases in (("articles", list(articles())), ("retold", list(retold()))):
        sets[name] = [case for case in cases if not case.kept_apart]
        sets[f"{name} kept apart"] = [case for case in cases if case.kept_apart]
    return sets


def main() -> int:
    """Print every score and, if asked, the errors of the sets that may be tuned on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold")
    parser.add_argument("--errors", action="store_true", help="list every error")
    parser.add_argument("--kept-apart", action="store_true", help="score the set kept apart too")
    sets = own_sets()
    parser.add_argument("--only", choices=[*sets, "lines"], help="one set, such as articles")
    options = parser.parse_args()
    for title, cases in sets.items():
        apart = title.endswith("kept apart")
        asked = title == options.only if options.only else options.kept_apart or not apart
        if not asked:
            continue
        english = [case for case in cases if case.language == "en"]
        show(f"{title}, English", english)
        if len(english) < len(cases):
            show(f"{title}, other languages", [c for c in cases if c.language != "en"])
            show_languages(title, cases)
        if options.errors and not apart:
            show_errors(cases)
    if options.kept_apart and not options.only:
        show("a second labelling of texts kept apart, held against the first", list(relabelled()))
    if options.only in (None, "lines"):
        one_liners(options.errors, options.kept_apart)
    if not options.only and (options.gold / "score.py").is_file():
        scorer = gold_scorer(options.gold)
        for name, result in score_gold(options.gold).items():
            scorer.show(f"\ngold documents, {name}", result)
        pages, found = off_subject(options.gold)
        print(f"\nnews pages on other subjects: {pages}; figures wrongly read in them: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
