"""From an address to bytes: the only room that opens a socket."""

from analysis.acquisition.fetch.client import SIZE_LIMIT, get

__all__ = ["SIZE_LIMIT", "get"]
