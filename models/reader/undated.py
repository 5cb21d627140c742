"""Days that the words of a text fix where nobody says when it was published: "el miércoles 28 de enero" fits few years.

Belongs here: the year of a day and month, from its weekday and from the year the text says is its own; of the others, the nearest to one so
fixed. Not here: what counts from publication ("ayer", "el martes"), which stays unknown, and how dates are written (``date_forms``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.reader.date_forms import MONTH_YEAR, MONTHS, WEEKDAYS
from models.reader.day_hits import DateHit, calendar_day, days_before
from models.reader.text import Sentence
from models.reader.written_days import near_weekday, nearest

SINCE = 2016  # no page of the archives that are read is older
AHEAD_DAYS = 60  # how far ahead the press announces: such a day may be this year's still

_WEEKDAY = "|".join(WEEKDAYS)
_MONTH = "|".join(sorted((month for month in MONTHS if len(month) > 3 or month == "may"), key=len, reverse=True))
WEEKDAY = re.compile(rf"\b(?P<weekday>{_WEEKDAY})\b")
WEEKDAY_BEFORE = re.compile(rf"\b(?P<weekday>{_WEEKDAY}),? (?:el |dia )?$")
MONTH = re.compile(rf"\b(?P<month>{_MONTH})\b")
DAY = re.compile(r"\b(?P<day>\d{1,2})(?!\d)")
FIRST = re.compile(r"\b(?:primero|uno)\b")
# "En lo que va del 2025", "este año 2026": the year the text was written in.
OWN_YEAR = re.compile(
    r"\b(?:en lo que va (?:de(?:l| este| la)? )?(?:ano )?|(?:en|durante) (?:este|el presente) (?:ano )?|del presente ano )(?P<spanish>20\d\d)\b"
    r"|\b(?:so far (?:in|this year,) |this year, |in (?=20\d\d so far\b))(?P<english>20\d\d)\b|\bnota de prensa n ?\.?°\.? ?\d{1,4}-(?P<numbered>20\d\d)\b"
)
WORD_BEFORE = 16  # characters


@dataclass(frozen=True, slots=True)
class Written:
    """What of a day is written."""

    day: int
    month: int | None
    weekday: int | None


def fix_days(
    parts: Sequence[Sentence], dates: Sequence[Sequence[DateHit]], read_on: date | None
) -> list[list[DateHit]]:
    """The dates of a text without a publication date, with the days that its own words fix.

    Args:
        parts: The sentences.
        dates: Their date expressions, as they are read without a publication date.
        read_on: A day on which the text was there already, which rules out the years to come; without it no weekday fixes a year.
    """
    written = [[_written(part.folded, hit) for hit in hits] for part, hits in zip(parts, dates, strict=True)]
    own = _own_year(parts)
    latest = (days_before(read_on, -AHEAD_DAYS) if read_on else None) or date.max
    years = [own] if own else range(SINCE, latest.year + 1) if read_on else []
    fixed = (_by_weekday(each, years, latest) for some in written for each in some if each)
    anchor = next((day for day in fixed if day), None)
    told = {(int(m["year"]), MONTHS[m["month"]]) for part in parts for m in MONTH_YEAR.finditer(part.folded)}
    months = {int(MONTHS[m["month"]]) for part in parts for m in MONTH.finditer(part.folded)}

    def day_of(each: Written) -> date | None:
        if day := _by_weekday(each, years, latest):
            return day
        if anchor:
            day = nearest(each.month, each.day, anchor) if each.month else near_weekday(each.weekday, each.day, anchor)
            return day if day and each.weekday in {None, day.weekday()} else None
        if each.weekday is not None and not each.month and not own:  # "marzo de 2024 fue […] el viernes 22"
            days = [d for year, month in told if (d := calendar_day(year, month, each.day))]
            fitting = [d for d in days if d <= latest and d.weekday() == each.weekday]
            return fitting[0] if len(fitting) == 1 else None
        found = [d for m in ([each.month] if each.month else months) if own and (d := calendar_day(own, m, each.day))]
        fitting = [d for d in found if d <= latest and each.weekday in {None, d.weekday()}]
        return fitting[0] if len(fitting) == 1 else None

    return [
        [replace(hit, day=day_of(each)) if each else hit for hit, each in zip(hits, some, strict=True)]
        for hits, some in zip(dates, written, strict=True)
    ]


def _own_year(parts: Sequence[Sentence]) -> int | None:
    """The year the text says it was written in, when it says one."""
    said = {
        int(m["spanish"] or m["english"] or m["numbered"]) for part in parts for m in OWN_YEAR.finditer(part.folded)
    }
    return said.pop() if len(said) == 1 else None


def _written(folded: str, hit: DateHit) -> Written | None:
    """What a date that lacks its year says; none of one that has it, or that counts from publication."""
    said = folded[hit.start : hit.end]
    day, month = DAY.search(said), MONTH.search(said)
    weekday = WEEKDAY.search(said) or WEEKDAY_BEFORE.search(folded[max(0, hit.start - WORD_BEFORE) : hit.start])
    if hit.kind != "day_month" or hit.day or not (day or FIRST.search(said)) or not (month or weekday):
        return None
    return Written(
        int(day["day"]) if day else 1,
        MONTHS[month["month"]] if month else None,
        WEEKDAYS[weekday["weekday"]] if weekday else None,
    )


def _by_weekday(each: Written, years: Sequence[int], latest: date) -> date | None:
    """The day on which weekday, day and month fall together, when that was in one of the years alone."""
    if each.month is None or each.weekday is None:
        return None
    days = [d for year in years if (d := calendar_day(year, each.month, each.day))]
    fitting = [d for d in days if d.weekday() == each.weekday and d <= latest]
    return fitting[0] if len(fitting) == 1 else None
