"""The published file: a read-only copy with masked text, made beside the old one and put in its place at once.

A reader keeps the file it has open; the next one to open gets the new one. Nobody ever sees a half of either.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from warehouse.comments import carry_over, inherit
from warehouse.durable import sync
from warehouse.records import LIMA
from warehouse.sqlfiles import statements, views

TITLE = "Chasqui: extortion in Peru as told by press, gazette, Congress and NGOs"
STORAGE_VERSION = "v1.2.0"  # opens in every DuckDB client since 1.2
SELECTED = statements("publish")
INDEXES = statements("publish_indexes")
WHOLE_TABLES = (
    "sources",
    "labels",
    "document_labels",
    "mention_sectors",
    "mention_territories",
    "event_types",
    "event_sectors",
    "event_mentions",
    "event_redirects",
    "event_changes",
    "event_versions",
    "norms",
    "norm_territories",
    "figures",
    "bills",
    "bill_steps",
    "bill_states",
    "districts",
    "runs",
    "source_nights",
    "check_results",
    "official_series",
    "reviewed_fields",
)


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself in its table ``about``."""

    permalink_base: str = ""  # what an event's id follows in its permalink; none when empty
    licence: str = "CC-BY-4.0"

    def as_map(self, now: datetime) -> dict[str, str | None]:
        """Rows of the table."""
        day = now.astimezone(LIMA).date().isoformat()
        return {
            "title": TITLE,
            "edition": day,
            "published_at": now.isoformat(timespec="seconds"),
            "licence": self.licence,
            "cite": f"{TITLE}. Edition of {day}. {urlsplit(self.permalink_base)._replace(path='', query='').geturl()}".rstrip(),
            "quotations": "Titles and sentences are quoted from the named sources and remain theirs.",
            "permalink_base": self.permalink_base or None,
        }


@dataclass(frozen=True, slots=True)
class Published:
    """The file as published."""

    path: Path
    events: int
    documents: int
    file_bytes: int


def publish(con: duckdb.DuckDBPyConnection, target: Path, about: About | None = None) -> Published:
    """Write the published file and put it in place.

    Args:
        con: the warehouse's writer.
        target: where analysts find it; a file that is there stays until the new one is whole and on the disk.
        about: what the file says of itself besides the time of its making.
    """
    temporary = target.with_name(f".{target.name}.new")
    temporary.unlink(missing_ok=True)
    own = _own_name(con)
    con.execute(f"ATTACH '{_quoted(temporary)}' AS pub (STORAGE_VERSION '{STORAGE_VERSION}')")
    try:
        con.execute("BEGIN")
        values = {"about": (about or About()).as_map(datetime.now(UTC))}
        for statement in SELECTED.values():
            con.execute(statement, values if "$about" in statement else None)
        for table in WHOLE_TABLES:
            con.execute(f"CREATE TABLE pub.{table} AS SELECT * FROM main.{table}")  # noqa: S608 - our own names
        carry_over(con)
        con.execute("COMMIT")
        con.execute("USE pub")
        con.execute("BEGIN")  # a statement by itself would be written through to the disk by itself
        for script in (*INDEXES.values(), *(script for _, script in views())):
            con.execute(script)
        inherit(con)
        con.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(
            duckdb.Error
        ):  # nothing to roll back once committed; the first error is the one to show
            con.execute("ROLLBACK")
        raise
    finally:
        con.execute(f"USE {own}")
        con.execute("DETACH pub")
    counts = _verify(temporary)
    sync(temporary)
    temporary.chmod(0o444)
    temporary.replace(target)
    sync(target.parent)
    return Published(target, *counts, target.stat().st_size)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _own_name(con: duckdb.DuckDBPyConnection) -> str:
    row = con.execute("SELECT current_database()").fetchone()
    assert row is not None
    return f'"{row[0]}"'


def _verify(path: Path) -> tuple[int, int]:
    """Open the new file as an analyst would and read from it before it takes the old one's place."""
    with duckdb.connect(str(path), read_only=True) as con:
        row = con.execute("SELECT (SELECT count(*) FROM timeline), (SELECT count(*) FROM documents)").fetchone()
    assert row is not None
    return row
