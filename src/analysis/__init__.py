"""The sourced record of what online platforms remove."""

__version__ = "0.1.0"
