"""PDF to lines of text with their places, and whether anybody sees them. Runs in the child process.

PDFium reads the text and paints the page; what a text leaves no trace of when painted is not
visible, whatever the trick.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analysis.reading.files.limits import Limits
from analysis.reading.files.pdfdigits import false_fonts
from analysis.reading.files.pdfseen import Seen
from analysis.reading.files.problems import Refusal
from analysis.reading.files.shapes import Box, PdfLine, PdfPage, PdfWord

OTHER_DIGITS = "other digits are painted"
LONGEST_FONT_NAME = 200
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
        false = false_fonts(body, numbers)
        found = [read_page(document, n, false.get(n, frozenset())) for n in numbers]
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


def read_page(document: Any, number: int, false: frozenset[str]) -> PdfPage:
    """Return one page of an open document; digits of the fonts in `false` are not what is seen."""
    page = document[number - 1]
    text = page.get_textpage()
    try:
        width, height = page.get_size()
        seen = Seen(page, text, width, height)
        lines = tuple(lines_of(letters(text, seen, false)))
        notes = notes_of(text, lines)
    finally:
        text.close()
        page.close()
    return PdfPage(number, round(width, 1), round(height, 1), lines, notes)


def letters(text: Any, seen: Seen, false: frozenset[str]) -> list[Letter]:
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
    for index, sides, why in zip(printed, boxes.tolist(), whys, strict=True):
        character = "-" if characters[index] in LINE_END_HYPHENS else characters[index]
        lies = bool(false) and character.isdigit() and font_of(text, index) in false
        made[index] = Letter(character, Box(*sides), OTHER_DIGITS if lies and not why else why)
    return whole_words(made) if false else made


def whole_words(found: Sequence[Letter]) -> list[Letter]:
    """Return letters, all of a word flagged where one of its digits is not what is painted."""
    made = list(found)
    start = 0
    for at, letter in enumerate([*found, BLANK]):
        if letter is BLANK or letter is LINE_END:
            if any(inner.hidden == OTHER_DIGITS for inner in found[start:at]):
                made[start:at] = [replace(i, hidden=OTHER_DIGITS) for i in found[start:at]]
            start = at + 1
    return made


def font_of(text: Any, index: int) -> str:
    """Return the name of a character's font."""
    import pypdfium2.raw as pdfium

    buffer, flags = ctypes.create_string_buffer(LONGEST_FONT_NAME), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, buffer, LONGEST_FONT_NAME, flags)
    return buffer.value.decode("utf-8", "replace")


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
