"""The qualitative side: numbered paragraphs tied to dates, and sentences made from rows.

A `Narrative` is built from the record's events or from Markdown. In Markdown a paragraph that
begins with a date in square brackets is tied to it::

    [2019-11-22] **Operation.** Europol and Telegram remove accounts and channels [@europol-2019].

    [2018-01 to 2018-06] A half-year that the paragraph is about.

    A paragraph without a date has a number too, but no mark on the chart.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import pandas as pd

from analysis.model.errors import SelectionError
from analysis.model.periods import Days, month, year
from analysis.presentation.charts.marks import Mark, event_day_words
from analysis.presentation.markdown import markdown_html
from analysis.presentation.markup import element, escape, fragment, shorten
from analysis.presentation.wording import amount, as_date, known, period_words, phrase

DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
TIED = re.compile(rf"\[\s*({DAY})(?:\s*(?:to|/|\N{{EN DASH}})\s*({DAY}))?\s*\]\s*")


@dataclass(frozen=True)
class Paragraph:
    """One numbered paragraph: its HTML, the days it is about, and the words for them."""

    html: str
    label: str
    days: Days | None = None
    day_words: str = ""


@dataclass(frozen=True)
class Narrative:
    """Numbered paragraphs, in the order in which they are read.

    Paragraphs with a date are marked on a chart by `beside`.
    """

    paragraphs: tuple[Paragraph, ...]

    def __len__(self) -> int:
        return len(self.paragraphs)

    def __add__(self, other: "Narrative") -> "Narrative":
        return Narrative(self.paragraphs + other.paragraphs)

    def by_date(self) -> "Narrative":
        """Return the paragraphs in order of their dates, those without a date last."""
        late = date.max
        key = [(p.days.first if p.days else late, n) for n, p in enumerate(self.paragraphs)]
        order = sorted(range(len(self)), key=key.__getitem__)
        return Narrative(tuple(self.paragraphs[n] for n in order))

    @classmethod
    def from_markdown(cls, text: str) -> "Narrative":
        """Read paragraphs from Markdown, each tied to the date in brackets that it begins with.

        Raises
        ------
        SelectionError
            There is no paragraph, or a date does not exist.
        """
        blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
        if not blocks:
            raise SelectionError("the narrative has no paragraph")
        return cls(tuple(_paragraph(block) for block in blocks))

    @property
    def name(self) -> str:
        """Identifier made from the text, the same for the same text."""
        words = "".join(p.html for p in self.paragraphs)
        return sha256(words.encode()).hexdigest()[:8]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """One mark for each paragraph with a date, with the paragraph's number."""
        return tuple(
            Mark(number, p.days.first, p.label, p.day_words)
            for number, p in enumerate(self.paragraphs, start=1)
            if p.days
        )

    def html(self, key: str = "", targets: Iterable[int] = ()) -> str:
        """Return the paragraphs as a list; those in `targets` link to marks of the figure `key`."""
        linked = set(targets)
        items = (
            _item(number, paragraph, key, number in linked)
            for number, paragraph in enumerate(self.paragraphs, start=1)
        )
        return element("ol", "".join(items), class_="an-narrative", role="list")

    def _repr_html_(self) -> str:
        return fragment(self.html(f"narrative-{self.name}"))


def _item(number: int, paragraph: Paragraph, key: str, linked: bool) -> str:
    """Return one paragraph with its number, which leads back to the chart."""
    what = f"Paragraph {number}, to its mark on the chart"
    if linked:
        href = f"#{key}-mark-{number}"
        head = element("a", str(number), class_="an-number", href=href, aria_label=what)
    else:
        head = element("span", str(number), class_="an-number")
    day = element("span", escape(paragraph.day_words), class_="an-day") if paragraph.days else ""
    return element("li", head + day + paragraph.html, id=f"{key}-p-{number}" if key else None)


def from_events(events: pd.DataFrame) -> Narrative:
    """Return a narrative of one paragraph an event, by date, with what happened and who says so.

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of the table of events.

    Raises
    ------
    SelectionError
        There is no event in the table.
    """
    if not isinstance(events, pd.DataFrame) or not len(events):
        raise SelectionError("there is no event to tell: pass rows of an.events(...)")
    rows = events.sort_values(["date", "title"], kind="stable").to_dict("records")
    return Narrative(tuple(_event_paragraph(row) for row in rows))  # type: ignore[arg-type]


def _event_paragraph(row: Mapping[str, Any]) -> Paragraph:
    """Return an event as a paragraph."""
    start = as_date(row["date"])
    assert start is not None
    end = as_date(row.get("end_date"))
    words = event_day_words(row)
    place = str(row.get("address") or "")
    title = element("b", escape(row["title"]))
    link = _link(place, f"Source: {row['title']}") if place else ""
    body = f"{title}. {escape(row.get('description') or '')} {link}".replace("?</b>.", "?</b>")
    days = Days(start, end) if end and end > start else Days(start, start)
    return Paragraph(element("p", body.strip(), dir="auto"), str(row["title"]), days, words)


