"""Exports: each form opens in what it is made for, says what it holds, and holds no planted name."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.steps.keeping import district_rows
from tests.warehouse.test_line import ORDER, document, mention, write_batch
from warehouse.exporting import FORMS, export
from warehouse.link import link
from warehouse.load import load_batch, replace_districts, replace_labels, replace_sources
from warehouse.publish import About, publish
from warehouse.store import open_warehouse

PLANTED = ("Juan Pérez", "SECRETO", "999888777")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A murder told with a private name, a strike announced nowhere, a title that a spreadsheet would run."""
    folder = tmp_path_factory.mktemp("export")
    body = "Juan Pérez, al 999888777. SECRETO"
    told = mention("murder", "El cobrador Juan Pérez recibió cinco disparos en Ñañico")
    nowhere = {
        "ubigeo": None,
        "district": None,
        "province": None,
        "department": None,
        "place_precision": "unknown",
        "killed": None,
    }
    announced = mention(
        "strike", "Alistan paro de 24 horas", status="planned", date=None, date_precision="unknown", **nowhere
    )
    formula = replace(document("b", '=HYPERLINK("http://x")', "dos", text=body), byline="Juan Pérez")
    with open_warehouse(folder / "w.duckdb") as con:
        replace_districts(con, district_rows())
        replace_sources(con, [(s, s, None, "national_news", None, "es", None) for s in ("uno", "dos")])
        replace_labels(
            con, [("event", t, n, t, t) for n, t in enumerate(ORDER)] + [("sector", "transport", 9, "t", "t")]
        )
        files = write_batch(
            folder / "b", (document("a", "Asesinan a Juan Pérez", text=body), [told]), (formula, [announced])
        )
        load_batch(con, "b", files)
        link(con, "r", ORDER)
        publish(con, folder / "p.duckdb", About("https://x.org/event/"))
    return folder / "p.duckdb"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_described_checked_and_free_of_planted_names(published: Path, tmp_path: Path, form: str) -> None:
    done = export(published, tmp_path, form)  # type: ignore[arg-type]
    again = export(published, tmp_path, form)  # type: ignore[arg-type]
    assert [p.name for p in tmp_path.iterdir()] == [again.folder.name], "the same edition replaces itself"
    assert done.folder.name.endswith(f"-{form}")
    sums = dict(line.split("  ")[::-1] for line in (done.folder / "SHA256SUMS").read_text().splitlines())
    files = [p for p in done.folder.rglob("*") if p.is_file() and p.name != "SHA256SUMS"]
    assert sums == {str(p.relative_to(done.folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    package = json.loads((done.folder / "datapackage.json").read_text())
    assert {r["path"] for r in package["resources"]} == set(sums) - {"README.md", "DICTIONARY.md", "datapackage.json"}
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["version"] in (done.folder / "README.md").read_text()
    for path in files:
        for name in PLANTED:
            assert name.encode() not in path.read_bytes(), path


def test_no_cell_of_any_published_table_holds_a_planted_name(published: Path, tmp_path: Path) -> None:
    """Parquet and DuckDB compress, so their cells are read, not their bytes."""
    folder = export(published, tmp_path, "parquet").folder
    with duckdb.connect() as con:
        for path in (*folder.glob("*.parquet"), *(folder / n for n in ("timeline", "documents", "mentions"))):
            where = path if path.is_file() else path / "**" / "*.parquet"
            text = str(con.execute(f"SELECT * FROM read_parquet('{where}', hive_partitioning = true)").fetchall())
            assert not [name for name in PLANTED if name in text], path
        years = con.execute(
            f"SELECT DISTINCT year FROM read_parquet('{folder}/timeline/**/*.parquet', hive_partitioning = true)"
        )
        assert years.fetchall() == [(2026,)]


def test_csv_opens_right_in_a_spreadsheet(published: Path, tmp_path: Path) -> None:
    folder = export(published, tmp_path, "csv", ";").folder
    raw = (folder / "documents.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    with (folder / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["document_id"]: row for row in csv.DictReader(file, delimiter=";")}
    assert rows["db"]["title"] == '\'=HYPERLINK("http://x")'
    with (folder / "timeline.csv").open(encoding="utf-8-sig", newline="") as file:
        events = {row["primary_type"]: row for row in csv.DictReader(file, delimiter=";")}
    assert events["murder"]["evidence"] == "El cobrador [nombre] recibió cinco disparos en Ñañico"
    assert events["murder"]["date"] == date(2026, 10, 4).isoformat()
    assert events["murder"]["permalink"] == f"https://x.org/event/{events['murder']['event_id']}"
    assert events["strike"]["killed"] == ""


def test_geojson_has_a_point_where_the_district_is_told_and_none_where_not(published: Path, tmp_path: Path) -> None:
    found = json.loads((export(published, tmp_path, "geojson").folder / "events.geojson").read_text())
    features = {f["properties"]["primary_type"]: f for f in found["features"]}
    longitude, latitude = features["murder"]["geometry"]["coordinates"]
    assert (-77.2, -12.1) < (longitude, latitude) < (-76.9, -11.7), "Comas"
    assert features["murder"]["properties"]["place_precision"] == "district"
    assert features["strike"]["geometry"] is None
