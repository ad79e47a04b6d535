"""Which pieces of a page are its article: the readers' votes, and what surrounds a piece.

Each reader hands in a plain text. A piece of the page counts as read by a reader when most of it
stands in that text, so that our text is always the page's own, to the character, whatever a reader
does to white space, tables or names. Where readers differ, the page decides: the kind of element,
how much of it is links, what it stands in. A reader more is one text more.

resiliparse keeps nearly everything, furniture included: it votes only where no other reader found
a text, and otherwise confirms what all of them took. As one vote among three it was measured to
cost sentences with numbers, and as the judge between the other two as well.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from analysis.reading.documents.dates import days_in
from analysis.reading.documents.lists import read_list
from analysis.reading.documents.metadata import is_byline
from analysis.reading.documents.pieces import Piece
from analysis.reading.documents.shingles import share_within, shingles_of, words_of

MOSTLY = 0.6  # share of a piece that must stand in a reader's text
LINKED = 0.65  # share of a paragraph's characters above which it is a link to elsewhere
ONE_LINK = 0.95
ENDINGS = tuple(".!?:…”\"’'»)。！？؟۔")
MUCH = 0.3  # of what the readers took: text beyond it that is more cannot be a biography
INSETS = ("caption", "link", "promotion")  # what may stand between a heading and its text
PROMO_WORDS = 45  # a longer paragraph tells something of its own
WIDE = "resiliparse"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S")
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class Judged:
    """A piece, the share of votes for it, and why it was left out, empty if kept.

    ``unanimous`` says that every reader has it, those without a vote included.
    """

    piece: Piece
    words: int
    votes: float
    unanimous: bool = False
    taken: bool = False
    dropped: str = ""

    @property
    def linked(self) -> float:
        """Share of the characters that are links."""
        return self.piece.linked / max(1, len(self.piece.text))

    @property
    def prose(self) -> bool:
        """Whether it reads like a sentence: long enough, ended, and not mostly links."""
        ended = self.piece.text.rstrip().endswith(ENDINGS)
        return self.words >= 8 and ended and self.linked < 0.3


@cache
def promo_openings() -> tuple[str, ...]:
    """Return how lines begin that lead elsewhere."""
    return tuple(row["words"] for row in read_list("promos"))


def judge(
    pieces: Sequence[Piece],
    texts: Mapping[str, str],
    title: str,
    authors: Collection[str] = (),
) -> list[Judged]:
    """Return every piece with its votes and whether it belongs to the article.

    Parameters
    ----------
    pieces
        All pieces of the page, in order.
    texts
        Reader name to the article text that it found.
    title
        The title; a piece that repeats it is left out.
    authors
        Names of the authors; a paragraph about them at the end is left out.
    """
    judged = count_votes(pieces, {name: text for name, text in texts.items() if text})
    forget_misnamed_furniture(judged)
    anchors = [n for n, j in enumerate(judged) if is_anchor(j)]
    drop_unfit(judged, words_of(title))
    take_voted(judged, boxes_are_odd(judged, anchors))
    if anchors:
        take_left_behind(judged, anchors)
        take_tables(judged, anchors)
    else:
        take_by_form(judged)
    take_hidden(judged)
    take_headings(judged)
    drop_above_title(judged, words_of(title))
    drop_biography(judged, tuple(name for name in authors if " " in name))
    drop_repeated(judged)
    return judged


def count_votes(pieces: Sequence[Piece], texts: Mapping[str, str]) -> list[Judged]:
    """Let each reader's text vote on each piece."""
    prepared = {name: shingles_of(text) for name, text in texts.items()}
    voters = [name for name in texts if name != WIDE] or list(texts)
    judged = []
    for piece in pieces:
        words = words_of(piece.text)
        readers = tuple(
            name for name, text in prepared.items() if share_within(words, text) > MOSTLY
        )
        votes = sum(name in readers for name in voters) / max(1, len(voters))
        unanimous = bool(texts) and len(readers) == len(texts)
        # A copy: a page is judged twice, and its pieces are changed on the way.
        judged.append(Judged(replace(piece, readers=readers), len(words), votes, unanimous))
    return judged


