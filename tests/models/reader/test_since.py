"""Days of a deed told by how long before its end it began."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader.reading import read
from models.reader.since import began

PUBLISHED = date(2026, 10, 16)  # a Friday


@pytest.mark.parametrize(
    ("kind", "text", "day"),
    [
        ("kidnapping", "Fue liberado el martes, cuatro días después de que lo subieran a un auto.", date(2026, 10, 9)),
        ("kidnapping", "La comerciante fue rescatada ayer tras tres días de cautiverio.", date(2026, 10, 12)),
        ("kidnapping", "Dos días después de que la raptaran, fue encontrada ayer en Lurín.", date(2026, 10, 13)),
        ("kidnapping", "Officers freed the dentist on Monday, two days after she was seized.", date(2026, 10, 10)),
        (
            "murder",
            "El chofer falleció el miércoles en el hospital, cinco días después del atentado.",
            date(2026, 10, 9),
        ),
        (
            "murder",
            "Los gremios marcharon ayer y pararon, un día después de que un barbero fuera baleado.",
            date(2026, 10, 14),
        ),
        # the day named is the deed's own, another clause's, or there is none
        ("murder", "Lo balearon el lunes y dos días después del ataque murió.", None),
        ("murder", "El sábado atacaron al chofer, que murió dos días después de los disparos.", None),
        ("kidnapping", "Fue liberado cuatro días después de que lo subieran a un auto.", None),
        ("kidnapping", "El sospechoso cayó el martes, dos días después del partido.", None),
        ("attack", "Fue liberado el martes, cuatro días después del secuestro.", None),
        ("strike", "Marcharon ayer, dos días después del ataque.", None),
        ("murder", "La viuda murió ayer, tres días después del ataque del 5 de octubre.", None),
    ],
)
def test_the_deed_lies_so_many_days_before_its_end(kind: str, text: str, day: date | None) -> None:
    assert began(read("", text, PUBLISHED), kind) == day
