"""What pages cannot give back comes back from the journal: ids, ledger, versions, redirects, reviews; damage is named."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.benchmarks.linking_truth import true_mentions
from tests.newsroom.data import load_press
from tests.warehouse.filling import fill
from warehouse import journal
from warehouse.backup import BackupError, make_backup, put_back, read_backup
from warehouse.check import run_checks
from warehouse.integrity import duckdb_damage, journal_damage, sqlite_damage
from warehouse.link import link
from warehouse.memory import recall, remember, settle_lost
from warehouse.ops import Ops
from warehouse.store import open_warehouse

ORDER = ["murder", "attack", "arson", "kidnapping", "extortion", "closure", "strike", "arrest", "new_law", "state_of_emergency", "bill"]  # fmt: skip
FIRST_NIGHT = datetime(2026, 11, 1, 7, tzinfo=UTC)
KEPT = ("event_mentions", "event_changes", "event_redirects", "event_versions", "events")


def rows(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    return {table: con.execute(f"FROM {table} ORDER BY ALL").fetchall() for table in KEPT}


@pytest.fixture(scope="module")
def pages() -> list[dict[str, Any]]:
    documents = list(true_mentions(load_press(), hidden=0.4, seed=3).documents)
    random.Random(5).shuffle(documents)
    return documents


@pytest.fixture(scope="module")
def home(pages: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five nights, the journal kept in each."""
    folder = tmp_path_factory.mktemp("home")
    with open_warehouse(folder / "warehouse.duckdb") as con:
        for n in range(5):
            fill(con, folder / "batches", f"n{n}", pages[n::5], sketched=True)
            link(con, f"n{n}", ORDER, at=FIRST_NIGHT + timedelta(days=n))
            assert remember(con, folder / "journal") > 0
        assert remember(con, folder / "journal") == 0
    with Ops(folder / "ops.sqlite") as ops:
        ops.start_run("r1", "nightly")
    return folder


def made_anew(home: Path, folder: Path, pages: list[dict[str, Any]]) -> tuple[dict[str, Any], int, list[str]]:
    with open_warehouse(folder / "anew.duckdb") as con:
        recall(con, home / "journal")
        fill(con, folder / "batches", "all", pages, sketched=True)
        link(con, "anew", ORDER, reason="model")
        lost = settle_lost(con)
        blocks = [r.name for r in run_checks(con, "x") if r.blocks and r.name not in {"documents_of_unknown_sources", "unknown_labels"}]  # fmt: skip
        return rows(con), lost, blocks


def test_a_warehouse_made_anew_has_the_same_ids_ledger_and_versions(
    home: Path, pages: list[dict[str, Any]], tmp_path: Path
) -> None:
    with open_warehouse(home / "warehouse.duckdb") as con:
        before = rows(con)
    assert len({r[2] for r in before["event_changes"]}) > 1, "nights that change nothing prove nothing"
    after, lost, _ = made_anew(home, tmp_path, pages)
    assert after == before
    assert lost == 0


