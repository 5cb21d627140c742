"""Claims beside accidents and rain, parts of the whole, verbs that several share, fractions."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader.figures import read_figures

PUBLISHED = date(2025, 5, 20)


def told(text: str) -> list[tuple[str, float, str | None]]:
    """Metric, value and change of each claim."""
    return [(f.metric, f.value, f.change) for f in read_figures(text, PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("En 2024 los asesinatos sumaron 1 900, el doble que los muertos por siniestros viales.", [1900]),
        ("En 2024 hubo 1 900 asesinatos y 640 muertos en accidentes de tránsito, según el Sinadef.", [1900]),
        ("En 2024 hubo 80 asesinatos en Tumbes, pese a los deslizamientos que aislaron la región.", [80]),
        ("En 2023 hubo 70 asesinatos en Tumbes. En 2024 fueron 80, a pesar de las lluvias.", [70, 80]),
        ("En 2024, 80 víctimas de extorsión fueron atendidas en Tumbes, pese a las lluvias.", [80]),
        # The harm of the accident itself, whatever it is called.
        ("En 2024 hubo 80 homicidios por accidentes de tránsito en Tumbes, según la Policía.", []),
        ("El terremoto dejó 80 muertos, 300 heridos y 4 000 afectados en 2024, según el Indeci.", []),
        ("En 2024 hubo 80 asesinatos en Tumbes. Las lluvias causaron 45 muertes en 2025.", [80]),
        ("Hubo 900 denuncias por extorsión en 2024, mientras los accidentes de tránsito sumaron 700 casos.", [900]),
    ],
)
def test_an_accident_takes_away_only_its_own_harm(text: str, values: list[float]) -> None:
    assert [value for _, value, _ in told(text)] == values


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "En 2024 fueron detenidas 800 personas por secuestro. De ellas, 120 tienen condena y 30 son menores.",
            ["arrests", "arrests_part", "arrests_part"],
        ),
        (
            "En 2024 hubo 800 denuncias por extorsión; de ellas, 120 tienen sentencia y 500 fueron archivadas.",
            ["complaints_extortion", "complaints_extortion_part", "complaints_extortion_part"],
        ),
        ("En 2024 se dictaron 800 condenas por extorsión. De ellas, 120 son efectivas.", ["convictions", "convictions_part"]),
        # Not named again: counts of their own.
        ("En 2024 hubo 800 detenidos por secuestro y 120 sentencias, según el Poder Judicial.", ["arrests", "convictions"]),
    ],
)  # fmt: skip
def test_a_part_is_one_of_the_whole(text: str, claims: list[str]) -> None:
    assert [metric for metric, *_ in told(text)] == claims


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("En 2024 los robos bajaron 21 % y los homicidios, 12 %, según la Policía.", "fall"),
        ("En 2024 los robos subieron 21 %; los homicidios, 12 %, según la Policía.", "rise"),
        ("En 2024 los robos bajaron 21 % y los homicidios subieron 12 %, según la Policía.", "rise"),
        ("En 2024 los robos bajaron 21 % y los homicidios representan 12 % del total.", None),
    ],
)
def test_a_verb_is_shared_where_there_is_no_other(text: str, change: str | None) -> None:
    assert told(text)[-1] == ("homicides", 12, change)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("En 2024 hubo 14,5 homicidios en Tumbes, según la Policía.", []),
        ("En 2024 hubo 14,5 homicidios por cada 100 mil habitantes en Tumbes.", [14.5]),
        ("En 2024 hubo 2,5 homicidios cada día, según la Policía.", [2.5]),
        ("En 2024 hubo 14,5 mil denuncias por extorsión, según la Policía.", [14500]),
    ],
)
def test_no_count_is_a_fraction_but_so_many_a_day(text: str, values: list[float]) -> None:
    assert [value for _, value, _ in told(text)] == values
