"""Mentions: a sentence, a date, a place, victims, sums, groups and norms for each type of a document."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader import read_mentions

TITLE = "Asesinan a cobrador de la línea 41 en Comas"
TEXT = """Un cobrador de la línea 41 fue asesinado de cinco disparos la noche del jueves 16 de octubre en el paradero final de la empresa, en la \
avenida Túpac Amaru, distrito de Comas. Un pasajero resultó herido en la pierna y fue llevado al hospital Sergio Bernales.

Los choferes contaron que la banda “Los Cuervos del Norte” les exige un cupo de siete soles diarios por cada unidad desde agosto.

La Policía recordó que en 2019 otro trabajador de la misma ruta fue acribillado en Los Olivos. En Lima rige el estado de emergencia.

El detenido, natural de Piura, fue trasladado a la sede de la Dirincri."""


def test_murder_with_its_extortion() -> None:
    mentions = read_mentions(TITLE, TEXT, date(2025, 10, 17), ["transport"], ["murder", "extortion"])
    murder = next(m for m in mentions if m.type == "murder")
    assert (murder.date, murder.date_precision) == (date(2025, 10, 16), "day")
    assert (murder.department, murder.province, murder.district, murder.ubigeo) == ("Lima", "Lima", "Comas", "150110")
    assert (murder.killed, murder.place_precision, murder.sectors) == (1, "district", ("transport",))
    demand = next(m for m in mentions if m.type == "extortion")
    assert (demand.amount_pen, demand.currency, demand.period) == (7.0, "PEN", "day")
    assert demand.group == "Los Cuervos del Norte"
    assert demand.happening == murder.happening


def test_what_is_nearly_said_is_marked_and_changes_nothing() -> None:
    certain = read_mentions(TITLE, TEXT, date(2025, 10, 17), ["transport"], ["murder"])
    both = read_mentions(
        TITLE, TEXT, date(2025, 10, 17), ["transport"], ["murder"], uncertain=["strike", "attack", "murder"]
    )
    assert [m for m in both if not m.uncertain] == certain
    doubted = {m.type: m for m in both if m.uncertain}
    assert doubted.keys() == {"strike", "attack"}  # what is certain is not told again
    assert doubted["attack"].happening == certain[0].happening
    assert doubted["attack"].as_json()["uncertain"] is True
    assert "uncertain" not in certain[0].as_json()


def test_nothing_certain_no_old_cases() -> None:
    found = read_mentions(TITLE, TEXT, date(2025, 10, 17), ["transport"], [], uncertain=["murder"])
    assert [(m.type, m.uncertain) for m in found] == [("murder", True)]


def test_evidence_is_where_it_says() -> None:
    for mention in read_mentions(
        TITLE, TEXT, date(2025, 10, 17), ["transport"], ["murder", "attack", "extortion", "arrest"]
    ):
        field = TITLE if mention.evidence.field == "title" else TEXT
        assert field[mention.evidence.start : mention.evidence.end] == mention.evidence.text
        assert mention.as_json()["evidence"]["text"]


def test_no_publication_no_weekday() -> None:
    text = "El martes por la noche balearon una combi en Huaral. No hubo heridos."
    (attack,) = read_mentions("Balean combi", text, None, ["transport"], ["attack"])
    assert attack.date is None
    assert attack.wounded == 0


def test_a_body_found_gives_the_day_of_the_find_about() -> None:
    text = (
        "El cuerpo de un taxista de 33 años, maniatado y con un disparo, fue hallado el lunes 13 de octubre en Huaral."
    )
    (murder,) = read_mentions(
        "Hallan sin vida a taxista en Huaral", text, date(2025, 10, 14), ["transport"], ["murder"]
    )
    assert (murder.date, murder.date_precision) == (date(2025, 10, 13), "week")


def test_planned_strike() -> None:
    text = "Los gremios de transporte de Trujillo anunciaron que acatarán un paro de 24 horas el próximo jueves 23 de octubre."
    (strike,) = read_mentions("Transportistas anuncian paro", text, date(2025, 10, 17), ["transport"], ["strike"])
    assert (strike.status, strike.date) == ("planned", date(2025, 10, 23))


@pytest.mark.parametrize(
    ("title", "text", "status"),
    [
        (
            "Gobierno alista emergencia en el Santa",
            "La provincia del Santa será puesta en estado de emergencia en las próximas horas.",
            "planned",
        ),
        (
            "Declaran en emergencia al Santa",
            "El Ejecutivo declaró ayer el estado de emergencia en la provincia del Santa.",
            "happened",
        ),
        (
            "Anuncian emergencia en el Santa",
            "El Decreto Supremo 010-2025-PCM declara desde mañana el estado de emergencia en el Santa.",
            "happened",
        ),
    ],
)
def test_an_emergency_is_planned_until_there_is_a_decree(title: str, text: str, status: str) -> None:
    (found,) = read_mentions(title, text, date(2025, 1, 22), [], ["state_of_emergency"])
    assert found.status == status


def test_emergency_has_norm_and_territory() -> None:
    text = "El Ejecutivo oficializó el Decreto Supremo 124-2024-PCM, que declara por 60 días el estado de emergencia en las provincias de Trujillo y Virú."
    (found,) = read_mentions("Declaran emergencia", text, date(2024, 9, 27), [], ["state_of_emergency"])
    assert found.norm == "DS 124-2024-PCM"
    assert [t.ubigeo for t in found.territory] == ["130100", "131200"]
    assert (found.ubigeo, found.place_precision) == ("130000", "department")  # the unit that holds both


def test_several_places_no_place_of_a_gang() -> None:
    text = "La banda 'Los Pulpos de Trujillo' sería responsable, dijo la Policía. El ataque con granada fue ayer en Sullana, Piura."
    (attack,) = read_mentions("Granada en botica", text, date(2025, 5, 6), ["health"], ["attack"])
    assert attack.province == "Sullana"


def test_unknown_types_and_nothing_to_read() -> None:
    assert read_mentions("", "", None, [], ["murder"]) == []
    assert read_mentions("Título", "Texto.", None, [], []) == []
    assert read_mentions("Título", "Texto.", None, [], ["earthquake"]) == []


def test_a_bill_against_extortion_is_no_extortion() -> None:
    title = "Comisión de Justicia aprueba dictamen que endurece penas por extorsión"
    text = (
        "La Comisión de Justicia de la Cámara de Diputados aprobó por mayoría el dictamen del proyecto de ley 00553/2026-2031-CD, que eleva "
        "las penas por el delito de extorsión cuando la víctima es transportista o bodeguero. La iniciativa pasará al pleno."
    )
    found = [m.type for m in read_mentions(title, text, date(2026, 10, 14), ["transport"], ["bill", "extortion"])]
    assert found == ["bill"]


def test_a_demand_told_beside_a_law_is_one() -> None:
    title = "Ley contra el cobro de cupos llega tarde para una bodeguera de Comas"
    text = (
        "El Gobierno promulgó ayer la ley que castiga el cobro de cupos. En Comas, la bodeguera recibió esa misma noche un mensaje: le exigen "
        "500 soles semanales para no atentar contra su local."
    )
    found = [m.type for m in read_mentions(title, text, date(2026, 10, 14), ["bodegas"], ["new_law", "extortion"])]
    assert sorted(found) == ["extortion", "new_law"]
