"""One export: a dated folder, made aside and put in place whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

import duckdb

from warehouse.dictionary import describe
from warehouse.exporting.describing import write_checksums, write_package, write_readme
from warehouse.exporting.points import write_points
from warehouse.exporting.tables import write_csv, write_parquet
from warehouse.query import QueryError
from warehouse.sqlfiles import statements
from warehouse.store import CONFIG

Form = Literal["parquet", "csv", "geojson", "duckdb"]
FORMS = cast("tuple[Form, ...]", get_args(Form))
SQL = statements("export")
Writer = Callable[[duckdb.DuckDBPyConnection, Path], list[str]]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the folder, its data files, and their size together."""

    folder: Path
    files: int
    file_bytes: int


def export(published: Path, into: Path, form: Form, separator: str = ",") -> Exported:
    """Write the published file in another form, in a folder of its own named by the edition's day.

    Args:
        published: the published file.
        into: folder in which that folder is made; one of the same edition and form is replaced.
        form: which form.
        separator: between the columns of CSV; spreadsheets set to a decimal comma expect ``;``.

    Raises:
        QueryError: there is no published file.
    """
    if not published.exists():
        raise QueryError(f"{published} is not there yet: run `chasqui nightly` (or `chasqui demo`) first")
    writers: dict[Form, Writer] = {
        "parquet": write_parquet,
        "csv": lambda con, folder: write_csv(con, folder, separator),
        "geojson": write_points,
        "duckdb": lambda con, folder: _copy(con, published, folder),
    }
    with duckdb.connect(str(published), read_only=True, config={**CONFIG}) as con:
        con.execute("SET TimeZone = 'UTC'")
        about = dict(con.execute(SQL["about"]).fetchall())
        edition = f"chasqui-{about['edition']}-{form}"
        into.mkdir(parents=True, exist_ok=True)
        temporary = into / f".{edition}.new"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir()
        try:
            resources = writers[form](con, temporary)
            (temporary / "DICTIONARY.md").write_text(describe(con), encoding="utf-8")
            write_readme(temporary, form, about)
            files = write_package(con, temporary, edition, about, resources)
            write_checksums(temporary)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
    target = into / edition
    shutil.rmtree(target, ignore_errors=True)
    temporary.replace(target)
    return Exported(target, len(files), sum((target / f).stat().st_size for f in files))


def _copy(con: duckdb.DuckDBPyConnection, published: Path, folder: Path) -> list[str]:
    edition = con.execute(SQL["edition"]).fetchone()
    assert edition is not None
    copy = folder / f"chasqui-{edition[0]}.duckdb"
    shutil.copyfile(published, copy)
    return []
