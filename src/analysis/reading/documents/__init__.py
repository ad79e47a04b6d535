"""Bytes of an article or report to a `Document`: text with stable offsets, and facts about it."""

from analysis.reading.documents.reader import Limits, read_document

__all__ = ["Limits", "read_document"]
