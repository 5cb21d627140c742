"""The published file: a read-only copy with masked text, made beside the old one and put in its place at once.

A reader keeps the file it has open; the next one to open gets the new one. Nobody ever sees a half of either.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.sqlfiles import statements, views

STORAGE_VERSION = "v1.2.0"  # opens in every DuckDB client since 1.2
SELECTED = statements("publish")
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
    "districts",
    "runs",
    "source_nights",
    "check_results",
)


@dataclass(frozen=True, slots=True)
class Published:
    """The file as published."""

    path: Path
    events: int
    documents: int
    file_bytes: int


def publish(con: duckdb.DuckDBPyConnection, target: Path) -> Published:
    """Write the published file and put it in place.

    Args:
        con: the warehouse's writer.
        target: where analysts find it; a file that is there stays until the new one is whole and on the disk.
    """
    temporary = target.with_name(f".{target.name}.new")
    temporary.unlink(missing_ok=True)
    con.execute(f"ATTACH '{_quoted(temporary)}' AS pub (STORAGE_VERSION '{STORAGE_VERSION}')")
    try:
        con.execute("BEGIN")
        for statement in SELECTED.values():
            con.execute(statement)
        for table in WHOLE_TABLES:
            con.execute(f"CREATE TABLE pub.{table} AS SELECT * FROM main.{table} ORDER BY ALL")  # noqa: S608 - our own names
        _comment(con)
        con.execute("COMMIT")
        con.execute("USE pub")
        for _, script in views():
            con.execute(script)
    except BaseException:
        with contextlib.suppress(
            duckdb.Error
        ):  # nothing to roll back once committed; the first error is the one to show
            con.execute("ROLLBACK")
        raise
    finally:
        con.execute(f"USE {_own_name(con)}")
        con.execute("DETACH pub")
    counts = _verify(temporary)
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.chmod(0o444)
    temporary.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return Published(target, *counts, target.stat().st_size)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _own_name(con: duckdb.DuckDBPyConnection) -> str:
    row = con.execute(
        "SELECT database_name FROM duckdb_databases() WHERE NOT internal AND database_name <> 'pub'"
    ).fetchone()
    assert row is not None
    return f'"{row[0]}"'


def _comment(con: duckdb.DuckDBPyConnection) -> None:
    """Carry the comments of tables and columns over, as far as the published file has them."""
    rows = con.execute(
        "SELECT t.table_name, NULL, t.comment FROM duckdb_tables() t WHERE t.database_name = current_database() AND t.comment IS NOT NULL "
        "UNION ALL SELECT c.table_name, c.column_name, c.comment FROM duckdb_columns() c "
        "WHERE c.database_name = current_database() AND c.comment IS NOT NULL"
    ).fetchall()
    there = {
        (table, column)
        for table, column in con.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'pub'"
        ).fetchall()
    }
    for table, column, comment in rows:
        text = comment.replace("'", "''")
        if column is None and any(t == table for t, _ in there):
            con.execute(f"COMMENT ON TABLE pub.{table} IS '{text}'")
        elif (table, column) in there:
            con.execute(f"COMMENT ON COLUMN pub.{table}.{column} IS '{text}'")


def _verify(path: Path) -> tuple[int, int]:
    """Open the new file as an analyst would and read from it before it takes the old one's place."""
    with duckdb.connect(str(path), read_only=True) as con:
        row = con.execute("SELECT (SELECT count(*) FROM timeline), (SELECT count(*) FROM documents)").fetchone()
    assert row is not None
    return row
