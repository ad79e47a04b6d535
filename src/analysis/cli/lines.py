"""``amounts`` and ``periods``: a line of JSON in, a line of JSON out."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from analysis.cli.terminal import FINE, PROBLEMS, as_json, complain


def answer_lines(answer: Callable[[dict[str, Any]], Sequence[Any]]) -> int:
    """Answer each line of JSON on standard input with a line of JSON.

    A line that cannot be answered is named on standard error and answered ``null``, so that
    answers and questions stay side by side; an empty line is left out.
    """
    code = FINE
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            print(as_json([plain_fields(record) for record in answer(read_question(line))]))
        except ValueError as error:
            complain(f"line {number}: {error}")
            print("null")
            code = PROBLEMS
    return code


def read_question(line: bytes) -> dict[str, Any]:
    """Return the object on one line, its ``text`` and ``lang`` checked.

    Raises
    ------
    ValueError
        Says what is wrong with the line.
    """
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 ({error.reason} at byte {error.start})") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise ValueError('expected an object with "text", such as {"text": "1.9 million posts"}')
    if not isinstance(asked.get("lang") or "en", str):
        raise ValueError(f'lang is {asked["lang"]!r}, expected a code such as "en"')
    return asked


def reference_day(asked: dict[str, Any]) -> date | None:
    """Return the day that relative periods are counted from, None if no day is given."""
    stated = asked.get("reference_date")
    if not stated:
        return None
    try:
        return date.fromisoformat(str(stated)[:10])
    except ValueError:
        raise ValueError(
            f'reference_date is {stated!r}, expected a day such as "2020-08-22"'
        ) from None


def plain_fields(record: Any) -> dict[str, Any]:
    """Return a record of amounts or periods as JSON values."""
    made = dataclasses.asdict(record)
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in made.items()}


def run_amounts(options: argparse.Namespace) -> int:
    """Write the amounts of each text on standard input."""
    from analysis.reading.prose.numbers.amounts import amounts

    return answer_lines(lambda asked: amounts(asked["text"], lang=asked.get("lang") or "en"))


def run_periods(options: argparse.Namespace) -> int:
    """Write the periods of each text on standard input."""
    from analysis.reading.prose.times.periods import periods

    return answer_lines(
        lambda asked: periods(asked["text"], reference_day(asked), lang=asked.get("lang") or "en")
    )
