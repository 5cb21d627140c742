"""Happenings enumerated within one sentence are told apart; places that are only coordinated tell none."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader import read_mentions
from warehouse.records import Mention

PUBLISHED = date(2026, 11, 20)  # a Friday
SMP = "San Martín de Porres"


def told(text: str, *kinds: str, title: str = "Violencia en Lima") -> list[Mention]:
    found = read_mentions(title, text, PUBLISHED, ["transport"], kinds)
    return [each for each in found if each.status != "recalled"]


def scenes(found: list[Mention], kind: str) -> list[tuple[str | None, int | None]]:
    return [(each.district, each.killed) for each in found if each.type == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "En menos de tres días fueron asesinados dos choferes: el martes en San Martín de Porres y el jueves en Comas.",
            [(SMP, 1), ("Comas", 1)],
        ),
        ("Fueron asesinados cuatro mototaxistas: dos en Comas y dos en Ate.", [("Comas", 2), ("Ate", 2)]),
        ("Fueron asesinados cinco mototaxistas: dos en Comas, uno en Ate y otros dos en Lince.", [("Comas", 2), ("Ate", 1), ("Lince", 2)]),
        ("Dos choferes fueron asesinados en Comas y uno en Ate.", [("Comas", 2), ("Ate", 1)]),
        ("Asesinan a un chofer en Comas y a otro en Ate.", [("Comas", 1), ("Ate", 1)]),
        ("Two drivers were shot dead, one in Comas on Tuesday and another in Ate on Thursday.", [("Comas", 1), ("Ate", 1)]),
        ("Asesinaron a dos cobradores en Comas y Ate.", [("Comas", 1), ("Ate", 1)]),
        ("Fueron asesinados cinco choferes: el martes en Comas y el jueves en Ate.", [("Comas", None), ("Ate", None)]),
        ("Dos ataques dejaron tres muertos: uno en Comas y otro en Ate.", [("Comas", None), ("Ate", None)]),
    ],
)  # fmt: skip
def test_each_scene_has_its_place_and_its_dead(text: str, expected: list[tuple[str | None, int | None]]) -> None:
    assert scenes(told(text, "murder"), "murder") == expected


def test_each_scene_has_its_day_and_a_number_of_its_own() -> None:
    text = "Dos choferes fueron asesinados: uno el martes en San Martín de Porres y otro, el jueves, en Comas."
    found = told(text, "murder")
    assert [each.date for each in found] == [date(2026, 11, 17), date(2026, 11, 19)]
    assert len({each.happening for each in found}) == 2
    assert {each.evidence.text for each in found} == {text}


@pytest.mark.parametrize(
    "text",
    [
        "Dos granadas estallaron ayer, una en Ate y otra en Comas.",
        "Estallan dos granadas: una en Ate y otra en Comas, el jueves.",
    ],
)
def test_a_day_told_once_is_that_of_all(text: str) -> None:
    found = told(text, "attack")
    assert [(each.district, each.date, each.killed) for each in found] == [
        ("Ate", date(2026, 11, 19), None),
        ("Comas", date(2026, 11, 19), None),
    ]


def test_what_burnt_counts_no_dead() -> None:
    found = told("Incendian tres buses en Comas, Ate y Puente Piedra.", "arson")
    assert scenes(found, "arson") == [("Comas", None), ("Ate", None), ("Puente Piedra", None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Incendian cinco buses en Comas, Ate y Puente Piedra.", "arson"),
        ("Dos muertos y tres heridos en ataques en Comas y Ate.", "murder"),
    ],
)
def test_a_number_that_does_not_divide_leaves_the_district_unknown(text: str, kind: str) -> None:
    (only,) = told(text, kind)
    assert only.district is None
    assert only.province == "Lima"


def test_that_nobody_died_holds_of_each_scene() -> None:
    found = told("Dos buses fueron baleados ayer en Comas y Ate. No hubo muertos ni heridos.", "attack")
    assert scenes(found, "attack") == [("Comas", 0), ("Ate", 0)]


def test_the_types_of_one_scene_share_its_number() -> None:
    found = told("Asesinan a balazos a dos choferes: uno en Comas y otro en Ate.", "murder", "attack")
    numbers = {(each.district, each.happening) for each in found}
    assert len(found) == 4
    assert len(numbers) == 2


def test_a_further_happening_of_the_text_is_told_besides() -> None:
    text = (
        "Fueron asesinados dos choferes: el martes en Comas y el jueves en Ate.\n\n"
        "El miércoles 18 de noviembre, en Villa El Salvador, sicarios mataron a un mototaxista de cuatro tiros."
    )
    assert [each.district for each in told(text, "murder")] == ["Villa El Salvador", "Comas", "Ate"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Un chofer fue asesinado a balazos. En Ate y Comas exigen cupos a los transportistas.", ["murder"]),
        ("Un chofer fue asesinado en Comas. Detuvieron a dos sospechosos, uno en Ate y otro en Lince.", ["murder"]),
        ("Dos muertos en Comas y un secuestrado liberado en Ate.", ["murder"]),
        ("Un chofer que vivía en Ate fue asesinado el martes en Comas y velado el jueves en Lince.", ["murder"]),
        ("Fueron asesinados dos choferes el martes en Comas. Los velan uno en Ate y otro en Lince.", ["murder"]),
        ("El chofer asesinado tenía dos hijos, uno en Comas y otro en Ate.", ["murder"]),
        ("Era investigado por dos asesinatos, uno en Comas y otro en Ate. Lo mataron en Lince.", ["murder"]),
        ("Un mototaxista murió en Comas y otro quedó herido en Ate.", ["murder"]),
        ("Un crimen en Comas, una captura en Ate y un atentado en Lince.", ["murder"]),
    ],
)
def test_places_that_only_stand_side_by_side_are_no_happenings(text: str, kinds: list[str]) -> None:
    assert len([each for each in told(text, *kinds) if each.type == kinds[0]]) == 1


def test_an_enumeration_of_other_days_is_not_the_news() -> None:
    text = (
        "Un chofer fue asesinado el jueves en Chorrillos.\n\n"
        "En agosto de 2025 fueron asesinados cuatro mototaxistas: dos en Comas y dos en Ate."
    )
    assert scenes(told(text, "murder"), "murder") == [("Chorrillos", 1)]


def test_signs_in_the_text_itself_are_no_places() -> None:
    assert len(told("Asesinan a dos choferes: uno en \ue000\ue001 y otro en \ue000, dos en \ue001.", "murder")) == 1
