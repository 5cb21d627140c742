"""Which of the times and places a sentence names belong to which of its numbers: "22 mil en 2023 y en 2024 fueron 27 mil".

What stands in a number's own clause is its own, what follows before what precedes. Else it takes the nearest that was said before,
unless that is only what the sentence compares with; wrong is worse than none. Not here: what the numbers count (``figures``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from models.reader.numbers import Number

COMPARING = r"(?:frente al?|contra|respecto (?:de|del|a|al)|(?:superior|inferior) al?|por (?:encima|debajo) del?|than|against|versus|compar\w+|con (?:relacion|respecto)(?: al?)?|al? (?:l[oa]s? )?de(?= _)|over|above|below)\b|(?:frente|respecto|superior|inferior|from)(?= _)|que(?= (?:en|el|los|la|las|_))"
BREAK = re.compile(rf"[,;:.(](?!(?<=\d[,.])\d)|\b(?:(?:y|e|o|and|pero|but|mientras|while)\b|{COMPARING})")
COMPARISON = re.compile(
    r"^(?:frente|contra|respecto|superior|inferior|por|al?\b|que|than|against|versus|compar|con|over|above|below|from)"
)
BESIDE = re.compile(
    r"(?:, |: ?|; ?|, con | con | \()(?:el |la |los |las |apenas |solo |unos |unas )?"
)  # "en Piura, 210"
TO = re.compile(r"\b(?:a|to) (?:los |las |unos |unas )?$")
THEN = re.compile(r" (?:a|to) (?:los |las |unos |unas )?")
FILLER = "_"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Named(Generic[T]):
    """A time or place where it stands; ``value`` is ``None`` for one that cannot be given, as two places are."""

    start: int
    end: int
    value: T | None


@dataclass(frozen=True, slots=True)
class Clause:
    """The stretch around one number up to the breaks on both sides, and whether it is only what is compared with."""

    start: int
    end: int
    is_compared: bool


def blank(folded: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with stretches filled, so that the "y" of "entre enero y junio" or the comma of "2,100" breaks nothing."""
    for start, end in spans:
        folded = folded[:start] + FILLER * (end - start) + folded[end:]
    return folded


def _breaks(blanked: str, before: int) -> list[re.Match[str]]:
    """The breaks before a point, each seen with what follows it."""
    return [found for found in BREAK.finditer(blanked) if found.end() <= before]


def clause_of(blanked: str, number: Number) -> Clause:
    """The clause a number stands in; the text's other numbers, times and places are blanked."""
    start, is_compared = 0, False
    for found in _breaks(blanked, number.start):
        start, is_compared = found.end(), COMPARISON.match(found[0]) is not None
    after = BREAK.search(blanked, number.end)
    return Clause(start, after.start() if after else len(blanked), is_compared)


def _compared(blanked: str, numbers: Sequence[Number], start: int) -> bool:
    """Whether what stands there is what a number is compared with: no number of its own stands before it in its clause."""
    found = _breaks(blanked, start)
    if not found or not COMPARISON.match(found[-1][0]):
        return False
    return not any(found[-1].end() <= number.start < start for number in numbers)


def own(blanked: str, clause: Clause, numbers: Sequence[Number], at: int, named: Sequence[Named[T]]) -> Named[T] | None:
    """What the number's clause names: first what follows it before the next number, then what precedes it."""
    number = numbers[at]
    following = min([clause.end, *(other.start for other in numbers[at + 1 : at + 2])])
    preceding = max([clause.start, *(other.end for other in numbers[max(0, at - 1) : at])])
    after = [each for each in named if number.end <= each.start < following]
    before = [
        each
        for each in named
        if each.end <= number.start and (preceding <= each.start or BESIDE.fullmatch(blanked, each.end, number.start))
    ]
    return after[0] if after else before[-1] if before else None


def said_before(blanked: str, clause: Clause, numbers: Sequence[Number], named: Sequence[Named[T]]) -> Named[T] | None:
    """The nearest that is said before a number's clause and is no mere comparison."""
    before = [each for each in named if each.end <= clause.start and not _compared(blanked, numbers, each.start)]
    return before[-1] if before else None


def is_second(blanked: str, numbers: Sequence[Number], at: int) -> bool:
    """Whether a number is where another has gone: "de 1.510 en 2023 a 2.057"."""
    return at > 0 and TO.search(blanked[: numbers[at].start]) is not None


def is_undated_pair(blanked: str, numbers: Sequence[Number], at: int) -> bool:
    """Whether two numbers follow each other ("de 90 a 60"), so that one time named with them is neither's."""
    pairs = ((one, other) for one, other in ((at - 1, at), (at, at + 1)) if one >= 0 and other < len(numbers))
    return any(THEN.fullmatch(blanked, numbers[one].end, numbers[other].start) for one, other in pairs)


def said_after(blanked: str, numbers: Sequence[Number], at: int, named: Sequence[Named[T]]) -> Named[T] | None:
    """The only one that follows when no further number could claim it."""
    if at + 1 < len(numbers):
        return None
    after = [each for each in named if each.start >= numbers[at].end and not _compared(blanked, numbers, each.start)]
    return after[0] if len(after) == 1 else None
