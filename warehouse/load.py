"""Batches into the warehouse: one transaction a batch, and the same batch twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.bills import load_bills
from warehouse.sqlfiles import statements
from warehouse.turns import in_turn

SQL = statements("load")
STEPS = (
    "stage",
    "refused_mentions",
    "uncertain_mentions",
    "refuse_uncertain",
    "gone_documents",
    "touched_documents",
    "known_documents",
    "former_mentions",
    "told_again",
    "insert_versions",
    "insert_documents",
    "update_documents",
    "drop_gone_versions",
    "drop_gone_documents",
    "drop_labels",
    "insert_labels",
    "stale_mentions",
    "note_stale",
    "mark_dirty",
    "drop_stale_links",
    "drop_mention_sectors",
    "drop_mention_territories",
    "drop_mentions",
    "insert_mentions",
    "insert_mention_sectors",
    "insert_mention_territories",
    "drop_held",
    "insert_held",
    "drop_norm_territories",
    "drop_norms",
    "insert_norms",
    "insert_norm_territories",
    "drop_figures",
    "mark_pending",
    "mark_unindexed",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows in the warehouse."""

    documents: int
    mentions: int
    events: int


@dataclass(frozen=True, slots=True)
class BatchFiles:
    """The Parquet files of one batch."""

    documents: Path
    understood: Path
    labels: Path
    mentions: Path
    norms: Path
    figures: Path
    bills: Path

    @classmethod
    def of(cls, folder: Path) -> BatchFiles:
        """The files of a batch's folder."""
        return cls(*(folder / f"{name}.parquet" for name in cls.__dataclass_fields__))

    @property
    def are_ready(self) -> bool:
        """Whether the batch has been read and understood; ``understood`` is written last."""
        return self.documents.exists() and self.understood.exists()


def is_loaded(con: duckdb.DuckDBPyConnection, batch: str) -> bool:
    """Whether a batch is in the warehouse."""
    row = con.execute(SQL["is_loaded"], [batch]).fetchone()
    return bool(row and row[0])


def load_batch(con: duckdb.DuckDBPyConnection, batch: str, files: BatchFiles) -> bool:
    """Load one batch unless it has been; returns whether it was loaded now."""
    return not is_loaded(con, batch) and in_turn(con, lambda: _load(con, batch, files))


def _load(con: duckdb.DuckDBPyConnection, batch: str, files: BatchFiles) -> bool:
    if is_loaded(con, batch):  # by another writer, meanwhile
        return False
    paths = {name: getattr(files, name) for name in BatchFiles.__dataclass_fields__}
    staging = "stage_norms" if files.norms.exists() else "stage_no_norms"  # a batch of an older program has none
    for step in (staging, *STEPS):
        named = {name: str(path) for name, path in paths.items() if f"${name}" in SQL[step]}
        con.execute(SQL[step], named or None)
    if files.figures.exists():
        con.execute(SQL["insert_figures"], {"figures": str(files.figures)})
    if files.bills.exists():
        load_bills(con, files.bills)
    con.execute(SQL["mark_loaded"], [batch])
    return True


def replace_rows(
    con: duckdb.DuckDBPyConnection, table: str, keys: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write rows in the order of the table's columns over those of the same keys; rows that stand as they are stay untouched."""
    columns = list(zip(*rows, strict=True))
    if not columns:
        return
    names = [column[0] for column in con.execute(SQL["columns_of"].format(table=table)).description or []]
    con.register("f_rows", pa.table([pa.array(list(c)) for c in columns], names=names))
    try:
        for step in ("given_rows", "insert_given", "new_rows", "drop_former_rows", "insert_rows"):
            con.execute(SQL[step].format(table=table, keys=", ".join(keys)))
    finally:
        con.unregister("f_rows")


def replace_sources(con: duckdb.DuckDBPyConnection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write the registry's sources, in the order of the table's columns."""
    given = list(rows)
    in_turn(con, lambda: replace_rows(con, "sources", ["source_id"], given))


def replace_labels(con: duckdb.DuckDBPyConnection, rows: Iterable[tuple[str, str, int, str, str]]) -> None:
    """Write the taxonomy: (axis, label, position, Spanish name, English name)."""
    given = list(rows)
    in_turn(con, lambda: replace_rows(con, "labels", ["axis", "label"], given))


def replace_districts(con: duckdb.DuckDBPyConnection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write the districts, in the order of the table's columns."""
    given = list(rows)
    in_turn(con, lambda: replace_rows(con, "districts", ["ubigeo"], given))


def record_night(
    con: duckdb.DuckDBPyConnection, run_id: str, started_at: datetime, model: str, nights: Iterable[Mapping[str, Any]]
) -> None:
    """Write a night's row and its sources' rows."""
    columns = "source_id requests listed new failed newest_item_at health reason".split()
    rows = [(run_id, *(night[c] for c in columns)) for night in nights]
    run = (run_id, started_at, datetime.now(UTC), model)

    def write() -> None:
        replace_rows(con, "runs", ["run_id"], [run])
        replace_rows(con, "source_nights", ["run_id", "source_id"], rows)

    in_turn(con, write)


def count_rows(con: duckdb.DuckDBPyConnection) -> Counts:
    """Rows of the main tables."""
    row = con.execute(SQL["counts"]).fetchone()
    assert row is not None
    return Counts(*row)
