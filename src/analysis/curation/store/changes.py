"""What changed between two builds, in the words of the record."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

from analysis.model.schema import Observation
from analysis.model.tables import format_cell

WHERE = ("snapshot_id", "locator", "reader")
SAID = (
    "value", "low", "high", "bound", "known_from", "known_to", "status", "note", "quote",
)  # fmt: skip
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Changes:
    """Observations that came, went, or say something else than at the last build."""

    first: bool
    added: tuple[Observation, ...]
    removed: tuple[Observation, ...]
    changed: tuple[tuple[Observation, Observation], ...]

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(self.added or self.removed or self.changed)


def _said(row: Observation) -> tuple[str, ...]:
    return tuple(format_cell(getattr(row, f.name)) for f in fields(row) if f.name not in WHERE)


def _subject(row: Observation) -> tuple[str, ...]:
    names = [f.name for f in fields(row) if f.name not in (*WHERE, *SAID)]
    return tuple(format_cell(getattr(row, name)) for name in names)


def compare(before: Sequence[Observation] | None, after: Sequence[Observation]) -> Changes:
    """Return what changed; `before` is None at the first build.

    A row that only moved in its table is not a change. A row with the same subject (service, act,
    item, period, edition ...) that says something else is one change, not a coming and a going.
    """
    if before is None:
        return Changes(True, tuple(after), (), ())
    had, has = Counter(map(_said, before)), Counter(map(_said, after))
    removed = _beyond(before, has)
    added = _beyond(after, had)
    changed = []
    by_subject: dict[tuple[str, ...], list[Observation]] = {}
    for row in removed:
        by_subject.setdefault(_subject(row), []).append(row)
    came = []
    for row in added:
        rivals = by_subject.get(_subject(row))
        if rivals:
            changed.append((rivals.pop(0), row))
        else:
            came.append(row)
    gone = tuple(row for rows in by_subject.values() for row in rows)
    return Changes(False, tuple(came), gone, tuple(changed))


def _beyond(rows: Sequence[Observation], known: Counter[tuple[str, ...]]) -> list[Observation]:
    left = known.copy()
    beyond = []
    for row in rows:
        said = _said(row)
        if left[said] > 0:
            left[said] -= 1
        else:
            beyond.append(row)
    return beyond


def describe(row: Observation) -> str:
    """Return an observation in one line."""
    days = f"{format_cell(row.period_start)}..{format_cell(row.period_end)}"
    subject = f"{row.platform} {row.policy} {row.action} {row.item} {row.measure}"
    return f"{subject} {days}: {value_words(row)}"


def report(changes: Changes) -> list[str]:
    """Return the lines that tell a person what changed."""
    if changes.first:
        return [f"first build: {len(changes.added):,} observations"]
    if not changes.any:
        return ["no observation changed since the last build"]
    lines = [
        f"since the last build: {len(changes.added):,} observations came, "
        f"{len(changes.removed):,} went, {len(changes.changed):,} say something else"
    ]
    lines += _shown([f"changed  {describe(a)} -> {difference(a, b)}" for a, b in changes.changed])
    lines += _shown([f"came     {describe(row)}" for row in changes.added])
    return lines + _shown([f"went     {describe(row)}" for row in changes.removed])


def _shown(lines: Sequence[str]) -> list[str]:
    more = [f"  ... and {len(lines) - SHOWN:,} more"] if len(lines) > SHOWN else []
    return [*(f"  {line}" for line in lines[:SHOWN]), *more]


def difference(before: Observation, after: Observation) -> str:
    """Return the new number, or, where the number stood, the fields that say something else."""
    if value_words(before) != value_words(after):
        return value_words(after)
    differing = [n for n in SAID if getattr(before, n) != getattr(after, n)]
    return f"another {', '.join(differing)}"


def value_words(row: Observation) -> str:
    """Return the number of an observation, or its interval."""
    return format_cell(row.value) or f"{format_cell(row.low)}-{format_cell(row.high)}"
