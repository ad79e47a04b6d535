"""The pieces of a page: every paragraph, heading, list item and table row, seen or not.

The page is read as a stream of tags, without building a tree, so that time and memory grow with
the size of the page and not with its depth: 100,000 nested tags are a page like any other. What
belongs to the article is decided later (`consensus`); here nothing is left out except what holds
no text for readers, such as scripts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from analysis.model.documents import BlockKind
from analysis.reading.documents.furniture import furniture_of
from analysis.reading.documents.hidden import hidden_reason
from analysis.reading.documents.lists import read_list
from analysis.reading.documents.pieces import CellParts, Piece, TableParts
from analysis.reading.documents.tables import table_pieces

FLOW = {row["tag"]: row["flow"] for row in read_list("tags")}
KINDS = {row["tag"]: cast(BlockKind, row["kind"]) for row in read_list("tags") if row["kind"]}
BLOCK_TAGS = frozenset(tag for tag, flow in FLOW.items() if flow in ("block", "leaf")) | {"hr"}
_SPACE = re.compile(r"[ \t\r\f\v\xa0\u2007\u202f]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\xad\u200b\u2060\ufeff]")
LONGEST_COMMENT = 20_000  # characters; a longer one is a part of the page switched off
_TAG = re.compile(r"<[^<>]*>")
_DIGIT = re.compile(r"\d")
_ENDS = (".", "!", "?", "؟", "۔")
_CODE = re.compile(r"[{}]|=\s*[\"']|\);|//")
_NOTE_MARK = re.compile(r"\[?\d{1,3}\]?")


@dataclass(slots=True)
class _Element:
    """An open element and what it hands down to its content."""

    tag: str
    numbers: tuple[int, int, int]  # running numbers of the innermost block and of two around it
    kind: BlockKind
    block: str
    hidden: str
    furniture: str
    linked: bool
    in_article: bool


def squeeze(text: str) -> str:
    """Collapse white space as a browser does, non-breaking spaces included, keeping line breaks."""
    text = _INVISIBLE.sub("", text)
    return _AROUND_BREAK.sub("\n", _SPACE.sub(" ", text)).strip()


class PageTarget:
    """Turns the stream of tags that lxml's parser hands over into pieces.

    `hide` holds the class and id selectors that the page's style sheets switch off.
    """

    def __init__(self, hide: frozenset[str] = frozenset()) -> None:
        self.pieces: list[Piece] = []
        self.deepest = 0
        self._hide = hide
        self._stack = [_Element("", (0, 0, 0), "paragraph", "", "", "", False, False)]
        self._count = 0
        self._silent = 0
        self._text: list[str] = []
        self._linked = 0
        self._hidden_text: dict[str, list[str]] = {}
        self._sup_from = -1
        self._tables: list[TableParts] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
        flow = FLOW.get(tag)
        if self._silent or flow == "silent":
            self._silent += flow != "void"
            return
        if tag == "br":
            self._break()
            return
        if tag in BLOCK_TAGS:
            self._flush()
        if flow == "void":
            return
        self._count += 1
        self._stack.append(self._open(tag, attributes))
        self.deepest = max(self.deepest, len(self._stack))
        if tag in ("table", "tr", "td", "th"):
            self._start_table_part(tag, attributes)
        if tag == "sup":
            self._sup_from = len(self._text)

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        if self._silent:
            self._silent -= FLOW.get(tag) != "void"
            return
        if FLOW.get(tag) == "void":
            return
        if tag == "sup":
            self._close_sup()
        if tag in BLOCK_TAGS:
            self._flush()
        if len(self._stack) > 1:
            self._stack.pop()
        if tag == "table" and self._tables:
            self._close_table()

    def data(self, text: str) -> None:
        """Take running text."""
        if self._silent:
            return
        here = self._stack[-1]
        if here.block not in ("pre", "textarea"):
            text = text.replace("\n", " ")
        if here.hidden:
            self._hidden_text.setdefault(here.hidden, []).append(text)
            return
        self._text.append(text)
        if here.linked:
            self._linked += len(text.strip())

    def comment(self, text: str) -> None:
        """Take the text of a comment as hidden, unless it is only tags, code or a condition."""
        if self._silent or len(text) > LONGEST_COMMENT or text.startswith(("[if", "<![")):
            return
        words = _TAG.sub(" ", text)
        sentence = len(words.split()) >= 6 and words.rstrip().endswith(_ENDS)
        if sentence and _DIGIT.search(words) and not _CODE.search(words):
            self._hidden_text.setdefault("comment", []).append(words.replace("\n", " "))

    def close(self) -> list[Piece]:
        """End the page and return its pieces."""
        self._flush()
        while self._tables:
            self._close_table()
        return self.pieces

    def _open(self, tag: str, attributes: Mapping[str, str]) -> _Element:
        above = self._stack[-1]
        block = tag in BLOCK_TAGS
        return _Element(
            tag,
            (self._count, *above.numbers[:2]) if block else above.numbers,
            KINDS.get(tag, above.kind),
            tag if block else above.block,
            above.hidden or hidden_reason(tag, attributes, self._hide, block),
            above.furniture or furniture_of(tag, attributes),
            above.linked or tag == "a",
            above.in_article or tag in ("article", "main"),
        )

    def _break(self) -> None:
        if self._text and self._text[-1] == "\n":
            self._flush()
        elif self._text:
            self._text.append("\n")

    def _close_sup(self) -> None:
        # "125,000<sup>3</sup>" is no 1,250,003: a footnote mark stands apart in brackets.
        marks = "".join(self._text[self._sup_from :]).strip() if self._sup_from >= 0 else ""
        if _NOTE_MARK.fullmatch(marks):
            self._text[self._sup_from :] = [f" [{marks.strip('[]')}]"]
        self._sup_from = -1

    def _flush(self) -> None:
        if not self._text and not self._hidden_text:
            return
        here = self._stack[-1]
        text = squeeze("".join(self._text))
        if text:
            self._add(self._piece(here, text, "", self._linked))
        for reason, parts in self._hidden_text.items():
            unseen = squeeze("".join(parts))
            if unseen:
                self._add(self._piece(here, unseen, reason, 0, bool(text)))
        self._text, self._linked, self._hidden_text, self._sup_from = [], 0, {}, -1

    def _piece(
        self, here: _Element, text: str, hidden: str, linked: int, inline: bool = False
    ) -> Piece:
        return Piece(
            here.kind,
            text,
            here.block,
            hidden,
            here.furniture,
            linked,
            *(here.numbers[1:] if FLOW.get(here.block) == "leaf" else here.numbers[:2]),
            here.in_article,
            inline=inline,
        )

    def _add(self, piece: Piece) -> None:
        if self._tables:
            self._tables[-1].rows[-1][-1].pieces.append(piece)
        else:
            self.pieces.append(piece)

    def _start_table_part(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            if self._tables:
                self._tables[-1].nested = True
            arranges = attributes.get("role", "") in ("presentation", "none")
            numbers = self._stack[-1].numbers[:2]
            self._tables.append(TableParts([[CellParts(False)]], *numbers, arranges))
        elif self._tables and tag == "tr":
            self._tables[-1].rows.append([CellParts(False)])
        elif self._tables and tag in ("td", "th"):
            columns, rows = span_of(attributes, "colspan"), span_of(attributes, "rowspan")
            self._tables[-1].rows[-1].append(CellParts(tag == "th", columns, rows))

    def _close_table(self) -> None:
        table = self._tables.pop()
        for piece in table_pieces(table):
            self._add(piece)


def span_of(attributes: Mapping[str, str], name: str) -> int:
    """Return how many columns or rows a cell spans; nonsense is 1, and none spans over 50."""
    text = attributes.get(name, "") if attributes else ""
    return max(1, min(int(text), 50)) if text.isascii() and text.isdigit() and len(text) < 4 else 1
