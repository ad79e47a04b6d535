"""``[@key]`` in text becomes a link to the list of references; figures add what they draw on."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.model.errors import RenderError
from analysis.presentation.markup import element, escape, slug
from analysis.presentation.references import cite, rows_of, short_citation
from analysis.presentation.render.texts import map_text

GROUP = re.compile(r"\[(@[^\[\]@]+(?:;\s*@[^\[\]@]+)*)\]")
KEY = re.compile(r"@([A-Za-z0-9][\w.:/-]*)(?:,\s*([^;\]]+))?")
POST = "post"  # the type of a source
DRAWN = re.compile(r'data-sources="([0-9a-f ]*)"')


@dataclass
class Bibliography:
    """The sources that a page may cite, and those that it did.

    ``posts`` are those of the channels that figures draw on, by the channel's address and number.
    """

    by_key: Mapping[str, Mapping[str, Any]]
    cited: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    posts: dict[str, dict[int, Mapping[str, Any]]] = field(default_factory=dict)

    @classmethod
    def of(cls, sources: Any) -> "Bibliography":
        """Return the bibliography of sources given as table or records."""
        return cls({str(row["source"]): row for row in rows_of(sources)})

    def use(self, key: str) -> Mapping[str, Any]:
        """Return a source and note that it is cited."""
        if key not in self.by_key:
            import difflib

            near = difflib.get_close_matches(key, list(self.by_key), n=3, cutoff=0.5)
            hint = f"did you mean {', '.join(near)}?" if near else "see an.sources() for the keys"
            raise RenderError(f"[@{key}] is cited, but no source has that key: {hint}")
        return self.cited.setdefault(key, self.by_key[key])

    def use_drawn(self, part: str) -> None:
        """Note the sources whose bytes the figures of a part draw on."""
        held: dict[str, list[str]] = {}
        for key, row in self.by_key.items():
            held.setdefault(str(row["snapshot_id"])[:12], []).append(key)
        for group in DRAWN.findall(part):
            for snapshot in group.split():
                keys = held.get(snapshot, [])
                if any(self.by_key[key].get("source_type") == POST for key in keys):
                    self._use_posts(keys)
                elif keys:
                    self.use(keys[-1])

    def _use_posts(self, keys: Iterable[str]) -> None:
        """Note the posts of a page of a channel: all pages of the channel are one reference."""
        rows = [self.by_key[key] for key in keys]
        channel = str(rows[0]["address"]).rpartition("/")[0]
        known = self.posts.setdefault(channel, {})
        known |= {int(str(row["address"]).rpartition("/")[2]): row for row in rows}
        newest = known[max(known)]
        name = channel.rpartition("/")[2]
        self.cited[f"telegram-{name.casefold()}"] = {
            "source": f"telegram-{name.casefold()}",
            "publisher": newest["publisher"],
            "published": newest["published"],
            "title": f"Posts {min(known)} to {max(known)} of the Telegram channel @{name}",
            "address": channel,
        }


def anchor(key: str) -> str:
    """Return the identifier of an entry of the list of references."""
    return f"ref-{slug(key)}"


def with_citations(part: str, known: Bibliography) -> str:
    """Turn every ``[@key]`` or ``[@one; @two, p. 3]`` in text into links.

    Raises
    ------
    RenderError
        No source has the key.
    """

    def link(found: re.Match[str]) -> str:
        links = []
        for key, place in KEY.findall(found[1]):
            words = short_citation(known.use(key.rstrip(".:")))
            where = f", {place.strip()}" if place else ""
            links.append(f'<a href="#{anchor(key)}">{escape(words)}</a>{where}')
        return f"({'; '.join(links)})"

    return map_text(part, lambda text: GROUP.sub(link, text))


def references_html(cited: Iterable[Mapping[str, Any]]) -> str:
    """Return the list of references, by publisher and year, or "" when nothing is cited."""
    rows = sorted(cited, key=lambda row: (cite(row).casefold(), str(row["source"])))
    items = "".join(
        element("li", _entry(row), id=anchor(str(row["source"])), dir="auto") for row in rows
    )
    if not items:
        return ""
    head = element("h2", "References", id="references")
    return element(
        "section", head + element("ul", items, class_="references"), class_="an-references"
    )


def _entry(row: Mapping[str, Any]) -> str:
    """Return a reference with its address as a link where it is one."""
    words = escape(cite(row))
    address = str(row.get("address") or "")
    if not address.startswith(("http://", "https://")):
        return words
    shown = escape(address)
    return words.replace(shown, element("a", shown, href=address))
