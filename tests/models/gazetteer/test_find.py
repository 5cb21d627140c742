"""Finding places: names, aliases, homonyms, and uses of a name that are no place."""

from __future__ import annotations

import pytest

from models.fold import fold
from models.gazetteer import ancestors, covers, find_places, unit, units
from models.gazetteer.names import code_of, landmarks, names_by_first_word, read_data


def found(text: str) -> dict[str, str | None]:
    return {hit.text: hit.ubigeo for hit in find_places(text)}


def test_units_are_complete_and_nested() -> None:
    every = units()
    assert len(every) == 2112
    assert sum(u.level == "district" for u in every.values()) == 1891
    assert all(parent in every for code in every for parent in ancestors(code) if parent)
    assert covers("130000", "130102")
    assert not covers("130100", "131202")
    assert unit("999999") is None


def test_every_alias_names_a_unit() -> None:
    for section in read_data("aliases.toml").values():
        for paths in section.values():
            for path in [paths] if isinstance(paths, str) else paths:
                assert code_of(path) in units()
    assert names_by_first_word()
    assert landmarks()[1]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Balean a chofer en SJL", "SJL", "150132"),
        ("Matan a mototaxista en VMT", "VMT", "150143"),
        ("Asaltan en Gamarra, en La Victoria", "Gamarra", "150115"),
        ("Baleado en el distrito de Pachacámac", "Pachacámac", "150123"),
        ("Aguaytía: mototaxista acribillado", "Aguaytía", "250301"),
        ("Arde botica en Campo Verde, Pucallpa", "Campo Verde", "250102"),
        ("Crimen en El Porvenir, Trujillo", "El Porvenir", "130102"),
        ("Ataque en Miraflores, Arequipa", "Miraflores", "040110"),
        ("en La Victoria de Chiclayo", "La Victoria", "140106"),
        ("Asesinan a chofer en Comas", "Comas", "150110"),  # forty times as many people as its namesake
        ("en el distrito de Chao, provincia de Virú", "Chao", "131202"),
        ("en Lima Metropolitana", "Lima Metropolitana", "150100"),
        ("Explosión en Alto Trujillo", "Alto Trujillo", "130112"),
    ],
)
def test_names_and_homonyms(text: str, name: str, code: str) -> None:
    assert found(text)[name] == code


@pytest.mark.parametrize("name", ["Miraflores", "San Miguel", "La Victoria", "Bellavista"])
def test_no_capital_by_default(name: str) -> None:
    hits = find_places(f"Balacera en {name} deja un herido")
    assert [hit.ubigeo for hit in hits] == [None]
    assert len(hits[0].candidates) > 1


def test_ordinary_words_are_no_places_alone() -> None:
    assert found("Mala noche. Santa palabra de Olmos Rojas") == {}
    assert found("en el distrito de Mala, provincia de Cañete")["Mala"] == "150509"


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("cuadra 5 de la avenida Tacna", "street"),
        ("el hospital de Ventanilla", "institution"),
        ("la comisaría de Huaral", "office"),
        ("natural de Piura", "elsewhere"),
        ("trasladado a Huacho", "elsewhere"),
        ("Julio Trujillo declaró", "person"),
        ("ocurrió en Sullana", "place"),
    ],
)
def test_how_a_name_is_used(text: str, use: str) -> None:
    assert find_places(text)[0].use == use


def test_level_is_carried_over_a_list() -> None:
    hits = find_places("los distritos de Chao y Virú de la provincia de Virú")
    assert [(h.ubigeo, h.said_level) for h in hits] == [
        ("131202", "district"),
        ("131201", "district"),
        ("131200", "province"),
    ]


def test_offsets_are_code_points() -> None:
    text = "😀 Murió en Áncash, cerca de Nuevo Chimbote"
    for hit in find_places(text):
        assert text[hit.start : hit.end] == hit.text


def test_folding_keeps_every_offset() -> None:
    text = "ÁÉÑ «Ω» İstanbul ﬁn РCM N.º 5"
    assert len(fold(text)) == len(text)
    assert "pcm" in fold(text)
