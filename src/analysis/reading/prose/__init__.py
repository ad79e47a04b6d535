"""Prose to mentions: amounts, periods and roles, with grammar and vocabulary as data per language."""
