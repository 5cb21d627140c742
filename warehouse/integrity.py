"""Whether files are whole: every block of a DuckDB file, every page of SQLite, every line of the journal.

Belongs here: saying what is damaged. Not here: the search index (``search.shelf``), the archive's records (the room that
wrote them), and putting things right (``backup``, ``memory``).
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import duckdb

from warehouse.sqlfiles import statements
from warehouse.store import CONFIG

SQL = statements("integrity")


def duckdb_damage(path: Path) -> str | None:
    """What is wrong with a DuckDB file, by reading all of it; None when it is whole.

    Raises:
        duckdb.IOException: another process has it open to write.
    """
    if not path.exists():
        return "missing"
    try:
        with duckdb.connect(str(path), read_only=True, config=CONFIG) as con:
            for (table,) in con.execute(SQL["tables"]).fetchall():
                con.execute(SQL["read_all"].format(table=table))
    except duckdb.Error as error:
        if "could not set lock" in str(error).lower():
            raise
        return _line(error)
    return None


def sqlite_damage(path: Path) -> str | None:
    """What is wrong with an SQLite file; None when it is whole."""
    if not path.exists():
        return "missing"
    try:
        con = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            found = con.execute("PRAGMA integrity_check(1)").fetchone()[0]
        finally:
            con.close()
    except sqlite3.Error as error:
        return _line(error)
    return None if found == "ok" else str(found)


def journal_damage(path: Path) -> str | None:
    """How many lines of a journal file cannot be read; None when all can. A last line cut short by a crash was never counted on."""
    lines = path.read_bytes().splitlines()
    bad = sum(not _is_json(line) for line in lines if line.strip())
    return f"{bad} of {len(lines)} lines cannot be read" if bad else None


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200]
