"""Dates as the press writes them, resolved against the day of publication in Lima.

A date is given only when the text and the publication date fix it. "El martes" without a publication date is no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from models.reader.date_forms import (
    AGO,
    AHEAD,
    BARE_MONTH,
    BESIDE,
    CROSSING,
    DAY_MONTH,
    FIGURES,
    FIRST_OF,
    FULL,
    IN_WORDS,
    MONTH_YEAR,
    NAMED_DAY,
    NAMED_DOMINGO,
    NUMBER,
    OF_MONTH,
    PAST_WEEK,
    VERB,
    WEEKDAY,
    WEEKDAY_NUMBER,
    YEAR,
)
from models.reader.day_hits import DateHit
from models.reader.relative_days import ago, named_day, number, span, weekday
from models.reader.written_days import (
    bare_month,
    bare_year,
    day_and_month,
    day_of_month,
    first_of_several,
    full_date,
    in_figures,
    in_words,
    month_of_year,
    weekday_and_number,
)
from models.spans import Spans

Reader = Callable[[re.Match[str], date | None], DateHit | None]
# What a sentence must have for a form to be sought in it: most have none, and the forms are long.
DIGIT, OF_THE_MONTH, AGO_WORD = re.compile(r"\d"), re.compile(r" del mes de "), re.compile(r"\bhace |\bago\b|\batras\b")
# The fullest forms first: what one has taken, a poorer one does not read again.
READERS: tuple[tuple[re.Pattern[str], Reader, re.Pattern[str] | None], ...] = (
    (FULL, full_date, DIGIT),
    (IN_WORDS, in_words, OF_THE_MONTH),
    (MONTH_YEAR, month_of_year, DIGIT),
    (FIRST_OF, first_of_several, DIGIT),
    (DAY_MONTH, day_and_month, None),
    (FIGURES, in_figures, DIGIT),
    (OF_MONTH, day_of_month, DIGIT),
    (WEEKDAY_NUMBER, weekday_and_number, DIGIT),
    (AGO, ago, AGO_WORD),
    (NAMED_DAY, named_day, None),
    (WEEKDAY, weekday, None),
    (NUMBER, number, DIGIT),
    (PAST_WEEK, span, None),
    (BARE_MONTH, bare_month, None),
    (YEAR, bare_year, None),
)


def find_dates(folded: str, published: date | None, raw: str = "") -> list[DateHit]:
    """Every date expression of a folded sentence, in order, none inside another; ``raw`` tells Domingo from a Sunday."""
    found: list[DateHit] = []
    has = {need: need.search(folded) is not None for need in (DIGIT, OF_THE_MONTH, AGO_WORD)}
    for pattern, reader, need in READERS:
        if need and not has[need]:
            continue
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
