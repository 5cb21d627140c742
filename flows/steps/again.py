"""reprocess: archived pages read again with today's extractor, without a request. What they say is loaded like a night's."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from sqlite3 import Row
from typing import Any

from flows.steps import evening
from flows.steps.keeping import load_waiting, warehouse_of
from flows.steps.night import Night, only_one
from flows.steps.reading import (
    BATCH_PAGES,
    Kept,
    ReadResult,
    hash_together,
    keep,
    read_side_by_side,
    readers,
    write_batch,
)
from flows.steps.understanding import understand_all
from warehouse.ops import Ops
from warehouse.records import LIMA, Outcome


def run_again(night: Night, since: date, source_id: str | None) -> dict[str, Any]:
    """Read again every page fetched since a day in Lima, of one source or all, and publish what came of it."""
    with only_one(night.home, "nightly"):
        night.report["read_again"] = read_again(night, since, source_id)
        night.report["documents"], night.report["model"] = understand_all(night)
        with warehouse_of(night) as con:
            load_waiting(night, con)
            evening.join(night, con, reason="model")
            evening.show(night, con)
    return night.report


def read_again(night: Night, since: date, source_id: str | None) -> dict[str, int]:
    """Read pages again into batches; returns how many gave the same text, another, a first one, or none any more.

    A page that gives nothing now keeps the document it gave before: a reader that got worse must not empty the warehouse.
    """
    counts: dict[str, int] = {}
    start = datetime.combine(since, time.min, LIMA).astimezone(UTC).isoformat()
    with night.ops() as ops:
        rows = ops.rows("to_read_again", start, source_id, source_id)
        with readers(night, len(rows)) as pool, night.reporter.bar("reading pages again", len(rows)) as bar:
            for at in range(0, len(rows), BATCH_PAGES):
                part = rows[at : at + BATCH_PAGES]
                kept: list[Kept] = []
                read: list[tuple[str, Outcome, list[str], str]] = []
                for row, result in zip(part, read_side_by_side(night, pool, part), strict=True):
                    what = _compare(ops, row, result)
                    counts[what] = counts.get(what, 0) + 1
                    if what in {"same", "changed", "first"}:
                        kept.append(keep(night, row, result))
                        ids = [d.id for d in result.documents]
                        outcome = Outcome.NEW if what == "first" else Outcome(row["outcome"])
                        read.append((row["canonical_url"], outcome, ids, hash_together(result.documents)))
                write_batch(night, f"{at // BATCH_PAGES:03d}", kept)
                ops.record_again(read)
                bar.advance(len(part))
    return counts


def _compare(ops: Ops, row: Row, result: ReadResult) -> str:
    """What a new reading is beside the last one of the same bytes."""
    before = json.loads(row["document_ids"] or "[]")
    if not result.documents:
        return "no_longer_read" if before else "still_not_read"
    text_hash = hash_together(result.documents)
    if before:
        return "same" if row["text_hash"] == text_hash else "changed"
    is_twin = ops.rows("same_text", text_hash, row["canonical_url"], row["source_id"])
    return "twin" if is_twin else "first"
