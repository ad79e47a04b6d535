"""One document: from a file, an address or standard input to its text and its figures."""

import datetime as dt
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from analysis.acquisition import archive
from analysis.acquisition.ledger import Ledger, pages
from analysis.acquisition.webarchive import Left, is_warc, read_warc
from analysis.curation.normalise.mentions import observe_mentions
from analysis.model.documents import Document, Snapshot
from analysis.model.errors import AnalysisError, FetchError, FetchRefused, SourceError
from analysis.model.paths import find_project
from analysis.model.readings import Extraction

ADDRESS = re.compile(r"https?://", re.IGNORECASE)
STANDARD_INPUT = "-"


@contextmanager
def naming(what: str) -> Iterator[None]:
    """Add to an error of ours which file it is about."""
    try:
        yield
    except AnalysisError as error:
        error.add_note(what)
        raise


def read(
    source: str | Path,
    *,
    fetch: bool = False,
    contact: str = "",
    language: str | None = None,
    published: dt.date | str | None = None,
) -> Document:
    """Read an article or report as text with stable offsets.

    Parameters
    ----------
    source : str or Path
        A file of HTML or plain text, a web archive of one page (see `read_archive`), ``-`` for
        standard input, or, with `fetch`, an address.
        A relative path that does not exist from the working directory is looked for in the
        project.
    fetch : bool
        Allow an address to be fetched. What comes back is kept in data/raw/snapshots.
    contact : str
        How a site can reach you, for the User-Agent of a fetch: ``mailto:you@university.example``.
    language : str, optional
        ISO 639-1 code, where the page's own declaration is known to be wrong.
    published : date or str, optional
        Day of publication, where the page does not say; relative periods are counted from it.

    Returns
    -------
    Document
        Its ``notes`` say what was odd about the page.

    Raises
    ------
    SourceError
        There is no such file, the address cannot be fetched, or `published` is no day.
    FetchRefused
        The source is an address and `fetch` was not given.
    DocumentError
        The bytes are not a document that can be read; the subclass says why.
    """
    if is_archive(source):
        with naming(str(source)):
            found = read_archive(source, language=language, published=published).documents
    else:
        found = read_all(
            source, fetch=fetch, contact=contact, language=language, published=published
        )
    with naming(str(source)):
        return _only_one(source, found)


def read_all(
    source: str | Path,
    *,
    fetch: bool = False,
    contact: str = "",
    language: str | None = None,
    published: dt.date | str | None = None,
) -> tuple[Document, ...]:
    """Read a page as the documents that it holds: an article is one, a channel's preview many.

    Parameters
    ----------
    source, fetch, contact, language, published
        As in `read`; a post carries its own day, and `published` is not asked for it.

    Returns
    -------
    tuple of Document
        The posts of a Telegram channel's preview (``t.me/s/NAME``), oldest first, each with its
        own address and time; those without words are left out. Else the one article.

    Raises
    ------
    SourceError, FetchRefused, DocumentError
        As in `read`.
    LayoutError
        It is a preview whose layout is not known.
    """
    with naming(str(source)):
        day = as_day(published) if isinstance(published, str) else published
        return documents_of(take(source, fetch, contact), str(source), language, day)


def documents_of(
    snapshot: Snapshot, name: str, language: str | None = None, published: dt.date | None = None
) -> tuple[Document, ...]:
    """Return the documents that a snapshot holds: see `read_all`."""
    from analysis.pipeline import posts
    from analysis.reading.documents import read_document

    if posts.is_preview(snapshot):
        return posts.read_posts(snapshot, name, language)
    return (read_document(snapshot, name=name, language=language, published=published),)


def read_text(
    text: str, *, language: str | None = None, published: dt.date | str | None = None
) -> Document:
    """Read words that are at hand, such as a sentence pasted into a notebook, as a document.

    Parameters
    ----------
    text : str
        Plain text; blank lines part paragraphs.
    language, published
        As in `read`.

    Returns
    -------
    Document
        Named "text"; its ``snapshot_id`` is the hash of the words.

    Raises
    ------
    EmptyDocument
        There is no text.
    SourceError
        `published` is no day.
    """
    from analysis.reading.documents import read_document

    day = as_day(published) if isinstance(published, str) else published
    snapshot = archive.snapshot_bytes(text.encode("utf-8", "replace"), "text")
    return read_document(snapshot, name="text", language=language, published=day)


