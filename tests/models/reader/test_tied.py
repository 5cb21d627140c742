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


WAKE = (
    "Sicarios irrumpieron el domingo 7 en un velorio en Comas y mataron a un hombre. "
    "Los vecinos velaban los restos de un chofer asesinado el jueves en Ate, cuando los encapuchados dispararon."
)


def test_the_mourned_have_a_place_and_a_day_of_their_own() -> None:
    reading = read("Ataque en un velorio", WAKE, PUBLISHED)
    scores = [1.0] * len(reading.sentences)
    assert units_for(reading, "attack") == {"150110"}
    assert date(2026, 6, 4) not in when.options(reading, Focus("attack", scores, 1, scores)).days


def test_whose_wake_is_the_news_keep_theirs() -> None:
    text = "Familiares velan los restos de un chofer asesinado el jueves en Ate. Nadie declaró en Comas."
    assert "150103" in units_for(read("", text, PUBLISHED), "murder")


def test_intervened_are_captured() -> None:
    text = "Detuvieron a dos acusados de matar a un taxista el viernes 5 en Ate. Fueron intervenidos ayer en un hotel de Chaclacayo."
    assert units_for(read("Caen dos", text, PUBLISHED), "arrest") == {"150107"}
    scores = [1.0, 1.0, 1.0]
    days = when.options(read("Caen dos", text, PUBLISHED), Focus("arrest", scores, 1, scores)).days
    assert (date(2026, 6, 8) in days, date(2026, 6, 5) in days) == (True, False)
    assert units_for(read("", "El herido fue intervenido por un cirujano en Ate.", PUBLISHED), "arrest") == {"150103"}
