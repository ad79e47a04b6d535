"""From a notebook to one HTML file that is fit for a paper.

`execute` runs it from a clean kernel, `cells` turns its cells into clean HTML, `figures` and
`citations` number and resolve, `page` puts it together, `check` refuses what is not fit.
"""

from analysis.presentation.render.paper import render

__all__ = ["render"]
