"""From an address to bytes that we keep: fetch and archive."""
