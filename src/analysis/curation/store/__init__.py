"""The processed record: records to files, written whole or not at all, read back, and compared."""
