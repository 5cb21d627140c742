"""Days told from another day: "al día siguiente", "dos días después", "la víspera", "tercer día de paro".

What they are told from is the day named last before them; for a count of days that goes on, the day named beside it, or publication
day. Not here: days that publication alone fixes (``dates``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache

from models.reader.data import any_of, read_data
from models.reader.date_forms import HOURS_A_DAY
from models.reader.day_hits import DateHit
from models.reader.numbers import number_word_pattern, parse_number
from models.reader.reading import Reading

COUNTED = re.compile(
    rf"\b(?P<number>\d{{1,2}}|an?(?= (?:day|night|hour)\b)|{number_word_pattern()}) (?P<unit>dias?|noches?|horas?|days?|nights?|hours?) "
    r"(?P<way>despues|mas tarde|later|after|antes|before|earlier)\b"
)
OF_A_RUN = re.compile(
    r"\b(?P<nth>segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|septim[oa]|octav[oa]|second|third|fourth|fifth|sixth|seventh)"
    r" (?:dia|jornada|noche|day|night)\b(?! (?:de|of) (?:(?:las?|los?|el|the) )?(?:fiestas?|feria|festival|carnaval\w*|festividad\w*|semana|mes|week|month)\b)"
)
NTH = {
    word: number
    for number, words in enumerate(
        (
            "segundo segunda second", "tercer tercero tercera third", "cuarto cuarta fourth", "quinto quinta fifth", "sexto sexta sixth",
            "septimo septima seventh", "octavo octava",
        ),
        start=2,
    )
    for word in words.split()
}  # fmt: skip
# "Llevan dos días estudiando por celular", "cumplieron ayer siete días de huelga": the first day counts.
RUNNING = re.compile(
    rf"\b(?:llev\w+|cumpl\w+|suma\w*|complet\w+) (?:(?:ya|ayer|hoy|este|el) )?(?:\w+ )?(?P<number>\d{{1,2}}|{number_word_pattern()}) dias\b"
)
LONGEST_DAYS = 30
# "Dos días después del ataque del 5 de marzo": the day named within it is the one it is told from.
TOLD_FROM = re.compile(r" (?:del?(?: que,)?|of|the)\b[^.;:,]{0,60}")


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    return {name: any_of(patterns) for name, patterns in read_data("anchored.toml").items()}


def anchored(reading: Reading) -> Iterator[tuple[int, DateHit]]:
    """Days told from others, each with the index of its sentence."""
    last: date | None = None
    paragraph: int | None = None  # that of the day named last
    for index, sentence in enumerate(reading.sentences):
        own = [hit for hit in reading.dates[index] if hit.day and hit.precision == "day"]
        for start, end, shift, from_run in _shifts(sentence.folded):
            before = [hit.day for hit in own if hit.end <= start]
            within = _named_within(sentence.folded, end, own)
            counted_from = own[0].day if own else last if paragraph == sentence.paragraph else reading.published
            told_from = counted_from if from_run else within or (before[-1] if before else last)
            if told_from:
                yield index, DateHit(start, end, _moved(told_from, shift), "day", "anchored")
        last, paragraph = (own[-1].day, sentence.paragraph) if own else (last, paragraph)


def _named_within(folded: str, end: int, own: list[DateHit]) -> date | None:
    reach = TOLD_FROM.match(folded, end)
    return next((hit.day for hit in own if reach and end <= hit.start and hit.end <= reach.end()), None)


@lru_cache(maxsize=512)  # each event type looks through all sentences
def _shifts(folded: str) -> Sequence[tuple[int, int, int, bool]]:
    """(start, end, days from the anchor, whether the anchor is the day of the telling)."""
    return list(_every_shift(folded))


def _every_shift(folded: str) -> Iterator[tuple[int, int, int, bool]]:
    counted: list[tuple[int, int]] = []  # "24 horas después" is no "horas después"
    for match in COUNTED.finditer(folded):
        counted.append(match.span())
        number = 1 if match["number"] in {"a", "an"} else int(parse_number(match["number"]) or 0)
        hours = match["unit"].startswith(("hora", "hour"))
        days = round(number / HOURS_A_DAY) if hours else number
        if days <= LONGEST_DAYS and (days or (hours and number)):
            yield match.start(), match.end(), -days if match["way"] in {"antes", "before", "earlier"} else days, False
    for match in OF_A_RUN.finditer(folded):
        yield match.start(), match.end(), 1 - NTH[match["nth"]], True
    for match in RUNNING.finditer(folded):
        days = int(parse_number(match["number"]) or 0)
        if 1 < days <= LONGEST_DAYS:
            yield match.start(), match.end(), 1 - days, True
    for name, shift in (("next", 1), ("eve", -1), ("same", 0)):
        for match in _cues()[name].finditer(folded):
            if not any(start < match.end() and match.start() < end for start, end in counted):
                yield match.start(), match.end(), shift, False


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
