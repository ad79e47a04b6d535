"""Tables of published facts to records. One module a format."""
