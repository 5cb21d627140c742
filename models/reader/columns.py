"""The columns of a table: the time of each, or that it is one of changes; how far the levels of a row have gone.

A time without a year is none, whenever the text was published. Not here: rows (``tabled``), what stands over the table (``captions``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from models.reader.captions import Caption
from models.reader.data import read_data
from models.reader.date_forms import MONTHS
from models.reader.numbers import parse_number
from models.reader.period import NO_PERIOD, Period, day_of, last_day
from models.reader.periods import IN_YEAR, find_periods

YEAR = re.compile(r"(?:ano )?((?:19|20)\d\d)")
HAS_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# The months over the columns of a wide table are cut short: "Ene | Feb | Mar".
IN_FULL = {
    name: next(full for full in MONTHS if MONTHS[full] == month) for name, month in MONTHS.items() if len(name) < 5
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column under the head row; one of changes says how far the last level has gone from the one before."""

    period: Period
    is_change: bool = False
    is_percent: bool = False
    is_named: bool = True  # a change by its name, not only by a bare "%"


@cache
def _change() -> re.Pattern[str]:
    """A column of changes: "Var. %", "Variación 2024/2025", "% de variación", "%"."""
    data: dict[str, list[str]] = read_data("tables.toml")
    rest = rf"(?:[\s.,()/%-]|\b(?:{'|'.join(data['change_of'])})\b|\b\d{{2,4}}\b)*"
    return re.compile(rf"(?:%(?: de)? ?)?(?P<name>\b(?:{'|'.join(data['change'])})(?![a-z])){rest}|\(?%\)?")


def _months_of(months: Period, year: int) -> Period | None:
    """The months of a caption in the year of a column."""
    if not months.start or not months.end or months.is_year or months.start.year != months.end.year:
        return None
    is_whole = months.end == last_day(months.end.year, months.end.month)
    end = last_day(year, months.end.month) if is_whole else day_of(year, months.end.month, months.end.day)
    return Period(f"{months.written} {year}", day_of(year, months.start.month, months.start.day), end)


def same_months(caption: Caption, cells: list[str], published: date | None) -> Period:
    """The months that the years of a head row are counted over: the caption's, else those since January that the text is about."""
    if caption.period.written:
        is_year = IN_YEAR.fullmatch(caption.period.written) is not None  # the year of publication as far as it has gone
        return NO_PERIOD if is_year else caption.period
    years = {match[1] for cell in cells if (match := YEAR.fullmatch(cell))}
    told = [p for p in caption.around if p.start and p.end and p.start.month == 1 and p.start.day == 1]
    named = [p for p in told if not p.is_year and p.end != published and str(p.start)[:4] in years]
    return named[0] if len({(p.start, p.end) for p in named}) == 1 else NO_PERIOD


def column_of(cell: str, caption: Caption, months: Period, published: date | None) -> Column | None:
    """A column's time, or that it is of changes; ``None`` for any other, and where a time has no year."""
    if change := _change().fullmatch(cell):
        is_percent = "%" in cell or "porcentual" in cell
        return Column(NO_PERIOD, is_change=True, is_percent=is_percent, is_named=change["name"] is not None)
    year = YEAR.fullmatch(cell)
    if year and (of_year := _months_of(months, int(year[1]))):
        return Column(of_year)
    if "%" in cell or (not HAS_YEAR.search(cell) and (caption.year is None or re.search(r"\banos?\b", cell))):
        return None
    written = "" if HAS_YEAR.search(cell) else f" de {caption.year}"
    time = year[1] if year else IN_FULL.get(cell.rstrip("."), cell)
    named = f"en {time}{written}"
    found = find_periods(named, published)
    is_whole = len(found) == 1 and found[0][2].start and found[0][1] - found[0][0] >= len(named) - 3
    is_noted = "*" in cell and found and found[0][2].end == published  # the note says until when
    return Column(found[0][2]) if is_whole and not is_noted else None


def is_time(cell: str, published: date | None) -> bool:
    """Whether a cell is the time of a column, with its year or without."""
    if YEAR.fullmatch(cell) or cell.rstrip(".") in MONTHS:
        return True
    return any(start <= 3 and end >= len(cell) + 2 for start, end, _ in find_periods(f"en {cell}", published))


def change_of(column: Column, value: re.Match[str], levels: list[tuple[Period, float]]) -> tuple[float, str] | None:
    """How far the last level went from the one before, where the levels say the same; by its sign where there is only one."""
    number = parse_number(value["number"])
    if not number or not (value["percent"] or column.is_percent):
        return None
    signed = {"+": "rise", None: None}.get(value["sign"], "fall")
    if len(levels) == 1:
        return (number, signed) if signed and column.is_named else None
    (_, before), (_, last) = levels[-2:]
    decimals = len(re.split(r"[.,]", value["number"])[1]) if re.search(r"[.,]\d{1,2}$", value["number"]) else 0
    went = 100 * (last - before) / before
    change = "rise" if went > 0 else "fall"
    if abs(abs(went) - number) > 10.0**-decimals or (signed and signed != change):
        return None
    return number, change
