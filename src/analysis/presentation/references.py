"""How sources are cited: short in running text and under charts, long in the list of references."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from analysis.presentation.markup import shorten
from analysis.presentation.wording import as_date, day_words


def as_row(source: Any) -> Mapping[str, Any]:
    """Return a source, given as record or as row of the table of sources, as a mapping."""
    if is_dataclass(source) and not isinstance(source, type):
        return asdict(source)
    return source if isinstance(source, Mapping) else dict(source)


def rows_of(sources: Any) -> list[Mapping[str, Any]]:
    """Return sources, given as a table or as records, as mappings."""
    if hasattr(sources, "to_dict"):
        return list(sources.to_dict("records"))
    found: Iterable[Any] = sources
    return [as_row(source) for source in found]


def year_words(source: Mapping[str, Any]) -> str:
    """Return the year of publication, or "n.d." where it is not known."""
    day = as_date(source.get("published"))
    return str(day.year) if day else "n.d."


def short_citation(source: Any) -> str:
    """Cite a source in running text.

    >>> short_citation({"source": "meta-2018", "publisher": "Meta", "published": None})
    'Meta n.d.'
    """
    row = as_row(source)
    name = row.get("publisher") or shorten(str(row.get("title") or row["source"]), 40)
    return f"{name} {year_words(row)}"


def _opening(row: Mapping[str, Any]) -> list[str]:
    """Return publisher, year and title; the title comes first where no publisher is known."""
    year, title = f"({year_words(row)}).", str(row.get("title") or "")
    if row.get("publisher"):
        return [str(row["publisher"]), year, f"{title}." if title else ""]
    return [title or str(row["source"]), year]


def cite(source: Any) -> str:
    """Cite a source in full: publisher, year, title, edition, address, bytes held.

    Parameters
    ----------
    source : Source or mapping
        A record, or a row of the table of sources.

    Returns
    -------
    str
        One line of plain text.
    """
    row = as_row(source)
    day = as_date(row.get("published"))
    parts = [
        *_opening(row),
        f"Edition {row['edition']}." if row.get("edition") else "",
        f"Published {day_words(day)}." if day else "",
        f"{row['address']}" if row.get("address") else "",
        f"[snapshot {str(row['snapshot_id'])[:12]}]" if row.get("snapshot_id") else "",
    ]
    return " ".join(part for part in parts if part)


def bibtex(sources: Any) -> str:
    """Return the sources as BibTeX entries, for a reference manager.

    Parameters
    ----------
    sources : DataFrame or iterable of Source
        One row a source.
    """
    return "\n".join(_entry(row) for row in rows_of(sources))


def _entry(row: Mapping[str, Any]) -> str:
    day = as_date(row.get("published"))
    fields = {
        "title": row.get("title"),
        "author": row.get("publisher"),
        "year": str(day.year) if day else "",
        "date": day.isoformat() if day else "",
        "edition": row.get("edition"),
        "url": row.get("address"),
        "note": f"snapshot {row['snapshot_id']}",
    }
    lines = [f"  {name} = {{{_braced(str(words))}}}," for name, words in fields.items() if words]
    return "\n".join([f"@misc{{{row['source']},", *lines, "}", ""])


def _braced(words: str) -> str:
    """Return words that cannot end a BibTeX field early."""
    return words.replace("\\", " ").replace("{", "(").replace("}", ")")
