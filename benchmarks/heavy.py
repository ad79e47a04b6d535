"""Read the heaviest files that fit the limits: seconds and megabytes that each one takes.

Growth is that of the child process which reads and of this one, each from before the file to its
peak while it was read (Linux only). The rule is 10 seconds and 400 MB.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.reading.documents.pages import FIRST, SECOND, page
from tests.reading.files.hostile_books import PDFS, flate_bomb, huge_sheet, wide_forms
from tests.reading.files.made import pdf, sheet_xml, snap, text_at, xlsx, zip_of

from analysis.model.errors import DocumentError
from analysis.reading.documents import guard as page_guard
from analysis.reading.documents import read_document
from analysis.reading.files import guard as file_guard
from analysis.reading.files import read_json, read_pages, read_tables
from benchmarks.hostile import GROWTH, LATE, SECONDS, peak

LINES = b"".join(text_at(72, 700 - 12 * n, "words 12345 " * 6).encode() for n in range(50))
CELL = "<tr><td>Facebook</td><td>1,900,000</td><td>2018-03-31</td></tr>"
STRINGS = [[f"text {r} {c} " * 5 for c in range(40)] for r in range(12_000)]


def files() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name and the maker of each file; the ending chooses the reader."""
    yield "a bomb of 512 MB.pdf", lambda: flate_bomb(512)
    yield "a bomb in a bomb.pdf", lambda: flate_bomb(1000, 2)
    yield "forms ten wide.pdf", wide_forms
    yield "an endless page.pdf", lambda: next(p[1] for p in PDFS if p[0] == "an endless page")
    yield "200 dense pages.pdf", lambda: pdf(*[LINES] * 200)
    yield "one page of 16 MB.pdf", lambda: pdf(LINES * 3000)
    yield "460,000 numbers.xlsx", lambda: huge_sheet(14)
    yield "480,000 texts.xlsx", lambda: xlsx({"S": sheet_xml(STRINGS)})
    yield "too many cells.xlsx", lambda: huge_sheet(18)
    yield "498,000 cells.csv", lambda: b"1234567,abcd,xyz\n" * 166_000
    yield "19 million columns.csv", lambda: b"a" + b"," * 19_000_000
    yield "one cell of 19 MB.csv", lambda: b'a,b\n"' + b"x\n" * 9_500_000 + b'",1\n'
    yield "490,000 numbers.json", lambda: b"[" + b"1.5," * 490_000 + b"1]"
    yield "6 million texts.json", lambda: b"[" + b'"",' * 6_600_000 + b'""]'
    yield "one text of 20 MB.json", lambda: b'["' + b"\\u00e9" * 3_300_000 + b'"]'
    yield "240,000 lines.json", lambda: b'{"a":1}\n' * 240_000
    yield "a bomb.zip", lambda: zip_of([("t.csv", b"0," * 25_000_000)])
    yield "2,000 members.zip", lambda: zip_of([(f"{n}.csv", b"a,b\n") for n in range(2000)])
    yield "100,000 tags deep.html", lambda: html("<div>" * 100_000 + "x" + "</div>" * 100_000)
    yield "300,000 siblings.html", lambda: html("<p>x</p>" * 300_000)
    yield "100,000 rows.html", lambda: html(f"<table>{CELL * 100_000}</table>")
    yield "500,000 links.html", lambda: html("<a href=x>y</a>" * 500_000)
    yield "900,000 choices.html", lambda: html("<select>" + "<option>1" * 900_000)
    yield "an attribute of 18 MB.html", lambda: html(f"<a title='{'x' * 18_000_000}'>y</a>")
    yield "18 MB of prose.html", lambda: html("<p>Facebook removed 1,204 posts.</p>" * 480_000)


def html(tail: str) -> bytes:
    """Return a page with something behind its article."""
    return page(FIRST, SECOND, tail=tail).encode()


def read(name: str, body: bytes) -> str:
    """Read a file by its ending, and say how that ended."""
    try:
        if name.endswith(".html"):
            read_document(snap(body), name=name)
        elif name.endswith(".pdf"):
            read_pages(snap(body), name=name)
        elif name.endswith(".json"):
            read_json(snap(body), name=name)
        else:
            read_tables(snap(body, name))
    except DocumentError as error:
        return f"{type(error).__name__} {error.problem}".strip()
    return "read"


def warm(name: str) -> int:
    """Start the child that reads such a file, and return its process id."""
    if name.endswith(".html"):
        read("warm.html", html(""))
        child = page_guard.GUARD.process_id
    else:
        read("warm.xlsx", xlsx({"S": sheet_xml([["a"]])}))
        child = file_guard.GUARD.process_id
    return child


def forget_peaks(*processes: int) -> list[int]:
    """Make the peak of each process what it has now, and return that in bytes."""
    for process in processes:
        try:
            Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")
        except OSError:
            continue
    return [peak(process) for process in processes]


def measure(name: str, body: bytes) -> tuple[str, float, int, int]:
    """Return how reading a file ended, in how many seconds, and what child and parent grew by."""
    child = warm(name)
    started_at = forget_peaks(child, os.getpid())
    top, done = [started_at[0]], threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            top[0] = max(top[0], peak(child))

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.monotonic()
    how = read(name, body)
    seconds = time.monotonic() - started
    done.set()
    watcher.join()
    return how, seconds, top[0] - started_at[0], peak(os.getpid()) - started_at[1]


def main() -> int:
    """Print a line for each file, and return 1 where one took more than it may."""
    wrong = 0
    for name, made in files():
        how, seconds, child, parent = measure(name, made())
        too_much = seconds > SECONDS + LATE or max(child, parent) > GROWTH
        wrong += too_much
        print(
            f"{name:28}{seconds:6.1f} s  child +{child // 10**6:4} MB  here +{parent // 10**6:4} MB"
            f"  {how}{'  TOO MUCH' if too_much else ''}",
            flush=True,
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
