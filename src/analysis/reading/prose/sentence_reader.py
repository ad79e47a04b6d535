"""One sentence read for figures: every amount becomes a mention with reasons, or is refused.

The amounts are taken in order, each with those accepted before it and with what the sentences
before left in `context`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.model.schema import (
    Amount,
    Measure,
    Mention,
    Period,
    Reason,
    Refusal,
)
from analysis.reading.prose import roles
from analysis.reading.prose.attribution import code_of, issuer_of, place_of
from analysis.reading.prose.context import Context
from analysis.reading.prose.cues import Cue
from analysis.reading.prose.durations import hours_of
from analysis.reading.prose.nouns import (
    Noun,
    inside_period,
    is_difference,
    is_whole,
    noun_behind,
    refusal_before,
    refusal_near,
    refers_back,
    refused_subject,
    withdrawn,
)
from analysis.reading.prose.scene import Scene, Spot
from analysis.reading.prose.series import Accepted, settle
from analysis.reading.prose.tokens import Token

AUTHORITY_ACTS = ("referred", "ordered")
SERVICE_ACTS = ("found_proactively", "appealed", "restored")  # the service's, unless it is said
STOCK_ITEMS = ("hashes",)
SUSPENDED_ITEMS = ("accounts", "organisations")  # other things are removed when they are closed
RESTATED = 6  # percentage points between a share in words and the same in digits
YEAR = re.compile(r"(?:19|20)\d\d")
OPENING_LETTERS = 8
OPENING = 2  # tokens: "On Instagram" at the start of a sentence turns to that service
BRIEF = 9  # tokens of a sentence that needs no verb; an entry of a list may have twice as many
PLACES = ("platform", "policy", "group", "actor")
FULL_STOPS = (".", "!", "?", "؟", "।")


@dataclass(frozen=True, slots=True)
class Step:
    """One amount of a sentence: accepted as a mention, or refused."""

    mention: Mention | None
    reason: str = ""


def _shift(span: tuple[int, int], offset: int) -> tuple[int, int]:
    return span[0] + offset, span[1] + offset


def _measure(amount: Amount, item: str, rate: Period | None) -> Measure:
    if amount.measure == "share":
        return "share"
    if item == "time":
        return "duration"
    return "rate" if rate else "count"


class SentenceReader:
    """Reads the amounts of one sentence in order, each with those accepted before it."""

    def __init__(self, scene: Scene, context: Context) -> None:
        self.scene, self.context = scene, context
        self.accepted: list[Accepted] = []
        self.passing_actor = False  # an agent behind "by" acts in its own sentence only
        self.nouns = {spot.first: noun_behind(scene, spot) for spot in scene.amounts}

    def read(self) -> tuple[list[Mention], list[Refusal], Context]:
        """Return the mentions and refusals of the sentence, and the context after it."""
        refusals = []
        for spot in self.scene.amounts:
            step = self._step(spot)
            if step.mention:
                noun, passing = self.nouns[spot.first], self._names_in_passing(spot)
                self.accepted.append(Accepted(spot, noun, step.mention, passing))
            else:
                refusals.append(Refusal(self._placed(spot.thing), step.reason))
        mentions = settle(self.scene, self.accepted)
        context = self.context
        for mention, figure in zip(mentions, self.accepted, strict=True):
            context = context.after(mention, figure.in_passing, self._framed(mention.period))
        if self.passing_actor:
            context = replace(context, actor=self.context.actor)
        return mentions, refusals, context

    def _framed(self, period: Period | None) -> bool:
        """Say whether a period opens the sentence: "In the last six months of 2023, ..."."""
        if period is None or period.basis == "inherited":
            return False
        return 0 <= period.span[0] - self.scene.offset <= OPENING_LETTERS

    def _names_in_passing(self, spot: Spot[Amount]) -> bool:
        """Say whether the service of an amount is only tied to it: "1,200 accounts on Instagram"."""
        cue = roles.platform_of(self.scene, roles.target(spot, self.nouns[spot.first]))
        known = self.context.platforms not in ((), ("several",))
        if cue is None or cue.key == "it" or not known:
            return False
        tied = roles.is_tied(self.scene, cue) and cue.first > OPENING
        inside = spot.last <= cue.first < self.nouns[spot.first].last
        others = [c for c in self.scene.of_kind("platform") if c != cue]
        beside = any(not roles.is_tied(self.scene, c) for c in others) or bool(self.accepted)
        return (tied or inside) and beside

    def _placed(self, amount: Amount) -> Amount:
        return replace(amount, span=_shift(amount.span, self.scene.offset))

    def _step(self, spot: Spot[Amount]) -> Step:
        noun = self.nouns[spot.first]
        length = hours_of(self.scene, spot)
        if length and not self._off_subject(spot, noun):
            return self._duration(replace(spot, thing=length), noun)
        refused = self._refusal(spot, noun)
        if refused:
            return Step(None, refused)
        if self._off_subject(spot, noun):
            return Step(None, "the text names no service, no violent organisation, no such rule")
        if spot.thing.measure == "ratio":
            return self._ratio(spot)
        if spot.thing.measure == "share":
            return self._share(spot, noun)
        return self._count(spot, noun)

    def _off_subject(self, spot: Spot[Amount], noun: Noun) -> bool:
        """A text that names nobody counts only where it says outright what was done to what."""
        if self.context.on_subject or self.context.going_on or self.accepted:
            return False
        item = noun.item or self._borrowed_item(spot, noun)
        plain = item is not None and not item.form and spot.thing.measure == "count"
        verbs = [c for c in self.scene.of_kind("action") if c.form == "verb"]
        acts = [c for c in verbs if c.key not in roles.COMMON_ACTS]
        return not (plain and item is not None and (item.implies or acts))

    def _refusal(self, spot: Spot[Amount], noun: Noun) -> str:
        """Return why an amount is no moderation figure, before any role is looked at."""
        scene = self.scene
        period = inside_period(scene, spot)
        if period and not (period.text == spot.thing.text and noun.item):
            return "part of a date or period"
        before = refusal_before(scene, spot)
        if before:
            return before.key
        if noun.refusal and not noun.item and not self._is_prevalence(spot, noun):
            return noun.refusal.key
        if spot.thing.measure == "count" and is_difference(scene, spot):
            return "a difference between two figures"
        if spot.thing.measure == "count" and noun.bare and is_whole(scene, spot):
            return "the whole that a part was named of"
        if withdrawn(scene, spot):
            return "withdrawn by the text"
        if self._is_pronoun(spot):
            return "a pronoun"
        if all(token.kind == "sign" for token in self._beside(spot)):
            return "a number by itself"
        if self._is_year(spot, noun):
            return "a year"
        if self._restated_behind(spot):
            return "given more exactly right behind"
        near = refusal_near(scene, spot)
        if near or self._set_aside(noun):
            return near.key if near else self.context.set_aside
        return self._borrowed_refusal(spot, noun)

    def _is_prevalence(self, spot: Spot[Amount], noun: Noun) -> bool:
        """Say whether a share is one of what was viewed, which services publish as prevalence."""
        acts = {c.key for c in self.scene.of_kind("action")}
        return spot.thing.measure == "share" and noun.refusal is not None and "prevalence" in acts

    def _is_pronoun(self, spot: Spot[Amount]) -> bool:
        """Say whether "one" stands for a thing: a count of one in words is never a figure."""
        counted = spot.thing.value == 1 and spot.thing.measure == "count"
        return counted and self.scene.tokens[spot.last - 1].kind == "word"

    def _set_aside(self, noun: Noun) -> bool:
        """Say whether the paragraph is about requests for user data, and this number too."""
        verbs = [c for c in self.scene.of_kind("action") if c.form != "trait"]
        counted = noun.item is None or noun.item.key in ("requests", "accounts")
        return bool(self.context.set_aside) and counted and not verbs

    def _beside(self, spot: Spot[Amount]) -> list[Token]:
        """Return the tokens of the sentence that are no part of an amount."""
        return self.scene.tokens[: spot.first] + self.scene.tokens[spot.last :]

    def _is_year(self, spot: Spot[Amount], noun: Noun) -> bool:
        """A bare number of four digits is a year unless what it counts stands right behind it."""
        low = self.scene.low(spot.last - 1)
        year = spot.last - spot.first == 1 and YEAR.fullmatch(low) is not None
        return year and noun.last != spot.last + 1

    def _restated_behind(self, spot: Spot[Amount]) -> bool:
        """As in "Nine in ten of the batch, or 91 per cent": the second says the first again."""
        scene = self.scene
        if spot.thing.measure != "share":
            return False
        behind = [s for s in scene.amounts if s.first >= spot.last and s.thing.measure == "share"]
        if not behind:
            return False
        a, b = spot.thing.value or 0.0, behind[0].thing.value or 0.0
        between = {scene.low(i) for i in range(spot.last, behind[0].first)}
        in_words = all(t.kind == "word" for t in scene.tokens[spot.first : spot.last])
        linked = in_words or bool(between & scene.words.restate)
        return linked and a > 0 and abs(a - b) < RESTATED

    def _borrowed_refusal(self, spot: Spot[Amount], noun: Noun) -> str:
        """As in "200 people from 150": a bare number behind a refused one counts the same."""
        if not noun.bare:
            return ""
        subject = refused_subject(self.scene, spot) if spot.thing.measure == "count" else None
        if subject:
            return subject.key
        before = [s for s in self.scene.amounts if s.last <= spot.first]
        if not before:
            return ""
        other = self.nouns[before[-1].first]
        if other.refusal and not other.item and self.scene.distance(other.last, spot.first) <= 3:
            return other.refusal.key
        return ""

    def _count(self, spot: Spot[Amount], noun: Noun) -> Step:
        scene = self.scene
        item = noun.item or self._borrowed_item(spot, noun)
        context_item = self.context.item or self.context.thing
        if item is None and not (noun.bare and context_item):
            return Step(None, "nothing that moderation acts on is counted")
        aim = roles.target(spot, noun)
        action = roles.action_of(scene, aim, noun)
        if self._goes_on(spot, noun, action):
            action = None
        if item and item.form == "weak" and not item.implies and not action:
            return Step(None, f"{item.words}: no act of moderation beside them")
        elliptic = action is None and item is not None and bool(self.accepted)
        key = action.implies or action.key if action and action.kind == "item" else ""
        key = key or (roles.joined_act(scene, action) if action else "")
        if action and action.form == "vague" and self.context.action:
            key = self.context.action
        if not key and elliptic:
            key = self.accepted[-1].mention.action
        key = key or self._carried_act(noun)
        if not key and item and item.implies and self._named_by(item):
            key = item.implies
        if not key:
            return Step(None, "no act of moderation is named")
        if noun.refusal and key != "suspended":
            return Step(None, noun.refusal.key)
        item_key = item.key if item else context_item
        if item and noun.item == item and refers_back(scene, spot, item):
            item_key = self.context.item or item_key
        if key == "appealed" or (key == "reported" and not (item or self.context.thing)):
            item_key = "requests"
        if key == "restored" and self._after_appeals(item):
            item_key = "requests"
        if key == "suspended" and item_key not in SUSPENDED_ITEMS:
            key = "removed"
        if action and action.form == "gone" and item_key == "accounts":
            key = "removed" if self.accepted else "suspended"  # removed in a list with pages
        if spot.thing.vague:
            return Step(None, "no number is given")
        return Step(self._mention(spot, aim, action, key, item, item_key))

    def _after_appeals(self, item: Cue | None) -> bool:
        """As in "appealed 51,000 decisions and won in 7,400 cases": appeals are what is counted."""
        told = self.accepted[-1].mention.action if self.accepted else self.context.action
        return told == "appealed" and (item is None or item.form == "weak")

    def _named_by(self, item: Cue) -> bool:
        """A general noun such as "tips" names an act only where a service or authority is near."""
        near = self.scene.of_kind("platform") or self.scene.of_kind("actor")
        return item.form != "weak" or bool(near) or self.context.going_on

    def _goes_on(self, spot: Spot[Amount], noun: Noun, action: Cue | None) -> bool:
        """As in "restored 22,900 after appeals, and 13,700 without": no verb for the second."""
        if not (noun.bare and self.accepted and action):
            return False
        since = self.accepted[-1].noun.last
        verbs = [c for c in self.scene.of_kind("action") if c.form == "verb" and c.first >= since]
        clause = self.scene.words.clause
        nominal = [
            c for c in verbs if any(self.scene.low(i) in clause for i in range(since, c.first))
        ]
        return len(verbs) == len(nominal) and action.first >= since

    def _carried_act(self, noun: Noun) -> str:
        """Return the act of the sentence before, for one that goes on about its figure or things.

        It names no act itself, and counts a thing that moderation acts on, is brief, or says that
        it goes on: "In May it was 4,000".
        """
        scene, context = self.scene, self.context
        named = noun.item is not None and noun.item.form != "weak"
        if not (named or (noun.bare and self._says_it_goes_on())):
            return ""
        if any(c.form != "trait" for c in scene.of_kind("action")):
            return ""
        return (context.action if context.going_on else "") or context.told_act

    def _says_it_goes_on(self) -> bool:
        """Say whether a sentence is an entry of a list, is brief, or has a word such as "figure"."""
        scene = self.scene
        if scene.has(scene.words.figure):
            return True
        if scene.tokens[-1].low not in FULL_STOPS:
            return len(scene.tokens) <= 2 * BRIEF
        placed = scene.periods or any(c.kind in PLACES for c in scene.cues)
        return bool(placed) and len(scene.tokens) <= BRIEF

    def _borrowed_item(self, spot: Spot[Amount], noun: Noun) -> Cue | None:
        """Return the noun of a number that has none of its own: a list's, or the one before it."""
        if not noun.bare:
            return None
        scene = self.scene
        after = [s for s in scene.amounts if s.first >= spot.last]
        if after:
            gap = [scene.low(i) for i in range(spot.last, after[0].first)]
            if gap and all(low in scene.words.joined or low == "," for low in gap):
                shared = self.nouns[after[0].first].item
                if shared:
                    return shared
        for earlier in reversed(self.accepted):
            if earlier.noun.item:
                return earlier.noun.item
        before = [c for c in scene.of_kind("item") if c.last <= spot.first and c.form != "weak"]
        counted = [self.nouns[s.first].item for s in scene.amounts if s.last <= spot.first]
        known = [c for c in counted if c in before] or before
        return known[-1] if known else None

    def _share(self, spot: Spot[Amount], noun: Noun) -> Step:
        scene = self.scene
        aim = roles.target(spot, noun)
        action = roles.action_of(scene, aim, noun)
        trait = roles.trait_of(scene, aim)
        if self._is_prevalence(spot, noun):
            acts = [c for c in scene.of_kind("action") if c.key == "prevalence"]
            return Step(self._mention(spot, aim, acts[0], "prevalence", None, "views"))
        if not noun.item and not noun.bare:
            return Step(None, "a share of something that moderation did not act on")
        item = noun.item or self._borrowed_item(spot, noun)
        item_key = item.key if item else self.context.item
        if trait:
            return Step(
                self._mention(spot, aim, trait, "found_proactively", item, item_key or "content")
            )
        key = action.implies or action.key if action else ""
        if self._carries_share(spot, action):
            key, action = self.accepted[-1].mention.action, None
        if not key and self._share_goes_on(noun):
            key = self.context.share_action or self.context.action
        if not key:
            return Step(None, "a share of something that moderation did not act on")
        return Step(self._mention(spot, aim, action, key, item, item_key or "content"))

    def _share_goes_on(self, noun: Noun) -> bool:
        """Say whether a share without an act is one of the act told of before."""
        if self.accepted:
            return True
        if not self.context.going_on:
            return False
        named = noun.item is not None and noun.item.form != "weak"
        return named or (noun.item is None and self._says_it_goes_on())

    def _carries_share(self, spot: Spot[Amount], action: Cue | None) -> bool:
        """As in "98.5 percent on Facebook, 92.2 on Instagram": a second share of the same act."""
        if not self.accepted or self.accepted[-1].mention.measure != "share":
            return False
        alone = self.nouns[spot.first].bare and not (action and action.first >= spot.last)
        return alone or action is None or action.last <= self.accepted[-1].spot.first

    def _duration(self, spot: Spot[Amount], noun: Noun) -> Step:
        """How long removals took: a time of its own kind, never a count."""
        aim = roles.target(spot, noun)
        named = self.scene.of_kind("action") or self.scene.of_kind("platform")
        if not (self.context.going_on or self.accepted or named):
            return Step(None, "length of time")
        return Step(self._mention(spot, aim, None, "time_to_removal", None, "time"))

    def _ratio(self, spot: Spot[Amount]) -> Step:
        """A ratio is a claim of its own beside the figure it compares; it is never made a count."""
        scene = self.scene
        figures = [a.mention for a in self.accepted if a.mention.measure == "count"]
        if not figures:
            return Step(None, "a change without the figure that changed")
        figure = figures[-1]
        bases = [s.thing for s in scene.periods if s.first >= spot.last and not s.thing.per]
        mention = replace(
            figure,
            amount=self._placed(spot.thing),
            measure="ratio",
            base=self._placed_period(bases[0]) if bases else None,
            reasons=(
                *figure.reasons,
                self._reason("measure", spot.thing.text, spot.thing.span, "a comparison"),
            ),
        )
        return Step(mention)

    def _mention(
        self,
        spot: Spot[Amount],
        aim: roles.Target,
        action: Cue | None,
        key: str,
        item: Cue | None,
        item_key: str,
    ) -> Mention:
        scene, context = self.scene, self.context
        platforms, platform_cue = self._platforms(aim, self.nouns[spot.first])
        actor, actor_cue = self._actor(aim, action, key)
        if key == "reported" and self._is_referral(platform_cue):
            key, authorities = "referred", scene.of_kind("actor")
            actor = next((c.key for c in authorities if c.key == "europol"), authorities[0].key)
            actor = self._authority(actor)
        if actor != "platform" and platform_cue is None and self._several_services():
            platforms = ("several",)
        if key in AUTHORITY_ACTS and actor == "platform":
            actor = context.actor if context.actor != "platform" else "government"
        if key == "hashes_shared" and (not platform_cue or platforms == ("several",)):
            platforms = ("gifct",)
        rate = roles.rate_of(scene, aim)
        compared = roles.compare_at(scene, aim) is not None
        period = self._period(aim, platforms, rate, compared, carried=action is None)
        if item_key in STOCK_ITEMS and period and period.kind not in ("since", "point"):
            period = replace(period, start=None, kind="point", convention="a stock, up to that day")
        policy = roles.nearest(scene, aim, "policy")
        group = roles.nearest(scene, aim, "group")
        issuer = issuer_of(scene)
        place = place_of(scene, aim, by_authority=actor not in ("platform", "researcher"))
        rule = roles.policy_against(group.key) if group and not policy else ""
        if rule:
            policy = group
        running = scene.has(scene.words.running) or bool(period and period.cumulative)
        span = (scene.offset, scene.offset + len(scene.text))
        return Mention(
            amount=self._placed(spot.thing),
            span=span,
            quote=scene.text,
            platforms=platforms,
            actor=actor,
            reported_by=issuer.words if issuer else context.issuer,
            geography=code_of(place),
            policy=rule or (policy.key if policy else context.policy),
            policy_stated=policy.words if policy else context.policy_stated,
            group=group.key if group else "" if policy else context.group,
            action=key,
            item=item_key,
            measure=_measure(spot.thing, item_key, rate),
            per=rate.per if rate else "",
            of=f"{item_key} {context.action or key}".strip()
            if spot.thing.measure == "share"
            else "",
            period=period,
            cumulative=running and not rate,
            background=compared or roles.is_background(scene, aim),
            reasons=self._reasons(
                spot,
                period,
                {
                    "platform": platform_cue,
                    "actor": actor_cue,
                    "reported_by": issuer,
                    "action": action,
                    "item": item,
                    "policy": policy,
                    "group": group,
                    "geography": place,
                },
            ),
        )

    def _is_referral(self, platform: Cue | None) -> bool:
        """Authorities that flag something to a service refer it."""
        if not self.scene.of_kind("actor"):
            return False
        told = platform is not None and self.scene.low(platform.first - 1) in self.scene.words.to
        return told or self._several_services()

    def _several_services(self) -> bool:
        """Say whether the sentence speaks of companies or platforms in general."""
        return any(c.key.startswith("services") for c in self.scene.of_kind("refusal"))

    def _by_phrase(self, actor: Cue | None) -> bool:
        return actor is not None and self.scene.low(actor.first - 1) in self.scene.words.by

    def _platforms(self, aim: roles.Target, noun: Noun) -> tuple[tuple[str, ...], Cue | None]:
        cue = roles.platform_of(self.scene, aim)
        if cue and cue.key == "it":
            cue = roles.antecedent(self.scene, cue) or cue
        if not cue:
            last = self.context.counted_on if noun.bare else ()
            return last or self.context.platforms or ("several",), None
        if cue.key == "it":
            return self.context.platforms or ("several",), cue if self.context.platforms else None
        group = roles.joined_platforms(self.scene, cue)
        keys = tuple(dict.fromkeys(c.key for c in group))
        if len(keys) > 2:
            return ("several",), cue
        return keys, cue

    def _actor(self, aim: roles.Target, action: Cue | None, key: str) -> tuple[str, Cue | None]:
        cue = roles.actor_of(self.scene, aim, action)
        if cue:
            self.passing_actor = self._by_phrase(cue)
            return self._authority(cue.key), cue
        named = any(c.key != "it" for c in self.scene.of_kind("platform"))
        if (named and action) or key in SERVICE_ACTS:
            return "platform", None
        if key in AUTHORITY_ACTS and self.scene.of_kind("actor"):
            cue = self.scene.of_kind("actor")[0]
            return self._authority(cue.key), cue
        if action and key not in AUTHORITY_ACTS and self.context.action in AUTHORITY_ACTS:
            return "platform", None  # what a service did with what was referred to it
        known = self.context.platforms not in ((), ("several",))
        return ("platform" if action and known else self.context.actor), None

    def _authority(self, key: str) -> str:
        """Police are Europol's where the document has named Europol, else those of a state."""
        if key != "police":
            return key
        return "europol" if self.context.europol else "government"

    def _period(
        self,
        aim: roles.Target,
        platforms: tuple[str, ...],
        rate: Period | None,
        compared: bool,
        carried: bool,
    ) -> Period | None:
        found = roles.period_of(self.scene, aim, rate)
        if found:
            return self._placed_period(self._ended(found))
        if rate or roles.times_of_writing(self.scene):
            return None
        beside = [
            a.mention
            for a in self.accepted
            if a.mention.background == compared and a.mention.period
        ]
        if beside:
            return beside[-1].period
        if compared:
            return None
        return self.context.inherited(() if carried else platforms)

    def _ended(self, period: Period) -> Period:
        """A figure covers no days after its publication: "2016 so far" ends with that day."""
        day = self.context.memory.reference
        if day and period.start and period.end and period.start <= day < period.end:
            return replace(period, end=day, convention=f"{period.convention}, up to publication")
        return period

    def _placed_period(self, period: Period) -> Period:
        return replace(period, span=_shift(period.span, self.scene.offset))

    def _reason(self, field: str, words: str, span: tuple[int, int], rule: str) -> Reason:
        return Reason(field, words, _shift(span, self.scene.offset), rule)

    def _reasons(
        self, spot: Spot[Amount], period: Period | None, cues: Mapping[str, Cue | None]
    ) -> tuple[Reason, ...]:
        made = [self._reason("value", spot.thing.text, spot.thing.span, spot.thing.bound)]
        tokens = self.scene.tokens
        for field, cue in cues.items():
            if cue:
                span = (tokens[cue.first].start, tokens[cue.last - 1].end)
                made.append(self._reason(field, cue.words, span, "nearest in the sentence"))
            elif field in ("platform", "action", "item"):
                made.append(Reason(field, "", (0, 0), "carried over from the text before"))
        if period:
            made.append(Reason("period", period.text, period.span, period.convention))
        return tuple(made)
