"""Reviews: what a person said wins over the model in every table, outlives reprocessing, stands in ledger and journal."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.reviewing import Home, again, new_home, page
from warehouse import journal
from warehouse.forgetting import drop_addresses, drop_pages, events_told
from warehouse.ops import Ops
from warehouse.query import open_published
from warehouse.reviews import Proposal, ReviewError, propose
from warehouse.reviews.inbox import waiting
from warehouse.reviews.taking import JOURNAL, insert, without_pages
from warehouse.store import open_warehouse

DRIVER = page("a", "Comas: matan a Rufino Quispe Anco", "Rufino Quispe Anco manejaba un bus de Los Halcones.")
BAKER = page(
    "b", "Puno: asesinan a una panadera", "Amanda Mamani horneaba pan de madrugada.", ubigeo="210101", sectors=[]
)
SAME_DRIVER = page("c", "Velan en Comas a Rufino Quispe Anco", "Rufino Quispe Anco manejaba un bus de Los Halcones.")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviews")
    with new_home(folder) as home:
        home.night(DRIVER, BAKER)
        home.publish()
    return folder


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Iterator[Home]:
    folder = tmp_path / "home"
    shutil.copytree(template, folder)
    with open_warehouse(folder / "warehouse.duckdb") as con:
        yield Home(folder, con, [1])


def test_a_label_taken_away_takes_its_happening_along_and_stays_away(home: Home) -> None:
    event = home.event_of("a")
    home.judge(verdict="remove", document_id="a", axis="event", label="murder")
    home.night()
    home.night(again(DRIVER))  # the model says murder again
    assert home.rows("SELECT event_id, now_id FROM event_redirects") == [(event, None)]
    assert home.rows("SELECT change, reason FROM event_changes") == [("retracted", "review")]
    assert home.rows("SELECT mention_id FROM mentions WHERE document_id = 'a'") == []
    assert home.blocks() == []


def test_a_sector_taken_away_leaves_the_events_too_and_one_added_is_a_label(home: Home) -> None:
    home.judge(verdict="remove", document_id="a", axis="sector", label="transport")
    home.judge(verdict="add", document_id="b", axis="sector", label="bodegas")
    home.night()
    home.night(again(DRIVER), again(BAKER))
    assert home.rows("SELECT sector FROM event_sectors") == []
    assert home.rows("SELECT document_id, label, probability, band FROM document_labels") == [("b", "bodegas", 1.0, "yes")]  # fmt: skip


def test_of_two_judgements_the_newer_counts(home: Home) -> None:
    for verdict in ("add", "remove", "accept"):
        home.judge(verdict=verdict, document_id="b", axis="sector", label="bodegas")
        home.night()
        assert (home.rows("SELECT label FROM document_labels") == []) == (verdict == "remove")


def test_fields_that_a_person_sets_stand_in_event_versions_and_ledger(home: Home) -> None:
    event = home.event_of("a")
    for name, value in {"killed": "4", "wounded": "2", "date": "2026-09-30", "ubigeo": "210000", "sectors": "bodegas", "types": "attack,murder", "amount_pen": None}.items():  # fmt: skip
        home.judge(verdict="set", event_id=event, field=name, value=value)
    home.night()
    home.night(again(DRIVER))
    said = f"FROM events WHERE event_id = '{event}'"
    assert home.rows(f"SELECT killed, wounded, date::VARCHAR, week::VARCHAR, department, district, place_precision, primary_type {said}") == [
        (4, 2, "2026-09-30", "2026-09-28", "Puno", None, "department", "murder")]  # fmt: skip
    assert home.rows(f"SELECT list(type ORDER BY type) FROM event_types WHERE event_id = '{event}'") == [(["attack", "murder"],)]  # fmt: skip
    assert home.rows(f"SELECT sector FROM event_sectors WHERE event_id = '{event}'") == [("bodegas",)]
    ledger = home.rows("SELECT change, reason, before, after FROM event_changes ORDER BY ALL")
    assert ledger == [
        ("corrected", "review", "amount_pen=unknown", "amount_pen=unknown"),
        ("corrected", "review", "date=2026-10-04", "date=2026-09-30"),
        ("corrected", "review", "sectors=transport", "sectors=bodegas"),
        ("corrected", "review", "types=murder", "types=attack,murder"),
        ("corrected", "review", "ubigeo=150110", "ubigeo=210000"),
        ("corrected", "review", "wounded=unknown", "wounded=2"),
        ("recount", "review", "1", "4"),
    ]
    assert home.rows(f"SELECT killed, types FROM event_versions WHERE event_id = '{event}' ORDER BY said_at") == [
        (1, ["murder"]), (4, ["attack", "murder"])]  # fmt: skip
    assert home.blocks() == []


def test_a_value_that_an_older_inbox_let_through_does_not_stop_the_night(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = home.event_of("a")
    home.judge(verdict="set", event_id=event, field="killed", value="3")
    monkeypatch.setattr("warehouse.reviews.inbox._check_field", lambda *_: None)
    odd = {"killed": "99999999999", "wounded": "many", "amount_pen": "?", "date": "2026-W40-1", "types": "attack,,murder", "sectors": ",bodegas"}  # fmt: skip
    for name, value in odd.items():
        home.judge(verdict="set", event_id=event, field=name, value=value)
    home.night()
    home.night(again(DRIVER))
    said = "SELECT killed, wounded, amount_pen, date::VARCHAR, week::VARCHAR FROM events WHERE event_id = ?"
    assert home.con.execute(said, [event]).fetchall() == [(3, None, None, "2026-10-04", "2026-09-28")]
    assert home.rows("SELECT type FROM event_types JOIN event_sectors USING (event_id) WHERE sector = 'bodegas' ORDER BY 1") == [("attack",), ("murder",)]  # fmt: skip
    assert home.blocks() == []


def test_a_set_field_goes_with_its_event_when_another_report_joins(home: Home) -> None:
    event = home.event_of("a")
    home.judge(verdict="set", event_id=event, field="killed", value=None)
    home.night()
    home.night(SAME_DRIVER)
    assert home.event_of("c") == event
    assert home.rows(f"SELECT killed, document_count FROM events WHERE event_id = '{event}'") == [(None, 2)]


def test_events_tied_by_a_person_stay_one_and_parted_again_are_two(home: Home) -> None:
    driver, baker = home.event_of("a"), home.event_of("b")
    home.judge(verdict="merge", event_id=driver, other_id=baker)
    home.night()
    home.night(again(DRIVER), again(BAKER), SAME_DRIVER)
    assert home.event_of("a") == home.event_of("b") == home.event_of("c")
    assert {r[:2] for r in home.rows("SELECT change, reason FROM event_changes")} == {("merged", "review")}
    home.publish()
    home.judge(verdict="split", event_id=driver, document_id="b")
    home.night()
    home.night(again(BAKER))
    assert home.event_of("a") == home.event_of("c") != home.event_of("b")
    assert home.rows("SELECT reason FROM event_changes WHERE change = 'split'") == [("review",)]
    assert home.blocks() == []


def test_a_page_that_a_person_parted_from_its_event_stays_alone(home: Home) -> None:
    home.night(SAME_DRIVER)
    event = home.event_of("a")
    assert home.event_of("c") == event
    home.publish()
    home.judge(verdict="split", event_id=event, document_id="c")
    home.night()
    home.night(again(SAME_DRIVER), again(DRIVER))
    assert home.event_of("c") != home.event_of("a")


def test_a_retracted_event_is_gone_for_good_with_its_row_in_the_ledger(home: Home) -> None:
    home.judge(verdict="retract", event_id=home.event_of("a"))
    home.night()
    home.night(again(DRIVER))
    assert home.rows("SELECT count(*) FROM events") == [(1,)]
    assert home.rows("SELECT change, reason FROM event_changes") == [("retracted", "review")]


def test_a_judgement_whose_page_now_says_something_else_goes_back_to_the_queue(home: Home) -> None:
    home.judge(verdict="add", document_id="a", axis="sector", label="bodegas")
    home.judge(verdict="set", event_id=home.event_of("a"), field="killed", value="2")
    home.night()
    assert [i for i in home.queue() if i.kind == "orphan"] == []
    rewritten = page("a", "Comas: hallan a un herido", "Nadie murió en el ataque.", type="attack", killed=None)
    home.night(rewritten)
    orphans = [i for i in home.queue() if i.kind == "orphan"]
    assert {(i.document_id, i.label) for i in orphans} == {("a", "bodegas"), (None, None)}
    assert home.queue()[0].kind == "orphan"
    assert home.rows("SELECT label FROM document_labels") == []
    home.judge(verdict="remove", document_id="a", axis="sector", label="bodegas")
    home.night()
    assert len([i for i in home.queue() if i.kind == "orphan"]) == 1


def test_the_queue_names_what_weighs_and_forgets_what_was_judged(home: Home) -> None:
    home.night(page("d", "Matan a seis en Puno", "Seis comuneros.", killed=6, date=None, date_precision="unknown", ubigeo=None, place_precision="unknown"))  # fmt: skip
    event = home.event_of("d")
    assert [i.why for i in home.queue() if i.event_id == event] == [
        "three dead or more by one voice", "a murder without a day", "a murder without a district"]  # fmt: skip
    home.judge(verdict="accept", event_id=event)
    home.night()
    assert [i for i in home.queue() if i.event_id == event] == []


def test_the_journal_gives_the_judgements_back(home: Home) -> None:
    home.judge(verdict="set", event_id=home.event_of("a"), field="killed", value="2", note="parte policial")
    home.judge(verdict="add", document_id="b", axis="sector", label="bodegas")
    home.night()
    kept = home.rows("FROM reviews ORDER BY review_id"), home.rows("FROM review_anchors ORDER BY ALL")
    home.con.execute("DELETE FROM reviews")
    home.con.execute("DELETE FROM review_anchors")
    for _ in range(2):
        insert(home.con, journal.read(home.folder / "journal" / JOURNAL))
    assert (home.rows("FROM reviews ORDER BY review_id"), home.rows("FROM review_anchors ORDER BY ALL")) == kept


def test_a_judgement_taken_in_by_a_night_that_died_is_taken_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.judge(verdict="set", event_id=home.event_of("a"), field="killed", value="2")
    with monkeypatch.context() as patch:
        patch.setattr("warehouse.reviews.taking.settle", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            home.night()
    home.night()
    assert home.rows("SELECT count(*) FROM reviews") == [(1,)]
    assert home.rows(f"SELECT killed FROM events WHERE event_id = '{home.event_of('a')}'") == [(2,)]


def test_no_reviewers_name_and_no_note_is_published(home: Home) -> None:
    home.judge(verdict="add", document_id="b", axis="sector", label="bodegas", note="lo vi")
    home.night()
    home.publish()
    with open_published(home.folder / "chasqui.duckdb") as published:
        columns = {d[0] for d in published.execute("FROM reviews").description or []}
    assert columns & {"reviewer", "note"} == set()
    assert {"verdict", "label"} <= columns


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"verdict": "add", "document_id": "a", "axis": "sector", "label": "ships"}, "no 'sector' label"),
        ({"verdict": "add", "document_id": "zz", "axis": "sector", "label": "transport"}, "no document"),
        ({"verdict": "retract", "event_id": "e0"}, "no event"),
        ({"verdict": "merge", "event_id": "A", "other_id": "A"}, "another event"),
        ({"verdict": "split", "event_id": "A", "document_id": "b"}, "does not tell"),
        ({"verdict": "set", "event_id": "A", "field": "killed", "value": "-1"}, "is no killed"),
        ({"verdict": "set", "event_id": "A", "field": "killed", "value": "many"}, "is no killed"),
        ({"verdict": "set", "event_id": "A", "field": "killed", "value": "99999999999"}, "is no killed"),
        ({"verdict": "set", "event_id": "A", "field": "wounded", "value": "1_000"}, "is no wounded"),
        ({"verdict": "set", "event_id": "A", "field": "wounded", "value": "٣"}, "is no wounded"),
        ({"verdict": "set", "event_id": "A", "field": "amount_pen", "value": "nan"}, "is no amount_pen"),
        ({"verdict": "set", "event_id": "A", "field": "date", "value": "2026-W40-1"}, "is no date"),
        ({"verdict": "set", "event_id": "A", "field": "date", "value": "20261004"}, "is no date"),
        ({"verdict": "set", "event_id": "A", "field": "ubigeo", "value": "999999"}, "is no ubigeo"),
        ({"verdict": "set", "event_id": "A", "field": "types", "value": "murder,"}, "is no types"),
        ({"verdict": "set", "event_id": "A", "field": "sectors", "value": ",transport"}, "is no sectors"),
        ({"verdict": "set", "event_id": "A", "field": "types", "value": ""}, "is no types"),
        ({"verdict": "set", "event_id": "A", "field": "title", "value": "x"}, "none of"),
        ({"verdict": "set", "event_id": "A", "field": "status", "value": None}, "cannot be unknown"),
    ],
)
def test_what_cannot_be_meant_is_refused(template: Path, tmp_path: Path, said: dict[str, Any], why: str) -> None:
    with open_published(template / "chasqui.duckdb") as published, Ops(tmp_path / "ops.sqlite") as ops:
        event = published.execute("SELECT event_id FROM event_documents WHERE document_id = 'a'").fetchall()[0][0]
        proposal = Proposal(reviewer="ana", **{k: event if v == "A" else v for k, v in said.items()})
        with pytest.raises(ReviewError, match=why):
            propose(ops, published, proposal)


def test_a_forgotten_page_leaves_no_note_of_a_reviewer_who_names_its_victim(home: Home) -> None:
    home.night(DRIVER, SAME_DRIVER | {"source": "dos"}, BAKER)
    home.publish()
    driver, baker = home.event_of("a"), home.event_of("b")
    home.judge(
        verdict="set", event_id=driver, field="killed", value="2", note="Murió también el hermano de Rufino Quispe"
    )
    home.judge(verdict="set", event_id=baker, field="killed", value="3", note="Tres según el parte")
    home.night()
    home.judge(verdict="accept", document_id="a", axis="event", label="murder", note="Rufino otra vez")
    home.judge(verdict="accept", event_id=driver, note="Es Rufino")
    told = events_told(home.con, ["a"])
    with Ops(home.folder / "ops.sqlite") as ops:
        drop_addresses(ops, ["a"], [], told)
        assert [(w.proposal.event_id, w.proposal.note) for w in waiting(ops)] == [(driver, None)]
    assert b"Rufino" not in (home.folder / "ops.sqlite").read_bytes()
    drop_pages(home.con, ["a"])
    home.night()
    said = "SELECT value, note FROM reviews WHERE verdict = 'set' ORDER BY value"
    assert home.rows(said) == [("2", None), ("3", "Tres según el parte")]
    assert home.rows("SELECT killed FROM events ORDER BY killed") == [
        (2,),
        (3,),
    ]  # what was said of the event still stands
    assert home.rows("FROM telling_links") == []
    kept = [without_pages(r, {"a"}) for r in journal.read(home.folder / "journal" / JOURNAL)]
    notes = [(r["note"], {a["document_id"] for a in r["anchors"]}) for r in kept if r]
    assert notes == [(None, {"c"}), ("Tres según el parte", {"b"}), (None, {"c"})]
