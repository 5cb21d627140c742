"""The death register (SINADEF): one row a death, of which homicides are counted by month and department; no row is kept."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from warehouse.official.places import Places
from warehouse.official.tally import Tally
from warehouse.official.value import SeriesError, Value, fold

SERIES = "sinadef_homicide_deaths"
HOMICIDE = "homicidio"
DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d")


def is_register(header: Sequence[str]) -> bool:
    """Whether a file's first line is that of the register."""
    names = [fold(n) for n in header]
    return "muerte violenta" in names and "fecha" in names


def read_register(path: Path, places: Places, release: str | None, encoding: str, delimiter: str) -> list[Value]:
    """Count the register's homicides. Its department is that of residence, as the register's columns say."""
    tally = Tally()
    with path.open(encoding=encoding, newline="") as file:
        rows = csv.reader(file, delimiter=delimiter)
        names = [fold(n) for n in next(rows)]
        violent, day = names.index("muerte violenta"), names.index("fecha")
        department = next((n for n, name in enumerate(names) if name.startswith("departamento")), None)
        for number, row in enumerate(rows, start=2):
            if len(row) > max(violent, day) and fold(row[violent]) == HOMICIDE:
                month = f"{_day(path, number, row[day]):%Y-%m}"
                place = places.department(row[department]) if department is not None else None
                tally.add(SERIES, month, 1, place)
    if tally.last_month is None:
        raise SeriesError(f"{path.name}: no row with MUERTE VIOLENTA = HOMICIDIO")
    note = f"{path.name} (MINSA open data); department of residence"
    return tally.values(release or tally.last_month, note)


def _day(path: Path, number: int, text: str) -> date:
    for form in DAY_FORMS:
        try:
            return datetime.strptime(text.strip().split(" ")[0].split("T")[0], form).date()  # noqa: DTZ007 - a day, no instant
        except ValueError:
            continue
    raise SeriesError(f"{path.name} line {number}: FECHA is a day such as 2025-03-31, got {text!r}")
