"""Claims of statistics."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader.figures import read_figures
from models.reader.victims import is_statistic

PUBLISHED = date(2025, 10, 17)


def test_complaints_with_period_and_change() -> None:
    text = "Según el Sidpol, se registraron 17,630 denuncias por extorsión en los diez primeros meses de 2024, un 18 % más que en 2023."
    count, change = read_figures(text, PUBLISHED)
    assert (count.metric, count.value, count.unit) == ("complaints_extortion", 17630, "count")
    assert (count.period_start, count.period_end) == (date(2024, 1, 1), date(2024, 10, 31))
    assert (change.value, change.unit, change.change) == (18, "percent", "rise")
    assert text[count.evidence.start : count.evidence.end] == count.evidence.text


def test_share_and_place() -> None:
    (share,) = read_figures("Tres de cada diez bodegueros de Sullana pagan cupos, según la encuesta.", PUBLISHED)
    assert (share.metric, share.value, share.unit, share.place.ubigeo) == ("victims", 30.0, "percent", "200600")


def test_so_far_this_year() -> None:
    (killed,) = read_figures("En lo que va del año van 180 choferes asesinados en Lima y Callao.", PUBLISHED)
    assert (killed.metric, killed.value, killed.period_end) == ("drivers_killed", 180, PUBLISHED)
    assert killed.as_json()["period_start"] == "2025-01-01"


def test_no_claim_in_a_plain_story() -> None:
    assert read_figures("Dos sujetos de 20 años dispararon cinco veces contra la bodega.", PUBLISHED) == []


def test_comparison_is_not_the_period() -> None:
    text = "Entre enero y junio se registraron 15.114 casos de extorsión, 19,6 % más que en igual lapso de 2024."
    count, change = read_figures(text, PUBLISHED)
    assert (count.value, count.period_start, count.period_end) == (15114, date(2025, 1, 1), date(2025, 6, 30))
    assert (change.value, change.change, change.metric) == (19.6, "rise", "complaints_extortion")


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Homicides rose from 800 in 2023 to 900 in 2024.", [(800, "count", 2023), (900, "count", 2024)]),
        ("Extortion complaints rose to 500 in 2024.", [(500, "count", 2024)]),
        ("Complaints: 2,100 in 2024, according to the police.", [(2100, "count", 2024)]),
        ("According to figures, arrests reached 12 in 24 hours.", [(12, "count", None)]),
        ("One in four victims pays, according to the survey.", [(25, "percent", None)]),
        ("Según la Policía, se registraron 27 mil 500 denuncias.", [(27_500, "count", None)]),
        ("Se reportaron pérdidas por 6 mil millones de soles.", [(6_000_000_000, "pen", None)]),
    ],
)
def test_counts_and_shares(text: str, claims: list[tuple[float, str, int | None]]) -> None:
    found = read_figures(text, PUBLISHED)
    assert [(f.value, f.unit, f.period_start.year if f.period_start else None) for f in found] == claims


@pytest.mark.parametrize(
    ("when", "published", "start", "end"),
    [
        ("Entre enero y noviembre", "2025-01-15", "2024-01-01", "2024-11-30"),
        ("En los once primeros meses", "2025-01-15", "2024-01-01", "2024-11-30"),
        ("En el segundo semestre", "2025-01-15", "2024-07-01", "2024-12-31"),
        ("En enero", "2025-01-15", "2025-01-01", "2025-01-31"),
        ("En los primeros diez meses de 2024", "2025-01-15", "2024-01-01", "2024-10-31"),
        ("En diciembre del año pasado", "2025-12-15", "2024-12-01", "2024-12-31"),
        ("Entre enero y noviembre del año pasado", "2025-12-03", "2024-01-01", "2024-11-30"),
        ("Entre enero y noviembre", "2025-11-28", "2025-01-01", "2025-11-30"),
    ],
)
def test_months_without_a_year(when: str, published: str, start: str, end: str) -> None:
    text = f"{when} se registraron 2 100 denuncias, 18 % más que el año pasado."
    count, change = read_figures(text, date.fromisoformat(published))
    assert (str(count.period_start), str(count.period_end)) == (start, end)
    assert (change.value, change.change) == (18, "rise")


def test_a_share_is_a_statistic_with_a_blank_too() -> None:
    assert all(is_statistic(text) for text in ("el 18 % de los asesinatos", "el 18% de los asesinatos"))
    assert not is_statistic("sufrio quemaduras en el 20 % del cuerpo")


def test_numbers_that_count_nothing() -> None:
    text = "El jueves 6 de junio, en la cuadra 12, con un revólver calibre 38, según la Policía, hubo un ataque por cada 100 mil habitantes."
    assert read_figures(text, PUBLISHED) == []
