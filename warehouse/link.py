"""Mentions into events, every night: what was loaded is told apart or together, ids are kept, the ledger says what changed.

Belongs here: linking within the warehouse. Not here: whether tellings are one happening (``linking``), nor reading them
(models). A night reads the documents that were loaded, those that share a key with them within a few weeks, and what hangs
together with these; never the whole past.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb

from warehouse.linking.frames import Frames, Key
from warehouse.linking.grouping import REACH_DAYS, connected, cut, keys_of, likely_pairs
from warehouse.linking.identity import Placed, place
from warehouse.linking.lines import LIMA
from warehouse.linking.telling import Telling, signature_of, tellings_of
from warehouse.reviews.holding import TIED, Ruling, ruled_pairs, rulings
from warehouse.sqlfiles import statements
from warehouse.turns import in_turn

SQL = statements("link") | statements("reviews")
RETRACTING = (
    "retract", "redirect_to_retracted", "ledger_retracted", "version_ended", "drop_empty_types", "drop_empty_sectors", "drop_empty",
)  # fmt: skip
RESTORING = ("restored", "redirect_restored", "ledger_restored")
CONSOLIDATING = (
    "announced", "consolidate", "fields", "set_counts", "set_date", "set_place", "set_primary_type", "ledger", "ledger_corrected",
    "drop_former_events", "insert_events", "drop_event_types", "insert_event_types", "drop_set_types", "insert_set_types",
    "drop_event_sectors", "insert_event_sectors", "drop_set_sectors", "insert_set_sectors", "drop_fields", "insert_fields", "insert_versions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linked:
    """What a night's linking did."""

    tellings: int
    new_events: int
    joined: int
    retracted: int
    merged: int = 0
    split: int = 0


@dataclass(frozen=True, slots=True)
class _Night:
    """One linking: its connection, what the ledger says of it, its types in order."""

    con: duckdb.DuckDBPyConnection
    frames: Frames
    values: dict[str, Any]

    def run(self, name: str, **more: Any) -> duckdb.DuckDBPyConnection:
        sql = SQL[name]
        values = {k: v for k, v in (self.values | more).items() if f"${k}" in sql}
        return self.con.execute(sql, values or None)


def link(
    con: duckdb.DuckDBPyConnection,
    run_id: str,
    type_order: Sequence[str],
    reason: str = "report",
    at: datetime | None = None,
) -> Linked:
    """Link the mentions of documents that were loaded or changed since the last time, in one transaction.

    Args:
        con: the warehouse's writer.
        run_id: names the ledger's rows.
        type_order: event types, the most telling first; the first an event has is its primary type.
        reason: of the changes, for the ledger: report, review or model.
        at: when this is said; now when absent.
    """
    at = at or datetime.now(UTC)
    values = {"run": run_id, "reason": reason, "types": list(type_order), "at": at, "on": at.astimezone(LIMA).date()}

    def work() -> Linked:
        with Frames(con) as frames:
            return _link(_Night(con, frames, values))

    return in_turn(con, work)


def _link(night: _Night) -> Linked:
    pending = [row[0] for row in night.run("pending").fetchall()]
    told = {t.key: t for t in _read(night, pending)}
    before = {(d, h): (signature, event) for d, h, signature, event in night.run("told_before").fetchall()}
    changed = {k: t for k, t in told.items() if k not in before or before[k][0] != signature_of(t)}
    gone = [k for k in before if k not in told]
    touched = {event for _, event in before.values()} | {row[0] for row in night.run("dirty").fetchall()}
    said = rulings(night.con)
    part = _part(night, changed, gone, said)
    former = {(d, h): (signature, event, first) for d, h, signature, event, first in night.run("events_of").fetchall()}
    night.frames.tellings("gone", gone)
    night.run("drop_tellings")
    pairs = [((a, i), (b, j)) for a, i, b, j in night.run("links_within").fetchall()]
    ruled = ruled_pairs(said, part.values())
    groups = [g for keys in connected(part, pairs) for g in cut([part[k] for k in keys], ruled)]
    placed = place(groups, {k: (event, first) for k, (_, event, first) in former.items()}, _taken(night))
    _write(night, placed, gone, {k: signature for k, (signature, *_) in former.items()})
    touched |= placed.touched
    night.frames.events("touched", sorted(touched))
    retracted = _clear(night)
    _consolidate(night)
    for name in RESTORING:
        night.run(name)
    night.run("clear_pending")
    night.run("clear_dirty")
    fresh = [k for k in changed if k not in before]
    return Linked(
        len(changed), len(placed.created), len(fresh) - min(len(fresh), len(placed.created)), retracted, len(placed.merged), len(placed.split)
    )  # fmt: skip


