"""Noun phrases of persons: number, noun, name, and the rows they stand in."""

from __future__ import annotations

import pytest

from models.reader.phrases import Phrase, phrases
from models.reader.text import sentences


def _phrases(text: str) -> list[Phrase]:
    (sentence,) = sentences("", text)
    return phrases(sentence, [])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Salieron malheridos dos porteros y una anfitriona.", [2, 1]),
        ("Dispararon contra un mozo, su hermana y tres clientes.", [1, 1, 3]),
        ("A schoolteacher and two passengers were wounded.", [1, 2]),
        ("The orchestra's drummer was grazed.", [1]),
        ("Ambos murieron.", [2]),
        ("Los tres se recuperan.", [3]),
        ("Mataron a dos pilotos y a un rehén.", [2, 1]),
        ("Two cyclists were killed.", [2]),
        ("El cantinero murió.", [1]),
        ("Uno de los pasajeros y dos de sus vecinas fueron llevados al hospital.", [1, 2]),
        ("Una de ellas murió.", [1]),
        ("One of the four drivers was hit.", [1]),
    ],
)
def test_how_many(text: str, values: list[int]) -> None:
    assert [p.value for p in _phrases(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "Recibió cinco balazos a las 7 de la mañana.",
        "Dos granadas estallaron en tres locales.",
        "They asked for 30,000 soles two weeks ago.",
        "Hubo daños.",
        "Una de las balas dio en la puerta.",
    ],
)
def test_things_are_no_persons(text: str) -> None:
    assert _phrases(text) == []


def test_what_is_joined_stands_in_one_row() -> None:
    rows = [p.row for p in _phrases("Dos porteros y una anfitriona huyeron cuando llegó un policía.")]
    assert rows == [0, 0, 1]


def test_a_name_beside_a_noun_is_the_same_person() -> None:
    first, second = _phrases("Murieron el chofer, Juan Pérez, y su hijo.")
    assert (first.name, first.value, second.head) == ("juan perez", 1, "hij")
    assert first.row == second.row


def test_a_place_is_no_name() -> None:
    text = "Ocurrió en Villa María."
    (sentence,) = sentences("", text)
    assert phrases(sentence, [(text.index("Villa"), len(text) - 1)]) == []
