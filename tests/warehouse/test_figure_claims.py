"""Claims of statistics: read, masked, loaded, published, and laid side by side where sources differ."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from models.reader.figures import read_figures
from tests.warehouse.filling import fill
from warehouse import batch as staged
from warehouse.load import BatchFiles, load_batch
from warehouse.publish import publish
from warehouse.query import open_published
from warehouse.store import open_warehouse

PAGES = {
    "police": "Según el Sidpol, se registraron 17,630 denuncias por extorsión en los diez primeros meses de 2024.",
    "ngo": "La ONG contó 19,250 denuncias por extorsión en los diez primeros meses de 2024, un 18 % más que en 2023.",
}


def page(name: str, text: str) -> dict[str, Any]:
    return {"id": name, "source": name, "title": "Cifras", "text": text, "published": "2025-02-03", "mentions": []}


def fill_with_figures(con: duckdb.DuckDBPyConnection, folder: Path, batch: str) -> None:
    files = BatchFiles.of(folder / batch)
    rows: list[dict[str, object]] = []
    for name, text in PAGES.items():
        claims = [f.as_row() | {"evidence": f.evidence.text} for f in read_figures(text, date(2025, 2, 3))]
        rows += staged.figure_rows(name, claims)
    staged.write_parquet(files.figures, staged.FIGURES, rows)
    fill(con, folder, batch, [page(*each) for each in PAGES.items()])


@pytest.fixture
def published(tmp_path: Path) -> Path:
    with open_warehouse(tmp_path / "w.duckdb") as con:
        fill_with_figures(con, tmp_path, "one")
        assert not load_batch(con, "one", BatchFiles.of(tmp_path / "one"))
        fill_with_figures(con, tmp_path, "two")  # the same pages, read again
        publish(con, tmp_path / "p.duckdb")
    return tmp_path / "p.duckdb"


def test_sources_that_differ_stand_side_by_side(published: Path) -> None:
    with open_published(published) as con:
        rows = con.execute(
            "SELECT source_id, value, lowest, highest, source_count, is_contradicted FROM figure_claims ORDER BY value"
        ).fetchall()
    assert rows == [("police", 17630, 17630, 19250, 2, True), ("ngo", 19250, 17630, 19250, 2, True)]


def test_a_change_is_kept_apart_from_levels(published: Path) -> None:
    with open_published(published) as con:
        assert con.execute("SELECT value, change FROM figures WHERE unit = 'percent'").fetchall() == [(18, "rise")]
        assert con.execute("SELECT count(*) FROM figures").fetchone() == (3,)
