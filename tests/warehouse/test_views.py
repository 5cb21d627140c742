"""The published views: zero-filled weeks, the constant panel, distance, open days, health, and our counts beside an office's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import duckdb
import pytest

from flows.steps.keeping import district_rows
from tests.warehouse.filling import fill
from warehouse.cookbook import run_question
from warehouse.link import link
from warehouse.load import record_night, replace_districts, replace_labels, replace_sources
from warehouse.official import seed
from warehouse.publish import publish
from warehouse.query import open_published
from warehouse.store import open_warehouse
from warehouse.timeline import Filters, count_events

FIRST_MONDAY = date(2026, 8, 3)
WEEKS = 12
NEW_SOURCE_WEEK = 8
TYPES, SECTORS = ("murder", "extortion"), ("transport", "bodegas")
COMAS = "150110"
TRUJILLO = ("130101", "130102", "130103", "130104")
ROBBED = (
    "bodega",
    "cevichería",
    "grifo",
    "botica",
    "imprenta",
    "panadería",
    "ferretería",
    "librería",
    "zapatería",
    "licorería",
    "carpintería",
    "florería",
)


def told(name: str, source: str, day: date, number: int, ubigeo: str | None = COMAS, **more: Any) -> dict[str, Any]:
    """A page that tells of an extortion; pages of one number tell of one happening."""
    word = ROBBED[number % len(ROBBED)]
    text = f"Extorsionan a la {word} «Marca {number} {word}» y le exigen {1000 + 37 * number} soles de cupo"
    department = {"15": "Lima", "13": "La Libertad"}.get((ubigeo or "")[:2])
    values = {
        "type": "extortion", "happening": 1, "sectors": ("transport",), "status": "happened", "date": day.isoformat(), "date_precision": "day",
        "ubigeo": ubigeo, "department": department, "place_precision": "district" if ubigeo else "unknown",
        "evidence": {"field": "text", "start": 0, "end": len(text), "text": text},
    }  # fmt: skip
    return {
        "id": name,
        "source": source,
        "title": text,
        "text": text,
        "published": day.isoformat(),
        "mentions": [values | more],
    }


def pages() -> list[dict[str, Any]]:
    """One happening a week, which the old source tells; from the ninth week a new source tells of four more."""
    found = []
    for week in range(WEEKS):
        day = FIRST_MONDAY + timedelta(weeks=week, days=2)
        found.append(told(f"old{week}", "vieja", day, week))
        if week >= NEW_SOURCE_WEEK:
            found += [told(f"new{week}-{n}", "nueva", day, 100 + 10 * week + n, TRUJILLO[n]) for n in range(4)]
    found.append(
        told(
            "double",
            "vieja",
            FIRST_MONDAY + timedelta(days=3),
            900,
            None,
            sectors=("transport", "bodegas"),
            killed=2,
            type="murder",
        )
    )
    after_all = (FIRST_MONDAY + timedelta(weeks=WEEKS + 1)).isoformat()
    found.append(told("plan", "vieja", FIRST_MONDAY + timedelta(days=3), 950, status="planned", date=after_all))
    return found


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("views")
    with open_warehouse(folder / "w.duckdb") as writer:
        replace_districts(writer, district_rows())
        replace_sources(writer, [(s, s, None, "national_news", None, "es", None) for s in ("vieja", "nueva")])
        replace_labels(
            writer,
            [("event", t, n, t, t) for n, t in enumerate(TYPES)]
            + [("sector", s, n, s, s) for n, s in enumerate(SECTORS)],
        )
        seed(writer)
        fill(writer, folder, "b", pages())
        link(writer, "r", TYPES)
        for n, health in enumerate(("healthy", "broken", "healthy")):
            at = datetime.combine(FIRST_MONDAY + timedelta(days=n), time(12), UTC)
            state = {"requests": 1, "listed": 1, "new": 1, "failed": 0, "newest_item_at": None, "reason": None}
            record_night(writer, f"2026080{3 + n}", at, "m", [{"source_id": "vieja", "health": health, **state}])
        publish(writer, folder / "p.duckdb")
    with duckdb.connect(str(folder / "p.duckdb"), read_only=True) as reader:
        yield reader


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A week with one event of two types, and a closure that is only planned, in two sectors and by a group that is named."""
    folder = tmp_path_factory.mktemp("mixed")
    found = [told(f"old{week}", "vieja", FIRST_MONDAY + timedelta(weeks=week, days=2), week) for week in range(4)]
    both = found[1]["mentions"][0]
    found[1]["mentions"].append(both | {"type": "murder"})
    day = FIRST_MONDAY + timedelta(weeks=1)
    found.append(told("plan", "vieja", day, 950, status="planned", type="closure", sectors=SECTORS, group_name="Los Pulpos"))  # fmt: skip
    kinds = (*TYPES, "closure")
    with open_warehouse(folder / "w.duckdb") as writer:
        replace_districts(writer, district_rows())
        replace_sources(writer, [("vieja", "vieja", None, "national_news", None, "es", None)])
        replace_labels(writer, [("event", t, n, t, t) for n, t in enumerate(kinds)] + [("sector", s, n, s, s) for n, s in enumerate(SECTORS)])  # fmt: skip
        fill(writer, folder, "b", found)
        link(writer, "r", kinds)
        publish(writer, folder / "p.duckdb")
    with open_published(folder / "p.duckdb") as reader:
        yield reader


