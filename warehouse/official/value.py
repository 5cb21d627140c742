"""One published value, and the errors of files that hold them."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

PERIOD = re.compile(r"^(\d{4})(?:-(\d{2}))?$")
MONTHS = ("enero febrero marzo abril mayo junio julio agosto setiembre octubre noviembre diciembre").split()


class SeriesError(Exception):
    """A file that is not what it should be; the message names the file, the value met and the value expected."""


@dataclass(frozen=True, slots=True)
class Value:
    """A count or rate of a series for a period (``2025`` or ``2025-03``) and place, as one release has it."""

    series: str
    period: str
    level: str  # country | department | district
    ubigeo: str
    value: float
    release: str
    is_partial: bool
    source_note: str

    @property
    def grain(self) -> str:
        """Year or month."""
        return "month" if "-" in self.period else "year"

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of the period."""
        found = PERIOD.match(self.period)
        if found is None:
            raise SeriesError(f"{self.series}: a period is 2025 or 2025-03, got {self.period!r}")
        year, month = int(found[1]), int(found[2] or 0)
        if not month:
            return date(year, 1, 1), date(year, 12, 31)
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def fold(text: str) -> str:
    """Lower case without accents, points and doubled blanks: offices write one name in many ways."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.lower().replace(".", " ").replace("_", " ").split())


def month_of(text: str) -> int:
    """Number of a month written as number or name."""
    word = fold(text).replace("septiembre", "setiembre")
    number = int(float(word)) if word.replace(".", "", 1).isdigit() else MONTHS.index(word) + 1 if word in MONTHS else 0
    if not 1 <= number <= 12:
        raise SeriesError(f"a month is 1 to 12 or its Spanish name, got {text!r}")
    return number
