"""The numbers of a sentence that count something: no days, years, ages, norms, house numbers, bases of rates.

Not here: what they count (``metrics``), doubles and halves (``multiples``), sums demanded (``sums``), dead and wounded (``victims``).
"""

from __future__ import annotations

import re

from models.reader.dates import find_dates
from models.reader.multiples import find_multiples
from models.reader.numbers import DIGITS, Number, number_pattern, number_word_pattern, parse_number
from models.spans import Spans

# "-8,6 %" and "+31 %" are changes; any other sign is the dash of a norm or of a stretch.
NUMBER = re.compile(
    rf"(?:(?<![\w/.,:±-])|(?<=[ (][+-])(?=[\d., ]+%))(?P<number>{number_pattern()})(?:(?P<half> y medi[oa])?(?P<percent> ?%| por ciento| per ?cent| puntos porcentuales| percentage points))?"
)
OUT_OF = re.compile(
    rf"(?<![\w.,])(?P<a>{DIGITS}|{number_word_pattern()}) (?:(?:[a-z]+ ){{0,3}}?de cada|of (?:every|each)|out of(?: every)?|in every|(?P<bare>in)) (?P<b>{DIGITS}|{number_word_pattern()})\b"
)
# "Homicides rose to 900 in 2024", "12 dead in 24 hours", "40 in 15 districts" are no shares; "one in four" is.
SHARED = {2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100}
STRETCH = re.compile(r" (?:\w+ )?(?:hours?|days?|weeks?|months?|years?)\b")
NOT_COUNT = re.compile(
    r"^(?:(?: (?:y|a|o|u) (?:(?:mas|menos) de )?[\w,.]+)? (?:primer\w+ |ultim\w+ )?(?:veces|times|anos?|months?|years?|days?|weeks?|semanas?|mes|dias?|horas?|hours?|minutes?|meses|minutos?|metros?|km|kilometros?|cuadras?|balazos?|disparos?|tiros?|de la (?:manana|tarde|noche)|a\.? ?m|p\.? ?m)\b|:|°|-20\d\d| (?:ene|feb|mar|abr|may|jun|jul|ago|set|sep|oct|nov|dic)\b| (?:puntos?|points?|habitaciones|paginas|toneladas|hectareas|alumnos|asientos|cuotas|uit|votos)\b| habitantes| inhabitants| (?:de|of) (?:la |every )?cada)"
)
RATE_OF = re.compile(
    r"(?:cada|per|every|few|several|varios|varias|unos cuantos) $"
)  # "por cada 100 mil habitantes": the base of a rate

A_YEAR = re.compile(r"(?:1[89]|20)\d\d")
A_PHONE = re.compile(r"9\d\d[ .-]?\d{3}[ .-]?\d{3}|0?1[ .-]?\d{3}[ .-]?\d{4}")
NAMED_BY_NUMBER = re.compile(
    r"\b(?:ley|decreto|articulo|n°|numero|linea|line|call|central|barrio|ruta|cuadra|manzana|lote|puerta|puesto|calibre|jardin|colegio|i\.e\.|kilometro|km|edad|of age|aged|aged between|entre los|zona|sector|grado|ugel) $"
)

MONTH_BEFORE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)\.? $"
)


def _is_no_count(folded: str, match: re.Match[str], value: float) -> bool:
    """Whether a number names, dates or measures something instead of counting it."""
    before = folded[max(0, match.start() - 16) : match.start()]
    if MONTH_BEFORE.search(before) and value <= 31:
        return True
    if value < 2 or A_YEAR.fullmatch(match["number"]) or A_PHONE.fullmatch(match["number"]) or RATE_OF.search(before):
        return True
    named = NAMED_BY_NUMBER.search(before) is not None
    return bool((named and value < 10_000) or NOT_COUNT.match(folded[match.end() :]))


def _shares(folded: str) -> list[Number]:
    """Shares in words: "uno de cada cuatro", "three out of ten"."""
    found: list[Number] = []
    for match in OUT_OF.finditer(folded):
        top, bottom = parse_number(match["a"]), parse_number(match["b"])
        if match["bare"] and (bottom not in SHARED or STRETCH.match(folded, match.end())):
            continue
        if top and bottom and top <= bottom:
            found.append(Number(match.start(), match.end(), round(100 * top / bottom, 1), is_percent=True))
    return found


def _number(folded: str, match: re.Match[str]) -> Number | None:
    percent = match["percent"] is not None
    value = parse_number(match["number"].strip())
    if value is None or (not percent and _is_no_count(folded, match, value)):
        return None
    sign = folded[match.start() - 1] if percent and match.start() else ""
    change = {"+": "rise", "-": "fall"}.get(sign)
    return Number(match.start(), match.end(), value + (0.5 if match["half"] else 0), is_percent=percent, change=change)


def find_counts(folded: str) -> list[Number]:
    """The numbers of a sentence that may count something."""
    written = [number for match in NUMBER.finditer(folded) if (number := _number(folded, match))]
    found = [*_shares(folded), *find_multiples(folded)]
    if not written and not found:
        return []
    dated = [(hit.start, hit.end) for hit in find_dates(folded, None) if hit.kind in {"full", "day_month"}]
    taken = Spans([*dated, *((n.start, n.end) for n in found)])
    found.extend(number for number in written if not taken.touch(number.start, number.end))
    return sorted(found, key=lambda n: n.start)
