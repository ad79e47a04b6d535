"""Observations and events to draw, made from what differs."""

from datetime import date
from typing import Any

import pandas as pd

from analysis.model.periods import Days, kind_of, quarter
from analysis.model.schema import Event, Observation
from analysis.model.tables import to_table

FIRST = quarter(2018, 1)
BYTES = "ab" * 32


def observe(
    value: float | None = 1_900_000.0, days: Days | None = FIRST, **fields: Any
) -> Observation:
    """Return an observation; Facebook's content in 2018Q1 unless told otherwise."""
    given: dict[str, Any] = {
        "platform": "facebook",
        "action": "actioned",
        "item": "content",
        "policy": "terrorism",
        "reported_by": "Meta",
        "value": value,
        "low": value,
        "high": value,
        "period_start": days.first if days else None,
        "period_end": days.last if days else None,
        "period_kind": kind_of(days) if days else "unknown",
        "snapshot_id": BYTES,
        "locator": "row 7 column value",
        "quote": f"In the quarter it acted on {value} pieces of content.",
    }
    return Observation(**(given | fields))


def table(*rows: Observation) -> pd.DataFrame:
    """Return observations as a table."""
    return to_table(rows, Observation)


def event(day: date, title: str = "Operation", **fields: Any) -> Event:
    """Return an event."""
    given: dict[str, Any] = {
        "event": title.lower(),
        "date": day,
        "date_precision": "day",
        "title": title,
        "description": f"What happened: {title}.",
        "type": "operation",
        "source": "events",
        "address": "https://example.org/page",
        "snapshot_id": BYTES,
        "locator": "row 2",
    }
    return Event(**(given | fields))


def event_table(*events: Event) -> pd.DataFrame:
    """Return events as a table."""
    return to_table(events, Event)
