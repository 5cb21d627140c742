"""What of a table is doubtful is not read: captions of something else, shares, signs, years that nobody wrote, fractions."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader.figures import read_figures

PUBLISHED = date(2025, 9, 20)
HOMICIDES = "Homicidios por región"


def told(text: str, title: str = "") -> list[tuple[float, str | None, str, str | None]]:
    """Value, change, first day and place of each claim."""
    return [(f.value, f.change, str(f.period_start), f.place.ubigeo) for f in read_figures(text, PUBLISHED, title)]


def changes(text: str, title: str = HOMICIDES) -> list[tuple[float, str | None, str]]:
    """The changes of a table, each with its first day."""
    return [(value, change, start) for value, change, start, _ in told(text, title) if change]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Región | 2023 | 2024 | Variación\nTacna | 400 | 300 | 25,0 %", [(25, "fall", "2024-01-01")]),
        ("Región | 2023 | 2024 | Var. (%)\nTacna | 400 | 500 | 25,0", [(25, "rise", "2024-01-01")]),
        ("Región | 2024 | 2023 | Var. %\nTacna | 500 | 400 | 25 %", [(25, "rise", "2024-01-01")]),
        ("Región | 2022 | 2023 | 2024 | Var. % 2024/2023\nTacna | 90 | 400 | 500 | 25 %", [(25, "rise", "2024-01-01")]),
        ("Región | 2023 | 2024 | %\nTacna | 400 | 500 | 25 %", [(25, "rise", "2024-01-01")]),
        ("Región | 2024 | Variación\nTacna | 400 | -25,0 %", [(25, "fall", "2024-01-01")]),
        # Of another year, a share, of other words, against the levels.
        ("Región | 2023 | Var. | 2024 | Var.\nTacna | 400 | 3 % | 500 | 25 %", [(25, "rise", "2024-01-01")]),
        ("Región | 2024 | %\nTacna | 400 | 45 %", []),
        ("Región | 2023 | 2024 | % del total\nTacna | 400 | 500 | 25 %", []),
        ("Región | 2023 | 2024 | Varones | Difuntos\nTacna | 400 | 500 | 25 % | 25 %", []),
        ("Región | 2023 | 2024 | Variación\nTacna | 400 | 300 | +25,0 %", []),
        ("Región | 2023 | 2024 | Variación\nTacna | 400 | 500 | 81 %", []),
        ("Región | 2024 | Variación\nTacna | 400 | 25,0 %", []),
    ],
)  # fmt: skip
def test_a_change_is_what_the_levels_bear_out(text: str, found: list[tuple[float, str | None, str]]) -> None:
    assert changes(text) == found


@pytest.mark.parametrize(
    ("label", "place"), [("Total", "040000"), ("Perú", None), ("Nacional", None), ("Total nacional", None)]
)
def test_only_the_total_is_of_the_place_of_the_table(label: str, place: str | None) -> None:
    (*_, found) = told(f"Provincia | 2024\nCamaná | 20\n{label} | 90", "Homicidios en Arequipa")
    assert found == (90, None, "2024-01-01", place)


@pytest.mark.parametrize(
    ("above", "count"),
    [
        ("Cuadro N° 4. Número de homicidios registrados por región\nFuente: Sinadef", 1),
        ("Los homicidios, en cifras.\nCuadro 2\nHomicidios dolosos", 1),
        ("Las comisarías atendieron más homicidios.\nCámaras por región", 0),
        ("Habitantes por región, y homicidios aparte", 0),
        ("Homicidios resueltos por región", 0),
        ("Homicidios con arma de fuego por región", 0),
        ("Homicidios y robos por región", 0),
        ("Muertes en accidentes de tránsito por región", 0),
        ("Presupuesto contra los homicidios", 0),
        ("Variación de los homicidios por región", 0),
        ("Homicidios por región (en millones)", 0),
        ("Homicidios por cada 10 mil habitantes", 0),
    ],
)
def test_the_nearest_caption_says_what_is_counted(above: str, count: int) -> None:
    assert len(told(f"{above}\nRegión | 2024\nTacna | 40")) == count


def test_a_row_of_a_crime_counts_no_arrests_for_it() -> None:
    table = "Delito | 2024\nExtorsión | 70\nHomicidio culposo | 12"
    assert [value for value, *_ in told(f"Denuncias por delito\n{table}")] == [70]
    assert told(f"Detenidos por delito\n{table}") == told(f"Población penal por delito\n{table}") == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Homicidios 2024\nRegión | Enero | Feb.\nTacna | 4 | 5", ["2024-01-01", "2024-02-01"]),
        ("Homicidios por región\nRegión | Enero | Feb.\nTacna | 4 | 5", []),
        ("Homicidios 2023-2024\nRegión | Enero | Feb.\nTacna | 4 | 5", []),
        ("Homicidios por mes\nMes | 2025\nDiciembre | 40", []),
        ("Homicidios por región\nRegión | 2024 | 2024\nTacna | 4 | 5", []),
    ],
)
def test_months_have_the_year_that_is_written(text: str, days: list[str]) -> None:
    assert [start for _, _, start, _ in told(text)] == days


def test_a_table_has_the_months_and_the_place_of_its_own_caption() -> None:
    first = "Homicidios en Tacna, enero a marzo\nMes | 2024\nEnero | 4\nTotal | 9"
    text = f"{first}\n\nHomicidios de todo el año\nRegión | 2024\nTotal | 40"
    assert [
        (f.value, str(f.period_end), f.place.ubigeo) for f in read_figures(text, PUBLISHED)
    ] == [(4, "2024-01-31", "230000"), (9, "2024-03-31", "230000"), (40, "2024-12-31", None)]  # fmt: skip


def test_a_table_has_the_months_since_january_that_the_text_is_about() -> None:
    table = "Homicidios por región\nRegión | 2024 | 2025\nTacna | 40 | 50"
    since = f"Entre enero y agosto de 2025 los homicidios volvieron a crecer en muchas regiones del Perú.\n{table}"
    in_march = f"En marzo de 2025 los homicidios volvieron a crecer en muchas regiones del Perú.\n{table}"
    ends = [[str(f.period_end) for f in read_figures(text, PUBLISHED)] for text in (since, in_march)]
    assert ends == [["2024-08-31", "2025-08-31"], ["2024-12-31", "2025-09-20"]]


@pytest.mark.parametrize(
    ("title", "place"),
    [("Los homicidios crecen en el Callao", "070000"), ("Las extorsiones crecen en el Callao", None)],
)
def test_the_title_s_place_is_of_a_table_of_the_same(title: str, place: str | None) -> None:
    found = told("Homicidios por mes\nMes | 2024\nEnero | 20", title)
    assert [place for *_, place in found] == [place]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Denuncias por extorsión (en miles)\nRegión | 2024\nTacna | 1,4", [1400]),
        ("Denuncias por extorsión\nRegión | 2023 | 2024\nTacna | 2 | 3\nPuno | 1,4 | 1,6", []),
        ("Tasa de denuncias por extorsión\nRegión | 2024\nTacna | 1,4", [1.4]),
        ("Porcentaje de víctimas de extorsión\nRegión | 2024\nTacna | 14,5 %", [14.5]),
        ("Pérdidas por extorsión\nRegión | 2024\nTacna | 40", []),
    ],
)
def test_units_and_scales(text: str, values: list[float]) -> None:
    assert [value for value, *_ in told(text)] == values


def test_rows_with_ranks_rates_and_parts_of_a_place() -> None:
    ranked = "N° | Región | 2024\n1 | Tacna | 40\n2 | Prov. Const. del Callao | 30\n3 | Lima Norte | 20"
    assert [(value, place) for value, _, _, place in told(ranked, HOMICIDES)] == [(40, "230000"), (30, "070000")]
    mixed = "Indicador | 2024\nHomicidios | 40\nTasa de homicidios | 8,1\nHabitantes | 400 000"
    assert [(f.value, f.unit) for f in read_figures(mixed, PUBLISHED)] == [(40, "count"), (8.1, "rate_100k")]


def test_a_prosecution_district_is_no_district() -> None:
    table = "Distrito Fiscal | 2024\nTacna | 40"
    assert [place for *_, place in told(table, "Denuncias por extorsión")] == ["230000"]
    assert [place for *_, place in told(table.replace(" Fiscal", ""), "Denuncias por extorsión")] == ["230101"]


@pytest.mark.parametrize(
    ("note", "count"),
    [
        ("Fuente: Sinadef, cifras al 31 de agosto de 2025.", 0),
        ("(*) Información de enero a julio.", 0),
        ("Fuente: Sinadef.", 2),
        ("En agosto hubo más marchas en Tacna.", 2),
    ],
)
def test_a_note_says_until_when_the_running_year_is_counted(note: str, count: int) -> None:
    assert len(told(f"Región | 2024 | 2025\nTacna | 40 | 50\n{note}", HOMICIDES)) == count


def test_a_missing_level_bears_out_no_change() -> None:
    assert changes("Región | 2023 | 2024 | Var. %\nTacna | 400 | 0 | -100 %\nPuno | 40 | - | -25 %") == []


@pytest.mark.parametrize("above", ["Regiones más afectadas", "Las regiones más golpeadas por la violencia"])
def test_those_most_afflicted_are_not_counted(above: str) -> None:
    table = "Región | 2024\nTacna | 40"
    assert told(f"{above}\n{table}") == []
    assert [value for value, *_ in told(f"{above}\n{table}", HOMICIDES)] == [40]


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_the_rows_of_a_table_without_times_are_no_text(mark: str) -> None:
    rows = "\n".join(mark.join(row) for row in (("Distrito", "Cámaras", "Serenos"), ("Ite", "604", "300")))
    assert [value for value, *_ in told(f"En 2024 hubo 90 homicidios en Tacna.\n\n{rows}")] == [90]
    assert [value for value, *_ in told("En 2024 hubo 90 homicidios en Tacna.\n\nIte: 30")] == [90, 30]
