"""Series into the warehouse: a release replaces itself, never another."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb
import pyarrow as pa

from warehouse.official import deaths, police
from warehouse.official.places import COUNTRY, Places
from warehouse.official.value import SeriesError, Value
from warehouse.query import Answer, ask
from warehouse.sqlfiles import statements
from warehouse.turns import in_turn

HERE = Path(__file__).parent
SHIPPED = HERE / "series.csv"
SQL = statements("official")
Origin = Literal["file", "table", "shipped"]  # as in official_series
OWN_COLUMNS = ("series", "period", "level", "ubigeo", "value", "release", "is_partial", "source_note")


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken from a file; ``refused`` counts, by what was written, places that are none of Peru's."""

    values: int
    series: tuple[str, ...]
    releases: tuple[str, ...]
    last_period: str
    refused: dict[str, int]


def import_file(con: duckdb.DuckDBPyConnection, path: Path, release: str | None = None) -> Imported:
    """Take in a police workbook or CSV, a death register, or a CSV in the form of the shipped one.

    Raises:
        SeriesError: none of these, or one that is not as it should be; nothing is taken in then.
    """
    places = Places.of(con.execute(SQL["places"]).fetchall())
    if not places.districts:
        raise SeriesError("the warehouse knows no districts yet: run `chasqui nightly` first")
    values, origin = _read(path, places, release)
    if not values:
        raise SeriesError(f"{path.name}: no value in it")
    _write(con, values, origin, "drop_releases", "insert")
    return Imported(
        len(values),
        tuple(sorted({v.series for v in values})),
        tuple(sorted({v.release for v in values})),
        max(v.period for v in values),
        places.refused,
    )


def seed(con: duckdb.DuckDBPyConnection) -> None:
    """Write the values that come with the program as it has them now, but for releases that were imported: those hold more."""
    _write(con, _read_own(SHIPPED), "shipped", "drop_shipped", "insert_shipped")


def summary(con: duckdb.DuckDBPyConnection) -> Answer:
    """One row a series of the published file: its maker, releases and span."""
    return ask(con, SQL["summary"])


def _read(path: Path, places: Places, release: str | None) -> tuple[list[Value], Origin]:
    if path.suffix.lower() == ".xlsx":
        return police.read_workbook(path, places, release), "file"
    encoding, header, delimiter = _first_line(path)
    if set(OWN_COLUMNS) <= set(header):
        return _read_own(path), "table"
    if police.is_police(header):
        return police.read_csv(path, places, release), "file"
    if deaths.is_register(header):
        return deaths.read_register(path, places, release, encoding, delimiter), "file"
    raise SeriesError(
        f"{path.name}: neither police file nor death register nor own form; its columns: {', '.join(header)}"
    )


def _first_line(path: Path) -> tuple[str, list[str], str]:
    """Encoding, columns and delimiter; the register comes in Latin-1 with semicolons as often as not."""
    with path.open("rb") as file:
        start = file.read(1 << 20)
    try:
        start[: start.rfind(b"\n") + 1].decode("utf-8")
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "latin-1"
    line = start.decode(encoding, errors="replace").partition("\n")[0].strip()
    delimiter = max(",;|", key=line.count)
    return encoding, next(csv.reader([line], delimiter=delimiter), []), delimiter


def _read_own(path: Path) -> list[Value]:
    known = tomllib.loads((HERE / "series.toml").read_text(encoding="utf-8"))
    values = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            if row["series"] not in known:
                raise SeriesError(f"{path.name} line {number}: unknown series {row['series']!r}, not in series.toml")
            if row["is_partial"] not in {"yes", "no"}:
                raise SeriesError(f"{path.name} line {number}: is_partial is yes or no, got {row['is_partial']!r}")
            try:
                number_read = float(row["value"])
            except ValueError as error:
                raise SeriesError(f"{path.name} line {number}: value is a number, got {row['value']!r}") from error
            if (row["level"] == "country") != (row["ubigeo"] == COUNTRY):
                raise SeriesError(f"{path.name} line {number}: the country is {COUNTRY}, got {row['ubigeo']!r}")
            head = (row["series"], row["period"], row["level"], row["ubigeo"], number_read, row["release"])
            values.append(Value(*head, row["is_partial"] == "yes", row["source_note"]))
    return values


def _write(con: duckdb.DuckDBPyConnection, values: Sequence[Value], origin: Origin, *steps: str) -> None:
    known = tomllib.loads((HERE / "series.toml").read_text(encoding="utf-8"))
    rows = [_row(value, known[value.series]) | {"origin": origin} for value in values]
    con.register("f_series", pa.Table.from_pylist(rows))

    def work() -> None:
        for step in steps:
            con.execute(SQL[step])

    try:
        in_turn(con, work)
    finally:
        con.unregister("f_series")


def _row(value: Value, series: dict[str, Any]) -> dict[str, Any]:
    first, last = value.days
    return {
        "series": value.series,
        "metric": series["metric"],
        "unit": series["unit"],
        "counted_by": series["counted_by"],
        "grain": value.grain,
        "period_from": first,
        "period_to": last,
        "level": value.level,
        "ubigeo": value.ubigeo,
        "value": float(value.value),
        "release": value.release,
        "is_partial": value.is_partial,
        "source_note": value.source_note,
    }
