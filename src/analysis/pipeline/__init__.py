"""The wings in their order: from a file to its observations, and from data/raw to the record.

Every call of the notebooks and of the command line ends here. Nothing goes online unless asked.
`documents` reads one article, `gathering` all of data/raw; `building` and `verifying` make the
record and check it; `record` selects from it; `exporting` and `pages` hand it on.
"""

from analysis.pipeline.building import Built, build
from analysis.pipeline.documents import (
    extract,
    is_archive,
    read,
    read_all,
    read_archive,
    read_text,
)
from analysis.pipeline.exporting import export, export_pages
from analysis.pipeline.pages import notebooks, render
from analysis.pipeline.record import (
    cite,
    data_version,
    events,
    findings,
    observations,
    sources,
    table,
    unmatched,
)
from analysis.pipeline.verifying import verify

__all__ = [
    "Built",
    "build",
    "cite",
    "data_version",
    "events",
    "export",
    "export_pages",
    "extract",
    "findings",
    "is_archive",
    "notebooks",
    "observations",
    "read",
    "read_all",
    "read_archive",
    "read_text",
    "render",
    "sources",
    "table",
    "unmatched",
    "verify",
]
