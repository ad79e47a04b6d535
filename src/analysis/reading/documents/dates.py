"""The day of publication, how it was found, and who disagrees.

In this order: JSON-LD, meta elements, time elements, a line that says when the page was posted, the
address, a bare date near the title.
A date counts only when it is a whole day as written; a month or a year is never completed, today
is never assumed, and the day of a modification is never taken for that of publication. htmldate
is asked as a second opinion, and its answer is taken only where the page bears it out.
A moment in UTC may be another day where the publisher sits: then the day that the page shows, or
has in its address, is the day of publication.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from email.utils import parsedate_tz
from functools import cache

from analysis.model.documents import DateBasis
from analysis.reading.documents.head import PageHead, linked_data, text_of
from analysis.reading.documents.lists import column, read_list

EARLIEST = date(1990, 1, 1)  # before the web no page was published
_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:T|\s|$)")
_SLASHED = re.compile(r"\s*(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d./-])")
LONGEST_LINE = 160  # characters of a line that is only about the date
_ADDRESS = re.compile(
    r"[/=._-](?:(\d{4})([/-])(\d{1,2}|[a-z]{3})\2(\d{1,2})|(20\d{2})(\d{2})(\d{2}))(?=[/_.?&#-]|$)"
)
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_UTC = re.compile(r"\d{4}-?\d{2}-?\d{2}[T ](\d{2}):?\d{2}.*?(?:Z|[+-]00:?00| ?UTC| ?GMT)\s*$")
EARLY, LATE = 14, 10  # hours of UTC before and after which it may be the day before or after
DAY_FIRST = re.compile(r"en[-_](?:gb|ie|au|nz|in|za|ke|ng|pk|mt)\b", re.I)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day, where it was found, and remarks on what disagreed or was refused."""

    day: date | None
    basis: DateBasis
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """The visible lines of a page that may hold its date, those nearest to the title first.

    ``page`` are all, where a line may say outright when the page was published; ``article`` those
    outside of the page's furniture; ``title`` those right by the title, where a bare date is that
    of the article.
    """

    page: Sequence[str] = ()
    article: Sequence[str] = ()
    title: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A day that one place in the page gives."""

    day: date
    basis: DateBasis
    words: str


@cache
def cue(tells: str) -> re.Pattern[str]:
    """Return the pattern of the words that say when a page was published, or was modified."""
    words = sorted(column("datecues", "tells", tells), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})", re.I)


def find_date(
    head: PageHead,
    lines: Lines,
    address: str,
    latest: date,
    second_opinion: date | None = None,
    language: str = "",
) -> FoundDate:
    """Return the day on which a page was published.

    Parameters
    ----------
    head
        What the page says about itself.
    lines
        Its visible lines.
    address
        Where it was fetched from or says it stands.
    latest
        The day it was retrieved; no page is published after it.
    second_opinion
        What htmldate says.
    language
        Language of the page: only in English may 4/5 be the fifth of April.
    """
    day_first = bool(DAY_FIRST.match(head.language)) or language not in ("", "en")
    modified = {day for day in map(parse_day, modified_texts(head)) if day}
    shown = [*text_candidates(lines.page, day_first), *address_candidates(address)]
    shown += bare_candidates(lines.title, day_first)
    found = [*head_candidates(head, lines.title), *shown]
    notes = [refusal(c, latest) for c in found if not believable(c.day, latest)]
    good = [c for c in found if believable(c.day, latest)]
    if not good and second_opinion and second_opinion not in modified:
        good = borne_out(second_opinion, lines.article, latest)
    if not good:
        if modified:
            days = ", ".join(sorted(str(day) for day in modified))
            notes.append(f"publication date unknown; the page only says it was modified {days}")
        return FoundDate(None, "unknown", tuple(notes))
    first = in_local_time(good[0], [c for c in shown if believable(c.day, latest)])
    others: list[tuple[date, str]] = [(c.day, c.basis) for c in good[1:]]
    if second_opinion and second_opinion not in modified:
        others.append((second_opinion, "htmldate"))
    notes += disagreements(first, others)
    return FoundDate(first.day, first.basis, tuple(notes))


def disagreements(first: Candidate, others: Iterable[tuple[date, str]]) -> list[str]:
    """Say which other days were found, each once; a day apart is a matter of time zones."""
    far = {day: basis for day, basis in reversed(list(others)) if abs((day - first.day).days) > 1}
    return [
        f"publication date {first.day} ({first.basis}); {basis} says {day}"
        for day, basis in sorted(far.items())
    ]


def in_local_time(first: Candidate, shown: Sequence[Candidate]) -> Candidate:
    """Return the day that the page shows for a moment that `first` gives in UTC.

    At three in the morning UTC it is still the day before in America, at eleven at night the next
    day in Asia.
    """
    moment = _UTC.match(first.words.strip()[:60])
    if not moment or any(c.day == first.day for c in shown):
        return first
    hour = int(moment[1])
    possible = [first.day - timedelta(days=1)] if hour < EARLY else []
    possible += [first.day + timedelta(days=1)] if hour >= LATE else []
    return next((c for c in shown if c.day in possible), first)


def believable(day: date, latest: date) -> bool:
    """Tell whether a page can have been published on a day: on the web, and not after retrieval."""
    return EARLIEST <= day <= latest + timedelta(days=1)


def refusal(candidate: Candidate, latest: date) -> str:
    """Say why a candidate is no publication date."""
    return f"{candidate.basis} gives the date {candidate.day}, which lies outside 1990 to {latest}"


def head_candidates(head: PageHead, near: Sequence[str]) -> Iterator[Candidate]:
    """Yield the days that JSON-LD, meta and time elements give, the surest first."""
    for item in linked_data(head):
        yield from candidates([text_of(item.get("datePublished"))], "json_ld")
    named = dict(reversed(head.metas))
    yield from candidates(
        (named[name] for name in column("metas", "tells", "published") if name in named), "meta"
    )
    yield from candidates(publication_times(head, near), "time")


def publication_times(head: PageHead, near: Sequence[str]) -> list[str]:
    """Return the time elements that give the publication: those marked so, else the only one.

    Time elements stand by comments and other stories too. Where they name several days, one
    counts that a line right by the title shows as well.
    """
    marked = [text for text, kind in head.times if "pub" in kind and "updat" not in kind]
    if marked:
        return marked
    plain = [text for text, kind in head.times if not re.search(r"updat|modif", kind)]
    days = {day for day in map(parse_day, plain) if day}
    if len(days) > 1:
        beside = {day for line in near for day in days_in(line)}
        plain = [text for text in plain if parse_day(text) in beside]
    return plain[:1]


def modified_texts(head: PageHead) -> list[str]:
    """Return the texts in which a page says when it was modified."""
    texts = [text_of(item.get("dateModified")) for item in linked_data(head)]
    texts += [text for name, text in head.metas if name in column("metas", "tells", "modified")]
    return texts + [text for text, kind in head.times if re.search(r"updat|modif", kind)]


def candidates(texts: Iterable[str], basis: DateBasis) -> Iterator[Candidate]:
    """Yield the texts that are whole days."""
    for text in texts:
        day = parse_day(text)
        if day:
            yield Candidate(day, basis, text)


def text_candidates(lines: Sequence[str], day_first: bool = False) -> Iterator[Candidate]:
    """Yield the day of the first line that says when the page was posted."""
    return candidates_anywhere((line for line in dated_lines(lines) if is_cued(line)), day_first)


def bare_candidates(lines: Sequence[str], day_first: bool = False) -> Iterator[Candidate]:
    """Yield the day of the first line that is little more than a date."""
    bare = (line for line in dated_lines(lines) if not is_cued(line))
    return candidates_anywhere(bare, day_first)


def is_cued(line: str) -> bool:
    """Tell whether a line begins with the words for a publication."""
    return bool(cue("published").match(line.lstrip(" \t|·•-–—:([")))


def dated_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield the short lines that are no sentences, without what they say of a modification."""
    for whole in lines:
        line = without_modification(whole) if len(whole) <= LONGEST_LINE else ""
        words = len(_WORDS.findall(line))
        if 0 < words <= 9 or (words <= 14 and is_cued(line)):
            yield line


