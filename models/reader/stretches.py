"""The stretches of a round-up: which sentences tell of which happening, so that none is given another's dead.

A paragraph opens a stretch when its first sentences name a place and a day of its own; a text with two stretches that tell deeds of
violence in places apart is a round-up; so is one with three in places apart and days unsaid. Not here: which happening a mention is (``further``, ``happenings``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from models.gazetteer.units import covers, level_of
from models.reader.cues import strong_cues
from models.reader.reading import Reading

DEEDS = ("murder", "attack", "arson", "kidnapping")
SEVERAL = 3  # so many deeds in places apart are a round-up also when their days are not named
OPENING = 2  # sentences of a paragraph in which its happening is placed


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences that tell one happening, with the days and places its opening names."""

    sentences: tuple[int, ...]
    days: frozenset[date]
    places: frozenset[str]

    def is_apart(self, other: Stretch) -> bool:
        """Whether the two are told of different places, each with its day."""
        return bool(self.places and other.places and self.days and other.days) and not _are_near(self, other)


def _paragraphs(reading: Reading) -> list[list[int]]:
    found: dict[int, list[int]] = {}
    for sentence in reading.sentences:
        if sentence.field == "text" and reading.own(sentence.index):
            found.setdefault(sentence.paragraph, []).append(sentence.index)
    return list(found.values())


def _opened(reading: Reading, opening: Sequence[int]) -> tuple[frozenset[date], frozenset[str]]:
    days = frozenset(hit.day for i in opening for hit in reading.dates[i] if hit.day and hit.precision == "day")
    named = {
        h.ubigeo for i in opening for h in reading.places[i] if h.use == "place" and h.ubigeo and level_of(h.ubigeo) != "department"
    }
    districts = {code for code in named if level_of(code) == "district"}
    return days, frozenset(districts or named)


def stretches(reading: Reading) -> list[Stretch]:
    """The stretches of a round-up; none when the text tells one happening, or it cannot be told which says what."""
    paragraphs = [(p, *_opened(reading, p[:OPENING])) for p in _paragraphs(reading)]
    dated = _cut([(p, days, places) if days else (p, days, frozenset[str]()) for p, days, places in paragraphs])
    if any(a.is_apart(b) for a, b in combinations(_violent(reading, dated), 2)):
        return dated
    placed = _cut(paragraphs)
    apart: list[Stretch] = []
    for each in _violent(reading, placed):
        if not any(_are_near(each, other) for other in apart):
            apart.append(each)
    return placed if len(apart) >= SEVERAL else []


def stretch_of(found: Sequence[Stretch], index: int) -> Stretch | None:
    """The stretch that a sentence stands in."""
    return next((each for each in found if index in each.sentences), None)


def _cut(paragraphs: Sequence[tuple[list[int], frozenset[date], frozenset[str]]]) -> list[Stretch]:
    """Stretches from paragraphs: one that names a place opens one, the others go on with it."""
    found: list[Stretch] = []
    for own, days, places in paragraphs:
        if places:
            found.append(Stretch(tuple(own), days, places))
        elif found:
            last = found[-1]
            found[-1] = Stretch((*last.sentences, *own), last.days, last.places)
    return found


def _violent(reading: Reading, found: Sequence[Stretch]) -> list[Stretch]:
    return [each for each in found if tells_deed(reading, each)]


def _are_near(one: Stretch, other: Stretch) -> bool:
    return any(covers(a, b) or covers(b, a) for a in one.places for b in other.places)


def tells_deed(reading: Reading, stretch: Stretch) -> bool:
    """Whether a deed of violence is told in the stretch."""
    return any(strong_cues(reading.sentences[i].folded, kind) for i in stretch.sentences[:3] for kind in DEEDS)
