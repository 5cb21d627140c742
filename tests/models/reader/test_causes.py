"""Why an emergency is declared."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader.decrees import read_norms


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        ("ante el incremento de la criminalidad, la extorsión y el sicariato", "crime"),
        ("por impacto de daños a consecuencia de intensas precipitaciones pluviales e inundaciones", "weather"),
        ("por el brote de dengue que afecta a la población", "health"),
        ("a fin de garantizar el libre tránsito en el corredor vial ante los bloqueos", "unrest"),
        ("por razones que el decreto expone", None),
    ],
)
def test_cause(reason: str, cause: str | None) -> None:
    text = f"DECRETO SUPREMO N° 118-2026-PCM\nDECRETA:\nArtículo 1.- Declarar por el término de sesenta días el estado de emergencia en la provincia de Trujillo, {reason}."
    (found,) = read_norms(text, date(2026, 10, 1))
    assert found.cause == cause


def test_a_law_has_none() -> None:
    assert all(n.cause is None for n in read_norms("Se publicó la Ley 32490 contra la extorsión.", date(2026, 10, 1)))
