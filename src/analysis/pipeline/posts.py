"""Posts of public channels: from the preview pages that are kept to documents, each post once.

Pages overlap, and a channel is looked at again and again. A post is known by its channel and its
number: whatever shows it, it is one source. What it said at different times are its editions; one
that a later page covers and does not show is noted as no longer there.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.acquisition.changes import tell_changes
from analysis.acquisition.sources import telegram
from analysis.curation.normalise.editions import (
    DAY,
    UNKNOWN,
    Edition,
    Sighting,
    date_rows,
    editions_of,
)
from analysis.curation.normalise.outcome import Outcome
from analysis.model import media, vocabulary
from analysis.model.documents import Document, Snapshot
from analysis.model.errors import EmptyDocument
from analysis.model.schema import Finding, Source

KIND = "post"


@dataclass(frozen=True, slots=True)
class Look:
    """A preview page as it was seen at a time; empty for a page saved on an unknown day."""

    at: str
    snapshot: Snapshot
    page: telegram.Preview


@dataclass(frozen=True, slots=True)
class SeenPost:
    """A post as it was seen once, and the bytes that show it so."""

    at: str
    post: telegram.Post
    snapshot: Snapshot

    @property
    def wording(self) -> str:
        """What makes an edition of it: the text, and when it was sent."""
        return f"{self.post.sent.isoformat()}\n{self.post.text}"


@dataclass(frozen=True, slots=True)
class KeptPost:
    """One edition of a post, ready for the record.

    ``document`` is None for a post without words. ``missing`` is when a page first did not show the
    post any more, None while it is there.
    """

    source: Source
    document: Document | None
    edition: Edition
    altered: bool
    missing: str | None
    findings: tuple[Finding, ...]

    def outcome(self, found: Outcome) -> Outcome:
        """Return what was read in the post, dated by its edition, and what is odd about it."""
        note = gone_words(self.missing) if self.missing is not None else ""
        dated = date_rows(found.observations, self.edition, altered=self.altered, note=note)
        return Outcome(
            observations=dated,
            unmatched=found.unmatched,
            findings=(*found.findings, *self.findings),
        )


def is_preview(snapshot: Snapshot) -> bool:
    """Say whether a snapshot is a page of a channel's preview, fetched or saved by hand."""
    if snapshot.address:
        return any(map(telegram.is_preview, (snapshot.address, *snapshot.hops)))
    return snapshot.media_type == media.HTML and telegram.is_saved_preview(snapshot.body)


def look_at(snapshot: Snapshot, name: str, at: str = "") -> Look:
    """Return a preview page taken apart.

    Raises
    ------
    LayoutError
        It has none of the known layouts.
    """
    page = telegram.parse_preview(snapshot.body, snapshot.address or name)
    return Look(at, snapshot, page)


def read_posts(snapshot: Snapshot, name: str, language: str | None = None) -> tuple[Document, ...]:
    """Return the posts of one preview page as documents, oldest first; those without words not.

    Raises
    ------
    LayoutError
        It has none of the known layouts.
    """
    page = look_at(snapshot, name).page
    spoken = language or _language(page.posts)
    found = (_document(post, snapshot, spoken) for post in page.posts)
    return tuple(document for document in found if document)


def keep_posts(looks: Sequence[Look]) -> list[KeptPost]:
    """Return every edition of every post that was seen, by channel and number.

    Parameters
    ----------
    looks
        Pages in the order in which they were seen; a page that was seen twice stands twice.
    """
    channels: dict[str, Channel] = {}
    for look in looks:
        if look.page.channel:
            channels.setdefault(look.page.channel.casefold(), Channel()).add(look)
    return [
        kept
        for _, channel in sorted(channels.items())
        for number in channel.numbers
        for kept in channel.editions(number)
    ]


