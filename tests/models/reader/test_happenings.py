"""A round-up's deeds of different types, in different places, are different happenings."""

from __future__ import annotations

from datetime import date

from models.reader import read_mentions

PUBLISHED = date(2026, 11, 8)  # a Sunday


def test_a_driver_killed_here_and_a_barber_wounded_there() -> None:
    title = "Fin de semana de balas en Comas y en el Callao"
    text = (
        "El viernes, en Comas, sicarios asesinaron de tres disparos al colectivero Raúl Ccopa dentro de su auto.\n\n"
        "El sábado, en La Perla, dos sujetos balearon en la mano al barbero Kenyi Arias, quien quedó herido en su barbería."
    )
    found = {
        m.type: m for m in read_mentions(title, text, PUBLISHED, ["transport", "barbershops"], ["murder", "attack"])
    }
    assert found["murder"].happening != found["attack"].happening
    assert found["murder"].killed == 1
    assert found["attack"].killed is None


def test_a_killing_and_the_shots_that_did_it_are_one() -> None:
    title = "Comas: atacan a balazos una combi y matan al chofer"
    text = (
        "Dos sicarios dispararon ayer contra una combi llena de pasajeros en la avenida Túpac Amaru, en Comas. "
        "El chofer fue asesinado y una pasajera resultó herida."
    )
    found = {m.type: m for m in read_mentions(title, text, PUBLISHED, ["transport"], ["murder", "attack"])}
    assert found["murder"].happening == found["attack"].happening
    assert (found["attack"].killed, found["attack"].wounded) == (1, 1)
