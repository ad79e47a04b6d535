"""newspaper3k on HTML that we hold: its extractor, cleaner and formatter, and nothing else of it.

What `newspaper.Article` does besides (metadata, keywords, videos, images, a copy of the page for
each) is not asked for: it takes as long as the text. Three methods of its parser are replaced.

- lxml 6 wraps a bare piece of text in `span` where older versions wrapped it in `p`, newspaper3k
  counts only `p`, and so loses whole articles whose text stands bare between `br` tags, without an
  error.
- It looks for attributes by regular expressions inside XPath, which are run on every element of
  the page; those without the attribute are left out here. What is found is the same.
"""

import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

UNLIMITED = 1_000_000_000  # characters; its own limit of 100,000 cuts silently
# Chinese needs a dictionary that takes seconds to load; what is not listed it reads as English.
LANGUAGES = (
    "ar be bg da de el en es et fa fi fr he hi hr hu id it ko mk nb nl no pl pt ro ru sl sr sv sw "
    "tr uk vi"
)
ATTRIBUTE_TEST = re.compile(r"//\*\[re:test\(@(\w+), '([^']*)', 'i'\)\]")
LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


@dataclass(frozen=True, slots=True)
class NewspaperResult:
    """What newspaper3k found."""

    text: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()


def read_newspaper(html: str, language: str) -> NewspaperResult:
    """Return what newspaper3k reads from `html`; nothing for a language it does not know.

    Without the right language it finds no text: it counts the stop words of that language.
    """
    if language not in LANGUAGES.split():
        return NewspaperResult()
    from lxml.etree import LxmlError

    try:
        return _read(html, configuration(language))
    except (LxmlError, ValueError, TypeError, AttributeError, KeyError):
        return NewspaperResult()  # it fails on odd pages in these ways; the other readers go on


def _read(html: str, settings: Any) -> NewspaperResult:
    from newspaper.cleaners import DocumentCleaner
    from newspaper.extractors import ContentExtractor
    from newspaper.outputformatters import OutputFormatter

    page = settings.get_parser().fromstring(html)
    if page is None:
        return NewspaperResult()
    extractor = ContentExtractor(settings)
    title, authors = extractor.get_title(page), extractor.get_authors(page)
    node = extractor.calculate_best_node(DocumentCleaner(settings).clean(page))
    text = ""
    if node is not None:
        text, _ = OutputFormatter(settings).get_formatted(extractor.post_cleanup(node))
    return NewspaperResult(text, title or "", tuple(authors[: settings.MAX_AUTHORS]))


@cache
def configuration(language: str) -> Any:
    """Return newspaper3k's settings for a language."""
    import newspaper

    class Settings(newspaper.Config):  # type: ignore[misc]
        def get_parser(self) -> Any:
            return quick_parser()

    settings = Settings()
    settings.fetch_images = False
    settings.memoize_articles = False
    settings.MAX_TEXT = UNLIMITED
    settings.MAX_TITLE = UNLIMITED
    settings.language = language
    return settings


@cache
def quick_parser() -> Any:
    """Return newspaper3k's parser with three methods replaced: see the head of this module."""
    from lxml.html import fragment_fromstring
    from newspaper.parsers import Parser

    class QuickParser(Parser):  # type: ignore[misc]
        @classmethod
        def textToPara(cls, text: str) -> Any:  # noqa: N802 - newspaper3k's name
            return fragment_fromstring(text, create_parent="p")

        @classmethod
        def xpath_re(cls, node: Any, expression: str) -> Any:
            asked = ATTRIBUTE_TEST.fullmatch(expression)
            holds = searching(asked.group(2)) if asked else None
            if asked is None or holds is None:
                return super().xpath_re(node, expression)
            name = asked.group(1)
            return [found for found in node.xpath(f"//*[@{name}]") if holds(found.get(name))]

        @classmethod
        def getElementsByTag(  # noqa: N802 - newspaper3k's name
            cls,
            node: Any,
            tag: str | None = None,
            attr: str | None = None,
            value: str | None = None,
            childs: bool = False,
            use_regex: bool = False,
        ) -> Any:
            if tag or childs or use_regex or not (attr and value):
                return super().getElementsByTag(node, tag, attr, value, childs, use_regex)
            named = node.xpath(f"descendant-or-self::*[@{attr}]")
            low = value.lower()
            return [found for found in named if low in found.get(attr).translate(LOWER)]

    return QuickParser


@cache
def searching(pattern: str) -> Callable[[str], object] | None:
    """Return the search for a pattern in any case, None for one that an empty text fulfils."""
    search = re.compile(pattern, re.IGNORECASE).search
    return None if search("") else search
