"""From a live source to the pages it leads to: a channel, a report page, a feed, a copy.

The pages that list are fetched and kept like any other: later it can be seen what was listed.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from analysis.acquisition import archive
from analysis.acquisition.fetch import Limits, Manners
from analysis.acquisition.ledger import Fetch
from analysis.acquisition.sources import feeds, reports, telegram, wayback
from analysis.model.errors import FetchError
from analysis.pipeline.fetching import fetch_one

MOST_SITEMAPS = 50
Told = Callable[[Fetch], None]


class Follower:
    """Follows live sources into one archive, with the manners of one run."""

    def __init__(
        self, raw: Path, limits: Limits | None = None, manners: Manners | None = None
    ) -> None:
        self.raw, self.limits, self.manners = raw, limits or Limits(), manners or Manners()
        self.rows: list[Fetch] = []

    def load(self, address: str) -> bytes:
        """Fetch a page that lists others, keep it, and return its bytes.

        Raises
        ------
        FetchError
            It cannot be had; the row in the ledger says why.
        """
        row = fetch_one(address, self.raw, self.limits, self.manners)
        self.rows.append(row)
        if not row.snapshot_id:
            raise FetchError(row.message, row.outcome)
        return archive.load(self.raw, row.snapshot_id)

    def channel(self, name: str, since: dt.date) -> Iterator[telegram.Post]:
        """Yield the posts of a public Telegram channel from today back to a day, newest first.

        Raises
        ------
        FetchError
            A page of the preview cannot be had.
        LayoutError
            That is no channel, it has no public preview, or the layout is not known.
        """
        for _, posts in telegram.page_back(name, since, self.load):
            yield from (post for post in reversed(posts) if post.sent.date() >= since)

    def report(self, address: str) -> list[reports.DataFile]:
        """Return the data files that a publisher's report page links to.

        Raises
        ------
        FetchError
            The page cannot be had.
        LayoutError
            It links to no data file.
        """
        return reports.data_files(self.load(address), address)

    def copy(self, address: str, day: str = "") -> wayback.Copy | None:
        """Return where the Wayback Machine has a copy of a page, None where it has none.

        `day` (``20200822``) asks for the copy closest to it.

        Raises
        ------
        FetchError
            The service cannot be had.
        LayoutError
            Its answer has none of the known layouts.
        """
        return wayback.parse_answer(self.load(wayback.question(address, day)), address)

    def feed(
        self, address: str, words: Iterable[str] = (), since: dt.date | None = None
    ) -> list[feeds.Entry]:
        """Return the pages that a feed or sitemap lists, by words and days: see `feeds.chosen`.

        The sitemaps of an index are read too, the newest 50 at most.

        Raises
        ------
        FetchError
            The feed, or a sitemap that it names, cannot be had.
        LayoutError
            One of them is none of the known layouts.
        """
        entries = feeds.parse_feed(self.load(address), address)
        pages = [entry for entry in entries if not entry.index]
        further = feeds.chosen((entry for entry in entries if entry.index), (), since)
        further.sort(key=lambda entry: entry.day or dt.date.max, reverse=True)
        for entry in further[:MOST_SITEMAPS]:
            listed = feeds.parse_feed(self.load(entry.address), entry.address)
            pages += [page for page in listed if not page.index]
        return feeds.chosen(pages, words, since)
