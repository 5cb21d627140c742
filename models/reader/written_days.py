"""Days written with a number or a month: "16 de octubre de 2025", "16/10", "jueves 16", "el 5 del mes pasado", "octubre de 2024"."""

from __future__ import annotations

import re
from datetime import date

from models.reader.date_forms import (
    FAR,
    GONE,
    LAST_YEAR,
    LEADS,
    LEADS_OF_TWO,
    LISTED,
    MONTHS,
    OF_NAMED,
    QUOTES,
    THIS_YEAR,
    TO_COME,
    WEEKDAYS,
)
from models.reader.day_hits import DateHit, ahead_of, calendar_day, days_before, follows_other, named_group
from models.reader.numbers import parse_number


def nearest(month: int, day: int, published: date) -> date | None:
    """The day and month in the year that brings it nearest to publication; the press tells more of what was."""
    found = [d for y in (published.year - 1, published.year, published.year + 1) if (d := calendar_day(y, month, day))]
    return min(found, key=lambda d: (d - published).days * (FAR if d > published else -1), default=None)


def _month_number(written: str) -> int:
    return int(written) if written.isdigit() else MONTHS[written]


def full_date(match: re.Match[str], _: date | None) -> DateHit | None:
    """A day with its month and year."""
    day, month, year = named_group(match, "d"), named_group(match, "m"), named_group(match, "y")
    found = calendar_day(int(year or 0), _month_number(month or "0"), int(day or 0)) if year else None
    return DateHit(match.start(), match.end(), found, "day", "full") if found else None


def in_words(match: re.Match[str], _: date | None) -> DateHit | None:
    """A day whose number and year are written in words."""
    day = 1 if match["day"] == "primer" else int(parse_number(match["day"]) or 0)
    found = calendar_day(int(parse_number(match["year"]) or 0), MONTHS[match["month"]], day)
    return DateHit(match.start(), match.end(), found, "day", "full") if found else None


def day_and_month(match: re.Match[str], published: date | None) -> DateHit:
    """A day with its month, in the year that the words beside it say, else in the nearest."""
    if _is_name(match):
        return DateHit(match.start(), match.end(), None, "unknown", "name")
    written = named_group(match, "d") or ""
    day = int(written) if written.isdigit() else 1
    month = MONTHS[named_group(match, "m") or ""]
    found = _of_year(match, month, day, published) if published else None
    return DateHit(match.start(), match.end(), found, "day", "day_month")


def _of_year(match: re.Match[str], month: int, day: int, published: date) -> date | None:
    """The day and month in the year that the words beside it say, else in the nearest."""
    groups, ahead = match.groupdict(), ahead_of(match)
    if groups.get("last") or LAST_YEAR.match(match.string, match.end()):
        return calendar_day(published.year - 1, month, day)
    this = calendar_day(published.year, month, day)
    if THIS_YEAR.match(match.string, match.end()):
        return this
    if GONE[0].search(ahead) or GONE[1].match(match.string, match.end()):
        return this if this and this <= published else calendar_day(published.year - 1, month, day)
    if TO_COME[0].search(ahead) or TO_COME[1].match(match.string, match.end()):
        return this if this and this >= published else calendar_day(published.year + 1, month, day)
    return nearest(month, day, published)


def first_of_several(match: re.Match[str], published: date | None) -> DateHit | None:
    """A day that shares its month with those after it: the 16th of "16 y 17 de octubre"."""
    if follows_other(match, LISTED):
        return None
    return full_date(match, published) if match["y1"] else day_and_month(match, published)


def in_figures(match: re.Match[str], published: date | None) -> DateHit | None:
    """A day in figures: 16/10, 16.10.25."""
    day, month = int(named_group(match, "d") or 0), _month_number(named_group(match, "m") or "0")
    if match["y1"]:
        found = calendar_day(2000 + int(match["y1"]), month, day)
    else:
        found = nearest(month, day, published) if published else None
    return DateHit(match.start(), match.end(), found, "day", "day_month") if found else None


def _is_name(match: re.Match[str]) -> bool:
    """Whether a Spanish day and month stand right after a word that leads to none."""
    written = (match[0][0].isdigit() or match[0].startswith(("primero", "uno"))) and " de " in match[0]
    if not written:
        return False
    ahead, after = ahead_of(match), match.string[match.end() : match.end() + 1]
    if (ahead[-1:] in QUOTES and after in QUOTES and ahead and after) or OF_NAMED.search(ahead):
        return True
    return follows_other(match, LEADS) and not LEADS_OF_TWO.search(ahead)


def near_weekday(weekday: int | None, number: int, published: date) -> date | None:
    """The nearest day of that number and weekday (0 is Monday), within 45 days."""
    near = [d for n in range(-45, 46) if (d := days_before(published, n)) and (d.day, d.weekday()) == (number, weekday)]
    return min(near, key=lambda d: abs((d - published).days), default=None)


def weekday_and_number(match: re.Match[str], published: date | None) -> DateHit:
    """A weekday with its number: the nearest day on which both hold."""
    number = int(match["day"] or match["beside"])
    found = near_weekday(WEEKDAYS[match["weekday"]], number, published) if published else None
    return DateHit(match.start(), match.end(), found, "day", "day_month")


def day_of_month(match: re.Match[str], published: date | None) -> DateHit:
    """A day of this, the last or the next month."""
    found: date | None = None
    if published:
        months = 12 * published.year + published.month - 1 + (-1 if match["last"] else 1 if match["next"] else 0)
        found = calendar_day(months // 12, months % 12 + 1, int(match["day"]))
    return DateHit(match.start(), match.end(), found, "day", "day_month")


def month_of_year(match: re.Match[str], published: date | None) -> DateHit:
    """A month with its year: no day."""
    year, month = int(match["year"]), MONTHS[match["month"]]
    old = published is None or (published.year - year) * 12 + published.month - month > 2
    return DateHit(
        match.start(),
        match.end(),
        None,
        "month",
        "year" if old else "month",
        month=None if old else date(year, month, 1),
    )


def bare_month(match: re.Match[str], published: date | None) -> DateHit:
    """A month alone, the last of that name: no day."""
    month = MONTHS[match["month"]]
    first = date(published.year - (month > published.month), month, 1) if published and published.year > 1 else None
    return DateHit(match.start(), match.end(), None, "month", "month", month=first)


def bare_year(match: re.Match[str], _: date | None) -> DateHit:
    """A year alone: no day."""
    return DateHit(match.start(), match.end(), None, "month", "year")
