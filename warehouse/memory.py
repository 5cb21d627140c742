"""What pages cannot give back: which event each telling belongs to, and all that was ever said and unsaid of events.

It goes into the journal before a file is published, so that whatever a reader may have seen outlives the warehouse; and it
comes back into a warehouse that is made anew, before pages are read again. Files: ``event_ids.jsonl`` (document, happening,
event, said_at; the newest line counts), ``ledger.jsonl``, ``versions.jsonl``, ``redirects.jsonl`` (rows of the tables ``event_changes``,
``event_versions``, ``event_redirects``); ``forgotten.jsonl`` names what must not come back. Reviews and mail are journalled where they are made (``reviews.taking``, ``outbox``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse import journal
from warehouse.forgetting import drop_addresses, drop_pages, events_told
from warehouse.ops import Ops
from warehouse.records import LIMA
from warehouse.reviews.taking import JOURNAL as REVIEWS
from warehouse.reviews.taking import insert as insert_reviews
from warehouse.reviews.taking import without_pages
from warehouse.sqlfiles import statements

SQL = statements("memory")
BY_TIME = ("ledger", "versions", "redirects")
EVENT_IDS = "event_ids"
FORGETTING = ("end_redirects_to_lost", "redirect_lost", "ledger_lost", "version_lost")


@dataclass(frozen=True, slots=True)
class Recalled:
    """What the journal gave back."""

    changes: int
    versions: int
    redirects: int
    tellings: int
    reviews: int


def remember(con: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Write into the journal what is new since the last time, on the disk when this returns; returns how many lines."""
    lines = 0
    for name in BY_TIME:
        row = con.execute(SQL["mark"], {"name": name}).fetchone()
        rows = con.execute(SQL[name], {"since": row[0] if row else None}).fetchall()
        if rows:
            journal.append_lines(folder / f"{name}.jsonl", [line for line, _ in rows])
            _mark(con, name, rows[-1][1])
        lines += len(rows)
    con.execute(SQL["stage_event_ids"])
    rows = con.execute(SQL[EVENT_IDS]).fetchall()
    if rows:
        journal.append_lines(folder / f"{EVENT_IDS}.jsonl", [line for (line,) in rows])
        con.execute(SQL["drop_noted"])
    return lines + len(rows)


def recall(con: duckdb.DuckDBPyConnection, folder: Path) -> Recalled:
    """Give a warehouse back what the journal holds and it lacks; nothing that it holds is changed.

    Tellings are given for documents that it does not hold: they are linked when their pages are read again.
    """
    before = _sizes(con)
    con.execute("BEGIN")
    try:
        for name in ("forgotten", *BY_TIME, EVENT_IDS):
            path = folder / f"{name}.jsonl"
            if path.exists() and path.stat().st_size:
                con.execute(SQL[f"recall_{name}"], {"path": str(path)})
        gone = {row[0] for row in con.execute(SQL["forgotten"]).fetchall()}
        kept = (without_pages(record, gone) for record in journal.read(folder / REVIEWS))
        insert_reviews(con, (record for record in kept if record))
        con.execute(SQL["recall_marks"])
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")
    return Recalled(*(now - was for now, was in zip(_sizes(con), before, strict=True)))


def forget_again(con: duckdb.DuckDBPyConnection, ops: Ops) -> int:
    """Take out of a warehouse and a state of before what has been forgotten since; returns how many documents went."""
    pages = con.execute(SQL["forgotten_pages"]).fetchall()
    buried = [row[0] for row in con.execute(SQL["forgotten"]).fetchall()]
    told = events_told(con, [document_id for document_id, _, _ in pages])
    drop_addresses(ops, buried, sorted({address for _, *addresses in pages for address in addresses}), told)
    if pages:
        drop_pages(con, [document_id for document_id, _, _ in pages])
    return len(pages)


def settle_lost(con: duckdb.DuckDBPyConnection) -> int:
    """Once all pages are read again: an event that none of them tells any more is retracted, so that its id still resolves."""
    at = datetime.now(UTC)
    con.execute("BEGIN")
    try:
        con.execute(SQL["note_ghosts"])
        con.execute(SQL["drop_ghosts"])
        con.execute(SQL["lost_ids"])
        row = con.execute(SQL["count_lost"]).fetchone()
        for name in FORGETTING:
            values = {"at": at, "on": at.astimezone(LIMA).date()}
            con.execute(SQL[name], {k: v for k, v in values.items() if f"${k}" in SQL[name]})
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")
    return row[0] if row else 0


def _mark(con: duckdb.DuckDBPyConnection, name: str, at: datetime) -> None:
    con.execute("BEGIN")
    con.execute(SQL["drop_mark"], {"name": name})
    con.execute(SQL["set_mark"], {"name": name, "at": at})
    con.execute("COMMIT")


def _sizes(con: duckdb.DuckDBPyConnection) -> list[int]:
    row = con.execute(SQL["sizes"]).fetchone()
    assert row is not None
    return list(row)
