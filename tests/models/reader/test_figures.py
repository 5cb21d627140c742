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


def told(text: str, published: str = "2026-03-03") -> list[tuple[str, float, str, str | None, str, str, str | None]]:
    """Metric, value, unit, change, first day, last day and place of each claim."""
    return [
        (f.metric, f.value, f.unit, f.change, str(f.period_start), str(f.period_end), f.place.ubigeo)
        for f in read_figures(text, date.fromisoformat(published))
    ]


YEAR_2023, YEAR_2024, YEAR_2025 = ((f"{year}-01-01", f"{year}-12-31") for year in (2023, 2024, 2025))
JANUARY, NO_TIME = ("2026-01-01", "2026-01-31"), ("None", "None")


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "En 2023 hubo 22 mil denuncias y en 2024 fueron 27 mil, informó el Mininter.",
            [("complaints", 22_000, None, *YEAR_2023), ("complaints", 27_000, None, *YEAR_2024)],
        ),
        (
            "Los homicidios pasaron de 1 510 en 2023 a 2 057 en 2024, un alza de 36 %.",
            [("homicides", 1510, None, *YEAR_2023), ("homicides", 2057, None, *YEAR_2024), ("homicides", 36, "rise", *YEAR_2024)],
        ),
        (
            "El Sinadef registra 2 240 homicidios en 2025, 189 más que el año anterior.",
            [("homicides", 2240, None, *YEAR_2025), ("homicides", 189, "rise", *YEAR_2025)],
        ),
        (
            "In all 2,082 people were murdered in 2024, up from 1,508 a year earlier.",
            [("homicides", 2082, None, *YEAR_2024), ("homicides", 1508, None, *YEAR_2023)],
        ),
        (
            "En abril se registraron 1 945 denuncias por extorsión, frente a 1 600 del mismo mes de 2023.",
            [
                ("complaints_extortion", 1945, None, "2025-04-01", "2025-04-30"),
                ("complaints_extortion", 1600, None, "2023-04-01", "2023-04-30"),
            ],
        ),
        (
            "La encuesta halla que 45,6 % de los bodegueros fue víctima en los últimos 12 meses; en 2024 era 33 %.",
            [("victims", 45.6, None, "2025-03-04", "2026-03-03"), ("victims", 33, None, *YEAR_2024)],
        ),
        ("La cifra de secuestros bajó de 90 a 60 entre enero y marzo de 2025.", [("kidnappings", 90, None, *NO_TIME), ("kidnappings", 60, None, *NO_TIME)]),
        ("Cada día se registran 75 denuncias por extorsión.", [("complaints_extortion", 75, None, *NO_TIME)]),
        ("Desde enero hasta el 15 de febrero murieron 72 conductores, según el gremio.", []),
        (
            "Desde enero hasta el 15 de febrero, 72 conductores fueron asesinados.",
            [("drivers_killed", 72, None, "2026-01-01", "2026-02-15")],
        ),
        ("Registran 60 atentados en lo que va del 2026.", [("attacks", 60, None, "2026-01-01", "2026-03-03")]),
        (
            "Se contaron 310 homicidios entre noviembre de 2024 y enero de 2025.",
            [("homicides", 310, None, "2024-11-01", "2025-01-31")],
        ),
        ("Solo en enero detuvo a 1.340 extorsionadores.", [("arrests", 1340, None, *JANUARY)]),
        ("En enero se reportaron 12 heridos en ataques a buses.", [("wounded", 12, None, *JANUARY)]),
    ],
)  # fmt: skip
def test_each_number_has_its_own_time(text: str, claims: list[tuple[str, float, str | None, str, str]]) -> None:
    assert [(m, v, c, s, e) for m, v, _, c, s, e, _ in told(text)] == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "La PNP recibió 2.126 denuncias en enero; en La Libertad fueron 389 y en Piura, 210.",
            [(2126, None), (389, "130000"), (210, "200000")],
        ),
        (
            "Lima concentró el 42 % de las denuncias de 2025, seguida de La Libertad (12 %) y Piura (8 %).",
            [(42, "150000"), (12, "130000"), (8, "200000")],
        ),
        (
            "Contabilizó 180 colegios extorsionados en Lima Norte el 2025: 90 en Comas y 40 en Los Olivos.",
            [(180, None), (90, "150110"), (40, "150117")],
        ),
        ("Hubo 47 choferes asesinados en Lima y Callao en 2025.", [(47, None)]),
        ("Hubo 47 choferes asesinados en Comas, Lima, en 2025.", [(47, "150110")]),
        ("Los homicidios en Arequipa subieron de 120 a 340.", [(120, "040000"), (340, "040000")]),
    ],
)
def test_each_number_has_its_own_place(text: str, claims: list[tuple[float, str | None]]) -> None:
    assert [(value, place) for _, value, *_, place in told(text)] == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Police recorded 9 of every 10 complaints in Lima.", [(90, "percent")]),
        ("Diez colegios privados de cada cien pagan cupo.", [(10, "percent")]),
        ("Las víctimas pagaron en promedio S/ 1.500 mensuales, y el gremio calcula pérdidas por S/ 240 millones.", [(240e6, "pen")]),
        (
            "La tasa de denuncias pasó de 44 por cada 100 mil habitantes en 2022 a 68 en 2024.",
            [(44, "rate_100k"), (68, "rate_100k")],
        ),
    ],
)  # fmt: skip
def test_units(text: str, claims: list[tuple[float, str]]) -> None:
    assert [(value, unit) for _, value, unit, *_ in told(text)] == claims
