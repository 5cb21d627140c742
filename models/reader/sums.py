"""Sums of money demanded: one concrete amount with its currency and period. Ranges and usual tariffs are no sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from models.reader.cues import stems
from models.reader.data import any_of, read_data
from models.reader.focus import Focus
from models.reader.linear import bucket, probability
from models.reader.numbers import number_pattern, parse_number
from models.reader.reading import Reading
from models.reader.text import Sentence
from warehouse.records import Period

Pattern = re.Pattern[str]

MODEL = "sum"
LEAST = 0.35  # the probability under which a sum is not said to be the demand
SURE = 0.6  # another sum of the same period is another demand from here on
MOST = 3
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
def _contexts() -> tuple[Pattern, Pattern, Pattern]:
    data = read_data("sums.toml")
    return any_of(data["demand"]), any_of(data["other"]), any_of(data["usual"])


@cache
def _periods() -> list[tuple[Period, Pattern]]:
    kinds: tuple[Period, ...] = ("day", "week", "month", "year")
    return [(kind, any_of(read_data("sums.toml")["periods"][kind])) for kind in kinds]


RANGE_BEFORE = re.compile(r"(?:entre|between) (?:s/\.? ?)?[\w .,]{1,22} (?:y|and) (?:los )?(?:s/\.? ?)?$")
RANGE_AFTER = re.compile(
    r"^ ?(?:a|y|o|hasta|-|to|and) (?:los )?(?:s/\.? ?)?"
    r"(?:\d|mil|dos|tres|cuatro|cinco|diez|veinte|treinta|cincuenta|cien)[\w.,]* ?(?:mil )?(?:soles|dolares|dollars)"
)
# A bare number before a plural noun counts heads or things ("mil odontólogos"), unless the noun says how often it is paid.
COUNTED = re.compile(
    r"^ (?!(?:diari|semanal|mensual|anual|quincenal|adicional|inicial|complet|exact|redond)\w*)(?:[a-z]+ )?[a-z]{3,}[aeo]s\b"
)
NUMBERED = re.compile(
    r"\b(?:ley|leyes|decretos?|proyectos?|pl|expediente|articulos?|resolucion|nro|numero|n)\W*(?:°\W*)?$"
)
RAISED = re.compile(
    r"\b(?:subi\w+|aument\w+|elev\w+|pas(?:o|aron|ar|ando)|raised|increment\w+|duplic\w+|baj\w+|rebaj\w+)\b"
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


def features(reading: Reading, focus: Focus, each: Sum, every: Sequence[Sum]) -> list[str]:
    """What the model sees of one sum."""
    demand, other, usual = _contexts()
    folded, index, kind = each.sentence.folded, each.sentence.index, focus.kind
    near = folded[max(0, each.start - 90) : each.end + 50]
    close = folded[max(0, each.start - 45) : each.end + 30]
    shape = "bare" if each.is_bare else "money"
    size = bucket(each.amount, (5, 20, 100, 500, 2000, 10_000, 50_000, 200_000, 1_000_000))
    level = focus.level(index)
    found = [
        kind,
        shape,
        each.currency,
        f"{shape} {each.period}",
        f"{shape} size {size}",
        f"{shape} {each.period} size {size}",
    ]
    found += [
        f"rel {level}",
        f"{shape} rel {level}",
        f"away {min(abs(index - focus.evidence), 3)}",
        f"{shape} away {min(abs(index - focus.evidence), 3)}",
    ]
    found += [
        f"{shape} {name}"
        for name, hit in (
            ("demand", demand.search(near)),
            ("demand close", demand.search(close)),
            ("other", other.search(near)),
            ("other close", other.search(close)),
        )
        if hit
    ]
    if usual.search(folded[max(0, each.start - 50) : each.start]) or usual.search(folded[each.end : each.end + 25]):
        found.append("usual")
    raised = "raised " if RAISED.search(folded[max(0, each.start - 60) : each.start]) else ""
    if RANGE_BEFORE.search(folded[max(0, each.start - 40) : each.start]):
        found.append(f"{raised}range end")
    if RANGE_AFTER.search(folded[each.end : each.end + 40]):
        found.append(f"{raised}range start")
    if reading.recalled[index]:
        found.append("recalled")
    if '"' in folded[: each.start] or "'" in folded[: each.start]:
        found.append(f"{shape} after quote")
    if each.sentence.field == "title":
        found.append("title")
    if "mil" in each.stated.lower():
        found.append(f"{shape} mil")
    money = [s for s in every if not s.is_bare]
    found += [
        f"{shape} money {min(len(money), 3)}",
        f"{shape} same {min(sum(s.amount == each.amount for s in every) - 1, 1)}",
    ]
    before, after = (
        stems(folded[max(0, each.start - 50) : each.start])[-4:],
        stems(folded[each.end : each.end + 40])[:3],
    )
    found += [f"b {s}" for s in before] + [f"a {s}" for s in after]
    if before:
        found += [f"{shape} b1 {before[-1]}"]
    if after:
        found += [f"{shape} a1 {after[0]}"]
    found += [f"{kind} near {s}" for s in set(stems(folded[max(0, each.start - 120) : each.end + 80]))]
    return found


def demanded(reading: Reading, focus: Focus) -> list[Sum]:
    """The sums demanded in the event: at most one at once and one periodic."""
    every = find_sums(reading.sentences)
    weighed = [(probability(MODEL, features(reading, focus, each, every)), each) for each in every]
    chosen: list[Sum] = []
    for once in (True, False):
        fitting = sorted((w for w in weighed if (w[1].period == "once") == once and w[0] >= LEAST), key=lambda w: -w[0])
        seen = {fitting[0][1].amount} if fitting else set[float]()
        chosen += [fitting[0][1]] if fitting else []
        for chance, each in fitting[1:]:
            if chance >= SURE and each.amount not in seen:
                seen.add(each.amount)
                chosen.append(each)
    return chosen[:MOST]
