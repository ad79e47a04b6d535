"""Runs the readers of spreadsheets and PDF in a child process that can be stopped."""

import atexit
import threading
from dataclasses import asdict
from typing import Any

from analysis.reading.documents.guard import Child
from analysis.reading.files.limits import Limits
from analysis.reading.files.problems import Refusal, problems

MODULE = "analysis.reading.files.worker"


class Guard:
    """Keeps one child for this process and replaces it when it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: Child | None = None

    def read(
        self, kind: str, body: bytes, limits: Limits, pages: tuple[int, int] | None = None
    ) -> list[Any]:
        """Have a file read and return its tables or pages as plain JSON values.

        Raises
        ------
        Refusal
            Names the problem, also where the child ran out of time or broke down.
        """
        header = {
            "kind": kind,
            "pages": pages,
            "limits": asdict(limits),
            "seconds": limits.seconds,
            "memory": limits.memory,
        }
        with self._lock:
            found = self._running().ask(header, body, limits.seconds)
        if kind in found:
            values: list[Any] = found[kind]
            return values
        if found.get("late"):
            raise Refusal("timeout", f"reading took longer than {limits.seconds:g} s")
        if "failure" in found:
            # A library that cannot have the memory it asks for ends its process.
            raise Refusal("broke_reader", "the reader broke down, or asked for too much memory")
        if found.get("problem") not in problems():
            raise Refusal("broke_reader", "the reader gave an answer that it should not give")
        raise Refusal(found["problem"], found["found"])

    @property
    def process_id(self) -> int:
        """The child's process id, 0 when none runs."""
        return self._child.process_id if self._child and self._child.alive else 0

    def stop(self) -> None:
        """End the child, if there is one."""
        if self._child:
            self._child.stop()
            self._child = None

    def _running(self) -> Child:
        if self._child is None or not self._child.alive:
            self._child = Child(MODULE)
        return self._child


GUARD = Guard()
atexit.register(GUARD.stop)
