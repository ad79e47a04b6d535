"""Page furniture: what stands on a page beside the article, by tag, role, class and id."""

import re
from collections.abc import Mapping
from functools import cache

from analysis.reading.documents.lists import read_list

FURNITURE_TAGS: Mapping[str, str] = {
    "nav": "navigation",
    "aside": "aside",
    "footer": "footer",
    "form": "form",
    "button": "form",
    "select": "form",
    "label": "form",
}
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


@cache
def furniture_words() -> Mapping[str, str]:
    """Return the words that mark furniture, each with the kind it marks."""
    return {row["word"]: row["place"] for row in read_list("furniture")}


@cache
def place_of_name(name: str) -> str:
    """Return the kind of furniture that a class, id or role names, empty for none."""
    known = furniture_words()
    words = (word.lower() for word in _WORDS.findall(name))
    return next((known[word] for word in words if word in known), "")


def furniture_of(tag: str, attributes: Mapping[str, str]) -> str:
    """Return the kind of furniture an element is, empty for none."""
    if tag in ("html", "body", "article", "main"):
        return ""
    if tag in FURNITURE_TAGS or not attributes:
        return FURNITURE_TAGS.get(tag, "")
    names = (attributes.get("role", ""), attributes.get("class", ""), attributes.get("id", ""))
    return next((place for name in names if name and (place := place_of_name(name))), "")
