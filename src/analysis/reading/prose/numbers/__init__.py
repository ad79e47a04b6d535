"""Numbers as a language writes them, each with the interval that its writing allows."""
