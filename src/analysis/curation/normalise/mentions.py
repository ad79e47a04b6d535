"""What a text says about a figure, made an observation.

Nothing is added that the text does not say: a year that stays open stays empty, and so does a
service's country. The words, the offsets and the reader's version go along.
"""

from collections.abc import Iterable

from analysis.curation.normalise.outcome import Outcome
from analysis.model import vocabulary
from analysis.model.schema import Document, Mention, Observation, Unmatched


def observe_mention(mention: Mention, document: Document, reader: str) -> Observation:
    """Return the observation of one mention."""
    amount, period, base = mention.amount, mention.period, mention.base
    return Observation(
        platform="+".join(mention.platforms) or "several",
        actor=mention.actor,
        reported_by=mention.reported_by,
        policy=mention.policy,
        policy_stated=mention.policy_stated,
        group=mention.group,
        action=mention.action,
        item=mention.item,
        measure=mention.measure,
        per=mention.per,
        of=mention.of,
        value=amount.value,
        low=amount.low,
        high=amount.high,
        bound=amount.bound,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        period_text=period.text if period else "",
        period_kind=period.kind if period else "unknown",
        period_basis=period.basis if period else "unknown",
        base_start=base.start if base else None,
        base_end=base.end if base else None,
        cumulative=mention.cumulative,
        background=mention.background,
        geography=mention.geography,
        published=document.published,
        known_from=document.published,
        snapshot_id=document.snapshot_id,
        locator=f"chars {amount.span[0]}-{amount.span[1]}",
        quote=mention.quote,
        reader=reader,
        note=mention.note,
    )


def observe_mentions(mentions: Iterable[Mention], document: Document, reader: str) -> Outcome:
    """Return the observations of a document's mentions, one each and in their order.

    A service that no vocabulary knows keeps its observation, under its own name, and is also
    returned among the unmatched words.
    """
    observations = tuple(observe_mention(m, document, reader) for m in mentions)
    known = vocabulary.load("platforms").entries
    unmatched = tuple(
        Unmatched(
            source=document.name,
            snapshot_id=o.snapshot_id,
            locator=o.locator,
            field="platform",
            words=o.platform,
            quote=o.quote,
        )
        for o in observations
        if any(key not in known for key in o.platform.split("+"))
    )
    return Outcome(observations=observations, unmatched=unmatched)