def forget_misnamed_furniture(judged: Sequence[Judged]) -> None:
    """Clear a kind of furniture that holds most of what the readers took.

    Some pages call the element around the whole article "menu" or "ad".
    """
    weight: dict[str, float] = {}
    for j in judged:
        if j.prose:
            weight[j.piece.furniture] = weight.get(j.piece.furniture, 0) + j.votes * j.words
    for j in judged:
        if j.piece.kind == "quote" and j.piece.furniture == "sharing":
            j.piece.furniture = ""  # an embedded post that the article quotes
    place = max(weight, key=lambda name: weight[name], default="")
    if place and weight[place] > 0:
        for j in judged:
            if j.piece.furniture == place:
                j.piece.furniture = ""


def is_anchor(j: Judged) -> bool:
    """Tell whether a piece surely belongs to the article, so that others can be judged by it."""
    piece = j.piece
    return j.votes >= 0.5 and j.words > 5 and not piece.furniture and piece.kind != "caption"


def drop_unfit(judged: Sequence[Judged], title: Sequence[str]) -> None:
    """Leave out, whatever the votes, what is no part of an article's text."""
    openings = promo_openings()
    linked_lists = lists_of_links(judged)
    for j in judged:
        piece = j.piece
        if piece.kind == "caption" and not (heads_a_table(piece) or is_told_by_all(j)):
            j.dropped = "caption"
        elif piece.tag == "h1" or (
            piece.kind == "heading" and title and words_of(piece.text) == title
        ):
            j.dropped = "title"
        elif j.linked > LINKED and piece.kind in ("paragraph", "quote") and not is_reference(j):
            j.dropped = "link"
        elif piece.kind == "list_item" and piece.container in linked_lists:
            j.dropped = "list of links"
        elif piece.kind in ("paragraph", "heading") and is_promotion(j, openings):
            j.dropped = "promotion"


def tells_a_number(j: Judged) -> bool:
    """Tell whether a piece is a sentence that holds a number."""
    return j.prose and bool(_DIGIT.search(j.piece.text))


def is_reference(j: Judged) -> bool:
    """Tell whether a linked paragraph, had by all readers, is part of the text.

    It is where it is a sentence that is one link, or holds an address written out, as in a list of
    sources.
    """
    sentence = j.words >= 8 and j.linked > ONE_LINK and j.piece.text.endswith((".", ".”", '."'))
    return j.unanimous and (sentence or bool(_ADDRESS.search(j.piece.text)))


def is_promotion(j: Judged, openings: tuple[str, ...]) -> bool:
    """Tell whether a paragraph begins as lines do that lead elsewhere, to the end of a word."""
    text = j.piece.text.lower()
    if j.words > PROMO_WORDS or not text.startswith(openings):
        return False
    ends = (len(words) for words in openings if text.startswith(words))
    return any(not (text[end - 1].isalnum() and text[end : end + 1].isalnum()) for end in ends)


def lists_of_links(judged: Sequence[Judged]) -> set[int]:
    """Return the lists of three items or more that hold nothing but links."""
    lists: dict[int, list[bool]] = {}
    for j in judged:
        if j.piece.kind == "list_item":
            lists.setdefault(j.piece.container, []).append(j.linked > 0.8)
    return {number for number, linked in lists.items() if len(linked) >= 3 and all(linked)}


def boxes_are_odd(judged: Sequence[Judged], anchors: Sequence[int]) -> bool:
    """Tell whether a page writes its article in `p`: text bare in `div` is something else then."""
    total = sum(judged[n].words for n in anchors)
    return sum(judged[n].words for n in anchors if judged[n].piece.tag == "p") > 0.8 * total


def take_voted(judged: Sequence[Judged], boxes_odd: bool) -> None:
    """Take what the readers took, where its place and form do not speak against it."""
    for j in judged:
        if j.dropped or not j.votes:
            continue
        piece = j.piece
        boxed = piece.tag in ("div", "figure", "section")
        if piece.hidden and not (j.votes == 1 and j.prose):
            j.dropped = f"not visible: {piece.hidden}"
        elif piece.furniture and (j.votes < 1 or not j.prose):
            j.dropped = piece.furniture
        elif j.votes < 0.5 or (j.votes < 1 and boxed and (boxes_odd or not j.prose)):
            j.dropped = "few readers"
        elif piece.kind == "paragraph" and not j.prose and j.votes == 1 and not j.unanimous:
            j.dropped = "few readers"  # the reader that keeps nearly everything left it out
        else:
            j.taken = True


