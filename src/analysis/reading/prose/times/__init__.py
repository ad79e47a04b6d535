"""Times as a language names them, and the days that they are."""
