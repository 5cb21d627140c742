"""Search: words in any form, phrases, filters; only what is published and masked; kept up, and made anew when broken."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.filling import fill
from warehouse.forgetting import drop_pages
from warehouse.link import link
from warehouse.publish import publish
from warehouse.query import open_published
from warehouse.search.find import Narrowed, Results, find
from warehouse.search.shelf import SearchError, Shelf
from warehouse.search.update import Indexed, update
from warehouse.store import open_warehouse
from warehouse.timeline import Filters

NAME = "Rufino Quispe Anco"


def page(name: str, title: str, text: str, day: str, **more: Any) -> dict[str, Any]:
    mention = {
        "type": "murder", "happening": 1, "status": "happened", "sectors": ["transport"], "date": day, "date_precision": "day",
        "ubigeo": "150110", "place_precision": "district", "killed": 1, "evidence": {"field": "title", "start": 0, "end": len(title), "text": title},
    }  # fmt: skip
    return {"id": name, "title": title, "text": text, "published": day, "mentions": [mention | more]}


PAGES = [
    page("comas", "Comas: matan a colectivero", f"La Policía halló a {NAME}. Los colectiveros denunciaron extorsión. Pagaban cupos a dos bandas.", "2026-10-05"),
    page("puno", "Extorsiones a bodegas en Puno", "Cobran cupo a las bodegas. A dos cuadras manda otra banda de la policía.", "2026-10-20",
         type="extortion", sectors=["bodegas"], ubigeo="210101", killed=None),
    page("callao", "Operación policial en el Callao", "Cayeron los extorsionadores de Breña.", "2026-11-01",
         type="arrest", sectors=[], ubigeo="070101", killed=None) | {"source": "dos"},
]  # fmt: skip


def hide(title: str, text: str) -> tuple[str, str]:
    return title, text.replace(NAME, "[nombre]")


@dataclass(frozen=True, slots=True)
class Home:
    con: duckdb.DuckDBPyConnection
    folder: Path
    shelf: Shelf

    def load(self, batch: str, pages: list[dict[str, Any]]) -> None:
        fill(self.con, self.folder, batch, pages)
        link(self.con, batch, ["murder", "extortion", "arrest"])
        publish(self.con, self.folder / "chasqui.duckdb")

    def find(self, words: str, narrowed: Narrowed | None = None, limit: int = 20) -> Results:
        with open_published(self.folder / "chasqui.duckdb") as published:
            return find(self.shelf.open(), published, words, narrowed, limit)

    def ids(self, words: str, **filters: Any) -> set[str]:
        sources = filters.pop("sources", ())
        results = self.find(words, Narrowed(Filters(**filters), sources))
        return set() if results.is_loosened else {f.document_id for f in results.found}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three pages loaded, published and indexed."""
    folder = tmp_path_factory.mktemp("template")
    with open_warehouse(folder / "warehouse.duckdb") as con:
        home = Home(con, folder, Shelf(folder / "search"))
        home.load("one", PAGES)
        update(con, home.shelf, hide)
    return folder


@pytest.fixture(scope="module")
def shared(template: Path) -> Iterator[Home]:
    """For tests that only ask."""
    with duckdb.connect() as con:
        yield Home(con, template, Shelf(template / "search"))


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Iterator[Home]:
    """For tests that change it."""
    folder = tmp_path / "home"
    shutil.copytree(template, folder)
    with open_warehouse(folder / "warehouse.duckdb") as con:
        yield Home(con, folder, Shelf(folder / "search"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("extorsion", {"comas", "puno", "callao"}),  # with and without accent, singular and plural, doer and deed
        ("OPERACIONES", {"callao"}),
        ("policía", {"comas", "puno"}),
        ("brena", {"callao"}),
        ("extorsión colectivero", {"comas"}),
        ('"cupos a dos bandas"', {"comas"}),
        ('"bandas a dos cupos"', set()),
        ("extorsion -comas -callao", {"puno"}),
        ("title:bodegas", {"puno"}),
        (NAME, set()),
        ('AND ((( "', set()),
    ],
)
def test_words(shared: Home, words: str, expected: set[str]) -> None:
    assert shared.ids(words) == expected


