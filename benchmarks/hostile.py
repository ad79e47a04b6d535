"""Read mutated files, many of them: nothing may crash, hang, grow without end or lie.

The seeds are the files of tests/reading/files, whole and hostile. A mutation cuts, doubles, flips,
splices or inserts bytes; what is packed is also unpacked, mutated inside and packed again. Every
input ends in cells, pages, values or members that hold together, or in a named problem. The run is
repeatable: the same seed gives the same files.
"""

import argparse
import io
import json
import random
import re
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.reading.documents.pages import ARABIC, FIRST, SECOND, page
from tests.reading.files.hostile_books import BOOKS, PDFS
from tests.reading.files.hostile_tables import CSV, JSON, ZIPS
from tests.reading.files.made import snap

from analysis.model.errors import DocumentError
from analysis.reading.documents import Limits as PageLimits
from analysis.reading.documents import read_document
from analysis.reading.files import (
    JsonValues,
    Limits,
    Member,
    PdfPage,
    Table,
    read_json,
    read_members,
    read_pages,
    read_tables,
)
from analysis.reading.files.guard import GUARD
from analysis.reading.files.problems import problems
from benchmarks.mutating import cut, spliced

LONGEST_CUT = 60  # bytes
SMALL = 30_000  # bytes of a seed
SECONDS = 10.0
LATE = 2.0  # seconds that an answer may come after the limit
GROWTH = 400_000_000
ODD = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b'"', b"'", b",", b";", b"\t", b"\r", b"\n",
    b"\r\n", b"<", b">", b"<!DOCTYPE x>", b"&a;", b"<![CDATA[", b"{", b"[", b"]", b"}", b"NaN",
    b"1e999", b"-", b"99999999999999999999", b"4294967295", b"2147483648", b"-1", b"PK\x03\x04",
    b"PK\x01\x02", b"PK\x05\x06", b"\xff\xff\xff\xff", b"../", b"obj", b"endobj", b"stream",
    b"endstream", b"/Length", b"/Kids [2 0 R]", b" 0 R", b"<<", b">>", b"(", b")", b"BT", b"ET",
    b"XFD1048576", b"\xed\xa0\x80", b"\\ud800", b"<f>1</f>", b"<v>", b"</v>", b"xref", b"%%EOF",
)  # fmt: skip
_NUMBER = re.compile(rb"\d+")
NUMBERS = (b"0", b"1", b"-1", b"7", b"255", b"65536", b"1048577", b"4294967296", b"9" * 30, b"1e5")


@dataclass
class Tally:
    """What a run found."""

    read: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    slowest_name: str = ""
    failures: list[str] = field(default_factory=list)


def small(cases: list[tuple[str, object, object]]) -> Iterator[tuple[str, bytes]]:
    """Yield the seeds of a list of cases that are small and made of bytes."""
    for name, made, _ in cases:
        if isinstance(made, bytes) and 0 < len(made) < SMALL:
            yield name, made


def seeds() -> dict[str, list[bytes]]:
    """Return the seeds by kind of reader."""
    pages = [page(FIRST, SECOND), page(ARABIC, "<table><tr><td>1.9</td></tr></table>", lang="ar")]
    return {
        "csv": [body for _, body in small(CSV)],
        "json": [body for _, body in small(JSON)],
        "zip": [body for _, body in small(ZIPS)],
        "xlsx": [body for _, body in small(BOOKS)],
        "pdf": [body for _, body in small(PDFS)],
        "html": [text.encode() for text in pages],
    }


def mutated(rng: random.Random, body: bytes, other: bytes) -> bytes:
    """Return bytes changed in one of ten ways."""
    start, end = cut(rng, body, LONGEST_CUT)
    piece = body[start:end]
    way = rng.randrange(10)
    if way == 0:
        return body[:start] + body[end:]
    if way == 1:
        return body[:end] + piece * rng.randrange(1, 50) + body[end:]
    if way == 2:
        return body[:start] + rng.choice(ODD) + body[start:]
    if way == 3:
        return body[:start] + rng.choice(ODD) + body[end:]
    if way == 4:
        return spliced(rng, body, other, LONGEST_CUT)
    if way == 5:
        return body[:start]
    if way >= 8:
        return _NUMBER.sub(lambda m: rng.choice(NUMBERS) if rng.random() < 0.1 else m[0], body)
    flipped = bytearray(body)
    for _ in range(rng.randrange(1, 6)):
        if flipped:
            flipped[rng.randrange(len(flipped))] = rng.randrange(256)
    return bytes(flipped)


def mutated_inside(rng: random.Random, body: bytes, other: bytes) -> bytes:
    """Return an archive with one of its members mutated, as a whole archive again."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # the seed is a hostile one
        return mutated(rng, body, other)
    if not parts:
        return mutated(rng, body, other)
    chosen = rng.randrange(len(parts))
    name, inner = parts[chosen]
    parts[chosen] = (name, mutated(rng, inner, parts[rng.randrange(len(parts))][1]))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in dict(parts).items():
            archive.writestr(name or "_", inner)
    return buffer.getvalue()


def inputs(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many mutated files, each with its kind; the same for the same seed."""
    rng = random.Random(seed)
    sources = seeds()
    kinds = sorted(sources)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        body = rng.choice(sources[kind])
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            packed = kind in ("zip", "xlsx") and rng.random() < 0.8
            change = mutated_inside if packed else mutated
            body = change(
                rng, body, rng.choice(sources[rng.choice((kind, kind, rng.choice(kinds)))])
            )
        yield kind, body


