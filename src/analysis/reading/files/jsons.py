"""JSON and JSON lines, strictly: numbers exact, no key twice, no number that is none."""

import json
import math
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from analysis.reading.documents.decode import BOMS
from analysis.reading.files.limits import USUAL, Clock, Limits
from analysis.reading.files.problems import Refusal, shown
from analysis.reading.files.shapes import JsonValues, Table

LONGEST_NUMBER = 1_000  # digits
CHECKED = 1_000  # tokens between two looks at the clock
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{,\]}]', re.S)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_BLANK = " \t\r\n"


def parse_json(body: bytes, limits: Limits = USUAL) -> JsonValues:
    """Read JSON, or JSON lines.

    A last line that is cut off is left out and named in the notes; anything else that is wrong
    refuses the file.

    Raises
    ------
    Refusal
        Names the problem and its line.
    """
    if len(body) > limits.size:
        raise Refusal("too_large", f"{len(body):,} bytes, expected at most {limits.size:,}")
    clock = Clock(limits)
    text = decode_json(body)
    if not text.strip(_BLANK):
        raise Refusal("empty", "no text, expected JSON")
    refuse_bulk(text, limits, clock)
    clock.check("value", 1)
    try:
        return JsonValues((parse_value(text),))
    except json.JSONDecodeError as error:
        lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip(_BLANK)]
        if len(lines) > 1 and _is_value(lines[0][1]):
            return parse_lines(lines, clock)
        raise damaged(error, 1) from None


