"""Further happenings of a type in one document: a round-up tells several, each with its own day and its own place.

Only what one sentence fixes by itself counts: a telling word, a day and a district, both other than those of the first happening; in a
round-up cut into ``stretches`` the opening of the stretch fixes them.
Not here: the first happening (``mentions``), old cases (``status``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.gazetteer.units import covers, level_of
from models.reader.cues import strong_cues
from models.reader.kinds import SERIAL
from models.reader.places import Place, place_of
from models.reader.reading import Reading
from models.reader.stretches import Stretch, are_near
from models.reader.tied import mourned
from models.reader.victims import is_statistic, said

MOST = 4
LATEST_DAYS = 21  # an older day is background, whatever the sentence says


@dataclass(frozen=True, slots=True)
class Further:
    """Another happening: the sentence that tells it, its day and its place."""

    index: int
    day: date | None
    place: Place


def _day(reading: Reading, index: int) -> date | None:
    """The one day the sentence names, past or present."""
    days = {hit.day for hit in reading.dates[index] if hit.day and hit.precision == "day"}
    day = days.pop() if len(days) == 1 else None
    return day if day is not None and is_near(reading, day) else None


def is_near(reading: Reading, day: date) -> bool:
    """Whether the day lies so near to publication that it is the news, not its background."""
    published = reading.published
    return published is not None and 0 <= (published - day).days <= LATEST_DAYS


def _place(reading: Reading, index: int) -> str | None:
    """The one district the sentence names as a place."""
    named = {
        h.ubigeo for h in reading.places[index] if h.use == "place" and h.ubigeo and level_of(h.ubigeo) != "department"
    }
    districts = {code for code in named if level_of(code) == "district"} or named
    return districts.pop() if len(districts) == 1 else None


def further(reading: Reading, kind: str, known: Sequence[tuple[str | None, date | None]]) -> Iterator[Further]:
    """The further happenings of ``kind`` than those of ``known`` places and days, in the order told."""
    seen = [code for code, day in known if code and day]
    days = {day for _, day in known}
    told: Sequence[int] = [s.index for s in reading.sentences if s.field == "text" and reading.own(s.index)]
    found = 0
    for index in told if kind in SERIAL and len(seen) == len(known) else ():
        folded = reading.sentences[index].folded
        if found == MOST or is_statistic(folded) or mourned(folded) or not strong_cues(folded, kind):
            continue
        day, code = _day(reading, index), _place(reading, index)
        if day is None or code is None or day in days or any(covers(code, c) or covers(c, code) for c in seen):
            continue
        seen.append(code)
        days.add(day)
        found += 1
        yield Further(index, day, place_of(code))


def in_stretches(reading: Reading, kind: str, others: Sequence[Stretch]) -> Iterator[Further]:
    """The further happenings of ``kind`` that the ``others`` of a round-up tell, each under the day and place of its opening."""
    told: list[Stretch] = []
    for stretch in others if kind in SERIAL else ():
        texts = {index: reading.sentences[index].folded for index in stretch.sentences}
        cues = {each: [i for i, text in texts.items() if strong_cues(text, each)] for each in SERIAL}
        denied = [i for i in cues["murder"] if said("killed", "none").search(texts[i])]
        cues["murder"] = [i for i in cues["murder"] if i not in denied]
        is_killing = kind == "attack" and bool(cues["murder"])
        again = len(stretch.places) != 1 or any(are_near(stretch, other) for other in told)
        days = [day for day in stretch.days if is_near(reading, day)]
        is_old = bool(stretch.days and not days and reading.published)
        if len(told) == MOST or not cues[kind] or is_killing or again or is_old:
            continue
        told.append(stretch)
        yield Further(cues[kind][0], days[0] if len(days) == 1 else None, place_of(next(iter(stretch.places))))
