"""Claims that leave unsaid what was said before, multiples, those a number counts, and numbers that claim nothing."""

from __future__ import annotations

import time
from datetime import date

import pytest

from models.reader.figures import read_figures

PUBLISHED = date(2025, 5, 20)
FIRST_QUARTER, QUARTER_BEFORE = ("2025-01-01", "2025-03-31"), ("2024-01-01", "2024-03-31")
NO_TIME = ("None", "None")


def told(text: str, title: str = "") -> list[tuple[str, float, str | None, str, str, str | None]]:
    """Metric, value, change, first day, last day and place of each claim."""
    return [
        (f.metric, f.value, f.change, str(f.period_start), str(f.period_end), f.place.ubigeo)
        for f in read_figures(text, PUBLISHED, title)
    ]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "La Fiscalía registró 900 denuncias por extorsión de enero a marzo de 2025. Piura acumuló 210 casos; le siguió Tumbes, con 80, e Ica, con 65.",
            [
                ("complaints_extortion", 900, None, *FIRST_QUARTER, None),
                ("complaints_extortion", 210, None, *FIRST_QUARTER, "200000"),
                ("complaints_extortion", 80, None, *FIRST_QUARTER, "240000"),
                ("complaints_extortion", 65, None, *FIRST_QUARTER, "110000"),
            ],
        ),
        (
            "En el primer trimestre de 2025 hubo 60 homicidios en Tacna. El año pasado, en ese mismo lapso, fueron 40. De esa cifra, 25 casos en Ilabaya.",
            [
                ("homicides", 60, None, *FIRST_QUARTER, "230000"),
                ("homicides", 40, None, *QUARTER_BEFORE, "230000"),
                ("homicides", 25, None, *FIRST_QUARTER, "230302"),
            ],
        ),
        (
            "Entre enero y marzo de 2025 se reportaron 48 secuestros, 12 menos que en igual periodo de 2024, cuando hubo 60.",
            [
                ("kidnappings", 48, None, *FIRST_QUARTER, None),
                ("kidnappings", 12, "fall", *FIRST_QUARTER, None),
                ("kidnappings", 60, None, *QUARTER_BEFORE, None),
            ],
        ),
        (
            "Hasta marzo se anotaron 300 denuncias por extorsión. La cifra supone un alza de 20 % respecto del mismo periodo de 2024.",
            [("complaints_extortion", 300, None, *FIRST_QUARTER, None), ("complaints_extortion", 20, "rise", *FIRST_QUARTER, None)],
        ),
        (
            "Asesinatos por región en el primer trimestre de 2025:\n- Puno: 31 (2024: 22)\n- Junín: 40 (2024: 38)",
            [
                ("homicides", 31, None, *FIRST_QUARTER, "210000"),
                ("homicides", 22, None, "2024-01-01", "2024-12-31", "210000"),
                ("homicides", 40, None, *FIRST_QUARTER, "120000"),
                ("homicides", 38, None, "2024-01-01", "2024-12-31", "120000"),
            ],
        ),
        (
            "En 2024 la tasa de homicidios llegó a 9,1 por cada 100 mil habitantes en Tumbes, detrás de Madre de Dios (14,2).",
            [("homicides", 9.1, None, "2024-01-01", "2024-12-31", "240000"), ("homicides", 14.2, None, "2024-01-01", "2024-12-31", "170000")],
        ),
        (
            "El Sinadef registró 1 900 homicidios en 2024. La Policía admite 2 040.",
            [("homicides", 1900, None, "2024-01-01", "2024-12-31", None), ("homicides", 2040, None, "2024-01-01", "2024-12-31", None)],
        ),
        (
            "Las denuncias por extorsión en Ica bajaron a 70 en marzo (-8,5 %).",
            [("complaints_extortion", 70, None, "2025-03-01", "2025-03-31", "110000"), ("complaints_extortion", 8.5, "fall", "2025-03-01", "2025-03-31", "110000")],
        ),
    ],
)  # fmt: skip
def test_a_number_goes_on_about_what_was_counted(
    text: str, claims: list[tuple[str, float, str | None, str, str, str | None]]
) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(
    ("text", "value", "change"),
    [
        ("Los secuestros se triplicaron en 2024, según el Observatorio.", 200, "rise"),
        ("En 2024 hubo 90 secuestros en Ica, el doble que en 2023.", 100, "rise"),
        ("En 2024 hubo 90 secuestros en Ica, la mitad que en 2023.", 50, "fall"),
        ("En 2024 hubo 90 secuestros en Ica, un tercio más que en 2023.", 33.3, "rise"),
        ("Según el gremio, un tercio de las bodegas de Ica paga cupos.", 33.3, None),
        ("En 2024 los homicidios en Ica se multiplicaron por tres.", 200, "rise"),
        ("En 2024 los homicidios en Ica crecieron en cinco y medio por ciento.", 5.5, "rise"),
    ],
)
def test_multiples_are_percentages(text: str, value: float, change: str | None) -> None:
    last = read_figures(text, PUBLISHED)[-1]
    assert (last.value, last.unit, last.change) == (value, "percent", change)


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Según el gremio, 14 bodegueros fueron asesinados en 2024.", "traders_killed"),
        ("En 2024 mataron a 31 docentes, según el sindicato.", "teachers_killed"),
        ("Unos 120 colegios fueron extorsionados en 2024.", "schools_extorted"),
        ("Unas 900 bodegas cerraron en 2024 por las amenazas.", "shops_closed"),
        ("En 2024 se decomisaron 460 armas de fuego en Ica.", "weapons_seized"),
        ("En 2024 la Policía desarticuló 58 bandas criminales en Ica.", "gangs"),
        ("La central recibió 8 mil llamadas en 2024, según el ministerio.", "calls"),
        ("Ocho de cada diez víctimas no denuncian, según la encuesta.", "unreported"),
        ("Some 30 drivers and fare collectors were killed in Lima in 2024.", "drivers_killed"),
    ],
)
def test_who_or_what_is_counted(text: str, metric: str) -> None:
    assert [figure.metric for figure in read_figures(text, PUBLISHED)] == [metric]


