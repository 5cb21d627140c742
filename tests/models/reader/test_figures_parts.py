"""Claims of parts of what was counted, of shares told again, of rows in brackets, and the times of what went from one to another."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader.figures import read_figures

PUBLISHED = date(2025, 5, 20)


def told(text: str, title: str = "") -> list[tuple[str, float, str | None, str, str | None]]:
    """Metric, value, change, first day and place of each claim."""
    return [
        (f.metric, f.value, f.change, str(f.period_start), f.place.ubigeo) for f in read_figures(text, PUBLISHED, title)
    ]


IN_2024 = "2024-01-01"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "En 2024 hubo 900 denuncias por extorsión en Tacna. De ese total, 210 corresponden a bodegueros y 90 fueron archivadas.",
            [("complaints_extortion_part", 210, "230000"), ("complaints_extortion_part", 90, "230000")],
        ),
        (
            "En 2024 fueron detenidas 400 personas por extorsión en Tacna. De ellas, 60 tenían antecedentes.",
            [("arrests_part", 60, "230000")],
        ),
        (
            "De los 400 detenidos por extorsión en Tacna en 2024, 60 eran extranjeros.",
            [("arrests_part", 60, "230000")],
        ),
        (
            "En 2024 la Fiscalía atendió a 800 víctimas de trata en Tacna. El 64 % eran mujeres y el 20 % menores de edad.",
            [("victims_part", 64, "230000"), ("victims_part", 20, "230000")],
        ),
        (
            "De los 400 detenidos por extorsión en Tacna en 2024, 60 eran mujeres.",
            [("arrests_part", 60, "230000")],
        ),
        ("En 2024 hubo 90 homicidios en Tacna. Veinte de las muertes ocurrieron en Ilabaya y nueve en Ite.", [("homicides", 20, "230302"), ("homicides", 9, "230303")]),
        ("En 2024 hubo 90 homicidios en Tacna. Solo en Ilabaya cayeron 31.", [("homicides", 31, "230302")]),
    ],
)  # fmt: skip
def test_a_part_is_not_laid_beside_the_whole(text: str, parts: list[tuple[str, float, str]]) -> None:
    _, *found = told(text)
    assert [(metric, value, place) for metric, value, _, _, place in found] == parts
    assert {start for *_, start, _ in found} == {IN_2024}


@pytest.mark.parametrize(
    "text",
    [
        "En 2024 hubo 90 homicidios en Tacna. De ellos se ocuparán 40 agentes nuevos.",
        "De los 40 patrulleros de Tacna, 12 están malogrados, según la región policial.",
        "En 2024 el 30 % de los bodegueros fue víctima de extorsión. El 60 % confía en su alcalde.",
        "En 2024 hubo 90 homicidios en Tacna. El 60 % del presupuesto se gastó en autos.",
    ],
)
def test_what_is_no_part_of_what_was_counted(text: str) -> None:
    assert [value for _, value, *_ in told(text)] in ([90], [30], [])


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("En 2024 el 30 % de los bodegueros de Ica fue víctima de extorsión. En Nasca este porcentaje llegó al 44 %.", ("victims", 44, None, "110300")),
        ("En 2024 el 30 % de los bodegueros de Ica fue víctima de extorsión. Al final está Nasca, con 14 %.", ("victims", 14, None, "110300")),
        ("En 2024 hubo 90 homicidios en Ica. El número de muertes es 12 % superior al de 2023.", ("homicides", 12, "rise", "110000")),
        ("En 2024 el 30 % de los bodegueros de Ica fue víctima de extorsión. El resultado es menor en 1,5 puntos porcentuales al de 2023.", ("victims", 1.5, "fall", "110000")),
    ],
)  # fmt: skip
def test_a_share_or_change_of_what_was_told(text: str, last: tuple[str, float, str | None, str]) -> None:
    metric, value, change, _, place = told(text)[-1]
    assert (metric, value, change, place) == last


def test_a_share_of_something_else_is_not_the_one_told_before() -> None:
    text = "En 2024 el 30 % de los bodegueros de Ica fue víctima de extorsión. En 2024 la inflación llegó al 3 %."
    assert [value for _, value, *_ in told(text)] == [30]


def test_points_are_a_change_of_a_share_and_of_nothing_else() -> None:
    text = "En 2024 hubo 90 homicidios en Ica. La tasa de desempleo subió 1,5 puntos porcentuales."
    assert [value for _, value, *_ in told(text)] == [90]


def test_cases_in_brackets_are_of_the_time_that_the_figures_are_of() -> None:
    text = "La Policía publicó las cifras de 2024. Lideran la lista Comas (1 090 denuncias por extorsión), Ate (870) y Lince (60)."
    assert [(value, start, place) for _, value, _, start, place in told(text)] == [
        (1090, IN_2024, "150110"), (870, IN_2024, "150103"), (60, IN_2024, "150116"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Los secuestros en Ica pasaron de 29 a 45 entre 2023 y 2024.", [(29, "2023-01-01"), (45, "2024-01-01")]),
        ("Los secuestros en Ica pasaron de 29 a 45 entre enero y marzo de 2025.", [(29, "None"), (45, "None")]),
        (
            "Las denuncias por extorsión que tramitaron las fiscalías pasaron de 900 en 2022 a 950 en 2023 y a 990 en 2024.",
            [(900, "2022-01-01"), (950, "2023-01-01"), (990, "2024-01-01")],
        ),
        (
            "Las denuncias por extorsión bajaron de 320 en el primer trimestre de 2024 a 290 en el segundo.",
            [(320, "2024-01-01"), (290, "2024-04-01")],
        ),
        (
            "Hubo 58 homicidios en el primer trimestre de este año frente a 61 en el mismo trimestre del 2024.",
            [(58, "2025-01-01"), (61, "2024-01-01")],
        ),
        ("En 2024 hubo 80 homicidios. En marzo fueron 9, una baja de 10 % con relación a febrero.", [(80, "2024-01-01"), (9, "2025-03-01"), (10, "2025-03-01")]),
    ],
)  # fmt: skip
def test_what_went_from_one_to_another(text: str, levels: list[tuple[float, str]]) -> None:
    assert [(value, start) for _, value, _, start, _ in told(text)] == levels


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("En abril se recibieron 90 mil reportes de celulares robados.", "phone_thefts"),
        ("En 2024 se denunció el robo de 9 400 unidades en Lima.", "vehicle_thefts"),
        ("Según la encuesta, el 33 % conoce a un vecino que la sufrió, víctima de extorsión.", "victims_known"),
        ("Según el gremio, el 31 % reconoció haber pagado cupos.", "victims"),
        ("En 2024, el 85 % percibe que en los próximos meses puede ser víctima de un delito.", "insecurity"),
        ("En 2024, 1 300 personas estaban recluidas por extorsión, según el INPE.", "inmates"),
        ("Las bodegas pagaron en 2024 unos S/ 540 millones a bandas de extorsionadores.", "loss_pen"),
    ],
)
def test_what_is_counted(text: str, metric: str) -> None:
    assert [found for found, *_ in told(text)] == [metric]


def test_a_fold_is_a_rise() -> None:
    *_, found = told("Kidnappings in Ica increased sevenfold in 2024, according to the police.")
    assert (found[1], found[2]) == (600, "rise")


@pytest.mark.parametrize(
    "text",
    [
        "La provincia ecuatoriana de Guayas acumuló 1 900 asesinatos en 2024, según el ministerio.",
        "En Colombia se registraron 13 mil homicidios en 2024.",
        "Los accidentes de tránsito dejaron 690 muertos y 5 400 heridos en 2024, según la Sutran.",
        "La pena sube si la víctima tiene menos de 18 o más de 70 años, según el dictamen.",
    ],
)
def test_what_is_no_statistic_of_crime_in_peru(text: str) -> None:
    assert told(text) == []


def test_foreigners_held_in_peru_are() -> None:
    text = "En 2024 fueron detenidos 400 ciudadanos venezolanos por extorsión en Lima Metropolitana."
    assert [value for _, value, *_ in told(text)] == [400]


@pytest.mark.parametrize(
    ("title", "text", "values"),
    [
        ("Más de 1 900 homicidios en 2024", "En 2024 hubo 1 914 homicidios.", [1914]),
        ("Las cinco ciudades con más extorsiones en 2024", "En 2024 hubo 1 914 denuncias por extorsión.", [1914]),
        ("La Policía cuenta 71 homicidios en 2024", "El Sinadef registró 74 homicidios en 2024.", [71, 74]),
    ],
)
def test_a_title_that_rounds_what_the_text_says_is_no_claim_of_its_own(
    title: str, text: str, values: list[float]
) -> None:
    assert [value for _, value, *_ in told(text, title)] == values
