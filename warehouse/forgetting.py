"""Forgetting pages: what the warehouse and the operational state hold of them, out for good; a tombstone stays.

Belongs here: finding the pages, deleting their rows, writing the file anew so that no freed block keeps them. Not here: archive, journal
and logs (``flows.steps.forget``), or what becomes of the events they told (``link``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.durable import sync
from warehouse.lake import ROW_GROUP
from warehouse.load import SQL as LOAD
from warehouse.ops import Ops
from warehouse.sqlfiles import statements
from warehouse.store import STORAGE_VERSION

SQL = statements("forget")
TOMBSTONES = "forgotten.jsonl"  # in the journal: a line each, document_id and at
AT_ONCE = 500  # texts in memory
EMPTYING = (
    "drop_gone_versions", "drop_gone_documents", "drop_labels", "stale_mentions", "mark_dirty", "drop_stale_links", "drop_mention_sectors",
    "drop_mention_territories", "drop_mentions", "drop_norm_territories", "drop_norms", "drop_figures", "mark_pending", "mark_unindexed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be forgotten."""

    document_id: str
    url: str
    canonical_url: str
    title: str


def find_pages(con: duckdb.DuckDBPyConnection, wanted: str, fold: Callable[[str], str]) -> list[Page]:
    """The pages that an address, a document's id or a name means: those that bear it, or that say the name.

    Args:
        con: the warehouse.
        wanted: what was given; an address in its canonical form.
        fold: case and accents off, for names.
    """
    if wanted.startswith(("http://", "https://")):
        return [Page(*row) for row in con.execute(SQL["by_url"], {"wanted": wanted}).fetchall()]
    if found := con.execute(SQL["by_id"], {"wanted": wanted}).fetchall():
        return [Page(*row) for row in found]
    name = fold(wanted)
    cursor = con.execute(SQL["every_text"])
    pages: list[Page] = []
    while rows := cursor.fetchmany(AT_ONCE):
        pages += [Page(*row[:4]) for row in rows if name in fold(f"{row[3]}\n{row[4]}")]
    return pages


def drop_pages(con: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> None:
    """Delete the pages' rows and bury them; their events wait to be linked anew."""
    con.execute("BEGIN")
    try:
        for statement in SQL["stage"].split(";\n"):
            con.execute(statement, {"ids": list(document_ids)} if "$ids" in statement else None)
        for step in EMPTYING:
            con.execute(LOAD[step])
        for step in ("blank_notes", "drop_telling_links"):
            con.execute(SQL[step])
        for (table,) in con.execute(SQL["tables_of_documents"]).fetchall():
            con.execute(SQL["drop_rows"].format(table=table))
        con.execute(SQL["bury"])
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")


def write_anew(path: Path) -> None:
    """Write the file anew, without what its freed blocks still hold; copies kept from older schemas go."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{_quoted(path)}' AS old (READ_ONLY)")
        con.execute(
            f"ATTACH '{_quoted(fresh)}' AS new (ROW_GROUP_SIZE {ROW_GROUP}, STORAGE_VERSION '{STORAGE_VERSION}')"
        )
        con.execute("COPY FROM DATABASE old TO new")
    fresh.chmod(0o600)
    sync(fresh)
    fresh.replace(path)
    sync(path.parent)
    for kept in path.parent.glob(f"{path.name}.schema-*.bak"):
        kept.unlink()


def events_told(con: duckdb.DuckDBPyConnection, document_ids: Sequence[str]) -> list[str]:
    """Ids of the events that pages tell or once told; asked before the pages are dropped."""
    return [row[0] for row in con.execute(SQL["events_told"], {"ids": list(document_ids)}).fetchall()]


def drop_addresses(
    ops: Ops, document_ids: Iterable[str], addresses: Iterable[str], event_ids: Iterable[str] = ()
) -> None:
    """Take the pages out of the operational state, and bury them there too.

    Args:
        ops: the operational state.
        document_ids: the pages.
        addresses: theirs, in every form.
        event_ids: what they told (``events_told``): what persons said of it loses its note.
    """
    now = datetime.now(UTC).isoformat()
    buried = sorted({each.partition("-")[0] for each in document_ids})
    with ops.transaction() as db:
        db.executemany(SQL["ops_bury"], [(each, now) for each in buried])
        db.executemany(SQL["ops_drop_judgements"], [(each,) for each in buried])
        db.executemany(SQL["ops_blank_notes"], [(each,) for each in event_ids])
        for address in addresses:
            for step in ("frontier", "outcomes", "refused", "exchanges"):
                db.execute(SQL[f"ops_drop_{step}"], (address,))
            db.execute(SQL["ops_clear_listed"], (address,))
            db.execute(SQL["ops_clear_reports"], (address,))
    ops.write_anew()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
