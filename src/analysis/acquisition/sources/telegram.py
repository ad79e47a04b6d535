"""The public preview of a Telegram channel, ``t.me/s/NAME``: posts, and the way to older ones.

Layout known as of 2026: ``div.tgme_widget_message[data-post="name/123"]`` with the text in
``div.tgme_widget_message_text`` and the time in ``a.tgme_widget_message_date time[datetime]``;
``?before=123`` leads back.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from analysis.acquisition.sources.markup import Element, html_tree
from analysis.model.errors import LayoutError

LAYOUTS = ("telegram preview, 2026",)
PREVIEW = "https://t.me/s/"
CHANNEL = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,63}")
POST = re.compile(r"([A-Za-z][A-Za-z0-9_]{3,63})/(\d{1,12})")
MOST_PAGES = 500
HAS_CLASS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
POSTS = f"//div[{HAS_CLASS.format('tgme_widget_message')} and @data-post]"
TEXT = f".//div[{HAS_CLASS.format('tgme_widget_message_text')}]"
TIME = f".//a[{HAS_CLASS.format('tgme_widget_message_date')}]//time[@datetime]"
EMPTY = f"//div[{HAS_CLASS.format('tgme_channel_history')}]"
NO_PREVIEW = f"//div[{HAS_CLASS.format('tgme_page')}]"


@dataclass(frozen=True, slots=True)
class Post:
    """One post: its number in the channel, when it was sent, and its text with line breaks.

    ``sent`` carries its time zone, as the page gives it.
    """

    channel: str
    number: int
    sent: dt.datetime
    text: str

    @property
    def address(self) -> str:
        """Where the post is."""
        return f"https://t.me/{self.channel}/{self.number}"


def preview_address(channel: str, before: int | None = None) -> str:
    """Return the address of a channel's preview, of the posts before a number where it is given.

    Raises
    ------
    LayoutError
        That is no name of a public channel.
    """
    name = channel.strip().removeprefix("https://t.me/s/").removeprefix("https://t.me/")
    name = name.removeprefix("@").rstrip("/")
    if not CHANNEL.fullmatch(name):
        raise LayoutError(f"{channel!r} is no channel: expected a name such as ISISwatch")
    return f"{PREVIEW}{name}" + (f"?before={before}" if before else "")


def parse_preview(body: bytes, address: str) -> list[Post]:
    """Return the posts of a preview page, oldest first; none where the channel has no (older) ones.

    Raises
    ------
    LayoutError
        The page is no preview as known here: the layout has changed, or the channel has none.
    """
    tree = html_tree(body, address)
    found = tree.xpath(POSTS)
    if not found:
        if tree.xpath(EMPTY):
            return []
        if tree.xpath(NO_PREVIEW):
            raise LayoutError(
                f"{address} shows no posts: the channel is private or has no public preview"
            )
        raise LayoutError(f"{address} has none of the known layouts ({', '.join(LAYOUTS)})")
    return sorted((_post(element, address) for element in found), key=lambda post: post.number)


def _post(element: Element, address: str) -> Post:
    """Return one post; one without a number or a time is a layout that is not known."""
    named = POST.fullmatch(element.get("data-post", ""))
    times = element.xpath(TIME)
    try:
        sent = dt.datetime.fromisoformat(times[-1].get("datetime")) if times else None
    except ValueError:
        sent = None
    if not named or sent is None or sent.tzinfo is None:
        raise LayoutError(
            f"{address}: a post has no number or no time where it was expected "
            f"({', '.join(LAYOUTS)}); the layout has changed"
        )
    texts = element.xpath(TEXT)
    return Post(named.group(1), int(named.group(2)), sent, _text(texts[-1]) if texts else "")


def _text(element: Element) -> str:
    """Return the text of a post with its line breaks."""
    parts: list[str] = []
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            parts.append("\n" if part.tag == "br" else part.text or "")
        elif part is not element:
            parts.append(part.tail or "")
    lines = "".join(parts).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def page_back(
    channel: str, until: dt.date, load: Callable[[str], bytes]
) -> Iterator[tuple[str, list[Post]]]:
    """Yield the preview pages of a channel with their posts, newest page first, back to a day.

    Parameters
    ----------
    channel
        Name of the channel.
    until
        The oldest day of interest: the page that holds an older post is the last.
    load
        Returns the bytes of an address.

    Raises
    ------
    LayoutError
        A page has none of the known layouts, or the way back leads nowhere.
    """
    before: int | None = None
    for _ in range(MOST_PAGES):
        address = preview_address(channel, before)
        posts = parse_preview(load(address), address)
        if before:
            posts = [post for post in posts if post.number < before]
        if not posts:
            return
        yield address, posts
        if posts[0].sent.date() < until or posts[0].number <= 1:
            return
        before = posts[0].number
    raise LayoutError(f"{preview_address(channel)}: more than {MOST_PAGES} pages back to {until}")
