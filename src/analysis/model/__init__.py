"""The ground: records, errors, calendar arithmetic, vocabularies, folders. It imports no wing."""
