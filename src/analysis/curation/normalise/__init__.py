"""From what sources say to observations: words become keys, wordings become intervals."""
