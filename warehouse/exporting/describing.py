"""What lies beside the data: a description machines read (Frictionless Data Package), one people read, and checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from warehouse.sqlfiles import statements

SQL = statements("export")
BESIDE = {"DICTIONARY.md", "README.md", "datapackage.json", "SHA256SUMS"}
FIELD_TYPES = {
    "VARCHAR": "string", "DATE": "date", "BOOLEAN": "boolean", "INTEGER": "integer", "BIGINT": "integer", "DOUBLE": "number",
    "TIMESTAMP WITH TIME ZONE": "datetime",
}  # fmt: skip
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
}
FORM_NOTES = {
    "parquet": "`timeline` and `documents` are parted by year, `mentions` by event type, hive style.",
    "csv": "UTF-8 with byte order mark. Lists are joined by `; `. Import `ubigeo` as text: a spreadsheet drops its leading zero. A text\n"
    "that a spreadsheet would run as a formula has an apostrophe before it.",
    "geojson": "Points are capital towns of districts; an event placed no finer than a province has no point. See `place_precision`.",
    "duckdb": "Opens read-only in any DuckDB client from 1.2 on.",
}
README = """# {title}, edition of {edition}

{note}

- What every table and column means: [DICTIONARY.md](DICTIONARY.md). The same for machines: [datapackage.json](datapackage.json).
- Licence: {licence}. {quotations}
- To cite: {cite}
- NULL (empty) means that nobody says; it never means none or zero. Days are days in Lima, instants UTC.
- An event keeps its id; one that is no more stands in `event_redirects`. Figures of past weeks change as reports come in
  (`event_changes` says which and why): cite the edition.
- `sha256sum -c SHA256SUMS` tells whether the files came whole.

First lines for the DuckDB shell, Python, R and DBeaver: docs/analysts.md of the program.
"""


def write_readme(folder: Path, form: str, about: Mapping[str, Any]) -> None:
    """The page a person reads first."""
    values = {**about, "note": FORM_NOTES[form]}
    (folder / "README.md").write_text(README.format(**values), encoding="utf-8")


def write_package(
    con: duckdb.DuckDBPyConnection, folder: Path, edition: str, about: Mapping[str, Any], described: Iterable[str]
) -> list[str]:
    """``datapackage.json``; returns the data files, in order."""
    files = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.name not in BESIDE)
    relations = {name: _fields(con, name) for name in described}
    resources = [_resource(folder, file, relations) for file in files]
    package = {
        "name": edition,
        "title": about["title"],
        "version": about["edition"],
        "created": about["published_at"],
        "licenses": [{"name": about["licence"]} | _address_of(about["licence"])],
        "citation": about["cite"],
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")
    return files


def write_checksums(folder: Path) -> None:
    """``SHA256SUMS`` over everything else, as ``sha256sum -c`` reads it."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    lines = [f"{_digest(p)}  {p.relative_to(folder)}\n" for p in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _resource(folder: Path, file: str, relations: Mapping[str, list[dict[str, str]]]) -> dict[str, Any]:
    path = folder / file
    name = file.split("/", maxsplit=1)[0].split(".", maxsplit=1)[0]
    found: dict[str, Any] = {
        "name": file.replace("/", "-").replace("=", "-").lower(),
        "path": file,
        "format": path.suffix.removeprefix("."),
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_digest(path)}",
    }
    fields = relations.get("timeline" if path.suffix == ".geojson" else name)
    return found | ({"schema": {"fields": fields}} if fields else {})


def _address_of(licence: str) -> dict[str, str]:
    return {"path": LICENCES[licence]} if licence in LICENCES else {}


def _fields(con: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, str]]:
    return [
        {"name": column, "type": FIELD_TYPES.get(kind, "array"), "description": comment or ""}
        for column, kind, comment in con.execute(SQL["fields"], [name]).fetchall()
    ]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
