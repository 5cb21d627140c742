"""Forgotten pages leave no row and no byte in the warehouse, and no batch brings them back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.fold import fold
from models.taxonomy import load as load_taxonomy
from tests.warehouse.filling import fill
from warehouse.forgetting import drop_addresses, drop_pages, find_pages, write_anew
from warehouse.link import link
from warehouse.ops import Ops
from warehouse.publish import publish
from warehouse.store import open_warehouse

ORDER = load_taxonomy().primary_order
NAME = "Zenobia Quilcahuamán"


def page(name: str, text: str) -> dict[str, Any]:
    evidence = {"field": "text", "start": 0, "end": len(text), "text": text}
    mention = {
        "type": "murder", "happening": 1, "sectors": ["bodegas"], "status": "happened", "evidence": evidence,
        "date": "2026-10-05", "date_precision": "day", "ubigeo": "150110", "place_precision": "district", "killed": 1,
    }  # fmt: skip
    return {
        "id": name,
        "source": name,
        "title": text[:30],
        "text": text,
        "published": "2026-10-06",
        "mentions": [mention],
    }


PAGES = [
    page("dabc", f"Matan a {NAME} en su bodega de Comas."),
    page("dabc-001", f"Informe sobre el crimen de {NAME} en Comas."),
    page("dxyz", "Asesinan a un chofer de combi en el paradero de Carabayllo."),
]


def test_nothing_is_left_and_nothing_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with open_warehouse(path) as con:
        fill(con, tmp_path, "one", PAGES)
        link(con, "r1", ORDER)
    with open_warehouse(path) as con:  # days later: nothing is left of what was staged to load
        found = find_pages(con, "ZENOBIA QUILCAHUAMAN", fold)
        assert {p.document_id for p in found} == {"dabc", "dabc-001"}
        drop_pages(con, [p.document_id for p in found])
        link(con, "r2", ORDER)
        fill(con, tmp_path, "two", PAGES)  # read again
        link(con, "r3", ORDER)
        assert con.execute("SELECT document_id FROM documents").fetchall() == [("dxyz",)]
        assert con.execute("SELECT DISTINCT document_id FROM mentions").fetchall() == [("dxyz",)]
        assert con.execute("SELECT count(*) FROM events").fetchone() == (1,)
        publish(con, tmp_path / "p.duckdb")
    write_anew(path)
    for kept in (path, tmp_path / "p.duckdb"):
        assert b"Quilcahuam" not in kept.read_bytes()
    with open_warehouse(path) as con:
        assert con.execute("SELECT document_id FROM forgotten").fetchall() == [("dabc",)]


def test_an_address_or_an_id_means_its_page(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "w.duckdb") as con:
        fill(con, tmp_path, "one", PAGES)
        assert [p.document_id for p in find_pages(con, "https://x.pe/dxyz", fold)] == ["dxyz"]
        assert len(find_pages(con, "dabc", fold)) == 2
        assert find_pages(con, "Nadie Conocido", fold) == []


def test_the_operational_state_keeps_the_tombstone_only(tmp_path: Path) -> None:
    with Ops(tmp_path / "ops.sqlite") as ops:
        with ops.transaction() as db:
            db.execute(
                "INSERT INTO frontier (canonical_url, source_id, url, way, title, discovered_at)"
                " VALUES ('https://x.pe/zenobia', 'uno', 'https://x.pe/zenobia?a=1', 'feed', 'Zenobia', '2026-10-06')"
            )
        drop_addresses(ops, ["dabc-001"], ["https://x.pe/zenobia"])
        assert ops.forgotten() == {"dabc"}
    assert b"enobia" not in (tmp_path / "ops.sqlite").read_bytes()
