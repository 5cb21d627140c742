"""Official series: the layouts are read strictly, releases replace themselves, makers stay apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook

from flows.steps.keeping import district_rows
from warehouse.load import replace_districts
from warehouse.official import SeriesError, import_file, keep, seed
from warehouse.publish import publish
from warehouse.store import open_warehouse

HEAD = "ANIO,MES,DPTO_HECHO_NEW,PROV_HECHO,DIST_HECHO,UBIGEO_HECHO,P_MODALIDADES,cantidad"


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(tmp_path / "w.duckdb") as connection:
        replace_districts(connection, district_rows())
        yield connection


def police_csv(folder: Path, *rows: str, month: str = "Marzo 2026") -> Path:
    path = folder / f"DATASET_Denuncias_Policiales_Enero 2018 a {month}.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return path


def values(con: duckdb.DuckDBPyConnection, level: str, grain: str = "month") -> list[tuple[object, ...]]:
    return con.execute(
        "SELECT strftime(period_from, '%Y-%m'), ubigeo, value, is_partial FROM official_series"
        " WHERE series = 'sidpol_extortion_complaints' AND level = ? AND grain = ? ORDER BY ALL",
        [level, grain],
    ).fetchall()


def test_police_csv_adds_up_districts_and_puts_the_lost_zero_back(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = police_csv(
        tmp_path,
        "2026,2,AMAZONAS,BAGUA,ARAMANGO,10202,Extorsión,3",
        "2026,2,LIMA METROPOLITANA,LIMA,COMAS,150110,Extorsión,40",
        "2026,2,REGION LIMA,HUAURA,HUACHO,150801,Extorsión,5",
        "2026,2,LIMA METROPOLITANA,LIMA,COMAS,150110,Hurto,999",
        "2026,3,PROV. CONST. DEL CALLAO,CALLAO,CALLAO,70101,Extorsión,7",
        "2026,3,LIMA METROPOLITANA,LIMA,NINGUNO,159999,Extorsión,1",
    )
    done = import_file(con, path)
    assert (done.releases, done.last_period, done.refused) == (("2026-03",), "2026-03", {"159999": 1})
    assert values(con, "country") == [("2026-02", "000000", 48.0, False), ("2026-03", "000000", 8.0, True)]
    assert values(con, "department") == [
        ("2026-02", "010000", 3.0, False),
        ("2026-02", "150000", 45.0, False),
        ("2026-03", "070000", 7.0, True),
        ("2026-03", "150000", 1.0, True),
    ]
    assert ("2026-02", "010202", 3.0, False) in values(con, "district")
    assert values(con, "country", "year") == []


def test_a_year_is_given_when_all_its_months_are_closed(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = [f"2025,{m},CUSCO,CUSCO,CUSCO,80101,Homicidio,2" for m in range(1, 13)]
    import_file(con, police_csv(tmp_path, *rows, "2026,1,CUSCO,CUSCO,CUSCO,80101,Homicidio,1"))
    years = con.execute(
        "SELECT ubigeo, value FROM official_series WHERE grain = 'year' AND series = 'sidpol_homicide_complaints' AND level = 'department'"
    ).fetchall()
    assert years == [("080000", 24.0)]


def test_a_new_release_replaces_itself_and_revises_the_past(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    row = "2026,1,CUSCO,CUSCO,CUSCO,80101,Extorsión,{}"
    for count, month in ((5, "Febrero 2026"), (6, "Marzo 2026"), (7, "Marzo 2026")):
        import_file(con, police_csv(tmp_path, row.format(count), month=month))
    assert [v[2] for v in values(con, "country")] == [5.0, 7.0]
    publish(con, tmp_path / "p.duckdb")
    with duckdb.connect(str(tmp_path / "p.duckdb"), read_only=True) as reader:
        sql = "SELECT official_value, release, our_value FROM against_official WHERE level = 'country' AND grain = 'month'"
        assert reader.execute(sql).fetchall() == [(7.0, "2026-03", None)]


def own_csv(folder: Path, *rows: str) -> Path:
    path = folder / "own.csv"
    head = "series,period,level,ubigeo,value,release,is_partial,source_note"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def latest(con: duckdb.DuckDBPyConnection, folder: Path) -> list[tuple[object, ...]]:
    """Departments of January 2026, as they stand."""
    publish(con, folder / "p.duckdb")
    with duckdb.connect(str(folder / "p.duckdb"), read_only=True) as reader:
        return reader.execute(
            "SELECT ubigeo, value, release FROM official_latest WHERE level = 'department' AND period_from = '2026-01-01' ORDER BY 1"
        ).fetchall()


def test_one_value_that_is_revised_by_itself_leaves_the_others_and_a_whole_file_none(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    cusco, puno = "2026,1,CUSCO,CUSCO,CUSCO,80101,Extorsión,{}", "2026,1,PUNO,PUNO,PUNO,210101,Extorsión,3"
    import_file(con, police_csv(tmp_path, cusco.format(5), puno, month="Marzo 2026"))
    import_file(con, own_csv(tmp_path, "sidpol_extortion_complaints,2026-01,department,080000,9,2026-06,no,a reply"))
    assert latest(con, tmp_path) == [("080000", 9.0, "2026-06"), ("210000", 3.0, "2026-03")]
    import_file(con, police_csv(tmp_path, cusco.format(8), month="Julio 2026"))
    assert latest(con, tmp_path) == [("080000", 8.0, "2026-07")], "a place that the maker's file has not has none"


def test_shipped_values_that_come_late_or_are_corrected_are_taken(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = "mp_extortion_complaints,{},country,000000,{},2025-08,no,a table"

    def ship(*values: tuple[str, int]) -> list[tuple[object, ...]]:
        monkeypatch.setattr(keep, "SHIPPED", own_csv(tmp_path, *(row.format(*v) for v in values)))
        seed(con)
        return con.execute("SELECT year(period_from), value FROM official_series ORDER BY 1").fetchall()

    assert ship(("2023", 5), ("2024", 6)) == [(2023, 5), (2024, 6)]
    assert ship(("2022", 4), ("2024", 7)) == [(2022, 4), (2024, 7)]
    import_file(con, own_csv(tmp_path, row.format("2024", 8)))
    assert ship(("2022", 4), ("2024", 7)) == [(2024, 8)]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2026,1,CUSCO,CUSCO,CUSCO,80101,Chantaje,5", "unknown offence 'Chantaje'"),
        ("2026,13,CUSCO,CUSCO,CUSCO,80101,Extorsión,5", "a month is 1 to 12"),
        ("2026,1,CUSCO,CUSCO,CUSCO,80101,Extorsión,many", "line 2: year and count are numbers"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused_whole(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, row: str, why: str
) -> None:
    with pytest.raises(SeriesError, match=why):
        import_file(con, police_csv(tmp_path, row))
    assert con.execute("SELECT count(*) FROM official_series").fetchone() == (0,)


def test_workbook_takes_departments_and_districts_from_their_own_sheets(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    rows: dict[str, list[list[object]]] = {
        "Temp2": [["ANIO", "MES", "TIPO"], [2025, 12, "x"]],
        "Temp4": [["ANIO", "MES", "DPTO_HECHO_NEW", "PMODALIDADES", "n_dist_ID_DGC"], ["2025", "12", "PIURA", "Extorsión", "31"]],
        "Temp5.2": [
            ["ANIO", "MES", "DPTO_HECHO_NEW", "PROV_HECHO", "DIST_HECHO", "UBIGEO_HECHO", "PMODALIDADES", "n_dist_ID_DGC"],
            [2025, 12, "PIURA", "SULLANA", "SULLANA", 200601, "Extorsión", 30],
        ],
    }  # fmt: skip
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    path = tmp_path / "Base_datos_SIDPOL_diciembre_2025.xlsx"
    book.save(path)
    assert import_file(con, path).releases == ("2025-12",)
    assert values(con, "department") == [("2025-12", "200000", 31.0, True)]
    assert values(con, "district") == [("2025-12", "200601", 30.0, True)]


def test_death_register_counts_homicides_alone(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "SINADEF_DATOS_ABIERTOS.csv"
    head = "Nº;DEPARTAMENTO DOMICILIO;FECHA;MUERTE VIOLENTA"
    lines = ["1;ÁNCASH;2026-01-05;HOMICIDIO", "2;ÁNCASH;2026-01-06;SUICIDIO", "3;EXTRANJERO;2026-02-01;HOMICIDIO"]
    path.write_text("\n".join([head, *lines]) + "\n", encoding="latin-1")
    done = import_file(con, path)
    assert (done.releases, done.refused) == (("2026-02",), {"EXTRANJERO": 1})
    rows = con.execute(
        "SELECT level, ubigeo, value, is_partial FROM official_series ORDER BY period_from, level"
    ).fetchall()
    assert rows == [
        ("country", "000000", 1.0, False),
        ("department", "020000", 1.0, False),
        ("country", "000000", 1.0, True),
    ]


def test_the_shipped_values_keep_makers_apart_and_give_way_to_imports(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    seed(con)
    seed(con)
    assert con.execute("SELECT count(*) FROM official_series").fetchone() == (147,)
    makers = con.execute(
        "SELECT counted_by, value FROM official_series WHERE metric = 'extortion_complaints' AND level = 'country' AND period_from = '2024-01-01' ORDER BY 1"
    ).fetchall()
    assert makers == [("Ministerio Público", 21746.0), ("PNP / MININTER (SIDPOL)", 22361.0)]
    assert con.execute(
        "SELECT series FROM official_series GROUP BY series HAVING count(DISTINCT counted_by) > 1"
    ).fetchall() == []  # fmt: skip
    row = "2025,12,CUSCO,CUSCO,CUSCO,80101,Extorsión,5"
    import_file(con, police_csv(tmp_path, row, month="Diciembre 2025"))
    seed(con)
    assert [v[2] for v in values(con, "country", "year")] == [], "the imported release stands alone"
