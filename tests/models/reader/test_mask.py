"""Masking: private persons' data go, officials and institutions stay."""

from __future__ import annotations

import pytest

from models.reader.mask import find_private, mask, private_names

TEXT = (
    "Julio Peralta Ccori (34), chofer de combi, murió en Comas. El general PNP Víctor Revoredo informó que la Policía busca a los autores. "
    "Peralta había recibido mensajes del 987 654 321; le pedían depositar en la cuenta 191-2345678-0-12. Huyeron en la moto de placa ABC-123."
)


def test_private_data_go() -> None:
    shown = mask(TEXT).text
    for secret in ("Peralta", "Ccori", "987 654 321", "191-2345678-0-12", "ABC-123"):
        assert secret not in shown
    assert "[nombre]" in shown
    assert {span.kind for span in mask(TEXT).spans} == {"name", "phone", "plate", "account"}


def test_officials_and_institutions_stay() -> None:
    shown = mask(TEXT).text
    assert "Comas" in shown
    assert "Policía" in shown
    text = "El Ministerio del Interior y la Fiscalía de Trujillo publicaron el Decreto Supremo 124-2024-PCM y la Ley 32108."
    assert mask(text).text == text


def test_spans_are_code_points() -> None:
    text = "😀 llamar al 987654321"
    (span,) = find_private(text)
    assert text[span.start : span.end] == "987654321"


def test_numbers_that_identify_nobody() -> None:
    text = "DS 124-2024-PCM, el 2025-10-17, 17,630 denuncias, central 111, PL 7538/2023-CR"
    assert [span for span in find_private(text) if span.kind != "name"] == []


def test_nicknames_and_courtesy() -> None:
    text = "Roberto ‘Tablita’ Cuéllar (55), chofer, fue baleado; lo lloró doña Saturnina, su madre. El detenido, apodado ‘Rey del anticucho’, calló."
    shown = mask(text).text
    for secret in ("Roberto", "Tablita", "Cuéllar", "Saturnina", "Rey del anticucho"):
        assert secret not in shown


def test_names_known_from_the_article() -> None:
    names = private_names(TEXT)
    assert "Julio Peralta Ccori" in names
    assert "Ccori" not in mask("Lloran a Julio Peralta Ccori", names).text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Asesinan a bodeguero en Puente Piedra", "Asesinan a bodeguero en Puente Piedra"),
        ("Víctimas del delito: Ley de Víctimas", "Víctimas del delito: Ley de Víctimas"),
        (
            "Paro de transportistas: Lima y Callao amanecieron sin buses",
            "Paro de transportistas: Lima y Callao amanecieron sin buses",
        ),
        ("Resolución Suprema N° 118-2026-RE", "Resolución Suprema N° 118-2026-RE"),
        ("Mataron a Luis Trujillo Rojas en Trujillo", "Mataron a [nombre] en Trujillo"),
    ],
)
def test_places_and_numbers_are_no_persons(text: str, masked: str) -> None:
    assert mask(text, private_names(text)).text == masked
