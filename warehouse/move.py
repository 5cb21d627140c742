"""Carrying a warehouse from one home to another, a file or a lake, and proving that all of it arrived.

Belongs here: the copy and its proof. Not here: choosing a home (the settings), or taking the old one away (a person does).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.lake import Lake, attach, load_extensions
from warehouse.sqlfiles import statements
from warehouse.store import CONFIG, open_warehouse

SQL = statements("move")


class MoveError(Exception):
    """The warehouse was not carried over; what stands at the target is as it was."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A table that arrived: rows and the sum of their hashes are the same in both homes."""

    table: str
    rows: int
    hashes: str


def move(source: Path | Lake, target: Path | Lake) -> list[Moved]:
    """Copy every table and compare counts and hashes, in one transaction.

    Raises:
        MoveError: there is no source, the target is in use, or a table did not arrive as it was.
    """
    if isinstance(source, Path) and not source.exists():
        raise MoveError(f"{source}: no such warehouse")
    for where in (source, target):  # both with the schema of this program
        with open_warehouse(where):
            pass
    with duckdb.connect(config=CONFIG) as con:
        load_extensions(con, [where for where in (source, target) if isinstance(where, Lake)])
        attach(con, source, "src", read_only=True)
        attach(con, target, "dst", read_only=False)
        row = con.execute(SQL["is_used"]).fetchone()
        if row and row[0]:
            raise MoveError(f"{target}: holds a warehouse already; nothing was written")
        con.execute("BEGIN")
        try:
            moved = [_move_table(con, table) for (table,) in con.execute(SQL["tables"]).fetchall()]
        except BaseException:
            con.execute("ROLLBACK")
            raise
        con.execute("COMMIT")
    return moved


def _move_table(con: duckdb.DuckDBPyConnection, table: str) -> Moved:
    for step in ("clear", "copy"):
        con.execute(SQL[step].format(table=table))
    sums = [con.execute(SQL["sum_up"].format(home=home, table=table)).fetchone() for home in ("src", "dst")]
    if sums[0] != sums[1] or sums[0] is None:
        raise MoveError(f"{table}: {sums[0]} there, {sums[1]} here; nothing was written")
    return Moved(table, *sums[0])
