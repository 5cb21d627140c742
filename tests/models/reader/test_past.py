"""Deeds of the past: the crime of years ago whose sentence or capture is the news is recalled, not counted."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader import read_mentions

PUBLISHED = date(2026, 10, 8)


def statuses(title: str, text: str, kinds: list[str], published: date | None = PUBLISHED) -> dict[str, str]:
    """The status of each type's first mention."""
    told: dict[str, str] = {}
    for mention in read_mentions(title, text, published, ["transport"], kinds):
        told.setdefault(mention.type, mention.status)
    return told


SENTENCED = (
    "Tres décadas de cárcel para sicario que mató a cobrador en 2023",
    "El juzgado colegiado de Trujillo condenó ayer a Elmer Rojas Paz a treinta años de prisión por el asesinato de un cobrador.\n\nSegún el fallo, el sicario lo acribilló en el paradero El Bosque. Deberá pagar 80 mil soles de reparación civil.",
)


def test_murder_whose_sentence_is_the_news() -> None:
    assert statuses(*SENTENCED, ["murder", "arrest"]) == {"arrest": "happened", "murder": "recalled"}


def test_nothing_else_to_tell() -> None:
    assert statuses(*SENTENCED, ["murder"]) == {"murder": "recalled"}


def test_recalled_deed_has_its_sentence_and_a_happening_of_its_own() -> None:
    found = read_mentions(*SENTENCED, PUBLISHED, ["transport"], ["murder", "arrest"])
    murder, arrest = (next(m for m in found if m.type == kind) for kind in ("murder", "arrest"))
    assert murder.evidence.text in SENTENCED[1]
    assert (murder.date, murder.date_precision) == (None, "unknown")
    assert murder.happening != arrest.happening


@pytest.mark.parametrize(
    ("kind", "title", "text"),
    [
        (
            "extortion",
            "Poder Judicial dicta 25 años de prisión para extorsionadores de colegio",
            "La sala impuso veinticinco años a los tres acusados.\n\nEn 2022 la banda exigía dos mil soles al mes a la directora del colegio.",
        ),
        (
            "kidnapping",
            "Life for former officer over clinic heir's kidnapping",
            "A Lima court ruled on Wednesday that he must spend his life in prison.\n\nThe gang abducted the heir and held him in Surco.",
        ),
        (
            "arson",
            "Dictan condena de 22 años a autor de quema de bus interprovincial",
            "La condena es por el incendio de un bus, ocurrido el 9 de octubre de 2022 en una cochera de Chimbote.",
        ),
        (
            "attack",
            "Cae en Tacna prófugo que baleó a una farmacéutica",
            "La Policía lo detuvo ayer en un mercado.\n\nEl hombre disparó contra la química en julio de 2022, dentro de su botica.",
        ),
    ],
)
def test_old_deeds(kind: str, title: str, text: str) -> None:
    assert statuses(title, text, [kind, "arrest"]) == {"arrest": "happened", kind: "recalled"}


def test_old_day_is_never_counted() -> None:
    text = "El chofer fue asesinado a balazos el 14 de marzo de 2024 en Comas, frente al paradero de su empresa."
    assert statuses("El crimen del chofer de Comas", text, ["murder"])["murder"] == "recalled"


@pytest.mark.parametrize(
    ("kind", "title", "text"),
    [
        (
            "attack",
            "Sentencian en flagrancia a nueve años de cárcel a sujeto que acuchilló a cobrador",
            "El juez lo condenó ayer.\n\nEl sujeto acuchilló al cobrador el domingo 4 de octubre en un bus de la línea 41, en Ate.",
        ),
        (
            "murder",
            "Prisión preventiva para acusado de matar a mototaxista",
            "El juzgado dictó nueve meses de prisión preventiva. El mototaxista fue asesinado el sábado 3 en Puente Piedra.",
        ),
        (
            "murder",
            "Congreso aprueba cadena perpetua para sicarios",
            "El pleno votó la ley tras el asesinato de un chofer, acribillado en Ate a la salida de su turno.",
        ),
        (
            "extortion",
            "Condenan a 20 años a la banda que cobraba cupos desde 2021 y siguen las llamadas",
            "La sentencia se leyó ayer.\n\nEl sábado pasado una voz joven volvió a exigirles la mensualidad a los mototaxistas.",
        ),
        (
            "arson",
            "Queman auto frente a chifa",
            "Wilson Chang encontró su auto incendiado frente al chifa que su familia maneja desde 2001. El fuego fue avivado con gasolina ayer.",
        ),
    ],
)
def test_deeds_of_these_days(kind: str, title: str, text: str) -> None:
    assert statuses(title, text, [kind])[kind] == "happened"


def test_without_publication_day() -> None:
    assert statuses(*SENTENCED, ["murder", "arrest"], None)["murder"] == "recalled"
    text = "Un chofer fue asesinado a balazos la noche del martes en Comas. El detenido salió del penal en 2021."
    assert statuses("Asesinan a chofer", text, ["murder", "arrest"], None)["murder"] == "happened"


def test_what_is_nearly_said_waits_for_a_person_all_the_same() -> None:
    found = read_mentions(*SENTENCED, PUBLISHED, ["transport"], ["arrest"], uncertain=["murder"])
    assert [(m.type, m.status) for m in found if m.uncertain] == [("murder", "happened")]
