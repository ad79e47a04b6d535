"""CSV, JSON and ZIP files that are hostile, damaged or odd."""

from itertools import count
from types import SimpleNamespace

import pytest
from tests.reading.files.hostile_tables import CSV, JSON, ZIPS
from tests.reading.files.made import snap, zip_of

from analysis.model.errors import DocumentError, ReadingTimeout
from analysis.reading.files import Limits, limits, read_json, read_members, read_tables
from analysis.reading.files.problems import problems

ALL = [
    (kind, *case) for kind, cases in (("csv", CSV), ("json", JSON), ("zip", ZIPS)) for case in cases
]


@pytest.mark.parametrize(
    ("kind", "name", "made", "expected"), ALL, ids=[f"{a[0]}: {a[1]}" for a in ALL]
)
def test_a_file_gives_the_right_cells_or_its_problem_by_name(kind, name, made, expected):
    body = made() if callable(made) else made
    if isinstance(expected, tuple):
        assert read_tables(snap(body, f"t.{kind}"))[0].rows == expected
        return
    with pytest.raises(DocumentError) as caught:
        read_tables(snap(body, f"t.{kind}"))
    assert caught.value.problem == expected, caught.value
    assert type(caught.value) is problems()[expected].error
    assert str(caught.value).isprintable()
    assert problems()[expected].advice in str(caught.value)


def test_without_a_name_the_bytes_say_that_they_are_a_table():
    assert read_tables(snap(b"a;b\n1;2\n"))[0].rows == (("a", "b"), ("1", "2"))
    with pytest.raises(DocumentError, match="no delimiter makes columns"):
        read_tables(snap(b"Only words stand here.\nAnd here.\n"))
    with pytest.raises(DocumentError, match="no delimiter makes columns"):
        read_tables(snap(b"Yes, they said.\nNo.\nNot, that, I know.\n"))


def test_what_was_odd_is_noted():
    def notes(body, name="t.csv"):
        return " ".join(read_tables(snap(body, name))[0].notes)

    assert "cp1252, which is a guess" in notes("Café,b\n1,2\n".encode("cp1252"))
    assert "may be cut off" in notes(b"a,b,c\n1,2,3\n4,5,6\n7")
    assert "1 characters are damaged" in notes("é,ü,ö\nä,ß,é\n".encode() + b"\xff,1,2\n")
    assert "line 2 is cut off" in notes(b'{"a": 1}\n{"a": 2', "t.json")


def test_members_left_out_are_named():
    body = {name: made for name, made, _ in ZIPS}["two tables and a text"]
    tables = read_tables(snap(body, "t.zip"))
    assert [table.name for table in tables] == ["a/t.csv", "u.tsv"]
    assert "readme.txt" in tables[0].notes[0]


def test_members_are_unpacked_in_memory():
    body = ZIPS[0][1]
    assert [(m.name, m.body) for m in read_members(snap(body))] == [
        ("t.csv", b"service,removed\nX,125000\n")
    ]
    with pytest.raises(DocumentError, match="give a ZIP"):
        read_members(snap(b"a,b\n"))


def test_limits_of_an_archive_hold_across_its_members():
    from tests.reading.files.made import zip_of

    body = zip_of([(f"{n}.csv", b"a,b\n" * 100) for n in range(5)])
    with pytest.raises(DocumentError) as caught:
        read_tables(snap(body), limits=Limits(cells=900))
    assert caught.value.problem == "too_many_cells"


def test_the_time_of_an_archive_is_that_of_all_its_members():
    from tests.reading.files.made import sheet_xml, xlsx, zip_of

    book = xlsx({"S": sheet_xml([["a"]])})
    body = zip_of([(f"{n}.xlsx", book) for n in range(1500)])
    with pytest.raises(DocumentError) as caught:
        read_tables(snap(body), limits=Limits(seconds=0.5))
    assert caught.value.problem == "timeout"


ARCHIVE = zip_of([(f"{n}.csv", b"a,b\n" * 9) for n in range(50)])
SLOW = [
    ("lines", read_tables, "t.csv", b"a,b\n" * 500, "at line 10"),
    ("lines in a quote", read_tables, "t.csv", b'a,b\n"' + b"x\n" * 500 + b'",1\n', "at line 10"),
    ("values", read_json, "t.json", b"[" + b"1," * 50_000 + b"1]", "at token 9,000"),
    ("texts", read_json, "t.json", b'["' + b'","' * 50_000 + b'"]', "at token 9,000"),
    ("json lines", read_json, "t.json", b'{"a":1}\n' * 500, "at line "),
    ("members", read_members, "t.zip", ARCHIVE, "at member 10"),
    ("members with tables", read_tables, "t.zip", ARCHIVE, "at line "),
]


@pytest.mark.parametrize(
    ("read", "name", "body", "place"), [s[1:] for s in SLOW], ids=[s[0] for s in SLOW]
)
def test_the_time_is_looked_at_all_along(read, name, body, place, monkeypatch):
    """On a clock that goes on by a second whenever it is asked, ten looks are all there is."""
    told = count()
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: float(next(told))))
    with pytest.raises(ReadingTimeout, match="reading took longer than") as caught:
        read(snap(body, name))
    assert caught.value.problem == "timeout"
    assert place in str(caught.value)


def test_json_values_are_exact():
    found = read_json(snap(b'{"a": 9007199254740993, "b": 0.10, "c": [true, null]}'))
    assert (
        str(found.values[0]) == "{'a': 9007199254740993, 'b': Decimal('0.10'), 'c': [True, None]}"
    )
    assert read_json(snap(b'{"a": 1}\n{"a": 2}\n{"a"')).notes == (
        "line 3 is cut off after 4 characters and left out",
    )


def test_every_problem_has_an_error_and_an_advice():
    assert len(problems()) > 40
    for problem in problems().values():
        assert issubclass(problem.error, DocumentError)
        assert problem.advice
