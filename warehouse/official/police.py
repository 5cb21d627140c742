"""The police's complaints (SIDPOL): the open-data CSV and the observatory's workbook.

Seen in published dictionaries and in projects that read the files, November 2025 to August 2026. One row is a place, month and
offence with its count. The workbook's sheets overlap, so departments come from one sheet and districts from another, never added.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from warehouse.official.places import Places
from warehouse.official.tally import Tally
from warehouse.official.value import MONTHS, SeriesError, Value, fold, month_of

WANTED = {"extorsion": "sidpol_extortion_complaints", "homicidio": "sidpol_homicide_complaints"}
OTHERS = ("robo", "hurto", "estafa", "otros")
OTHERS_BEGIN = "violencia contra la mujer"
COLUMNS = {
    "year": ("anio", "ano"),
    "month": ("mes",),
    "department": ("dpto hecho new", "dpto hecho"),
    "offence": ("p modalidades", "pmodalidades"),
    "count": ("cantidad", "n dist id dgc"),
    "ubigeo": ("ubigeo hecho",),
}
BY_DEPARTMENT, BY_DISTRICT = "temp4", "temp5 2"  # folded names of the workbook's sheets
FILE_MONTH = re.compile(rf"({'|'.join(MONTHS)}|septiembre)\s*(20\d\d)$")


def is_police(header: Sequence[str]) -> bool:
    """Whether a file's first line is that of the police's CSV."""
    return {"year", "month", "offence", "count"} <= set(_positions(header))


def read_csv(path: Path, places: Places, release: str | None) -> list[Value]:
    """The open-data CSV: districts, and what they add up to."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        tally = Tally()
        rows = csv.reader(file)
        for row in _rows(path, next(rows, []), rows):
            series, month, count, department, code = row
            tally.add(series, month, count, places.department(department), places.district(code) if code else None)
    return tally.values(release or _release(path), f"{path.name} (datosabiertos.gob.pe)")


def read_workbook(path: Path, places: Places, release: str | None) -> list[Value]:
    """The observatory's workbook: departments from Temp4, districts from Temp5.2 where it has that sheet."""
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        sheets = {fold(name): book[name] for name in book.sheetnames}
        if BY_DEPARTMENT not in sheets:
            raise SeriesError(f"{path.name}: the workbook has no sheet Temp4 but {', '.join(book.sheetnames)}")
        tally = Tally()
        for series, month, count, department, _ in _sheet_rows(path, sheets[BY_DEPARTMENT]):
            tally.add(series, month, count, places.department(department))
        if BY_DISTRICT in sheets:
            for series, month, count, _, code in _sheet_rows(path, sheets[BY_DISTRICT]):
                if code and (district := places.district(code)):
                    tally.add_district(series, month, count, district)
    finally:
        book.close()
    return tally.values(release or _release(path), f"{path.name} (observatorio.mininter.gob.pe)")


Counted = tuple[str, str, int, str, str]


def _sheet_rows(path: Path, sheet: Any) -> Iterator[Counted]:
    rows = (["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
    return _rows(path, next(rows, []), rows)


def _rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Counted]:
    """Series, month, count, department and code of the rows that count a wanted offence."""
    at = _positions(header)
    missing = {"year", "month", "department", "offence", "count"} - set(at)
    if missing:
        raise SeriesError(f"{path.name}: no column for {', '.join(sorted(missing))} among {', '.join(header)}")
    for number, row in enumerate(rows, start=2):
        if not any(row):
            continue
        offence = fold(row[at["offence"]])
        if offence not in WANTED:
            if offence not in OTHERS and not offence.startswith(OTHERS_BEGIN):
                raise SeriesError(f"{path.name} line {number}: unknown offence {row[at['offence']]!r}")
            continue
        try:
            month = f"{int(float(row[at['year']])):04d}-{month_of(row[at['month']]):02d}"
            count = int(float(row[at["count"]]))
        except ValueError as error:
            raise SeriesError(f"{path.name} line {number}: year and count are numbers, got {list(row)}") from error
        code = row[at["ubigeo"]] if "ubigeo" in at else ""
        yield WANTED[offence], month, count, row[at["department"]], code


def _positions(header: Sequence[str]) -> dict[str, int]:
    names = [fold(str(name)) for name in header]
    return {what: names.index(n) for what, known in COLUMNS.items() for n in known if n in names}


def _release(path: Path) -> str:
    """The release that the file's name tells: ``… a Marzo 2026.csv``, ``Base_datos_SIDPOL_Marzo2026.xlsx``."""
    found = FILE_MONTH.search(fold(path.stem))
    if found is None:
        raise SeriesError(f"{path.name}: the name tells no month of release; give it with --release 2026-03")
    return f"{found[2]}-{month_of(found[1]):02d}"
