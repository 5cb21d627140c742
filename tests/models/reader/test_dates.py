"""Dates against the day of publication in Lima."""

from __future__ import annotations

from datetime import date

import pytest

from models.fold import fold
from models.reader.dates import find_dates
from models.reader.reading import read

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


MONDAY = date(2026, 3, 30)


def resolved(text: str, published: date = MONDAY) -> set[str]:
    """Every day that the text may mean, the coming ones too."""
    hits = find_dates(fold(text), published, text)
    return {day.isoformat() for hit in hits for day in (hit.day, hit.coming) if day}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("el domingo 1 de marzo de 2026 mataron", {"2026-03-01"}),
        ("lunes 23 de marzo del 2026", {"2026-03-23"}),
        ("desde mañana, miércoles", {"2026-03-31", "2026-03-25", "2026-04-01"}),
        ("mañana martes pararán", {"2026-03-31"}),
        ("el lunes 23 desconocidos balearon", {"2026-03-23"}),
        ("el lunes 23 hallaron un cuerpo", {"2026-03-23"}),
        ("el lunes 23: mataron a dos", {"2026-03-23"}),
        ("el lunes (23) mataron a dos", {"2026-03-23"}),
        ("el 3 y 4 de marzo de 2024", {"2024-03-03", "2024-03-04"}),
        ("entre el 3 y el 5 de marzo del año pasado", {"2025-03-03", "2025-03-05"}),
        ("el 28 del mes pasado", {"2026-02-28"}),
        ("el 8 del presente mes", {"2026-03-08"}),
        ("el día 8", {"2026-03-08", "2026-04-08"}),
        ("el 25/03", {"2026-03-25"}),
        ("el 30/10/25", {"2025-10-30"}),
        ("el 5-mar", {"2026-03-05"}),
        ("el 05-mar-2026", {"2026-03-05"}),
        ("el pasado 5 de mayo", {"2025-05-05"}),
        ("el 5 de mayo último", {"2025-05-05"}),
        ("el próximo 15 de diciembre", {"2026-12-15"}),
        ("el 10 de diciembre de este año", {"2026-12-10"}),
        ("el domingo pasado", {"2026-03-29"}),
        ("el domingo antepasado", {"2026-03-22"}),
        ("el viernes de la próxima semana", {"2026-04-10"}),
        ("el viernes de la semana que viene", {"2026-04-10"}),
        ("on Tuesday next week", {"2026-04-07"}),
        ("dos días atrás", {"2026-03-28"}),
        ("antes de anoche", {"2026-03-28"}),
        ("desde mañana pararán", {"2026-03-31"}),
        ("on Jan. 5", {"2026-01-05"}),
        ("los días 19 y 20 de este mes", {"2026-03-19", "2026-03-20"}),
        ("el 25 de setiembre mataron", {"2025-09-25"}),
        ("el 15 de mayo pararán", {"2026-05-15"}),
    ],
)
def test_every_day_that_is_meant(text: str, found: set[str]) -> None:
    assert resolved(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "av. Primero de Mayo", "la comisaría del 10 de Octubre", "el mercado «3 de Febrero»", "el cruce de Grau y 28 de Julio",
        "de Tacna a 28 de Julio", "mañana, tarde y noche", "de 18 al 25", "llame al 15", "el 24/7", "Miércoles de Ceniza", "on Black Friday",
        "drivers may 3 times a day stop", "they march 10 blocks", "el 5/10 de los casos", "el 11-M",
    ],
)  # fmt: skip
def test_no_day_is_meant(text: str) -> None:
    assert resolved(text) == set()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hace ocho días", "2026-03-23"),
        ("hace quince días", "2026-03-16"),
        ("hace unos 10 días", "2026-03-20"),
        ("hace más de 20 días", "2026-03-10"),
        ("a week ago", "2026-03-23"),
        ("tres semanas atrás", "2026-03-09"),
    ],
)
def test_about_a_day_is_known_to_the_week(text: str, day: str) -> None:
    (hit,) = find_dates(fold(text), MONDAY, text)
    assert (str(hit.day), hit.precision) == (day, "week")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("El martes, 24 de marzo, mataron a un chofer.", "2026-03-24"),
        ("Gunmen on March 24 killed a driver.", "2026-03-24"),
        ("Gunmen killed two on Feb. 28 in Lima.", "2026-02-28"),
        ("En el AA.HH. 15 de Marzo mataron a un chofer.", None),
        ("Frente a la I.E. 6 de Agosto mataron a un chofer.", None),
        ("Trujillo, 24 de marzo.- Mataron a un chofer.", None),
    ],
)
def test_the_opening_of_a_report(text: str, day: str | None) -> None:
    """A day opens the news, the name of a place does not, and a dateline tells of the report."""
    hits = [hit for found in read("", text, MONDAY).dates for hit in found if hit.day]
    assert [str(hit.day) for hit in hits] == ([day] if day else [])