def read_table_file(kind: str, body: bytes) -> None:
    """Read a file for its tables."""
    tables = read_tables(snap(body, f"f.{kind}"), limits=Limits(seconds=SECONDS))
    check_tables(tables)


def check_tables(tables: list[Table]) -> None:
    """Assert what is true of every table that was accepted."""
    assert tables
    assert any(any(any(row) for row in table.rows) for table in tables)
    for table in tables:
        assert all(type(cell) is str for row in table.rows for cell in row)
        json.dumps(table.rows).encode()
        assert "\0" not in "".join(cell for row in table.rows for cell in row)


def read_json_file(_: str, body: bytes) -> None:
    """Read JSON, and hold it against the standard library where that accepts it too."""
    found: JsonValues = read_json(snap(body, "f.json"))
    assert found.values or found.notes
    if not found.lines:
        assert "NaN" not in repr(found.values) or b'"' in body
        text = body.decode(json.detect_encoding(body)) if body else ""
        assert json.dumps(found.values[0], default=float) == json.dumps(
            json.loads(text.removeprefix("\ufeff")), default=float
        )


def read_zip_file(_: str, body: bytes) -> None:
    """Unpack an archive, and hold it against the standard library."""
    members: list[Member] = read_members(snap(body, "f.zip"))
    names = [member.name.replace("\\", "/") for member in members]
    assert len({name.casefold() for name in names}) == len(names)
    assert not any(name.startswith("/") or ".." in name.split("/") for name in names)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        theirs = {info.filename: archive.read(info) for info in archive.infolist()}
    assert all(theirs.get(member.name, member.body) == member.body for member in members)


def read_pdf_file(_: str, body: bytes) -> None:
    """Read the pages of a PDF."""
    pages: list[PdfPage] = read_pages(snap(body, "f.pdf"), limits=Limits(seconds=SECONDS))
    assert any(page.lines for page in pages)
    for found in pages:
        for line in found.lines:
            assert line.text
            assert line.text.isprintable() or not any(c < " " for c in line.text)
            line.text.encode("utf-8")


def read_html_file(_: str, body: bytes) -> None:
    """Read an article."""
    document = read_document(
        snap(body, "f.html"), name="f.html", limits=PageLimits(seconds=SECONDS)
    )
    assert document.text.strip()


READERS: dict[str, list[Callable[[str, bytes], None]]] = {
    "csv": [read_table_file],
    "json": [read_table_file, read_json_file],
    "zip": [read_table_file, read_zip_file],
    "xlsx": [read_table_file],
    "pdf": [read_pdf_file],
    "html": [read_html_file],
}


def try_one(kind: str, body: bytes, tally: Tally) -> None:
    """Read a file in every way that its kind is read in, and note what came of it."""
    for read in READERS[kind]:
        started = time.monotonic()
        try:
            read(kind, body)
            tally.accepted[kind] += 1
        except DocumentError as error:
            tally.refused[error.problem or type(error).__name__] += 1
            if kind != "html" and error.problem not in problems():
                tally.failures.append(f"{kind}: {error!r} has no name")
            if not str(error).isprintable():
                tally.failures.append(f"{kind}: unprintable message {str(error)!a}")
        except Exception:  # a failure of any kind is what is looked for
            tally.failures.append(f"{kind}: {body[:300]!r}\n{traceback.format_exc(limit=-3)}")
        took = time.monotonic() - started
        if took > tally.slowest:
            tally.slowest, tally.slowest_name = took, f"{kind} of {len(body):,} bytes"
        if took > SECONDS + LATE:
            tally.failures.append(f"{kind}: {took:.1f} s for {body[:300]!r}")


def peak(process: int | str) -> int:
    """Return the most memory that a process has had, in bytes; 0 where nothing says so."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next(
        (1024 * int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0
    )


def warm_up() -> None:
    """Start the children and load what they load, before anything is measured."""
    for kind in READERS:
        try_one(kind, seeds()[kind][0], Tally())


def run(seed: int, count: int, progress: bool = False) -> Tally:
    """Read so many mutated files and return what was found."""
    tally = Tally()
    warm_up()
    before = {"self": peak("self"), "child": peak(GUARD.process_id)}
    told = 0
    for kind, body in inputs(seed, count):
        try_one(kind, body, tally)
        tally.read += 1
        if progress and len(tally.failures) > told:
            print(f"file {tally.read}: {tally.failures[told]}", flush=True)
            told = len(tally.failures)
        if progress and tally.read % 5000 == 0:
            print(f"{tally.read:,} read, {len(tally.failures)} failures", flush=True)
    for name, process in (("self", "self"), ("child", GUARD.process_id)):
        grown = peak(process) - before[name]
        if grown > GROWTH:
            tally.failures.append(f"{name} grew by {grown:,} bytes")
            print(tally.failures[-1], flush=True)
    return tally


def main() -> int:
    """Print how many files were read, how they ended, and every failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started = time.monotonic()
    tally = run(options.seed, options.count, progress=True)
    print(f"{tally.read:,} mutated files in {time.monotonic() - started:.0f} s")
    print(f"accepted: {dict(sorted(tally.accepted.items()))}")
    print(f"refused: {dict(tally.refused.most_common())}")
    print(f"slowest {tally.slowest:.2f} s ({tally.slowest_name}); {len(tally.failures)} failures")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