def take_left_behind(judged: Sequence[Judged], anchors: Sequence[int]) -> None:
    """Take sentences that all readers missed although they stand with what they took.

    Up to the last anchor it is enough to share the container of one; for a table row that is
    enough anywhere. The short items of a list that stands between the paragraphs go with them. What
    only shares the page's article element is a caption or a biography,
    unless it is much text: then it is the article going on, as in a live blog.
    """
    containers = {judged[n].piece.container for n in anchors if judged[n].votes == 1}
    total = sum(judged[n].words for n in anchors)
    marked = sum(judged[n].words for n in anchors if judged[n].piece.in_article) > total / 2
    apart = []
    for n, j in enumerate(judged):
        if j.taken or j.dropped or not (fits_in(j) or is_listed(j, containers)):
            continue
        row = j.piece.kind == "table_row"
        if is_beside(j.piece, containers) and (row or n < anchors[-1]):
            j.taken = True
        elif marked and j.piece.in_article and n > anchors[0] and (row or j.piece.tag == "p"):
            apart.append(j)
    if sum(j.words for j in apart) > MUCH * total:
        for j in apart:
            j.taken = True


def take_tables(judged: Sequence[Judged], anchors: Sequence[int]) -> None:
    """Take a table whole where readers took a row of it, or where it stands inside the article.

    Readers lose single rows: one of them takes a cell that says only "Facebook" for a share button.
    """
    begun = {j.piece.container for j in judged if j.taken and j.piece.kind == "table_row"}
    for n, j in enumerate(judged):
        part = j.piece.kind == "table_row" or heads_a_table(j.piece)
        row = part and not j.piece.hidden and not j.piece.furniture
        within = anchors[0] < n < anchors[-1] and j.linked <= LINKED
        if row and not j.taken and (j.piece.container in begun or within):
            j.taken, j.dropped = True, ""


def heads_a_table(piece: Piece) -> bool:
    """Tell whether a caption is that of a table, which says what its numbers are."""
    return piece.kind == "caption" and piece.tag == "caption"


def is_told_by_all(j: Judged) -> bool:
    """Tell whether all readers took a caption that tells a number."""
    return j.unanimous and tells_a_number(j)


def is_beside(piece: Piece, containers: Collection[int]) -> bool:
    """Tell whether a piece, or the list or table that it is part of, stands in `containers`."""
    part = piece.kind in ("list_item", "table_row")
    return piece.container in containers or (part and piece.around in containers)


def is_listed(j: Judged, containers: Collection[int]) -> bool:
    """Tell whether a piece is an item of a list that stands in `containers`."""
    piece = j.piece
    listed = piece.kind == "list_item" and piece.around in containers
    return listed and not piece.hidden and not piece.furniture


def fits_in(j: Judged) -> bool:
    """Tell whether a piece that nobody took could be one of the article's sentences or rows."""
    piece = j.piece
    if piece.hidden or piece.furniture:
        return False
    return piece.kind == "table_row" or (j.prose and piece.tag in ("p", "li"))


def take_by_form(judged: Sequence[Judged]) -> None:
    """Take what reads like an article where no reader found one, or none may read the page."""
    for j in judged:
        fits = fits_in(j) or (j.piece.kind in ("paragraph", "quote", "list_item") and j.prose)
        if not j.dropped and fits and not j.piece.hidden and not j.piece.furniture:
            j.taken = True
    if any(j.taken for j in judged):
        return
    for j in judged:
        if not j.dropped and not j.piece.hidden and not j.piece.furniture and j.linked < 0.5:
            j.taken = j.piece.kind != "heading"


