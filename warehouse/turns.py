"""Writing in turns: one transaction at a time counts, whoever else writes, and one that came second is done again.

Belongs here: how writers of one warehouse keep out of each other's way. Not here: what they write. A file has one writer by
itself; in a lake two transactions that only insert would both succeed, so each changes the one row of ``turns``.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable
from typing import TypeVar

import duckdb

from warehouse.sqlfiles import statements

SQL = statements("turns")
TRIES = 40
LONGEST_PAUSE_S = 2.0

Result = TypeVar("Result")


def in_turn(con: duckdb.DuckDBPyConnection, work: Callable[[], Result]) -> Result:
    """Do work as one transaction; all of it again when another writer was first.

    Raises:
        duckdb.TransactionException: others were first every time.
    """
    for attempt in range(1, TRIES + 1):
        con.execute("BEGIN")
        try:
            con.execute(SQL["take_turn"])
            result = work()
            con.execute("COMMIT")
        except BaseException as error:
            with contextlib.suppress(duckdb.TransactionException):  # a commit that failed has ended it already
                con.execute("ROLLBACK")
            if not _came_second(error) or attempt == TRIES:
                raise
            time.sleep(random.uniform(0, min(0.05 * attempt, LONGEST_PAUSE_S)))  # noqa: S311 - no secret hangs on it
        else:
            return result
    raise AssertionError("the last try returns or raises")


def _came_second(error: BaseException) -> bool:
    return isinstance(error, duckdb.TransactionException) and "conflict" in str(error).lower()