def without_modification(line: str) -> str:
    """Return a line without the part that says when the page was modified.

    >>> without_modification("Published 1 May 2020 | Updated 3 May 2020")
    'Published 1 May 2020 | '
    >>> without_modification("Updated 3 May 2020, first published 1 May 2020")
    'first published 1 May 2020'
    """
    modified = cue("modified").search(line)
    if not modified:
        return line
    published = cue("published").search(line, modified.end())
    before = line[: modified.start()]
    return line[published.start() :] if published else (before if is_cued(before) else "")


def candidates_anywhere(lines: Iterable[str], day_first: bool) -> Iterator[Candidate]:
    """Yield the first whole day in `lines`, if there is one."""
    for line in lines:
        day = parse_day(line, anywhere=True, day_first=day_first)
        if day:
            yield Candidate(day, "text", line)
            return


def address_candidates(address: str) -> list[Candidate]:
    """Return the whole day in an address, if there is one: /2018/04/25/ but not /2018/04/."""
    for match in _ADDRESS.finditer(address):
        y, _, m, d, cy, cm, cd = match.groups()
        month = str(month_names().get(m, m)) if m else cm
        day = make_day(y or cy, month, d or cd)
        if day:
            return [Candidate(day, "address", match.group())]
    return []


def borne_out(day: date, lines: Sequence[str], latest: date) -> list[Candidate]:
    """Accept a second opinion where a short line of the page shows the very day.

    A sentence that holds it tells of something that happened then.
    """
    shown = (line for line in dated_lines(lines) if day in days_in(line))
    return [Candidate(day, "text", line) for line in shown if believable(day, latest)][:1]


