"""The command line: formats, exit codes, bad input, and what reaches a terminal."""

import csv
import io
import json
import os
import shlex
import subprocess
import sys

import pytest
from tests.small_project import contents, make_project, page

from analysis import cli, pipeline
from analysis.cli import record as cli_record
from analysis.cli import terminal
from analysis.curation.store import changes
from analysis.doctor import Check
from analysis.model.errors import RenderError
from analysis.model.schema import RECORDS
from analysis.pipeline import Built

FIELDS = [
    "platform",
    "actor",
    "reported_by",
    "policy",
    "policy_stated",
    "group",
    "action",
    "item",
    "measure",
    "per",
    "of",
    "value",
    "low",
    "high",
    "bound",
    "period_start",
    "period_end",
    "period_text",
    "period_kind",
    "period_basis",
    "base_start",
    "base_end",
    "cumulative",
    "background",
    "geography",
    "published",
    "edition",
    "known_from",
    "known_to",
    "snapshot_id",
    "locator",
    "quote",
    "origin",
    "reader",
    "status",
    "note",
]
TEXT = "Facebook removed 1.9 million posts about terrorism in March 2018."


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    made = make_project(tmp_path_factory.mktemp("cli"))
    pipeline.build(made)
    return made


def feed(monkeypatch, body):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body), encoding="utf-8"))


def shell(*arguments, body=b"", **named):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "analysis", *map(str, arguments)]
    return subprocess.run(command, input=body, env=env, capture_output=True, check=False, **named)


# Help and wrong use


def test_every_command_has_help_with_an_example(capsys):
    commands = [
        "read",
        "extract",
        "fetch",
        "build",
        "verify",
        "report",
        "render",
        "export",
        "doctor",
        "amounts",
        "periods",
    ]
    assert list(cli.COMMANDS) == commands
    for name in commands:
        with pytest.raises(SystemExit) as left:
            cli.main([name, "--help"])
        told = capsys.readouterr().out
        assert left.value.code == 0
        assert f"Example: moderation-analysis {name}" in " ".join(told.split())


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_example_can_be_parsed(name):
    example = cli.COMMANDS[name][2].partition(" <")[0]
    assert cli.make_parser().parse_args(example.split()).command == name


