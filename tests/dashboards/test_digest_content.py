"""What a digest says, and what it does not claim to know. Each sector of the file below is a case of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dashboards.digest.content import read_content, usual_window
from dashboards.digest.records import Content
from dashboards.digest.render import render
from dashboards.digest.words import Words
from dashboards.language import tongue
from dashboards.weeks import Week
from tests.dashboards.made import MONDAY, NIGHT, Told, group, publish_events
from warehouse.query import open_published

WEEK = Week(MONDAY)
BEFORE = MONDAY - timedelta(weeks=1)
SINCE = usual_window(group(), WEEK).since
UNTIL = usual_window(group(), WEEK).until
TOLD_BEFORE = datetime(2026, 10, 14, tzinfo=UTC)
LONG = "Una frase larga que se repite para ocupar sitio en el correo. " * 8
AGAINST = {  # sector: events of the four weeks before, of this one, and what is said of it
    "schools": ((1, 0, 2, 1), 3, "Son más que en cualquiera de las cuatro semanas anteriores (1, 0, 2 y 1)."),
    "dentists": ((2, 2, 3, 2), 1, "Son menos que en cualquiera de las cuatro semanas anteriores (2, 2, 3 y 2)."),
    "health": ((1, 0, 2, 1), 1, "Es lo habitual: en las cuatro semanas anteriores fueron 1, 0, 2 y 1."),
    "entertainment": ((1, 0, 2, 1), 0, "En las cuatro semanas anteriores hubo 4 hechos en total."),
    "markets": ((0, 0, 0, 0), 1, "No hubo ninguno en las cuatro semanas anteriores."),
}
FACTS = {
    "a": (Told("a", ("murder",), killed=2), ["2 muertos"]),
    "b": (Told("b", ("attack",)), ["víctimas: no se dice"]),
    "c": (Told("c", ("attack",), killed=0, wounded=0), ["sin muertos ni heridos"]),
    "d": (Told("d", ("extortion",), amount=35000), ["S/ 35,000"]),
    "e": (Told("e", ("extortion",)), ["monto: no se dice"]),
    "f": (Told("f", ("strike",)), []),
}


def of_sector(sector: str, *events: Told) -> list[Told]:
    return [replace(e, sectors=(sector,)) for e in events]


def against(sector: str) -> list[Told]:
    before, now, _ = AGAINST[sector]
    events = [Told(f"{sector}{n}") for n in range(now)]
    for ago, number in enumerate(reversed(before), start=1):
        day = MONDAY - timedelta(weeks=ago)
        events += [Told(f"{sector}{ago}n{n}", day=day, week=day, reported=day) for n in range(number)]
    return of_sector(sector, *events)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    old = Told("old", day=BEFORE, week=BEFORE, reported=BEFORE)
    events = [
        Told("threat"),
        Told("wounding", ("attack",), wounded=3),
        Told("killing", ("murder", "attack"), killed=1),
        Told("law", ("extortion", "new_law"), title="Ley N° 1: pena para el cupo"),
        *of_sector("bodegas", Told("here"), Told("there", ubigeo="130101"), Told("somewhere", ubigeo=None)),
        *(e for sector in AGAINST for e in against(sector)),
        *of_sector("barbershops", *(told for told, _ in FACTS.values())),
        *of_sector(
            "construction",
            replace(old, id="late report", reported=MONDAY),
            replace(old, id="read late", said_at=SINCE + timedelta(days=2)),
            replace(old, id="known", said_at=TOLD_BEFORE),
            replace(old, id="next", said_at=UNTIL),
        ),
        *of_sector(
            "restaurants",
            *(Told(f"r{n:03}", ("attack",), evidence=LONG, title=f"{n} {LONG}"[:170]) for n in range(120)),
        ),
    ]
    changes = [
        ("c1", "known", SINCE + timedelta(days=1), "recount", "report", None, "2"),
        ("c2", "known", TOLD_BEFORE, "recount", "report", "1", None),
        *[(f"m{n}", "known", SINCE + timedelta(days=1), "reclassified", "model", "attack", "murder") for n in range(3)],
    ]
    nights = (datetime(2026, 9, 1, tzinfo=UTC), NIGHT)
    emergencies = [("DS 9-2026-PCM", MONDAY, date(2026, 12, 1), "130000")]
    path = tmp_path_factory.mktemp("published") / "p.duckdb"
    return publish_events(path, events, changes=changes, nights=nights, emergencies=emergencies)


@pytest.fixture(scope="module")
def sick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """First night of an installation, with sources that are not well."""
    sources = (("uno", "healthy"), ("exitosa", "quiet"), ("rpp", "broken"))
    old = Told("old", day=BEFORE, week=BEFORE, reported=BEFORE, said_at=NIGHT, sectors=("schools",))
    path = tmp_path_factory.mktemp("sick") / "p.duckdb"
    return publish_events(path, [old], sources=sources, reading_weeks=3)


def content_of(path: Path, sector: str, **changes: object) -> Content:
    with open_published(path) as con:
        return read_content(con, group(sectors=(sector,), **changes), WEEK)


def words_of(content: Content) -> Words:
    return Words(tongue(content.group.language), content)


def test_the_worst_comes_first_and_laws_are_no_deeds(published: Path) -> None:
    content = content_of(published, "transport")
    assert [e.event_id for e in content.events] == ["killing", "wounding", "threat"]
    assert [p.title for p in content.laws] == ["Ley N° 1: pena para el cupo"]
    assert words_of(content).subject() == "Transportistas: 3 hechos, 1 muerto y 3 heridos (19–25 de octubre)"


def test_events_without_a_place_are_counted_apart_for_a_region(published: Path) -> None:
    content = content_of(published, "bodegas", regions=("1501",), region_names=("Lima",))
    assert [e.event_id for e in content.events] == ["here"]
    assert content.unplaced == 1
    assert any("De 1 hecho más no se dice el lugar" in s for s in words_of(content).lead())


def test_what_is_announced_is_told_until_its_day_and_counts_as_nothing_that_happened(tmp_path: Path) -> None:
    strike = Told("strike", ("strike",), status="planned", day=MONDAY + timedelta(days=16), week=MONDAY + timedelta(days=14),
                  reported=MONDAY + timedelta(days=5))  # fmt: skip
    nowhere = replace(strike, id="nowhere", ubigeo=None, day=MONDAY, week=MONDAY)
    on_the_day = replace(strike, id="on the day", day=WEEK.plus(1).monday, week=WEEK.plus(1).monday)
    undated = replace(strike, id="undated", day=None, week=MONDAY)
    path = publish_events(tmp_path / "p.duckdb", [strike, nowhere, on_the_day, undated])
    told = {}
    with open_published(path) as con:
        for n in (-1, 0, 1, 2):
            told[n] = [e.event_id for e in read_content(con, group(), WEEK.plus(n)).planned]
        in_lima = read_content(con, group(regions=("1501",), region_names=("Lima",)), WEEK)
    assert told == {-1: [], 0: ["undated", "on the day", "strike"], 1: ["strike"], 2: []}
    assert in_lima.unplaced == 0


def test_silence_is_told_from_breakdown(published: Path, sick: Path) -> None:
    calm = words_of(content_of(published, "entertainment"))
    assert calm.lead()[0].endswith("así que el silencio no es una avería.")
    broken = words_of(content_of(sick, "transport"))
    assert "pudo pasar algo que no leímos" in broken.lead()[0]
    assert broken.health() == (
        "1 de 3 fuentes bien; Rpp no responde desde el lunes; Exitosa sin notas nuevas desde el miércoles."
    )


def test_a_week_that_was_not_read_is_no_zero(sick: Path) -> None:
    content = content_of(sick, "transport")
    assert [w.events for w in content.weeks] == [None] * 9 + [0, 0, 0]
    assert "Aún no se han leído cuatro semanas anteriores" in words_of(content).lead()[1]


@pytest.mark.parametrize("sector", AGAINST)
def test_the_week_is_held_against_the_last_four(published: Path, sector: str) -> None:
    assert AGAINST[sector][2] in words_of(content_of(published, sector)).lead()


def test_late_news_and_corrections_of_earlier_weeks_are_told_once(published: Path) -> None:
    content = content_of(published, "construction")
    assert {e.event_id for e in content.late} == {"late report", "read late"}
    words = words_of(content)
    assert [words.change(c) for c in content.changes] == [
        "Extorsión, Comas, Lima, 12 oct.: muertos, antes no se decía, ahora 2"
    ]
    assert words.model_changes().startswith("La lectura automática cambió: 1 hecho")


def test_a_first_night_is_not_all_late_news(sick: Path) -> None:
    """Whoever installs today reads the past in one night; nothing of it came late."""
    content = content_of(sick, "schools")
    assert content.late == ()
    assert content.before == [0, 1]


def test_emergencies_are_gathered_into_the_widest_place(published: Path) -> None:
    content = content_of(published, "transport")
    said = [words_of(content).emergency(e) for e in content.emergencies]
    assert said == ["todo La Libertad, hasta el 1 de diciembre de 2026"]
    in_viru = content_of(published, "transport", regions=("1312",), region_names=("Virú",))
    assert in_viru.emergencies[0].places == (("La Libertad", "Virú", None),)
    assert content_of(published, "transport", regions=("15",), region_names=("Lima",)).emergencies == ()


def test_unknown_is_said_plainly(published: Path) -> None:
    content = content_of(published, "barbershops")
    words = words_of(content)
    assert {e.event_id: words.facts(e) for e in content.events} == {name: facts for name, (_, facts) in FACTS.items()}


def test_what_has_no_room_is_summed_up_and_attached(published: Path) -> None:
    edition = render(content_of(published, "restaurants"))
    assert len(edition.html.encode()) < 100_000
    assert "hechos más (ataque" in edition.html
    assert edition.table is not None
    assert edition.table[1].decode("utf-8-sig").count("\r\n") == 121
    assert len(edition.chat) <= 900
    assert "hechos más." in edition.chat
