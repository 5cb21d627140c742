"""Norms and bills in one normal form, and what decrees of emergency say."""

from __future__ import annotations

from datetime import date

import pytest

from models.fold import fold
from models.reader.decrees import read_norms
from models.reader.norms import find_norms


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Decreto Supremo N.° 124-2024-PCM", ["DS 124-2024-PCM"]),
        ("DECRETO SUPREMO\nN° 050-2025-PCM", ["DS 050-2025-PCM"]),
        ("el DS 105-2023", ["DS 105-2023"]),
        ("D.S. 33-2025-PCM", ["DS 033-2025-PCM"]),
        ("Decreto Supremo N° 104-2012-РCM", ["DS 104-2012-PCM"]),  # the P is Cyrillic
        ("la Ley N.º 32108", ["Ley 32108"]),
        ("la ley 32,490", ["Ley 32490"]),
        ("Decreto Legislativo Nº 1735", ["DL 1735"]),
        ("D. Leg. 1186", ["DL 1186"]),
        ("DU 012-2019", ["DU 012-2019"]),
        ("Proyecto de Ley 7538/2023-CR", ["PL 7538/2023-CR"]),
        ("proyecto 00781/2021-CR", ["PL 781/2021-CR"]),
        ("PL 00553/2026-2031-CD", ["PL 00553/2026-2031-CD"]),
        ("iniciativa 13280-2025-PE", ["PL 13280/2025-PE"]),
        ("proyectos de ley 5525, 5838 y 5969", ["PL 5525", "PL 5838", "PL 5969"]),
        ("decretos supremos 001-2025-PCM, 002-2025-PCM", ["DS 001-2025-PCM", "DS 002-2025-PCM"]),
        ("El PL 7712. Después, el Proyecto de Ley 7712/2023-CR", ["PL 7712/2023-CR", "PL 7712/2023-CR"]),
        ("RM 123-2025-IN", ["RM 123-2025-IN"]),
        ("la ley del más fuerte, 15 de 20", []),
    ],
)
def test_normal_form(text: str, keys: list[str]) -> None:
    assert [hit.key for hit in find_norms(fold(text))] == keys


DECREE = """DECRETO SUPREMO
N° 033-2025-PCM

LA PRESIDENTA DE LA REPÚBLICA

CONSIDERANDO:

Que, con Decreto Supremo N° 010-2025-PCM se declaró el Estado de Emergencia en la provincia de Pataz;

DECRETA:

Artículo 1.- Declarar por el término de treinta (30) días calendario, a partir del 19 de marzo de 2025, el Estado de Emergencia en \
los distritos de Chao y Virú de la provincia de Virú, departamento de La Libertad, y en la provincia de Pataz.

Artículo 2.- Prorrogar el Estado de Emergencia en Lima Metropolitana y la Provincia Constitucional del Callao por sesenta días calendario, \
a partir del 20 de marzo de 2025.

Dado en la Casa de Gobierno, en Lima, a los diecisiete días del mes de marzo del año dos mil veinticinco."""


def test_decree_that_declares_and_extends() -> None:
    first, second = read_norms(
        DECREE, date(2025, 3, 18), "Decreto Supremo que declara y prorroga el Estado de Emergencia"
    )
    assert (first.number, first.kind, first.issuer, first.action) == ("DS 033-2025-PCM", "DS", "PCM", "declares")
    assert (first.starts_on, first.ends_on, first.days) == (date(2025, 3, 19), date(2025, 4, 17), 30)
    assert [t.ubigeo for t in first.territory] == ["130800", "131201", "131202"]
    assert (second.action, second.days, second.ends_on) == ("extends", 60, date(2025, 5, 18))
    assert [t.ubigeo for t in second.territory] == ["070000", "150100"]
    assert first.published_on == date(2025, 3, 18)
    assert first.as_json()["starts_on"] == "2025-03-19"


def test_without_start_a_decree_runs_from_the_day_after() -> None:
    text = "DECRETO SUPREMO N° 5-2025-PCM\n\nDECRETA:\n\nArtículo 1.- Declárase el Estado de Emergencia en la provincia de Trujillo por 60 días."
    (only,) = read_norms(text, date(2025, 2, 14), "")
    assert (only.starts_on, only.ends_on) == (date(2025, 2, 15), date(2025, 4, 15))


