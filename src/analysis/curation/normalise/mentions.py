"""What a text says about a figure, made an observation.

Nothing is added that the text does not say: a year that stays open stays empty, and so does a
service's country. One thing is taken from where it stands, and noted: what a service says in its
own channel about its acts, without naming a service, is about its own. The words, the offsets and
the reader's version go along.
"""

from collections.abc import Iterable

from analysis.curation.normalise.outcome import Outcome
from analysis.model import vocabulary
from analysis.model.documents import Document
from analysis.model.readings import Mention
from analysis.model.schema import Observation, Unmatched

SEVERAL = "several"
OWN_CHANNEL = "no service named: this stands in the service's own channel"


def observe_mention(mention: Mention, document: Document, reader: str) -> Observation:
    """Return the observation of one mention."""
    amount, period, base = mention.amount, mention.period, mention.base
    own = _is_of_the_channel(mention, document)
    place = f"chars {amount.span[0]}-{amount.span[1]}"
    return Observation(
        platform=document.service if own else "+".join(mention.platforms) or SEVERAL,
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
        locator=f"{document.part} {place}".lstrip(),
        quote=mention.quote,
        reader=reader,
        note="; ".join(part for part in (mention.note, OWN_CHANNEL if own else "") if part),
    )


def _is_of_the_channel(mention: Mention, document: Document) -> bool:
    """Say whether a figure names no service and stands in a service's own channel."""
    named = any(reason.field == "platform" and reason.words for reason in mention.reasons)
    unnamed = mention.platforms in ((), (SEVERAL,)) and not named
    return bool(document.service) and unnamed and mention.actor == "platform"


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
