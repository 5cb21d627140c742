"""Strikes and emergencies: what is planned, what happened."""

from __future__ import annotations

import pytest

from models.fold import fold
from models.reader.status import emergency_status, is_recalled, strike_status


@pytest.mark.parametrize(
    "text",
    [
        "Transportistas confirman paro para exigir seguridad", "Gremios evalúan ir al paro", "Amenazan con un paro nacional",
        "El paro de transportistas va", "Transportistas van al paro", "Vamos a parar, dijo el dirigente", "Postergan el paro de choferes",
        "Bus drivers to strike in Lima", "Bus drivers plan to strike", "The strike was called off",
    ],
)  # fmt: skip
def test_a_strike_not_yet_held_is_planned(text: str) -> None:
    assert strike_status([fold(text)], [], None) == "planned"


@pytest.mark.parametrize(
    "text",
    [
        "Transportistas acatan paro en Lima", "Choferes pararon por la muerte de un compañero", "Levantan paro de 48 horas",
        "La Policía confirmó que el paro dejó tres heridos", "Bus drivers went on strike",
    ],
)  # fmt: skip
def test_a_strike_that_was_held_happened(text: str) -> None:
    assert strike_status([fold(text)], [], None) == "happened"


@pytest.mark.parametrize(
    "text",
    [
        "Gobierno evalúa declarar en emergencia Lima", "Alcalde pide estado de emergencia", "Solicitan declarar en emergencia Trujillo",
        "Podría declararse el estado de emergencia", "El Ejecutivo va a declarar el estado de emergencia", "Gobierno descarta estado de emergencia",
        "Peru to declare emergency in Jaén", "Government considers a state of emergency",
    ],
)  # fmt: skip
def test_an_emergency_asked_for_or_weighed_is_planned(text: str) -> None:
    assert emergency_status([fold(text)], has_number=False) == "planned"


@pytest.mark.parametrize(
    "text",
    [
        "Gobierno declaró en emergencia Lima", "El premier anunció que desde hoy rige el estado de emergencia",
        "Ministro anuncia: el Consejo de Ministros acordó declarar la emergencia", "Oficializan estado de emergencia que anunció el premier",
    ],
)  # fmt: skip
def test_an_emergency_decided_happened(text: str) -> None:
    assert emergency_status([fold(text)], has_number=False) == "happened"


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("Hace tres meses balearon el mismo local", True),
        ("El ataque fue a dos años del anterior", True),
        ("Desde hace tres meses les exigen un cupo", False),  # it goes on
        ("Fue condenado a 12 años de cárcel", False),
        ("Lo sentenciaron a veinte años de prisión efectiva", False),
    ],
)
def test_what_is_told_of_an_old_matter(text: str, old: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert is_recalled(fold(text), [], None) is old
