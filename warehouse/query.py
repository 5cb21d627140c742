"""Asking the published file: read-only, nothing outside it reachable, time and rows limited."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.store import CONFIG


class QueryError(Exception):
    """The question cannot be answered; the message is one line for the person who asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a query."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    is_cut: bool  # more rows than the limit


@contextmanager
def open_published(path: Path, memory_limit: str = "1GB") -> Iterator[duckdb.DuckDBPyConnection]:
    """A locked-down connection: no files, no extensions, no settings, no writing."""
    if not path.exists():
        raise QueryError(f"{path} is not there yet: run `chasqui nightly` (or `chasqui demo`) first")
    try:
        con = duckdb.connect(str(path), read_only=True, config={**CONFIG, "memory_limit": memory_limit})
    except duckdb.Error as error:
        raise QueryError(f"{path}: {str(error).splitlines()[0]}") from error
    try:
        _lock(con)
        yield con
    finally:
        con.close()


def _lock(con: duckdb.DuckDBPyConnection) -> None:
    """Close the door behind the connection, unless a sister connection to the same file in this process has done it."""
    row = con.execute("SELECT current_setting('lock_configuration')").fetchone()
    if row and row[0]:
        return
    with contextlib.suppress(duckdb.Error):  # a build without time zones shows UTC
        con.execute("SET TimeZone = 'America/Lima'")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")


def ask(
    con: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Sequence[Any] | Mapping[str, Any] = (),
    limit: int | None = None,
    timeout_s: float = 30,
) -> Answer:
    """Run one question.

    Raises:
        QueryError: SQL that is wrong, refused, or runs longer than ``timeout_s`` seconds.
    """
    alarm = threading.Timer(timeout_s, con.interrupt)
    alarm.start()
    try:
        cursor = con.execute(sql, parameters)
        rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit + 1)
        columns = [column[0] for column in cursor.description or []]
    except duckdb.InterruptException as error:
        raise QueryError(f"the query ran longer than {timeout_s:g} s and was stopped") from error
    except duckdb.Error as error:
        raise QueryError(str(error).strip().splitlines()[0]) from error
    finally:
        alarm.cancel()
    return Answer(columns, rows[:limit], limit is not None and len(rows) > limit)
