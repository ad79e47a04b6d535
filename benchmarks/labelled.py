"""Labelled texts and what the prose reader finds in them."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from analysis.acquisition import archive
from analysis.curation.normalise.mentions import observe_mentions
from analysis.model.documents import Block, BlockKind, Document
from analysis.model.schema import Observation
from analysis.reading.documents import read_document
from analysis.reading.prose.figures.mentions import READER, read_figures

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
JOINT = " | "


@dataclass(frozen=True)
class Case:
    """One labelled text: what it is, its language, what it says, what the reader found."""

    name: str
    language: str
    labels: Sequence[Mapping[str, Any]]
    found: Sequence[Observation]
    document: Document

    @property
    def kept_apart(self) -> bool:
        """Whether the text is one of those that nobody tunes on: every fourth."""
        number = self.name.rpartition("-")[2]
        return number.isdigit() and int(number) % 4 == 0


def observe(document: Document) -> list[Observation]:
    """Return the observations of a document that a label can match."""
    mentions = read_figures(document).mentions
    rows = observe_mentions(mentions, document, READER).observations
    return [row for row in rows if row.measure != "ratio"]


def _case(name: str, labels: Iterable[Mapping[str, Any]], document: Document) -> Case:
    scored = [label for label in labels if label["measure"] != "ratio"]
    return Case(name, document.language, scored, observe(document), document)


def digests() -> Iterator[Case]:
    """Yield the project's own digests of real reports, read from their pages."""
    for path in sorted((FIXTURES / "digests").glob("*.json")):
        labelled = json.loads(path.read_text(encoding="utf-8"))
        page = ROOT / "data/raw/articles" / labelled["document"]
        document = read_document(archive.snapshot_file(page), name=path.stem)
        yield _case(path.stem, labelled["observations"], document)


def lines(folder: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the labelled lines of a folder of fixtures, each with the language of its file."""
    for path in sorted((FIXTURES / folder).glob("??.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.stem, json.loads(line)


def sentences() -> Iterator[Case]:
    """Yield the sentences written for single rules."""
    for language, line in lines("sentences"):
        yield _case(line["id"], line["expect"], text_document(line, language))


def articles() -> Iterator[Case]:
    """Yield the articles written for this, as news and reports are written."""
    for language, line in lines("articles"):
        yield _case(line["id"], line["expect"], text_document(line, language))


def retold() -> Iterator[Case]:
    """Yield the news items and reports that were published, retold in our own words."""
    for language, line in lines("retold"):
        yield _case(line["id"], line["expect"], text_document(line, language))


def relabelled() -> Iterator[Case]:
    """Yield texts kept apart with a second labelling in the place of what a reader finds.

    A service that was renamed goes by its newer name in both, as the press uses either.
    """
    first = {line["id"]: line for _, line in lines("retold")}
    for language, line in lines("relabelled"):
        text = first[line["id"]]
        labels, found = (
            [_as_row(label) for label in expect] for expect in (text["expect"], line["expect"])
        )
        named = [vars(row) for row in labels if row.measure != "ratio"]
        document = text_document(text, language)
        yield Case(line["id"], language, named, cast(Sequence[Observation], found), document)


def _as_row(label: Mapping[str, Any]) -> SimpleNamespace:
    row: dict[str, Any] = dict.fromkeys(field.name for field in fields(Observation))
    names = {"x" if name == "twitter" else name for name in label["platform"].split("+")}
    defaults = {"actor": "platform", "per": "", "cumulative": False}
    return SimpleNamespace(**{**row, **defaults, **label, "platform": "+".join(sorted(names))})


def text_document(line: Mapping[str, Any], language: str) -> Document:
    """Return a labelled text as a document: paragraphs, list entries and table rows as blocks."""
    parts = [("title", line["title"])] if line.get("title") else []
    parts += [
        (_kind(row), row.removeprefix("- "))
        for paragraph in line["text"].split("\n\n")
        for row in (paragraph.split("\n") if _is_rows(paragraph) else [paragraph])
    ]
    blocks: list[Block] = []
    start, heads = 0, ()
    for kind, text in parts:
        cells = tuple(text.split(JOINT)) if kind == "table_row" else ()
        heads = (heads or cells) if cells else ()
        blocks.append(Block(kind, start, start + len(text), cells, heads if cells else ()))
        start += len(text) + 2
    published = dt.date.fromisoformat(line["published"]) if line["published"] else None
    return Document(
        name=line["id"],
        snapshot_id="0" * 64,
        text="\n\n".join(text for _, text in parts),
        blocks=tuple(blocks),
        published=published,
        language=language,
    )


def _is_rows(paragraph: str) -> bool:
    rows = paragraph.split("\n")
    return len(rows) > 1 and all(row.startswith("- ") or JOINT in row for row in rows)


def _kind(row: str) -> BlockKind:
    if row.startswith("- "):
        return "list_item"
    return "table_row" if JOINT in row and "\n" not in row else "paragraph"
