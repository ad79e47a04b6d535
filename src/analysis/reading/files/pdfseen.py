"""Whether a character of a PDF page is seen: how it is painted, where, and what that leaves.

A page is painted twice, with its text and without. Where both look alike, the text left no trace:
it has the colour of what is behind it, or something lies over it.
"""

import ctypes
from typing import Any

from analysis.reading.files.shapes import Box

Corners = tuple[float, float, float, float]
INVISIBLE, TRANSPARENT, OFF_PAGE, TINY, UNPAINTED = (
    "invisible",
    "transparent",
    "off the page",
    "tiny",
    "leaves no trace",
)
UNSEEN_MODES = (3, 7)  # neither filled nor stroked
SMALLEST = 1.5  # points from the top of a line to its bottom
MOST_PIXELS = 4_000_000
MOST_UNITS = 1_000_000
COARSE, FINE = 1.0, 4.0  # pixels a point
TRACE = 24  # steps of grey, of 255, that a reader tells apart
DEEPEST = 8  # forms in forms


class Picture:
    """A page in shades of grey, as bytes."""

    def __init__(self, page: Any, scale: float, text_too: bool) -> None:
        import pypdfium2.raw as pdfium

        texts = [] if text_too else text_objects(page)
        for each in texts:
            pdfium.FPDFPageObj_SetIsActive(each, False)
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        for each in texts:
            pdfium.FPDFPageObj_SetIsActive(each, True)
        self.width, self.height, self.stride = bitmap.width, bitmap.height, bitmap.stride
        self.pixels = bytes(bitmap.buffer)
        bitmap.close()

    def row(self, y: int, left: int, right: int) -> bytes:
        """Return the pixels of a row from `left` up to `right`."""
        start = y * self.stride
        return self.pixels[start + left : start + right]


def text_objects(page: Any) -> list[Any]:
    """Return every text object of a page, those in its forms included."""
    import pypdfium2.raw as pdfium

    found = []
    open_forms = [
        (pdfium.FPDFPage_GetObject(page, n), 1) for n in range(pdfium.FPDFPage_CountObjects(page))
    ]
    while open_forms:
        each, depth = open_forms.pop()
        kind = pdfium.FPDFPageObj_GetType(each)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            found.append(each)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inner = range(max(0, pdfium.FPDFFormObj_CountObjects(each)))
            open_forms += [(pdfium.FPDFFormObj_GetObject(each, n), depth + 1) for n in inner]
    return found


def axes_of(page: Any, width: float, height: float) -> tuple[tuple[float, float], ...]:
    """Return where the page's origin lies in what is shown, and its two axes for one unit each.

    A page may be turned and cropped. PDFium gives places in whole numbers, so they are asked for
    finely and far apart.
    """
    import pypdfium2.raw as pdfium

    unit = min(20.0, MOST_UNITS / max(width, height))
    size = round(width * unit), round(height * unit)
    far = 1000.0

    def shown_at(x: float, y: float) -> tuple[float, float]:
        left, top = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, left, top)
        return left.value / unit, top.value / unit

    (x, y), (ax, ay), (ux, uy) = shown_at(0, 0), shown_at(far, 0), shown_at(0, far)
    return (x, y), ((ax - x) / far, (ay - y) / far), ((ux - x) / far, (uy - y) / far)


class Seen:
    """Judges the characters of one page."""

    def __init__(self, page: Any, text: Any, width: float, height: float) -> None:
        self._page, self._text = page, text
        self._width, self._height = max(width, 1.0), max(height, 1.0)
        self._pictures: dict[float, tuple[Picture, Picture, float]] = {}
        self._axes = axes_of(page, self._width, self._height)

    def on_page(self, corners: Corners) -> Box:
        """Return a box in points from the upper left corner of the page as it is shown."""
        (x, y), (along_x, along_y), (up_x, up_y) = self._axes
        xs = [x + px * along_x + py * up_x for px, py in (corners[:2], corners[2:])]
        ys = [y + px * along_y + py * up_y for px, py in (corners[:2], corners[2:])]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def why_hidden(self, index: int, box: Box) -> str:
        """Return why a character is not seen, empty when it is."""
        import pypdfium2.raw as pdfium

        thing = pdfium.FPDFText_GetTextObject(self._text, index)
        if thing and pdfium.FPDFTextObj_GetTextRenderMode(thing) in UNSEEN_MODES:
            return INVISIBLE
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if pdfium.FPDFText_GetFillColor(self._text, index, red, green, blue, alpha):
            mode = pdfium.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
            if mode == 0 and alpha.value <= TRACE:
                return TRANSPARENT
        if self._is_off(box):
            return OFF_PAGE
        if self._is_tiny(index):
            return TINY
        return "" if self._leaves_trace(box) else UNPAINTED

    def _is_off(self, box: Box) -> bool:
        """Whether the middle of a character lies outside the page."""
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        return not (0 <= x <= self._width and 0 <= y <= self._height)

    def _is_tiny(self, index: int) -> bool:
        """Whether a character is too small to be read."""
        import pypdfium2.raw as pdfium

        rect = pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetLooseCharBox(self._text, index, rect):
            return False
        return max(abs(rect.top - rect.bottom), abs(rect.right - rect.left)) < SMALLEST

    def _leaves_trace(self, box: Box) -> bool:
        """Whether a character changes what is seen of the page, looked at twice where it is fine."""
        return self._differs(box, COARSE) or self._differs(box, FINE)

    def _differs(self, box: Box, scale: float) -> bool:
        """Whether painting with and without text differs inside a box."""
        if scale not in self._pictures:
            fits = (MOST_PIXELS * (scale / COARSE) / (self._width * self._height)) ** 0.5
            used = min(scale, fits)
            self._pictures[scale] = (
                Picture(self._page, used, True),
                Picture(self._page, used, False),
                used,
            )
        shown, bare, used = self._pictures[scale]
        left, right = _span(box.left, box.right, used, shown.width)
        top, bottom = _span(box.top, box.bottom, used, shown.height)
        for y in range(top, bottom):
            one, other = shown.row(y, left, right), bare.row(y, left, right)
            if one != other and any(abs(a - b) > TRACE for a, b in zip(one, other, strict=True)):
                return True
        return False


def _span(start: float, end: float, scale: float, most: int) -> tuple[int, int]:
    """Return the pixels that a stretch touches, at least one."""
    first = max(0, min(int(start * scale), most - 1))
    return first, max(first + 1, min(int(end * scale) + 1, most))
