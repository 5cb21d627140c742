"""Questions to the published file, a ``.sql`` file each, in the folder of whoever asks them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from warehouse.query import ask

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of a folder."""

    folder: Path

    def rows(self, con: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> list[Row]:
        """Rows of a question, by column."""
        answer = ask(con, _sql(self.folder / f"{name}.sql"), parameters)
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


@cache
def _sql(path: Path) -> str:
    return path.read_text(encoding="utf-8")
