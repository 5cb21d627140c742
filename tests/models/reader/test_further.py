"""A round-up tells several happenings of one type."""

from __future__ import annotations

from datetime import date

from models.reader import read_mentions

LEAD = "Un chofer fue asesinado a balazos el lunes 13 de octubre en Comas cuando conducía su combi."


def told(text: str) -> list[tuple[date | None, str | None]]:
    return [
        (m.date, m.district)
        for m in read_mentions("Semana violenta en Lima", text, date(2025, 10, 17), ["transport"], ["murder"])
    ]


def test_own_day_and_place_make_another_happening() -> None:
    second = " El miércoles 15 de octubre, en Villa El Salvador, sicarios mataron a un mototaxista de cuatro tiros."
    found = told(LEAD + "\n\n" + second)
    assert len(found) == 2
    assert (date(2025, 10, 15), "Villa El Salvador") in found


def test_the_same_day_or_place_makes_none() -> None:
    assert len(told(LEAD + "\n\nEl cobrador murió el martes 14 de octubre en un hospital de Comas.")) == 1
    assert len(told(LEAD + "\n\nEl lunes 13 de octubre también hubo disparos en Ate, sin muertos.")) == 1
