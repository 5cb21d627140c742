"""Sums of money in sentences: an amount with its currency and period. Which of them was demanded is ``demands``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from models.reader.data import any_of, read_data
from models.reader.numbers import number_pattern, parse_number
from models.reader.text import Sentence
from warehouse.records import Period

Pattern = re.Pattern[str]

YEARS = range(1950, 2036)
TIME = re.compile(r"[:h]\d|%|° |[ap]\.? ?m\b")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in a sentence. ``amount`` in ``currency``; ``stated`` as written; ``is_bare``: no currency stands beside it."""

    amount: float
    currency: str
    stated: str
    period: Period
    sentence: Sentence
    start: int
    end: int
    is_bare: bool


@cache
def _money() -> Pattern:
    number = number_pattern()
    return re.compile(
        rf"(?:(?P<sign>s/\.?|us\$|\$|usd) ?(?P<n1>{number}))(?: (?:de )?(?:soles|dolares|dollars))?"
        rf"|(?P<n2>{number}) (?:de )?(?:nuevos )?(?P<unit>solcitos|soles|sol|dolares|dolar|dollars|lucas|luquitas|cocos|mangos)\b"
    )


@cache
def _bare() -> Pattern:
    return re.compile(rf"(?<![\d/.,:])(?<!\d-){number_pattern()}")


@cache
def _periods() -> list[tuple[Period, Pattern]]:
    kinds: tuple[Period, ...] = ("day", "week", "month", "year")
    return [(kind, any_of(read_data("sums.toml")["periods"][kind])) for kind in kinds]


# A bare number before a plural noun counts heads or things ("mil odontólogos"), unless the noun says how often it is paid.
COUNTED = re.compile(
    r"^ (?!(?:diari|semanal|mensual|anual|quincenal|adicional|inicial|complet|exact|redond)\w*)(?:[a-z]+ )?[a-z]{3,}[aeo]s\b"
)
NUMBERED = re.compile(
    r"\b(?:ley|leyes|decretos?|proyectos?|pl|expediente|articulos?|resolucion|nro|numero|n)\W*(?:°\W*)?$"
)


def _period(folded: str, start: int, end: int) -> Period:
    """The period said right after the sum, or right before it ("una cuota semanal de")."""
    after = re.split(r"[;:\"]|\. ", folded[end : end + 60])[0]
    another = _bare().search(after)  # "cinco mil de entrada y mil cada mes": the month is the second sum's
    after = after[: another.start()] if another else after
    before = folded[max(0, start - 40) : start]
    best: tuple[int, Period] | None = None
    for kind, pattern in _periods():
        found = pattern.search(after)
        if found and (best is None or found.start() < best[0]):
            best = found.start(), kind
    if best:
        return best[1]
    for kind, pattern in _periods():
        if pattern.search(re.split(r"[,;.:]", before)[-1]):
            return kind
    return "once"


def _sum(sentence: Sentence, span: tuple[int, int], amount: float, currency: str, *, is_bare: bool) -> Sum:
    stated = sentence.raw[span[0] : span[1]]
    return Sum(amount, currency, stated, _period(sentence.folded, *span), sentence, *span, is_bare)


def _read(sentence: Sentence) -> list[Sum]:
    folded, found = sentence.folded, list[Sum]()
    taken: list[tuple[int, int]] = []
    for match in _money().finditer(folded):
        amount = parse_number(match["n1"] or match["n2"])
        written = match["sign"] or match["unit"] or ""
        taken.append(match.span())
        if amount is not None and amount > 0:
            if written.startswith("luca") and amount < 1000 and _period(folded, *match.span()) != "day":
                amount *= 1000  # "veinte lucas" at once are thousands, "siete lucas diarias" are soles
            currency = "USD" if "$" in written or written.startswith(("dol", "usd", "coco")) else "PEN"
            found.append(_sum(sentence, match.span(), amount, currency, is_bare=False))
    for match in _bare().finditer(folded):
        amount = parse_number(match[0])
        if (
            amount is None
            or amount < 5
            or amount > 5_000_000
            or amount in YEARS
            or any(s < match.end() and match.start() < e for s, e in taken)
        ):
            continue
        if amount < 100 and "mil" not in match[0] and _period(folded, *match.span()) == "once":
            continue
        if NUMBERED.search(folded[max(0, match.start() - 14) : match.start()]):
            continue  # the number of a norm
        after = folded[match.end() : match.end() + 30]
        if not TIME.match(after) and not COUNTED.match(after):
            found.append(_sum(sentence, match.span(), amount, "PEN", is_bare=True))
    return found


def find_sums(sentences: Sequence[Sentence]) -> list[Sum]:
    """Every amount of the sentences that could be money, in order."""
    return [found for sentence in sentences for found in _read(sentence)]
