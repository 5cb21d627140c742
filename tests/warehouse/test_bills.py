"""Bills over several nights: their states as steps, their words as stages, their former numbers, and who names them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from warehouse import batch as staged
from warehouse.bills import load_bills, replace_bill_states
from warehouse.check import run_checks
from warehouse.publish import publish
from warehouse.records import Bill
from warehouse.store import open_warehouse

FIRST = datetime(2026, 10, 1, 7, tzinfo=UTC)
BILL = Bill(
    period=2026,
    chamber="deputies",
    number=871,
    document_id="d1",
    printed_number="PL 00871/2026-2031-CD",
    title="Ley que …",
    state="PRESENTADO",
    filed_on=date(2026, 9, 28),
    proponent="Congreso",
    authors=("Tapullima Ríos, Genoveva",),
    former_number="PL 1330/2021-CR",
)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(tmp_path / "w.duckdb") as connection:
        yield connection


def load(con: duckdb.DuckDBPyConnection, folder: Path, night: int, *bills: Bill) -> None:
    path = folder / f"{night}.parquet"
    seen = FIRST + timedelta(days=night)
    staged.write_parquet(path, staged.BILLS, staged.bill_rows((bill, seen) for bill in bills))
    load_bills(con, path)
    replace_bill_states(con)


def steps(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None, date | None, int]]:
    rows = con.execute(
        "SELECT state, stage, stepped_on, seen_at FROM bill_steps ORDER BY seen_at, stepped_on NULLS LAST"
    )
    return [(state, stage, day, (at - FIRST).days) for state, stage, day, at in rows.fetchall()]


def test_each_change_of_state_is_a_step_and_the_same_night_twice_changes_nothing(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    committee = replace(BILL, state="En Comisión")
    for night, bill in ((0, BILL), (1, BILL), (2, committee), (2, committee), (5, committee)):
        load(con, tmp_path, night, bill)
    assert steps(con) == [("PRESENTADO", "filed", BILL.filed_on, 0), ("En Comisión", "committee", None, 2)]
    assert con.execute("SELECT state, stage, title FROM bills").fetchall() == [
        ("En Comisión", "committee", "Ley que …")
    ]


def test_a_bill_first_seen_late_has_its_filing_and_its_state(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    late = replace(BILL, state="DICTAMEN")
    for night in (0, 0, 3):
        load(con, tmp_path, night, late)
    assert steps(con) == [("PRESENTADO", "filed", BILL.filed_on, 0), ("DICTAMEN", "report", None, 0)]


def test_an_older_list_read_again_does_not_set_a_bill_back(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    load(con, tmp_path, 4, replace(BILL, state="AL ARCHIVO"))
    load(con, tmp_path, 1, BILL)
    assert con.execute("SELECT state FROM bills").fetchall() == [("AL ARCHIVO",)]


def test_an_unknown_word_is_kept_without_a_stage_and_reported(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    load(con, tmp_path, 0, replace(BILL, state="EN CÁMARA REVISORA"))
    assert con.execute("SELECT state, stage FROM bills").fetchall() == [("EN CÁMARA REVISORA", None)]
    (result,) = [r for r in run_checks(con, "r1") if r.name == "bills_in_unknown_states"]
    assert (result.severity, result.failures, result.examples) == ("warning", 1, ("EN CÁMARA REVISORA",))


KEYS = {
    "PL 7538/2023-CR": "2021-C-7538",  # the year is that of the session, not of the period
    "PL 14864/2025-CR": "2021-C-14864",  # filed in July 2026, still the session of 2025
    "PL 13280/2025-PE": "2021-C-13280",  # the letters name who filed it
    "7538-2023-CR": "2021-C-7538",
    "PL 5/2019-CR": "2016-C-5",
    "PL 00871/2026-2031-CD": "2026-D-871",
    "PL 00013/2026-2031-S": "2026-S-13",
    "PL 6/2026-2031-CR": "2026-C-6",
    "PL 871/2027-CD": "2026-D-871",
    "PL 871/2026-PE": None,  # since 2026 three series count from 1: without the series it may be three bills
    "PL 12723": None,
    "Ley 32108": None,
}


def test_a_printed_number_leads_to_one_bill_or_to_none(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    publish(con, tmp_path / "p.duckdb")
    with duckdb.connect(str(tmp_path / "p.duckdb"), read_only=True) as reader:
        rows = reader.execute("SELECT printed, bill_id_of(printed) FROM (SELECT unnest(?) AS printed)", [list(KEYS)])
        assert dict(rows.fetchall()) == KEYS


def test_a_bill_filed_anew_carries_the_history_of_its_former_number(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    former = replace(
        BILL, period=2021, chamber="congress", number=1330, printed_number="PL 1330/2021-CR", former_number=None,
        filed_on=date(2022, 2, 14), state="AL ARCHIVO", document_id="d0",
    )  # fmt: skip
    load(con, tmp_path, 0, former, BILL)
    publish(con, tmp_path / "p.duckdb")
    with duckdb.connect(str(tmp_path / "p.duckdb"), read_only=True) as reader:
        history = reader.execute(
            "SELECT as_bill_id, refilings, stage FROM bill_history WHERE bill_id = '2026-D-871' ORDER BY refilings DESC, stepped_on NULLS LAST"
        ).fetchall()
    assert history == [("2021-C-1330", 1, "filed"), ("2021-C-1330", 1, "archived"), ("2026-D-871", 0, "filed")]
