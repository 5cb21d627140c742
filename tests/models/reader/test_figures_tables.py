"""The claims of tables in a text."""

from __future__ import annotations

import time
from datetime import date

import pytest

from models.reader.figures import read_figures

PUBLISHED = date(2025, 9, 20)
YEARS = ("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-12-31")
MONTHS = ("2024-01-01", "2024-08-31"), ("2025-01-01", "2025-08-31")


def told(text: str, title: str = "") -> list[tuple[str, float, str, str | None, tuple[str, str], str | None]]:
    """Metric, value, unit, change, days and place of each claim."""
    return [
        (f.metric, f.value, f.unit, f.change, (str(f.period_start), str(f.period_end)), f.place.ubigeo)
        for f in read_figures(text, PUBLISHED, title)
    ]


@pytest.mark.parametrize(
    ("title", "text", "claims"),
    [
        (
            "",
            "Cuadro 1. Denuncias por extorsión\n\nDistrito\t2023\t2024\nLince\t40\t61\nTrujillo\t377\t-",
            [
                ("complaints_extortion", 40, "count", None, YEARS[0], "150116"),
                ("complaints_extortion", 61, "count", None, YEARS[1], "150116"),
                ("complaints_extortion", 377, "count", None, YEARS[0], "130101"),
            ],
        ),
        (
            "Homicidios por región, enero a agosto",
            "| Región | 2024 | 2025 | Var. % |\n|---|---|---|---|\n| Ica | 40 | 50 | 25,0 % |\n| Total | 900 | 810 | -10,0 % |",
            [
                ("homicides", 40, "count", None, MONTHS[0], "110000"),
                ("homicides", 50, "count", None, MONTHS[1], "110000"),
                ("homicides", 25, "percent", "rise", MONTHS[1], "110000"),
                ("homicides", 900, "count", None, MONTHS[0], None),
                ("homicides", 810, "count", None, MONTHS[1], None),
                ("homicides", 10, "percent", "fall", MONTHS[1], None),
            ],
        ),
        (
            "Distrito Fiscal de Ica: casos ingresados",
            "Delito; 2023; 2024\nExtorsión; 120; 180\nSicariato; 3; 4\nPoblación; 900 000; 910 000",
            [
                ("complaints_extortion", 120, "count", None, YEARS[0], "110000"),
                ("complaints_extortion", 180, "count", None, YEARS[1], "110000"),
                ("contract_killings", 3, "count", None, YEARS[0], "110000"),
                ("contract_killings", 4, "count", None, YEARS[1], "110000"),
            ],
        ),
        (
            "Tasa de homicidios",
            "Mes | 2023 | 2024\nEnero | 10,5 | 20",
            [
                ("homicides", 10.5, "rate_100k", None, ("2023-01-01", "2023-01-31"), None),
                ("homicides", 20, "rate_100k", None, ("2024-01-01", "2024-01-31"), None),
            ],
        ),
    ],
)
def test_rows_and_columns(
    title: str, text: str, claims: list[tuple[str, float, str, str | None, tuple[str, str], str | None]]
) -> None:
    assert told(text, title) == claims


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Precio del pollo", "Ciudad\t2023\t2024\nTumbes\t900\t910"),
        ("Denuncias por extorsión", "Sede\t2023\t2024\nComisaría de Lince\t900\t910"),
        ("Denuncias por extorsión en Ica", "Oficina | Teléfono | Anexo\nNasca | 900 100 | 12"),
    ],
)
def test_tables_of_other_things(title: str, text: str) -> None:
    assert told(text, title) == []


def test_a_table_ends_where_its_rows_end() -> None:
    found = told("Región | 2023 | 2024\nIca | 40 | 50\nEn 2024 hubo 900 homicidios en el Perú.", "Homicidios")
    assert [value for _, value, *_ in found] == [40, 50, 900]


def test_rows_without_end_are_read_in_time() -> None:
    began = time.process_time()
    read_figures("Distrito | 2023 | 2024\n" + "Lince | 40 | 50\n" * 10_000, PUBLISHED, "Homicidios")
    read_figures("a | " * 10_000, PUBLISHED, "Homicidios")
    assert time.process_time() - began < 20


def test_a_list_with_dashes_has_its_first_place() -> None:
    text = "Denuncias por extorsión en 2024:\nLima Metropolitana – 8 120\nPiura – 1 977"
    assert [(value, place) for _, value, *_, place in told(text)] == [(8120, "150100"), (1977, "200000")]
