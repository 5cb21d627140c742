"""People's SQL reads the published file and nothing else, and cannot outlast or outgrow its limits."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dashboards.app.sandbox import GRACE_S, ask_apart
from tests.dashboards.made import Told, publish_events
from warehouse.query import QueryError

REFUSED = (
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM glob('/*')",
    "ATTACH '{folder}/other.db'",
    "COPY events TO '{folder}/out.csv'",
    "EXPORT DATABASE '{folder}/out'",
    "INSTALL httpfs",
    "LOAD '{folder}/x.duckdb_extension'",
    "DELETE FROM events",
    "CREATE TABLE mine (i INTEGER)",
    "SET memory_limit = '100GB'",
    "SET lock_configuration = false",
    "SET enable_external_access = true; SELECT * FROM read_text('/etc/passwd')",
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_events(tmp_path_factory.mktemp("sandbox") / "chasqui.duckdb", [Told("e1")])


def test_a_question_is_answered_and_its_rows_are_limited(published: Path) -> None:
    answer = ask_apart(published, "SELECT event_id, killed, date, types FROM timeline")
    assert answer.columns == ["event_id", "killed", "date", "types"]
    assert answer.rows == [("e1", None, "2026-10-19", ["extortion"])]
    cut = ask_apart(published, "FROM range(10)", row_limit=3)
    assert (len(cut.rows), cut.is_cut) == (3, True)


def test_whatever_reaches_out_or_writes_is_refused(published: Path, tmp_path: Path) -> None:
    before = sorted(p.name for p in published.parent.iterdir())
    for sql in REFUSED:
        with pytest.raises(QueryError):
            ask_apart(published, sql.format(folder=tmp_path))
    assert list(tmp_path.iterdir()) == []
    assert sorted(p.name for p in published.parent.iterdir()) == before


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM range(100000000000) a, range(1000000) b",
        "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i FROM r) SELECT count(*) FROM r",
    ],
)
def test_a_question_that_runs_away_is_stopped(published: Path, sql: str) -> None:
    began = time.monotonic()
    with pytest.raises(QueryError):
        ask_apart(published, sql, seconds=1)
    assert time.monotonic() - began < 1 + GRACE_S + 10  # a busy machine takes its time to start a process


def test_a_question_that_grows_is_stopped(published: Path) -> None:
    with pytest.raises(QueryError):
        ask_apart(published, "SELECT list(i || repeat('x', 1000)) FROM range(100000000) t(i)", seconds=30)


def test_the_process_is_given_none_of_the_servers_secrets(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHASQUI_DASHBOARD_TOKEN", "s" * 20)
    with pytest.raises(QueryError):
        ask_apart(published, "SELECT getenv('CHASQUI_DASHBOARD_TOKEN')")
