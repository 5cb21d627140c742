"""Questions to the published file: one connection that all views share, opened anew when a night replaces the file.

Not here: the questions (``queries/*.sql``), people's own questions (``sandbox``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import streamlit as st

from dashboards.app.setup import setup
from warehouse.query import QueryError, ask, open_published

QUERIES = Path(__file__).parent / "queries"
CHOSEN = "-- chosen\n"  # stands in a query for the events that the filters leave
TIMEOUT_S = 20
KEPT_ANSWERS, KEPT_BYTES = 300, "64MB"
MEMORY_LIMIT = "600MB"  # of the one connection, for all views together

Row = dict[str, Any]
Edition = tuple[int, int]  # inode and time of the published file: another edition, other answers


class Shared:
    """The one connection. A view borrows a cursor; a new edition waits until all are back."""

    def __init__(self) -> None:
        self._idle = threading.Condition()
        self._borrowed = 0
        self._stack = ExitStack()
        self._con: duckdb.DuckDBPyConnection | None = None
        self._opened: tuple[Path, Edition] | None = None

    @contextmanager
    def cursor(self, path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor on the file as it is now."""
        with self._idle:
            if self._con is None or self._opened != (path, edition(path)):
                self._idle.wait_for(lambda: self._borrowed == 0, timeout=TIMEOUT_S)
                self._open(path)
            assert self._con is not None
            cursor = self._con.cursor()
            self._borrowed += 1
        try:
            yield cursor
        finally:
            cursor.close()
            with self._idle:
                self._borrowed -= 1
                self._idle.notify_all()

    def close(self) -> None:
        """Let the file go."""
        with self._idle:
            self._stack.close()
            self._con = None

    def _open(self, path: Path) -> None:
        found = path, edition(path)
        if self._con is not None and self._opened == found:
            return  # another view has opened it while this one waited
        # DuckDB keeps one instance a path: the former edition must be let go before the next can be seen.
        self._stack.close()
        self._con = None
        self._con = self._stack.enter_context(open_published(path, MEMORY_LIMIT))
        self._opened = found


SHARED = Shared()


def edition(path: Path | None = None) -> Edition:
    """Which edition lies there.

    Raises:
        QueryError: none.
    """
    path = path or setup().published
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise QueryError(f"{path} is not there yet: run `chasqui nightly` (or `chasqui demo`) first") from error
    return found.st_ino, found.st_mtime_ns


def rows(name: str, **values: object) -> list[Row]:
    """Rows of a query of this folder, remembered as long as the edition lasts.

    Args:
        name: of the file.
        values: its parameters.
    """
    path = setup().published
    return _rows(str(path), edition(path), name, values)


def rows_once(name: str, **values: object) -> list[Row]:
    """Rows of a query of this folder that are too many to be remembered."""
    return _ask(setup().published, name, values)


@st.cache_data(max_entries=KEPT_ANSWERS, max_size=KEPT_BYTES, show_spinner=False)
def _rows(path: str, which: Edition, name: str, values: dict[str, object]) -> list[Row]:
    del which  # part of the key alone
    return _ask(Path(path), name, values)


def _ask(path: Path, name: str, values: dict[str, object]) -> list[Row]:
    with SHARED.cursor(path) as cursor:
        answer = ask(cursor, _query(name), values, timeout_s=TIMEOUT_S)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


@cache
def _query(name: str) -> str:
    text = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    return text.replace(CHOSEN, (QUERIES / "chosen.sql").read_text(encoding="utf-8"))
