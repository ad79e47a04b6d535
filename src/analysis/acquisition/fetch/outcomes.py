"""How a fetch can end: the closed set of ``outcomes.csv``, and the error that carries one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analysis.model.datafiles import load_rows
from analysis.model.errors import FetchError, FetchRefused

REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way for a fetch to end: its name, what kind it is, and what to do about it."""

    name: str
    kind: str
    retried: bool
    meaning: str
    advice: str


@cache
def outcomes() -> Mapping[str, Outcome]:
    """Return every outcome by its name."""
    return {
        row["outcome"]: Outcome(
            row["outcome"], row["kind"], row["retry"] == "yes", row["meaning"], row["advice"]
        )
        for row in load_rows("analysis.acquisition.fetch", "outcomes.csv")
    }


def failure(outcome: str, reason: str) -> FetchError:
    """Return the error of an outcome: the reason, and what can be done about it."""
    known = outcomes()[outcome]
    message = f"{reason}; {known.advice}" if known.advice else reason
    if known.kind == REFUSED:
        return FetchRefused(message, outcome)
    return FetchError(message, outcome)


STATUSES: Mapping[int, str] = {
    401: "login_required",
    402: "payment_required",
    403: "forbidden",
    404: "not_found",
    407: "client_error",
    410: "gone",
    429: "rate_limited",
    451: "blocked_legally",
    503: "unavailable",
}


def of_status(status: int) -> str:
    """Return the outcome of a status that is neither 200 nor a redirect.

    >>> of_status(404), of_status(418), of_status(502), of_status(206), of_status(999)
    ('not_found', 'client_error', 'server_error', 'unexpected_status', 'unexpected_status')
    """
    if status in STATUSES:
        return STATUSES[status]
    if 400 <= status < 500:
        return "client_error"
    return "server_error" if 500 <= status < 600 else "unexpected_status"
