"""Days told from publication: "ayer", "el martes", "hace dos semanas", "el 16", "la semana pasada"."""

from __future__ import annotations

import re
from datetime import date

from models.reader.date_forms import FORTNIGHT, HABIT, HOURS_A_DAY, NEXT_WEEK, RANGE, WEEKDAYS
from models.reader.day_hits import DateHit, ahead_of, days_before, named_group
from models.reader.numbers import parse_number


def weekday(match: re.Match[str], published: date | None) -> DateHit | None:
    """A weekday, with what says which of them."""
    if RANGE[0].match(match.string, match.end()) or RANGE[1].search(ahead_of(match)):
        return None  # "de lunes a viernes"
    words = " ".join(w for w in (match["before"], match["mid"], match["after"]) if w)
    if published is None:
        return DateHit(match.start(), match.end(), None, "day", "weekday")
    since = (published.weekday() - WEEKDAYS[match["weekday"]]) % 7
    ahead = -since % 7
    if NEXT_WEEK.search(words):
        day = days_before(published, published.weekday() - WEEKDAYS[match["weekday"]] - 7)
        return DateHit(match.start(), match.end(), day, "day", "weekday", day)
    if re.search(r"proxim|next|que viene", words):
        day = days_before(published, -(ahead or 7))
        return DateHit(match.start(), match.end(), day, "day", "weekday", day)
    if re.search(r"semana pasada|last week", words):
        since += 7 * (since <= published.weekday())
    elif re.search(r"pasad|ultimo|anterior|last", words):
        since = (since or 7) + 7 * ("antepasado" in words)
    else:
        return DateHit(
            match.start(), match.end(), days_before(published, since), "day", "weekday", days_before(published, -ahead)
        )
    return DateHit(match.start(), match.end(), days_before(published, since), "day", "weekday")


def named_day(match: re.Match[str], published: date | None) -> DateHit:
    """Yesterday, today, tomorrow and their like."""
    shift = -2 if match["ahead"] else 2 if match["two"] else 1 if match["one"] else 0 if match["zero"] else -1
    return DateHit(match.start(), match.end(), days_before(published, shift) if published else None, "day", "relative")


def ago(match: re.Match[str], published: date | None) -> DateHit:
    """So many days, weeks or years ago."""
    written = named_group(match, "n") or ""
    number = 1 if written in {"a", "an"} else int(parse_number(written) or 0)
    unit = (named_group(match, "u") or "")[0:3]
    if unit in {"hor", "hou"}:
        number, unit = round(number / HOURS_A_DAY), "dia"
    elif unit in {"dia", "noc"} and (match["about"] or number in FORTNIGHT):
        number, unit = FORTNIGHT.get(number, number), "about"
    if unit in {"dia", "day", "noc", "nig"}:
        return DateHit(
            match.start(),
            match.end(),
            days_before(published, min(number, 40000)) if published else None,
            "day",
            "relative",
        )
    if unit in {"sem", "wee", "about"}:
        days = min(number if unit == "about" else 7 * number, 40000)
        return DateHit(match.start(), match.end(), days_before(published, days) if published else None, "week", "span")
    return DateHit(match.start(), match.end(), None, "month", "year" if unit in {"ano", "yea"} else "month")


def number(match: re.Match[str], published: date | None) -> DateHit | None:
    """A bare number of a day: the last and the coming one."""
    if HABIT.search(ahead_of(match).rstrip()):
        return None
    near = [d for n in range(-31, 32) if published and (d := days_before(published, n)) and d.day == int(match["day"])]
    past = max((d for d in near if published and d <= published), default=None)
    coming = min((d for d in near if published and d >= published), default=None)
    return DateHit(match.start(), match.end(), past, "day", "number", coming)


def span(match: re.Match[str], _: date | None) -> DateHit:
    """A past week: no day."""
    return DateHit(match.start(), match.end(), None, "week", "span")