@pytest.mark.parametrize(
    "text",
    [
        "La banda tenía 14 integrantes y la Policía movilizó a 80 agentes, según el parte.",
        "Según el parte, se hallaron 27 casquillos; la víctima, de 34 años, debía 30 mil soles.",
        "Llame al 987 654 321 o a la línea 111 para denunciar una extorsión, informó la Policía.",
        "El pleno aprobó la norma con 87 votos; fija penas de 10 a 15 años por extorsión, según el dictamen.",
        "El margen de error de la encuesta sobre extorsión es de ±3 %.",
        "Los dueños calculan pérdidas por 60 mil soles tras el ataque.",
        "La tasa de homicidios de Ica es cuatro veces la del país.",
        "La asociación dice que a few hundred members have been threatened since 2023.",
    ],
)
def test_numbers_that_claim_nothing(text: str) -> None:
    assert read_figures(text, PUBLISHED) == []


def test_nothing_goes_on_after_other_things_were_told() -> None:
    text = (
        "En 2024 hubo 60 homicidios en Tacna. El alcalde pidió calma. La sesión será el lunes. Habló el jefe policial. "
        "En Ilabaya fueron 25."
    )
    assert [figure.value for figure in read_figures(text, PUBLISHED)] == [60]


def test_what_is_said_of_the_country_is_not_said_of_the_place_before() -> None:
    text = "En 2024 hubo 60 homicidios en Tacna. En todo el país fueron 1 900."
    assert [(value, place) for _, value, *_, place in told(text)] == [(60, "230000"), (1900, None)]


def test_a_title_that_the_text_repeats_is_one_claim() -> None:
    found = read_figures(
        "En 2024 se reportaron 60 homicidios en Tacna.", PUBLISHED, "Tacna registró 60 homicidios en 2024"
    )
    assert [(figure.value, figure.evidence.field) for figure in found] == [(60, "text")]


def test_figures_without_end_are_read_in_time() -> None:
    text = "Lima concentró 7 204 casos de extorsión; la siguió Piura, con 3 015, y en 2023 fueron 40, un 18 % más, "
    began = time.process_time()
    read_figures(text * 10_000, PUBLISHED)
    read_figures(text.replace(",", ".") * 10_000, PUBLISHED)
    assert time.process_time() - began < 20


def test_four_months_are_a_part_of_a_year_and_the_same_four_of_another() -> None:
    text = "En el primer cuatrimestre de 2025 hubo 90 secuestros. En el mismo cuatrimestre del 2024 fueron 60."
    assert told(text) == [
        ("kidnappings", 90, None, "2025-01-01", "2025-04-30", None),
        ("kidnappings", 60, None, "2024-01-01", "2024-04-30", None),
    ]


def test_the_dead_of_the_road_are_none_of_those_counted_before() -> None:
    text = "En abril de 2025 hubo 40 homicidios en Ica. En el mismo mes hubo 19 choques y accidentes de tránsito con 11 fallecidos."
    assert [claim[1] for claim in told(text)] == [40]


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("La cifra más alta en los últimos siete años", NO_TIME),
        ("Los homicidios en los últimos siete años", ("2018-05-21", "2025-05-20")),
    ],
)
def test_years_that_a_record_is_compared_with_are_not_its_time(title: str, days: tuple[str, str]) -> None:
    assert told("La tasa nacional llegó a 6 homicidios por cada 100 mil habitantes.", title) == [
        ("homicides", 6, None, *days, None)
    ]


@pytest.mark.parametrize(("written", "value"), [("15 mil 62 denuncias", 15_062), ("15 mil 30 días después", None)])
def test_thousands_in_a_word_and_tens_in_digits_are_one_number(written: str, value: float | None) -> None:
    found = [claim[1] for claim in told(f"En el primer trimestre de 2025 hubo {written} por extorsión.")]
    assert found == ([value] if value else [])
