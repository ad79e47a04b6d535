"""Our table of dated happenings: data/raw/events.csv."""

from analysis.model.raw_rows import EventRow
from analysis.reading.formats.records import read_records, refuse_twice


def read_events(raw: bytes) -> list[EventRow]:
    """Read the table of events, one `EventRow` a row, platforms still in words.

    Raises
    ------
    LayoutError
        A column is missing or unknown, or a row has too many or too few cells.
    RecordError
        A cell does not parse, or a key stands twice.
    """
    rows: list[EventRow] = read_records(raw, EventRow)
    refuse_twice([row.event for row in rows])
    return rows
