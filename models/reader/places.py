"""Where something happened, told from the other places a text names: streets, offices, datelines, routes, origins, gangs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from models.gazetteer import PlaceHit, ancestors, covers
from models.gazetteer.units import level_of, units
from models.reader.reading import Reading
from warehouse.records import PlacePrecision

USE_WEIGHT = {"place": 3.0, "office": 0.8, "elsewhere": -0.5, "street": 0.0, "institution": 0.2, "demonym": 0.2, "person": 0.0}
IN = re.compile(r"\b(?:en|in|at|sobre)(?: el| la| los| las| the)?(?: distrito de| provincia de| ciudad de)? ?$")
TITLE, LEAD, DATELINE_SHARE, RECALLED_SHARE, LIST_SHARE = 1.5, 1.2, 0.3, 0.15, 0.4
LEAST = 1.5  # the score under which a unit is not said to be the place
RIVAL = 0.75  # a second district with this share of the best one's score leaves the district open


@dataclass(frozen=True, slots=True)
class Place:
    """A place at the finest level the text supports."""

    ubigeo: str | None = None
    department: str | None = None
    province: str | None = None
    district: str | None = None
    precision: PlacePrecision = "unknown"


def place_of(code: str | None) -> Place:
    """The record's place fields for a code."""
    if code is None:
        return Place()
    names = [units()[c].name if c else None for c in ancestors(code)]
    return Place(code, names[0], names[1], names[2], level_of(code))


def _weight(reading: Reading, index: int, hit: PlaceHit, nearness: Mapping[int, float]) -> float:
    sentence = reading.sentences[index]
    weight = USE_WEIGHT[hit.use]
    if any(g.start <= hit.start < g.end + 25 and hit.start - g.end < 5 for g in reading.groups[index]):
        return 0.0  # Los Pulpos de Trujillo
    if weight > 0 and IN.search(sentence.folded[max(0, hit.start - 24) : hit.start]):
        weight += 1.5
    if sentence.field == "title":
        weight *= TITLE
    elif sentence.index <= 2:
        weight *= LEAD
    if sentence.field == "text" and hit.end <= reading.dateline_end and reading.sentences[index].start == 0:
        weight *= DATELINE_SHARE
    if reading.recalled[index]:
        weight *= RECALLED_SHARE
    if reading.links[index]:
        weight *= 0.1
    if len({h.ubigeo for h in reading.places[index] if h.use == "place"}) >= 4:
        weight *= LIST_SHARE
    return weight * (0.5 + nearness.get(index, 0.0))


def scene(reading: Reading, nearness: Mapping[int, float]) -> Place:
    """The place of a happening. ``nearness`` says, by sentence, how much it speaks of the happening (0 to 1)."""
    scores: dict[str, float] = defaultdict(float)
    for index, hits in enumerate(reading.places):
        for hit in hits:
            if hit.ubigeo is None:
                continue
            scores[hit.ubigeo] += _weight(reading, index, hit, nearness)
    return place_of(_descend(scores))


def _descend(scores: Mapping[str, float]) -> str | None:
    """From the best department down as far as the scores carry."""
    found: str | None = None
    inside = {code: score for code, score in scores.items() if score > 0}
    for length in (2, 4, 6):
        sums: dict[str, float] = defaultdict(float)
        for code, score in inside.items():
            if len(code.rstrip("0")) > length - 2 or level_of(code) == ("department", "province", "district")[length // 2 - 1]:
                sums[code[:length]] += score
        sums = {k: v for k, v in sums.items() if not (length > 2 and k.endswith("00"))}
        ranked = sorted(sums.items(), key=lambda kv: -kv[1])
        if not ranked or ranked[0][1] < LEAST or (len(ranked) > 1 and ranked[1][1] > RIVAL * ranked[0][1]):
            break
        found = ranked[0][0].ljust(6, "0")
        inside = {code: score for code, score in inside.items() if covers(found, code)}
    return found
