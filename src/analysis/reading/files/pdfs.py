"""PDF to lines of text with their places, and whether anybody sees them. Runs in the child process.

PDFium reads the text and paints the page; what a text leaves no trace of when painted is not
visible, whatever the trick.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.reading.files.limits import Limits
from analysis.reading.files.pdfseen import Seen
from analysis.reading.files.problems import Refusal
from analysis.reading.files.shapes import Box, PdfLine, PdfPage, PdfWord

LINE_END_HYPHENS = ("\x02", "\ufffe")


@dataclass(frozen=True, slots=True)
class Letter:
    """One character, where it stands, and why it is not seen (empty when it is)."""

    text: str
    box: Box
    hidden: str


BLANK, LINE_END = Letter(" ", Box(0, 0, 0, 0), ""), Letter("\n", Box(0, 0, 0, 0), "")


def read_pdf(body: bytes, pages: tuple[int, int] | None, limits: Limits) -> list[PdfPage]:
    """Return the pages of a PDF, from the first to the last of `pages` or all of them.

    Raises
    ------
    Refusal
        It is encrypted, damaged, or has too many pages or no text.
    """
    import pypdfium2

    if b"%PDF-" not in body[:1024]:
        raise Refusal("not_a_pdf", "it does not begin with %PDF-")
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Refusal("pdf_encrypted", "it is encrypted") from None
        raise Refusal("pdf_damaged", f"the reader says: {error}") from None
    try:
        numbers = chosen(len(document), pages, limits)
        found = [read_page(document, number) for number in numbers]
    except pypdfium2.PdfiumError as error:
        raise Refusal("pdf_damaged", f"the reader says: {error}") from None
    finally:
        document.close()
    if not any(page.lines for page in found):
        raise Refusal("no_text", f"{len(found):,} pages without any text")
    return found


def chosen(count: int, pages: tuple[int, int] | None, limits: Limits) -> range:
    """Return the numbers of the pages to be read, from 1."""
    if not count:
        raise Refusal("pdf_damaged", "it has no page")
    first, last = pages or (1, count)
    numbers = range(max(first, 1), min(last, count) + 1)
    if not numbers:
        raise Refusal("pdf_damaged", f"it has {count:,} pages, none from {first} to {last}")
    if len(numbers) > limits.pages:
        found = f"{len(numbers):,} pages, expected at most {limits.pages:,}"
        raise Refusal("too_many_pages", found)
    return numbers


def read_page(document: Any, number: int) -> PdfPage:
    """Return one page of an open document."""
    page = document[number - 1]
    text = page.get_textpage()
    try:
        width, height = page.get_size()
        seen = Seen(page, text, width, height)
        lines = tuple(lines_of(letters(text, seen)))
        notes = notes_of(text, lines)
    finally:
        text.close()
        page.close()
    return PdfPage(number, round(width, 1), round(height, 1), lines, notes)


def letters(text: Any, seen: Seen) -> list[Letter]:
    """Return the characters of a page in the order of the file, blanks and line ends included."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    codes = [pdfium.FPDFText_GetUnicode(text, index) for index in range(text.count_chars())]
    characters = [chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes]
    printed = [index for index, character in enumerate(characters) if not character.isspace()]
    corners = np.zeros((len(printed), 4))
    for row, index in enumerate(printed):
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        corners[row] = left.value, bottom.value, right.value, top.value
    boxes = seen.on_page(corners)
    made = [LINE_END if character in "\r\n" else BLANK for character in characters]
    whys = seen.why_hidden(printed, boxes)
    for index, sides_of, why in zip(printed, boxes.tolist(), whys, strict=True):
        character = "-" if characters[index] in LINE_END_HYPHENS else characters[index]
        made[index] = Letter(character, Box(*sides_of), why)
    return made


def lines_of(found: Sequence[Letter]) -> Iterator[PdfLine]:
    """Yield lines: letters up to a line end, or to where seen and unseen meet."""
    words: list[list[Letter]] = [[]]
    hidden = ""
    for letter in found:
        if letter is LINE_END:
            yield from _line(words)
            words = [[]]
        elif letter is BLANK:
            words.append([])
        else:
            if letter.hidden != hidden:
                yield from _line(words)
                words, hidden = [[]], letter.hidden
            words[-1].append(letter)
    yield from _line(words)


def _line(words: Sequence[Sequence[Letter]]) -> Iterator[PdfLine]:
    """Yield the line of some words, nothing where there are none."""
    filled = [word for word in words if word]
    made = [PdfWord(readable("".join(w.text for w in word)), around(word)) for word in filled]
    made = [word for word in made if word.text]
    if made:
        text = " ".join(word.text for word in made)
        yield PdfLine(text, hull([word.box for word in made]), filled[0][0].hidden, tuple(made))


def readable(text: str) -> str:
    """Return text without control characters; halves of characters are joined or replaced."""
    if text.isprintable():
        return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(c for c in whole if c >= " " and not "\x7f" <= c <= "\x9f")


def around(word: Sequence[Letter]) -> Box:
    """Return the box around letters."""
    return hull([letter.box for letter in word])


def hull(boxes: Sequence[Box]) -> Box:
    """Return the box around boxes."""
    return Box(
        round(min(box.left for box in boxes), 1),
        round(min(box.top for box in boxes), 1),
        round(max(box.right for box in boxes), 1),
        round(max(box.bottom for box in boxes), 1),
    )


def notes_of(text: Any, lines: Sequence[PdfLine]) -> tuple[str, ...]:
    """Return what is odd about a page."""
    import pypdfium2.raw as pdfium

    notes = []
    wrong = sum(
        pdfium.FPDFText_HasUnicodeMapError(text, index) == 1 for index in range(text.count_chars())
    )
    if wrong:
        notes.append(f"the font does not say what {wrong:,} characters are")
    unseen = [line for line in lines if line.hidden]
    if unseen:
        why = ", ".join(dict.fromkeys(line.hidden for line in unseen))
        notes.append(f"{len(unseen):,} lines are not visible: {why}")
    return tuple(notes)
