"""Pages made for tests, in our own words."""

import hashlib

from analysis.model.documents import Snapshot
from analysis.reading.documents.article import PageRequest, read_page

TODAY = "2026-01-31"
FIRST = "Facebook removed 1.9 million posts in the first quarter, the company said on Tuesday."
SECOND = "Twitter closed 125,000 accounts within six months, it announced in a statement."
THIRD = "Researchers warn that neither number can be checked by anybody outside the firms."
ARABIC = (
    "أعلنت شركة فيسبوك أنها أزالت 1.9 مليون منشور مرتبط بتنظيم داعش في الربع الأول من العام "
    "الجاري، أي ضعف ما أزالته في الربع السابق."
)
PERSIAN = (
    "فیس‌بوک اعلام کرد که در سه ماه نخست سال یک میلیون و نهصد هزار مطلب مرتبط با داعش را حذف "
    "کرده است. این شرکت گفت که بیشتر آن‌ها را خود یافته است."
)


def page(*paragraphs, head="", lang="en", title="Two firms report on removals", tail=""):
    """Return a whole page with a headline and paragraphs."""
    attribute = f' lang="{lang}"' if lang else ""
    body = "".join(f"<p>{text}</p>\n" for text in paragraphs)
    return (
        f"<!DOCTYPE html><html{attribute}><head><title>{title}</title>{head}</head><body>"
        f"<article><h1>{title}</h1>\n{body}</article>{tail}</body></html>"
    )


def snap(body, **fields):
    """Return bytes or text as a snapshot."""
    raw = body if isinstance(body, bytes) else body.encode()
    return Snapshot(snapshot_id=hashlib.sha256(raw).hexdigest(), body=raw, **fields)


def read(html, **fields):
    """Read a page in this process, without the guard."""
    raw = html if isinstance(html, bytes) else html.encode()
    return read_page(raw, PageRequest("page.html", "0" * 64, "test", today=TODAY, **fields))


def texts(document, kind=None):
    """Return the texts of a document's blocks, of one kind if it is named."""
    return [document.text[b.start : b.end] for b in document.blocks if kind in (None, b.kind)]
