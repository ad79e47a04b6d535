"""A document read for moderation figures: every number is a mention with reasons, or is refused.

Sentences are read in order, each with what the ones before it left in `context`. The title is read
last: a headline only counts where the text below does not give the figure itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile

from analysis.model.documents import Block, Document
from analysis.model.lookalikes import lookalikes_in
from analysis.model.readings import Mention, Refusal
from analysis.reading.prose import languages
from analysis.reading.prose.figures.ahead import act_done_to_those, when_done_to_those
from analysis.reading.prose.figures.carrying import Carrying
from analysis.reading.prose.figures.closings import closings_of_accounts
from analysis.reading.prose.figures.context import Context
from analysis.reading.prose.figures.events import (
    day_it_struck,
    days_of_event,
    start_of_the_work,
    tells_of_event,
)
from analysis.reading.prose.figures.names import (
    add_names,
    find_names,
    settle_companies,
    settle_descriptions,
    settle_speakers,
    settle_watchdogs,
)
from analysis.reading.prose.figures.one_period import dated_alike, dated_by_length
from analysis.reading.prose.figures.repeats import AGAIN, find_repeats
from analysis.reading.prose.figures.rows import RowCell, place_mention, place_refusal, row_cells
from analysis.reading.prose.figures.scene import Scene, lay_out, steering
from analysis.reading.prose.figures.sentence_reader import is_of_others, read_sentence
from analysis.reading.prose.figures.subject import (
    is_led_by_authority,
    is_of_rights,
    is_on_subject,
    opens_with_europol,
    tells_of_states_that_block,
)
from analysis.reading.prose.figures.whose import only_service_with
from analysis.reading.prose.numbers.amounts import amounts
from analysis.reading.prose.times.resolving import Memory
from analysis.reading.prose.words.sentences import split
from analysis.reading.prose.words.tokens import tokenize

READER = "prose 2"
CAPTION = 300  # characters of what stands in front of a table and may say what it counts
OPENING = 30  # characters of a paragraph that show what it is
REPORTING = ("quarter", "half_year", "month", "year")  # stretches that services report on
ROUNDED = 0.1  # how far a headline may round


@dataclass(frozen=True, slots=True)
class Figures:
    """What was read from a text: the mentions in order, and the numbers refused."""

    mentions: tuple[Mention, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a document laid out, or one number of a table row read as a sentence."""

    paragraph: int
    block: Block
    scene: Scene
    cell: RowCell | None = None


def _passages(document: Document, language: str, elsewhere: frozenset[Block]) -> Iterator[Passage]:
    memory = Memory(reference=document.published, figures=True)
    number, kind, caption = 0, "", ""
    for block in document.blocks:
        if block.hidden or block in elsewhere:
            continue
        number += not (block.kind == kind and kind in ("table_row", "list_item"))
        kind = block.kind
        text = document.text[block.start : block.end]
        if block.kind != "table_row":
            caption = text if len(text) <= CAPTION else ""  # what stands in front of a table
        rows = row_cells(block, text, language, caption) if block.kind == "table_row" else ()
        cells = list(rows)
        for cell in cells:
            scene, _ = lay_out(cell.text, cell.shift, language, memory)
            yield Passage(number, block, scene, cell)
        if cells:
            continue
        for start, end in split(text, steering(language).abbreviations):
            scene, memory = lay_out(text[start:end], block.start + start, language, memory)
            yield Passage(number, block, scene)


def _points_elsewhere(document: Document, block: Block, language: str) -> bool:
    """Say whether a paragraph only names other pages: "Read more: Facebook deletes ..."."""
    opening = document.text[block.start : block.start + OPENING]
    furniture = steering(language).furniture
    if _first_word(*opening.split(maxsplit=1)[:1]) not in furniture.by_first:
        return False  # the rest of a long text need not be looked at
    return furniture.at(tokenize(opening), 0) is not None


@lru_cache(maxsize=4096)  # few words open most paragraphs
def _first_word(text: str = "") -> str:
    """Return the first token of a word as it is matched."""
    tokens = tokenize(text)
    return tokens[0].low if tokens else ""


