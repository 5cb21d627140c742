"""Judged documents as training rows, in the corpus's form. Not here: which rows a training takes (``models/corpus``).

A row carries the labels as they stand after review; ``judged`` names those a person has looked at, the others are the
model's own. What a person took away stands in ``hard``, where the training looks for what misleads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from warehouse.sqlfiles import statements

SQL = statements("reviews")


def training_rows(con: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    """Rows of documents of which a label was judged; they hold the full, unmasked text."""
    for document_id, source_id, language, day, title, text, sectors, events, judged in con.execute(
        SQL["judged_documents"]
    ).fetchall():
        yield {
            "id": document_id,
            "story": document_id,
            "outlet": source_id,
            "register": "review",
            "lang": language or "es",
            "published": day.isoformat() if day else None,
            "title": title,
            "text": text,
            "sectors": sectors or [],
            "events": events or [],
            "mentions": [],
            "hard": [f"{j['label']}: review" for j in judged if j["verdict"] == "remove"],
            "judged": [f"{j['axis']}: {j['label']}" for j in judged],
        }
