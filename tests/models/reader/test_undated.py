from __future__ import annotations

from datetime import date

import pytest

from models.reader import read_mentions
from models.reader.reading import read

READ_ON = date(2026, 11, 23)


def days(text: str, read_on: date | None = READ_ON, title: str = "Extorsión") -> list[date]:
    return [hit.day for hits in read(title, text, None, read_on).dates for hit in hits if hit.day]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ocurrió la madrugada del miércoles 28 de enero en Sullana.", [date(2026, 1, 28)]),  # 2015 is too old
        ("The shots were fired on Friday, May 9, police said.", [date(2025, 5, 9)]),
        ("Ocurrió el lunes 16 de diciembre.", []),  # 2019 or 2024
        ("Ocurrió el martes 28 de enero.", []),  # 2020 or 2025
        ("Ocurrió el viernes 28 de enero.", [date(2022, 1, 28)]),
        ("El sábado 30 de febrero no hubo servicio.", []),
        ("Ocurrió el 28 de enero.", []),
        ("Ocurrió ayer, miércoles, y volvió a pasar el 16.", []),
        # of others, the nearest to one so fixed, and only where the weekday agrees
        ("Ocurrió el miércoles 28 de enero. El viernes 30 hubo otro.", [date(2026, 1, 28), date(2026, 1, 30)]),
        ("Ocurrió el miércoles 28 de enero. El 22 de diciembre lo habían llamado.", [date(2026, 1, 28), date(2025, 12, 22)]),
        ("Ocurrió el miércoles 28 de enero. El lunes 30 hubo otro.", [date(2026, 1, 28)]),
        ("Ocurrió el lunes 16 de diciembre. El viernes 28 de enero cayó uno.", [date(2022, 1, 28)]),  # no 16th near it is a Monday
        # the year that the text says is its own
        ("Van 35 casos en lo que va del 2025, tres en agosto. El último se conoció el viernes 22.", [date(2025, 8, 22)]),
        ("Van 35 casos en lo que va de este año 2024. El último, el 3 de marzo.", [date(2024, 3, 3)]),
        ("Van 35 casos en lo que va del 2024. El último, el lunes 16 de diciembre.", [date(2024, 12, 16)]),
        ("Van 35 casos en lo que va del 2024. El último, el martes 16 de diciembre.", []),
        ("At least 1,100 were shot in 2026 so far. She was shot on August 3.", [date(2026, 8, 3)]),
        ("NOTA DE PRENSA N.° 112-2023-DIVINCRI. El 9 de mayo lo detuvieron.", [date(2023, 5, 9)]),
        ("Marzo de 2024 fue un mal mes. El viernes 22 mataron a un vigilante.", [date(2024, 3, 22)]),
        ("Marzo de 2024 fue un mal mes. El jueves 22 mataron a un vigilante.", []),
        ("Hecho: homicidio. Fecha y hora: 10/06/25, 20:50.", [date(2025, 6, 10)]),
        ("Huancayo, 21/07/2025.- Un petardo fue detonado ayer.", [date(2025, 7, 20)]),
        ("Su hermano fue extorsionado en 2023. En marzo de 2024 se mudó. El viernes 22 lo mataron.", []),
        ("Van tres casos en lo que va del 2025. El 22 de diciembre lo habían llamado.", []),
        ("Van tres casos en lo que va del 2025. La ley es de febrero. Nada cambió. El jueves 13 lo mataron.", []),
        ("1,100 were shot in 2026 so far. Police may close the street. He was killed on Friday 22.", []),
        ("El 20 de mayo de 2025 lo amenazaron. El viernes 28 de enero empezó todo. El 3 de junio lo mataron.", [date(2025, 5, 20), date(2022, 1, 28)]),
        ("Empezó el viernes 28 de enero. Cuatro años después, el 3 de junio, lo mataron.", [date(2022, 1, 28)]),
        ("Hubo 35 casos en 2024. El último, el 3 de marzo.", []),
    ],
)  # fmt: skip
def test_what_the_words_alone_fix(text: str, expected: list[date]) -> None:
    assert days(text) == expected


def test_a_day_announced_may_be_of_this_year() -> None:
    text = "El paro será el jueves 26 de noviembre."
    assert days(text, date(2026, 11, 23)) == []  # 2020 or three days ahead
    assert days(text, date(2026, 3, 1)) == [date(2020, 11, 26)]


def test_without_a_day_of_reading_no_weekday_fixes_a_year() -> None:
    assert days("Ocurrió el miércoles 28 de enero.", None) == []
    assert days("Van 35 casos en lo que va del 2025. El último, el 3 de marzo.", None) == [date(2025, 3, 3)]


def test_a_dateline_still_says_when_a_piece_was_filed() -> None:
    assert days("Trujillo, 12 de marzo de 2025. Ayer mataron a un taxista.") == [date(2025, 3, 11)]


@pytest.mark.parametrize("read_on", [date.min, date.max, None])
def test_no_day_of_reading_breaks_it(read_on: date | None) -> None:
    days("Ocurrió el miércoles 28 de enero, en lo que va del 2025, el viernes 22.", read_on)


def test_the_happening_gets_the_day() -> None:
    text = (
        "Un chofer de combi fue asesinado a balazos en Comas. El crimen ocurrió la noche del miércoles 28 de enero en la"
        " avenida Universitaria. La Policía investiga."
    )
    (murder,) = read_mentions(
        "Matan a chofer en Comas", text, None, ["transport"], ["murder"], None, None, (), None, READ_ON
    )
    assert murder.date == date(2026, 1, 28)
    (murder,) = read_mentions("Matan a chofer en Comas", text, None, ["transport"], ["murder"])
    assert murder.date is None
