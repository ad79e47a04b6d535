"""Runs page readers in a child process that can be stopped: readers hang on hostile pages.

The child is started at the first page and kept. It is a plain ``python -m`` subprocess with pipes,
so that scripts without a ``__main__`` guard, notebooks and threads can read documents too.
"""

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
import time
from typing import Any

from analysis.model.errors import DocumentError, ReadingTimeout
from analysis.reading.documents.worker import read_message, write_message

MODULE = "analysis.reading.documents.worker"


class ChildGone(Exception):
    """The child process ended before it answered."""


class Child:
    """One child process, and a thread that waits for its answers."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-X", "utf8", "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
        )
        self._answers: queue.Queue[bytes | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def alive(self) -> bool:
        """Whether it runs and belongs to this process and not to one that this was forked from."""
        return self.owner == os.getpid() and self._process.poll() is None

    def ask(self, header: dict[str, Any], body: bytes, seconds: float) -> dict[str, Any]:
        """Send a page and return the answer.

        Raises
        ------
        TimeoutError
            No answer came in time; the child has been stopped.
        ChildGone
            The child ended, by its own limits or a fault in a library.
        """
        try:
            self._send(json.dumps(header).encode(), body)
            payload = self._answers.get(timeout=seconds)
        except queue.Empty:
            self.stop()
            raise TimeoutError from None
        except OSError:
            payload = None
        if payload is None:
            self.stop()
            raise ChildGone
        answer: dict[str, Any] = json.loads(payload)
        return answer

    def stop(self) -> None:
        """End the child and wait for it."""
        if self.owner != os.getpid():
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                try:
                    stream.close()
                except OSError:
                    continue

    def _send(self, header: bytes, body: bytes) -> None:
        assert self._process.stdin is not None
        write_message(self._process.stdin, header)
        write_message(self._process.stdin, body)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        try:
            while True:
                self._answers.put(read_message(self._process.stdout))
        except (EOFError, OSError, ValueError):
            self._answers.put(None)


class Guard:
    """Keeps one child for this process and replaces it when it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: Child | None = None

    def read(self, header: dict[str, Any], body: bytes, seconds: float) -> dict[str, Any]:
        """Have a page read; on a timeout or a crash, once more by the simple reader alone.

        Raises
        ------
        ReadingTimeout
            The simple reader did not end in time either.
        DocumentError
            The simple reader failed as well.
        """
        with self._lock:
            first = self._ask(header, body, seconds)
            if "failure" not in first:
                return first
            again = self._ask({**header, "heavy": False}, body, seconds)
        if "failure" not in again:
            again["note"] = f"{first['failure']}: read without newspaper3k and trafilatura"
            return again
        if again["kind"] == "timeout":
            raise ReadingTimeout(
                f"{header['name']}: reading took longer than {seconds:g} s and was stopped; "
                "raise the limit (limits=Limits(seconds=...)) or cut the page down to the article"
            )
        raise DocumentError(f"{header['name']}: the page could not be read: {again['failure']}")

    def warm(self) -> None:
        """Start the child, so that it loads its libraries while the caller does other things."""
        with self._lock:
            self._running()

    def stop(self) -> None:
        """End the child, if there is one."""
        if self._child:
            self._child.stop()
            self._child = None

    def _running(self) -> Child:
        if self._child is None or not self._child.alive:
            self._child = Child()
        return self._child

    def _ask(self, header: dict[str, Any], body: bytes, seconds: float) -> dict[str, Any]:
        started = time.monotonic()
        try:
            answer = self._running().ask({**header, "seconds": seconds}, body, seconds)
        except TimeoutError:
            passed = time.monotonic() - started
            return {"failure": f"reading was stopped after {passed:.0f} s", "kind": "timeout"}
        except ChildGone:
            return {"failure": "the reading process ended without an answer", "kind": "gone"}
        if answer.get("error") in ("MemoryError", "Exception"):
            if answer["error"] == "MemoryError":
                self.stop()  # its memory is spent
            return {"failure": answer["message"], "kind": "fault"}
        return answer


GUARD = Guard()
atexit.register(GUARD.stop)
