"""Parts of what was counted: "De ellos, 655 tienen sentencia", "De los 2 140 detenidos, 412 eran menores", "El 68 % eran mujeres".

A part has a metric of its own, so that nobody lays it beside the whole; one that lies in a place of its own is told by that place.
Not here: a share whose noun is told ("el 46 % de los casos": ``elliptic``).
"""

from __future__ import annotations

import re
from functools import cache

from models.reader.data import read_data
from models.reader.numbered import Numbered

SUFFIX = "_part"
SHARE = re.compile(r"(?:^\W*|[.,;:] ?|\b(?:y|and) )(?:(?:apenas|solo|casi|and) )?(?:el|un|otro|the) $")
ALIKE = re.compile(r"[,;]? (?:y|e|and)(?: el| un| otro| the)? $")
OF_NUMBER = re.compile(r"^\W*(?:de|of)(?: (?:l[oa]s|the|un total de))? (?=_)")


@cache
def _whole() -> re.Pattern[str]:
    said: list[str] = read_data("figures.toml")["goes_on"]["whole"]
    return re.compile(rf"(?:^\W*|[,;:(] ?(?:y )?)(?:{'|'.join(said)})")


@cache
def _does() -> re.Pattern[str]:
    said: list[str] = read_data("figures.toml")["goes_on"]["does"]
    return re.compile(rf" (?:{'|'.join(said)})")


def _is_framed(said: Numbered, at: int, *, is_first: bool) -> bool:
    """Whether the whole is named again before a number: "de ellos", "de los 2 140 detenidos"."""
    if _whole().search(said.blanked[: said.numbers[at].start]):
        return True
    whole = OF_NUMBER.match(said.blanked)
    return not is_first and whole is not None and whole.end() == said.numbers[0].start


def frame_of(said: Numbered, at: int) -> int | None:
    """Where the whole is named again before a number that does or is something: "de ellos, …", "de ese total, …"."""
    found = list(_whole().finditer(said.blanked, 0, said.numbers[at].start))
    return found[-1].start() if found and _does().match(said.blanked, said.numbers[at].end) else None


@cache
def undergone() -> frozenset[str | None]:
    """What some of those counted have or undergo, so that it counts them: "de ellos, 40 tienen sentencia"."""
    return frozenset(read_data("figures.toml")["goes_on"]["undergone"])


def is_part(said: Numbered, at: int, *, is_after_part: bool, of_count: bool, is_first: bool) -> bool:
    """Whether a number that names nothing is a part of what was counted; a share only of what was counted by heads."""
    number, before = said.numbers[at], said.blanked[: said.numbers[at].start]
    does = _does().match(said.blanked, number.end) is not None
    if is_after_part and number.is_percent and said.numbers[at - 1].is_percent and ALIKE.search(before):
        return True
    if not does or not (of_count or number.is_percent):
        return False
    is_share = number.is_percent and of_count and SHARE.search(before) is not None
    return is_share or _is_framed(said, at, is_first=is_first)


def part_of(metric: str) -> str:
    """The metric of a part of what a metric counts."""
    return metric.removesuffix(SUFFIX) + SUFFIX
