"""Time the prose reader against a plain pass over the same text in the same run.

The baseline splits the text into words with one regular expression; the ratio says how many such
passes reading takes, and holds on any machine. The slowest line shows that no line is costly.
"""

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from analysis.model.schema import Block, Document
from analysis.reading.prose.mentions import read_figures

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
    for name, text in ODD_LINES.items():
        print(f"{name}: {seconds(lambda t=text: read_figures(document(t))):.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