def _read(night: _Night, document_ids: Sequence[str]) -> list[Telling]:
    """Tellings of documents, from the tables."""
    night.frames.documents(document_ids)
    night.run("name_mentions")
    of: dict[str, list[dict[str, Any]]] = {}
    for row in night.frames.rows(night.run("pending_mentions")):
        of.setdefault(row["document_id"], []).append(row)
    return [
        telling
        for document_id, title, text, published_on, minhash in night.run("documents").fetchall()
        if document_id in of
        for telling in tellings_of(document_id, title, text, published_on, minhash, of[document_id])
    ]


def _part(
    night: _Night, changed: dict[Key, Telling], gone: Sequence[Key], said: Sequence[Ruling]
) -> dict[Key, Telling]:
    """What hangs together with the tellings that came, changed or went: all that may have to be grouped anew."""
    night.frames.tellings("changed", [*changed, *gone])
    start = set(changed) | {(d, h) for d, h in night.run("neighbours").fetchall()} - set(gone)
    night.run("drop_links")
    night.run("drop_keys")
    keys = [(key, t.anchor, *t.key) for t in changed.values() for key in sorted(keys_of(t))]
    night.frames.keys(keys)
    near = [k for k in _found(night, changed) if k not in changed]
    part = dict(changed) | _told(night, near)
    fresh = sorted(changed.values(), key=lambda t: t.key)
    known = sorted((t for k, t in part.items() if k not in changed), key=lambda t: t.key)
    links = [(*a.key, *b.key, points) for a, b, points in likely_pairs(fresh, known)]
    links += _tied(night, changed, said)
    night.run("insert_keys")
    night.frames.links(links)
    night.run("insert_links")
    night.frames.tellings("start", sorted(start))
    together = {(d, h) for d, h in night.run("hanging_together").fetchall()}
    part |= _told(night, [k for k in sorted(together) if k not in part])
    night.frames.tellings("part", sorted(together))
    return {k: part[k] for k in sorted(together)}


def _tied(night: _Night, changed: dict[Key, Telling], said: Sequence[Ruling]) -> list[tuple[str, int, str, int, float]]:
    """Links of a telling that came or changed with those that a person tied it to."""
    documents = {document for document, _ in changed}
    touched = [r for r in said if r[0] in documents or r[2] in documents]
    tellings = _read(night, sorted({d for r in touched for d in (r[0], r[2])})) if touched else []
    pairs = ruled_pairs(touched, tellings)
    return [(*a, *b, points) for (a, b), points in pairs.items() if points == TIED and (a in changed or b in changed)]


def _found(night: _Night, changed: dict[Key, Telling]) -> list[Key]:
    """Known tellings that share a key with one that came."""
    anchors = [t.anchor for t in changed.values() if t.anchor]
    reach = timedelta(days=REACH_DAYS)
    first, last = min(anchors, default=date(1, 2, 1)), max(anchors, default=date(1, 2, 1))
    first = first - reach if first > date.min + reach else date.min
    last = last + reach if last < date.max - reach else date.max
    return [(d, h) for d, h in night.run("found_by_keys", reach=REACH_DAYS, first=first, last=last).fetchall()]


def _told(night: _Night, keys: Iterable[Key]) -> dict[Key, Telling]:
    wanted = set(keys)
    if not wanted:
        return {}
    return {t.key: t for t in _read(night, sorted({d for d, _ in wanted})) if t.key in wanted}


def _taken(night: _Night) -> Any:
    """Tells which of some ids were ever an event's."""

    def taken(ids: Sequence[str]) -> set[str]:
        night.frames.events("ids", ids)
        return {row[0] for row in night.run("taken_ids").fetchall()}

    return taken


def _write(night: _Night, placed: Placed, gone: Sequence[Key], signatures: dict[Key, str]) -> None:
    """Write where tellings belong now, and what became of events that are no longer."""
    night.frames.placed(placed, signatures)
    night.frames.moved(placed, gone)
    for name in ("drop_moved", "insert_placed", "drop_noted", "note_moved", "unlink_mentions", "link_mentions"):
        night.run(name)
    night.frames.pairs("merged", ("event_id", "now_id"), placed.merged)
    night.frames.pairs("split", ("event_id", "other_id"), placed.split)
    for name in ("redirect_older", "redirect", "ledger_merged", "ledger_split"):
        night.run(name)


def _clear(night: _Night) -> int:
    """Take events without mentions off the tables: merged ones have their redirect, the others are retracted."""
    night.run("unlink_recalled")
    night.run("empty")
    retracted = len(night.run("retracted").fetchall())
    for name in RETRACTING:
        night.run(name)
    return retracted


def _consolidate(night: _Night) -> None:
    """Compute the rows of touched events anew from their mentions and what persons set, noting in the ledger what changed."""
    for name in CONSOLIDATING:
        night.run(name)
