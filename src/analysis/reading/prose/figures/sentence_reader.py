"""One sentence read for figures: every amount becomes a mention with reasons, or is refused.

The amounts are taken in order, each with those accepted before it and with what the sentences
before left in the context. `refusing` speaks first; what it lets pass needs a noun and an act, its
own or one that `ellipsis` finds; `filling` adds the rest; `series` settles what neighbours share.
"""

from collections.abc import Sequence
from dataclasses import replace

from analysis.model.readings import Amount, Mention, Period, Refusal
from analysis.reading.prose.figures.actors import acts_in_passing
from analysis.reading.prose.figures.choice import Choice
from analysis.reading.prose.figures.context import Context
from analysis.reading.prose.figures.counts import read_count
from analysis.reading.prose.figures.cues import Cue
from analysis.reading.prose.figures.durations import hours_of
from analysis.reading.prose.figures.ellipsis import (
    compared_with,
    did_so,
    shares_sign,
)
from analysis.reading.prose.figures.gapped import choice_of_row
from analysis.reading.prose.figures.going_on import OF_OTHERS
from analysis.reading.prose.figures.neighbours import viewed_out_of
from analysis.reading.prose.figures.refusing import is_off_subject, why_refused
from analysis.reading.prose.figures.roles import target
from analysis.reading.prose.figures.scene import Scene, Spot
from analysis.reading.prose.figures.series import settle, with_scale_of
from analysis.reading.prose.figures.services import is_tied, platform_of, runs
from analysis.reading.prose.figures.shares import read_share
from analysis.reading.prose.figures.so_far import Accepted, SoFar
from analysis.reading.prose.figures.steps import Step, accept

MOST_NUMBERS = 20  # in a sentence
WORDLESS = 4  # numbers for a word
LISTED_TIMES = 2  # a list of more names the parts of a whole: "2,799 in 2018, 3,635 in 2019, ..."
RUN_OF_NUMBERS = "one of dozens of numbers in a row, and no sentence"
OFF_SUBJECT = "the text names no service, no violent organisation, no such rule"
# Refused numbers that no period is of.
TIMELESS = (
    "the mark of a list",
    "the mark of a footnote",
    "a reference number",
    "a postal code",
    "the version of a licence",
    "a counter of the page",
    "part of a date or period",
    "a year",
    "given more exactly right behind",
    "a change without the figure that changed",
    "a change",
    "length of time",
    "citation",
    "two numbers with a stroke",
    "a number of a row",
    "part of a name",
    "a time of day",
    "a dialling code",
)
APART = ("money", "casualties or attacks")  # of which a report on moderation has no period
OPENING_LETTERS = 8
OPENING = 2  # tokens: "On Instagram" at the start of a sentence turns to that service


def read_sentence(scene: Scene, context: Context) -> tuple[list[Mention], list[Refusal], Context]:
    """Return the mentions and refusals of a sentence, and the context after it."""
    so_far = SoFar.at_start(scene, context)
    if _is_run_of_numbers(scene):
        return [], [Refusal(so_far.placed(s.thing), RUN_OF_NUMBERS) for s in scene.amounts], context
    refusals, acted_in_passing = [], False
    for spot in scene.amounts:
        step = _step(so_far, spot)
        if step.mention is None:
            refusals.append(Refusal(so_far.placed(spot.thing), step.reason))
            if step.reason not in TIMELESS:
                so_far.refused[spot.first] = step.reason
            continue
        passing = _names_in_passing(so_far, spot)
        acted_in_passing = step.choice is not None and acts_in_passing(so_far, step.choice)
        item = step.choice.item_cue if step.choice else None
        act = step.choice.action_cue if step.choice else None
        so_far.accepted.append(Accepted(spot, so_far.noun(spot), step.mention, item, act, passing))
    mentions = settle(scene, so_far.accepted, context.row)
    after, back = context, not scene.words.had.isdisjoint(scene.lows)
    dated = [m.period for m in mentions if m.period and m.period.basis != "inherited"]
    times = len({(p.start, p.end) for p in dated if p.end})  # "71% in 2020 and 71.7% in 2019"
    bare = not any(c.form == "verb" for c in scene.of_kind("action"))
    for mention, figure in zip(mentions, so_far.accepted, strict=True):
        period = mention.period
        framed = _framed(scene, period)
        part = figure.noun.bare and (times > LISTED_TIMES or _in_part(scene, period))
        held = times > 1 or (bare and figure.noun.bare)  # "In May, the number was 1.9 million."
        after = after.after(mention, figure.in_passing, framed, back, part, held)
    if acted_in_passing:
        after = replace(after, actor=context.actor)
    if mentions:
        after = replace(after, row=tuple(mentions))
    if back and context.is_undated:
        mentions = [_as_background(mention) for mention in mentions]
    return mentions, refusals, after


def is_of_others(refusals: Sequence[Refusal]) -> bool:
    """As in "They spent 77,000 dollars between April 2018 and October 2019": a period of money."""
    reasons = {refusal.reason for refusal in refusals} - {*TIMELESS}
    return not reasons.isdisjoint(APART) and reasons <= {*OF_OTHERS}


