"""What a date expression is read to, and what its readers share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from models.reader.date_forms import AHEAD, LAST_WORD

Precision = Literal["day", "week", "month", "unknown"]
Kind = Literal["full", "day_month", "weekday", "number", "relative", "anchored", "span", "month", "year", "name"]


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date expression: the day meant (seen from publication), for a bare weekday or number also the coming one, and for a
    near month without a day its first.
    """

    start: int
    end: int
    day: date | None
    precision: Precision
    kind: Kind
    coming: date | None = None
    month: date | None = None


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, or none where the calendar has no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def days_before(published: date, days: int) -> date | None:
    """That many days before publication; none where the calendar ends."""
    try:
        return published - timedelta(days=days)
    except OverflowError:
        return None


def named_group(match: re.Match[str], name: str) -> str | None:
    """What the first of the groups ``name1`` … ``name5`` caught."""
    groups = match.groupdict()
    return next((groups[f"{name}{n}"] for n in range(1, 6) if groups.get(f"{name}{n}")), None)


def ahead_of(match: re.Match[str]) -> str:
    """The text right before: all that may say what a date is, and never a whole report."""
    return match.string[max(0, match.start() - AHEAD) : match.start()]


def follows_other(match: re.Match[str], leads: frozenset[str]) -> bool:
    """Whether the word right before is none of those that lead to a date."""
    word = LAST_WORD.search(ahead_of(match))
    return word is not None and word[1] not in leads
