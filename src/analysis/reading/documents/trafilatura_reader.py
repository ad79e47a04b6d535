"""trafilatura on HTML that we hold, and htmldate as a second opinion on the date."""

from datetime import date


def read_trafilatura(html: str) -> str:
    """Return the article text that trafilatura finds, empty for none.

    It is only asked which parts of the page are the article. Its own text lacks cells, items and
    headings that say nothing but "Facebook" or "Twitter": it takes them for share buttons.
    """
    import trafilatura

    return trafilatura.extract(html, include_comments=False, deduplicate=False) or ""


def read_htmldate(html: str, latest: date) -> date | None:
    """Return the publication date that htmldate finds; it may have completed a partial one."""
    import htmldate

    try:
        found = htmldate.find_date(
            html, original_date=True, extensive_search=True, max_date=latest.isoformat()
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return date.fromisoformat(found) if found else None
