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


@pytest.mark.parametrize(
    "text",
    [
        "Vive en el anexo Loma Clara y vende en la caleta Punta Mero.",
        "El choque fue en el cruce de las calles Bernardo Alcedo y Mariano Melgar.",
        "Robaron en la iglesia Santa Inés de Huaral.",
        "La pugna es de “La Nueva Camada” con “El Clan del Puerto”.",
        "Dejaron un papel: pague pronto, att. Los Vecinos.",
        "Claro, Entel y Bitel bloquearán las líneas.",
        "He left for Ecuador in October, before Christmas.",
        "Fue operado en el Cayetano Heredia; vive en Nicolás Garatea.",
    ],
)
def test_places_gangs_and_what_is_nobodys_stay(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("El bodeguero Miguel Grau fue asesinado.", "Grau"),
        ("Murió Miguel Grau Seminario Paz, chofer. Miguel Grau vivía en Ate.", "Grau"),
        ("Jorge Chávez, de 30 años, cayó ayer.", "Chávez"),
        ("“La Familia Rojas” pide justicia por Ana Rojas Paz.", "Rojas"),
        ("Murió la señora Chile Rojas Paz; Chile vendía ropa.", "Chile"),
        ("Murió la señora Chile Rojas Paz; Chile vendía ropa.", "Rojas"),
    ],
)
def test_a_person_of_such_a_name_goes(text: str, name: str) -> None:
    assert name not in mask(text).text


@pytest.mark.parametrize(
    "text",
    [
        # Nouns that stand alone, and whose they are.
        "El conserje del condominio Luis Paz Soto contó que le dispararon.",
        "La bodeguera del caserío Luis Paz Soto pagaba cupo.",
        "En la parroquia Luis Paz Soto recibió un disparo.",
        "Frente al mercado Luis Paz Soto vendía jugos.",
        "En la comisaría Luis Paz Soto denunció a la banda.",
        # Names that schools bear, of anybody's son.
        "El carro del Honorio Delgado que murió ayer.",
        "Llevaron al Honorio Delgado en una moto; le dispararon.",
    ],
)
def test_a_person_behind_a_place_goes(text: str) -> None:
    shown = mask(text).text
    assert "Paz" not in shown
    assert "Honorio" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "El herido fue trasladado al Cayetano Heredia.",
        "Atacaron a los alumnos del Ricardo Palma.",
        "Hubo un tiroteo frente a la iglesia Santa Rosa Paz de Ica.",
        "El mercado Ramón Castilla cerró sus puertas.",
        "El herido murió en el hospital José Agurto Tello.",
        "Dispararon en la cooperativa Jorge Chávez.",
    ],
)
def test_a_place_of_such_a_name_stays(text: str) -> None:
    assert mask(text).text == text
