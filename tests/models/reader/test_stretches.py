"""A round-up is cut by happening; a text that tells one is not."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader import read_mentions
from models.reader.reading import read
from models.reader.stretches import stretch_of, stretches

PUBLISHED = date(2026, 11, 9)  # a Monday
ROUND_UP = (
    "El fin de semana dejó tres muertos.\n\n"
    "El viernes, en Comas, sicarios asesinaron de tres disparos al colectivero Raúl Ccopa dentro de su auto.\n\n"
    "El sábado, en La Perla, Callao, dos sujetos asesinaron a balazos al barbero Kenyi Arias y a su hermano. La familia no habló."
)


def test_a_round_up_is_cut_by_place_and_day() -> None:
    reading = read("Tres muertos en dos ataques", ROUND_UP, PUBLISHED)
    found = stretches(reading)
    assert len(found) == 2
    assert stretch_of(found, reading.sentences[-1].index) is found[1]
    assert stretch_of(found, 0) is None


def test_one_happening_is_not_cut() -> None:
    text = (
        "El viernes, en Comas, sicarios asesinaron de tres disparos al colectivero Raúl Ccopa.\n\n"
        "El sábado sus compañeros marcharon en Lima para pedir justicia."
    )
    assert stretches(read("Matan a colectivero", text, PUBLISHED)) == []


def test_the_total_of_a_round_up_is_nobodys_own() -> None:
    found = read_mentions("Tres muertos en dos ataques", ROUND_UP, PUBLISHED, ["transport", "barbershops"], ["murder"])
    killed = {m.place_precision and m.date: m.killed for m in found if m.status != "recalled"}
    assert 3 not in killed.values()
    assert len(found) == 2


HEADED = (
    "Tres crímenes en distintos puntos de la provincia de Chincha enlutaron a la ciudad.\n\n"
    "PUEBLO NUEVO. El viernes 6, a las 9 p. m., fue asesinado Raúl Ccopa (40) en la puerta de su casa.\n\n"
    "SUNAMPE. La madrugada del sábado 7, Kenyi Arias (25) fue asesinado a puñaladas en una chacra.\n\n"
    "GROCIO PRADO. Y ayer domingo dos sujetos mataron a balazos a Luis Mina (31)."
)


def test_a_lead_that_names_the_province_is_no_stretch_of_its_own() -> None:
    found = read_mentions("Tres muertos en Chincha", HEADED, PUBLISHED, [], ["murder"])
    told = {(m.district, m.date, m.killed) for m in found if m.status != "recalled"}
    assert told == {
        ("Pueblo Nuevo", date(2026, 11, 6), 1),
        ("Sunampe", date(2026, 11, 7), 1),
        ("Grocio Prado", date(2026, 11, 8), 1),
    }


SERIES = (
    "El primer ataque ocurrió el viernes 6 en Comas: quemaron el auto de un contratista. "
    "A las 3 a. m. del sábado, en Carabayllo, dispararon contra la casa de su socio. Nadie resultó herido."
)


def test_a_paragraph_is_cut_before_another_deed_in_another_place_and_time() -> None:
    found = read_mentions("Dos atentados contra constructores", SERIES, PUBLISHED, [], ["arson", "attack"])
    told = {(m.type, m.district, m.date) for m in found}
    assert {("arson", "Comas", date(2026, 11, 6)), ("attack", "Carabayllo", date(2026, 11, 7))} <= told


@pytest.mark.parametrize(
    "more",
    [
        "Horas después, en Carabayllo, la Policía detuvo a un sospechoso con la pistola del ataque.",
        "El sábado su auto fue hallado incendiado en Carabayllo.",
        "El sábado murió en un hospital de San Martín de Porres por los disparos.",
        "En Carabayllo viven los padres del chofer asesinado.",
    ],
)
def test_and_not_before_what_followed_the_deed(more: str) -> None:
    text = f"El viernes, en Comas, sicarios dispararon contra el colectivero Raúl Ccopa. {more}"
    assert stretches(read("Atacan a colectivero", text, PUBLISHED)) == []


def test_the_day_a_text_reckons_stays() -> None:
    text = (
        "Los músicos marcharon ayer en Espinar, un día después de que un bombista fuera baleado en Pallpata.\n\n"
        "El sábado 7, en Yauri, según su gremio, lo asesinaron de tres disparos."
    )
    found = read_mentions("Marchan por bombista asesinado", text, PUBLISHED, [], ["murder"])
    assert found[0].date == date(2026, 11, 7)


@pytest.mark.parametrize(
    "told",
    ["un gasfitero fue asesinado el sábado", "sicarios mataron a un gasfitero el sábado"],
)
def test_a_department_that_heads_a_deed_opens_a_stretch(told: str) -> None:
    text = f"Un soldador fue asesinado el viernes en Comas. En la región Pasco, {told}. En Moyobamba, una modista fue asesinada el domingo."
    found = {(m.ubigeo, m.date) for m in read_mentions("", text, PUBLISHED, [], ["murder"])}
    assert {("150110", date(2026, 11, 6)), ("190000", date(2026, 11, 7))} <= found


@pytest.mark.parametrize(
    "said",
    [
        "el ministro lamentó el domingo el asesinato de un soldador",
        "una marcha pidió el domingo justicia por el soldador asesinado",
        "un abogado dijo el domingo que fue asesinado por error",
    ],
)
def test_a_department_where_a_deed_is_spoken_of_opens_none(said: str) -> None:
    text = f"Un soldador fue asesinado el viernes en Comas. En Pasco, {said}."
    assert stretches(read("", text, PUBLISHED)) == []
    assert {(m.ubigeo, m.date) for m in read_mentions("", text, PUBLISHED, [], ["murder"])} == {
        ("150110", date(2026, 11, 6))
    }
