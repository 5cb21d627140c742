"""Days told from another day, and the second look that uses the days of a document's other types."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader import read_mentions
from models.reader.anchored import anchored
from models.reader.reading import read

PUBLISHED = date(2026, 10, 16)  # a Friday


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Lo mataron el lunes 12 de octubre. Dos días después cayó un sospechoso.", [date(2026, 10, 14)]),
        ("El martes quemaron el bus. Al día siguiente la empresa cerró.", [date(2026, 10, 14)]),
        ("Gunmen fired on Monday. Twenty-four hours later police held two men.", [date(2026, 10, 13)]),
        ("El miércoles balearon la bodega; la víspera habían dejado una nota.", [date(2026, 10, 13)]),
        ("Los choferes cumplieron ayer el tercer día de paro.", [date(2026, 10, 13)]),
        ("La federación cumplió ayer su segunda jornada de paro.", [date(2026, 10, 14)]),
        ("Ayer los desalojaron. Fue el final del tercer día de paro.", [date(2026, 10, 13)]),
        ("Los alumnos llevan dos días sin clases.", [date(2026, 10, 15)]),
        ("El lunes llovió. Dos días después del ataque del 5 de octubre cayó un sospechoso.", [date(2026, 10, 7)]),
        ("Tres días antes del 10 de octubre le enviaron un audio.", [date(2026, 10, 7)]),
        ("On October 5 he was killed. A day earlier he got a call.", [date(2026, 10, 4)]),
        ("El 5 de octubre lo mataron. El día previo lo siguieron.", [date(2026, 10, 4)]),
        ("El segundo día de las fiestas mataron al cantante.", []),
        ("Dos días después cayó un sospechoso.", []),
        ("Pagaron cien soles y tres días de plazo.", []),
    ],
)
def test_days_are_told_from_the_day_named_before(text: str, days: list[date]) -> None:
    assert [hit.day for _, hit in anchored(read("", text, PUBLISHED))] == days


def test_no_day_of_a_strike_without_a_day_of_publication() -> None:
    assert list(anchored(read("", "Es el segundo día de huelga.", None))) == []


def test_a_day_beyond_the_calendar_is_none() -> None:
    reading = read("", "El 31 de diciembre lo mataron. Al día siguiente cerró.", date(9999, 12, 31))
    assert [hit.day for _, hit in anchored(reading)] == [None]


@pytest.mark.parametrize("text", ["El 31 de diciembre de 9999 lo mataron.", "He was killed on December 31, 9999."])
def test_a_year_out_of_reach_makes_no_day_of_this_one(text: str) -> None:
    reading = read("", text, PUBLISHED)
    assert [hit.day for hits in reading.dates for hit in hits] == []


def test_an_arrest_follows_the_deed_it_answers() -> None:
    text = (
        "El lunes 12 de octubre, dos sicarios asesinaron a un mototaxista en la avenida Perú, en Comas. "
        "Al día siguiente la Policía capturó a uno de los presuntos autores."
    )
    found = {
        m.type: m.date
        for m in read_mentions("Comas: matan a mototaxista", text, PUBLISHED, ["transport"], ["murder", "arrest"])
    }
    assert found == {"murder": date(2026, 10, 12), "arrest": date(2026, 10, 13)}
