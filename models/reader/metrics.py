"""What a number counts: the metric that the words around it tell, and whom it counts ("23 choferes asesinados").

Not here: a number that leaves it unsaid because it goes on about what was counted before (``thread``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.reader.data import any_of, read_data
from models.reader.numbers import Number

NEAR = 34  # code points between a number and the word for what it counts
FEW = 10  # fewer than these are what a metric far ahead counts only by chance
FAR = 72  # the same for a percentage, and where it counts those who suffer it: "62 dirigentes e ingenieros han sido asesinados"
# What a number counts stands before a comma, a bracket or the next thing said.
SAID = re.compile(r"[;.,:(]|\b(?:y|e|and) (?:el|la|los|las|en|un|una|se|the|a|in)\b|\bfrente a\b|\bque en\b")
STOP = re.compile(r"[;.]")
TOLD_FIRST = {"killed", "wounded", "arrested"}  # "asesinaron a 12 choferes", "detuvo a 40 sujetos"
DENIED = "unreported"  # "ocho de cada diez extorsionados no denuncian" is no share of victims
WHOLE = re.compile(r"(?: de (?:l[oa]s|sus|un\w*)(?: \d[\d.,' ]*(?:mil)?)?| of (?:the|its))?")
# What follows a number that says elsewhere what it counts: it counts nothing that is named right after it.
BARE = re.compile(
    r"(?: (?:casos?|hechos|cases)\b)? ?(?:$|[][,;.:()\"'!?]|- ?|_|(?:y|e|o|u|and|or|a|al|ante|contra|entre|hasta|desde|frente|para|pero|por|respecto|segun|mas|menos|superior|inferior|mayor|menor|con (?:relacion|respecto)|comparad\w+|more|fewer|less|than|que|en|in|at|on|to|from|for|se|es|este|esta|el|la|los|las|del?|of|this|last|during|durante|cada|each|per|ya|cuando|when|while|above|below|mientras|solo|soles|dolares|dollars|(?:contabiliz|registr|report|anot|denunci)ad[oa]s)\b)"
)
# "Las denuncias que ingresaron a las fiscalías pasaron de 80 a 90": so far its verb may stand from what has moved.
MOVED = r"(?:pas|sub|baj|aument|disminu|increment|crec|redu|cay|rose|fell|went|grew)\w*"
MOVES = re.compile(rf"\b{MOVED} (?:de|from) $")
# A line of a list: "- Denuncias por extorsión: 90".
LABEL = re.compile(r"[-*•· ]*[a-z][^:;.\d]{2,80}: (?=[\d.,' ]+(?:$|[(,;%]))")


@dataclass(frozen=True, slots=True)
class Hit:
    """A metric's words where they stand."""

    start: int
    end: int
    rank: int
    metric: str


@cache
def _metrics() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data: dict[str, list[str]] = read_data("figures.toml")["metrics"]
    return tuple((name, any_of(patterns)) for name, patterns in data.items())


@cache
def _roles() -> re.Pattern[str]:
    data: dict[str, dict[str, Any]] = read_data("figures.toml")["roles"]
    named = "|".join(f"(?P<{name}>{'|'.join(role['nouns'])})" for name, role in data.items())
    return re.compile(rf"(?: (?!y\b|e\b|o\b|en\b|a\b|and\b|in\b)[\w-]+){{0,2}}? (?:{named})\b")


def find_metrics(folded: str) -> list[Hit]:
    """The metrics a sentence names."""
    return [
        Hit(found.start(), found.end(), rank, name)
        for rank, (name, pattern) in enumerate(_metrics())
        for found in pattern.finditer(folded)
    ]


def _after(folded: str, number: Number, hits: Sequence[Hit], reach: int) -> Hit | None:
    said = SAID.search(folded, number.end)
    end = min(number.end + reach + 1, said.start() if said else len(folded))
    following = [hit for hit in hits if number.end <= hit.start < end]
    denied = [hit for hit in following if hit.metric == DENIED] if number.is_percent else []
    return min(denied or following, key=lambda hit: (hit.start, hit.rank), default=None)


def _before(folded: str, number: Number, hits: Sequence[Hit], reach: int) -> Hit | None:
    near = [
        hit
        for hit in hits
        if hit.end <= number.start <= hit.end + reach
        and not STOP.search(folded, hit.end, number.start)
        and (number.start - hit.end <= NEAR or ":" not in folded[hit.end : number.start])
    ]
    return min(near, key=lambda hit: (number.start - hit.end, hit.rank), default=None)


def _deed(metric: str) -> str | None:
    deeds: dict[str, list[str]] = read_data("figures.toml")["deeds"]
    return next((deed for deed, metrics in deeds.items() if metric in metrics), None)


# "De ellos, 60 eran mujeres": some of those counted before, not so many more.
SOME_ARE = re.compile(r" (?:eran?|son|fueron|were|are)\b")


def _of_role(role: str, hit: Hit | None) -> str | None:
    """The metric of those a number counts: their own, the deed's, or none for those who suffer nothing."""
    if hit is None or role == "others":
        return None
    own: list[str] = read_data("figures.toml")["roles"][role]["deeds"]
    deed = _deed(hit.metric)
    return f"{role}_{deed}" if deed in own else hit.metric


def is_definite(folded: str, number: Number, hits: Sequence[Hit]) -> bool:
    """Whether a number counts some of those told before: "doce de las víctimas", "nine of the killings"."""
    whole = WHOLE.match(folded, number.end)
    return bool(whole and whole[0] and any(whole.end() <= hit.start <= whole.end() + 1 for hit in hits))


def metric_of(folded: str, number: Number, hits: Sequence[Hit]) -> str | None:
    """What a number counts: a metric around it, else the nearest, what follows before what stands ahead."""
    around = [hit for hit in hits if hit.start < number.start and hit.end > number.end]
    if around:
        return min(around, key=lambda hit: hit.rank).metric
    label = LABEL.match(folded)
    labelled = [hit for hit in hits if hit.end < number.start] if label and label.end() == number.start else []
    if labelled:
        return min(labelled, key=lambda hit: hit.rank).metric
    whole = WHOLE.match(folded, number.end)
    role = _roles().match(folded, whole.end() if whole else number.end)
    after = _after(folded, number, hits, FAR if role or number.is_percent else NEAR)
    is_wide = number.is_percent or MOVES.search(folded, max(0, number.start - NEAR), number.start) is not None
    before = _before(folded, number, hits, FAR if is_wide else NEAR)
    # "40 celulares robados" tells what was done to them.
    is_own = role and after and role.lastgroup == "others" and after.start == role.start("others")
    if role and role.lastgroup and not is_own and not (after and after.start < role.start(role.lastgroup)):
        is_some = role.lastgroup == "people" and SOME_ARE.match(folded, number.end)
        suffered = before if before and not is_some and _deed(before.metric) in TOLD_FIRST else None
        return _of_role(role.lastgroup, suffered if suffered and not (after and _deed(after.metric)) else after)
    if after:
        return after.metric
    if before is None or not BARE.match(folded, number.end):
        return None
    is_far = number.value < FEW and not number.is_percent and number.start - before.end > len(" sumaron las ")
    return None if is_far else before.metric
