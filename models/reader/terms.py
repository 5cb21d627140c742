"""From when and until when a measure runs, as the words before a day say: "a partir de las 00:00 horas del 22 de octubre".

A day that is written but cannot be read is no day: nothing stands in for it. Not here: the days of the norm itself
(``norm_days``), how dates are written (``dates``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from models.reader.dates import find_dates
from models.reader.day_hits import DateHit
from models.reader.numbers import number_word_pattern

STARTS = re.compile(r"\b(?:a partir(?= del?\b)|(?:contad\w+ )?desde\b|starting\b|from\b|t(?:akes?|ook) effect\b)")
# The term "que empieza hoy". What has begun may be the emergency that another extends.
BEGINS = re.compile(
    r"\b(?:medida|emergencia|declaratoria|regimen|norma|decreto|vigencia|plazo|termino|prorroga|dias|meses)\b[^.;:]{0,60}?"
    r"\b(?:empieza|empezara|comienza|comenzara|(?:se )?inicia(?:ra)?|(?P<past>empezo|comenzo|(?:se )?inicio))"
    r"(?: a (?:regir|correr|contar\w*))?(?=,? (?:hoy|manana|ayer|el|este|a partir|desde)\b)"
)
UNTIL = re.compile(r"\b(?:hasta|vence|concluye|finaliza|until)\b")
# In an extension these are said of the emergency that it extends: "prorroga la emergencia que rige desde el 5".
EARLIER = re.compile(
    r"\b(?:vigentes?|que (?:aun |ya )?rige|rigio|regia|declar\w+|decret\w+|dispuest[oa]|venc\w+)\b[^.,;]{0,40}$"
)
# What may stand between the phrase and its day: "a partir de las 00:00 horas del 22 de octubre".
HOUR = rf"(?:\d{{1,2}}(?:[:.]\d\d)?|cero|{number_word_pattern()})(?: ?(?:horas?|h(?:rs?)?)\b\.?| (?=de la (?:noche|manana|madrugada|tarde)\b))"
LEAD = re.compile(
    rf"(?:[ ,]|\b(?:{HOUR}|(?:a|partir|desde|del?|el|la|las|este|esta|proximo|mismo|dia|medianoche|primer minuto|primeras? horas?"
    r"|de la (?:noche|manana|madrugada|tarde)|the|on|midnight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b))*"
)
LATE = re.compile(
    r"[ ,]*(?:de )?las (?:23[:.]59|24[:.]00)\b"
)  # the last minute of a day: the term counts from the next
SINCE = r"[ ,]*(?:a partir|desde)?[ ,]*(?:del?|al|el|la)?[ ,]*"
NEXT_DAY = re.compile(
    rf"{SINCE}dia siguiente(?! habil)(?P<named> (?:de|a|al de|a la de|a la) (?:la fecha de )?(?:(?:su|la) )?publica(?:cion|d[oa])\b)?"
)
PUBLICATION = re.compile(rf"{SINCE}(?:fecha de )?(?:su|la)? ?publicacion\b")
TOMORROW = re.compile(
    r"[ ,]*(?:(?:desde|a partir de) )?manana\b(?! (?:por|del?|en)\b)"
)  # "entra en vigencia mañana sábado"
A_DAY = re.compile(r"[ ,]*(?:del?|el|la|las|al|medianoche|su|\d)\b")


@dataclass(frozen=True, slots=True)
class Start:
    """From when a measure runs: the day, whether one is written at all, whether only its last minute counts."""

    day: date | None = None
    is_written: bool = False
    is_late: bool = False

    def last_of(self, days: int) -> date | None:
        """The last of so many days."""
        return plus(self.day, days if self.is_late else days - 1)


def plus(day: date | None, days: int) -> date | None:
    """The day so many days later; ``None`` beyond the calendar."""
    try:
        return day + timedelta(days=days) if day else None
    except OverflowError:
        return None


def _meant(hit: DateHit) -> date | None:
    """The day a term names: of two that a weekday or a number may mean, the coming one."""
    return hit.coming if hit.kind in {"weekday", "number"} and hit.coming else hit.day


def day_at(folded: str, at: int, published: date | None, publication: date | None) -> date | None:
    """The day written from ``at`` on, or counted there from the day of publication."""
    after = NEXT_DAY.match(folded, at)
    if after:
        return plus(publication, 1) if after["named"] else None
    if PUBLICATION.match(folded, at):
        return publication
    if TOMORROW.match(folded, at):
        return plus(published, 1)
    for hit in find_dates(folded, published):
        if hit.start >= at:
            lead = LEAD.fullmatch(folded, at, hit.start)
            return _meant(hit) if lead and hit.precision == "day" else None
    return None


def start_of(text: str, published: date | None, publication: date | None, *, extends: bool = False) -> Start:
    """From when a measure runs.

    Args:
        text: The sentences of the measure, folded.
        published: The day from which relative dates count.
        publication: The day on which the norm was published, where known.
        extends: Whether the measure extends an emergency, whose own beginning may be told too.
    """
    is_written = False
    for match in sorted((*STARTS.finditer(text), *BEGINS.finditer(text)), key=lambda each: each.end()):
        begins = match.re is BEGINS
        if extends and ((begins and match["past"]) or EARLIER.search(text[: match.start()])):
            continue
        day = day_at(text, match.end(), published, publication)
        if day:
            return Start(day, is_written=True, is_late=LATE.match(text, match.end()) is not None)
        is_day = not begins and (match[0] == "a partir" or A_DAY.match(text, match.end()))
        is_written = is_written or bool(is_day)
    return Start(is_written=is_written)


def until_of(text: str, published: date | None, *, extends: bool = False) -> date | None:
    """Until when a measure runs; in an extension, not when what it extends would have ended."""
    for match in UNTIL.finditer(text):
        if extends and (match[0] not in {"hasta", "until"} or EARLIER.search(text[: match.start()])):
            continue
        day = day_at(text, match.end(), published, None)
        if day:
            return day
    return None
