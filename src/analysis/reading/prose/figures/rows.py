"""Table rows: each number read with its row's label before it and its column's head behind it.

"Islamic State | 4,172,215" under "Pieces removed" is read as "Islamic State: 4,172,215 Pieces
removed", and what is found is put back where the cell stands. A scale that the caption or the head
names is read behind the number: "22.1" under "Removed (millions)" is 22.1 million.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from analysis.model.documents import Block
from analysis.model.readings import Amount, Mention, Reason, Refusal
from analysis.reading.prose import languages
from analysis.reading.prose.numbers.amounts import amounts
from analysis.reading.prose.times.expressions import expressions
from analysis.reading.prose.times.periods import periods
from analysis.reading.prose.times.time_words import YEAR
from analysis.reading.prose.words.tokens import Phrases, tokenize

JOINT = " | "
BARE_YEAR = re.compile(YEAR)
RANGE = 2  # expressions: "January to March"
MOSTLY = 0.5  # part of a cell that its number takes


@dataclass(frozen=True, slots=True)
class RowCell:
    """A number of a table row as a sentence: its text, and where cell and number stand in it.

    ``shift`` leads from offsets in the sentence to offsets in the document.
    """

    text: str
    cell: tuple[int, int]
    shift: int
    row: tuple[int, int]
    quote: str


def _numeric(cell: str, language: str) -> bool:
    found = amounts(cell, language)
    if not found or _names_a_period(cell, language):
        return False
    return sum(a.span[1] - a.span[0] for a in found) >= MOSTLY * len(cell.strip())


def _names_a_period(cell: str, language: str) -> bool:
    """Say whether a cell holds a year, or no more than another stretch of time: "Q4 2021"."""
    text = cell.strip()
    if BARE_YEAR.fullmatch(text):
        return True
    found = expressions(text, language)
    if len(found) == RANGE and (found[0].span[0], found[1].span[1]) == (0, len(text)):
        return any(p.span == (0, len(text)) for p in periods(text, None, language))
    return sum(e.span[1] - e.span[0] for e in found) == len(text)


def _under(cell: str, head: str, language: str) -> str:
    """Return the label of a row, with its head where only both name a period: "First" quarter."""
    alone = _names_a_period(cell, language) and not expressions(f"{cell.strip()}: ", language)
    if alone or not _names_a_period(cell, language):
        for words in (f"{head} {cell}", f"{cell} {head}"):
            if head.strip() and _names_a_period(words, language):
                return words
    year = re.search(rf"(?<!\d){YEAR}(?!\d)", head)
    dated = _names_a_period(cell, language) and not re.search(YEAR, cell)
    if year and dated and _names_a_period(f"{cell} {year.group()}", language):
        return f"{cell} {year.group()}"  # "January to March" under "Quarter of 2017"
    lead = _year_lead(language)
    return f"{lead} {cell}" if alone else _dated(cell, lead=lead)  # "May", which may be a verb


@cache
def _year_lead(language: str) -> str:
    """Return a word behind which a bare year is one: "in", "en", "в"."""
    leads = languages.load_yaml(language, "periods").get("year_leads") or ()
    return next((str(word) for word in leads if str(word).isalpha()), "")


def _dated(words: str, *, lead: str) -> str:
    return f"{lead} {words}".strip() if BARE_YEAR.fullmatch(words.strip()) else words


def _of_its_year(head: str, language: str) -> str:
    """Return a head with a word before its year: "Removals 2021" is "Removals in 2021"."""
    lead, years = _year_lead(language), list(re.finditer(rf"(?<![\w./-]){YEAR}(?![\w./-])", head))
    if BARE_YEAR.fullmatch(head.strip()):
        return _dated(head, lead=lead)
    if len(years) != 1 or not lead or expressions(head, language):
        return head
    rest = f"{head[: years[0].start()]}{head[years[0].end() :]}".replace("()", "")
    return f"{' '.join(rest.split())} {lead} {years[0].group()}"


def _scale_of(words: str, language: str) -> str:
    """Return the scale that a caption or a head names, as a word behind a number: " million"."""
    if not words:
        return ""
    tokens = tokenize(words)
    for found in table_scales(language).all(tokens):
        if found.first == 0 or tokens[found.first - 1].kind != "number":
            return f" {found.value}"  # "millones de vídeos", not "20,9 millones de cuentas"
    return ""


@cache
def table_scales(language: str) -> Phrases[str]:
    """Return the phrases by which tables name the scale of their numbers: "in millions"."""
    scales = languages.as_written(language, "table_scales")
    return Phrases.of((phrase, word) for word, phrases in scales.items() for phrase in phrases)


def row_cells(block: Block, quote: str, language: str, caption: str = "") -> Iterator[RowCell]:
    """Yield the numbers of a row, each as a sentence; a row without column heads has none.

    ``caption`` is that of the table, which may name the scale of its counts.
    """
    if len(block.cells) != len(block.headers):
        return
    numeric = [_numeric(cell, language) for cell in block.cells]
    heads = zip(block.cells, block.headers, numeric, strict=True)
    labels = [_under(c, head, language) for c, head, n in heads if c.strip() and not n]
    at = block.start
    for cell, head, is_number in zip(block.cells, block.headers, numeric, strict=True):
        if is_number:
            lead = f"{', '.join(labels)}: " if labels else ""
            counts = cell.strip()[-1:].isdigit()  # and is no "95%"
            scale = (_scale_of(head, language) or _scale_of(caption, language)) if counts else ""
            text = f"{lead}{cell}{scale} {_of_its_year(head, language)}"
            span = (len(lead), len(lead) + len(cell))
            yield RowCell(text, span, at - len(lead), (block.start, block.end), quote)
        at += len(cell) + len(JOINT)


def _inside(amount: Amount, cell: RowCell) -> bool:
    return cell.cell[0] <= amount.span[0] - cell.shift < cell.cell[1]


def _clipped(amount: Amount, cell: RowCell) -> Amount:
    """Return an amount without the scale behind it that does not stand in its cell."""
    beyond = amount.span[1] - cell.shift - cell.cell[1]
    if beyond <= 0:
        return amount
    span = (amount.span[0], amount.span[1] - beyond)
    return replace(amount, span=span, text=amount.text[:-beyond])


def place_mention(mention: Mention, cell: RowCell) -> Mention | None:
    """Return a mention put back into its row, None for a number of the label or the head."""
    if not _inside(mention.amount, cell):
        return None
    reasons = tuple(_in_row(reason, cell) for reason in mention.reasons)
    amount = _clipped(mention.amount, cell)
    return replace(mention, amount=amount, span=cell.row, quote=cell.quote, reasons=reasons)


def _in_row(reason: Reason, cell: RowCell) -> Reason:
    return reason if reason.field == "value" else replace(reason, span=cell.row)


def place_refusal(refusal: Refusal, cell: RowCell) -> Refusal | None:
    """Return a refusal put back into its row, None for a number of the label or the head."""
    if not _inside(refusal.amount, cell):
        return None
    return replace(refusal, amount=_clipped(refusal.amount, cell))
