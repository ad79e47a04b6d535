"""A publisher's report page: the data files that it links to.

Layout known as of 2026: links (``a[href]``) whose address or file name ends as a data file does, or
that say what they hold (``type``, ``download``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, unquote, urldefrag, urlsplit

from analysis.acquisition.sources.markup import Element, absolute, html_tree, words_of
from analysis.model.errors import LayoutError

LAYOUTS = ("links to data files, 2026",)
DATA_FILES = ("csv", "tsv", "xlsx", "xls", "ods", "json", "jsonl", "zip", "gz", "parquet", "pdf")
TYPES = {
    "text/csv": "csv",
    "application/json": "json",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
NAMED = re.compile(rf"\.({'|'.join(DATA_FILES)})$", re.I)
LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file that a report page links to: where it is, what kind, and how the page calls it."""

    address: str
    kind: str
    label: str


def data_files(body: bytes, address: str) -> list[DataFile]:
    """Return the data files that a report page links to, each once, in the order of the page.

    Raises
    ------
    LayoutError
        The page links to none: it is another page, or builds its links with scripts.
    """
    tree = html_tree(body, address)
    base = tree.xpath("//base/@href")
    found: dict[str, DataFile] = {}
    for file in _linked(tree, absolute(address, str(base[0])) if base else address):
        found.setdefault(file.address, file)
    if not found:
        links = len(tree.xpath("//a[@href]"))
        raise LayoutError(
            f"{address} links to no data file ({', '.join(DATA_FILES)}) among its {links} links: "
            f"it is none of the known layouts ({', '.join(LAYOUTS)}), or scripts make its links; "
            "open it in a browser, copy the addresses of the files and fetch those"
        )
    return list(found.values())


def _linked(tree: Element, base: str) -> Iterator[DataFile]:
    for link in tree.xpath("//a[@href]"):
        place = urldefrag(absolute(base, link.get("href", ""))).url
        kind = place and _kind(place, link)
        if kind:
            label = words_of(link) or link.get("title", "") or link.get("aria-label", "")
            yield DataFile(place, kind, label[:LONGEST_LABEL])


def _kind(address: str, link: Element) -> str:
    """Return what kind of data file a link leads to, empty when to none."""
    parts = urlsplit(address)
    names = [unquote(parts.path), link.get("download", "")]
    names += [value for _, value in parse_qsl(parts.query)]
    for name in names:
        match = NAMED.search(PurePosixPath(name).name if name else "")
        if match:
            return match.group(1).lower()
    declared = link.get("type", "").split(";")[0].strip().lower()
    return TYPES.get(declared, "")
