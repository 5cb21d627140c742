"""Further happenings of a type in one document: a round-up tells several, each with its own day and its own place.

Only what one sentence fixes by itself counts: a telling word, a day and a district, both other than those of the first happening.
Not here: the first happening (``mentions``), old cases (``status``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.gazetteer.units import covers, level_of
from models.reader.cues import strong_cues
from models.reader.places import Place, place_of
from models.reader.reading import Reading
from models.reader.victims import is_statistic

KINDS = frozenset({"murder", "attack", "arson"})
MOST = 4
LATEST_DAYS = 21  # an older day is background, whatever the sentence says


@dataclass(frozen=True, slots=True)
class Further:
    """Another happening: the sentence that tells it, its day and its place."""

    index: int
    day: date
    place: Place


def _day(reading: Reading, index: int) -> date | None:
    """The one day the sentence names, past or present."""
    days = {hit.day for hit in reading.dates[index] if hit.day and hit.precision == "day"}
    day = days.pop() if len(days) == 1 else None
    published = reading.published
    near = day is not None and published is not None and 0 <= (published - day).days <= LATEST_DAYS
    return day if near else None


def _place(reading: Reading, index: int) -> str | None:
    """The one district the sentence names as a place."""
    named = {
        h.ubigeo for h in reading.places[index] if h.use == "place" and h.ubigeo and level_of(h.ubigeo) != "department"
    }
    districts = {code for code in named if level_of(code) == "district"} or named
    return districts.pop() if len(districts) == 1 else None


def further(reading: Reading, kind: str, first: Place, first_day: date | None) -> Iterator[Further]:
    """The further happenings of ``kind``, in the order told."""
    seen = [code for code in (first.ubigeo,) if code]
    days = {first_day}
    told: Sequence[int] = [s.index for s in reading.sentences if s.field == "text" and reading.own(s.index)]
    found = 0
    for index in told if kind in KINDS and first.ubigeo and first_day else ():
        folded = reading.sentences[index].folded
        if found == MOST or is_statistic(folded) or not strong_cues(folded, kind):
            continue
        day, code = _day(reading, index), _place(reading, index)
        if day is None or code is None or day in days or any(covers(code, c) or covers(c, code) for c in seen):
            continue
        seen.append(code)
        days.add(day)
        found += 1
        yield Further(index, day, place_of(code))
