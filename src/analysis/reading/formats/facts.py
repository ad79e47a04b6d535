"""Our transcribed tables: data/raw/figures/*.csv and data/raw/sources.csv."""

from analysis.model.raw_rows import Fact, SourceRow
from analysis.reading.formats.records import read_records, refuse_twice


def read_facts(raw: bytes) -> list[Fact]:
    """Read a table of transcribed figures, one `Fact` a row.

    Values keep their digits as printed; text such as "NA" stays text; an empty date is None.

    Raises
    ------
    LayoutError
        A column is missing or unknown, or a row has too many or too few cells.
    RecordError
        A cell does not parse; the message names line and column.
    """
    return read_records(raw, Fact)


def read_sources(raw: bytes) -> list[SourceRow]:
    """Read the list of sources, one `SourceRow` a row.

    Raises
    ------
    LayoutError
        A column is missing or unknown, or a row has too many or too few cells.
    RecordError
        A cell does not parse, or a key stands twice.
    """
    rows: list[SourceRow] = read_records(raw, SourceRow)
    refuse_twice([row.source for row in rows])
    return rows
