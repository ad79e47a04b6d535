"""Prose to mentions: amounts, periods and roles; grammar and words are data, per language."""
