"""Taking judgements in: out of the inbox, into the journal, into the warehouse, each once.

What a judgement is of is noted so that it is known again after reprocessing: a label by the hash of the text, an event by
its mentions (document, type and evidence). The journal has it before the warehouse does; ``reviews.jsonl`` holds a line each:
the columns of ``reviews``, and ``anchors`` with those of ``review_anchors``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse import journal
from warehouse.ops import Ops
from warehouse.reviews.holding import hold
from warehouse.reviews.inbox import Waiting, settle, waiting
from warehouse.sqlfiles import statements

SQL = statements("reviews")
JOURNAL = "reviews.jsonl"
RULING = frozenset({"merge", "split"})


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of the inbox; ``refused`` holds (review id, why)."""

    taken: int
    refused: list[tuple[str, str]]


class _GoneError(Exception):
    """What was judged is there no more."""


def take_in(con: duckdb.DuckDBPyConnection, ops: Ops, journal_folder: Path) -> Taken:
    """Take in what waits, and hold the tables to it; events are to be linked afterwards.

    Args:
        con: the warehouse's writer.
        ops: whose inbox.
        journal_folder: where the journal lies.
    """
    con.execute(SQL["evidence_hash"])
    records: list[dict[str, Any]] = []
    outcomes: list[tuple[str, str | None]] = []
    for item in waiting(ops):
        try:
            if not _value(con, "is_known", review_id=item.review_id):
                records.append(_record(con, item))
            outcomes.append((item.review_id, None))
        except _GoneError as error:
            outcomes.append((item.review_id, str(error)))
    for record in records:
        journal.append(journal_folder / JOURNAL, record)
    con.execute("BEGIN")
    try:
        insert(con, records)
        hold(con, _documents(records), _documents(r for r in records if r["verdict"] in RULING))
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")
    for review_id, refusal in outcomes:
        settle(ops, review_id, refusal)
    return Taken(len(records), [(i, why) for i, why in outcomes if why])


def insert(con: duckdb.DuckDBPyConnection, records: Iterable[dict[str, Any]]) -> None:
    """Write judgements, as the journal has them, unless they are there."""
    for record in records:
        review = {k: v for k, v in record.items() if k != "anchors"}
        con.execute(SQL["insert_review"], {"review": review})
        con.execute(SQL["insert_anchors"], {"review_id": record["review_id"], "anchors": record["anchors"]})


def without_pages(record: dict[str, Any], gone: Collection[str]) -> dict[str, Any] | None:
    """A judgement, as the journal has it, once pages were forgotten: of an event without them and without its note.

    Args:
        record: the judgement.
        gone: the pages, as tombstones name them.

    Returns:
        None: it was of such a page.
    """
    if _page_of(record) in gone:
        return None
    anchors = [anchor for anchor in record["anchors"] if _page_of(anchor) not in gone]
    return record if len(anchors) == len(record["anchors"]) else {**record, "anchors": anchors, "note": None}


def _page_of(part: dict[str, Any]) -> str:
    return (part["document_id"] or "").partition("-")[0]


def _record(con: duckdb.DuckDBPyConnection, item: Waiting) -> dict[str, Any]:
    said = item.proposal
    head = {"review_id": item.review_id, "reviewed_at": item.proposed_at.isoformat(), **asdict(said)}
    if said.event_id is None:
        text_hash = _value(con, "text_hash", document_id=said.document_id)
        if text_hash is None:
            raise _GoneError("the document is gone")
        return {**head, "text_hash": text_hash, "anchors": []}
    anchors = _anchors(con, said.event_id, said.document_id)
    if said.verdict == "merge":
        anchors = [("this", *a[1:]) for a in anchors]
        anchors += [("other", *a[1:]) for a in _anchors(con, said.other_id, None)]
    elif said.verdict == "split":
        if {a[0] for a in anchors} != {"this", "other"}:
            raise _GoneError("the document is not one of several that tell the event")
    else:
        anchors = [("this", *a[1:]) for a in anchors]
    names = ("side", "document_id", "type", "evidence_hash")
    return {**head, "text_hash": None, "anchors": [dict(zip(names, a, strict=True)) for a in anchors]}


def _anchors(
    con: duckdb.DuckDBPyConnection, event_id: str | None, split_off: str | None
) -> list[tuple[str, str, str, str]]:
    """(side, document, type, evidence hash) of an event's mentions, as the event is called now."""
    now = _value(con, "event_now", event_id=event_id)
    rows = con.execute(SQL["anchors"], {"event_id": now, "document_id": split_off}).fetchall()
    if not rows:
        raise _GoneError(f"event {event_id} is gone")
    return [("this" if is_split_off else "other", *rest) for *rest, is_split_off in rows]  # type: ignore[misc]


def _documents(records: Iterable[dict[str, Any]]) -> list[str]:
    return sorted({part["document_id"] for r in records for part in (r, *r["anchors"]) if part["document_id"]})


def _value(con: duckdb.DuckDBPyConnection, name: str, **values: Any) -> Any:
    row = con.execute(SQL[name], values).fetchone()
    return row[0] if row else None
