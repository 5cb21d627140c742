"""A round-up is cut by happening; a text that tells one is not."""

from __future__ import annotations

from datetime import date

from models.reader import read_mentions
from models.reader.reading import read
from models.reader.stretches import stretch_of, stretches

PUBLISHED = date(2026, 11, 9)  # a Monday
ROUND_UP = (
    "El fin de semana dejó tres muertos.\n\n"
    "El viernes, en Comas, sicarios asesinaron de tres disparos al colectivero Raúl Ccopa dentro de su auto.\n\n"
    "El sábado, en La Perla, Callao, dos sujetos asesinaron a balazos al barbero Kenyi Arias y a su hermano. La familia no habló."
)


def test_a_round_up_is_cut_by_place_and_day() -> None:
    reading = read("Tres muertos en dos ataques", ROUND_UP, PUBLISHED)
    found = stretches(reading)
    assert len(found) == 2
    assert stretch_of(found, reading.sentences[-1].index) is found[1]
    assert stretch_of(found, 0) is None


def test_one_happening_is_not_cut() -> None:
    text = (
        "El viernes, en Comas, sicarios asesinaron de tres disparos al colectivero Raúl Ccopa.\n\n"
        "El sábado sus compañeros marcharon en Lima para pedir justicia."
    )
    assert stretches(read("Matan a colectivero", text, PUBLISHED)) == []


def test_the_total_of_a_round_up_is_nobodys_own() -> None:
    found = read_mentions("Tres muertos en dos ataques", ROUND_UP, PUBLISHED, ["transport", "barbershops"], ["murder"])
    killed = {m.place_precision and m.date: m.killed for m in found if m.status != "recalled"}
    assert 3 not in killed.values()
    assert len(found) == 2
