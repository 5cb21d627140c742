"""Names that belong to things: a shop's name in quotation marks is no person's, a boss's is."""

from __future__ import annotations

import pytest

from models.reader.mask import mask


@pytest.mark.parametrize(
    "text",
    [
        "Hombres en moto dispararon contra la pollería 'Don Lucho'.",
        "El grupo musical “Hermanos Quispe” canceló su gira.",
        "La clínica dental ‘Sonríe Pérez’ recibió amenazas.",
        "Una carta llegó al colegio particular «José Olaya».",
        "A bus of the company 'Etuchisa' was attacked.",
        "Amenazan a la empresa de transporte interprovincial 'Acosur'.",
        "Cerraron las bodegas 'Doña Rosa'.",
    ],
)
def test_a_firm_keeps_its_quoted_name(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Cayó la gente de 'Loco Aroni', que cobraba cupos.", "Loco Aroni"),
        ("El dueño de la bodega, conocido como 'Chato Luis', fue baleado.", "Chato Luis"),
        ("El dueño de la bodega llamado ‘Pedro Huamán’ fue baleado.", "Pedro Huamán"),
        ("Detienen en el taller a 'Gordo Beto', cabecilla de la banda.", "Gordo Beto"),
        ("La empresa de 'Chato Luis' lavaba el dinero.", "Chato Luis"),
        ("El alias 'Chato Luis' fue capturado en el local.", "Chato Luis"),
    ],
)
def test_an_alias_beside_a_firm_goes(text: str, name: str) -> None:
    assert name not in mask(text).text
