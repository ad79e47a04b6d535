"""Time the prose reader against a plain pass over the same text in the same run.

The baseline splits the text into words with one regular expression; the ratio says how many such
passes reading takes, and holds on any machine. The slowest line shows that no line is costly. Where
quantulum3 and dateparser are installed (`pip install quantulum3`), they read the same text too:
what one would put together from general parsers.
"""

import re
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from analysis.model.documents import Block, Document
from analysis.reading.prose.figures.mentions import read_figures

ROOT = Path(__file__).parents[1]
REPEATS = 40
ODD_LINES = {
    "1 MB without a full stop": "word " * 200_000,
    "100,000 numbers in one line": "1,234 " * 100_000,
}


def paragraphs() -> list[str]:
    """Return the paragraphs of the project's own digests as plain text."""
    pages = sorted((ROOT / "data/raw/articles").glob("*.html"))
    found = (re.findall(r"<p>(.*?)</p>", page.read_text(encoding="utf-8")) for page in pages)
    return [re.sub(r"<[^>]+>", "", text) for texts in found for text in texts]


def document(text: str) -> Document:
    """Return one paragraph as a document."""
    return Document(
        name="line",
        snapshot_id="0" * 64,
        text=text,
        blocks=(Block("paragraph", 0, len(text)),),
        language="en",
    )


def document_memory(texts: list[str]) -> tuple[int, int]:
    """Return the bytes held after 1,000 and after 10,000 documents of one paragraph."""
    held = []
    tracemalloc.start()
    for number in range(10_000):
        read_figures(document(texts[number % len(texts)]))
        if number in (999, 9_999):
            held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    return held[0], held[1]


def peer() -> Callable[[str], object] | None:
    """Return what a reader would put together from general parsers, None where they are missing."""
    try:
        from dateparser.search import search_dates  # type: ignore[import-untyped]
        from quantulum3 import parser  # type: ignore[import-not-found]
    except ImportError:
        return None
    return lambda text: (parser.parse(text), search_dates(text, languages=["en"]))


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds that a call takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> int:
    """Print throughput, the ratio to the baseline, and the slowest lines."""
    texts = paragraphs()
    size = sum(len(text.encode("utf-8")) for text in texts)
    read_figures(document(texts[0]))
    plain = min(seconds(lambda: [re.findall(r"\w+", t) for t in texts]) for _ in range(REPEATS))
    each = [min(seconds(lambda t=t: read_figures(document(t))) for _ in range(3)) for t in texts]
    total = sum(each)
    print(f"{size:,} bytes in {len(texts)} paragraphs: {size / total / 1000:,.0f} kB a second")
    print(f"reading takes {total / plain:,.0f} plain passes over the same text")
    print(f"median {1000 * sorted(each)[len(each) // 2]:.2f} ms, slowest {1000 * max(each):.1f} ms")
    other = peer()
    if other:
        other(texts[0])
        theirs = seconds(lambda: [other(text) for text in texts])
        print(f"quantulum3 with dateparser takes {theirs / total:,.0f} times as long")
    else:
        print("quantulum3 and dateparser are not both installed: no peer to compare with")
    held = document_memory(texts)
    print(f"held after 1,000 documents {held[0]:,} bytes, after 10,000 {held[1]:,}")
    for name, text in ODD_LINES.items():
        print(f"{name}: {seconds(lambda t=text: read_figures(document(t))):.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