def take_hidden(judged: Sequence[Judged]) -> None:
    """Take, flagged as hidden, what stands unseen in the article and may hold a figure.

    That is a struck-out number inside a paragraph that was taken, and hidden prose or table rows
    that stand with such paragraphs, unless they repeat what can be seen.
    """
    seen = [j.piece for j in judged if j.taken and not j.piece.hidden]
    containers = {piece.container for piece in seen}
    found = []
    for n, j in enumerate(judged):
        piece = j.piece
        if not piece.hidden or j.taken or piece.furniture:
            continue
        whole = j.prose or piece.kind == "table_row"
        inside = piece.inline and n > 0 and judged[n - 1].taken and _DIGIT.search(piece.text)
        if inside or (whole and (piece.container in containers or piece.around in containers)):
            found.append(j)
    shown = shingles_of("\n".join(piece.text for piece in seen) if found else "")
    for j in found:
        if share_within(words_of(j.piece.text), shown) < 1:  # another number is another sentence
            j.taken, j.dropped = True, ""


def take_headings(judged: Sequence[Judged]) -> None:
    """Take a heading where the text that it heads was taken, and only there.

    A heading over nothing that we took heads a list of other stories, and so does one that stands
    right above another of its rank. One that is a link is a story elsewhere unless all readers
    took it.
    """
    asked = any(j.piece.readers for j in judged)
    lowest = 7  # rank of the heading right below; 7 for text
    heads_text = False
    for j in reversed(judged):
        piece = j.piece
        if piece.kind != "heading":
            heads_text = j.taken or (heads_text and (j.words <= 8 or j.dropped in INSETS))
            lowest = 7 if j.taken else lowest
            continue
        rank = int(piece.tag[1:]) if piece.tag[1:].isdigit() else 6
        fits = not (j.dropped or piece.furniture or piece.hidden)
        fits = fits and (bool(piece.readers) or not asked)
        linked = j.linked > LINKED and j.votes < 1
        j.taken = heads_text and fits and rank < lowest and not linked
        if j.taken:
            lowest = rank
        elif not j.dropped:
            j.dropped = "heads nothing"


def drop_above_title(judged: Sequence[Judged], title: Sequence[str]) -> None:
    """Leave out what stands above the headline, and the lines of date and author below it.

    The date and the authors are read as such; in the text they would be numbers and names that
    nobody reported. Only the lines up to the first paragraph can be such lines. One that sums the
    article up stays where all readers have it, or where it holds a number.
    """
    asked = any(j.piece.readers for j in judged)
    tops = [n for n, j in enumerate(judged) if title and words_of(j.piece.text) == list(title)]
    body = [n for n, j in enumerate(judged) if j.taken and j.prose and j.piece.kind != "heading"]
    if not body:
        return
    top = max((n for n in tops if n < body[0]), default=-1)
    for n, j in enumerate(judged[: body[0]]):
        if j.taken and n < top:
            j.taken, j.dropped = False, "above the title"
        elif j.taken and is_date_or_byline(j.piece.text):
            j.taken, j.dropped = False, "date or author line"
        elif j.taken and j.prose and asked and not (j.unanimous or tells_a_number(j)):
            j.taken, j.dropped = False, "summary"


def is_date_or_byline(text: str) -> bool:
    """Tell whether a short line only says when the article was posted, or by whom."""
    words = len(words_of(text))
    return words <= 12 and not text.endswith(".") and (bool(days_in(text)) or is_byline(text))


def drop_biography(judged: Sequence[Judged], authors: tuple[str, ...]) -> None:
    """Leave out a paragraph at the end that begins with an author's name and tells who that is."""
    taken = [j for j in judged if j.taken]
    for j in taken[max(1, len(taken) - 4) :]:
        if authors and j.votes < 1 and j.piece.text.startswith(authors):
            j.taken, j.dropped = False, "about the author"


def drop_repeated(judged: Sequence[Judged]) -> None:
    """Leave out what repeats the piece right before, and hidden copies of what was taken."""
    seen: set[str] = set()
    before = ""
    for j in judged:
        if not j.taken:
            continue
        text = j.piece.text
        again = text == before and j.piece.kind != "table_row"
        if again or (j.piece.hidden and text in seen):
            j.taken, j.dropped = False, "repeated"
            continue
        seen.add(text)
        before = text