def _as_background(mention: Mention) -> Mention:
    """As in "In October Twitter had removed 130", behind figures of no period: it looks back."""
    period = mention.period
    own = period is not None and period.basis != "inherited"
    return replace(mention, background=True) if own else mention


def _is_run_of_numbers(scene: Scene) -> bool:
    """Say whether a line holds numbers by the dozen and hardly a word: data, and no sentence.

    "January 2015: 1,234; February 2015: 1,310; ..." has a word for each number.
    """
    many = len(scene.counted)
    words = sum(token.kind == "word" for token in scene.tokens)
    return many > MOST_NUMBERS and WORDLESS * words < many


def _framed(scene: Scene, period: Period | None) -> bool:
    """Say whether a period opens the sentence: "In the last six months of 2023, ..."."""
    if period is None or period.basis == "inherited":
        return False
    return 0 <= period.span[0] - scene.offset <= OPENING_LETTERS


def _in_part(scene: Scene, period: Period | None) -> bool:
    """As in "80,000 of them in June alone": a part of the period that the text is on."""
    if period is None or period.basis == "inherited":
        return False
    ends = [i for i, t in enumerate(scene.tokens) if scene.offset + t.end == period.span[1]]
    return any(scene.words.alone.at(scene.tokens, i + 1) for i in ends)


def _names_in_passing(so_far: SoFar, spot: Spot[Amount]) -> bool:
    """Say whether the service of an amount is only tied to it: "1,200 accounts on Instagram"."""
    scene, noun = so_far.scene, so_far.noun(spot)
    cue = platform_of(scene, target(spot, noun))
    known = so_far.context.platforms or (so_far.last.platforms if so_far.last else ())
    if cue is None or cue.key == "it":
        return False
    if known in ((), ("several",)):
        return _is_where_a_part_was(so_far, spot, cue)
    tied = is_tied(scene, cue) and cue.first > OPENING
    inside = spot.last <= cue.first < noun.last
    others = [c for c in scene.of_kind("platform") if c != cue and not runs(c.key, cue.key)]
    beside = any(not is_tied(scene, c) for c in others) or bool(so_far.accepted)
    return (tied or inside) and beside


def _is_where_a_part_was(so_far: SoFar, spot: Spot[Amount], service: Cue) -> bool:
    """As in "The ministry blocked 464 posts. 118 of them were on TikTok": the text is on those."""
    scene, context = so_far.scene, so_far.context
    part = scene.words.part_of.at(scene.tokens, spot.last) is not None and so_far.noun(spot).bare
    return part and is_tied(scene, service) and context.actor not in ("platform", "")


def _step(so_far: SoFar, spot: Spot[Amount]) -> Step:
    off_subject = is_off_subject(so_far, spot)
    length = hours_of(so_far.scene, spot)
    if length and not off_subject:
        return _duration(so_far, replace(spot, thing=length))
    seen = viewed_out_of(so_far, spot)
    if seen:
        return accept(so_far, Choice(replace(spot, thing=seen), "prevalence", "views"))
    gapped = choice_of_row(so_far, spot) if so_far.accepted else None
    if gapped:
        return accept(so_far, gapped)
    refused = why_refused(so_far, spot) or (OFF_SUBJECT if off_subject else "")
    if refused:
        return Step(None, refused)
    if spot.thing.measure == "ratio":
        return _ratio(so_far, spot)
    if so_far.last and did_so(so_far, spot):
        return accept(so_far, Choice(spot, so_far.last.action, so_far.last.item))
    if so_far.last and so_far.noun(spot).bare:
        spot = replace(spot, thing=with_scale_of(spot.thing, so_far.last.amount))
    older = compared_with(so_far, spot)
    if older:
        return accept(so_far, Choice(spot, older.action, older.item))
    if shares_sign(so_far, spot):
        spot = replace(spot, thing=replace(spot.thing, measure="share"))
    return read_share(so_far, spot) if spot.thing.measure == "share" else read_count(so_far, spot)


def _duration(so_far: SoFar, spot: Spot[Amount]) -> Step:
    """How long removals took: a time of its own kind, never a count."""
    named = so_far.scene.of_kind("action") or so_far.scene.of_kind("platform")
    if not (so_far.context.going_on or so_far.accepted or named):
        return Step(None, "length of time")
    took = Choice(spot, "time_to_removal", "time", actor="platform")  # whoever had asked for it
    return accept(so_far, took)


def _ratio(so_far: SoFar, spot: Spot[Amount]) -> Step:
    """A ratio is a claim of its own beside the figure it compares; it is never made a count."""
    figures = [a.mention for a in so_far.accepted if a.mention.measure == "count"]
    if not figures:
        return Step(None, "a change without the figure that changed")
    figure, amount = figures[-1], spot.thing
    bases = [s.thing for s in so_far.scene.periods if s.first >= spot.last and not s.thing.per]
    reason = so_far.reason("measure", amount.text, amount.span, "a comparison")
    return Step(
        replace(
            figure,
            amount=so_far.placed(amount),
            measure="ratio",
            base=so_far.placed_period(bases[0]) if bases else None,
            reasons=(*figure.reasons, reason),
        )
    )
