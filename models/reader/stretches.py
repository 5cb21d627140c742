"""The stretches of a round-up: which sentences tell of which happening, so that none is given another's dead.

A paragraph opens a stretch when its first sentences name a place (a department only where it heads a deed) and a day of its own, and so
does a sentence within one that tells another deed in a place apart at a time of its own; a text with two stretches that tell deeds of
violence in places apart is a round-up; so is one with three in places apart and days unsaid. Not here: which happening a mention is
(``further``, ``happenings``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

from models.gazetteer.units import covers, level_of
from models.reader.anchored import anchored
from models.reader.cues import strong_cues
from models.reader.data import any_of, read_data
from models.reader.kinds import SERIAL, VIOLENT
from models.reader.reading import Reading
from models.reader.tied import SUSPECT, mourned
from models.reader.victims import is_statistic

SEVERAL = 3  # so many deeds in places apart are a round-up also when their days are not named
BESIDE = 50  # characters before a place in which a hospital is its own
HEADED = re.compile(r"(?:[a-z ]{0,24},? )?en (?:la region |el departamento de )?")
_SOMEBODY = r"(?:otr[oa]s?|un|una|dos|tres|cuatro|cinco|\d{1,2}) "
STRUCK = re.compile(  # somebody not told of before: "un cambista fue asesinado", "sicarios mataron a un cambista"
    rf",? (?:{_SOMEBODY}(?:(?!que |por )[a-z]+ ){{1,5}}?(?:fue|fueron|murio|murieron) [a-z]+|(?:[a-z]+ ){{0,2}}[a-z]+(?:aron|eron) a {_SOMEBODY})"
)
OPENING = 2  # sentences of a paragraph in which its happening is placed


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sentences that tell one happening, with the days and places its opening names."""

    sentences: tuple[int, ...]
    days: frozenset[date]
    places: frozenset[str]
    is_timed: bool  # by a day, or by "esa misma noche"


@cache
def _said(name: str) -> re.Pattern[str]:
    return any_of(read_data("stretches.toml")[name])


def _parts(reading: Reading) -> Iterator[tuple[list[int], int]]:
    """The paragraphs, cut before sentences that open another happening, each with how many of its sentences place it."""
    paragraphs: dict[int, list[int]] = {}
    for sentence in reading.sentences:
        if sentence.field == "text" and reading.own(sentence.index):
            paragraphs.setdefault(sentence.paragraph, []).append(sentence.index)
    around = frozenset[str]()  # the places named last
    for paragraph in paragraphs.values():
        starts = [0]
        for at, index in enumerate(paragraph):
            _, places = _opened(reading, [index])
            if at and places and not _are_near(places, around) and _opens(reading, index, paragraph[starts[-1] : at]):
                starts.append(at)
            around = places or around
        for start, end in pairwise([*starts, len(paragraph)]):
            yield paragraph[start:end], OPENING if end == len(paragraph) else end - start


def _opens(reading: Reading, index: int, before: Sequence[int]) -> bool:
    """Whether a sentence within a paragraph that names a place apart tells another deed than those ``before`` it."""
    folded, told = reading.sentences[index].folded, [reading.sentences[i].folded for i in before]
    days, _ = _opened(reading, [index])
    is_timed = bool(days) or any(_said(name).search(folded) for name in ("later", "moments", "ordinal"))
    if not is_timed or not _is_deed(folded, SERIAL) or strong_cues(folded, "arrest"):
        return False
    is_told = any(_is_deed(text, SERIAL) and not SUSPECT.search(text) for text in told)
    return is_told and (bool(_said("ordinal").match(folded)) or any(map(any, _opened(reading, before))))


def _opened(reading: Reading, opening: Sequence[int]) -> tuple[frozenset[date], frozenset[str]]:
    """The days and the places of its first sentences; not where a thing was found again, a hospital is, or the mourned were killed."""
    opening = [i for i in opening if not mourned(reading.sentences[i].folded)]
    days = frozenset(hit.day for i in opening for hit in reading.dates[i] if hit.day and hit.precision == "day")
    named = {
        h.ubigeo
        for i in opening
        if not _said("things").search(reading.sentences[i].folded)
        for h in reading.places[i]
        if h.use == "place" and h.ubigeo and level_of(h.ubigeo) != "department"
        if not is_of_hospital(reading.sentences[i].folded[max(0, h.start - BESIDE) : h.start])
    }
    districts = {code for code in named if level_of(code) == "district"}
    return days, frozenset(districts or named or (_headed(reading, opening[0]) if opening and days else ()))


