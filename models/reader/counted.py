"""The numbers of a sentence that count something: no days, years, ages, norms, house numbers, bases of rates.

Not here: what they count (``figures``), sums demanded (``sums``), dead and wounded (``victims``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.reader.dates import find_dates
from models.reader.numbers import DIGITS, number_pattern, number_word_pattern, parse_number
from models.spans import Spans

NUMBER = re.compile(rf"(?<![\w/.,:-]){number_pattern()}(?P<percent> ?%| por ciento| per ?cent)?")
OUT_OF = re.compile(
    rf"(?<![\w.,])(?P<a>{DIGITS}|{number_word_pattern()}) (?:(?:[a-z]+ ){{0,3}}?de cada|of (?:every|each)|out of(?: every)?|in every|(?P<bare>in)) (?P<b>{DIGITS}|{number_word_pattern()})\b"
)
# "Homicides rose to 900 in 2024", "12 dead in 24 hours", "40 in 15 districts" are no shares; "one in four" is.
SHARED = {2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100}
STRETCH = re.compile(r" (?:\w+ )?(?:hours?|days?|weeks?|months?|years?)\b")
NOT_COUNT = re.compile(
    r"^(?:(?: (?:y|a|o|u) [\w,.]+)? (?:primer\w+ |ultim\w+ )?(?:veces|times|anos?|months?|years?|days?|weeks?|semanas?|mes|dias?|horas?|hours?|minutes?|meses|minutos?|metros?|km|kilometros?|cuadras?|balazos?|disparos?|tiros?|de la (?:manana|tarde|noche)|a\.? ?m|p\.? ?m)\b|:|°|-20\d\d| habitantes| inhabitants| (?:de|of) (?:la |every )?cada)"
)
RATE_OF = re.compile(r"(?:cada|per|every) $")  # "por cada 100 mil habitantes": the base of a rate

A_YEAR = re.compile(r"(?:19|20)\d\d")
NAMED_BY_NUMBER = re.compile(
    r"(?:ley|decreto|articulo|n°|numero|linea|ruta|cuadra|manzana|lote|puerta|puesto|calibre|jardin|colegio|i\.e\.|kilometro|km|edad|of age|zona|sector|grado|ugel) $"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number where it stands; "uno de cada cuatro" is 25 per cent."""

    start: int
    end: int
    value: float
    is_percent: bool


def _is_no_count(folded: str, match: re.Match[str], value: float) -> bool:
    """Whether a number names, dates or measures something instead of counting it."""
    before = folded[max(0, match.start() - 12) : match.start()]
    if value < 2 or A_YEAR.fullmatch(match[0]) or RATE_OF.search(before):
        return True
    named = NAMED_BY_NUMBER.search(before) is not None
    return bool((named and value < 10_000) or NOT_COUNT.match(folded[match.end() :]))


def find_counts(folded: str) -> list[Number]:
    """The numbers of a sentence that may count something."""
    found: list[Number] = []
    dated = [(hit.start, hit.end) for hit in find_dates(folded, None) if hit.kind in {"full", "day_month"}]
    for match in OUT_OF.finditer(folded):
        top, bottom = parse_number(match["a"]), parse_number(match["b"])
        if match["bare"] and (bottom not in SHARED or STRETCH.match(folded, match.end())):
            continue
        if top and bottom and top <= bottom:
            found.append(Number(match.start(), match.end(), round(100 * top / bottom, 1), is_percent=True))
    taken = Spans([*dated, *((n.start, n.end) for n in found)])
    for match in NUMBER.finditer(folded):
        percent = match["percent"] is not None
        written = match[0][: match.start("percent") - match.start()] if percent else match[0]
        value = parse_number(written.strip())
        if value is None or taken.touch(match.start(), match.end()):
            continue
        if not percent and _is_no_count(folded, match, value):
            continue
        found.append(Number(match.start(), match.end(), value, is_percent=percent))
    return sorted(found, key=lambda n: n.start)