def test_filters_are_of_time_source_label_type_and_place(shared: Home) -> None:
    assert shared.ids("extorsion", since=date(2026, 10, 20)) == {"puno", "callao"}
    assert shared.ids("extorsion", since=date(2026, 10, 20), until=date(2026, 10, 31)) == {"puno"}
    assert shared.ids("extorsion", sources=["dos"]) == {"callao"}
    assert shared.ids("extorsion", sectors=["transport", "bodegas"]) == {"comas", "puno"}
    assert shared.ids("extorsion", events=["arrest"]) == {"callao"}
    assert shared.ids("extorsion", region="21") == {"puno"}
    assert shared.ids("extorsion", sectors=["transport"], region="21") == set()


def test_a_filter_that_leaves_much_gives_the_same(shared: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = Narrowed(Filters(sectors=["bodegas"]))
    by_terms = shared.find("extorsion", wanted, limit=1)
    monkeypatch.setattr("warehouse.search.find.FEW", 0)
    by_hits = shared.find("extorsion", wanted, limit=1)
    assert [f.document_id for f in by_terms.found] == ["puno"]
    assert by_hits == by_terms


def test_a_find_names_its_event_and_shows_a_masked_snippet_with_the_words_marked(shared: Home) -> None:
    (found,) = shared.find("colectiveros").found
    with open_published(shared.folder / "chasqui.duckdb") as published:
        events = published.execute("SELECT event_id FROM event_documents WHERE document_id = 'comas'").fetchall()
    assert events == [(found.event_ids[0],)]
    assert (found.title, found.published_on, found.source_id) == (
        "Comas: matan a colectivero",
        date(2026, 10, 5),
        "uno",
    )
    assert "[nombre]" in found.snippet
    assert [found.snippet[a:b] for a, b in found.marks] == ["colectiveros"]


def test_no_private_name_lies_in_the_index(shared: Home) -> None:
    stored = b"".join(p.read_bytes() for p in shared.shelf.folder.rglob("*") if p.is_file())
    assert b"nombre" in stored
    assert all(part.lower().encode() not in stored.lower() for part in ("Rufino", "Anco"))
    assert shared.shelf.folder.stat().st_mode & 0o077 == 0


def test_when_no_page_has_all_words_those_with_some_are_given_and_it_says_so(shared: Home) -> None:
    results = shared.find("colectiveros Arequipa")
    assert results.is_loosened
    assert [f.document_id for f in results.found] == ["comas"]


def test_a_night_indexes_what_changed_and_only_that(home: Home) -> None:
    changed = PAGES[1] | {"title": "Cierran farmacias en Puno", "text": "Las farmacias pagaban."}
    changed["mentions"] = [dict(PAGES[1]["mentions"][0]) | {"evidence": {"field": "title", "start": 0, "end": 7, "text": "Cierran"}}]  # fmt: skip
    home.load("two", [changed])
    done = update(home.con, home.shelf, hide)
    assert (done.added, done.removed, done.made_anew) == (1, 1, None)
    assert home.ids("farmacias") == {"puno"}
    assert home.ids("bodegas") == set()
    assert update(home.con, home.shelf, hide).added == 0


def test_what_is_not_published_is_not_shown(home: Home) -> None:
    fill(home.con, home.folder, "three", [page("nuevo", "Matan a herrero", "Un herrero.", "2026-11-02")])
    update(home.con, home.shelf, hide)
    assert home.ids("herrero") == set()


def test_an_update_that_died_on_its_way_is_done_again(home: Home) -> None:
    home.load("two", [page("nuevo", "Matan a herrero", "Un herrero.", "2026-11-02")])
    with pytest.raises(ZeroDivisionError):
        update(home.con, home.shelf, lambda *_: 1 / 0)  # type: ignore[arg-type, return-value]  # it gives nothing back: it dies
    assert update(home.con, home.shelf, hide).added == 1
    assert [f.document_id for f in home.find("herrero").found] == ["nuevo"]


def test_an_update_that_died_before_it_was_noted_adds_nothing_twice(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.load("two", [page("nuevo", "Matan a herrero", "Un herrero.", "2026-11-02")])
    with monkeypatch.context() as patch:
        patch.setattr("warehouse.search.update._pair", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            update(home.con, home.shelf, hide)
    assert update(home.con, home.shelf, hide) == Indexed(0, 0)
    assert [f.document_id for f in home.find("herrero").found] == ["nuevo"]


def test_an_index_that_is_of_another_day_than_the_warehouse_is_compared_whole(home: Home, tmp_path: Path) -> None:
    shutil.copytree(home.shelf.folder, tmp_path / "before")
    home.load("two", [page("nuevo", "Matan a herrero", "Un herrero.", "2026-11-02")])
    update(home.con, home.shelf, hide)
    shutil.rmtree(home.shelf.folder)
    shutil.copytree(tmp_path / "before", home.shelf.folder)
    assert home.ids("herrero") == set()
    assert update(home.con, home.shelf, hide) == Indexed(1, 0)
    assert home.ids("herrero") == {"nuevo"}


def test_a_page_read_again_that_says_the_same_is_not_indexed_again(home: Home) -> None:
    home.load("again", PAGES)
    assert update(home.con, home.shelf, hide) == Indexed(0, 0)


def test_a_page_that_is_dropped_is_not_found(home: Home) -> None:
    drop_pages(home.con, ["puno"])
    assert update(home.con, home.shelf, hide) == Indexed(0, 1)
    assert home.ids("extorsion") == {"comas", "callao"}


def test_a_better_masker_hides_what_the_one_before_left_findable(home: Home) -> None:
    assert home.ids("brena") == {"callao"}
    done = update(home.con, home.shelf, lambda title, text: (title, text.replace("Breña", "[nombre]")), "better")
    assert (done.added, done.made_anew) == (len(PAGES), "masked by another version")
    assert home.ids("brena") == set()
    assert update(home.con, home.shelf, hide, "better") == Indexed(0, 0)


@pytest.mark.parametrize("how", ["cut", "flipped", "lost", "meta", "pointer"])
def test_a_damaged_index_is_noticed_and_made_anew(home: Home, how: str) -> None:
    current = home.shelf.current
    assert current is not None
    store = next(current.glob("*.store"))
    match how:
        case "cut":
            store.write_bytes(store.read_bytes()[:-20])
        case "flipped":
            data = bytearray(store.read_bytes())
            data[10] ^= 1
            store.write_bytes(data)
        case "lost":
            store.unlink()
        case "meta":
            (current / "meta.json").write_text("{")
        case _:
            (home.shelf.folder / "current.json").unlink()
    done = update(home.con, home.shelf, hide)
    assert done.added == 3
    assert done.made_anew is not None
    assert home.shelf.damage() is None
    assert home.ids("colectivero") == {"comas"}


def test_a_night_reads_only_files_it_has_not_proven_and_a_full_look_reads_all(home: Home) -> None:
    assert home.shelf.damage() is None
    current = home.shelf.current
    assert current is not None
    (store,) = current.glob("*.store")
    before = store.stat()
    data = bytearray(store.read_bytes())
    data[10] ^= 1
    store.write_bytes(data)
    os.utime(store, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert home.shelf.damage(only_new=True) is None
    assert "corrupted" in (home.shelf.damage() or "")
    os.utime(store)
    assert "corrupted" in (home.shelf.damage(only_new=True) or "")


def test_without_an_index_it_says_what_to_do(home: Home) -> None:
    home.shelf.discard()
    with pytest.raises(SearchError, match="nightly"):
        home.shelf.open()


@pytest.mark.parametrize("count", [61, 62])
def test_sixty_four_labels_an_axis_have_a_bit_and_one_more_stops_the_publish(home: Home, count: int) -> None:
    before = (home.folder / "chasqui.duckdb").stat().st_ino
    known = {"transport", "bodegas"}
    home.con.execute(
        "INSERT INTO document_labels SELECT 'comas', 'sector', format('trade{:02d}', n), 0.9, 'yes' FROM range(?) t(n)",
        [count + 1],
    )
    if count + 1 + len(known) <= 64:
        publish(home.con, home.folder / "chasqui.duckdb")
        assert {f.document_id for f in home.find("colectivero", Narrowed(Filters(sectors=["trade61"]))).found} == {
            "comas"
        }
        return
    with pytest.raises(duckdb.Error, match="more than 64 labels of the axis sector"):
        publish(home.con, home.folder / "chasqui.duckdb")
    assert (home.folder / "chasqui.duckdb").stat().st_ino == before, "yesterday's file stays"
