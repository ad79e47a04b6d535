"""What normalising gives back: the records made, and everything that could not become one."""

from dataclasses import dataclass

from analysis.model.schema import Event, Finding, Observation, Unmatched


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The records made from one source, the words that matched nothing, and what is wrong in it."""

    observations: tuple[Observation, ...] = ()
    events: tuple[Event, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    findings: tuple[Finding, ...] = ()
