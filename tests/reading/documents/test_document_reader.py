"""The public call: guarded, limited, clear about what is no document."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from tests.reading.documents.pages import ARABIC, FIRST, SECOND, THIRD, page, snap, texts

from analysis.model.documents import Dropped
from analysis.model.errors import (
    DocumentTooLarge,
    EmptyDocument,
    NotADocument,
    OutOfMemory,
    ReadingTimeout,
)
from analysis.reading.documents import Limits, read_document
from analysis.reading.documents.guard import GUARD


def read(body, name="page.html", **options):
    return read_document(snap(body), name=name, **options)


def test_a_page_goes_through_the_child_whole():
    html = page(FIRST, SECOND, '<a href="#">x</a>', head='<meta name="date" content="2018-04-25">')
    table = "<table><tr><th>A</th><th>B</th></tr><tr><td>Facebook</td><td>1</td></tr></table>"
    document = read(html.replace("</article>", f"{table}</article>"), language="en")
    assert texts(document)[:3] == ["Two firms report on removals", FIRST, SECOND]
    assert document.blocks[-1].cells == ("Facebook", "1")
    assert document.blocks[-1].headers == ("A", "B")
    assert document.published == date(2018, 4, 25)
    assert (
        document.snapshot_id == snap(html.replace("</article>", f"{table}</article>")).snapshot_id
    )
    assert (document.language, document.language_basis) == ("en", "given")
    assert "newspaper3k+trafilatura+resiliparse" in document.reader


def test_what_was_left_out_comes_through_the_child():
    footer = "<footer><p>Our 40 reporters in 12 countries want to hear from you.</p></footer>"
    document = read(page(FIRST, SECOND, tail=footer), name="page.html")
    (line,) = document.dropped
    assert isinstance(line, Dropped)
    assert (line.text, line.reason) == (footer[11:-13], "footer")
    assert isinstance(line.readers, tuple)
    assert read(page("Removed 9 posts.")).states == ("stub",)


def test_the_same_bytes_give_the_same_document():
    assert read(page(FIRST, ARABIC)) == read(page(FIRST, ARABIC))


def test_the_callers_date_is_marked_as_given():
    document = read(page(FIRST), published=date(2020, 8, 22))
    assert (document.published, document.published_basis) == (date(2020, 8, 22), "given")


REFUSED = [
    (b"", EmptyDocument, "is empty"),
    (b" \n\t ", EmptyDocument, "is empty"),
    (b"\xef\xbb\xbf", EmptyDocument, "is empty"),
    (b"<html><body></body></html>", EmptyDocument, "without visible text"),
    (b"<html><script>let x = 1</script></html>", EmptyDocument, "open it in a browser"),
    (b"<p hidden>secret</p>", EmptyDocument, "hidden pieces"),
    (b"<html><frameset><frame src=a></frameset></html>", EmptyDocument, "visible text"),
    (b"%PDF-1.7\n%\xe2\xe3", NotADocument, "is a PDF file"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", NotADocument, "is an image"),
    (b"\xff\xd8\xff\xe0JFIF", NotADocument, "is an image"),
    (b"GIF89a\x01\x00", NotADocument, "is an image"),
    (b"RIFF\x24\x00\x00\x00WEBPVP8 ", NotADocument, "is an image"),
    (b"PK\x03\x04\x14\x00", NotADocument, "ZIP archive"),
    (b"\x1f\x8b\x08\x00abc", NotADocument, "gzip file, not an article: unpack it"),
    (b'{"a": [1, 2]}', NotADocument, "JSON data"),
    (b"\x00\x01\x02\x03" * 50, NotADocument, "binary data"),
    (b"From: x\nContent-Type: multipart/related; b=1\n", NotADocument, "MHTML"),
    (b"x" * 2_001, DocumentTooLarge, "2,001 bytes, more than the limit of 2,000"),
]


@pytest.mark.parametrize(("body", "error", "words"), REFUSED, ids=[r[2] for r in REFUSED])
def test_what_is_no_article_is_refused_with_advice(body, error, words):
    with pytest.raises(error, match=words) as caught:
        read(body, limits=Limits(size=2_000))
    assert "page.html" in str(caught.value)


def test_a_table_file_is_no_article():
    with pytest.raises(NotADocument, match="a table"):
        read(b"a,b\n1,2\n", name="figures.csv")


def test_the_limit_of_20_megabytes_holds_by_default():
    with pytest.raises(DocumentTooLarge, match="20,000,000"):
        read(b"<p>" + b"a" * 20_000_000)


def test_a_page_of_20_megabytes_gives_its_text():
    script = "<script>" + "var a = 1;" * 1_985_000 + "</script>"
    document = read(page(FIRST, SECOND, head=script), limits=Limits(seconds=60))
    assert FIRST in document.text


def test_20_megabytes_of_text_are_read_by_the_page_alone():
    row = "It removed {} posts and 12 channels in the quarter under review, the firm said. "
    body = page(*[row.format(n) * 3 for n in range(70_000)])
    assert 16_000_000 < len(body) < 20_000_000
    document = read(body, limits=Limits(seconds=60))
    assert len(document.blocks) == 70_001
    assert any("would take too long" in note for note in document.notes)


DEEP = [
    "<div>" * 100_000 + f"<p>{FIRST}</p>" + "</div>" * 100_000,
    "<div>" * 100_000 + f"<p>{FIRST}</p>",
    "<p>" + "<b>" * 100_000 + FIRST + "</b>" * 100_000 + "</p>",
    "<ul><li>" * 50_000 + f"<p>{FIRST}</p>",
    "<table><tr><td>" * 30_000 + f"<p>{FIRST}</p>",
    "<blockquote><span>" * 50_000 + f"{FIRST}",
]


@pytest.mark.parametrize("body", DEEP, ids=lambda body: body[:14])
def test_100_000_nested_tags_give_their_text(body):
    document = read(f"<html><body>{body}</body></html>", limits=Limits(seconds=60))
    assert FIRST in document.text


ODD = [
    "<" * 50_000 + "p>" + FIRST,
    page(FIRST) + "</div>" * 50_000,
    page(FIRST, head='<meta name="date" content="' + "9" * 200_000 + '">'),
    page(FIRST, head="<style>" + "{" * 100_000 + "</style>"),
    page(FIRST, head="<style>" + "@media x{" * 50_000 + "</style>"),
    page(FIRST, head='<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
    page(FIRST, head="<!--" * 50_000 + "-->"),
    page(FIRST, "&#xFFFFFFFF; &#55296; &bogus; &" * 1_000),
    page(FIRST, "<p " + "a=1 " * 2_000 + ">x</p>"),
    "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'aaa'>]><html><body><p>" + FIRST,
    page(FIRST).replace("<p>", "<p\x00>"),
    page(FIRST, title="x" * 300_000),
]


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_odd_pages_give_their_text(body):
    assert FIRST in read(body, limits=Limits(seconds=60)).text


def read_in_the_least_time(body):
    """Read in a time that lets the quick readers answer, on a busy machine too, and no others."""
    for seconds in (1, 2, 4, 8, 16):
        try:
            return read(body, limits=Limits(seconds=seconds))
        except ReadingTimeout:
            continue
    raise AssertionError("not even the quick readers answered")


def test_a_reader_that_hangs_is_stopped_and_costs_only_its_vote(monkeypatch):
    slow = page(*[f"{FIRST} {n} <a href='#'>{SECOND}</a> {THIRD}" for n in range(3_000)])
    read(page(FIRST))
    document = read_in_the_least_time(slow)
    assert f"{FIRST} 2999" in document.text
    assert "(resiliparse+page)" in document.reader
    assert read(page(FIRST, SECOND)).text.endswith(SECOND)


def test_too_little_time_is_an_error_that_names_the_limit():
    body = page(*[f"{FIRST} {n}" for n in range(50_000)])
    with pytest.raises(
        ReadingTimeout, match=r"longer than 0\.01 s and was stopped; raise the limit"
    ):
        read(body, limits=Limits(seconds=0.01))
    assert read(page(FIRST)).title


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
def test_too_little_memory_is_an_error_and_not_the_end():
    GUARD.stop()
    body = page(*[f"{FIRST} {n}" for n in range(100_000)])
    with pytest.raises(OutOfMemory, match="more memory than its limit"):
        read(body, limits=Limits(memory=2_000_000))
    assert read(page(FIRST)).title


def test_a_child_that_was_killed_is_replaced():
    read(page(FIRST))
    child = GUARD._child._process
    child.kill()
    child.wait()
    assert read(page(FIRST)).title


def test_the_child_is_started_once():
    read(page(FIRST))
    first = GUARD._child._process.pid
    read(page(SECOND))
    assert GUARD._child._process.pid == first


def test_threads_share_the_child():
    found = {}

    def work(number):
        found[number] = read(page(f"{FIRST} Case {number}.", SECOND)).text

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(f"Case {n}." in found[n] for n in range(6))


SCRIPT = textwrap.dedent(
    """
    import hashlib, sys
    from analysis.model.documents import Snapshot
    from analysis.reading.documents import read_document
    from analysis.reading.documents.guard import GUARD
    heavy = [m for m in ("lxml", "newspaper", "trafilatura", "htmldate") if m in sys.modules]
    body = sys.stdin.buffer.read()
    snapshot = Snapshot(snapshot_id=hashlib.sha256(body).hexdigest(), body=body)
    document = read_document(snapshot, name="x")
    print(document.title, heavy, GUARD._child._process.pid, flush=True)
    {end}
    """
)


def run_script(end):
    """Run a script without a __main__ guard and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(end=end)],
        input=page(FIRST).encode(), capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    return done, done.stdout.decode().strip()


