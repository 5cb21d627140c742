"""Numbers, sums with their period, and names of groups."""

from __future__ import annotations

import pytest

from models.fold import fold
from models.reader.groups import find_groups
from models.reader.numbers import parse_number
from models.reader.sums import find_sums
from models.reader.text import sentences


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("30 mil", 30_000), ("1 500", 1500), ("5,000.50", 5000.5), ("2.300", 2300), ("dos mil quinientos", 2500), ("quince mil", 15_000),
        ("treinta y cinco", 35), ("ten thousand", 10_000), ("1.5 millones", 1_500_000), ("mil", 1000),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float) -> None:
    assert parse_number(text) == value


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
    ],
)
def test_sums(text: str, amount: float, currency: str, period: str) -> None:
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


def test_the_number_of_a_norm_is_no_money() -> None:
    text = "La Ley 32791 castiga a quien exige cupos. El proyecto N° 14500 y la ley Nº 32.108 también."
    assert find_sums(sentences("Extorsión", text)) == []


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "Le exigen S/. 50,000 en Sta. Anita, dijo el Cnel. PNP Ruiz. Luego huyeron."
    assert [each.raw for each in sentences("", text)] == [text.removesuffix(" Luego huyeron."), "Luego huyeron."]
