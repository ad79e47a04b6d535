"""How documents, extractions and tables of observations show themselves in a notebook.

Pure functions from records to HTML. All text of a source is escaped: hostile text stays text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from analysis.model.documents import Block, Document
from analysis.model.readings import Extraction, Mention
from analysis.model.schema import Observation
from analysis.presentation.charts.rows import as_table, records_of
from analysis.presentation.markup import (
    Row,
    data_table,
    element,
    escape,
    fragment,
    quote,
    shorten,
)
from analysis.presentation.narrative import sentence
from analysis.presentation.wording import (
    amount,
    counted,
    day_words,
    period_words,
    phrase,
    short_period,
)

MOST_ROWS = 60
TEXT_LIMIT = 60_000
BASES = {
    "json_ld": "structured data of the page",
    "meta": "metadata of the page",
    "time": "the page's time element",
    "text": "the text",
    "address": "the address of the page",
    "given": "you gave it",
    "unknown": "",
}


@dataclass(frozen=True)
class Highlight:
    """A stretch of text that is marked: what opens and closes it."""

    start: int
    end: int
    before: str
    after: str


def _facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return names and values (safe HTML) as a list; empty values are left out."""
    items = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in pairs if value)
    return element("dl", items)


def _about(document: Document) -> str:
    """Return what is known of a document."""
    date, basis = "", BASES[document.published_basis]
    if document.published:
        date = escape(day_words(document.published)) + (escape(f" (from {basis})") if basis else "")
    pairs = (
        ("Publisher", escape(document.publisher)),
        ("Authors", escape(", ".join(document.authors))),
        ("Published", date or "not known"),
        ("Language", escape(document.language)),
        ("Address", escape(document.address)),
        ("Source", escape(document.source_link)),
        ("Bytes", element("code", escape(document.snapshot_id[:16]))),
        ("Read by", escape(document.reader)),
        ("State", escape(", ".join(state.replace("_", " ") for state in document.states))),
        ("Notes", "<br>".join(escape(note) for note in document.notes)),
    )
    return element("div", _facts(pairs), class_="an-fields")


def document_html(document: Document) -> str:
    """Return a document as HTML: what is known of it, its text and what was left out folded.

    Parameters
    ----------
    document : Document
        As `read` returns it.
    """
    title = element("p", element("b", escape(document.title or document.name)), dir="auto")
    size = f"Text ({counted(len(document.blocks), 'block')}, {len(document.text):,} characters)"
    text = element("details", element("summary", size) + _article(document, ()))
    body = title + _about(document) + text + _dropped(document)
    return fragment(element("div", body, class_="an-document"))


def _dropped(document: Document) -> str:
    """Return the lines with numbers that were left out of the text, folded."""
    if not document.dropped:
        return ""
    rows = [
        Row(None, [quote(line.text), escape(line.reason), escape(", ".join(line.readers))])
        for line in document.dropped
    ]
    head = element("summary", f"Left out of the text ({len(rows)})")
    table = data_table("Lines with numbers left out of the text", ["Line", "Why", "Had by"], rows)
    return element("details", head + table, class_="an-fields")


def _article(document: Document, highlights: Sequence[Highlight]) -> str:
    """Return the text of a document block by block, with highlights."""
    blocks = document.blocks or (Block("paragraph", 0, len(document.text)),)
    shown = [block for block in blocks if block.start < TEXT_LIMIT]
    parts = [_block(document.text, block, highlights) for block in shown]
    if len(shown) < len(blocks):
        parts.append(element("p", f"… {counted(len(blocks) - len(shown), 'block')} more"))
    return element(
        "div", "".join(parts), class_="an-article", lang=document.language or None, dir="auto"
    )


def _block(text: str, block: Block, highlights: Sequence[Highlight]) -> str:
    """Return one block with the highlights that lie in it."""
    found, at = [], block.start
    inside = [h for h in highlights if block.start <= h.start and h.end <= block.end]
    for mark in sorted(inside, key=lambda h: (h.start, -h.end)):
        if mark.start < at:
            continue
        found.append(escape(text[at : mark.start]))
        found.append(mark.before + escape(text[mark.start : mark.end]) + mark.after)
        at = mark.end
    found.append(escape(text[at : block.end]))
    inner = "".join(found)
    if block.kind in ("title", "heading"):
        inner = element("b", inner)
    if block.hidden:
        inner = f"{element('small', escape(f'not visible on the page: {block.hidden}'))} {inner}"
    return element("p", inner, dir="auto", class_="an-hidden" if block.hidden else None)


def extraction_html(extraction: Extraction) -> str:
    """Return what was read from a document: the text with its amounts marked, and each account.

    Amounts that became observations carry the number of their account below; numbers that were
    refused are greyed, with the reason as a tooltip and in a table.

    Parameters
    ----------
    extraction : Extraction
        As `extract` returns it.
    """
    document, key = extraction.document, f"x-{extraction.document.snapshot_id[:8]}"
    marks = [*_accepted_marks(extraction, key), *_refused_marks(extraction)]
    found = counted(len(extraction.observations), "observation")
    left = counted(len(extraction.refusals), "number")
    head = element("p", escape(f"{found}; {left} left aside with a reason."))
    accounts = "".join(
        _account(number, observation, _mention(extraction, number), key)
        for number, observation in enumerate(extraction.observations, start=1)
    )
    body = head + accounts + _refusals(extraction) + _unmatched(extraction)
    text = element("summary", "The text, amounts marked") + _article(document, marks)
    folded = f"<details open>{text}</details>"
    return fragment(element("div", body + folded, class_="an-extraction"))


