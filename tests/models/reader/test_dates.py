"""Dates against the day of publication in Lima."""

from __future__ import annotations

from datetime import date

import pytest

from models.fold import fold
from models.reader.dates import find_dates

FRIDAY = date(2025, 10, 17)


def days(text: str, published: date | None = FRIDAY) -> list[str | None]:
    return [hit.day.isoformat() if hit.day else None for hit in find_dates(fold(text), published)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("la madrugada del jueves 16 de octubre", "2025-10-16"),
        ("ayer", "2025-10-16"),
        ("anoche", "2025-10-16"),
        ("anteayer", "2025-10-15"),
        ("esta madrugada", "2025-10-17"),
        ("este martes", "2025-10-14"),
        ("la noche del viernes", "2025-10-17"),
        ("el viernes pasado", "2025-10-10"),
        ("el próximo lunes", "2025-10-20"),
        ("hace tres días", "2025-10-14"),
        ("hace dos semanas", "2025-10-03"),
        ("hace unas cuarenta y ocho horas", "2025-10-15"),
        ("guardarán las unidades mañana y marcharán", "2025-10-18"),
        ("pasado mañana", "2025-10-19"),
        ("los días 7, 8 y 9 de noviembre", "2025-11-07"),
        ("del 7 al 9 de noviembre", "2025-11-07"),
        ("el lunes 13", "2025-10-13"),
        ("el 28 de diciembre", "2025-12-28"),
        ("el 14/10/2025", "2025-10-14"),
        ("el 16 de octubre de 2024", "2024-10-16"),
        ("on Tuesday", "2025-10-14"),
        ("October 14, 2025", "2025-10-14"),
        ("two weeks ago", "2025-10-03"),
    ],
)
def test_resolved(text: str, day: str) -> None:
    assert days(text)[0] == day


@pytest.mark.parametrize("text", ["ayer", "este martes", "el 16 de octubre", "hace dos días", "on Tuesday"])
def test_unknown_publication_fixes_nothing(text: str) -> None:
    assert days(text, None) == [None]


def test_a_bare_number_is_the_day_before_or_the_next() -> None:
    (hit,) = find_dates(fold("el gremio, que el 14 cumplirá un paro"), FRIDAY)
    assert (hit.day, hit.coming) == (date(2025, 10, 14), date(2025, 11, 14))


@pytest.mark.parametrize(
    "text", ["el 12 por ciento", "el 90 %", "del 7,5", "la mañana de los hechos", "el 2 de cada 3", "el 15 mil"]
)
def test_numbers_and_mornings_that_are_no_day(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "en la avenida 28 de Julio, en Miraflores",
        "a grocery on Avenida 26 de Marzo",
        "Av. 9 de Octubre, cuadra 3",
        "el mercado 1 de Mayo de Comas",
        "vecinos del asentamiento humano 3 de Octubre",
        "la esquina de 2 de Mayo con Grau",
        "EN EL JIRÓN 9 DE DICIEMBRE",
    ],
)
def test_a_street_is_no_day(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    "text",
    ["Lima, 12 de octubre", "(12 de octubre)", "el pasado 12 de octubre", "domingo, 12 de octubre", "12 de octubre"],
)
def test_a_day_needs_no_article(text: str) -> None:
    assert days(text) == ["2025-10-12"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("el 10 de octubre del año pasado", "2024-10-10"),
        ("el 1ro de octubre", "2025-10-01"),
        ("15th of October", "2025-10-15"),
        ("on Tuesday last week", "2025-10-07"),
        ("Monday of last week", "2025-10-06"),
        ("el 9 por la noche", "2025-10-09"),
        ("el 9 a las 10 p. m.", "2025-10-09"),
        ("el pasado 5", "2025-10-05"),
        ("a partir de 15 de octubre", "2025-10-15"),
        ("asesinaron a 3, y el 5 de octubre volvieron", "2025-10-05"),
    ],
)
def test_less_common_forms(text: str, day: str) -> None:
    assert days(text)[0] == day


@pytest.mark.parametrize(
    "text",
    [
        "pagan cada lunes", "el cupo se pagaba los lunes", "every Friday", "atiende de lunes a viernes", "hoy en día nadie está seguro",
        "el paradero del 5", "entre el 10 y el 20 % del pago", "en Santo Domingo", "en Viernes Santo",
    ],
)  # fmt: skip
def test_habits_and_names_are_no_day(text: str) -> None:
    assert days(text) == []


def test_domingo_is_a_name_too() -> None:
    for text, count in (
        ("Domingo Pérez fue asesinado", 0),
        ("Domingo 12. Un chofer", 1),
        ("el domingo Pérez salió", 1),
    ):
        assert len(find_dates(fold(text), FRIDAY, text)) == count


def test_full_date_needs_no_publication() -> None:
    assert days("el 16 de octubre de 2024", None) == ["2024-10-16"]


def test_edges_of_the_calendar() -> None:
    assert days("hace 3000000 años, ayer y el próximo lunes", date(1, 1, 1))
    assert days("mañana, lunes 31 de febrero", date(9999, 12, 31)) is not None
    assert days("el 31 de febrero de 2024", FRIDAY) == [None]


def test_week_and_month_have_no_day() -> None:
    assert days("la semana pasada") == [None]
    assert days("en agosto de 2019") == [None]
