"""Figures in whole texts: every field right, and nothing found where there is none."""

import json
from pathlib import Path

import pytest
from benchmarks.labelled import text_document
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.prose.documents import make_document

from analysis.curation.normalise.mentions import observe_mentions
from analysis.model.documents import Block
from analysis.reading.prose.figures.mentions import READER, read_figures
from analysis.reading.prose.figures.sentence_reader import RUN_OF_NUMBERS

FIELDS = ("platform", "actor", "action", "item", "measure", "bound", "period_start", "period_end")
FOLDER = Path(__file__).parents[3] / "fixtures" / "sentences"
CASES = [
    {**json.loads(line), "language": path.stem}
    for path in sorted(FOLDER.glob("??.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


def read(text, published=None, **more):
    document = make_document(text, published, **more)
    figures = read_figures(document)
    return observe_mentions(figures.mentions, document, READER).observations, figures


def words(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def summary(row):
    amount = row.value if row.value is not None else (row.low, row.high)
    return (amount, *(words(getattr(row, field)) for field in FIELDS), row.per)


def expected(case):
    made = []
    for wanted in case["expect"]:
        amount = wanted["value"] if wanted["value"] is not None else (wanted["low"], wanted["high"])
        made.append((amount, *(wanted[field] for field in FIELDS), wanted.get("per", "")))
    return made


def test_there_are_cases():
    assert len(CASES) >= 45
    assert sum(not case["expect"] for case in CASES) >= 14
    assert len({case["language"] for case in CASES}) >= 11


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_sentences_of_our_own(case):
    document = text_document({**case, "title": ""}, case["language"])  # lists and tables too
    figures = read_figures(document)
    observations = observe_mentions(figures.mentions, document, READER).observations
    found = [summary(row) for row in observations if row.measure != "ratio"]
    assert sorted(found, key=str) == sorted(expected(case), key=str)
    assert set(case.get("refused", ())) <= {refusal.amount.text for refusal in figures.refusals}


RETOLD = (
    "Supporters have opened channels with thousands of subscribers.\n\n"
    "Facebook said that it removed or put warning signs on 1.9 million pieces of ISIS-related "
    "content in the first three months of the year, nearly twice as much as in the previous "
    "quarter.\n\n"
    "At the beginning of 2016 Twitter began a campaign. The site announced that it had closed "
    "more than 125,000 accounts that praised terrorism within six months."
)


def test_a_ratio_is_a_claim_of_its_own_and_no_count():
    observations, _ = read(RETOLD, "2020-08-22")
    count, ratio, accounts = observations
    assert (count.value, count.action, count.group) == (1_900_000, "actioned", "islamic_state")
    assert (count.period_basis, words(count.period_start)) == ("relative", "2020-01-01")
    assert (ratio.measure, ratio.value, ratio.bound) == ("ratio", 2, "under")
    assert (words(ratio.base_start), words(ratio.base_end)) == ("2019-10-01", "2019-12-31")
    assert (accounts.platform, accounts.low, accounts.high) == ("twitter", 125_000, None)
    assert (accounts.period_basis, words(accounts.period_start)) == ("inferred", "2015-07-01")
    assert 950_000 not in {row.value for row in observations}


def test_without_a_date_the_year_stays_open():
    observations, _ = read(RETOLD)
    count = observations[0]
    assert (count.period_start, count.period_end) == (None, None)
    assert count.period_text == "first three months of the year"


def test_every_number_is_read_or_refused_with_a_reason():
    _, figures = read(RETOLD, "2020-08-22")
    assert [r.amount.text for r in figures.refusals] == ["thousands", "three", "2016", "six"]
    assert all(refusal.reason for refusal in figures.refusals)


def test_quotes_and_reasons_stand_where_they_say():
    document = make_document(RETOLD, "2020-08-22")
    figures = read_figures(document)
    assert len(figures.mentions) == 3
    for mention in figures.mentions:
        assert document.text[slice(*mention.span)] == mention.quote
        assert document.text[slice(*mention.amount.span)] == mention.amount.text
        given_words = [reason for reason in mention.reasons if reason.words]
        assert {"value", "platform", "action", "period"} <= {r.field for r in mention.reasons}
        for reason in given_words:
            assert reason.words.split()[0] in document.text[slice(*reason.span)]


def test_a_table_is_read_with_its_heads():
    rows = [("Germany", "249"), ("Spain", "62")]
    text, blocks = "", []
    for cells in rows:
        row = " | ".join(cells)
        heads = ("Issued by", "Removal orders")
        blocks.append(Block("table_row", len(text), len(text) + len(row), cells, heads))
        text += row + "\n\n"
    observations, _ = read(text, "2024-02-14", blocks=blocks)
    assert [(o.value, o.action, o.item, o.quote) for o in observations] == [
        (249, "ordered", "requests", "Germany | 249"),
        (62, "ordered", "requests", "Spain | 62"),
    ]
    assert [text[slice(*map(int, o.locator[6:].split("-")))] for o in observations] == ["249", "62"]


def test_a_table_is_of_the_period_and_of_the_authority_named_right_before_it():
    lead = (
        "São 1.972 as denúncias que o tribunal recebeu. Nenhuma rede se aproxima do YouTube. "
        "O quadro traz as de julho de 2022:"
    )
    text, blocks = lead + "\n\n", [Block("paragraph", 0, len(lead))]
    for cells in [("YouTube", "1.764"), ("Facebook", "82")]:
        row = " | ".join(cells)
        heads = ("Plataforma", "Denúncias")
        blocks.append(Block("table_row", len(text), len(text) + len(row), cells, heads))
        text += row + "\n\n"
    observations, _ = read(text, "2022-09-10", blocks=blocks, language="pt")
    rows = [(o.platform, o.value, o.actor, words(o.period_end)) for o in observations]
    assert rows[1:] == [
        ("youtube", 1764, "government", "2022-07-31"),
        ("facebook", 82, "government", "2022-07-31"),
    ]


def test_a_hidden_figure_is_flagged_and_not_counted():
    text = "YouTube removed 5,000 videos last week."
    shown = [Block("paragraph", 0, len(text))]
    hidden = [Block("paragraph", 0, len(text), hidden="display:none")]
    assert len(read(text, blocks=shown)[0]) == 1
    observations, figures = read(text, blocks=hidden)
    assert observations == ()
    (refusal,) = figures.refusals
    assert (refusal.amount.text, refusal.reason) == (
        "5,000",
        "not visible on the page: display:none",
    )


ATTRIBUTED = [
    ("According to Europol, YouTube removed 500 videos in May 2019.", "Europol", ""),
    ("Twitter said it suspended 500 accounts in India in May 2019.", "Twitter", "IN"),
    ("Twitter suspended 500 Indian accounts in May 2019.", "", "IN"),
    ("Germany issued 249 removal orders in 2023.", "", "DE"),
    (
        "YouTube removed 500 videos in May 2019, the Interior Ministry said.",
        "Interior Ministry",
        "",
    ),
    ("YouTube removed 500 videos in May 2019.", "", ""),
]


@pytest.mark.parametrize(("text", "issuer", "place"), ATTRIBUTED)
def test_who_issued_a_number_and_where_it_holds(text, issuer, place):
    observations, figures = read(text)
    (found,) = observations
    assert (found.reported_by, found.geography) == (issuer, place)
    reasons = {reason.field for reason in figures.mentions[0].reasons}
    assert ("geography" in reasons) == bool(place)


def test_the_issuer_of_one_service_is_not_that_of_another():
    observations, _ = read(
        "Facebook said it removed 500 posts in May 2019. "
        "Twitter suspended 300 accounts in June 2019."
    )
    assert [(o.platform, o.reported_by) for o in observations] == [
        ("facebook", "Facebook"),
        ("twitter", ""),
    ]


def test_a_headline_is_left_to_the_figure_below_it():
    observations, figures = read_under(
        "Two million clips removed", "YouTube removed 1,987,000 videos in May 2019."
    )
    assert [o.value for o in observations] == [1_987_000]
    assert "headline" in figures.refusals[0].reason


def test_a_headline_takes_no_act_from_the_text():
    observations, _ = read_under(
        "Study: up to 90,000 Twitter accounts may cheer on Isis",
        "Twitter suspended 4,000 accounts in 2014, the company said.",
    )
    assert [o.value for o in observations] == [4_000]


def test_a_text_may_say_more_closely_than_its_headline_when_it_was():
    observations, _ = read_under(
        "Facebook posts on the events of May",
        "Between 6 and 12 May Facebook removed 520 posts.",
        "It put back 130 posts.",
        published="2021-06-02",
    )
    days = ("2021-05-06", "2021-05-12")
    assert [(o.value, words(o.period_start), words(o.period_end)) for o in observations] == [
        (520, *days),
        (130, *days),
    ]


def read_under(title, *paragraphs, published=None):
    blocks, start = [Block("title", 0, len(title))], len(title) + 2
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", start, start + len(paragraph)))
        start += len(paragraph) + 2
    return read("\n\n".join((title, *paragraphs)), published, blocks=blocks)


@pytest.mark.filterwarnings("ignore::analysis.model.errors.LanguageWarning")
@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["en", "ar", "xx", ""]))
def test_any_text_is_read(text, language):
    document = make_document(text, "2020-01-01", language)
    for mention in read_figures(document).mentions:
        assert document.text[slice(*mention.amount.span)] == mention.amount.text


def test_a_line_of_numbers_is_data_and_no_sentence():
    found = read_figures(make_document("Twitter removed posts. " + "1,234 " * 200))
    assert found.mentions == ()
    assert [r.reason for r in found.refusals].count(RUN_OF_NUMBERS) > 150


def test_a_long_list_with_words_in_it_is_a_sentence():
    places = [f"{1000 + n} in {name}" for n, name in enumerate("ABCDEFGHIJKLMNOPQRSTUVWX")]
    text = f"In 2015 Telegram removed channels as follows: {', '.join(places)} and 34 elsewhere."
    found = read_figures(make_document(text))
    assert len(found.mentions) > 20
    assert RUN_OF_NUMBERS not in {r.reason for r in found.refusals}


def test_accounts_taken_down_alone_say_why_they_are_suspended():
    (mention,) = read_figures(make_document("In 2015 Twitter deleted 10,000 accounts.")).mentions
    (reason,) = (r for r in mention.reasons if r.field == "action")
    assert (mention.action, reason.words) == ("suspended", "deleted")
    assert reason.rule.endswith("accounts taken down alone are suspended")