def _mention(extraction: Extraction, number: int) -> Mention | None:
    """Return the mention behind an observation."""
    mentions = extraction.mentions
    return mentions[number - 1] if len(mentions) == len(extraction.observations) else None


def _accepted_marks(extraction: Extraction, key: str) -> list[Highlight]:
    """Return a highlight for every amount that became an observation, its reading as tooltip."""
    found: dict[tuple[int, int], list[int]] = {}
    for number, mention in enumerate(extraction.mentions, start=1):
        found.setdefault(mention.amount.span, []).append(number)
    marks = []
    for (start, end), numbers in found.items():
        said = "; ".join(sentence(asdict(extraction.observations[n - 1])) for n in numbers)
        opened = f'<mark title="{escape(said)}">'
        marks.append(Highlight(start, end, opened, f"</mark>{_links(numbers, key)}"))
    return marks


def _links(numbers: Sequence[int], key: str) -> str:
    """Return links to accounts as superscript numbers."""
    links = ",".join(
        element("a", str(n), href=f"#{key}-{n}", aria_label=f"Account of observation {n}")
        for n in numbers
    )
    return element("sup", links)


def _refused_marks(extraction: Extraction) -> list[Highlight]:
    """Return a highlight for every number that was refused."""
    return [
        Highlight(
            *refusal.amount.span,
            f'<span class="an-refused" title="{escape(refusal.reason)}">',
            "</span>",
        )
        for refusal in extraction.refusals
    ]


def _account(number: int, observation: Observation, mention: Mention | None, key: str) -> str:
    """Return one observation with its fields and the reason for each, folded."""
    row = asdict(observation)
    head = element("summary", f"{number}. {escape(sentence(row))}")
    period = period_words(observation.period_start, observation.period_end)
    pairs = (
        ("Number", escape(amount(row))),
        ("Counts", escape(phrase("item", observation.item))),
        ("Done", escape(phrase("action", observation.action))),
        ("Platform", escape(phrase("platform", observation.platform))),
        ("Who acted", escape(phrase("actor", observation.actor))),
        ("Said by", escape(observation.reported_by)),
        ("Where", escape(phrase("geography", observation.geography))),
        ("Policy", escape(observation.policy_stated or phrase("policy", observation.policy))),
        ("Group", escape(observation.group)),
        ("Period", escape(f"{period} ({observation.period_basis}: {observation.period_text})")),
        ("Quote", quote(observation.quote)),
        ("Place", escape(f"{observation.locator} of {observation.snapshot_id[:12]}")),
        ("Note", escape(observation.note)),
    )
    why = _reasons(mention, number) if mention else ""
    return element("details", head + _facts(pairs) + why, id=f"{key}-{number}", class_="an-fields")


def _reasons(mention: Mention, number: int) -> str:
    """Return why each field was read so."""
    rows = [
        Row(None, [escape(reason.field), quote(reason.words), escape(reason.rule)])
        for reason in mention.reasons
    ]
    if not rows:
        return ""
    return data_table(f"Why observation {number} was read so", ["Field", "Words", "Rule"], rows)


def _refusals(extraction: Extraction) -> str:
    """Return the numbers that were left aside, folded."""
    if not extraction.refusals:
        return ""
    rows = [
        Row(None, [quote(refusal.amount.text), escape(refusal.reason)])
        for refusal in extraction.refusals
    ]
    head = element("summary", f"Left aside ({len(rows)})")
    table = data_table("Numbers that are no moderation figures", ["Number", "Why"], rows)
    return element("details", head + table, class_="an-fields")


def _unmatched(extraction: Extraction) -> str:
    """Return words that no vocabulary entry matched, folded."""
    if not extraction.unmatched:
        return ""
    rows = [
        Row(None, [escape(row.field), quote(row.words), quote(shorten(row.quote, 200))])
        for row in extraction.unmatched
    ]
    head = element("summary", f"Words without a vocabulary entry ({len(rows)})")
    table = data_table("Words without a vocabulary entry", ["Field", "Words", "Quote"], rows)
    return element("details", head + table, class_="an-fields")


def observations_html(table: Any) -> str:
    """Return a table of observations as HTML: number, unit, period, who says so, quote.

    Parameters
    ----------
    table : pandas.DataFrame
        One row an observation; the first 60 are shown.
    """
    if isinstance(table, pd.DataFrame) and table.empty:
        return fragment(element("p", "No observations."))
    rows = records_of(as_table(table).head(MOST_ROWS))
    cells = [Row(None, _cells(row)) for row in rows]
    total = len(as_table(table))
    more = f", the first {MOST_ROWS} shown" if total > MOST_ROWS else ""
    head = ["Platform", "Number", "Counted", "Period", "Said by", "Quote and place"]
    return fragment(data_table(f"{counted(total, 'observation')}{more}", head, cells))


def _cells(row: dict[str, Any]) -> list[str]:
    """Return the cells of one observation."""
    done = f"{phrase('item', row['item'])} {phrase('action', row['action'])}"
    about = f", {phrase('policy', row['policy'])}" if row["policy"] else ""
    said = ", ".join(str(row[name]) for name in ("reported_by", "edition") if row[name])
    place = element("small", escape(f"{row['locator']} of {str(row['snapshot_id'])[:12]}"))
    return [
        escape(phrase("platform", row["platform"])),
        escape(amount(row)),
        escape(done + about),
        escape(short_period(row["period_start"], row["period_end"])),
        escape(said),
        f"{quote(shorten(str(row['quote']), 200))} {place}",
    ]