def test_help_says_the_exit_codes(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    assert "0 all well; 1 something found wrong" in " ".join(capsys.readouterr().out.split())


WRONG = [
    [],
    ["reed"],
    ["extract"],
    ["extract", "x.html", "--format", "xml"],
    ["extract", "x.html", "--published", "22.8.2020"],
    ["render"],
    ["build", "everything"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_use_is_2(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == 2
    assert "usage: moderation-analysis" in capsys.readouterr().err


def test_version(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out.strip() == cli.__version__


# extract and read


def test_extract_as_jsonl_has_the_fields_in_order(article, capsys):
    assert cli.main(["extract", str(article), "--format", "jsonl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    row = json.loads(lines[0])
    assert list(row) == ["document", *FIELDS]
    assert row["document"] == str(article)
    assert (row["value"], row["platform"], row["period_start"]) == (
        1900000,
        "facebook",
        "2018-03-01",
    )
    assert row["published"] is None and row["cumulative"] is False


def test_extract_as_csv_has_the_fields_in_order(article, capsys):
    assert cli.main(["extract", str(article), "--format", "csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0] == ["document", *FIELDS] and len(rows) == 2
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["value"], row["low"], row["high"]) == ("1900000", "1850000", "1950000")
    assert (row["published"], row["cumulative"], row["quote"]) == ("", "false", TEXT)


def test_extract_as_table_shows_what_was_refused_too(article, capsys):
    article.write_text(f"{TEXT} It has 2 billion users.", encoding="utf-8")
    assert cli.main(["extract", str(article)]) == 0
    told = capsys.readouterr().out
    assert "1 observations, 2 refused" in told and "1900000" in told
    assert "refused '2 billion'" in told


SWEDISH = (
    "Facebook tog bort 1,9 miljoner inlägg om terrorism under mars 2018. "
    "Det är mer än i januari och företaget har också stängt konton som spred hat."
)


@pytest.mark.parametrize("told", [[], ["--lang", "sv"]])
def test_a_language_without_word_lists_is_warned_of(article, capsys, told):
    article.write_text(SWEDISH, encoding="utf-8")
    assert cli.main(["extract", str(article), *told]) == 0
    said = capsys.readouterr().err
    assert said.startswith("language 'sv' has no word lists and is read with those of 'en': ")
    assert said.count("\n") == 1 and "add-a-language.md" in said


def test_its_figures_carry_the_note(article, capsys):
    assert cli.main(["extract", str(article), "--lang", "sv", "--format", "jsonl"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["note"] == "language 'sv' has no word lists and is read with those of 'en'"


def test_amounts_warn_of_a_language_once(capsys, monkeypatch):
    asked = b'{"text": "5 posts", "lang": "sv"}\n'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(asked * 2)))
    assert cli.main(["amounts"]) == 0
    told = capsys.readouterr()
    assert told.out.count("\n") == 2 and told.err.count("'sv' has no word lists") == 1


def test_extract_as_table_says_what_was_odd(article, capsys):
    article.write_text(" ".join(f"qwx{n} zzyx" for n in range(30)), encoding="utf-8")
    assert cli.main(["extract", str(article)]) == 0
    assert "  note: no language was recognised" in capsys.readouterr().out


def test_published_and_language_go_along(article, capsys):
    article.write_text("Facebook removed 1.9 million posts last year.", encoding="utf-8")
    options = ["--published", "2020-08-22", "--lang", "en", "--format", "jsonl"]
    assert cli.main(["extract", str(article), *options]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["published"], row["period_start"]) == ("2020-08-22", "2019-01-01")
    assert row["period_basis"] == "relative"


@pytest.mark.parametrize("form", ["table", "csv", "jsonl"])
def test_a_bad_file_is_named_and_the_others_are_read(article, tmp_path, capsys, form):
    empty, pdf = tmp_path / "empty.html", tmp_path / "r.pdf"
    empty.write_bytes(b"")
    pdf.write_bytes(b"%PDF-1.7\n")
    names = [str(p) for p in (empty, article, tmp_path, pdf, tmp_path / "none.html", article)]
    assert cli.main(["extract", *names, "--format", form]) == 1
    told = capsys.readouterr()
    assert told.out.count("facebook") == 2
    lines = told.err.splitlines()
    assert len(lines) == 4
    for line, name, said in zip(
        lines,
        (empty, tmp_path, pdf, tmp_path / "none.html"),
        ("is empty", "is a folder", "PDF", "no such file"),
        strict=True,
    ):
        assert line.startswith(f"{name}: ") and said in line


def test_standard_input_is_a_document(monkeypatch, capsys):
    feed(monkeypatch, TEXT.encode())
    assert cli.main(["extract", "-", "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["document"] == "-"


def test_an_address_is_refused_with_the_way_out(capsys):
    assert cli.main(["read", "https://example.org/a"]) == 1
    told = capsys.readouterr().err
    assert "--fetch" in told and "[FetchRefused]" in told


def test_read_as_text_and_as_json(article, capsys):
    assert cli.main(["read", str(article)]) == 0
    told = capsys.readouterr().out
    assert TEXT in told and "published:" in told
    assert cli.main(["read", str(article), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["text"].strip() == TEXT and document["published"] == ""


def test_read_says_what_was_left_out_and_what_a_page_is(tmp_path, capsys):
    html = f"<html><title>A</title><body><article><p>{TEXT}</p></article>"
    html += "<footer><p>Our 40 reporters in 12 countries\x1b[2J want to hear you.</p></footer>"
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    assert cli.main(["read", str(tmp_path / "a.html")]) == 0
    told = capsys.readouterr().out
    assert "state:     stub" in told
    assert "left out, 1 with numbers:" in told
    assert "  Our 40 reporters in 12 countries" in told and "[footer" in told
    assert "\x1b" not in told


# What reaches a terminal

PRINTABLE = [
    ("plain", "plain"),
    ("a\x1b[2Jb", r"a\x1b[2Jb"),
    ("a\nb\tc", r"a\nb\tc"),
    ("\x9b31m\x7f", r"\x9b31m\x7f"),
    ("a\u202eb\u2066", r"a\u202eb\u2066"),
    ("a\u2028b", r"a\u2028b"),
    ("\udcff", r"\udcff"),
    ("1\u00a0900\u202f000", "1\u00a0900\u202f000"),  # blanks inside French numbers
    ("می‌شود", "می‌شود"),  # Persian, with its joiner
    ("😀é", "😀é"),
]


@pytest.mark.parametrize(("text", "expected"), PRINTABLE)
def test_printable(text, expected):
    assert terminal.printable(text) == expected


def test_json_steers_nothing_and_reads_back():
    value = {"a": "\x1b[2J\x9b\u202e\x7f \u2028", "b": "می‌شود é"}
    line = terminal.as_json(value)
    assert terminal.printable(line) == line
    assert json.loads(line) == value
    assert "می‌شود é" in line


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be there")
@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_hostile_names_and_texts_are_shown_not_sent(tmp_path, capsys, form):
    bad = tmp_path / "\x1b]0;owned\x07\n.txt"
    bad.write_text(TEXT.replace("posts", "posts \x9b2J\u202e"), encoding="utf-8")
    empty = tmp_path / "\x1b[31m.html"
    empty.write_bytes(b"")
    cli.main(["extract", str(bad), str(empty), "--format", form])
    cli.main(["read", str(bad)])
    told = capsys.readouterr()
    for stream in (told.out, told.err):
        assert not set(stream) & set("\x1b\x07\x9b\u202e")


@pytest.mark.skipif(os.name == "nt", reason="there are no such terminals")
def test_csv_is_verbatim_in_a_pipe_and_harmless_on_a_terminal(tmp_path, monkeypatch):
    import pty

    bad = tmp_path / "\x1b[31m.txt"
    bad.write_text(TEXT, encoding="utf-8")
    assert b"\x1b[31m" in shell("extract", bad, "--format", "csv").stdout
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as screen:
        monkeypatch.setattr(sys, "stdout", screen)
        cli.main(["extract", str(bad), "--format", "csv"])
        screen.flush()
        shown = b""
        while not shown.endswith(b"unreviewed,\r\n"):  # a terminal hands its lines on in parts
            shown += os.read(ours, 65536)
    os.close(ours)
    assert b"\\x1b[31m" in shown and b"\x1b" not in shown


def test_wrong_use_repeats_nothing_that_steers(capsys):
    with pytest.raises(SystemExit):
        cli.main(["build", "\x1b[2J"])
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_a_closed_pipe_is_quiet(tmp_path):
    many = [tmp_path / f"{n}.txt" for n in range(300)]
    for path in many:
        path.write_text(TEXT, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "analysis", "extract", *many, "--format", "jsonl"]
    child = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout.readline().startswith(b'{"document"')
    child.stdout.close()
    assert child.stderr.read() == b""
    child.stderr.close()
    assert child.wait() == 0


# amounts and periods

QUESTIONS = [
    ('{"text": "1.9 million posts"}', 1, ""),
    ('{"text": ""}', 0, ""),
    ('{"text": "nothing here", "lang": "fr"}', 0, ""),
    ("{text: 1.9}", None, "line 4: not JSON"),
    ("[1]", None, 'line 5: expected an object with "text"'),
    ('{"lang": "en"}', None, 'line 6: expected an object with "text"'),
    ('{"text": 7}', None, 'line 7: expected an object with "text"'),
    ('{"text": "5 posts", "lang": 3}', None, "line 8: lang is 3"),
    ("[" * 100_000, None, "line 9: not JSON"),
    ('{"text": "5 posts", "lang": null}', 1, ""),
]


@pytest.mark.parametrize("command", ["amounts", "periods"])
def test_a_text_behind_the_command_is_told_where_it_goes(command, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "it's", "1.9 million"])
    assert ended.value.code == 2
    hint = capsys.readouterr().err.rpartition("echo ")[2]
    echoed, piped = hint.split(" | ")
    assert json.loads(shlex.split(echoed)[0]) == {"text": "it's 1.9 million"}
    assert piped.strip() == f"moderation-analysis {command}"


def test_amounts_answers_line_by_line(monkeypatch, capsys):
    body = "\ufeff" + "\n".join(line for line, _, _ in QUESTIONS)
    feed(monkeypatch, body.encode("utf-8") + b"\n\n\xff\n")
    assert cli.main(["amounts"]) == 1
    told = capsys.readouterr()
    answers = [json.loads(line) for line in told.out.splitlines()]
    assert len(answers) == len(QUESTIONS) + 1
    for answer, (_, count, _) in zip(answers, [*QUESTIONS, ("", None, "")], strict=True):
        assert (None if answer is None else len(answer)) == count
    said = [problem for _, _, problem in QUESTIONS if problem]
    lines = told.err.splitlines()
    assert len(lines) == len(said) + 1 and "line 12: not UTF-8" in lines[-1]
    for line, problem in zip(lines, said, strict=False):
        assert line.startswith(problem)
    assert list(answers[0][0]) == [
        "value", "low", "high", "bound", "span", "text", "measure", "vague",
    ]  # fmt: skip
    assert answers[0][0]["value"] == 1_900_000 and answers[0][0]["span"] == [0, 11]


def test_periods_answers_line_by_line(monkeypatch, capsys):
    lines = [
        {"text": "in March 2018"},
        {"text": "last year", "reference_date": "2020-08-22"},
        {"text": "last year", "reference_date": "2020-08-22T10:00:00Z"},
        {"text": "last year", "reference_date": "22.8.2020"},
        {"text": "in 2018", "reference_date": ""},
        {"text": "no time"},
    ]
    feed(monkeypatch, "\n".join(map(json.dumps, lines)).encode())
    assert cli.main(["periods"]) == 1
    told = capsys.readouterr()
    answers = [json.loads(line) for line in told.out.splitlines()]
    days = [(a[0]["start"], a[0]["end"]) if a else a for a in answers]
    year = ("2019-01-01", "2019-12-31")
    march = ("2018-03-01", "2018-03-31")
    assert days == [march, year, year, None, ("2018-01-01", "2018-12-31"), []]
    assert told.err.startswith("line 4: reference_date is '22.8.2020', expected a day such as")
    assert list(answers[0][0])[:8] == [
        "start", "end", "kind", "basis", "convention", "span", "text", "per",
    ]  # fmt: skip


# build, verify, report, export, doctor


def test_build_and_verify_say_what_they_did(project, monkeypatch, capsys):
    monkeypatch.chdir(project.root)
    assert cli.main(["build"]) == 0
    told = capsys.readouterr()
    assert "no observation changed" in told.out and "data version" in told.out
    assert all(name in told.out for name in RECORDS)
    assert told.err == ""  # no progress bar where nobody watches
    assert cli.main(["verify"]) == 0
    assert "are whole, data version" in capsys.readouterr().out


def test_verify_names_what_is_wrong_and_exits_with_1(project, monkeypatch, capsys):
    monkeypatch.chdir(project.root)
    path = project.processed / "events.csv"
    body = path.read_bytes()
    path.write_bytes(body + b"\n")
    assert cli.main(["verify"]) == 1
    path.write_bytes(body)
    assert "data/processed/events.csv" in capsys.readouterr().err


def built(registered=(), refused=()):
    nothing = changes.Changes(False, (), (), ())
    counts = dict.fromkeys(RECORDS, 0)
    return Built({"SHA256SUMS": b""}, counts, nothing, tuple(registered), tuple(refused))


@pytest.mark.parametrize(("count", "lines"), [(0, 0), (1, 1), (12, 12), (13, 13), (250, 13)])
def test_build_lists_a_dozen_registered_files_then_counts(capsys, count, lines):
    assert cli_record.tell_build(built(f"figures/{n}.csv" for n in range(count))) == 0
    told = [x for x in capsys.readouterr().out.splitlines() if x.startswith("registered")]
    assert len(told) == lines
    if count > 12:
        assert told[-1] == f"registered  {count - 12} more files of data/raw"


def test_build_with_a_refused_article_exits_with_1(capsys):
    assert cli_record.tell_build(built(refused=["data/raw/articles/\x1b.html: is empty"])) == 1
    assert capsys.readouterr().err == "data/raw/articles/\\x1b.html: is empty\n"


def test_progress_only_where_a_person_watches(monkeypatch):
    from analysis.pipeline.gathering import progress

    items = [1, 2]
    assert progress(items, "articles") is items
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert progress(items, "articles") is not items
    assert list(progress(items, "articles")) == items


def test_outside_a_project_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MODERATION_ANALYSIS_HOME", raising=False)
    for command in ("build", "verify", "report"):
        assert cli.main([command]) == 1
        assert "MODERATION_ANALYSIS_HOME" in capsys.readouterr().err


def test_render_names_a_bad_notebook_and_goes_on(monkeypatch, capsys, tmp_path):
    def render(notebook, out):
        if notebook.stem == "bad":
            raise RenderError("cell 3 failed")
        return out / f"{notebook.stem}.html"

    monkeypatch.setattr(pipeline, "render", render)
    names = [str(tmp_path / f"{stem}.ipynb") for stem in ("bad", "good")]
    assert cli.main(["render", *names, "-o", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "bad.ipynb: cell 3 failed" in told.err and "good.html" in told.out


def test_report_builds_and_renders_all(project, monkeypatch, capsys):
    monkeypatch.chdir(project.root)
    project.notebooks.mkdir(exist_ok=True)
    for name in ("b.ipynb", "a.ipynb"):
        (project.notebooks / name).write_text("{}", encoding="utf-8")
    monkeypatch.setattr(pipeline, "render", lambda notebook, out: out / f"{notebook.stem}.html")
    assert cli.main(["report"]) == 0
    told = capsys.readouterr().out
    assert told.index("data/processed") < told.index("a.html") < told.index("b.html")


def test_export_lists_what_it_wrote(project, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(project.root)
    assert cli.main(["export", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == len(contents(tmp_path / "out")) > 6


def check(fine=True, needed=True):
    return Check("thing", "1.0" if fine else "not installed", fine, needed, "pip install thing")


@pytest.mark.parametrize(
    ("checks", "code", "said"),
    [
        ([check()], 0, "ok        thing: 1.0"),
        ([check(fine=False)], 1, "missing   thing: not installed\n          pip install thing"),
        ([check(fine=False, needed=False)], 0, "optional  thing: not installed"),
    ],
)
def test_doctor_exit_code(monkeypatch, capsys, checks, code, said):
    monkeypatch.setattr("analysis.doctor.examine", lambda: checks)
    assert cli.main(["doctor"]) == code
    assert said in capsys.readouterr().out


def test_stopping_leaves_a_word(monkeypatch, capsys):
    def stop(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "build", stop)
    assert cli.main(["build"]) == 1
    assert "stopped" in capsys.readouterr().err


def test_the_module_is_the_command(tmp_path):
    (tmp_path / "a.html").write_text(page(TEXT), encoding="utf-8")
    done = shell("extract", "a.html", "--format", "csv", cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.startswith(b"document,platform,")
    assert b"\r" not in done.stdout and os.fsencode(tmp_path) not in done.stdout
