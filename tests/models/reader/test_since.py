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
        # who struck, who suffers and who was near are not who was struck
        ("murder", "Murió el lunes en el hospital, tres días después del ataque de su vecino.", date(2026, 10, 9)),
        ("murder", "La joven falleció el lunes, dos días después de que su vecino la acuchillara.", date(2026, 10, 10)),
        ("murder", "Murió el lunes, dos días después de que lo balearan junto a su hijo.", date(2026, 10, 10)),
        (
            "murder",
            "Los taxistas bloquearon la vía el lunes, un día después del asesinato de un colega.",
            date(2026, 10, 11),
        ),
        ("murder", "Hallaron la moto el lunes, dos días después del asesinato del mecánico.", date(2026, 10, 10)),
        # somebody else was struck
        ("murder", "El cadáver del joven fue encontrado el lunes, dos días después del asesinato de su primo.", None),
        ("murder", "La comerciante murió el lunes, tres días después del crimen de Rosa Huamán.", None),
        ("murder", "El mecánico falleció el lunes, dos días después de que balearan a su hermano.", None),
        ("murder", "El mecánico falleció el lunes, dos días después de que su socio fuera baleado.", None),
        ("attack", "Murió el lunes, dos días después del ataque contra otro cobrador.", None),
        ("kidnapping", "Fue liberada el lunes, dos días después del secuestro de su hija.", None),
        ("murder", "The driver died on Monday, two days after gunmen shot his brother.", None),
        # the text names the day itself, near the reckoned one
        ("kidnapping", "Fue liberado el lunes tras tres días de cautiverio. Lo secuestraron el sábado en Ate.", None),
        ("murder", "Murió el lunes, tres días después del ataque. El sábado lo balearon, y lo llevaron a Lima.", None),
        # the same day, the end's, another deed's, one too far away
        (
            "kidnapping",
            "Fue liberado el lunes tras tres días de cautiverio. Lo secuestraron el viernes en Ate.",
            date(2026, 10, 9),
        ),
        (
            "murder",
            "Murió el lunes, dos días después del ataque. El domingo, detuvieron al que lo habría baleado.",
            date(2026, 10, 10),
        ),
        (
            "murder",
            "Murió el lunes, dos días después del ataque. El domingo otros sicarios balearon a un cobrador.",
            date(2026, 10, 10),
        ),
        (
            "murder",
            "Murió el lunes, dos días después del ataque. El 1 de octubre ya habían disparado a su puerta.",
            date(2026, 10, 10),
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
