"""Words around a period that open it on one side: "since 2015", "by the end of", "or later"."""

import re
from dataclasses import replace
from operator import itemgetter

from analysis.model import periods as calendar
from analysis.model.readings import Period
from analysis.reading.prose.times.expressions import window
from analysis.reading.prose.times.joining import FROM_ONE_TO_OTHER
from analysis.reading.prose.times.terms import Found, Terms
from analysis.reading.prose.times.time_words import without_clock

AFTER_IT = "after its last day"
BOUNDS = ("since", "by", "before", "after")
POINTS = ("day", "year", "point")
TIMED = {"before": "by", "after": "since"}  # with a time of the day
YEARS_BACK = ("ago", "unit_ago")
FAR = 90  # characters between "since" and the day: "since it started work in 2010"


class Bounding(Terms):
    """Applies the words in front of a period and behind it."""

    def _lead(self, period: Period, rule: str, floor: int, following: int) -> Found:
        """Apply the words around a period, such as "since", "by the end of" and "onwards"."""
        head = window(self.low, period.span[0], floor)
        opened = self.words.between.search(head) or self.words.link_from.search(head)
        if opened and rule.startswith("days"):  # "from 3 to 21 June": both ends are named
            return Found(self._widen(period, period.span[0] - len(head) + opened.start()), rule)
        cut = without_clock(head, self.words) if period.kind == "day" else head
        held = list(self.words.compare.finditer(cut))[-1:]  # Russian "по сравнению с 2020 годом"
        led = [
            (m.start(), name)
            for name in BOUNDS
            if (m := self.words.leads[name].search(cut))
            and not any(c.start() < m.start() < c.end() for c in held)
        ]
        if cut is not head:  # "before noon on Friday" ends with that day, and does not stop short
            led = [(at, TIMED.get(name, name)) for at, name in led]
        if period.kind == "day" and (m := self.words.leads["as_of_day"].search(head)):
            led.append((m.start(), "by"))
        if period.kind in POINTS and (m := self.words.leads["by_point"].search(head)):
            led.append((m.start(), "by"))
        if led:  # of "no later than" and "later than" the longer
            at, name = min(led, key=itemgetter(0))
            start = period.span[0] - len(head) + at
            return self._bounded(self._widen(period, start), rule, name)
        so_far = self.words.so_far.search(head)
        if so_far:
            start = period.span[0] - len(head) + so_far.start()
            return self._bounded(self._widen(period, start), rule, "so_far")
        far_start = max(floor, period.span[0] - FAR)
        far = self.words.since_far.search(self.low[far_start : period.span[0]])
        if far and period.kind in ("day", "month", "year", "point"):
            return self._bounded(self._widen(period, far_start + far.start()), rule, "since")
        return self._followed(period, rule, head, following)

    def _followed(self, period: Period, rule: str, head: str, following: int) -> Found:
        """Apply the words behind a period: "from 2015 on", "2012 or later", "2010 or earlier"."""
        ceiling = self.found[following].span[0] if following < len(self.found) else len(self.low)
        opened = self.words.link_from.search(head)
        tails = [
            ("so_far", self.words.so_far_behind),
            ("since", self.words.onward),
            ("by", self.words.backward),
        ]
        if opened:
            tails.insert(0, ("since", self.words.onward_from))
        for name, pattern in tails:
            match = pattern.match(self.low, period.span[1], ceiling)
            ended = period.kind == "span" or period.convention == FROM_ONE_TO_OTHER
            joined = name == "by" and (ended or self._goes_on(match))  # "from May until June"
            if match and not joined and (period.start or period.end):
                end = period.span[1] + len(match.group().rstrip())
                start = period.span[0]
                if opened and name == "since":
                    start = self._at_word(start - len(head) + opened.start())
                widened = replace(period, span=(start, end), text=self.text[start:end])
                return self._bounded(widened, rule, name)
        return Found(period, rule)

    def _goes_on(self, match: re.Match[str] | None) -> bool:
        """As in "in the third quarter and before anyone had reported it": a clause of its own."""
        if match is None or match.group().split()[0] not in self.words.joins:
            return False
        return self.low[match.end() : match.end() + 1].isalpha()

    def _to_reference(self, period: Period, rule: str) -> Found:
        """As in "so far in June", "2021 so far": no further than the publication date."""
        published = self.memory.reference
        if not published or not period.start or not period.end or period.start > published:
            return Found(period, rule)
        end = min(period.end, published)
        made = replace(period, end=end, convention="up to the publication date")
        return Found(made if end < period.end else period, rule)

    def _bounded(self, period: Period, rule: str, name: str) -> Found:
        if name == "so_far":
            return self._to_reference(period, rule)
        if rule in YEARS_BACK and period.kind == "year" and self.memory.reference and period.start:
            months = 12 * (period.start.year - self.memory.reference.year)
            day = calendar.add_months(self.memory.reference, months)
            period = replace(period, start=day, end=day, kind="day")  # "since two years ago"
        if name == "since":
            made = replace(
                period,
                end=None,
                kind="since",
                convention="from its first day on",
                cumulative=True,
            )
            return Found(made, rule, ongoing=True)
        if name == "by":
            made = replace(period, start=None, kind="point", convention="up to its last day")
        elif name == "before":
            end = calendar.add_days(period.start, -1) if period.start else None
            made = replace(
                period, start=None, end=end, kind="span", convention="before its first day"
            )
        else:
            start = calendar.add_days(period.end, 1) if period.end else None
            made = replace(period, start=start, end=None, kind="since", convention=AFTER_IT)
        return Found(made, rule)
