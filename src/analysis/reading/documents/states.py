"""Pages that are no article, or only the beginning of one: named, not passed over in silence."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from analysis.model.documents import PageState
from analysis.reading.documents.head import PageHead, linked_data
from analysis.reading.documents.lists import read_list

STUB = 40  # words of article text below which a page is called a stub
NOTHING = 15  # words below which the rest of the page says what it is
CLOSED = 400  # words below which a page that says it is not free shows only its beginning
SEVERAL = 3  # phrases of a state in the text itself make that text a wall and no article
WORDS: Mapping[PageState, str] = {
    "not_found": "looks like a page that says the article was not found",
    "consent": "looks like a consent or cookie wall in place of the article",
    "paywall": "looks like a stub: the rest is for subscribers",
    "login": "looks like a page that asks for an account in place of the article",
    "bot_check": "looks like a check for robots in place of the article",
    "error": "looks like an error of the server in place of the article",
    "stub": "very little text",
}
BY_STATUS: Mapping[int, PageState] = {
    401: "login",
    402: "paywall",
    403: "bot_check",
    404: "not_found",
    410: "not_found",
    429: "bot_check",
    451: "bot_check",
}


@cache
def state_words() -> Sequence[tuple[PageState, int, str]]:
    """Return state, limit and words of each line of states.csv."""
    return [
        (cast(PageState, row["state"]), int(row["limit"]), row["words"])
        for row in read_list("states")
    ]


def find_states(
    head: PageHead, page_text: str, article: str, words: int, status: int | None
) -> tuple[tuple[PageState, ...], list[str]]:
    """Return what stands in place of a whole article, by name and in words.

    A banner about cookies and a link to log in stand on many pages that are articles. So the words
    of a state count where they are in the page's title, where they are the little text that there
    is, or where several of them make up a longer one; those of a paywall count beside any text.

    Parameters
    ----------
    head
        What the page says about itself.
    page_text
        All its visible text, furniture included.
    article
        Its article text.
    words
        Number of words of the article text.
    status
        HTTP status that it came with.
    """
    title, whole, text = plain(head.title), plain(page_text), plain(article)
    spoken = whole if words < NOTHING else text
    found: set[PageState] = set()
    for state, phrases in phrases_within(words).items():
        several = sum(phrase in text for phrase in phrases) >= SEVERAL
        little = words < STUB and has_any(phrases, spoken)
        beside = state == "paywall" and has_any(phrases, whole)
        if several or little or beside or has_any(phrases, title):
            found.add(state)
    if words <= CLOSED and says_it_is_closed(head):
        found.add("paywall")
    notes = []
    if status and status >= 400:
        notes.append(f"the server answered with status {status}")
        if words <= CLOSED:
            found.add(BY_STATUS.get(status, "error"))
    if words < STUB:
        found.add("stub")
    states = tuple(state for state in WORDS if state in found)
    told = [state for state in states if state != "stub"]
    notes += [WORDS[state] for state in told]
    if "stub" in states and not told:
        notes.append(f"{WORDS['stub']}: {words} words")
    return states, notes


def phrases_within(words: int) -> Mapping[PageState, Sequence[str]]:
    """Return the phrases of each state that count beside an article of so many words."""
    found: dict[PageState, list[str]] = {}
    for state, limit, phrase in state_words():
        if words <= limit:
            found.setdefault(state, []).append(phrase)
    return found


def has_any(phrases: Sequence[str], text: str) -> bool:
    """Tell whether any of `phrases` stands in a text."""
    return any(phrase in text for phrase in phrases)


def plain(text: str) -> str:
    """Return a text in lower case with straight apostrophes, as the phrases are written."""
    return text.lower().replace("’", "'")


def says_it_is_closed(head: PageHead) -> bool:
    """Tell whether a page says in its JSON-LD that it is not free to read."""
    return any(
        str(item.get("isAccessibleForFree")).lower() == "false" for item in linked_data(head)
    )
