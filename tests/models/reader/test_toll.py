"""Persons told of, and the sums of those who were hit."""

from __future__ import annotations

import pytest

from models.reader import toll
from models.reader.linear import BIAS, using
from models.reader.reading import read
from models.reader.victims import Kind, said

WEIGHTS = {BIAS: -6.0, "sign after": 12.0, "sign before": 12.0, "sign not": -6.0}


def _sum(text: str, kind: Kind = "wounded") -> int:
    reading = read("", text, None)
    with using({toll.model(kind): WEIGHTS}):
        chances = toll.toll(kind, toll.people(reading, range(len(reading.sentences)), kind, {}))
    return max(range(len(chances)), key=lambda n: chances[n])


@pytest.mark.parametrize(
    ("text", "wounded"),
    [
        ("De la explosión salieron malheridos dos porteros y una anfitriona.", 3),
        ("Cinco viajeros presentaron lesiones de bala.", 5),
        ("Dos enfermeras y un niño sufrieron cortes.", 3),
        ("Un ayudante y dos viajeras acabaron en el hospital con esquirlas.", 3),
        ("Un cliente fue alcanzado en el talón. Una vecina se fracturó el brazo.", 2),
        ("Un cliente y una vecina corrieron. Ambos fueron llevados al hospital.", 2),
        ("Two stallholders suffered burns and a fireman was overcome by smoke.", 3),
        ("Uno de los pasajeros resultó herido. Uno de los choferes sufrió cortes.", 2),
        ("Dos pasajeros resultaron heridos, uno de ellos de gravedad.", 2),
        ("Tres personas quedaron heridas. Una de ellas fue llevada al hospital.", 3),
        ("Un mozo quedó con un tímpano perforado. Otro obrero se hizo cortes en las piernas.", 2),
        ("Una bala le rozó el brazo izquierdo a su hija.", 1),
        ("Uno de los hampones fue alcanzado en el glúteo.", 1),
        ("El policía se hizo cargo del local. Le rompieron el brazo a la estatua.", 0),
        ("Un chofer abrió la puerta.", 0),
        ("El vigilante no presenta lesiones.", 0),
        ("Hubo solo daños en el local.", 0),
    ],
)
def test_wounded(text: str, wounded: int) -> None:
    assert _sum(text) == wounded


def test_who_is_told_again_counts_once() -> None:
    text = "Resultó herido un mozo. El mozo fue llevado al hospital."
    assert _sum(text) == 1


def test_killed() -> None:
    assert _sum("Fueron asesinados el chofer, Juan Pérez, y su hijo.", "killed") == 2


def test_sums_of_chances() -> None:
    found = toll.sums([2, 1], [0.5, 1.0])
    assert found[:4] == [0.0, 0.5, 0.0, 0.5]


def test_nobody_is_judged_before_the_first_fit() -> None:
    reading = read("", "Resultó herido un mozo.", None)
    people = toll.people(reading, range(len(reading.sentences)), "wounded", {})
    with using({toll.model("wounded"): {}}):
        assert toll.toll("wounded", people)[0] == 1.0


@pytest.mark.parametrize(
    ("text", "is_denied"),
    [
        ("La joven no presenta lesiones.", True),
        ("El niño fue hallado sano y salvo.", True),
        ("La joven presenta lesiones leves.", False),
        ("No presentó su renuncia y fue herido.", False),
    ],
)
def test_who_is_safe_is_said_not_to_be_wounded(text: str, is_denied: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert bool(said("wounded", "none").search(read("", text, None).sentences[0].folded)) == is_denied
