"""Whether a record keeps what its schema promises, so that the codebook is true of every row."""

from collections.abc import Iterable
from dataclasses import Field, fields
from typing import Any

from analysis.model.errors import RecordError, VocabularyError
from analysis.model.tables import required_fields
from analysis.model.vocabulary import load

OPEN = ("platforms",)  # a service that no vocabulary knows keeps its own name, and is listed apart


def _judged(record: type) -> tuple[Field[Any], ...]:
    """Return the fields whose values are few and fixed, or keys of a closed vocabulary."""
    return tuple(
        f
        for f in fields(record)
        if f.metadata["values"] or f.metadata["vocabulary"] not in ("", *OPEN)
    )


def check_record(row: Any) -> None:
    """Refuse a record that leaves a required field empty or holds a value of no vocabulary.

    Raises
    ------
    RecordError
        Names the field, what it holds, and what is known.
    """
    for f in required_fields(type(row)):
        if getattr(row, f.name) in (None, ""):
            raise RecordError(f"{f.name} is empty, and no {type(row).__name__} may leave it so")
    for f in _judged(type(row)):
        value = getattr(row, f.name)
        if value in (None, ""):
            continue
        if f.metadata["values"] and value not in f.metadata["values"]:
            raise RecordError(f"{f.name} is {value!r}, expected one of {f.metadata['values']}")
        if f.metadata["vocabulary"]:
            _check_key(f.name, str(value), f.metadata["vocabulary"])


def _check_key(name: str, value: str, vocabulary: str) -> None:
    try:
        load(vocabulary).require(value)
    except VocabularyError as error:
        raise RecordError(f"{name}: {error}") from error


def check_records(rows: Iterable[Any]) -> None:
    """Refuse a table of which one row does not keep its schema; see `check_record`."""
    for row in rows:
        check_record(row)
