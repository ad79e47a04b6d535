"""newspaper3k on HTML that we hold: never its downloader, cache, images or nlp().

Its one parser method that turns text into a paragraph is replaced. lxml 6 wraps a bare piece of
text in `span` where older versions wrapped it in `p`, newspaper3k counts only `p`, and so loses
whole articles whose text stands bare between `br` tags, without an error.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

UNLIMITED = 1_000_000_000  # characters; its own limit of 100,000 cuts silently
# Chinese needs a dictionary that takes seconds to load; what is not listed it reads as English.
LANGUAGES = (
    "ar be bg da de el en es et fa fi fr he hi hr hu id it ko mk nb nl no pl pt ro ru sl sr sv sw "
    "tr uk vi"
)


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
    import newspaper
    from lxml.etree import LxmlError

    article = newspaper.Article("", config=configuration(language))
    try:
        article.download(input_html=html)
        article.parse()
    except (newspaper.ArticleException, LxmlError, ValueError, TypeError, AttributeError, KeyError):
        return NewspaperResult()  # it fails on odd pages in these ways; the other readers go on
    return NewspaperResult(article.text or "", article.title or "", tuple(article.authors))


@cache
def configuration(language: str) -> Any:
    """Return newspaper3k's settings for a language."""
    import newspaper

    class Settings(newspaper.Config):  # type: ignore[misc]
        def get_parser(self) -> Any:
            return paragraph_parser()

    settings = Settings()
    settings.fetch_images = False
    settings.memoize_articles = False
    settings.MAX_TEXT = UNLIMITED
    settings.MAX_TITLE = UNLIMITED
    settings.language = language
    return settings


@cache
def paragraph_parser() -> Any:
    """Return newspaper3k's parser with the method that puts bare text into a paragraph replaced."""
    from lxml.html import fragment_fromstring
    from newspaper.parsers import Parser

    class ParagraphParser(Parser):  # type: ignore[misc]
        @classmethod
        def textToPara(cls, text: str) -> Any:  # noqa: N802 - newspaper3k's name
            return fragment_fromstring(text, create_parent="p")

    return ParagraphParser
