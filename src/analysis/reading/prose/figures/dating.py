"""The period of a figure: its own, or the one that still governs it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from analysis.model import periods as calendar
from analysis.model.periods import Days
from analysis.model.readings import Amount, Mention, Period
from analysis.reading.prose.figures import ownership, rates, timing, writing_time
from analysis.reading.prose.figures.choice import UNACTED, Choice
from analysis.reading.prose.figures.context import STOCK
from analysis.reading.prose.figures.roles import (
    Target,
)
from analysis.reading.prose.figures.scene import COMMAS, Scene, Spot
from analysis.reading.prose.figures.so_far import SoFar
from analysis.reading.prose.figures.undone import SEEN_ONLY
from analysis.reading.prose.times.bounding import AFTER_IT
from analysis.reading.prose.times.counting import counted_on
from analysis.reading.prose.times.resolving import PART_MEANT
from analysis.reading.prose.words.tokens import Found

APPOSING = (*COMMAS, "(", "—", "–", ":")  # in front of what says a number again
AT_THE_END = "end of it, a point"
STOCK_ITEMS, STOCK_ACTS = ("hashes",), ("hashes_shared",)
DAYS_IN_A_WEEK = 7
A_QUARTER = 85  # days
DAY = 24  # hours
OPENING = 3  # tokens in front of the year that a sentence is on
WHOLE = ("quarter", "half_year", "year")
MEAN_REACH = 3  # tokens between "on average" and its number: "200,000 a month on average"
UNITS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30.4, "year": 365.25}  # in days
FITTING = 0.1  # how far a mean and its whole may be apart
NEARLY_OVER = 10  # days
BEFORE_PUBLICATION = "before the publication date"
BEFORE_THE_REPORTED = "the stretch before the one that the text is on"
SINCE_IT_STRUCK = "from the day of the event that the text dates, to the publication date"
AFTER_IT_STRUCK = "so long from the day of the event that the text dates"
SINCE_IT_BEGAN = "from the start of the work that the text dates, to the publication date"
NAMED_EXACTLY = "the days that the text names further on"
IN_THE_REPORT_BEFORE = "what the report before covered, which the text does not say"
AS_OF = "from the start of the total that the text tells of, up to that day"
DAYS_OF_EVENTS = ("day", "span")


def period_for(
    so_far: SoFar,
    aim: Target,
    choice: Choice,
    platforms: tuple[str, ...],
    rate: Period | None,
    compared: bool,
) -> Period | None:
    """Return the period of a figure, None where nothing names or governs one."""
    period = _found_or_inherited(so_far, aim, choice, platforms, rate, compared)
    stock = _is_stock(choice) and not so_far.scene.has(so_far.scene.words.put_in)
    if stock and period and period.kind != "since" and period.end:
        return replace(period, start=None, kind="point", convention=STOCK)
    if period and _is_up_to_then(so_far.scene, period):
        return replace(period, start=None, convention=STOCK)
    return period


def _is_up_to_then(scene: Scene, period: Period) -> bool:
    """As in "At the end of 2019 Turkey was blocking 408,000 sites", "had blocked": all by then."""
    at_its_end = period.kind == "point" and period.start == period.end and period.end is not None
    lasting = scene.has(scene.words.standing) or not scene.words.had.isdisjoint(scene.lows)
    return at_its_end and period.convention == AT_THE_END and lasting


def _is_stock(choice: Choice) -> bool:
    """Say whether what is counted is what there is up to a day: fingerprints, and kinds of them."""
    return choice.item in STOCK_ITEMS or choice.action in STOCK_ACTS


def _found_or_inherited(
    so_far: SoFar,
    aim: Target,
    choice: Choice,
    platforms: tuple[str, ...],
    rate: Period | None,
    compared: bool,
) -> Period | None:
    scene, context = so_far.scene, so_far.context
    found = timing.period_of(scene, aim, rate, _refused_for_good(so_far, aim))
    known = _of_the_same_change(so_far, aim, found) or _of_the_event(so_far, aim, found, platforms)
    if known:
        return known
    total = context.topic.period if context.topic else None
    if found and total and total.cumulative and _stands_at(scene, found):
        found = None  # "Its running total stood at 249,091 this week" goes on from its own start
    if found and compared:
        found = _one_before(found, (so_far.last.period if so_far.last else None) or total)
    if found:
        return so_far.placed_period(_with_its_ends(so_far, choice, found))
    if rate:
        return _of_the_mean(so_far, aim, rate)
    undated = _from_a_start(so_far, aim) or _named_without_days(so_far, aim, platforms)
    return undated or _governing(so_far, aim, choice, platforms, compared)


def _refused_for_good(so_far: SoFar, aim: Target) -> Collection[int]:
    """Return the numbers that are no figures, without those whose time a part of them shares.

    As in "found 80 in 2023, of which 19 went", "Users wrote 22 million reviews in 2023; 3% were
    removed".
    """
    share = aim.spot.thing.measure == "share" and aim.noun_end <= aim.spot.last
    lent = (SEEN_ONLY, UNACTED) if share else (SEEN_ONLY,)
    return [first for first, why in so_far.refused.items() if not why.endswith(lent)]


def _of_the_event(
    so_far: SoFar, aim: Target, found: Period | None, platforms: tuple[str, ...]
) -> Period | None:
    """Return the days of an event, where the words say how long it was, or when loosely."""
    scene, context = so_far.scene, so_far.context
    length = found is not None and rates.is_only_length(found)
    after = _after_it_struck(so_far, aim) if not found or length else None
    after = after or (_so_long_after_it(so_far, found) if found else None)
    if after or not found:
        return after
    if context.event and _is_told_loosely(found, context.event):
        return replace(context.event, basis="inherited", convention=NAMED_EXACTLY)
    known = context.inherited(platforms) if length else None
    fast = _in_hours(scene, found, aim.spot.thing.measure == "share")
    fast = fast or _tells_how_fast(scene, found)
    if known and (fast or known.kind in DAYS_OF_EVENTS):
        return known  # "within two days", where the text says which
    days = _to_the_day_after(scene, found)
    return so_far.placed_period(days) if days else None


def _with_its_ends(so_far: SoFar, choice: Choice, found: Period) -> Period:
    """Return a period as far as the text was written, and from where its total is counted."""
    scene, context = so_far.scene, so_far.context
    found = _up_to_a_point(scene, _as_of(scene, _ended(so_far, _within_its_year(scene, found))))
    if _is_stock(choice):
        return found
    since = [s.thing for s in scene.periods if s.thing.kind == "since" and not s.thing.per]
    alike = choice.action == (so_far.last.action if so_far.last else context.action)
    total = context.topic.period if context.topic else None
    total = total if total and total.cumulative and alike else None
    start = since[0] if since else total or context.began
    return _begun(found, _year_it_is_of(scene, found) or start)


def _governing(
    so_far: SoFar, aim: Target, choice: Choice, platforms: tuple[str, ...], compared: bool
) -> Period | None:
    """Return the period that a figure takes from those told of before it."""
    scene, context = so_far.scene, so_far.context
    if context.coming_period and choice.action_cue is None and choice.action == context.coming:
        return context.coming_period
    if ownership.ends_a_change(scene, aim) and context.main and so_far.accepted:
        older = so_far.accepted[-1].mention.period
        if older and older.end and context.main.period.end and older.end < context.main.period.end:
            return context.inherited(platforms, to_main=True)
    beside = [a for a in so_far.accepted if a.mention.background == compared]
    beside = [a for a in beside if compared or not ownership.begins_a_change(scene, a.spot)]
    periods = [a.mention.period for a in beside if a.mention.period]
    if not periods and _is_stock(choice) and context.counted_up_to:
        return context.counted_up_to
    if periods or compared:
        return periods[-1] if periods else context.compared
    same = context.of_the_last if _is_part_of_the_last(so_far, aim) else None
    same = same or context.of_the_count
    return same or context.inherited(() if choice.action_cue is None else platforms)


def _of_the_same_change(so_far: SoFar, aim: Target, found: Period | None) -> Period | None:
    """As in "from 26% in the third quarter to 49% in the fourth, and from 55 to 80% on the other".

    The ends of the second change are of the times of the first.
    """
    scene = so_far.scene
    end = _end_of_change(scene, aim.spot)
    if found and found.span[0] > scene.tokens[aim.spot.first].start:
        return None
    told = [(_end_of_change(scene, a.spot), a.mention.period) for a in so_far.accepted]
    if not end or {name for name, _ in told if name} != {"from", "to"}:
        return None
    return next((p for name, p in reversed(told) if name == end and p and p.start), None)


def _end_of_change(scene: Scene, spot: Spot[Amount]) -> str:
    """Say which end of a change an amount is, empty where it is none."""
    before = scene.low(spot.first - 1)
    if before in scene.words.change_from:
        return "from"
    return "to" if before in scene.words.to | scene.words.change_to else ""


def _named_without_days(so_far: SoFar, aim: Target, platforms: tuple[str, ...]) -> Period | None:
    """Return the time that words name and no day of which is known: "now", "the report before"."""
    scene, now = so_far.scene, writing_time.times_of_writing(so_far.scene)
    reported = (so_far.last.period if so_far.last else None) or so_far.context.inherited(platforms)
    share = aim.spot.thing.measure == "share" and reported and _is_reported_on(reported)
    if now and not share and writing_time.is_of_the_time_of_writing(scene, aim):
        return so_far.placed_period(_without_days(scene, now[0], "the time of writing"))
    report = writing_time.of_the_report_before(scene, aim)
    if report:
        return so_far.placed_period(_without_days(scene, report, IN_THE_REPORT_BEFORE))
    return None


def _after_it_struck(so_far: SoFar, aim: Target) -> Period | None:
    """As in "in the first 24 hours after the attack", of which the text has named the day."""
    struck = so_far.context.struck
    hours = writing_time.hours_after_it(so_far.scene, aim) if struck else 0
    if not (hours and struck and struck.start):
        return None
    told = replace(struck, end=struck.start + timedelta(hours=hours), kind="span")
    return replace(told, basis="inherited", convention=AFTER_IT_STRUCK)


def _so_long_after_it(so_far: SoFar, length: Period) -> Period | None:
    """As in "in the two weeks after the attack", of which the text has named the day."""
    scene, struck = so_far.scene, so_far.context.struck
    spot = next((s for s in scene.periods if s.thing == length), None)
    if length.basis == "stated" or spot is None or not (struck and struck.start):
        return None
    behind = (scene.low(i) for i in range(spot.last - 1, spot.last + writing_time.AFTER_REACH))
    if scene.words.event_nouns.isdisjoint(behind):
        return None
    end = counted_on(length.text, scene.language, struck.start)
    if end is None or (length.start, length.end) == (struck.start, end):
        return None
    told = replace(length, start=struck.start, end=end, kind="span", basis="inherited")
    return so_far.placed_period(replace(told, convention=AFTER_IT_STRUCK))


def _is_reported_on(period: Period) -> bool:
    """Say whether a period is as long as those of reports: a quarter, or longer."""
    if not (period.start and period.end) or period.kind in WHOLE:
        return period.kind in WHOLE
    return period.kind == "span" and (period.end - period.start).days >= A_QUARTER


def _from_a_start(so_far: SoFar, aim: Target) -> Period | None:
    """Return the period of what counts from a start that the text dates, or leaves undated."""
    scene, context = so_far.scene, so_far.context
    today = context.memory.reference
    if context.began and _is_running_total(so_far, aim):
        told = replace(context.began, end=today, kind="since", cumulative=True)
        return replace(told, basis="inherited", convention=SINCE_IT_BEGAN)
    event = writing_time.undated_start(scene, aim)
    if event and context.struck and _tells_of_it(scene, event):
        told = replace(context.struck, end=today, kind="since")
        return replace(told, basis="inherited", convention=SINCE_IT_STRUCK)
    if event:
        return so_far.placed_period(_without_days(scene, event, "counted from an undated event"))
    return None


def _is_running_total(so_far: SoFar, aim: Target) -> bool:
    """As in "It has referred 9,000 items so far", where the text says when the work began."""
    return aim.spot.thing.measure == "count" and so_far.scene.has(so_far.scene.words.running)


def _is_part_of_the_last(so_far: SoFar, aim: Target) -> bool:
    """As in "219,059 items in 2023. Almost 198,000 of them were domains".

    A share may rather be of what the text is on: "In the first half it was 12,700. 88% of them".
    """
    scene, context = so_far.scene, so_far.context
    if scene.low(0) in scene.words.among and scene.low(1) in scene.words.pronouns:
        return True  # "Of these, 71 percent had been removed before anyone saw them"
    of = scene.words.part_of.at(scene.tokens, aim.spot.last)
    beside = context.told is not context.older and so_far.noun(aim.spot).item is None
    if not of or not (aim.spot.thing.measure == "count" or beside):
        return False
    return any(scene.low(i) in scene.words.pronouns for i in (of.last - 1, of.last))


def _one_before(compared: Period, main: Period | None) -> Period:
    """As in a report on Q1, "67%, compared with 59% in the last quarter": that is the one before.

    Counted from the publication date it would be the quarter that the report is on.
    """
    last = compared.convention.endswith(BEFORE_PUBLICATION)
    if not (main and compared.start and compared.end and last):
        return compared
    if (compared.start, compared.end) != (main.start, main.end) or compared.kind not in WHOLE:
        return compared
    days = calendar.previous(Days(compared.start, compared.end))
    return replace(compared, start=days.first, end=days.last, convention=BEFORE_THE_REPORTED)


def _is_told_loosely(found: Period, event: Period) -> bool:
    """As in "spent two days last week", "for a day in December": the text names the days."""
    if not (found.start and found.end and event.start and event.end):
        return False
    inside = found.start <= event.start and event.end <= found.end
    if not inside or (found.start, found.end) == (event.start, event.end):
        return False
    if (found.end - found.start).days < DAYS_IN_A_WEEK:
        return found.basis == "relative" and found.kind == "span"
    return found.kind == "month" and found.convention.endswith(PART_MEANT)


def _tells_of_it(scene: Scene, since: Found[bool]) -> bool:
    """As in "since the attack", of which the text has named the day."""
    words = {scene.low(i) for i in range(since.first, since.last)}
    return not words.isdisjoint(scene.words.event_nouns)


def _of_the_mean(so_far: SoFar, aim: Target, rate: Period) -> Period | None:
    """As in "1.27 million items were cut off, or 200,000 a month on average": of that stretch.

    So is "377,000 were closed in half a year, 65,000 a month", "or 65,000 accounts a month". In a
    sentence of its own the numbers have to fit: "That makes 65,000 a month".
    """
    scene, noun, last = so_far.scene, so_far.noun(aim.spot), so_far.last
    if last is None:
        wholes = (m for m in so_far.context.row if _is_mean_of(m, aim, rate))
        return next((m.period for m in wholes), None)
    means = scene.find(scene.words.average)
    mean = any(
        0 <= aim.spot.first - f.first <= MEAN_REACH or 0 <= f.first - aim.spot.last <= MEAN_REACH
        for f in means
    )
    same = noun.bare or (noun.item is not None and noun.item.key == last.item)
    restated = scene.words.restate.ending(scene.tokens, aim.spot.first) is not None and same
    apposed = noun.bare and scene.low(aim.spot.first - 1) in APPOSING
    return last.period if mean or restated or apposed else None


def _is_mean_of(whole: Mention, aim: Target, rate: Period) -> bool:
    """Say whether so many a day or month come to the number told of before, over its days."""
    period, unit, value = whole.period, UNITS.get(rate.per), aim.spot.thing.value
    total = whole.amount.value
    if not (period and period.start and period.end and unit and value and total):
        return False
    days = (period.end - period.start).days + 1
    return days > unit and abs(value * days / unit - total) <= FITTING * total


def _in_hours(scene: Scene, length: Period, share: bool) -> bool:
    """As in "93% within 24 hours", of a share also "within a day": how fast, and not when."""
    units, most = scene.words.hours_in, DAY if share else 1
    return any(units.get(word, 2 * DAY) <= most for word in length.text.casefold().split())


def _tells_how_fast(scene: Scene, length: Period) -> bool:
    """As in "313 posts within 24 hours and 28 within seven days": how long each removal took."""
    spot = next((s for s in scene.periods if s.thing == length), None)
    if spot is None:
        return False
    led = {scene.low(spot.first - 1), scene.low(spot.first)} & scene.words.stop
    lengths = (s for s in scene.amounts if scene.low(s.last) in scene.words.hours_in)
    others = (s for s in lengths if not spot.first <= s.first < spot.last)
    return any(scene.low(s.first - 1) in led for s in others)


def _to_the_day_after(scene: Scene, day: Period) -> Period | None:
    """As in "After the attack on 14 May members added 870 hashes within a day"."""
    fast = scene.has(scene.words.in_a_day)
    struck = not scene.words.after.isdisjoint(scene.lows) and _names_an_event(scene)
    if not (fast and struck and day.kind == "day" and day.start):
        return None
    return replace(day, end=day.start + timedelta(days=1), kind="span", convention=AFTER_IT_STRUCK)


def _names_an_event(scene: Scene) -> bool:
    """Say whether a sentence names an attack or the like."""
    return not scene.words.event_nouns.isdisjoint(scene.lows)


def _without_days(scene: Scene, words: Found[bool], convention: str) -> Period:
    """Return a period that has no days, so that none is looked for elsewhere."""
    span = (scene.tokens[words.first].start, scene.tokens[words.last - 1].end)
    text = scene.text[slice(*span)]
    return Period(None, None, "unknown", "unknown", convention, span, text)


def _stands_at(scene: Scene, period: Period) -> bool:
    """Say whether a running total is given as of a day or a week."""
    if not (period.start and period.end) or not scene.has(scene.words.running):
        return False
    return (period.end - period.start).days < DAYS_IN_A_WEEK


def _begun(period: Period, start: Period | None) -> Period:
    """As in "since August 2020 ... As of January 12, 2,000 had gone": the total that is told of."""
    if period.kind != "point" or period.start or not (period.end and start and start.start):
        return period
    if start.start >= period.end:
        return period
    return replace(period, start=start.start, kind="since", convention=AS_OF, cumulative=True)


def _end_of_the_told(so_far: SoFar, start: date) -> date | None:
    """As in "19,100 in 2020, of which 14,900 after 16 October": to the end of what is told of."""
    topic, last = so_far.context.topic, so_far.last.period if so_far.last else None
    for told in (last, topic.period if topic else None):
        if told and told.start and told.end and told.start <= start < told.end:
            return told.end
    return None


def _as_of(scene: Scene, since: Period) -> Period:
    """As in "As of June, 210,000 channels had gone since the work began in 2016": up to June."""
    if since.kind != "since" or not (since.start and since.end):
        return since
    for spot in scene.periods:
        point = spot.thing
        opens = spot.first <= OPENING and point.kind == "point" and not point.start
        if opens and point.end and since.start < point.end < since.end:
            return replace(since, end=point.end, convention=AS_OF)
    return since


def _within_its_year(scene: Scene, since: Period) -> Period:
    """As in "In 2022, from 7 June on, there had been 12": to the end of the year named."""
    own = next((s for s in scene.periods if s.thing == since), None)
    if own is None or since.kind != "since" or not since.start:
        return since
    for spot in scene.periods:
        year, near = spot.thing, 0 <= own.first - spot.last <= OPENING
        inside = year.start and year.end and year.start <= since.start <= year.end
        if year.kind == "year" and near and inside:
            return replace(since, end=year.end, kind="span", cumulative=False)
    return since


def _up_to_a_point(scene: Scene, year: Period) -> Period:
    """As in "By the end of June it had removed 900 in 2018", "in 2018 by the end of June"."""
    own = next((s for s in scene.periods if s.thing == year), None)
    if own is None or year.kind != "year" or not (year.start and year.end):
        return year
    for spot in scene.periods:
        end = spot.thing.end
        point = spot.thing.kind == "point" and not spot.thing.start
        near = spot.first <= OPENING or 0 <= spot.first - own.last <= OPENING
        if point and near and end and year.start <= end < year.end:
            return replace(year, end=end, kind="span", convention=AS_OF)
    return year


def _year_it_is_of(scene: Scene, point: Period) -> Period | None:
    """As in "In 2024 it had removed 2,950 by the end of September": from the start of that year.

    By the end of the year it is all that there was until then.
    """
    for spot in scene.periods:
        start, end = spot.thing.start, spot.thing.end
        opens = not {";", "؛"}.isdisjoint(scene.low(i) for i in range(spot.first - 2, spot.first))
        opens = opens or spot.first <= OPENING or _stands_in_brackets_behind(scene, spot, point)
        opens = opens and spot.thing != point and not spot.thing.per
        if opens and start and end and point.end and start <= point.end < end:
            first = (start.month, start.day) == (1, 1)
            return spot.thing if first and (end - start).days > A_QUARTER else None
    return None


def _stands_in_brackets_behind(scene: Scene, year: Spot[Period], point: Period) -> bool:
    """As in "in 2023 (until September)"."""
    own = next((s for s in scene.periods if s.thing == point), None)
    return own is not None and scene.low(year.last) == "(" and own.first == year.last + 1


def _ended(so_far: SoFar, period: Period) -> Period:
    """A figure covers no days after its publication: "2016 so far" ends with that day."""
    day = so_far.context.memory.reference
    if period.convention == AFTER_IT and period.start and not period.end:
        return replace(period, end=_end_of_the_told(so_far, period.start) or day)
    if not day or not period.start or not period.end or period.kind == "span":
        return period  # "between 2010 and 2016" was given both its ends
    running = so_far.scene.has(so_far.scene.words.running)  # "2016 is the busiest year so far"
    if period.kind in WHOLE and (period.end - day).days <= NEARLY_OVER and not running:
        return period  # "in the first quarter", told on 29 March
    if period.basis == "stated" and period.kind in WHOLE and not running:
        return period
    if period.start <= day < period.end:
        return replace(period, end=day, convention=f"{period.convention}, up to publication")
    return period
