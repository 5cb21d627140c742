"""Rules before publishing: each kind finds what breaks it, blocking ones keep yesterday's file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from warehouse.check import CheckResult, load_rules, run_checks
from warehouse.store import open_warehouse

DAY = date(2026, 11, 1)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(tmp_path / "w.duckdb") as connection:
        connection.execute("INSERT INTO sources VALUES ('uno', 'Uno', NULL, 'national_news', NULL, 'es', NULL)")
        yield connection


def add_documents(
    con: duckdb.DuckDBPyConnection, days: list[date], source: str = "uno", digest: str | None = "x"
) -> None:
    con.execute(
        "INSERT INTO documents (document_id, source_id, url, canonical_url, kind, title, title_masked, text, published_on, published_precision,"
        " text_hash, minhash, is_teaser, digest, fetched_at, version, model)"
        " SELECT 'd' || n, $source, '', 'https://uno.pe/' || n, 'article', '', '', '', ($days::DATE[])[n], 'day', '', '', false, $digest, now(), 1, 'm'"
        " FROM range(1, len($days::DATE[]) + 1) r(n)",
        {"source": source, "days": days, "digest": digest},
    )


def broken(con: duckdb.DuckDBPyConnection) -> dict[str, CheckResult]:
    return {r.name: r for r in run_checks(con, "r") if r.failures and r.name != "documents_without_language"}


def test_an_empty_warehouse_breaks_nothing(con: duckdb.DuckDBPyConnection) -> None:
    assert broken(con) == {}
    assert len({rule.name for rule in load_rules()}) == len(list(load_rules()))


@pytest.mark.parametrize(
    ("wrong", "name", "example"),
    [
        ("INSERT INTO event_mentions VALUES ('e1', 'm1')", "links_to_missing_events", "e1"),
        ("INSERT INTO document_labels VALUES ('d9', 'event', 'murder', 1, 'maybe')", "label_bands", "d9 maybe"),
        ("INSERT INTO document_labels VALUES ('d9', 'event', 'murther', 1, 'yes')", "unknown_labels", "event murther"),
        ("INSERT INTO mention_sectors VALUES ('m1', 'x'), ('m1', 'x')", "mention_sectors_once", "m1 x"),
        ("INSERT INTO event_redirects VALUES ('e1', 'e2', now())", "redirects_to_nowhere", "e1"),
    ],
)
def test_what_breaks_a_blocking_rule_is_named(
    con: duckdb.DuckDBPyConnection, wrong: str, name: str, example: str
) -> None:
    con.execute(wrong)
    result = broken(con)[name]
    assert result.blocks
    assert result.examples == (example,)
    row = con.execute("SELECT failures, examples FROM check_results WHERE name = ?", [name]).fetchone()
    assert row == (1, [example])


def test_an_unknown_source_blocks_and_a_missing_digest_warns(con: duckdb.DuckDBPyConnection) -> None:
    add_documents(con, [DAY], source="nadie", digest=None)
    found = broken(con)
    assert found["documents_of_unknown_sources"].blocks
    assert not found["documents_without_archive"].blocks


def test_lost_rows_block_until_they_are_back(con: duckdb.DuckDBPyConnection) -> None:
    add_documents(con, [DAY] * 10)
    assert "rows_lost" not in broken(con)
    con.execute("DELETE FROM documents WHERE document_id IN ('d1', 'd2', 'd3')")
    assert broken(con)["rows_lost"].examples == ("documents 10 -> 7",)
    assert broken(con)["rows_lost"].blocks, "a blocked night is not what the next one is measured by"


def days_back(*counts: tuple[int, int]) -> list[date]:
    return [DAY - timedelta(days=n) for n, count in counts for _ in range(count)]


def test_a_source_that_falls_silent_or_floods_is_told_with_its_usual_number(con: duckdb.DuckDBPyConnection) -> None:
    add_documents(con, days_back(*((n, {3: 0, 5: 60}.get(n, 8)) for n in range(70))))
    found = broken(con)
    assert found["source_days_low"].examples == (f"uno {DAY - timedelta(days=3)}: 0 of 8.0",)
    assert found["source_days_high"].examples == (f"uno {DAY - timedelta(days=5)}: 60 of 8.0",)


def test_a_week_unlike_the_eight_before_is_told(con: duckdb.DuckDBPyConnection) -> None:
    monday = DAY - timedelta(days=DAY.weekday())
    add_documents(con, days_back(*((n, 20 if 0 < (monday - DAY).days + n <= 7 else 2) for n in range(77))))
    # What is only announced is no week's news: five strikes in each week, and for the last one sixty are planned.
    con.execute(
        "INSERT INTO events BY NAME SELECT concat(status, week, n) AS event_id, 'strike' AS primary_type, status, week, 'date' AS week_basis, 'day' AS date_precision,"
        " 'unknown' AS place_precision, 1 AS source_count, 1 AS document_count, '' AS title, '' AS evidence, false AS is_disputed"
        " FROM (SELECT unnest(range(5)) AS n, 'happened' AS status, $m::DATE - 7 * w::INTEGER AS week FROM range(1, 12) r(w)"
        " UNION ALL SELECT unnest(range(60)), 'planned', $m::DATE - 7)",
        {"m": monday},
    )
    con.execute("INSERT INTO event_types SELECT event_id, primary_type FROM events")
    result = broken(con)["weeks_that_jump"]
    assert result.examples == ("documents: 140 where 14.0 is usual",)
    assert not result.blocks


def test_a_label_given_far_more_often_than_usual_is_told(con: duckdb.DuckDBPyConnection) -> None:
    monday = DAY - timedelta(days=DAY.weekday())
    add_documents(con, days_back(*((n, 10) for n in range(77))))
    con.execute(
        "INSERT INTO document_labels SELECT document_id, 'event', 'arson', 0.9, 'yes' FROM documents"
        " WHERE (published_on >= $m::DATE - 7 AND published_on < $m::DATE) OR substr(document_id, -1) = '1'",
        {"m": monday},
    )
    result = broken(con)["labels_that_drift"]
    assert [line.split(":")[0] for line in result.examples] == ["arson"]
    assert not result.blocks
