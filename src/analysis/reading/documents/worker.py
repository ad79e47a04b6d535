"""The child process that reads pages: started once, fed over pipes, gone with its parent.

Messages are a length (8 bytes, big-endian) and that many bytes. A request is two messages, JSON
and the page. The answer is up to two, JSON: first, marked ``early``, the document as read from the
page alone, then the document as all readers see it. Nothing is pickled.
"""

import gc
import json
import os
import queue
import signal
import struct
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.model.documents import Document

LENGTH = struct.Struct(">Q")
SHARE = 0.95
GRACE = 5  # seconds that a read may outlast its limit before the child ends itself


def write_message(stream: IO[bytes], payload: bytes) -> None:
    """Send one message."""
    stream.write(LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_message(stream: IO[bytes]) -> bytes:
    """Receive one message.

    Raises
    ------
    EOFError
        The other side is gone.
    """
    (length,) = LENGTH.unpack(read_exactly(stream, LENGTH.size))
    return read_exactly(stream, length)


def read_exactly(stream: IO[bytes], length: int) -> bytes:
    """Read `length` bytes or raise EOFError."""
    parts = []
    while length:
        part = stream.read(min(length, 1 << 20))
        if not part:
            raise EOFError("the other process closed the pipe")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def answer(
    header: dict[str, Any], body: bytes, early: Callable[[dict[str, Any]], None]
) -> dict[str, Any]:
    """Read one page and return its document, or the error by name, as plain JSON values.

    `early` is handed an answer from the page alone, before the readers that may hang or crash.
    """
    from analysis.model.errors import AnalysisError
    from analysis.reading.documents.article import PageRequest, read_page

    try:
        request = PageRequest(**header)
        return as_json(read_page(body, request, lambda document: early(as_json(document))))
    except AnalysisError as error:
        return {"error": type(error).__name__, "message": str(error)}
    except MemoryError:
        return {"failure": "the readers ran out of their memory limit", "memory": True}
    except Exception as error:  # a fault in a reader must not cost the documents after it
        return {"failure": f"a reader failed ({type(error).__name__}: {error})"[:500]}


def as_json(document: "Document") -> dict[str, Any]:
    """Return the answer that carries a document."""
    fields = asdict(document)
    fields["published"] = document.published and document.published.isoformat()
    return {"document": fields}


def limit_memory(extra: int) -> None:
    """Let this process grow by `extra` bytes from here, where the system offers such a limit.

    Only the soft limit moves, so that the next document has its own. Room that was mapped before
    and is only filled now comes on top: hence the share.
    """
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (memory_now()[0] + int(SHARE * extra), hard))
    except (ImportError, OSError, ValueError):
        return


def memory_now() -> tuple[int, int]:
    """Return how many bytes this process has mapped, and how many of them are in use.

    Raises
    ------
    OSError
        The system does not say.
    """
    from resource import getpagesize

    mapped, used = Path("/proc/self/statm").read_text(encoding="ascii").split()[:2]
    return int(mapped) * getpagesize(), int(used) * getpagesize()


def memory_used() -> int:
    """Return how many bytes this process uses, 0 where the system does not say."""
    try:
        return memory_now()[1]
    except (ImportError, OSError, ValueError):
        return 0


def lift_memory_limit() -> None:
    """Let this process grow again, so that it can say what it found."""
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    except (ImportError, OSError, ValueError):
        return


def load_libraries() -> None:
    """Load what reads pages, before memory is counted."""
    import charset_normalizer
    import htmldate
    import newspaper
    import newspaper.parsers
    import resiliparse.extract.html2text
    import trafilatura

    from analysis.reading.documents import article

    assert all((charset_normalizer, htmldate, newspaper, resiliparse, trafilatura, article))


def set_alarm(seconds: float) -> None:
    """Have the system end this process after `seconds`, even inside a C library; 0 for never."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def listen(stream: IO[bytes], requests: "queue.Queue[tuple[dict[str, Any], bytes]]") -> None:
    """Take requests from the pipe; when the parent is gone, end at once, whatever is running."""
    try:
        while True:
            header = json.loads(read_message(stream))
            requests.put((header, read_message(stream)))
    except (EOFError, OSError):
        os._exit(0)


def main() -> None:
    """Answer requests until the parent is gone."""
    pipe_in, pipe_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # what a library prints must not run into an answer
    requests: queue.Queue[tuple[dict[str, Any], bytes]] = queue.Queue()
    load_libraries()
    threading.Thread(target=listen, args=(pipe_in, requests), daemon=True).start()
    first, at_start = True, memory_used()
    # A page makes many small objects that live until it is read; looking through them for cycles
    # costs a quarter of the time. So that is done between pages, past what the imports left.
    gc.disable()
    while True:
        header, body = requests.get()
        seconds, memory = header.pop("seconds"), header.pop("memory")
        limit_memory(memory - 2 * len(body))  # it came in parts, which took as much
        set_alarm(seconds + GRACE)

        def send(found: dict[str, Any], early: bool = True) -> None:
            write_message(pipe_out, json.dumps({**found, "early": early}).encode("ascii"))

        found = answer(header, body, send)
        lift_memory_limit()
        send({**found, "kept": memory_used() - at_start}, early=False)
        set_alarm(0)
        del body, found
        gc.collect()
        if first:
            gc.freeze()
            first = False


if __name__ == "__main__":
    main()
