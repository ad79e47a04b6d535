"""Words around a period that open it on one side: "since 2015", "by the end of", "or later"."""

from dataclasses import replace
from operator import itemgetter

from analysis.model import periods as calendar
from analysis.model.schema import Period
from analysis.reading.prose.times.expressions import window
from analysis.reading.prose.times.terms import Found, Terms

BOUNDS = ("since", "by", "before", "after")
POINTS = ("day", "year", "point")
FAR = 90  # characters between "since" and the day: "since it started work in 2010"


class Bounding(Terms):
    """Applies the words in front of a period and behind it."""

    def _lead(self, period: Period, rule: str, floor: int, following: int) -> Found:
        """Apply the words around a period, such as "since", "by the end of" and "onwards"."""
        head = window(self.low, period.span[0], floor)
        opened = self.words.between.search(head) or self.words.link_from.search(head)
        if opened and rule.startswith("days"):  # "from 3 to 21 June": both ends are named
            return Found(self._widen(period, period.span[0] - len(head) + opened.start()), rule)
        led = [(m.start(), name) for name in BOUNDS if (m := self.words.leads[name].search(head))]
        if period.kind == "day" and (m := self.words.leads["as_of_day"].search(head)):
            led.append((m.start(), "by"))
        if period.kind in POINTS and (m := self.words.leads["by_point"].search(head)):
            led.append((m.start(), "by"))
        if led:  # of "no later than" and "later than" the longer
            at, name = min(led, key=itemgetter(0))
            start = period.span[0] - len(head) + at
            return self._bounded(self._widen(period, start), rule, name)
        far_start = max(floor, period.span[0] - FAR)
        far = self.words.since_far.search(self.low[far_start : period.span[0]])
        if far and period.kind in ("day", "month", "year", "point"):
            return self._bounded(self._widen(period, far_start + far.start()), rule, "since")
        return self._followed(period, rule, head, following)

    def _followed(self, period: Period, rule: str, head: str, following: int) -> Found:
        """Apply the words behind a period: "from 2015 on", "2012 or later", "2010 or earlier"."""
        ceiling = self.found[following].span[0] if following < len(self.found) else len(self.low)
        opened = self.words.link_from.search(head)
        tails = [("since", self.words.onward), ("by", self.words.backward)]
        if opened:
            tails.insert(0, ("since", self.words.onward_from))
        for name, pattern in tails:
            match = pattern.match(self.low, period.span[1], ceiling)
            joined = name == "by" and period.kind == "span"  # "from May until June": ended already
            if match and not joined and (period.start or period.end):
                end = period.span[1] + len(match.group().rstrip())
                start = period.span[0]
                if opened and name == "since":
                    start = self._at_word(start - len(head) + opened.start())
                widened = replace(period, span=(start, end), text=self.text[start:end])
                return self._bounded(widened, rule, name)
        return Found(period, rule)

    def _bounded(self, period: Period, rule: str, name: str) -> Found:
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
            made = replace(
                period, start=start, end=None, kind="since", convention="after its last day"
            )
        return Found(made, rule)
