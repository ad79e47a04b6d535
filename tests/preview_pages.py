"""Pages of a channel's preview, written after its documented layout, and an archive of them."""

import datetime as dt
import hashlib
import html
from dataclasses import dataclass
from pathlib import Path

from analysis.acquisition import archive
from analysis.acquisition.ledger import Fetch, Ledger

CHANNEL = "closedrooms"
ADDRESS = f"https://t.me/s/{CHANNEL}"


@dataclass(frozen=True)
class Sent:
    """A post as the channel sent it; ``day`` counts from 1 March 2024."""

    number: int
    text: str
    day: int = 1
    edited: bool = False
    more: str = ""

    @property
    def markup(self) -> str:
        """The post as a preview shows it."""
        sent = dt.datetime(2024, 3, 1, 22, 0, 5, tzinfo=dt.UTC) + dt.timedelta(days=self.day - 1)
        words = html.escape(self.text).replace("\n", "<br/>")
        shown = f'<div class="tgme_widget_message_text js-message_text">{words}</div>'
        return (
            '<div class="tgme_widget_message_wrap"><div class="tgme_widget_message js-x"'
            f' data-post="{CHANNEL}/{self.number}"><a class="tgme_widget_message_owner_name">'
            f"<span>Closed Rooms Watch</span></a>{self.more}{shown if self.text else ''}"
            f'<span class="tgme_widget_message_views">{self.number}.1K</span><span '
            f'class="tgme_widget_message_meta">{"edited &nbsp;" if self.edited else ""}<a '
            f'class="tgme_widget_message_date"><time datetime="{sent.isoformat()}">22:00</time></a>'
            "</span></div></div>"
        )


def preview(*posts: Sent | str) -> bytes:
    """Return a page that shows these posts; a string stands for any other markup."""
    shown = "".join(post if isinstance(post, str) else post.markup for post in posts)
    return (
        '<html><head><meta charset="utf-8"></head><body><section class="tgme_channel_history">'
        f"{shown}</section></body></html>"
    ).encode()


@dataclass(frozen=True)
class Fetched:
    """A preview page as it was fetched at a time."""

    at: str
    body: bytes
    address: str = ADDRESS


def keep(raw: Path, *fetched: Fetched) -> None:
    """Archive pages as a fetch does, one row each."""
    kept: dict[str, str] = {}
    for one in fetched:
        identity = hashlib.sha256(one.body).hexdigest()
        place = archive.place(archive.snapshot_bytes(one.body, one.address), raw)
        row = Fetch(
            at=one.at,
            address=one.address,
            outcome="seen_again" if kept.get(one.address) == identity else "new",
            final=one.address,
            status=200,
            snapshot_id=identity,
        )
        kept[one.address] = identity
        Ledger(raw).append(row, place)
