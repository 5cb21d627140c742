"""What a bill became: told only by a document that names the bill and one law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.warehouse.filling import FETCHED, fill
from tests.warehouse.test_bills import BILL
from warehouse import batch as staged
from warehouse.bills import load_bills, replace_bill_states
from warehouse.load import BatchFiles
from warehouse.publish import publish
from warehouse.query import open_published
from warehouse.store import open_warehouse

NAMED = {
    "both": ["PL 00871/2026-2031-CD", "Ley 32600"],
    "several": ["PL 00871/2026-2031-CD", "Ley 32600", "Ley 30077"],
    "law": ["Ley 32600"],
}


def norm(number: str) -> dict[str, Any]:
    return {
        "kind": number.split(maxsplit=1)[0],
        "number": number,
        "published_on": date(2026, 11, 2),
        "earlier": [],
        "territory": [],
    }


def test_one_law_beside_the_bill(tmp_path: Path) -> None:
    bill = replace(BILL, state="PUBLICADA EN EL DIARIO OFICIAL EL PERUANO")
    files = BatchFiles.of(tmp_path / "b")
    rows = [row for name, numbers in NAMED.items() for row in staged.norm_rows(name, map(norm, numbers))]
    staged.write_parquet(files.norms, staged.NORMS, rows)
    staged.write_parquet(tmp_path / "bills" / "bills.parquet", staged.BILLS, staged.bill_rows([(bill, FETCHED)]))
    pages = [{"id": n, "title": n, "text": n, "published": "2026-11-02", "mentions": []} for n in NAMED]
    with open_warehouse(tmp_path / "w.duckdb") as con:
        fill(con, tmp_path, "b", pages)
        load_bills(con, tmp_path / "bills" / "bills.parquet")
        replace_bill_states(con)
        publish(con, tmp_path / "p.duckdb")
    with open_published(tmp_path / "p.duckdb") as con:
        assert con.execute("SELECT stage FROM bills").fetchall() == [("published",)]
        assert con.execute("SELECT law, document_count, gazette_on FROM bill_laws").fetchall() == [
            ("Ley 32600", 1, None)
        ]
