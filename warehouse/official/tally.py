"""Counting an office's rows into months, years and places."""

from __future__ import annotations

from collections import Counter

from warehouse.official.places import COUNTRY
from warehouse.official.value import Value

MONTHS_OF_A_YEAR = 12


class Tally:
    """Counts by series, month and place. The file's last month is incomplete; a year is given when all its months are whole."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str, str]] = Counter()  # series, month, level, code

    def add(self, series: str, month: str, count: int, department: str | None, district: str | None = None) -> None:
        """Count at every level that is known."""
        self._counts[series, month, "country", COUNTRY] += count
        if department is not None:
            self._counts[series, month, "department", department] += count
        if district is not None:
            self._counts[series, month, "district", district] += count

    def add_district(self, series: str, month: str, count: int, district: str) -> None:
        """Count a district whose department and country are counted from another sheet."""
        self._counts[series, month, "district", district] += count

    @property
    def last_month(self) -> str | None:
        """The last month counted."""
        return max((month for _, month, _, _ in self._counts), default=None)

    def values(self, release: str, note: str) -> list[Value]:
        """Months, and the years whose every month is counted and closed."""
        last = self.last_month
        months = {month for _, month, _, _ in self._counts}
        whole = {
            year
            for year in {m[:4] for m in months}
            if sum(m[:4] == year and m != last for m in months) == MONTHS_OF_A_YEAR
        }
        years: Counter[tuple[str, str, str, str]] = Counter()
        for (series, month, level, code), count in self._counts.items():
            if month[:4] in whole:
                years[series, month[:4], level, code] += count
        return [
            Value(series, period, level, code, count, release, period == last, note)
            for (series, period, level, code), count in sorted((self._counts + years).items())
        ]
