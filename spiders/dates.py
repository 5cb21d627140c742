"""Publication dates as pages print them. Never the fetch time; a date that cannot be read is None.

Here only absolute dates of the page itself; what "ayer" means in a story is the reader's business (``models.reader``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, tzinfo

from warehouse.records import LIMA, DatePrecision

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero january",
            "febrero february",
            "marzo march",
            "abril april",
            "mayo may",
            "junio june",
            "julio july",
            "agosto august",
            "septiembre setiembre september",
            "octubre october",
            "noviembre november",
            "diciembre december",
        ),
        start=1,
    )
    for name in names.split()
}
MONTHS_BY_START = {name[:3]: number for name, number in MONTHS.items()}
LONG_DATE = re.compile(rf"\b(\d{{1,2}})[º°]?\s+de\s+({'|'.join(MONTHS)})\s+(?:de|del)\s+(\d{{4}})\b", re.IGNORECASE)
ENGLISH_DATE = re.compile(rf"\b({'|'.join(MONTHS)})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
SLASHED_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b")
MONTH_YEAR = re.compile(rf"\b({'|'.join(MONTHS)})\s+(?:de\s+|del\s+)?(\d{{4}})\b", re.IGNORECASE)
# As feeds print it, without a zone that says more than Lima's own.
MAIL_DATE = re.compile(
    r"^(?:[^\W\d]{3,10}\.?,\s*)?(?P<day>\d{1,2})\s+(?P<month>[^\W\d]{3})[^\W\d]*\.?\s+(?P<year>\d{4}|\d{2})"
    r"(?:\s+(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\s+(?P<lima>PET))?)?$"
)
_DAY = rf"\d{{1,2}}[º°]?\s+de\s+(?:{'|'.join(MONTHS)})\s+(?:de|del)\s+\d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}"
_DAY_EN = rf"(?:{'|'.join(MONTHS)})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
_PLACE = r"[^\W\d_][\w.'’ -]{1,40}"
_LABEL = r"(?i:fecha(?:\s+de\s+(?:publicaci[oó]n|emisi[oó]n))?|publicad[oa](?:\s+el)?|actualizado(?:\s+al?|\s+el)?|published(?:\s+on)?)"
_WEEKDAY = r"(?i:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)"
# "(place,) (weekday) date", the whole line or the beginning of a paragraph that a dot, dash or bracket then opens.
DATELINE = re.compile(
    rf"^\W*(?:{_LABEL}\s*:?\s*|{_PLACE},\s+)?(?:{_WEEKDAY},?\s+)?(?P<date>(?i:{_DAY}|{_DAY_EN}))"
    r"(?:\W*$|\s*(?:\.\s*[-–—]+|[-–—](?!\s*\d)|\.\s|\)|\|))"
)
MONTH_LINE = re.compile(  # with one month only: of two, one begins a period
    rf"^(?i:(?!.*\b(?:{'|'.join(MONTHS)})\b.*\b(?:{'|'.join(MONTHS)})\b))\W*(?:(?i:bolet[ií]n|informe|reporte|edici[oó]n|bulletin|report)\b[^.;:\d]{{0,60}}(?:\d{{1,4}}\b)?[^.;:\d]{{0,20}}[,:–—-]?\s*)?"
    rf"(?P<month>(?i:{'|'.join(MONTHS)})\s+(?:de\s+|del\s+)?\d{{4}})\W*$"
)
URL_DATE = re.compile(r"/(20\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
FIRST_YEAR, LAST_YEAR = 1990, 2100  # outside of which a "date" is some other number

Dated = tuple[datetime, DatePrecision]


def at_day(day: date) -> datetime:
    """The instant by which a bare day is kept: midnight in Lima."""
    return datetime.combine(day, time.min, LIMA).astimezone(UTC)


def is_bare_day(instant: datetime) -> bool:
    """Whether an instant may be a bare day, kept as `at_day` does. Read so, a story of midnight sharp loses nothing but its hour."""
    return instant.astimezone(LIMA).time() == time.min


def make_day(year: int, month: int, day: int) -> date | None:
    """A calendar day, or None when there is none such in a credible year."""
    if year < 100:
        year += 2000
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_instant(text: str | None, zone: tzinfo | None = LIMA) -> Dated | None:
    """An ISO 8601 value of a page's data; without a time it is a day.

    Args:
        text: the value.
        zone: of a time that bears none; None: such a time is unknown.
    """
    text = (text or "").strip()
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return None
    if make_day(value.year, value.month, value.day) is None:
        return None
    if len(text) <= 10:
        return at_day(value.date()), "day"
    return _instant(value, zone)


def parse_mail_date(text: str | None, zone: tzinfo | None = LIMA) -> Dated | None:
    """A value in the form of mail (RFC 822) whose zone is missing or Lima's by name; without a time it is a day.

    Args:
        text: the value, ``Sun, 22 Nov 2026 21:30:00``; with any other zone it is left to who knows them all.
        zone: of a time that bears none; None: such a time is unknown.
    """
    match = MAIL_DATE.match((text or "").strip())
    number = MONTHS_BY_START.get(match["month"].lower()) if match else None
    day = make_day(int(match["year"]), number, int(match["day"])) if match and number else None
    if match is None or day is None:
        return None
    if match["time"] is None:
        return at_day(day), "day"
    try:
        hour = time.fromisoformat(match["time"].zfill(len("00:00")))
    except ValueError:
        return None
    return _instant(datetime.combine(day, hour), LIMA if match["lima"] else zone)


def _instant(value: datetime, zone: tzinfo | None) -> Dated | None:
    if value.tzinfo is None and zone is None:
        return None
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC), "instant"


def find_day(text: str) -> date | None:
    """The first whole date printed in a text: ``5 de agosto de 2026``, ``August 5, 2026`` or ``06/08/2026`` (day first)."""
    found: list[tuple[int, date | None]] = []
    if m := LONG_DATE.search(text):
        found.append((m.start(), make_day(int(m[3]), MONTHS[m[2].lower()], int(m[1]))))
    if m := ENGLISH_DATE.search(text):
        found.append((m.start(), make_day(int(m[3]), MONTHS[m[1].lower()], int(m[2]))))
    if m := SLASHED_DATE.search(text):
        found.append((m.start(), make_day(int(m[3]), int(m[2]), int(m[1]))))
    days = [day for _, day in sorted(found, key=lambda f: f[0]) if day]
    return days[0] if days else None


def find_dateline(lines: Iterable[str]) -> date | None:
    """The day of the first line that is a dateline.

    That is a line of nothing but a date (``Lima, 5 de octubre de 2026``, ``Publicado el 5 de octubre de 2026``), or one that
    begins with place and date. A date inside a sentence, or the start of a period, is none.
    """
    for line in lines:
        m = DATELINE.match(line)
        if m and (day := find_day(m["date"])):
            return day
    return None


def find_month_line(lines: Iterable[str]) -> Dated | None:
    """The month of the first line that is a bulletin's date: ``Boletín mensual, octubre de 2026``, ``Octubre de 2026``."""
    for line in lines:
        m = MONTH_LINE.match(line)
        if m and (month := find_month(m["month"])):
            return month
    return None


def find_month(text: str) -> Dated | None:
    """The first ``agosto de 2026`` of a text: its first day, month precision."""
    m = MONTH_YEAR.search(text)
    day = make_day(int(m[2]), MONTHS[m[1].lower()], 1) if m else None
    return (at_day(day), "month") if day else None


def day_in_url(url: str) -> date | None:
    """The day a URL path bears, as ``/2025/11/09/``."""
    m = URL_DATE.search(url)
    return make_day(int(m[1]), int(m[2]), int(m[3])) if m else None
