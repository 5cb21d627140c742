"""What deserves a person's look first: the least certain labels, the events that weigh most, judgements that lost their page.

The rules are the view ``review_queue`` of the published file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import duckdb

from warehouse.query import ask
from warehouse.sqlfiles import statements

SQL = statements("review_queue")


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing to look at; ``why`` is one of the view's words for it, ``weight`` what it is ordered by."""

    kind: Literal["label", "event", "orphan"]
    why: str
    weight: float
    document_id: str | None
    event_id: str | None
    axis: str | None
    label: str | None
    probability: float | None
    review_id: str | None
    title: str | None
    url: str | None


def queue(published: duckdb.DuckDBPyConnection, most: int = 100) -> list[QueueItem]:
    """The weightiest first."""
    return [QueueItem(*row) for row in ask(published, SQL["queue"], {"most": most}).rows]
