"""What a reader of the page cannot see, and why."""

import re
from collections.abc import Iterator, Mapping

NOT_RENDERED: Mapping[str, str] = {
    "template": "template",
    "noscript": "noscript",
    "del": "struck out (del)",
    "s": "struck out (s)",
    "strike": "struck out (strike)",
}
BY_SHEET = "hidden by the style sheet"
ARIA_HIDDEN = "aria-hidden: shown, but kept from screen readers"
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
    (
        "off the screen",
        re.compile(
            r"(?:^|[;\s])(?:left|right|top|text-indent|margin(?:-left|-top)?)\s*:\s*"
            r"-(?:(?:999|\d{4,})(?:px|pt)?\b|\d{3,}(?:em|rem|vw|%))|translate[xy]?\(\s*-\d{4,}",
            re.I,
        ),
    ),
    ("transparent", re.compile(r"(?:^|[;\s])color\s*:\s*transparent", re.I)),
)
_NO_SIZE = re.compile(r"(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*0(?:px|em|%)?\s*(?:;|!|$)", re.I)
_CUT_OFF = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.I)
_COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]+)", re.I)
_BACKGROUND = re.compile(r"(?:^|[;\s])background(?:-color)?\s*:\s*([^;!]+)", re.I)
_NAMED_COLOURS = {"white": "#ffffff", "black": "#000000", "red": "#ff0000"}
_FOR_SCREEN_READERS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|u-hidden-visually)(?:\s|_|$)", re.I
)
LONGEST_STYLE = 2_000  # characters of one style that are looked at
_SIMPLE_SELECTOR = re.compile(r"[.#][\w-]+")
_OUTRIGHT = tuple(
    pattern
    for reason, pattern in _STYLES
    if reason in ("display:none", "visibility:hidden", "off the screen")
)
_NEVER = ("html", "body", "head")  # their content is shown once scripts have run


def hidden_reason(
    tag: str, attributes: Mapping[str, str], switched_off: frozenset[str], block: bool = True
) -> str:
    """Return why an element is not seen, empty when it is.

    `switched_off` holds the class and id selectors that the page's own style sheets hide. What is
    kept from screen readers only is flagged in a block; inside a sentence it is the part that
    everybody sees, beside a copy for screen readers.
    """
    if tag in _NEVER:
        return ""
    if tag in NOT_RENDERED:
        return NOT_RENDERED[tag]
    if not attributes:
        return ""
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return "hidden attribute"
    reason = style_reason(attributes.get("style", "")) or class_reason(attributes, switched_off)
    if not reason and block and attributes.get("aria-hidden", "").strip().lower() == "true":
        return ARIA_HIDDEN
    return reason


def style_reason(style: str) -> str:
    """Return what in a style hides an element, empty for nothing."""
    style = style[:LONGEST_STYLE]
    if not style:
        return ""
    found = next((reason for reason, pattern in _STYLES if pattern.search(style)), "")
    if not found and _NO_SIZE.search(style) and _CUT_OFF.search(style):
        return "no size"
    return found or same_colour(style)


def same_colour(style: str) -> str:
    """Return the reason where a style gives text the colour of what it stands on."""
    text, ground = _COLOUR.search(style), _BACKGROUND.search(style)
    if not text or not ground or plain_colour(text[1]) != plain_colour(ground[1]):
        return ""
    return "in the colour of its background"


def plain_colour(words: str) -> str:
    """Return a colour in the one form #rrggbb where that is plain to see, else as written.

    >>> plain_colour(" White "), plain_colour("#FFF"), plain_colour("rgb(255, 255, 255)")
    ('#ffffff', '#ffffff', '#ffffff')
    """
    name = "".join(words.lower().split())
    parts = re.fullmatch(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,1(?:\.0)?)?\)", name)
    if parts:
        return "#" + "".join(f"{int(part):02x}" for part in parts.groups())
    if re.fullmatch(r"#[0-9a-f]{3}", name):
        return "#" + "".join(2 * digit for digit in name[1:])
    return _NAMED_COLOURS.get(name, name)


def class_reason(attributes: Mapping[str, str], switched_off: frozenset[str]) -> str:
    """Return why an element's class or id hides it, empty when it does not."""
    classes = attributes.get("class", "")
    if classes and _FOR_SCREEN_READERS.search(classes):
        return "for screen readers only"
    if not switched_off:
        return ""
    names = {f".{name}" for name in classes.split()} | {f"#{attributes.get('id', '')}"}
    return BY_SHEET if names & switched_off else ""


def hidden_selectors(style_sheet: str) -> frozenset[str]:
    """Return the plain class and id selectors that a style sheet hides outright.

    Rules inside `@media` and the like hold only sometimes and are passed over, and so is a
    selector that another rule shows again.
    """
    off: set[str] = set()
    on: set[str] = set()
    for selectors, body in rules_in(without_conditions(style_sheet)):
        shown = re.search(r"display\s*:\s*(?!none)\w", body, re.I)
        goal = off if any(pattern.search(body) for pattern in _OUTRIGHT) else on
        if goal is on and not shown:
            continue
        goal.update(
            s.strip() for s in selectors.split(",") if _SIMPLE_SELECTOR.fullmatch(s.strip())
        )
    return frozenset(off - on)


def rules_in(style_sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the body of each rule; a pattern would be slow where none is."""
    for part in style_sheet.split("}"):
        before, opened, body = part.rpartition("{")
        selectors = before.rpartition(";")[2]
        if opened and "@" not in selectors:
            yield selectors, body


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
