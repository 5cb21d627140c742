"""The periods a sentence speaks of: "los diez primeros meses de 2024", "en lo que va del año", "entre enero y junio".

Not here: the same months of another year (``recurring``), the day something happened (``dates``, ``when``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from models.reader.date_forms import MONTHS
from models.reader.numbers import number_word_pattern, parse_number
from models.reader.period import NO_PERIOD, PART_MONTHS, PART_OF_YEAR, Period, day_of, last_day
from models.reader.recurring import OTHER_PART, SAME, other_part, same

_MONTH = "|".join(m for m in MONTHS if len(m) > 3 or m == "may")
SPAN = re.compile(
    rf"\b(?:(?:entre|de|desde|en|from|between) )?(?P<m1>{_MONTH})(?: (?:(?:de|del) )?(?P<ya>(?:19|20)\d\d))?(?: (?:y|a|hasta|and|to|[-–]) |[-–])(?P<m2>{_MONTH})\b(?: (?:de|del|of)?\s?(?:este ano|(?P<y>(?:19|20)\d\d)))?"
)
FIRST_MONTHS = re.compile(
    rf"\b(?:los |las )?(?:(?P<n>\d+|{number_word_pattern()}) primer\w+|primer\w+ (?P<n1>\d+|{number_word_pattern()})) mes(?:es)?(?: y (?P<d>\d+|{number_word_pattern()}) dias)?(?: (?:de|del) (?:este ano|(?P<y>(?:19|20)\d\d)))?|\bfirst (?P<n2>\w+) months(?: of (?P<y2>(?:19|20)\d\d))?"
)
HALF = re.compile(
    rf"\b(?P<which>primer|segundo|tercer|cuarto|first|second|third|fourth) (?P<part>{PART_OF_YEAR})(?: (?:de|del|of) (?:(?P<y>(?:19|20)\d\d)|(?:este|presente) ano\b|this year))?"
)
MONTH_OF = re.compile(
    rf"(?:(?<!\d )\b(?:de|of)|\b(?:en|in|durante)) (?P<m>{_MONTH})(?: (?:de |del )?(?P<y>(?:19|20)\d\d))?\b"
)
# "desde enero hasta el 15 de mayo", "del 1 de enero al 30 de setiembre de 2025", "entre el 1 y el 15 de mayo"
TO_DAY = re.compile(
    rf"\b(?:entre|desde|del?|from|between) (?:el )?(?:(?P<d1>\d{{1,2}})(?: de)?)?(?: ?(?P<m1>{_MONTH}))?(?: del? (?P<ya>(?:19|20)\d\d))? (?:y|al?|hasta|and|to)(?: el)? (?P<d2>\d{{1,2}}) de (?P<m2>{_MONTH})(?: del? (?P<y>(?:19|20)\d\d))?\b"
)
SINCE = re.compile(
    rf"\b(?:desde|since)(?: el| ano| el ano)? (?:(?P<m>{_MONTH})(?: (?:del? |of )?(?P<ym>(?:19|20)\d\d))?|(?P<y>(?:19|20)\d\d))\b"
)
YEARS = re.compile(r"\b(?:entre|between)(?: el)? (?P<y1>(?:19|20)\d\d) (?:y|and)(?: el)? (?P<y2>(?:19|20)\d\d)\b")
LATEST = re.compile(
    rf"\b(?:(?:l[oa]s|el|la) (?:(?:ultim|pasad)[oa]s?|recientes?) (?:(?P<n>\d+|{number_word_pattern()}) )?(?P<part>dia|semana|mes|ano)(?:e?s)?"
    r"|the (?:last|past) (?:(?P<n2>\w+) )?(?P<part2>day|week|month|year)s?)\b"
)
# "La cifra más alta de los últimos siete años": with what it is compared, not of what time it is.
RECORD = re.compile(
    r"\b(?:(?:mas|menos) (?:alt|baj|elevad|grav|violent|sangrient|mortal|letal)\w+|(?:el|la) (?:mayor|menor|peor|mejor)|record|highest|worst|lowest|deadliest)"
    r"\b[^.;,]{0,30} (?:de|en|in|of|for) $"
)
# What is counted "hasta agosto" is counted from the start of that year; "al 31 de agosto" may be a state of that day.
UNTIL = re.compile(
    rf"\b(?P<all>hasta)(?: el)?(?: mes de| fines de)?(?: (?P<d>\d{{1,2}}) de)? (?P<m>{_MONTH})(?: (?:del? )?(?:(?P<y>(?:19|20)\d\d)|este ano))?\b"
    rf"|\bal (?:cierre de|(?P<d2>\d{{1,2}}) de) (?P<m2>{_MONTH})(?: del? (?P<y2>(?:19|20)\d\d))?\b"
)
IN_YEAR = re.compile(
    r"\b(?:en|durante|de|del|in|by|during|for|ano|el|para|todo|cerro) (?P<y>(?:19|20)\d\d)\b(?!-)|(?<=\()(?P<y2>(?:19|20)\d\d)(?=:)"
)
NAMED_MONTH = re.compile(
    rf"\b(?P<m>{_MONTH}) (?:de |del )?(?P<y>(?:19|20)\d\d)\b|(?:(?<=\()|^)(?P<m2>{_MONTH})(?=:)|^(?P<m3>{_MONTH})(?= (?:cerro|registro|sumo|fue|acumulo)\b)"
)
SO_FAR = re.compile(
    r"\b(?:en lo que va del? (?:este |presente )?(?:ano|(?P<y>(?:19|20)\d\d))|este ano|a la fecha|so far (?:this year|in (?P<y2>(?:19|20)\d\d))|this year)\b"
)
LAST_YEAR = re.compile(r"\b(?:del? ano pasado|el ano pasado|last year)\b")
THIS_YEAR = re.compile(r" ?\b(?:de |del |of )?(?:este ano|presente ano|ano en curso|this year)\b")
# Where what is said of the months ends and what it is compared with begins: "en enero, 18 % mas que el ano pasado".
COMPARED = re.compile(r"[,;.]| que | frente a | respecto | contra | comparad| than | against | compared")
ORDER = ("primer", "segundo", "tercer", "cuarto", "first", "second", "third", "fourth")
REACH = 80
MOST_PARTS = 60  # months or years back: more is no period a statistic is for


def _year(match: re.Match[str], written: str | None, published: date | None, last: int) -> int | None:
    """The year of a stretch of months to ``last``: written, said right after it, or the latest in which it had begun to end."""
    if written or not published:
        return int(written) if written else None
    said = COMPARED.split(match.string[match.end() : match.end() + REACH], maxsplit=1)[0]
    if LAST_YEAR.search(said):
        return published.year - 1
    if THIS_YEAR.search(match[0]) or THIS_YEAR.match(said):
        return published.year
    return published.year - (last > published.month)


def _months(match: re.Match[str], year: int | None, first: int, last: int) -> Period:
    if year is None or not 1 <= year <= 9999 or not 1 <= first <= last <= 12:
        return Period(match[0].strip())
    return Period(match[0].strip(), date(year, first, 1), last_day(year, last))


def _span(match: re.Match[str], published: date | None) -> Period:
    first, last = MONTHS[match["m1"]], MONTHS[match["m2"]]
    if match["y"] and (match["ya"] or first > last):
        begin, end = int(match["ya"] or int(match["y"]) - 1), int(match["y"])
        if (begin, first) <= (end, last):
            return Period(match[0].strip(), date(begin, first, 1), last_day(end, last))
    return _months(match, _year(match, match["y"] or match["ya"], published, last), first, last)


def _first_months(match: re.Match[str], published: date | None) -> Period:
    count = int(parse_number(match["n"] or match["n1"] or match["n2"] or "") or 0)
    months = _months(match, _year(match, match["y"] or match["y2"], published, count), 1, count)
    days = int(parse_number(match["d"] or "") or 0)
    return Period(months.written, months.start, months.end + timedelta(days=days)) if months.end else months


def _half(match: re.Match[str], published: date | None) -> Period:
    size = PART_MONTHS[match["part"]]
    last = size * (1 + ORDER.index(match["which"]) % 4)
    if last > 12:
        return Period(match[0])
    first = last - size + 1
    return _months(match, _year(match, match["y"], published, last), first, last)


def _so_far(match: re.Match[str], published: date | None) -> Period:
    year = match["y"] or match["y2"]
    if not published or (year and int(year) != published.year):
        return Period(match[0])
    return Period(match[0], date(published.year, 1, 1), published)


def _until(match: re.Match[str], published: date | None) -> Period:
    month = MONTHS[match["m"] or match["m2"]]
    year = _year(match, match["y"] or match["y2"], published, month)
    if year is None:
        return Period(match[0])
    day = match["d"] or match["d2"]
    end = day_of(year, month, int(day)) if day else last_day(year, month)
    return Period(match[0], date(year, 1, 1) if match["all"] and end else None, end)


def _month_of(match: re.Match[str], published: date | None) -> Period:
    groups = match.groupdict()
    month = MONTHS[match["m"] or groups.get("m2") or match["m3"]]
    return _months(match, _year(match, match["y"], published, month), month, month)


def _in_year(match: re.Match[str], published: date | None) -> Period:
    """A year; the one of publication as far as it has gone."""
    year = _months(match, int(match["y"] or match["y2"]), 1, 12)
    is_running = published and year.start and year.start.year == published.year
    return Period(year.written, year.start, published) if is_running else year


def _last_year(match: re.Match[str], published: date | None) -> Period:
    return _months(match, published.year - 1 if published else None, 1, 12)


def _to_day(match: re.Match[str], published: date | None) -> Period:
    """From a month or a day to a day; without its own month the first day has the last one's."""
    month = MONTHS[match["m2"]]
    year = _year(match, match["y"] or match["ya"], published, month)
    first = MONTHS[match["m1"]] if match["m1"] else month
    if year is None or not (match["d1"] or match["m1"]):
        return Period(match[0].strip())
    start = day_of(int(match["ya"] or year), first, int(match["d1"] or 1))
    end = day_of(year, month, int(match["d2"]))
    return Period(match[0].strip(), start, end) if start and end and start <= end else Period(match[0].strip())


