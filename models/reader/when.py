"""When something happened: the date, among those of a text, that its own sentences give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.reader.dates import DateHit
from models.reader.reading import Reading
from warehouse.records import DatePrecision

LEAST = 0.9
AHEAD = frozenset({"strike", "state_of_emergency", "new_law", "bill", "closure"})
OLD = {"new_law": 400, "bill": 400, "state_of_emergency": 120, "arrest": 60}


@dataclass(frozen=True, slots=True)
class When:
    """A day with its precision; ``unknown`` when the text does not fix one."""

    day: date | None = None
    precision: DatePrecision = "unknown"


def _weight(reading: Reading, index: int, hit: DateHit, kind: str) -> float:
    published = reading.published
    if hit.day is None or hit.precision != "day":
        return 0.0
    weight = 1.5
    if reading.recalled[index] and kind not in {"arrest", "new_law", "bill", "state_of_emergency"}:
        weight *= 0.2
    if reading.links[index]:
        return 0.0
    if published:
        age = (published - hit.day).days
        if age > OLD.get(kind, 45):
            weight *= 0.3
        if age < 0 and kind not in AHEAD:
            return 0.0
        if age < -400:
            return 0.0
    return weight


def when(reading: Reading, kind: str, nearness: Mapping[int, float], evidence: int) -> When:
    """The date of the happening of ``kind`` whose own sentence is ``evidence``."""
    best: tuple[float, date] | None = None
    for index, hits in enumerate(reading.dates):
        for hit in hits:
            weight = _weight(reading, index, hit, kind) * nearness.get(index, 0.0)
            weight *= 1.3 if index == evidence else 1.0
            if hit.day and weight >= LEAST and (best is None or weight > best[0]):
                best = weight, hit.day
    return When(best[1], "day") if best else When()
