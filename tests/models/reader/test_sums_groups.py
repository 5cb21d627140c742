"""Numbers, sums with their period, and names of groups."""

from __future__ import annotations

import re
from datetime import date

import pytest

from models.fold import fold
from models.reader.demands import is_open
from models.reader.groups import find_groups
from models.reader.mentions import read_mentions
from models.reader.numbers import number_pattern, parse_number
from models.reader.sums import find_sums
from models.reader.text import sentences


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("30 mil", 30_000), ("1 500", 1500), ("5,000.50", 5000.5), ("2.300", 2300), ("dos mil quinientos", 2500), ("quince mil", 15_000),
        ("treinta y cinco", 35), ("ten thousand", 10_000), ("1.5 millones", 1_500_000), ("mil", 1000),
        ("3 mil 500", 3500), ("mil 500", 1500), ("dos mil 500", 2500), ("3 mil quinientos", 3500), ("6 mil millones", 6_000_000_000),
        ("dos mil millones", 2_000_000_000), ("un millon y medio", 1_500_000), ("medio millon", 500_000), ("half a million", 500_000),
        ("2 millones 500 mil", 2_500_000), ("dos millones quinientos mil", 2_500_000), ("millones", None), ("millon " * 99, None),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float | None) -> None:
    assert parse_number(text) == value
    if value is not None:
        found = re.match(number_pattern(), text)
        assert found is not None
        assert found[0] == text


@pytest.mark.parametrize(
    ("text", "amount", "currency", "period"),
    [
        ("piden S/ 5,000 semanales", 5000, "PEN", "week"),
        ("doce soles por carro y por día", 12, "PEN", "day"),
        ("exigían US$ 2,000", 2000, "USD", "once"),
        ("30 mil soles de entrada", 30_000, "PEN", "once"),
        ("una cuota mensual de 300 soles", 300, "PEN", "month"),
        ("le pedían cinco mil mensuales", 5000, "PEN", "month"),
        ("asked for 500 soles a week", 500, "PEN", "week"),
        ("exigen 3 mil 500 soles", 3500, "PEN", "once"),
        ("mil 200 soles mensuales", 1200, "PEN", "month"),
        ("un millón y medio de soles", 1_500_000, "PEN", "once"),
        ("15 lucas por toldo a la semana", 15, "PEN", "week"),
        ("una luca diaria", 1, "PEN", "day"),
        ("seis lucas por cabeza cada mes", 6000, "PEN", "month"),
        ("20 luquitas", 20_000, "PEN", "once"),
        ("200 lucas", 200, "PEN", "once"),
        ("3,000 USD", 3000, "USD", "once"),
        ("desde 2024 US$ 3,000", 3000, "USD", "once"),
        ("200 soles quincenales", 200, "PEN", None),
        ("S/ 500 cada dos semanas", 500, "PEN", None),
        ("cinco mil de entrada y mil cada mes", 5000, "PEN", "once"),
        ("en la avenida Grau exigen 5000", 5000, "PEN", "once"),
    ],
)
def test_sums(text: str, amount: float, currency: str, period: str | None) -> None:
    found = find_sums(sentences("", text))[0]
    assert (found.amount, found.currency, found.period) == (amount, currency, period)


def test_groups_listed_and_as_written() -> None:
    text = 'la banda "Los Malditos del Sur" y Los Pulpos, ligados al Tren de Aragua'
    assert [hit.name for hit in find_groups(text, fold(text))] == [
        "Los Malditos del Sur",
        "Los Pulpos",
        "Tren de Aragua",
    ]


def test_group_said_not_to_be_involved() -> None:
    text = "El detenido no pertenece a Los Pulpos"
    assert find_groups(text, fold(text)) == []


def test_heads_are_no_money() -> None:
    text = "Unos 3000 comerciantes del mercado son extorsionados y mil odontólogos piden garantías. Les exigen mil mensuales."
    assert [each.stated for each in find_sums(sentences("Extorsión", text))] == ["mil"]


@pytest.mark.parametrize(
    "text",
    [
        "la bodega de la avenida Túpac Amaru 1500 fue atacada", "el local del Jr. Los Héroes de la Breña 450", "a las 8 p.m. de cada semana",
        "un 20 % mensual", "el veinte por ciento mensual", "cientos de millones de soles", "one and a half million soles", "la botica San Lucas",
    ],
)  # fmt: skip
def test_no_sum(text: str) -> None:
    assert find_sums(sentences("", text)) == []


