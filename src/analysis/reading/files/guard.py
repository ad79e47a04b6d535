"""Runs the readers of spreadsheets and PDF in a child process that can be stopped."""

import atexit
from dataclasses import asdict
from typing import Any

from analysis.reading.documents.guard import Keeper
from analysis.reading.files.limits import Limits
from analysis.reading.files.problems import Refusal, problems

MODULE = "analysis.reading.files.worker"


class Guard(Keeper):
    """Has spreadsheets and PDF files read in a child process."""

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
        found = self.ask(header, body, limits.seconds)
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


GUARD = Guard(MODULE)
atexit.register(GUARD.stop)
