"""The warehouse, a file with one writer or a lake with several: opening it, and bringing its schema up to date."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from warehouse.durable import sync
from warehouse.lake import Lake, attach, connect, keyless
from warehouse.sqlfiles import migrations

NAME = "warehouse"
# Nothing is ever installed or loaded by itself; times are written and shown in UTC.
CONFIG: dict[str, Any] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
MEMORY_LIMIT = "3GB"  # what publishing ten million mentions needs; smaller warehouses take less
# Of a file made new. Nobody but this program opens it (the published file keeps an older form), and texts take half the room.
STORAGE_VERSION = "v1.5.0"
# Rows need no order of their own (what is published is sorted), which halves the cost of writing them; the log is folded into the
# file less often; and a night's output is its own.
WRITING = (
    "TimeZone = 'UTC'",
    "preserve_insertion_order = false",
    "wal_autocheckpoint = '256MB'",
    "enable_progress_bar = false",
)


class NewerWarehouseError(Exception):
    """The file was made by a newer program."""


class LockedError(Exception):
    """Another process has the file open."""


@contextmanager
def open_warehouse(where: Path | Lake, memory_limit: str = MEMORY_LIMIT) -> Iterator[duckdb.DuckDBPyConnection]:
    """A writer's connection, with the schema of this program.

    Raises:
        LockedError: another process has the file.
        LakeError: the lake cannot be opened.
        NewerWarehouseError: the schema is newer than this program's.
    """
    config = CONFIG | {"memory_limit": memory_limit}
    existed = isinstance(where, Path) and where.exists()
    con = connect(where, config) if isinstance(where, Lake) else _open_file(where, config)
    try:
        for setting in WRITING:
            con.execute(f"SET {setting}")
        migrate(con, where, existed=existed)
        yield con
    finally:
        con.close()


def _open_file(path: Path, config: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """The file attached, not connected to: only so can the size of its row groups be said."""
    path.parent.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(
        config=config | {"storage_compatibility_version": STORAGE_VERSION, "temp_directory": f"{path}.tmp"}
    )
    try:
        attach(con, path, NAME, read_only=False)
        con.execute(f"USE {NAME}")
    except BaseException as error:  # whatever ends it, the file's lock is given back; nothing is swallowed
        con.close()
        if (
            isinstance(error, duckdb.IOException) and "could not set lock" in str(error).lower()
        ):  # a damaged "block" is another matter
            raise LockedError(f"{path} is open in another process") from error
        raise
    path.chmod(0o600)
    return con


def migrate(con: duckdb.DuckDBPyConnection, where: Path | Lake, *, existed: bool) -> None:
    """Apply the migrations the file lacks, in order, each in a transaction; an older file is copied aside first."""
    applied = _applied(con)
    version = max(applied, default=0)
    steps = migrations("warehouse")
    if version > steps[-1][0]:
        raise NewerWarehouseError(
            f"{where} was made by a newer chasqui (schema {version}, this one knows {steps[-1][0]}): update chasqui"
        )
    missing = [step for step in steps if step[0] not in applied]
    if isinstance(where, Path) and missing and existed and version:
        con.execute("CHECKPOINT")
        _keep_copy(where, where.with_name(f"{where.name}.schema-{version}.bak"))
    if not applied:
        con.execute(
            "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL, applied_at TIMESTAMPTZ NOT NULL)"
        )
        con.execute("COMMENT ON TABLE schema_version IS 'One row a migration applied to this file.'")
    for number, script in missing:
        con.execute("BEGIN")
        try:
            con.execute(keyless(script) if isinstance(where, Lake) else script)
            con.execute("INSERT INTO schema_version VALUES (?, now())", [number])
        except BaseException:
            con.execute("ROLLBACK")
            raise
        con.execute("COMMIT")


def _applied(con: duckdb.DuckDBPyConnection) -> set[int]:
    """The migrations already in; a look only, for in a lake every statement that defines something gets in the writers' way."""
    try:
        return {row[0] for row in con.execute("SELECT version FROM schema_version").fetchall()}
    except duckdb.CatalogException:
        return set()


def _keep_copy(path: Path, backup: Path) -> None:
    """Copy the file aside, whole or not at all: a copy cut short must never pass for a backup."""
    temporary = backup.with_name(f"{backup.name}.new")
    shutil.copyfile(path, temporary)
    temporary.chmod(0o600)
    sync(temporary)
    temporary.replace(backup)