def gone(pid):
    """Wait until a process is gone; it is not ours, so its state has to be looked up."""
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def test_a_script_needs_no_main_guard_and_loads_nothing_heavy():
    done, printed = run_script("")
    assert done.returncode == 0, done.stderr
    assert printed.startswith("Two firms report on removals []")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_the_child_dies_with_its_parent():
    done, printed = run_script("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert done.returncode == -signal.SIGKILL
    assert gone(int(printed.rpartition(" ")[2]))


def test_nothing_is_written_to_the_terminal(capfd):
    GUARD.stop()
    read(page(FIRST))
    assert capfd.readouterr() == ("", "")


SEED_LIKE = (
    f"Search and press Enter.\n\nA headline of 2020!\n\nby Ann Example\n\n{FIRST}\n\n{SECOND}\n"
)


def test_plain_text_is_read_by_its_blank_lines():
    document = read(SEED_LIKE, name="story.txt")
    assert texts(document) == SEED_LIKE.strip().split("\n\n")
    assert (document.published, document.published_basis) == (None, "unknown")
    assert (document.language, document.language_basis) == ("en", "words")
    assert document.title == ""
    assert document.authors == ()


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_all_systems(ending):
    raw = SEED_LIKE.replace("\n", ending).encode()
    assert texts(read(raw, name="story.txt")) == SEED_LIKE.strip().split("\n\n")


def test_wrapped_lines_are_joined_and_short_lines_kept():
    words = f"{FIRST} {SECOND} {THIRD}"
    wrapped = textwrap.fill(words, 72)
    assert texts(read(wrapped, name="a.txt")) == [words]
    assert texts(read("Removed: 5\nRestored: 2", name="a.txt")) == ["Removed: 5\nRestored: 2"]


def test_a_headline_above_plain_text_is_marked_and_no_title_is_invented():
    body = "Menu\n\nX bans 12,000 accounts in May\n\nX banned 12,345 accounts in May 2024.\n"
    document = read(body, name="a.txt")
    assert document.title == ""
    assert [block.kind for block in document.blocks] == ["paragraph", "title", "paragraph"]


@pytest.mark.parametrize(
    "body",
    [
        "X banned 12,345 accounts.\n\nIn May it was 40.\n",  # a sentence
        "Search\n\nMenu\n\nHome\n",  # nothing follows that is one
        "- X banned 12,345 accounts\n- Reddit 40\n\nThat was in May.\n",  # a list
    ],
)
def test_what_is_no_headline_is_none(body):
    document = read(body, name="a.txt")
    assert "title" not in {block.kind for block in document.blocks}


def test_a_list_in_plain_text_is_a_list():
    document = read("In short:\n\n- 81 percent of videos\n- 34 channels\n", name="a.txt")
    assert [b.kind for b in document.blocks] == ["paragraph", "list_item", "list_item"]


def test_arabic_plain_text_in_windows_1256():
    document = read(f"{ARABIC}\n\n{ARABIC}".encode("windows-1256"), name="a.txt")
    assert document.language == "ar"
    assert texts(document) == [ARABIC, ARABIC]


def test_documents_are_plain_data():
    document = read(page(FIRST))
    json.dumps([document.text, document.notes, document.authors])
    assert isinstance(document.blocks, tuple)