def test_an_extension_does_not_begin_with_what_it_extends() -> None:
    text = (
        "DECRETO SUPREMO N° 118-2026-PCM\n\nDECRETA:\n\nArtículo 1.- Prórroga del Estado de Emergencia\nProrrógase por treinta (30) días calendario el Estado de Emergencia declarado "
        "desde el 1 de agosto de 2026 en Lima Metropolitana mediante Decreto Supremo N° 095-2026-PCM."
    )
    (norm,) = read_norms(text, date(2026, 9, 27), "Decreto Supremo que prorroga el Estado de Emergencia")
    assert (norm.action, norm.starts_on, norm.ends_on, norm.days) == ("extends", None, None, 30)


@pytest.mark.parametrize(
    ("term", "starts", "ends", "days"),
    [
        ("dos meses", date(2025, 1, 15), date(2025, 3, 14), 59),
        ("dos (2) meses", date(2025, 7, 1), date(2025, 8, 31), 62),
        ("un mes", date(2025, 2, 1), date(2025, 2, 28), 28),
        ("un mes", date(2025, 1, 31), date(2025, 2, 28), 29),  # February has no 31st: to its end
        ("3 meses", date(2025, 11, 10), date(2026, 2, 9), 92),
    ],
)
def test_months_are_those_of_the_calendar(term: str, starts: date, ends: date, days: int) -> None:
    day = f"{starts.day} de {('enero', 'febrero', 'julio', 'noviembre')[(1, 2, 7, 11).index(starts.month)]} de {starts.year}"
    text = (
        f"El DS 5-2025-PCM declaró el estado de emergencia en la provincia de Trujillo por {term}, a partir del {day}."
    )
    (only,) = read_norms(text, None)
    assert (only.starts_on, only.ends_on, only.days) == (starts, ends, days)


def test_months_without_a_first_day_count_from_the_day_after_publication() -> None:
    text = "El DS 5-2025-PCM prorrogó el estado de emergencia en la provincia de Trujillo por dos meses."
    assert [(n.starts_on, n.ends_on, n.days) for n in read_norms(text, date(2025, 6, 30))] == [(None, None, 62)]
    assert [n.days for n in read_norms(text, None)] == [None]
    assert [n.days for n in read_norms(text, date(9999, 12, 1))] == [None]


def test_districts_taken_out() -> None:
    text = "El Gobierno declaró con el DS 1-2025-PCM el estado de emergencia en el Callao, con excepción del distrito de La Punta, por 30 días."
    (only,) = read_norms(text, None)
    assert "070105" not in {t.ubigeo for t in only.territory}
    assert len(only.territory) == 6


def test_part_of_a_province() -> None:
    text = "Declaran en emergencia varios distritos de la provincia de Sullana mediante el Decreto Supremo 20-2025-PCM."
    (only,) = read_norms(text, None)
    assert [(t.ubigeo, t.coverage) for t in only.territory] == [("200600", "part")]


def test_a_law_has_no_territory() -> None:
    (only,) = read_norms("Se publicó la Ley N° 32108.", date(2024, 8, 9))
    assert (only.kind, only.number, only.issuer, only.territory) == ("Ley", "Ley 32108", "Congreso", ())


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Designan asesor\nRESOLUCIÓN MINISTERIAL\nNº D000284-2026-MIMP\nLima, 5 de agosto de 2026\nCONSIDERANDO:\nQue, la Ley N° 29158", "RM 284-2026-MIMP"),
        ("RESOLUCIÓN SUPREMA\nN° 054-2026-DE\nCONSIDERANDO:\nQue, el Decreto Supremo N° 104-2012-РCM", "RS 054-2026-DE"),
        ("LEY Nº 32108\nEL CONGRESO DE LA REPÚBLICA\nHa dado la Ley siguiente:", "Ley 32108"),
        ("DECRETO LEGISLATIVO\nN° 1731\nCONSIDERANDO:\nQue, la Ley N° 32527", "DL 1731"),
        ("Resolución de Contraloría\nNº 431-2026-CG\nVISTOS; CONSIDERANDO:\nQue, la Ley N° 27785", "RES 431-2026-CG"),
    ],
)  # fmt: skip
def test_a_gazette_page_bears_its_own_number(text: str, key: str) -> None:
    assert [n.number for n in read_norms(text, date(2026, 8, 7))] == [key]


