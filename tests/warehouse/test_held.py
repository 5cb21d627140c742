"""Held mentions: of labels nearly given, or taken away by a person, they count nowhere until a person gives the label."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.warehouse.filling import fill
from tests.warehouse.reviewing import Home, again, new_home, page
from warehouse import journal
from warehouse.forgetting import drop_pages, write_anew
from warehouse.load import BatchFiles, load_batch
from warehouse.move import move
from warehouse.query import open_published
from warehouse.reviews.taking import JOURNAL, insert
from warehouse.store import open_warehouse

SENTENCE = "Dos sujetos dispararon contra la bodega de Eusebio Condori."
DOUBTED: dict[str, Any] = {
    "type": "attack", "happening": 2, "uncertain": True, "status": "happened", "sectors": ["bodegas", "bodegas"], "date": "2026-10-02",
    "date_precision": "day", "ubigeo": "210101", "department": "Puno", "place_precision": "district",
    "territory": [{"ubigeo": "210101", "coverage": "whole"}],
    "evidence": {"field": "text", "start": 31, "end": 31 + len(SENTENCE), "text": SENTENCE},
}  # fmt: skip
SURE = page("a", "Comas: matan a Rufino Quispe Anco", f"Rufino Quispe manejaba un bus.\n{SENTENCE}")
BOTH = SURE | {"mentions": [*SURE["mentions"], DOUBTED]}
NEARLY = page(
    "b", "Puno: hablan los panaderos", "Amanda Mamani horneaba pan.", ubigeo="210101", date="2026-10-01", uncertain=True
)
OF_A = "SELECT type FROM mentions WHERE document_id = 'a' ORDER BY type"
LEDGER = "SELECT change, before, after FROM event_changes ORDER BY changed_at"
HELD = "SELECT document_id, type FROM held_mentions ORDER BY ALL"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("held")
    with new_home(folder) as home:
        home.night(BOTH, NEARLY)
        home.publish()
    return folder


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Iterator[Home]:
    folder = tmp_path / "home"
    shutil.copytree(template, folder)
    with open_warehouse(folder / "warehouse.duckdb") as con:
        yield Home(folder, con, [1])


def give(home: Home, document: str = "a", label: str = "attack", verdict: str = "add") -> None:
    home.judge(verdict=verdict, document_id=document, axis="event", label=label)
    home.night()


def test_a_mention_of_a_label_nearly_given_waits_and_counts_nowhere(home: Home) -> None:
    assert home.rows(HELD) == [("a", "attack"), ("b", "murder")]
    assert home.rows("SELECT mention_id FROM mentions") == home.rows("SELECT mention_id FROM event_mentions")
    assert home.rows("SELECT primary_type FROM events") == [("murder",)]
    assert home.blocks() == []


def test_no_published_table_or_view_holds_what_waits(home: Home) -> None:
    ids = [row[0] for row in home.rows("SELECT mention_id FROM held_mentions")]
    with duckdb.connect(str(home.folder / "chasqui.duckdb"), read_only=True) as published:
        names = published.execute("SELECT table_name FROM information_schema.tables").fetchall()
        assert ("review_queue",) in names
        assert ("held_mentions",) not in names
        for (name,) in names:
            rows = str(published.execute(f"SELECT * FROM {name}").fetchall())
            assert not any(needle in rows for needle in (SENTENCE, *ids)), name


def test_a_label_that_a_person_gives_brings_its_event_the_same_night(home: Home) -> None:
    (waiting,) = home.rows("SELECT * EXCLUDE (sectors, territory) FROM held_mentions WHERE document_id = 'a'")
    give(home)
    assert home.rows("FROM mentions WHERE type = 'attack'") == [waiting]
    event = "SELECT e.date::VARCHAR, ubigeo, department FROM events e WHERE primary_type = 'attack'"
    assert home.rows(event) == [("2026-10-02", "210101", "Puno")]
    assert home.rows("SELECT sector FROM event_sectors JOIN events USING (event_id) WHERE primary_type = 'attack'") == [("bodegas",)]  # fmt: skip
    assert home.rows("SELECT ubigeo, coverage FROM mention_territories") == [("210101", "whole")]
    assert home.rows(HELD) == [("b", "murder")]
    assert home.blocks() == []


def test_a_label_nearly_given_that_a_person_confirms_brings_its_event(home: Home) -> None:
    give(home, "b", "murder", verdict="accept")
    assert home.rows("SELECT primary_type, ubigeo FROM events ORDER BY 2") == [
        ("murder", "150110"),
        ("murder", "210101"),
    ]
    assert home.blocks() == []


def test_a_page_read_again_keeps_the_persons_word_and_its_event(home: Home) -> None:
    give(home)
    event, changes = home.rows("SELECT event_id FROM events ORDER BY 1"), home.rows("FROM event_changes")
    for _ in range(2):
        home.night(again(BOTH))  # the model is not sure, again
        assert home.rows(OF_A) == [("attack",), ("murder",)]
        assert home.rows(HELD) == [("b", "murder")]
        assert home.blocks() == []
    assert home.rows("SELECT event_id FROM events ORDER BY 1") == event
    assert home.rows("FROM event_changes") == changes


def test_a_label_taken_away_holds_its_mentions_and_given_back_brings_them_back(home: Home) -> None:
    said = home.rows("FROM mentions"), home.rows("FROM mention_sectors")
    event = home.event_of("a")
    give(home, label="murder", verdict="remove")
    assert home.rows("FROM mentions") == []
    assert home.rows("FROM mention_sectors") == []
    assert home.rows("SELECT event_id, change, reason FROM event_changes") == [(event, "retracted", "review")]
    home.night(again(BOTH))
    assert home.rows(HELD) == [("a", "attack"), ("a", "murder"), ("b", "murder")]
    assert home.blocks() == []
    give(home, label="murder")
    assert (home.rows("FROM mentions"), home.rows("FROM mention_sectors")) == said
    assert home.rows("SELECT primary_type, killed FROM events") == [("murder", 1)]
    now = home.event_of("a")
    assert now != event  # an id that was retracted is never an event again
    assert home.rows(LEDGER) == [("retracted", event, None), ("restored", event, now)]
    give(home, label="murder", verdict="remove")
    give(home, label="murder")
    last = home.event_of("a")
    assert len({event, now, last}) == 3
    home.publish()
    with open_published(home.folder / "chasqui.duckdb") as published:
        assert published.execute(
            "SELECT event_id, now_id FROM event_now WHERE now_id <> event_id ORDER BY ALL"
        ).fetchall() == sorted([(event, last), (now, last)])
    assert home.blocks() == []


def test_an_event_whose_page_is_read_otherwise_and_then_as_before_resolves(home: Home) -> None:
    event = home.event_of("a")
    home.night(SURE | {"mentions": []})
    home.night(again(SURE))
    assert home.rows(LEDGER) == [("retracted", event, None), ("restored", event, home.event_of("a"))]
    home.night(SURE | {"mentions": [SURE["mentions"][0] | {"happening": 2, "date": "2026-08-01"}]})
    assert home.rows(LEDGER)[2:] == [("retracted", home.rows(LEDGER)[1][2], None)], (
        "told by something else, it is another event"
    )
    assert home.blocks() == []


def test_a_given_label_that_is_taken_away_takes_its_event_along(home: Home) -> None:
    give(home)
    event = home.rows("SELECT event_id FROM events WHERE primary_type = 'attack'")[0][0]
    give(home, verdict="remove")
    assert home.rows("SELECT event_id, change, reason FROM event_changes") == [(event, "retracted", "review")]
    assert home.rows(HELD) == [("a", "attack"), ("b", "murder")]
    assert home.blocks() == []


def test_a_sector_taken_away_does_not_come_back_with_what_waited(home: Home) -> None:
    home.judge(verdict="remove", document_id="a", axis="sector", label="bodegas")
    give(home)
    assert home.rows("SELECT sector FROM mention_sectors") == [("transport",)]


def test_a_retracted_event_stays_away_though_its_label_is_given(home: Home) -> None:
    home.judge(verdict="retract", event_id=home.event_of("a"))
    home.night()
    assert home.rows(HELD) == [("a", "attack"), ("b", "murder")]
    give(home, label="murder")
    home.night(BOTH | {"mentions": [SURE["mentions"][0] | {"uncertain": True}]})
    assert home.rows("SELECT document_id FROM mentions") == []
    assert home.blocks() == []


def test_another_text_drops_what_waited_and_no_word_of_the_old_one_counts(home: Home) -> None:
    give(home)
    home.night(SURE | {"text": "Rufino Quispe manejaba un bus."})
    assert home.rows(OF_A) == [("murder",)]
    home.night(BOTH | {"text": f"Corregido.\n{SENTENCE}"})
    assert home.rows(HELD) == [("a", "attack"), ("b", "murder")]
    assert home.rows("SELECT primary_type FROM events") == [("murder",)]
    assert home.blocks() == []


def test_a_mention_that_is_only_uncertain_now_leaves_its_event(home: Home) -> None:
    home.night(BOTH | {"mentions": [SURE["mentions"][0] | {"uncertain": True}]})
    assert home.rows("SELECT count(*) FROM events") == [(0,)]
    assert home.rows(HELD) == [("a", "murder"), ("b", "murder")]
    assert home.blocks() == []


def test_a_warehouse_made_anew_from_journal_and_pages_has_what_was_given(home: Home, tmp_path: Path) -> None:
    give(home)
    give(home, label="murder", verdict="remove")
    with new_home(tmp_path / "anew") as anew:
        insert(anew.con, journal.read(home.folder / "journal" / JOURNAL))
        anew.night(again(BOTH), again(NEARLY))
        assert anew.rows("FROM mentions") == home.rows("FROM mentions")
        assert anew.rows("FROM held_mentions ORDER BY ALL") == home.rows("FROM held_mentions ORDER BY ALL")
        assert anew.rows("SELECT primary_type FROM events") == [("attack",)]
        assert anew.blocks() == []


def test_a_batch_of_a_program_that_marked_none_is_loaded(home: Home, tmp_path: Path) -> None:
    fill(home.con, tmp_path, "older", [page("c", "Matan a un chofer", "Era extorsionado.")])
    files = BatchFiles.of(tmp_path / "older")
    pq.write_table(pq.read_table(files.mentions).drop_columns(["uncertain"]), files.mentions)
    home.con.execute("DELETE FROM loaded_batches WHERE batch = 'older'")
    assert load_batch(home.con, "older", files)
    assert home.rows("SELECT type FROM mentions WHERE document_id = 'c'") == [("murder",)]
    assert home.rows(HELD) == [("a", "attack"), ("b", "murder")]


def test_a_forgotten_page_leaves_no_byte_of_what_waited(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    shutil.copy(template / "warehouse.duckdb", path)
    with open_warehouse(path) as con:
        drop_pages(con, ["a"])
        assert con.execute(HELD).fetchall() == [("b", "murder")]
    assert b"Eusebio Condori" in (template / "warehouse.duckdb").read_bytes()
    write_anew(path)
    assert b"Eusebio Condori" not in path.read_bytes()


def test_what_waits_moves_to_another_home(template: Path, tmp_path: Path) -> None:
    shutil.copy(template / "warehouse.duckdb", tmp_path / "old.duckdb")
    moved = {m.table: m.rows for m in move(tmp_path / "old.duckdb", tmp_path / "new.duckdb")}
    assert moved["held_mentions"] == 2


@pytest.mark.parametrize(
    ("harm", "rule"),
    [
        ("INSERT INTO held_mentions FROM held_mentions LIMIT 1", "held_mentions_once"),
        ("UPDATE held_mentions SET document_id = 'zz'", "held_mentions_without_document"),
        ("INSERT INTO mentions SELECT * EXCLUDE (sectors, territory) FROM held_mentions", "held_mentions_that_count"),
    ],
)
def test_what_must_not_be_with_held_mentions_stops_the_publish(home: Home, harm: str, rule: str) -> None:
    home.con.execute(harm)
    assert rule in home.blocks()
