"""Dates as the press writes them, resolved against the day of publication in Lima.

A date is given only when the text and the publication date fix it. "El martes" without a publication date is no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from models.reader.date_forms import (
    AGO,
    AHEAD,
    BARE_MONTH,
    BESIDE,
    CROSSING,
    DAY_MONTH,
    FAR,
    FIGURES,
    FIRST_OF,
    FORTNIGHT,
    FULL,
    GONE,
    HABIT,
    HOURS_A_DAY,
    LAST_WORD,
    LAST_YEAR,
    LEADS,
    LEADS_OF_TWO,
    LISTED,
    MONTH_YEAR,
    MONTHS,
    NAMED_DAY,
    NAMED_DOMINGO,
    NEXT_WEEK,
    NUMBER,
    OF_MONTH,
    OF_NAMED,
    PAST_WEEK,
    QUOTES,
    RANGE,
    THIS_YEAR,
    TO_COME,
    VERB,
    WEEKDAY,
    WEEKDAY_NUMBER,
    WEEKDAYS,
    YEAR,
)
from models.reader.numbers import parse_number
from models.spans import Spans

Precision = Literal["day", "week", "month", "unknown"]
Kind = Literal["full", "day_month", "weekday", "number", "relative", "anchored", "span", "month", "year", "name"]


@dataclass(frozen=True, slots=True)
class DateHit:
    """A date expression: the day meant (seen from publication), and for a bare weekday or number also the coming one."""

    start: int
    end: int
    day: date | None
    precision: Precision
    kind: Kind
    coming: date | None = None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, published: date) -> date | None:
    """The day and month in the year that brings it nearest to publication; the press tells more of what was."""
    found = [d for y in (published.year - 1, published.year, published.year + 1) if (d := _day(y, month, day))]
    return min(found, key=lambda d: (d - published).days * (FAR if d > published else -1), default=None)


def _back(published: date, days: int) -> date | None:
    try:
        return published - timedelta(days=days)
    except OverflowError:
        return None


def _group(match: re.Match[str], name: str) -> str | None:
    groups = match.groupdict()
    return next((groups[f"{name}{n}"] for n in range(1, 6) if groups.get(f"{name}{n}")), None)


def _month_number(written: str) -> int:
    return int(written) if written.isdigit() else MONTHS[written]


def _full(match: re.Match[str], _: date | None) -> DateHit | None:
    day, month, year = _group(match, "d"), _group(match, "m"), _group(match, "y")
    found = _day(int(year or 0), _month_number(month or "0"), int(day or 0)) if year else None
    return DateHit(match.start(), match.end(), found, "day", "full") if found else None


def _day_month(match: re.Match[str], published: date | None) -> DateHit:
    if _is_name(match):
        return DateHit(match.start(), match.end(), None, "unknown", "name")
    written = _group(match, "d") or ""
    day = int(written) if written.isdigit() else 1
    month = MONTHS[_group(match, "m") or ""]
    found = _of_year(match, month, day, published) if published else None
    return DateHit(match.start(), match.end(), found, "day", "day_month")


def _of_year(match: re.Match[str], month: int, day: int, published: date) -> date | None:
    """The day and month in the year that the words beside it say, else in the nearest."""
    groups, ahead = match.groupdict(), _ahead(match)
    if groups.get("last") or LAST_YEAR.match(match.string, match.end()):
        return _day(published.year - 1, month, day)
    this = _day(published.year, month, day)
    if THIS_YEAR.match(match.string, match.end()):
        return this
    if GONE[0].search(ahead) or GONE[1].match(match.string, match.end()):
        return this if this and this <= published else _day(published.year - 1, month, day)
    if TO_COME[0].search(ahead) or TO_COME[1].match(match.string, match.end()):
        return this if this and this >= published else _day(published.year + 1, month, day)
    return _nearest(month, day, published)


def _first_of(match: re.Match[str], published: date | None) -> DateHit | None:
    if _follows_other(match, LISTED):
        return None
    return _full(match, published) if match["y1"] else _day_month(match, published)


def _figures(match: re.Match[str], published: date | None) -> DateHit | None:
    day, month = int(_group(match, "d") or 0), _month_number(_group(match, "m") or "0")
    if match["y1"]:
        found = _day(2000 + int(match["y1"]), month, day)
    else:
        found = _nearest(month, day, published) if published else None
    return DateHit(match.start(), match.end(), found, "day", "day_month") if found else None


def _is_name(match: re.Match[str]) -> bool:
    """Whether a Spanish day and month stand right after a word that leads to none."""
    written = (match[0][0].isdigit() or match[0].startswith(("primero", "uno"))) and " de " in match[0]
    if not written:
        return False
    ahead, after = _ahead(match), match.string[match.end() : match.end() + 1]
    if (ahead[-1:] in QUOTES and after in QUOTES and ahead and after) or OF_NAMED.search(ahead):
        return True
    return _follows_other(match, LEADS) and not LEADS_OF_TWO.search(ahead)


def _ahead(match: re.Match[str]) -> str:
    """The text right before: all that may say what a date is, and never a whole report."""
    return match.string[max(0, match.start() - AHEAD) : match.start()]


def _follows_other(match: re.Match[str], leads: frozenset[str]) -> bool:
    word = LAST_WORD.search(_ahead(match))
    return word is not None and word[1] not in leads


def _weekday_number(match: re.Match[str], published: date | None) -> DateHit:
    found: date | None = None
    if published:
        wanted, number = WEEKDAYS[match["weekday"]], int(match["day"] or match["beside"])
        near = [d for n in range(-45, 46) if (d := _back(published, n)) and d.day == number and d.weekday() == wanted]
        found = min(near, key=lambda d: abs((d - published).days), default=None)
    return DateHit(match.start(), match.end(), found, "day", "day_month")


def _weekday(match: re.Match[str], published: date | None) -> DateHit | None:
    if RANGE[0].match(match.string, match.end()) or RANGE[1].search(_ahead(match)):
        return None  # "de lunes a viernes"
    words = " ".join(w for w in (match["before"], match["mid"], match["after"]) if w)
    if published is None:
        return DateHit(match.start(), match.end(), None, "day", "weekday")
    since = (published.weekday() - WEEKDAYS[match["weekday"]]) % 7
    ahead = -since % 7
    if NEXT_WEEK.search(words):
        day = _back(published, published.weekday() - WEEKDAYS[match["weekday"]] - 7)
        return DateHit(match.start(), match.end(), day, "day", "weekday", day)
    if re.search(r"proxim|next|que viene", words):
        day = _back(published, -(ahead or 7))
        return DateHit(match.start(), match.end(), day, "day", "weekday", day)
    if re.search(r"semana pasada|last week", words):
        since += 7 * (since <= published.weekday())
    elif re.search(r"pasad|ultimo|anterior|last", words):
        since = (since or 7) + 7 * ("antepasado" in words)
    else:
        return DateHit(match.start(), match.end(), _back(published, since), "day", "weekday", _back(published, -ahead))
    return DateHit(match.start(), match.end(), _back(published, since), "day", "weekday")


def _named(match: re.Match[str], published: date | None) -> DateHit:
    shift = -2 if match["ahead"] else 2 if match["two"] else 1 if match["one"] else 0 if match["zero"] else -1
    return DateHit(match.start(), match.end(), _back(published, shift) if published else None, "day", "relative")


def _ago(match: re.Match[str], published: date | None) -> DateHit:
    written = _group(match, "n") or ""
    number = 1 if written in {"a", "an"} else int(parse_number(written) or 0)
    unit = (_group(match, "u") or "")[0:3]
    if unit in {"hor", "hou"}:
        number, unit = round(number / HOURS_A_DAY), "dia"
    elif unit in {"dia", "noc"} and (match["about"] or number in FORTNIGHT):
        number, unit = FORTNIGHT.get(number, number), "about"
    if unit in {"dia", "day", "noc", "nig"}:
        return DateHit(
            match.start(), match.end(), _back(published, min(number, 40000)) if published else None, "day", "relative"
        )
    if unit in {"sem", "wee", "about"}:
        days = min(number if unit == "about" else 7 * number, 40000)
        return DateHit(match.start(), match.end(), _back(published, days) if published else None, "week", "span")
    return DateHit(match.start(), match.end(), None, "month", "year" if unit in {"ano", "yea"} else "month")


def _of_month(match: re.Match[str], published: date | None) -> DateHit:
    found: date | None = None
    if published:
        months = 12 * published.year + published.month - 1 + (-1 if match["last"] else 1 if match["next"] else 0)
        found = _day(months // 12, months % 12 + 1, int(match["day"]))
    return DateHit(match.start(), match.end(), found, "day", "day_month")


def _number(match: re.Match[str], published: date | None) -> DateHit | None:
    if HABIT.search(_ahead(match).rstrip()):
        return None
    near = [d for n in range(-31, 32) if published and (d := _back(published, n)) and d.day == int(match["day"])]
    past = max((d for d in near if published and d <= published), default=None)
    coming = min((d for d in near if published and d >= published), default=None)
    return DateHit(match.start(), match.end(), past, "day", "number", coming)


def _month_year(match: re.Match[str], published: date | None) -> DateHit:
    year, month = int(match["year"]), MONTHS[match["month"]]
    old = published is None or (published.year - year) * 12 + published.month - month > 2
    return DateHit(match.start(), match.end(), None, "month", "year" if old else "month")


def _span(match: re.Match[str], _: date | None) -> DateHit:
    return DateHit(match.start(), match.end(), None, "week", "span")


def _bare_month(match: re.Match[str], _: date | None) -> DateHit:
    return DateHit(match.start(), match.end(), None, "month", "month")


def _bare_year(match: re.Match[str], _: date | None) -> DateHit:
    return DateHit(match.start(), match.end(), None, "month", "year")


# The fullest forms first: what one has taken, a poorer one does not read again.
READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], DateHit | None]], ...] = (
    (FULL, _full),
    (MONTH_YEAR, _month_year),
    (FIRST_OF, _first_of),
    (DAY_MONTH, _day_month),
    (FIGURES, _figures),
    (OF_MONTH, _of_month),
    (WEEKDAY_NUMBER, _weekday_number),
    (AGO, _ago),
    (NAMED_DAY, _named),
    (WEEKDAY, _weekday),
    (NUMBER, _number),
    (PAST_WEEK, _span),
    (BARE_MONTH, _bare_month),
    (YEAR, _bare_year),
)


def find_dates(folded: str, published: date | None, raw: str = "") -> list[DateHit]:
    """Every date expression of a folded sentence, in order, none inside another; ``raw`` tells Domingo from a Sunday."""
    found: list[DateHit] = []
    for pattern, reader in READERS:
        taken = Spans((hit.start, hit.end) for hit in found)
        for match in pattern.finditer(folded):
            hit = reader(match, published)
            if hit and not taken.touch(hit.start, hit.end):
                found.append(hit)
    kept = [hit for hit in found if hit.kind != "name" and not _is_named(raw, hit)]
    return _beside(sorted(kept, key=lambda hit: hit.start), folded)


def _is_named(raw: str, hit: DateHit) -> bool:
    """Whether the text as written shows a man's name, a street's or a verb."""
    crossing = CROSSING[1].match(raw, hit.start) and CROSSING[0].search(raw[max(0, hit.start - AHEAD) : hit.start])
    return bool(crossing or NAMED_DOMINGO.match(raw, hit.start) or VERB.match(raw, hit.start))


def _beside(hits: list[DateHit], folded: str) -> list[DateHit]:
    """The hits, a weekday read with the day it stands beside: "el domingo 1 de marzo de 2026", "mañana viernes"."""
    found: list[DateHit] = []
    for at, hit in enumerate(hits):
        after = hits[at + 1] if at + 1 < len(hits) else None
        before = hits[at - 1] if at else None
        if (
            hit.kind == "weekday"
            and after
            and after.kind in {"full", "day_month"}
            and BESIDE.fullmatch(folded[hit.end : after.start])
        ):
            continue
        day = (
            before.day
            if before and before.kind == "relative" and BESIDE.fullmatch(folded[before.end : hit.start])
            else None
        )
        if hit.kind == "weekday" and hit.day and day and day.weekday() == hit.day.weekday():
            found.append(replace(hit, day=day, coming=None))
        else:
            found.append(hit)
    return found