@pytest.mark.parametrize(
    "text",
    [
        "con esta iniciativa, 500 policías patrullarán", "expediente 01234-2024-0-1801, un chofer", "del proyecto, 1500 cámaras",
        "lo dice la ley, 3000 soles", "expediente 1234-2023, el acusado", "el Decreto Ley 25475", "el Dictamen N° 005-2026-CSC-MDX", "pay the bill 500 soles",
    ],
)  # fmt: skip
def test_everyday_numbers_are_no_norm(text: str) -> None:
    assert find_norms(fold(text)) == []


@pytest.mark.parametrize("text", ["la iniciativa N° 7538", "bill No. 7538", "proyecto de ley 7538"])
def test_a_mark_makes_a_bill(text: str) -> None:
    assert [hit.key for hit in find_norms(fold(text))] == ["PL 7538"]


@pytest.mark.parametrize(
    ("text", "about", "earlier"),
    [
        ("El Ejecutivo modificó el Código Penal (Decreto Legislativo 635) mediante el Decreto Legislativo 1735.", ["DL 1735"], ("DL 635",)),
        ("Con la Ley 32490 se modifica el D. Leg. 1182, que regula la geolocalización.", ["Ley 32490"], ("DL 1182",)),
        ("La Ley 32490 modifica el Decreto Legislativo N° 1182 y la Ley 30077, contra el crimen organizado.", ["Ley 32490"], ("DL 1182", "Ley 30077")),
        ("La Ley 32490 modifica los artículos 108-C y 200 del Código Penal, Decreto Legislativo 635.", ["Ley 32490"], ("DL 635",)),
        ("El PL 7538/2023-CR, que deroga la Ley 32108, se votará.", ["PL 7538/2023-CR"], ("Ley 32108",)),
        ("El DS 9-2026-PCM prorroga el estado de emergencia declarado en las provincias de Virú y Pataz mediante el DS 5-2026-PCM.", ["DS 009-2026-PCM"], ("DS 005-2026-PCM",)),
        ("Se aprobó la Ley 32490 al amparo del Código Procesal Penal, Decreto Legislativo 957.", ["Ley 32490"], ()),
        ("La emergencia declarada en el DS 5-2026-PCM se extiende por 30 días en Huaral, según el DS 30-2026-PCM.", ["DS 030-2026-PCM"], ("DS 005-2026-PCM",)),
        ("La Ley 32490 proviene de los proyectos de ley 9120, 9344 y 10011.", ["Ley 32490"], ()),
        ("El DS 9-2026-IN reglamenta la Ley 32348, dentro de los alcances del Decreto Legislativo 1350.", ["DS 009-2026-IN"], ()),
        ("El DS 9-2026-IN aprueba el reglamento del Decreto Legislativo 1180.", ["DS 009-2026-IN"], ()),
        ("El PL 7538/2023-CR plantea cambios a la Ley 30077.", ["PL 7538/2023-CR"], ()),
        ("Los motociclistas usarán casco, según la RD 34-2026-MTC; el reglamento fue aprobado por DS 16-2009-MTC.", ["RD 034-2026-MTC"], ()),
        # Named alone, an amended norm is what the text is about.
        ("La reforma de la Ley 30077 avanza.", ["Ley 30077"], ()),
        ("Piden que se modifique el Decreto Legislativo 1182.", ["DL 1182"], ()),
        ("Trujillo fue declarada en emergencia mediante el DS 5-2026-PCM; el DS 4-2026-PCM trata de Ica.", ["DS 005-2026-PCM", "DS 004-2026-PCM"], ()),
    ],
)  # fmt: skip
def test_what_is_amended_is_not_what_the_text_is_about(text: str, about: list[str], earlier: tuple[str, ...]) -> None:
    found = read_norms(text, date(2026, 3, 5))
    assert ([n.number for n in found], found[0].earlier) == (about, earlier)
