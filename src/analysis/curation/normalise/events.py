"""Rows of the table of events to events of the record."""

import datetime as dt
from collections.abc import Iterable

from analysis.curation.normalise.outcome import Outcome
from analysis.curation.normalise.words import name_platform
from analysis.model.raw_rows import EventRow
from analysis.model.schema import Event, Unmatched
from analysis.model.vocabulary import load


def record_events(rows: Iterable[EventRow], source: str, snapshot_id: str) -> Outcome:
    """Return the events of a table, services named by their keys.

    An event whose services match no key keeps those that do; the words left over are returned as
    `Unmatched`. An event of an unknown kind is kept back.

    Parameters
    ----------
    rows
        Rows of the table, as `reading.formats.events.read_events` gives them.
    source
        Key of the table in the list of sources.
    snapshot_id
        SHA-256 of the table's bytes.
    """
    events: list[Event] = []
    unmatched: list[Unmatched] = []
    for row in rows:
        named = name_services(row.platforms, row.date)
        left = [("platforms", words) for words, key in named.items() if key is None]
        kind = load("event_types").find(row.type)
        if kind is None:
            left.append(("type", row.type))
        else:
            keys = dict.fromkeys(key for key in named.values() if key)
            events.append(record_event(row, kind, ";".join(keys), source, snapshot_id))
        unmatched.extend(
            Unmatched(
                source=source,
                snapshot_id=snapshot_id,
                locator=f"row {row.line} column {name}",
                field=name,
                words=words,
                quote=row.title,
            )
            for name, words in left
        )
    return Outcome(events=tuple(events), unmatched=tuple(unmatched))


def name_services(words: str, day: dt.date) -> dict[str, str | None]:
    """Return each service named in a cell with its key as of a day, None where none matches."""
    parts = [part.strip() for part in words.split(";")]
    return {part: name_platform(part, day) for part in parts if part}


def record_event(row: EventRow, kind: str, platforms: str, source: str, snapshot_id: str) -> Event:
    """Make one event of the record."""
    return Event(
        event=row.event,
        date=row.date,
        date_precision=row.date_precision,
        end_date=row.end_date,
        title=row.title,
        description=row.description,
        type=kind,
        platforms=platforms,
        actors=row.actors,
        source=source,
        address=row.address,
        snapshot_id=snapshot_id,
        locator=f"row {row.line}",
        note=row.note,
    )