@dataclass(frozen=True, slots=True)
class ArchiveReading:
    """The pages of a web-archive file as documents, posts each as one, and what in it is none.

    ``left`` are the records that hold no page or are damaged, each with the reason; ``refused`` are
    pages that no reader reads, by address.
    """

    documents: tuple[Document, ...]
    left: tuple[Left, ...]
    refused: tuple[tuple[str, str], ...]


def read_archive(
    path: str | Path, *, language: str | None = None, published: dt.date | str | None = None
) -> ArchiveReading:
    """Read every page of a web-archive file (WARC, gzipped or not).

    Parameters
    ----------
    path : str or Path
        The file, as `export` or any other archiver writes it.
    language, published
        As in `read`.

    Returns
    -------
    ArchiveReading
        A damaged record loses that record only, and is named in ``left``.

    Raises
    ------
    SourceError
        The file cannot be read, or nothing in it is a record.
    """
    day = as_day(published) if isinstance(published, str) else published
    documents: list[Document] = []
    left: list[Left] = []
    refused: list[tuple[str, str]] = []
    for found in read_warc(locate(Path(path))):
        if isinstance(found, Left):
            left.append(found)
            continue
        try:
            documents += documents_of(found, found.address, language, day)
        except AnalysisError as error:
            refused.append((found.address, str(error)))
    return ArchiveReading(tuple(documents), tuple(left), tuple(refused))


def is_archive(source: str | Path) -> bool:
    """Say whether a source is a web-archive file."""
    named = str(source)
    if named == STANDARD_INPUT or ADDRESS.match(named):
        return False
    return is_warc(locate(Path(source)))


def _only_one(source: str | Path, found: Sequence[Document]) -> Document:
    """Return the document of a source that holds one."""
    if len(found) == 1:
        return found[0]
    listed = ", ".join(document.name for document in found[:3])
    raise SourceError(
        f"{source} holds {len(found)} documents ({listed or 'none that can be read'}): expected "
        "one; read_archive gives all pages of a web archive, read_all all posts of a channel's page"
    )


def as_day(text: str) -> dt.date:
    """Return the day that ISO text names."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise SourceError(f"published is {text!r}: expected a day such as 2020-08-22") from None


def take(source: str | Path, fetch: bool, contact: str = "") -> Snapshot:
    """Return the bytes of a source and how they came to us."""
    if str(source) == STANDARD_INPUT:
        return archive.snapshot_bytes(sys.stdin.buffer.read(), "standard input")
    if isinstance(source, str) and ADDRESS.match(source):
        return take_online(source, fetch, contact)
    return archive.snapshot_file(locate(Path(source)))


def take_online(address: str, fetch: bool, contact: str) -> Snapshot:
    """Fetch an address, if that is allowed, and return what is kept of it now."""
    if not fetch:
        raise FetchRefused(
            "this is an address and nothing goes online unasked: say --fetch "
            "(in a notebook: fetch=True), or save the page and read the file"
        )
    from analysis.acquisition.fetch import Manners, outcomes
    from analysis.pipeline.fetching import fetch_one

    raw = find_project().raw
    row = fetch_one(address, raw, manners=Manners(contact))
    if row.snapshot_id:
        return archive.snapshot_of(pages(Ledger(raw).read().rows)[row.snapshot_id], raw)
    if outcomes()[row.outcome].kind == "refused":
        raise FetchRefused(row.message, row.outcome)
    raise FetchError(row.message, row.outcome)


def locate(path: Path) -> Path:
    """Return a path as given, or in the project where only that exists."""
    if path.exists() or path.is_absolute():
        return path
    try:
        there = find_project().root / path
    except SourceError:
        return path
    return there if there.exists() else path


def extract(document: Document) -> Extraction:
    """Return every moderation figure of a document, and the numbers that were refused.

    Parameters
    ----------
    document : Document
        As `read` returns it.

    Returns
    -------
    Extraction
        ``observations`` with their ``mentions`` (the reasons for each field), ``refusals`` with
        why, and ``table``, the observations as a DataFrame. In a notebook it shows the text with
        its amounts marked.

    Raises
    ------
    SourceError
        What was given is no Document.
    """
    from analysis.reading.prose.figures.mentions import READER, read_figures

    if not isinstance(document, Document):
        raise SourceError(
            f"extract was given a {type(document).__name__}: expected a Document, as "
            "read(file) and read_text(words) return it"
        )
    figures = read_figures(document)
    outcome = observe_mentions(figures.mentions, document, READER)
    return Extraction(
        document=document,
        observations=outcome.observations,
        mentions=figures.mentions,
        refusals=figures.refusals,
        unmatched=outcome.unmatched,
    )