def _unseen(document: Document, language: str, elsewhere: frozenset[Block]) -> Iterator[Refusal]:
    """Yield the numbers that a reader of the page could not see, flagged and never counted."""
    for block in document.blocks:
        why = f"not visible on the page: {block.hidden}" if block.hidden else ""
        if not why and block in elsewhere:
            why = "a headline of another page"
        if why:
            for amount in amounts(document.text[block.start : block.end], language):
                span = (amount.span[0] + block.start, amount.span[1] + block.start)
                yield Refusal(replace(amount, span=span), why)


def _at_outset(passages: Sequence[Passage], context: Context) -> Context:
    """Return the context that the headline sets, and the days that the text says it is about.

    Those are the period that a report covers, or the days of the one event that took place.
    """
    for passage in passages:
        if passage.block.kind == "title":
            context = context.naming(passage.scene).noting(passage.scene)
            context = context.dated(passage.scene, for_all=True)
            context = replace(context, headed=frozenset(context.platforms))
    for passage in passages:
        if context.topic is None and passage.scene.has(passage.scene.words.covers):
            context = context.dated(passage.scene, for_all=True)
    dated = (p.scene for p in passages if p.scene.periods)
    events = [scene for scene in dated if tells_of_event(scene, context.reports)]
    exact = [scene for scene in events if days_of_event(scene)]
    events = exact if len(exact) == 1 else events  # "two days in May", and which further on
    struck = day_it_struck(p.scene for p in passages if p.scene.words.event_nouns)
    context = replace(context, struck=struck, began=start_of_the_work(p.scene for p in passages))
    if len(events) == 1:
        context = replace(context, event=days_of_event(events[0]))
    if context.topic is None and len(events) == 1 and not _counts_before(passages, events[0]):
        context = context.dated(events[0], for_all=True)
    return context


def _counts_before(passages: Sequence[Passage], event: Scene) -> bool:
    """As in "78,000 profiles since August ... Twitter spoke on 11 January of ...": by the way."""
    told = takewhile(lambda passage: passage.scene is not event, passages)
    counted = (p.scene for p in told if p.scene.amounts and p.block.kind != "title")
    return any(spot.thing.kind == "since" for scene in counted for spot in scene.periods)


def _same_figure(headline: Mention, below: Mention) -> bool:
    """Say whether a headline only rounds a figure that the text gives."""
    a, b = headline.amount, below.amount
    if a.measure != b.measure:
        return False
    values = [v for v in (a.value, a.low, a.high) if v is not None]
    other = [v for v in (b.value, b.low, b.high) if v is not None]
    return any(abs(x - y) <= ROUNDED * max(abs(x), abs(y)) for x in values for y in other)


