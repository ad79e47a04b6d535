"""What a reader of the page cannot see, and why."""

import re
from collections.abc import Mapping

NOT_RENDERED: Mapping[str, str] = {
    "template": "template",
    "noscript": "noscript",
    "del": "struck out (del)",
    "s": "struck out (s)",
    "strike": "struck out (strike)",
}
_STYLES = (
    ("display:none", re.compile(r"display\s*:\s*none", re.I)),
    ("visibility:hidden", re.compile(r"visibility\s*:\s*(hidden|collapse)", re.I)),
    ("opacity:0", re.compile(r"opacity\s*:\s*0?\.?0+\s*(;|!|$)", re.I)),
    ("font-size:0", re.compile(r"font-size\s*:\s*0+(\.0+)?(px|em|rem|pt|%)?\s*(;|!|$)", re.I)),
    (
        "clipped to nothing",
        re.compile(r"clip(-path)?\s*:\s*(rect\(\s*0|inset\(\s*(50|100)%)", re.I),
    ),
    ("struck out (line-through)", re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.I)),
)
_FOR_SCREEN_READERS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|u-hidden-visually)(?:\s|_|$)", re.I
)
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"[.#][\w-]+")
_NEVER = ("html", "body", "head")  # their content is shown once scripts have run


def hidden_reason(tag: str, attributes: Mapping[str, str], switched_off: frozenset[str]) -> str:
    """Return why an element is not seen, empty when it is.

    `switched_off` holds the class and id selectors that the page's own style sheets hide.
    """
    if tag in _NEVER:
        return ""
    if tag in NOT_RENDERED:
        return NOT_RENDERED[tag]
    if not attributes:
        return ""
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return "hidden attribute"
    return style_reason(attributes.get("style", "")) or class_reason(attributes, switched_off)


def style_reason(style: str) -> str:
    """Return what in a style hides an element, empty for nothing."""
    if not style:
        return ""
    return next((reason for reason, pattern in _STYLES if pattern.search(style)), "")


def class_reason(attributes: Mapping[str, str], switched_off: frozenset[str]) -> str:
    """Return why an element's class or id hides it, empty when it does not."""
    classes = attributes.get("class", "")
    if classes and _FOR_SCREEN_READERS.search(classes):
        return "for screen readers only"
    if not switched_off:
        return ""
    names = {f".{name}" for name in classes.split()} | {f"#{attributes.get('id', '')}"}
    return "display:none in the style sheet" if names & switched_off else ""


def hidden_selectors(style_sheet: str) -> frozenset[str]:
    """Return the plain class and id selectors that a style sheet hides outright.

    Rules inside `@media` and the like hold only sometimes and are passed over, and so is a
    selector that another rule shows again.
    """
    off: set[str] = set()
    on: set[str] = set()
    for selectors, body in _RULE.findall(without_conditions(style_sheet)):
        shown = re.search(r"display\s*:\s*(?!none)\w", body, re.I)
        goal = off if style_reason(body) in ("display:none", "visibility:hidden") else on
        if goal is on and not shown:
            continue
        goal.update(
            s.strip() for s in selectors.split(",") if _SIMPLE_SELECTOR.fullmatch(s.strip())
        )
    return frozenset(off - on)


def without_conditions(style_sheet: str) -> str:
    """Return a style sheet without comments and without its conditional blocks."""
    text = re.sub(r"/\*.*?\*/", "", style_sheet, flags=re.S)
    kept, depth, position, skipping = [], 0, 0, False
    for match in re.finditer(r"[@{};]", text):
        mark, at = match.group(), match.start()
        depth = max(0, depth + (mark == "{") - (mark == "}"))
        if mark == "@" and not skipping and depth == 0:
            kept.append(text[position:at])
            skipping = True
        elif skipping and depth == 0 and mark in "};":
            skipping, position = False, at + 1
    return "".join(kept) + ("" if skipping else text[position:])