def test_an_event_whose_pages_are_lost_is_retracted_and_still_resolves(
    home: Path, pages: list[dict[str, Any]], tmp_path: Path
) -> None:
    with open_warehouse(home / "warehouse.duckdb") as con:
        known = {r[0] for r in con.execute("SELECT DISTINCT event_id FROM event_versions").fetchall()}
    after, lost, blocks = made_anew(home, tmp_path, pages[: len(pages) // 2])
    assert lost > 0
    assert {r[0] for r in after["events"]} | {r[0] for r in after["event_redirects"]} >= known
    assert blocks == []


def test_a_torn_line_costs_itself_only_and_what_was_forgotten_stays_away(
    home: Path, pages: list[dict[str, Any]], tmp_path: Path
) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "journal").mkdir()
    for path in (home / "journal").iterdir():
        (folder / "journal" / path.name).write_bytes(path.read_bytes())
    ids = folder / "journal" / "event_ids.jsonl"
    with ids.open("ab") as file:
        file.write(b'{"document_id": "zz", "happ')
    assert journal_damage(ids) == f"1 of {len(ids.read_bytes().splitlines())} lines cannot be read"
    journal.append(ids, {"document_id": "zz", "happening": 1, "event_id": "e-after", "said_at": "2026-11-20T00:00:00Z"})
    assert json.loads(ids.read_bytes().splitlines()[-1])["event_id"] == "e-after"
    journal.append(ids, {"document_id": "buried", "happening": 1, "event_id": "e1", "said_at": "2026-11-20T00:00:00Z"})
    journal.append(folder / "journal" / "forgotten.jsonl", {"document_id": "buried", "at": "2026-11-21T00:00:00Z"})
    with open_warehouse(tmp_path / "w.duckdb") as con:
        recall(con, folder / "journal")
        assert con.execute("SELECT event_id FROM tellings WHERE document_id = 'buried'").fetchall() == []
        assert con.execute("SELECT document_id FROM forgotten").fetchall() == [("buried",)]
        assert con.execute("SELECT event_id FROM tellings WHERE document_id = 'zz'").fetchall() == [("e-after",)]
        assert con.execute("SELECT count(*) FROM tellings").fetchall()[0][0] > len(pages) / 2


def test_a_backup_comes_back_whole(home: Path, tmp_path: Path) -> None:
    manifest = make_backup(home, tmp_path / "b.tar")
    assert {p.name for p in manifest.parts} >= {"warehouse.duckdb", "ops.sqlite", "journal/event_ids.jsonl"}
    assert (tmp_path / "b.tar").stat().st_mode & 0o077 == 0
    (tmp_path / "parts").mkdir()
    read_backup(tmp_path / "b.tar", tmp_path / "parts")
    target = tmp_path / "home"
    target.mkdir()
    (target / "warehouse.duckdb").write_bytes(b"ruined")
    aside = put_back(tmp_path / "parts", target)
    assert [name.split(".2")[0] for name in aside] == ["warehouse.duckdb"]
    with open_warehouse(home / "warehouse.duckdb") as old, open_warehouse(target / "warehouse.duckdb") as new:
        assert rows(new) == rows(old)
    assert sqlite_damage(target / "ops.sqlite") is None


def test_a_journal_that_went_on_after_the_backup_stays(home: Path, tmp_path: Path) -> None:
    make_backup(home, tmp_path / "b.tar")
    (tmp_path / "parts").mkdir()
    read_backup(tmp_path / "b.tar", tmp_path / "parts")
    target = tmp_path / "home"
    ledger = target / "journal" / "ledger.jsonl"
    ledger.parent.mkdir(parents=True)
    longer = (home / "journal" / "ledger.jsonl").read_bytes() + b'{"change_id": "later"}\n'
    ledger.write_bytes(longer)
    put_back(tmp_path / "parts", target)
    assert ledger.read_bytes() == longer


def test_a_journal_from_which_a_page_was_forgotten_since_stays_as_it_is(home: Path, tmp_path: Path) -> None:
    target, ledger = put_back_over(
        home, tmp_path, lambda lines: [*lines[1:], b'{"change_id": "later"}\n'], forgotten=True
    )
    assert ledger[-1] == b'{"change_id": "later"}\n'
    assert ledger[:-1] == lines_of(home / "journal" / "ledger.jsonl")[1:]
    assert list(target.glob("journal/*.aside")) == []


def test_a_journal_that_is_damaged_gets_its_lines_back_and_keeps_later_ones(home: Path, tmp_path: Path) -> None:
    target, ledger = put_back_over(
        home, tmp_path, lambda lines: [lines[0], b"\xff torn", *lines[2:], b'{"change_id": "later"}\n']
    )
    assert ledger == [*lines_of(home / "journal" / "ledger.jsonl"), b'{"change_id": "later"}\n']
    assert len(list(target.glob("journal/ledger.jsonl.*.aside"))) == 1


def put_back_over(
    home: Path, folder: Path, change: Callable[[list[bytes]], list[bytes]], *, forgotten: bool = False
) -> tuple[Path, list[bytes]]:
    """A backup put back over a home whose ledger changed since; the home and its ledger then."""
    make_backup(home, folder / "b.tar")
    (folder / "parts").mkdir()
    read_backup(folder / "b.tar", folder / "parts")
    target = folder / "home"
    shutil.copytree(home / "journal", target / "journal")
    ledger = target / "journal" / "ledger.jsonl"
    ledger.write_bytes(b"".join(change(lines_of(ledger))))
    if forgotten:
        journal.append(target / "journal" / "forgotten.jsonl", {"document_id": "dabc", "at": "2026-11-21T00:00:00Z"})
    put_back(folder / "parts", target)
    return target, lines_of(ledger)


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize("how", ["flipped", "cut", "other"])
def test_a_damaged_backup_is_refused_by_the_name_of_its_part(home: Path, tmp_path: Path, how: str) -> None:
    file = tmp_path / "b.tar"
    make_backup(home, file)
    data = bytearray(file.read_bytes())
    match how:
        case "flipped":
            data[len(data) // 2] ^= 1
        case "cut":
            del data[len(data) // 2 :]
        case _:
            data = bytearray(b"no tar at all" * 100)
    file.write_bytes(data)
    (tmp_path / "parts").mkdir()
    with pytest.raises(BackupError, match=r"b\.tar"):
        read_backup(file, tmp_path / "parts")


def test_damage_to_a_file_is_found(home: Path, tmp_path: Path) -> None:
    assert duckdb_damage(home / "warehouse.duckdb") is None
    data = (home / "warehouse.duckdb").read_bytes()
    cut, flipped = tmp_path / "cut.duckdb", tmp_path / "flipped.duckdb"
    cut.write_bytes(data[: len(data) * 2 // 3])
    assert duckdb_damage(cut)
    found = 0
    for at in range(3 * 4096 + 100, len(data), len(data) // 8):
        flipped.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        found += duckdb_damage(flipped) is not None
    assert found > 0  # a block that nothing uses may be anything
    assert duckdb_damage(tmp_path / "none.duckdb") == "missing"
    broken = tmp_path / "ops.sqlite"
    with sqlite3.connect(broken) as con:
        con.execute("CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) SELECT i, hex(randomblob(40)) AS x FROM n")  # fmt: skip
    con.close()
    whole = broken.read_bytes()
    broken.write_bytes(whole[: len(whole) // 2])
    assert sqlite_damage(broken)
