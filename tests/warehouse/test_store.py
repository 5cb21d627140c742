"""The writer's file: older ones are upgraded with a copy kept, newer ones refused, and every column is described."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.sqlfiles import migrations
from warehouse.store import NewerWarehouseError, open_warehouse


def older_file(path: Path, until: int) -> None:
    """A file as the program of that schema left it, with a document told by one event."""
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE schema_version (version INTEGER NOT NULL, applied_at TIMESTAMPTZ NOT NULL)")
        for number, script in migrations("warehouse"):
            if number <= until:
                con.execute(script)
                con.execute("INSERT INTO schema_version VALUES (?, now())", [number])
        con.execute("INSERT INTO event_mentions VALUES ('e1', 'm1')")
        con.execute("INSERT INTO document_labels VALUES ('d1', 'event', 'murder', 0.9, 'yes')")


@pytest.mark.parametrize("until", [1, 2, 12])
def test_an_older_file_is_upgraded_in_place_and_a_copy_kept(tmp_path: Path, until: int) -> None:
    path = tmp_path / "w.duckdb"
    older_file(path, until)
    with open_warehouse(path) as con:
        assert con.execute("SELECT * FROM event_mentions").fetchall() == [("e1", "m1")]
        assert con.execute("SELECT probability FROM document_labels").fetchall() == [(0.9,)]
        newest = migrations("warehouse")[-1][0]
        assert con.execute("SELECT max(version) FROM schema_version").fetchone() == (newest,)
    backup = tmp_path / f"w.duckdb.schema-{until}.bak"
    assert backup.stat().st_mode & 0o077 == 0
    with duckdb.connect(str(backup), read_only=True) as con:
        assert con.execute("SELECT max(version) FROM schema_version").fetchone() == (until,)
        assert con.execute("SELECT * FROM event_mentions").fetchall() == [("e1", "m1")]


def test_a_file_of_this_program_is_opened_without_a_copy(tmp_path: Path) -> None:
    for _ in range(2):
        with open_warehouse(tmp_path / "w.duckdb"):
            pass
    assert [p.name for p in tmp_path.iterdir()] == ["w.duckdb"]


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "w.duckdb") as con:
        con.execute("INSERT INTO schema_version VALUES (9999, now())")
    with pytest.raises(NewerWarehouseError, match="newer chasqui"), open_warehouse(tmp_path / "w.duckdb"):
        pass


def test_every_table_and_column_is_described(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "w.duckdb") as con:
        tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL").fetchall()
        columns = con.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
        ).fetchall()
    assert tables == []
    assert columns == []
