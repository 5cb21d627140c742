"""Backfill: WARC files of any origin into the warehouse, one file a piece of work, by the night's own reading."""
