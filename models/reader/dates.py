"""Dates as the press writes them, resolved against the day of publication in Lima.

A date is given only when the text and the publication date fix it. "El martes" without a publication date is no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from models.reader.numbers import number_word_pattern, parse_number
from models.spans import Spans

Precision = Literal["day", "week", "month", "unknown"]
Kind = Literal["full", "day_month", "weekday", "number", "relative", "anchored", "span", "month", "year", "name"]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero january ene jan", "febrero february feb", "marzo march mar", "abril april abr apr", "mayo may", "junio june jun",
            "julio july jul", "agosto august ago aug", "septiembre setiembre september set sep sept", "octubre october oct",
            "noviembre november nov", "diciembre december dic dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "lunes monday",
            "martes tuesday",
            "miercoles wednesday",
            "jueves thursday",
            "viernes friday",
            "sabado saturday",
            "domingo sunday",
        )
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_LONG_MONTH = "|".join(m for m in sorted(MONTHS, key=len, reverse=True) if len(m) > 3 or m == "may")
_WEEKDAY = "|".join(WEEKDAYS)
_NO_YEAR = r"(?!,? (?:del? |of )?(?:ano )?\d{4}\b)"  # a year out of any newspaper's reach makes the whole no date, not the nearest such day

FULL = re.compile(
    rf"\b(?P<d1>\d{{1,2}})°?(?: de|,)? (?P<m1>{_MONTH})\.?,?(?: del?| of|,)? ?(?:ano )?(?P<y1>(?:19|20)\d\d)\b"
    rf"|\b(?P<m2>{_MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>(?:19|20)\d\d)\b"
    r"|\b(?P<d3>\d{1,2})[/.-](?P<m3>\d{1,2})[/.-](?P<y3>(?:19|20)\d\d)\b|\b(?P<y4>(?:19|20)\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d)\b"
)
DAY_MONTH = re.compile(
    rf"\b(?:(?:{_WEEKDAY}),? )?(?:el )?(?P<d1>\d{{1,2}}|primero|uno)(?:°|ro|er)? de(?:l mes de)? (?P<m1>{_LONG_MONTH})\b{_NO_YEAR}"
    rf"|\b(?P<m2>{_LONG_MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!, \d{{4}}\b)|\b(?P<d3>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m3>{_LONG_MONTH})\b{_NO_YEAR}"
    rf"|\b(?P<d4>\d{{1,2}}) (?P<m4>{_MONTH})\.|\b(?P<m5>ene|feb|abr|jun|jul|ago|set|sep|oct|nov|dic)\. (?P<d5>\d{{1,2}})\b"
)
FIRST_OF = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?=(?:, \d{{1,2}})*,? (?:y|e|al|a|hasta el|and|to) (?:el )?\d{{1,2}} de (?P<m1>{_LONG_MONTH})\b{_NO_YEAR})"
)
WEEKDAY_NUMBER = re.compile(rf"\b(?P<weekday>{_WEEKDAY}),? (?P<day>\d{{1,2}})\b(?! ?(?:de|mil|soles|a\.|p\.|:|h))")
WEEKDAY = re.compile(
    rf"\b(?:(?P<before>este|esta|pasado|ultimo|proximo|last|next|this|on|el|del|al|para el|desde el) )?(?:(?P<mid>pasado|ultimo|proximo) )?(?<!cada )(?<!every )(?<!each )(?<!\blos )(?<!santo )(?P<weekday>{_WEEKDAY})\b(?! santo)"
    r"(?: (?P<after>pasado|ultimo|proximo|que viene|siguiente|de la semana pasada|anterior|de esta semana|de la proxima semana|(?:of )?last week))?"
)
# "El paro del 29", "para el 12": a day of this month, the one before or the next.
NUMBER = re.compile(
    r"\b(?:el|del|al)(?: pasado| proximo| ultimo)? (?P<day>[12]?\d|3[01])\b(?! (?:y|al?|o) (?:el )?\d+ ?(?:%|por ciento))(?! ?(?:%|°|de\b|por (?!la\b)|per\b|al?\b(?! las?\b)|mil|mill|soles|metros|km|kilom|[ap]\.? ?m|/|-\d|[.,:]\d))"
)
NAMED_DAY = re.compile(
    r"\b(?:(?P<ahead>pasado manana|(?:the )?day after tomorrow)|(?P<two>anteayer|antes de ayer|antenoche|anteanoche|day before yesterday)|(?P<one>ayer|anoche|yesterday|last night)"
    r"|(?P<zero>(?<!por )hoy(?! (?:en dia|por hoy)\b)|esta (?:madrugada|manana|tarde|noche)|en las ultimas horas|today|tonight|this (?:morning|afternoon|evening)|early today)"
    r"|(?P<next>(?<!la )(?<!esta )(?<!una )(?<!ayer )(?<!toda )(?<!(?<!partir )(?<!des)de )(?<!media )(?<!cada )(?<!a )manana\b(?! (?:del?|siguiente|anterior|misma|y (?:tarde|noche))\b)|tomorrow))\b"
)
AGO = re.compile(
    rf"\b(?:hace (?:unos |unas |mas de |casi |apenas |solo |poco mas de )?(?P<n1>\d+|{number_word_pattern()}) (?P<u1>dias?|noches?|horas?|semanas?|meses|mes|anos?)"
    rf"|(?P<n2>\d+|{number_word_pattern()}) (?P<u2>days?|hours?|weeks?|months?|years?) ago)\b"
)
PAST_WEEK = re.compile(
    r"\b(?:la semana pasada|semana anterior|last week|el fin de semana(?: pasado)?|esta semana|este fin de semana|this week)\b"
)
MONTH_YEAR = re.compile(rf"\b(?P<month>{_LONG_MONTH})(?: del?| of|,)? (?P<year>(?:19|20)\d\d)\b")
BARE_MONTH = re.compile(
    rf"\b(?:en|desde|a (?:inicios|fines|mediados|comienzos) de|de|durante|in|since) (?P<month>{_LONG_MONTH})(?: pasado| ultimo)?\b(?! (?:del? )?\d)"
)
YEAR = re.compile(
    r"\b(?:en|desde|del|de|in|since|el ano) (?:el )?(?P<year>(?:19|20)\d\d)\b(?![-/])|\b(?:el|hace un|del) ano pasado\b|\blast year\b"
)


# "Avenida 28 de Julio", "en 2 de Mayo con Grau": a day and month right after any other word are a street's, a market's or a town's name.
LEADS = frozenset(
    {"el", "del", "al", "este", "dia", "fecha", "hoy", "ayer", "manana", "anoche", "pasado", "ultimo", "mismo", "proximo", "y", "e", "o", "a", "hasta", "desde"}
) | frozenset(WEEKDAYS)  # fmt: skip
LAST_WORD = re.compile(r"([a-z]+\.?) $")
LISTED = LEADS - {"a"} | {
    "los",
    "dias",
    "entre",
    "fechas",
}  # before the first of several days; "mataron a 3, y el 5 de marzo" has one
LEADS_OF_TWO = re.compile(
    r"\b(?:los dias|jueves santo|viernes santo|(?:partir|fecha|madrugada|manana|tarde|noche) de) $"
)
LAST_YEAR = re.compile(r" (?:del ano pasado|de el ano pasado|del pasado ano|of last year|last year)\b")
RANGE = re.compile(rf" a (?:{_WEEKDAY})\b"), re.compile(rf"\b(?:de|from) (?:{_WEEKDAY}) (?:a|to) $")
HABIT = re.compile(
    r"\b(?:paradero|km|kilometro|block|puesto|local|grupo|sector|manzana|lote|piso|cuadra|ruta|linea|pabellon|aula|canal|articulo|inciso)$"
)
NAMED_DOMINGO = re.compile(
    r"Domingo [A-ZÁÉÍÓÚÑ]"
)  # a man's name: the weekday has a small letter, or a comma or number after it

HOURS_A_DAY = 24
AHEAD = 60  # characters


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
    """The day and month in the year that brings it nearest to publication."""
    found = [d for y in (published.year - 1, published.year, published.year + 1) if (d := _day(y, month, day))]
    return min(found, key=lambda d: abs((d - published).days), default=None)


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
    if published and LAST_YEAR.match(match.string, match.end()):
        found = _day(published.year - 1, month, day)
    else:
        found = _nearest(month, day, published) if published else None
    return DateHit(match.start(), match.end(), found, "day", "day_month")


def _first_of(match: re.Match[str], published: date | None) -> DateHit | None:
    return None if _follows_other(match, LISTED) else _day_month(match, published)


def _is_name(match: re.Match[str]) -> bool:
    """Whether a Spanish day and month stand right after a word that leads to none."""
    written = match[0][0].isdigit() and " de " in match[0]
    return written and _follows_other(match, LEADS) and not LEADS_OF_TWO.search(_ahead(match))


def _ahead(match: re.Match[str]) -> str:
    """The text right before: all that may say what a date is, and never a whole report."""
    return match.string[max(0, match.start() - AHEAD) : match.start()]


def _follows_other(match: re.Match[str], leads: frozenset[str]) -> bool:
    word = LAST_WORD.search(_ahead(match))
    return word is not None and word[1] not in leads


def _weekday_number(match: re.Match[str], published: date | None) -> DateHit:
    found: date | None = None
    if published:
        wanted, number = WEEKDAYS[match["weekday"]], int(match["day"])
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
    if since == 0 and re.search(r"pasad|ultimo|anterior|last", words):
        since = 7
    past = _back(published, since)
    if re.search(r"semana pasada|last week", words) and since <= published.weekday():
        past = _back(published, since + 7)
    ahead = (WEEKDAYS[match["weekday"]] - published.weekday()) % 7
    coming = _back(
        published, -(ahead or 7) if "proximo" in words or "next" in words or "que viene" in words else -ahead
    )
    if re.search(r"proxim|next|que viene", words):
        past = coming
    return DateHit(match.start(), match.end(), past, "day", "weekday", coming)


def _named(match: re.Match[str], published: date | None) -> DateHit:
    shift = -2 if match["ahead"] else 2 if match["two"] else 1 if match["one"] else 0 if match["zero"] else -1
    return DateHit(match.start(), match.end(), _back(published, shift) if published else None, "day", "relative")


def _ago(match: re.Match[str], published: date | None) -> DateHit:
    number = int(parse_number(match["n1"] or match["n2"] or "") or 0)
    unit = (match["u1"] or match["u2"])[0:3]
    if unit in {"hor", "hou"}:
        number, unit = round(number / HOURS_A_DAY), "dia"
    if unit in {"dia", "day", "noc"}:
        return DateHit(
            match.start(), match.end(), _back(published, min(number, 40000)) if published else None, "day", "relative"
        )
    if unit in {"sem", "wee"}:
        return DateHit(
            match.start(), match.end(), _back(published, min(7 * number, 40000)) if published else None, "week", "span"
        )
    return DateHit(match.start(), match.end(), None, "month", "year" if unit in {"ano", "yea"} else "month")


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
    return sorted(
        (hit for hit in found if hit.kind != "name" and not NAMED_DOMINGO.match(raw, hit.start)),
        key=lambda hit: hit.start,
    )
