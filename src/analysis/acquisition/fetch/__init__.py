"""From an address to bytes: the only room that opens a socket."""

from analysis.acquisition.fetch.client import SIZE_LIMIT, Fetched, Limits, Manners, fetch, get
from analysis.acquisition.fetch.outcomes import Outcome, outcomes

__all__ = ["SIZE_LIMIT", "Fetched", "Limits", "Manners", "Outcome", "fetch", "get", "outcomes"]
