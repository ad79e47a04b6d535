"""Pages that are no article, or only the beginning of one: named, not passed over in silence."""

from collections.abc import Sequence
from functools import cache

from analysis.reading.documents.head import PageHead, linked_data
from analysis.reading.documents.lists import read_list

STUB = 40  # words of article text below which a page is called a stub
WORDS = {
    "not_found": "looks like a page that says the article was not found",
    "consent": "looks like a consent or cookie wall in place of the article",
    "access": "looks like a stub: the rest is for subscribers",
    "bot": "looks like a check for robots in place of the article",
}


@cache
def state_words() -> Sequence[tuple[str, int, str]]:
    """Return state, limit and words of each line of states.csv."""
    return [(row["state"], int(row["limit"]), row["words"]) for row in read_list("states")]


def state_notes(head: PageHead, page_text: str, words: int, status: int | None) -> list[str]:
    """Return what is odd about a page as a whole.

    Parameters
    ----------
    head
        What the page says about itself.
    page_text
        All its visible text, furniture included.
    words
        Number of words of its article text.
    status
        HTTP status that it came with.
    """
    notes = [f"the server answered with status {status}"] if status and status >= 400 else []
    text = f"{head.title}\n{page_text}".lower().replace("’", "'")
    found = {state for state, limit, phrase in state_words() if words <= limit and phrase in text}
    if words > STUB and "not_found" not in head.title.lower():
        found -= {"consent", "bot", "not_found"}
    closed = [
        item
        for item in linked_data(head)
        if str(item.get("isAccessibleForFree")).lower() == "false"
    ]
    if closed and words <= 400:
        found.add("access")
    notes += [WORDS[state] for state in WORDS if state in found]
    if words < STUB and not found:
        notes.append(f"very little text: {words} words")
    return notes