def parse_day(text: str, *, anywhere: bool = False, day_first: bool = False) -> date | None:
    """Return the whole day that a text is, or with `anywhere` that it holds; None for less.

    With `day_first`, 4/5/2018 is a day in May; without, it is none.

    >>> parse_day("2018-04-25T23:30:00-05:00"), parse_day("2018-04"), parse_day("May 2018")
    (datetime.date(2018, 4, 25), None, None)
    >>> parse_day("Posted 28 December 2016 by admin", anywhere=True)
    datetime.date(2016, 12, 28)
    """
    text = text[:300].translate(_DIGITS)
    for pattern in (_ISO, _SLASHED, _COMPACT):
        match = pattern.match(text)
        if match:
            return make_day(*match.groups())
    stamp = parsedate_tz(text) if re.match(r"\s*[A-Za-z]{3},", text) else None
    if stamp:
        return make_day(*map(str, stamp[:3]))
    if anywhere or len(_WORDS.findall(text)) <= 9:
        return next(iter(days_in(text, day_first)), None)
    return None


def days_in(text: str, day_first: bool = False) -> list[date]:
    """Return the whole days written anywhere in a text."""
    text = text[:300].translate(_DIGITS)
    found = [
        make_day(*m.groups())
        for m in re.finditer(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])", text)
    ]
    found += [numeric_day(m[1], m[2], m[3], m[4], day_first) for m in _NUMERIC.finditer(text)]
    words = [word.lower() for word in _WORDS.findall(text)]
    names = month_names()
    for n, word in enumerate(words):
        month = names.get(word)
        if month and n:
            after = words[n + 1 :]
            found.append(written_day(words[:n], month, after))
        elif month:
            found.append(written_day([], month, words[1:]))
    return [day for day in found if day]


def written_day(before: Sequence[str], month: int, after: Sequence[str]) -> date | None:
    """Return the day of "28 December 2016" or "December 28th, 2016" around a month's name."""
    after = [word for word in after[:4] if word not in ("st", "nd", "rd", "th", "de", "of")]
    before = [word for word in before[-3:] if word not in ("de", "of", "st", "nd", "rd", "th")]
    if before and after and before[-1].isdigit() and is_year(after[0]):
        return make_day(after[0], str(month), before[-1])
    if len(after) > 1 and after[0].isdigit() and is_year(after[1]):
        return make_day(after[1], str(month), after[0])
    return None


def is_year(word: str) -> bool:
    """Tell whether a word is a year of the web."""
    return len(word) == 4 and word.isdigit()


def numeric_day(
    first: str, mark: str, second: str, year: str, day_first: bool = False
) -> date | None:
    """Return the day of 28.12.2016 or 12/28/2016; None where day and month could be swapped."""
    if int(first) > 12 or mark == "." or (day_first and int(second) <= 12):
        return make_day(year, second, first)
    if int(second) > 12 or first == second:
        return make_day(year, first, second)
    return None


def make_day(year: str, month: str, day: str) -> date | None:
    """Return a day, or None where there is no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@cache
def month_names() -> dict[str, int]:
    """Return the names of the months in the languages we read."""
    return {
        name: int(row["number"]) for row in read_list("months") for name in row["names"].split()
    }
