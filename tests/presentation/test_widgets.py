"""How records show themselves in a notebook."""

import pytest
from tests.presentation.drawn_rows import observe, table

from analysis.model.documents import Block, Document, Dropped
from analysis.model.readings import Amount, Extraction, Mention, Reason, Refusal
from analysis.model.schema import Unmatched
from analysis.presentation.widgets import document_html, extraction_html, observations_html

TEXT = "Title\n\nTwitter closed more than 125,000 accounts in six months.\n\nA hidden 7."
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


def document(text=TEXT, **fields):
    """Return a document of a title, a paragraph and a hidden line."""
    blocks = (
        Block("title", 0, 5),
        Block("paragraph", 7, 59),
        Block("paragraph", 61, 72, (), (), "display:none"),
    )
    given = {"name": "a.html", "snapshot_id": "ab" * 32, "text": text, "blocks": blocks}
    return Document(**(given | fields))


def amount(words, text=TEXT):
    """Return an amount where its words stand in the text."""
    start = text.index(words)
    return Amount(125_000.0, 125_000.0, None, "over", (start, start + len(words)), words)


def extraction(**fields):
    """Return an extraction with one observation and one refused number."""
    found = amount("more than 125,000")
    reason = Reason("action", "closed", (15, 21), "verb of suspension")
    mention = Mention(amount=found, span=(7, 59), quote=TEXT[7:59], reasons=(reason,))
    given = {
        "document": document(),
        "observations": (
            observe(
                125_000.0,
                None,
                platform="twitter",
                item="accounts",
                action="suspended",
                bound="over",
            ),
        ),
        "mentions": (mention,),
        "refusals": (Refusal(amount("six"), "part of a period"),),
    }
    return Extraction(**(given | fields))


def test_a_document_says_what_is_known_and_what_is_not():
    page = document_html(document(title="On closures", notes=("two dates disagree",)))
    assert "On closures" in page
    assert "not known" in page
    assert "two dates disagree" in page
    assert "not visible on the page: display:none" in page


def test_a_document_says_what_it_is_and_what_was_left_out():
    left = (Dropped(f"40 {HOSTILE}", ("trafilatura",), "footer"),)
    page = document_html(document(states=("not_found", "stub"), dropped=left))
    assert "not found, stub" in page
    assert "Left out of the text (1)" in page
    assert "footer" in page and "trafilatura" in page
    assert "<script>" not in page
    assert "Left out" not in document_html(document())


def test_amounts_are_marked_and_lead_to_their_account():
    page = extraction_html(extraction())
    assert '<mark title="Twitter: more than 125,000 accounts were suspended' in page
    assert '">more than 125,000</mark><sup><a href="#x-abababab-1"' in page
    assert 'id="x-abababab-1"' in page
    assert "Twitter: more than 125,000 accounts were suspended" in page
    assert "verb of suspension" in page


def test_refused_numbers_are_greyed_with_the_reason():
    page = extraction_html(extraction())
    assert '<span class="an-refused" title="part of a period">six</span>' in page


def test_an_extraction_without_mentions_still_shows():
    page = extraction_html(extraction(mentions=(), refusals=()))
    assert "<mark" not in page
    assert "1 observation; 0 numbers" in page


def test_overlapping_amounts_lose_no_text():
    refusals = (
        Refusal(amount("125,000 accounts"), "overlaps"),
        Refusal(amount("125,000"), "again"),
    )
    page = extraction_html(extraction(refusals=refusals))
    assert "accounts in " in page


def test_tables_of_observations():
    page = observations_html(table(observe(), observe(5.0)))
    assert "<caption>2 observations</caption>" in page
    assert page.count('scope="row"') == 2
    assert "No observations." in observations_html(table())
    many = observations_html(table(*(observe(float(n)) for n in range(70))))
    assert "the first 60 shown" in many


PAGES = [
    lambda: document_html(
        document(HOSTILE, blocks=(), title=HOSTILE, authors=(HOSTILE,), notes=(HOSTILE,))
    ),
    lambda: document_html(document(language=HOSTILE, address=HOSTILE, name=HOSTILE)),
    lambda: extraction_html(
        Extraction(
            document=document(HOSTILE, blocks=()),
            observations=(observe(quote=HOSTILE, policy=HOSTILE, note=HOSTILE, group=HOSTILE),),
            refusals=(Refusal(Amount(1.0, 1.0, 1.0, "stated", (0, 9), HOSTILE), HOSTILE),),
            unmatched=(
                Unmatched(
                    source="s",
                    snapshot_id="a",
                    locator="b",
                    field=HOSTILE,
                    words=HOSTILE,
                    quote=HOSTILE,
                ),
            ),
        )
    ),
    lambda: observations_html(table(observe(quote=HOSTILE, platform=HOSTILE, edition=HOSTILE))),
]


@pytest.mark.parametrize("make", PAGES)
def test_hostile_text_stays_text(make):
    page = make()
    assert "<script" not in page
    assert "<img" not in page
    assert "alert(1)" in page
