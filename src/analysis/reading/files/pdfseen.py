"""Whether the characters of a PDF page are seen: where they stand, and what painting them leaves.

A page is painted twice, with its text and without. Where both look alike, the text left no trace:
it is not painted at all, has the colour of what is behind it, or something lies over it.
"""

import ctypes
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

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


class Traces:
    """Where text leaves its trace on a page, painted at so many pixels a point."""

    def __init__(self, page: Any, width: float, height: float, scale: float) -> None:
        most = MOST_PIXELS * scale / COARSE
        self.scale = min(scale, (most / (width * height)) ** 0.5)
        texts = text_objects(page)
        differ = np.abs(paint(page, self.scale) - paint(page, self.scale, without=texts)) > TRACE
        # Sums from the corner on: what a box holds is the difference of four of them.
        self.sums = np.zeros((differ.shape[0] + 1, differ.shape[1] + 1), dtype=np.int32)
        self.sums[1:, 1:] = differ.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)

    def inside(self, boxes: Numbers) -> NDArray[np.bool_]:
        """Tell for each box whether text leaves a trace in it."""
        height, width = self.sums.shape[0] - 1, self.sums.shape[1] - 1
        left = np.clip(boxes[:, 0] * self.scale, 0, width - 1).astype(np.int64)
        top = np.clip(boxes[:, 1] * self.scale, 0, height - 1).astype(np.int64)
        right = np.maximum(
            np.clip(boxes[:, 2] * self.scale + 1, 1, width).astype(np.int64), left + 1
        )
        low = np.maximum(np.clip(boxes[:, 3] * self.scale + 1, 1, height).astype(np.int64), top + 1)
        sums = self.sums
        found: NDArray[np.bool_] = (
            sums[low, right] - sums[top, right] - sums[low, left] + sums[top, left] > 0
        )
        return found


def paint(page: Any, scale: float, without: Sequence[Any] = ()) -> NDArray[np.int16]:
    """Return a page in shades of grey, without some of its objects."""
    import pypdfium2.raw as pdfium

    for each in without:
        pdfium.FPDFPageObj_SetIsActive(each, False)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    for each in without:
        pdfium.FPDFPageObj_SetIsActive(each, True)
    rows = np.frombuffer(bitmap.buffer, dtype=np.uint8).reshape(bitmap.height, bitmap.stride)
    made = rows[:, : bitmap.width].astype(np.int16)
    bitmap.close()
    return made


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

    def on_page(self, corners: Numbers) -> Numbers:
        """Return boxes in points from the upper left corner of the page as it is shown.

        `corners` has a row of left, bottom, right and top for each, as the page counts.
        """
        (x, y), (along_x, along_y), (up_x, up_y) = axes_of(self._page, self._width, self._height)
        xs = x + corners[:, 0::2] * along_x + corners[:, 1::2] * up_x
        ys = y + corners[:, 0::2] * along_y + corners[:, 1::2] * up_y
        return np.column_stack((xs.min(axis=1), ys.min(axis=1), xs.max(axis=1), ys.max(axis=1)))

    def why_hidden(self, indices: Sequence[int], boxes: Numbers) -> list[str]:
        """Return for each character why it is not seen, empty when it is."""
        why = [""] * len(indices)
        across, down = boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]
        off = (across < 0) | (across > 2 * self._width) | (down < 0) | (down > 2 * self._height)
        small = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) < SMALLEST
        for at in np.flatnonzero(off).tolist():
            why[at] = OFF_PAGE
        for at in np.flatnonzero(small & ~off).tolist():
            why[at] = TINY if self._is_tiny(indices[at]) else ""
        rest = np.array([at for at, reason in enumerate(why) if not reason], dtype=np.int64)
        for scale in (COARSE, FINE):
            if len(rest):
                traces = Traces(self._page, self._width, self._height, scale)
                rest = rest[~traces.inside(boxes[rest])]
        for at in rest.tolist():
            why[at] = self._why_unpainted(indices[at])
        return why

    def _is_tiny(self, index: int) -> bool:
        """Whether a character is too small to be read; a full stop is judged by its line."""
        import pypdfium2.raw as pdfium

        rect = pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetLooseCharBox(self._text, index, rect):
            return False
        return bool(max(abs(rect.top - rect.bottom), abs(rect.right - rect.left)) < SMALLEST)

    def _why_unpainted(self, index: int) -> str:
        """Return why a character leaves no trace on the page."""
        import pypdfium2.raw as pdfium

        thing = pdfium.FPDFText_GetTextObject(self._text, index)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
        if mode in UNSEEN_MODES:
            return INVISIBLE
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if pdfium.FPDFText_GetFillColor(self._text, index, red, green, blue, alpha):
            return TRANSPARENT if alpha.value <= TRACE else UNPAINTED
        return UNPAINTED
