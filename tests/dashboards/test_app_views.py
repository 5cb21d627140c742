"""Pages say what the published file holds, unknown said plainly, and nothing that others wrote does anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.app import data
from tests.dashboards.app import VIEWS, page, set_up, told
from tests.dashboards.made import MONDAY, NIGHT, Told, publish_events

HOSTILE = '<img src=x onerror="alert(1)"> ![x](http://evil.example/x.png) $x$ :red[rojo] <script>alert(2)</script>'
EVENTS = (
    Told("e1", types=("murder", "extortion"), killed=2, wounded=0, title="Matan a chofer en Comas", amount=500),
    Told("e2", sectors=("schools",), ubigeo=None, day=None, title=HOSTILE, evidence=HOSTILE, url="javascript:alert(3)"),
    Told("e3", types=("strike",), sectors=(), ubigeo="130101", title="Paro en Trujillo"),
    Told("e4", types=("new_law", "extortion"), sectors=(), ubigeo=None, title="Promulgan ley"),
)
CHANGES = [
    ("c1", "e1", NIGHT, "recount", "report", "1", "2"),
]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dashboard")
    return publish_events(
        folder / "chasqui.duckdb", EVENTS, changes=CHANGES, sources=(("uno", "healthy"), ("dos", "broken")),
        emergencies=(("DS 118-2026-PCM", date(2026, 10, 1), date(2026, 12, 31), "130100"),),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def shown(published: Path) -> Iterator[None]:
    set_up(published)
    yield
    data.SHARED.close()


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_page_draws_in_both_languages(view: str, language: str) -> None:
    drawn = page(view, language, id="e1")
    assert not drawn.exception
    assert told(drawn)


def test_a_place_that_is_not_told_is_counted_beside_the_map() -> None:
    assert "Lugar desconocido o menos preciso: 1" in told(page("maps"))


def test_the_address_narrows_and_what_is_no_filter_in_it_is_passed_over() -> None:
    all_of_them = told(page("events"))
    assert "Matan a chofer" in all_of_them
    assert "Paro en Trujillo" in all_of_them
    narrowed = told(page("events", sector=["transport", "'; DROP TABLE events"], region="15", since="gestern"))
    assert "Matan a chofer" in narrowed
    assert "Paro en Trujillo" not in narrowed


def test_a_changed_filter_stands_in_the_address() -> None:
    drawn = page("events")
    drawn.multiselect(key="box-sector").select("schools").run()
    assert "schools" in drawn.query_params["sector"]
    assert "Matan a chofer" not in told(drawn)
    drawn.multiselect(key="box-sector").unselect("schools").run()
    assert "sector" not in drawn.query_params


def test_paper_counts_only_where_it_is_asked_for() -> None:
    assert "Promulgan ley" not in told(page("events"))
    assert "Promulgan ley" in told(page("events", event="new_law"))


def test_what_is_announced_is_said_to_be_and_counts_as_nothing_that_happened(tmp_path: Path) -> None:
    strike = Told("e5", types=("strike",), status="planned", title="Convocan a paro")
    set_up(publish_events(tmp_path / "chasqui.duckdb", [strike, *EVENTS]))
    listed = told(page("events"))
    assert "3 hechos; cada uno" in listed
    assert listed.count('<span class="c-what">Anunciado</span>') == 1
    only = told(page("events", language="en", event="strike", region="15"))
    assert "0 events; each" in only
    assert '<span class="c-what">Announced</span>' in only
    shown = told(page("event", id="e5"))
    assert "Anunciado (no consta que ocurriera)" in shown
    assert "planned" not in shown


@pytest.mark.parametrize(("view", "query"), [("events", {}), ("event", {"id": "e2"})])
def test_other_peoples_words_stay_text_and_their_addresses_lead_nowhere(view: str, query: dict[str, str]) -> None:
    bodies = "\n".join(e.proto.body for e in page(view, **query).get("html"))
    assert "&lt;img src=x" in bodies
    for harm in ("<img", "<script", "javascript:"):
        assert harm not in bodies


def test_an_event_tells_its_sources_and_what_was_said_before() -> None:
    text = told(page("event", id="e1"))
    for part in ("2 muertos", "sin heridos", "S/ 500", "Dispararon contra la combi.", "recount", "Copia archivada"):
        assert part in text


@pytest.mark.parametrize("wrong", ["", "e999", "../../etc/passwd", "e1' OR 1=1", "E1\x00"])
def test_an_id_that_never_was_shows_no_event(wrong: str) -> None:
    assert "Ningún hecho tiene ni tuvo este número" in told(page("event", id=wrong))


def test_a_source_that_is_not_well_is_said_first() -> None:
    assert "1 fuente no está bien" in told(page("sources"))


def test_the_next_edition_is_seen_at_once(tmp_path: Path, published: Path) -> None:
    moved = tmp_path / "chasqui.duckdb"
    shutil.copy(published, moved)
    set_up(moved)
    assert "Paro en Trujillo" in told(page("events"))
    other = publish_events(tmp_path / "next" / "chasqui.duckdb", [Told("e9", title="Otro hecho")])
    other.replace(moved)
    text = told(page("events"))
    assert "Otro hecho" in text
    assert "Paro en Trujillo" not in text


def test_without_a_published_file_one_line_says_what_to_do(tmp_path: Path) -> None:
    set_up(tmp_path / "none.duckdb")
    drawn = AppTest.from_file(str(Path(data.__file__).with_name("main.py")), default_timeout=60).run()
    assert not drawn.exception
    assert "chasqui nightly" in drawn.error[0].value


def test_old_data_are_said_to_be_old(published: Path) -> None:
    script = str(Path(data.__file__).with_name("main.py"))
    assert "viejos" not in told(AppTest.from_file(script, default_timeout=60).run())
    set_up(published, now=lambda: NIGHT.replace(month=12))
    assert "viejos" in told(AppTest.from_file(script, default_timeout=60).run())


def test_the_week_of_an_event_leads_to_it() -> None:
    assert f"events?since={MONDAY.isoformat()}" in told(page("timeline"))


def test_a_table_is_asked_for_when_its_box_is_opened() -> None:
    drawn = page("events")
    assert not drawn.dataframe
    drawn.session_state["table-chasqui-events"] = True
    (table,) = drawn.run().dataframe
    assert "e1" in set(table.value["event_id"])
