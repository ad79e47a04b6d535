"""From the record to a page: charts, narrative, displays, rendering."""
