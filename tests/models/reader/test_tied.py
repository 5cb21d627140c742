"""Whose a place or a day is in the news of a capture."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader import places, when
from models.reader.focus import Focus
from models.reader.reading import Reading, read

PUBLISHED = date(2026, 6, 9)
LEAD = "La Policía capturó este martes en Ventanilla a Luis Salas, acusado del asesinato de un bodeguero ocurrido el viernes 5 en Puente Piedra."
APART = "Agentes capturaron en Ventanilla al presunto asesino de un bodeguero. El crimen ocurrió el viernes 5 en Puente Piedra."
TURNED = "El presunto asesino de un bodeguero de Puente Piedra fue detenido ayer en Ventanilla."


def units_for(reading: Reading, kind: str) -> set[str]:
    """The districts that may be an event's."""
    return {code for code in places.named_for(reading, kind).units if not code.endswith("00")}


@pytest.mark.parametrize("text", [LEAD, APART, TURNED])
def test_a_capture_and_its_deed_have_places_of_their_own(text: str) -> None:
    reading = read("Ventanilla: cae asesino de bodeguero", text, PUBLISHED)
    assert units_for(reading, "murder") == {"150125"}
    assert units_for(reading, "arrest") == {"070106"}


def test_and_days_of_their_own() -> None:
    reading = read("Cae asesino de bodeguero", LEAD, PUBLISHED)
    scores = [1.0] * len(reading.sentences)
    found = {kind: when.options(reading, Focus(kind, scores, 1, scores)).days for kind in ("murder", "arrest")}
    assert (date(2026, 6, 5) in found["murder"], date(2026, 6, 5) in found["arrest"]) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Un bodeguero fue asesinado en Puente Piedra. Hay un detenido.",
        "La Policía detuvo a dos acusados de extorsionar a bodegueros de Puente Piedra.",
        "Capturaron en Puente Piedra al acusado de matar a un bodeguero de ese distrito.",
    ],
)
def test_where_one_place_is_told_both_have_it(text: str) -> None:
    reading = read("Puente Piedra: caso del bodeguero", text, PUBLISHED)
    assert units_for(reading, "murder") == units_for(reading, "arrest") == {"150125"}
