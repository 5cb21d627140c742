"""What the index holds of a document, and how its words are folded.

A word is lowered, loses its accents, and is cut to its Spanish stem: ``Extorsión``, ``extorsiones`` and ``EXTORSION`` are
one. Accents go before the stem is taken: people type without them, and both forms must end in the same stem.
"""

from __future__ import annotations

from datetime import date

import tantivy

VERSION = 3  # raise it when anything below changes: an index of another version is made anew
SPANISH = "spanish"
LONGEST_WORD = 60
TITLE_WEIGHT = 2.0  # a word in the title says more of what a page is about
UNDATED = 0  # days count from 1


def make_schema() -> tantivy.Schema:
    """Fields: the document's id and source as they are, its key (``document_filters`` of the published file), the fingerprint of what was indexed, its day, its masked title and text."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("document_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("source_id", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("fingerprint", fast=True)
    builder.add_unsigned_field("day", indexed=True, fast=True)
    builder.add_text_field("title", stored=True, tokenizer_name=SPANISH)
    builder.add_text_field("text", stored=True, tokenizer_name=SPANISH)
    return builder.build()


def make_analyzer() -> tantivy.TextAnalyzer:
    """How a text becomes words."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(LONGEST_WORD))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stopword(SPANISH))
        .filter(tantivy.Filter.stemmer(SPANISH))
        .build()
    )


def day_number(day: date | None) -> int:
    """A day as the index counts it."""
    return UNDATED if day is None else day.toordinal()