def _since(match: re.Match[str], published: date | None) -> Period:
    """From a month or year until the day of publication."""
    month = MONTHS[match["m"]] if match["m"] else 1
    written = match["ym"] or match["y"]
    if not published or (written and int(written) > published.year):
        return Period(match[0])
    year = int(written) if written else published.year - (month > published.month)
    return Period(match[0], date(year, month, 1), published)


def _years(match: re.Match[str], _: date | None) -> Period:
    first, last = int(match["y1"]), int(match["y2"])
    return Period(match[0], date(first, 1, 1), date(last, 12, 31)) if first <= last else Period(match[0])


def _latest(match: re.Match[str], published: date | None) -> Period:
    """The last days, weeks, months or years before publication, one where no number says how many."""
    count = parse_number(match["n"] or match["n2"] or "1")
    part = match["part"] or match["part2"]
    if not published or not count or count > MOST_PARTS:
        return Period(match[0])
    if part in {"dia", "day", "semana", "week"}:
        start = published - timedelta(days=int(count) * (1 if part in {"dia", "day"} else 7) - 1)
        return Period(match[0], start, published)
    months = published.year * 12 + published.month - 1 - int(count) * (12 if part in {"ano", "year"} else 1)
    before = day_of(months // 12, months % 12 + 1, published.day) or last_day(months // 12, months % 12 + 1)
    return Period(match[0], before + timedelta(days=1), published)


PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date | None], Period]], ...] = (
    (TO_DAY, _to_day),
    (SPAN, _span),
    (YEARS, _years),
    (FIRST_MONTHS, _first_months),
    (HALF, _half),
    (SINCE, _since),
    (LATEST, _latest),
    (UNTIL, _until),
    (SO_FAR, _so_far),
    (MONTH_OF, _month_of),
    (NAMED_MONTH, _month_of),
    (IN_YEAR, _in_year),
    (LAST_YEAR, _last_year),
)


