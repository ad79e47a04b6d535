"""Editions of one page or post: what it was seen to say, when, and which of it counts today.

A source that was fetched more than once can say something else the next time. Each wording is an
edition, and all are kept: the one seen last stands, the others are dated as a restated value of a
report is, by ``known_from`` and ``known_to``.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analysis.model.schema import Observation

DAY = 10  # characters of a day in ISO 8601
UNKNOWN = "an unknown day"


@dataclass(frozen=True, slots=True)
class Sighting:
    """That a source was seen to say something: at a time (ISO 8601, empty for unknown), what."""

    at: str
    says: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One wording of a source, of the number that it has among them in the order of their coming.

    ``seen`` are the times at which it was seen; ``followed`` is when the one after it was first
    seen, empty while this one stands; ``came_back`` says that another was seen in between.
    """

    says: str
    number: int
    seen: tuple[str, ...]
    followed: str = ""
    stands: bool = True
    came_back: bool = False

    @property
    def first_seen(self) -> dt.date | None:
        """First day on which it was seen, None for unknown."""
        return day_of(self.seen[0])

    @property
    def last_seen(self) -> dt.date | None:
        """Last day on which it was seen, None for unknown."""
        return day_of(self.seen[-1])

    @property
    def name(self) -> str:
        """How the edition is named: the first has no name of its own, a later one its day."""
        return f"as seen {first_words(self.seen)}" if self.number > 1 else ""

    @property
    def words(self) -> str:
        """The days on which it was seen, and on which something else was."""
        first, last = first_words(self.seen), (self.seen[-1][:DAY] or UNKNOWN)
        said = f"seen {first}" + (f" to {last}" if last != first else "")
        if self.stands:
            return f"{said}, with another wording in between" if self.came_back else said
        return f"{said}; said otherwise on {self.followed[:DAY] or UNKNOWN}"


def first_words(seen: Sequence[str]) -> str:
    """Return the first day of some times in words."""
    return seen[0][:DAY] or UNKNOWN


def day_of(time: str) -> dt.date | None:
    """Return the day of a time in ISO 8601, None for an unknown one."""
    return dt.date.fromisoformat(time[:DAY]) if time else None


def editions_of(sightings: Iterable[Sighting]) -> list[Edition]:
    """Return the editions of a source from its sightings in the order in which they were made.

    A wording that came back is one edition: it stands again, and the one between was followed.
    """
    ordered = list(sightings)
    wordings = list(dict.fromkeys(sighting.says for sighting in ordered))
    found = []
    for number, says in enumerate(wordings, 1):
        places = [n for n, sighting in enumerate(ordered) if sighting.says == says]
        after = ordered[places[-1] + 1 :]
        found.append(
            Edition(
                says=says,
                number=number,
                seen=tuple(ordered[n].at for n in places),
                followed=after[0].at if after else "",
                stands=not after,
                came_back=places[-1] - places[0] >= len(places),
            )
        )
    return found


def date_rows(
    rows: Iterable[Observation], edition: Edition, *, altered: bool = False, note: str = ""
) -> tuple[Observation, ...]:
    """Return the observations of an edition with the days on which it stood.

    `altered` says that the first edition had been edited when it was first seen, so that it is not
    known to have stood from its publication on. `note` goes to each row.
    """
    first = edition.number == 1 and not altered
    dated = []
    for row in rows:
        since = row.known_from if first else edition.first_seen
        until = None if edition.stands else _last_day(edition, since)
        said = "; ".join(part for part in (row.note, note) if part)
        named = row.edition or edition.name
        dated.append(replace(row, known_from=since, known_to=until, edition=named, note=said))
    return tuple(dated)


def _last_day(edition: Edition, since: dt.date | None) -> dt.date | None:
    """Return the day before the next edition was seen: on a day with two the newer one counts.

    Between two looks at a source nobody knows on which day it changed: as with restated values of
    a report, the older one is taken to have stood until the newer was seen. One that came and went
    within a day has that day alone, which it then shares with the next.
    """
    followed = day_of(edition.followed)
    before = followed - dt.timedelta(days=1) if followed else edition.last_seen
    return max((day for day in (before, since) if day), default=None)
