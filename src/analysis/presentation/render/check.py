"""The last look at a page before it is handed out: what is not fit for a paper is refused."""

import re

from analysis.model.errors import RenderError
from analysis.presentation.render.citations import GROUP
from analysis.presentation.render.figures import REFERENCE
from analysis.presentation.render.texts import map_text

TAGS = re.compile(
    r"<(img|source|script|link|iframe|object|embed|audio|video)\b[^>]*>", re.IGNORECASE
)
ALT = re.compile(r'<img\b[^>]*?\balt="([^"]*)"')
PLACEHOLDERS = ("no description has been provided", "image", "figure", "png", "chart")
OUTSIDE = re.compile(
    r"""(?:\bsrc|\bsrcset|\bdata|\bposter)=["']?\s*(?:https?:)?//""", re.IGNORECASE
)
SHEET = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def problems(page: str) -> list[str]:
    """Return what keeps a page from being fit for a paper, each in a sentence."""
    found = []
    tags = [match[0] for match in TAGS.finditer(page)]
    acting = [tag for tag in tags if not tag.lower().startswith(("<img", "<source"))]
    if acting:
        found.append(f"it holds {acting[0][:60]!r}, which acts or fetches")
    if any(OUTSIDE.search(tag) for tag in tags) or _fetching(page):
        found.append("it would fetch something from outside")
    found += _picture_problems(page, [tag for tag in tags if tag.lower().startswith("<img")])
    found += _word_problems(page)
    if not re.search(r'<html[^>]*\blang="[a-z]', page):
        found.append("its language is not set")
    if not re.search(r"<title>[^<\s][^<]*</title>", page):
        found.append("it has no title: begin the notebook with a heading")
    return found


def _fetching(page: str) -> bool:
    """Say whether a style sheet fetches something."""
    sheets = SHEET.findall(page)
    return any("@import" in sheet or re.search(r"url\(", sheet) for sheet in sheets)


def _picture_problems(page: str, images: list[str]) -> list[str]:
    """Return what is wrong with the text alternatives of pictures."""
    alts = [match[1].strip() for match in ALT.finditer(page)]
    if len(alts) < len(images) or not all(alts):
        return ["a picture has no text alternative"]
    if any(
        alt.casefold().startswith(PLACEHOLDERS[0]) or alt.casefold() in PLACEHOLDERS for alt in alts
    ):
        return ["a picture has a placeholder instead of a text alternative"]
    if len(set(alts)) < len(alts):
        return ["two pictures have the same text alternative: pass alt= to one of them"]
    return []


def _word_problems(page: str) -> list[str]:
    """Return keys and braces that were not resolved, and traces of failures."""
    texts: list[str] = []

    def keep(text: str) -> str:
        texts.append(text)
        return text

    map_text(SHEET.sub("", page), keep)
    words = "\n".join(texts)
    found = [
        f"{key[0]!r} is not resolved"
        for key in (GROUP.search(words), REFERENCE.search(words))
        if key
    ]
    if "{{" in words:
        found.append("a value in double braces is not filled in")
    if "Traceback (most recent call last)" in words:
        found.append("it shows a traceback")
    return found


def check(page: str, name: str) -> None:
    """Refuse a page that is not fit for a paper.

    Raises
    ------
    RenderError
        Names everything that is wrong with the page.
    """
    found = problems(page)
    if found:
        raise RenderError(f"{name} is not fit for a paper: {'; '.join(found)}")
