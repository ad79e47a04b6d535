"""From what sources say to the record: normalise and store."""
