"""The public preview of a Telegram channel, ``t.me/s/NAME``: posts, and the way to older ones.

Layout known as of 2026: ``div.tgme_widget_message[data-post="name/123"]`` with the text in
``div.tgme_widget_message_text`` and the time in ``a.tgme_widget_message_date time[datetime]``;
``?before=123`` leads back. "edited" stands before the time in ``span.tgme_widget_message_meta``.
Messages of Telegram itself ("channel created", "pinned a photo") have the class
``service_message``, may be without a time, and are no posts.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from analysis.acquisition.sources.markup import Element, html_tree, words_of
from analysis.model.errors import LayoutError

LAYOUTS = ("telegram preview, 2026",)
PREVIEW = "https://t.me/s/"
HOSTS = ("t.me", "telegram.me", "www.t.me")
CHANNEL = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,63}")
POST = re.compile(r"([A-Za-z][A-Za-z0-9_]{3,63})/(\d{1,12})", re.ASCII)
PATH = re.compile(r"/s/([A-Za-z][A-Za-z0-9_]{3,63})(?:/\d{1,12})?/?", re.ASCII)
NUMBER = re.compile(r"\d{1,12}", re.ASCII)
MOST_PAGES = 500
MOST_BYTES = 2_000_000  # of a page; real ones of twenty posts have a fifth of it
HAS_CLASS = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
POSTS = f"//div[{HAS_CLASS.format('tgme_widget_message')} and @data-post]"
TEXT_CLASS = f"self::div and {HAS_CLASS.format('tgme_widget_message_text')}"
ANSWERED = HAS_CLASS.format("js-message_reply_text")
# The text of the post, not that of the post it answers; some stand twice, one inside the other.
TEXT = (
    f".//div[{TEXT_CLASS} and not({ANSWERED}) and not(ancestor::*[{TEXT_CLASS}])"
    f" and not(ancestor::*[{HAS_CLASS.format('tgme_widget_message_reply')}])]"
)
TIME = f".//a[{HAS_CLASS.format('tgme_widget_message_date')}]//time[@datetime]"
META = f".//span[{HAS_CLASS.format('tgme_widget_message_meta')}]"
VIEWS = f".//span[{HAS_CLASS.format('tgme_widget_message_views')}]"
OWNER = f".//a[{HAS_CLASS.format('tgme_widget_message_owner_name')}]"
FORWARDED = f".//*[{HAS_CLASS.format('tgme_widget_message_forwarded_from_name')}]"
EMPTY = f"//*[{HAS_CLASS.format('tgme_channel_history')}]"
NO_PREVIEW = f"//div[{HAS_CLASS.format('tgme_page')}]"
OF_SERVICE = "service_message"
EDITED = "edited"
LINES = ("blockquote", "pre", "div", "p")  # elements that begin and end a line of their own


@dataclass(frozen=True, slots=True)
class Post:
    """One post: its number in the channel, when it was sent, and its text with line breaks.

    ``sent`` carries its time zone, as the page gives it. ``edited`` says that the page marks it so;
    ``views`` is the count that the page showed, as written ("1.2K"). ``owner`` is the title of the
    channel, ``forwarded`` that of the channel whose words these are, empty for its own.
    """

    channel: str
    number: int
    sent: dt.datetime
    text: str
    edited: bool = False
    views: str = ""
    owner: str = ""
    forwarded: str = ""

    @property
    def address(self) -> str:
        """Where the post is."""
        return f"https://t.me/{self.channel}/{self.number}"


@dataclass(frozen=True, slots=True)
class Preview:
    """A page of a preview: its posts, oldest first, and the numbers that it covers.

    A number from ``first`` to ``last`` that none of the posts has is not on the channel (any more).
    ``last`` is None where nothing newer was left out: on the page without ``before``. Both are
    None on a page that shows a selection. ``numbers`` are those of all messages on it, the ones of
    Telegram itself too.
    """

    channel: str = ""
    posts: tuple[Post, ...] = ()
    numbers: tuple[int, ...] = ()
    first: int | None = None
    last: int | None = None

    def covers(self, number: int) -> bool:
        """Say whether a post of that number would stand on this page."""
        return self.first is not None and self.first <= number <= (self.last or number)


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


def is_preview(address: str) -> bool:
    """Say whether an address is that of a channel's preview.

    >>> is_preview("https://t.me/s/ISISwatch?before=118"), is_preview("https://t.me/ISISwatch/118")
    (True, False)
    """
    try:
        parts = urlsplit(address)
        return parts.hostname in HOSTS and bool(PATH.fullmatch(parts.path))
    except ValueError:
        return False


def is_saved_preview(body: bytes) -> bool:
    """Say whether a file is a preview that somebody saved, of which no address is known."""
    return b"tgme_channel_history" in body and b"data-post=" in body


def parse_preview(body: bytes, address: str) -> Preview:
    """Return a preview page; one without posts where the channel has no (older) ones.

    Raises
    ------
    LayoutError
        The page is no preview as known here: the layout has changed, or the channel has none.
    """
    if len(body) > MOST_BYTES:
        raise LayoutError(
            f"{address} has {len(body):,} bytes, more than a page of posts ({MOST_BYTES:,}); "
            f"known layouts: {', '.join(LAYOUTS)}"
        )
    tree = html_tree(body, address, encoding="utf-8")
    found = tree.xpath(POSTS)
    if not found:
        if tree.xpath(EMPTY):
            return Preview()
        if tree.xpath(NO_PREVIEW):
            raise LayoutError(
                f"{address} shows no posts: the channel is private or has no public preview"
            )
        raise LayoutError(f"{address} has none of the known layouts ({', '.join(LAYOUTS)})")
    posts: dict[int, Post] = {}
    numbers: set[int] = set()
    name = ""
    for element in found:
        before, (name, number) = name, _named(element, address)
        if before and before.casefold() != name.casefold():
            raise LayoutError(f"{address} shows posts of {before} and of {name}")
        numbers.add(number)
        if OF_SERVICE in element.get("class", "").split():
            continue
        post = _post(element, name, number, address)
        if posts.setdefault(number, post) != post:
            raise LayoutError(f"{address} shows post {number} twice, and not the same")
    shown = tuple(posts[n] for n in sorted(posts))
    first, last = _reach(sorted(numbers), address)
    return Preview(name, shown, tuple(sorted(numbers)), first, last)


def _reach(numbers: list[int], address: str) -> tuple[int | None, int | None]:
    """Return the numbers that a page covers, as its address and its messages tell."""
    asked = dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
    around = not is_preview(address) or urlsplit(address).path.rstrip("/").count("/") > 2
    before = asked.pop("before", "")
    if asked or (before and not NUMBER.fullmatch(before)):
        return None, None  # a search, or what is not known here
    first, last = numbers[0], numbers[-1]
    if before:
        return first, max(last, int(before) - 1)
    return first, last if around else None


def _named(element: Element, address: str) -> tuple[str, int]:
    named = POST.fullmatch(element.get("data-post", ""))
    if not named:
        raise LayoutError(_changed(address, "no number"))
    return named.group(1), int(named.group(2))


def _changed(address: str, what: str) -> str:
    known = ", ".join(LAYOUTS)
    return f"{address}: a post has {what} where it was expected ({known}); the layout has changed"


def _post(element: Element, channel: str, number: int, address: str) -> Post:
    """Return one post; one without a time is a layout that is not known."""
    times = element.xpath(TIME)
    try:
        sent = dt.datetime.fromisoformat(times[-1].get("datetime")) if times else None
    except ValueError:
        sent = None
    if sent is None or sent.tzinfo is None:
        raise LayoutError(_changed(address, "no time"))
    meta, views, owner, forwarded = (element.xpath(p) for p in (META, VIEWS, OWNER, FORWARDED))
    return Post(
        channel=channel,
        number=number,
        sent=sent,
        text="\n".join(filter(None, map(_text, element.xpath(TEXT)))),
        edited=any(EDITED in words_of(span).casefold().split() for span in meta),
        views=words_of(views[-1])[:20] if views else "",
        owner=words_of(owner[0])[:200] if owner else "",
        forwarded=words_of(forwarded[0])[:200] if forwarded else "",
    )


def _text(element: Element) -> str:
    """Return the text of a post with its line breaks."""
    parts: list[str] = []
    for event, part in etree.iterwalk(element, events=("start", "end")):
        inside = event != "start" and part is not element
        if part.tag in LINES:
            parts.append("\n")
        if event == "start":
            parts.append("\n" if part.tag == "br" else part.text or "")
        if inside:
            parts.append(part.tail or "")
    lines = "".join(parts).split("\n")
    text = "\n".join(" ".join(line.split()) for line in lines).strip()
    return re.sub(r"\n{3,}", "\n\n", text)


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
        page = parse_preview(load(address), address)
        numbers = [number for number in page.numbers if not before or number < before]
        if not numbers:
            return
        posts = [post for post in page.posts if not before or post.number < before]
        if posts:
            yield address, posts
        if numbers[0] <= 1 or (posts and posts[0].sent.date() < until):
            return
        before = numbers[0]
    raise LayoutError(f"{preview_address(channel)}: more than {MOST_PAGES} pages back to {until}")
