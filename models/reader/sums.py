"""Sums of money demanded: one concrete amount with its currency and period. Ranges and usual tariffs are no sum."""

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


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum demanded. ``amount`` in ``currency``; ``stated`` as written; ``weight`` says how surely it is a demand."""

    amount: float
    currency: str
    stated: str
    period: Period
    sentence: Sentence
    weight: float


@cache
def _money() -> Pattern:
    number = number_pattern()
    return re.compile(
        rf"(?:(?P<sign>s/\.?|us\$|\$|usd) ?(?P<n1>{number}))(?: (?:de )?(?:soles|dolares|dollars))?"
        rf"|(?P<n2>{number}) (?:de )?(?:nuevos )?(?P<unit>soles|sol|dolares|dolar|dollars|lucas|luquitas|cocos)\b"
    )


@cache
def _bare() -> Pattern:
    """An amount without its currency: "cinco mil mensuales", "pedían 3 mil", "100 cada sábado"."""
    periods = "|".join(p for group in read_data("sums.toml")["periods"].values() for p in group)
    number = number_pattern()
    return re.compile(rf"(?P<n1>{number})(?= (?:{periods})\b)|\b(?:pid\w+|ped\w+|exig\w+|quer\w+|despues|luego|otros) (?P<n2>{number})(?=[,.;\"']| (?:a cambio|por|para|de entrada|al|o)\b|$)")


@cache
def _contexts() -> tuple[Pattern, Pattern, Pattern]:
    data = read_data("sums.toml")
    return any_of(data["demand"]), any_of(data["other"]), any_of(data["usual"])


@cache
def _periods() -> list[tuple[Period, Pattern]]:
    kinds: tuple[Period, ...] = ("day", "week", "month", "year")
    return [(kind, any_of(read_data("sums.toml")["periods"][kind])) for kind in kinds]


RANGE_BEFORE = re.compile(r"(?:entre|de|desde|between|from) (?:s/\.? ?)?[\w .,]{1,22} (?:y|a|hasta|and|to) (?:los )?(?:s/\.? ?)?$")
RANGE_AFTER = re.compile(r"^ ?(?:a|y|o|hasta|-|to|and) (?:los )?(?:s/\.? ?)?(?:\d|mil|dos|tres|cuatro|cinco|diez|veinte|treinta|cincuenta|cien)[\w.,]* ?(?:mil )?(?:soles|dolares|dollars)")
BOUND_BEFORE = re.compile(r"(?:hasta|suelen \w+|mas de|menos de|up to|more than|por lo menos|unos?) ?(?:s/\.? ?)?$")


def _period(folded: str, start: int, end: int) -> Period:
    """The period said right after the sum, or right before it ("una cuota semanal de")."""
    after = re.split(r"[;:\"]| y (?:despues|luego)|, (?:y|mas)", folded[end : end + 60])[0]
    before = folded[max(0, start - 40) : start]
    best: tuple[int, Period] | None = None
    for kind, pattern in _periods():
        found = pattern.search(after)
        if found and (best is None or found.start() < best[0]):
            best = found.start(), kind
    if best:
        return best[1]
    for kind, pattern in _periods():
        if pattern.search(before.rsplit(",", 1)[-1]):
            return kind
    return "once"


def _weigh(sentence: Sentence, start: int, end: int) -> float:
    demand, other, usual = _contexts()
    near = sentence.folded[max(0, start - 90) : end + 50]
    close = sentence.folded[max(0, start - 45) : end + 30]
    weight = 1.5 * bool(demand.search(near)) + 1.0 * bool(demand.search(close))
    weight -= 2.0 * bool(other.search(close)) + 0.7 * bool(other.search(near))
    if usual.search(sentence.folded[max(0, start - 50) : start]) or usual.search(sentence.folded[end : end + 25]):
        weight -= 0.8
    return weight


def _is_range(folded: str, start: int, end: int) -> bool:
    return bool(RANGE_BEFORE.search(folded[max(0, start - 40) : start]) or RANGE_AFTER.search(folded[end : end + 40]))


def _read(sentence: Sentence) -> list[Sum]:
    folded, found = sentence.folded, list[Sum]()
    taken: list[tuple[int, int]] = []
    for match in _money().finditer(folded):
        number = match["n1"] or match["n2"]
        amount = parse_number(number)
        written = match["sign"] or match["unit"] or ""
        taken.append(match.span())
        if amount is None or amount <= 0 or _is_range(folded, *match.span()):
            continue
        if match["unit"] in {"lucas", "luquitas"} and amount >= 1000 and "mil" in number:
            amount = amount * 1.0
        elif match["unit"] == "lucas":
            amount *= 1000 if amount < 1000 else 1
        currency = "USD" if "$" in written or written.startswith(("dol", "usd")) else "PEN"
        stated = sentence.raw[match.start() : match.end()]
        found.append(Sum(amount, currency, stated, _period(folded, *match.span()), sentence, _weigh(sentence, *match.span())))
    for match in _bare().finditer(folded):
        start, end = match.span("n1") if match["n1"] else match.span("n2")
        amount = parse_number(match["n1"] or match["n2"])
        if amount is None or amount < 2 or any(s <= start < e for s, e in taken):
            continue
        if not match["n1"] and amount < 100:
            continue
        demand = _weigh(sentence, start, end) - 0.3
        found.append(Sum(amount, "PEN", sentence.raw[start:end], _period(folded, start, end), sentence, demand))
    return found


def find_sums(sentences: Sequence[Sentence]) -> list[Sum]:
    """Every single sum of the sentences, in order, each with the weight of its being a demand."""
    return [found for sentence in sentences for found in _read(sentence)]