def test_the_number_of_a_norm_is_no_money() -> None:
    text = "La Ley 32791 castiga a quien exige cupos. El proyecto N° 14500 y la ley Nº 32.108 también."
    assert find_sums(sentences("Extorsión", text)) == []


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "Le exigen S/. 50,000 en Sta. Anita, dijo el Cnel. PNP Ruiz. Luego huyeron."
    assert [each.raw for each in sentences("", text)] == [text.removesuffix(" Luego huyeron."), "Luego huyeron."]


@pytest.mark.parametrize(
    ("text", "amount", "period"),
    [
        ("S/10 mil y S/500 semanales", 10_000, "once"),
        ("50 céntimos por pasajero", 0.5, "once"),
        ("2 soles con 50 céntimos", 2.5, "once"),
    ],
)
def test_sums_beside_sums(text: str, amount: float, period: str) -> None:
    found = find_sums(sentences("", text))[0]
    assert (found.amount, found.period) == (amount, period)


def _asked(text: str) -> list[tuple[float | None, str | None]]:
    """The sums and periods of the extortion that a report tells."""
    found = read_mentions("Extorsión en Comas", text, date(2026, 3, 12), [], ["extortion"])
    return [(each.amount_pen, each.period) for each in found if each.amount_pen]


@pytest.mark.parametrize(
    "text",
    [
        "Extorsionadores exigen entre 5 mil y 10 mil soles a comerciantes de Comas.", "Extorsionadores exigen hasta 50 mil soles a comerciantes de Comas.",
        "Extorsionadores cobran de 5 a 10 soles diarios a mototaxistas de Comas.",
        "Extorsionadores amenazan al dueño de una bodega en Comas. La Policía ofrece una recompensa de S/ 20 mil por los autores.",
        "Extorsionadores amenazan al dueño de una bodega en Comas. Los delincuentes se llevaron 5 mil soles de la caja.",
        "Extorsionadores balearon un bus valorizado en S/ 300 mil en Comas tras amenazar a la empresa.",
        "Extorsionadores amenazan a comerciantes de Comas. La ley prevé una multa de S/ 5 mil.",
        "Según la fiscalía, la extorsión mueve S/ 6 mil millones al año en Lima. Amenazaron a un chofer en Comas.",
        "El pasaje cuesta 2 soles en la línea extorsionada de Comas.",
    ],
)  # fmt: skip
def test_ranges_and_other_sums_are_no_demand(text: str) -> None:
    assert _asked(text) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Subieron el cupo de 7 a 15 soles diarios a los buses de Comas, denunció la empresa extorsionada.", [(15, "day")]),
        ("Extorsionadores exigen una cuota inicial de S/10 mil y S/500 semanales a una bodega de Comas.", [(10_000, "once"), (500, "week")]),
        ("Extorsionadores exigieron S/ 20 mil al dueño de una bodega en Comas para no atentar contra su vida.", [(20_000, "once")]),
    ],
)  # fmt: skip
def test_demands(text: str, asked: list[tuple[float, str]]) -> None:
    assert _asked(text) == asked


def test_a_sum_beside_a_number_of_payers_is_no_range() -> None:
    assert not is_open(find_sums(sentences("", "un cupo de S/ 500 a 20 comerciantes"))[0])


@pytest.mark.parametrize(
    "text",
    [
        "La empresa de transportes 'Los Chinos' fue atacada.", "Los buses de 'Los Loritos' fueron atacados.", "El club 'Los Caimanes' de Puerto Etén.",
        "El club Los Lobos FC perdió.", "La sociedad peruana está harta.", "La Sociedad Nacional de Industrias rechazó la ley.",
        "El escuadrón 'Los Halcones' de la PNP.", "En el sector denominado Los Laureles hallaron un cuerpo.", "La película 'Los Sicarios'.",
        "Miembros de Las Malvinas protestaron.", "El líder de La Libertad fue citado.", "En el asentamiento humano 'Los Pinos' mataron a dos.",
    ],
)  # fmt: skip
def test_names_that_are_no_bands(text: str) -> None:
    assert find_groups(text, fold(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Buses de la empresa fueron baleados por 'Los Injertos'.", "Los Injertos"),
        ("En la zona donde Los Pulpos cobran cupos.", "Los Pulpos"),
        ("Operativo contra Los Compadres.", "Los Compadres"),
        ("Integrantes de la banda 'Los Malditos de Zarumilla' cayeron.", "Los Malditos de Zarumilla"),
    ],
)
def test_bands_beside_such_names(text: str, name: str) -> None:
    assert [hit.name for hit in find_groups(text, fold(text))] == [name]
