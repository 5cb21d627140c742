"""Sums of money in sentences: an amount with its currency and period. Which of them was demanded is ``demands``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from models.reader.data import any_of, read_data
from models.reader.numbers import number_pattern, parse_number
from models.reader.text import Sentence
from warehouse.records import Period

Pattern = re.Pattern[str]

YEARS = range(1950, 2036)
NO_SUM = re.compile(
    r"[:h]\d| ?(?:%|°|por ciento\b|per ?cent\b|[ap]\.? ?m\b|(?:eur|kg|km|m2)\b)"
)  # an hour, a share, a measure
# Between the word for a street and the number of a house, over the text as written: "avenida Tupac Amaru 1500".
STREET_NAME = re.compile(r"\.?(?: (?:de|del|la|las|los|el|y|[A-ZÁÉÍÓÚÑ][\w.]*))+ ")
STREET_REACH = 60
IN_THOUSANDS = 100  # "veinte lucas" at once are thousands, "200 lucas" and "siete lucas diarias" are soles
CENTIMOS = 100  # a sol


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in a sentence. ``amount`` in ``currency``; ``stated`` as written; ``is_bare``: no currency stands beside it."""

    amount: float
    currency: str
    stated: str
    period: Period | None  # None: it comes back, but not by the day, week, month or year
    sentence: Sentence
    start: int
    end: int
    is_bare: bool


@cache
def _money() -> Pattern:
    number = number_pattern()
    units = "|".join(rf"(?P<{name}>{'|'.join(forms)})" for name, forms in read_data("sums.toml")["units"].items())
    return re.compile(
        rf"(?:(?P<sign>s/\.?|us\$|\$|usd) ?(?P<n1>{number}))(?: (?:de )?(?:soles|dolares|dollars))?"
        rf"|(?<!\d)(?P<n2>{number}) ?(?:de )?(?:{units})(?!\w)(?: (?:con|y) (?P<rest>\d\d?) (?:centimos|centavos)\b)?"
    )


@cache
def _bare() -> Pattern:
    return re.compile(rf"(?<![\d/.,:])(?<!\d-)(?<!por (?=ciento)){number_pattern()}")


@cache
def _periods() -> list[tuple[Period | None, Pattern]]:
    kinds: tuple[Period, ...] = ("day", "week", "month", "year")
    forms = read_data("sums.toml")["periods"]
    return [*((kind, any_of(forms[kind])) for kind in kinds), (None, any_of(forms["other"]))]


# A bare number before a plural noun counts heads or things ("mil odontólogos"), unless the noun says how often it is paid.
COUNTED = re.compile(
    r"^ (?!(?:diari|semanal|mensual|anual|quincenal|bimestral|trimestral|adicional|inicial|complet|exact|redond)\w*)(?:[a-z]+ )?[a-z]{3,}[aeo]s\b"
)
NUMBERED = re.compile(
    r"\b(?:ley|leyes|decretos?|proyectos?|pl|expediente|articulos?|resolucion|nro|numero|n)\W*(?:°\W*)?$"
)


def _period(folded: str, start: int, end: int) -> Period | None:
    """The period said right after the sum, or right before it ("una cuota semanal de")."""
    after = re.split(r"[;:\"]|\. ", folded[end : end + 60])[0]
    # "cinco mil de entrada y mil cada mes", "S/10 mil y S/500 semanales": the period is the second sum's; but it may hold
    # a number: "cada dos semanas"
    reach = min(
        (found.start() for pattern in (_bare(), _money()) if (found := pattern.search(after))), default=len(after)
    )
    before = folded[max(0, start - 40) : start]
    best: tuple[int, Period | None] | None = None
    for kind, pattern in _periods():
        found = pattern.search(after)
        if found and found.start() < reach and (best is None or found.start() < best[0]):
            best = found.start(), kind
    if best:
        return best[1]
    for kind, pattern in _periods():
        if pattern.search(re.split(r"[,;.:]", before)[-1]):
            return kind
    return "once"


def _is_house(sentence: Sentence, start: int) -> bool:
    """Whether the bare number at ``start`` follows the name of a street."""
    first = max(0, start - STREET_REACH)
    streets = any_of(read_data("sums.toml")["streets"]).finditer(sentence.folded[first:start])
    return any(STREET_NAME.fullmatch(sentence.raw[first + street.end() : start]) for street in streets)


def _sum(sentence: Sentence, span: tuple[int, int], amount: float, currency: str, *, is_bare: bool) -> Sum:
    stated = sentence.raw[span[0] : span[1]]
    return Sum(amount, currency, stated, _period(sentence.folded, *span), sentence, *span, is_bare)


def _overlaps(taken: Sequence[tuple[int, int]], match: re.Match[str]) -> bool:
    """Whether the match touches one of the spans, which stand in order."""
    before = bisect_left(taken, (match.end(), 0)) - 1
    return before >= 0 and taken[before][1] > match.start()


def _read(sentence: Sentence) -> list[Sum]:
    folded, found = sentence.folded, list[Sum]()
    taken: list[tuple[int, int]] = []
    for match in _money().finditer(folded):
        amount = parse_number(match["n1"] or match["n2"])
        taken.append(match.span())
        if amount is not None and amount > 0:
            if match["lucas"] and amount < IN_THOUSANDS and _period(folded, *match.span()) not in {"day", "week"}:
                amount *= 1000
            amount = amount / CENTIMOS if match["centimos"] else amount + int(match["rest"] or 0) / CENTIMOS
            currency = "USD" if match["usd"] or "$" in (match["sign"] or "") or match["sign"] == "usd" else "PEN"
            found.append(_sum(sentence, match.span(), amount, currency, is_bare=False))
    for match in _bare().finditer(folded):
        amount = parse_number(match[0])
        if amount is None or amount < 5 or amount > 5_000_000 or amount in YEARS or _overlaps(taken, match):
            continue
        if amount < 100 and "mil" not in match[0] and _period(folded, *match.span()) == "once":
            continue
        if NUMBERED.search(folded[max(0, match.start() - 14) : match.start()]):
            continue  # the number of a norm
        if match[0][0].isdigit() and _is_house(sentence, match.start()):
            continue
        after = folded[match.end() : match.end() + 30]
        if not NO_SUM.match(after) and not COUNTED.match(after):
            found.append(_sum(sentence, match.span(), amount, "PEN", is_bare=True))
    return found


def find_sums(sentences: Sequence[Sentence]) -> list[Sum]:
    """Every amount of the sentences that could be money, in order."""
    return [found for sentence in sentences for found in _read(sentence)]
