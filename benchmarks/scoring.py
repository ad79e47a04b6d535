"""How labels and observations are paired and scored.

A label and an observation are paired where their numbers agree within half a percent; each level
asks for more fields to be right. Posts and content count as one: the press uses them for one
another.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.model.schema import Observation
from analysis.model.tables import format_cell
from benchmarks.labelled import Case

THING = ("platform", "item", "measure")
LEVELS: Mapping[str, tuple[str, ...]] = {
    "value": (),
    "platform and item": THING,
    "action": (*THING, "action"),
    "period": (*THING, "period_start", "period_end"),
    "all": (*THING, "action", "actor", "bound", "per", "period_start", "period_end"),
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    "platform": ("platform",),
    "item": ("item", "measure"),
    "action": ("action",),
    "actor": ("actor",),
    "policy": ("policy",),
    "bound": ("bound",),
    "period": ("period_start", "period_end"),
    "rate": ("per",),
    "cumulative": ("cumulative",),
}
TOLERANCE = 0.005
DEFAULTS = {"actor": "platform", "per": "", "cumulative": False}
SAME = {"posts": "content"}


def close(left: float | None, right: float | None) -> bool:
    """Say whether two numbers agree within half a percent; unknown agrees with unknown."""
    if left is None or right is None:
        return left is right
    return abs(left - right) <= TOLERANCE * max(abs(left), abs(right))


def _words(value: Any) -> str:
    text = format_cell(value)
    return SAME.get(text, text)


def agree(label: Mapping[str, Any], row: Observation, names: Iterable[str]) -> bool:
    """Say whether an observation has a label's number and the named fields."""
    if label.get("value") is not None:
        same = close(label["value"], row.value)
    else:
        same = close(label.get("low"), row.low) and close(label.get("high"), row.high)
    return same and all(
        _words(getattr(row, name)) == _words(label.get(name) or DEFAULTS.get(name, ""))
        for name in names
    )


def pair(case: Case, names: Sequence[str]) -> dict[int, int]:
    """Return a largest one-to-one matching of labels to observations."""
    edges = [
        [j for j, row in enumerate(case.found) if agree(label, row, names)] for label in case.labels
    ]
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in owner or place(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in range(len(edges)):
        place(i, set())
    return {i: j for j, i in owner.items()}


def score(cases: Sequence[Case], names: Sequence[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over cases."""
    hits = sum(len(pair(case, names)) for case in cases)
    found, labels = sum(len(c.found) for c in cases), sum(len(c.labels) for c in cases)
    precision, recall = hits / found if found else 0.0, hits / labels if labels else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0