def _walk(
    document: Document, language: str, elsewhere: frozenset[Block]
) -> Iterator[tuple[Block, list[Mention], list[Refusal]]]:
    passages = list(_passages(document, language, elsewhere))
    names = find_names(passage.scene for passage in passages)
    for passage in passages:
        add_names(passage.scene, names)
    settle_descriptions(passage.scene for passage in passages)
    settle_watchdogs(passage.scene for passage in passages)
    settle_speakers(passage.scene for passage in passages)
    settle_companies(passage.scene for passage in passages if passage.block.kind != "title")
    on_subject = bool(names) or is_on_subject(passage.scene for passage in passages)
    services = frozenset(
        cue.key
        for p in passages
        if not p.scene.has(p.scene.words.silent)
        for cue in p.scene.of_kind("platform")
        if cue.key != "it"
    )
    services = services or frozenset(_told_by_things(passages))
    memory = Memory(reference=document.published, figures=True)
    kinds = {s.thing.kind for p in passages for s in p.scene.periods if not s.thing.per}
    reports = not kinds.isdisjoint(REPORTING)
    start = Context(
        memory,
        on_subject=on_subject,
        services=services,
        reports=reports,
        states_block=tells_of_states_that_block(p.scene for p in passages),
        of_rights=is_of_rights(p.scene for p in passages),
        europol=opens_with_europol(p.scene for p in passages),
    )
    led = is_led_by_authority((p.scene, p.block.kind == "title") for p in passages)
    context = _at_outset(passages, replace(start, led=led))
    behind = {id(p): q for p, q in pairwise(passages) if p.block is q.block}
    carrying = Carrying(led)
    for passage in sorted(passages, key=lambda p: p.block.kind == "title"):
        scene, next_one = passage.scene, behind.get(id(passage))
        if context.paragraph != passage.paragraph:
            table = passage.block.kind == "table_row"
            context = replace(context, paragraph=passage.paragraph, in_table=table)
        context = carrying.entering(passage.block, context).setting_aside(scene).naming(scene)
        if scene.offset == passage.block.start:
            text = document.text[passage.block.start : passage.block.end]
            context = context.headed_by(scene, passage.block, text)
        if not scene.amounts:
            context = context.noting(scene).dated(scene)
            continue
        coming = act_done_to_those(next_one.scene) if next_one else ""
        if context.coming or coming:
            when = when_done_to_those(next_one.scene) if next_one and coming else None
            context = replace(context, coming=coming, coming_period=when)
        mentions, refusals, after = read_sentence(scene, context)
        if passage.cell:
            if mentions:
                context = replace(context, figure_paragraph=passage.paragraph)
            yield passage.block, *_placed_in_row(mentions, refusals, passage.cell)
            continue
        if mentions:
            context = after.naming_europol(scene)
        else:
            context = after.noting(scene)
            context = context if is_of_others(refusals) else context.dated(scene)
        if mentions:
            carrying.told(context, mentions)
        yield passage.block, mentions, refusals


def _told_by_things(passages: Iterable[Passage]) -> Iterator[str]:
    """Yield the service whose things a text tells of that names none: tweets are Twitter's."""
    for passage in passages:
        for item in passage.scene.of_kind("item"):
            yield from only_service_with(item)


def _placed_in_row(
    mentions: list[Mention], refusals: list[Refusal], cell: RowCell
) -> tuple[list[Mention], list[Refusal]]:
    placed = (place_mention(mention, cell) for mention in mentions)
    refused = (place_refusal(refusal, cell) for refusal in refusals)
    return [m for m in placed if m], [r for r in refused if r]


def flag_lookalikes(mention: Mention) -> Mention:
    """Note in a mention that its sentence names a service by letters made to look like its own.

    No spelling matches such a name, so the figure goes to whatever service was named before.
    """
    if mention.quote.isascii():
        return mention
    return _noting(mention, *(found.note for found in lookalikes_in(mention.quote)))


def _noting(mention: Mention, *notes: str) -> Mention:
    said = list(filter(None, dict.fromkeys([mention.note, *notes])))
    return replace(mention, note="; ".join(said)) if any(notes) else mention


def read_figures(document: Document) -> Figures:
    """Return every moderation figure of a document, and every number refused with its reason.

    The document's language chooses the grammar and the words; one without data files is read as
    English, which is warned of and noted. Offsets are those of ``document.text``. A figure said
    twice is one mention.
    """
    spoken = document.language or languages.DEFAULT
    language, borrowed = languages.choose(spoken), languages.borrowing(spoken)
    mentions: list[Mention] = []
    elsewhere = frozenset(b for b in document.blocks if _points_elsewhere(document, b, language))
    refusals: list[Refusal] = list(_unseen(document, language, elsewhere))
    for block, found, refused in _walk(document, language, elsewhere):
        refusals += refused
        for mention in found:
            if block.kind == "title" and any(_same_figure(mention, m) for m in mentions):
                refusals.append(Refusal(mention.amount, "headline of a figure given in the text"))
            else:
                mentions.append(mention)
    noted = (_noting(flag_lookalikes(m), borrowed) for m in mentions)
    ordered = sorted(noted, key=lambda m: m.amount.span)
    dated = dated_by_length(closings_of_accounts(ordered, language), language)
    dated = dated_alike(dated, document.published)
    repeats = find_repeats(dated)
    refusals += [Refusal(dated[i].amount, AGAIN) for i in repeats]
    kept = tuple(m for i, m in enumerate(dated) if i not in repeats)
    return Figures(kept, tuple(sorted(refusals, key=lambda r: r.amount.span)))
