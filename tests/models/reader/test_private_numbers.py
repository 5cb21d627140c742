"""Numbers in any grouping, papers, and names that stand in lists, brackets or beside posts of several words."""

from __future__ import annotations

import pytest

from models.reader.mask import mask


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Le escribieron desde el 951 00 42 27.", "951 00 42 27"),
        ("Lo llamaron del 054 47-2218 y colgó.", "054 47-2218"),
        ("Comuníquese al (044) 24-4568 de la familia.", "(044) 24-4568"),
        ("La camioneta T5X 568 fue seguida por una moto.", "T5X 568"),
        ("Su auto, el AX-1905, apareció quemado.", "AX-1905"),
        ("El mototaxi 5513-KP quedó con dos impactos.", "5513-KP"),
        ("El Nissan Sentra (F2Q–641) fue baleado.", "F2Q–641"),
        ("El auto de placa BVD·219 es robado.", "BVD·219"),
        ("El detenido, con DNI 29654782, negó todo.", "29654782"),
        ("El depósito fue a la cuenta 898-3341122335 del banco.", "898-3341122335"),
    ],
)
def test_numbers_that_name_a_person_are_hidden(text: str, hidden: str) -> None:
    assert hidden not in mask(text).text


@pytest.mark.parametrize(
    "text",
    [
        "Le exigían 15 000 soles; el daño suma 950 000 000 de soles.",
        "El Decreto Supremo N° 124-2025-PCM rige desde el 22/10/2025.",
        "Llame a la línea gratuita 0800-14567 o al 105.",
        "El artículo 200-B y la Ley 32108 quedan sin efecto.",
        "Entre 2019-2024 hubo 17 630 denuncias en el kilómetro 964.",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Los detenidos: 1. QUISPE HUANCA, Jhonatan Luis. 2. ROJAS POMA, Elmer.", "ROJAS POMA, Elmer"),
        ("La menor de iniciales R.M.T.CH. (14) fue hallada.", "R.M.T.CH."),
        ("Mataron a Rosa Santa María en su puesto. Santa María vendía verduras.", "Santa María vendía"),
        ("Cayeron Luis Chunga Ramos (Gordo Luis) y su primo.", "Gordo Luis"),
        ("“Yadira quería estudiar”, dijo su madre. Yadira Poma murió en el hospital.", "Yadira"),
    ],
)
def test_names_in_lists_brackets_and_quotations_are_hidden(text: str, name: str) -> None:
    assert name not in mask(text).text


@pytest.mark.parametrize(
    "name",
    [
        "El comandante general de la PNP, Óscar Salas Delgado, anunció un plan.",
        "El presidente ejecutivo de EsSalud, Segundo Ruiz Mego, anunció más camas.",
        "Prime Minister Ernesto Salas said the decree stands.",
        "El secretario general del Sindicato de Choferes de Lima, Zósimo Ríos, convocó al paro.",
        "El obispo de Chimbote, monseñor Ángel Salas Vela, pidió paz.",
        "Los alumnos de la I.E. Ignacio Merino marcharon hasta la plaza.",
        "El juez supremo Octavio Salas Soto leyó el fallo.",
    ],
)
def test_who_holds_a_post_and_what_bears_a_name_stays(name: str) -> None:
    assert mask(name).text == name


def test_the_kin_of_an_office_holder_is_a_private_person() -> None:
    text = "Percy Salas Ríos, hermano de la congresista Irma Salas Ríos, fue asesinado en Comas."
    assert "Percy" not in mask(text).text
