"""Linking in the warehouse: any order of arrival, ids that last, a ledger that says what changed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.benchmarks.linking_truth import Truth, true_mentions
from tests.newsroom.data import load_press
from tests.warehouse.filling import fill
from warehouse.check import run_checks
from warehouse.link import Linked, link
from warehouse.store import open_warehouse

ORDER = ["murder", "attack", "arson", "kidnapping", "extortion", "closure", "strike", "arrest", "new_law", "state_of_emergency", "bill"]  # fmt: skip
FIRST_NIGHT = datetime(2026, 11, 1, 7, tzinfo=UTC)
Partition = set[frozenset[str]]


@pytest.fixture(scope="module")
def truth() -> Truth:
    return true_mentions(load_press(), hidden=0.4, seed=3)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        yield connection


def night(con: duckdb.DuckDBPyConnection, folder: Path, number: int, documents: list[dict[str, Any]]) -> Linked:
    fill(con, folder, f"n{number}", documents, sketched=True)
    return link(con, f"n{number}", ORDER, at=FIRST_NIGHT + timedelta(days=number))


def partition(con: duckdb.DuckDBPyConnection) -> Partition:
    rows = con.execute("SELECT list(mention_id) FROM event_mentions GROUP BY event_id").fetchall()
    return {frozenset(row[0]) for row in rows}


def said(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """What the events say, without their ids."""
    return con.execute("SELECT * EXCLUDE (event_id, title, evidence) FROM events ORDER BY ALL").fetchall()


def resolve(con: duckdb.DuckDBPyConnection, event_id: str) -> str | None:
    standing = con.execute("SELECT event_id FROM events WHERE event_id = ?", [event_id]).fetchone()
    moved = con.execute("SELECT now_id FROM event_redirects WHERE event_id = ?", [event_id]).fetchall()
    assert (standing is not None) + len(moved) == 1, "an id stands or is redirected, once"
    return event_id if standing else moved[0][0]


def test_any_order_of_arrival_over_ten_nights_gives_the_same_events(truth: Truth, tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "at-once.duckdb") as con:
        night(con, tmp_path / "at-once", 0, truth.documents)
        expected, words = partition(con), said(con)
    for seed in range(3):
        documents = list(truth.documents)
        random.Random(seed).shuffle(documents)
        with open_warehouse(tmp_path / f"{seed}.duckdb") as con:
            published: set[str] = set()
            for number in range(10):
                night(con, tmp_path / str(seed), number, documents[number::10])
                ids = {row[0] for row in con.execute("SELECT event_id FROM events").fetchall()}
                gone = {row[0] for row in con.execute("SELECT event_id FROM event_redirects").fetchall()}
                assert not ids & gone
                published |= ids
                assert published == ids | gone
                assert all(resolve(con, i) in ids | {None} for i in published)
            assert partition(con) == expected
            assert said(con) == words
            assert not [
                r
                for r in run_checks(con, "x")
                if r.blocks and r.name not in {"documents_of_unknown_sources", "unknown_labels"}
            ]
            merged = con.execute("SELECT event_id, after FROM event_changes WHERE change = 'merged'").fetchall()
            assert {m[0] for m in merged} == {
                r[0] for r in con.execute("SELECT event_id FROM event_redirects WHERE now_id IS NOT NULL").fetchall()
            }


def story(name: str, title: str, text: str, day: int = 5, **more: Any) -> dict[str, Any]:
    mention = {
        "type": "murder", "happening": 1, "status": "happened", "sectors": ["transport"], "date": "2026-10-04", "date_precision": "day",
        "ubigeo": "150110", "place_precision": "district", "killed": 1, "evidence": {"field": "title", "start": 0, "end": len(title), "text": title},
    }  # fmt: skip
    return {"id": name, "title": title, "text": text, "published": f"2026-10-{day:02d}", "mentions": [mention | more]}


DRIVER = story(
    "a", "Comas: matan a Rufino Quispe Anco", "Rufino Quispe Anco, de 41 años, manejaba un bus de Los Halcones."
)
COLLECTOR = story(
    "b", "Asesinan a un trabajador en la avenida Trapiche", "Aún vivía cuando llegó Teodoro Llacta a auxiliarlo.",
    ubigeo=None, place_precision="unknown", date=None, date_precision="unknown",
)  # fmt: skip
BRIDGE = story(
    "c", "Comas: identifican a chofer asesinado en la avenida Trapiche",
    "Rufino Quispe Anco, de 41 años, murió en la avenida Trapiche. Su colega Teodoro Llacta lo llevó en el bus de Los Halcones.", day=6,
)  # fmt: skip


def test_a_later_telling_that_bridges_two_events_merges_them(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    night(con, tmp_path, 1, [DRIVER])
    night(con, tmp_path, 2, [COLLECTOR])
    before = {row[0] for row in con.execute("SELECT event_id FROM events").fetchall()}
    assert len(before) == 2
    assert night(con, tmp_path, 3, [BRIDGE]).merged == 1
    rows = con.execute("SELECT event_id, killed, document_count FROM events").fetchall()
    assert [r[1:] for r in rows] == [(1, 3)]  # one dead, told by three
    (ended,) = before - {rows[0][0]}
    assert resolve(con, ended) == rows[0][0]
    ledger = con.execute("SELECT event_id, change, reason, before, after FROM event_changes").fetchall()
    assert (ended, "merged", "report", ended, rows[0][0]) in ledger


def test_without_the_bridge_it_falls_apart_and_no_id_comes_back(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    night(con, tmp_path, 1, [DRIVER])
    night(con, tmp_path, 2, [COLLECTOR])
    before = {row[0] for row in con.execute("SELECT event_id FROM events").fetchall()}
    night(con, tmp_path, 3, [BRIDGE])
    assert night(con, tmp_path, 4, [{**BRIDGE, "text": "Nada.", "mentions": []}]).split == 1
    after = {row[0] for row in con.execute("SELECT event_id FROM events").fetchall()}
    assert len(after) == 2
    assert len(after & before) == 1  # the other one's id was redirected and is not used again
    assert all(resolve(con, i) in after for i in before)
    changes = con.execute("SELECT change FROM event_changes ORDER BY changed_at, change").fetchall()
    assert [c[0] for c in changes] == ["merged", "split"]


def test_a_victim_who_dies_the_next_day_makes_the_attack_a_murder(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    wounded = story("w", "Comas: balean a Rufino Quispe Anco", DRIVER["text"], type="attack", killed=0, wounded=1)
    night(con, tmp_path, 1, [wounded])
    dead = story("x", "Muere Rufino Quispe Anco, baleado en Comas", DRIVER["text"] + " Falleció.", day=6)
    night(con, tmp_path, 2, [dead])
    assert con.execute("SELECT primary_type, killed FROM events").fetchall() == [("murder", 1)]
    changes = con.execute("SELECT change, before, after FROM event_changes ORDER BY 1").fetchall()
    assert changes == [("reclassified", "attack", "murder"), ("recount", "0", "1")]


def test_one_rise_of_the_dead_is_believed_and_one_lone_lower_voice_is_not(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    told = [{**story(n, DRIVER["title"], DRIVER["text"]), "source": n} for n in ("p", "q", "r")]
    night(con, tmp_path, 1, told)
    night(con, tmp_path, 2, [{**story("s", DRIVER["title"], DRIVER["text"], day=7, killed=2), "source": "s"}])
    assert con.execute("SELECT killed, is_disputed FROM events").fetchall() == [(2, True)]
    more = [{**story(n, DRIVER["title"], DRIVER["text"], day=8), "source": n} for n in ("t", "u")]
    night(con, tmp_path, 3, more)
    assert con.execute("SELECT killed, is_disputed FROM events").fetchall() == [(1, True)]


def test_lightly_edited_wire_copies_are_one_voice(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = " ".join(f"palabra{n} siguiente{n} otra{n}" for n in range(40))
    wire = [{**story(n, DRIVER["title"], f"{text} {n}"), "source": n} for n in ("p", "q", "r")]
    night(con, tmp_path, 1, [*wire, {**DRIVER, "source": "z"}])
    assert con.execute("SELECT source_count, document_count FROM events").fetchall() == [(2, 4)]


def test_what_is_read_again_as_recalled_leaves_its_event(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    recalled = story("a", DRIVER["title"], DRIVER["text"], status="recalled", killed=5)
    night(con, tmp_path, 1, [DRIVER, {**DRIVER, "id": "d"}])
    night(con, tmp_path, 2, [recalled])
    assert con.execute("SELECT killed, document_count FROM events").fetchall() == [(1, 1)]
    night(con, tmp_path, 3, [DRIVER])  # and comes back to it
    assert con.execute("SELECT killed, document_count FROM events").fetchall() == [(1, 2)]
    assert night(con, tmp_path, 4, [recalled, {**recalled, "id": "d"}]).retracted == 1
    assert con.execute("SELECT count(*) FROM events").fetchall() == [(0,)]
    assert con.execute("SELECT change FROM event_changes").fetchall() == [("retracted",)]


def test_an_event_that_an_older_load_left_with_what_is_recalled_is_retracted(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    night(con, tmp_path, 1, [DRIVER])
    for table in ("mentions", "events"):
        con.execute(f"UPDATE {table} SET status = 'recalled'")
    con.execute("DELETE FROM tellings")
    assert night(con, tmp_path, 2, []).retracted == 1
    assert con.execute("SELECT count(*) FROM event_mentions").fetchall() == [(0,)]


def test_a_night_without_news_changes_nothing(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    night(con, tmp_path, 1, [DRIVER])
    assert night(con, tmp_path, 2, []) == Linked(0, 0, 0, 0)
    assert con.execute("SELECT count(*) FROM event_versions").fetchall() == [(1,)]


STRIKE = "Transportistas acatarán paro el 20 de noviembre por las extorsiones"
DEMANDS = "Los gremios denuncian cobros de cupos a las empresas de buses."


@pytest.mark.parametrize("happening", [1, 2])  # told as one with the strike, and apart from it
def test_a_strike_that_is_announced_did_not_happen_because_a_demand_did(
    happening: int, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    announced = story(
        "s", STRIKE, DEMANDS, type="strike", status="planned", killed=None, date="2026-10-20", sectors=["fishing"]
    ) | {"source": "dos"}
    mentions: Any = announced["mentions"]
    ahead: dict[str, Any] = mentions[0]
    words = {"field": "text", "start": 0, "end": len(DEMANDS), "text": DEMANDS}
    unsaid = {"date": None, "date_precision": "unknown", "ubigeo": None, "place_precision": "unknown"}
    demand = ahead | unsaid | {"type": "extortion", "status": "happened", "happening": happening, "evidence": words}
    night(con, tmp_path, 1, [announced | {"mentions": [ahead, demand | {"sectors": ["transport"]}]}])
    found = con.execute(
        "SELECT e.primary_type, list(DISTINCT t.type), list(DISTINCT s.sector), e.status, e.date, e.week, e.document_count"
        " FROM events e JOIN event_types t USING (event_id) JOIN event_sectors s USING (event_id) GROUP BY ALL ORDER BY 1"
    ).fetchall()
    happened = ("extortion", ["extortion"], ["transport"], "happened", None, date(2026, 10, 5), 1)
    planned = ("strike", ["strike"], ["fishing"], "planned", date(2026, 10, 20), date(2026, 10, 19), 1)
    assert found == [happened, planned][:happening]


def test_a_strike_that_was_held_has_the_day_announced_only_once_it_has_come(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    ahead = story("s", STRIKE, DEMANDS, type="strike", status="planned", killed=None, date="2026-10-20")
    held = story(
        "t", STRIKE, DEMANDS, day=12, type="strike", killed=None, date=None, date_precision="unknown", ubigeo=None
    )
    for number, (day, expected) in enumerate([(12, None), (20, date(2026, 10, 20))]):
        night(con, tmp_path, number, [ahead, held | {"published": f"2026-10-{day}"}])
        assert con.execute("SELECT status, date FROM events").fetchall() == [("happened", expected)]


def test_dates_at_the_ends_of_the_calendar_are_linked(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    first = story("f", "Año uno", "Nada más.", date="0001-01-01")
    last = story("l", "Año último", "Nada menos.", date="9999-12-31")
    assert night(con, tmp_path, 1, [first, last]).new_events == 2
    assert night(con, tmp_path, 2, [{**first, "id": "g"}]).joined == 1
    assert con.execute("SELECT min(date) FROM events").fetchone() == (date(1, 1, 1),)


def test_a_month_is_no_day_of_an_event(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    told = {**DRIVER, "mentions": [{**DRIVER["mentions"][0], "date": "2026-10-01", "date_precision": "month"}]}
    night(con, tmp_path, 1, [{**told, "published": "2026-10-14"}])
    asked = "SELECT date, date_precision, week, week_basis FROM events"
    assert con.execute(asked).fetchall() == [(None, "unknown", date(2026, 10, 12), "report")]
    assert con.execute("SELECT date, date_precision FROM mentions").fetchall() == [(date(2026, 10, 1), "month")]
    night(con, tmp_path, 2, [{**DRIVER, "id": "n", "source": "dos"}])
    assert con.execute(asked).fetchall() == [(date(2026, 10, 4), "day", date(2026, 9, 28), "date")]
