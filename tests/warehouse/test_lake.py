"""The two homes of the warehouse keep one contract: load, link, check and publish give the same in a file and in a lake."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.benchmarks.linking_truth import true_mentions
from tests.newsroom.data import load_press
from tests.postgres import create_database, postgres, why_not
from tests.warehouse.filling import fill
from warehouse.check import run_checks
from warehouse.lake import Lake, LakeError, keyless
from warehouse.link import link
from warehouse.load import count_rows, replace_labels, replace_sources
from warehouse.memory import remember
from warehouse.publish import publish
from warehouse.reviews.holding import hold_loaded
from warehouse.reviews.taking import insert
from warehouse.search.shelf import Shelf
from warehouse.search.update import Indexed, update
from warehouse.store import open_warehouse

ORDER = ["murder", "attack", "arson", "kidnapping", "extortion", "closure", "strike", "arrest", "new_law", "state_of_emergency", "bill"]  # fmt: skip
AT = datetime(2026, 11, 1, 7, tzinfo=UTC)
COMPARED = ("documents", "mentions", "mention_sectors", "held_mentions", "events", "event_mentions", "event_types", "tellings", "sources", "loaded")  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    reason = why_not()
    if reason:
        pytest.skip(reason)
    with postgres() as parameters:
        yield parameters


@pytest.fixture
def lake(server: str, tmp_path: Path, request: pytest.FixtureRequest) -> Lake:
    name = "".join(c for c in request.node.name.lower() if c.isalnum())[:40]
    return Lake(f"ducklake:postgres:{create_database(server, name)}", tmp_path / "lake")


@pytest.fixture(scope="module")
def press() -> list[dict[str, Any]]:
    return true_mentions(load_press(), hidden=0.2, seed=5).documents[:60]


def evening(where: Path | Lake, folder: Path, press: list[dict[str, Any]]) -> tuple[dict[str, list[Any]], Path]:
    """Two nights into a warehouse, one of them told again with other words; what is there, and what is published."""
    with open_warehouse(where) as con:
        outlets = sorted({d["source"] for d in press})
        replace_sources(con, [(o, o.title(), None, "national_news", None, "es", None) for o in outlets])
        replace_labels(con, [("event", label, n, label, label) for n, label in enumerate(ORDER)])
        for number, documents in enumerate((press[:40], press[30:])):
            fill(con, folder, f"n{number}", documents, sketched=True)
            link(con, f"n{number}", ORDER, at=AT)
        again = [
            {**d, "mentions": [*d["mentions"][:1], *(m | {"uncertain": True} for m in d["mentions"][1:])], "text": d["text"] + " Más."}
            for d in press[:5]
        ]  # fmt: skip
        fill(con, folder, "again", again, sketched=True)
        fill(con, folder, "again", again, sketched=True)
        _judge(con, again)
        link(con, "again", ORDER, at=AT)
        assert not [r for r in run_checks(con, "again") if r.blocks and r.name != "unknown_labels"]
        assert remember(con, folder / "journal") > 0
        assert remember(con, folder / "journal") == 0
        shelf = Shelf(folder / "search")
        assert update(con, shelf, lambda title, text: (title, text)).added == len({d["id"] for d in press})
        fill(con, folder, "once more", again[:1], sketched=True)
        assert update(con, shelf, lambda title, text: (title, text)) == Indexed(0, 0)
        link(con, "once more", ORDER, at=AT)
        assert remember(con, folder / "journal") == 0
        published = publish(con, folder / "chasqui.duckdb").path
        found = {t: _rows(con, t) for t in COMPARED}
    return found, published


def _judge(con: duckdb.DuckDBPyConnection, documents: list[dict[str, Any]]) -> None:
    """Give two labels that are nearly given, and take one away."""
    hashes = dict(con.execute("SELECT document_id, text_hash FROM documents").fetchall())
    blank = dict.fromkeys(("event_id", "other_id", "field", "value", "note"))
    said = [(documents[0], 1, "add"), (documents[1], 1, "accept"), (documents[4], 0, "remove")]
    insert(con, [blank | {
        "review_id": f"r{n}", "reviewed_at": AT.isoformat(), "reviewer": "ana", "verdict": verdict, "document_id": d["id"], "axis": "event",
        "label": d["mentions"][position]["type"], "text_hash": hashes[d["id"]], "anchors": []} for n, (d, position, verdict) in enumerate(said)])  # fmt: skip
    hold_loaded(con)
    types = "SELECT type FROM {} WHERE document_id = ? ORDER BY type"
    kept = [[[t for (t,) in con.execute(types.format(table), [d["id"]]).fetchall()] for table in ("mentions", "held_mentions")] for d, _, _ in said]  # fmt: skip
    assert kept == [[["attack", "murder"], ["extortion"]], [["arson", "extortion"], []], [[], ["attack", "murder"]]]


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> list[Any]:
    if table == "loaded":
        return con.execute("SELECT batch FROM loaded_batches ORDER BY 1").fetchall()
    return con.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()


def test_keys_are_left_out_and_nothing_else() -> None:
    script = "CREATE TABLE t (a VARCHAR PRIMARY KEY, b INTEGER NOT NULL,\n    PRIMARY KEY (a, b)\n);"
    assert " ".join(keyless(script).split()) == "CREATE TABLE t (a VARCHAR , b INTEGER NOT NULL );"


@pytest.mark.parametrize("url", ["ducklake:sqlite:x", "postgres:dbname=x", "ducklake:postgres:dbname=x password=1234"])
def test_an_address_that_cannot_be_meant_is_refused_without_its_secret(url: str, tmp_path: Path) -> None:
    with pytest.raises(LakeError) as refused:
        Lake(url, tmp_path)
    assert "1234" not in str(refused.value)


@pytest.mark.server
def test_both_homes_give_the_same(lake: Lake, press: list[dict[str, Any]], tmp_path: Path) -> None:
    in_file, from_file = evening(tmp_path / "warehouse.duckdb", tmp_path / "a", press)
    in_lake, from_lake = evening(lake, tmp_path / "b", press)
    for table in COMPARED:
        assert in_lake[table] == in_file[table], table
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{from_file}' AS one (READ_ONLY)")
        con.execute(f"ATTACH '{from_lake}' AS two (READ_ONLY)")
        for table in ("timeline", "documents", "mentions", "event_weeks"):
            one, two = (con.execute(f"SELECT * FROM {db}.{table} ORDER BY ALL").fetchall() for db in ("one", "two"))
            assert one == two, table
        sql = "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE database_name = ? ORDER BY ALL"
        assert con.execute(sql, ["one"]).fetchall() == con.execute(sql, ["two"]).fetchall()


@pytest.mark.server
def test_a_lake_opens_again_as_it_was(lake: Lake, press: list[dict[str, Any]], tmp_path: Path) -> None:
    with open_warehouse(lake) as con:
        fill(con, tmp_path, "n", press[:10])
        before = count_rows(con)
    with open_warehouse(lake) as con:
        assert count_rows(con) == before
        assert con.execute("SELECT count(*) = count(DISTINCT version) FROM schema_version").fetchone() == (True,)


def _write(url: str, files: str, folder: str, parts: list[tuple[str, list[dict[str, Any]]]]) -> None:
    with open_warehouse(Lake(url, Path(files))) as con:
        for name, documents in parts:
            fill(con, Path(folder), name, documents)


@pytest.mark.server
@pytest.mark.timeout(600)
def test_several_writers_give_each_row_once_and_readers_never_fail(
    lake: Lake, press: list[dict[str, Any]], tmp_path: Path
) -> None:
    with open_warehouse(lake):
        pass
    batches = [(f"b{n}", press[n * 5 : n * 5 + 15]) for n in range(8)]  # each document in up to three of them
    spawn = multiprocessing.get_context("spawn")
    writers = [
        spawn.Process(target=_write, args=(lake.url, str(lake.files), str(tmp_path / f"w{w}"), batches[w::2] + batches[:1]))
        for w in range(2)
    ]  # fmt: skip
    seen: list[int] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            with open_warehouse(lake) as con:
                row = con.execute("SELECT count(*), count(DISTINCT document_id) FROM documents").fetchone()
                assert row is not None
                assert row[0] == row[1]
                seen.append(row[0])

    reader = threading.Thread(target=read)
    for writer in writers:
        writer.start()
    reader.start()
    for writer in writers:
        writer.join()
    over.set()
    reader.join()
    assert [w.exitcode for w in writers] == [0, 0]
    expected = {d["id"] for _, documents in batches for d in documents}
    with open_warehouse(lake) as con:
        kept = [row[0] for row in con.execute("SELECT document_id FROM documents").fetchall()]
        assert sorted(kept) == sorted(expected)
        assert (
            con.execute("SELECT count(*), count(DISTINCT mention_id) FROM mentions").fetchone()
            == (len(set(_mention_ids(con))),) * 2
        )
        assert con.execute("SELECT count(*) FROM loaded_batches").fetchone() == (8,)
    assert seen == sorted(seen)
    assert seen[-1] <= len(expected)


def _mention_ids(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in con.execute("SELECT mention_id FROM mentions").fetchall()]
