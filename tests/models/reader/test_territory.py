"""The units under emergency, as the press names them."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader.reading import read
from models.reader.territory import territory


def units(text: str) -> dict[str, str]:
    found = territory(read("", f"El Gobierno declaró el estado de emergencia en {text}.", date(2026, 3, 12)), 0)
    return {each.ubigeo: each.coverage for each in found}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lima y Callao", {"070000": "whole", "150100": "whole"}),
        ("20 distritos de Lima, entre ellos Comas y San Juan de Lurigancho", {"150100": "part"}),
        ("catorce distritos de Lima y Callao", {"070000": "part", "150100": "part"}),
        ("14 districts of Lima and Callao", {"070000": "part", "150100": "part"}),
        ("los 43 distritos de Lima", {"150100": "whole"}),
        ("los 50 distritos de Lima Metropolitana y el Callao", {"070000": "whole", "150100": "whole"}),
        ("tres distritos de Lima: Comas, Ate y Carabayllo", {"150103": "whole", "150106": "whole", "150110": "whole"}),
        ("doce distritos de Lima y uno del Callao", {"070000": "part", "150100": "part"}),
        ("los 43 distritos de Lima Metropolitana y los siete del Callao", {"070000": "whole", "150100": "whole"}),
        (
            "42 distritos de las regiones Piura, Tumbes y Lambayeque",
            {"140000": "part", "200000": "part", "240000": "part"},
        ),
        ("14 distritos de Lambayeque y La Libertad", {"130000": "part", "140000": "part"}),
        ("54 distritos de Ucayali, Loreto y San Martín", {"160000": "part", "220000": "part", "250000": "part"}),
        ("varias provincias de Cajamarca", {"060000": "part"}),
        ("tres de las doce provincias de La Libertad", {"130000": "part"}),
        ("dos provincias de La Libertad: Pataz y Trujillo", {"130100": "whole", "130800": "whole"}),
        (
            "Tumbes, La Libertad, Áncash e Ica",
            {"020000": "whole", "110000": "whole", "130000": "whole", "240000": "whole"},
        ),
        ("Chincha, Ica", {"110200": "whole"}),
        ("Ica, Chincha y Pisco", {"110100": "whole", "110200": "whole", "110500": "whole"}),
        ("algunos distritos de Piura", {"200000": "part"}),
        ("cinco distritos de la provincia de Trujillo", {"130100": "part"}),
        ("el distrito de Ate, en la provincia y departamento de Lima", {"150103": "whole"}),
        ("los centros poblados de Retamas y Llacuabamba, en Pataz", {"130808": "part"}),
        ("los distritos de Comas y Ate de la provincia de Lima", {"150103": "whole", "150110": "whole"}),
        ("los distritos de Tambo y Sivia, provincias de La Mar y Huanta", {"050407": "whole", "050508": "whole"}),
        ("distritos de Piura y Tumbes", {"200000": "part", "240000": "part"}),
        ("distritos de la provincia de Caravelí", {"040300": "part"}),
        ("distritos de Chiclayo y Pimentel", {"140101": "whole", "140112": "whole"}),
        ("los distritos de Trujillo y Moche", {"130101": "whole", "130107": "whole"}),
        ("the districts of Comas and Ate", {"150103": "whole", "150110": "whole"}),
        ("the provinces of Tumbes and Zarumilla", {"240100": "whole", "240300": "whole"}),
        ("the province of Sullana, Piura region", {"200600": "whole"}),
        ("las provincias del Santa y Casma", {"020800": "whole", "021800": "whole"}),
        ("Mazamari y Satipo, de la provincia de Satipo", {"120601": "whole", "120604": "whole"}),
        ("Satipo y Jauja", {"120400": "whole", "120600": "whole"}),
        ("Lima Norte: Comas y Ancón", {"150102": "whole", "150110": "whole"}),
        ("Lima provincias, donde están Huaral y Huaura", {"150600": "whole", "150800": "whole"}),
        ("Norte Chico", {"150200": "whole", "150600": "whole", "150800": "whole"}),
        (
            "el VRAEM",
            dict.fromkeys(("030600", "050400", "050500", "080900", "090700", "120600"), "part"),
        ),
        ("el VRAEM: los distritos de Sivia y Pichari", {"050407": "whole", "080910": "whole"}),
        (
            "los distritos de Tambo y Sivia y en las provincias de Lucanas y Huanta",
            {"050400": "whole", "050508": "whole", "050600": "whole"},
        ),
        # a province's name among its own districts is the district's
        ("Chepén, Pacanga y Pueblo Nuevo", {"130401": "whole", "130402": "whole", "130403": "whole"}),
        ("Castilla, Catacaos y Piura", {"200101": "whole", "200104": "whole", "200105": "whole"}),
        ("el departamento de Ica: Ica, Parcona y Salas", {"110101": "whole", "110106": "whole", "110108": "whole"}),
        ("Ayacucho: Huanta y Sivia", {"050401": "whole", "050407": "whole"}),
        # and where it only says where they lie it is not
        ("la provincia de Chepén, Pacanga y Pueblo Nuevo", {"130400": "whole"}),
        ("Chepén: Pacanga y Pueblo Nuevo", {"130402": "whole", "130403": "whole"}),
        ("Pacanga, Chepén", {"130402": "whole"}),
        ("Paiján, Ascope y Moche, Trujillo", {"130107": "whole", "130205": "whole"}),
        ("Lima, Comas y Ate", {"150103": "whole", "150110": "whole"}),
    ],
)
def test_units(text: str, found: dict[str, str]) -> None:
    assert units(text) == found


def test_what_is_taken_out_of_a_department_leaves_the_rest_of_it() -> None:
    found = units("Huánuco, salvo la provincia de Leoncio Prado")
    assert "100201" in found
    assert not any(code.startswith("1006") for code in found)


def test_a_province_taken_out_by_less() -> None:
    found = units("toda la región Puno, menos la provincia de Sandia")
    assert "210101" in found
    assert not any(code.startswith("2112") for code in found)


def test_the_provinces_of_lima_are_not_the_metropolis() -> None:
    found = units("Lima provincias")
    assert len(found) == 9
    assert "150100" not in found


def test_where_it_was_said_is_no_territory() -> None:
    text = "El presidente anunció desde Palacio de Gobierno en Lima que Trujillo entra en estado de emergencia."
    assert [each.ubigeo for each in territory(read("", text, date(2026, 3, 12)), 0)] == ["130100"]


def test_what_opens_a_sentence_with_en_is_where_the_names_after_it_lie() -> None:
    text = "En Sullana, Bellavista y Marcavelica continúan en estado de emergencia."
    assert [each.ubigeo for each in territory(read("", text, date(2026, 3, 12)), 0)] == ["200602", "200605"]