def _link(address: str, label: str) -> str:
    """Return a link to a source on the web, or its address as text where it is no web address."""
    if not address.startswith(("https://", "http://")):
        return element("span", escape(address), class_="an-source")
    host = address.split("/")[2]
    link = element("a", escape(host), href=address, aria_label=f"{label} ({host})")
    return element("span", f"({link})", class_="an-source")


def _paragraph(block: str) -> Paragraph:
    """Read one paragraph of Markdown with the date it may begin with."""
    found = TIED.match(block)
    days = _days(found) if found else None
    rest = block[found.end() :] if found else block
    label = shorten(re.sub(r"[*_`#\[\]]|\(http[^)]*\)", "", rest), 60)
    words = period_words(days.first, days.last) if days else ""
    return Paragraph(markdown_html(rest), label, days, words)


def _days(found: re.Match[str]) -> Days:
    """Return the days that a bracketed date names."""
    try:
        first = _stretch(found[1])
        last = _stretch(found[2]) if found[2] else first
        return Days(first.first, last.last)
    except ValueError as error:
        raise SelectionError(
            f"{found[0].strip()} names no day or period: {error}. Write [2019-11-22], [2019-11], "
            "[2019] or [2018-01 to 2018-06]"
        ) from error


def _stretch(words: str) -> Days:
    """Return the days of a year, a month or a day written as ISO dates."""
    parts = [int(part) for part in words.split("-")]
    if len(parts) == 1:
        return year(parts[0])
    if not 1 <= parts[1] <= 12:
        raise ValueError(f"there is no month {parts[1]}")
    return month(*parts) if len(parts) == 2 else Days(date(*parts), date(*parts))


def _reason(row: Mapping[str, Any]) -> str:
    """Write the rule or subject acted under."""
    policy = str(row.get("policy") or "")
    if not policy:
        return ""
    return (
        f" {'under' if policy in ('all_policies', 'mixed') else 'for'} {phrase('policy', policy)}"
    )


def _when(row: Mapping[str, Any]) -> str:
    """Write when, and say where the period is not as the source stated it."""
    words = period_words(row.get("period_start"), row.get("period_end"))
    if words == "undated":
        return ", period not stated"
    how = {"relative": "read from the publication date", "inferred": "inferred"}
    basis = how.get(str(row.get("period_basis")), "")
    start = "" if words.startswith(("from", "up to")) else "from " if " to " in words else "in "
    start = "on " if start == "in " and words[0].isdigit() and " " in words else start
    return f", {start}{words}" + (f" (period {basis})" if basis else "")


def _counted(row: Mapping[str, Any]) -> str:
    """Write what a row counts, with its number."""
    item, action = phrase("item", str(row["item"])), phrase("action", str(row["action"]))
    measure, why = row.get("measure") or "count", _reason(row)
    if measure == "share":
        return f"{amount(row)} of {row.get('of') or item} were {action}{why}"
    if measure == "ratio":
        base = period_words(row.get("base_start"), row.get("base_end"))
        against = "an earlier period" if base == "undated" else base
        when = _when(row).removeprefix(",")
        return f"{item} {action}{why}{when} were {amount(row)} as many as in {against}"
    if measure == "duration":
        return f"{action}{why} was {amount(row)}"
    return f"{amount(row)} {item} were {action}{why}"


def sentence(row: "Mapping[str, Any] | pd.Series[Any]") -> str:
    """Write an observation as a sentence: where, how many, what, when, who says so.

    Parameters
    ----------
    row : mapping or pandas.Series
        One row of a table of observations.

    Returns
    -------
    str
        Plain text: amount with its hedge, period, source.

    Examples
    --------
    >>> sentence({"platform": "twitter", "item": "accounts", "action": "suspended",
    ...           "value": 125000.0, "bound": "over", "period_start": date(2015, 7, 1),
    ...           "period_end": date(2015, 12, 31), "reported_by": "Twitter"})
    'Twitter: more than 125,000 accounts were suspended, from July to December 2015 (Twitter).'
    """
    cells: dict[str, Any] = dict(row)
    who = ", ".join(str(cells[name]) for name in ("reported_by", "edition") if cells.get(name))
    source = f" ({who})" if who else ""
    place = phrase("platform", str(cells["platform"]))
    revised = " Restated since." if known(cells.get("known_to")) else ""
    when = "" if cells.get("measure") == "ratio" else _when(cells)
    return f"{place}: {_counted(cells)}{when}{source}.{revised}"
