"""Days that the words of a text fix where nobody says when it was published: "el miércoles 28 de enero" fits few years.

Belongs here: the year of a day and month, from its weekday and from the year the text says is its own; of the others, the nearest to one so
fixed. Not here: what counts from publication ("ayer", "el martes"), which stays unknown, and how dates are written (``date_forms``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.reader.date_forms import MONTH_WORDS, MONTH_YEAR, MONTHS, WEEKDAY_WORDS, WEEKDAYS
from models.reader.day_hits import DateHit, calendar_day, days_before
from models.reader.text import Sentence
from models.reader.written_days import near_weekday, nearest

SINCE = 2016  # no page of the archives that are read is older
NEAR_DAYS = 60  # of a day so fixed, within which others are counted from it
FIRST_CLEAR, LAST_CLEAR = 2, 10  # months of a year that is under way; those at its ends may be the neighbouring years'
HEADS = 3  # sentences
AHEAD_DAYS = 60  # how far ahead the press announces: such a day may be this year's still

WEEKDAY = re.compile(rf"\b(?P<weekday>{WEEKDAY_WORDS})\b")
WEEKDAY_BEFORE = re.compile(rf"\b(?P<weekday>{WEEKDAY_WORDS}),? (?:el |dia )?$")
MONTH = re.compile(rf"\b(?P<month>{MONTH_WORDS})\b")
NAMED_MONTH = re.compile(rf"\b(?P<month>{MONTH_WORDS})\b(?<!\bmay)(?<!\bmarch)")  # "police may close the street"
DAY = re.compile(r"\b(?P<day>\d{1,2})(?!\d)")
FIRST = re.compile(r"\b(?:primero|uno)\b")
# "En lo que va del 2025", "este año 2026": the year the text was written in.
OWN_YEAR = re.compile(
    r"\b(?:en lo que va (?:de(?:l| este| la)? )?(?:ano )?|(?:en|durante) (?:este|el presente) (?:ano )?|del presente ano )(?P<spanish>20\d\d)\b"
    r"|\b(?:so far (?:in|this year,) |this year, |in (?=20\d\d so far\b))(?P<english>20\d\d)\b|^nota de prensa n ?\.?°\.? ?\d{1,4}-(?P<numbered>20\d\d)\b"
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
    latest = (days_before(read_on, -AHEAD_DAYS) if read_on else None) or date.max
    own = _own_year(parts)
    years = [own] if own else range(SINCE, latest.year + 1) if read_on else []
    fixed = [day for some in written for each in some if each and (day := _by_weekday(each, years, latest))]
    full = [hit.day for hits in dates for hit in hits if hit.kind == "full" and hit.day]
    is_alone = bool(fixed) and all(_is_near(day, fixed[0]) for day in (*fixed, *full))
    fixer = _Fixer(parts, years, own, latest, fixed[0] if is_alone else None)
    return [
        [
            replace(hit, day=fixer.day_of(each, part.index)) if each else hit
            for hit, each in zip(hits, some, strict=True)
        ]
        for part, hits, some in zip(parts, dates, written, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Fixer:
    """What a text fixes: the years it may be of, its own year where it says one, the day the others stand near."""

    parts: Sequence[Sentence]
    years: Sequence[int]
    own: int | None
    latest: date
    anchor: date | None

    def day_of(self, each: Written, index: int) -> date | None:
        """The day that the words fix; what they leave open stays so."""
        if day := _by_weekday(each, self.years, self.latest):
            return day
        if self.anchor:
            found = nearest(each.month, each.day, self.anchor) if each.month else None
            found = found or near_weekday(each.weekday, each.day, self.anchor)
            return found if found and _is_near(found, self.anchor) and each.weekday in {None, found.weekday()} else None
        if each.weekday is None:  # "el 22 de diciembre" may be last year's, "el 5 de enero" next year's
            is_clear = self.own and each.month and FIRST_CLEAR <= each.month <= LAST_CLEAR
            found = calendar_day(self.own, each.month, each.day) if is_clear and self.own and each.month else None
            return found if found and found <= self.latest else None
        days = [d for year, month in self._months(index) if (d := calendar_day(year, month, each.day))]
        fitting = [d for d in days if d <= self.latest and d.weekday() == each.weekday]
        return fitting[0] if len(fitting) == 1 and not each.month else None

    def _months(self, index: int) -> set[tuple[int, int]]:
        """The months a weekday with its number may be of: those of the text's own year in this sentence or the one before, and the
        one with its year that the title or the first sentence is about.
        """
        near = [part.folded for part in self.parts if part.index in {index, index - 1}]
        found = (
            {(self.own, MONTHS[m["month"]]) for folded in near for m in NAMED_MONTH.finditer(folded)}
            if self.own
            else set()
        )
        heads = [
            m
            for part in self.parts[:HEADS]
            for m in MONTH_YEAR.finditer(part.folded)
            if part.field == "title" or not m.start()
        ]
        return {(year, month) for year, month in found if year} | {(int(m["year"]), MONTHS[m["month"]]) for m in heads}


def _is_near(day: date, other: date) -> bool:
    return abs((day - other).days) <= NEAR_DAYS


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
