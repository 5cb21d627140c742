"""The same months of another year: "igual lapso de 2024", "un año antes", "en el del 2025", "ese periodo".

Their days are those of a period said before, moved to the year that is written, or one back. Not here: which period was said before.
"""

from __future__ import annotations

import re

from models.reader.period import NO_PERIOD, PART_MONTHS, PART_OF_YEAR, Period, day_of, last_day

SAME = re.compile(
    rf"\b(?:(?:el|del|al|en|ese|este|esos|the) )*(?:mism[oa]s?|igual|identic[oa]|similar|same) (?:(?:two|three|four|six|nine|dos|tres|cuatro|seis|nueve) )?(?:periodo|mes|meses|lapso|etapa|tramo|plazo|{PART_OF_YEAR}|tiempo|period|months?|stretch)"
    r"(?: (?:del?|of|in|el)(?: ano)? (?P<y>(?:19|20)\d\d)| del? (?:ano )?(?:pasado|anterior|previo)| last year| (?:of )?(?:the )?previous year)?\b"
    r"|\b(?:(?:en |del? )?(?:el )?ano (?:anterior|previo)|un ano (?:antes|atras)|a year (?:earlier|before)|(?:in )?the (?:previous|prior) year)\b"
    r"|\b(?:en )?(?:el|l[ao]s?) (?:del|de) (?P<y2>(?:19|20)\d\d)\b"
    rf"|(?P<this>\b(?:en|durante) (?:ese|dicho|este|esos) (?:periodo|lapso|tramo|plazo|{PART_OF_YEAR}|ano|mismo periodo)|\b(?:ese|dicho) (?:mismo )?ano)\b"
)


# "De 32 % en el segundo trimestre a 29 % en el tercero": another of the year's quarters.
OTHER_PART = re.compile(r"\ben el (?P<which>primero|segundo|tercero|cuarto)\b(?= ?(?:$|[,.;:)]|y\b))")
PARTS = ("primero", "segundo", "tercero", "cuarto")


def other_part(match: re.Match[str], earlier: Period) -> Period:
    """The quarter or half of the year that is named by its number alone, after another one."""
    size = next((PART_MONTHS[word] for word in (earlier.written or "").split() if word in PART_MONTHS), None)
    last = (PARTS.index(match["which"]) + 1) * size if size else 13
    if size is None or not earlier.start or last > 12:
        return Period(match[0])
    year = earlier.start.year
    return Period(match[0], day_of(year, last - size + 1, 1), last_day(year, last))


def same(match: re.Match[str], earlier: Period, of_year: Period = NO_PERIOD) -> Period:
    """The period said before it in another year: the one written, that of ``of_year``, else the year before."""
    if not earlier.start or not earlier.end:
        return Period(match[0])
    if match["this"]:
        return Period(match[0], earlier.start, earlier.end)
    written = match["y"] or match["y2"] or (of_year.start.year if of_year.start else None)
    back = earlier.start.year - int(written) if written else 1
    if earlier.start.year <= back or (back <= 0 and not match["y2"]):
        return Period(match[0])
    start = day_of(earlier.start.year - back, earlier.start.month, earlier.start.day)
    year, month = earlier.end.year - back, earlier.end.month
    is_last = earlier.end == last_day(earlier.end.year, month)
    end = last_day(year, month) if is_last else day_of(year, month, earlier.end.day)
    return Period(match[0], start, end) if start and end else Period(match[0])
