"""Days that only tell when something was said: "On Monday, Twitter said that it had closed ..."."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from analysis.reading.prose.times.shapes import Expression, shape
from analysis.reading.prose.times.time_words import TimeWords, without_clock

SAID = frozenset(
    {
        "weekday", "this_weekday", "last_weekday", "next_weekday", "coming_weekday",
        "weekday_unit", "nth",
        "this_week", "the_week", "tomorrow", "after_tomorrow", "today", "yesterday", "day",
        "day_no_year", "month", "month_no_year", "month_last_year", "month_this_year",
    }
)  # fmt: skip
BEFORE, BEHIND = 3, 4  # words between such a day and its verb of saying
FAR_BEFORE = 5  # in front of a weekday: "said its general counsel Mia Garlick on Sunday"
FAR_BEHIND = 8  # behind a day that opens: "On May 3 its official account on Twitter announced"
TOLD_BEFORE = 5  # in front of a month and "that": "told the paper Foxtown News in December that"
CLAUSE_WORDS = 9
LONG_WORD = 16
ARTICLE = 4  # characters that may stand in front of the day that ends a stretch
PARTS = ("start", "middle", "end", "early", "late")
SIGNS = ".,:;"
OPENING = 2  # words in front of a day that opens its sentence: "On", "Late on"
DATELINE = 40  # characters in front of the day of a dateline
OPENED = re.compile(r"\.?\s*(?:\([^)]{1,30}\)\s*)?[-–—]{1,2}\s")
PLACE, COLON = re.compile(r"^\s*[^\W\d][^,.:]{2,30},\s*$"), re.compile(r"\s?:\s")
PAUSE = re.compile(r"[,;\u201d\u00bb]|\"\s")
ENDING = ' .)"\u201d'
LAST_CLAUSE = 14  # words of the clause that says who said it
CLAUSE = re.compile(r"[;:–—]|\s-\s")


def said_days(days: Sequence[Expression], low: str, words: TimeWords) -> list[Expression]:
    """Return those of some days that only tell when something was said.

    A day in apposition is of the same kind: "Yesterday, Monday April 13th, Twitter said", and so
    is one in brackets: "said on Friday (October 18)".
    """
    starts = {e.span[0] for e in days}
    said = [_tells_when_said(e, low, words, starts) for e in days]
    for i, (e, behind) in enumerate(pairwise(days)):
        dash = OPENED.match(low, e.span[1])
        said[i] = said[i] and not (dash and dash.end() == behind.span[0])  # "1 May - 30 June"
    for i in range(1, len(days)):
        if _closes_range(days[i - 1], days[i], low, words):
            said[i - 1] = said[i] = False  # "orders issued between 7 June 2022 and 31 December"
    for i in range(len(days) - 2, -1, -1):
        gap = low[days[i].span[1] : days[i + 1].span[0]]
        said[i] = said[i] or (said[i + 1] and not gap.strip(" ,"))
    for i, (e, behind) in enumerate(pairwise(days), 1):
        said[i] = said[i] or (said[i - 1] and low[e.span[1] : behind.span[0]] == " (")
    return [e for e, true in zip(days, said, strict=True) if true]


def _closes_range(first: Expression, last: Expression, low: str, words: TimeWords) -> bool:
    """As in "Between 9 January and 3 February they reported 480": the end of the stretch."""
    gap = low[first.span[1] : last.span[0]]
    opened = words.between.search(low[: first.span[0]]) or words.link_from.search(
        low[: first.span[0]]
    )
    plain = gap.strip(" ,") not in words.joins  # "January 1 to June 30"
    return bool(opened or plain) and bool(words.link_to.fullmatch(gap))


def _tells_when_said(e: Expression, low: str, words: TimeWords, starts: Collection[int]) -> bool:
    """Say whether a day stands beside a verb of saying: "it said on Wednesday"; "today" does.

    Behind a day that opens its sentence the verb may follow a comma and its subject: "On Monday,
    the company said"; in "closed on Monday, it said" the day is that of the closing. `starts` has
    the places of all such days.
    """
    if e.rule == "today" and not _tells_of_today(e, low, words):
        return True
    if shape(e) == "month":
        return _tells_when_announced(e, low, words)
    head = without_clock(low[: e.span[0]], words)
    if any(words.leads[name].search(head) for name in ("since", "by")):
        return False  # "have been reported since January 1st"
    if e.span[0] <= DATELINE and OPENED.match(low, e.span[1]):
        return True  # "BANGKOK, Aug. 26 - The ministry"
    if e.span[0] <= DATELINE and PLACE.search(head) and COLON.match(low, e.span[1]):
        return True  # "NEW DELHI, November 3: India has blocked"
    link = words.link_to.match(low, e.span[1])
    if link and link.group().strip(" ,") not in words.joins and _ends(low, link.end(), starts):
        return False  # "the report covers May 15 to June 15", but French "ce jeudi à Bruxelles"
    if (
        link
        and e.rule == "weekday"
        and any(link.end() <= s <= link.end() + ARTICLE for s in starts)
    ):
        return False  # "on Thursday and Friday": nobody says one thing on two days
    reach = (BEHIND + 1) * LONG_WORD
    far = FAR_BEFORE if e.rule == "weekday" else BEFORE
    before = _words(low[max(0, e.span[0] - reach) : e.span[0]])[-far:]
    opens = _opens(low[: e.span[0]], words)
    hour = words.part_of_day.match(low, e.span[1])
    end = hour.end() if hour else e.span[1]
    rest = low[end : end + reach]
    clause = _words((rest.lstrip(" ,") if opens else rest).split(",")[0])
    counted = next((i for i, word in enumerate(clause) if word[:1].isdigit()), FAR_BEHIND)
    behind = clause[: max(BEHIND, min(counted, FAR_BEHIND)) if opens else BEHIND]
    near = any(_holds(near, words.says) for near in (before, behind))
    return near or _ends_with_saying(e, low, words)


def _ends_with_saying(e: Expression, low: str, words: TimeWords) -> bool:
    """As in "has blocked 500, the ministry said in a reply to the house on 17 March"."""
    head, rest = PAUSE.split(low[: e.span[0]]), low[e.span[1] :].strip(ENDING)
    clause = _words(head[-1])
    plain = len(head) > 1 and not rest and len(clause) <= LAST_CLAUSE
    counts = any(word[:1].isdigit() for word in clause)
    told = not words.telling_that.isdisjoint(clause)
    return plain and not (counts or told) and _holds(clause, words.says)


def _tells_of_today(e: Expression, low: str, words: TimeWords) -> bool:
    """As in "Today we removed 49 accounts", but not "Today the list holds 300 names": by now.

    Or in "YouTube banned six channels today", where nobody says anything.
    """
    if _closes_sentence(e, low) and words.states_today and not _holds(_words(low), words.says):
        return words.states_today.isdisjoint(_words(low[: e.span[0]]))
    behind = _words(low[e.span[1] : e.span[1] + CLAUSE_WORDS * LONG_WORD].lstrip(" ,"))
    states = words.states_today
    if not states or not _opens(low[: e.span[0]], words) or behind[:1] == []:
        return False
    return not behind[0][:1].isdigit() and states.isdisjoint(behind[:BEHIND])


def _closes_sentence(e: Expression, low: str) -> bool:
    """Say whether nothing but a full stop and the like stands behind an expression."""
    return not low[e.span[1] :].strip(ENDING)


def _ends(low: str, index: int, starts: Collection[int]) -> bool:
    """Say whether a stretch that was opened before can end here: with a number or a day."""
    return low[index : index + 1].isdigit() or any(index <= s <= index + ARTICLE for s in starts)


def _tells_when_announced(e: Expression, low: str, words: TimeWords) -> bool:
    """As in "In May it had spoken of 500 posts", "it said in May that it had removed 500 posts"."""
    if _is_counted_up_to(low[: e.span[0]], words):
        return False
    before, reach = _before(e, low)[-2:], TOLD_BEFORE * LONG_WORD
    told_to = _words(low[max(0, e.span[0] - reach) : e.span[0]])[-TOLD_BEFORE:]
    if not words.telling_of.isdisjoint(before[-1:]):
        return False  # "For December it had reported 2 million"
    behind = _words(low[e.span[1] : e.span[1] + BEHIND * LONG_WORD].lstrip(" ,"))[:BEHIND]
    if came_out_in(e, low, words):
        return True
    if _is_of_a_paper(before, behind, words):
        return True
    told = _holds(told_to, words.says) and not words.telling_that.isdisjoint(behind[:1])
    return told or _holds(behind, words.said_earlier) or _tells_of_before(e, low, words)


def _is_counted_up_to(head: str, words: TimeWords) -> bool:
    """As in German "Bis Ende Juni hatte Facebook 640.000 entfernt": no month of saying."""
    part = next((m for name in PARTS if (m := words.leads[name].search(head))), None)
    head = head[: part.start()] if part else head
    return any(words.leads[name].search(head) for name in ("since", "by"))


def _tells_of_before(e: Expression, low: str, words: TimeWords) -> bool:
    """As in "In early March, Twitter confirmed that it had closed 2,000": before it was said."""
    if not _opens(low[: e.span[0]], words):
        return False
    clause = _words(low[e.span[1] : e.span[1] + CLAUSE_WORDS * LONG_WORD].lstrip(" ,"))
    said = next((i for i, word in enumerate(clause[:BEHIND]) if word in words.says), None)
    behind = clause[said + 1 : said + 1 + BEHIND] if said is not None else []
    return not words.had.isdisjoint(behind)


def _is_of_a_paper(before: Sequence[str], behind: Sequence[str], words: TimeWords) -> bool:
    """As in "its August statement", "a memo of March 2021": when that was written."""
    written = not words.papers.isdisjoint(before[:1]) and len(before) > 1
    return not words.papers.isdisjoint(behind[:1]) or (written and before[-1] in words.of_paper)


def came_out_in(e: Expression, low: str, words: TimeWords) -> bool:
    """As in "according to a report released in April": it says nothing of what is told in it."""
    return _holds(_before(e, low), words.announced)


def _before(e: Expression, low: str) -> list[str]:
    return _words(low[max(0, e.span[0] - BEFORE * LONG_WORD) : e.span[0]])[-BEFORE:]


def _opens(head: str, words: TimeWords) -> bool:
    """Say whether a day opens its sentence behind these words, with no "since" or "by" before."""
    led = any(words.leads[name].search(head) for name in ("since", "by"))
    return not led and len(_words(CLAUSE.split(head)[-1])) <= OPENING


def _words(text: str) -> list[str]:
    return [word.strip(SIGNS) for word in text.split()]


def _holds(near: list[str], verbs: frozenset[str]) -> bool:
    """Say whether a verb of one word or two is among some words."""
    pairs = (" ".join(near[i : i + 2]) for i in range(len(near)))
    return not verbs.isdisjoint(near) or not verbs.isdisjoint(pairs)
