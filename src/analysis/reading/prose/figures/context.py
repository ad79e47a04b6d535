"""What a document has said so far, and what a figure may take from it."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from analysis.model import vocabulary
from analysis.model.documents import Block
from analysis.model.readings import Mention, Period
from analysis.reading.prose.figures.attribution import issuer_of
from analysis.reading.prose.figures.choice import AUTHORITY_ACTS, COMMON_ACTS
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.dated_things import names_a_thing, says_since_when
from analysis.reading.prose.figures.events import tells_of_event
from analysis.reading.prose.figures.headings import is_heading, period_of_heading
from analysis.reading.prose.figures.roles import policy_against
from analysis.reading.prose.figures.scene import Scene, Spot
from analysis.reading.prose.figures.services import is_in_aside, is_tied, joined_platforms
from analysis.reading.prose.times.bounding import AFTER_IT
from analysis.reading.prose.times.from_publication import YEARS_AGO
from analysis.reading.prose.times.resolving import INSIDE, LONG_AFTER, LOOKING_BACK, Memory

STOCK = "a stock, up to that day"
OF_THE_SECTION = "the period that stands above the paragraph"
CARRIED = "the period named before it in the document"
PARTS = (INSIDE, AFTER_IT)
SEVERAL = "several"
COMPLAINTS = ("requests", "reported")
SHARE_ACTS = ("found_proactively", "prevalence")
OPENING = 4  # tokens: "Au cours de l'année 2020"
MANY = 2  # services of which a sentence may tell without telling of services in general
NEARBY = 2  # paragraphs over which an act may be left unsaid
DENIED_REACH = 2
DAYS_IN_A_WEEK = 7
OF_NEWS = ("day", "month")  # times at which a report comes out
LAW = 10  # tokens from a law to its year
REACH = 12  # paragraphs over which a period goes on governing


def _tells_of_such(scene: Scene) -> bool:
    """As in "46,763 such demands": requests of the kind that was told of just before."""
    requests = (c for c in scene.of_kind("item") if c.key == "requests")
    return any(scene.low(c.first - 1) in scene.words.such for c in requests)


@dataclass(frozen=True, slots=True)
class Topic:
    """A period that governs what follows it: whose it is, and where it was named."""

    period: Period
    platforms: tuple[str, ...]
    paragraph: int
    frame: bool = False  # it opened its sentence, and so holds for whoever is named behind it
    passing: bool = False  # a day in passing, of no event: it ends with its paragraph
    leads: bool = False  # it was named by the sentence that leads a list or a table in
    loose: bool = False  # a headline named it, and the text may say more closely when

    def governs(self, paragraph: int, platforms: tuple[str, ...], in_table: bool = False) -> bool:
        """Say whether a figure about these services in that paragraph is still of this period.

        A table is of the period that was named right in front of it, whoever its rows are on.
        """
        if paragraph == self.paragraph or (in_table and paragraph - self.paragraph == 1):
            return True
        if self.passing:
            return False
        of_some = bool(platforms and self.platforms) and SEVERAL not in self.platforms
        of_some = of_some and len(_owners(self.platforms)) == 1  # else it is that of all reports
        known = of_some and not self.frame
        foreign = known and _owners(platforms).isdisjoint(_owners(self.platforms))
        return paragraph - self.paragraph <= REACH and not foreign


@dataclass(frozen=True, slots=True)
class Context:
    """The last services, actor, act, item, policy, organisation and period of a document."""

    memory: Memory
    platforms: tuple[str, ...] = ()  # the service that the text is about by now
    counted_on: tuple[str, ...] = ()  # the service of the figure read last
    actor: str = "platform"
    acted: str = ""  # actor of the figure read last
    issuer: str = ""  # who issued the numbers, by name
    action: str = ""
    share_action: str = ""  # act of the share read last in the paragraph
    item: str = ""
    thing: str = ""  # item named last, whether or not a figure counted it
    act: str = ""  # act named last in the paragraph, whether or not a figure told of it
    act_paragraph: int = -99
    coming: str = ""  # what the next sentence says was done to what this one counts
    coming_period: Period | None = None  # and when
    policy: str = ""
    policy_stated: str = ""
    group: str = ""
    topic: Topic | None = None
    older: Topic | None = None  # of the figure compared with last
    told: Topic | None = None  # of the figure read last, where the text does not stay with it
    section: Period | None = None  # that stands alone above some paragraphs: "April"
    up_to: Topic | None = None  # the day up to which things were counted last
    stock: Topic | None = None  # the day up to which fingerprints were counted last
    struck: Period | None = None  # the day of the attack or the like that the text dates
    began: Period | None = None  # when the work began that the text tells of
    event: Period | None = None  # the days of the one event that the text tells of
    main: Topic | None = None  # the topic that ends last: a paragraph returns to it from older ones
    paragraph: int = 0
    in_table: bool = False
    listed: bool = False  # an entry of a list is read
    figure_paragraph: int = -99
    recent: tuple[tuple[float, tuple[str, ...]], ...] = ()  # the two figures read last, of whom
    complaints: bool = False  # the text has told of complaints
    tested: float = 0.0  # how many things researchers reported to see what would become of them
    row: tuple[Mention, ...] = ()  # the figures of the sentence read last
    values: frozenset[float] = frozenset()  # of the counts read so far
    of_rights: bool = False  # the document is on copyright: who asks there is no authority
    on_subject: bool = True  # the document names a service, an organisation or a rule
    services: frozenset[str] = frozenset()  # that the document names
    named: frozenset[str] = frozenset()  # of these, the ones named so far
    states_block: bool = False  # the document tells of authorities that cut off or order
    reports: bool = False  # the document names a reporting period, such as a quarter
    headed: frozenset[str] = frozenset()  # services that the headline names
    europol: bool = False
    led: bool = False  # by an authority: the document is on what it does
    aside: str = ""  # what the paragraph is about, where that is no moderation: user data
    aside_paragraph: int = -1

    def noting(self, scene: Scene) -> "Context":
        """Return the context once the services and policies of a sentence have been named."""
        named = scene.services()
        named = [] if scene.has(scene.words.silent) else named
        owners = {c.key for c in named if _names_one_of(c, named) and not _names_all_of(c, named)}
        named = [c for c in named if c.key not in owners]  # "on Facebook, its parent Meta said"
        subjects = [c for c in named if not is_tied(scene, c)] or named
        if subjects and self.platforms and _is_about_it(scene, subjects[0]):
            subjects = []
        known = self.platforms not in ((), (SEVERAL,))
        if known and all(_is_company(c.key) for c in subjects):
            subjects = []  # "Microsoft is said to want to buy it"
        made = self.naming_europol(scene)
        acting = [c for c in subjects if c.key != SEVERAL]  # "websites and file hosts"
        changes: dict[str, Any] = {"actor": made._acting(scene, acting)}
        if not scene.counted and any(c.key == "prevalence" for c in scene.of_kind("action")):
            changes["share_action"] = "prevalence"  # "It gives the prevalence. It was 0.1%"
        issuer = issuer_of(scene)
        if issuer:
            changes["issuer"] = issuer.words
        if known and subjects and all(_by_the_way(scene, c) for c in subjects):
            subjects = []  # "The message, which was seen on Twitter, came from ..."
        if known and all(is_in_aside(scene, c) for c in subjects):
            subjects = []  # "Categories such as nudity, which Facebook lists, are missing"
        if subjects:
            rows = [joined_platforms(scene, c) for c in subjects[: 1 if scene.counted else None]]
            many = any(len({c.key for c in row}) > MANY for row in rows)
            changes["platforms"] = (SEVERAL,) if many else tuple(subjects[0].key.split("+"))
        heads = scene.leads_a_list()
        if heads and not (named or scene.counted) and self._all_on_one:
            changes["platforms"] = self.counted_on  # "The figures by quarter:"
        if subjects and (scene.counted or heads or not is_tied(scene, subjects[0])):
            changes["counted_on"] = ()  # a number that was refused is of another service
        changes |= _ruled(scene) | self._told(scene)
        changed = {name: new for name, new in changes.items() if new != getattr(made, name)}
        return replace(made, **changed) if changed else made

    def _told(self, scene: Scene) -> dict[str, Any]:
        """Return the things and the acts that a sentence tells of, by field."""
        changes: dict[str, Any] = {}
        items = [c for c in scene.of_kind("item") if c.form != "weak" and not _denied(scene, c)]
        items = [c for c in items if not _tells(scene, c)]
        if not items and any(c.form == "verb" for c in scene.of_kind("action")):
            items = [c for c in scene.of_kind("item") if c.key == "websites"]  # "cuts off websites"
        if items:
            behind = ([c for c in items if 0 <= c.first - s.last <= 3] for s in scene.amounts)
            counted = [near[0] for near in behind if near]  # "153 accounts that shared links"
            changes["thing"] = (counted or items)[-1].key
        vague = bool(scene.counted) and all(s.thing.vague for s in scene.counted)
        referred = AUTHORITY_ACTS if vague else ()  # "Europol referred thousands of links"
        others = {*COMMON_ACTS, "prevalence"} - {*referred}
        acts = [c for c in scene.of_kind("action") if c.form == "verb" and c.key not in others]
        if acts:
            changes |= {"act": acts[-1].key, "act_paragraph": self.paragraph}
        if scene.counted:
            return changes
        if any((c.key, c.implies) == COMPLAINTS for c in scene.of_kind("item")):
            changes["complaints"] = True  # "The volume of complaints is large."
        if items and scene.tokens[-1].text in (",", ":"):
            changes["item"] = items[-1].key
        led = [c for c in scene.of_kind("action") if c.form == "verb" and c.key in AUTHORITY_ACTS]
        if (acts or led) and scene.leads_a_list():
            changes["action"] = (acts or led)[-1].key  # "This is what was referred that day:"
        named = [c for c in items if c.implies]
        if named:
            changes |= {"item": named[0].key, "action": named[0].implies}
        return changes

    def _acting(self, scene: Scene, subjects: list[Cue]) -> str:
        """Return the one who acts by now: the service, or an authority named first."""
        authorities = [c for c in scene.of_kind("actor") if not is_tied(scene, c) or _by(scene, c)]
        if not authorities:
            return "platform" if subjects else self.actor
        if self.actor != "platform" and _opens_with_it(scene):
            return self.actor  # "It helps member states": the unit that was told of
        together = subjects and any(scene.joined(c, subjects[0]) for c in authorities)
        if together or (subjects and subjects[0].first < authorities[0].first):
            return "platform"
        keys = [c.key for c in authorities]  # "units of twelve states and Europol"
        key = "europol" if "europol" in keys else keys[0]
        state = "europol" if self.europol else "government"
        return state if key == "police" else key

    def naming_europol(self, scene: Scene) -> "Context":
        """Return the context with Europol known, once it has been named."""
        named = any(cue.key == "europol" for cue in scene.of_kind("actor"))
        return replace(self, europol=True) if named and not self.europol else self

    @property
    def _all_on_one(self) -> bool:
        """Whether the figures read last were of one service, be it named in passing."""
        return bool(self.counted_on) and all(on == self.counted_on for _, on in self.recent)

    @property
    def going_on(self) -> bool:
        """Whether a figure was read so lately that a sentence may leave its act unsaid."""
        return 0 <= self.paragraph - self.figure_paragraph <= NEARBY  # never a headline, read last

    def naming(self, scene: Scene) -> "Context":
        """Return the context with the services of a sentence among those named so far."""
        keys = frozenset(c.key for c in scene.of_kind("platform")) & self.services
        return self if keys <= self.named else replace(self, named=self.named | keys)

    def setting_aside(self, scene: Scene) -> "Context":
        """Return the context once a sentence has turned to requests for user data."""
        topics = [c.key for c in scene.of_kind("refusal") if c.form == "topic"]
        just = self.aside and self.paragraph - self.aside_paragraph <= 1
        if not topics and just and _tells_of_such(scene):
            topics = [self.aside]
        if not topics:
            return self
        return replace(self, aside=topics[0], aside_paragraph=self.paragraph)

    @property
    def told_act(self) -> str:
        """The act named last in this paragraph or the one before, empty when none was."""
        return self.act if 0 <= self.paragraph - self.act_paragraph <= 1 else ""

    @property
    def set_aside(self) -> str:
        """What the running paragraph is about instead of moderation, empty when it is about it."""
        return self.aside if self.aside_paragraph == self.paragraph else ""

    def dated(self, scene: Scene, *, for_all: bool = False) -> "Context":
        """Return the context once a sentence without figures has named a reporting period.

        A single day governs its own paragraph at most, if nothing took place on it: elsewhere it
        says when a report came out.
        `for_all` says that the sentence names it for the whole text, as a headline does.
        """
        day = self.memory.reference
        settled = self.topic is not None and self.paragraph - self.topic.paragraph <= 1
        for spot in sorted(scene.periods, key=_is_short):
            period = _narrowed(scene, spot.thing)
            heads = scene.leads_a_list()
            told = scene.find(scene.words.reported_on)
            covered = any(0 <= spot.first - f.last <= 1 for f in told)
            opens = for_all or heads or covered or spot.first <= OPENING
            if settled and not opens:
                continue
            if self.topic and not opens and _lies_within(period, self.topic.period):
                continue  # "the attacks of November 2015", in a text on the second half of 2015
            if _is_when_it_came_out(scene, spot):
                continue  # "Last week the company published its report"
            if names_a_thing(scene, spot, LAW) or says_since_when(scene, spot):
                continue  # "a decision of the EU from 2008" is not what a report is on
            ahead = day is not None and period.start is not None and period.start > day
            recalled = period.convention == YEARS_AGO and not opens  # "up from 18 a year ago"
            if period.convention in (*LOOKING_BACK, LONG_AFTER) or ahead or recalled:
                continue
            running = period.kind in ("since", "point")
            first = (self.topic is None or heads) and opens and not for_all
            if running and period.end and first and _tells_of_act(scene):
                return self.governed(Topic(period, self.platforms, self.paragraph, opens))
            if not running and period.start and period.end:
                passing = period.kind == "day" and not tells_of_event(scene, self.reports)
                topic = Topic(
                    period, self.platforms, self.paragraph, opens, passing, heads, for_all
                )
                return self.governed(topic)
        return self

    def headed_by(self, scene: Scene, block: Block, text: str) -> "Context":
        """Return the context below a line that is a heading: the time it names, or no such time."""
        if not is_heading(block, text):
            return self
        named = period_of_heading(scene, self.memory.reference)
        return self if named == self.section else replace(self, section=named)

    def governed(self, topic: Topic) -> "Context":
        """Return the context under a new topic, which is the main one if none ends later."""
        if topic.passing:
            return replace(self, topic=topic)
        ends, before = topic.period.end, self.main.period.end if self.main else None
        later = not (ends and before) or ends >= before
        if self.main and self.main.loose and len(self.recent) <= 1:
            later = later or _lies_within(topic.period, self.main.period)
        if self.main and (topic.period.kind == "since") != (self.main.period.kind == "since"):
            later = topic.period.kind != "since"  # a running total governs only what adds to it
        return replace(self, topic=topic, main=topic if later or not self._recent else self.main)

    @property
    def _recent(self) -> bool:
        return self.main is not None and self.paragraph - self.main.paragraph <= REACH

    def after(
        self,
        mention: Mention,
        in_passing: bool = False,
        framed: bool = False,
        looking_back: bool = False,
        in_part: bool = False,
        held_against: bool = False,
    ) -> "Context":
        """Return the context once a figure has been read.

        A service named in passing ("and 1,200 accounts on Instagram") does not become the one that
        the text is about. `framed` says that the period opened its sentence, `looking_back` that
        the sentence tells in the past perfect, of what was before, `in_part` that the period is
        named as a part of the one that the text is on: "in June alone", `held_against` that a bare
        number is given for another time, without an act of its own, or numbers for several times.
        """
        if mention.measure == "duration":
            return replace(self, figure_paragraph=self.paragraph)
        period = mention.period
        dated = period is not None and bool(period.start or period.end)
        now = self.topic.period.start if self.topic else None
        behind = period is not None and period.end is not None and now and period.end < now
        older = bool(looking_back and (behind or (dated and self.is_undated)))
        aside = in_passing or (older and bool(self.platforms))  # "Twitter had closed 1.3 million"
        made = self._having_told(mention, aside)
        if not period or not dated:
            return made
        told = Topic(period, mention.platforms, self.paragraph)
        if mention.background or older:
            return replace(made, older=told, told=None if mention.background else told)
        beside = replace(made, told=told)
        if period.convention == STOCK:
            return replace(beside, stock=_later(told, self.stock))
        if period.kind == "point":
            return replace(beside, up_to=None if period.start else told)
        if period.convention in LOOKING_BACK or self._stays_on_its_topic(period, in_part):
            return beside
        old = self.topic
        near = old is not None and old.paragraph == self.paragraph
        if behind and old and ((held_against and near) or _lies_in(old.period.span, mention.span)):
            return beside  # "In Q3 11.6 million were removed; in Q1 it had been 5.8 million."
        return replace(made, told=None, up_to=None)._moved_to(told, framed)

    def _having_told(self, mention: Mention, aside: bool) -> "Context":
        """Return the context with what a figure says of all but time."""
        share = mention.measure == "share"
        told_by = self.actor == "researcher" and mention.actor == "platform"
        return replace(
            self,
            platforms=self.platforms if aside else mention.platforms or self.platforms,
            counted_on=mention.platforms,
            actor=self.actor if share or told_by else mention.actor,
            acted=mention.actor,
            issuer=mention.reported_by,
            figure_paragraph=self.paragraph,
            action=self.action if mention.action in SHARE_ACTS else mention.action,
            values=self.values | {mention.amount.value or 0.0},
            complaints=self.complaints or _counts_complaints(mention),
            tested=max(self.tested, _tested(mention)),
            recent=(*self.recent[-1:], (mention.amount.value or 0.0, mention.platforms)),
            share_action=mention.action if share else "",
            item=self.item if mention.action == "prevalence" else mention.item or self.item,
            thing=self.thing if mention.action == "prevalence" else mention.item or self.thing,
            policy=mention.policy or self.policy,
            policy_stated=mention.policy_stated or self.policy_stated,
            group=mention.group or self.group,
        )

    def _stays_on_its_topic(self, period: Period, in_part: bool) -> bool:
        """Say whether the text goes on about its period, beside a part of it or a total."""
        old = self.topic
        if old is None:
            return False
        part = in_part or period.convention in PARTS  # "In 2020 ..., most in the third quarter"
        if part and _lies_within(period, old.period):
            return True  # "80,000 of them in June alone": the text goes on about the half-year
        return period.cumulative and not (old.period.cumulative or old.passing) and self._recent

    def _moved_to(self, told: Topic, framed: bool) -> "Context":
        """Return the context under the period of a figure; services told of in one are all its."""
        old, period = self.topic, told.period
        same = old is not None and (period.start, period.end) == (old.period.start, old.period.end)
        known = old.platforms if old and same else ()
        platforms = tuple(dict.fromkeys((*known, *told.platforms)))
        frame = framed or (old is not None and same and old.frame)
        passing = self._is_a_day_by_the_way(period)
        return self.governed(Topic(period, platforms, self.paragraph, frame, passing))

    def _is_a_day_by_the_way(self, period: Period) -> bool:
        """Say whether a period is a day counted from publication, and not that of the event."""
        days = (period.start, period.end)
        of_event = self.event is not None and days == (self.event.start, self.event.end)
        return period.kind == "day" and period.basis == "relative" and not of_event

    @property
    def is_undated(self) -> bool:
        """Whether figures were read, and no period governs them."""
        return bool(self.recent) and self.topic is None

    @property
    def compared(self) -> Period | None:
        """The period that figures of this paragraph are compared with, None if none was named."""
        if self.older is None or self.older.paragraph != self.paragraph:
            return None
        return replace(self.older.period, basis="inherited", convention=CARRIED)

    @property
    def of_the_last(self) -> Period | None:
        """The period of the figure read just before, where the text does not stay with it."""
        if self.told is None or self.told.paragraph != self.paragraph:
            return None
        return replace(self.told.period, basis="inherited", convention=CARRIED)

    @property
    def of_the_count(self) -> Period | None:
        """The day up to which this paragraph counts, or the text where it names no period."""
        told = self.up_to
        topic = self.topic if self.topic and not self.topic.passing else None
        if told is None or (topic and told.paragraph != self.paragraph):
            return None
        if topic and topic.paragraph == told.paragraph and _ends_in(told.period, topic.period):
            return None  # "500 in 2019, and 900 in all by its end. In addition, 40 posts went."
        near = self.paragraph - told.paragraph <= NEARBY
        return replace(told.period, basis="inherited", convention=CARRIED) if near else None

    @property
    def counted_up_to(self) -> Period | None:
        """The day that fingerprints are counted up to, where the text has named it of late."""
        if self.stock is None or self.paragraph - self.stock.paragraph > REACH:
            return None
        return replace(self.stock.period, basis="inherited", convention=STOCK)

    def inherited(self, platforms: tuple[str, ...], *, to_main: bool = False) -> Period | None:
        """Return the period that still governs a figure about these services, None if none does.

        In its own paragraph that is the one named last; a new paragraph returns to the main one,
        and so does what comes `to_main`.
        """
        new_paragraph = to_main or self.topic is None or self.topic.paragraph != self.paragraph
        if self.section and new_paragraph:
            return replace(self.section, basis="inherited", convention=OF_THE_SECTION)
        led = self.topic is not None and self.topic.leads and self.listed  # "on 4-19 November:"
        returns = new_paragraph and not led
        order = (self.main, self.topic) if returns else (self.topic,)
        for topic in order:
            if topic and topic.governs(self.paragraph, platforms, self.in_table):
                return replace(topic.period, basis="inherited", convention=CARRIED)
        return None


def _tested(mention: Mention) -> float:
    """As in "The researchers reported 714 posts to five networks": how many, else nought."""
    reported = (mention.actor, mention.action, mention.measure) == (
        "researcher",
        "reported",
        "count",
    )
    return mention.amount.value or 0.0 if reported else 0.0


def _by(scene: Scene, agent: Cue) -> bool:
    """As in "an operation that was coordinated by Europol"."""
    return scene.low(agent.first - 1) in scene.words.by - {""}


def _opens_with_it(scene: Scene) -> bool:
    """Say whether the first word is a pronoun, which stands for the one who was told of."""
    it = scene.starting(0, "platform")
    return (it is not None and it.key == "it" and it.last == 1) or scene.low(0) in scene.words.they


def _counts_complaints(mention: Mention) -> bool:
    return (mention.item, mention.action) == COMPLAINTS


def _tells_of_act(scene: Scene) -> bool:
    """As in "By 14 March the service had taken these steps:": what follows is of that time."""
    return any(c.form == "verb" for c in scene.of_kind("action"))


def _narrowed(scene: Scene, period: Period) -> Period:
    """As in "for six weeks this year, from May 18 to June 29": the days that a sentence goes on to.

    A single day does not narrow: it says when something happened in that time.
    """
    later = (s.thing for s in scene.periods if s.thing.span[0] >= period.span[1])
    inside = (p for p in later if p.kind != "day" and _lies_within(p, period))
    return next(inside, period)


def _names_one_of(owner: Cue, named: list[Cue]) -> bool:
    """As in "noticed by WhatsApp's own tools, the Meta company said": of one of its services."""
    others = (c.key for c in named if c.key != owner.key)
    return any(_owners((key,)) == _owners((owner.key,)) for key in others)


def _is_short(spot: Spot[Period]) -> bool:
    """As in "last week it reported what it had removed in the first half": no time of reports."""
    start, end = spot.thing.start, spot.thing.end
    week = start is not None and end is not None and (end - start).days < DAYS_IN_A_WEEK
    return spot.thing.kind == "day" or (week and spot.thing.basis == "relative")


def _is_when_it_came_out(scene: Scene, spot: Spot[Period]) -> bool:
    """As in "In November Facebook released its report", but not in "its report for November"."""
    week = spot.thing.kind == "span" and spot.thing.basis == "relative"  # "last week"
    if not (week or spot.thing.kind in OF_NEWS) or not scene.has(scene.words.came_out):
        return False
    at = (spot.first, spot.first - 1)  # "report for August", "report on the third quarter"
    named = any(scene.low(i) in scene.words.telling_of for i in at)
    of = scene.words.part_of
    return not named and not any(of.at(scene.tokens, i) for i in at)


def _ends_in(point: Period, period: Period) -> bool:
    """Say whether a day up to which things were counted lies in a period, or ends it."""
    ends = (period.start, point.end, period.end)
    return all(ends) and ends[0] <= ends[1] <= ends[2]  # type: ignore[operator]


def _names_all_of(owner: Cue, named: list[Cue]) -> bool:
    """As in "Meta, which owns Facebook and Instagram, said": the company still stands for both."""
    return set(owner.key.split("+")) <= {c.key for c in named}


def _later(told: Topic, before: Topic | None) -> Topic:
    """Return the one of two that ends later."""
    ends, known = told.period.end, before.period.end if before else None
    return before if before and ends and known and known > ends else told


def _lies_in(span: tuple[int, int], sentence: tuple[int, int]) -> bool:
    """Say whether words stand in a sentence."""
    return sentence[0] <= span[0] and span[1] <= sentence[1]


def _lies_within(period: Period, other: Period) -> bool:
    """Say whether a period is a true part of another."""
    ends = (period.start, period.end, other.start, other.end)
    if not all(ends) or (period.start, period.end) == (other.start, other.end):
        return False
    return other.start <= period.start and period.end <= other.end  # type: ignore[operator]


def _is_about_it(scene: Scene, named: Cue) -> bool:
    """As in "The chat service is said to talk about a takeover by Microsoft": still about it."""
    before = [c for c in scene.of_kind("platform") if c.key == "it" and c.last <= named.first]
    return is_tied(scene, named) and any(not is_tied(scene, c) for c in before)


def _by_the_way(scene: Scene, service: Cue) -> bool:
    """Say whether a service is only where something was seen, in a clause between commas."""
    commas = [i for i in range(service.first) if scene.low(i) in (",", "،")]
    opened = bool(commas) and scene.low(commas[-1] + 1) in scene.words.relative
    return opened and is_tied(scene, service)


def _denied(scene: Scene, item: Cue) -> bool:
    """As in "channels, and not just clips": what is not meant."""
    return any(0 <= item.first - f.last <= DENIED_REACH for f in scene.find(scene.words.withdrawn))


def _tells(scene: Scene, item: Cue) -> bool:
    """As in "The group documented 900 cases": who saw them, and no thing that is counted."""
    led = scene.low(item.first - 1) in scene.words.the
    return led and scene.words.seen.at(scene.tokens, item.last) is not None


@cache
def _is_company(key: str) -> bool:
    """Say whether a name is that of a company that runs other services, such as Microsoft."""
    known = vocabulary.load("platforms").entries
    label = known[key].label if key in known else ""
    others = (entry for other, entry in known.items() if other != key)
    return bool(label) and any(entry.more["operator"] == label for entry in others)


def _owners(platforms: tuple[str, ...]) -> set[str]:
    """Return who runs some services: what one company reports of two of them is of one period."""
    known = vocabulary.load("platforms").entries
    keys = [part for key in platforms for part in key.split("+")]
    return {known[key].more["operator"] or key if key in known else key for key in keys}


def _ruled(scene: Scene) -> dict[str, Any]:
    """Return the organisation and the rule that a sentence names, by field."""
    changes: dict[str, Any] = {}
    for cue in scene.of_kind("group")[:1]:
        rule = policy_against(cue.key)
        changes["group"] = cue.key
        changes |= {"policy": rule, "policy_stated": cue.words} if rule else {}
    for cue in scene.of_kind("policy")[:1]:
        changes |= {"policy": cue.key, "policy_stated": cue.words}
    return changes