def rows(con: duckdb.DuckDBPyConnection, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    return con.execute(sql, list(values)).fetchall()


def test_weeks_hold_every_cell_and_add_up_over_departments(con: duckdb.DuckDBPyConnection) -> None:
    cells = rows(con, "SELECT count(*), count(DISTINCT (week, sector, event_type, department)) FROM timeline_weekly")
    departments = rows(con, "SELECT count(*) FROM departments")[0][0]
    assert departments == 26
    assert cells == [(WEEKS * 3 * 2 * departments,) * 2]
    weekly = "SELECT sum(event_count) FROM timeline_weekly WHERE sector = ? AND event_type = ?"
    direct = "SELECT count(*) FROM timeline WHERE status = 'happened' AND list_contains(sectors, ?) AND list_contains(types, ?)"
    for sector in SECTORS:
        for kind in TYPES:
            assert rows(con, weekly, sector, kind) == rows(con, direct, sector, kind), (sector, kind)
    unknown = (
        "SELECT sum(event_count), sum(killed) FROM timeline_weekly WHERE department = 'unknown' AND sector = 'bodegas'"
    )
    assert rows(con, unknown) == [(1, 2)]


def test_what_is_only_planned_is_listed_and_not_counted(con: duckdb.DuckDBPyConnection) -> None:
    assert rows(con, "SELECT count(*), max(week) FROM timeline WHERE status = 'planned'") == [
        (1, FIRST_MONDAY + timedelta(weeks=WEEKS + 1))
    ]
    last = FIRST_MONDAY + timedelta(weeks=WEEKS - 1)
    assert rows(con, "SELECT max(week), max(week) FILTER (event_count > 0) FROM timeline_weekly") == [(last, last)]
    (answer,) = [count_events(con, Filters(events=["extortion"]), "month")]
    counted = sum(row[answer.columns.index("event_count")] for row in answer.rows)
    assert (
        counted
        == rows(con, "SELECT count(*) FROM timeline WHERE status = 'happened' AND list_contains(types, 'extortion')")[
            0
        ][0]
    )


def test_a_week_says_how_much_was_read_and_how_well(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        con, "SELECT DISTINCT week, documents_read, sources_read, sources_healthy FROM timeline_weekly ORDER BY week"
    )
    assert found[0] == (FIRST_MONDAY, 3, 1, 1)  # healthy on two nights of three
    assert found[1][3] is None, "no night was run in the second week"
    assert found[-1][1:3] == (5, 2)


def test_a_new_source_is_no_crime_wave(con: duckdb.DuckDBPyConnection) -> None:
    weekly = "SELECT week, sum(event_count)::INTEGER FROM {} WHERE sector = 'transport' AND event_type = 'extortion' GROUP BY week ORDER BY week"
    everything = [count for _, count in rows(con, weekly.format("timeline_weekly"))]
    panel = [count for _, count in rows(con, weekly.format("timeline_panel()"))]
    assert everything == [1] * NEW_SOURCE_WEEK + [5] * (WEEKS - NEW_SOURCE_WEEK)
    assert panel == [1] * (WEEKS - 1)  # the last week is open
    late = "panel_sources(since := ?::DATE)"
    assert rows(con, f"SELECT source_id FROM {late} ORDER BY 1", FIRST_MONDAY + timedelta(weeks=NEW_SOURCE_WEEK)) == [
        ("nueva",),
        ("vieja",),
    ]


def test_beside_the_panel_an_event_of_two_types_is_one(mixed: duckdb.DuckDBPyConnection) -> None:
    answer = run_question(mixed, "panel_against_all", {"sector": "transport"})
    assert [row[1:3] for row in answer.rows] == [(1, 1)] * 3
    assert run_question(mixed, "panel_against_all", {"sector": "trasnport"}).rows == []


def test_what_is_only_planned_is_counted_by_no_question(mixed: duckdb.DuckDBPyConnection) -> None:
    assert rows(mixed, "SELECT sum(event_count) FROM completeness") == [(4,)]
    day = (FIRST_MONDAY + timedelta(weeks=50)).isoformat()
    for name, values in {"two_sectors": {}, "groups": {}, "closures": {"sector": "bodegas"}}.items():
        assert run_question(mixed, name, values).rows == [], name
    assert [row[:2] for row in run_question(mixed, "only_here", {}).rows] == [("vieja", 4)]
    assert [row[:2] for row in run_question(mixed, "unplaced", {}).rows] == [("extortion", 4), ("murder", 1)]
    then_and_now = run_question(mixed, "said_then_and_now", {"day": day}).rows
    assert [(kind, now) for kind, _, now in then_and_now] == [("extortion", 3), ("murder", 1)]


def test_near_finds_by_distance_and_leaves_the_unplaced_out(con: duckdb.DuckDBPyConnection) -> None:
    places = "SELECT DISTINCT ubigeo FROM near(-11.94, -77.05, ?) ORDER BY 1"
    assert rows(con, places, 10) == [(COMAS,)]
    assert rows(con, places, 600) == [(code,) for code in (*TRUJILLO, COMAS)]
    lima_to_trujillo = rows(con, "SELECT distance_km(-12.0464, -77.0428, -8.1116, -79.0288)")[0][0]
    assert lima_to_trujillo == pytest.approx(489, abs=3)


def test_the_last_days_are_open_and_unread_days_are_there(con: duckdb.DuckDBPyConnection) -> None:
    days = rows(con, "SELECT day, is_open, documents_read, nights FROM completeness ORDER BY day")
    last = FIRST_MONDAY + timedelta(weeks=WEEKS - 1, days=2)
    assert [d for d, *_ in days] == [days[0][0] + timedelta(days=n) for n in range(len(days))]
    assert days[-1][0] == last
    assert [is_open for _, is_open, *_ in days[-8:]] == [False] + [True] * 7
    assert sum(read for _, _, read, _ in days) == len(pages())
    assert sum(nights for *_, nights in days) == 3 - (days[0][0] - FIRST_MONDAY).days


def test_health_and_sectors_at_a_glance(con: duckdb.DuckDBPyConnection) -> None:
    health = "SELECT health, nights_28_days, healthy_nights_28_days, document_count FROM source_health"
    assert rows(con, health) == [("healthy", 3, 2, WEEKS + 2)]
    profile = dict(rows(con, "SELECT sector, (event_count, killed, place_unknown, main_types) FROM sector_profile"))
    assert profile["bodegas"] == (1, 2, 1, ["murder"])
    assert profile["transport"][0] == WEEKS + 4 * (WEEKS - NEW_SOURCE_WEEK) + 1


def test_ours_stands_beside_an_office_only_for_what_was_read(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(con, "SELECT DISTINCT our_value FROM against_official WHERE period_to < '2026-01-01'")
    assert found == [(None,)]
    twice = "SELECT series, period_from, grain, level, ubigeo FROM against_official GROUP BY ALL HAVING count(*) > 1"
    assert rows(con, twice) == []
    makers = rows(con, "SELECT count(DISTINCT counted_by) FROM against_official GROUP BY series")
    assert set(makers) == {(1,)}


def test_rows_lie_in_the_order_that_readers_filter_by(con: duckdb.DuckDBPyConnection) -> None:
    """What is published is sorted although the writer keeps no order."""
    for table, column in (("events", "week"), ("documents", "published_on"), ("event_documents", "event_id")):
        lying = [row[0] for row in rows(con, f"SELECT {column} FROM {table} ORDER BY rowid")]
        assert lying == sorted(lying), table
    cells = rows(con, "SELECT sector, department, event_type, week FROM event_weeks ORDER BY rowid")
    assert cells == sorted(cells)
