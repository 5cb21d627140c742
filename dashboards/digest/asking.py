"""The digest's questions to the published file, each a file in ``queries/``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from warehouse.query import ask

QUERIES = Path(__file__).parent / "queries"


def rows_of(con: duckdb.DuckDBPyConnection, name: str, parameters: dict[str, object]) -> list[dict[str, Any]]:
    """Rows of a query, by column."""
    answer = ask(con, _sql(name), parameters)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


@cache
def _sql(name: str) -> str:
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