@dataclass(slots=True)
class Channel:
    """What was seen of a channel: its posts by number, and since when some are missing."""

    seen: dict[int, list[SeenPost]] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    missing: dict[int, str] = field(default_factory=dict)
    language: str | None = None

    def add(self, look: Look) -> None:
        """Add a page that was seen after the others."""
        for post in look.page.posts:
            if post.number not in self.seen:
                insort(self.numbers, post.number)
            self.seen.setdefault(post.number, []).append(SeenPost(look.at, post, look.snapshot))
            self.missing.pop(post.number, None)
        shown = set(look.page.numbers)
        for number in self._covered(look.page):
            if number not in shown:
                self.missing.setdefault(number, look.at)

    def _covered(self, page: telegram.Preview) -> Iterable[int]:
        if page.first is None:
            return ()
        end = len(self.numbers) if page.last is None else bisect_right(self.numbers, page.last)
        return self.numbers[bisect_left(self.numbers, page.first) : end]

    def editions(self, number: int) -> list[KeptPost]:
        """Return the editions of a post, the first one first."""
        seen = self.seen[number]
        editions = editions_of(Sighting(one.at, one.wording) for one in seen)
        shown = {e.number: next(one for one in seen if one.wording == e.says) for e in editions}
        newest = next(edition for edition in editions if edition.stands)
        return [self._kept(edition, shown, newest) for edition in editions]

    def _kept(self, edition: Edition, shown: Mapping[int, SeenPost], newest: Edition) -> KeptPost:
        one, last = shown[edition.number], shown[newest.number]
        missing = self.missing.get(one.post.number) if edition.stands else None
        if self.language is None:
            posts = [each[-1].post for each in self.seen.values()]
            self.language = _language(posts)
        document = _document(one.post, one.snapshot, self.language, _said_of(edition, missing))
        source = _source(one, edition, missing, document)
        findings = []
        if not edition.stands:
            changes = tell_changes(one.post.text.encode(), last.post.text.encode())
            expected = f"as in {key_of(last.post, newest)}: {changes}"
            findings.append(_finding(source, one.post, "edited", edition.words, expected))
        if missing is not None:
            found = f"not on the page of {missing[:DAY] or UNKNOWN}, which covers its place"
            findings.append(_finding(source, one.post, "vanished", found, edition.words))
        return KeptPost(
            source=source,
            document=document,
            edition=edition,
            altered=one.post.edited,
            missing=missing,
            findings=tuple(findings),
        )


def key_of(post: telegram.Post, edition: Edition) -> str:
    """Return the key of a post's edition: the first has no number of its own."""
    later = f".{edition.number}" if edition.number > 1 else ""
    return f"telegram-{post.channel.casefold()}-{post.number}{later}"


def gone_words(missing: str) -> str:
    """Say since when a post is missing."""
    return f"the post is no longer there: missing on {missing[:DAY] or UNKNOWN}"


def _said_of(edition: Edition, missing: str | None) -> tuple[str, ...]:
    return (edition.words, *([gone_words(missing)] if missing is not None else []))


def _source(
    one: SeenPost, edition: Edition, missing: str | None, document: Document | None
) -> Source:
    notes = document.notes if document else (*_notes(one.post), *_said_of(edition, missing))
    return Source(
        source=key_of(one.post, edition),
        title=_title(one.post),
        publisher=_publisher(one.post),
        address=one.post.address,
        source_type=KIND,
        published=one.post.sent.date(),
        published_basis="time",
        edition=edition.name,
        language=document.language if document else "",
        licence=one.snapshot.licence,
        snapshot_id=one.snapshot.snapshot_id,
        path=one.snapshot.path,
        note="; ".join(notes if document else (*notes, "no words: a picture, a video or a file")),
    )


def _finding(source: Source, post: telegram.Post, kind: str, found: str, expected: str) -> Finding:
    return Finding(
        source=source.source,
        snapshot_id=source.snapshot_id,
        locator=f"post {post.number}",
        kind=kind,
        found=found,
        expected=expected,
        group=post.address,
    )


def _title(post: telegram.Post) -> str:
    return f"Post {post.number} of the Telegram channel @{post.channel}"


def _publisher(post: telegram.Post) -> str:
    return post.owner or f"@{post.channel}"


def _notes(post: telegram.Post) -> tuple[str, ...]:
    """Return what the page says about a post beside its words."""
    return (
        f"sent {post.sent.isoformat()}",
        *(["marked as edited"] if post.edited else []),
        *([f"words of {post.forwarded}, forwarded"] if post.forwarded else []),
        *([f"{post.views} views when first seen so"] if post.views else []),
    )


def _language(posts: Iterable[telegram.Post]) -> str:
    from analysis.reading.documents.posts import language_of_posts

    ordered = sorted(posts, key=lambda post: post.number)
    return language_of_posts([post.text for post in ordered])


def _document(
    post: telegram.Post, snapshot: Snapshot, language: str, notes: tuple[str, ...] = ()
) -> Document | None:
    """Return a post as a document, None for one without words."""
    from analysis.reading.documents.posts import PostText, read_post

    text = PostText(
        text=post.text,
        address=post.address,
        number=post.number,
        sent=post.sent,
        title=_title(post),
        publisher=_publisher(post),
        service="" if post.forwarded else _service(post.channel),
        notes=(*_notes(post), *notes),
    )
    try:
        return read_post(text, snapshot.snapshot_id, language=language)
    except EmptyDocument:
        return None


def _service(channel: str) -> str:
    """Return the service whose own channel this is, empty for all others."""
    entry = vocabulary.load("channels").entries.get(channel.casefold())
    return entry.more["platform"] if entry else ""
