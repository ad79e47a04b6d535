"""The sourced record of what online platforms remove.

>>> import analysis as an
>>> an.amounts("closed more than 125,000 accounts")[0].low
125000.0

Reading: `read`, `read_all`, `read_archive`, `read_text`, `extract`, `amounts`, `periods`. From
the web into the project: `fetch`. The record: `observations`, `events`, `sources`, `findings`,
`unmatched`, `cite`, `build`, `verify`, `export`. Presenting: `chart`, `narrative`, `Narrative`,
`beside`, `render`. Heavy libraries load when they are used.
"""

import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from analysis.pipeline import (
        build,
        cite,
        data_version,
        events,
        export,
        extract,
        findings,
        observations,
        read,
        read_all,
        read_archive,
        read_text,
        render,
        sources,
        unmatched,
        verify,
    )
    from analysis.pipeline.fetching import fetch
    from analysis.presentation import charts as chart
    from analysis.presentation import narrative
    from analysis.presentation.beside import beside
    from analysis.presentation.narrative import Narrative
    from analysis.reading.prose.numbers.amounts import amounts
    from analysis.reading.prose.times.periods import periods

_PLACES = {
    "amounts": "analysis.reading.prose.numbers.amounts",
    "beside": "analysis.presentation.beside",
    "build": "analysis.pipeline",
    "chart": "analysis.presentation.charts",
    "cite": "analysis.pipeline",
    "data_version": "analysis.pipeline",
    "events": "analysis.pipeline",
    "export": "analysis.pipeline",
    "extract": "analysis.pipeline",
    "fetch": "analysis.pipeline.fetching",
    "findings": "analysis.pipeline",
    "Narrative": "analysis.presentation.narrative",
    "narrative": "analysis.presentation.narrative",
    "observations": "analysis.pipeline",
    "periods": "analysis.reading.prose.times.periods",
    "read": "analysis.pipeline",
    "read_all": "analysis.pipeline",
    "read_archive": "analysis.pipeline",
    "read_text": "analysis.pipeline",
    "render": "analysis.pipeline",
    "sources": "analysis.pipeline",
    "unmatched": "analysis.pipeline",
    "verify": "analysis.pipeline",
}
_DISPLAYS = {
    ("analysis.model.documents", "Document"): "document_html",
    ("analysis.model.readings", "Extraction"): "extraction_html",
}

__all__ = [
    "Narrative",
    "amounts",
    "beside",
    "build",
    "chart",
    "cite",
    "data_version",
    "events",
    "export",
    "extract",
    "fetch",
    "findings",
    "narrative",
    "observations",
    "periods",
    "read",
    "read_all",
    "read_archive",
    "read_text",
    "render",
    "sources",
    "unmatched",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"analysis has no {name!r}; it has {', '.join(__all__)}")
    module = import_module(_PLACES[name])
    return getattr(module, name, module)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


def _show_in_notebooks() -> None:
    """Let a notebook show documents and extractions as pages; records themselves stay plain."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None:
        return
    html = shell.display_formatter.formatters["text/html"]

    for (module, record), function in _DISPLAYS.items():
        html.for_type_by_name(module, record, partial(_show, function))


def _show(function: str, record: Any) -> str:
    widgets = import_module("analysis.presentation.widgets")
    return str(getattr(widgets, function)(record))


_show_in_notebooks()
