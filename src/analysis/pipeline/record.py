"""The record as tables: what notebooks ask for."""

import difflib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from analysis.curation.select import select_events, select_observations
from analysis.curation.store import files, folder
from analysis.model.errors import RecordError, SelectionError, StoreError
from analysis.model.paths import Project, find_project
from analysis.model.schema import RECORDS
from analysis.model.tables import from_csv, to_table

if TYPE_CHECKING:
    import pandas as pd


@lru_cache(maxsize=2 * len(RECORDS))
def _parse(name: str, body: bytes) -> "pd.DataFrame":
    return to_table(from_csv(body, RECORDS[name]), RECORDS[name])


def table(name: str, project: Project | None = None) -> "pd.DataFrame":
    """Return a table of the record as a DataFrame of its own, typed by the schema.

    Raises
    ------
    StoreError
        There is no record yet, or the table cannot be read; `build` makes it anew.
    """
    processed = (project or find_project()).processed
    body = folder.read_file(processed, f"{name}.csv")
    try:
        return _parse(name, body).copy()
    except RecordError as error:
        raise StoreError(
            f"{processed / name}.csv is damaged or of another version ({error}): "
            "run `moderation-analysis build`"
        ) from error


def observations(**selection: Any) -> "pd.DataFrame":
    """Return observations of the record, one row each.

    Parameters
    ----------
    platform, actor, policy, group, action, item, geography : str or list of str, optional
        Keys or names: ``platform="facebook"``, ``policy=["terrorism", "organised hate"]``. A
        policy that contains others (``violent_extremism_all``) asks for all of them;
        ``"twitter/x"`` asks for either name, ``"facebook+instagram"`` for joint numbers only.
    parts : bool
        Let an action ask for its parts too: ``removed`` for ``removed_after_report`` and others.
        They are counted in it already, so never add them up.
    measure, per, of, bound, origin, status, period_kind, period_basis : str or list, optional
        Values of those columns; so with ``edition``, ``reported_by``, ``reader`` and others.
    cumulative, background : bool, optional
        Whether running totals, and older figures quoted for context, are asked for or left out.
    start, end : str or date, optional
        Keep what ends on or after `start`, and starts on or before `end`. Rows without a period
        are left out then.
    as_of : str or date, optional
        What a reader could have known on that day. Rows without ``known_from`` are left out.
    restated : bool
        Also return values that a later edition of their publisher replaced.

    Returns
    -------
    DataFrame
        Columns of `analysis.model.schema.Observation`, sorted by period. Every row carries its
        quote, where that stands, and the snapshot; nothing lives in ``DataFrame.attrs``.

    Raises
    ------
    SelectionError
        A keyword, a key or a value is unknown; names the nearest known ones.
    """
    return select_observations(table("observations"), **selection)


def events(**selection: Any) -> "pd.DataFrame":
    """Return events of the record, one row each, sorted by date.

    Parameters
    ----------
    platform, type : str or list of str, optional
        Keys or names, as in `observations`; an event that concerns several services is found by
        each of them.
    start, end : str or date, optional
        Keep what ended on or after `start`, and began on or before `end`.

    Raises
    ------
    SelectionError
        A keyword or a key is unknown; names the nearest known ones.
    """
    return select_events(table("events"), **selection)


def sources() -> "pd.DataFrame":
    """Return the sources of the record, one row each."""
    return table("sources")


def findings() -> "pd.DataFrame":
    """Return what is wrong in the sources, one row each."""
    return table("findings")


def unmatched() -> "pd.DataFrame":
    """Return the words that matched no vocabulary entry, one row each."""
    return table("unmatched")


def data_version(project: Project | None = None) -> str:
    """Return the first twelve digits of the checksum of the record's committed files."""
    body = folder.read_file((project or find_project()).processed, files.CHECKSUMS)
    return files.checksum(body)[:12]


def cite(key: str, style: str = "long") -> str:
    """Return how a source is cited; ``style="short"`` gives the form for running text.

    Raises
    ------
    SelectionError
        The record has no such source; names the nearest keys.
    """
    from analysis.presentation import references

    known = {row["source"]: row for row in sources().to_dict("records")}
    if key not in known:
        near = difflib.get_close_matches(key, list(known), n=3, cutoff=0.3)
        raise SelectionError(f"no source {key!r}; nearest: {', '.join(near) or 'none'}")
    writer = references.short_citation if style == "short" else references.cite
    return writer(known[key])
