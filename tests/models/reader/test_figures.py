"""Claims of statistics."""

from __future__ import annotations

from datetime import date

from models.reader.figures import metrics, read_figures

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
    assert "homicides" in metrics()


def test_comparison_is_not_the_period() -> None:
    text = "Entre enero y junio se registraron 15.114 casos de extorsión, 19,6 % más que en igual lapso de 2024."
    count, change = read_figures(text, PUBLISHED)
    assert (count.value, count.period_start, count.period_end) == (15114, date(2025, 1, 1), date(2025, 6, 30))
    assert (change.value, change.change, change.metric) == (19.6, "rise", "complaints_extortion")


def test_numbers_that_count_nothing() -> None:
    text = "El jueves 6 de junio, en la cuadra 12, con un revólver calibre 38, según la Policía, hubo un ataque por cada 100 mil habitantes."
    assert read_figures(text, PUBLISHED) == []
