"""Sums demanded in an event: one concrete amount at once and one that comes back. Ranges and usual tariffs are no demand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from models.reader.cues import stems
from models.reader.data import any_of, read_data
from models.reader.focus import Focus
from models.reader.linear import bucket, probability
from models.reader.numbers import number_pattern
from models.reader.reading import Reading
from models.reader.sums import Sum

KINDS = ("extortion", "kidnapping")
MODEL = "sum"
LEAST = 0.35  # the probability under which a sum is not said to be the demand
SURE = 0.6  # another sum of the same period is another demand from here on
MOST = 3
REACH = 60  # characters

RANGE_BEFORE = re.compile(r"(?:entre|between) (?:s/\.? ?)?[\w .,]{1,22} (?:y|and) (?:los )?(?:s/\.? ?)?$")
RANGE_AFTER = re.compile(
    r"^ ?(?:a|y|o|hasta|-|to|and) (?:los )?(?:s/\.? ?)?"
    r"(?:\d|mil|dos|tres|cuatro|cinco|diez|veinte|treinta|cincuenta|cien)[\w.,]* ?(?:mil )?(?:soles|dolares|dollars)"
)
RAISED = re.compile(
    r"\b(?:subi\w+|aument\w+|elev\w+|pas(?:o|aron|ar|ando)|raised|increment\w+|duplic\w+|baj\w+|rebaj\w+)\b"
)

UP = re.compile(
    RAISED.pattern + r"|\b(?:sub(?:e|en|ia|ian)|pasa(?:ba|ban|n|ria)?|rose|rises?|increas\w+|jump\w+|went up)\b"
)


@cache
def _range() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]]:
    """What stands before the end of a range; what stands before and after its start."""
    sign, unit = r"(?:s/\.? ?|us\$ ?|\$ ?)", r"(?: (?:de )?(?:nuevos )?(?:soles|dolares|dollars))"
    bare = rf"(?:{number_pattern()})"
    number, money = rf"{sign}?{bare}{unit}?", rf"(?:{sign}{bare}|{bare}{unit})"
    between, since = r"\b(?:entre|between)", r"\b(?:de|desde|from)"
    return (
        re.compile(
            rf"(?:{between} (?:los )?{number} (?:y|a|and|to)|{since} (?:los )?{number} (?:a|hasta|to)|\b(?:hasta|up to|as much as)"
            rf"|{number} ?(?:[-–]|o|or)) ?(?:los )?$"
        ),
        (
            (re.compile(rf"{between} (?:los )?$"), re.compile(rf" (?:y|a|and|to) (?:los )?{number}")),
            # "un cupo de S/ 500 a 20 comerciantes" is no range
            (
                re.compile(rf"{since} (?:los )?$"),
                re.compile(rf" (?:a|hasta|to) (?:los )?(?:{money}|{bare}(?= (?:diari|semanal|mensual)|[.,;]|$))"),
            ),
            (re.compile(""), re.compile(rf" ?(?:[-–]|o|or|hasta) ?{money}")),
        ),
    )


def is_open(each: Sum) -> bool:
    """Whether the sum is an end of a range ("entre 5 mil y 10 mil", "hasta 50 mil"), save the one a demand was raised to."""
    end, starts = _range()
    folded = each.sentence.folded
    before, after = folded[max(0, each.start - REACH) : each.start], folded[each.end : each.end + REACH]
    if end.search(before):
        return not UP.search(before)
    return any(ahead.search(before) and behind.match(after) for ahead, behind in starts)


@cache
def _told() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What right before and right after a sum says that it is something else."""
    data = read_data("sums.toml")["told"]
    link = "|".join(data["links"])
    before, after = "|".join(data["before"]), "|".join(data["after"])
    return re.compile(rf"\b(?:{before})(?: (?:{link})\b){{0,4}} (?:s/)?$"), re.compile(
        rf" (?:(?:{link})\b ){{0,2}}(?:{after})\b"
    )


def is_other(each: Sum) -> bool:
    """Whether the words beside the sum make it a reward, a fine, a loot, a price or a budget."""
    before, after = _told()
    folded = each.sentence.folded
    return bool(before.search(folded[max(0, each.start - REACH) : each.start]) or after.match(folded, each.end))


@cache
def _contexts() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = read_data("sums.toml")
    return any_of(data["demand"]), any_of(data["other"]), any_of(data["usual"])


def features(reading: Reading, focus: Focus, each: Sum, every: Sequence[Sum]) -> list[str]:
    """What the model sees of one sum."""
    demand, other, usual = _contexts()
    folded, index, kind = each.sentence.folded, each.sentence.index, focus.kind
    near = folded[max(0, each.start - 90) : each.end + 50]
    close = folded[max(0, each.start - 45) : each.end + 30]
    shape = "bare" if each.is_bare else "money"
    size = bucket(each.amount, (5, 20, 100, 500, 2000, 10_000, 50_000, 200_000, 1_000_000))
    level = focus.level(index)
    period = each.period or "month"  # what comes back by the fortnight is told like what comes back by the month
    found = [
        kind,
        shape,
        each.currency,
        f"{shape} {period}",
        f"{shape} size {size}",
        f"{shape} {period} size {size}",
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


def demanded(reading: Reading, focus: Focus, every: Sequence[Sum]) -> list[Sum]:
    """The sums demanded in the event, of ``every`` sum in the document: at most one at once and one periodic."""
    weighed = [
        (probability(MODEL, features(reading, focus, each, every)), each)
        for each in every
        if not (is_open(each) or is_other(each))
    ]
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
