"""From bytes to what they say: documents, prose, and tables of published facts."""
