"""The warehouse's second home: DuckLake, its tables Parquet files in a folder, its catalog in PostgreSQL, for several writers.

Belongs here: naming such a home and attaching it. Not here: the schema (``store``, the same migrations for both homes) or
whether a statement works on both (it must: no keys, no indexes, no statement that relies on one).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

PREFIX = "ducklake:"
EXTENSIONS = ("ducklake", "postgres_scanner")
NAME = "lake"
# Of a file, rows that are compressed and written as one. What one thread collects of a load must fill such groups, or it is copied once
# more and compressed with what the others left, by one thread: with DuckDB's 122,880 that was every batch's documents. A multiple of 2,048.
ROW_GROUP = 30_720
PASSWORD = re.compile(r"\bpassword\s*=", re.IGNORECASE)
KEY_LINE = re.compile(r",\s*PRIMARY KEY \([^)]*\)")
KEY_WORD = re.compile(r"\bPRIMARY KEY\b")
COMPRESSION = re.compile(r"\bUSING COMPRESSION \w+")


class LakeError(Exception):
    """The lake cannot be opened; the message says what to do and holds no secret."""


@dataclass(frozen=True, slots=True)
class Lake:
    """Where a lake is: ``url`` names its catalog (``ducklake:postgres:dbname=… host=…``), ``files`` the folder of its tables."""

    url: str
    files: Path

    def __str__(self) -> str:
        return self.url

    def __post_init__(self) -> None:
        if not self.url.startswith(f"{PREFIX}postgres:"):
            raise LakeError(f"{self.url.partition(':')[0]}: a lake's address begins with {PREFIX}postgres:")
        if PASSWORD.search(self.url):
            raise LakeError("no password in a warehouse address: give it in PGPASSWORD or in ~/.pgpass")


def connect(lake: Lake, config: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """A connection whose current database is the lake.

    Raises:
        LakeError: the extensions are not installed, or the catalog does not answer.
    """
    con = duckdb.connect(config=config)
    try:
        load_extensions(con, [lake])
        attach(con, lake, NAME, read_only=False)
        con.execute(f"USE {NAME}")
    except BaseException:
        con.close()
        raise
    return con


def load_extensions(con: duckdb.DuckDBPyConnection, lakes: Sequence[Lake]) -> None:
    """Load what lakes need, from the installed wheels; nothing when there is no lake.

    Raises:
        LakeError: the wheels are not installed.
    """
    if not lakes:
        return
    try:
        from duckdb_extensions import import_extension
    except ImportError as error:
        raise LakeError("a lake needs the extra 'scale': pip install 'chasqui[scale]'") from error
    for name in EXTENSIONS:
        import_extension(name)
        con.execute(f"LOAD {name}")


def attach(con: duckdb.DuckDBPyConnection, where: Path | Lake, name: str, *, read_only: bool) -> None:
    """Attach a warehouse of either kind under a name.

    Raises:
        LakeError: the lake's catalog does not answer.
    """
    options = ["READ_ONLY"] if read_only else []
    if isinstance(where, Lake):
        where.files.mkdir(parents=True, exist_ok=True, mode=0o700)
        options.append(f"DATA_PATH {_quoted(f'{where.files.absolute()}/')}")
    elif not read_only:
        options.append(f"ROW_GROUP_SIZE {ROW_GROUP}")
    given = f" ({', '.join(options)})" if options else ""
    try:
        con.execute(f"ATTACH {_quoted(str(where))} AS {name}{given}")
    except duckdb.Error as error:
        if not isinstance(where, Lake):
            raise
        raise LakeError(f"{where}: {' '.join(str(error).split())[:300]}") from error


def keyless(script: str) -> str:
    """A migration without what a lake does not know: compression, and keys; what they kept out the checks prove before each publish."""
    return COMPRESSION.sub("", KEY_WORD.sub("", KEY_LINE.sub("", script)))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
