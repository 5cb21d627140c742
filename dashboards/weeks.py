"""A week as people name it: Monday to Sunday, ``2025-W43``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from warehouse.records import LIMA

NAME = re.compile(r"(\d{4})-W(\d{2})")


class WeekError(ValueError):
    """What was given is no week of the calendar."""


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week, in Lima's days."""

    monday: date

    @classmethod
    def of(cls, day: date) -> Self:
        """The week a day lies in."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def parse(cls, name: str) -> Self:
        """The week of a name.

        Raises:
            WeekError: not of the form 2025-W43, or a week that the year does not have.
        """
        match = NAME.fullmatch(name)
        try:
            if match:
                return cls(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        except ValueError:
            pass
        raise WeekError(f"{name!r} is no week such as 2025-W43")

    def __str__(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    def plus(self, weeks: int) -> Week:
        """A later or earlier week."""
        return Week(self.monday + timedelta(weeks=weeks))

    def at(self, weekday: int, hour: int) -> datetime:
        """An hour of one of its days, in Lima."""
        return datetime.combine(self.monday + timedelta(days=weekday), time(hour), LIMA)
