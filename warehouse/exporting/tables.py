"""Tables as Parquet (by year or type) and as CSV that a spreadsheet opens right."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.sqlfiles import statements

SQL = statements("export")
# Of the views, those that stand for themselves; timeline takes the place of events.
VIEWS = ("timeline", "event_sources", "emergency_districts", "norm_news", "bill_status", "sector_profile", "against_official", "completeness", "source_health")  # fmt: skip
LEFT_OUT = {"events"}
PARTED = {
    "timeline": ("year", "coalesce(year(week)::VARCHAR, 'unknown')"),
    "documents": ("year", "coalesce(year(published_on)::VARCHAR, 'unknown')"),
    "mentions": ("event_type", "type"),
}
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
ROWS_AT_ONCE = 10_000


def names(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Tables and views that are exported."""
    tables = [row[0] for row in con.execute(SQL["tables"]).fetchall() if row[0] not in LEFT_OUT]
    return sorted([*tables, *VIEWS])


def write_parquet(con: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """Each table as a file, the large ones as a folder parted by year or type (hive style)."""
    for name in names(con):
        target = str(folder / name).replace("'", "''")
        if name in PARTED:
            column, value = PARTED[name]
            con.execute(SQL["parquet_parted"].format(name=name, column=column, value=value, target=target))
        else:
            con.execute(SQL["parquet"].format(name=name, target=target))
    return names(con)


def write_csv(con: duckdb.DuckDBPyConnection, folder: Path, separator: str) -> list[str]:
    """Each table as a file with byte order mark and Windows line ends, so that Excel reads accents and rows right."""
    for name in names(con):
        cursor = con.execute(SQL["rows"].format(name=name))
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
            writer.writerow([column[0] for column in cursor.description or []])
            for row in _rows(cursor):
                writer.writerow([_cell(value) for value in row])
    return names(con)


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while part := cursor.fetchmany(ROWS_AT_ONCE):
        yield from part


def _cell(value: Any) -> Any:
    """A value as a spreadsheet takes it: no line breaks, lists in one cell, and no text that it would run as a formula."""
    if isinstance(value, list):
        return _cell("; ".join(map(str, value)))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, str):
        line = " ".join(value.split())
        return f"'{line}" if line.startswith(FORMULA_BEGINS) else line
    return value
