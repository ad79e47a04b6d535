"""The child process that reads spreadsheets and PDF, with less power than its parent.

It is fed over pipes and answers in JSON (see `reading.documents.worker`). Its memory may grow by
so much for each file; it writes no files, opens few, and leaves no core behind.
"""

import gc
import json
import os
import queue
import threading
from typing import TYPE_CHECKING, Any

from analysis.reading.documents.worker import (
    GRACE,
    lift_memory_limit,
    limit_memory,
    listen,
    memory_used,
    set_alarm,
    write_message,
)
from analysis.reading.files.limits import Limits
from analysis.reading.files.problems import Refusal

if TYPE_CHECKING:
    from analysis.reading.files.shapes import Box, PdfPage

OPEN_FILES = 64
LONGEST_ANSWER = 120_000_000  # bytes


def answer(header: dict[str, Any], body: bytes) -> dict[str, Any]:
    """Read one file and return what it holds, or the problem by name, as plain JSON values."""
    try:
        return {header["kind"]: read(header, body)}
    except Refusal as refusal:
        return {"problem": refusal.problem, "found": refusal.found}
    except MemoryError:
        return {"problem": "memory", "found": "reading took more memory than its limit"}
    except RecursionError:
        return {"problem": "broke_reader", "found": "it is nested without end"}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # also what Rust throws, which is no Exception
        what = f"the reader failed ({type(error).__name__}: {error})"
        return {"problem": "broke_reader", "found": what[:500]}


def read(header: dict[str, Any], body: bytes) -> list[Any]:
    """Return the tables or pages of a file as lists and dictionaries."""
    limits = Limits(**header["limits"])
    if header["kind"] == "pages":
        from analysis.reading.files.pdfs import read_pdf

        pages = tuple(header["pages"]) if header["pages"] else None
        return [page_fields(page) for page in read_pdf(body, pages, limits)]
    from analysis.reading.files.sheets import read_sheets

    return [
        [table.name, table.rows, table.notes, table.unread, table.hidden]
        for table in read_sheets(body, limits)
    ]


def page_fields(page: "PdfPage") -> list[Any]:
    """Return a page as lists of plain values, in the order of its fields."""
    lines = [
        [line.text, corners(line.box), line.hidden, [[w.text, corners(w.box)] for w in line.words]]
        for line in page.lines
    ]
    return [page.number, page.width, page.height, lines, page.notes]


def corners(box: "Box") -> tuple[float, float, float, float]:
    """Return the sides of a box in the order of its fields."""
    return box.left, box.top, box.right, box.bottom


def load_libraries() -> None:
    """Load what reads files, before memory is counted."""
    import pypdf
    import pypdfium2
    import pypdfium2.raw
    import python_calamine

    from analysis.reading.files import pdfs, sheets

    assert all((pypdf, pypdfium2, python_calamine, pdfs, sheets))


def give_up_rights() -> None:
    """Give up what reading needs not: writing files, cores; no more than a few open files."""
    try:
        import resource
    except ImportError:  # Windows
        return
    wanted = {"RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0, "RLIMIT_NOFILE": OPEN_FILES}
    for name, value in wanted.items():
        try:
            resource.setrlimit(getattr(resource, name), (value, value))
        except (AttributeError, OSError, ValueError):
            continue


def encode(found: dict[str, Any]) -> bytes:
    """Return an answer as JSON, or what went wrong if that is too long."""
    try:
        made = json.dumps({**found, "early": False}).encode("ascii")
    except MemoryError:
        made = b""
    if made and len(made) <= LONGEST_ANSWER:
        return made
    return json.dumps(
        {"problem": "memory", "found": "what it holds takes too much memory", "early": False}
    ).encode("ascii")


def main() -> None:
    """Answer requests until the parent is gone."""
    pipe_in, pipe_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # what a library prints must not run into an answer
    requests: queue.Queue[tuple[dict[str, Any], bytes]] = queue.Queue()
    load_libraries()
    give_up_rights()
    threading.Thread(target=listen, args=(pipe_in, requests), daemon=True).start()
    gc.freeze()
    at_start = memory_used()
    while True:
        header, body = requests.get()
        set_alarm(header["seconds"] + GRACE)
        limit_memory(header["memory"] - 2 * len(body))  # it came in parts
        found = answer(header, body)
        made = encode({**found, "kept": memory_used() - at_start})
        lift_memory_limit()
        write_message(pipe_out, made)
        set_alarm(0)
        del made, body, found
        gc.collect()


if __name__ == "__main__":
    main()