def decode_json(body: bytes) -> str:
    """Return the text of JSON bytes, with or without a byte-order mark."""
    mark, encoding = next((pair for pair in BOMS if body.startswith(pair[0])), (b"", "utf-8"))
    try:
        return body[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        found = f"the bytes are not {encoding.upper()} (byte {error.start:,})"
        raise Refusal("json_character", found) from None


def refuse_bulk(text: str, limits: Limits, clock: Clock) -> None:
    """Refuse JSON that is nested too deep or holds too many values, before it is taken apart.

    Raises
    ------
    Refusal
        Names the line and the limit; the limit of time too.
    """
    depth = values = 0
    if text.count("\n") > limits.cells:
        raise Refusal("too_many_cells", f"more than {limits.cells:,} lines")
    for number, token in enumerate(_TOKEN.finditer(text)):
        if not number % CHECKED:
            clock.check("token", number)
        mark = text[token.start()]
        if mark == '"':
            continue
        values += mark not in "]}"
        depth = max(0, depth + (mark in "[{") - (mark in "]}"))
        if depth > limits.levels or values > limits.cells:
            line = text.count("\n", 0, token.start()) + 1
            if depth > limits.levels:
                found = f"line {line} is nested deeper than {limits.levels} levels"
                raise Refusal("json_depth", found)
            raise Refusal("too_many_cells", f"more than {limits.cells:,} values by line {line}")


def parse_value(text: str) -> Any:
    """Return the value of a JSON text.

    Raises
    ------
    json.JSONDecodeError
        It is no JSON.
    Refusal
        It is, but holds a number that is none, a key twice, or half a character.
    """
    value = json.loads(
        text,
        parse_constant=_no_number,
        parse_float=exact,
        parse_int=whole,
        object_pairs_hook=pairs_once,
    )
    if _SURROGATE_ESCAPE.search(text):
        refuse_surrogates(value)
    return value


def _no_number(name: str) -> Any:
    raise Refusal("json_not_a_number", f"{name} stands where a number should")


def exact(text: str) -> Decimal:
    """Return a number with all its digits."""
    try:
        if len(text) > LONGEST_NUMBER or not math.isfinite(float(text)):
            raise InvalidOperation
        return Decimal(text)
    except InvalidOperation:
        raise Refusal("json_number_range", f"the number {shown(text, 40)} is too large") from None


def whole(text: str) -> int:
    """Return a whole number, however many digits it has."""
    if len(text) > LONGEST_NUMBER:
        found = f"the number {shown(text, 40)} has {len(text):,} digits"
        raise Refusal("json_number_range", found)
    return int(text)


def pairs_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object in which no key stands twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise Refusal("json_doubled_key", f"the key {shown(key)} stands twice in an object")
            seen.add(key)
    return made


def refuse_surrogates(value: Any) -> None:
    """Refuse text with half of a character in it, which no file could be written with."""
    for text in texts(value):
        if _SURROGATE.search(text):
            raise Refusal("json_character", f"{shown(text)} holds half of a character")


def texts(value: Any) -> Iterator[str]:
    """Yield every text of a value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def _is_value(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def parse_lines(lines: list[tuple[int, str]], clock: Clock) -> JsonValues:
    """Return the values of JSON lines."""
    values = []
    notes: tuple[str, ...] = ()
    for number, line in lines:
        clock.check("line", number)
        try:
            values.append(parse_value(line))
        except json.JSONDecodeError as error:
            if number != lines[-1][0] or not is_cut(line):
                raise damaged(error, number) from None
            notes = (f"line {number} is cut off after {len(line):,} characters and left out",)
        except Refusal as refusal:
            raise Refusal(refusal.problem, f"line {number}: {refusal.found}") from None
    return JsonValues(tuple(values), True, notes)


def is_cut(line: str) -> bool:
    """Say whether a line begins a list or an object that it does not end.

    >>> is_cut('{"a": "b'), is_cut('{"a": 1} x')
    (True, False)
    """
    depth = 0
    last = ""
    for token in _TOKEN.finditer(line):
        last = token.group()
        depth += (last in "[{") - (last in "]}")
    return depth > 0 or (last.startswith('"') and (len(last) < 2 or not last.endswith('"')))


def damaged(error: json.JSONDecodeError, first: int) -> Refusal:
    """Return what the json module found in our own words."""
    where = f"line {error.lineno + first - 1}, character {error.colno}"
    return Refusal("json_damaged", f"{where}: {error.msg.lower()}")


def as_table(found: JsonValues, name: str, limits: Limits) -> Table:
    """Return objects as rows under the keys in the order in which they come.

    Text stands as it is, everything else as JSON writes it. A key that an object does not have
    and a ``null`` are both an empty cell; who must tell them apart reads the values.
    """
    records = found.records
    if not records:
        raise Refusal("not_a_table", "JSON that is no list of objects")
    keys = list(dict.fromkeys(key for record in records for key in record))
    if len(keys) > limits.columns:
        raise Refusal(
            "too_many_columns", f"{len(keys):,} keys, expected {limits.columns:,} at most"
        )
    if len(keys) * len(records) > limits.cells:
        raise Refusal("too_many_cells", f"{len(keys):,} keys in {len(records):,} objects")
    rows = [tuple(cell_text(record.get(key)) for key in keys) for record in records]
    if any("\0" in cell for row in (keys, *rows) for cell in row):
        raise Refusal("nul", "a text holds a NUL character")
    if not any(any(row) for row in (keys, *rows)):
        raise Refusal("empty", f"{len(records):,} objects without a key or a value")
    return Table(name, (tuple(keys), *rows), found.notes)


def cell_text(value: object) -> str:
    """Return a JSON value as the text of a cell.

    >>> cell_text("007"), cell_text(9007199254740993), cell_text(None), cell_text([1, True])
    ('007', '9007199254740993', '', '[1, true]')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal)):
        return str(value)
    return "".join(_json_parts(value))


def _json_parts(value: object) -> Iterable[str]:
    """Yield a value as JSON, numbers with all their digits."""
    if isinstance(value, dict):
        inner = (f"{json.dumps(k, ensure_ascii=False)}: {_joined(v)}" for k, v in value.items())
        yield "{" + ", ".join(inner) + "}"
    elif isinstance(value, list):
        yield "[" + ", ".join(map(_joined, value)) + "]"
    elif isinstance(value, str):
        yield json.dumps(value, ensure_ascii=False)
    else:
        yield cell_text(value) if value is not None else "null"


def _joined(value: object) -> str:
    return "".join(_json_parts(value))
