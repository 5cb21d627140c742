"""How many were killed and wounded, in digits or words, and when the text says there were none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from models.reader.data import any_of, read_data
from models.reader.numbers import number_word_pattern, parse_number
from models.reader.text import Sentence

MOST = 60  # a count above this is no single happening of this subject


@dataclass(frozen=True, slots=True)
class Count:
    """The count the text supports best, with the lowest and highest it states."""

    best: int
    low: int
    high: int


@cache
def _counted(kind: str) -> list[re.Pattern[str]]:
    number = rf"(?P<n>\d{{1,3}}|{number_word_pattern()})"
    return [re.compile(r"\b" + p.replace("NUM", number)) for p in read_data("victims.toml")[kind]["counted"]]


@cache
def _phrases(kind: str, name: str) -> re.Pattern[str]:
    return any_of(read_data("victims.toml")[kind][name])


@cache
def _pair() -> re.Pattern[str]:
    return re.compile(r"\b" + read_data("victims.toml")["killed"]["pair"])


def _numbers(kind: str, folded: str) -> list[int]:
    found: list[int] = []
    for pattern in _counted(kind):
        for match in pattern.finditer(folded):
            value = parse_number(match["n"])
            if value is not None and 0 < value <= MOST and value == int(value):
                found.append(int(value))
    return found


def _is_statistic(folded: str) -> bool:
    return bool(_phrases("context", "statistics").search(folded))


def count_killed(sentences: Sequence[Sentence], *, is_murder: bool) -> Count | None:
    """The dead of the happening the sentences tell: one for a murder unless they say more; ``None`` when nothing is said."""
    stated: list[int] = []
    for sentence in sentences:
        if _is_statistic(sentence.folded):
            continue
        for words, value in read_data("victims.toml")["killed"]["words"].items():
            if re.search(rf"\b{words}", sentence.folded):
                stated.append(value)
        numbers = _numbers("killed", sentence.folded)
        stated += numbers
        if not numbers and _pair().search(sentence.folded):
            stated.append(2)
    if is_murder:
        best = max(set(stated), key=lambda n: (stated.count(n), n)) if stated else 1
        return Count(best, min([*stated, best]), max([*stated, best]))
    if any(_phrases("killed", "none").search(s.folded) for s in sentences):
        return Count(0, 0, 0)
    return None


def count_wounded(sentences: Sequence[Sentence], *, is_murder: bool) -> Count | None:
    """The wounded of the happening the sentences tell; 0 when they say there were none, or tell only a killing."""
    stated: list[int] = []
    single = denied = False
    for sentence in sentences:
        if _is_statistic(sentence.folded):
            continue
        if _phrases("wounded", "none").search(sentence.folded):
            denied = True
        numbers = _numbers("wounded", sentence.folded)
        stated += numbers
        single = single or (not numbers and bool(_phrases("wounded", "single").search(sentence.folded)))
    if stated:
        best = max(stated)
        return Count(best, min(stated), best)
    if single and not (denied and is_murder):
        return None if is_murder else Count(1, 1, 1)
    return Count(0, 0, 0) if denied or is_murder else None