def _headed(reading: Reading, index: int) -> set[str]:
    """The department that heads a sentence which tells a deed ("En Tumbes, un cambista fue asesinado el miércoles").

    Not one where somebody speaks of a deed: "En Tumbes, el ministro lamentó el asesinato".
    """
    folded = reading.sentences[index].folded
    first = next((hit for hit in reading.places[index] if hit.use == "place" and hit.ubigeo), None)
    if first is None or not HEADED.fullmatch(folded, 0, first.start) or is_statistic(folded):
        return set()
    told = STRUCK.match(folded, first.end)
    return {first.ubigeo} if first.ubigeo and told and _is_deed(told[0], SERIAL) else set()


def stretches(reading: Reading) -> list[Stretch]:
    """The stretches of a round-up; none when the text tells one happening, or it cannot be told which says what."""
    found: list[Stretch] = []
    for paragraph, placing in _parts(reading):
        days, places = _opened(reading, paragraph[:placing])
        opening = " ".join(reading.sentences[i].folded for i in paragraph[:placing])
        is_later = bool(_said("later").search(opening))
        is_timed = bool(days) or is_later or any(_said(name).search(opening) for name in ("moments", "ordinal"))
        if is_later and not days:
            days = frozenset(hit.day for i, hit in anchored(reading) if i in paragraph[:placing] and hit.day)
        if is_timed and not days and not is_later and found:
            days = found[-1].days  # "esa misma noche"
        own = Stretch(tuple(paragraph), days, places, is_timed)
        if places and (own.is_timed or tells_deed(reading, own)):
            found.append(own)
        elif found:
            is_first = _said("ordinal").search(opening) is not None and tells_deed(reading, own)
            found[-1] = _with(found[-1], own, is_first=is_first)
    found = [each for each in found if not _is_list(each, found)]
    apart: list[Stretch] = []
    for each in found:
        if tells_deed(reading, each) and not any(are_near(each, other) for other in apart):
            apart.append(each)
    timed = [each for each in apart if each.is_timed]
    return found if len(timed) >= 2 or len(apart) >= SEVERAL else []


def _with(stretch: Stretch, more: Stretch, *, is_first: bool) -> Stretch:
    """A stretch with a part that names no place; an untimed one has the days of "el primer ataque" told there."""
    sentences = (*stretch.sentences, *more.sentences)
    if is_first and more.days and not stretch.is_timed:
        return replace(stretch, sentences=sentences, days=more.days, is_timed=True)
    return replace(stretch, sentences=sentences)


def stretch_of(found: Sequence[Stretch], index: int) -> Stretch | None:
    """The stretch that a sentence stands in."""
    return next((each for each in found if index in each.sentences), None)


def _is_list(stretch: Stretch, found: Sequence[Stretch]) -> bool:
    """Whether it only names the places of two others, as a lead does, or the province around them and no time."""
    near = [other for other in found if other is not stretch and are_near(stretch, other)]
    if len(stretch.places) > 1:
        return len(near) > 1
    is_wide = not stretch.is_timed and all(level_of(code) == "province" for code in stretch.places)
    return is_wide and any(not are_near(one, other) for one in near for other in near)


def is_of_hospital(folded: str) -> bool:
    """Whether a sentence tells of a hospital: of where and when somebody was treated or died, rather than hit."""
    return _said("hospital").search(folded) is not None


def are_near(one: Stretch, other: Stretch) -> bool:
    """Whether the two name one place, or one within the other."""
    return _are_near(one.places, other.places)


def _are_near(one: Iterable[str], others: Collection[str]) -> bool:
    return any(covers(a, b) or covers(b, a) for a in one for b in others)


def tells_deed(reading: Reading, stretch: Stretch) -> bool:
    """Whether a deed of violence is told in the stretch."""
    return any(_is_deed(reading.sentences[i].folded) for i in stretch.sentences[:3])


@lru_cache(maxsize=512)
def _is_deed(folded: str, kinds: Collection[str] = VIOLENT) -> bool:
    return any(strong_cues(folded, kind) for kind in kinds)
