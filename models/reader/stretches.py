"""The stretches of a round-up: which sentences tell of which happening, so that none is given another's dead.

A paragraph opens a stretch when its first sentences name a place and a day of its own; a text with two stretches that tell deeds of
violence in places apart is a round-up; so is one with three in places apart and days unsaid. Not here: which happening a mention is (``further``, ``happenings``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from models.gazetteer.units import covers, level_of
from models.reader.cues import strong_cues
from models.reader.data import any_of, read_data
from models.reader.kinds import VIOLENT
from models.reader.reading import Reading

SEVERAL = 3  # so many deeds in places apart are a round-up also when their days are not named
OPENING = 2  # sentences of a paragraph in which its happening is placed


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences that tell one happening, with the days and places its opening names."""

    sentences: tuple[int, ...]
    days: frozenset[date]
    places: frozenset[str]
    is_timed: bool  # by a day, or by "esa misma noche"


@cache
def _moments(name: str) -> re.Pattern[str]:
    return any_of(read_data("stretches.toml")[name])


def _paragraphs(reading: Reading) -> list[list[int]]:
    found: dict[int, list[int]] = {}
    for sentence in reading.sentences:
        if sentence.field == "text" and reading.own(sentence.index):
            found.setdefault(sentence.paragraph, []).append(sentence.index)
    return list(found.values())


def _opened(reading: Reading, opening: Sequence[int]) -> tuple[frozenset[date], frozenset[str]]:
    days = frozenset(hit.day for i in opening for hit in reading.dates[i] if hit.day and hit.precision == "day")
    named = {
        h.ubigeo
        for i in opening
        for h in reading.places[i]
        if h.use == "place" and h.ubigeo and level_of(h.ubigeo) != "department"
    }
    districts = {code for code in named if level_of(code) == "district"}
    return days, frozenset(districts or named)


def stretches(reading: Reading) -> list[Stretch]:
    """The stretches of a round-up; none when the text tells one happening, or it cannot be told which says what."""
    found: list[Stretch] = []
    for paragraph in _paragraphs(reading):
        days, places = _opened(reading, paragraph[:OPENING])
        opening = " ".join(reading.sentences[i].folded for i in paragraph[:OPENING])
        is_later = bool(_moments("later").search(opening))
        is_timed = bool(days) or is_later or bool(_moments("moments").search(opening))
        if is_timed and not days and not is_later and found:
            days = found[-1].days  # "esa misma noche"
        own = Stretch(tuple(paragraph), days, places, is_timed)
        if places and (own.is_timed or tells_deed(reading, own)):
            found.append(own)
        elif found:
            found[-1] = replace(found[-1], sentences=(*found[-1].sentences, *paragraph))
    found = [each for each in found if not _is_list(each, found)]
    apart: list[Stretch] = []
    for each in found:
        if tells_deed(reading, each) and not any(are_near(each, other) for other in apart):
            apart.append(each)
    timed = [each for each in apart if each.is_timed]
    return found if len(timed) >= 2 or len(apart) >= SEVERAL else []


def stretch_of(found: Sequence[Stretch], index: int) -> Stretch | None:
    """The stretch that a sentence stands in."""
    return next((each for each in found if index in each.sentences), None)


def _is_list(stretch: Stretch, found: Sequence[Stretch]) -> bool:
    """Whether it only names the places of two others, as a lead does."""
    return len(stretch.places) > 1 and sum(are_near(stretch, other) for other in found if other is not stretch) > 1


def are_near(one: Stretch, other: Stretch) -> bool:
    """Whether the two name one place, or one within the other."""
    return any(covers(a, b) or covers(b, a) for a in one.places for b in other.places)


def tells_deed(reading: Reading, stretch: Stretch) -> bool:
    """Whether a deed of violence is told in the stretch."""
    return any(strong_cues(reading.sentences[i].folded, kind) for i in stretch.sentences[:3] for kind in VIOLENT)