Found = tuple[int, int, Period]


def _joined(found: list[Found], recurring: dict[int, re.Match[str]]) -> list[Found]:
    """Two that touch are one: "enero | del año pasado"; "en lo que va del año (al 15 de mayo)" ends on that day."""
    out: list[Found] = []
    for each in found:
        start, end, period = each
        gap = start - out[-1][1] if out else 9
        if gap <= 1 and start not in recurring:
            out[-1] = out[-1][0], end, out[-1][2]
        elif gap <= 2 and period.end and not period.start and out[-1][2].start:
            out[-1] = out[-1][0], end, Period(out[-1][2].written, out[-1][2].start, period.end)
        else:
            out.append(each)
    return out


def find_periods(folded: str, published: date | None, earlier: Period = NO_PERIOD) -> list[Found]:
    """The periods a text speaks of, with where each stands, in order; where forms overlap, the fullest.

    Args:
        folded: The text.
        published: Its day of publication.
        earlier: The period spoken of before it.
    """
    recurring = {match.start(): match for match in SAME.finditer(folded)}
    found = [(*match.span(), Period(match[0])) for match in recurring.values()]
    for pattern, reader in PERIODS:
        for match in pattern.finditer(folded):
            start, end = match.span()
            is_record = pattern is LATEST and RECORD.search(folded[max(0, start - REACH) : start])
            if not is_record and not any(start < e and s < end for s, e, _ in found):
                found.append((start, end, reader(match, published)))
    found = _joined(sorted(found, key=lambda each: each[0]), recurring)
    parts = {match.start(): match for match in OTHER_PART.finditer(folded)} if found else {}
    for start, match in parts.items():
        before = [each for each in found if each[1] <= start]
        if before and not any(start < e and s < match.end() for s, e, _ in found):
            found.append((*match.span(), other_part(match, before[-1][2])))
    found.sort(key=lambda each: each[0])
    for at, (start, end, _) in enumerate(found):
        if start not in recurring:
            continue
        year = found[at - 1][2] if at and start - found[at - 1][1] <= 2 else NO_PERIOD
        if year.is_year:  # "el año pasado, en ese mismo lapso"
            found[at - 1] = found[at - 1][0], end, same(recurring[start], found[at - 2][2] if at > 1 else earlier, year)
            found[at] = start, end, found[at - 1][2]
        else:
            found[at] = start, end, same(recurring[start], found[at - 1][2] if at else earlier)
    return found
