"""Mentions into events: one happening told by many sources becomes one row.

Belongs here: whether two tellings are one happening, and the one row that results. Not here: reading a telling (models).
Unknown never matches unknown: a telling without day or place joins an event on what its text shares with it, or not at all.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import duckdb
import numpy as np

from warehouse.sqlfiles import statements

SQL = statements("link")
WINDOW_DAYS = 10  # a follow-up later than this starts an event of its own unless a norm's number ties it
NORM_TYPES = frozenset({"new_law", "state_of_emergency", "bill"})
SAME_TEXT = 0.6  # share of equal MinHash values from which two texts are one wire copy
# Text overlap that a telling must share with an event, by how many of day and place both know and agree on.
NEEDED_OVERLAP = {2: 0.10, 1: 0.24, 0: 0.38}
WORD = re.compile(r"\w{3,}")
COMMON_WORDS = frozenset(
    (
        "que los las del por con una para fue sus este esta como mas tras sobre entre desde hasta donde cuando segun sin "
        "ser han era the and that was for with his her had has were from their"
    ).split(" ")
)


@dataclass(slots=True)
class Telling:
    """One happening as one document tells it, all its types together."""

    document_id: str
    happening: int
    types: frozenset[str]
    day: date | None
    ubigeo: str | None
    killed: int | None
    norm: str | None
    reported_on: date | None
    words: frozenset[str]
    minhash: bytes
    mention_ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Candidate:
    """An event as far as linking needs it."""

    event_id: str
    tellings: list[Telling]


@dataclass(frozen=True, slots=True)
class Linked:
    """What a night's linking did."""

    tellings: int
    new_events: int
    joined: int
    retracted: int


def link(con: duckdb.DuckDBPyConnection, run_id: str, type_order: Sequence[str], reason: str = "report") -> Linked:
    """Link the mentions that belong to no event yet, in one transaction.

    Args:
        con: the warehouse's writer.
        run_id: names the ledger's rows.
        type_order: event types, the most telling first; the first an event has is its primary type.
        reason: of the changes, for the ledger: report, review or model.
    """
    con.execute("BEGIN")
    try:
        result = _link(con, run_id, list(type_order), reason)
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")
    return result


def _link(con: duckdb.DuckDBPyConnection, run_id: str, type_order: list[str], reason: str) -> Linked:
    new = [_telling(row) for row in _rows(con, SQL["new_units"])]
    candidates = _candidates(con, new)
    touched: dict[str, None] = {}
    created = 0
    for telling in new:
        event = _best(telling, candidates)
        if event is None:
            event = _Candidate(_event_id(telling), [])
            candidates.append(event)
            created += 1
        event.tellings.append(telling)
        touched[event.event_id] = None
        con.executemany(SQL["link_mention"], [[event.event_id, m] for m in telling.mention_ids])
    dirty = [row[0] for row in con.execute(SQL["dirty"]).fetchall()]
    before = con.execute("SELECT count(*) FROM event_redirects").fetchone()
    for step in ("retract", "retract_ledger", "drop_retracted_types", "drop_retracted_sectors", "drop_retracted"):
        con.execute(SQL[step], {"run": run_id, "reason": reason} if step == "retract_ledger" else None)
    after = con.execute("SELECT count(*) FROM event_redirects").fetchone()
    con.execute(SQL["clear_dirty"])
    consolidate(con, [*touched, *dirty], run_id, type_order, reason)
    assert before is not None
    assert after is not None
    return Linked(len(new), created, len(new) - created, after[0] - before[0])


def consolidate(
    con: duckdb.DuckDBPyConnection, event_ids: Iterable[str], run_id: str, type_order: list[str], reason: str
) -> None:
    """Compute the rows of events anew from their mentions, noting in the ledger what changed."""
    con.execute(SQL["consolidate"], {"events": list(event_ids), "types": type_order})
    con.execute(SQL["ledger"], {"run": run_id, "reason": reason})
    for step in (
        "replace_events",
        "drop_event_types",
        "insert_event_types",
        "drop_event_sectors",
        "insert_event_sectors",
    ):
        con.execute(SQL[step])


