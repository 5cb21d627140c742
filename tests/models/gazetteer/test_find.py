"""Finding places: names, aliases, homonyms, and uses of a name that are no place."""

from __future__ import annotations

import pytest

from models.fold import fold
from models.gazetteer import ancestors, covers, find_places, unit, units
from models.gazetteer.find import DEMONYM
from models.gazetteer.names import code_of, demonyms, landmarks, names_by_first_word, read_data


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


def test_no_line_of_the_data_is_dead() -> None:
    aliases = [fold(name) for section in read_data("aliases.toml").values() for name in section]
    assert len(aliases) == len(set(aliases))  # one in two sections would make itself weak
    borne = {fold(each.name) for each in units().values()}
    assert {fold(name) for name in read_data("ordinary.toml")["names"]} <= borne
    for stem in demonyms():
        assert (shown := DEMONYM.search(f"{stem}os"))
        assert shown[1] == stem


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
        ("Asesinado en Bagua", "Bagua", "010200"),
        ("Bloquean la vía en Espinar", "Espinar", "080800"),
        ("Crimen en Zaña", "Zaña", "140115"),
        ("Baleado en Pichanaki", "Pichanaki", "120303"),
        ("Baleado en Pachacútec", "Pachacútec", "070106"),
        ("Arde depósito en Ttio", "Ttio", "080108"),
        ("en el distrito de San Benito", "San Benito", "060505"),  # Carabayllo's San Benito is no district
        ("El Milagro, en Trujillo", "El Milagro", "130104"),
    ],
)
def test_names_and_homonyms(text: str, name: str, code: str) -> None:
    assert found(text)[name] == code


OPEN = ["Miraflores", "San Miguel", "La Victoria", "Bellavista", "El Milagro", "San Benito", "Jicamarca", "Túpac Amaru"]


@pytest.mark.parametrize(
    "behind", ["", ", junto a la parada de buses", ", que perdió su capital", ", dijo Juan Gamarra"]
)
@pytest.mark.parametrize("name", OPEN)
def test_no_capital_by_default(name: str, behind: str) -> None:
    hits = [hit for hit in find_places(f"Balacera en {name} deja un herido{behind}") if hit.use == "place"]
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
        ("Hoy Chiclayo amaneció", "place"),
        ("Por la tarde. Ayer Sullana marchó", "place"),
        ("el mercado Huamantanga", "street"),
        ("el mercado de Huaral", "place"),
        ("la UGEL Huamanga", "office"),
        ("el cruce de Huánuco y Paruro", "street"),
        ("el cruce de Chao", "place"),
        ("una nave que subía por el Marañón", "river"),
        ("a orillas del Ucayali", "river"),
        ("a boat on the Ucayali", "river"),
        ("en la provincia del Marañón", "place"),
        ("en Ucayali", "place"),
        ("killed in the Apurímac region", "place"),
        ("the Amazonas department", "place"),
        ("regiones del Amazonas y del Ucayali", "place"),
    ],
)
def test_how_a_name_is_used(text: str, use: str) -> None:
    assert find_places(text)[0].use == use


@pytest.mark.parametrize(
    ("text", "namesakes"),
    [
        ("en la avenida Arequipa, Lima", [True, False]),
        ("en el jirón Cusco", [True]),
        ("avenidas Tacna, Abancay y Arequipa, en Lima", [True, True, True, False]),
        ("en la esquina de Huánuco y Paruro. En Cusco", [True, True, False]),
        ("las avenidas de Jesús María", [False]),
        ("el óvalo de Mi Perú", [False]),
        ("un hostal de Ate", [False]),
        ("la carretera Otuzco-Usquil", [False, False]),
        ("hincha de Alianza Lima", [True]),
        ("la Universidad San Martín de Porres", [True]),
        ("la Universidad Nacional de Piura", [True]),
        ("la urbanización La Merced", [True]),  # not the town of Chanchamayo
        ("la urbanización Mangomarca", [False]),
        ("Carlos Tarma cayó. Tarma tenía deudas. Fue en Tarma", [True, True, False]),
    ],
)
def test_who_only_bears_a_name_is_not_there(text: str, namesakes: list[bool]) -> None:
    assert [hit.is_namesake for hit in find_places(text)] == namesakes


def test_what_stands_beside_a_river_is_none() -> None:
    assert [hit.use for hit in find_places("Navegaban por el Marañón y Nauta quedó atrás")] == ["river", "place"]
    assert [hit.use for hit in find_places("por el Huallaga y Trujillo")] == ["river", "place"]


def test_level_is_carried_over_a_list() -> None:
    hits = find_places("los distritos de Chao y Virú de la provincia de Virú")
    assert [(h.ubigeo, h.said_level) for h in hits] == [
        ("131202", "district"),
        ("131201", "district"),
        ("131200", "province"),
    ]


@pytest.mark.parametrize("text", ["en el distrito y provincia de Virú", "in the district and province of Virú"])
def test_a_district_told_with_its_province_is_the_district(text: str) -> None:
    (hit,) = find_places(text)
    assert hit.said_level == "district"


def test_offsets_are_code_points() -> None:
    text = "😀 Murió en Áncash, cerca de Nuevo Chimbote"
    for hit in find_places(text):
        assert text[hit.start : hit.end] == hit.text


def test_folding_keeps_every_offset() -> None:
    text = "ÁÉÑ «Ω» İstanbul ﬁn РCM N.º 5"
    assert len(fold(text)) == len(text)
    assert "pcm" in fold(text)
