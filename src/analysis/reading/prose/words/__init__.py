"""The text itself: its tokens, letters and sentences."""