def _rows(con: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    cursor = con.execute(sql, parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _telling(row: dict[str, Any]) -> Telling:
    return Telling(
        document_id=row["document_id"],
        happening=row["happening"],
        types=frozenset(row["types"]),
        day=row["date"] if row["date_precision"] == "day" else None,
        ubigeo=row["ubigeo"],
        killed=row["killed"],
        norm=row["norm"],
        reported_on=row["published_on"],
        words=words_of(f"{row['title']} {row['evidence']}"),
        minhash=row["minhash"],
        mention_ids=row.get("mention_ids", []),
    )


def _candidates(con: duckdb.DuckDBPyConnection, new: list[Telling]) -> list[_Candidate]:
    """Events near in time to the new tellings, or of their norms: never the whole past."""
    days = [d for t in new for d in (t.day, t.reported_on) if d]
    if not new:
        return []
    reach = timedelta(days=WINDOW_DAYS)
    parameters = {
        "first": min(days, default=date(1, 1, 1) + reach) - reach,
        "last": max(days, default=date(1, 1, 2)) + reach,
        "norms": sorted({t.norm for t in new if t.norm}),
    }
    units: dict[tuple[str, str, int], dict[str, Any]] = {}
    for row in _rows(con, SQL["event_units"], parameters):
        key = (row["event_id"], row["document_id"], row["happening"])
        unit = units.setdefault(key, {**row, "types": set(), "published_on": row["first_reported_on"]})
        unit["types"].add(row["type"])
        unit["evidence"] = f"{unit['evidence']} {row['evidence']}"
    events: dict[str, _Candidate] = {}
    for (event_id, *_), row in units.items():
        events.setdefault(event_id, _Candidate(event_id, [])).tellings.append(_telling(row))
    return list(events.values())


def _best(telling: Telling, candidates: list[_Candidate]) -> _Candidate | None:
    scored = [
        (score, c.event_id, c)
        for c in candidates
        if (score := max((likeness(telling, told) for told in c.tellings), default=0.0))
    ]
    return max(scored, key=lambda s: (s[0], s[1]))[2] if scored else None


def likeness(a: Telling, b: Telling) -> float:
    """How surely two tellings are one happening, above 0; 0 when they are not, or it cannot be known."""
    if a.document_id == b.document_id or not _types_agree(a, b):
        return 0.0
    if (a.types | b.types) & NORM_TYPES and a.norm and b.norm:
        return 1.0 if a.norm == b.norm else 0.0
    if not _near_in_time(a, b) or not _places_agree(a.ubigeo, b.ubigeo):
        return 0.0
    if a.minhash and b.minhash and same_share(a.minhash, b.minhash) >= SAME_TEXT:
        return 1.0
    known = int(a.day is not None and b.day is not None) + int(a.ubigeo is not None and b.ubigeo is not None)
    shared = overlap(a.words, b.words)
    return shared + known / 10 if shared >= NEEDED_OVERLAP[known] else 0.0


def _types_agree(a: Telling, b: Telling) -> bool:
    """Whether a type is shared; an attack of the first hour may be a murder of the next day."""
    return bool(a.types & b.types) or a.types | b.types >= {"murder", "attack"}


def _near_in_time(a: Telling, b: Telling) -> bool:
    if a.day and b.day:
        slack = 3 if (a.types | b.types) & NORM_TYPES else 1
        return abs((a.day - b.day).days) <= slack
    first, second = a.day or a.reported_on, b.day or b.reported_on
    return first is not None and second is not None and abs((first - second).days) <= WINDOW_DAYS


def _places_agree(a: str | None, b: str | None) -> bool:
    """Whether one code lies within the other; an unknown place contradicts nothing."""
    if a is None or b is None:
        return True
    short, long = sorted((_significant(a), _significant(b)), key=len)
    return long.startswith(short)


def _significant(ubigeo: str) -> str:
    return ubigeo[:2] if ubigeo.endswith("0000") else ubigeo[:4] if ubigeo.endswith("00") else ubigeo


def words_of(text: str) -> frozenset[str]:
    """Content words of a text, folded, cut to six letters so that inflections meet."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return frozenset(w[:6] for w in WORD.findall(folded) if w not in COMMON_WORDS)


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared share of the smaller set of words; 0 when either is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def same_share(a: bytes, b: bytes) -> float:
    """Share of equal MinHash values: an estimate of the Jaccard likeness of two texts."""
    return float(np.mean(np.frombuffer(a, "<u4") == np.frombuffer(b, "<u4")))


def _event_id(telling: Telling) -> str:
    """An id no other event can get: made from the mention that founds the event."""
    return "e" + hashlib.sha256(telling.mention_ids[0].encode()).hexdigest()[:12]
