"""Whom a number counts and what stands beside it names again."""

from __future__ import annotations

import pytest

from models.reader.appositions import told_once
from models.reader.phrases import phrases
from models.reader.reading import read


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Tres personas, dos policías y un sereno, resultaron heridas.", 3),
        ("Quedaron heridas tres personas, dos mujeres y un niño.", 3),
        ("Quedaron heridas tres personas: dos mujeres y un niño.", 3),
        ("Tres personas (dos policías y un sereno) resultaron heridas.", 3),
        ("Un chofer y dos pasajeros, una mujer y un niño, resultaron heridos.", 3),
        ("Dos integrantes de su equipo, el maquillador y un tecladista, quedaron heridos.", 2),
        ("Dos cobradores, Luis Paz (23) y Juan Ríos, fueron baleados.", 2),
        ("Three people, two officers and a guard, were hurt.", 3),
        # a list of different persons
        ("Tres policías, dos serenos y un bombero resultaron heridos.", 6),
        ("Hirieron a tres policías, dos serenos y un bombero.", 6),
        ("Dos choferes, un cobrador y dos pasajeras, resultaron heridos.", 5),
        ("Balacera deja dos muertos, un herido y un detenido.", 4),
        ("Ataque armado deja tres fallecidos, dos heridos y un detenido.", 6),
        ("Tres personas fueron baleadas; dos policías las auxiliaron.", 5),
        ("Dos choferes, que iban con una pasajera, fueron baleados.", 3),
    ],
)
def test_whoever_makes_up_a_number_is_counted_once(text: str, persons: int) -> None:
    (sentence,) = [s for s in read("", text, None).sentences if s.folded]
    assert sum(each.value for each in told_once(sentence.folded, phrases(sentence, []))) == persons


def test_the_names_beside_a_number_are_its_own() -> None:
    (sentence,) = [s for s in read("", "Dos cobradores, Luis Paz y Juan Ríos, murieron.", None).sentences if s.folded]
    (told,) = told_once(sentence.folded, phrases(sentence, []))
    assert (told.value, told.name, sentence.folded[told.start : told.end]) == (
        2, "luis paz juan rios", "dos cobradores, luis paz y juan rios"
    )  # fmt: skip
