"""How much of a document is read."""

TITLE_CHARS = 2_000  # code points; a longer title is a page read wrong
