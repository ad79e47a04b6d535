"""Moderation figures: which number of a text is one, and who did what to what, when."""
