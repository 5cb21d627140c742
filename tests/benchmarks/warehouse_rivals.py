"""What one would do instead: the same rows and indexes in SQLite, or pandas over Parquet. Each answers the same two questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

TABLES = ("documents", "mentions", "event_mentions", "events", "event_types", "event_sectors")
EVENT_COLUMNS = "event_id, primary_type, date, week, ubigeo, department, district, killed, wounded, source_count, title"
INDEXES = """
CREATE INDEX a ON events (department, week); CREATE INDEX b ON events (ubigeo, date); CREATE INDEX c ON event_types (event_id);
CREATE INDEX d ON event_sectors (event_id, sector); CREATE INDEX e ON event_sectors (sector); CREATE UNIQUE INDEX f ON events (event_id);
CREATE UNIQUE INDEX g ON documents (document_id); CREATE UNIQUE INDEX h ON mentions (mention_id); CREATE INDEX i ON mentions (document_id);
CREATE UNIQUE INDEX j ON event_mentions (mention_id); CREATE INDEX k ON event_mentions (event_id); ANALYZE;
"""
WEEKLY = """
WITH RECURSIVE weeks(week) AS (SELECT min(week) FROM events UNION ALL SELECT date(week, '+7 days') FROM weeks WHERE week < (SELECT max(week) FROM events)),
kinds AS (SELECT DISTINCT type FROM event_types),
counted AS (
    SELECT e.week, t.type, count(*) AS event_count, sum(e.killed) AS killed
    FROM events e JOIN event_sectors s ON s.event_id = e.event_id AND s.sector = ? JOIN event_types t ON t.event_id = e.event_id
    WHERE e.department = ? GROUP BY 1, 2
)
SELECT w.week, k.type, coalesce(n.event_count, 0), coalesce(n.killed, 0) FROM weeks w, kinds k LEFT JOIN counted n ON n.week = w.week AND n.type = k.type
"""
TIMELINE = f"SELECT {EVENT_COLUMNS} FROM events WHERE ubigeo = ? AND date BETWEEN ? AND ? ORDER BY date"
Question = Callable[[Any], int]


def fill_sqlite(published: Path, target: Path) -> None:
    """The published rows in SQLite, indexes last."""
    target.unlink(missing_ok=True)
    source = duckdb.connect(str(published), read_only=True)
    db = sqlite3.connect(target)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    for table in TABLES:
        columns = (
            EVENT_COLUMNS
            if table == "events"
            else "* EXCLUDE (published_at, updated_at, event_ids)"
            if table == "documents"
            else "*"
        )
        reader = source.execute(f"SELECT {columns} FROM {table}").to_arrow_reader(100_000)
        names = reader.schema.names
        db.execute(f"CREATE TABLE {table} ({', '.join(names)})")
        for part in reader:
            rows = zip(*(_plain(column).to_pylist() for column in part.columns), strict=True)
            db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", rows)
    db.executescript(INDEXES)
    db.commit()
    db.close()
    source.close()


def _plain(column: pa.Array) -> pa.Array:
    return column.cast(pa.string()) if pa.types.is_date(column.type) else column


def sqlite_questions(path: Path) -> tuple[Question, Question]:
    """``timeline_weekly`` of a sector and department, and ``timeline`` of a district and quarter."""
    db = sqlite3.connect(path)

    def weekly(asked: tuple[str, str]) -> int:
        return len(db.execute(WEEKLY, asked).fetchall())

    def timeline(asked: tuple[str, str, str]) -> int:
        return len(db.execute(TIMELINE, asked).fetchall())

    return weekly, timeline


def write_parquet(published: Path, folder: Path) -> None:
    """The published events as a Parquet file each."""
    with duckdb.connect(str(published), read_only=True) as source:
        for table in ("events", "event_types", "event_sectors"):
            columns = EVENT_COLUMNS if table == "events" else "*"
            source.execute(f"COPY (SELECT {columns} FROM {table}) TO '{folder / table}.parquet'")


def pandas_questions(folder: Path) -> tuple[Question, Question]:
    """The same with pandas, which reads what the question needs from Parquet each time."""

    def weekly(asked: tuple[str, str]) -> int:
        sector, department = asked
        events = pd.read_parquet(
            folder / "events.parquet",
            columns=["event_id", "week", "killed"],
            filters=[("department", "==", department)],
        )
        hit = pd.read_parquet(folder / "event_sectors.parquet", filters=[("sector", "==", sector)])
        types = pd.read_parquet(folder / "event_types.parquet")
        rows = events.merge(hit, on="event_id").merge(types, on="event_id")
        counted = rows.pivot_table(index="week", columns="type", values="event_id", aggfunc="count", fill_value=0)
        weeks = pd.date_range(events["week"].min(), events["week"].max(), freq="7D")
        return counted.reindex(weeks, fill_value=0).size

    def timeline(asked: tuple[str, str, str]) -> int:
        ubigeo, first, last = asked
        chosen = [
            ("ubigeo", "==", ubigeo),
            ("date", ">=", pd.Timestamp(first).date()),
            ("date", "<=", pd.Timestamp(last).date()),
        ]
        return len(pd.read_parquet(folder / "events.parquet", filters=chosen).sort_values("date"))

    return weekly, timeline
