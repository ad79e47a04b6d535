"""``fetch`` from the shell: what it prints, what it leaves, and its exit codes."""

import json

import pytest
from tests.acquisition.odd_server import serving

from analysis import cli
from analysis.acquisition.ledger import Ledger
from analysis.acquisition.sources import wayback


@pytest.fixture
def web():
    with serving() as (address, seen):
        yield address, seen


def run(raw, *arguments):
    own = ("--allow", "127.0.0.1", "--pause", "0", "--raw", str(raw))
    return cli.main(["fetch", *arguments, *own])


def test_every_page_has_its_line_and_the_end_its_table(web, tmp_path, capsys):
    assert run(tmp_path, f"{web[0]}/page", f"{web[0]}/status/404") == 1
    lines = capsys.readouterr().out.splitlines()
    assert sorted(line.split()[0] for line in lines[:2]) == ["new", "not_found"]
    assert lines[3] == "2 addresses:"
    assert any("404: there is no such page" in line for line in lines[4:])
    assert len(Ledger(tmp_path).read().rows) == 2


def test_all_kept_is_zero(web, tmp_path):
    assert run(tmp_path, f"{web[0]}/page") == 0
    assert run(tmp_path, f"{web[0]}/page") == 0


def test_a_list_from_a_file_and_json_out(web, tmp_path, capsys):
    listed = tmp_path / "list.txt"
    listed.write_text(f"# ours\n\n{web[0]}/page\n{web[0]}/etag\n", encoding="utf-8")
    assert run(tmp_path / "raw", "--list", str(listed), "--format", "jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(row["address"] for row in rows) == [f"{web[0]}/etag", f"{web[0]}/page"]


def test_wrong_use_says_what_is_missing(tmp_path, capsys):
    assert run(tmp_path) == 2
    assert "no address" in capsys.readouterr().err
    assert run(tmp_path, "--list", str(tmp_path / "none.txt")) == 1
    assert "none.txt cannot be read" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(tmp_path, "http://x/", "--deadline", "soon")


def test_a_ledger_that_cannot_be_written_is_three(web, tmp_path, capsys):
    (tmp_path / "raw").write_text("a file where the folder should be", encoding="utf-8")
    assert run(tmp_path / "raw", f"{web[0]}/page") == 3
    assert "cannot be written" in capsys.readouterr().err


def test_hostile_words_do_not_reach_the_terminal(web, tmp_path, capsys):
    run(tmp_path, f"{web[0]}/\x1b[2Jpage", "http://\u202eevil.example/")
    out, err = capsys.readouterr()
    assert "\x1b" not in out + err and "\u202e" not in out + err


@pytest.mark.parametrize("place", ["feed", "index"])
def test_the_pages_of_a_feed_are_fetched_by_words(web, tmp_path, capsys, place):
    assert run(tmp_path, "--feed", f"{web[0]}/{place}", "--words", "isis, terror") == 0
    out = capsys.readouterr().out
    assert "/page/0-isis" in out and "cake" not in out


def test_the_data_files_of_a_report_page_are_fetched(web, tmp_path, capsys):
    assert run(tmp_path, "--report-page", f"{web[0]}/report") == 0
    assert "/page/a.csv" in capsys.readouterr().out
    assert run(tmp_path, "--report-page", f"{web[0]}/page") == 1
    assert "links to no data file" in capsys.readouterr().err
    assert run(tmp_path, "--feed", f"{web[0]}/status/404") == 1
    assert "status 404" in capsys.readouterr().err


def test_a_channel_needs_a_day_to_go_back_to(tmp_path, capsys):
    assert run(tmp_path, "--telegram", "closedrooms") == 2
    assert "--since" in capsys.readouterr().err
    assert run(tmp_path, "--telegram", "x y", "--since", "2024-01-01") == 1
    assert "is no channel" in capsys.readouterr().err


def test_copies_are_looked_for_only_when_asked(web, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(wayback, "SERVICE", f"{web[0]}/available")
    monkeypatch.setattr(wayback, "COPIES", f"{web[0]}/web")
    gone = f"{web[0]}/status/410"
    assert run(tmp_path / "a", gone) == 1
    assert not any("available" in path for path, _ in web[1])
    assert run(tmp_path / "b", gone, "--wayback") == 1
    assert f"/web/20200822120000id_/{gone}" in capsys.readouterr().out
    kept = Ledger(tmp_path / "b").kept()
    assert f"{web[0]}/web/20200822120000id_/{gone}" in kept
