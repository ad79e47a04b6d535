"""What is different in a source since it was last kept, told in one line."""

import difflib
import re

TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.I | re.S)
NUMBER = re.compile(r"\d[\d.,\u00a0\u202f]*\d|\d")
SHOWN = 5
MOST_LINES = 5_000


def tell_changes(old: bytes, new: bytes) -> str:
    r"""Say what changed between two editions of a page: its size, its lines, its numbers.

    >>> tell_changes(b"<p>Removed 1.9 million</p>", b"<p>Removed 2.1 million</p>")
    '26 bytes, 26 before; 1 line new, 1 gone; numbers new: 2.1; gone: 1.9'
    """
    said = [f"{len(new):,} bytes, {len(old):,} before"]
    before, after = _lines(old), _lines(new)
    if before is None or after is None:
        return said[0]
    if max(len(before), len(after)) <= MOST_LINES:
        matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
        gone = added = 0
        for kind, i, j, k, n in matcher.get_opcodes():
            if kind != "equal":
                gone, added = gone + j - i, added + n - k
        said.append(f"{added} line{'s' * (added != 1)} new, {gone} gone")
    numbers = [set(NUMBER.findall(" ".join(lines))) for lines in (before, after)]
    told = [
        f"{name}: {_some(found)}"
        for name, found in (("new", numbers[1] - numbers[0]), ("gone", numbers[0] - numbers[1]))
        if found
    ]
    if told:
        said.append("numbers " + "; ".join(told))
    return "; ".join(said)


def _lines(body: bytes) -> list[str] | None:
    """Return the lines of text without tags, None for what is no text."""
    if b"\0" in body[:4096]:
        return None
    text = TAGS.sub("\n", body.decode("utf-8", "replace"))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]


def _some(numbers: set[str]) -> str:
    listed = sorted(numbers, key=lambda n: (-len(n), n))
    more = f" and {len(listed) - SHOWN} more" if len(listed) > SHOWN else ""
    return ", ".join(listed[:SHOWN]) + more
