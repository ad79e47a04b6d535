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

from analysis.model.errors import DocumentError, OutOfMemory, ReadingTimeout
from analysis.reading.documents.worker import read_message, write_message

MOST_KEPT = 200_000_000  # bytes that a child may keep after a page, before it is replaced
MODULE = "analysis.reading.documents.worker"


class Child:
    """One child process that runs a module, and a thread that waits for its answers."""

    def __init__(self, module: str) -> None:
        self.owner = os.getpid()
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-P", "-X", "utf8", "-W", "ignore", "-m", module],
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

    @property
    def process_id(self) -> int:
        """The id of the process."""
        return self._process.pid

    def ask(self, header: dict[str, Any], body: bytes, seconds: float) -> dict[str, Any]:
        """Send a page and return the answer, in which ``failure`` says what went wrong.

        A page whose readers hang or crash still has its early answer, if it came so far.
        """
        end = time.monotonic() + seconds
        found: dict[str, Any] = {}
        try:
            self._send(json.dumps(header).encode(), body)
            while not found or found.get("early"):
                payload = self._answers.get(timeout=max(0.0, end - time.monotonic()))
                if payload is None:
                    raise EOFError
                latest = json.loads(payload)
                if not isinstance(latest, dict):
                    raise ValueError("no answer that it should give")
                found = {**found, **latest} if "failure" in latest else latest
        except queue.Empty:
            self.stop()
            return {**found, "failure": "reading took too long and was stopped", "late": True}
        except (OSError, EOFError, ValueError):
            self.stop()
            return {**found, "failure": "the reading process ended before its time"}
        if found.pop("kept", 0) > MOST_KEPT:
            self.stop()
        return found

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


class Keeper:
    """Keeps one child for this process, which runs a module, and replaces it when it is gone."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._lock = threading.Lock()
        self._child: Child | None = None

    def ask(self, header: dict[str, Any], body: bytes, seconds: float) -> dict[str, Any]:
        """Ask the child, one question at a time, as `Child.ask` does."""
        with self._lock:
            if self._child is None or not self._child.alive:
                self._child = Child(self._module)
            return self._child.ask(header, body, seconds)

    @property
    def process_id(self) -> int:
        """The child's process id, 0 when none runs."""
        return self._child.process_id if self._child and self._child.alive else 0

    def stop(self) -> None:
        """End the child, if there is one."""
        if self._child:
            self._child.stop()
            self._child = None


class Guard(Keeper):
    """Has pages read in a child process."""

    def read(self, header: dict[str, Any], body: bytes, seconds: float) -> dict[str, Any]:
        """Have a page read and return its document or error as plain JSON values.

        Raises
        ------
        ReadingTimeout, OutOfMemory
            Not even the page alone could be read within the limits.
        DocumentError
            The readers failed before the page could be read.
        """
        answer = self.ask({**header, "seconds": seconds}, body, seconds)
        failure = answer.get("failure")
        if failure and "document" in answer:
            answer["note"] = f"{failure}: read without newspaper3k and trafilatura"
        elif failure and answer.get("late"):
            raise ReadingTimeout(
                f"{header['name']}: reading took longer than {seconds:g} s and was stopped; "
                "raise the limit (limits=Limits(seconds=...)) or cut the page down to the article"
            )
        elif failure and answer.get("memory"):
            raise OutOfMemory(
                f"{header['name']}: reading took more memory than its limit and was stopped; "
                "raise the limit (limits=Limits(memory=...)) or cut the page down to the article"
            )
        elif failure:
            raise DocumentError(f"{header['name']}: the page could not be read: {failure}")
        return answer


GUARD = Guard(MODULE)
atexit.register(GUARD.stop)
