"""What data/raw keeps of the web: files of articles, fetched pages, and when each was seen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.acquisition import archive, ledger
from analysis.curation.normalise.editions import Edition, Sighting, editions_of
from analysis.model.documents import Document, Snapshot
from analysis.model.errors import RawChanged, SourceError
from analysis.pipeline import posts


@dataclass(frozen=True, slots=True)
class Kept:
    """A file or a page of data/raw, and what it is called."""

    path: Path
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class KeptPages:
    """The pages that fetches have kept, by their ids, and which address showed which of them when.

    ``seen`` holds for every address the number of the row, the time and the snapshot; ``lost`` says
    which pages and rows are damaged or gone.
    """

    pages: list[Kept]
    seen: Mapping[str, list[tuple[int, str, str]]]
    lost: list[str]


def read_articles(raw: Path) -> Iterator[Kept]:
    """Yield every file in data/raw/articles."""
    for path in sorted((raw / "articles").glob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield Kept(path, archive.snapshot_file(path, raw=raw))


def read_pages(raw: Path) -> KeptPages:
    """Return every page that a fetch has kept, and which are lost or damaged."""
    state = ledger.Ledger(raw).read()
    again = "restore the file from the repository, or fetch the page again"
    lost = []
    for line in state.damaged:
        told = "the page that it told of, if any, is not in the record"
        lost.append(f"data/raw/{ledger.LEDGER}: damaged, {line}; {told}: {again}")
    found = []
    for identity, row in ledger.pages(state.rows).items():
        try:
            found.append(Kept(Path(identity[:12]), archive.snapshot_of(row, raw)))
        except (SourceError, RawChanged) as error:
            lost.append(f"{row.address} is not in the record: {error}")
    return KeptPages(found, ledger.sightings(state.rows), lost)


def editions_of_pages(
    documents: Mapping[str, Document], seen: Mapping[str, list[tuple[int, str, str]]]
) -> dict[str, tuple[Edition, str]]:
    """Return the editions of pages by their first snapshot, each with the newest of its address.

    A page that other bytes give the same text and day is no edition of its own. One that stands at
    any address stands.
    """
    found: dict[str, tuple[Edition, str]] = {}
    for looks in seen.values():
        read = [(at, identity) for _, at, identity in looks if identity in documents]
        if not read:
            continue
        words = {i: f"{documents[i].published}\n{documents[i].text}" for _, i in read}
        for edition in editions_of(Sighting(at, words[i]) for at, i in read):
            first = next(i for _, i in read if words[i] == edition.says)
            if first not in found or edition.stands:
                found[first] = (edition, read[-1][1])
    return found


def in_order(
    looks: Mapping[str, posts.Look], seen: Mapping[str, list[tuple[int, str, str]]]
) -> list[posts.Look]:
    """Return the preview pages as they were seen, one after the other; saved ones come first."""
    dated = sorted((n, at, i) for rows in seen.values() for n, at, i in rows if i in looks)
    known = {identity for _, _, identity in dated}
    saved = [look for identity, look in looks.items() if identity not in known]
    return saved + [replace(looks[identity], at=at) for _, at, identity in dated]
