"""A stretch of time as a text writes it, with its first and last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# Months of the parts of a year that are counted: "el segundo cuatrimestre".
PART_MONTHS = {"bimestre": 2, "trimestre": 3, "quarter": 3, "cuatrimestre": 4, "semestre": 6, "half": 6}
PART_OF_YEAR = "|".join(PART_MONTHS)  # a pattern


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time as written, with its first and last day as far as the text fixes them."""

    written: str | None = None
    start: date | None = None
    end: date | None = None

    @property
    def is_year(self) -> bool:
        """Whether it is a calendar year."""
        ends = self.start and self.end and (self.start.month, self.start.day, self.end.month, self.end.day)
        return bool(ends == (1, 1, 12, 31) and self.start and self.end and self.start.year == self.end.year)

    @property
    def is_years(self) -> bool:
        """Whether it runs over whole years, more than one."""
        if not self.start or not self.end or self.start.year == self.end.year:
            return False
        return (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)


NO_PERIOD = Period()


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, where there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return next(day for day in (day_of(year, month, last) for last in (31, 30, 29, 28)) if day)
